import { growColumns } from "../model/columns.ts";
import { hashTail } from "./hash.ts";

/**
 * What is remembered of every row, one typed column a fact: 54 bytes a row (66 of an audit record), outside of V8's heap. Rows are
 * numbered from 0 in the order in which they were read. Columns are mostly made larger than they are filled: memory that
 * nobody has written to is not there, so a column that is 0 of every row costs nothing as long as no 0 is written.
 */
export interface Rows {
  count: number;
  /** Index of the input. */
  evidence: Uint32Array;
  /** Position and length of the record's text in the evidence. */
  start: Float64Array;
  length: Uint32Array;
  /** 1-based number of the data row in its input. */
  number: Uint32Array;
  /** Time of the row; NaN where its TimeStamp cannot be read. */
  ticks: Float64Array;
  /** How its TimeStamp is written (`TimeForm`). */
  timeForm: Uint8Array;
  /** Index of the ActivityIdType and of the AppIdType in the case's lists: 16 bits as long as they are enough. */
  type: Uint16Array | Uint32Array;
  app: Uint16Array | Uint32Array;
  /** Number of the ActivityItemId; -1 where it is empty. */
  item: Int32Array;
  /** The next row of the same item; -1 at the end, and for deliveries, which stand in `Items.delivered`. */
  nextOfItem: Int32Array;
  /**
   * Two 32-bit hashes of the ClientSessionId, both 0 where it is empty. `sessionKey` makes one number of them; rows of
   * equal keys are taken for rows of one session without a look at the texts.
   */
  session: Int32Array;
  sessionMore: Int32Array;
  /** Of audit records: where `audit` has what only they say; 0 of every other row. */
  auditRow: Uint32Array;
  /** 1: the row was filtered out; it informs joins, and no table prints it. */
  hidden: Uint8Array;
  readonly audit: AuditRows;
}

/** What only rows of audit records have, one typed column a fact; the first entry is that of every other row. */
export interface AuditRows {
  count: number;
  /** Which of the rows that its record makes it is, from 0: an audit record may tell of many messages. */
  part: Uint32Array;
  /** Index of the address that the record carries, and of its client, in the case's lists. */
  address: Uint32Array;
  client: Uint32Array;
}

/** Whether a row is that of an audit record. */
export function isAuditRow({ auditRow }: Rows, row: number): boolean {
  return auditRow[row] !== 0;
}

/** Which of the rows that its record makes a row is, from 0. */
export function partOf({ auditRow, audit }: Rows, row: number): number {
  return audit.part[auditRow[row] as number] as number;
}

/** Index of the address that an audit record's row carries; 0 for none, and for every other row. */
export function addressNumberOf({ auditRow, audit }: Rows, row: number): number {
  return audit.address[auditRow[row] as number] as number;
}

/** Index of the client of an audit record's row; 0 for every other row. */
export function clientNumberOf({ auditRow, audit }: Rows, row: number): number {
  return audit.client[auditRow[row] as number] as number;
}

/** Remembers what only the row of an audit record has. */
export function setAudit(rows: Rows, row: number, part: number, address: number, client: number): void {
  const { audit } = rows;
  const at = audit.count++;
  if (at === audit.part.length) {
    const capacity = Math.ceil(at * 1.5);
    growColumns(audit, AUDIT_COLUMNS, capacity);
  }
  audit.part[at] = part;
  audit.address[at] = address;
  audit.client[at] = client;
  rows.auditRow[row] = at;
}

/** The columns that have a value for each, and grow together. */
const AUDIT_COLUMNS = ["part", "address", "client"] as const;

/** The columns that have a value for each, and grow together. */
const COLUMNS = [
  "evidence",
  "start",
  "length",
  "number",
  "ticks",
  "timeForm",
  "type",
  "app",
  "item",
  "nextOfItem",
  "session",
  "sessionMore",
  "auditRow",
  "hidden",
] as const;

const FIRST_CAPACITY = 4096;

/** @param expected room for so many rows is made at once. */
export function newRows(expected = FIRST_CAPACITY): Rows {
  return {
    count: 0,
    evidence: new Uint32Array(expected),
    start: new Float64Array(expected),
    length: new Uint32Array(expected),
    number: new Uint32Array(expected),
    ticks: new Float64Array(expected),
    timeForm: new Uint8Array(expected),
    type: new Uint16Array(expected),
    app: new Uint16Array(expected),
    item: new Int32Array(expected),
    nextOfItem: new Int32Array(expected),
    session: new Int32Array(expected),
    sessionMore: new Int32Array(expected),
    auditRow: new Uint32Array(expected),
    hidden: new Uint8Array(expected),
    audit: {
      count: 1,
      part: new Uint32Array(FIRST_CAPACITY),
      address: new Uint32Array(FIRST_CAPACITY),
      client: new Uint32Array(FIRST_CAPACITY),
    },
  };
}

/** Makes room for one more row and returns its number; the caller fills in the columns, all of them 0 by now. */
export function addRow(rows: Rows): number {
  const row = rows.count++;
  if (row === rows.type.length) {
    const capacity = Math.ceil((row + 1) * 1.5);
    growColumns(rows, COLUMNS, capacity);
  }
  return row;
}

const MOST_OF_16_BITS = 0xffff;

/** Remembers a row's ActivityIdType and AppIdType. */
export function setKinds(rows: Rows, row: number, type: number, app: number): void {
  if (type > MOST_OF_16_BITS && rows.type instanceof Uint16Array) rows.type = new Uint32Array(rows.type);
  if (app > MOST_OF_16_BITS && rows.app instanceof Uint16Array) rows.app = new Uint32Array(rows.app);
  rows.type[row] = type;
  rows.app[row] = app;
}

/** A ClientSessionId is a GUID, and of a longer one the end is enough. */
const SESSION_UNITS = 64;
/** Bits of the second hash that fit beside the 32 of the first into a number without loss. */
const MORE_BITS = 0x1f_ffff;

/** Remembers a row's ClientSessionId. */
export function setSession(rows: Rows, row: number, session: string): void {
  if (session === "") return;
  rows.session[row] = hashTail(session, SESSION_UNITS);
  rows.sessionMore[row] = hashTail(session, SESSION_UNITS, 0x1b873593);
}

/**
 * The session of a row as a number; 0 for none. It has 53 bits: among a million sessions, two different ones share a
 * number with a chance of 1 in 20,000.
 */
export function sessionKey(rows: Rows, row: number): number {
  return ((rows.session[row] as number) >>> 0) + ((rows.sessionMore[row] as number) & MORE_BITS) * 0x1_0000_0000;
}
