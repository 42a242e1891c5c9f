import type { TableRows } from "../read-table.ts";
import type { BlockMaker, CellNumbers } from "./packed-rows.ts";
import { LONGEST_VALUE, shortened } from "./packed-rows.ts";
import type { TextNumbers } from "./text-numbers.ts";

/** A table of the bundle as the page has it. */
export interface EmbeddedTable {
  readonly table: string;
  readonly file: string;
  /** Columns that are embedded, and those that are not. */
  readonly columns: readonly string[];
  readonly leftOut: readonly string[];
  /** Rows in the page, and in the file. */
  readonly rows: number;
  readonly total: number;
  /** Whether rows that had to be in could not all be: more than anybody reads in a page. */
  readonly overflow: boolean;
  readonly block: Buffer;
}

/** Rows of a table that may be embedded, gathered while the table is read. */
export interface Candidates extends CellNumbers {
  readonly header: readonly string[];
  /** How many rows were gathered. */
  readonly count: number;
  /** Of each of them its number in the table, and whether it has to be in: evidence, or of a suspicious address. */
  numberOf(row: number): number;
  isMust(row: number): boolean;
  readonly total: number;
  readonly overflow: boolean;
  /** Takes the row that the table stands at. */
  add(must: boolean): void;
}

/** At most so many rows of a table that have to be in, and so many others, are candidates. */
const MOST_MUSTS = 60_000;
const MOST_OTHERS = 150_000;
/** Tables come down to about this part of their bytes; what is surely too much is not even gathered. */
const PACKED_PART = 0.06;

/**
 * How many rows that need not be in are worth gathering.
 *
 * @param room in bytes of deflated data.
 * @param bytes of the table's file, and its `rows`.
 */
export function mostOthers(room: number, { bytes, rows }: { readonly bytes: number; readonly rows: number }): number {
  if (rows === 0) return 0;
  const fitting = Math.ceil(Math.max(room, 0) / ((bytes / rows) * PACKED_PART));
  return Math.min(MOST_OTHERS, fitting);
}

/** Columns that are long and that the file has: left out first where space is short. */
const HEAVY: readonly (readonly string[])[] = [
  ["Details", "Query XML", "Metadata"],
  ["Activity Item ID", "Internet Message ID", "Session ID"],
];

/** Rows of candidates in one array, column by column. */
const PAGE_BITS = 10;
const PAGE = 1 << PAGE_BITS;

/** No candidates yet of a table, whose rows are given one after the other. */
export function newCandidates(rows: TableRows, texts: TextNumbers, most: number): Candidates {
  const { header } = rows;
  /** Behind the columns of the table: its number in the table, and whether it has to be in. */
  const [numbers, musted] = [header.length, header.length + 1];
  const width = header.length + 2;
  const pages: Uint32Array[] = [];
  /** The last candidate's cells: many are the same in the next one. */
  const above = new Uint32Array(header.length);
  const at = (row: number, column: number) =>
    (pages[row >> PAGE_BITS] as Uint32Array)[(column << PAGE_BITS) + (row & (PAGE - 1))] as number;
  let count = 0;
  let musts = 0;
  let total = 0;
  let overflow = false;
  return {
    header,
    at,
    numberOf: (row) => at(row, numbers),
    isMust: (row) => at(row, musted) === 1,
    get count() {
      return count;
    },
    get total() {
      return total;
    },
    get overflow() {
      return overflow;
    },
    add(must) {
      const number = total++;
      const own = must && musts < MOST_MUSTS;
      if (must && !own) overflow = true;
      if (own) musts++;
      else if (count - musts >= most) return;
      if (count % PAGE === 0) pages.push(new Uint32Array(PAGE * width));
      const page = pages[pages.length - 1] as Uint32Array;
      const row = count & (PAGE - 1);
      for (let column = 0; column < header.length; column++) {
        const text = textNumber(rows, column, texts, above[column] as number);
        page[(column << PAGE_BITS) + row] = above[column] = text;
      }
      page[(numbers << PAGE_BITS) + row] = number;
      page[(musted << PAGE_BITS) + row] = own ? 1 : 0;
      count++;
    },
  };
}

