import { typeOf } from "../activities/index.ts";
import { logonFacts } from "../activities/logon/index.ts";
import { searchFacts } from "../activities/search/index.ts";
import { parseTicks } from "../ingest/timestamp.ts";
import type { ActivityType } from "../model/event.ts";
import type { ActivityRecord, SourceRef } from "../model/record.ts";
import { messageIdHash } from "./hash.ts";
import type { Items } from "./items.ts";
import { itemNumber, newItems } from "./items.ts";
import { ownText } from "./own-text.ts";
import type { Rows } from "./rows.ts";
import { addRow, newRows, setSession } from "./rows.ts";

/** One input of a case, readable at any row. */
export interface CaseEvidence {
  /** As Source File prints it. */
  readonly label: string;
  /** The record whose text stands at a position that the first reading gave. */
  recordAt(start: number, length: number): ActivityRecord;
  /** The text itself. */
  textAt(start: number, length: number): string;
}

/** A logon as attribution needs it. */
export interface CaseLogon {
  readonly row: number;
  readonly ticks: number;
  readonly timeStamp: string;
  /** Canonical address; empty where the record has none. */
  readonly address: string;
  readonly app: number;
  readonly session: string;
  readonly user: string;
  readonly userAgent: string;
  /** The address as the record wrote it, where that says more: a list of forwarders, a port. Else empty. */
  readonly written: string;
  readonly successful: boolean;
}

/** A search row as the joining of keystrokes and results needs it. */
export interface CaseSearchRow {
  readonly row: number;
  readonly ticks: number;
  readonly timeStamp: string;
  readonly app: number;
  readonly session: string;
  readonly role: string;
  readonly query: string;
}

/** Everything remembered of one mailbox after its inputs were read once. */
export interface MailboxCase {
  /** The mailbox as the tables name it; empty where neither the evidence nor the user names it. */
  mailbox: string;
  readonly filter: RowFilter;
  readonly evidence: CaseEvidence[];
  readonly types: ActivityType[];
  readonly typeNumbers: Map<string, number>;
  readonly apps: string[];
  readonly appNumbers: Map<string, number>;
  readonly rows: Rows;
  readonly items: Items;
  readonly logons: CaseLogon[];
  readonly searches: CaseSearchRow[];
  /** Texts kept once, however many rows name them (addresses, users, sessions). */
  readonly texts: Map<string, string>;
}

/** The input that a row stands in. */
export function evidenceOf({ rows, evidence }: MailboxCase, row: number): CaseEvidence {
  return evidence[rows.evidence[row] as number] as CaseEvidence;
}

/** The record of a row, read again from the evidence. */
export function recordOf(mailboxCase: MailboxCase, row: number): ActivityRecord {
  const { rows } = mailboxCase;
  return evidenceOf(mailboxCase, row).recordAt(rows.start[row] as number, rows.length[row] as number);
}

/** Where a row stands in the evidence. */
export function sourceOf(mailboxCase: MailboxCase, row: number): SourceRef {
  return { file: evidenceOf(mailboxCase, row).label, row: mailboxCase.rows.number[row] as number };
}

/** Which rows tables print; the others still inform joins. Times are ticks, `end` not included. */
export interface RowFilter {
  readonly start: number;
  readonly end: number;
  readonly types: ReadonlySet<string> | undefined;
  readonly apps: ReadonlySet<string> | undefined;
  /** The options in words, for the coverage table. */
  readonly words: string;
}

export const NO_FILTER: RowFilter = { start: -Infinity, end: Infinity, types: undefined, apps: undefined, words: "" };

export function newMailboxCase(filter: RowFilter): MailboxCase {
  return {
    mailbox: "",
    filter,
    evidence: [],
    types: [],
    typeNumbers: new Map(),
    apps: [],
    appNumbers: new Map(),
    rows: newRows(),
    items: newItems(),
    logons: [],
    searches: [],
    texts: new Map(),
  };
}

function shared(texts: Map<string, string>, text: string): string {
  const known = texts.get(text);
  if (known !== undefined) return known;
  const own = ownText(text);
  texts.set(own, own);
  return own;
}

