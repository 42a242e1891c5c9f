import type { Findings, ReportedFinding } from "./findings.ts";
import { mailboxOf } from "./findings.ts";
import type { StretchBook } from "./sessions.ts";
import { newStretchBook } from "./sessions.ts";
import { kept, millisecondsOf } from "./words.ts";

/** A row of a table, cell by column name; empty where the table has no such column. */
export type RowOf = (column: string) => string;

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
  readonly name: string;
  readonly findings: ReportedFinding[];
  readonly addresses: AddressFacts[];
  /** Addresses that score high or critical, and those that score medium. */
  readonly suspicious: Set<string>;
  readonly review: Set<string>;
  readonly logons: StretchBook;
  readonly deeds: StretchBook;
  /** Rows by day (days since 1970) and client type, deliveries left out. */
  readonly clients: Map<number, Map<string, number>>;
  readonly searches: SearchFacts[];
  searchCount: number;
  suspiciousSearches: number;
  readonly exposed: ExposedFacts[];
  /** Messages in all; accessed from a suspicious address; only copied by one. */
  exposedCount: number;
  direct: number;
  /** Accessed from there with low confidence only. */
  unsure: number;
  copied: number;
  readonly coverage: CoverageFacts[];
  /** Rows of the timeline, and those of suspicious addresses among them. */
  rows: number;
  suspiciousRows: number;
  firstTime: number;
  lastTime: number;
  /** Rows whose time cannot be read, which no picture shows. */
  timeless: number;
}

/** More searches, keystrokes of one search, or messages than these are only in the tables. */
export const MOST_SEARCHES = 300;
export const MOST_KEYSTROKES = 80;
export const MOST_EXPOSED = 200;

/** Clients that copy a mailbox. */
const COPYING: ReadonlySet<string> = new Set(["IMAP4", "IMAP", "POP3"]);

export interface CaseFacts {
  readonly mailboxes: Map<string, MailboxFacts>;
  /** What a table's rows are given to, by the table's name. */
  readonly takers: Readonly<Record<string, (row: RowOf) => void>>;
}

function newMailbox(name: string): MailboxFacts {
  return {
    name,
    findings: [],
    addresses: [],
    suspicious: new Set(),
    review: new Set(),
    logons: newStretchBook(),
    deeds: newStretchBook(),
    clients: new Map(),
    searches: [],
    searchCount: 0,
    suspiciousSearches: 0,
    exposed: [],
    exposedCount: 0,
    direct: 0,
    unsure: 0,
    copied: 0,
    coverage: [],
    rows: 0,
    suspiciousRows: 0,
    firstTime: Infinity,
    lastTime: -Infinity,
    timeless: 0,
  };
}

const DAY = 86_400_000;

function stampOf(row: RowOf): string {
  const time = row("Time");
  return time === "" ? row("Date") : `${row("Date")}T${time}`;
}

const addressesIn = (cell: string) => cell.split("; ").filter((address) => address !== "");

/**
 * Gathers the facts of every mailbox from the rows of the tables. ip-scores has to come before all other tables, and
 * searches before search-activity.
 */
