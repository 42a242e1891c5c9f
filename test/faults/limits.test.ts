import { spawn } from "node:child_process";
import { describe, expect, test } from "vitest";
import type { Ended } from "../support/run.ts";
import { CLI, runCli, temporaryFolder } from "../support/run.ts";
import { auditLog, exportOf } from "./evidence.ts";
import { expectFailure, placeOf, runWith } from "./support.ts";

const root = temporaryFolder();
const hasShell = process.platform !== "win32";

/** Runs the command line behind a shell command such as `ulimit -n 64`. */
function runBehind(command: string, args: readonly string[], cwd: string): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn("sh", ["-c", `${command}; exec "$@"`, "sh", process.execPath, CLI, ...args], { cwd });
    const texts = { stdout: "", stderr: "" };
    for (const name of ["stdout", "stderr"] as const) {
      child[name].setEncoding("utf8").on("data", (text: string) => (texts[name] += text));
    }
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, ...texts }));
  });
}

describe.skipIf(!hasShell)("open files", () => {
  const files = Object.fromEntries(
    Array.from({ length: 300 }, (_, at) => [
      `f${at}.csv`,
      exportOf(at + 1, 3).replaceAll("anna@contoso.example", `user${at % 3}@contoso.example`),
    ]),
  );

  test.each([
    ["40, fewer than the program itself has files", 40],
    ["220, which threads share", 220],
  ])("may be %s: a folder of 300 exports is read or refused in a sentence", async (_name, limit) => {
    const place = placeOf(root, files);
    const args = ["parse", "in", "--out", "bundle", "--jobs", "2", "--formats", "tsv"];
    const ended = await runBehind(`ulimit -n ${limit}`, args, place.folder);
    if (ended.code === 0) {
      expect((await runCli(["verify", "bundle"], { cwd: place.folder })).code).toBe(0);
      place.untouched(["bundle"]);
      return;
    }
    expectFailure(ended, /too many files are open \(EMFILE\)/);
    place.untouched();
  });

  test("may be 256: a folder of 300 exports is read by one thread, without a word of the runtime's", async () => {
    const place = placeOf(root, files);
    const args = ["parse", "in", "--out", "bundle", "--jobs", "1", "--formats", "tsv", "--quiet"];
    expect(await runBehind("ulimit -n 256", args, place.folder)).toEqual({ code: 0, stdout: "", stderr: "" });
    place.untouched(["bundle"]);
  });
});

describe("a thread", () => {
  const files = { "tenant.ndjson": auditLog(60) };
  const args = ["parse", "in", "--out", "bundle", "--jobs", "2", "--formats", "tsv"];
  const moment = { call: "openSync", path: "thread-1.timeline.runs$" };

  test("that runs out of memory: one sentence says what to do, and nothing stays behind", async () => {
    const place = placeOf(root, files);
    // What the program needs is far less; a thread that takes all it can get is at its end sooner.
    const ended = await runWith(moment, { what: "exhaust" }, args, place.folder, "--max-old-space-size=150");
    expectFailure(ended, /^The evidence needs more memory than a thread may have: .*--max-old-space-size/);
    place.untouched();
  });

  test("that ends without a word is not waited for, and nothing stays behind", async () => {
    const place = placeOf(root, files);
    const ended = await runWith(moment, { what: "exit" }, args, place.folder);
    expect(ended.code).toBe(1);
    expect(ended.stderr).toContain("A thread ended before its work was done.");
    place.untouched();
  });
});
