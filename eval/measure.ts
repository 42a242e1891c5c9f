import type { MailboxRow } from "../samples/generator/rows.ts";
import { canonical } from "./labelled.ts";
import type { LabelledMailbox } from "./labelled.ts";
import { magicUnicornAddresses } from "./magic-unicorn.ts";
import type { Bundle, TableRow } from "./tables.ts";

/** True and false positives and false negatives. */
export interface Hits {
  tp: number;
  fp: number;
  fn: number;
}

/** How many of `of` came out right. */
export interface Share {
  right: number;
  of: number;
}

/** Counts of one mailbox or of many. Undefined: no bundle had the table. */
export interface Measures {
  mailboxes: number;
  rows: number;
  addresses: Hits | undefined;
  searches: Hits | undefined;
  /** Clean mailboxes without an incident. */
  quiet: Share | undefined;
  /** Attacked mailboxes with an incident. */
  found: Share | undefined;
  /** Rows of reads given the right address, by who says so. */
  reads: Readonly<Record<ReadMethod, Share>>;
}

export type ReadMethod = "v1" | "last" | "attributed" | Confidence;
type Confidence = (typeof CONFIDENCES)[number];
export const CONFIDENCES = ["high", "medium", "low", "none"] as const;

/** Something that was judged wrongly. */
export interface Miss {
  readonly kind: "address" | "search" | "incident";
  readonly wrong: "false positive" | "false negative";
  /** The address, the query or the mailbox. */
  readonly what: string;
  /** Whose it was, where that explains the miss. */
  readonly truth: string;
  readonly score: string;
  readonly reasons: string;
}

export interface Judged {
  readonly measures: Measures;
  readonly misses: readonly Miss[];
}

const share = (): Share => ({ right: 0, of: 0 });

/** Counts of nothing. */
export function noMeasures(): Measures {
  const reads = {
    v1: share(),
    last: share(),
    attributed: share(),
    high: share(),
    medium: share(),
    low: share(),
    none: share(),
  };
  return {
    mailboxes: 0,
    rows: 0,
    addresses: undefined,
    searches: undefined,
    quiet: undefined,
    found: undefined,
    reads,
  };
}

function count(hits: Hits, positive: boolean, flagged: boolean): void {
  if (positive && flagged) hits.tp += 1;
  else if (flagged) hits.fp += 1;
  else if (positive) hits.fn += 1;
}

const wrongly = (flagged: boolean): Miss["wrong"] => (flagged ? "false positive" : "false negative");

/** A table that has the column but nothing in it is one that nobody scores yet. */
const scored = (table: readonly TableRow[] | undefined): table is readonly TableRow[] =>
  table !== undefined && (table.length === 0 || table.some((row) => (row["Severity"] ?? "") !== ""));

function judgeAddresses({ truth }: LabelledMailbox, table: readonly TableRow[], misses: Miss[]): Hits {
  const hits: Hits = { tp: 0, fp: 0, fn: 0 };
  const listed = new Map(table.map((row) => [canonical(row["IP"] ?? ""), row]));
  for (const address of new Set([...listed.keys(), ...truth.entered])) {
    if (address === "") continue;
    const row = listed.get(address);
    const positive = truth.entered.has(address);
    const flagged = ["high", "critical"].includes(row?.["Severity"] ?? "");
    count(hits, positive, flagged);
    if (positive === flagged) continue;
    const whose = truth.failedOnly.has(address) ? "failed only" : truth.owner.has(address) ? "owner" : "intruder";
    misses.push({
      kind: "address",
      wrong: wrongly(flagged),
      what: address,
      truth: whose,
      score: row?.["Score"] ?? "not listed",
      reasons: row?.["Reasons"] ?? "",
    });
  }
  return hits;
}

/** The row of the export that a table's row is from. */
const rowOf = (mailbox: LabelledMailbox, row: TableRow): MailboxRow | undefined =>
  mailbox.rows[Number(row["Source Row"]) - 1];

