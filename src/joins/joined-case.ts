import type { MessageFacts, MessageFields } from "../model/event.ts";
import type { ActivityRecord, SourceRef } from "../model/record.ts";
import type { Displays } from "./dwell.ts";
import { duplicateRows } from "./duplicates.ts";
import { joinDisplays } from "./dwell.ts";
import type { CaseLogon, MailboxCase } from "./mailbox-case.ts";
import { recordOf, sourceOf } from "./mailbox-case.ts";
import { itemFacts, newFactsStore, offerDelivery } from "./facts-store.ts";
import type { SourcedFacts } from "./message-facts.ts";
import { followedFacts, mergeFacts, messageFactsOf, NOTHING_KNOWN, withAudited } from "./message-facts.ts";
import type { MessageRecord } from "../ingest/messages/message-record.ts";
import type { MessagesById } from "./given-messages.ts";
import { givenFacts, joinGivenMessages, mayBeOf, NONE_GIVEN } from "./given-messages.ts";
import { endNumbering, forgetMessageKeys, itemId, messageKeyOfItem } from "./items.ts";
import { areCopies, followMovedItems } from "./moved-items.ts";
import { rowOrder } from "./order.ts";
import type { Searches } from "./searches.ts";
import { joinSearches } from "./searches.ts";
import type { Silence } from "./silences.ts";
import { silencesOf } from "./silences.ts";

/** A case whose rows are put in order and joined; what reports and rules read. */
export interface JoinedCase {
  readonly mailboxCase: MailboxCase;
  /** The rows that tables print, by time and then by source. */
  readonly order: Uint32Array;
  /** The same with the filtered rows: everything that was logged. */
  readonly logged: Uint32Array;
  readonly silences: readonly Silence[];
  /** Rows left out because an earlier row says the same. */
  readonly duplicates: ReadonlySet<number>;
  /** The logons that were logged, duplicates left out. */
  readonly logons: readonly CaseLogon[];
  readonly displays: Displays;
  /** The searches that were logged, with the filtered rows. */
  readonly searches: Searches;
  /** The message that an item is: itself, the delivery that it was moved from, or the first of its copies. -1 stays -1. */
  messageOf(item: number): number;
  /** The same, but of a message that was delivered as several copies each stands for itself. */
  deliveryOf(item: number): number;
  /**
   * What is known of an item's message.
   *
   * @param own what the row that asks says itself: a given message that it contradicts says nothing of it.
   */
  factsOf(item: number, own?: () => MessageFields): MessageFacts;
  /** The message that was exported or traced and is an item's; undefined where none was given or it is not certain. */
  givenOf(item: number, own?: () => MessageFields): MessageRecord | undefined;
  /** Where given messages were read whose id some item has. */
  readonly givenNamed: readonly string[];
  /** Which were not joined with an item of their id, and why, a sentence each. */
  readonly givenWarnings: readonly string[];
  /** Works out what is known of a delivery that has just been read, if other rows will ask for it. */
  offerDelivery(item: number, row: number, fields: () => MessageFields): void;
  /** The ActivityItemId of an item. */
  idOf(item: number): string;
  /** The record of a row, read again from the evidence. */
  recordOf(row: number): ActivityRecord;
  /** Where a row stands in the evidence. */
  sourceOf(row: number): SourceRef;
}

/** The same rows with one for each record: an audit record may make several. */
export function recordRows({ mailboxCase }: JoinedCase, rows: readonly number[]): readonly number[] {
  if (mailboxCase.clients.length <= 1) return [...new Set(rows)];
  const { evidence, number } = mailboxCase.rows;
  const seen = new Set<string>();
  return rows.filter((row) => {
    const place = `${evidence[row] ?? 0} ${number[row] ?? 0}`;
    if (seen.has(place)) return false;
    seen.add(place);
    return true;
  });
}

/** Where rows stand in the evidence, each record once. */
export function placesOf(joined: JoinedCase, rows: readonly number[]): readonly SourceRef[] {
  return recordRows(joined, rows).map((row) => joined.sourceOf(row));
}

/** The same case with its searches numbered from `first` on. */
export function renumberSearches(joined: JoinedCase, first: number): JoinedCase {
  if ((joined.searches.list[0]?.number ?? first) === first) return joined;
  return { ...joined, searches: joinSearches(joined.mailboxCase, joined.duplicates, first) };
}

