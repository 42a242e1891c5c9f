import { ownText } from "../joins/own-text.ts";

/** A stretch of an input that is no record. */
export interface Reject {
  readonly number: number;
  readonly start: number;
  readonly length: number;
  readonly reason: string;
}

/** How often something occurred, and where first. */
export interface RowSample {
  count: number;
  readonly rows: number[];
}

const SAMPLE = 5;

export function newRowSample(): RowSample {
  return { count: 0, rows: [] };
}

/** Counts an occurrence at a 1-based row, the first of which are remembered. */
export function noteRow(sample: RowSample, row: number): void {
  if (sample.count++ < SAMPLE) sample.rows.push(row);
}

/** The earliest and latest record of an input, as far as it is known. */
export interface Extent {
  readonly firstTicks: number;
  readonly lastTicks: number;
  /** TimeStamps, verbatim. */
  readonly firstTime: string;
  readonly lastTime: string;
}

export const NO_EXTENT: Extent = { firstTicks: Infinity, lastTicks: -Infinity, firstTime: "", lastTime: "" };

/** An extent with one more record in it; a time that cannot be read changes nothing. */
export function widened(extent: Extent, ticks: number, time: string): Extent {
  const isFirst = ticks < extent.firstTicks;
  const isLast = ticks >= extent.lastTicks;
  if (!isFirst && !isLast) return extent;
  const own = ownText(time);
  return {
    firstTicks: isFirst ? ticks : extent.firstTicks,
    firstTime: isFirst ? own : extent.firstTime,
    lastTicks: isLast ? ticks : extent.lastTicks,
    lastTime: isLast ? own : extent.lastTime,
  };
}
