import { isUtf8 } from "node:buffer";
import { stringify } from "csv-stringify/sync";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { temporaryFolder } from "../evidence/support.ts";
import { COMMON, type Fields, readLog, type ReadLog, SHAPES } from "./support.ts";

const folder = temporaryFolder();

const records: readonly Fields[] = [1, 2, 3, 4].map((id) => ({
  ...COMMON,
  Id: `id-${id}`,
  Subject: 'é"]}{[',
  Folders: [
    {
      Path: "\\Inbox",
      FolderItems: [{ InternetMessageId: `<${id}a@x.example>` }, { InternetMessageId: `<${id}b@x.example>` }],
    },
  ],
}));

const idsOf = ({ records: read }: ReadLog) => read.map((record) => record.audit?.recordId);

const RECORD_KEY = /\\?"+(?:CreationTime|RecordType|UserKey|AuditData|_raw|TimeGenerated)\\?"+\s*:/;

/** What lies between the stretches that were reported is brackets, commas, line ends: nothing of a record. */
function everythingIsReported(content: Buffer, dataStart: number, { stretches }: ReadLog): void {
  const sorted = stretches.toSorted((a, b) => a.start - b.start || a.length - b.length);
  let end = dataStart;
  for (const { start, length } of sorted) {
    expect(start).toBeGreaterThanOrEqual(end);
    expect(content.toString("utf8", end, start)).not.toMatch(RECORD_KEY);
    end = start + length;
  }
  expect(content.toString("utf8", end)).not.toMatch(RECORD_KEY);
}

function shape(name: string) {
  const found = SHAPES.find((one) => one.name === name);
  if (found === undefined) throw new Error(name);
  return found;
}

/** Bytes in front of the first record of a shape: its header line, where damage would make it another file. */
function headOf(format: string, content: Buffer): number {
  return format.endsWith("csv")
    ? content.indexOf(10, content.indexOf(10) + (content.includes("#TYPE") ? 1 : -1)) + 1
    : 0;
}

const NAMES = [
  "lines",
  "a list",
  "pages",
  "the Purview portal",
  "ConvertTo-Json of PowerShell",
  "a SIEM's lines with result",
];

describe.each(NAMES)("%s", (name) => {
  const { write, format } = shape(name);
  const content = Buffer.from(write(records));
  const head = headOf(format, content);

  test("cut off anywhere: the records before the cut are read, and the rest is reported", async () => {
    const whole = await readLog(folder, content);
    expect(idsOf(whole)).toEqual(["id-1", "id-2", "id-3", "id-4"]);
    const first = whole.stretches[0]!;
    for (let cut = first.start + first.length; cut < content.length; cut += 37) {
      const kept = content.subarray(0, cut);
      const log = await readLog(folder, kept);
      const before = whole.stretches.filter(({ start, length }) => start + length <= cut).length;
      expect(idsOf(log)).toEqual(idsOf(whole).slice(0, before));
      everythingIsReported(kept, head, log);
    }
  });

  test("a stretch that is missing costs only the records that it touches", async () => {
    const whole = await readLog(folder, content);
    const first = whole.stretches[0]!;
    const from = first.start + first.length;
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: from, max: content.length - 1 }),
        fc.integer({ min: 1, max: 900 }),
        async (at, length) => {
          const rest = Buffer.concat([content.subarray(0, at), content.subarray(at + length)]);
          // Half a character left over would say that a file as short as this is of another encoding.
          fc.pre(isUtf8(rest));
          const log = await readLog(folder, rest);
          // A row of a table reaches up to the rows beside it: without the line end between them they are one line.
          const border = format.endsWith("csv") ? 1 : 0;
          const untouched = whole.texts.filter((_, row) => {
            const { start, length: size } = whole.stretches[row]!;
            return start + size + border <= at || start - border >= at + length;
          });
          expect(log.texts.filter((text) => untouched.includes(text))).toEqual(untouched);
          // Of the first and the last that it touches enough may be left to be a record, as of one in a wrapper.
          const touched = whole.texts.length - untouched.length;
          expect(log.texts.length).toBeLessThanOrEqual(untouched.length + Math.min(2, touched));
          everythingIsReported(rest, head, log);
        },
      ),
      { numRuns: 150 },
    );
  });
});

