import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { runCli, temporaryFolder, writeFiles } from "../support/run.ts";
import { auditLog, exportOf } from "./evidence.ts";
import type { Deed, Moment } from "./support.ts";
import { expectFailure, placeOf, runWith } from "./support.ts";

const root = temporaryFolder();
const FILES = { "anna.csv": exportOf(1, 60), "tenant.ndjson": auditLog(60) };
const ARGS = ["parse", "in", "--out", "bundle", "--formats", "tsv,json,html,xlsx"];
const isRoot = process.getuid?.() === 0;

describe.concurrent("a work folder that vanishes", () => {
  const moments: readonly (readonly [string, Moment, number, readonly string[]])[] = [
    ["before its tables are opened", { call: "mkdirSync", path: "partial-.*bundle$" }, 1, []],
    ["while rows wait", { call: "writeSync", path: "spool.timeline.runs$" }, 2, []],
    ["before the workbook", { call: "open", path: "report.xlsx$" }, 2, []],
    ["before the manifest", { call: "openSync", path: "manifest.json$" }, 2, []],
    ["before it is put in its place", { call: "renameSync", path: "partial-.*bundle$" }, 1, []],
    ["before threads begin", { call: "mkdirSync", path: "thread-0$" }, 1, ["--jobs", "2"]],
    ["while threads write", { call: "openSync", path: "thread-1.timeline.runs$" }, 3, ["--jobs", "2"]],
  ];

  test.skipIf(process.platform === "win32").each(moments)(
    "%s: one sentence, no bundle",
    async (_name, moment, levels, options) => {
      const place = placeOf(root, FILES);
      const deed: Deed = { what: "removeAbove", levels };
      const ended = await runWith(moment, deed, [...ARGS, ...options], place.folder);
      expectFailure(ended, /it does not exist \(ENOENT\)/);
      place.untouched();
    },
  );

  test.skipIf(process.platform === "win32")("while convert writes: one sentence, no file", async () => {
    const place = placeOf(root, FILES);
    const args = ["convert", "in/anna.csv", "--to", "jsonl", "--out", "converted"];
    const moment = { call: "renameSync", path: "converted$" };
    expectFailure(await runWith(moment, { what: "removeAbove", levels: 1 }, args, place.folder), /\(ENOENT\)/);
    place.untouched();
  });
});

describe.concurrent("a place that cannot be written to", () => {
  test.each(["parse", "convert", "sample"])("because a part of its path is a file: %s says so", async (command) => {
    const place = placeOf(root, FILES);
    const out = "in/anna.csv/deep/er";
    const args =
      command === "sample"
        ? ["sample", out]
        : [command, "in/anna.csv", ...(command === "convert" ? ["--to", "jsonl"] : []), "--out", out];
    expectFailure(await runCli(args, { cwd: place.folder }), /(?:not a folder \(ENOTDIR\)|does not exist \(ENOENT\))/);
    place.untouched();
  });

  // Root may write anywhere.
  test.skipIf(isRoot || process.platform === "win32")("because of its permissions", async () => {
    const place = placeOf(root, FILES);
    mkdirSync(join(place.folder, "shut"));
    chmodSync(join(place.folder, "shut"), 0o555);
    const ended = await runCli(["parse", "in", "--out", "shut/bundle"], { cwd: place.folder });
    expectFailure(ended, /permission denied/);
    expect(readdirSync(join(place.folder, "shut"))).toEqual([]);
  });
});

describe.concurrent("what is not readable", () => {
  // Root reads everything.
  test.skipIf(isRoot || process.platform === "win32")("in a folder is named, by threads too", async () => {
    for (const jobs of ["1", "2"]) {
      const place = placeOf(root, FILES);
      chmodSync(join(place.evidence, "anna.csv"), 0);
      const ended = await runCli([...ARGS, "--jobs", jobs], { cwd: place.folder });
      chmodSync(join(place.evidence, "anna.csv"), 0o644);
      expectFailure(ended, /anna\.csv.*permission denied/);
    }
  });

  test.each([
    ["--geoip-city", "no database at all\n"],
    ["--rules", "rules: [\n"],
  ])("of what %s names is one sentence, whatever --jobs says", async (option, text) => {
    for (const jobs of ["1", "2"]) {
      const place = placeOf(root, FILES);
      writeFiles(place.folder, { "other.bin": text });
      const ended = await runCli([...ARGS, option, "other.bin", "--jobs", jobs], { cwd: place.folder });
      expectFailure(ended, /other\.bin/);
      place.untouched(["other.bin"]);
      expect(readFileSync(join(place.folder, "other.bin"), "utf8")).toBe(text);
      rmSync(place.folder, { recursive: true });
    }
  });
});
