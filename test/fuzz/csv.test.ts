import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { API_COLUMNS, csvColumns } from "../../src/ingest/retriever-csv/columns.ts";
import { parseCsvRecord } from "../../src/ingest/retriever-csv/parse-record.ts";
import { fieldText, splitRow } from "../../src/ingest/retriever-csv/split-row.ts";

/** What csv-parse makes of a text; undefined where it is not one record to it. */
function strictly(text: string): readonly string[] | undefined {
  try {
    const records: string[][] = parse(text, { record_delimiter: ["\r\n", "\n"], relax_column_count: true });
    return records.length === 1 ? records[0] : undefined;
  } catch {
    return undefined;
  }
}

const text = fc.oneof(
  fc.string({ unit: fc.constantFrom(...'aé,""\' \t;\u{1f600}\u2028'), maxLength: 24 }),
  fc
    .array(fc.constantFrom('"', '""', ",", '","', 'a"b', "{'k': 'v'}", "\0", "\u00a0", "\ufeff", "x"), {
      maxLength: 16,
    })
    .map((pieces) => pieces.join("")),
);

describe("a line of CSV", () => {
  test("is split as csv-parse splits it, or left to csv-parse", () => {
    fc.assert(
      fc.property(text, (line) => {
        if (line === "") return;
        const count = splitRow(line);
        const expected = strictly(line);
        if (count < 0) return;
        const fields = Array.from({ length: count }, (_, at) => fieldText(line, at));
        // What is taken without doubt csv-parse takes too, and the same.
        expect(fields).toEqual(expected);
      }),
      { numRuns: 5000 },
    );
  });

  test("of seven fields is a record where it is one to csv-parse, whatever the columns' order", () => {
    const order = fc.shuffledSubarray([...API_COLUMNS], { minLength: 7 });
    fc.assert(
      fc.property(order, fc.array(text, { minLength: 7, maxLength: 7 }), fc.boolean(), (names, cells, isQuoted) => {
        const line = cells.map((cell) => (isQuoted ? `"${cell.replaceAll('"', '""')}"` : cell)).join(",");
        const record = parseCsvRecord(csvColumns(names), line);
        const expected = strictly(line);
        const byName = Object.fromEntries(names.map((name, at) => [name, expected?.[at]]));
        if (expected?.length !== 7 || (byName["TimeStamp"] === "" && byName["ActivityIdType"] === "")) {
          expect(record).toHaveProperty("problem", expect.stringMatching(/^[^\n]+$/));
          return;
        }
        expect(record).toMatchObject({
          timeStamp: byName["TimeStamp"],
          appIdType: byName["AppIdType"],
          activityIdType: byName["ActivityIdType"],
          activityItemId: byName["ActivityItemId"],
          activityCreationTime: byName["ActivityCreationTime"],
          clientSessionId: byName["ClientSessionId"],
          properties: { raw: byName["CustomProperties"] },
          absent: [],
        });
      }),
      { numRuns: 2000 },
    );
  });

  test("keeps columns of any name as extras, and of a name that stands twice both", () => {
    const name = fc.constantFrom(
      "__proto__",
      "constructor",
      "hasOwnProperty",
      "toString",
      "",
      "Note",
      "TimeStamp",
      " x",
    );
    fc.assert(
      fc.property(fc.array(name, { minLength: 1, maxLength: 5 }), (more) => {
        const columns = csvColumns([...API_COLUMNS, ...more]);
        const cells = more.map((_name, at) => `value ${at}`);
        const record = parseCsvRecord(columns, ["t", "Web", "Flag", "", "", "", "{}", ...cells].join(","));
        expect(record).toMatchObject({ timeStamp: "t", extra: more.map((one, at) => [one.trim(), `value ${at}`]) });
      }),
    );
  });
});
