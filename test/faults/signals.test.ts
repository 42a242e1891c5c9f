import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { runCli, temporaryFolder } from "../support/run.ts";
import { auditLog, exportOf, largeExport } from "./evidence.ts";
import type { Moment } from "./support.ts";
import { expectFailure, placeOf, runWith } from "./support.ts";

const root = temporaryFolder();
const FILES = {
  "anna.csv": exportOf(1, 60),
  "bert.csv.gz": gzipSync(exportOf(2, 60).replaceAll("anna@contoso.example", "bert@contoso.example")),
  "tenant.ndjson": auditLog(60),
};
const ARGS = ["parse", "in", "--out", "bundle"];

/** Two threads, and no format that takes long. */
const THREADS = ["--jobs", "2", "--formats", "tsv"];

describe.skipIf(process.platform === "win32").concurrent("a run that is stopped", () => {
  const moments: readonly (readonly [string, NodeJS.Signals, Moment, readonly string[]])[] = [
    ["while an input is opened", "SIGINT", { call: "openSync", path: "in.anna.csv$" }, []],
    ["while an input is unpacked", "SIGTERM", { call: "writeSync", path: "spool.evidence-" }, []],
    ["while an audit log is routed", "SIGINT", { call: "readSync", path: "tenant.ndjson$" }, []],
    ["while an export is read", "SIGTERM", { call: "readSync", path: "in.anna.csv$", nth: 2 }, []],
    ["while rows wait for other mailboxes", "SIGINT", { call: "writeSync", path: "spool.timeline.runs" }, []],
    ["while rows are merged", "SIGTERM", { call: "openSync", path: "spool.timeline.runs$", nth: 2 }, []],
    ["before threads begin", "SIGTERM", { call: "mkdirSync", path: "thread-1$" }, THREADS],
    ["when a thread begins", "SIGINT", { call: "beginThread", path: "" }, THREADS],
    ["while threads read", "SIGTERM", { call: "readSync", path: "tenant.ndjson$", nth: 3 }, THREADS],
    ["while threads write", "SIGINT", { call: "writeSync", path: "thread-1.*runs$" }, THREADS],
    ["while rows of threads are merged", "SIGINT", { call: "readSync", path: "thread-1.*runs$" }, THREADS],
    ["while findings are written", "SIGHUP", { call: "openSync", path: "findings.json$" }, []],
    ["while the workbook is written", "SIGTERM", { call: "open", path: "report.xlsx$" }, ["--formats", "tsv,xlsx"]],
    ["while the report is made", "SIGINT", { call: "openSync", path: "report.html$" }, []],
    ["while the manifest is written", "SIGTERM", { call: "openSync", path: "manifest.json$" }, ["--formats", "tsv"]],
    ["right before the bundle is put in its place", "SIGINT", { call: "openSync", path: "run.json$" }, []],
  ];

  test.each(moments)("%s leaves nothing behind", async (_name, name, moment, options) => {
    const place = placeOf(root, FILES);
    const ended = await runWith(moment, { what: "signal", name }, [...ARGS, ...options], place.folder);
    expectFailure(ended, new RegExp(`^Interrupted \\(${name}\\); nothing was written\\.\n$`));
    place.untouched();
  });

  test("while the writing thread writes leaves nothing behind", async () => {
    const place = placeOf(root, { "large.csv": largeExport() });
    const moment = { call: "writeSync", path: "bundle.timeline.tsv$" };
    const ended = await runWith(
      moment,
      { what: "signal", name: "SIGINT" },
      ["parse", "in", "--out", "b"],
      place.folder,
    );
    expectFailure(ended, /^Interrupted \(SIGINT\); nothing was written\.\n$/);
    place.untouched();
  });

  test("when the bundle is being put in its place is done: the bundle is whole", async () => {
    const place = placeOf(root, FILES);
    const moment = { call: "renameSync", path: "partial-.*bundle$" };
    const ended = await runWith(moment, { what: "signal", name: "SIGINT" }, ARGS, place.folder);
    expect(ended.code).toBe(0);
    expect(ended.stderr).toContain("The bundle is in bundle");
    expect((await runCli(["verify", "bundle"], { cwd: place.folder })).code).toBe(0);
    place.untouched(["bundle"]);
  });

  test("with --force leaves the earlier bundle as it was", async () => {
    const place = placeOf(root, FILES);
    expect((await runCli([...ARGS, "--quiet"], { cwd: place.folder })).code).toBe(0);
    const before = readFileSync(join(place.folder, "bundle", "run.json"), "utf8");
    const moment = { call: "openSync", path: "run.json$" };
    const ended = await runWith(moment, { what: "signal", name: "SIGTERM" }, [...ARGS, "--force"], place.folder);
    expectFailure(ended, /^Interrupted \(SIGTERM\)/);
    expect(readFileSync(join(place.folder, "bundle", "run.json"), "utf8")).toBe(before);
    expect((await runCli(["verify", "bundle"], { cwd: place.folder })).code).toBe(0);
    place.untouched(["bundle"]);
  });

  test.each(["jsonl", "timesketch"])("while convert writes %s leaves no file", async (shape) => {
    const place = placeOf(root, { "anna.csv": FILES["anna.csv"] });
    const args = ["convert", "in", "--to", shape, "--out", "converted"];
    const moment = { call: "writeSync", path: "converted$" };
    const ended = await runWith(moment, { what: "signal", name: "SIGINT" }, args, place.folder);
    expectFailure(ended, /^Interrupted \(SIGINT\); nothing was written\.\n$/);
    place.untouched();
  });
});
