import type { JoinedCase } from "../joins/joined-case.ts";
import { untimedAddresses } from "../joins/untimed-addresses.ts";
import type { Severity } from "../model/finding.ts";
import type { Manifest } from "../model/manifest.ts";
import type { OccurringNames } from "./asked-names.ts";
import { newOccurringNames, noteNames } from "./asked-names.ts";

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
  /** Those of them that did so only at times that cannot be read: ip-scores.tsv does not have them. */
  readonly untimedAddresses: number;
  /** Stretches without any row, as coverage.tsv lists them. */
  readonly gaps: number;
  /** How many findings have which severity; empty where nothing was scored. */
  readonly findings: Readonly<Partial<Record<Severity, number>>>;
  readonly totals: Manifest["totals"];
  readonly warnings: readonly string[];
}

/** What one mailbox has for the closing words. */
export interface MailboxNotes {
  readonly mailbox: string;
  /** Addresses that logged on successfully; apart from them those that no row with a readable time carries. */
  readonly addresses: readonly string[];
  readonly untimed: readonly string[];
  readonly gaps: number;
  /** The first and the last row that tables print; undefined where there is none with a readable time. */
  readonly first: { readonly ticks: number; readonly time: string } | undefined;
  readonly last: { readonly ticks: number; readonly time: string } | undefined;
  readonly names: OccurringNames;
}

/** What is gathered mailbox by mailbox. */
export interface SummaryNotes {
  readonly mailboxes: string[];
  readonly addresses: Set<string>;
  readonly untimed: Set<string>;
  gaps: number;
  first: { readonly ticks: number; readonly time: string };
  last: { readonly ticks: number; readonly time: string };
  readonly names: OccurringNames;
}

export function newSummaryNotes(): SummaryNotes {
  return {
    mailboxes: [],
    addresses: new Set(),
    untimed: new Set(),
    gaps: 0,
    first: { ticks: Infinity, time: "" },
    last: { ticks: -Infinity, time: "" },
    names: newOccurringNames(),
  };
}

/** What a mailbox has for the closing words. */
export function mailboxNotes(joined: JoinedCase): MailboxNotes {
  const { mailboxCase, order, silences, logons } = joined;
  const { ticks } = mailboxCase.rows;
  const { addresses: withoutTime } = untimedAddresses(joined);
  const addresses = new Set<string>();
  const untimed = new Set<string>();
  for (const { successful, address } of logons) {
    if (successful && address !== "") (withoutTime.has(address) ? untimed : addresses).add(address);
  }
  const names = newOccurringNames();
  noteNames(names, mailboxCase);
  const isTimed = (row: number) => !Number.isNaN(ticks[row]);
  const momentOf = (row: number | undefined) =>
    row === undefined ? undefined : { ticks: ticks[row] as number, time: joined.recordOf(row).timeStamp };
  return {
    mailbox: mailboxCase.mailbox,
    addresses: [...addresses],
    untimed: [...untimed],
    gaps: silences.length,
    first: momentOf(order.find(isTimed)),
    last: momentOf(order.findLast(isTimed)),
    names,
  };
}

/** Takes one mailbox into the notes. */
export function addNotes(notes: SummaryNotes, of: MailboxNotes): void {
  const { mailbox, addresses, untimed, gaps, first, last, names } = of;
  notes.mailboxes.push(mailbox);
  notes.gaps += gaps;
  for (const address of addresses) notes.addresses.add(address);
  for (const address of untimed) notes.untimed.add(address);
  for (const name of names.types) notes.names.types.add(name);
  for (const name of names.apps) notes.names.apps.add(name);
  if (first !== undefined && first.ticks < notes.first.ticks) notes.first = first;
  if (last !== undefined && last.ticks > notes.last.ticks) notes.last = last;
}

const SEVERITIES: readonly Severity[] = ["critical", "high", "medium", "low"];

/** @param severities of the findings, one each. */
export function summaryOf(
  bundle: string,
  manifest: Manifest,
  notes: SummaryNotes,
  severities: readonly Severity[],
): RunSummary {
  // What has no readable time in one mailbox may have one in another.
  const untimed = [...notes.untimed].filter((address) => !notes.addresses.has(address)).length;
  const count = (severity: Severity) => severities.filter((one) => one === severity).length;
  return {
    bundle,
    tables: Object.fromEntries(manifest.outputs.map(({ path, rows }) => [path, rows])),
    mailboxes: notes.mailboxes,
    firstTime: notes.first.time,
    lastTime: notes.last.time,
    addresses: notes.addresses.size + untimed,
    untimedAddresses: untimed,
    gaps: notes.gaps,
    findings: Object.fromEntries(SEVERITIES.map((one) => [one, count(one)]).filter(([, found]) => found !== 0)),
    totals: manifest.totals,
    warnings: manifest.warnings,
  };
}
