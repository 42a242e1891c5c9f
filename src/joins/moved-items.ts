import type { ActivityType, MessageFacts } from "../model/event.ts";
import { addEntry, findEntry, messageIdHash, newHashTable } from "./hash.ts";
import type { HashTable } from "./hash.ts";
import type { FactsStore } from "./facts-store.ts";
import { itemFacts } from "./facts-store.ts";
import type { MailboxCase } from "./mailbox-case.ts";
import { conversationOf } from "./message-facts.ts";

/** Which delivered message an item with another id is, and by which id that is certain. */
export interface MovedItems {
  /** Item number of the delivery by item number; items that stand for themselves are not in it. */
  readonly delivered: ReadonlyMap<number, number>;
  /** Items that were followed by ConversationId; all others by InternetMessageId. */
  readonly byConversation: ReadonlySet<number>;
}

/** A subject that begins a conversation has no mark of a reply or forward in front, in the usual languages. */
const ANSWER_MARK = /^\s*(?:re|aw|sv|antw|rif|ref|fw|fwd|wg|tr|vs|doorst|rv|enc|odp|pd)\s*(?:\[\d+\])?\s*:/i;

/**
 * Follows items whose id changed: moving a message gives it a new ActivityItemId (Exchange's Move writes the new one).
 *
 * - By InternetMessageId, where the item's own records carry the one of a delivery in this log. All deliveries with
 *   that id must tell the same subject, sender and time.
 * - By ConversationId, where nothing else is known of the item and the conversation can only be that one message: it
 *   begins with a delivery in this log that is no answer, no second delivery belongs to it, and nobody answered or
 *   wrote in it.
 *
 * Whatever is not certain in this sense is left alone.
 */
export function followMovedItems(mailboxCase: MailboxCase, store: FactsStore): MovedItems {
  const { items } = mailboxCase;
  const byMessageId = new Map<number, string>();
  const byConversation = new Map<number, string>();
  for (let item = 0; item < items.count; item++) {
    if ((items.delivered[item] as number) >= 0) continue;
    const facts = itemFacts(store, item);
    if (facts.internetMessageId !== undefined && facts.internetMessageId !== "") {
      byMessageId.set(item, facts.internetMessageId);
    } else if (facts.metadata === "") {
      const conversation = conversationOf(mailboxCase, item);
      if (conversation !== "") byConversation.set(item, conversation);
    }
  }
  const delivered = followMessageIds(mailboxCase, store, byMessageId);
  const followed = followConversations(mailboxCase, store, byConversation);
  for (const [item, target] of followed) delivered.set(item, target);
  return { delivered, byConversation: new Set(followed.keys()) };
}

/** Finds a delivery by its InternetMessageId; hashes narrow it down, texts decide. */
function findDelivery({ items }: MailboxCase, store: FactsStore, table: HashTable, id: string): number {
  const hash = messageIdHash(id);
  return findEntry(
    table,
    hash,
    (item) => items.messageIdHash[item] === hash && itemFacts(store, item).internetMessageId === id,
  );
}

function sameMessage(a: MessageFacts, b: MessageFacts): boolean {
  return a.subject === b.subject && a.from === b.from && a.received === b.received;
}

function followMessageIds(
  mailboxCase: MailboxCase,
  store: FactsStore,
  candidates: ReadonlyMap<number, string>,
): Map<number, number> {
  const { items } = mailboxCase;
  const delivered = new Map<number, number>();
  if (candidates.size === 0) return delivered;
  // Only deliveries whose hash a candidate has can be asked for: a few of many.
  const wanted = new Set([...candidates.values()].map(messageIdHash));
  const table = newHashTable();
  const hashOf = (item: number) => items.messageIdHash[item] as number;
  const ambiguous = new Set<number>();
  for (let item = 0; item < items.count; item++) {
    if ((items.delivered[item] as number) < 0 || !wanted.has(hashOf(item))) continue;
    const facts = itemFacts(store, item);
    const twin = findDelivery(mailboxCase, store, table, facts.internetMessageId ?? "");
    if (twin < 0) addEntry(table, hashOf(item), item, hashOf);
    else if (!sameMessage(itemFacts(store, twin), facts)) ambiguous.add(twin);
  }
  for (const [item, id] of candidates) {
    const found = findDelivery(mailboxCase, store, table, id);
    if (found >= 0 && !ambiguous.has(found)) delivered.set(item, found);
  }
  return delivered;
}

function followConversations(
  mailboxCase: MailboxCase,
  store: FactsStore,
  candidates: ReadonlyMap<number, string>,
): Map<number, number> {
  const { items, rows, types } = mailboxCase;
  const followed = new Map<number, number>();
  if (candidates.size === 0) return followed;
  const wanted = new Set(candidates.values());
  const only = new Map<string, number>();
  const grown = new Set<string>();
  for (let item = 0; item < items.count; item++) {
    if ((items.delivered[item] as number) < 0) continue;
    const conversation = conversationOf(mailboxCase, item);
    if (!wanted.has(conversation)) continue;
    const { subject } = itemFacts(store, item);
    if (only.has(conversation) || subject === undefined || ANSWER_MARK.test(subject)) grown.add(conversation);
    else only.set(conversation, item);
  }
  for (let row = 0; row < rows.count; row++) {
    const { role } = types[rows.type[row] as number] as ActivityType;
    const item = rows.item[row] as number;
    if (item < 0 || (role !== "answer" && role !== "sent" && role !== "draft")) continue;
    grown.add(conversationOf(mailboxCase, item));
  }
  for (const [item, conversation] of candidates) {
    const target = only.get(conversation);
    if (target !== undefined && !grown.has(conversation)) followed.set(item, target);
  }
  return followed;
}
