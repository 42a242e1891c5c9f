/** One line of the table. Rows are rows of the case; a time that no row has is given as text. */
export interface CoverageLine {
  readonly from: number;
  readonly to: number | string;
  readonly kind: "logged" | "gap" | "throttled" | "synced" | "filtered";
  readonly detail: string;
  /** The row that shows it; the first one where it is left out. */
  readonly source?: number;
}

export type SayCoverage = (line: CoverageLine) => void;

/** The rows of one kind of evidence in order, the first of them, and the last whose time can be read. */
export interface Part {
  readonly rows: Uint32Array;
  readonly first: number;
  readonly last: number;
}

export function plural(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? "" : "s"}`;
}
