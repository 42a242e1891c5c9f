import type { TableRows } from "../read-table.ts";
import { isToTheMinute } from "../utc-time.ts";
import type { BookOptions, MailboxBook } from "./mailbox-book.ts";
import { newMailboxBook } from "./mailbox-book.ts";
import type { MailboxFacts, SearchFacts } from "./mailbox-facts.ts";
import { MOST_EXPOSED, MOST_FOLDERS, MOST_KEYSTROKES, MOST_SEARCHES } from "./mailbox-facts.ts";
import type { Deed } from "./sessions.ts";
import { windowOf } from "./windows.ts";
import { clockOf, millisecondsOf } from "./words.ts";

/** A cell of the row that a table stands at, by the column's name; empty where the table has no such column. */
type RowOf = (column: string) => string;

/** Ways of access in which a client copies messages, and no record names one that it came to. */
const COPYING: ReadonlySet<string> = new Set(["folder-synced", "mailbox-synced"]);

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

/** What logons that are none in full count as, by their Outcome. */
const LOGON_DEEDS: Readonly<Record<string, Deed>> = { failure: "failed", partial: "others" };

const DAY = 86_400_000;
const MINUTE = 60_000;
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

const listIn = (cell: string) => cell.split("; ").filter((item) => item !== "");

/** The ways in which one address came to a message, each with its confidence: `opened medium, mailbox-synced certain`. */
const waysIn = (words: string) =>
  words.split(", ").map((way) => way.split(" ") as [access: string, confidence: string]);

/**
 * Gathers the facts of every mailbox from the rows of the tables. mailbox-access and ip-scores have to come before all
 * other tables: by them it is decided which mailboxes are told in full. searches come before search-activity.
 */
export function newCaseFacts({ isAudit, ...options }: CaseOptions): CaseFacts {
  const { names } = options;
  const book = newMailboxBook(options);
  const told = new Map<string, SearchFacts>();

  /** A taker that finds cells by their columns' names: good for tables of few rows. */
  const named =
    (take: (row: RowOf, mailbox: () => string) => void) =>
    (rows: TableRows): (() => void) => {
      const row: RowOf = (column) => rows.text(rows.column(column));
      const mailbox = names.ofRows(rows);
      return () => take(row, mailbox);
    };

  /** Notes the folders that addresses that score high synchronised. */
  const synchronised = (rows: TableRows) => {
    const ownerOf = names.ofRows(rows);
    const attributed = rows.column("Attributed IP");
    const access = rows.column("Access");
    const folder = rows.column("Folder");
    return () => {
      if (rows.text(access) !== "folder-synced") return;
      const facts = book.told(ownerOf());
      const address = rows.text(attributed);
      if (facts?.suspicious.has(address) !== true) return;
      facts.synchronisers.add(address);
      if (facts.folders.size < MOST_FOLDERS) facts.folders.add(rows.text(folder));
    };
  };

  const takers: Record<string, (rows: TableRows) => () => void> = {
    "mailbox-access": named((row) => book.addWindow(windowOf(row))),
    "ip-scores": named((row, mailbox) => {
      const address = row("IP");
      const severity = row("Severity");
      const facts = book.ofAddress(mailbox(), ({ suspicious, review }) => {
        if (severity === "high" || severity === "critical") suspicious.add(address);
        if (severity === "medium") review.add(address);
      });
      if (facts === undefined) return;
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
        rows: Number(row("Rows")),
        apps: row("App Types"),
      });
    }),
    coverage: named((row, mailbox) => {
      const facts = book.told(mailbox());
      facts?.logs.add(isAudit(row("Source File")) ? "audit" : "activities");
      facts?.coverage.push({ from: row("From"), to: row("To"), kind: row("Kind"), detail: row("Detail") });
    }),
    searches: named((row, mailbox) => {
      const facts = book.told(mailbox());
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
    "search-activity": named((row, mailbox) => {
      if (told.size === 0) return;
      const search = told.get(`${row("Search")} ${mailbox()}`);
      if (search === undefined || search.typed.length >= MOST_KEYSTROKES || row("Type") === "SearchResult") return;
      search.typed.push(row("Query"));
    }),
    timeline(rows) {
      const timeOf = timesOf(rows);
      const mailbox = names.ofRows(rows);
      const [date, clock] = [rows.column("Date"), rows.column("Time")];
      const ip = rows.column("IP");
      const file = rows.column("Source File");
      const kinds = rows.column("Kind");
      const type = rows.column("Type");
      const platforms = rows.column("Platform");
      const outcome = rows.column("Outcome");
      return () => {
        book.settle();
        const facts = book.of(mailbox());
        const time = timeOf();
        const address = rows.text(ip);
        facts.rows++;
        if (isAudit(rows.text(file))) facts.auditRows++;
        if (facts.suspicious.has(address)) facts.suspiciousRows++;
        if (Number.isNaN(time)) {
          facts.timeless++;
          return;
        }
        if (time % MINUTE === 0 && isToTheMinute(`${rows.text(date)}T${rows.text(clock)}`)) facts.minutes = true;
        facts.firstTime = Math.min(facts.firstTime, time);
        facts.lastTime = Math.max(facts.lastTime, time);
        if (!facts.told || rows.text(type) === "MessageDelivered") return;
        const kind = rows.text(kinds);
        const platform = rows.text(platforms);
        const day = Math.floor(time / DAY);
        let clients = facts.clients.get(day);
        if (clients === undefined) facts.clients.set(day, (clients = new Map()));
        clients.set(platform, (clients.get(platform) ?? 0) + 1);
        if (kind === "logon") facts.deeds.add(address, time, LOGON_DEEDS[rows.text(outcome)] ?? "logons");
        else if (kind === "read") facts.deeds.add(address, time, "reads");
        else if (kind === "search") facts.deeds.add(address, time, "searches");
        else if (kind === "attachment") facts.deeds.add(address, time, "attachments");
        else if (kind === "message") facts.deeds.add(address, time, "messages");
        else facts.deeds.add(address, time, "others");
      };
    },
    "read-activity-by-time": synchronised,
    exposure: named((row, mailbox) => {
      const facts = book.told(mailbox());
      if (facts === undefined) return;
      facts.exposedCount++;
      if (row("Suspicious") === "yes") expose(facts, row);
    }),
  };

  /** Notes a message that a suspicious address or application may have come to. */
  const expose = (facts: MailboxFacts, row: RowOf) => {
    const ways = listIn(row("Ways"));
    const suspicious = listIn(row("IPs")).flatMap((address, at) =>
      facts.suspicious.has(address) ? waysIn(ways[at] ?? "") : [],
    );
    const isCopy = row("Reasons").includes("its session synchronised the folder from another address");
    if (suspicious.length === 0) {
      if (isCopy) facts.folderCopied++;
      else facts.byApplication++;
      return;
    }
    const direct = suspicious.filter(([access]) => !COPYING.has(access));
    if (direct.length === 0) {
      if (suspicious.some(([access]) => access === "folder-synced")) facts.folderCopied++;
      else facts.copied++;
      return;
    }
    // What may as well have been the owner's is told apart.
    const isUnsure = direct.every(([, confidence]) => confidence === "low");
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
      if (book.mailboxes.size === 0) book.of(names.of("", ""));
    },
  };
}
