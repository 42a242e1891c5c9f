import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ApiRecord } from "../../src/activities/example.ts";
import { FORMATS } from "../../src/pipeline/parse-options.ts";
import { verifyBundle } from "../../src/pipeline/verify.ts";
import { BundleError } from "../../src/render/bundle-folder.ts";
import { mailboxKey } from "../../src/render/parquet/mailbox-key.ts";
import { splitMailboxes } from "../../src/render/parquet/split-mailboxes.ts";
import { writeParquet } from "../../src/render/parquet/write-parquet.ts";
import { tsvCell } from "../../src/render/tsv.ts";
import {
  apiPage,
  CASES,
  filesUnder,
  parseFiles,
  parsePaths,
  readTsv,
  temporaryFolder,
  writeFiles,
} from "../support/run.ts";

const folder = temporaryFolder();

/** What the tests use of DuckDB to read back what was written. */
interface DuckDb {
  readonly DuckDBInstance: {
    create(): Promise<{
      connect(): Promise<{
        runAndReadAll(sql: string): Promise<{ getRowObjects(): Record<string, unknown>[] }>;
        closeSync(): void;
      }>;
    }>;
  };
}

const DUCKDB: string = "@duckdb/node-api";

function isInstalled(): boolean {
  try {
    createRequire(import.meta.url).resolve(DUCKDB);
    return true;
  } catch {
    return false;
  }
}

const installed = isInstalled();