function judgeSearches(mailbox: LabelledMailbox, table: readonly TableRow[], misses: Miss[]): Hits {
  const hits: Hits = { tp: 0, fp: 0, fn: 0 };
  for (const row of table) {
    const positive = rowOf(mailbox, row)?.actor === "intruder";
    const flagged = ["medium", "high", "critical"].includes(row["Severity"] ?? "");
    count(hits, positive, flagged);
    if (positive === flagged) continue;
    misses.push({
      kind: "search",
      wrong: wrongly(flagged),
      what: row["Query"] ?? "",
      truth: `${row["First Time"]} ${row["Attributed IP"]} (${row["Confidence"]})`,
      score: row["Score"] ?? "",
      reasons: row["Reasons"] ?? "",
    });
  }
  return hits;
}

function judgeReads(mailbox: LabelledMailbox, table: readonly TableRow[], reads: Measures["reads"]): void {
  const v1 = magicUnicornAddresses(mailbox.rows);
  for (const row of table) {
    const address = rowOf(mailbox, row)?.address;
    if (address === undefined) continue;
    const right = (method: ReadMethod, said: string): void => {
      reads[method].of += 1;
      if (canonical(said) === canonical(address)) reads[method].right += 1;
    };
    right("v1", v1[Number(row["Source Row"]) - 1] ?? "");
    right("last", row["Last Login IP"] ?? "");
    const attributed = row["Attributed IP"] ?? "";
    right("attributed", attributed);
    right(CONFIDENCES.find((confidence) => confidence === row["Confidence"]) ?? "none", attributed);
  }
}

/** Compares a bundle with the truth. */
export function judge(mailbox: LabelledMailbox, bundle: Bundle): Judged {
  const misses: Miss[] = [];
  const measures = noMeasures();
  measures.mailboxes = 1;
  measures.rows = mailbox.rows.length;
  if (scored(bundle.addresses)) measures.addresses = judgeAddresses(mailbox, bundle.addresses, misses);
  if (scored(bundle.searches)) measures.searches = judgeSearches(mailbox, bundle.searches, misses);
  if (bundle.findings !== undefined) {
    const incident = bundle.findings.find(({ ruleId, entity }) => ruleId === "incident" && entity.type === "mailbox");
    const { attacked } = mailbox.truth;
    const right = attacked === (incident !== undefined);
    measures[attacked ? "found" : "quiet"] = { right: right ? 1 : 0, of: 1 };
    if (!right) {
      misses.push({
        kind: "incident",
        wrong: wrongly(incident !== undefined),
        what: mailbox.user,
        truth: attacked ? "attacked" : "clean",
        score: String(incident?.score ?? ""),
        reasons: incident?.reasons.map(({ text, points }) => `${text} (${points})`).join("; ") ?? "",
      });
    }
  }
  if (bundle.reads !== undefined) judgeReads(mailbox, bundle.reads, measures.reads);
  return { measures, misses };
}

const addHits = (a: Hits | undefined, b: Hits | undefined): Hits | undefined =>
  a === undefined || b === undefined ? (a ?? b) : { tp: a.tp + b.tp, fp: a.fp + b.fp, fn: a.fn + b.fn };

const addShares = (a: Share | undefined, b: Share | undefined): Share | undefined =>
  a === undefined || b === undefined ? (a ?? b) : { right: a.right + b.right, of: a.of + b.of };

/** Counts of many together. */
export function sum(all: readonly Measures[]): Measures {
  const total = noMeasures();
  for (const one of all) {
    total.mailboxes += one.mailboxes;
    total.rows += one.rows;
    total.addresses = addHits(total.addresses, one.addresses);
    total.searches = addHits(total.searches, one.searches);
    total.quiet = addShares(total.quiet, one.quiet);
    total.found = addShares(total.found, one.found);
    for (const [method, { right, of }] of Object.entries(one.reads)) {
      const into = total.reads[method as ReadMethod];
      into.right += right;
      into.of += of;
    }
  }
  return total;
}
