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

/** Sorted lines that stand one behind the other in a file: bytes `from` to `to`, which ends behind a line end. */
export interface Run {
  /** Whose rows they are: the number of the mailbox, by which runs come one behind the other. */
  readonly number: number;
  readonly path: string;
  readonly from: number;
  readonly to: number;
}

/** Bytes that wait in memory for all runs together; a run has no less than `LEAST` of them. */
const WAITING = 64 << 20;
const LEAST = 1 << 12;

/** The lines of a run; its memory is about `block` bytes, or the longest line. */
function* linesOf(file: number, { from, to }: Run, block: number): Generator<string, void, void> {
  let buffer = Buffer.allocUnsafeSlow(Math.min(block, Math.max(1, to - from)));
  let filled = 0;
  let position = from;
  while (position < to) {
    const count = readSync(file, buffer, filled, Math.min(buffer.length - filled, to - position), position);
    if (count === 0) throw new Error("A spooled table ends early.");
    position += count;
    filled += count;
    let start = 0;
    for (let end = buffer.indexOf(LF); end >= 0 && end < filled; end = buffer.indexOf(LF, start)) {
      yield buffer.toString("utf8", start, end);
      start = end + 1;
    }
    if (start === 0 && filled === buffer.length) {
      const larger = Buffer.allocUnsafeSlow(buffer.length * 2);
      buffer.copy(larger);
      buffer = larger;
    } else buffer.copy(buffer, 0, start, filled);
    filled -= start;
  }
}

/** A run and the line it stands at. */
interface Cursor {
  readonly lines: Generator<string, void, void>;
  readonly number: number;
  line: string;
  key: number;
}

function advance(cursor: Cursor, keyOf: (line: string) => number): boolean {
  const next = cursor.lines.next();
  if (next.done === true) return false;
  cursor.line = next.value;
  cursor.key = keyOf(next.value);
  return true;
}

function isBefore(a: Cursor, b: Cursor): boolean {
  return a.key < b.key || (a.key === b.key && a.number < b.number);
}

/** Lets the cursor at the top of a binary heap sink to its place. */
function sink(heap: Cursor[], from: number): void {
  const cursor = heap[from] as Cursor;
  let at = from;
  for (;;) {
    let child = 2 * at + 1;
    if (child >= heap.length) break;
    if (child + 1 < heap.length && isBefore(heap[child + 1] as Cursor, heap[child] as Cursor)) child++;
    if (!isBefore(heap[child] as Cursor, cursor)) break;
    heap[at] = heap[child] as Cursor;
    at = child;
  }
  heap[at] = cursor;
}

/**
 * Merges sorted runs of lines into one file, however many runs there are.
 *
 * @param keyOf the order key of a line, not NaN; lines of equal key keep the order of the runs.
 */
export function* mergeLines(
  runs: readonly Run[],
  target: LineFile,
  keyOf: (line: string) => number,
): Generator<void, void, void> {
  const files = new Map<string, number>();
  try {
    for (const { path } of runs) if (!files.has(path)) files.set(path, openSync(path, "r"));
    const block = Math.max(LEAST, Math.min(BLOCK, Math.floor(WAITING / Math.max(1, runs.length))));
    const heap: Cursor[] = [];
    for (const [number, run] of runs.entries()) {
      const lines = linesOf(files.get(run.path) as number, run, block);
      const cursor: Cursor = { lines, number, line: "", key: Number.NaN };
      if (advance(cursor, keyOf)) heap.push(cursor);
    }
    for (let at = (heap.length >> 1) - 1; at >= 0; at--) sink(heap, at);
    while (heap.length > 0) {
      const first = heap[0] as Cursor;
      target.line(first.line);
      if (!advance(first, keyOf)) {
        const last = heap.pop() as Cursor;
        if (heap.length > 0) heap[0] = last;
      }
      if (heap.length > 0) sink(heap, 0);
      if (target.lines % 4096 === 0) yield;
    }
  } finally {
    for (const file of files.values()) closeSync(file);
  }
}