function numberOf<T>(names: Map<string, number>, list: T[], name: string, make: (name: string) => T): number {
  const known = names.get(name);
  if (known !== undefined) return known;
  const own = ownText(name);
  const number = list.push(make(own)) - 1;
  names.set(own, number);
  return number;
}

function isFiltered(filter: RowFilter, ticks: number, record: ActivityRecord): boolean {
  return (
    ticks < filter.start ||
    ticks >= filter.end ||
    (filter.types !== undefined && !filter.types.has(record.activityIdType)) ||
    (filter.apps !== undefined && !filter.apps.has(record.appIdType))
  );
}

/** Remembers that a row speaks of an item. */
function linkRow({ items, rows }: MailboxCase, item: number, row: number, type: ActivityType, record: ActivityRecord) {
  if (type.role === "delivered" && items.delivered[item] === -1) {
    items.delivered[item] = row;
    const id = record.properties.text("InternetMessageId");
    if (id !== undefined && id !== "") items.messageIdHash[item] = messageIdHash(id);
    return;
  }
  const last = items.lastRow[item] as number;
  if (last < 0) items.firstRow[item] = row;
  else rows.nextOfItem[last] = row;
  items.lastRow[item] = row;
}

/** What became of a record. */
export interface TakenRecord {
  /** Whether the filter keeps it out of the tables. A row whose time cannot be read is never filtered by time. */
  readonly hidden: boolean;
  /** NaN where the TimeStamp cannot be read. */
  readonly ticks: number;
  /** Why the Query of a search cannot be read, if so. */
  readonly queryProblem: string | undefined;
}

/**
 * Takes a record into the case: its row, what it knows of its message, and logons and searches in full.
 *
 * @param evidence index of the input in `mailboxCase.evidence`.
 * @param number the record's 1-based row in that input; `start` and `length` are the position of its text.
 */
export function takeRecord(
  mailboxCase: MailboxCase,
  record: ActivityRecord,
  evidence: number,
  number: number,
  start: number,
  length: number,
): TakenRecord {
  const { rows, items, texts, filter } = mailboxCase;
  const typeNumber = numberOf(mailboxCase.typeNumbers, mailboxCase.types, record.activityIdType, typeOf);
  const type = mailboxCase.types[typeNumber] as ActivityType;
  const app = numberOf(mailboxCase.appNumbers, mailboxCase.apps, record.appIdType, (name) => name);
  const ticks = parseTicks(record.timeStamp);
  const hidden = filter !== NO_FILTER && isFiltered(filter, ticks, record);
  const row = addRow(rows);
  const item = itemNumber(items, record.activityItemId);
  rows.evidence[row] = evidence;
  rows.start[row] = start;
  rows.length[row] = length;
  rows.number[row] = number;
  rows.ticks[row] = ticks;
  rows.type[row] = typeNumber;
  rows.app[row] = app;
  rows.item[row] = item;
  setSession(rows, row, record.clientSessionId);
  rows.hidden[row] = hidden ? 1 : 0;
  rows.nextOfItem[row] = -1;
  if (item >= 0) linkRow(mailboxCase, item, row, type, record);
  let queryProblem: string | undefined;
  if (type.family === "logon") {
    const facts = logonFacts(record);
    mailboxCase.logons.push({
      row,
      ticks,
      timeStamp: ownText(record.timeStamp),
      address: shared(texts, facts.client.address),
      app,
      session: shared(texts, record.clientSessionId),
      user: shared(texts, facts.user),
      userAgent: shared(texts, facts.userAgent),
      written: shared(texts, facts.client.original),
      successful: facts.successful,
    });
  } else if (type.family === "search") {
    const { query, problem } = searchFacts(record);
    queryProblem = problem;
    mailboxCase.searches.push({
      row,
      ticks,
      timeStamp: ownText(record.timeStamp),
      app,
      session: shared(texts, record.clientSessionId),
      role: type.role,
      query: ownText(query),
    });
  }
  return { hidden, ticks, queryProblem };
}
