import { closeSync, openSync, readSync } from "node:fs";
import type { LineFile } from "./table-file.ts";

const BLOCK = 1 << 18;
const LF = 10;

/** The lines of a file, split at LF alone: a value may hold any other line separator that Unicode knows. */
export function* readLines(path: string): Generator<string, void, void> {
  const file = openSync(path, "r");
  try {
    let block = Buffer.allocUnsafeSlow(BLOCK);
    let filled = 0;
    for (;;) {
      const count = readSync(file, block, filled, block.length - filled, null);
      if (count === 0) break;
      filled += count;
      let from = 0;
      for (let end = block.indexOf(LF); end >= 0 && end < filled; end = block.indexOf(LF, from)) {
        yield block.toString("utf8", from, end);
        from = end + 1;
      }
      if (from === 0 && filled === block.length) {
        const larger = Buffer.allocUnsafeSlow(block.length * 2);
        block.copy(larger);
        block = larger;
      } else block.copy(block, 0, from, filled);
      filled -= from;
    }
    if (filled > 0) yield block.toString("utf8", 0, filled);
  } finally {
    closeSync(file);
  }
}

/** A sorted run and the line it stands at. */
interface Run {
  readonly lines: Generator<string, void, void>;
  readonly number: number;
  line: string;
  key: number;
}

function advance(run: Run, keyOf: (line: string) => number): boolean {
  const next = run.lines.next();
  if (next.done === true) return false;
  run.line = next.value;
  run.key = keyOf(next.value);
  return true;
}

function isBefore(a: Run, b: Run): boolean {
  return a.key < b.key || (a.key === b.key && a.number < b.number);
}

/**
 * Merges sorted files of lines into one.
 *
 * @param keyOf the order key of a line, not NaN; lines of equal key keep the order of the files.
 */
export function* mergeLines(
  paths: readonly string[],
  target: LineFile,
  keyOf: (line: string) => number,
): Generator<void, void, void> {
  const runs: Run[] = [];
  for (const [number, path] of paths.entries()) {
    const run: Run = { lines: readLines(path), number, line: "", key: Number.NaN };
    if (advance(run, keyOf)) runs.push(run);
  }
  while (runs.length > 0) {
    let first = runs[0] as Run;
    for (const run of runs) if (isBefore(run, first)) first = run;
    target.line(first.line);
    if (!advance(first, keyOf)) runs.splice(runs.indexOf(first), 1);
    if (target.lines % 4096 === 0) yield;
  }
}
