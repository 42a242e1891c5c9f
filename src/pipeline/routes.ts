import type { RecordReader, RecordSink } from "../ingest/format.ts";
import { parseTicks, TICKS_PER_SECOND } from "../ingest/timestamp.ts";
import { hashTail } from "../joins/hash.ts";
import { ownText } from "../model/own-text.ts";
import { growColumns } from "../model/columns.ts";
import type { TenantLog } from "../joins/tenant-log.ts";
import { noteTenantRecord } from "../joins/tenant-log.ts";
import type { ActivityRecord } from "../model/record.ts";
import type { RecordIds, Repeated } from "./record-ids.ts";
import { isRepeated } from "./record-ids.ts";
import type { Extent, Reject, RowSample } from "./row-counts.ts";
import { newRowSample, NO_EXTENT, noteRow } from "./row-counts.ts";

/** Where records stand in an input, one typed column a fact; in memory that threads share. */
export interface RoutedRecords {
  /** Position and length of the record's text, and its 1-based number in the input. */
  readonly start: Float64Array;
  readonly length: Uint32Array;
  readonly number: Uint32Array;
}

/** A mailbox of an audit log: its records are those from index `from` on and before `to`, in the log's order. */
export interface RoutedMailbox {
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

/**
 * The records of an audit log by the mailbox that each is about: 16 bytes a record, so that one mailbox after the other
 * can be read and joined with no more in memory than the largest of them.
 */
export interface RoutedLog {
  readonly records: RoutedRecords;
  /** In the order of their first records. */
  readonly mailboxes: readonly RoutedMailbox[];
  readonly owners: MailboxOwners;
  /** Every record and stretch that is none. */
  readonly rows: number;
  readonly duplicates: number;
  readonly rejects: readonly Reject[];
  /** Records that give two different times. */
  readonly otherTimes: RowSample;
  /** Records of an id that another record has too, whose words differ: kept. */
  readonly sharedIds: RowSample;
  /** Records of which a list cannot be read. */
  readonly unreadableLists: RowSample;
  /** The earliest and the latest of all its records. */
  readonly extent: Extent;
}

/**
 * Owners by the GUIDs of their mailboxes in lower case, of records that name both: a delegate's record may name the GUID
 * alone. Of a GUID that records give to several owners nothing is known: it has the empty text.
 */
export type MailboxOwners = ReadonlyMap<string, string>;

/** Notes that a record, or another log, gives a mailbox's GUID to an owner. */
export function noteOwner(owners: Map<string, string>, guid: string, owner: string): void {
  const known = owners.get(guid);
  if (known === undefined) owners.set(guid, owner);
  else if (known.toLowerCase() !== owner.toLowerCase()) owners.set(guid, "");
}

/** A mailbox's name: its owner's, where the name is a GUID of which that is known. */
export function ownerOf(owners: MailboxOwners, mailbox: string): string {
  return owners.get(mailbox) || mailbox;
}

/** A log while it is read: records in its order, duplicates left out. */
export interface GrowingLog {
  count: number;
  start: Float64Array;
  length: Uint32Array;
  number: Uint32Array;
  /** Index in `names`. */
  mailbox: Uint32Array;
  readonly names: string[];
  readonly owners: Map<string, string>;
  rows: number;
  duplicates: number;
  readonly rejects: Reject[];
  readonly otherTimes: RowSample;
  readonly sharedIds: RowSample;
  readonly unreadableLists: RowSample;
  extent: { -readonly [Fact in keyof Extent]: Extent[Fact] };
}

/** The columns that have a value for each, and grow together. */
const COLUMNS = ["start", "length", "number", "mailbox"] as const;

const FIRST_CAPACITY = 4096;

/** Bytes of an ordinary audit record at least. */
const SMALL_RECORD = 500;

/**
 * How many records an audit log of a size may well have. Room for more than come costs nothing, as memory that is not
 * written to is not there; making room while reading would leave the smaller one behind each time.
 */
export function expectedRecords(bytes: number): number {
  return FIRST_CAPACITY + Math.ceil(bytes / SMALL_RECORD);
}

/** @param expected room for so many records is made at once: `expectedRecords`. */
export function newGrowingLog(expected = FIRST_CAPACITY): GrowingLog {
  return {
    count: 0,
    start: new Float64Array(expected),
    length: new Uint32Array(expected),
    number: new Uint32Array(expected),
    mailbox: new Uint32Array(expected),
    names: [],
    owners: new Map(),
    rows: 0,
    duplicates: 0,
    rejects: [],
    otherTimes: newRowSample(),
    sharedIds: newRowSample(),
    unreadableLists: newRowSample(),
    extent: { ...NO_EXTENT },
  };
}

/** Adds a record that is no duplicate; `number` is its 1-based number in the input, `mailbox` an index in `names`. */
export function addRecord(log: GrowingLog, start: number, length: number, number: number, mailbox: number): void {
  const at = log.count++;
  if (at === log.start.length) {
    const capacity = Math.ceil((at + 1) * 1.5);
    growColumns(log, COLUMNS, capacity);
  }
  log.start[at] = start;
  log.length[at] = length;
  log.number[at] = number;
  log.mailbox[at] = mailbox;
}

/** What a record of an id says, in a number: two that differ in it are not one record, whatever their id. */
function wordsHash({ activityIdType, audit }: ActivityRecord, ticks: number): number {
  // The same record has its time in several spellings: the second it denotes counts.
  const second = Math.floor(ticks / TICKS_PER_SECOND);
  return hashTail(`${second} ${activityIdType} ${audit?.user.toLowerCase() ?? ""} ${audit?.named ?? ""}`, 128);
}

/** The number of a mailbox in a log's `names`, given at its first use. */
export function mailboxNumbers({ names }: GrowingLog): (mailbox: string) => number {
  const numbers = new Map(names.map((name, number) => [name.toLowerCase(), number]));
  return (mailbox) => {
    const known = numbers.get(mailbox);
    if (known !== undefined) return known;
    // Spellings of one mailbox differ in case; the one met first is printed.
    const folded = mailbox.toLowerCase();
    const same = numbers.get(folded);
    const number = same ?? names.push(ownText(mailbox)) - 1;
    numbers.set(ownText(mailbox), number);
    numbers.set(ownText(folded), number);
    return number;
  };
}

/** Whether a record was read before, by its id and a hash of what it says; remembers it if not. */
export type AskRepeated = (id: string, said: number) => Repeated;

/**
 * Takes what a reader of an audit log finds: whose mailbox each record is about, which records are known already, and
 * what all of them say together of the tenant.
 *
 * @param ask undefined where duplicates are kept.
 * @param input the log's number in the tenant's.
 */
export function routeInto(
  log: GrowingLog,
  mailboxNumber: (mailbox: string) => number,
  ask: AskRepeated | undefined,
  tenant: TenantLog,
  input: number,
): RecordSink {
  const { extent, owners } = log;
  // Most records are of few mailboxes.
  let last = { guid: "", owner: "" };
  return {
    record(record, start, length) {
      const { audit, timeStamp } = record;
      log.rows++;
      if (audit === undefined) throw new Error("A record of an audit log that is none.");
      const ticks = parseTicks(timeStamp);
      if (ticks < extent.firstTicks) {
        extent.firstTicks = ticks;
        extent.firstTime = timeStamp;
      }
      if (ticks >= extent.lastTicks) {
        extent.lastTicks = ticks;
        extent.lastTime = timeStamp;
      }
      if (audit.otherTime !== "") noteRow(log.otherTimes, log.rows);
      if (audit.unreadable !== "") noteRow(log.unreadableLists, log.rows);
      const guid = audit.mailboxGuid;
      const owner = guid === "" ? "" : audit.mailboxOwner;
      if (owner !== "" && (guid !== last.guid || owner !== last.owner)) {
        last = { guid: ownText(guid), owner: ownText(owner) };
        noteOwner(owners, last.guid.toLowerCase(), last.owner);
      }
      const repeated = ask === undefined ? "new" : ask(audit.recordId, wordsHash(record, ticks));
      if (repeated === "same") {
        log.duplicates++;
        return;
      }
      if (repeated === "other") noteRow(log.sharedIds, log.rows);
      addRecord(log, start, length, log.rows, mailboxNumber(audit.mailbox));
      noteTenantRecord(tenant, record, input, log.rows);
    },
    reject(start, length, reason) {
      log.rejects.push({ number: ++log.rows, start, length, reason });
    },
  };
}

/**
 * Reads an audit log through once: whose mailbox each record is about, which records another file of the run has too,
 * and what all of them say together of the tenant. Yields the position reached.
 *
 * @param ids the records known so far; `undefined` keeps duplicates.
 * @param input the log's number in the tenant's.
 */
export function* routeLog(
  reader: RecordReader,
  ids: RecordIds | undefined,
  tenant: TenantLog,
  input: number,
): Generator<number, RoutedLog, void> {
  const log = newGrowingLog();
  const ask: AskRepeated | undefined = ids && ((id, said) => isRepeated(ids, id, said));
  yield* reader.scan(routeInto(log, mailboxNumbers(log), ask, tenant, input));
  return routedLog(log);
}

/** A log that has been read to its end. */
export function routedLog(log: GrowingLog): RoutedLog {
  const { owners, rows, duplicates, rejects, otherTimes, sharedIds, unreadableLists, extent } = log;
  return {
    ...byMailbox(log),
    owners,
    rows,
    duplicates,
    rejects,
    otherTimes,
    sharedIds,
    unreadableLists,
    extent: ownExtent(extent),
  };
}

/** An extent whose texts share no memory with the records. */
function ownExtent({ firstTicks, firstTime, lastTicks, lastTime }: Extent): Extent {
  return { firstTicks, firstTime: ownText(firstTime), lastTicks, lastTime: ownText(lastTime) };
}

/** Gives the records that name a mailbox by its GUID to its owner, whose own records name both. */
function settleOwners(log: GrowingLog): void {
  const { count, mailbox, names, owners } = log;
  const numberOfName = mailboxNumbers(log);
  const settled = names.map((name) => numberOfName(ownerOf(owners, name)));
  if (settled.every((number, at) => number === at)) return;
  for (let at = 0; at < count; at++) mailbox[at] = settled[mailbox[at] as number] as number;
}

/** Puts the records of each mailbox together, in the log's order. */
function byMailbox(log: GrowingLog): Pick<RoutedLog, "records" | "mailboxes"> {
  settleOwners(log);
  const { count, mailbox, names } = log;
  const ends = new Uint32Array(names.length + 1);
  for (let at = 0; at < count; at++) {
    const number = mailbox[at] as number;
    ends[number + 1] = (ends[number + 1] as number) + 1;
  }
  for (let at = 1; at < ends.length; at++) ends[at] = (ends[at] as number) + (ends[at - 1] as number);
  const records: RoutedRecords = {
    start: new Float64Array(new SharedArrayBuffer(count * 8)),
    length: new Uint32Array(new SharedArrayBuffer(count * 4)),
    number: new Uint32Array(new SharedArrayBuffer(count * 4)),
  };
  const next = ends.slice();
  for (let at = 0; at < count; at++) {
    const number = mailbox[at] as number;
    const place = next[number] as number;
    next[number] = place + 1;
    records.start[place] = log.start[at] as number;
    records.length[place] = log.length[at] as number;
    records.number[place] = log.number[at] as number;
  }
  const mailboxes = names.map((name, number) => ({
    name,
    from: ends[number] as number,
    to: ends[number + 1] as number,
  }));
  return { records, mailboxes: mailboxes.filter(({ from, to }) => to > from) };
}
