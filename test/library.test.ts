import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import type { CaseNotes, Format, ParseCaseOptions, ParsedTenant, ParseOptions, TableRow } from "../src/index.ts";
import {
  DEFAULT_SCORING,
  NO_FILTER,
  PARSE_DEFAULTS,
  parseCase,
  parseToBundle,
  TABLES,
  UsageError,
} from "../src/index.ts";
import { parseTicks } from "../src/ingest/timestamp.ts";
import { HEADER } from "./support/export.ts";
import { CASES, parsePaths, temporaryFolder, writeFiles } from "./support/run.ts";

const folder = temporaryFolder();
const CASE = join(CASES, "wire-fraud-60-days", "dana.keller@northgate.example.csv");

/** Tables that are not made of one mailbox. */
const OF_NO_MAILBOX = ["mailbox-access", "rejects"];

/** What the tables' escapes stand for: the library gives texts as they are. */
function escaped(text: string): string {
  // oxlint-disable-next-line no-control-regex
  return text.replace(/[\x00-\x1f\x7f-\x9f]/g, (character) => {
    const short = { "\t": "\\t", "\n": "\\n", "\r": "\\r" }[character];
    return short ?? `\\x${character.charCodeAt(0).toString(16).padStart(2, "0").toUpperCase()}`;
  });
}

test("a script gets the rows that the bundle prints, and the findings with their evidence", async () => {
  const bundle = await parsePaths(folder, [CASE]);
  let mailboxes = 0;
  for await (const mailbox of parseCase([CASE])) {
    mailboxes++;
    for (const table of TABLES.filter((name) => !OF_NO_MAILBOX.includes(name))) {
      const printed = bundle.rows(table);
      const rows = [...mailbox.rows(table)].map((row) =>
        Object.fromEntries(Object.entries(row).map(([name, cell]) => [name, escaped(cell)])),
      );
      expect(rows, table).toEqual(printed);
    }
    const findings = mailbox.findings();
    expect(findings.map(({ ruleId, score }) => `${ruleId} ${score}`)).toEqual(
      bundle.rows("findings").map((row) => `${row["Rule"]} ${row["Score"]}`),
    );
    const [row] = findings[0]?.rows ?? [];
    expect(row === undefined ? undefined : mailbox.sourceOf(row).file).toBe("dana.keller@northgate.example.csv");
    for (const table of OF_NO_MAILBOX) expect(() => mailbox.rows(table)).toThrow(RangeError);
  }
  expect(mailboxes).toBe(1);
});

test("a script is told at the end what is found of several mailboxes together", async () => {
  const place = join(CASES, "session-theft-30-days");
  const evidence = [join(place, "evidence")];
  const allow = join(place, "known-applications.txt");
  const bundle = await parsePaths(folder, evidence, {
    tables: new Set(["findings", "mailbox-access"]),
    scoring: { ...DEFAULT_SCORING, allow },
  });
  const told: ParsedTenant[] = [];
  const options: ParseCaseOptions = { scoring: { allow }, tenant: (tenant) => told.push(tenant) };
  const rows: TableRow[] = [];
  // One script asks for nothing, the other for the findings of each mailbox: both are told the same.
  for await (const _mailbox of parseCase(evidence, options));
  for await (const mailbox of parseCase(evidence, options)) rows.push(...mailbox.rows("findings"));
  const [first, second] = told;
  expect(told).toHaveLength(2);
  // The rogue application read 7 mailboxes between 14:41:10 and 14:47:00: a tumbling and a sliding window have them all.
  expect(
    first?.rows("mailbox-access").map((row) => [row["Mode"], row["Client App ID"], row["Unique Mailboxes"]]),
  ).toEqual([
    ["tumbling", "ff8d92dc-3d82-41d6-bcbd-b9174d163620", "7"],
    ["sliding", "ff8d92dc-3d82-41d6-bcbd-b9174d163620", "7"],
  ]);
  // The application, its address in all of them, and the address that used both stolen sessions.
  expect(first?.findings.map(({ ruleId, entity }) => [ruleId, entity.value])).toEqual([
    ["mailbox-access-api", "ff8d92dc-3d82-41d6-bcbd-b9174d163620 (PerfectData Software)"],
    ["address-many-mailboxes", "203.0.113.202"],
    ["address-elsewhere", "203.0.113.201"],
  ]);
  expect(first?.outcomes).toEqual(second?.outcomes);
  for (const tenant of [first, second]) {
    expect(tenant?.rows("mailbox-access")).toEqual(bundle.rows("mailbox-access"));
    expect([...(tenant?.rows("findings") ?? []), ...rows]).toEqual(bundle.rows("findings"));
    expect(() => tenant?.rows("exposure")).toThrow(RangeError);
  }
});

