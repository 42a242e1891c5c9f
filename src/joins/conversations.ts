import type { ActivityType } from "../model/event.ts";
import type { FactsStore } from "./facts-store.ts";
import { itemFacts } from "./facts-store.ts";
import { messageKeyOfItem } from "./items.ts";
import type { MailboxCase } from "./mailbox-case.ts";
import { recordOf } from "./mailbox-case.ts";
import { conversationOf, deliveriesOf, rowsOfItem } from "./message-facts.ts";
import { isAuditRow } from "./rows.ts";

/** Default folders where messages lie that the owner wrote, sent or thrown away; as Exchange names their types. */
const OWN_FOLDERS = new Set(["SentItems", "Drafts", "Outbox", "DeletedItems"]);

/**
 * A reply or forward has a mark with a colon in front: `RE:`, `Antw:`, `[EXTERNAL] R:`, `回复：`. Every language has its
 * own, so any colon that early may end one.
 */
const MAY_BE_ANSWER = /^[^:：]{0,20}[:：]/u;

/** Roles of the rows by which the owner wrote something. */
const WRITTEN: ReadonlySet<string> = new Set(["answer", "sent", "draft"]);

/** What the log knows of one conversation. */
interface Conversation {
  /** The item of its delivery; -1 before one is met. */
  delivery: number;
  /** When that was delivered, in ticks; NaN before one is met, and where the time cannot be read. */
  since: number;
  /** The item beside the delivery that its records name; -1 before one is met. */
  other: number;
  /** It is more than one message, or may be. */
  hasMore: boolean;
}

/** Whether a time that is known is not before another one. */
function isSince(ticks: number | undefined, since: number): boolean {
  return ticks !== undefined && ticks >= since;
}

function roleOf({ rows, types }: MailboxCase, row: number): string {
  return (types[rows.type[row] as number] as ActivityType).role;
}

/**
 * The folder that an item was moved out of when it got its id; empty where that is not known. Exchange's record of a
 * move has the new id and the folder before (the web client's own has neither); no other record of the item may be earlier.
 */
function movedFrom(mailboxCase: MailboxCase, item: number): string {
  const { ticks } = mailboxCase.rows;
  const own = rowsOfItem(mailboxCase, item);
  const moves = own.filter((row) => roleOf(mailboxCase, row) === "move");
  for (const row of moves) {
    const source = recordOf(mailboxCase, row).properties.text("SourceFolder") ?? "";
    if (source === "" || source === "null") continue;
    const since = ticks[row] as number;
    const isFirst = own.every((other) => moves.includes(other) || isSince(ticks[other], since));
    return isFirst ? source : "";
  }
  return "";
}

/** The folder of a delivery in the words of a later move: the default folder's type, else its id. */
function deliveredTo(mailboxCase: MailboxCase, item: number): string {
  for (const row of deliveriesOf(mailboxCase, item)) {
    const { properties } = recordOf(mailboxCase, row);
    const type = properties.text("DeliveredFolderType") ?? "";
    const folder = type === "" || type === "None" ? (properties.text("DeliveredFolderId") ?? "") : type;
    if (folder !== "") return folder;
  }
  return "";
}

/** When an item was delivered first, in ticks; NaN where no delivery of it has a readable time. */
function deliveredAt(mailboxCase: MailboxCase, item: number): number {
  const { ticks } = mailboxCase.rows;
  const times = deliveriesOf(mailboxCase, item).map((row) => ticks[row] as number);
  const readable = times.filter((time) => !Number.isNaN(time));
  return readable.length === 0 ? Number.NaN : Math.min(...readable);
}

/**
 * Follows items by ConversationId, where that can be one message only: the item was moved out of the folder of a delivery
 * in this log, that delivery begins the conversation, no record of it is earlier, none names a third item or a second
 * delivery, and nobody answered, drafted or sent anything in it.
 *
 * @param untold items without a delivery of which no record tells more than conversation and folders.
 * @param byMessageId items that were followed by InternetMessageId, with their deliveries.
 * @returns the delivery's item by item.
 */
