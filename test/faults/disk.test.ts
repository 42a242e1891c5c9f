import { rmSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, test } from "vitest";
import { temporaryFolder } from "../support/run.ts";
import { auditLog, exportOf, largeExport } from "./evidence.ts";
import type { Deed, Moment } from "./support.ts";
import { canLimit, expectFailure, FULL, placeOf, runWith, smallDisk } from "./support.ts";

const disk = smallDisk(128);
const root = disk ?? temporaryFolder();
/** A disk that is full where one can be mounted, else a process that may write no file any more. */
const canFill = disk !== undefined || canLimit();

const SMALL = {
  "anna.csv": exportOf(1, 60),
  "bert.csv": exportOf(2, 60).replaceAll("anna@contoso.example", "bert@contoso.example"),
  "tenant.ndjson": auditLog(60),
};
const PACKED = { "packed.csv.gz": gzipSync(exportOf(3, 400)) };

/** The options that a file is written with, beside the tables. */
const options = (formats: string) => ["--formats", `tsv,${formats}`];
type Files = Readonly<Record<string, string | Uint8Array>>;
type Case = readonly [name: string, moment: Moment, options?: readonly string[], files?: Files];

/** Runs with a disk that is full from the moment on; nothing but the evidence may stay. */
async function expectStopped(moment: Moment, args: readonly string[], files: Files = SMALL): Promise<void> {
  const place = placeOf(root, files);
  const filler = join(place.folder, "filler");
  const full: Deed = disk === undefined ? { what: "limit", option: "--fsize=0" } : { what: "fill", path: filler };
  const ended = await runWith(moment, full, args, place.folder);
  rmSync(filler, { force: true });
  expectFailure(ended, FULL);
  place.untouched();
  rmSync(place.folder, { recursive: true });
}

describe.skipIf(!canFill)("a disk that is full", () => {
  const cases: readonly Case[] = [
    ["while an input is unpacked", { call: "writeSync", path: "spool.evidence-" }, options("json"), PACKED],
    ["while rows wait for other mailboxes", { call: "writeSync", path: "spool.timeline.runs" }],
    ["while rows wait for their item", { call: "writeSync", path: "groups.0$" }],
    ["while a table is written", { call: "writeSync", path: "bundle.timeline.tsv$" }],
    [
      "while a classic table is written",
      { call: "writeSync", path: "bundle.classic." },
      ["--classic", ...options("json")],
    ],
    ["while rejects are written", { call: "openSync", path: "bundle.rejects.tsv$" }],
    ["while findings are written", { call: "openSync", path: "findings.json$" }],
    ["while the workbook is written", { call: "open", path: "report.xlsx$" }, options("xlsx")],
    ["while lines for Timesketch are written", { call: "writeSync", path: "timesketch.jsonl$" }, options("timesketch")],
    ["while the report is written", { call: "openSync", path: "report.html$" }, options("html")],
    ["while the manifest is written", { call: "openSync", path: "manifest.json$" }],
    ["while run.json is written", { call: "openSync", path: "run.json$" }],
    ["before threads begin", { call: "beginThread", path: "" }, ["--jobs", "2", ...options("json")]],
    ["while threads write", { call: "writeSync", path: "thread-1.*runs$" }, ["--jobs", "2", ...options("json")]],
    [
      "while rows of threads are merged",
      { call: "readSync", path: "thread-1.*runs$" },
      ["--jobs", "2", ...options("json")],
    ],
  ];

  for (const [name, moment, more = options("json"), files = SMALL] of cases) {
    test(name, () => expectStopped(moment, ["parse", "in", "--out", "bundle", ...more], files));
  }

  test("while the writing thread writes", async () => {
    const files = { "large.csv": largeExport() };
    const args = ["parse", "in", "--out", "bundle", ...options("json")];
    // The second buffer: the run goes on meanwhile and hears of it later.
    await expectStopped({ call: "writeSync", path: "bundle.timeline.tsv$", nth: 2 }, args, files);
    await expectStopped({ call: "openSync", path: "bundle.timeline.tsv$" }, args, files);
  });

  test.each(["jsonl", "retriever-csv"])("while convert writes %s", async (shape) => {
    const args = ["convert", "in/anna.csv", "--to", shape, "--out", "converted"];
    await expectStopped({ call: "writeSync", path: "converted$" }, args);
  });

  test("while convert writes a timeline", async () => {
    const args = ["convert", "in", "--to", "ecs", "--out", "converted"];
    await expectStopped({ call: "writeSync", path: "bundle.timeline.tsv$" }, args);
    await expectStopped({ call: "writeSync", path: "converted$" }, args);
  });

  test("while the bundled cases are written", async () => {
    await expectStopped({ call: "mkdirSync", path: "cases" }, ["sample", "cases"]);
  });
});
