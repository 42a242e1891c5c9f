import type { BookOptions, MailboxBook } from "./mailbox-book.ts";
import { newMailboxBook } from "./mailbox-book.ts";
import type { SearchFacts } from "./mailbox-facts.ts";
import { MOST_EXPOSED, MOST_FOLDERS, MOST_KEYSTROKES, MOST_SEARCHES } from "./mailbox-facts.ts";
import { windowOf } from "./windows.ts";
import { kept, millisecondsOf } from "./words.ts";

/** A row of a table, cell by column name; empty where the table has no such column. */
export type RowOf = (column: string) => string;

/** Clients that copy a mailbox. */
const COPYING: ReadonlySet<string> = new Set(["IMAP4", "IMAP", "POP3"]);

export interface CaseFacts extends Pick<MailboxBook, "mailboxes" | "windows" | "across"> {
  /** What a table's rows are given to, by the table's name. */
  readonly takers: Readonly<Record<string, (row: RowOf) => void>>;
  /** After the last row. */
  finish(): void;
}

/** What a page is about. */
export interface CaseOptions extends BookOptions {
  /** Whether a file of the evidence is an audit log. */
  readonly isAudit: (file: string) => boolean;
}

const DAY = 86_400_000;

/** What names a row's message. */
const messageIds = (row: RowOf) => [row("Internet Message ID"), row("Activity Item ID")].filter((id) => id !== "");

function stampOf(row: RowOf): string {
  const time = row("Time");
  return time === "" ? row("Date") : `${row("Date")}T${time}`;
}

/** A TimeStamp of a row's Date and Time. */
export function timeOfRow(row: RowOf): number {
  return millisecondsOf(stampOf(row));
}

const addressesIn = (cell: string) => cell.split("; ").filter((address) => address !== "");

/**
 * Gathers the facts of every mailbox from the rows of the tables. mailbox-access and ip-scores have to come before all
 * other tables: by them it is decided which mailboxes are told in full. searches come before search-activity, and what
 * was read before exposure.
 */
export function newCaseFacts({ isAudit, ...options }: CaseOptions): CaseFacts {
  const book = newMailboxBook(options);
  const toldOf = (row: RowOf) => book.told(row("Mailbox"));
  const told = new Map<string, SearchFacts>();
  const copiers = new Map<string, Set<string>>();
  let hasLogonTable = false;

  /** Notes that an address that scores high came to a message by itself. */
  const touch = (row: RowOf) => {
    const facts = toldOf(row);
    const address = row("Attributed IP");
    if (facts?.suspicious.has(address) !== true) return;
    if (row("Access") === "folder-synced") {
      facts.synchronisers.add(kept(address));
      if (facts.folders.size < MOST_FOLDERS) facts.folders.add(kept(row("Folder")));
    } else for (const id of messageIds(row)) facts.touched.add(kept(`${address} ${id}`));
  };

  const takers: Record<string, (row: RowOf) => void> = {
    "mailbox-access"(row) {
      book.addWindow(windowOf(row));
    },
    "ip-scores"(row) {
      const address = kept(row("IP"));
      const severity = kept(row("Severity"));
      const facts = book.ofAddress(row("Mailbox"), ({ suspicious, review }) => {
        if (severity === "high" || severity === "critical") suspicious.add(address);
        if (severity === "medium") review.add(address);
      });
      if (facts === undefined) return;
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
      toldOf(row)?.coverage.push({
        from: kept(row("From")),
        to: kept(row("To")),
        kind: kept(row("Kind")),
        detail: kept(row("Detail")),
      });
    },
    searches(row) {
      const facts = toldOf(row);
      if (facts === undefined) return;
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
      told.set(`${search.number} ${facts.name}`, search);
    },
    "search-activity"(row) {
      const search = told.get(`${row("Search")} ${row("Mailbox")}`);
      if (search === undefined || search.typed.length >= MOST_KEYSTROKES || row("Type") === "SearchResult") return;
      search.typed.push(kept(row("Query")));
    },
    "logon-activity"(row) {
      hasLogonTable = true;
      toldOf(row)?.logons.add(row("Source IP"), timeOfRow(row), row("Result") === "Failure" ? "failed" : "logons");
    },
    timeline(row) {
      book.settle();
      const facts = book.of(row("Mailbox"));
      const time = timeOfRow(row);
      const address = row("IP");
      facts.rows++;
      if (isAudit(row("Source File"))) facts.auditRows++;
      if (facts.suspicious.has(address)) facts.suspiciousRows++;
      if (Number.isNaN(time)) {
        facts.timeless++;
        return;
      }
      facts.firstTime = Math.min(facts.firstTime, time);
      facts.lastTime = Math.max(facts.lastTime, time);
      const kind = row("Kind");
      if (!facts.told || row("Type") === "MessageDelivered") return;
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
    "read-activity-by-time": touch,
    "attachments-activity": touch,
    exposure(row) {
      const facts = toldOf(row);
      if (facts === undefined) return;
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
      const withFolder = addressesIn(row("Access")).includes("folder-synced");
      const byThemselves = came.filter(
        ([, address]) =>
          !withFolder ||
          !facts.synchronisers.has(address) ||
          messageIds(row).some((id) => facts.touched.has(`${address} ${id}`)),
      );
      if (byThemselves.length === 0) {
        facts.folderCopied++;
        return;
      }
      // What may as well have been the owner's is told apart.
      if (byThemselves.every(([at]) => confidences[at] === "low")) facts.unsure++;
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
  return {
    mailboxes: book.mailboxes,
    windows: book.windows,
    across: book.across,
    takers,
    finish() {
      book.settle();
      if (book.mailboxes.size === 0) book.of("");
    },
  };
}
