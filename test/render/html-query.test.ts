import fc from "fast-check";
import { describe, expect, test } from "vitest";
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

/** The rows that are left, from 0, and how the terms were read. */
function asked(
  typed: string,
  columns = COLUMNS,
  cells = ROWS,
): { readonly rows: readonly number[]; readonly words: string } {
  const texts = [...new Set(cells.flat())];
  const table: Table = {
    columns,
    cells: columns.map((_name, column) => Uint32Array.from(cells, (row) => texts.indexOf(row[column] ?? ""))),
  };
  const terms = termsOf(typed, table, texts);
  const rows = [...cells.keys()].filter((row) => terms.every(({ condition }) => condition(row)));
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

describe("a date or a time is compared as far as both the cell and what was typed go", () => {
  const columns = ["Date", "Time", "Received Date", "Score"];
  // 1 and 2 are of one day; 3 is 13 March 23:30 in UTC; 4 and 5 cannot be read.
  const rows = [
    ["2018-03-12", "23:59:59Z", "03/11/2018", "9"],
    ["2018-03-13", "02:40:59Z", "03/12/2018 02:28:21 PM", "48"],
    ["2018-03-13", "02:41:00.5Z", "2018-03-12", ""],
    ["2018-03-14", "01:30:00+02:00", "03/13/2018 12:10:00 AM", "100"],
    ["not a time", "", "99/99/2099", "2099"],
    ["2021-05-06", "25:00:00Z", "not a time", "7"],
  ];
  const askedHere = (typed: string) => asked(typed, columns, rows);

  test.each([
    ['date>="2018-03-13 02:41"', [2, 3]],
    ["date>=2018-03-13T00:00:00", [1, 2, 3]],
    ["date>2018-03-13T02:41:00", [3]],
    ["date<=2018-03-13T02:41:00", [0, 1, 2]],
    ["date<2018-03-13T02:41:00.500Z", [0, 1]],
    ["date>=2018-03-13T04:41:00+02:00", [2, 3]],
    ['date<"3/13/2018 2:41 AM"', [0, 1]],
    ["date>=3/13/2018", [1, 2, 3]],
    ["date<=3/13/2018", [0, 1, 2, 3]],
    ["date>03/12/2018", [1, 2, 3]],
    ["date>=2018", [0, 1, 2, 3]],
    ["date>2018-3", []],
    ["time>=2:41", [0, 2, 3]],
    ["time>2:41 ", [0, 3]],
    ["received<=03/12/2018", [0, 1, 2]],
    ["received<=2018-03-12", [0, 1, 2]],
    ["received>03/12/2018", [3]],
    ["received>=3/12/2018", [1, 2, 3]],
    ['received>="03/12/2018 02:28:22 PM"', [2, 3]],
    ["received>=2018", [0, 1, 2, 3]],
    // A time that cannot be read is neither before nor behind any other.
    ["date>=2021-05-06", []],
    ["date<=9999-12-31", [0, 1, 2, 3]],
    ["time>=0", [0, 1, 2, 3]],
    ["score>=2018-03-13", []],
    ["score>=48", [1, 3, 4]],
  ])("%s", (typed, left) => {
    expect(askedHere(typed).rows).toEqual(left);
  });

  test("how it was read is said where it is not plain", () => {
    expect(askedHere("date>=3/4/2018").words).toBe("Date ≥ “3/4/2018” (2018-03-04)");
    expect(askedHere("received>=2018-03-04").words).toBe("Received Date ≥ “2018-03-04”");
    expect(askedHere("received>=not").words).toBe("Received Date ≥ “not” as text");
    expect(askedHere("time>=9:30").words).toBe("Time ≥ “9:30”");
  });

  test.each([
    ["date>=13/3/2018", "Date ≥ “13/3/2018”, which is no date such as 2018-03-13: no row meets it"],
    ["date>=02:41", "Date ≥ “02:41”, which is no date such as 2018-03-13: no row meets it"],
    ["date>=2018-02-30", "Date ≥ “2018-02-30”, which is no date such as 2018-03-13: no row meets it"],
    ["time<=2018-03-13", "Time ≤ “2018-03-13”, which is no time of day such as 02:41: no row meets it"],
    ["received>=3/13", "Received Date ≥ “3/13”, which is no date such as 2018-03-13: no row meets it"],
    // While `score>=9` is being typed.
    ["score>=", "any column has “score>=”"],
  ])("%s is not taken for something else", (typed, words) => {
    expect(askedHere(typed)).toEqual({ rows: [], words });
  });
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
      fc.oneof(fc.tuple(two(25), two(61), two(61)), fc.tuple(two(25), two(61))),
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
