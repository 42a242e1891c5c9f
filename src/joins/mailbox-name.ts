import type { RecordReader } from "../ingest/format.ts";
import { logonFacts } from "../activities/logon/index.ts";
import { typeOf } from "../activities/index.ts";
import type { CaseLogon } from "./mailbox-case.ts";

/**
 * Up to where an ActivityItemId names the mailbox and not yet the item: these ids are base64 of a few bytes and the
 * mailbox's GUID as text.
 */
const STORE_PREFIX = 56;
/** Shorter ids than this are not of that shape. */
const SHORTEST_ITEM_ID = 80;

/** The name most often logged on with, in the spelling met first; empty where nobody is named. Equal counts: by name. */
function mostFrequent(names: ReadonlyMap<string, { name: string; count: number }>): string {
  let best = { name: "", count: 0 };
  for (const entry of names.values()) {
    if (entry.count > best.count || (entry.count === best.count && entry.name < best.name)) best = entry;
  }
  return best.name;
}

function countName(names: Map<string, { name: string; count: number }>, name: string): void {
  if (name === "") return;
  const key = name.toLowerCase();
  const known = names.get(key);
  if (known === undefined) names.set(key, { name, count: 1 });
  else known.count++;
}

/** The mailbox that the successful logons of a log name; empty where none does. */
export function mailboxOfLogons(logons: readonly CaseLogon[]): string {
  const names = new Map<string, { name: string; count: number }>();
  for (const logon of logons) if (logon.successful) countName(names, logon.user);
  return mostFrequent(names);
}

/** What an input says of the mailbox that it is of. */
export interface MailboxHint {
  /** In lower case; empty where the input names none. */
  readonly name: string;
  /** How most of its item ids begin, which names the mailbox's store; empty where it has none. */
  readonly store: string;
}

/**
 * Reads an input through once to learn whose it is. Yields now and then so that the caller can stop.
 *
 * @returns through the generator's return value.
 */
export function* mailboxHint(reader: RecordReader): Generator<number, MailboxHint, void> {
  const names = new Map<string, { name: string; count: number }>();
  const stores = new Map<string, { name: string; count: number }>();
  yield* reader.scan({
    record(record) {
      const { activityItemId } = record;
      if (activityItemId.length >= SHORTEST_ITEM_ID) {
        const name = activityItemId.slice(0, STORE_PREFIX);
        const known = stores.get(name);
        if (known === undefined) stores.set(name, { name, count: 1 });
        else known.count++;
      }
      if (typeOf(record.activityIdType).family !== "logon") return;
      const facts = logonFacts(record);
      if (facts.successful) countName(names, facts.user);
    },
    reject() {
      // What cannot be read names no mailbox; it is accounted for when the input is read for good.
    },
  });
  return { name: (reader.mailbox ?? mostFrequent(names)).toLowerCase(), store: mostFrequent(stores) };
}

/**
 * Groups inputs by mailbox: those that name the same mailbox, and those whose item ids begin alike, are of one. An
 * input that tells neither stands alone.
 *
 * @returns indexes of inputs, groups in the order of their first input.
 */
export function groupByMailbox(hints: readonly MailboxHint[]): readonly (readonly number[])[] {
  const groupOf = hints.map((_hint, at) => at);
  const owner = new Map<string, number>();
  const join = (a: number, b: number) => {
    const groups = [groupOf[a] as number, groupOf[b] as number];
    const [keep, drop] = [Math.min(...groups), Math.max(...groups)];
    for (let at = 0; at < groupOf.length; at++) if (groupOf[at] === drop) groupOf[at] = keep;
  };
  for (const [at, { name, store }] of hints.entries()) {
    for (const key of [store === "" ? "" : `store ${store}`, name === "" ? "" : `name ${name}`]) {
      if (key === "") continue;
      const first = owner.get(key);
      if (first === undefined) owner.set(key, at);
      else join(first, at);
    }
  }
  return [...new Set(groupOf)].map((group) => groupOf.flatMap((other, at) => (other === group ? [at] : [])));
}
