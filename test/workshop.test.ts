import { appendFileSync, cpSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, test } from "vitest";
import { wireFraudMailbox } from "../samples/generator/wire-fraud.ts";
import type { MailboxRow } from "../samples/generator/rows.ts";
import { parseTicks, TICKS_PER_SECOND } from "../src/ingest/timestamp.ts";
import { DEFAULT_SCORING } from "../src/pipeline/knowledge.ts";
import { verifyBundle } from "../src/pipeline/verify.ts";
import type { Bundle, Row } from "./support/run.ts";
import { CASES, parsePaths, temporaryFolder } from "./support/run.ts";

/*
 * docs/workshop.md against the bundles that its exercises are about. A figure stands in it as
 * `<!-- figure: name -->**12**`, a table behind `<!-- table: name -->`, a record as row 12 (`Type`).
 * All of them are computed here anew, and what answer-key.json knows is compared with them as well. UPDATE_WORKSHOP=1
 * writes figures and tables anew: read what the words around them say before it is kept.
 */

const DOC = fileURLToPath(new URL("../docs/workshop.md", import.meta.url));
const UPDATE = process.env["UPDATE_WORKSHOP"] === "1";
let doc = readFileSync(DOC, "utf8");
const folder = temporaryFolder();
const WIRE = join(CASES, "wire-fraud-60-days");
const CSV = join(WIRE, "dana.keller@northgate.example.csv");
const JUNE = join(CASES, "june-2018-test-procedure");
const formats = ["tsv"] as const;

type Table = readonly (readonly string[])[];

const FIGURE = /<!-- figure: ([a-z0-9-]+) -->\*\*([^*\n]+)\*\*/g;
const TABLE = /<!-- table: ([a-z0-9-]+) -->\n+((?:\|[^\n]*\n)+)/g;
const RECORD = /\b[Rr]ow (\d+) \(`(\w+)`\)/g;
const ANSWER = /<details>\n<summary>[^\n]*<\/summary>\n(.*?)\n<\/details>/gs;

/** What a name is said to be; a figure that stands twice with two values has both. */
function figuresOf(text: string): Record<string, string> {
  const values = new Map<string, Set<string>>();
  for (const [, name = "", value = ""] of text.matchAll(FIGURE)) {
    values.set(name, (values.get(name) ?? new Set()).add(value));
  }
  return Object.fromEntries([...values].map(([name, all]) => [name, [...all].join(" and ")]));
}

/** The tables with a name, header first and without the line below it; code marks and escapes taken off. */
function tablesOf(text: string): Record<string, Table> {
  const tables = [...text.matchAll(TABLE)].map(([, name = "", lines = ""]) => {
    const rows = lines
      .trimEnd()
      .split("\n")
      .filter((_, at) => at !== 1)
      .map((line) =>
        line
          .slice(1, -1)
          .split("|")
          .map((cell) => cell.trim().replace(/^`(.*)`$/, "$1")),
      );
    return [name, rows] as const;
  });
  expect(new Set(tables.map(([name]) => name)).size, "a table stands twice").toBe(tables.length);
  return Object.fromEntries(tables);
}

