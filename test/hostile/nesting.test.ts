import { describe, expect, test } from "vitest";
import { csvLine, HEADER, makeRows } from "../support/export.ts";
import { parseFiles, temporaryFolder } from "../support/run.ts";

const folder = temporaryFolder();
const LEVELS = 100_000;
const [first, , last] = makeRows(1, 3).map((row) => ({ ...row, type: "Flag" }));
if (first === undefined || last === undefined) throw new Error("too few rows");
const sound = [csvLine(first), csvLine({ ...last, session: "another" })];

/** Opens brackets, and closes them again. */
function nested(open: string, close: string, middle = ""): string {
  return open.repeat(LEVELS) + middle + close.repeat(LEVELS);
}

describe("100,000 levels", () => {
  test.each([
    ["lists", nested("[", "]")],
    ["dicts", nested("{'a': ", "}", "None")],
    ["parentheses", nested("(", ")", "1")],
    ["sets", nested("{", "}", "1")],
    ["signs and parentheses", nested("-(", ")", "1")],
    ["brackets that nobody closes", "[".repeat(LEVELS)],
  ])("of %s in a cell cost its properties and nothing else", async (_name, value) => {
    const cell = `"{'Subject': 'x', 'Deep': ${value}}"`;
    const deep = `2018-06-20T10:00:00Z,Web,Flag,item,,s,${cell}`;
    const bundle = await parseFiles(folder, { "a.csv": [HEADER, sound[0], deep, sound[1], ""].join("\n") });
    expect(bundle.manifest.totals).toMatchObject({ rows: 3, parsed: 3, rejected: 0 });
    expect(bundle.manifest.warnings).toContainEqual(
      "a.csv: 1 row whose CustomProperties cannot be read; kept without them (row 2)",
    );
    const rows = bundle.rows("other-activity");
    expect(new Set(rows.map((row) => row["Source Row"]))).toEqual(new Set(["1", "2", "3"]));
  });

  const record = (id: string, properties: string) =>
    `{"TimeStamp":"2018-06-20T10:00:00Z","AppIdType":"Web","ActivityIdType":"Flag","ActivityItemId":"${id}","CustomProperties":${properties}}`;

  test.each([
    ["of lists in a property", record("deep", `[{"Name":"Deep","Value":${nested("[", "]")}}]`)],
    ["of objects in a property", record("deep", `{"Deep":${nested('{"a":', "}", "1")}}`)],
    ["of another key", record("deep", `[],"Other":${nested("[", "]")}`)],
  ])("of JSON %s reject the record and nothing else", async (_name, deep) => {
    const page = `{"value":[${record("a", "[]")},${deep},${record("b", "[]")}]}`;
    const bundle = await parseFiles(folder, { "a.json": page });
    expect(bundle.manifest.totals).toMatchObject({ rows: 3, parsed: 2, rejected: 1 });
    expect(bundle.rows("other-activity").map((row) => row["Activity Item ID"])).toEqual(["a", "b"]);
    const [reject] = bundle.rows("rejects");
    expect(reject).toMatchObject({ "Source Row": "2", Reason: expect.stringMatching(/^brackets nested too deep/) });
    // The whole of it, with its comma: nothing of the evidence is out of reach.
    expect(reject?.["Raw"]).toBe(`${deep},`);
  });

  test("of brackets around a page, or that nobody closes, lose no record", async () => {
    const page = `{"value":[${record("a", "[]")},${record("b", "[]")}]}`;
    for (const text of [nested("[", "]", page), "[".repeat(LEVELS) + page, `${page}${"]".repeat(LEVELS)}`]) {
      const bundle = await parseFiles(folder, { "a.json": text });
      expect(bundle.rows("other-activity").map((row) => row["Activity Item ID"])).toEqual(["a", "b"]);
    }
  });

  test("of elements in a Query leave its text as it stands", async () => {
    const query = `<Query>${nested("<a>", "</a>", "x")}</Query>`;
    const page = `{"value":[${record("s", JSON.stringify({ Query: query })).replace('"Flag"', '"SearchResult"')}]}`;
    const bundle = await parseFiles(folder, { "a.json": page });
    expect(bundle.manifest.totals).toMatchObject({ rows: 1, parsed: 1 });
    expect(bundle.rows("search-activity")[0]).toMatchObject({ "Query XML": query });
  });

  const audit = (id: string, more: string) =>
    `{"CreationTime":"2021-05-18T21:13:33","Id":"${id}","Operation":"Send","RecordType":2,"UserKey":"x","Workload":"Exchange","UserId":"anna@contoso.example"${more}}`;

  test.each([
    ["lists", nested("[", "]")],
    ["objects", nested('{"a":', "}", "1")],
    ["objects in a text of JSON", JSON.stringify(nested('{"a":', "}", "1"))],
  ])("of %s in an audit record lose no other", async (_name, deep) => {
    const records = [audit("a", ""), audit("b", `,"Folders":${deep}`), audit("c", "")];
    const cells = records.map((record) => `x,2021-05-18T21:13:33,2,Send,anna,"${record.replaceAll('"', '""')}"`);
    const header = "RecordId,CreationDate,RecordType,Operation,UserId,AuditData";
    for (const file of [`[${records.join(",")}]`, `${records.join("\n")}\n`, `${[header, ...cells].join("\n")}\n`]) {
      const { manifest, rows } = await parseFiles(folder, { "a.log": file });
      const { parsed, rejected } = manifest.totals;
      expect([manifest.totals.rows, parsed + rejected]).toEqual([3, 3]);
      const shown = new Set(rows("timeline").map((row) => row["Source Row"]));
      expect([shown.has("1"), shown.has("3"), shown.size]).toEqual([true, true, parsed]);
    }
  });
});
