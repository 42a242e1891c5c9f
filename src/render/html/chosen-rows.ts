import type { BlockMaker, TextNumbers } from "./packed-rows.ts";
import { shortened } from "./packed-rows.ts";

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
export interface Candidates {
  readonly header: readonly string[];
  /** Numbers of texts, a row of the header's length after the other; longer than it is filled. */
  cells: Uint32Array;
  /** Of each row its number in the table, and whether it has to be in: evidence, or of a suspicious address. */
  readonly numbers: number[];
  readonly musts: boolean[];
  total: number;
  overflow: boolean;
  add(cells: readonly string[], must: boolean): void;
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
  ["Activity Item ID", "Session ID"],
];

export function newCandidates(header: readonly string[], texts: TextNumbers, most: number): Candidates {
  let musts = 0;
  const candidates: Candidates = {
    header,
    cells: new Uint32Array(header.length * 64),
    numbers: [],
    musts: [],
    total: 0,
    overflow: false,
    add(cells, must) {
      const number = candidates.total++;
      const own = must && musts < MOST_MUSTS;
      if (must && !own) candidates.overflow = true;
      if (own) musts++;
      else if (candidates.numbers.length - musts >= most) return;
      const start = candidates.numbers.length * header.length;
      if (start + header.length > candidates.cells.length) {
        const larger = new Uint32Array(candidates.cells.length * 2);
        larger.set(candidates.cells);
        candidates.cells = larger;
      }
      for (let at = 0; at < header.length; at++) {
        candidates.cells[start + at] = texts.numberOf(shortened(cells[at] ?? ""));
      }
      candidates.numbers.push(number);
      candidates.musts.push(own);
    },
  };
  return candidates;
}

/** Of each candidate how many rows of the table lie between it and the nearest row that has to be in. */
function distances({ numbers, musts }: Candidates): number[] {
  const result = numbers.map(() => Infinity);
  const pass = (indices: Iterable<number>) => {
    let last = Number.NaN;
    for (const at of indices) {
      const number = numbers[at] ?? 0;
      if (musts[at] === true) last = number;
      if (!Number.isNaN(last)) result[at] = Math.min(result[at] ?? Infinity, Math.abs(number - last));
    }
  };
  pass(numbers.keys());
  pass([...numbers.keys()].reverse());
  return result;
}

/** What has to be in and, of the others, the `count` that stand nearest to it; in the table's order. */
function nearest(candidates: Candidates, count: number): number[] {
  const { musts } = candidates;
  const distance = distances(candidates);
  const others = [...musts.keys()].filter((at) => musts[at] !== true);
  const order = others.sort((a, b) => {
    const [first = Infinity, second = Infinity] = [distance[a], distance[b]];
    return first === second ? a - b : first - second;
  });
  const chosen = new Set(order.slice(0, count));
  return [...musts.keys()].filter((at) => musts[at] === true || chosen.has(at));
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
  const { header, cells, musts, total, overflow } = candidates;
  let columns = [...header.keys()];
  let chosen = [...musts.keys()];
  let block = maker.block(cells, header.length, chosen, columns);
  for (const heavy of HEAVY) {
    if (block.bytes.length <= room || !heavy.some((name) => columns.some((at) => header[at] === name))) continue;
    columns = columns.filter((at) => !heavy.includes(header[at] ?? ""));
    block = maker.block(cells, header.length, chosen, columns);
  }
  let others = musts.length - musts.filter(Boolean).length;
  while (block.bytes.length > room && others > 0) {
    // The bytes grow less than the rows do, so aim a little lower; a handful of rows is not worth a further try.
    others = Math.floor(others * Math.min(0.9, (Math.max(room, 0) / block.bytes.length) * 0.95));
    if (others < 50) others = 0;
    chosen = nearest(candidates, others);
    block = maker.block(cells, header.length, chosen, columns);
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
