import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import type { Manifest } from "../src/model/manifest.ts";
import { zipOf } from "./ingest/evidence/support.ts";
import { csvExport, csvLine, HEADER, jsonExport, makeRows } from "./support/export.ts";
import type { Ended } from "./support/run.ts";
import { apiPage, CASES, filesUnder, openBundle, runCli, temporaryFolder, writeFiles } from "./support/run.ts";

const root = temporaryFolder();
const rows = makeRows(3, 60);
const EXPORT = csvExport(rows);
let places = 0;

/** A folder of its own, with these files in it. */
function place(files: Readonly<Record<string, string | Uint8Array>> = { "export.csv": EXPORT }): string {
  const folder = join(root, `place-${++places}`);
  mkdirSync(folder);
  writeFiles(folder, files);
  return folder;
}

/** What a failed command must look like: one sentence, no stack, nothing on standard output. */
function expectSentence({ code, stdout, stderr }: Ended, wantedCode: number, words: RegExp): void {
  expect(stderr).toMatch(words);
  expect(stderr.endsWith("\n")).toBe(true);
  expect(stderr.trimEnd().split("\n").length).toBeLessThanOrEqual(wantedCode === 2 ? 2 : 1);
  expect(stderr).not.toMatch(/^\s+at /m);
  expect(stdout).toBe("");
  expect(code).toBe(wantedCode);
}

