import { expect, test } from "vitest";
import { isOtherSecond, utcTime } from "../../../src/ingest/audit-log/audit-time.ts";

test.each([
  ["2021-05-18T21:13:33", "2021-05-18T21:13:33"],
  ["2021-05-18T21:13:33.0000000Z", "2021-05-18T21:13:33"],
  ["2021-05-18T21:13:30.9830000Z", "2021-05-18T21:13:30.983"],
  ["2021-05-18T23:13:33+02:00", "2021-05-18T21:13:33"],
  ["2021-05-18 21:13:33 UTC", "2021-05-18T21:13:33"],
  ["5/18/2021 9:13:33 PM", "2021-05-18T21:13:33"],
  ["5/8/2021 12:00:05 AM", "2021-05-08T00:00:05"],
  ["5/8/2021 12:00:05 PM", "2021-05-08T12:00:05"],
  ["5/18/2021 9:13:33\u202fPM", "2021-05-18T21:13:33"],
  ["8/2/2021, 1:32:07.250 PM", "2021-08-02T13:32:07.25"],
  ["18/05/2021 21:13:33", "2021-05-18T21:13:33"],
  ["05/06/2021 21:13:33", "2021-05-06T21:13:33"],
  ["06.05.2021 21:13", "2021-05-06T21:13:00"],
  ["2021/05/18 21:13:33", "2021-05-18T21:13:33"],
  ["/Date(1621372413000)/", "2021-05-18T21:13:33"],
])("%s is %s", (text, time) => expect(utcTime(text)).toBe(time));

test.each([
  "",
  "yesterday",
  "2023-10-10T17:08:65",
  "13/13/2021 1:00:00 AM",
  "2/30/2021 1:00:00 AM",
  "5/18/2021 13:13:33 PM",
  "5/18/2021 0:13:33 AM",
  "5/18/21 9:13:33 PM",
  "5/18/2021",
  "/Date(999999999999999)/",
  "1621372413",
])("%j is no time", (text) => expect(utcTime(text)).toBeUndefined());

test("times of one second are the same however they are written; what cannot be read is no other time", () => {
  expect(isOtherSecond("2021-05-18T21:13:33", "5/18/2021 9:13:33 PM")).toBe(false);
  expect(isOtherSecond("2021-05-18T21:13:33", "2021-05-18T21:13:33.999Z")).toBe(false);
  expect(isOtherSecond("2021-05-18T21:13:33", "5/18/2021 9:13:34 PM")).toBe(true);
  expect(isOtherSecond("2021-05-06T21:13:33", "06/05/2021 21:13:33")).toBe(false);
  expect(isOtherSecond("2021-05-06T21:13:33", "06/05/2021 21:13:34")).toBe(true);
  expect(isOtherSecond("2021-05-18T21:13:33", "soon")).toBe(false);
  expect(isOtherSecond("", "5/18/2021 9:13:34 PM")).toBe(false);
});
