import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  formatTicks,
  formatTime,
  isToTheMinute,
  parseTicks,
  ticksSince1970,
  timeForm,
  ticksToMilliseconds,
  TICKS_PER_SECOND,
} from "../src/ingest/timestamp.ts";

const EPOCH = Date.UTC(2010, 0, 1);

describe("parseTicks", () => {
  test.each([
    ["2010-01-01T00:00:00Z", 0],
    ["2010-01-01T00:00:00.0000001Z", 1],
    ["2010-01-01T00:00:01Z", TICKS_PER_SECOND],
    ["2009-12-31T23:59:59.9999999Z", -1],
    ["2010-01-01T00:00:00", 0],
    ["2010-01-01 00:00:00z", 0],
    ["2010-01-01T02:00:00+02:00", 0],
    ["2010-01-01T02:00:00+0200", 0],
    ["2009-12-31T19:30:00-04:30", 0],
    ["2010-01-01T00:00:00.5Z", 5_000_000],
    ["2010-01-01T00:01Z", 60 * TICKS_PER_SECOND],
    ["2010-01-01T00:01", 60 * TICKS_PER_SECOND],
    ["2010-01-01 02:01+02:00", 60 * TICKS_PER_SECOND],
    ["2009-12-31T19:31-0430", 60 * TICKS_PER_SECOND],
    ["2010-01-01T00:00:00.123456789Z", 1_234_567],
    ["2010-01-02T00:00:00Z", 86_400 * TICKS_PER_SECOND],
    ["2012-02-29T00:00:00Z", ((Date.UTC(2012, 1, 29) - EPOCH) / 1000) * TICKS_PER_SECOND],
  ])("%s is %d", (text, ticks) => {
    expect(parseTicks(text)).toBe(ticks);
  });

  test.each([
    "",
    "2018-06-20",
    "2018-06-20T",
    "2018-06-20T07",
    "2018-06-20T07:3",
    "2018-06-20T07:36:",
    "2018-06-20T07:36.5Z",
    "2018-06-20T07:36+02",
    "2018-6-20T07:36:00Z",
    "2018-02-29T00:00:00Z",
    "2018-00-10T00:00:00Z",
    "2018-13-10T00:00:00Z",
    "2018-06-31T00:00:00Z",
    "2018-06-20T24:00:00Z",
    "2018-06-20T07:60:00Z",
    "2018-06-20T07:36:61Z",
    "2018-06-20T07:36:00.Z",
    "2018-06-20T07:36:00.1234567890Z",
    "2018-06-20T07:36:00+24:00",
    "2018-06-20T07:36:00+02",
    "2018-06-20T07:36:00Zulu",
    "06/20/2018 07:36:12 AM",
    // Beyond the years 1 to 9999 in UTC.
    "0000-12-31T23:59:59Z",
    "0001-01-01T00:00:00+00:01",
    "9999-12-31T23:59:59-05:00",
    "9999-12-31T23:59:60Z",
    "٢٠١٨-06-20T07:36:00Z",
  ])("%j is no time", (text) => {
    expect(parseTicks(text)).toBeNaN();
  });

  test("agrees with Date for every millisecond", () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date("1990-01-01T00:00:00Z"), max: new Date("2037-12-31T00:00:00Z"), noInvalidDate: true }),
        (date) => {
          const ticks = parseTicks(date.toISOString());
          expect(ticks).toBe((date.getTime() - EPOCH) * 10_000);
          expect(ticksToMilliseconds(ticks)).toBe(date.getTime());
        },
      ),
    );
  });

  test("a time without seconds is its minute's beginning, in any zone, and is printed by its own text", () => {
    const date = fc.date({ min: new Date("1990-01-01"), max: new Date("2037-12-31"), noInvalidDate: true });
    fc.assert(
      fc.property(
        date,
        fc.constantFrom("", "Z", "z", "+02:00", "-0430"),
        fc.constantFrom("T", " "),
        (at, zone, gap) => {
          const minute = `${at.toISOString().slice(0, 10)}${gap}${at.toISOString().slice(11, 16)}`;
          const ticks = parseTicks(`${minute}${zone}`);
          expect(ticks).toBe(parseTicks(`${minute}:00${zone}`));
          expect(timeForm(`${minute}${zone}`, ticks)).toBe(0);
          expect(isToTheMinute(`${minute}${zone}`)).toBe(true);
          expect(isToTheMinute(`${minute}:00${zone}`)).toBe(false);
        },
      ),
    );
    expect(isToTheMinute("6/1/2018 8:00 AM")).toBe(false);
  });

  test("keeps the order of the API's own texts", () => {
    const fraction = fc.integer({ min: 0, max: 9_999_999 }).map((ticks) => String(ticks).padStart(7, "0"));
    const text = fc
      .tuple(fc.date({ min: new Date("2016-01-01"), max: new Date("2020-01-01"), noInvalidDate: true }), fraction)
      .map(([date, decimals]) => `${date.toISOString().slice(0, 19)}.${decimals}Z`);
    fc.assert(
      fc.property(text, text, (a, b) => {
        expect(Math.sign(parseTicks(a) - parseTicks(b))).toBe(a < b ? -1 : a > b ? 1 : 0);
      }),
    );
  });

  test("never throws", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom(..."0123456789-:T.Z+ ") })), (text) => {
        expect(typeof parseTicks(text)).toBe("number");
      }),
    );
  });
});

