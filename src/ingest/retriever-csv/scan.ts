import { isAscii } from "node:buffer";
import type { SeekableBytes } from "../evidence/evidence.ts";
import type { FastBuffer } from "../../model/fast-buffer.ts";
import { allocate } from "../../model/fast-buffer.ts";
import type { ActivityRecord } from "../../model/record.ts";
import type { RecordSink } from "../format.ts";
import type { CsvColumns } from "./columns.ts";
import { parseCsvRecord } from "./parse-record.ts";
import { OPEN_QUOTE, splitRow } from "./split-row.ts";

const BLOCK = 1 << 18;
/** A quoted field that runs over more than this is taken for a quote that was never closed. */
const LONGEST_MULTILINE_RECORD = 256 << 20;
const LF = 10;
const CR = 13;
const QUOTE = 34;

/** A window on the text that slides forward: `buffer[0..filled)` are the bytes from `base` on. */
interface Window {
  buffer: FastBuffer;
  filled: number;
  base: number;
  /** Whether all of them are ASCII, which are copied where others are decoded. */
  ascii: boolean;
}

/** Reads on until `wanted` bytes from index `from` are there or the text ends; drops the bytes before `from`. */
function fill(text: SeekableBytes, window: Window, from: number, wanted: number): void {
  const kept = window.filled - from;
  const target = kept + wanted > window.buffer.length ? allocate(2 * (kept + wanted)) : window.buffer;
  window.buffer.copy(target, 0, from, window.filled);
  window.buffer = target;
  window.base += from;
  window.filled = kept;
  while (window.filled < target.length) {
    const count = text.read(target, window.filled, target.length - window.filled, window.base + window.filled);
    if (count === 0) break;
    window.filled += count;
  }
  window.ascii = isAscii(window.buffer.subarray(0, window.filled));
}

/** Index of the line end at or after `from`, or -1 where the window holds none. */
function lineEnd(window: Window, from: number): number {
  const at = window.buffer.indexOf(LF, from);
  return at < window.filled ? at : -1;
}

function textOf({ buffer, ascii }: Window, from: number, to: number): string {
  return ascii ? buffer.latin1Slice(from, to) : buffer.utf8Slice(from, to);
}

/**
 * Where the record that starts at `from` ends, if its first line leaves a quoted field open: on the line that closes
 * it.
 *
 * @returns the index behind the record's last character, or -1 where no later line completes a record of CSV.
 */
function multilineEnd(text: SeekableBytes, window: Window, from: number, firstEnd: number): number {
  /** Reads on; false at the end of the text, and where the record gets too long. */
  const more = (): boolean => {
    const before = window.filled;
    if (before - from > LONGEST_MULTILINE_RECORD) return false;
    fill(text, window, 0, window.buffer.length);
    return window.filled > before;
  };
  let at = firstEnd;
  for (;;) {
    let quote = window.buffer.indexOf(QUOTE, at);
    while (quote < 0 || quote >= window.filled) {
      const before = window.filled;
      if (!more()) return -1;
      quote = window.buffer.indexOf(QUOTE, before);
    }
    let behind = quote + 1;
    while ((behind < window.filled || more()) && window.buffer[behind] === QUOTE) behind++;
    // Doubled quotes are text of the field. To split the record at each of them would take forever.
    if ((behind - quote) % 2 === 0) {
      at = behind;
      continue;
    }
    let end = lineEnd(window, behind);
    while (end < 0) {
      const before = window.filled;
      if (before - from > LONGEST_MULTILINE_RECORD) return -1;
      end = more() ? lineEnd(window, before) : before;
    }
    // Whether a record is too long must not depend on how much of it happens to have been read.
    if (end - from > LONGEST_MULTILINE_RECORD) return -1;
    const stop = withoutReturn(window, from, end);
    const count = splitRow(textOf(window, from, stop));
    if (count >= 0) return end;
    if (count !== OPEN_QUOTE || end >= window.filled) return -1;
    at = end;
  }
}

/** Reads one row, without its line end: the record, or why it is none. */
type ParseRow = (text: string) => ActivityRecord | { problem: string };

/** A record is read again by its text alone, so that all records of a file have to have the same columns. */
const BEHIND_OTHER_COLUMNS = "behind a header line with other columns: give each export as a file of its own";

/**
 * Reads the data rows of a retriever.py export, as `scanRows` does those of any table. What stands behind a header line
 * with other columns is rejected, up to one with the file's own.
 *
 * @param dataStart byte position of the first data row, behind the header line.
 * @param blockSize bytes a read; for tests.
 */
