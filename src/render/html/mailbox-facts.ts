import type { BundleFacts, EvidenceKind } from "./bundle-facts.ts";
import type { Findings, ReportedFinding } from "./findings.ts";
import type { StretchBook } from "./sessions.ts";
import { newStretchBook } from "./sessions.ts";
import type { WindowFacts } from "./windows.ts";
import { compareText } from "./words.ts";

/** A line of ip-scores.tsv. */
export interface AddressFacts {
  readonly address: string;
  readonly score: number;
  readonly severity: string;
  readonly reasons: string;
  readonly country: string;
  readonly city: string;
  readonly organization: string;
  readonly first: string;
  readonly last: string;
  readonly logons: number;
  readonly failed: number;
  readonly reads: number;
  readonly searches: number;
  readonly attachments: number;
  /** Rows of any kind that are attributed to it, logons left out. */
  readonly rows: number;
  readonly apps: string;
}

/** A line of searches.tsv that is told in full. */
export interface SearchFacts {
  readonly number: string;
  readonly query: string;
  readonly first: string;
  readonly firstRun: string;
  readonly keystrokes: number;
  readonly runs: number;
  readonly platform: string;
  readonly address: string;
  readonly confidence: string;
  readonly score: number;
  readonly severity: string;
  readonly reasons: string;
  readonly suspicious: boolean;
  /** What stood in the search box, key by key; from search-activity.tsv. */
  readonly typed: string[];
}

/** A line of exposure.tsv that is told in full. */
export interface ExposedFacts {
  readonly subject: string;
  readonly from: string;
  readonly received: string;
  readonly id: string;
  readonly access: string;
  readonly first: string;
  readonly last: string;
  readonly accesses: string;
  readonly dwell: string;
  readonly addresses: string;
  /** How sure the surest access from each of the addresses is attributed, in their order. */
  readonly confidences: string;
  readonly reasons: string;
}

export interface CoverageFacts {
  readonly from: string;
  readonly to: string;
  readonly kind: string;
  readonly detail: string;
}

/** What the tables say of one mailbox, as far as the pictures and the sentences need it. */
export interface MailboxFacts {
  /** What it goes by, and what the page calls it. */
  readonly name: string;
  readonly label: string;
  readonly bundle: BundleFacts;
  /** The kinds of the inputs that findings and coverage name: a filter keeps none of them out. */
  readonly logs: Set<Exclude<EvidenceKind, "both">>;
  /** Whether the page tells of it in full; of others it has what a line of a list says. */
  told: boolean;
  readonly findings: ReportedFinding[];
  /** Findings about several mailboxes that name it, the highest score first. */
  across: readonly ReportedFinding[];
  readonly addresses: AddressFacts[];
  /** Addresses that score high or critical, and those that score medium. */
  readonly suspicious: Set<string>;
  readonly review: Set<string>;
  readonly deeds: StretchBook;
  /** Rows by day (days since 1970) and client type, deliveries left out. */
  readonly clients: Map<number, Map<string, number>>;
  readonly searches: SearchFacts[];
  searchCount: number;
  suspiciousSearches: number;
  /** Those of them that are attributed with low confidence. */
  unsureSearches: number;
  /** Messages accessed from a suspicious address, and those of them that were with low confidence only. */
  readonly exposed: ExposedFacts[];
  readonly doubted: ExposedFacts[];
  /** Messages in all; accessed from a suspicious address; only copied by one. */
  exposedCount: number;
  direct: number;
  /** Accessed from there with low confidence only. */
  unsure: number;
  /** Not accessed one by one: copied by a mail program that logged on from there, or with a folder that was
   * synchronised from there. */
  copied: number;
  folderCopied: number;
  /** Come to by an application that scores high, and from no suspicious address. */
  byApplication: number;
  /** Suspicious addresses from which folders were synchronised. */
  readonly synchronisers: Set<string>;
  /** The folders that were synchronised from there, of very many the first. */
  readonly folders: Set<string>;
  readonly coverage: CoverageFacts[];
  /** In how many windows of mailbox-access.tsv it is named, and the one of them that scores highest. */
  windows: number;
  window: WindowFacts | undefined;
  /** Rows of the timeline, those of audit logs among them, and those of suspicious addresses. */
  rows: number;
  auditRows: number;
  suspiciousRows: number;
  firstTime: number;
  lastTime: number;
  /** Whether some rows have times without seconds. */
  minutes: boolean;
  /** How many suspicious addresses got in; known where the mailbox is not told in full, too. */
  entered: number;
  /** Rows whose time cannot be read, which no picture shows. */
  timeless: number;
}

