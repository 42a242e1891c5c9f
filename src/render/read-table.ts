import { closeSync, openSync, readSync } from "node:fs";
import type { FastBuffer } from "../model/fast-buffer.ts";
import { allocate } from "../model/fast-buffer.ts";
import { readLines } from "./merge-lines.ts";
import { tsvCell } from "./tsv.ts";

/** The cells of a line. A cell that holds a double quote is CSV-quoted, so one that begins with it always is. */
export function cellsOf(line: string): readonly string[] {
  const cells = line.split("\t");
  if (!line.includes('"')) return cells;
  return cells.map((cell) => (cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell));
}

/**
 * The lines of a finished table as cells, the header line first, one line in memory at a time. Quoting is undone;
 * `\t`, `\xHH` and the like stay as they are written, because a value may really hold them.
 *
 * @param path a TSV that `tsvCell` wrote.
 */
export function* readTable(path: string): Generator<readonly string[], void, void> {
  for (const line of readLines(path)) yield cellsOf(line);
}

/**
 * The rows of a finished table, one after the other, of which only those cells are looked for and become text that
 * somebody asks for. Values are what `readTable` gives.
 */
export interface TableRows {
  /** The names of the columns; none where the file is empty. */
  readonly header: readonly string[];
  /** The place of a column; -1 where the table has none of that name. */
  column(name: string): number;
  /** Goes to the next row, at first to the first one; false behind the last. */
  next(): boolean;
  /** A cell of the row; empty for column -1. Never a piece of a longer text, so it can be kept. */
  text(column: number): string;
  /** What `Number` makes of a cell. */
  number(column: number): number;
  /** Finds a cell's value in UTF-8: bytes `from` to `to` of `bytes`, until another cell is asked for. */
  seek(column: number): void;
  readonly bytes: Uint8Array;
  readonly from: number;
  readonly to: number;
  close(): void;
}

const BLOCK = 1 << 18;
const TAB = 9;
const LF = 10;
const QUOTE = 34;
const APOSTROPHE = 39;
const ZERO = 48;
/** More digits may be more than a small integer. */
const MOST_DIGITS = 9;

/** Texts up to this size are remembered, in so many places: most cells of a table say what others said before. */
const SHORT = 48;
const PLACES = 1 << 11;

/** Short texts by their bytes, those met last. */
interface RecentTexts {
  /** Where the text in these bytes is, which is made where it is not there; it may well be at `guess`. */
  placeOf(bytes: FastBuffer, from: number, to: number, guess: number): number;
  at(place: number): string;
}

function newRecentTexts(): RecentTexts {
  const texts: string[] = Array.from({ length: PLACES }, () => "");
  const sizes = new Uint8Array(PLACES);
  const known = new Uint8Array(PLACES * SHORT);
  const isAt = (place: number, bytes: FastBuffer, from: number, size: number): boolean => {
    if (sizes[place] !== size) return false;
    const start = place * SHORT;
    // Texts that begin alike differ at the end.
    for (let at = size - 1; at >= 0; at--) if (known[start + at] !== bytes[from + at]) return false;
    return true;
  };
  return {
    at: (place) => texts[place] as string,
    placeOf(bytes, from, to, guess) {
      const size = to - from;
      if (isAt(guess, bytes, from, size)) return guess;
      let hash = size;
      for (let at = from; at < to; at++) hash = Math.imul(hash ^ (bytes[at] as number), 0x01000193);
      const place = (hash ^ (hash >>> 15)) & (PLACES - 1);
      if (isAt(place, bytes, from, size)) return place;
      sizes[place] = size;
      const start = place * SHORT;
      for (let at = 0; at < size; at++) known[start + at] = bytes[from + at] as number;
      texts[place] = bytes.utf8Slice(from, to);
      return place;
    },
  };
}

function viewOf({ buffer, byteOffset, byteLength }: Uint8Array): DataView {
  return new DataView(buffer, byteOffset, byteLength);
}

/** Whether one of four bytes is a TAB: then, and only then, one of them is 0 once all are compared with TAB by XOR. */
function hasTab(bytes: number): boolean {
  const compared = bytes ^ 0x09090909;
  return ((compared - 0x01010101) & ~compared & 0x80808080) !== 0;
}

/** Whether a cell begins with an apostrophe that `excelSafeCell` put there: behind all of them comes `=`, `+`, `-` or `@`. */
function isDisarmed(bytes: Buffer, from: number, to: number): boolean {
  let at = from;
  while (at < to && bytes[at] === APOSTROPHE) at++;
  const byte = bytes[at];
  return at > from && at < to && (byte === 61 || byte === 43 || byte === 45 || byte === 64);
}

/**
 * A value as `openTable` gives it, once it was written to a table: what other files hold as it is, such as findings.json,
 * can be compared with cells so.
 */
export function cellText(value: string): string {
  const [text = ""] = cellsOf(tsvCell(value));
  return text;
}

/**
 * Opens a finished table, of which a block of bytes is in memory at a time.
 *
 * @param path a TSV that `tsvCell` wrote, or `excelSafeCell` where `excelSafe`: then the apostrophes that it put before
 *   formulas are taken off.
 * @throws the system's error where the file cannot be read; an Error at a row that has more or fewer cells than there are
 *   columns, where that is met on the way to a cell.
 */