export function newCaseFacts(mailboxNames: readonly string[], findings: Findings | undefined): CaseFacts {
  const mailboxes = new Map<string, MailboxFacts>();
  const of = (name: string): MailboxFacts => {
    let facts = mailboxes.get(name);
    if (facts === undefined) mailboxes.set(name, (facts = newMailbox(name)));
    return facts;
  };
  for (const name of mailboxNames) of(name);
  for (const finding of findings?.findings ?? []) of(mailboxOf(finding)).findings.push(finding);
  const told = new Map<string, SearchFacts>();
  const copiers = new Map<string, Set<string>>();
  let hasLogonTable = false;

  const takers: Record<string, (row: RowOf) => void> = {
    "ip-scores"(row) {
      const facts = of(row("Mailbox"));
      const address = kept(row("IP"));
      const severity = kept(row("Severity"));
      if (severity === "high" || severity === "critical") facts.suspicious.add(address);
      if (severity === "medium") facts.review.add(address);
      const apps = addressesIn(row("App Types"));
      const looked = Number(row("Reads")) + Number(row("Attachments"));
      // What a copying client does is in no record; an address that did nothing else came to no single message.
      if (looked === 0 && apps.some((app) => COPYING.has(app))) {
        const own = copiers.get(facts.name) ?? new Set();
        copiers.set(facts.name, own.add(address));
      }
      facts.addresses.push({
        address,
        score: Number(row("Score")),
        severity,
        reasons: kept(row("Reasons")),
        country: kept(row("Country")),
        city: kept(row("City")),
        organization: [row("ASN") === "" ? "" : `AS${row("ASN").replace(/^AS/, "")}`, row("AS Organization")]
          .join(" ")
          .trim(),
        first: row("First Seen"),
        last: row("Last Seen"),
        logons: Number(row("Logons")),
        failed: Number(row("Failed Logons")),
        reads: Number(row("Reads")),
        searches: Number(row("Searches")),
        attachments: Number(row("Attachments")),
        apps: row("App Types"),
      });
    },
    coverage(row) {
      of(row("Mailbox")).coverage.push({
        from: kept(row("From")),
        to: kept(row("To")),
        kind: kept(row("Kind")),
        detail: kept(row("Detail")),
      });
    },
    searches(row) {
      const facts = of(row("Mailbox"));
      const score = Number(row("Score"));
      const address = kept(row("Attributed IP"));
      const suspicious = facts.suspicious.has(address) || score >= 48;
      facts.searchCount++;
      if (suspicious) facts.suspiciousSearches++;
      if ((!suspicious && score < 22) || facts.searches.length >= MOST_SEARCHES) return;
      const search: SearchFacts = {
        number: kept(row("Search")),
        query: kept(row("Query")),
        first: row("First Time") === "" ? row("First Run") : kept(row("First Time")),
        firstRun: kept(row("First Run")),
        keystrokes: Number(row("Keystrokes")),
        runs: Number(row("Times Run")),
        platform: kept(row("Platform")),
        address,
        confidence: kept(row("Confidence")),
        score,
        severity: kept(row("Severity")),
        reasons: kept(row("Reasons")),
        suspicious,
        typed: [],
      };
      facts.searches.push(search);
      told.set(search.number, search);
    },
    "search-activity"(row) {
      const search = told.get(row("Search"));
      if (search === undefined || search.typed.length >= MOST_KEYSTROKES || row("Type") === "SearchResult") return;
      search.typed.push(kept(row("Query")));
    },
    "logon-activity"(row) {
      hasLogonTable = true;
      const time = millisecondsOf(stampOf(row));
      of(row("Mailbox")).logons.add(row("Source IP"), time, row("Result") === "Failure" ? "failed" : "logons");
    },
    timeline(row) {
      const facts = of(row("Mailbox"));
      const time = millisecondsOf(stampOf(row));
      const address = row("IP");
      facts.rows++;
      if (facts.suspicious.has(address)) facts.suspiciousRows++;
      if (Number.isNaN(time)) {
        facts.timeless++;
        return;
      }
      facts.firstTime = Math.min(facts.firstTime, time);
      facts.lastTime = Math.max(facts.lastTime, time);
      const kind = row("Kind");
      if (row("Type") === "MessageDelivered") return;
      const day = Math.floor(time / DAY);
      const clients = facts.clients.get(day) ?? new Map<string, number>();
      clients.set(row("Platform"), (clients.get(row("Platform")) ?? 0) + 1);
      facts.clients.set(day, clients);
      if (kind === "logon") {
        if (!hasLogonTable) facts.logons.add(address, time, "logons");
      } else if (kind === "read") facts.deeds.add(address, time, "reads");
      else if (kind === "search") facts.deeds.add(address, time, "searches");
      else if (kind === "attachment") facts.deeds.add(address, time, "attachments");
      else if (kind === "message") facts.deeds.add(address, time, "messages");
      else facts.deeds.add(address, time, "others");
    },
    exposure(row) {
      const facts = of(row("Mailbox"));
      facts.exposedCount++;
      if (row("Suspicious") !== "yes") return;
      const copies = copiers.get(facts.name);
      const confidences = addressesIn(row("Confidence"));
      const came = [...addressesIn(row("IPs")).entries()].filter(
        ([, address]) => facts.suspicious.has(address) && copies?.has(address) !== true,
      );
      if (came.length === 0) {
        facts.copied++;
        return;
      }
      // What may as well have been the owner's is told apart.
      if (came.every(([at]) => confidences[at] === "low")) facts.unsure++;
      else facts.direct++;
      if (facts.exposed.length >= MOST_EXPOSED) return;
      facts.exposed.push({
        subject: kept(row("Subject")),
        from: kept(row("From")),
        received: kept(row("Received Date")),
        id: kept(row("Internet Message ID")),
        access: kept(row("Access")),
        first: kept(row("First Access")),
        last: kept(row("Last Access")),
        accesses: kept(row("Accesses")),
        dwell: kept(row("Dwell Seconds")),
        addresses: kept(row("IPs")),
        reasons: kept(row("Reasons")),
      });
    },
  };
  return { mailboxes, takers };
}

/** The finding that says that the mailbox was entered, if there is one. */
export function incidentOf({ findings }: MailboxFacts): ReportedFinding | undefined {
  return findings.find(({ ruleId }) => ruleId === "incident");
}

/** The suspicious addresses that got in, and those that only tried; the worst first. */
export function intruders(facts: MailboxFacts): { readonly entered: AddressFacts[]; readonly tried: AddressFacts[] } {
  const all = facts.addresses.filter(({ address }) => facts.suspicious.has(address)).sort((a, b) => b.score - a.score);
  const did = ({ logons, reads, searches, attachments }: AddressFacts) => logons + reads + searches + attachments > 0;
  return { entered: all.filter(did), tried: all.filter((address) => !did(address)) };
}
