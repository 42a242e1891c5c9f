import { escapeControls } from "../ingest/evidence/labels.ts";
import { authenticationOf } from "../ingest/messages/authentication.ts";
import {
  messageFacts,
  messageKey,
  type MessageRecord,
  messageSources,
  NOBODY,
} from "../ingest/messages/message-record.ts";
import { place } from "../ingest/messages/one-message.ts";
import type { Likeness } from "../ingest/messages/same-message.ts";
import { areAlike, contradictions, likenessOf, likenessOfFacts } from "../ingest/messages/same-message.ts";
import { messageKeyHash } from "./hash.ts";
import { messageKeyOfItem } from "./items.ts";
import type { MailboxCase } from "./mailbox-case.ts";
import { sourceOf } from "./mailbox-case.ts";
import type { SourcedFacts } from "./message-facts.ts";
import { factsFrom, factsToldBy } from "./message-facts.ts";

/** Messages that were exported or traced, by `messageKey`; several where those of one id contradict each other. */
export type MessagesById = ReadonlyMap<string, readonly MessageRecord[]>;

/** Which of the messages that were given beside the log its items are. */
export interface GivenMessages {
  /** By item number. */
  readonly ofItem: ReadonlyMap<number, MessageRecord>;
  /** What an examiner has to know of those that have an item's id and are not joined with it, a sentence each. */
  readonly warnings: readonly string[];
  /** Where those were read whose id some item has: joined or not, which a warning says then. */
  readonly named: ReadonlySet<string>;
}

export const NONE_GIVEN: GivenMessages = { ofItem: new Map(), warnings: [], named: new Set() };

/** What is asked of the joined log. */
export interface LoggedMessages {
  readonly mailboxCase: MailboxCase;
  /** What the records of the log say of an item. */
  factsOf(item: number): SourcedFacts;
  /** The delivery that an item is: itself, or the one it was followed to; -1 for none. */
  deliveryOf(item: number): number;
  /** The deliveries of an id by which different messages were delivered. */
  readonly namesakes: ReadonlyMap<string, readonly number[]>;
  /** Whether two deliveries of one id are copies of one message. */
  areCopies(a: number, b: number): boolean;
}

/** Ids on which messages were not joined are named one by one up to this many a mailbox. */
const MOST_IDS = 20;
/** Of messages that say the same so many are named. */
const MOST_TOLD = 3;
/** Items without a delivery are compared with so many deliveries of their id; more are a program's that reuses its ids. */
const MOST_COMPARED = 1000;

/** What one record of the log says of a message that was given beside it. */
export function givenFacts(message: MessageRecord): SourcedFacts {
  const sources = messageSources(message).map(({ origin, tells }) => ({ origin, told: factsToldBy(tells) }));
  return { ...factsFrom(messageFacts(message), message.origin), sources };
}

/** Whether a row that says this of its message may be one of a message that was given. */
export function mayBeOf(message: MessageRecord, own: SourcedFacts | Parameters<typeof likenessOfFacts>[0]): boolean {
  return contradictions(likenessOf(message), likenessOfFacts(own)).length === 0;
}

/**
 * Joins given messages to items by InternetMessageId, where neither subject nor sender contradicts it. Where the log has
 * different messages of one id, or several of the given ones are left, one is joined only if it can be no other; of
 * several whose subjects agree (`oneOfAlike`) what is certain whichever it is.
 */
export function joinGivenMessages(logged: LoggedMessages, messages: MessagesById): GivenMessages {
  const { mailboxCase } = logged;
  const { items } = mailboxCase;
  const hashes = new Set([...messages.keys()].map(messageKeyHash));
  const ofItem = new Map<number, MessageRecord>();
  const apart = new Map<string, { sentence: string; more: number }>();
  const homes = new Map<MessageRecord, Home>();
  const named = new Set<string>();
  for (let item = 0; item < items.count; item++) {
    const isDelivered = (items.delivered[item] as number) >= 0;
    const hash = items.messageKeyHash[item] as number;
    if (isDelivered && hash !== 0 && !hashes.has(hash)) continue;
    const ownKey = messageKeyOfItem(items, item);
    if (ownKey !== "" && !messages.has(ownKey)) continue;
    const facts = logged.factsOf(item);
    const key = facts.internetMessageId === undefined ? ownKey : messageKey(facts.internetMessageId);
    const records = key === "" ? undefined : messages.get(key);
    if (records === undefined) continue;
    for (const record of records) named.add(place(record));
    const own = likenessOfFacts(facts);
    const fitting = records.filter((record) => contradictions(likenessOf(record), own).length === 0);
    const namesakes = logged.namesakes.get(key);
    const certain =
      namesakes === undefined
        ? fitting
        : fitting.filter((record) => {
            let home = homes.get(record);
            if (home === undefined) homes.set(record, (home = homeOf(logged, likenessOf(record), namesakes)));
            return isAt(logged, home, item, own, namesakes);
          });
    const alike = certain.length > 1 ? certain.filter((record) => areAlike(likenessOf(record), own)) : certain;
    const only = oneOfAlike(alike.length > 0 ? alike : certain, mailboxCase.mailbox);
    if (only !== undefined) {
      ofItem.set(item, only);
      continue;
    }
    const known = apart.get(key);
    if (known !== undefined) known.more++;
    else apart.set(key, { sentence: whyApart(logged, item, own, records, fitting), more: 0 });
  }
  return { ofItem, warnings: warningsOf(apart), named };
}