/** The number of a cell's text as it is embedded. */
function textNumber(rows: TableRows, column: number, texts: TextNumbers, guess: number): number {
  rows.seek(column);
  const { bytes, from, to } = rows;
  // A text has at least as many bytes as characters.
  if (to - from <= LONGEST_VALUE) return texts.numberOf(bytes, from, to, guess);
  const short = Buffer.from(shortened(rows.text(column)));
  return texts.numberOf(short, 0, short.length, guess);
}

/** Farther than any row. */
const FAR = 2 ** 32;
/** More than there are candidates: a distance times this and a place are one number. */
const PLACES = 2 ** 20;

/** Of each candidate how many rows of the table lie between it and the nearest row that has to be in. */
function distances({ count, numberOf, isMust }: Candidates): Float64Array {
  const result = new Float64Array(count).fill(FAR);
  let last = -FAR;
  for (let row = 0; row < count; row++) {
    if (isMust(row)) last = numberOf(row);
    result[row] = Math.min(FAR, numberOf(row) - last);
  }
  last = 2 * FAR;
  for (let row = count - 1; row >= 0; row--) {
    if (isMust(row)) last = numberOf(row);
    result[row] = Math.min(result[row] as number, last - numberOf(row));
  }
  return result;
}

/** What has to be in and, of the others, the `most` that stand nearest to it; in the table's order. */
function nearest(candidates: Candidates, most: number): Uint32Array {
  const { count, isMust } = candidates;
  const order = distances(candidates).map((distance, row) => (isMust(row) ? -1 : distance * PLACES + row));
  const sorted = order.toSorted();
  // Before the others stand those that have to be in.
  const others = sorted.subarray(sorted.findLastIndex((value) => value < 0) + 1);
  const last = most === 0 ? -1 : (others[Math.min(most, others.length) - 1] ?? -1);
  return everyRow(count).filter((row) => (order[row] as number) <= last);
}

/** The numbers from 0 on. */
function everyRow(count: number): Uint32Array {
  return new Uint32Array(count).map((_, row) => row);
}

/**
 * Packs as much of a table as `room` bytes hold: all of it, or without its heavy columns, or fewer rows. What has to be
 * in is in, whatever room there is.
 *
 * @param room in bytes of deflated data.
 */
export function embed(
  { table, file, candidates, room }: { table: string; file: string; candidates: Candidates; room: number },
  maker: BlockMaker,
): EmbeddedTable {
  const { header, count, total, overflow, isMust } = candidates;
  let columns = [...header.keys()];
  let chosen = everyRow(count);
  let block = maker.block(candidates, chosen, columns);
  for (const heavy of HEAVY) {
    if (block.bytes.length <= room || !heavy.some((name) => columns.some((at) => header[at] === name))) continue;
    columns = columns.filter((at) => !heavy.includes(header[at] ?? ""));
    block = maker.block(candidates, chosen, columns);
  }
  let others = chosen.filter((row) => !isMust(row)).length;
  while (block.bytes.length > room && others > 0) {
    // The bytes grow less than the rows do, so aim a little lower; a handful of rows is not worth a further try.
    others = Math.floor(others * Math.min(0.9, (Math.max(room, 0) / block.bytes.length) * 0.95));
    if (others < 50) others = 0;
    chosen = nearest(candidates, others);
    block = maker.block(candidates, chosen, columns);
  }
  block.commit();
  return {
    table,
    file,
    columns: columns.map((at) => header[at] ?? ""),
    leftOut: header.filter((_name, at) => !columns.includes(at)),
    rows: chosen.length,
    total,
    overflow,
    block: block.bytes,
  };
}
