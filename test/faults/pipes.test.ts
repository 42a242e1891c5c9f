import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { CLI, runCli, temporaryFolder } from "../support/run.ts";
import { exportOf } from "./evidence.ts";
import { placeOf } from "./support.ts";

const root = temporaryFolder();
const FILES = { "anna.csv": exportOf(1, 3000) };

/** Runs the command line in a shell, as `$ALICORN`; what the shell prints comes back. */
function shell(script: string, cwd: string): Promise<{ code: number | null; stdout: string; stderr: string }> {
  return new Promise((resolve, reject) => {
    const ALICORN = `"${process.execPath}" "${CLI}"`;
    const child = spawn("sh", ["-c", script.replaceAll("$ALICORN", ALICORN)], { cwd });
    const texts = { stdout: "", stderr: "" };
    for (const name of ["stdout", "stderr"] as const) {
      child[name].setEncoding("utf8").on("data", (text: string) => (texts[name] += text));
    }
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, ...texts }));
  });
}

describe.skipIf(process.platform === "win32").concurrent("a reader that goes away", () => {
  test.each(["jsonl", "retriever-csv", "timesketch", "ecs"])("ends convert to %s without a word", async (shape) => {
    const place = placeOf(root, FILES);
    const script = `{ $ALICORN convert in --to ${shape}; echo "ended with $?" >&2; } | head -c 1`;
    const { stdout, stderr } = await shell(script, place.folder);
    expect(stdout).toHaveLength(1);
    expect(stderr).toBe("ended with 0\n");
    place.untouched();
  });

  test.each(["| head -c 1 > /dev/null", "| true", ">&-"])("of --json (%s) leaves the bundle whole", async (reader) => {
    const place = placeOf(root, FILES);
    const script = `{ $ALICORN parse in --out bundle --json --quiet; echo "ended with $?" >&2; } ${reader}`;
    expect((await shell(script, place.folder)).stderr).toBe("ended with 0\n");
    expect((await runCli(["verify", "bundle"], { cwd: place.folder })).code).toBe(0);
    place.untouched(["bundle"]);
  });

  test("of messages leaves the bundle whole", async () => {
    const place = placeOf(root, FILES);
    const script = `{ $ALICORN parse in --out bundle; echo "ended with $?"; } 2>&1 1>&3 | true`;
    expect((await shell(`{ ${script}; } 3>&1`, place.folder)).stdout).toBe("ended with 0\n");
    expect((await runCli(["verify", "bundle"], { cwd: place.folder })).code).toBe(0);
    place.untouched(["bundle"]);
  });
});

test.skipIf(process.platform === "win32")("a folder on standard input is told as one", async () => {
  const place = placeOf(root, FILES);
  const { code, stderr } = await shell("$ALICORN parse - --out bundle < .", place.folder);
  const words = "Expected evidence on standard input, but it is a folder; give its path instead.\n";
  expect([code, stderr]).toEqual([1, words]);
  place.untouched();
});

describe.skipIf(!existsSync("/dev/full")).concurrent("a full disk behind standard output", () => {
  test.each(["jsonl", "ecs"])("stops convert to %s with one sentence and 1", async (shape) => {
    const place = placeOf(root, FILES);
    const { code, stderr } = await shell(`$ALICORN convert in --to ${shape} > /dev/full`, place.folder);
    const words = "Stopped: the disk is full (ENOSPC). What went to standard output is not whole.\n";
    expect([code, stderr]).toEqual([1, words]);
    place.untouched();
  });

  test("is told of behind --json, whose bundle is whole all the same", async () => {
    const place = placeOf(root, FILES);
    const { code, stderr } = await shell("$ALICORN parse in --out bundle --json --quiet > /dev/full", place.folder);
    expect([code, stderr]).toEqual([1, "The output is incomplete: the disk is full (ENOSPC).\n"]);
    expect((await runCli(["verify", "bundle"], { cwd: place.folder })).code).toBe(0);
    place.untouched(["bundle"]);
  });
});
