import type { Aim } from "./aims.ts";
import { precision, recall, shareOf } from "./aims.ts";
import type { LabelledMailbox } from "./labelled.ts";
import type { Measures, Miss, Share } from "./measure.ts";
import { CONFIDENCES } from "./measure.ts";

/** One line of the tables: which mailboxes, and their counts. */
export interface Group {
  readonly set: string;
  readonly generator: string;
  readonly measures: Measures;
}

const percent = (value: number | undefined): string => (value === undefined ? "n/a" : `${(value * 100).toFixed(1)} %`);

const withCount = (share: Share | undefined): string =>
  share === undefined ? "n/a" : share.of === 0 ? "-" : `${percent(shareOf(share))} of ${share.of}`;

/** Columns as wide as they need to be, the first two to the left and the others to the right. */
function aligned(lines: readonly (readonly string[])[]): string {
  const widths = (lines[0] ?? []).map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  return lines
    .map((line) =>
      line.map((cell, at) => (at < 2 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0))).join("  "),
    )
    .join("\n");
}

/** What was found: addresses, searches, incidents. */
export function findingsTable(groups: readonly Group[]): string {
  const header = [
    "set",
    "generator",
    "mailboxes",
    "rows",
    "address prec.",
    "recall",
    "search prec.",
    "recall",
    "clean, no incident",
    "attacked, incident",
  ];
  return aligned([
    header,
    ...groups.map(({ set, generator, measures: { mailboxes, rows, addresses, searches, quiet, found } }) => [
      set,
      generator,
      String(mailboxes),
      String(rows),
      percent(precision(addresses)),
      percent(recall(addresses)),
      percent(precision(searches)),
      percent(recall(searches)),
      withCount(quiet),
      withCount(found),
    ]),
  ]);
}

/** Reads given the right address: by each method, then by what Attributed IP says of itself. */
export function readsTable(groups: readonly Group[]): string {
  const header = ["set", "generator", "reads", "v1", "Last Login IP", "Attributed IP", ...CONFIDENCES];
  return aligned([
    header,
    ...groups.map(({ set, generator, measures: { reads } }) => [
      set,
      generator,
      String(reads.attributed.of),
      percent(shareOf(reads.v1)),
      percent(shareOf(reads.last)),
      percent(shareOf(reads.attributed)),
      ...CONFIDENCES.map((confidence) => withCount(reads[confidence])),
    ]),
  ]);
}

/** The aims, one a line. */
export function aimsText(aims: readonly Aim[]): string {
  return aims
    .map(
      ({ name, least, value, met }) =>
        `${met ? "met   " : "MISSED"}  ${name}: ${percent(value)}, aim ${percent(least)}`,
    )
    .join("\n");
}

/** What was judged wrongly in one mailbox. */
export function missesText(mailbox: LabelledMailbox, misses: readonly Miss[]): string {
  return [
    `${mailbox.seed} (${mailbox.scenario})`,
    ...misses.map(
      ({ kind, wrong, what, truth, score, reasons }) =>
        `  ${kind} ${wrong}: ${what} [${truth}] score ${score === "" ? "-" : score}${reasons === "" ? "" : `: ${reasons}`}`,
    ),
  ].join("\n");
}
