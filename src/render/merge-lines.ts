import { closeSync, openSync, readSync } from "node:fs";
import type { FastBuffer } from "../model/fast-buffer.ts";
import { allocate } from "../model/fast-buffer.ts";
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
const WAITING = 16 << 20;
const LEAST = 1 << 12;

/** So much of a line is looked at for its order key. */
const HEAD = 96;

/** A run and the line it stands at: bytes `at` to `end`, place and line end included, of what is read of it. */
interface Cursor {
  readonly number: number;
  readonly file: number;
  /** How far the run was read, and where it ends. */
  position: number;
  readonly to: number;
  buffer: FastBuffer;
  filled: number;
  at: number;
  end: number;
  /** Where in the line what is written begins. */
  text: number;
  key: number;
  /** The place in the evidence: the numbers of the input and of its row. */
  input: number;
  row: number;
}

/** The order key of a line by its first bytes, read as Latin-1. Not NaN. */
type KeyOf = (head: string) => number;

const TAB = 9;
const ZERO = 48;

/** Reads the decimal number that stands at `text`, and goes behind the TAB that ends it. */
function nextNumber(cursor: Cursor): number {
  let number = 0;
  for (;;) {
    const byte = cursor.buffer[cursor.text++] as number;
    if (byte === TAB) return number;
    number = number * 10 + byte - ZERO;
  }
}

/** Reads on, keeping what stands from the cursor's line on. */
function refill(cursor: Cursor): void {
  const kept = cursor.filled - cursor.at;
  const target = kept === cursor.buffer.length ? allocate(2 * kept) : cursor.buffer;
  cursor.buffer.copy(target, 0, cursor.at, cursor.filled);
  cursor.buffer = target;
  cursor.at = 0;
  const wanted = Math.min(target.length - kept, cursor.to - cursor.position);
  const count = readSync(cursor.file, target, kept, wanted, cursor.position);
  if (count === 0) throw new Error("A spooled table ends early.");
  cursor.position += count;
  cursor.filled = kept + count;
}

/** Goes to the next line; false where the run has none. */
function advance(cursor: Cursor, keyOf: KeyOf | undefined): boolean {
  cursor.at = cursor.end;
  for (;;) {
    const end = cursor.buffer.indexOf(LF, cursor.at);
    if (end >= 0 && end < cursor.filled) {
      cursor.end = end + 1;
      cursor.text = cursor.at;
      if (keyOf === undefined) return true;
      cursor.input = nextNumber(cursor);
      cursor.row = nextNumber(cursor);
      cursor.key = keyOf(cursor.buffer.latin1Slice(cursor.text, Math.min(end, cursor.text + HEAD)));
      return true;
    }
    if (cursor.position === cursor.to) return false;
    refill(cursor);
  }
}

function isBefore(a: Cursor, b: Cursor): boolean {
  if (a.key !== b.key) return a.key < b.key;
  if (a.input !== b.input) return a.input < b.input;
  return a.row === b.row ? a.number < b.number : a.row < b.row;
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
 * @param keyOf the order key of a line. Each then begins with its place in the evidence, the number of the input and of
 *   the row with a TAB behind each, which is not written and tells which of equal key comes first. Undefined where the
 *   runs stand one behind the other as they are.
 * @param spare buffers that were left by the last time, and where this time leaves its own: as garbage, those of one table
 *   would still lie about when the next is merged.
 */
export function* mergeLines(
  runs: readonly Run[],
  target: LineFile,
  keyOf: KeyOf | undefined,
  spare: FastBuffer[] = [],
): Generator<void, void, void> {
  const files = new Map<string, number>();
  try {
    for (const { path } of runs) if (!files.has(path)) files.set(path, openSync(path, "r"));
    const block = Math.max(LEAST, Math.min(BLOCK, Math.floor(WAITING / Math.max(1, runs.length))));
    const heap: Cursor[] = [];
    for (const [number, { path, from, to }] of runs.entries()) {
      const buffer = spare.pop() ?? allocate(block);
      const file = files.get(path) as number;
      const begin = { filled: 0, at: 0, end: 0, text: 0, key: 0, input: 0, row: 0 };
      const cursor: Cursor = { number, file, position: from, to, buffer, ...begin };
      if (advance(cursor, keyOf)) heap.push(cursor);
    }
    for (let at = (heap.length >> 1) - 1; at >= 0; at--) sink(heap, at);
    while (heap.length > 0) {
      const first = heap[0] as Cursor;
      target.bytes(first.buffer, first.text, first.end);
      if (!advance(first, keyOf)) {
        spare.push(first.buffer);
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
