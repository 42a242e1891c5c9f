import { closeSync, openSync, readSync, rmSync } from "node:fs";
import type { NumberList } from "../model/number-list.ts";
import { addNumber, newNumberList, numbersOf } from "../model/number-list.ts";
import type { FileWriter } from "./file-writer.ts";
import type { LineFile } from "./table-file.ts";
import { createLineFile } from "./table-file.ts";

/** Collects lines by group and hands them out group by group, in the order in which the groups were first met. */
export interface GroupedLines {
  /** @param group from -1 on. */
  add(group: number, line: string): void;
  /** Writes everything collected and removes the spool. */
  finish(target: LineFile): void;
}

/** Groups that wait in one file: of a few lines each, so that the file's lines fit into memory. */
const GROUPS_A_FILE = 8192;

/** Room for so many groups is made at first. */
const FIRST_GROUPS = 1024;

/** The lines of neighbouring groups, in the order in which they came. */
interface Bucket {
  readonly path: string;
  readonly file: LineFile;
  /** Of each line its group, counted from the bucket's first. */
  readonly groups: NumberList;
  /** Of each line its bytes with the line end. */
  readonly sizes: NumberList;
}

/** Reads the first `size` bytes of a spool file. @throws the system's error; an Error where the file is shorter. */
function readWhole(path: string, bytes: Buffer, size: number): void {
  const file = openSync(path, "r");
  try {
    for (let at = 0; at < size;) {
      const count = readSync(file, bytes, at, size - at, at);
      if (count === 0) throw new Error("A spooled table ends early.");
      at += count;
    }
  } finally {
    closeSync(file);
  }
}

/**
 * Writes a bucket's lines group by group: one reading, one sorting by counts.
 *
 * @param bytes room for all of them.
 */
function writeBucket({ path, file, groups, sizes }: Bucket, bytes: Buffer, target: LineFile): void {
  file.close();
  readWhole(path, bytes, file.size);
  const next = new Uint32Array(GROUPS_A_FILE + 1);
  const groupOf = numbersOf(groups);
  const sizeOf = numbersOf(sizes);
  for (const group of groupOf) next[group + 1] = (next[group + 1] as number) + 1;
  for (let group = 0; group < GROUPS_A_FILE; group++) {
    next[group + 1] = (next[group + 1] as number) + (next[group] as number);
  }
  const order = new Uint32Array(groupOf.length);
  const starts = new Float64Array(groupOf.length);
  let position = 0;
  for (let line = 0; line < groupOf.length; line++) {
    const group = groupOf[line] as number;
    const place = next[group] as number;
    next[group] = place + 1;
    order[place] = line;
    starts[line] = position;
    position += sizeOf[line] as number;
  }
  for (const line of order) {
    const start = starts[line] as number;
    target.bytes(bytes, start, start + (sizeOf[line] as number));
  }
  rmSync(path);
}

/**
 * Lines wait in spool files, a few thousand groups each, so that memory holds some numbers a line and one file's lines
 * at a time, and every file is written and read from end to end.
 *
 * @param spoolPath a path in the work folder; numbers are put behind it.
 */
export function newGroupedLines(writer: FileWriter, spoolPath: string): GroupedLines {
  const buckets: Bucket[] = [];
  // Groups are items, so that most numbers from 0 on are one: of each, from -1 on, how many groups came before it, from 1 on.
  let ordinals = new Uint32Array(FIRST_GROUPS);
  let met = 0;
  return {
    add(group, line) {
      if (group + 1 >= ordinals.length) {
        const larger = new Uint32Array(Math.ceil((group + 2) * 1.5));
        larger.set(ordinals);
        ordinals = larger;
      }
      if (ordinals[group + 1] === 0) ordinals[group + 1] = ++met;
      const ordinal = (ordinals[group + 1] as number) - 1;
      const number = Math.floor(ordinal / GROUPS_A_FILE);
      let bucket = buckets[number];
      if (bucket === undefined) {
        const path = `${spoolPath}.${number}`;
        bucket = { path, file: createLineFile(writer, path), groups: newNumberList(), sizes: newNumberList() };
        buckets.push(bucket);
      }
      addNumber(bucket.groups, ordinal - number * GROUPS_A_FILE);
      addNumber(bucket.sizes, bucket.file.line(line));
    },
    finish(target) {
      // One room for all buckets: what is read once and let go lies about until the next collection of garbage.
      const bytes = Buffer.allocUnsafeSlow(buckets.reduce((most, { file }) => Math.max(most, file.size), 0));
      for (const bucket of buckets) writeBucket(bucket, bytes, target);
    },
  };
}
