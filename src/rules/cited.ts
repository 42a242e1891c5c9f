/** A run of rows that speaks of each of many entities is cited whole up to so many: as many as findings.tsv lists. */
const MOST_CITED = 25;

/** The rows by which a run is cited, and what a reason says of them behind its own words; empty where those are all. */
export interface Cited {
  readonly rows: readonly number[];
  readonly words: string;
}

/**
 * Cites a run of rows for one of the many entities that it speaks of: all of it, and of a longer one the first row, the
 * entity's own and the last. All rows for all entities would be as many as their number squared.
 *
 * @param rows in order; the run is those from `from` up to `to`.
 * @param own the rows of the run that are the entity's, in order.
 */
export function citedRun(rows: readonly number[], from: number, to: number, own: readonly number[]): Cited {
  const count = to - from;
  if (count <= MOST_CITED) return { rows: rows.slice(from, to), words: "" };
  const cited = [...new Set([rows[from] as number, ...own, rows[to - 1] as number])];
  const which = own.length === 0 ? "the first and the last" : "the first, the last and its own";
  return { rows: cited, words: cited.length === count ? "" : `; of ${count} rows ${which} are cited` };
}