export function openTable(path: string, excelSafe = false): TableRows {
  const file = openSync(path, "r");
  const recent = newRecentTexts();
  let block = allocate(BLOCK);
  let view = viewOf(block);
  let filled = 0;
  /** The line's bytes in the block, without its end; the next line begins behind `end`. */
  let start = 0;
  let end = -1;
  /** A value that does not stand in the table as it is. */
  let undone = allocate(1 << 10);

  /** Reads on, keeping what stands from `start` on; false at the end of the file. */
  const refill = (): boolean => {
    const target = start === 0 && filled === block.length ? allocate(block.length * 2) : block;
    block.copy(target, 0, start, filled);
    if (target !== block) view = viewOf(target);
    block = target;
    filled -= start;
    start = 0;
    const count = readSync(file, block, filled, block.length - filled, null);
    filled += count;
    return count > 0;
  };
  const nextLine = (): boolean => {
    // Behind a last line without an end there is nothing.
    start = Math.min(end + 1, filled);
    for (let from = start; ;) {
      const found = from < filled ? block.indexOf(LF, from) : -1;
      if (found >= 0 && found < filled) {
        end = found;
        return true;
      }
      const looked = filled - start;
      if (!refill()) {
        // A line without its end is one all the same.
        end = filled;
        return filled > start;
      }
      from = looked;
    }
  };

  let header: readonly string[] = [];
  try {
    if (nextLine()) header = cellsOf(block.utf8Slice(start, end));
  } catch (error) {
    closeSync(file);
    throw error;
  }
  const columns = new Map(header.map((name, at) => [name, at]));
  const width = header.length;
  /** Where cells begin, as far as that is known: cells 0 to `front` and from `back` on, each behind a TAB or a line end. */
  const begins = new Int32Array(width + 1);
  let front = 0;
  let back = width;
  const ragged = () =>
    new Error(`${path}: a row has not the ${width} cells of the header: ${block.utf8Slice(start, end).slice(0, 200)}`);

  /** Looks for the cells up to this one, from the left. */
  const findForward = (column: number) => {
    const limit = (begins[back] as number) - 1;
    while (front <= column) {
      let at = begins[front] as number;
      while (at + 4 <= limit && !hasTab(view.getInt32(at))) at += 4;
      while (at < limit && block[at] !== TAB) at++;
      // Between the cells that are known from both sides there is one more, and no TAB in it.
      if (at === limit ? front + 1 !== back : front + 1 === back) throw ragged();
      begins[++front] = at + 1;
    }
  };
  /** Looks for the cells down to this one, from the right. */
  const findBackward = (column: number) => {
    const limit = begins[front] as number;
    while (back > column) {
      let at = (begins[back] as number) - 2;
      while (at - 3 >= limit && !hasTab(view.getInt32(at - 3))) at -= 4;
      while (at >= limit && block[at] !== TAB) at--;
      if (at < limit ? back - 1 !== front : back - 1 === front) throw ragged();
      begins[--back] = at + 1;
    }
  };
  /** A cell as it was before it was quoted. */
  const unquoted = (from: number, to: number): number => {
    if (undone.length < to - from) undone = allocate(2 * (to - from));
    let size = 0;
    for (let at = from + 1; at < to - 1; at++) {
      undone[size++] = block[at] as number;
      if (block[at] === QUOTE && block[at + 1] === QUOTE && at + 1 < to - 1) at++;
    }
    return size;
  };

  /** Of each column the last row whose cell was asked for as text, that text, and where it is among the recent ones. */
  const asked = new Float64Array(width);
  const answers: string[] = header.map(() => "");
  const guesses = new Uint16Array(width);
  let row = 0;

  const rows = {
    header,
    bytes: block,
    from: 0,
    to: 0,
    column: (name: string) => columns.get(name) ?? -1,
    next() {
      if (!nextLine()) return false;
      row++;
      front = 0;
      back = width;
      begins[0] = start;
      begins[width] = end + 1;
      return true;
    },
    seek(column: number) {
      rows.bytes = block;
      if (column < 0) {
        rows.from = rows.to = 0;
        return;
      }
      if (column >= front && column < back) {
        if (column - front < back - 1 - column) findForward(column);
        else findBackward(column);
      }
      let from = begins[column] as number;
      let to = (begins[column + 1] as number) - 1;
      if (from < to && block[from] === QUOTE) {
        to = unquoted(from, to);
        from = 0;
        rows.bytes = undone;
      }
      if (excelSafe && isDisarmed(rows.bytes, from, to)) from++;
      rows.from = from;
      rows.to = to;
    },
    text(column: number) {
      if (column < 0) return "";
      if (asked[column] === row) return answers[column] as string;
      rows.seek(column);
      const { bytes, from, to } = rows;
      let text: string;
      if (to - from > SHORT) text = bytes.utf8Slice(from, to);
      else text = recent.at((guesses[column] = recent.placeOf(bytes, from, to, guesses[column] as number)));
      asked[column] = row;
      answers[column] = text;
      return text;
    },
    number(column: number) {
      rows.seek(column);
      let value = 0;
      let at = rows.from;
      if (rows.to - at <= MOST_DIGITS) {
        for (; at < rows.to; at++) {
          const digit = (rows.bytes[at] as number) - ZERO;
          if (digit < 0 || digit > 9) break;
          value = value * 10 + digit;
        }
      }
      return at === rows.to ? value : Number(rows.bytes.utf8Slice(rows.from, rows.to));
    },
    close: () => closeSync(file),
  };
  return rows;
}