/** Characters that could move a terminal's cursor or recolour it. */
// oxlint-disable-next-line no-control-regex -- they are what is looked for
const RAW_CONTROLS = /[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/;

describe.concurrent("parse ends with 1 and one sentence", () => {
  const failures: readonly (readonly [string, Readonly<Record<string, string | Uint8Array>>, string, RegExp])[] = [
    ["a missing file", {}, "missing.csv", /missing\.csv.*does not exist/],
    ["an empty file", { "empty.csv": "" }, "empty.csv", /^Expected an export.*empty\.csv is empty\.$/m],
    ["a PDF", { "a.csv": "%PDF-1.7\n..." }, "a.csv", /^Expected an export.*a\.csv looks like a PDF\.$/m],
    ["other CSV", { "a.csv": "Name,Size\nx,1\n" }, "a.csv", /CSV with the columns Name, Size/],
    ["an HTML page", { "a.json": "<!doctype html><html></html>" }, "a.json", /HTML page/],
    ["a folder without evidence", { "in/readme.txt": "hello" }, "in", /^Expected an export.*readme\.txt/],
    ["an empty folder", { "other.txt": "x" }, "empty", /holds no file/],
    ["a zip without files", { "a.zip": zipOf([]) }, "a.zip", /zip archive holds no file/],
  ];

  test.each(failures)("for %s", async (_name, files, input, words) => {
    const folder = place(files);
    mkdirSync(join(folder, "empty"), { recursive: true });
    const before = readdirSync(folder).sort();
    expectSentence(await runCli(["parse", input, "--out", "bundle"], { cwd: folder }), 1, words);
    expect(readdirSync(folder).sort()).toEqual(before);
  });

  test("for a place that cannot be written to", async () => {
    const folder = place();
    const ended = await runCli(["parse", "export.csv", "--out", "export.csv/bundle"], { cwd: folder });
    expectSentence(ended, 1, /^Nothing can be written to export\.csv: /);
    expect(readFileSync(join(folder, "export.csv"), "utf8")).toBe(EXPORT);
  });

  test("and leaves no folders on the way to the bundle", async () => {
    const folder = place({ "empty.csv": "" });
    expectSentence(await runCli(["parse", "empty.csv", "--out", "a/b/bundle"], { cwd: folder }), 1, /is empty/);
    expect(readdirSync(folder)).toEqual(["empty.csv"]);
  });

  test("for a folder that exists, without --force", async () => {
    const folder = place({ "export.csv": EXPORT, "bundle/mine.txt": "x" });
    expectSentence(
      await runCli(["parse", "export.csv", "--out", "bundle"], { cwd: folder }),
      1,
      /bundle exists already/,
    );
    expect(filesUnder(folder)).toEqual(["bundle/mine.txt", "export.csv"]);
  });

  test("for --force over a folder or file that is no bundle", async () => {
    const foreign = JSON.stringify({ name: "a web app", outputs: [] });
    const folder = place({ "app/manifest.json": foreign, "export.csv": EXPORT, "bundle/mine.txt": "x" });
    for (const out of ["bundle", "export.csv", "app"]) {
      const ended = await runCli(["parse", "export.csv", "--out", out, "--force"], { cwd: folder });
      expectSentence(ended, 1, /is not a bundle of alicorn's/);
    }
    expect(filesUnder(folder)).toEqual(["app/manifest.json", "bundle/mine.txt", "export.csv"]);
    expect(readFileSync(join(folder, "app", "manifest.json"), "utf8")).toBe(foreign);
  });

  test("for --force over a bundle that the evidence itself lies in", async () => {
    const folder = place({ "a.csv": EXPORT });
    expect((await runCli(["parse", "a.csv", "--out", "b"], { cwd: folder })).code).toBe(0);
    writeFiles(folder, { "b/a.csv": EXPORT, "b/notes/call.txt": "x" });
    const texts = () => filesUnder(folder).map((path) => [path, readFileSync(join(folder, path), "utf8")]);
    const before = texts();
    const ended = await runCli(["parse", "b/a.csv", "--out", "b", "--force"], { cwd: folder });
    expectSentence(ended, 1, /^b is not a bundle of alicorn's, or holds other files too, /);
    expect(texts()).toEqual(before);
  });

  test("for a file of the bundle that is to be replaced", async () => {
    const folder = place();
    expect((await runCli(["parse", "export.csv", "--out", "b"], { cwd: folder })).code).toBe(0);
    const before = filesUnder(folder);
    const ended = await runCli(["parse", "export.csv", "b/timeline.tsv", "--out", "b", "--force"], { cwd: folder });
    expectSentence(
      ended,
      1,
      /timeline\.tsv lies in the folder that the bundle is to be written to; give another one\./,
    );
    expect(filesUnder(folder)).toEqual(before);
  });

  test("for standard input that is nothing", async () => {
    expectSentence(await runCli(["parse", "-", "--out", "bundle"], { cwd: place() }), 1, /- is empty/);
  });
});

describe.concurrent("parse ends with 2 for a command line that makes no sense", () => {
  const mistakes: readonly (readonly [string, readonly string[], RegExp])[] = [
    ["a title with a separator", ["--title", "a/b"], /--title/],
    ["a title with the other separator", ["--title", String.raw`..\x`], /--title/],
    ["a title with a control character", ["--title", "a\u001b[31m"], /--title/],
    ["a title of two points", ["--title", ".."], /--title/],
    ["a table that there is not", ["--tables", "timeline,nonsense"], /There is no table nonsense.*timeline/],
    ["no table at all", ["--tables", ","], /--tables/],
    ["no format at all", ["--formats", ","], /^--formats takes some of tsv, json, html/],
    ["an empty format", ["--formats", ""], /^--formats takes some of tsv, json, html/],
    [
      "a country that is none",
      ["--home-country", "DE", "Germany"],
      /^--home-country takes two-letter .*not Germany\.$/m,
    ],
    ["a report without its tables", ["--formats", "html"], /^The report leads to the tables/],
    [
      "a timeline's shape without it",
      ["--tables", "coverage", "--formats", "tsv,ecs"],
      /^timesketch and ecs are made of/,
    ],
    ["a time that is none", ["--start", "yesterday"], /--start takes an ISO 8601 time.*not yesterday/],
    ["a time that is none at the end", ["--end", "2018-02-30"], /--end takes an ISO 8601 time/],
    ["an end before the start", ["--start", "2018-06-20", "--end", "2018-06-19"], /--start must be earlier/],
    ["a format that there is not", ["--formats", "docx"], /docx/],
    ["an unknown option", ["--colour"], /colour/],
  ];

  test.each(mistakes)("%s", async (_name, options, words) => {
    const folder = place();
    const ended = await runCli(["parse", "export.csv", "--out", "bundle", ...options], { cwd: folder });
    expectSentence(ended, 2, words);
    expect(ended.stderr).not.toMatch(RAW_CONTROLS);
    expect(readdirSync(folder)).toEqual(["export.csv"]);
  });

  const hinted: readonly (readonly [string, readonly string[], string])[] = [
    ["--out twice", ["--out", "again"], "--out can be given once."],
    ["--tables twice", ["--tables", "timeline", "--tables", "coverage"], "--tables can be given once."],
    ["--user twice", ["--user", "a@x.example", "--user", "a@x.example"], "--user can be given once."],
    ["a number that is none", ["--max-expansion", "abc"], "--max-expansion takes a number greater than 0."],
    ["no thread at all", ["--jobs", "0"], "--jobs takes a whole number greater than 0."],
    ["--types without a value", ["--types"], "Not enough arguments following: types"],
    [
      "a value of what is on or off",
      ["--strict=maybe"],
      "--strict is given without a value, or with true or false, not with maybe.",
    ],
    [
      "the same in its other spelling",
      ["--excelSafe=yes"],
      "--excelSafe is given without a value, or with true or false, not with yes.",
    ],
    ["--no- before what has a value", ["--no-watch"], "There is no --no-watch: --watch takes a value."],
    ["--no- before the title", ["--no-title"], "There is no --no-title: --title takes a value."],
    ["--no- before a database", ["--no-geoip-city"], "There is no --no-geoip-city: --geoip-city takes a value."],
  ];

  test.each(hinted)("%s, with where to look", async (_name, options, sentence) => {
    const folder = place();
    const ended = await runCli(["parse", "export.csv", "--out", "bundle", ...options], { cwd: folder });
    expect(ended).toEqual({ code: 2, stdout: "", stderr: `${sentence}\nalicorn --help says how.\n` });
    expect(readdirSync(folder)).toEqual(["export.csv"]);
  });

  test("an unknown option that would do something to a terminal", async () => {
    const option = "--a\u001b[31m\u202eb\u009b2J";
    const ended = await runCli(["parse", "export.csv", "--out", "bundle", option], { cwd: place() });
    expectSentence(ended, 2, /\nalicorn --help says how\.\n$/);
    expect(ended.stderr).toContain(String.raw`a\u{1b}[31m\u{202e}b\u{9b}2J`);
    expect(ended.stderr).not.toMatch(RAW_CONTROLS);
  });

  test.each([
    ["no command", []],
    ["an unknown command", ["prase", "export.csv"]],
    ["no folder", ["parse", "export.csv"]],
    ["no input", ["parse", "--out", "bundle"]],
    ["an unknown shape", ["convert", "export.csv", "--to", "docx"]],
    ["no file to convert to", ["convert", "export.csv", "--to", "jsonl", "--no-out"]],
    ["no rules", ["rules", "--no-rules"]],
  ])("%s", async (_name, args) => {
    const { code, stdout, stderr } = await runCli(args, { cwd: place() });
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).not.toBe("");
  });
});

describe.concurrent("parse", () => {
  test("ends with 0 and says on standard error what it did", async () => {
    const folder = place();
    const { code, stdout, stderr } = await runCli(["parse", "export.csv", "--out", "bundle"], { cwd: folder });
    expect({ code, stdout }).toEqual({ code: 0, stdout: "" });
    expect(stderr).toContain(`${rows.length} rows read: ${rows.length} in the tables, 0 rows rejected`);
    expect(stderr).toContain("Mailbox: anna@contoso.example");
    expect(stderr).toContain("The bundle is in bundle");
    expect(stderr).not.toMatch(RAW_CONTROLS);
    expect(readdirSync(folder).sort()).toEqual(["bundle", "export.csv"]);
  });

  test("addresses of logons whose time cannot be read are counted, and said to be in no score", async () => {
    const logons = ["2018-06-20T10:00:00Z", "6/20/2018 10:05 AM"].map((TimeStamp, at) => ({
      TimeStamp,
      AppIdType: "Web",
      ActivityIdType: "ServerLogon",
      CustomProperties: { Result: "Success", ClientIP: `192.0.2.${at + 1}` },
    }));
    const folder = place({ "export.json": apiPage(logons) });
    const { stderr } = await runCli(["parse", "export.json", "--out", "bundle"], { cwd: folder });
    expect(stderr).toContain("2 addresses logged on (1 only at times that cannot be read, and so in no score); ");
    expect(openBundle(join(folder, "bundle")).rows("ip-scores")).toHaveLength(1);
  });

  test("--json prints nothing but JSON on standard output", async () => {
    const folder = place();
    const { code, stdout } = await runCli(["parse", "export.csv", "--out", "bundle", "--json"], { cwd: folder });
    expect(code).toBe(0);
    const summary = JSON.parse(stdout) as Record<string, unknown>;
    expect(summary).toMatchObject({ bundle: "bundle", totals: { rows: rows.length, parsed: rows.length } });
    expect(summary["tables"]).toMatchObject({ "timeline.tsv": rows.length, "rejects.tsv": 0 });
  });

  test("takes what stands behind -- for inputs, whatever it begins with", async () => {
    const folder = place({ "-a.csv": EXPORT, "b.csv": EXPORT });
    const options = ["--out", "bundle", "--types", "Flag"];
    const ended = await runCli(["parse", "b.csv", ...options, "--", "-a.csv", "-"], { cwd: folder, stdin: EXPORT });
    expect(ended).toMatchObject({ code: 0, stdout: "" });
    const { manifest } = openBundle(join(folder, "bundle"));
    expect(manifest.inputs.map(({ path }) => path)).toEqual(["b.csv", "-a.csv", "-"]);
    expect(manifest.arguments).toMatchObject({ filter: "--types Flag" });
  });

  test("takes true and false for what is on or off", async () => {
    const folder = place();
    const ended = await runCli(["parse", "export.csv", "--out", "b", "--excel-safe=true", "--quiet=false"], {
      cwd: folder,
    });
    expect(ended.code).toBe(0);
    expect(ended.stderr).toContain("The bundle is in b");
    expect(openBundle(join(folder, "b")).manifest.arguments).toMatchObject({ excelSafe: true });
  });

  test("--quiet says nothing", async () => {
    const ended = await runCli(["parse", "export.csv", "--out", "bundle", "--quiet"], { cwd: place() });
    expect(ended).toEqual({ code: 0, stdout: "", stderr: "" });
  });

  test("--strict ends with 3 where rows were rejected, and writes the bundle all the same", async () => {
    const folder = place({ "export.csv": `${EXPORT}damaged\n` });
    const args = ["parse", "export.csv", "--out"];
    expect((await runCli([...args, "lenient"], { cwd: folder })).code).toBe(0);
    const { code, stderr } = await runCli([...args, "strict", "--strict"], { cwd: folder });
    expect(code).toBe(3);
    expect(stderr).toContain("1 row rejected");
    expect(openBundle(join(folder, "strict")).rows("rejects")).toMatchObject([
      { "Source File": "export.csv", "Source Row": String(rows.length + 1), Raw: "damaged" },
    ]);
    expect((await runCli(["parse", "export.csv", "--out", "again", "--strict"], { cwd: place() })).code).toBe(0);
  });

  test("reads standard input", async () => {
    const folder = place({});
    const { code } = await runCli(["parse", "-", "--out", "bundle"], { cwd: folder, stdin: EXPORT });
    expect(code).toBe(0);
    const { manifest } = openBundle(join(folder, "bundle"));
    expect(manifest.inputs).toMatchObject([{ path: "-", rows: rows.length, bytes: Buffer.byteLength(EXPORT) }]);
  });

  test("reads gzip and zip in place, whatever they are called, and tables say the same", async () => {
    const folder = place({
      "export.csv": EXPORT,
      "export.csv.gz": gzipSync(EXPORT),
      "case.dat": zipOf([{ name: "inner/export.csv", data: EXPORT }]),
    });
    const tables = [];
    for (const [at, name] of ["export.csv", "export.csv.gz", "case.dat"].entries()) {
      expect((await runCli(["parse", name, "--out", `bundle-${at}`], { cwd: folder })).code).toBe(0);
      const bundle = openBundle(join(folder, `bundle-${at}`));
      const [input] = bundle.manifest.inputs;
      expect(input).toMatchObject({
        path: ["export.csv", "export.csv.gz", "case.dat!/inner/export.csv"][at],
        container: ["none", "gzip", "zip"][at],
        format: "retriever-csv",
      });
      tables.push(bundle.rows("timeline").map((row) => ({ ...row, "Source File": "" })));
    }
    expect(tables[1]).toEqual(tables[0]);
    expect(tables[2]).toEqual(tables[0]);
  });

  test("reads a folder and reports what in it is no evidence", async () => {
    const folder = place({
      "in/export.csv": EXPORT,
      "in/deep/er/page.json": apiPage([
        { TimeStamp: "2018-06-20T10:00:00Z", AppIdType: "Web", ActivityIdType: "Flag" },
      ]),
      "in/report.pdf": "%PDF-1.7 x",
      "in/notes.txt": "",
    });
    const { code, stderr } = await runCli(["parse", "in", "--out", "bundle"], { cwd: folder });
    expect(code).toBe(0);
    expect(stderr).toContain("Warning: report.pdf: not read, it looks like a PDF");
    expect(stderr).toContain("notes.txt: not read");
    const { manifest } = openBundle(join(folder, "bundle"));
    expect(manifest.inputs.map(({ path, format, rows: count }) => `${path}: ${format}, ${count}`).sort()).toEqual([
      "deep/er/page.json: activity-json, 1",
      `export.csv: retriever-csv, ${rows.length}`,
      "notes.txt: not read: an empty file, 0",
      "report.pdf: not read: a PDF, 0",
    ]);
  });

  test("writes only the tables asked for, with the title in front", async () => {
    const folder = place();
    const options = ["--tables", "timeline,searches.tsv", "--title", "Fall 7"];
    expect((await runCli(["parse", "export.csv", "--out", "bundle", ...options], { cwd: folder })).code).toBe(0);
    expect(readdirSync(join(folder, "bundle")).sort()).toEqual([
      "Fall 7-searches.tsv",
      "Fall 7-timeline.tsv",
      "manifest.json",
      "run.json",
    ]);
  });

  test("--start, --end, --types and --apps leave rows out and say so", async () => {
    const records = ["2018-06-19", "2018-06-20", "2018-06-21"].flatMap((day) =>
      ["Web", "Outlook"].map((AppIdType) => ({ TimeStamp: `${day}T00:00:00Z`, AppIdType, ActivityIdType: "Flag" })),
    );
    const folder = place({ "a.json": apiPage(records) });
    const options = ["--start", "2018-06-20", "--end", "2018-06-21T00:00:00Z", "--types", "Flag", "--apps", "Web"];
    expect((await runCli(["parse", "a.json", "--out", "bundle", ...options], { cwd: folder })).code).toBe(0);
    const bundle = openBundle(join(folder, "bundle"));
    expect(bundle.rows("other-activity")).toMatchObject([{ Date: "2018-06-20", Platform: "Web" }]);
    expect(bundle.manifest.totals).toMatchObject({ rows: 6, parsed: 1, filtered: 5 });
    expect(bundle.rows("coverage").filter(({ Kind }) => Kind === "filtered")).toMatchObject([
      { Detail: `5 rows left out of the tables by ${options.join(" ")}` },
    ]);
  });

  test("--excel-safe disarms formulas, and the manifest says so", async () => {
    const record = { TimeStamp: "2018-06-20T10:00:00Z", AppIdType: "=cmd", ActivityIdType: "Flag" };
    const folder = place({ "a.json": apiPage([record]) });
    await runCli(["parse", "a.json", "--out", "plain"], { cwd: folder });
    await runCli(["parse", "a.json", "--out", "safe", "--excel-safe"], { cwd: folder });
    expect(openBundle(join(folder, "plain")).rows("timeline")).toMatchObject([{ Platform: "=cmd" }]);
    const safe = openBundle(join(folder, "safe"));
    expect(safe.rows("timeline")).toMatchObject([{ Platform: "'=cmd" }]);
    expect(safe.manifest.arguments).toMatchObject({ excelSafe: true });
  });

  test("--force replaces a bundle, and only once the new one is whole", async () => {
    const folder = place({ "export.csv": EXPORT, "broken.csv": "nothing" });
    const args = ["--out", "bundle", "--force"];
    expect((await runCli(["parse", "export.csv", "--out", "bundle"], { cwd: folder })).code).toBe(0);
    const before = readFileSync(join(folder, "bundle", "timeline.tsv"), "utf8");
    expect((await runCli(["parse", "broken.csv", ...args], { cwd: folder })).code).toBe(1);
    expect(readFileSync(join(folder, "bundle", "timeline.tsv"), "utf8")).toBe(before);
    expect((await runCli(["parse", "export.csv", ...args, "--title", "t"], { cwd: folder })).code).toBe(0);
    expect(readdirSync(join(folder, "bundle"))).toContain("t-timeline.tsv");
    expect(readdirSync(join(folder, "bundle"))).not.toContain("timeline.tsv");
    expect(readdirSync(folder).sort()).toEqual(["broken.csv", "bundle", "export.csv"]);
  });

  test("--force over a bundle inside of the input folder reads the evidence and not the bundle", async () => {
    const folder = place({ "in/export.csv": EXPORT, "in/sub/notes.txt": "x" });
    const args = ["parse", "in", "--out", "in/bundle"];
    expect((await runCli(args, { cwd: folder })).code).toBe(0);
    const first = openBundle(join(folder, "in", "bundle"));
    expect(first.manifest.inputs.map(({ path }) => path).sort()).toEqual(["export.csv", "sub/notes.txt"]);
    expect((await runCli([...args, "--force"], { cwd: folder })).code).toBe(0);
    const second = openBundle(join(folder, "in", "bundle"));
    expect(second.manifest.inputs).toEqual(first.manifest.inputs);
    expect(second.manifest.warnings).toEqual(first.manifest.warnings);
    expect(filesUnder(join(folder, "in")).filter((path) => !path.startsWith("bundle/"))).toEqual([
      "export.csv",
      "sub/notes.txt",
    ]);
  });

  test("interrupted, it leaves nothing behind and ends with 1", async () => {
    const folder = place({ "export.csv": csvExport(makeRows(7, 40_000)) });
    const isAtWork = () => readdirSync(folder).some((name) => name.includes(".partial-"));
    const ended = await runCli(["parse", "export.csv", "--out", "bundle"], { cwd: folder, interruptWhen: isAtWork });
    expectSentence(ended, 1, /^Interrupted \(SIGINT\); nothing was written\.$/m);
    expect(readdirSync(folder)).toEqual(["export.csv"]);
  });

  test("never prints what a file name or the evidence would do to a terminal", async () => {
    const name = "a\u001b[31m\u009b2J.csv";
    const evil = `\u001b]0;owned\u0007\u202e`;
    const logon = {
      TimeStamp: "2018-06-20T10:00:00Z",
      AppIdType: "Web",
      ActivityIdType: "ServerLogon",
      CustomProperties: { Result: "Success", UserName: `anna${evil}`, ClientIP: "192.0.2.1" },
    };
    const folder = place({ [name]: `${EXPORT}x\n`, "b.json": apiPage([logon]), [`${name}.txt`]: "x" });
    const outputs = [
      await runCli(["parse", name, "--out", "one", "--json"], { cwd: folder }),
      await runCli(["parse", "b.json", "--out", "two", "--json"], { cwd: folder }),
      await runCli(["parse", ".", "--out", join(root, `three-${places}`)], { cwd: folder }),
      await runCli(["parse", `${name}.txt`, "--out", "four"], { cwd: folder }),
      await runCli(["parse", `missing${evil}`, "--out", "five"], { cwd: folder }),
      await runCli(["parse", "b.json", "--out", "six", "--start", evil], { cwd: folder }),
      await runCli(["convert", name, "--to", "jsonl", "--out", `out${evil}`], { cwd: folder }),
      await runCli(["verify", `none${evil}`], { cwd: folder }),
      await runCli(["sample", `b.json/${evil}`], { cwd: folder }),
    ];
    expect(outputs.map(({ code }) => code)).toEqual([0, 0, 0, 1, 1, 2, 0, 1, 1]);
    for (const { stderr } of outputs) expect(stderr).not.toMatch(RAW_CONTROLS);
    expect(outputs[1]?.stderr).toContain(String.raw`anna\u{1b}]0;owned\u{7}\u{202e}`);
  });
});

describe.concurrent("verify", () => {
  test("finds a bundle as it was written, and everything that was done to it since", async () => {
    const folder = place();
    await runCli(["parse", "export.csv", "--out", "bundle", "--classic"], { cwd: folder });
    const bundle = join(folder, "bundle");
    const manifest = JSON.parse(readFileSync(join(bundle, "manifest.json"), "utf8")) as Manifest;
    const verify = () => runCli(["verify", "bundle"], { cwd: folder });
    const whole = await verify();
    expect(whole).toMatchObject({ code: 0, stdout: "" });
    expect(whole.stderr).toContain(`${manifest.outputs.length} files are as the manifest says`);
    const timeline = readFileSync(join(bundle, "timeline.tsv"), "utf8");
    writeFileSync(join(bundle, "timeline.tsv"), timeline.replace("2018", "2019"));
    writeFileSync(join(bundle, "classic", "extra.tsv"), "x");
    const changed = await verify();
    expect(changed.code).toBe(1);
    expect(changed.stderr.trimEnd().split("\n").sort()).toEqual([
      "classic/extra.tsv is not listed.",
      "timeline.tsv was changed.",
    ]);
  });

  test("says where there is no bundle", async () => {
    const folder = place({ "x/manifest.json": "{}", "y/a.txt": "" });
    expectSentence(
      await runCli(["verify", "x"], { cwd: folder }),
      1,
      /x is not a bundle: .* no manifest.json of alicorn's/,
    );
    expectSentence(await runCli(["verify", "y"], { cwd: folder }), 1, /y is not a bundle/);
    expectSentence(await runCli(["verify", "z"], { cwd: folder }), 1, /z is not a bundle/);
  });
});

describe.concurrent("sample", () => {
  test("writes the bundled cases, and nothing over anything", async () => {
    const folder = place({});
    const { code, stderr } = await runCli(["sample", "cases"], { cwd: folder });
    expect(code).toBe(0);
    expect(stderr).toContain("wire-fraud-60-days");
    const { stdout } = await runCli(["sample", "--help"]);
    expect(stdout).toContain("then: alicorn parse cases/wire-fraud-60-days");
    expect(filesUnder(join(folder, "cases"))).toEqual(filesUnder(CASES));
    expectSentence(await runCli(["sample", "cases"], { cwd: folder }), 1, /cases exists already/);
    expect(readdirSync(folder)).toEqual(["cases"]);
  });
});

describe.concurrent("convert", () => {
  const CASE = join(CASES, "june-2018-test-procedure", "test@address.com.csv");

  test("an export to lines of JSON and back is the same bytes", async () => {
    const folder = place({});
    const there = await runCli(["convert", CASE, "--to", "jsonl", "--out", "case.jsonl"], { cwd: folder });
    expect(there).toMatchObject({ code: 0, stdout: "" });
    const back = await runCli(["convert", "case.jsonl", "--to", "retriever-csv", "--out", "case.csv"], { cwd: folder });
    expect(back.code).toBe(0);
    expect(readFileSync(join(folder, "case.csv")).equals(readFileSync(CASE))).toBe(true);
    expect(readdirSync(folder).sort()).toEqual(["case.csv", "case.jsonl"]);
  });

  test("the large case too", async () => {
    const large = join(CASES, "wire-fraud-60-days", "dana.keller@northgate.example.csv");
    const folder = place({});
    expect((await runCli(["convert", large, "--to", "jsonl", "--out", "a"], { cwd: folder })).code).toBe(0);
    expect((await runCli(["convert", "a", "--to", "retriever-csv", "--out", "b"], { cwd: folder })).code).toBe(0);
    expect(readFileSync(join(folder, "b")).equals(readFileSync(large))).toBe(true);
  });

  test("the API's JSON to what retriever.py would have written", async () => {
    const page = {
      value: [
        {
          TimeStamp: "2018-06-20T10:00:00Z",
          AppIdType: "Web",
          ActivityIdType: "Flag",
          ActivityItemId: null,
          CustomProperties: [
            { Name: "Subject", Value: `Anna's "note", x` },
            { Name: "From", Value: "it's" },
            { Name: "Say", Value: `"hi"` },
            { Name: "Lines", Value: "a\r\nb\\" },
          ],
        },
        { TimeStamp: "2018-06-20T10:00:01Z", AppIdType: "Web", ActivityIdType: "Move", ClientSessionId: "s" },
      ],
    };
    const { code, stdout, stderr } = await runCli(["convert", "-", "--to", "retriever-csv"], {
      cwd: place({}),
      stdin: JSON.stringify(page),
    });
    expect(code).toBe(0);
    expect(stderr).toBe("2 records written, 0 rows rejected.\n");
    expect(stdout).toBe(
      `\uFEFF${HEADER}\n` +
        String.raw`2018-06-20T10:00:00Z,Web,Flag,,,,"{'Subject': 'Anna\'s ""note"", x', 'From': ""it's"", 'Say': '""hi""', 'Lines': 'a\r\nb\\'}"` +
        "\n2018-06-20T10:00:01Z,Web,Move,,,s,\n",
    );
  });

  test("an export to lines of JSON, one a record, that tell the same", async () => {
    const folder = place();
    const { stdout, stderr, code } = await runCli(["convert", "export.csv", "--to", "jsonl"], { cwd: folder });
    expect(code).toBe(0);
    expect(stderr).toBe(`${rows.length} records written, 0 rows rejected.\n`);
    const lines = stdout.trimEnd().split("\n");
    expect(lines).toHaveLength(rows.length);
    for (const [at, row] of rows.entries()) {
      const properties = Object.entries(row.properties ?? {}).map(([Name, Value]) => ({ Name, Value }));
      expect(JSON.parse(lines[at] as string)).toEqual({
        TimeStamp: row.time,
        AppIdType: row.app,
        ActivityIdType: row.type,
        ActivityItemId: row.item,
        ActivityCreationTime: row.time,
        ClientSessionId: row.session,
        // A cell that holds {} is other evidence than a blank one.
        CustomProperties: row.properties !== undefined && properties.length === 0 ? {} : properties,
      });
    }
  });

  test("names columns that are left out, and files that are not read or hold no record", async () => {
    const folder = place({
      "in/a.csv": `${HEADER},Mailbox,Note\n2018-06-20T10:00:00Z,Web,Flag,,,,,owner@contoso.example,x\n`,
      "in/b.csv": `${HEADER}\n`,
      "in/notes.txt": "words",
    });
    const others = [
      "Warning: b.csv: no record was found in it",
      "Warning: notes.txt: not read, it looks like plain text",
      "1 record written, 0 rows rejected.",
    ];
    const wordsOf = async (to: string) => {
      const { stderr } = await runCli(["convert", "in", "--to", to, "--out", `out.${to}`], { cwd: folder });
      return stderr.trimEnd().split("\n");
    };
    expect(await wordsOf("retriever-csv")).toEqual(["Warning: a.csv: columns left out: Mailbox, Note", ...others]);
    expect(await wordsOf("jsonl")).toEqual(others);
    expect(await wordsOf("ecs")).toEqual(expect.arrayContaining(others));
  });

  test("says what was not written, and never writes over a file", async () => {
    const folder = place({
      "a.csv": `${HEADER}\n${csvLine(rows[0] as (typeof rows)[0])}\ndamaged\n`,
      "b.json": "keep",
    });
    const { code, stderr } = await runCli(["convert", "a.csv", "--to", "jsonl", "--out", "c.json"], { cwd: folder });
    expect(code).toBe(0);
    expect(stderr).toBe("Not written: a.csv, row 2: 1 field instead of 7\n1 record written, 1 row rejected.\n");
    expectSentence(
      await runCli(["convert", "a.csv", "--to", "jsonl", "--out", "b.json"], { cwd: folder }),
      1,
      /b\.json exists already/,
    );
    expect(readFileSync(join(folder, "b.json"), "utf8")).toBe("keep");
    expectSentence(
      await runCli(["convert", "none", "--to", "jsonl", "--out", "d"], { cwd: folder }),
      1,
      /does not exist/,
    );
    expect(readdirSync(folder).sort()).toEqual(["a.csv", "b.json", "c.json"]);
    expect(existsSync(join(folder, "d"))).toBe(false);
  });

  test("says with --help which shapes an audit log converts to", async () => {
    const { stdout } = await runCli(["convert", "--help"]);
    const words = stdout.replaceAll(/\s+/g, " ");
    expect(words).toContain("jsonl of Activities exports, not of audit logs; timesketch and ecs of both");
  });

  test("writes nothing to standard output where one input is an audit log", async () => {
    const log = JSON.stringify({
      CreationTime: "2024-05-01T10:00:00",
      Operation: "Send",
      RecordType: 2,
      Id: "1",
      UserId: "a@x.example",
      Workload: "Exchange",
    });
    const folder = place({ "in/a.csv": EXPORT, "in/b.ndjson": `${log}\n` });
    const ended = await runCli(["convert", "in", "--to", "jsonl"], { cwd: folder });
    expectSentence(ended, 1, /b\.ndjson is an audit log: it converts to timesketch and ecs only\.$/m);
  });

  test("names the folder that is no file to write, with and without --force", async () => {
    const folder = place({ "export.csv": EXPORT, "out/a.txt": "x" });
    for (const force of [[], ["--force"]]) {
      const ended = await runCli(["convert", "export.csv", "--to", "jsonl", "--out", "out", ...force], { cwd: folder });
      expectSentence(ended, 1, /^out is a folder; give the file to write\.$/m);
    }
    expect(filesUnder(folder)).toEqual(["export.csv", "out/a.txt"]);
  });

  test("pages of the API and their lines give the same tables", async () => {
    const folder = place({ "a.json": jsonExport(rows) });
    expect((await runCli(["convert", "a.json", "--to", "jsonl", "--out", "b.json"], { cwd: folder })).code).toBe(0);
    for (const name of ["a", "b"]) {
      expect((await runCli(["parse", `${name}.json`, "--out", name], { cwd: folder })).code).toBe(0);
    }
    const [one, two] = ["a", "b"].map((name) =>
      openBundle(join(folder, name))
        .rows("timeline")
        .map((row) => ({ ...row, "Source File": "" })),
    );
    expect(two).toEqual(one);
  });
});
