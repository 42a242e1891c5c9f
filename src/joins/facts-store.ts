import type { MessageFields } from "../model/event.ts";
import type { MailboxCase } from "./mailbox-case.ts";
import type { FactSource, SourcedFacts } from "./message-facts.ts";
import { factsFrom, factsOfItem, NOTHING_KNOWN } from "./message-facts.ts";
import { ownText } from "../model/own-text.ts";
import type { Part, Slab } from "./slab.ts";
import { newSlab, readParts, writeParts } from "./slab.ts";

/** Facts of messages, worked out once and kept outside of V8's heap. */
export interface FactsStore {
  readonly mailboxCase: MailboxCase;
  readonly slab: Slab;
  /** 0 while an item's facts are not worked out, 1 where nothing is known, else 2 more than their address. */
  readonly at: Uint32Array;
  /** Senders, recipients and folders that many messages have, by their numbers, and the numbers by text. */
  readonly common: string[];
  readonly commonNumbers: Map<string, number>;
  /** The number that was shared last, by what it was shared as. */
  readonly last: Record<Sharing, number>;
}

const PARTS = 8;
const NOT_YET = 0;
const NOTHING = 1;
const FIRST_ADDRESS = 2;
/** More different texts than this are hardly worth sharing: they are kept with each message then. */
const MOST_COMMON = 1 << 14;
/** In the place of the sources where the item's own delivery is the only one, as it is of most. */
const OF_DELIVERY = 0;

export function newFactsStore(mailboxCase: MailboxCase): FactsStore {
  return {
    mailboxCase,
    slab: newSlab(),
    at: new Uint32Array(mailboxCase.items.count),
    common: [],
    commonNumbers: new Map(),
    last: { from: -1, recipients: -1, folder: -1 },
  };
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

/** Which of the texts that messages share is looked at. */
type Sharing = "from" | "recipients" | "folder";

/** A text that many messages may share: its number, or the text where there are too many. */
function shared({ common, commonNumbers, last }: FactsStore, sharing: Sharing, text: string | undefined): Part {
  if (text === undefined) return undefined;
  // Most messages of a mailbox have the recipient and the folder of the one before.
  const before = last[sharing];
  if (common[before] === text) return before;
  const known = commonNumbers.get(text);
  if (known === undefined && common.length >= MOST_COMMON) return text;
  const number = known ?? common.push(ownText(text)) - 1;
  if (known === undefined) commonNumbers.set(common[number] as string, number);
  last[sharing] = number;
  return number;
}

/** Sources as a text: row and facts of each. */
function packed(sources: readonly FactSource[]): string {
  return sources.map(({ origin, told }) => `${origin} ${told}`).join(" ");
}

function unpacked(text: string): FactSource[] {
  const numbers = text.split(" ").map(Number);
  return numbers.flatMap((origin, at) => (at % 2 === 0 ? [{ origin, told: numbers[at + 1] as number }] : []));
}

function keep(store: FactsStore, item: number, facts: SourcedFacts): void {
  const { subject, from, received, recipients, folder, internetMessageId, attachments, sources } = facts;
  const [first] = sources;
  if (first === undefined) {
    store.at[item] = NOTHING;
    return;
  }
  const isOfDelivery = sources.length === 1 && first.origin === store.mailboxCase.items.delivered[item];
  const parts = [
    subject,
    shared(store, "from", from),
    received,
    shared(store, "recipients", recipients),
    shared(store, "folder", folder),
    internetMessageId,
    attachments,
    isOfDelivery ? OF_DELIVERY : packed(sources),
  ];
  store.at[item] = writeParts(store.slab, parts) + FIRST_ADDRESS;
}

/** What is known of an item by its own id. */
export function itemFacts(store: FactsStore, item: number): SourcedFacts {
  const { mailboxCase, common } = store;
  if (store.at[item] === NOT_YET) {
    const facts = factsOfItem(mailboxCase, item);
    keep(store, item, facts);
    return facts;
  }
  const at = store.at[item] as number;
  if (at === NOTHING) return NOTHING_KNOWN;
  const parts = readParts(store.slab, at - FIRST_ADDRESS, PARTS);
  const text = (part: Part) => (typeof part === "number" ? common[part] : part);
  const fields = {
    subject: text(parts[0]),
    from: text(parts[1]),
    received: text(parts[2]),
    recipients: text(parts[3]),
    folder: text(parts[4]),
    internetMessageId: text(parts[5]),
    attachments: text(parts[6]),
  };
  const sources = parts[7];
  if (typeof sources === "string") return { ...fields, sources: unpacked(sources) };
  return factsFrom(fields, mailboxCase.items.delivered[item] as number);
}
