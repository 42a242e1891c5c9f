import type { TableRows } from "../read-table.ts";
import type { BookOptions, MailboxBook } from "./mailbox-book.ts";
import { newMailboxBook } from "./mailbox-book.ts";
import type { MailboxFacts, SearchFacts } from "./mailbox-facts.ts";
import { MOST_EXPOSED, MOST_FOLDERS, MOST_KEYSTROKES, MOST_SEARCHES } from "./mailbox-facts.ts";
import { windowOf } from "./windows.ts";
import { clockOf, millisecondsOf } from "./words.ts";

/** A cell of the row that a table stands at, by the column's name; empty where the table has no such column. */
type RowOf = (column: string) => string;

/** Clients that copy a mailbox. */
const COPYING: ReadonlySet<string> = new Set(["IMAP4", "IMAP", "POP3"]);

export interface CaseFacts extends Pick<MailboxBook, "mailboxes" | "windows" | "across"> {
  /** What takes a table's rows, by the table's name: called with the table, and what it returns for each of its rows. */
  readonly takers: Readonly<Record<string, (rows: TableRows) => () => void>>;
  /** After the last row. */
  finish(): void;
}

/** What a page is about. */
export interface CaseOptions extends BookOptions {
  /** Whether a file of the evidence is an audit log. */
  readonly isAudit: (file: string) => boolean;
}

const DAY = 86_400_000;
/** Of `2018-03-13`. */
const DAY_LENGTH = 10;

/**
 * Reads the times of a table's rows.
 *
 * @returns what gives the TimeStamp of the row that the table stands at, put together of Date and Time, in milliseconds
 *   UTC; NaN where it cannot be read.
 */
export function timesOf(rows: TableRows): () => number {
  const date = rows.column("Date");
  const time = rows.column("Time");
  let day = "";
  let midnight = Number.NaN;
  return () => {
    const text = rows.text(date);
    if (text !== day) {
      day = text;
      midnight = text.length === DAY_LENGTH ? millisecondsOf(`${text}T00:00:00`) : Number.NaN;
    }
    rows.seek(time);
    const quick = midnight + clockOf(rows.bytes, rows.from, rows.to);
    if (!Number.isNaN(quick)) return quick;
    const rest = rows.text(time);
    return millisecondsOf(rest === "" ? text : `${text}T${rest}`);
  };
}

/** What names the message of a row that the table stands at. */
function messageIdsOf(rows: TableRows): () => readonly string[] {
  const columns = [rows.column("Internet Message ID"), rows.column("Activity Item ID")];
  return () => columns.map(rows.text).filter((id) => id !== "");
}

const addressesIn = (cell: string) => cell.split("; ").filter((address) => address !== "");

/**
 * Gathers the facts of every mailbox from the rows of the tables. mailbox-access and ip-scores have to come before all
 * other tables: by them it is decided which mailboxes are told in full. searches come before search-activity, and what
 * was read before exposure.
 */
