import type { RecordReader } from "../ingest/format.ts";
import { parseTicks } from "../ingest/timestamp.ts";
import { hashTail } from "../joins/hash.ts";
import { ownText } from "../joins/own-text.ts";
import { grown } from "../joins/rows.ts";
import type { TenantLog } from "../joins/tenant-log.ts";
import { noteTenantRecord } from "../joins/tenant-log.ts";
import type { ActivityRecord } from "../model/record.ts";
import type { RecordIds } from "./record-ids.ts";
import { isRepeated } from "./record-ids.ts";
import type { Reject, RowSample } from "./row-counts.ts";
import { newRowSample, noteRow } from "./row-counts.ts";

/**
 * The records of an audit log with the mailbox that each is about: about 20 bytes a record, so that one mailbox after
 * the other can be read and joined with no more in memory than the largest of them.
 */
export interface RoutedLog {
  /** Records that are routed: duplicates are not. */
  count: number;
  /** Position and length of the record's text, and its 1-based number in the input. */
  start: Float64Array;
  length: Uint32Array;
  number: Uint32Array;
  /** Index in `mailboxes`. */
  mailbox: Uint32Array;
  readonly mailboxes: string[];
  /** Every record and stretch that is none. */
  rows: number;
  duplicates: number;
  readonly rejects: Reject[];
  /** Records whose own column has another time than AuditData, which counts. */
  readonly otherTimes: RowSample;
  /** Records of an id that another record has too, whose words differ: kept. */
  readonly sharedIds: RowSample;
}

const FIRST_CAPACITY = 4096;

function newRoutedLog(): RoutedLog {
  return {
    count: 0,
    start: new Float64Array(FIRST_CAPACITY),
    length: new Uint32Array(FIRST_CAPACITY),
    number: new Uint32Array(FIRST_CAPACITY),
    mailbox: new Uint32Array(FIRST_CAPACITY),
    mailboxes: [],
    rows: 0,
    duplicates: 0,
    rejects: [],
    otherTimes: newRowSample(),
    sharedIds: newRowSample(),
  };
}

function addRecord(log: RoutedLog, start: number, length: number, mailbox: number): void {
  const at = log.count++;
  if (at === log.start.length) {
    const capacity = Math.ceil(at * 1.5);
    log.start = grown(log.start, capacity);
    log.length = grown(log.length, capacity);
    log.number = grown(log.number, capacity);
    log.mailbox = grown(log.mailbox, capacity);
  }
  log.start[at] = start;
  log.length[at] = length;
  log.number[at] = log.rows;
  log.mailbox[at] = mailbox;
}

/** What a record of an id says, in a number: two that differ in it are not one record, whatever their id. */
function wordsHash({ timeStamp, activityIdType, audit }: ActivityRecord): number {
  // The same record has its time in several spellings: the second it denotes counts.
  const second = Math.floor(parseTicks(timeStamp) / 10_000_000);
  return hashTail(`${second} ${activityIdType} ${audit?.user.toLowerCase() ?? ""}`, 128);
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
  const log = newRoutedLog();
  const numbers = new Map<string, number>();
  const mailboxNumber = (mailbox: string): number => {
    const known = numbers.get(mailbox);
    if (known !== undefined) return known;
    // Spellings of one mailbox differ in case; the one met first is printed.
    const folded = mailbox.toLowerCase();
    const same = numbers.get(folded);
    const number = same ?? log.mailboxes.push(ownText(mailbox)) - 1;
    numbers.set(ownText(mailbox), number);
    numbers.set(ownText(folded), number);
    return number;
  };
  yield* reader.scan({
    record(record, start, length) {
      const { audit } = record;
      log.rows++;
      if (audit === undefined) throw new Error("A record of an audit log that is none.");
      if (audit.otherTime !== "") noteRow(log.otherTimes, log.rows);
      const repeated = ids === undefined ? "new" : isRepeated(ids, audit.recordId, wordsHash(record));
      if (repeated === "same") {
        log.duplicates++;
        return;
      }
      if (repeated === "other") noteRow(log.sharedIds, log.rows);
      addRecord(log, start, length, mailboxNumber(audit.mailbox));
      noteTenantRecord(tenant, record, input, log.rows);
    },
    reject(start, length, reason) {
      log.rejects.push({ number: ++log.rows, start, length, reason });
    },
  });
  return log;
}

/** The records of each mailbox: indexes of the log, in its order, by the mailbox's number. */
export function recordsByMailbox({ count, mailbox, mailboxes }: RoutedLog): readonly Uint32Array[] {
  const ends = new Uint32Array(mailboxes.length + 1);
  for (let at = 0; at < count; at++) ends[(mailbox[at] as number) + 1] = (ends[(mailbox[at] as number) + 1] as number) + 1;
  for (let at = 1; at < ends.length; at++) ends[at] = (ends[at] as number) + (ends[at - 1] as number);
  const order = new Uint32Array(count);
  const next = ends.slice();
  for (let at = 0; at < count; at++) {
    const number = mailbox[at] as number;
    order[next[number] as number] = at;
    next[number] = (next[number] as number) + 1;
  }
  return mailboxes.map((_, number) => order.subarray(ends[number], ends[number + 1]));
}