describe("ticksSince1970", () => {
  test.each([
    ["1970-01-01T00:00:00Z", 0n],
    ["2018-06-20T07:36:12.1234567Z", 15_294_801_721_234_567n],
    ["1969-12-31T23:59:59.9999999Z", -1n],
    ["9999-12-31T23:59:59.9999999Z", 2_534_023_007_999_999_999n],
    ["9999-12-31T22:59:59.99999999-01:00", 2_534_023_007_999_999_999n],
    ["0001-01-01T00:00:00.0000001", -621_355_967_999_999_999n],
  ])("%s is %d", (text, ticks) => {
    expect(ticksSince1970(text, parseTicks(text))).toBe(ticks);
  });

  test("agrees with Date for every millisecond of all years, to the tick", () => {
    const dates = fc.date({
      min: new Date(-62_135_596_800_000),
      max: new Date(253_402_300_799_999),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(dates, fc.integer({ min: 0, max: 9_999 }), (date, ticks) => {
        const text = `${date.toISOString().slice(0, -1)}${String(ticks).padStart(4, "0")}Z`;
        expect(ticksSince1970(text, parseTicks(text))).toBe(BigInt(date.getTime()) * 10_000n + BigInt(ticks));
      }),
      { numRuns: 1000 },
    );
  });
});

/** The text that is written where a record's time is told again; undefined where its own text has to be read. */
function written(text: string): string | undefined {
  const ticks = parseTicks(text);
  const form = timeForm(text, ticks);
  return form === 0 ? undefined : formatTime(ticks, form);
}

describe("formatTime", () => {
  test.each([
    "2018-06-20T07:36:12.1234567Z",
    "2018-06-20T07:36:12",
    "2018-06-20T07:36:12Z",
    "1999-12-31T23:59:59.0000001Z",
  ])("%s comes back", (text) => {
    expect(written(text)).toBe(text);
  });

  test.each([
    "2018-06-20T07:36:12.123Z",
    "2018-06-20 07:36:12",
    "2018-06-20T07:36:12z",
    "2018-06-20T07:36:12+00:00",
    "2018-06-20T07:36:60",
    "2018-06-20T07:36:12.123456+0Z",
    "2150-06-20T07:36:12.1234567Z",
    "nonsense",
    "",
  ])("%j needs its own text", (text) => {
    expect(written(text)).toBeUndefined();
  });

  test("what is written is the very text, whatever the time and the way of writing it", () => {
    const decimals = fc.constantFrom("", ".5", ".1234567", ".0000000", ".123456789");
    const zones = fc.constantFrom("", "Z", "z", "+02:00");
    const date = fc.date({
      min: new Date("0001-01-01T00:00:00Z"),
      max: new Date("9999-12-31T00:00:00Z"),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(date, decimals, zones, fc.constantFrom("T", " "), (moment, fraction, zone, separator) => {
        const text = `${moment.toISOString().slice(0, 19).replace("T", separator)}${fraction}${zone}`;
        expect([text, undefined]).toContain(written(text));
      }),
      { numRuns: 2000 },
    );
  });

  test("formatTicks agrees with Date, day for day and second for second", () => {
    fc.assert(
      fc.property(fc.integer({ min: -(2 ** 48), max: 2 ** 48 }), (milliseconds) => {
        const iso = new Date(EPOCH + Math.floor(milliseconds / 1000)).toISOString();
        expect(formatTicks(parseTicks(iso))).toBe(`${iso.slice(0, 23)}0000Z`);
      }),
    );
  });
});
