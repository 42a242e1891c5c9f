import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect } from "vitest";
import type { Ended } from "../support/run.ts";
import { filesUnder, runCli, temporaryFolder, writeFiles } from "../support/run.ts";

/** What is done to a run, in the words of moment.cjs. */
export type Deed =
  | { readonly what: "signal"; readonly name: NodeJS.Signals }
  | { readonly what: "fill"; readonly path: string }
  | { readonly what: "exhaust" | "exit" }
  | { readonly what: "limit"; readonly option: string }
  | { readonly what: "truncate"; readonly path: string; readonly size: number }
  | { readonly what: "overwrite"; readonly path: string; readonly text: string }
  | { readonly what: "append"; readonly path: string; readonly text: string }
  | { readonly what: "replace"; readonly path: string; readonly by: string }
  | { readonly what: "remove"; readonly path: string }
  | { readonly what: "removeAbove"; readonly levels: number };

/** A moment of a run: before the nth call of that function of node:fs for a path that matches. */
export interface Moment {
  readonly call: string;
  /** A regular expression. */
  readonly path: string;
  /** 1 without it. */
  readonly nth?: number;
}

const HOOK = fileURLToPath(new URL("./moment.cjs", import.meta.url));
const marks = temporaryFolder();
let runs = 0;

/**
 * Runs the command line and does something to it at a moment.
 *
 * @param nodeOptions further options of the runtime.
 * @throws where the moment never came.
 */
export async function runWith(
  moment: Moment,
  deed: Deed,
  args: readonly string[],
  cwd: string,
  nodeOptions = "",
): Promise<Ended> {
  const mark = join(marks, `mark-${++runs}`);
  const FAULT = JSON.stringify({ nth: 1, ...moment, mark, deed });
  const NODE_OPTIONS = `--require ${JSON.stringify(HOOK)} ${nodeOptions}`;
  const ended = await runCli(args, { cwd, env: { FAULT, NODE_OPTIONS } });
  if (!existsSync(mark)) throw new Error(`The moment ${moment.call} ${moment.path} never came:\n${ended.stderr}`);
  return ended;
}

/** Bytes and times of every file below a folder. */
function stateOf(folder: string): unknown {
  return filesUnder(folder).map((path) => {
    const { mtimeMs, size, mode, ino } = statSync(join(folder, path));
    return { path, mtimeMs, size, mode, ino, bytes: readFileSync(join(folder, path)).toString("latin1") };
  });
}

/** A folder with evidence in `in`, where a run may write beside it. */
export interface Place {
  readonly folder: string;
  readonly evidence: string;
  /** Asserts that the evidence is as it was and that nothing stands beside it but what is named. */
  untouched(beside?: readonly string[]): void;
}

/** Puts evidence into a folder of its own below `root`. */
export function placeOf(root: string, files: Readonly<Record<string, string | Uint8Array>>): Place {
  const folder = mkdtempSync(join(root, "place-"));
  const evidence = join(folder, "in");
  mkdirSync(evidence);
  writeFiles(evidence, files);
  const before = stateOf(evidence);
  return {
    folder,
    evidence,
    untouched(beside = []) {
      expect(readdirSync(folder).sort()).toEqual(["in", ...beside].sort());
      // Compared as one value: a difference of megabytes is not worth printing.
      expect(JSON.stringify(stateOf(evidence)) === JSON.stringify(before)).toBe(true);
    },
  };
}

/** What a run that fails looks like: 1, one line that matches, no stack, nothing on standard output. */
export function expectFailure({ code, stdout, stderr }: Ended, words: RegExp): void {
  expect(stderr).toMatch(words);
  expect(stderr).toMatch(/^[^\n]+\.\n$/);
  expect([code, stdout]).toEqual([1, ""]);
}

/** The words for a disk that takes nothing more, as a full one or a limit has it. */
export const FULL = /the disk is full \(ENOSPC\)|the file system does not take a file that large \(EFBIG\)/;

/** Runs a tool of the system's. @throws where there is none, or where it fails. */
function runTool(tool: string, ...args: readonly string[]): void {
  execFileSync(tool, args, { stdio: "ignore" });
}

/** A small disk of its own, gone after the test file; undefined where none can be mounted. */
export function smallDisk(mebibytes: number): string | undefined {
  if (process.platform !== "linux" || process.getuid?.() !== 0) return undefined;
  const folder = mkdtempSync(join(tmpdir(), "alicorn-disk-"));
  try {
    runTool("mount", "-t", "tmpfs", "-o", `size=${mebibytes}m`, "tmpfs", folder);
  } catch {
    rmSync(folder, { recursive: true });
    return undefined;
  }
  afterAll(() => {
    runTool("umount", "-l", folder);
    rmSync(folder, { recursive: true });
  });
  return folder;
}

/** Whether limits of a running process can be set here. */
export function canLimit(): boolean {
  try {
    runTool("prlimit", "--version");
    return true;
  } catch {
    return false;
  }
}
