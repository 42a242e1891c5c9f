import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseActivityJson } from "../../src/ingest/activity-json/parse-record.ts";
import { API_COLUMNS, csvColumns } from "../../src/ingest/retriever-csv/columns.ts";
import { parseCsvRecord } from "../../src/ingest/retriever-csv/parse-record.ts";
import type { ActivityRecord } from "../../src/model/record.ts";
import { activityJsonLine } from "../../src/render/activity-jsonl.ts";
import { retrieverCsvLine } from "../../src/render/retriever-csv.ts";

function recordOf(read: ActivityRecord | { problem: string }): ActivityRecord {
  if ("problem" in read) throw new Error(read.problem);
  return read;
}

const fromJson = (line: string) => recordOf(parseActivityJson(line));
const fromCsv = (line: string, header: readonly string[] = API_COLUMNS) =>
  recordOf(parseCsvRecord(csvColumns(header), line));
const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`;
/** The record of an export's row with the given CustomProperties cell. */
const ofCell = (cell: string) => fromCsv(`t,Web,Reply,,,,${quoted(cell)}`);
const line = (properties: string) =>
  `{"TimeStamp":"t","AppIdType":"Web","ActivityIdType":"Reply","ActivityItemId":"","ActivityCreationTime":"",` +
  `"ClientSessionId":"","CustomProperties":${properties}}`;

/** All that two records say. How the source wrote readable properties differs between CSV and JSON. */
function content({ properties, ...rest }: ActivityRecord) {
  const { problem } = properties;
  return { ...rest, entries: properties.entries(), problem, raw: problem === undefined ? undefined : properties.raw };
}

describe("activityJsonLine", () => {
  it.each<[string, string]>([
    [
      "{'Subject': \"it's\", 'A': '1', 'A': ''}",
      `[{"Name":"Subject","Value":"it's"},{"Name":"A","Value":"1"},{"Name":"A","Value":""}]`,
    ],
    ["{'a': None, 'b': 'None'}", `[{"Name":"a","Value":null},{"Name":"b","Value":"None"}]`],
    [
      "{'a': True, 'b': 'True', 'c': False}",
      `[{"Name":"a","Value":true},{"Name":"b","Value":"True"},{"Name":"c","Value":false}]`,
    ],
    ["{'a': 0, 'b': -1.5}", `[{"Name":"a","Value":0},{"Name":"b","Value":-1.5}]`],
    ["{'a': 1.0}", `[{"Name":"a","Value":{"$python":"1.0"}}]`],
    ["{'a': -0}", `[{"Name":"a","Value":{"$python":"-0"}}]`],
    ["{'a': 0x1F}", `[{"Name":"a","Value":{"$python":"0x1F"}}]`],
    ["{'a': 12345678901234567890}", `[{"Name":"a","Value":{"$python":"12345678901234567890"}}]`],
    ["{'a': 1e400}", `[{"Name":"a","Value":{"$python":"1e400"}}]`],
    ["{'a': b'\\xff\"'}", String.raw`[{"Name":"a","Value":{"$python":"b'\\xff\"'"}}]`],
    ["{'a': ['x', (1,)]}", `[{"Name":"a","Value":{"$python":"['x', (1,)]"}}]`],
    ["{'a': {'$python': 'x'}}", `[{"Name":"a","Value":{"$python":"{'$python': 'x'}"}}]`],
    ["{'a': set()}", `[{"Name":"a","Value":{"$python":"set()"}}]`],
    ["{'\\ud800': '\\u2028\\0'}", `[{"Name":"\\ud800","Value":"\u2028\\u0000"}]`],
    ["", "[]"],
    ["{}", "{}"],
    [" ", `" "`],
    ["{ }", `"{ }"`],
    [
      "{'a",
      `{"$unreadable":"{'a","$problem":"CustomProperties: not a Python literal, a string is not closed (character 2)"}`,
    ],
    ["[]", `{"$unreadable":"[]","$problem":"CustomProperties: a list instead of a dict"}`],
  ])("writes the cell %s, and it reads back", (cell, properties) => {
    const record = ofCell(cell);
    const written = activityJsonLine(record);
    expect(written).toBe(line(properties));
    expect(content(fromJson(written))).toEqual(content(record));
  });

  it("leaves out what is absent and keeps what is empty", () => {
    const record = fromCsv("Reply,,x", ["ActivityIdType", "AppIdType", "Mailbox"]);
    const written = activityJsonLine(record);
    expect(written).toBe(`{"AppIdType":"","ActivityIdType":"Reply","Mailbox":"x"}`);
    expect(content(fromJson(written))).toEqual(content(record));
  });

  it("keeps extras, whatever their names", () => {
    const record = fromCsv('t,second,p,,"a\nb"', ["TimeStamp", "TimeStamp", "__proto__", "", "x"]);
    const written = activityJsonLine(record);
    expect(written).toBe(`{"TimeStamp":"t","TimeStamp":"second","__proto__":"p","":"","x":"a\\nb"}`);
    expect(content(fromJson(written))).toEqual(content(record));
  });

  it("keeps problems of other JSON", () => {
    const record = fromJson(`{"TimeStamp":"t","CustomProperties":[{"Name":"a"}]}`);
    expect(content(fromJson(activityJsonLine(record)))).toEqual(content(record));
    expect(record.properties.problem).toBeDefined();
  });

  const text = fc.oneof(
    fc.string(),
    fc.string({ unit: "binary" }),
    fc.string({ unit: fc.constantFrom(..."ab'\"\\,{}: \n\r\t\0é€\u200b\ud83d\ude00N") }),
  );
  const pairs = fc.array(fc.record({ Name: text, Value: text }), { maxLength: 5 });
  // What Python could not encode, and a CR, which it wrote plain before 3.11.9, stand in no plain column.
  const plain = text.map((value) => value.replace(/\p{Surrogate}|\r/gu, "?"));
  const apiRecord = fc.record({
    TimeStamp: plain.map((value) => `t${value}`),
    AppIdType: fc.option(plain),
    ActivityIdType: plain,
    ActivityItemId: fc.option(plain),
    ActivityCreationTime: plain,
    ClientSessionId: plain,
    CustomProperties: fc.option(pairs),
  });

  it("goes from any line of retriever.py to JSON and back to the same bytes", () => {
    fc.assert(
      fc.property(apiRecord, (api) => {
        const original = fromJson(JSON.stringify(api));
        const csv = retrieverCsvLine(original);
        const read = fromCsv(csv);
        expect(retrieverCsvLine(read)).toBe(csv);
        expect(retrieverCsvLine(fromJson(activityJsonLine(read)))).toBe(csv);
        // And nothing was lost on the way to CSV but the values that a dict does not keep.
        expect(read.timeStamp).toBe(api.TimeStamp);
        expect(read.activityItemId).toBe(api.ActivityItemId ?? "");
        for (const { Name } of api.CustomProperties ?? []) {
          expect(read.properties.text(Name)).toBe(api.CustomProperties?.findLast((pair) => pair.Name === Name)?.Value);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it("reads back every record equal, from any cell", () => {
    const piece = fc.constantFrom(
      "{'a': ",
      "'b'",
      ", 'c': ",
      "None",
      "b'\\xff'",
      "1_0",
      "(1, [2])",
      "{1}",
      "'é\\ud800'",
      '"x"',
      "}",
      "'",
      "{",
      " ",
    );
    const cell = fc.oneof(
      fc.array(piece, { maxLength: 6 }).map((pieces) => pieces.join("")),
      fc
        .array(fc.tuple(fc.constantFrom("'a'", "1", "None", "b'k'"), piece), { maxLength: 4 })
        .map(
          (entries) => `{${entries.map(([key, value]) => `${key}: ${value.replace(/^[{,].* $/, "2")}`).join(", ")}}`,
        ),
      text,
    );
    let unreadable = 0;
    fc.assert(
      fc.property(cell, text, (written, other) => {
        const record = fromCsv(`t,${[other, "", "", "", "", written, other].map(quoted).join(",")}`, [
          ...API_COLUMNS,
          "Extra",
        ]);
        if (record.properties.problem !== undefined) unreadable++;
        const back = fromJson(activityJsonLine(record));
        expect(content(back)).toEqual(content(record));
        expect(activityJsonLine(back)).toBe(activityJsonLine(record));
      }),
      { numRuns: 2000 },
    );
    expect(unreadable).toBeGreaterThan(100);
    expect(unreadable).toBeLessThan(1900);
  });
});
