import type { ActivityRecord } from "../model/record.ts";
import { addEntry, newHashTable } from "./hash.ts";
import type { HashTable } from "./hash.ts";
import { growColumns } from "../model/columns.ts";

/** Bytes at the end of an ActivityItemId that tell ids of one mailbox apart; what stands before is nearly always shared. */
const DISTINCT_TAIL = 52;
const HASHED_TAIL = 40;
/** More different heads than a few mailboxes have are no shared heads: such ids are kept whole. */
const MOST_HEADS = 4096;
const PAGE = 1 << 20;

/**
 * The items (messages) that rows name by ActivityItemId, numbered in the order in which they were first named. What a
 * row says of its item is not read yet: only which rows speak of it is remembered.
 */
export interface Items {
  count: number;
  /** Finds an item by its id while inputs are read; undefined afterwards, with `hash` and `lastRow` empty. */
  table: HashTable | undefined;
  /** The tails of the ids, one behind the other; a tail never crosses a page. */
  readonly pages: Buffer[];
  used: number;
  /** The heads of the ids; the first is the empty one, for ids that share none. */
  readonly heads: Buffer[];
  readonly headNumbers: Map<string, number>;
  lastHead: number;
  hash: Int32Array;
  head: Uint16Array;
  page: Uint32Array;
  at: Uint32Array;
  length: Uint32Array;
  /** The first MessageDelivered row of the item; -1 where the log has none. */
  delivered: Int32Array;
  /**
   * Hash of the folded InternetMessageId of a delivered item: what that delivery names, else what its other records do
   * (`fillMessageKeys`); 0 where none names one.
   */
  messageKeyHash: Int32Array;
  /** First and last of the item's other rows, linked by `Rows.nextOfItem`; -1 where there are none. */
  firstRow: Int32Array;
  lastRow: Int32Array;
  /** 1 where one of these other rows names the message's attachments. */
  attachments: Uint8Array;
}

/** The columns that have a value for each, and grow together. */
const COLUMNS = [
  "hash",
  "head",
  "page",
  "at",
  "length",
  "delivered",
  "messageKeyHash",
  "firstRow",
  "lastRow",
  "attachments",
] as const;

const FIRST_CAPACITY = 4096;

/** @param expected room for so many items is made at once. */
export function newItems(expected = FIRST_CAPACITY): Items {
  const columns = () => new Int32Array(expected);
  return {
    count: 0,
    table: newHashTable(),
    pages: [],
    used: PAGE,
    heads: [Buffer.alloc(0)],
    headNumbers: new Map([["", 0]]),
    lastHead: 0,
    hash: columns(),
    head: new Uint16Array(expected),
    page: new Uint32Array(expected),
    at: new Uint32Array(expected),
    length: new Uint32Array(expected),
    delivered: columns(),
    messageKeyHash: columns(),
    firstRow: columns(),
    lastRow: columns(),
    attachments: new Uint8Array(expected),
  };
}

function grow(items: Items): void {
  const capacity = Math.ceil((items.count + 1) * 1.5);
  growColumns(items, COLUMNS, capacity);
}

const NOTHING = new Int32Array(0);

/** Gives back what is only needed to number items and to link rows to them, a third of it all: every input is read. */
export function endNumbering(items: Items): void {
  items.table = undefined;
  items.hash = NOTHING;
  items.lastRow = NOTHING;
}

/** Gives back what is only needed to find deliveries by InternetMessageId. */
export function forgetMessageKeys(items: Items): void {
  items.messageKeyHash = NOTHING;
}

/** The id that is being looked up, as UTF-8: comparing bytes makes no strings. */
let bytes = Buffer.alloc(1024);

/** Number of the head of the id in `bytes`; 0, the empty head, where it is not worth sharing. */
function headNumber(items: Items, id: string, length: number): number {
  const headLength = length - DISTINCT_TAIL;
  // Characters beyond ASCII would make bytes and characters differ; no mailbox has such ids.
  if (headLength < 16 || length !== id.length) return 0;
  const last = items.heads[items.lastHead] as Buffer;
  if (last.length === headLength && last.compare(bytes, 0, headLength) === 0) return items.lastHead;
  const head = bytes.toString("latin1", 0, headLength);
  let number = items.headNumbers.get(head);
  if (number === undefined) {
    if (items.heads.length >= MOST_HEADS) return 0;
    number = items.heads.push(Buffer.from(head, "latin1")) - 1;
    items.headNumbers.set(head, number);
  }
  items.lastHead = number;
  return number;
}

