import { isAuditRow } from "./rows.ts";
import { messageFields } from "../activities/message/index.ts";
import type { ActivityType, MessageFacts, MessageFields } from "../model/event.ts";
import type { ActivityRecord } from "../model/record.ts";
import type { MailboxCase } from "./mailbox-case.ts";
import { recordOf, sourceOf } from "./mailbox-case.ts";
import { compareRows } from "./order.ts";

/** The facts, with the words by which the Metadata column calls them. */
const FACTS = [
  ["subject", "Subject"],
  ["from", "From"],
  ["received", "Received Date"],
  ["recipients", "Recipients"],
  ["folder", "Folder"],
  ["internetMessageId", "Internet Message ID"],
  ["attachments", "Attachments"],
] as const satisfies readonly (readonly [keyof MessageFields, string])[];

/** What is said of a message of which no record says anything. */
export const NOTHING_KNOWN: MessageFacts = {
  subject: undefined,
  from: undefined,
  received: undefined,
  recipients: undefined,
  folder: undefined,
  internetMessageId: undefined,
  attachments: undefined,
  metadata: "",
};

/** Nothing is left to ask for: few records of 2018 tell attachments at all, so these are not waited for. */
function isComplete(facts: MessageFields): boolean {
  return (
    facts.subject !== undefined &&
    facts.from !== undefined &&
    facts.received !== undefined &&
    facts.recipients !== undefined &&
    facts.folder !== undefined &&
    facts.internetMessageId !== undefined
  );
}

/** The first facts with what only the second knows, and the Metadata that says so. */
export function mergeFacts(first: MessageFacts, second: MessageFacts): MessageFacts {
  if (first.metadata === "") return second;
  const merged: Record<string, string | undefined> = { ...first };
  const added: string[] = [];
  for (const [key, words] of FACTS) {
    if (first[key] !== undefined || second[key] === undefined) continue;
    merged[key] = second[key];
    added.push(words);
  }
  if (added.length === 0) return first;
  return { ...first, ...merged, metadata: `${first.metadata}; ${second.metadata} (${added.join(", ")})` };
}

function fieldsOf(mailboxCase: MailboxCase, row: number): MessageFields {
  return messageFields(recordOf(mailboxCase, row));
}

/** What one row says of the message it names; undefined where it says nothing. */
function factsOfRow(mailboxCase: MailboxCase, row: number, own: MessageFields): MessageFacts | undefined {
  if (FACTS.every(([key]) => own[key] === undefined)) return undefined;
  return { ...own, metadata: metadataOf(mailboxCase, row) };
}

/** The Metadata that names one row alone. */
export function metadataOf(mailboxCase: MailboxCase, row: number): string {
  const { name } = mailboxCase.types[mailboxCase.rows.type[row] as number] as ActivityType;
  const { file, row: number } = sourceOf(mailboxCase, row);
  return `${name} ${file}:${number}`;
}

/** The rows of an item beside its delivery. */
function rowsOfItem({ rows, items }: MailboxCase, item: number): number[] {
  const found: number[] = [];
  for (let row = items.firstRow[item] as number; row >= 0; row = rows.nextOfItem[row] as number) found.push(row);
  return found;
}

/** The records of these rows, each read when its turn comes. */
export function* recordsOfItem(mailboxCase: MailboxCase, item: number): Generator<ActivityRecord, void, void> {
  for (const row of rowsOfItem(mailboxCase, item)) yield recordOf(mailboxCase, row);
}

/**
 * The other rows of an item, best knowledge first. Of equal rank the export's rows come in source order, as the first
 * version had them, and behind them those of audit logs, which are exported in any order, by time.
 */
function rankedRows(mailboxCase: MailboxCase, item: number): readonly number[] {
  const { rows, types } = mailboxCase;
  const rank = (row: number) => (types[rows.type[row] as number] as ActivityType).knowledge;
  const isAudit = (row: number) => isAuditRow(rows, row);
  return rowsOfItem(mailboxCase, item).sort(
    (a, b) =>
      rank(a) - rank(b) || Number(isAudit(a)) - Number(isAudit(b)) || (isAudit(a) ? compareRows(rows, a, b) : a - b),
  );
}

/** What is known of an item's message. */
interface ItemFacts {
  readonly facts: MessageFacts;
  /** Whether the item's own delivery says all of it, so that the Metadata names that row alone. */
  readonly isOfDelivery: boolean;
}

/**
 * What the rows of an item say of its message. First knowledge wins field by field: MessageDelivered, wherever in the
 * input it stands, then MessageSent, MarkAsRead, Reply and ReplyAll, then whatever other row carries such a property.
 *
 * @param delivery what the item's delivery says, where the caller has just read it.
 * @returns undefined where no row says anything.
 */
export function factsOfItem(mailboxCase: MailboxCase, item: number, delivery?: MessageFields): ItemFacts | undefined {
  const { items } = mailboxCase;
  const delivered = items.delivered[item] as number;
  const first =
    delivered < 0 ? undefined : factsOfRow(mailboxCase, delivered, delivery ?? fieldsOf(mailboxCase, delivered));
  if (first !== undefined && isComplete(first)) return { facts: first, isOfDelivery: true };
  let facts = first;
  for (const row of rankedRows(mailboxCase, item)) {
    const more = factsOfRow(mailboxCase, row, fieldsOf(mailboxCase, row));
    if (more === undefined) continue;
    facts = facts === undefined ? more : mergeFacts(facts, more);
    if (isComplete(facts)) break;
  }
  return facts === undefined ? undefined : { facts, isOfDelivery: facts === first };
}

/** The ConversationId that a row of the item names; empty where none does. */
export function conversationOf(mailboxCase: MailboxCase, item: number): string {
  const delivered = mailboxCase.items.delivered[item] as number;
  if (delivered >= 0) return recordOf(mailboxCase, delivered).properties.text("ConversationId") ?? "";
  for (const { properties } of recordsOfItem(mailboxCase, item)) {
    const conversation = properties.text("ConversationId");
    if (conversation !== undefined && conversation !== "") return conversation;
  }
  return "";
}