/** More searches, keystrokes of one search, or messages of one list than these are only in the tables. */
export const MOST_SEARCHES = 300;
export const MOST_KEYSTROKES = 80;
export const MOST_EXPOSED = 200;
export const MOST_FOLDERS = 50;

/** A mailbox of which nothing is known yet. */
export function newMailbox(name: string, label: string, bundle: BundleFacts): MailboxFacts {
  return {
    name,
    label,
    bundle,
    logs: new Set(),
    told: true,
    findings: [],
    across: [],
    addresses: [],
    suspicious: new Set(),
    review: new Set(),
    deeds: newStretchBook(["logons", "failed", "reads", "searches", "attachments", "messages", "others"]),
    clients: new Map(),
    searches: [],
    searchCount: 0,
    suspiciousSearches: 0,
    unsureSearches: 0,
    exposed: [],
    doubted: [],
    exposedCount: 0,
    direct: 0,
    unsure: 0,
    copied: 0,
    folderCopied: 0,
    byApplication: 0,
    synchronisers: new Set(),
    folders: new Set(),
    coverage: [],
    windows: 0,
    window: undefined,
    rows: 0,
    auditRows: 0,
    suspiciousRows: 0,
    firstTime: Infinity,
    lastTime: -Infinity,
    minutes: false,
    entered: 0,
    timeless: 0,
  };
}

/** The finding that says that the mailbox was entered, if there is one. */
export function incidentOf({ findings }: MailboxFacts): ReportedFinding | undefined {
  return findings.find(({ ruleId }) => ruleId === "incident");
}

/** Whether an incident says so of a Sync in the context of somebody who scores high, by the words of its reasons. */
export function isWholeCopied({ reasons }: ReportedFinding): boolean {
  return reasons.some(({ text }) => text.includes("so that the whole mailbox is to be taken for copied"));
}

/**
 * The suspicious addresses that got in, and those that only tried; the worst first. Who is said to have been in is the
 * same as in the finding `incident`: who logged on, or of whom there is any other record than of failed attempts.
 */
export function intruders(facts: MailboxFacts): { readonly entered: AddressFacts[]; readonly tried: AddressFacts[] } {
  const all = facts.addresses.filter(({ address }) => facts.suspicious.has(address)).sort((a, b) => b.score - a.score);
  const did = ({ logons, rows }: AddressFacts) => logons + rows > 0;
  return { entered: all.filter(did), tried: all.filter((address) => !did(address)) };
}

/** Of what kinds a mailbox's evidence is, whatever a filter leaves of it in the tables. */
export function evidenceKind({ rows, auditRows, logs, bundle, name }: MailboxFacts): EvidenceKind {
  const isExported = rows > auditRows || logs.has("activities");
  if (auditRows === 0 && !logs.has("audit")) return isExported ? "activities" : bundle.kindOf(name);
  return isExported ? "both" : "audit";
}

/** What is said of a mailbox in one word. */
export type Verdict = "entered" | "unclear" | "clear" | "not-assessed";

/** Severities from which a window with the mailbox in it asks for a look. */
const LOOK: ReadonlySet<string> = new Set(["medium", "high", "critical"]);

/** Whether an application read the mailbox among many others, and that scores. */
export function isInWindow({ window }: MailboxFacts): boolean {
  return window !== undefined && LOOK.has(window.severity);
}

/**
 * The word for a mailbox: its own findings say it, or one about several mailboxes that names it, or that an application
 * read it among many others.
 */
export function verdictOf(facts: MailboxFacts, findings: Findings | undefined): Verdict {
  if (findings === undefined) return "not-assessed";
  if (incidentOf(facts) !== undefined) return "entered";
  return facts.findings.length + facts.across.length > 0 || isInWindow(facts) ? "unclear" : "clear";
}

const ENTERED_FIRST: readonly Verdict[] = ["entered", "unclear", "not-assessed", "clear"];

/** The worst mailbox first; equal ones by name. */
export function worstFirst(mailboxes: Iterable<MailboxFacts>, findings: Findings | undefined): MailboxFacts[] {
  const rank = (facts: MailboxFacts) => ENTERED_FIRST.indexOf(verdictOf(facts, findings));
  const score = ({ findings: own }: MailboxFacts) => own[0]?.score ?? 0;
  const ranked = [...mailboxes].map((facts) => ({ facts, rank: rank(facts), score: score(facts) }));
  ranked.sort(
    (a, b) =>
      a.rank - b.rank ||
      b.score - a.score ||
      (b.facts.across[0]?.score ?? 0) - (a.facts.across[0]?.score ?? 0) ||
      (b.facts.window?.score ?? 0) - (a.facts.window?.score ?? 0) ||
      compareText(a.facts.label, b.facts.label),
  );
  return ranked.map(({ facts }) => facts);
}