export function newCaseFacts({ isAudit, ...options }: CaseOptions): CaseFacts {
  const book = newMailboxBook(options);
  const told = new Map<string, SearchFacts>();
  const copiers = new Map<string, Set<string>>();
  let hasLogonTable = false;

  /** A taker that finds cells by their columns' names: good for tables of few rows. */
  const named =
    (take: (row: RowOf) => void) =>
    (rows: TableRows): (() => void) => {
      const row: RowOf = (column) => rows.text(rows.column(column));
      return () => take(row);
    };

  /** Notes that an address that scores high came to a message by itself. */
  const touch = (rows: TableRows) => {
    const mailbox = rows.column("Mailbox");
    const attributed = rows.column("Attributed IP");
    const access = rows.column("Access");
    const folder = rows.column("Folder");
    const ids = messageIdsOf(rows);
    return () => {
      const facts = book.told(rows.text(mailbox));
      if (facts === undefined || facts.suspicious.size === 0) return;
      const address = rows.text(attributed);
      if (!facts.suspicious.has(address)) return;
      if (rows.text(access) === "folder-synced") {
        facts.synchronisers.add(address);
        if (facts.folders.size < MOST_FOLDERS) facts.folders.add(rows.text(folder));
        return;
      }
      const own = facts.touched.get(address) ?? new Set();
      facts.touched.set(address, own);
      for (const id of ids()) own.add(id);
    };
  };

  const takers: Record<string, (rows: TableRows) => () => void> = {
    "mailbox-access": named((row) => book.addWindow(windowOf(row))),
    "ip-scores": named((row) => {
      const address = row("IP");
      const severity = row("Severity");
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
        reasons: row("Reasons"),
        country: row("Country"),
        city: row("City"),
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
    }),
    coverage: named((row) => {
      book.told(row("Mailbox"))?.coverage.push({
        from: row("From"),
        to: row("To"),
        kind: row("Kind"),
        detail: row("Detail"),
      });
    }),
    searches: named((row) => {
      const facts = book.told(row("Mailbox"));
      if (facts === undefined) return;
      const score = Number(row("Score"));
      const address = row("Attributed IP");
      const suspicious = facts.suspicious.has(address) || score >= 48;
      facts.searchCount++;
      if (suspicious) facts.suspiciousSearches++;
      if (suspicious && row("Confidence") === "low") facts.unsureSearches++;
      if ((!suspicious && score < 22) || facts.searches.length >= MOST_SEARCHES) return;
      const search: SearchFacts = {
        number: row("Search"),
        query: row("Query"),
        first: row("First Time") === "" ? row("First Run") : row("First Time"),
        firstRun: row("First Run"),
        keystrokes: Number(row("Keystrokes")),
        runs: Number(row("Times Run")),
        platform: row("Platform"),
        address,
        confidence: row("Confidence"),
        score,
        severity: row("Severity"),
        reasons: row("Reasons"),
        suspicious,
        typed: [],
      };
      facts.searches.push(search);
      told.set(`${search.number} ${facts.name}`, search);
    }),
    "search-activity": named((row) => {
      if (told.size === 0) return;
      const search = told.get(`${row("Search")} ${row("Mailbox")}`);
      if (search === undefined || search.typed.length >= MOST_KEYSTROKES || row("Type") === "SearchResult") return;
      search.typed.push(row("Query"));
    }),
    "logon-activity"(rows) {
      const time = timesOf(rows);
      const mailbox = rows.column("Mailbox");
      const source = rows.column("Source IP");
      const result = rows.column("Result");
      return () => {
        hasLogonTable = true;
        const facts = book.told(rows.text(mailbox));
        facts?.logons.add(rows.text(source), time(), rows.text(result) === "Failure" ? "failed" : "logons");
      };
    },
    timeline(rows) {
      const timeOf = timesOf(rows);
      const mailbox = rows.column("Mailbox");
      const ip = rows.column("IP");
      const file = rows.column("Source File");
      const kinds = rows.column("Kind");
      const type = rows.column("Type");
      const platforms = rows.column("Platform");
      return () => {
        book.settle();
        const facts = book.of(rows.text(mailbox));
        const time = timeOf();
        const address = rows.text(ip);
        facts.rows++;
        if (isAudit(rows.text(file))) facts.auditRows++;
        if (facts.suspicious.has(address)) facts.suspiciousRows++;
        if (Number.isNaN(time)) {
          facts.timeless++;
          return;
        }
        facts.firstTime = Math.min(facts.firstTime, time);
        facts.lastTime = Math.max(facts.lastTime, time);
        if (!facts.told || rows.text(type) === "MessageDelivered") return;
        const kind = rows.text(kinds);
        const platform = rows.text(platforms);
        const day = Math.floor(time / DAY);
        let clients = facts.clients.get(day);
        if (clients === undefined) facts.clients.set(day, (clients = new Map()));
        clients.set(platform, (clients.get(platform) ?? 0) + 1);
        if (kind === "logon") {
          if (!hasLogonTable) facts.logons.add(address, time, "logons");
        } else if (kind === "read") facts.deeds.add(address, time, "reads");
        else if (kind === "search") facts.deeds.add(address, time, "searches");
        else if (kind === "attachment") facts.deeds.add(address, time, "attachments");
        else if (kind === "message") facts.deeds.add(address, time, "messages");
        else facts.deeds.add(address, time, "others");
      };
    },
    "read-activity-by-time": touch,
    "attachments-activity": touch,
    exposure(rows) {
      const mailbox = rows.column("Mailbox");
      const flag = rows.column("Suspicious");
      const row: RowOf = (column) => rows.text(rows.column(column));
      const ids = messageIdsOf(rows);
      return () => {
        const facts = book.told(rows.text(mailbox));
        if (facts === undefined) return;
        facts.exposedCount++;
        if (rows.text(flag) === "yes") expose(facts, row, ids);
      };
    },
  };

  /** Notes a message that a suspicious address may have come to. */
  const expose = (facts: MailboxFacts, row: RowOf, ids: () => readonly string[]) => {
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
        ids().some((id) => facts.touched.get(address)?.has(id) === true),
    );
    if (byThemselves.length === 0) {
      facts.folderCopied++;
      return;
    }
    // What may as well have been the owner's is told apart.
    const isUnsure = byThemselves.every(([at]) => confidences[at] === "low");
    if (isUnsure) facts.unsure++;
    else facts.direct++;
    const list = isUnsure ? facts.doubted : facts.exposed;
    if (list.length >= MOST_EXPOSED) return;
    list.push({
      subject: row("Subject"),
      from: row("From"),
      received: row("Received Date"),
      id: row("Internet Message ID"),
      access: row("Access"),
      first: row("First Access"),
      last: row("Last Access"),
      accesses: row("Accesses"),
      dwell: row("Dwell Seconds"),
      addresses: row("IPs"),
      confidences: row("Confidence"),
      reasons: row("Reasons"),
    });
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
