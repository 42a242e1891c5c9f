import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import type { Ended } from "../support/run.ts";
import { CLI, filesUnder, temporaryFolder } from "../support/run.ts";
import { auditLog, exportOf, largeExport } from "./evidence.ts";
import type { Moment } from "./support.ts";
import { expectFailure, placeOf, runWith } from "./support.ts";

const root = temporaryFolder();

/** Runs with a standard input that says this and never ends; stops the run once what was said has arrived. */
function runWaiting(args: readonly string[], cwd: string, said: string, name: NodeJS.Signals): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [CLI, ...args], { cwd });
    const texts = { stdout: "", stderr: "" };
    for (const stream of ["stdout", "stderr"] as const) {
      child[stream].setEncoding("utf8").on("data", (text: string) => (texts[stream] += text));
    }
    child.stdin.on("error", () => {});
    child.stdin.write(said);
    const timer = setInterval(() => {
      if (!filesUnder(cwd).some((path) => path.includes("evidence-"))) return;
      clearInterval(timer);
      child.kill(name);
    }, 10);
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, ...texts }));
  });
}

describe.skipIf(process.platform === "win32")("a run that is stopped while it opens", () => {
  test.each([
    ["parse", ["parse", "-", "--out", "bundle"], "SIGINT"],
    ["convert", ["convert", "-", "--to", "jsonl", "--out", "converted"], "SIGTERM"],
  ] as const)("standard input that does not end: %s ends all the same", async (_name, args, name) => {
    const place = placeOf(root, { "a.csv": "" });
    const ended = await runWaiting(args, place.folder, exportOf(1, 20), name);
    expectFailure(ended, new RegExp(`^Interrupted \\(${name}\\); nothing was written\\.\n$`));
    place.untouched();
  });

  test("a packed input reads no more of it, and none that comes behind it", async () => {
    const place = placeOf(root, {
      "a.csv.gz": gzipSync(largeExport()),
      "b.csv": "neither here nor there",
    });
    const moment = { call: "writeSync", path: "spool.evidence-" };
    const args = ["parse", "in/a.csv.gz", "in/b.csv", "--out", "bundle"];
    const ended = await runWith(moment, { what: "signal", name: "SIGINT" }, args, place.folder);
    // Had all been opened, b.csv would be what the run ends with.
    expectFailure(ended, /^Interrupted \(SIGINT\); nothing was written\.\n$/);
    place.untouched();
  });
});

describe("evidence that is overwritten in a run", () => {
  const LARGE = largeExport();
  const LOG = auditLog(900);
  const moments: readonly (readonly [string, string, string, Moment, readonly string[]])[] = [
    ["a large export, while it is read", "a.csv", LARGE, { call: "readSync", path: "in.a.csv$", nth: 4 }, []],
    [
      "an export, while its rows are written",
      "a.csv",
      exportOf(1, 60),
      { call: "openSync", path: "timeline.tsv$" },
      [],
    ],
    ["an audit log, while it is routed", "a.ndjson", LOG, { call: "readSync", path: "in.a.ndjson$", nth: 3 }, []],
    ["an audit log, before the manifest", "a.ndjson", LOG, { call: "writeSync", path: "bundle.timeline.tsv$" }, []],
    ["an audit log, by threads", "a.ndjson", LOG, { call: "openSync", path: "thread-1.*runs$" }, ["--jobs", "2"]],
  ];

  test.each(moments)("%s: no bundle, for its rows would not be those of its hash", async (...given) => {
    const [, name, text, moment, options] = given;
    const { folder, evidence } = placeOf(root, { [name]: text });
    const deed = {
      what: "overwrite",
      path: join(evidence, name),
      text: "x".repeat(200),
    } as const;
    const args = ["parse", "in", "--formats", "tsv", "--out", "b", ...options];
    expectFailure(await runWith(moment, deed, args, folder), new RegExp(`\\b${name}\\b.*(?:was changed|adds? up)`));
    expect(filesUnder(folder)).toEqual([`in/${name}`]);
  });

  test("and one that is packed, once it is unpacked", async () => {
    const { folder, evidence } = placeOf(root, { "a.csv.gz": gzipSync(exportOf(1, 60)) });
    writeFileSync(join(folder, "other"), "");
    const deed = {
      what: "overwrite",
      path: join(evidence, "a.csv.gz"),
      text: "x".repeat(20),
    } as const;
    const moment = { call: "openSync", path: "timeline.tsv$" };
    const ended = await runWith(moment, deed, ["parse", "in", "--out", "b"], folder);
    expectFailure(ended, /a\.csv\.gz.*was changed/);
  });
});
