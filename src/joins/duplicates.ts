import { addNumber, newNumberList } from "../model/number-list.ts";
import { pythonRepr } from "../model/python-repr.ts";
import type { ActivityRecord } from "../model/record.ts";
import { addEntry, findEntry, hashTail, newHashTable } from "./hash.ts";
import type { MailboxCase } from "./mailbox-case.ts";
import { evidenceOf, recordOf } from "./mailbox-case.ts";
import type { Rows } from "./rows.ts";
import { isAuditRow } from "./rows.ts";

/** What a record's properties say, by name; the last of several equal names counts. */
function propertyValues({ properties }: ActivityRecord): Map<string, string> {
  return new Map(properties.entries().map(([name, value]) => [name, pythonRepr(value)]));
}

function sameProperties(a: ActivityRecord, b: ActivityRecord): boolean {
  if (a.properties.raw === b.properties.raw) return true;
  if (a.properties.problem !== undefined || b.properties.problem !== undefined) return false;
  const values = propertyValues(a);
  const others = propertyValues(b);
  if (values.size !== others.size) return false;
  for (const [name, value] of values) if (others.get(name) !== value) return false;
  return true;
}

/** What a record says beside its properties, as one text. */
function fieldsOf(record: ActivityRecord): string {
  const { timeStamp, appIdType, activityIdType, activityItemId, activityCreationTime, clientSessionId, extra } = record;
  return JSON.stringify([
    timeStamp,
    appIdType,
    activityIdType,
    activityItemId,
    activityCreationTime,
    clientSessionId,
    extra,
  ]);
}

/** Whether two records say the same in every field, whatever file shape each comes from. */
function sameRecord(a: ActivityRecord, b: ActivityRecord): boolean {
  return a.timeStamp === b.timeStamp && fieldsOf(a) === fieldsOf(b) && sameProperties(a, b);
}

const hashOfText = (text: string) => hashTail(text, text.length) >>> 0;

/** Hashes of which two records have one in common if they say the same: by their properties as written, and as read. */
function contentHashes(record: ActivityRecord): number[] {
  const fields = fieldsOf(record);
  const written = hashOfText(fields + record.properties.raw);
  if (record.properties.problem !== undefined) return [written];
  const values = [...propertyValues(record)].map((pair) => JSON.stringify(pair));
  return [written, hashOfText(fields + values.sort().join())];
}

const TICKS_LOW = 0x1_0000_0000;

function rowHash(rows: Rows, row: number): number {
  const ticks = rows.ticks[row] as number;
  let hash = Math.imul((ticks % TICKS_LOW) ^ Math.floor(ticks / TICKS_LOW), 0x9e3779b1);
  hash = Math.imul(hash ^ (rows.item[row] as number), 0x85ebca6b);
  hash = Math.imul(hash ^ (rows.session[row] as number), 0xc2b2ae35);
  hash ^= ((rows.type[row] as number) << 8) ^ (rows.app[row] as number);
  return hash ^ (hash >>> 16);
}

/** Whether two rows agree in all that is remembered of every row. */
function isLike(rows: Rows, row: number, other: number): boolean {
  return (
    Object.is(rows.ticks[other], rows.ticks[row]) &&
    rows.item[other] === rows.item[row] &&
    rows.type[other] === rows.type[row] &&
    rows.app[other] === rows.app[row] &&
    rows.session[other] === rows.session[row] &&
    rows.sessionMore[other] === rows.sessionMore[row]
  );
}

/** So many different rows that are alike are compared one by one; to hash what they say would cost more. */
const FEW = 4;

/** Rows beyond the first few that are alike, found by what their records say. */
interface Crowd {
  /** The earlier row that says the same as a row; -1 where there is none. */
  find(row: number, hashes: readonly number[]): number;
  add(row: number, hashes: readonly number[]): void;
}

function newCrowd(same: (row: number, earlier: number) => boolean): Crowd {
  const table = newHashTable();
  const crowded = newNumberList();
  const hashed = newNumberList();
  const hashAt = (at: number) => hashed.values[at] as number;
  const rowAt = (at: number) => crowded.values[at] as number;
  return {
    find(row, hashes) {
      for (const hash of hashes) {
        const found = findEntry(table, hash, (at) => hashAt(at) === hash && same(row, rowAt(at)));
        if (found >= 0) return rowAt(found);
      }
      return -1;
    },
    add(row, hashes) {
      for (const hash of hashes) {
        addNumber(hashed, hash);
        addEntry(table, hash, addNumber(crowded, row), hashAt);
      }
    },
  };
}

/**
 * The rows that say exactly what an earlier row said: pages that overlap, or an export given twice, be it in another
 * file shape. Rows that agree in time, type, application, item and session are read again and compared field by field,
 * so nothing is dropped for a likeness. Filtered rows are compared too: what they inform must not depend on the filter. Rows
 * of audit logs are left alone, because their records are known by their ids before they come here.
 */
export function duplicateRows(mailboxCase: MailboxCase): Set<number> {
  const { rows } = mailboxCase;
  const table = newHashTable(rows.count);
  const duplicates = new Set<number>();
  const hashOf = (row: number) => rowHash(rows, row);
  const textOf = (row: number) =>
    evidenceOf(mailboxCase, row).textAt(rows.start[row] as number, rows.length[row] as number);
  const same = (row: number, earlier: number) => {
    const alike = rows.evidence[row] === rows.evidence[earlier] && rows.length[row] === rows.length[earlier];
    if (alike && textOf(row) === textOf(earlier)) return true;
    return sameRecord(recordOf(mailboxCase, row), recordOf(mailboxCase, earlier));
  };
  const crowd = newCrowd(same);
  for (let row = 0; row < rows.count; row++) {
    if (isAuditRow(rows, row)) continue;
    let others = 0;
    let earlier = findEntry(table, hashOf(row), (entry) => {
      if (!isLike(rows, row, entry)) return false;
      if (same(row, entry)) return true;
      others++;
      return false;
    });
    const hashes = earlier < 0 && others >= FEW ? contentHashes(recordOf(mailboxCase, row)) : undefined;
    if (hashes !== undefined) earlier = crowd.find(row, hashes);
    if (earlier >= 0) duplicates.add(row);
    else if (hashes === undefined) addEntry(table, hashOf(row), row, hashOf);
    else crowd.add(row, hashes);
  }
  return duplicates;
}
