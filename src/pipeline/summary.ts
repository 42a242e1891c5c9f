import type { JoinedCase } from "../joins/joined-case.ts";
import type { Severity } from "../model/finding.ts";
import type { Manifest } from "../model/manifest.ts";

/** What a run found, for the closing words and for `--json`. */
export interface RunSummary {
  /** The bundle's folder as the user named it. */
  readonly bundle: string;
  /** Data rows by file name, in the manifest's order. */
  readonly tables: Readonly<Record<string, number>>;
  readonly mailboxes: readonly string[];
  /** TimeStamps of the earliest and latest row, verbatim; empty where there are none. */
  readonly firstTime: string;
  readonly lastTime: string;
  /** Different addresses that logged on successfully, over all mailboxes. */
  readonly addresses: number;
  /** Stretches without any row, as coverage.tsv lists them. */
  readonly gaps: number;
  /** How many findings have which severity; empty where nothing was scored. */
  readonly findings: Readonly<Partial<Record<Severity, number>>>;
  readonly totals: Manifest["totals"];
  readonly warnings: readonly string[];
}

/** What is gathered mailbox by mailbox. */
export interface SummaryNotes {
  readonly mailboxes: string[];
  readonly addresses: Set<string>;
  gaps: number;
  first: { ticks: number; time: string };
  last: { ticks: number; time: string };
}

export function newSummaryNotes(): SummaryNotes {
  return {
    mailboxes: [],
    addresses: new Set(),
    gaps: 0,
    first: { ticks: Infinity, time: "" },
    last: { ticks: -Infinity, time: "" },
  };
}

/** Takes one mailbox into the notes. */
export function noteMailbox(notes: SummaryNotes, joined: JoinedCase): void {
  const { mailboxCase, order, silences } = joined;
  const { ticks } = mailboxCase.rows;
  notes.mailboxes.push(mailboxCase.mailbox);
  notes.gaps += silences.length;
  for (const logon of mailboxCase.logons) {
    if (logon.successful && logon.address !== "") notes.addresses.add(logon.address);
  }
  const first = order[0];
  const last = order.findLast((row) => !Number.isNaN(ticks[row]));
  if (first === undefined || last === undefined) return;
  const [firstTicks, lastTicks] = [ticks[first] as number, ticks[last] as number];
  if (firstTicks < notes.first.ticks) notes.first = { ticks: firstTicks, time: joined.recordOf(first).timeStamp };
  if (lastTicks > notes.last.ticks) notes.last = { ticks: lastTicks, time: joined.recordOf(last).timeStamp };
}

const SEVERITIES: readonly Severity[] = ["critical", "high", "medium", "low"];

/** @param severities of the findings, one each. */
export function summaryOf(
  bundle: string,
  manifest: Manifest,
  notes: SummaryNotes,
  severities: readonly Severity[],
): RunSummary {
  const count = (severity: Severity) => severities.filter((one) => one === severity).length;
  return {
    bundle,
    tables: Object.fromEntries(manifest.outputs.map(({ path, rows }) => [path, rows])),
    mailboxes: notes.mailboxes,
    firstTime: notes.first.time,
    lastTime: notes.last.time,
    addresses: notes.addresses.size,
    gaps: notes.gaps,
    findings: Object.fromEntries(SEVERITIES.map((one) => [one, count(one)]).filter(([, found]) => found !== 0)),
    totals: manifest.totals,
    warnings: manifest.warnings,
  };
}