export function scanCsv(
  text: SeekableBytes,
  columns: CsvColumns,
  dataStart: number,
  sink: RecordSink,
  blockSize = BLOCK,
): Generator<number, boolean, void> {
  let isMisread = false;
  const parseRow: ParseRow = (row) => {
    const parsed = parseCsvRecord(columns, row);
    if ("problem" in parsed) {
      if (parsed.header !== undefined) isMisread = parsed.header === "other";
      return parsed;
    }
    return isMisread ? { problem: BEHIND_OTHER_COLUMNS } : parsed;
  };
  return scanRows(text, parseRow, dataStart, sink, blockSize);
}

/**
 * Reads the data rows of a table: CSV with LF, CRLF or CR CR LF, quoted fields with doubled quotes and, where
 * somebody else wrote it, line ends inside quoted fields. Blank lines are no rows. A line that is not part of a record
 * of CSV is rejected alone and reading goes on behind its line end, so a stray quote costs one row and not the rest.
 *
 * @param dataStart byte position of the first data row, behind the header line.
 * @param blockSize bytes a read; for tests.
 * @param until a position at which to stop if a row begins there.
 * @returns whether it stopped there; where no row begins there it goes on to the end of the text.
 */
export function* scanRows(
  text: SeekableBytes,
  parseRow: ParseRow,
  dataStart: number,
  sink: RecordSink,
  blockSize = BLOCK,
  until = -1,
): Generator<number, boolean, void> {
  const window: Window = { buffer: allocate(blockSize), filled: 0, base: dataStart, ascii: true };
  let at = 0;
  for (;;) {
    // What is read of a row does not depend on the rows in front of it.
    if (window.base + at === until) return true;
    let end = lineEnd(window, at);
    if (end < 0) {
      const before = window.filled - at;
      fill(text, window, at, Math.max(1, before));
      at = 0;
      if (window.filled > before) {
        yield window.base;
        continue;
      }
      if (before === 0) return false;
      end = window.filled;
    }
    const lineStop = withoutReturn(window, at, end);
    if (lineStop > at) end = takeRow(text, window, parseRow, at, end, sink);
    at = Math.min(end + 1, window.filled);
  }
}

/** The end of a line's text: CRs before the line end belong to it, two where line ends were converted twice. */
function withoutReturn(window: Window, from: number, end: number): number {
  let stop = end;
  while (stop > from && window.buffer[stop - 1] === CR) stop--;
  return stop;
}

/** Hands one row to the sink; returns the index of its line end, which is a later line's where a field runs over. */
function takeRow(
  text: SeekableBytes,
  window: Window,
  parseRow: ParseRow,
  at: number,
  end: number,
  sink: RecordSink,
): number {
  const stop = withoutReturn(window, at, end);
  const line = textOf(window, at, stop);
  const record = parseRow(line);
  if (!("problem" in record)) {
    sink.record(record, window.base + at, stop - at);
    return end;
  }
  if (splitRow(line) === OPEN_QUOTE) {
    const longer = multilineEnd(text, window, at, end);
    if (longer >= 0) {
      const longerStop = withoutReturn(window, at, longer);
      const whole = parseRow(textOf(window, at, longerStop));
      if (!("problem" in whole)) {
        sink.record(whole, window.base + at, longerStop - at);
        return longer;
      }
    }
  }
  sink.reject(window.base + at, stop - at, record.problem);
  return end;
}

/** Rows that are looked at for one that is whole. */
const TRIED = 16;
/** Where they are looked for. */
const SEARCHED = 1 << 20;

/**
 * A place behind a position where a row seems to begin, for two readers that share a text: one reads `until` there, the
 * other begins there. It is a guess; whether it is right shows when the first one arrives.
 *
 * @returns undefined where none is found.
 */
export function rowNear(text: SeekableBytes, parseRow: ParseRow, position: number): number | undefined {
  const window: Window = { buffer: allocate(SEARCHED), filled: 0, base: position, ascii: true };
  fill(text, window, 0, 0);
  let from = lineEnd(window, 0) + 1;
  for (let tried = 0; from > 0 && tried < TRIED; tried++) {
    const end = lineEnd(window, from);
    if (end < 0) return undefined;
    if (!("problem" in parseRow(textOf(window, from, withoutReturn(window, from, end))))) return position + from;
    from = end + 1;
  }
  return undefined;
}
