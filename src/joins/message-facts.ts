import { isAuditRow } from "./rows.ts";
import { messageFields } from "../activities/message/index.ts";
import { messageKey } from "../ingest/messages/message-record.ts";
import { contradictions, likenessOfFacts } from "../ingest/messages/same-message.ts";
import type { ActivityType, MessageFacts, MessageFields } from "../model/event.ts";
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

/** A record that told something of a message. */
export interface FactSource {
  /** Its row; of a message that was given beside the log the words of the Metadata column. */
  readonly origin: number | string;
  /** Which of `FACTS` are known from it, a bit each in their order. */
  readonly told: number;
  /** The id by which the item was followed to a delivery, on the last record that stands for that. */
  readonly via?: string;
}

/** What records say of a message, and which of them says what: every known fact is one source's. */
export interface SourcedFacts extends MessageFields {
  readonly sources: readonly FactSource[];
}

/** What is said of a message of which no record says anything. */
export const NOTHING_KNOWN: SourcedFacts = {
  subject: undefined,
  from: undefined,
  received: undefined,
  recipients: undefined,
  folder: undefined,
  internetMessageId: undefined,
  attachments: undefined,
  sources: [],
};

/** Nothing is left to ask an item's other rows for. */
function isComplete({ items }: MailboxCase, item: number, facts: MessageFields): boolean {
  return (
    facts.subject !== undefined &&
    facts.from !== undefined &&
    facts.received !== undefined &&
    facts.recipients !== undefined &&
    facts.folder !== undefined &&
    facts.internetMessageId !== undefined &&
    // Few records of 2018 tell attachments at all: they are asked for only where a row is known to.
    (facts.attachments !== undefined || items.attachments[item] === 0)
  );
}

/** The bits of `FactSource.told` for facts by their names. */
export function factsToldBy(names: readonly (keyof MessageFields)[]): number {
  return FACTS.reduce((told, [key], at) => (names.includes(key) ? told | (1 << at) : told), 0);
}

/** What one source says of a message. */
export function factsFrom(fields: MessageFields, origin: number | string): SourcedFacts {
  let told = 0;
  for (let at = 0; at < FACTS.length; at++) {
    if (fields[(FACTS[at] as (typeof FACTS)[number])[0]] !== undefined) told |= 1 << at;
  }
  const { subject, from, received, recipients, folder, internetMessageId, attachments } = fields;
  const sources = told === 0 ? [] : [{ origin, told }];
  return { subject, from, received, recipients, folder, internetMessageId, attachments, sources };
}

/** The first facts with what only the second knows. */
export function mergeFacts(first: SourcedFacts, second: SourcedFacts): SourcedFacts {
  const merged: Record<string, string | undefined> = {};
  let added = 0;
  for (const [at, [key]] of FACTS.entries()) {
    if (first[key] !== undefined || second[key] === undefined) continue;
    merged[key] = second[key];
    added |= 1 << at;
  }
  if (added === 0) return first;
  return { ...first, ...merged, sources: [...first.sources, ...narrowed(second.sources, added)] };
}

/** The sources that told some of these facts, for no more than these. */
function narrowed(sources: readonly FactSource[], facts: number): FactSource[] {
  return sources.map((source) => ({ ...source, told: source.told & facts })).filter(({ told }) => told !== 0);
}

const FOLDER = 1 << FACTS.findIndex(([key]) => key === "folder");

/**
 * What is known of an item that was followed to a delivery: that message's facts first.
 *
 * @param way the id by which it was followed.
 * @param isElsewhere the item's own records know better where it is.
 */
export function followedFacts(
  delivery: SourcedFacts,
  own: SourcedFacts,
  way: string,
  isElsewhere: boolean,
): SourcedFacts {
  const sources = isElsewhere ? narrowed(delivery.sources, ~FOLDER) : [...delivery.sources];
  const last = sources.pop();
  if (last !== undefined) sources.push({ ...last, via: way });
  return mergeFacts({ ...delivery, folder: isElsewhere ? undefined : delivery.folder, sources }, own);
}

/**
 * An item's facts with what audit records beside them say of the message by its InternetMessageId; not where it is, which
 * they say of any copy. Nothing where the two contradict each other.
 */