test("a record that is cut off in a list does not swallow those behind it", async () => {
  const [one, two, three] = records.map((record) => JSON.stringify(record)) as [string, string, string, string];
  const cut = one.slice(0, one.indexOf('{"InternetMessageId"'));
  const log = await readLog(folder, `{"value":[${cut}${two},${three}]}]}`);
  expect(idsOf(log)).toEqual(["id-2", "id-3"]);
  expect(log.rejects[0]?.reason).toBe("a record that is not closed before the next one begins");
});

test("records in members that nobody told of are read one by one", async () => {
  const hits = { took: 1, hits: { hits: records.map((record) => ({ _index: "o365", _source: record })) } };
  const log = await readLog(folder, JSON.stringify(hits));
  expect(idsOf(log)).toEqual(["id-1", "id-2", "id-3", "id-4"]);
});

describe("rows of a table that are no records", () => {
  const HEADER = "RecordId,CreationDate,AuditData";
  const good = stringify([["1", "2021-05-18T21:13:33Z", JSON.stringify(COMMON)]]).trimEnd();

  test.each([
    ["1,2021,", "no record: AuditData empty"],
    ["1,2021,   ", "no record: AuditData empty"],
    ["1,2021,none", "AuditData is not JSON: not an object"],
    ['1,2021,"{""Operation"":""Se"', "AuditData is not JSON: a string is not closed at character 14"],
    ['1,2021,"{""a"":1}"', "no Operation and no CreationTime: not a record of the audit log"],
    ["1,2021", "2 fields instead of 3"],
    ["1,2021,a,b", "4 fields instead of 3"],
    ["#TYPE Selected.System.Management.Automation.PSCustomObject", "a #TYPE line, as joining exports leaves it"],
    [HEADER, "a repeated header line, as joining exports leaves it"],
    [`\ufeff"RecordId","CreationDate","AuditData"`, "a repeated header line, as joining exports leaves it"],
    ['1,20"21,{}', "not a CSV record: a quote inside a plain field"],
  ])("%s: %s", async (row, reason) => {
    const log = await readLog(folder, `${HEADER}\n${good}\n${row}\n${good}\n`);
    expect(log.records).toHaveLength(2);
    // A byte order mark in front of a quoted name is what csv-parse refuses the line for.
    expect(log.rejects.map((reject) => reject.text)).toEqual([row]);
    if (!row.startsWith("\ufeff")) expect(log.rejects[0]?.reason).toBe(reason);
  });

  test("a record over several lines, and an Id and a time that only the columns have", async () => {
    const { Id: _, CreationTime: __, ...fields } = COMMON;
    const cell = JSON.stringify(fields, null, 2).replaceAll('"', '""');
    const log = await readLog(
      folder,
      `${HEADER}\r\nABC,5/18/2021 9:13:33 PM,"${cell.replaceAll("\n", "\r\n")}"\r\n${good}`,
    );
    expect(log.rejects).toEqual([]);
    expect(log.records[0]).toMatchObject({ timeStamp: "2021-05-18T21:13:33" });
    expect(idsOf(log)).toEqual(["abc", "9cef02e9-4bfa-4c73-be7d-9dad68b9cea8"]);
  });

  test("as many columns as a SIEM makes of it", async () => {
    const names = Array.from({ length: 900 }, (_, at) => `field${at}`);
    const row = stringify([[...names, JSON.stringify(COMMON)]]);
    const log = await readLog(folder, `${names.join(",")},_raw\n${row}${row}`);
    expect([log.format, log.records.length, log.rejects]).toEqual(["audit-siem-csv", 2, []]);
  });

  test("a SIEM's row with neither", async () => {
    const log = await readLog(folder, `AuditData,_raw\n,\n,"{""Operation"":""X"",""CreationTime"":""t""}"\n`);
    expect(log.rejects.map(({ reason }) => reason)).toEqual(["no record: AuditData and _raw empty"]);
    expect(log.records).toHaveLength(1);
  });
});
