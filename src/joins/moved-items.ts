import { isBlankId } from "../model/blank-id.ts";
import type { MessageFields } from "../model/event.ts";
import { messageKey } from "../ingest/messages/message-record.ts";
import { contradictions, likenessOfFacts } from "../ingest/messages/same-message.ts";
import { followConversations } from "./conversations.ts";
import { addEntry, findEntry, messageKeyHash, newHashTable } from "./hash.ts";
import type { HashTable } from "./hash.ts";
import type { Items } from "./items.ts";
import { messageKeyOfItem } from "./items.ts";
import type { FactsStore } from "./facts-store.ts";
import { itemFacts } from "./facts-store.ts";
import type { MailboxCase } from "./mailbox-case.ts";
import { recordOf } from "./mailbox-case.ts";
import { deliveriesOf } from "./message-facts.ts";

/** Which message an item with another id is, and by which id that is certain. */
export interface MovedItems {
  /** Item number of the delivery by item number; items that stand for themselves are not in it. */
  readonly delivered: ReadonlyMap<number, number>;
  /** Items that were followed by ConversationId; all others by InternetMessageId. */
  readonly byConversation: ReadonlySet<number>;
  /** Of a message that was delivered as several items the first of these, by the number of each other one. */
  readonly copies: ReadonlyMap<number, number>;
  /** All deliveries of an InternetMessageId (`messageKey`) whose deliveries are not copies of one message. */
  readonly namesakes: ReadonlyMap<string, readonly number[]>;
}

/**
 * Follows items whose id changed: moving a message gives it a new ActivityItemId (Exchange's Move writes the new one).
 *
 * - By InternetMessageId, where the item's own records carry the one of a delivery in this log. All deliveries with
 *   that id must be copies of one message (see `areCopies`).
 * - By ConversationId, where nothing else is known of the item but folders (see `followConversations`).
 * - What audit records name by InternetMessageId is the delivery with that id; where the log has none, the item of the
 *   Activities API whose records carry the id, if there is just one.
 *
 * Whatever is not certain in this sense is left alone. Deliveries of one InternetMessageId that agree are copies of one
 * message.
 */
export function followMovedItems(mailboxCase: MailboxCase, store: FactsStore): MovedItems {
  const { items, evidence } = mailboxCase;
  // Messages of audit logs go by their ids already; only the Activities API's items can be others under other names.
  if (evidence.every(({ isAudit }) => isAudit)) {
    return { delivered: new Map(), byConversation: new Set(), copies: new Map(), namesakes: new Map() };
  }
  fillMessageKeys(items, store);
  const byMessageId = new Map<number, string>();
  const untold: number[] = [];
  const audited = new Map<number, string>();
  for (let item = 0; item < items.count; item++) {
    if ((items.delivered[item] as number) >= 0) continue;
    const key = messageKeyOfItem(items, item);
    if (key !== "") {
      audited.set(item, key);
      continue;
    }
    const facts = itemFacts(store, item);
    const ownKey = messageKey(facts.internetMessageId ?? "");
    if (ownKey !== "") {
      byMessageId.set(item, ownKey);
    } else if (isUntold(facts)) {
      untold.push(item);
    }
  }
  const candidates = new Map([...byMessageId, ...audited]);
  const { delivered, copies, namesakes } = followMessageIds(mailboxCase, store, candidates);
  followNamesakes(delivered, byMessageId, audited);
  const followed = followConversations(mailboxCase, store, untold, delivered);
  for (const [item, target] of followed) delivered.set(item, target);
  return { delivered, byConversation: new Set(followed.keys()), copies, namesakes };
}

/**
 * Of items whose delivery names no InternetMessageId, being cut off perhaps, the one that another record of the item
 * names, whichever comes first. Asked here and not while inputs are read, as hardly any delivery is of that kind.
 */
function fillMessageKeys(items: Items, store: FactsStore): void {
  for (let item = 0; item < items.count; item++) {
    const isAsked =
      (items.delivered[item] as number) >= 0 &&
      items.messageKeyHash[item] === 0 &&
      (items.firstRow[item] as number) >= 0;
    if (!isAsked) continue;
    const key = messageKey(itemFacts(store, item).internetMessageId ?? "");
    if (key !== "") items.messageKeyHash[item] = messageKeyHash(key);
  }
}

/** Whether no record tells of the message itself: a move, say, names folders only. */
function isUntold({ subject, from, received, recipients, internetMessageId, attachments }: MessageFields): boolean {
  return [subject, from, received, recipients, internetMessageId, attachments].every((fact) => fact === undefined);
}

