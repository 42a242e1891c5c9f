import { typeKey, typeOf } from "../activities/index.ts";
import type { LogonFacts } from "../activities/logon/index.ts";
import { logonFacts } from "../activities/logon/index.ts";
import { searchFacts } from "../activities/search/index.ts";
import { messageKey } from "../ingest/messages/message-record.ts";
import type { TimeForm } from "../ingest/timestamp.ts";
import { formatTime, parseTicks, timeForm } from "../ingest/timestamp.ts";
import { isBlankId } from "../model/blank-id.ts";
import type { ActivityType } from "../model/event.ts";
import type { ActivityRecord, AuditFacts, SourceRef } from "../model/record.ts";
import { messageKeyHash } from "./hash.ts";
import type { Items } from "./items.ts";
import { itemKey, itemNumber, newItems } from "./items.ts";
import { ownText } from "../model/own-text.ts";
import type { Rows } from "./rows.ts";
import { addressNumberOf, addRow, clientNumberOf, newRows, partOf, setAudit, setKinds, setSession } from "./rows.ts";

/** One input of a case, readable at any row. */
export interface CaseEvidence {
  /** Which of the run's inputs it is, 0-based, in the order in which they are listed. */
  readonly number: number;
  /** As Source File prints it. */
  readonly label: string;
  /** An audit log, as opposed to an export of the Activities API. */
  readonly isAudit: boolean;
  /**
   * The record whose text stands at a position that the first reading gave; of an audit record that makes several rows,
   * the row of that number from 0.
   */
  recordAt(start: number, length: number, part: number): ActivityRecord;
  /** The text itself. */
  textAt(start: number, length: number): string;
}

/** By whom and by what an audit record says something was done: the same for very many records. Texts are verbatim. */
export interface ClientContext {
  /** UserId: the account, service principal or system that acted. */
  readonly user: string;
  readonly workload: string;
  readonly clientInfo: string;
  readonly userAgent: string;
  readonly appId: string;
  readonly clientAppId: string;
  readonly logonType: "owner" | "admin" | "delegate" | "";
  readonly external: boolean;
  /** The record says that auditing of Bind was about to stop for 24 hours. */
  readonly throttled: boolean;
  /** Lists of the record that cannot be read; empty for nearly every one. */
  readonly unreadable: string;
}

/** What rows of which very many are remembered have in common: what their rows know is asked of them. */
class CaseRow {
  readonly mailboxCase: MailboxCase;
  readonly row: number;
  /** The ClientSessionId; empty where the record has none, or one that is blacked out. */
  readonly session: string;

  constructor(mailboxCase: MailboxCase, row: number, session: string) {
    this.mailboxCase = mailboxCase;
    this.row = row;
    this.session = session;
  }

  /** Index of the AppIdType. */
  get app(): number {
    return this.mailboxCase.rows.app[this.row] as number;
  }

  /** The TimeStamp as the record writes it. */
  get timeStamp(): string {
    return timeOf(this.mailboxCase, this.row);
  }
}

/** A logon as attribution needs it. */
export class CaseLogon extends CaseRow {
  /** NaN where the TimeStamp cannot be read. Asked for again and again where logons are looked for. */
  readonly ticks: number;
  /** What the record names as its address: canonical, or a host name or word verbatim; empty where it names nothing. */
  readonly named: string;
  /** The same where it is an IP address; else empty: nobody can tell where a host name or "unknown" was. */
  readonly address: string;
  readonly user: string;
  readonly userAgent: string;
  /** The address as the record wrote it, where that says more: a list of forwarders, a port. Else empty. */
  readonly written: string;
  readonly successful: boolean;
  /** Nobody knows whether it let somebody in: it is no success, and no failure. */
  readonly partial: boolean;

  constructor(mailboxCase: MailboxCase, row: number, session: string, { client, user, ...facts }: LogonFacts) {
    const { texts } = mailboxCase;
    super(mailboxCase, row, session);
    this.ticks = mailboxCase.rows.ticks[row] as number;
    this.named = shared(texts, client.address);
    this.address = client.ip === "" ? "" : this.named;
    this.user = shared(texts, user);
    this.userAgent = shared(texts, facts.userAgent);
    this.written = shared(texts, client.original);
    this.successful = facts.successful;
    this.partial = facts.partial;
  }
}