/**
 * Puts a fully read case in order and joins it; nothing can be taken into it any more.
 *
 * @param keepDuplicates print rows that say exactly what an earlier one says, too.
 * @param firstSearch number of the mailbox's first search, so that numbers are unique in a bundle.
 * @param messages messages that were exported or traced: what no record of the log says, they may.
 */
export function joinCase(
  mailboxCase: MailboxCase,
  keepDuplicates: boolean,
  firstSearch: number,
  messages?: MessagesById,
): JoinedCase {
  const { items, rows } = mailboxCase;
  endNumbering(items);
  const duplicates: ReadonlySet<number> = keepDuplicates ? new Set<number>() : duplicateRows(mailboxCase);
  const order = rowOrder(rows, duplicates, false);
  const logged = rows.hidden.includes(1) ? rowOrder(rows, duplicates, true) : order;
  const store = newFactsStore(mailboxCase);
  const moved = followMovedItems(mailboxCase, store);
  const deliveryOf = (item: number) => moved.delivered.get(item) ?? item;
  const messageOf = (item: number) => {
    const delivery = deliveryOf(item);
    return moved.copies.get(delivery) ?? delivery;
  };
  /** What audit records name by the InternetMessageId of an export's item, by the item's number. */
  const audited = new Map<number, number>();
  for (const [item, target] of moved.delivered) if (messageKeyOfItem(items, item) !== "") audited.set(target, item);
  const followed = (item: number, delivered: number | undefined): SourcedFacts => {
    const own = itemFacts(store, item);
    if (delivered === undefined) return own;
    const way = moved.byConversation.has(item) ? "ConversationId" : "InternetMessageId";
    // An item with another id than its delivery was moved: its own records know better where it is.
    const isElsewhere = own.folder !== undefined && messageKeyOfItem(items, item) === "";
    return followedFacts(itemFacts(store, delivered), own, way, isElsewhere);
  };
  const loggedFacts = (item: number): SourcedFacts => {
    const delivered = moved.delivered.get(item);
    const facts = followed(item, delivered);
    const named = audited.get(delivered ?? item);
    return named === undefined || named === item ? facts : withAudited(facts, itemFacts(store, named));
  };
  const isDelivered = (item: number) => (items.delivered[item] as number) >= 0;
  const given =
    messages === undefined
      ? NONE_GIVEN
      : joinGivenMessages(
          {
            mailboxCase,
            factsOf: loggedFacts,
            deliveryOf: (item) => (isDelivered(deliveryOf(item)) ? deliveryOf(item) : -1),
            namesakes: moved.namesakes,
            areCopies: (a, b) => areCopies(mailboxCase, store, a, b),
          },
          messages,
        );
  forgetMessageKeys(items);
  const givenOf = (item: number, own?: () => MessageFields) => {
    const message = given.ofItem.get(item);
    return message === undefined || own === undefined || mayBeOf(message, own()) ? message : undefined;
  };
  const knownFacts = (item: number, own?: () => MessageFields): SourcedFacts => {
    const message = givenOf(item, own);
    return message === undefined ? loggedFacts(item) : mergeFacts(loggedFacts(item), givenFacts(message));
  };
  const factsOf = (item: number, own?: () => MessageFields) =>
    messageFactsOf(mailboxCase, item < 0 ? NOTHING_KNOWN : knownFacts(item, own));
  return {
    mailboxCase,
    order,
    logged,
    silences: silencesOf(rows, logged),
    duplicates,
    logons: duplicates.size === 0 ? mailboxCase.logons : mailboxCase.logons.filter(({ row }) => !duplicates.has(row)),
    // An end that the filter hides still measures the start that it shows.
    displays: joinDisplays(mailboxCase, logged),
    searches: joinSearches(mailboxCase, duplicates, firstSearch),
    messageOf,
    deliveryOf,
    factsOf,
    givenOf,
    givenNamed: [...given.named],
    givenWarnings: given.warnings,
    offerDelivery: (item, row, fields) => {
      if (item >= 0) offerDelivery(store, item, row, fields);
    },
    idOf: (item) => itemId(items, item),
    recordOf: (row) => recordOf(mailboxCase, row),
    sourceOf: (row) => sourceOf(mailboxCase, row),
  };
}
