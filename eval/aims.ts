import type { Hits, Measures, Share } from "./measure.ts";

/** A ratio, or undefined where there was nothing to get right. */
const ratio = (right: number, of: number): number | undefined => (of === 0 ? undefined : right / of);

export const shareOf = (share: Share | undefined): number | undefined =>
  share === undefined ? undefined : ratio(share.right, share.of);

/** Of what was flagged, how much was the intruder's. */
export const precision = (hits: Hits | undefined): number | undefined =>
  hits === undefined ? undefined : ratio(hits.tp, hits.tp + hits.fp);

/** Of what was the intruder's, how much was flagged. */
export const recall = (hits: Hits | undefined): number | undefined =>
  hits === undefined ? undefined : ratio(hits.tp, hits.tp + hits.fn);

export interface Aim {
  readonly name: string;
  readonly least: number;
  /** Undefined where it could not be measured. */
  readonly value: number | undefined;
  readonly met: boolean;
}

/** The aims, held against a report set. What cannot be measured is missed: a table gone is no success. */
export function aims(report: Measures): Aim[] {
  const wanted: readonly (readonly [name: string, least: number, value: number | undefined])[] = [
    ["precision of addresses", 0.95, precision(report.addresses)],
    ["recall of addresses", 0.95, recall(report.addresses)],
    ["clean mailboxes without an incident", 0.95, shareOf(report.quiet)],
    ["attacked mailboxes with an incident", 1, shareOf(report.found)],
    ["reads right where confidence is high", 0.97, shareOf(report.reads.high)],
  ];
  return wanted.map(([name, least, value]) => ({ name, least, value, met: value !== undefined && value >= least }));
}
