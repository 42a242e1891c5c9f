import { describe, expect, test } from "vitest";
import { newDateOrder, receivedHeaderTime, traceTime, utcTime } from "../../../src/ingest/messages/received-time.ts";

test("a time is given in UTC, as it stands where it is UTC already", () => {
  for (const [text, expected] of [
    ["2018-06-04T08:00:05Z", "2018-06-04T08:00:05Z"],
    [" 2018-06-04 08:00:05.1200z ", "2018-06-04T08:00:05.1200Z"],
    ["2018-06-04T08:00:05.120+00:00", "2018-06-04T08:00:05.120Z"],
    ["2018-06-04T01:00:05.5+02:00", "2018-06-03T23:00:05.5Z"],
    ["2018-06-04T01:00:10-0130", "2018-06-04T02:30:10Z"],
    ["2018-06-04T08:00:05", "2018-06-04T08:00:05Z"],
    ["2018-06-04 08:00Z", "2018-06-04T08:00Z"],
    ["2018-06-04T08:00+02:00", "2018-06-04T06:00Z"],
    ["2018-02-30T08:00:05Z", ""],
    ["yesterday", ""],
    ["", ""],
  ] as const) {
    expect([text, utcTime(text, "UTC")]).toEqual([text, expected]);
  }
  expect(utcTime("2018-06-04T08:00:05", "unknown")).toBe("");
  expect(utcTime("2018-06-04T08:00:05+01:00", "unknown")).toBe("2018-06-04T07:00:05Z");
});

test("the time of a Received header", () => {
  for (const [value, expected] of [
    ["from b by a; Mon, 4 Jun 2018 10:00:05 +0200", "2018-06-04T08:00:05Z"],
    ["by a with SMTP id x;\r\n\tMon, 04 Jun 2018 01:00 -0700 (PDT)", "2018-06-04T08:00:00Z"],
    ["by a (; 1 Jan 2001 00:00:00 GMT); 4 dec 2018 08:00:05 GMT", "2018-12-04T08:00:05Z"],
    ["by a; Mon, 4 Jun 2018 10:00:05", ""],
    ["by a; 31 Jun 2018 10:00:05 +0000", ""],
    ["by a", ""],
    ["", ""],
  ] as const) {
    expect([value, receivedHeaderTime(value)]).toEqual([value, expected]);
  }
});

describe("times of a trace", () => {
  const both = (time: string) => ({ monthFirst: time, dayFirst: time });

  test("in each shape", () => {
    for (const [text, expected] of [
      ["2021-05-18T21:13:33.1234567Z", both("2021-05-18T21:13:33.1234567Z")],
      ["2021-05-18 21:13:33", both("2021-05-18T21:13:33Z")],
      ["2021/05/18 9:13", both("2021-05-18T09:13:00Z")],
      ["/Date(1621372413000)/", both("2021-05-18T21:13:33.000Z")],
      ["18.05.2021 21:13:33", both("2021-05-18T21:13:33Z")],
      ["5/18/2021 9:13:33 PM", { monthFirst: "2021-05-18T21:13:33Z", dayFirst: "" }],
      ["18/05/2021 12:00:01 am", { monthFirst: "", dayFirst: "2021-05-18T00:00:01Z" }],
      ["5/6/2021 12:00:01\u202fPM", { monthFirst: "2021-05-06T12:00:01Z", dayFirst: "2021-06-05T12:00:01Z" }],
      ["5/5/2021 13:00:01", both("2021-05-05T13:00:01Z")],
      ["32.05.2021 21:13:33", undefined],
      ["5/18/2021 13:13:33 PM", undefined],
      ["5/18/2021", undefined],
      ["", undefined],
    ] as const) {
      expect([text, traceTime(text, "UTC")]).toEqual([text, expected]);
    }
  });

  test("of a zone that nobody knows are taken only where they name it", () => {
    expect(traceTime("5/18/2021 9:13:33 PM", "unknown")).toBeUndefined();
    expect(traceTime("2021-05-18 21:13:33", "unknown")).toBeUndefined();
    expect(traceTime("2021-05-18T21:13:33.1Z", "unknown")).toEqual(both("2021-05-18T21:13:33.1Z"));
  });

  test("show by all dates of an export which number is the month", () => {
    const order = (...texts: readonly string[]) => {
      const dates = newDateOrder();
      for (const text of texts) dates.add(traceTime(`${text}/2021 10:00:00`, "UTC")!);
      return dates.order();
    };
    expect(order("5/6", "5/18")).toBe("monthFirst");
    expect(order("5/6", "18/5")).toBe("dayFirst");
    // May 1 to 10 is as likely as January 5 to October 5.
    expect(order("5/1", "5/10")).toBeUndefined();
    expect(order("18/5", "5/18")).toBeUndefined();
    expect(order()).toBeUndefined();
  });
});