test("options that are undefined are those that are not there", async () => {
  const options = { user: undefined, filter: undefined, scoring: undefined, notes: undefined };
  // As a script in JavaScript may give them.
  const { done } = await parseCase([CASE], options as unknown as ParseCaseOptions).next();
  expect(done).toBe(false);
});

test.each<readonly [string, ParseCaseOptions, RegExp]>([
  ["less than nothing to unpack to", { maxExpansion: 0 }, /^--max-expansion takes a number/],
  ["an end before the start", { filter: { ...NO_FILTER, start: 5, end: 1 } }, /^--start must be earlier/],
  ["a country in small letters", { scoring: { homeCountries: ["kp"] } }, /not kp/],
  ["a country by its name", { scoring: { homeCountries: ["North Korea"] } }, /not North Korea/],
  ["standard input for two things", { scoring: { messages: ["-"] } }, /named twice/],
])("parseCase refuses %s", async (_name, options, words) => {
  const reading = () => parseCase(["-"], options).next();
  await expect(reading()).rejects.toThrow(UsageError);
  await expect(reading()).rejects.toThrow(words);
});

test("a bundle's manifest and coverage say what a script asked for", async () => {
  const bundle = await parsePaths(folder, [CASE], {
    user: "other@contoso.example",
    excelSafe: true,
    tables: new Set(["coverage"]),
    filter: {
      ...NO_FILTER,
      start: parseTicks("2018-04-01T00:00:00Z"),
      types: new Set(["Flag", "Move"]),
      apps: new Set(["Web"]),
    },
  });
  const filter = "--start 2018-04-01T00:00:00.0000000Z --types Flag Move --apps Web";
  expect(bundle.manifest.arguments).toEqual({
    title: "",
    user: "other@contoso.example",
    filter,
    formats: ["tsv", "json"],
    geoip: true,
    homeCountries: [],
    tables: ["coverage"],
    classic: false,
    excelSafe: true,
    keepDuplicates: false,
  });
  const { filtered } = bundle.manifest.totals;
  expect(bundle.rows("coverage").at(-1)?.["Detail"]).toBe(`${filtered} rows left out of the tables by ${filter}`);
});

test.each<readonly [string, Partial<ParseOptions>, RegExp]>([
  ["a title that leaves the folder", { title: "../x" }, /^--title becomes part of file names/],
  ["a table that there is not", { tables: new Set(["nonsense"]) }, /^There is no table nonsense/],
  ["no table", { tables: new Set() }, /^--tables takes some of findings/],
  ["a format that there is not", { formats: ["docx" as Format] }, /^This version does not write docx/],
  ["no format", { formats: [] }, /^--formats takes some of tsv/],
  ["no thread", { jobs: 0 }, /^--jobs takes a whole number/],
  ["less than nothing to unpack to", { maxExpansion: -1 }, /^--max-expansion takes a number/],
  ["an end before the start", { filter: { ...NO_FILTER, start: 1, end: 0 } }, /^--start must be earlier/],
  ["a country in small letters", { scoring: { ...DEFAULT_SCORING, homeCountries: ["de"] } }, /^--home-country takes/],
  [
    "a country by the code that ISO 3166 keeps for another use",
    { scoring: { ...DEFAULT_SCORING, homeCountries: ["DE", "UK"] } },
    /not UK \(GB is meant\)\.$/,
  ],
  ["standard input for two things", { inputs: ["-"], scoring: { ...DEFAULT_SCORING, messages: ["-"] } }, /named twice/],
])("%s is refused before anything is written", async (_name, options, words) => {
  const out = join(folder, "refused", "bundle");
  const running = parseToBundle({ ...PARSE_DEFAULTS, inputs: [CASE], out, ...options });
  await expect(running).rejects.toThrow(UsageError);
  await expect(running).rejects.toThrow(words);
  expect(existsSync(join(folder, "refused"))).toBe(false);
});