/** A search row as the joining of keystrokes and results needs it. */
export class CaseSearchRow extends CaseRow {
  readonly query: string;

  constructor(mailboxCase: MailboxCase, row: number, session: string, query: string) {
    super(mailboxCase, row, session);
    this.query = query;
  }

  /** NaN where the TimeStamp cannot be read. */
  get ticks(): number {
    return this.mailboxCase.rows.ticks[this.row] as number;
  }

  /** The role of its ActivityIdType. */
  get role(): string {
    const { rows, types } = this.mailboxCase;
    return (types[rows.type[this.row] as number] as ActivityType).role;
  }
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
  /** Addresses and clients of audit records, by the numbers that rows have; the first of both is of every other row. */
  readonly addresses: string[];
  readonly addressNumbers: Map<string, number>;
  readonly clients: ClientContext[];
  readonly clientNumbers: Map<string, number>;
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
  return evidenceOf(mailboxCase, row).recordAt(
    rows.start[row] as number,
    rows.length[row] as number,
    partOf(rows, row),
  );
}

/** The TimeStamp of a row as its record writes it. */
export function timeOf(mailboxCase: MailboxCase, row: number): string {
  const { ticks, timeForm } = mailboxCase.rows;
  const form = timeForm[row] as TimeForm;
  return form === 0 ? recordOf(mailboxCase, row).timeStamp : formatTime(ticks[row] as number, form);
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
  /** The options as they were typed; where this is empty, `filterWords` makes words of the rest. */
  readonly words: string;
}

export const NO_FILTER: RowFilter = { start: -Infinity, end: Infinity, types: undefined, apps: undefined, words: "" };

const NO_CLIENT: ClientContext = {
  user: "",
  workload: "",
  clientInfo: "",
  userAgent: "",
  appId: "",
  clientAppId: "",
  logonType: "",
  external: false,
  throttled: false,
  unreadable: "",
};

/** @param expected so many records are known to come; undefined where that is not known. */
export function newMailboxCase(filter: RowFilter, expected?: number): MailboxCase {
  return {
    mailbox: "",
    filter,
    evidence: [],
    types: [],
    typeNumbers: new Map(),
    apps: [],
    appNumbers: new Map(),
    rows: newRows(expected),
    items: newItems(expected),
    logons: [],
    searches: [],
    addresses: [""],
    addressNumbers: new Map([["", 0]]),
    clients: [NO_CLIENT],
    clientNumbers: new Map(),
    texts: new Map(),
  };
}

/** The client of an audit record's row; undefined for a row of the Activities API. */
export function clientOfRow({ rows, clients }: MailboxCase, row: number): ClientContext | undefined {
  const number = clientNumberOf(rows, row);
  return number === 0 ? undefined : clients[number];
}

/** The address that a row's own audit record carries; empty where it carries none. */
export function ownAddress({ rows, addresses }: MailboxCase, row: number): string {
  return addresses[addressNumberOf(rows, row)] as string;
}

function clientNumber({ clients, clientNumbers }: MailboxCase, audit: AuditFacts): number {
  const { user, workload, clientInfo, userAgent, appId, clientAppId, logonType, external, throttled, unreadable } =
    audit;
  const flags = `${external} ${throttled} ${unreadable}`;
  const key = [user, workload, clientInfo, userAgent, appId, clientAppId, logonType, flags].join("\u0000");
  return numberOf(clientNumbers, clients, key, () => ({
    user: ownText(user),
    workload: ownText(workload),
    clientInfo: ownText(clientInfo),
    userAgent: ownText(userAgent),
    appId: ownText(appId),
    clientAppId: ownText(clientAppId),
    logonType,
    external,
    throttled,
    unreadable,
  }));
}

function shared(texts: Map<string, string>, text: string): string {
  const known = texts.get(text);
  if (known !== undefined) return known;
  const own = ownText(text);
  texts.set(own, own);
  return own;
}

/** The number of a name in a list; what is met first is made and put at its end. The name kept is a copy. */
export function numberOf<T>(names: Map<string, number>, list: T[], name: string, make: (name: string) => T): number {
  const known = names.get(name);
  if (known !== undefined) return known;
  const own = ownText(name);
  const number = list.push(make(own)) - 1;
  names.set(own, number);
  return number;
}

