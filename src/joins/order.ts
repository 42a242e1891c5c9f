import { isAuditRow } from "./rows.ts";
import { pythonRepr } from "../model/python-repr.ts";
import type { ActivityRecord } from "../model/record.ts";
import { addEntry, findEntry, newHashTable } from "./hash.ts";
import type { MailboxCase } from "./mailbox-case.ts";
import { evidenceOf, recordOf } from "./mailbox-case.ts";
import type { Rows } from "./rows.ts";

/** A place in the order of a log: a time in ticks, NaN where it cannot be read, and the row that breaks ties. */
interface Moment {
  readonly ticks: number;
  readonly row: number;
}

/** Before or after in time; what has no readable time comes last, and equal times keep the order of the source. */
export function compareMoments(a: Moment, b: Moment): number {
  if (a.ticks < b.ticks) return -1;
  if (a.ticks > b.ticks) return 1;
  const unreadable = Number(Number.isNaN(a.ticks)) - Number(Number.isNaN(b.ticks));
  return unreadable || a.row - b.row;
}

/** The order of two rows by their numbers. */
export function compareRows({ ticks }: Rows, a: number, b: number): number {
  return compareMoments({ ticks: ticks[a] as number, row: a }, { ticks: ticks[b] as number, row: b });
}

/**
 * The rows in their order: by time, then by source.
 *
 * @param left rows to leave out (duplicates).
 * @param withHidden take the filtered rows too, which tables do not print.
 */
export function rowOrder(rows: Rows, left: ReadonlySet<number>, withHidden: boolean): Uint32Array {
  const order = new Uint32Array(rows.count);
  let count = 0;
  let sorted = true;
  let last = -Infinity;
  for (let row = 0; row < rows.count; row++) {
    if ((rows.hidden[row] === 1 && !withHidden) || left.has(row)) continue;
    order[count++] = row;
    const ticks = rows.ticks[row] as number;
    if (!(ticks >= last)) sorted = false;
    last = ticks;
  }
  const visible = order.subarray(0, count);
  return sorted ? visible : visible.sort((a, b) => compareRows(rows, a, b));
}

function sameProperties(a: ActivityRecord, b: ActivityRecord): boolean {
  if (a.properties.raw === b.properties.raw) return true;
  if (a.properties.problem !== undefined || b.properties.problem !== undefined) return false;
  const values = new Map(a.properties.entries().map(([name, value]) => [name, pythonRepr(value)]));
  const others = new Map(b.properties.entries().map(([name, value]) => [name, pythonRepr(value)]));
  if (values.size !== others.size) return false;
  for (const [name, value] of values) if (others.get(name) !== value) return false;
  return true;
}

/** Whether two records say the same in every field, whatever file shape each comes from. */
export function sameRecord(a: ActivityRecord, b: ActivityRecord): boolean {
  return (
    a.timeStamp === b.timeStamp &&
    a.appIdType === b.appIdType &&
    a.activityIdType === b.activityIdType &&
    a.activityItemId === b.activityItemId &&
    a.activityCreationTime === b.activityCreationTime &&
    a.clientSessionId === b.clientSessionId &&
    sameProperties(a, b) &&
    JSON.stringify(a.extra) === JSON.stringify(b.extra)
  );
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
  for (let row = 0; row < rows.count; row++) {
    if (isAuditRow(rows, row)) continue;
    const earlier = findEntry(
      table,
      rowHash(rows, row),
      (entry) =>
        Object.is(rows.ticks[entry], rows.ticks[row]) &&
        rows.item[entry] === rows.item[row] &&
        rows.type[entry] === rows.type[row] &&
        rows.app[entry] === rows.app[row] &&
        rows.session[entry] === rows.session[row] &&
        rows.sessionMore[entry] === rows.sessionMore[row] &&
        same(row, entry),
    );
    if (earlier >= 0) duplicates.add(row);
    else addEntry(table, rowHash(rows, row), row, hashOf);
  }
  return duplicates;
}

/** Index of the first of `count` ascending times at or after a time; `count` where all come before it. */
export function firstAtOrAfter(count: number, ticksAt: (at: number) => number, since: number): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (ticksAt(middle) < since) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** What rows name, each with the first of them that does. */
export function firstRows(rows: readonly number[], nameOf: (row: number) => string): ReadonlyMap<string, number> {
  const named = new Map<string, number>();
  for (const row of rows) {
    const name = nameOf(row);
    if (!named.has(name)) named.set(name, row);
  }
  return named;
}
