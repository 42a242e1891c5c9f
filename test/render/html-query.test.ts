import fc from "fast-check";
import { expect, test } from "vitest";
import { millisecondsOf } from "../../src/render/html/words.ts";

/** What the page's search box makes of what is typed, and how it reads times. */

interface Table {
  readonly columns: readonly string[];
  readonly cells: readonly Uint32Array[];
}
interface Query {
  termsOf(
    typed: string,
    table: Table,
    texts: readonly string[],
  ): { readonly words: string; condition(row: number): boolean }[];
  timeOf(date: string, time: string): number;
}
const url = new URL("../../src/render/html/page/query.js", import.meta.url).href;
const { termsOf, timeOf } = (await import(url)) as Query;

const COLUMNS = ["Date", "Time", "Subject", "Received Date", "Recipients", "Score", "First Seen"];
const ROWS = [
  ["2018-02-03", "09:30:00.5Z", "RE: invoice", "02/03/2018 02:28:21 PM", "a@x.example", "48", "2018-02-03T00:00:00Z"],
  ["2018-02-04", "10:15:00Z", "Invoice 7", "02/04/2018 02:28:21 AM", "b@x.example", "9", "2018-02-04T01:00:00+02:00"],
  ["2018-02-05", "23:00:00Z", "Hello", "No Data", "", "", "2018-02-05 20:00:00"],
];
const texts = [...new Set(ROWS.flat())];
const table: Table = {
  columns: COLUMNS,
  cells: COLUMNS.map((_name, column) => Uint32Array.from(ROWS, (row) => texts.indexOf(row[column] ?? ""))),
};

/** The rows that are left, from 0, and how the terms were read. */
function asked(typed: string): { readonly rows: number[]; readonly words: string } {
  const terms = termsOf(typed, table, texts);
  const rows = [0, 1, 2].filter((row) => terms.every(({ condition }) => condition(row)));
  return { rows, words: terms.map(({ words }) => words).join("; ") };
}

test.each([
  ["date>=2018-02-04", [1, 2]],
  ["date>2018-02-04", [2]],
  ["date<=2018-2-4", [0, 1]],
  ["time>=10", [1, 2]],
  ["time<=10", [0, 1]],
  ["time>=9:30", [0, 1, 2]],
  ["received>=2018-02-04", [1]],
  ["received<02/04/2018", [0]],
  // An offset counts: it is 3 February in UTC.
  ["first>=2018-02-04", [2]],
  ['first>="2018-02-05 20:00:00"', [2]],
  ["score>=9", [0, 1]],
  ["score<10", [1]],
])("%s compares numbers as numbers, and dates and times as far as they are typed", (typed, rows) => {
  expect(asked(typed).rows).toEqual(rows);
});

test("a term is a column's by its full name, or three letters of it, and a value; else it is words", () => {
  expect(asked("RE:")).toEqual({ rows: [0], words: "any column has “RE:”" });
  expect(asked("re: invoice")).toEqual({ rows: [0], words: "any column has “re:”; any column has “invoice”" });
  expect(asked("re:invoice")).toEqual({ rows: [], words: "any column has “re:invoice”" });
  expect(asked("rec:example")).toEqual({ rows: [0, 1], words: "Received Date or Recipients has “example”" });
  expect(asked("subject:")).toEqual({ rows: [], words: "any column has “subject:”" });
  expect(asked('recipients="" -date=2018-02-03')).toEqual({
    rows: [2],
    words: "Recipients is “”; not: Date is “2018-02-03”",
  });
});

test("a row's time is what it is for the rest of the page", () => {
  const two = (most: number) => fc.integer({ min: 0, max: most }).map((number) => String(number).padStart(2, "0"));
  const stamp = fc
    .tuple(
      fc.integer({ min: 0, max: 9999 }).map((year) => String(year).padStart(4, "0")),
      fc.tuple(two(13), two(32), fc.constantFrom("T", "T", " ", "")),
      fc.tuple(two(25), two(61), two(61)),
      fc.constantFrom("", "Z", "z", "+02:00", "-2359", "+24:00", " Z"),
      fc.stringMatching(/^(?:|\.\d{0,10})$/),
    )
    .map(([year, [month, day, between], clock, zone, fraction]) =>
      [`${year}-${month}-${day}${between}`, `${clock.join(":")}${fraction}${zone}`].join(""),
    );
  fc.assert(
    fc.property(fc.oneof(stamp, fc.string()), (text) => {
      expect(timeOf(text, "")).toBe(millisecondsOf(text));
      const [date = "", time = ""] = text.split("T");
      if (time !== "") expect(timeOf(date, time)).toBe(millisecondsOf(`${date}T${time}`));
    }),
    { numRuns: 5_000 },
  );
  expect(timeOf("0001-01-01", "00:00:00Z")).toBe(millisecondsOf("0001-01-01T00:00:00Z"));
  expect(timeOf("2018-02-30", "04:00:00Z")).toBeNaN();
});