test("a script is told of what was rejected, and of what the manifest warns of", async () => {
  const [input = ""] = writeFiles(join(folder, "damaged"), {
    "a.csv": Buffer.from(`${HEADER}\n2018-06-20T10:00:00Z,Web,Fl\xe9g,,,,\ndamaged\n`, "latin1"),
  });
  const notes: CaseNotes[] = [];
  for await (const mailbox of parseCase([input], { notes: (all) => notes.push(all) })) {
    expect([mailbox.mailbox, notes]).toEqual(["", []]);
  }
  const { manifest } = await parsePaths(folder, [input]);
  expect(manifest.warnings).toContain("a.csv: read as Windows-1252");
  expect(notes).toEqual([
    { warnings: manifest.warnings, rejected: [{ file: "a.csv", row: 2, reason: "1 field instead of 7" }] },
  ]);
});

test("a script that ends in the middle of a case leaves no evidence behind", () => {
  const library = new URL("../src/index.ts", import.meta.url).href;
  const [packed] = writeFiles(folder, { "log.csv.gz": gzipSync(readFileSync(CASE)) });
  const unpacked = mkdtempSync(join(folder, "unpacked-"));
  const script = `
    import { readdirSync } from "node:fs";
    import { parseCase } from ${JSON.stringify(library)};
    for await (const _mailbox of parseCase(${JSON.stringify([packed])})) {
      console.log(readdirSync(${JSON.stringify(unpacked)}).filter((name) => name.startsWith("alicorn-")).length);
      process.exit(0);
    }`;
  const env = { ...process.env, TMPDIR: unpacked, TMP: unpacked, TEMP: unpacked };
  const options = { encoding: "utf8", env } as const;
  const ended = spawnSync(process.execPath, ["--import", "tsx", "--input-type=module", "-e", script], options);
  expect([ended.status, ended.stdout]).toEqual([0, "1\n"]);
  expect(readdirSync(unpacked).filter((name) => name.startsWith("alicorn-"))).toEqual([]);
});

test("the example scripts run, and say what the bundle says", async () => {
  const script = fileURLToPath(new URL("../samples/scripts/suspicious-messages.ts", import.meta.url));
  const out = execFileSync(process.execPath, ["--import", "tsx", script, CASE], { encoding: "utf8", stdio: "pipe" });
  const lines = out.trimEnd().split("\n").slice(1);
  const bundle = await parsePaths(folder, [CASE], { tables: new Set(["exposure"]) });
  const suspicious = bundle.rows("exposure").filter((row: TableRow) => row["Suspicious"] === "yes");
  expect(suspicious.length).toBeGreaterThan(0);
  expect(lines.map((line) => line.split("\t").at(-1))).toEqual(suspicious.map((row) => row["Source Row"]));
  const tenant = join(CASES, "session-theft-30-days", "evidence");
  const { stderr } = spawnSync(process.execPath, ["--import", "tsx", script, tenant], { encoding: "utf8" });
  expect(stderr).toMatch(/^high \d+\tOne address in many mailboxes\t203\.0\.113\.202\t.+:\d+$/m);
  const reads = fileURLToPath(new URL("../samples/scripts/reads-per-address.ts", import.meta.url));
  const counts = execFileSync(process.execPath, ["--import", "tsx", reads, CASE], { encoding: "utf8" });
  const total = counts
    .split("\n")
    .map((line) => Number(/^(\d+)\t/.exec(line)?.[1] ?? 0))
    .reduce((sum, count) => sum + count, 0);
  const starts = (await parsePaths(folder, [CASE], { tables: new Set(["read-activity-by-time"]) }))
    .rows("read-activity-by-time")
    .filter((row) => row["Type"]?.endsWith("Start") === true);
  expect(total).toBe(starts.length);
});
