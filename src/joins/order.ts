import { partitionPoint } from "../model/partition-point.ts";
import type { Rows } from "./rows.ts";

/** A place in the order of a log: a time in ticks, NaN where it cannot be read, and the row that breaks ties. */
interface Moment {
  readonly ticks: number;
  readonly row: number;
}

/** Before or after in time; what has no readable time comes last, and equal times keep the order of the source. */
export function compareMoments(a: Moment, b: Moment): number {
  if (a.ticks < b.ticks) return -1;
  if (a.ticks > b.ticks) return 1;
  const unreadable = Number(Number.isNaN(a.ticks)) - Number(Number.isNaN(b.ticks));
  return unreadable || a.row - b.row;
}

/** The order of two rows by their numbers. */
export function compareRows({ ticks }: Rows, a: number, b: number): number {
  return compareMoments({ ticks: ticks[a] as number, row: a }, { ticks: ticks[b] as number, row: b });
}

/**
 * The rows in their order: by time, then by source.
 *
 * @param left rows to leave out (duplicates).
 * @param withHidden take the filtered rows too, which tables do not print.
 */
export function rowOrder(rows: Rows, left: ReadonlySet<number>, withHidden: boolean): Uint32Array {
  const order = new Uint32Array(rows.count);
  let count = 0;
  let sorted = true;
  let last = -Infinity;
  for (let row = 0; row < rows.count; row++) {
    if ((rows.hidden[row] === 1 && !withHidden) || left.has(row)) continue;
    order[count++] = row;
    const ticks = rows.ticks[row] as number;
    if (!(ticks >= last)) sorted = false;
    last = ticks;
  }
  const visible = order.subarray(0, count);
  return sorted ? visible : visible.sort((a, b) => compareRows(rows, a, b));
}

/** Index of the first of `count` ascending times at or after a time; `count` where all come before it. */
export function firstAtOrAfter(count: number, ticksAt: (at: number) => number, since: number): number {
  return partitionPoint(count, (at) => ticksAt(at) < since);
}