/** Rows of the Parquet files of a bundle, read by DuckDB; file by file, so that no order is made up. */
async function eventsOf(bundle: string, files: readonly string[], columns = "*"): Promise<Record<string, unknown>[]> {
  const { DuckDBInstance } = (await import(DUCKDB)) as DuckDb;
  const connection = await (await DuckDBInstance.create()).connect();
  const rows: Record<string, unknown>[] = [];
  for (const file of files) {
    // DuckDB takes brackets, stars and question marks in a path for patterns.
    const path = join(bundle, file).replaceAll(/[*?[]/g, "[$&]").replaceAll("'", "''");
    const from = `read_parquet('${path}', hive_partitioning = false)`;
    rows.push(...(await connection.runAndReadAll(`SELECT ${columns} FROM ${from}`)).getRowObjects());
  }
  connection.closeSync();
  return rows;
}

const parquetOf = (bundle: { files(): string[] }) => bundle.files().filter((name) => name.endsWith(".parquet"));

describe("the folder of a mailbox", () => {
  test.each([
    ["anna@contoso.example", "anna@contoso.example"],
    ["Anna.Smith-Jones_2@Contoso.example", "anna.smith-jones_2@contoso.example"],
    ["", "~"],
    ["..", ".~2e"],
    ["a/b\\c", "a~2fb~5cc"],
    ['<CON>:"|?*', "~3ccon~3e~3a~22~7c~3f~2a"],
    ["a b.", "a~20b~2e"],
    ["%41=x&y", "~2541~3dx~26y"],
    ["ö", "~c3~b6"],
    ["~", "~7e"],
    ["\u0000", "~00"],
  ])("%j is %s", (mailbox, key) => {
    expect(mailboxKey(mailbox, new Set())).toBe(key);
  });

  test("names that differ in case alone, and very long ones, have folders of their own", () => {
    const taken = new Set<string>();
    expect(["anna", "ANNA", "Anna"].map((name) => mailboxKey(name, taken))).toEqual(["anna", "anna~~2", "anna~~3"]);
    const long = ["a", "b"].map((end) => mailboxKey(`${"x".repeat(5000)}${end}`, taken));
    expect(long[0]).toMatch(/^x{120}~~[0-9a-f]{16}$/);
    expect(long[1]).not.toBe(long[0]);
  });

  test("whatever the names, keys are safe and differ where file names are compared without regard to case", () => {
    const names = fc.array(fc.oneof(fc.string({ unit: "binary" }), fc.constantFrom("a.", "A.", "~2e", "a~2e", "a~~2")));
    fc.assert(
      fc.property(names, (mailboxes) => {
        const taken = new Set<string>();
        const keys = mailboxes.map((mailbox) => mailboxKey(mailbox, taken));
        expect(new Set(keys).size).toBe(mailboxes.length);
        for (const key of keys) expect(key).toMatch(/^[a-z0-9@._~-]{0,179}[a-z0-9@_~-]$/);
      }),
    );
  });
});

describe("the rows of each mailbox", () => {
  test("are those of the table, cut where a mailbox begins or a part is full, whatever the lines", () => {
    const path = join(folder, "split.tsv");
    const place = join(folder, "split.part");
    // Lines beyond the size of a block, too: 1 MiB.
    const text = fc.oneof(fc.string({ unit: "binary" }), fc.constantFrom("1", "é".repeat(600_000)));
    const mailboxes = fc.array(fc.tuple(fc.string({ unit: "binary" }), fc.array(text, { minLength: 1, maxLength: 5 })));
    fc.assert(
      fc.property(mailboxes, fc.constantFrom(1, 50, 2 << 20), (cases, most) => {
        const lines = cases.map(([mailbox, texts]) =>
          texts.map((cell, at) => `${[String(at + 1), cell, mailbox, "log.json", "1"].map(tsvCell).join("\t")}\n`),
        );
        writeFileSync(path, `header\n${lines.flat().join("")}`);
        const parts = Array.from(splitMailboxes(path, place, most), (part) => ({
          ...part,
          text: readFileSync(part.path, "utf8"),
        }));
        const expected = lines.flatMap((own, at) => {
          // A name stands as the tables have it, its quoting undone.
          const mailbox = readTsv(`${tsvCell(cases[at]?.[0] ?? "")}\n`)[0]?.[0];
          const cut: string[][] = [];
          for (const line of own) {
            const last = cut.at(-1);
            if (last === undefined || Buffer.byteLength(last.join("")) >= most) cut.push([line]);
            else last.push(line);
          }
          return cut.map((some, part) => ({
            mailbox,
            number: at + 1,
            part: part + 1,
            path: place,
            rows: some.length,
            bytes: Buffer.byteLength(some.join("")),
            longest: Math.max(...some.map((line) => Buffer.byteLength(line) - 1)),
            text: some.join(""),
          }));
        });
        expect(parts).toEqual(expected);
      }),
      { numRuns: 15 },
    );
    rmSync(place, { force: true });
  });
});

test.skipIf(installed)("without DuckDB one sentence says how to install it, and nothing is written", async () => {
  const place = join(folder, "without");
  const inputs = writeFiles(place, { "log.json": apiPage([]) });
  const error: unknown = await parsePaths(place, inputs, { formats: ["parquet"] }).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(BundleError);
  expect((error as Error).message).toMatch(/^Parquet is written by DuckDB, [^.]*npm install [^.]*\.$/);
  expect(filesUnder(place)).toEqual(["log.json"]);
});

test("the format is one of those that can be asked for", () => {
  expect(FORMATS).toContain("parquet");
});

const SUBJECTS = [
  '"quoted" and\ttab',
  "line\r\nend",
  "\\N",
  "",
  "=1+1",
  "No Data",
  "half \ud83d pair",
  "\u0000",
  "x".repeat(3 << 20),
];

const delivered = (Subject: string | null, at: number): ApiRecord => ({
  TimeStamp: `2018-06-20T08:00:0${at}.1234567Z`,
  AppIdType: "Exchange",
  ActivityIdType: "MessageDelivered",
  ActivityItemId: `item-${at}`,
  ClientSessionId: "",
  CustomProperties: { Subject },
});

describe.skipIf(!installed)("Parquet", () => {
  test("has every row of the timeline in its order, mailbox by mailbox, with its files in the manifest", async () => {
    const bundle = await parsePaths(folder, [CASES], { formats: ["tsv", "parquet"] });
    const files = parquetOf(bundle);
    expect(files.length).toBeGreaterThan(3);
    const rows = await eventsOf(
      bundle.folder,
      files,
      "mailbox, time_stamp, family, type, ip, source_file, source_row, ordinal",
    );
    const timeline = bundle.rows("timeline");
    const inOrder = new Map<string, unknown[]>();
    for (const row of timeline) {
      const own = inOrder.get(row["Mailbox"] ?? "") ?? [];
      inOrder.set(row["Mailbox"] ?? "", own);
      const time = row["Time"] === "" ? row["Date"] : `${row["Date"]}T${row["Time"]}`;
      own.push([
        time,
        row["Kind"],
        row["Type"],
        row["IP"],
        row["Source File"],
        row["Source Row"],
        String(own.length + 1),
      ]);
    }
    const got = new Map<string, unknown[]>();
    for (const { mailbox, ...row } of rows) {
      const own = got.get(String(mailbox)) ?? [];
      got.set(String(mailbox), own);
      own.push(Object.values(row).map(String));
    }
    expect(got).toEqual(inOrder);
    const outputs = bundle.manifest.outputs.filter(({ path }) => path.startsWith("events/"));
    expect(outputs.map(({ path }) => path).toSorted()).toEqual(files);
    expect(outputs.reduce((sum, { rows: of }) => sum + of, 0)).toBe(timeline.length);
    expect(await verifyBundle(bundle.folder)).toEqual({ files: bundle.manifest.outputs.length, problems: [] });
  });

  test("has text as the tables have it, what is not known as NULL, and times to the microsecond", async () => {
    const records: ApiRecord[] = [
      ...SUBJECTS.map((subject, at) => delivered(subject, at)),
      { ...delivered(null, 9), TimeStamp: "soon", CustomProperties: {} },
    ];
    const bundle = await parseFiles(
      folder,
      { "log.json": apiPage(records) },
      { formats: ["parquet"], excelSafe: true, title: "case-7", user: "../CON:*?\"<ö>'.@contoso.example." },
    );
    const name = "events/mailbox_key=..~2fcon~3a~2a~3f~22~3c~c3~b6~3e~27.@contoso.example~2e/case-7-events.parquet";
    // The tables that only other formats would be made of are not there.
    expect(bundle.files()).toEqual([name, "manifest.json", "run.json"]);
    const rows = await eventsOf(bundle.folder, [name], "subject, epoch_us(ts) AS ts, ticks, mailbox, sender");
    const asTable = (value: string) => readTsv(`x\t${tsvCell(value)}\n`)[0]?.[1];
    expect(rows.map(({ subject }) => subject)).toEqual([...SUBJECTS.map(asTable), null]);
    const micros = BigInt(Date.UTC(2018, 5, 20, 8)) * 1000n + 123456n;
    expect(rows.map(({ ts }) => ts)).toEqual([...SUBJECTS.map((_, at) => micros + BigInt(at) * 1_000_000n), null]);
    expect(rows[0]?.["ticks"]).toBe(micros * 10n + 7n);
    expect(rows.at(-1)?.["ticks"]).toBeNull();
    expect(rows[0]?.["sender"]).toBeNull();
    expect(rows[0]?.["mailbox"]).toBe("../CON:*?\"<ö>'.@contoso.example.");
  });

  test("times far from today are exact, and those before 1970 are rounded down as those after it", async () => {
    const records = [
      "9999-12-31T23:59:59.9999999Z",
      "1969-12-31T23:59:59.9999999Z",
      "1969-12-31T23:59:59.0000002Z",
      "0001-01-01T00:00:00Z",
    ].map((TimeStamp, at): ApiRecord => ({ ...delivered("", at), TimeStamp }));
    const bundle = await parseFiles(folder, { "log.json": apiPage(records) }, { formats: ["parquet"] });
    const rows = await eventsOf(bundle.folder, parquetOf(bundle), "epoch_us(ts) AS ts, ticks");
    expect(rows).toEqual([
      { ts: -62_135_596_800_000_000n, ticks: -621_355_968_000_000_000n },
      { ts: -1_000_000n, ticks: -9_999_998n },
      { ts: -1n, ticks: -1n },
      { ts: 253_402_300_799_999_999n, ticks: 2_534_023_007_999_999_999n },
    ]);
  });

  test("is the same to the byte for the same evidence, in a folder of any name", async () => {
    const log = { "log.json": apiPage(SUBJECTS.map(delivered)) };
    const one = await parseFiles(folder, log, { formats: ["parquet"] });
    const other = await parseFiles(join(folder, "case [1] {a,b} 'q' 100%"), log, { formats: ["parquet"] });
    const bytes = (bundle: { folder: string }, file: string) => readFileSync(join(bundle.folder, file));
    expect(parquetOf(other)).toEqual(parquetOf(one));
    for (const file of parquetOf(one)) expect(bytes(other, file).equals(bytes(one, file))).toBe(true);
  });

  test("rows that fill the memory together are in files one behind the other", async () => {
    const place = join(folder, "long-rows");
    const [table = ""] = writeFiles(place, { "events.tsv": "" });
    const [files = "", spool = ""] = ["files", "spool"].map((name) => join(place, name));
    for (const made of [files, spool]) mkdirSync(made);
    const header = "ordinal BIGINT\tticks BIGINT\tsubject TEXT?\tMailbox\tSource File\tSource Row\n";
    const long = "x".repeat(32 << 20);
    const rows = Array.from(
      { length: 9 },
      (_, at) => `${at + 1}\t${at}\t=${long}\ta@contoso.example\tlog.json\t${at}\n`,
    );
    writeFileSync(table, header);
    for (const row of rows) writeFileSync(table, row, { flag: "a" });
    const written = await writeParquet({ table, files, prefix: "", spool, signal: undefined });
    const names = ["events.parquet", "events-2.parquet", "events-3.parquet"];
    expect([...written].map(([name, { rows: of }]) => [name, of])).toEqual(
      names.map((name, at) => [`events/mailbox_key=a@contoso.example/${name}`, [4, 4, 1][at]]),
    );
    const read = await eventsOf(files, [...written.keys()], "ordinal, mailbox_number, length(subject) AS size");
    const expected = rows.map((_, at) => ({ ordinal: BigInt(at + 1), mailbox_number: 1n, size: BigInt(long.length) }));
    expect(read).toEqual(expected);
    rmSync(place, { recursive: true });
  });

  test.skipIf(process.platform === "win32")(
    "a folder that DuckDB cannot be told is refused before the run",
    async () => {
      const place = join(folder, "a\\\\b [1]");
      const inputs = writeFiles(place, { "log.json": apiPage([]) });
      await expect(parsePaths(place, inputs, { formats: ["parquet"] })).rejects.toThrow(/for a pattern of names/);
      expect(filesUnder(place)).toEqual(["log.json"]);
    },
  );

  test("of no events is one file without rows", async () => {
    const bundle = await parseFiles(folder, { "log.json": apiPage([]) }, { formats: ["parquet"] });
    expect(parquetOf(bundle)).toEqual(["events/mailbox_key=~/events.parquet"]);
    expect(await eventsOf(bundle.folder, parquetOf(bundle))).toEqual([]);
  });

  test("nothing is left where the run is stopped", async () => {
    const place = join(folder, "stopped");
    const inputs = writeFiles(place, { "log.json": apiPage(SUBJECTS.map(delivered)) });
    const reason = new Error("stopped by the test");
    const signal = AbortSignal.abort(reason);
    await expect(parsePaths(place, inputs, { formats: ["parquet"], signal })).rejects.toBe(reason);
    expect(filesUnder(place)).toEqual(["log.json"]);
  });

  test("writing ends at once where the run is stopped in the middle of a mailbox", async () => {
    const [table] = writeFiles(join(folder, "stopped-late"), {
      "events.tsv": `ordinal BIGINT\tticks BIGINT\tsubject TEXT?\tMailbox\tSource File\tSource Row\n${Array.from(
        { length: 400_000 },
        (_, at) => `${at + 1}\t${at}\t=subject ${at}\tanna@contoso.example\tlog.json\t${at}\n`,
      ).join("")}`,
    });
    const [files = "", spool = ""] = ["files", "spool"].map((name) => join(folder, "stopped-late", name));
    for (const made of [files, spool]) mkdirSync(made);
    const stop = new AbortController();
    const reason = new Error("stopped by the test");
    setTimeout(() => stop.abort(reason), 50);
    const target = { table: table as string, files, prefix: "", spool, signal: stop.signal };
    await expect(writeParquet(target)).rejects.toBe(reason);
    expect(filesUnder(spool)).toEqual([]);
  });
});
