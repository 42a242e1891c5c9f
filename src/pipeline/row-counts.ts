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

/** Adds the occurrences in what stands behind `rows` rows. */
export function addSample(sample: RowSample, later: RowSample, rows: number): void {
  for (const row of later.rows) if (sample.rows.length < SAMPLE) sample.rows.push(rows + row);
  sample.count += later.count;
}

/** An extent with that of later records in it; a time that cannot be read changes nothing. */
export function widened(extent: Extent, later: Extent): Extent {
  const first = later.firstTicks < extent.firstTicks ? later : extent;
  const last = later.lastTicks >= extent.lastTicks ? later : extent;
  const { firstTicks, firstTime } = first;
  const { lastTicks, lastTime } = last;
  return { firstTicks, firstTime, lastTicks, lastTime };
}