/** The text with every figure and table as computed. */
function updated(text: string): string {
  return text
    .replaceAll(FIGURE, (all, name: string) =>
      figures[name] === undefined ? all : `<!-- figure: ${name} -->**${figures[name]}**`,
    )
    .replaceAll(TABLE, (all, name: string) => {
      const [header, ...rows] = tables[name] ?? [];
      if (header === undefined) return all;
      const lines = [header, header.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |\n`);
      return `<!-- table: ${name} -->\n${lines.join("")}`;
    });
}

interface KeyMessage {
  readonly time: string;
  readonly address: string;
  readonly what: string;
  readonly activityItemId: string;
  readonly subject: string;
  readonly deliveryInLog: boolean;
}

interface AnswerKey {
  readonly export: {
    readonly rows: number;
    readonly duplicateRows: number;
    readonly gap: { readonly from: string; readonly to: string };
  };
  readonly recordsByActor: { readonly intruder: number };
  readonly ownerAddresses: readonly { readonly address: string; readonly place: string }[];
  readonly intruderAddresses: readonly { readonly address: string }[];
  readonly intruderSessions: readonly { readonly webSessionId: string; readonly serverSessionId: string }[];
  readonly intruderLogons: readonly Readonly<Record<"time" | "address" | "app" | "result", string>>[];
  readonly imapLogon: { readonly time: string; readonly address: string };
  readonly intruderSearches: readonly {
    readonly query: string;
    readonly firstKeystroke: string;
    readonly lastKeystroke: string;
    readonly keystrokes: number;
    readonly address: string;
  }[];
  readonly messagesOpened: readonly KeyMessage[];
  readonly attachmentsOpened: readonly KeyMessage[];
  readonly messagesSent: readonly {
    readonly what: string;
    readonly address: string;
    readonly originalItemId: string;
  }[];
  readonly deletions: readonly KeyMessage[];
  readonly moves: readonly KeyMessage[];
}

const key = JSON.parse(readFileSync(join(WIRE, "answer-key.json"), "utf8")) as AnswerKey;

const cell = (row: Row | undefined, name: string): string => {
  const value = row?.[name];
  if (value === undefined) throw new Error(`no ${name}`);
  return value;
};
const timeOf = (row: Row) => `${cell(row, "Date")}T${cell(row, "Time")}`;
const sourceRow = (row: Row) => cell(row, "Source Row");
/** To the minute. */
const minute = (time: string) => time.slice(0, 16);
/** To the second. */
const clock = (row: Row) => cell(row, "Time").slice(0, 8);
/** To the millisecond, as the answer key has it. */
const keyTime = (row: Row) => `${timeOf(row).slice(0, 23)}Z`;
const distinct = (values: readonly string[]) => [...new Set(values)];
const columns = (rows: readonly Row[], names: readonly string[]) =>
  rows.map((row) => names.map((name) => cell(row, name)));
const first = (rows: readonly Row[]) => {
  const [row] = rows;
  if (row === undefined) throw new Error("no row");
  return row;
};
const seconds = (value: string) => Number(value).toFixed(1);

let june: Bundle;
let wire: Bundle;
let weighed: Bundle;
let kept: Bundle;
let both: Bundle;
let figures: Record<string, string>;
let tables: Record<string, Table>;
/** The truth about row n of the export, at n - 1. */
let truth: readonly MailboxRow[];
/** Items that only rows of low confidence connect with the intruder. */
let weakItems: ReadonlySet<string>;

/** The rules file of the exercise, as the document has it. */
function rulesFile(): string {
  const text = /```yaml\n([^`]*)```/.exec(doc)?.[1] ?? "";
  const path = join(folder, "lighter.yaml");
  writeFileSync(path, text);
  return path;
}

/** Everything that the document says of the bundles. */
function compute(): {
  figures: Record<string, number | string>;
  tables: Record<string, Table>;
  weakItems: ReadonlySet<string>;
} {
  const timeline = wire.rows("timeline");
  const logons = wire.rows("logon-activity");
  const reads = wire.rows("read-activity-by-time");
  const typed = wire.rows("search-activity");
  const searches = wire.rows("searches");
  const attachments = wire.rows("attachments-activity");
  const messages = wire.rows("message-activity");
  const others = wire.rows("other-activity");
  const addresses = wire.rows("ip-scores");
  const exposure = wire.rows("exposure");
  const findings = wire.rows("findings");
  const [input] = wire.manifest.inputs;
  if (input === undefined) throw new Error("no input");

  // Who scores high: all that follows goes by these.
  const suspects = addresses
    .filter((row) => ["high", "critical"].includes(cell(row, "Severity")))
    .map((row) => cell(row, "IP"));
  const tried = addresses.filter((row) => cell(row, "Logons") === "0").map((row) => cell(row, "IP"));
  const strangers = new Set([...suspects, ...tried]);
  const isSuspect = (row: Row, column = "Attributed IP") => suspects.includes(cell(row, column));
  const isSure = (row: Row) => cell(row, "Confidence") === "high";
  const ofType = (rows: readonly Row[], ...types: string[]) => rows.filter((row) => types.includes(cell(row, "Type")));

  const succeeded = (row: Row) => cell(row, "Result") === "Success";
  const failed = logons.filter((row) => cell(row, "Result") === "Failure");
  const entered = [...strangers]
    .map((address) => logons.filter((row) => cell(row, "Source IP") === address))
    .sort((a, b) => Number(sourceRow(first(a))) - Number(sourceRow(first(b))));

  const hotel = "203.0.113.70";
  const trip = addresses.filter((row) =>
    [hotel, "2001:db8:2:9::b7", "203.0.113.97", "203.0.113.96", "198.51.100.130"].includes(cell(row, "IP")),
  );
  const hotelScore = first(addresses.filter((row) => cell(row, "IP") === hotel));
  const usualPlaces = new Set(["192.0.2.10", "198.51.100.23", "198.51.100.57"]);
  /** Rows from the office and the homes while somebody was at an address. */
  const atHomeDuring = (stay: Row) =>
    timeline.filter(
      (row) =>
        usualPlaces.has(cell(row, "IP")) &&
        ["recorded", "session"].includes(cell(row, "IP Basis")) &&
        timeOf(row) > cell(stay, "First Seen") &&
        timeOf(row) < cell(stay, "Last Seen"),
    ).length;

  const suspectSearches = searches.filter((row) => isSuspect(row));
  const invoice = first(suspectSearches.filter((row) => cell(row, "Query") === "invoice"));
  const keystrokes = ofType(typed, "SearchSuggestionsDisplay").filter(
    (row) => cell(row, "Search") === cell(invoice, "Search"),
  );

  const displays = ofType(reads, "ReadingPaneDisplayStart", "InspectorDisplayStart");
  const opened = displays.filter((row) => isSuspect(row));
  const dwell = opened.map((row) => Number(cell(row, "Dwell Seconds")));
  const nameless = opened.filter((row) => cell(row, "Subject") === "No Data");
  const differing = reads.filter((row) => cell(row, "Last Login IP") !== cell(row, "Attributed IP"));
  const wronged = displays.filter((row) => isSuspect(row, "Last Login IP") && !isSuspect(row));

  const marked = ofType(others, "MarkAsRead");
  const suspectMarks = marked.filter((row) => isSuspect(row));
  const unsure = suspectMarks.filter((row) => cell(row, "Confidence") === "low");
  /** The browser's record of the same deed, whose session has an address: within a second and a half before. */
  const twins = unsure.map((row) =>
    marked.filter((other) => {
      const wait = parseTicks(timeOf(row)) - parseTicks(timeOf(other));
      const sameItem = cell(other, "Activity Item ID") === cell(row, "Activity Item ID");
      return sameItem && isSure(other) && wait >= 0 && wait < 1.5 * TICKS_PER_SECOND;
    }),
  );
  const ofSuspects = timeline.filter((row) => isSuspect(row, "IP") || tried.includes(cell(row, "IP")));
  const isIntruders = (row: Row) => truth[Number(sourceRow(row)) - 1]?.actor === "intruder";
  const basisLine = (basis: string) => {
    const rows = ofSuspects.filter((row) => cell(row, "IP Basis") === basis);
    return [basis, String(rows.length), String(rows.filter(isIntruders).length)];
  };

  const imap = logons.filter((row) => cell(row, "App Type") === "IMAP4");
  const copy = first(imap.filter(succeeded));
  const deliveredBefore = new Set(
    ofType(messages, "MessageDelivered")
      .filter((row) => timeOf(row) < timeOf(copy))
      .map((row) => cell(row, "Activity Item ID")),
  );
  const synced = exposure.filter((row) => cell(row, "Access").split("; ").includes("mailbox-synced"));
  const unseen = synced.filter((row) => !deliveredBefore.has(cell(row, "Activity Item ID")));
  const firstRecords = new Map<string, Row>();
  for (const row of timeline) {
    const item = cell(row, "Activity Item ID");
    if (item !== "" && !firstRecords.has(item)) firstRecords.set(item, row);
  }
  const firstType = (row: Row) => cell(firstRecords.get(cell(row, "Activity Item ID")) ?? {}, "Type");
  const movedFirst = unseen.filter((row) => firstType(row) === "Move");
  /** The old id of an item by its new one: the record with the old id stands just before the server's of the move. */
  const oldIds = new Map<string, string>();
  const removing = ofType(others, "Delete", "Move");
  const hasNewId = (row: Row) => cell(row, "Details").includes('"TargetFolder"');
  for (const [at, row] of removing.entries()) {
    if (!hasNewId(row)) continue;
    const before = removing.slice(Math.max(0, at - 5), at).findLast((other) => {
      const wait = parseTicks(timeOf(row)) - parseTicks(timeOf(other));
      const isOther = cell(other, "Activity Item ID") !== cell(row, "Activity Item ID");
      return (
        isOther &&
        !hasNewId(other) &&
        cell(other, "Platform") === cell(row, "Platform") &&
        wait < 1.5 * TICKS_PER_SECOND
      );
    });
    if (before !== undefined) oldIds.set(cell(row, "Activity Item ID"), cell(before, "Activity Item ID"));
  }
  /** Those rows whose message has a row among them already, under its old id. */
  const secondIds = (rows: readonly Row[]) => {
    const items = new Set(rows.map((row) => cell(row, "Activity Item ID")));
    return rows.filter((row) => items.has(oldIds.get(cell(row, "Activity Item ID")) ?? ""));
  };
  const suspicious = exposure.filter((row) => cell(row, "Suspicious") === "yes");
  const surelyTouched = new Set(
    [...reads, ...attachments, ...others]
      .filter((row) => isSuspect(row) && isSure(row))
      .map((row) => cell(row, "Activity Item ID")),
  );
  const unsynced = suspicious.filter((row) => !synced.includes(row));
  const weak = unsynced.filter((row) => !surelyTouched.has(cell(row, "Activity Item ID")));
  const surelyOpened = suspicious.filter((row) =>
    opened.some((read) => cell(read, "Activity Item ID") === cell(row, "Activity Item ID")),
  );
  const openedUnsynced = surelyOpened.filter((row) => !synced.includes(row));
  const toNotify = suspicious.filter((row) => !weak.includes(row));

  const removals = ofType(others, "Delete", "Move").filter((row) => isSuspect(row));
  const hidden = removals.filter(isSure);
  const how = (row: Row) => {
    const details = JSON.parse(cell(row, "Details")) as Record<string, string>;
    return [details["SelectedFolderName"] ?? "", details["DeleteType"] ?? "moved"];
  };
  const kindsHidden = hidden.map((row) => how(row)[1]);
  const toRss = ofType(messages, "MessageDelivered").filter((row) => cell(row, "Folder") === "RssSubscription");
  const unread = ofType(others, "MarkAsUnread").filter((row) => isSuspect(row) && isSure(row));

  const coverage = wire.rows("coverage");
  const silence = first(coverage.filter((row) => cell(row, "Detail").startsWith("no record of any kind")));
  const printed = new Set(timeline.map((row) => Number(sourceRow(row))));
  const missing = Array.from({ length: input.rows }, (_, at) => at + 1).filter((row) => !printed.has(row));
  const around = (time: string) => timeline.filter((row) => timeOf(row) === time).map(sourceRow);

  const sendings = ["Reply", "ReplyAll", "Forward", "MessageSent"];
  const sendingRows = ofType(timeline, ...sendings).filter((row) => isSuspect(row, "IP"));
  const answered = sendingRows.filter((row) => cell(row, "IP Basis") === "session");

  const foundSearches = (bundle: Bundle) =>
    bundle.rows("findings").filter((row) => cell(row, "Rule") === "suspicious-search");
  const scoresBefore = new Map(searches.map((row) => [cell(row, "Search"), cell(row, "Score")]));
  const movedSearches = weighed.rows("searches").filter((row) => isSuspect(row) && cell(row, "Query") !== "");
  const hashes = new Map(wire.manifest.outputs.map(({ path, sha256 }) => [path, sha256]));
  const changed = weighed.manifest.outputs.filter(({ path, sha256 }) => hashes.get(path) !== sha256);
  const severities = (bundle: Bundle, severity: string) =>
    bundle.rows("findings").filter((row) => cell(row, "Severity") === severity).length;

  const quiet = readFileSync(join(JUNE, "procedure.md"), "utf8")
    .split("\n")
    .filter((line) => line.includes("**nothing**"))
    .map((line) => line.split("|").map((part) => part.trim()));
  const juneRows = june.rows("timeline");
  const juneReads = june.rows("read-activity-by-time");

  return {
    weakItems: new Set(weak.map((row) => cell(row, "Activity Item ID"))),
    figures: {
      rows: input.rows,
      printed: input.parsed,
      duplicates: input.duplicates,
      rejected: input.rejected,
      "june-rows": june.manifest.totals.rows,
      "june-quiet": quiet.length,
      "june-mailboxes": june.manifest.totals.mailboxes,
      "june-keystrokes": cell(
        first(june.rows("searches").filter((row) => cell(row, "Query") === "inbox rules")),
        "Keystrokes",
      ),
      "june-deleted": juneRows.filter((row) => cell(row, "Time").startsWith("08:08")).length,
      "june-nameless": juneReads.filter((row) => cell(row, "Subject") === "No Data").length,
      findings: findings.length,
      "findings-critical": severities(wire, "critical"),
      "findings-high": severities(wire, "high"),
      "findings-medium": severities(wire, "medium"),
      "searches-found": foundSearches(wire).length,
      addresses: addresses.length,
      "addresses-in": addresses.filter((row) => cell(row, "Logons") !== "0").length,
      suspects: suspects.length,
      "intruder-logons": logons.filter((row) => succeeded(row) && isSuspect(row, "Source IP")).length,
      "intruder-failures": failed.filter((row) => strangers.has(cell(row, "Source IP"))).length,
      "owner-failures": failed.filter((row) => !strangers.has(cell(row, "Source IP"))).length,
      failures: failed.length,
      "trip-telephone": logons.filter(
        (row) => cell(row, "Source IP") === hotel && cell(row, "Client").startsWith("Apple-iPhone") && succeeded(row),
      ).length,
      "trip-at-home": atHomeDuring(hotelScore),
      "first-trip-at-home": atHomeDuring(first(addresses.filter((row) => cell(row, "IP") === "198.51.100.130"))),
      searches: searches.length,
      "searches-suspects": suspectSearches.length,
      "searches-sure": suspectSearches.filter(isSure).length,
      "searches-keystrokes": suspectSearches.reduce((sum, row) => sum + Number(cell(row, "Keystrokes")), 0),
      "searches-invoice": searches.filter((row) => !isSuspect(row) && cell(row, "Query").includes("invoice")).length,
      "invoice-first": cell(invoice, "First Time").slice(11),
      "invoice-last": cell(invoice, "Last Time").slice(11),
      "invoice-keystrokes": cell(invoice, "Keystrokes"),
      opened: opened.length,
      "opened-messages": distinct(opened.map((row) => cell(row, "Activity Item ID"))).length,
      "opened-seconds": Math.round(dwell.reduce((sum, one) => sum + one, 0)),
      "opened-longest": seconds(String(Math.max(...dwell))),
      "opened-shortest": seconds(String(Math.min(...dwell))),
      "opened-nameless": nameless.length,
      "opened-sender": nameless.filter((row) => cell(row, "From") !== "No Data").length,
      "opened-moved": nameless.filter((row) => cell(row, "Metadata").startsWith("Move ")).length,
      "opened-unknown": nameless.filter((row) => cell(row, "Metadata") === "").length,
      "read-rows": reads.length,
      "read-differing": differing.length,
      "read-days": distinct(differing.map((row) => cell(row, "Date"))).length,
      "read-by-login": displays.filter((row) => isSuspect(row, "Last Login IP")).length,
      "read-wronged": wronged.length,
      marks: suspectMarks.length,
      "marks-sure": suspectMarks.filter(isSure).length,
      "marks-medium": suspectMarks.filter((row) => cell(row, "Confidence") === "medium").length,
      "marks-low": unsure.length,
      "marks-intruder": twins.filter((rows) => rows.length === 1 && isSuspect(first(rows))).length,
      "marks-owner": twins.filter((rows) => rows.length === 1 && !isSuspect(first(rows))).length,
      "marks-outlook": marked.filter((row) => cell(row, "Platform") === "Outlook").length,
      "marks-mobile": marked.filter((row) => cell(row, "Platform") === "Mobile").length,
      "displays-not-web": displays.filter((row) => cell(row, "Platform") !== "Web").length,
      "suspect-rows": ofSuspects.length,
      "suspect-rows-true": ofSuspects.filter(isIntruders).length,
      "suspect-rows-false": ofSuspects.filter((row) => !isIntruders(row)).length,
      "delivered-before": deliveredBefore.size,
      synced: synced.length,
      "synced-unseen": unseen.length,
      "synced-moved": movedFirst.length,
      "synced-twice": secondIds(synced).length,
      "synced-messages": synced.length - secondIds(synced).length,
      "synced-unpaired": movedFirst.length - secondIds(synced).length,
      "synced-only": synced.filter((row) => cell(row, "Access") === "mailbox-synced").length,
      "imap-failures": imap.filter((row) => !succeeded(row)).length,
      suspicious: suspicious.length,
      "suspicious-weak": weak.length,
      notify: toNotify.length,
      "notify-twice": secondIds(toNotify).length,
      "notify-messages": toNotify.length - secondIds(toNotify).length,
      "surely-opened": surelyOpened.length,
      "opened-unsynced": openedUnsynced.length,
      "opened-after-copy": openedUnsynced.filter((row) => firstType(row) === "MessageDelivered").length,
      "opened-first-named": openedUnsynced.filter((row) => !["MessageDelivered", "Move"].includes(firstType(row)))
        .length,
      attachments: attachments.filter((row) => isSuspect(row)).length,
      removals: removals.length,
      "removals-true": removals.filter(isIntruders).length,
      hidden: hidden.length,
      "hidden-purged": kindsHidden.filter((kind) => kind === "HardDelete").length,
      "hidden-deleted": kindsHidden.filter((kind) => kind === "MoveToDeletedItems").length,
      "hidden-moved": kindsHidden.filter((kind) => kind === "moved").length,
      "to-rss": toRss.length,
      unread: unread.length,
      "gap-hours": / for (\d+) hours/.exec(cell(silence, "Detail"))?.[1] ?? "",
      "duplicates-first": Math.min(...missing),
      "duplicates-last": Math.max(...missing),
      "displays-once": displays.length,
      "displays-kept": ofType(kept.rows("timeline"), "ReadingPaneDisplayStart", "InspectorDisplayStart").length,
      "both-rows": both.manifest.totals.rows,
      "both-duplicates": both.manifest.totals.duplicates,
      "both-printed": both.manifest.totals.parsed,
      "sending-rows": sendingRows.length,
      "sending-deeds": answered.length,
      "weighed-findings": weighed.rows("findings").length,
      "weighed-searches": foundSearches(weighed).length,
      "input-sha256": input.sha256,
      "input-bytes": input.bytes,
    },
    tables: {
      "june-quiet": [["Time", "Step"], ...quiet.map(([, step = "", time = ""]) => [time, step])],
      "suspicious-addresses": [
        ["Address", "Severity", "Confidence"],
        ...columns(
          findings.filter((row) => cell(row, "Rule") === "suspicious-address"),
          ["Entity", "Severity", "Confidence"],
        ),
      ],
      entered: [
        ["Address", "App Type", "Logons", "Browser rows", "Failures", "First success", "Last success", "Source Row"],
        ...entered.map((rows) => {
          const successes = rows.filter(succeeded);
          const place = successes[0];
          return [
            cell(first(rows), "Source IP"),
            cell(first(rows), "App Type"),
            String(successes.length),
            String(rows.filter((row) => cell(row, "Logon Type") === "Logon").length),
            String(rows.filter((row) => failed.includes(row)).length),
            place === undefined ? "never" : minute(timeOf(place)),
            place === undefined ? "never" : minute(timeOf(successes.at(-1) ?? place)),
            sourceRow(place ?? first(rows)),
          ];
        }),
      ],
      trip: [
        ["Address", "Severity", "First Seen", "Last Seen"],
        ...trip
          .map((row) => [
            cell(row, "IP"),
            cell(row, "Severity"),
            minute(cell(row, "First Seen")),
            minute(cell(row, "Last Seen")),
          ])
          .sort((a, b) => ((a[2] ?? "") < (b[2] ?? "") ? -1 : 1)),
      ],
      searches: [
        ["Search", "Query", "First Time", "Last Time", "Keystrokes", "Attributed IP", "Source Row"],
        ...suspectSearches
          .filter(isSure)
          .map((row) => [
            cell(row, "Search"),
            cell(row, "Query"),
            cell(row, "First Time").slice(0, 23),
            cell(row, "Last Time").slice(11, 23),
            cell(row, "Keystrokes"),
            cell(row, "Attributed IP"),
            sourceRow(row),
          ]),
      ],
      keystrokes: [["Source Row", "Time", "Query"], ...columns(keystrokes, ["Source Row", "Time", "Query"])],
      opened: [
        ["Source Row", "Date", "Time", "Seconds", "Attributed IP", "Subject"],
        ...opened.map((row) => [
          sourceRow(row),
          cell(row, "Date"),
          clock(row),
          seconds(cell(row, "Dwell Seconds")),
          cell(row, "Attributed IP"),
          cell(row, "Subject"),
        ]),
      ],
      login: [
        ["Source Row", "Time", "Last Login IP", "Attributed IP", "Attribution", "Confidence"],
        ...reads
          .filter((row) => ["2837", "2838", "5724", "5727", "5728", "5731"].includes(sourceRow(row)))
          .map((row) => [
            sourceRow(row),
            clock(row),
            ...["Last Login IP", "Attributed IP", "Attribution", "Confidence"].map((name) => cell(row, name)),
          ]),
      ],
      basis: [
        ["IP Basis", "Rows", "Really the intruder's"],
        ...["recorded", "session", "client", "mailbox"].map(basisLine),
      ],
      imap: [
        ["Source Row", "Date", "Time", "Result"],
        ...imap.map((row) => [sourceRow(row), cell(row, "Date"), clock(row), cell(row, "Result")]),
      ],
      attachments: [
        ["Source Row", "Date", "Time", "Action", "Attachments"],
        ...attachments
          .filter((row) => isSuspect(row))
          .map((row) => [
            sourceRow(row),
            cell(row, "Date"),
            clock(row),
            cell(row, "Action"),
            cell(row, "Attachments").replaceAll(/:\d+/g, "").replaceAll("|", ", "),
          ]),
      ],
      hidden: [
        ["Source Row", "Date", "Time", "Attributed IP", "Type", "From folder", "How"],
        ...hidden.map((row) => [
          sourceRow(row),
          cell(row, "Date"),
          clock(row),
          cell(row, "Attributed IP"),
          cell(row, "Type"),
          ...how(row),
        ]),
      ],
      gap: [
        ["From", "Source Row", "To", "Source Row"],
        [
          cell(silence, "From"),
          around(cell(silence, "From")).join(", "),
          cell(silence, "To"),
          around(cell(silence, "To")).join(", "),
        ],
      ],
      sent: [
        ["Source Row", "Date", "Time", "Type", "IP", "Message answered or forwarded"],
        ...answered.map((row) => [
          sourceRow(row),
          cell(row, "Date"),
          clock(row),
          cell(row, "Type"),
          cell(row, "IP"),
          cell(row, "Subject"),
        ]),
      ],
      weighed: [
        ["Search", "Query", "Score before", "Score after", "Severity after"],
        ...movedSearches.map((row) => [
          cell(row, "Search"),
          cell(row, "Query"),
          scoresBefore.get(cell(row, "Search")) ?? "",
          cell(row, "Score"),
          cell(row, "Severity"),
        ]),
      ],
      changed: [["Table"], ...changed.map(({ path }) => [path])],
    },
  };
}

beforeAll(async () => {
  june = await parsePaths(
    folder,
    ["second.test@address.example.csv", "test@address.com.csv"].map((file) => join(JUNE, file)),
    { formats },
  );
  wire = await parsePaths(folder, [CSV], { formats });
  kept = await parsePaths(folder, [CSV], { formats, keepDuplicates: true, tables: new Set(["timeline"]) });
  both = await parsePaths(folder, [CSV, join(CASES, "api-json", "same-case.json")], {
    formats,
    tables: new Set(["coverage"]),
  });
  weighed = await parsePaths(folder, [CSV], { formats, scoring: { ...DEFAULT_SCORING, rules: rulesFile() } });
  truth = wireFraudMailbox().rows;
  const computed = compute();
  weakItems = computed.weakItems;
  figures = Object.fromEntries(Object.entries(computed.figures).map(([name, value]) => [name, String(value)]));
  tables = computed.tables;
  if (UPDATE) {
    doc = updated(doc);
    writeFileSync(DOC, doc);
  }
});

describe("docs/workshop.md", () => {
  test("has the figures of the bundles, and no other", () => {
    expect(figuresOf(doc)).toEqual(figures);
  });

  test("has the tables of the bundles, and no other", () => {
    expect(tablesOf(doc)).toEqual(tables);
  });

  test("names records by row and type", () => {
    const types = new Map(wire.rows("timeline").map((row) => [sourceRow(row), cell(row, "Type")]));
    const named = [...doc.matchAll(RECORD)].map(([, row = "", type = ""]) => ({ row, type }));
    expect(named.length).toBeGreaterThan(10);
    expect(named).toEqual(named.map(({ row }) => ({ row, type: types.get(row) })));
  });

  test("gives no number in an answer that nobody computes", () => {
    const answers = [...doc.matchAll(ANSWER)].map(([, text = ""]) => text);
    const names = ["Subject", "Query"].flatMap((name) =>
      distinct(wire.rows(name === "Query" ? "searches" : "timeline").map((row) => cell(row, name))),
    );
    const isName = (text: string) => names.some((name) => name.startsWith(text));
    const left = answers
      .map((text) =>
        text
          .replaceAll(TABLE, "")
          .replaceAll(FIGURE, "")
          .replaceAll(RECORD, "")
          .replaceAll(/```.*?```/gs, "")
          .replaceAll(/`[^`\n]*`/g, "")
          .replaceAll(/\b\d{1,2} (?:March|April)\b/g, "")
          .replaceAll(/"([^"\n]+)"/g, (all, text: string) => (isName(text) ? "" : all))
          .replaceAll(/\b[Ee]xercises? \d+(?:,?\s+(?:and\s+)?\d+)*/g, ""),
      )
      .flatMap((text) => text.match(/(?<![\w-])\d[\d.:]*/g) ?? []);
    expect(left).toEqual([]);
  });

  test("has 10 to 14 exercises, each with a task, hints and an answer that is closed", () => {
    const exercises = doc.split(/^## (?=Exercise )/m).slice(1);
    expect(exercises.map((text) => /^Exercise (\d+)/.exec(text)?.[1])).toEqual(
      exercises.map((_, at) => String(at + 1)),
    );
    expect(exercises.length).toBeGreaterThanOrEqual(10);
    expect(exercises.length).toBeLessThanOrEqual(14);
    for (const text of exercises) {
      expect(text).toMatch(/\*\*Task\.\*\*/);
      expect(text).toMatch(/\*\*Hints\.\*\*/);
      expect([...text.matchAll(ANSWER)], text.slice(0, 40)).toHaveLength(1);
      expect(text).not.toContain("<details open");
    }
  });

  test("names tables and columns that there are", () => {
    const picks = [...doc.matchAll(/\bpick ([a-z-]+) "([^"]+)"/g)];
    expect(picks.length).toBeGreaterThan(10);
    for (const [, table = "", names = ""] of picks) {
      const header = wire.text(`${table}.tsv`).split("\n")[0]?.split("\t") ?? [];
      expect(header, table).toEqual(expect.arrayContaining(names.split(",")));
    }
    for (const [, table = ""] of doc.matchAll(/\bTable ([a-z-]+)\b/g)) {
      expect(existsSync(join(wire.folder, `${table}.tsv`)), table).toBe(true);
    }
  });

  test("links to what is there", () => {
    for (const [, target = ""] of doc.matchAll(/\]\(([^)#]+)\)/g)) {
      expect(existsSync(join(DOC, "..", target)), target).toBe(true);
    }
    expect([...doc.matchAll(/!\[[^\]]+\]\(images\/[^)]+\.png\)/g)].length).toBeGreaterThan(0);
  });
});

const body = (name: string) => (tables[name] ?? []).slice(1);

describe("the answers and the answer key", () => {
  test("agree on the rows", () => {
    expect(figures).toMatchObject({
      rows: String(key.export.rows),
      duplicates: String(key.export.duplicateRows),
      "suspect-rows-true": String(key.recordsByActor.intruder),
    });
  });

  test("agree on who entered, and on every logon", () => {
    const succeeded = key.intruderLogons.filter(({ result }) => result === "Success");
    const entered = new Set(succeeded.map(({ address }) => address));
    expect(figures).toMatchObject({
      suspects: String(entered.size),
      "addresses-in": String(entered.size + key.ownerAddresses.length),
      addresses: String(key.intruderAddresses.length + key.ownerAddresses.length),
      "intruder-logons": String(succeeded.length),
      "intruder-failures": String(key.intruderLogons.length - succeeded.length),
    });
    const counts = key.intruderAddresses.map(({ address }) => {
      const own = key.intruderLogons.filter((logon) => logon.address === address);
      const successes = own.filter(({ result }) => result === "Success");
      const times = successes.map(({ time }) => minute(time));
      return [
        address,
        String(successes.length),
        String(own.length - successes.length),
        times[0] ?? "never",
        times.at(-1) ?? "never",
      ];
    });
    const shownCounts = body("entered").map((row) => [row[0], row[2], row[4], row[5], row[6]]);
    expect(shownCounts).toEqual(counts);
  });

  test("agree that the traveller is the owner", () => {
    const owner = new Map(key.ownerAddresses.map(({ address, place }) => [address, place]));
    for (const [address = ""] of body("trip")) expect(owner.get(address)).toMatch(/trip|abroad/);
  });

  test("agree on the searches", () => {
    const searches = key.intruderSearches.map(({ query, firstKeystroke, lastKeystroke, keystrokes, address }) => [
      query,
      firstKeystroke.slice(0, -1),
      lastKeystroke.slice(11, -1),
      String(keystrokes),
      address,
    ]);
    expect(body("searches").map((row) => row.slice(1, 6))).toEqual(searches);
    expect(body("keystrokes")).toHaveLength(
      key.intruderSearches.find(({ query }) => query === "invoice")?.keystrokes ?? 0,
    );
  });

  test("agree on what was opened, and on what has a subject", () => {
    const second = (time: string) => [time.slice(0, 10), time.slice(11, 19)];
    expect(body("opened").map((row) => [row[1], row[2], row[4]])).toEqual(
      key.messagesOpened.map(({ time, address }) => [...second(time), address]),
    );
    for (const [at, message] of key.messagesOpened.entries()) {
      const subject = body("opened")[at]?.[5];
      if (!message.deliveryInLog) expect(subject).toBe("No Data");
      else if (subject !== "No Data") expect(subject).toBe(message.subject.replaceAll("\r\n", "\\r\\n"));
    }
    const addresses = new Set(key.intruderAddresses.map(({ address }) => address));
    const reads = wire.rows("read-activity-by-time").filter((row) => addresses.has(cell(row, "Attributed IP")));
    expect(distinct(reads.map((row) => `${cell(row, "Attribution")} ${cell(row, "Confidence")}`))).toEqual([
      "session high",
    ]);
    const moved = Number(figures["opened-moved"]);
    const undelivered = key.messagesOpened.filter(({ deliveryInLog }) => !deliveryInLog).length;
    expect(figures["opened-nameless"]).toBe(String(undelivered + moved));
    expect(body("attachments").map((row) => [row[1], row[2], row[3]])).toEqual(
      key.attachmentsOpened.map(({ time, what }) => [...second(time), what]),
    );
  });

  test("agree on which of the doubtful marks are the intruder's", () => {
    const sessions = new Set(
      key.intruderSessions.flatMap(({ webSessionId, serverSessionId }) => [webSessionId, serverSessionId]),
    );
    const suspects = new Set(key.intruderAddresses.map(({ address }) => address));
    const low = wire
      .rows("other-activity")
      .filter((row) => cell(row, "Type") === "MarkAsRead" && cell(row, "Confidence") === "low")
      .filter((row) => suspects.has(cell(row, "Attributed IP")));
    const own = low.filter((row) => sessions.has(cell(row, "Session ID")));
    expect(figures).toMatchObject({
      "marks-intruder": String(own.length),
      "marks-owner": String(low.length - own.length),
    });
  });

  test("agree that nobody was exposed by the doubtful rows alone", () => {
    const items = new Set(
      [...key.messagesOpened, ...key.attachmentsOpened].map(({ activityItemId }) => activityItemId),
    );
    const touched = truth.filter(({ actor }) => actor === "intruder").map(({ activityItemId }) => activityItemId);
    expect(weakItems.size).toBe(Number(figures["suspicious-weak"]));
    expect(touched.filter((item) => weakItems.has(item))).toEqual([]);
    expect(figures["surely-opened"]).toBe(String(items.size));
    expect(figures["opened-messages"]).toBe(String(items.size));
    expect(figures["opened"]).toBe(String(key.messagesOpened.length));
    expect(figures["attachments"]).toBe(String(key.attachmentsOpened.length));
  });

  test("agree on what was deleted, hidden and sent", () => {
    const deeds = [...key.deletions, ...key.moves].sort((a, b) => (a.time < b.time ? -1 : 1));
    expect(body("hidden").map((row) => [row[1], row[2], row[3], row[6]])).toEqual(
      deeds.map(({ time, address, what }) => [
        time.slice(0, 10),
        time.slice(11, 19),
        address,
        what === "move" ? "moved" : what,
      ]),
    );
    const items = new Map(wire.rows("message-activity").map((row) => [sourceRow(row), cell(row, "Activity Item ID")]));
    expect(body("sent").map((row) => [items.get(row[0] ?? ""), row[3]?.toLowerCase(), row[4]])).toEqual(
      key.messagesSent.map(({ originalItemId, what, address }) => [originalItemId, what, address]),
    );
  });

  test("agree on the copy and the silence", () => {
    const success = wire
      .rows("logon-activity")
      .filter((row) => cell(row, "App Type") === "IMAP4" && cell(row, "Result") === "Success");
    expect(success.map((row) => [keyTime(row), cell(row, "Source IP")])).toEqual([
      [key.imapLogon.time, key.imapLogon.address],
    ]);
    const [[from = "", , to = ""] = []] = body("gap");
    expect(from < key.export.gap.from && to > key.export.gap.to).toBe(true);
  });
});

describe("what the workshop does by hand", () => {
  const item = (row: number) => truth[row - 1]?.activityItemId;

  test("follows the moved messages by the records beside each other", () => {
    // The browser's Move has the old id, the server's the new one, which the deletion of April has as well.
    expect(item(3104)).toBe(item(3086));
    expect(item(3105)).toBe(item(6912));
    expect(item(4767)).toBe(item(1497));
    // The owner's Delete and the Move beside it, and what the intruder opened in Deleted Items.
    expect(item(2013)).toBe(item(2011));
    expect(item(2015)).toBe(item(2426));
    expect(item(2042)).toBe(item(1998));
    expect(item(2044)).toBe(item(2491));
    const subjects = new Map(wire.rows("message-activity").map((row) => [sourceRow(row), cell(row, "Subject")]));
    const opened = new Map(key.messagesOpened.map(({ activityItemId, subject }) => [activityItemId, subject]));
    expect([subjects.get("2011"), subjects.get("1998")]).toEqual([
      opened.get(item(2426) ?? ""),
      opened.get(item(2491) ?? ""),
    ]);
    // Both stand twice in exposure.tsv: as copied under the old id, as opened under the new one, which the log names
    // before the copy of one of them.
    const access = new Map(wire.rows("exposure").map((row) => [cell(row, "Activity Item ID"), cell(row, "Access")]));
    for (const [before, after, how] of [
      [2011, 2426, "opened; mailbox-synced"],
      [1998, 2491, "opened"],
    ] as const) {
      expect(access.get(item(before) ?? "")).toContain("mailbox-synced");
      expect(access.get(item(after) ?? "")).toBe(how);
    }
    const purged = key.deletions.find(({ activityItemId }) => activityItemId === item(6912));
    expect(purged?.subject).toBe(subjects.get("3086"));
  });

  test("finds an owner and an intruder at work in one minute", () => {
    const actors = (rows: readonly number[]) => rows.map((row) => truth[row - 1]?.actor);
    expect(actors([5724, 5727, 5728])).toEqual(["intruder", "owner", "intruder"]);
    expect(actors([2837, 2838, 2839, 2840])).toEqual(["intruder", "owner", "owner", "owner"]);
    expect(actors([3119])).toEqual(["service"]);
  });

  test("puts the records where it says they are", () => {
    const details = new Map(wire.rows("other-activity").map((row) => [sourceRow(row), cell(row, "Details")]));
    for (const row of ["3105", "4768"]) expect(details.get(row)).toContain('"TargetFolder":"RssSubscription"');
    const sender = key.ownerAddresses.find(({ place }) => place === "office")?.address;
    const link = wire.rows("timeline").find((row) => sourceRow(row) === "1225");
    expect(link).toMatchObject({ Type: "LinkClicked", IP: sender, "IP Basis": "session" });
  });
});

describe("the bundle of the workshop", () => {
  test("is as its manifest says, until a byte is changed", async () => {
    expect((await verifyBundle(wire.folder)).problems).toEqual([]);
    const copy = join(folder, "touched");
    cpSync(wire.folder, copy, { recursive: true });
    appendFileSync(join(copy, "searches.tsv"), "x");
    const { problems } = await verifyBundle(copy);
    expect(problems).toEqual(["searches.tsv was changed."]);
    expect(doc).toContain(problems[0]);
  });

  test("comes out the same a second time", async () => {
    const again = await parsePaths(folder, [CSV], { formats });
    expect(again.text("manifest.json")).toBe(wire.text("manifest.json"));
  });
});