export function followConversations(
  mailboxCase: MailboxCase,
  store: FactsStore,
  untold: readonly number[],
  byMessageId: ReadonlyMap<number, number>,
): Map<number, number> {
  const followed = new Map<number, number>();
  const sources = new Map<number, string>();
  const conversations = new Map<string, Conversation>();
  for (const item of untold) {
    const source = movedFrom(mailboxCase, item);
    const name = source === "" || OWN_FOLDERS.has(source) ? "" : conversationOf(mailboxCase, item);
    if (name === "") continue;
    sources.set(item, source);
    conversations.set(name, { delivery: -1, since: Number.NaN, other: -1, hasMore: false });
  }
  if (sources.size === 0) return followed;
  const ofItem = noteDeliveries(mailboxCase, store, conversations);
  noteOtherItems(mailboxCase, conversations, ofItem, byMessageId);
  noteOtherRows(mailboxCase, conversations, ofItem);
  for (const { delivery, other, hasMore } of conversations.values()) {
    if (hasMore || delivery < 0) continue;
    if (sources.get(other) === deliveredTo(mailboxCase, delivery)) followed.set(other, delivery);
  }
  return followed;
}

/** Notes the delivery of each conversation; returns the conversations of these items. */
function noteDeliveries(
  mailboxCase: MailboxCase,
  store: FactsStore,
  conversations: ReadonlyMap<string, Conversation>,
): Map<number, Conversation> {
  const { items } = mailboxCase;
  const ofItem = new Map<number, Conversation>();
  for (let item = 0; item < items.count; item++) {
    if ((items.delivered[item] as number) < 0) continue;
    const conversation = conversations.get(conversationOf(mailboxCase, item));
    if (conversation === undefined) continue;
    const { subject } = itemFacts(store, item);
    if (conversation.delivery >= 0 || subject === undefined || MAY_BE_ANSWER.test(subject)) conversation.hasMore = true;
    conversation.delivery = item;
    conversation.since = deliveredAt(mailboxCase, item);
    ofItem.set(item, conversation);
  }
  return ofItem;
}

/** Whether a row is not earlier than the conversation's delivery; not where either time cannot be read. */
function isSinceDelivery({ rows }: MailboxCase, { since }: Conversation, row: number): boolean {
  return isSince(rows.ticks[row], since);
}

/** Notes what items without a delivery say of the conversations, and to which they belong. */
function noteOtherItems(
  mailboxCase: MailboxCase,
  conversations: ReadonlyMap<string, Conversation>,
  ofItem: Map<number, Conversation>,
  byMessageId: ReadonlyMap<number, number>,
): void {
  const { items } = mailboxCase;
  for (let item = 0; item < items.count; item++) {
    if ((items.delivered[item] as number) >= 0) continue;
    const target = byMessageId.get(item);
    // Audit records name no conversation.
    if (target === undefined && messageKeyOfItem(items, item) !== "") continue;
    const known = target === undefined ? undefined : ofItem.get(target);
    const conversation = known ?? conversations.get(conversationOf(mailboxCase, item));
    if (conversation === undefined) continue;
    ofItem.set(item, conversation);
    if (known !== undefined) continue;
    const isEarlier = rowsOfItem(mailboxCase, item).some((row) => !isSinceDelivery(mailboxCase, conversation, row));
    if (conversation.other >= 0 || isEarlier) conversation.hasMore = true;
    conversation.other = item;
  }
}

/** Notes what was written in the conversations, and what rows without an item say of them. */
function noteOtherRows(
  mailboxCase: MailboxCase,
  conversations: ReadonlyMap<string, Conversation>,
  ofItem: ReadonlyMap<number, Conversation>,
): void {
  const { rows, types } = mailboxCase;
  for (let row = 0; row < rows.count; row++) {
    const { family, role } = types[rows.type[row] as number] as ActivityType;
    const item = rows.item[row] as number;
    const isWritten = WRITTEN.has(role);
    const mayName = item < 0 && family !== "logon" && family !== "search";
    if (isAuditRow(rows, row) || (!isWritten && !mayName)) continue;
    const own = conversations.get(recordOf(mailboxCase, row).properties.text("ConversationId") ?? "");
    for (const conversation of [own, ofItem.get(item)]) {
      if (conversation === undefined) continue;
      if (isWritten || role === "delivered" || !isSinceDelivery(mailboxCase, conversation, row)) {
        conversation.hasMore = true;
      }
    }
  }
}