/** Before the folded InternetMessageId by which audit records name a message; no ActivityItemId begins so. */
const MESSAGE_MARK = "\u0001";
const MARK_BYTE = 1;

/** A hash of the id in `bytes`: of all of an InternetMessageId, because senders choose how their ids end. */
function hashOfId(length: number): number {
  let hash = 0x811c9dc5 ^ length;
  const from = bytes[0] === MARK_BYTE ? 0 : Math.max(0, length - HASHED_TAIL);
  for (let at = from; at < length; at++) {
    hash = Math.imul(hash ^ (bytes[at] as number), 0x01000193);
  }
  hash ^= hash >>> 15;
  hash = Math.imul(hash, 0x2c1b3c6d);
  return hash ^ (hash >>> 13);
}

function isTail(items: Items, item: number, from: number, length: number): boolean {
  if (items.length[item] !== length - from) return false;
  const page = items.pages[items.page[item] as number] as Buffer;
  let other = items.at[item] as number;
  for (let at = from; at < length; at++) if (bytes[at] !== page[other++]) return false;
  return true;
}

function keepTail(items: Items, item: number, from: number, length: number): void {
  const size = length - from;
  if (items.used + size > (items.pages.at(-1)?.length ?? 0)) {
    items.pages.push(Buffer.allocUnsafeSlow(Math.max(PAGE, size)));
    items.used = 0;
  }
  items.page[item] = items.pages.length - 1;
  items.at[item] = items.used;
  items.length[item] = size;
  bytes.copy(items.pages.at(-1) as Buffer, items.used, from, length);
  items.used += size;
}

/**
 * What names a record's message: its ActivityItemId; of an audit record the InternetMessageId, because one message's
 * records carry store ids of several kinds or none. Empty where it names none.
 */
export function itemKey({ audit, activityItemId }: ActivityRecord): string {
  return audit === undefined || audit.messageKey === "" ? activityItemId : MESSAGE_MARK + audit.messageKey;
}

/** The ActivityItemId of an item; empty for one that is known by its InternetMessageId alone. */
export function itemId(items: Items, item: number): string {
  const key = keyOfItem(items, item);
  return key.startsWith(MESSAGE_MARK) ? "" : key;
}

/** The folded InternetMessageId of an item that audit records name; empty for any other. */
export function messageKeyOfItem(items: Items, item: number): string {
  const key = keyOfItem(items, item);
  return key.startsWith(MESSAGE_MARK) ? key.slice(MESSAGE_MARK.length) : "";
}

function keyOfItem(items: Items, item: number): string {
  const page = items.pages[items.page[item] as number] as Buffer;
  const at = items.at[item] as number;
  const head = items.heads[items.head[item] as number] as Buffer;
  return head.toString("latin1") + page.toString("utf8", at, at + (items.length[item] as number));
}

/** The number of an ActivityItemId, given at its first use; -1 for the empty id. */
export function itemNumber(items: Items, id: string): number {
  if (id === "") return -1;
  if (id.length * 3 > bytes.length) bytes = Buffer.alloc(id.length * 3);
  const length = bytes.write(id, 0, "utf8");
  const hash = hashOfId(length);
  const head = headNumber(items, id, length);
  const from = (items.heads[head] as Buffer).length;
  const { table } = items;
  if (table === undefined) throw new Error("Items are numbered while inputs are read, and not any more.");
  const { slots } = table;
  const mask = slots.length - 1;
  for (let slot = hash & mask; slots[slot] !== -1; slot = (slot + 1) & mask) {
    const item = slots[slot] as number;
    if (items.hash[item] === hash && items.head[item] === head && isTail(items, item, from, length)) return item;
  }
  if (items.count === items.hash.length) grow(items);
  const item = items.count++;
  items.hash[item] = hash;
  items.head[item] = head;
  keepTail(items, item, from, length);
  items.delivered[item] = -1;
  items.firstRow[item] = -1;
  items.lastRow[item] = -1;
  addEntry(table, hash, item, (entry) => items.hash[entry] as number);
  return item;
}
