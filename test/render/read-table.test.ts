import { writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cellText, openTable, readTable } from "../../src/render/read-table.ts";
import { tsvLine } from "../../src/render/table-file.ts";
import { excelSafeCell, tsvCell } from "../../src/render/tsv.ts";
import { temporaryFolder } from "../support/run.ts";

const folder = temporaryFolder();
let files = 0;

function written(lines: readonly string[]): string {
  const path = join(folder, `${files++}.tsv`);
  writeFileSync(path, lines.map((line) => `${line}\n`).join(""));
  return path;
}

const value = fc.oneof(
  fc.string({ unit: fc.constantFrom(...`ab "'\t\n\r\0;,=+-@\\é\u2028\u{1f600}`) }),
  fc.string({ unit: "binary" }),
  fc.constantFrom("", "yes", "dana@north.example", `"`, `""`, `a "quoted" word`, `"'=1"`, "'=1", "=1"),
  fc.integer().map(String),
  fc.string({ minLength: 40, maxLength: 60 }),
);

/** A table of some width, and the columns that are asked for of each row, in order. */
const tables = fc.integer({ min: 1, max: 9 }).chain((width) =>
  fc.record({
    rows: fc.array(fc.array(value, { minLength: width, maxLength: width }), { maxLength: 12 }),
    asked: fc.array(fc.nat(width - 1), { minLength: 1, maxLength: 12 }),
  }),
);

test("a value that another file holds is compared with cells as the table has them", () => {
  fc.assert(
    fc.property(fc.array(value, { minLength: 1, maxLength: 4 }), fc.boolean(), (values, excelSafe) => {
      const cell = excelSafe ? excelSafeCell : tsvCell;
      const path = written([tsvLine(["Mailbox", "Row"], cell), ...values.map((one) => tsvLine([one, "1"], cell))]);
      const rows = openTable(path, excelSafe);
      for (const one of values) {
        rows.next();
        expect(rows.text(0)).toBe(cellText(one));
      }
      rows.close();
    }),
    { numRuns: 300 },
  );
});

describe("a row of which single cells are asked for", () => {
  test("has what readTable has of it, in whatever order", () => {
    fc.assert(
      fc.property(tables, fc.boolean(), ({ rows, asked }, excelSafe) => {
        const header = (rows[0] ?? [""]).map((_, at) => `Column ${at}`);
        const path = written([header, ...rows].map((row) => tsvLine(row, excelSafe ? excelSafeCell : tsvCell)));
        const [, ...all] = readTable(path);
        const table = openTable(path, excelSafe);
        expect(table.header).toEqual(header);
        for (const cells of all) {
          expect(table.next()).toBe(true);
          for (const column of asked) {
            const cell = excelSafe ? cells[column]?.replace(/^'(?='*[=+\-@])/, "") : cells[column];
            expect(table.text(column)).toBe(cell);
            expect(table.number(column)).toBe(Number(cell));
            table.seek(column);
            expect(Buffer.from(table.bytes.subarray(table.from, table.to)).toString()).toBe(cell);
          }
        }
        expect(table.next()).toBe(false);
        expect(table.next()).toBe(false);
        table.close();
      }),
      { numRuns: 500 },
    );
  });

  test("may be longer than what is read at a time, and lie across its ends", () => {
    const rows = Array.from({ length: 400 }, (_, at) => [`${at}`, "ä".repeat((at * 977) % 4_000), "x", `end ${at}`]);
    rows.push(["400", "y".repeat(700_000), "x", "end 400"], ["401", "", "", ""]);
    const path = written([["A", "B", "C", "D"], ...rows].map((row) => tsvLine(row, tsvCell)));
    const table = openTable(path);
    const read: string[][] = [];
    while (table.next()) read.push([3, 0, 1, 2].map(table.text));
    table.close();
    expect(read).toEqual(rows.map(([a, b, c, d]) => [d, a, b, c]));
  });

  test("is empty in a column that the table has not", () => {
    const table = openTable(written(["A\tB", "1\t2"]));
    table.next();
    expect(table.column("B")).toBe(1);
    expect(table.column("C")).toBe(-1);
    expect(table.text(-1)).toBe("");
    expect(table.number(-1)).toBe(0);
    table.close();
  });

  test("is read where the last line has no end, and where there is no line at all", () => {
    const path = join(folder, "open.tsv");
    writeFileSync(path, "A\tB\n1\t2");
    const table = openTable(path);
    expect(table.next()).toBe(true);
    expect([table.text(0), table.text(1)]).toEqual(["1", "2"]);
    expect(table.next()).toBe(false);
    table.close();
    const empty = openTable(written([]));
    expect(empty.header).toEqual([]);
    expect(empty.next()).toBe(false);
    empty.close();
  });

  test.each(["1\t2", "1\t2\t3\t4"])("ends the reading where it has not the header's cells: %j", (line) => {
    const path = written(["A\tB\tC", line]);
    for (const columns of [
      [0, 1, 2],
      [2, 1, 0],
      [0, 2, 1],
    ]) {
      const table = openTable(path);
      table.next();
      expect(() => columns.map(table.text)).toThrow(/has not the 3 cells/);
      table.close();
    }
  });
});