/** Whether the filter keeps a row out of the tables. One whose time cannot be read is never filtered by time. */
function isFiltered(filter: RowFilter, ticks: number, record: ActivityRecord): boolean {
  return (
    ticks < filter.start ||
    ticks >= filter.end ||
    (filter.types !== undefined && !filter.types.has(record.activityIdType)) ||
    (filter.apps !== undefined && !filter.apps.has(record.appIdType))
  );
}

/**
 * Remembers that a row speaks of an item. Of the rows of a message that was bound again and again only the earliest is
 * remembered, in whatever order they come: every one of them says the same.
 */
function linkRow(mailboxCase: MailboxCase, item: number, row: number, type: ActivityType, record: ActivityRecord) {
  const { items, rows, types } = mailboxCase;
  if (type.role === "delivered" && items.delivered[item] === -1) {
    items.delivered[item] = row;
    const key = messageKey(record.properties.text("InternetMessageId") ?? "");
    if (key !== "") items.messageKeyHash[item] = messageKeyHash(key);
    return;
  }
  if (record.properties.text("AttachmentDetail") !== undefined) items.attachments[item] = 1;
  const last = items.lastRow[item] as number;
  if (type.role === "bound") {
    // It stands in front: whether one is known already, and which is the earlier, is asked in one look.
    const first = items.firstRow[item] as number;
    const isFirstBound = first >= 0 && types[rows.type[first] as number]?.role === "bound";
    if (isFirstBound && !((rows.ticks[row] as number) < (rows.ticks[first] as number))) return;
    rows.nextOfItem[row] = isFirstBound ? (rows.nextOfItem[first] as number) : first;
    items.firstRow[item] = row;
    if (last < 0 || (isFirstBound && last === first)) items.lastRow[item] = row;
    return;
  }
  if (last < 0) items.firstRow[item] = row;
  else rows.nextOfItem[last] = row;
  items.lastRow[item] = row;
}

/** What became of a record. */
export interface TakenRecord {
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
 * @param part which of the rows that the record makes it is, from 0.
 */
export function takeRecord(
  mailboxCase: MailboxCase,
  record: ActivityRecord,
  evidence: number,
  number: number,
  start: number,
  length: number,
  part = 0,
): TakenRecord {
  const { rows, items, texts, filter } = mailboxCase;
  const { audit } = record;
  const typeNumber = numberOf(mailboxCase.typeNumbers, mailboxCase.types, typeKey(record), typeOf);
  const type = mailboxCase.types[typeNumber] as ActivityType;
  const app = numberOf(mailboxCase.appNumbers, mailboxCase.apps, record.appIdType, (name) => name);
  const ticks = parseTicks(record.timeStamp);
  const hidden = filter !== NO_FILTER && isFiltered(filter, ticks, record);
  const row = addRow(rows);
  const item = itemNumber(items, itemKey(record));
  // What is 0 is not written: columns that are 0 throughout take no memory.
  if (evidence !== 0) rows.evidence[row] = evidence;
  rows.start[row] = start;
  rows.length[row] = length;
  rows.number[row] = number;
  if (audit !== undefined) {
    const address = numberOf(mailboxCase.addressNumbers, mailboxCase.addresses, audit.address, (name) => name);
    setAudit(rows, row, part, address, clientNumber(mailboxCase, audit));
  }
  rows.ticks[row] = ticks;
  rows.timeForm[row] = timeForm(record.timeStamp, ticks);
  setKinds(rows, row, typeNumber, app);
  rows.item[row] = item;
  // A session that is blacked out is none: rows of it have nothing in common.
  const session = isBlankId(record.clientSessionId) ? "" : record.clientSessionId;
  setSession(rows, row, session);
  if (hidden) rows.hidden[row] = 1;
  rows.nextOfItem[row] = -1;
  if (item >= 0) linkRow(mailboxCase, item, row, type, record);
  let queryProblem: string | undefined;
  if (type.family === "logon") {
    mailboxCase.logons.push(new CaseLogon(mailboxCase, row, shared(texts, session), logonFacts(record)));
  } else if (type.family === "search") {
    const { query, problem } = searchFacts(record);
    queryProblem = problem;
    mailboxCase.searches.push(new CaseSearchRow(mailboxCase, row, shared(texts, session), ownText(query)));
  }
  return { ticks, queryProblem };
}
