import type { MessageFacts, MessageFields } from "../model/event.ts";
import type { MailboxCase } from "./mailbox-case.ts";
import { factsOfItem, NOTHING_KNOWN } from "./message-facts.ts";
import type { Slab } from "./slab.ts";
import { newSlab, readParts, writeParts } from "./slab.ts";

/** Facts of messages, worked out once and kept outside of V8's heap. */
export interface FactsStore {
  readonly mailboxCase: MailboxCase;
  readonly slab: Slab;
  /** Address of an item's facts; -1 while they are not worked out, -2 where nothing is known. */
  readonly at: Float64Array;
}

const PARTS = 8;
const NOT_YET = -1;
const NOTHING = -2;

export function newFactsStore(mailboxCase: MailboxCase): FactsStore {
  return { mailboxCase, slab: newSlab(), at: new Float64Array(mailboxCase.items.count).fill(NOT_YET) };
}

/**
 * Works an item's facts out now, from its delivery that the caller has just read, if other rows will ask for them.
 *
 * @param fields tells what the delivery says.
 */
export function offerDelivery(store: FactsStore, item: number, row: number, fields: () => MessageFields): void {
  const { items } = store.mailboxCase;
  if (store.at[item] !== NOT_YET || items.delivered[item] !== row || (items.firstRow[item] as number) < 0) return;
  keep(store, item, factsOfItem(store.mailboxCase, item, fields()));
}

function keep(store: FactsStore, item: number, facts: MessageFacts | undefined): void {
  if (facts === undefined) {
    store.at[item] = NOTHING;
    return;
  }
  const { subject, from, received, recipients, folder, internetMessageId, attachments, metadata } = facts;
  const parts = [subject, from, received, recipients, folder, internetMessageId, attachments, metadata];
  store.at[item] = writeParts(store.slab, parts);
}

/** What is known of an item by its own id. */
export function itemFacts(store: FactsStore, item: number): MessageFacts {
  if (store.at[item] === NOT_YET) {
    const facts = factsOfItem(store.mailboxCase, item);
    keep(store, item, facts);
    return facts ?? NOTHING_KNOWN;
  }
  const address = store.at[item] as number;
  if (address < 0) return NOTHING_KNOWN;
  const parts = readParts(store.slab, address, PARTS);
  return {
    subject: parts[0],
    from: parts[1],
    received: parts[2],
    recipients: parts[3],
    folder: parts[4],
    internetMessageId: parts[5],
    attachments: parts[6],
    metadata: parts[7] ?? "",
  };
}
