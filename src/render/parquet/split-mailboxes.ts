import { closeSync, openSync, readSync } from "node:fs";
import { writeWhole } from "../file-writer.ts";
import { cellsOf } from "../read-table.ts";

/** Rows of one mailbox in a file of their own, without a header line. */
export interface MailboxPart {
  readonly mailbox: string;
  /** The mailbox's place in the table, from 1 on, and the part's in the mailbox. */
  readonly number: number;
  readonly part: number;
  readonly path: string;
  readonly rows: number;
  readonly bytes: number;
  /** Bytes of the longest line, its end not counted. */
  readonly longest: number;
}

const BLOCK = 1 << 20;
const LINE_END = 10;
/** A mailbox's first line: its first column counts the rows of a mailbox from 1 on. */
const ONE = 49;
const TAB = 9;
/** Mailbox, Source File and Source Row stand at the end of every line. */
const MAILBOX_FROM_END = -3;

interface Growing {
  readonly file: number;
  readonly mailbox: string;
  readonly number: number;
  readonly part: number;
  rows: number;
  bytes: number;
  longest: number;
}

/**
 * Cuts a finished events table into the rows of each mailbox, which stand one behind the other in it, and those of a
 * large mailbox into parts. A block and the longest line are in memory; the part's file is the caller's to remove, and
 * it is written anew for the next one.
 *
 * @param table path of the table, with its header line.
 * @param path of the part's file.
 * @param most bytes from which on a part ends with its line.
 * @yields each part when all of its rows are in the file, in the table's order.
 */
export function* splitMailboxes(table: string, path: string, most: number): Generator<MailboxPart, void, void> {
  const source = openSync(table, "r");
  let growing: Growing | undefined;
  const begin = (mailbox: string, number: number, part: number): Growing => ({
    file: openSync(path, "w"),
    mailbox,
    number,
    part,
    rows: 0,
    bytes: 0,
    longest: 0,
  });
  const finish = ({ file, ...part }: Growing): MailboxPart => {
    growing = undefined;
    closeSync(file);
    return { ...part, path };
  };
  try {
    let buffer = Buffer.allocUnsafe(BLOCK);
    let filled = 0;
    let inHeader = true;
    let mailbox = "";
    let number = 0;
    let part = 0;
    for (;;) {
      if (filled === buffer.length) buffer = Buffer.concat([buffer], buffer.length * 2);
      const read = readSync(source, buffer, filled, buffer.length - filled, null);
      if (read === 0) break;
      filled += read;
      let start = 0;
      let from = 0;
      for (let end = lineEnd(buffer, start, filled); end >= 0; start = end + 1, end = lineEnd(buffer, start, filled)) {
        if (inHeader) {
          inHeader = false;
          from = end + 1;
          continue;
        }
        const isFirst = buffer[start] === ONE && buffer[start + 1] === TAB;
        if (growing !== undefined && (isFirst || growing.bytes >= most)) {
          writeWhole(growing.file, buffer.subarray(from, start), start - from);
          from = start;
          yield finish(growing);
        }
        if (isFirst) {
          mailbox = cellsOf(buffer.toString("utf8", start, end)).at(MAILBOX_FROM_END) ?? "";
          number++;
          part = 0;
        }
        if (number === 0) throw new Error("The events do not begin with a mailbox's first row.");
        growing ??= begin(mailbox, number, ++part);
        growing.rows++;
        growing.bytes += end + 1 - start;
        growing.longest = Math.max(growing.longest, end - start);
      }
      if (growing !== undefined && start > from) writeWhole(growing.file, buffer.subarray(from, start), start - from);
      buffer.copyWithin(0, start, filled);
      filled -= start;
    }
    if (filled > 0) throw new Error("The last line of the events has no end.");
    if (growing !== undefined) yield finish(growing);
  } finally {
    if (growing !== undefined) closeSync(growing.file);
    closeSync(source);
  }
}

/** Where the line from `start` on ends; -1 where it goes on behind what is filled. */
function lineEnd(buffer: Buffer, start: number, filled: number): number {
  const end = buffer.indexOf(LINE_END, start);
  return end < filled ? end : -1;
}