/** Puts what audit records name to the one item of the Activities API that carries its id and has no delivery. */
function followNamesakes(
  delivered: Map<number, number>,
  byMessageId: ReadonlyMap<number, string>,
  audited: ReadonlyMap<number, string>,
): void {
  if (audited.size === 0) return;
  const only = new Map<string, number>();
  for (const [item, key] of byMessageId) {
    if (!delivered.has(item)) only.set(key, only.has(key) ? -1 : item);
  }
  for (const [item, key] of audited) {
    const target = only.get(key) ?? -1;
    if (!delivered.has(item) && target >= 0) delivered.set(item, target);
  }
}

/** Finds a delivery by its folded InternetMessageId; hashes narrow it down, texts decide. */
function findDelivery({ items }: MailboxCase, store: FactsStore, table: HashTable, key: string): number {
  const hash = messageKeyHash(key);
  return findEntry(
    table,
    hash,
    (item) => items.messageKeyHash[item] === hash && messageKey(itemFacts(store, item).internetMessageId ?? "") === key,
  );
}

/** An id that a delivery of an item names; undefined where none names one, or only blacked out ones. */
function deliveryId(
  mailboxCase: MailboxCase,
  item: number,
  name: "MessageGuid" | "ConversationId",
): string | undefined {
  for (const row of deliveriesOf(mailboxCase, item)) {
    const id = recordOf(mailboxCase, row).properties.text(name) ?? "";
    if (!isBlankId(id)) return id;
  }
  return undefined;
}

/**
 * Whether two deliveries of one InternetMessageId are copies of one message. Devices and programs that send every message
 * with the same id exist: what one or neither delivery tells is no agreement. The time or the MessageGuid must be known.
 */
export function areCopies(mailboxCase: MailboxCase, store: FactsStore, a: number, b: number): boolean {
  const one = itemFacts(store, a);
  const other = itemFacts(store, b);
  if (contradictions(likenessOfFacts(one), likenessOfFacts(other)).length > 0) return false;
  if (!one.subject !== !other.subject || !one.from !== !other.from || one.received !== other.received) return false;
  let isTold = one.received !== undefined && one.received !== "";
  for (const name of ["MessageGuid", "ConversationId"] as const) {
    const ofOne = deliveryId(mailboxCase, a, name);
    const ofOther = deliveryId(mailboxCase, b, name);
    if (ofOne === undefined || ofOther === undefined) continue;
    if (ofOne !== ofOther) return false;
    if (name === "MessageGuid") isTold = true;
  }
  return isTold;
}

/** Hashes of InternetMessageIds that several deliveries have. */
function repeatedHashes({ messageKeyHash: hashes, count }: Items): number[] {
  const sorted = hashes.slice(0, count).sort();
  const repeated: number[] = [];
  for (let at = 1; at < count; at++) {
    const hash = sorted[at] as number;
    if (hash !== 0 && hash === sorted[at - 1] && hash !== repeated.at(-1)) repeated.push(hash);
  }
  return repeated;
}

function followMessageIds(
  mailboxCase: MailboxCase,
  store: FactsStore,
  candidates: ReadonlyMap<number, string>,
): { delivered: Map<number, number>; copies: Map<number, number>; namesakes: Map<string, readonly number[]> } {
  const { items } = mailboxCase;
  const delivered = new Map<number, number>();
  const copies = new Map<number, number>();
  const namesakes = new Map<string, readonly number[]>();
  // Only deliveries whose hash a candidate or another delivery has are asked for: a few of many.
  const wanted = new Set([...candidates.values()].map(messageKeyHash));
  for (const hash of repeatedHashes(items)) wanted.add(hash);
  if (wanted.size === 0) return { delivered, copies, namesakes };
  const table = newHashTable();
  const hashOf = (item: number) => items.messageKeyHash[item] as number;
  const ambiguous = new Set<number>();
  const further = new Map<number, { readonly key: string; readonly items: number[] }>();
  for (let item = 0; item < items.count; item++) {
    if ((items.delivered[item] as number) < 0 || !wanted.has(hashOf(item))) continue;
    const key = messageKey(itemFacts(store, item).internetMessageId ?? "");
    if (key === "") continue;
    const first = findDelivery(mailboxCase, store, table, key);
    if (first < 0) {
      addEntry(table, hashOf(item), item, hashOf);
      continue;
    }
    const same = further.get(first);
    if (same === undefined) further.set(first, { key, items: [first, item] });
    else same.items.push(item);
    if (areCopies(mailboxCase, store, first, item)) copies.set(item, first);
    else ambiguous.add(first);
  }
  for (const [item, key] of candidates) {
    const found = findDelivery(mailboxCase, store, table, key);
    if (found >= 0 && !ambiguous.has(found)) delivered.set(item, found);
  }
  for (const [item, first] of copies) if (ambiguous.has(first)) copies.delete(item);
  for (const [first, { key, items: all }] of further) if (ambiguous.has(first)) namesakes.set(key, all);
  return { delivered, copies, namesakes };
}