export function withAudited(own: SourcedFacts, audited: SourcedFacts): SourcedFacts {
  if (contradictions(likenessOfFacts(own), likenessOfFacts(audited)).length > 0) return own;
  const sources = narrowed(audited.sources, ~FOLDER).map((source) => ({ ...source, via: "InternetMessageId" }));
  return mergeFacts(own, { ...audited, folder: undefined, sources });
}

/** The facts with the Metadata that names their sources, and what each but the first added. */
export function messageFactsOf(mailboxCase: MailboxCase, facts: SourcedFacts): MessageFacts {
  const { subject, from, received, recipients, folder, internetMessageId, attachments, sources } = facts;
  let metadata = "";
  for (const { origin, told, via } of sources) {
    const words = typeof origin === "string" ? origin : rowWords(mailboxCase, origin);
    metadata += metadata === "" ? words : `; ${words} (${factWords(told)})`;
    if (via !== undefined) metadata += ` via ${via}`;
  }
  return { subject, from, received, recipients, folder, internetMessageId, attachments, metadata };
}

function factWords(told: number): string {
  return FACTS.filter((_fact, at) => (told & (1 << at)) !== 0)
    .map(([, words]) => words)
    .join(", ");
}

/** A row in the words of the Metadata column. */
function rowWords(mailboxCase: MailboxCase, row: number): string {
  const { name } = mailboxCase.types[mailboxCase.rows.type[row] as number] as ActivityType;
  const { file, row: number } = sourceOf(mailboxCase, row);
  return `${name} ${file}:${number}`;
}

function fieldsOf(mailboxCase: MailboxCase, row: number): MessageFields {
  return messageFields(recordOf(mailboxCase, row));
}

/** The rows of an item beside its delivery. */
export function rowsOfItem({ rows, items }: MailboxCase, item: number): number[] {
  const found: number[] = [];
  for (let row = items.firstRow[item] as number; row >= 0; row = rows.nextOfItem[row] as number) found.push(row);
  return found;
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

/**
 * What the rows of an item say of its message. First knowledge wins field by field: MessageDelivered, wherever in the
 * input it stands, then MessageSent, MarkAsRead, Reply and ReplyAll, then whatever other row carries such a property.
 *
 * @param delivery what the item's delivery says, where the caller has just read it.
 */
export function factsOfItem(mailboxCase: MailboxCase, item: number, delivery?: MessageFields): SourcedFacts {
  const delivered = mailboxCase.items.delivered[item] as number;
  let facts = NOTHING_KNOWN;
  if (delivered >= 0) facts = factsFrom(delivery ?? fieldsOf(mailboxCase, delivered), delivered);
  if (isComplete(mailboxCase, item, facts)) return facts;
  for (const row of rankedRows(mailboxCase, item)) {
    facts = mergeFacts(facts, factsFrom(fieldsOf(mailboxCase, row), row));
    if (isComplete(mailboxCase, item, facts)) break;
  }
  return facts;
}

/**
 * The deliveries of an item, the first of the source in front. The same record may stand in several files, in one of
 * them cut off: what one does not say, another may. One that names another InternetMessageId than those before is left out.
 */
export function deliveriesOf(mailboxCase: MailboxCase, item: number): readonly number[] {
  const { rows, items, types } = mailboxCase;
  const first = items.delivered[item] as number;
  if (first < 0) return [];
  const isDelivery = (row: number) => types[rows.type[row] as number]?.role === "delivered";
  const further = rowsOfItem(mailboxCase, item).filter(isDelivery);
  if (further.length === 0) return [first];
  let known = "";
  return [first, ...further].filter((row) => {
    const key = messageKey(fieldsOf(mailboxCase, row).internetMessageId ?? "");
    if (known === "") known = key;
    return key === "" || key === known;
  });
}

/** The ConversationId that a row of the item names; empty where none does. */
export function conversationOf(mailboxCase: MailboxCase, item: number): string {
  const delivered = mailboxCase.items.delivered[item] as number;
  if (delivered >= 0) {
    const conversation = recordOf(mailboxCase, delivered).properties.text("ConversationId") ?? "";
    if (conversation !== "") return conversation;
  }
  for (const row of rowsOfItem(mailboxCase, item)) {
    const conversation = recordOf(mailboxCase, row).properties.text("ConversationId");
    if (conversation !== undefined && conversation !== "") return conversation;
  }
  return "";
}