/** Facts of several messages that need not be the same: no results of any. */
const NOT_AUTHENTICATED = authenticationOf([]);

/**
 * What is known of a message that is one of several whose subjects agree: of traces the one that went to the mailbox,
 * for a list or a mailbox that forwards has a sender of the envelope for each recipient; else what all of them say.
 *
 * @returns undefined where nothing is.
 */
function oneOfAlike(records: readonly MessageRecord[], mailbox: string): MessageRecord | undefined {
  const [first, ...others] = records;
  if (first === undefined || others.length === 0) return first;
  const own = likenessOf(first);
  if (others.some((other) => contradictions(own, likenessOf(other)).includes("subject"))) return undefined;
  const wanted = mailbox.toLowerCase();
  if (records.every(({ kind }) => kind === "trace")) {
    const addressed = records.filter(({ to }) => to.some(({ address }) => address.toLowerCase() === wanted));
    if (addressed.length === 1) return addressed[0];
  }
  const shared = <T>(textOf: (record: MessageRecord) => string, value: T, none: T) =>
    others.every((other) => textOf(other).toLowerCase() === textOf(first).toLowerCase()) ? value : none;
  const common: MessageRecord = {
    ...first,
    kind: "trace",
    subject: shared(({ subject }) => subject, first.subject, ""),
    from: shared(({ from }) => from.address || from.name, first.from, NOBODY),
    sender: NOBODY,
    replyTo: [],
    to: shared(({ recipients }) => recipients, first.to, []),
    recipients: shared(({ recipients }) => recipients, first.recipients, ""),
    returnPath: "",
    date: "",
    received: shared(({ received }) => received, first.received, ""),
    authentication: NOT_AUTHENTICATED,
    attachments: [],
  };
  const { internetMessageId: _id, ...facts } = messageFacts(common);
  const told = new Set(Object.entries(facts).flatMap(([name, text]) => (text === undefined ? [] : [name])));
  if (told.size === 0) return undefined;
  const sources = records
    .slice(0, MOST_TOLD)
    .flatMap(messageSources)
    .map(({ origin, tells }) => ({ origin, tells: tells.filter((name) => told.has(name)) }));
  return { ...common, sources: sources.filter(({ tells }) => tells.length > 0) };
}

/** The delivery that a message is, of those with its id: -1 for none of them, undefined where it may be several. */
type Home = { readonly delivery: number | undefined };

function homeOf({ factsOf, areCopies }: LoggedMessages, message: Likeness, deliveries: readonly number[]): Home {
  const likenesses = deliveries.map((delivery) => [delivery, likenessOfFacts(factsOf(delivery))] as const);
  const possible = likenesses.filter(([, one]) => contradictions(message, one).length === 0);
  const alike = possible.filter(([, one]) => areAlike(message, one));
  const [first, ...others] = (alike.length > 0 ? alike : possible).map(([delivery]) => delivery);
  if (first === undefined) return { delivery: -1 };
  return { delivery: others.every((other) => areCopies(first, other)) ? first : undefined };
}

/** Whether an item is surely the delivery that a message is, or both are none of them. */
function isAt(
  logged: LoggedMessages,
  { delivery }: Home,
  item: number,
  own: Likeness,
  deliveries: readonly number[],
): boolean {
  if (delivery === undefined) return false;
  let other: number | undefined = logged.deliveryOf(item);
  if (other < 0) {
    if (deliveries.length > MOST_COMPARED) return false;
    other = homeOf(logged, own, deliveries).delivery;
  }
  if (other === delivery) return true;
  return other !== undefined && other >= 0 && delivery >= 0 && logged.areCopies(delivery, other);
}

function whyApart(
  { mailboxCase }: LoggedMessages,
  item: number,
  own: Likeness,
  records: readonly MessageRecord[],
  fitting: readonly MessageRecord[],
): string {
  const { items } = mailboxCase;
  const delivered = items.delivered[item] as number;
  const { file, row } = sourceOf(mailboxCase, delivered >= 0 ? delivered : (items.firstRow[item] as number));
  const [first] = records as readonly [MessageRecord];
  const id = escapeControls(first.internetMessageId);
  const places = (fitting.length > 0 ? fitting : records).slice(0, 3).map(place).join(", ");
  const not = `not joined with ${file}:${row}`;
  if (fitting.length > 0) return `${id}: ${places} ${not}, as which message of this id it is cannot be told`;
  const fields = [...new Set(records.flatMap((record) => contradictions(likenessOf(record), own)))].join(" and ");
  return `${id}: ${places} ${not}, whose ${fields} ${fields.includes(" ") ? "differ" : "differs"}`;
}

function warningsOf(apart: ReadonlyMap<string, { sentence: string; more: number }>): readonly string[] {
  const sentences = [...apart.values()].map(({ sentence, more }) =>
    more === 0 ? `${sentence}.` : `${sentence}; nor with ${more} more of the log.`,
  );
  const rest = sentences.length - MOST_IDS;
  if (rest <= 0) return sentences;
  return [...sentences.slice(0, MOST_IDS), `Of ${rest} further ids given messages are not joined for such reasons.`];
}
