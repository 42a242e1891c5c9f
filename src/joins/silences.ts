import { TICKS_PER_SECOND } from "../ingest/timestamp.ts";
import type { Rows } from "./rows.ts";

/** A weekend passes without a silence; a working mailbox that logs nothing for longer has one. Our choice. */
const SILENCE = 72 * 3600 * TICKS_PER_SECOND;

/** The rows between which the log says nothing for longer than a working mailbox would. */
export interface Silence {
  readonly before: number;
  readonly after: number;
}

/**
 * Finds the long silences of a log.
 *
 * @param order every row that was logged, filtered ones included, in time order.
 */
export function silencesOf(rows: Rows, order: Uint32Array): readonly Silence[] {
  const silences: Silence[] = [];
  let before = order[0];
  for (const after of order) {
    if (before === undefined || Number.isNaN(rows.ticks[after])) break;
    if ((rows.ticks[after] as number) - (rows.ticks[before] as number) > SILENCE) silences.push({ before, after });
    before = after;
  }
  return silences;
}
