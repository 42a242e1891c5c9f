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
