import type { RecordReader } from "../ingest/format.ts";
import { logonFacts } from "../activities/logon/index.ts";
import { typeOf } from "../activities/index.ts";
import { isBlankId } from "../model/blank-id.ts";
import { ownText } from "../model/own-text.ts";
import type { ActivityRecord } from "../model/record.ts";
import { wideHashTail } from "./hash.ts";
import type { CaseLogon } from "./mailbox-case.ts";

/**
 * Up to where an ActivityItemId names the mailbox and not yet the item: these ids are base64 of a few bytes and the
 * mailbox's GUID as text.
 */
const STORE_PREFIX = 56;
/** Shorter ids than this are not of that shape. */
const SHORTEST_ITEM_ID = 80;

type Counts = Map<string, { name: string; count: number }>;

/** The name met most often, in the spelling met first; empty where nobody is named. Equal counts: by name. */
function mostFrequent(names: Counts): string {
  let best = { name: "", count: 0 };
  for (const entry of names.values()) {
    if (entry.count > best.count || (entry.count === best.count && entry.name < best.name)) best = entry;
  }
  return best.name;
}

function countName(names: Counts, name: string): void {
  if (name === "") return;
  const key = name.toLowerCase();
  const known = names.get(key);
  if (known === undefined) names.set(ownText(key), { name: ownText(name), count: 1 });
  else known.count++;
}

/** The mailbox that the successful logons of a log name; empty where none does. */
export function mailboxOfLogons(logons: readonly CaseLogon[]): string {
  const names: Counts = new Map();
  for (const logon of logons) if (logon.successful) countName(names, logon.user);
  return mostFrequent(names);
}

/** What an input says of the mailbox that it is of. */
export interface MailboxHint {
  /** In lower case; empty where the input names none. */
  readonly name: string;
  /** How most of its item ids begin, which names the mailbox's store; empty where it has none. */
  readonly store: string;
  /** Who tried to log on most often and failed, in lower case: this proves little, as anybody may have tried. */
  readonly tried: string;
}

/** Whether a hint tells nothing: neither whose mailbox it is nor which store. */
export function isLost({ name, store }: MailboxHint): boolean {
  return name === "" && store === "";
}

/**
 * Reads an input through once to learn whose it is. Yields now and then so that the caller can stop.
 *
 * @returns through the generator's return value.
 */
export function* mailboxHint(reader: RecordReader): Generator<number, MailboxHint, void> {
  const names: Counts = new Map();
  const tried: Counts = new Map();
  const stores: Counts = new Map();
  yield* reader.scan({
    record(record) {
      const { activityItemId } = record;
      if (activityItemId.length >= SHORTEST_ITEM_ID) {
        const name = activityItemId.slice(0, STORE_PREFIX);
        const known = stores.get(name);
        if (known === undefined) {
          const own = ownText(name);
          stores.set(own, { name: own, count: 1 });
        } else known.count++;
      }
      if (typeOf(record.activityIdType).family !== "logon") return;
      const { successful, user } = logonFacts(record);
      countName(successful ? names : tried, user);
    },
    reject() {
      // What cannot be read names no mailbox; it is accounted for when the input is read for good.
    },
  });
  return {
    name: (reader.mailbox ?? mostFrequent(names)).toLowerCase(),
    store: mostFrequent(stores),
    tried: mostFrequent(tried).toLowerCase(),
  };
}

/** So much of a record's text tells it from others. */
const MARK_UNITS = 4096;

/** A hash of what a record shares with others of its mailbox alone: its session, or where it has none all that it says. */
function markOf({ clientSessionId, timeStamp, appIdType, activityIdType, activityItemId, properties }: ActivityRecord) {
  const mark = isBlankId(clientSessionId)
    ? [properties.raw, activityItemId, appIdType, activityIdType, timeStamp].join("\t")
    : clientSessionId;
  return wideHashTail(mark, MARK_UNITS);
}

/**
 * Reads an input through once more, for its sessions.
 *
 * @param wanted the marks that are asked for; undefined for all of them.
 * @returns through the generator's return value.
 */
export function* marksOf(
  reader: RecordReader,
  wanted: ReadonlySet<number> | undefined,
): Generator<number, ReadonlySet<number>, void> {
  const marks = new Set<number>();
  yield* reader.scan({
    record(record) {
      const mark = markOf(record);
      if (wanted === undefined || wanted.has(mark)) marks.add(mark);
    },
    reject() {
      // What cannot be read has no session; it is accounted for when the input is read for good.
    },
  });
  return marks;
}

/** Hints of which none is left out, and how some of them were come by. */
export interface PlacedHints {
  readonly hints: readonly MailboxHint[];
  /** Inputs that nothing but failed logons puts together with others, by the user whom these name. */
  readonly byTried: ReadonlyMap<number, string>;
}

/**
 * The hints with more of those that tell nothing, as an export of searches alone does: inputs that share sessions are of
 * one mailbox. Whose sessions two mailboxes have stays alone, as it is not known which is meant. What shares no session
 * is of the mailbox whose user failed to log on, as the beginning of a log may hold nothing else: a guess, since anybody
 * may have tried.
 *
 * @param marks of every input that tells nothing all of its marks, of the others those among them; by the hint's index.
 * @param guesses whether failed logons place inputs; not where the examiner says whose they are.
 */
export function placeLost(
  hints: readonly MailboxHint[],
  marks: ReadonlyMap<number, ReadonlySet<number>>,
  guesses: boolean,
): PlacedHints {
  const shares = (a: ReadonlySet<number>, b: ReadonlySet<number>) => [...a].some((mark) => b.has(mark));
  const told = groupByMailbox(hints).filter((group) => !group.some((at) => isLost(hints[at] as MailboxHint)));
  const placed = [...hints];
  const guessed: { readonly user: string; readonly together: readonly number[]; readonly isOwned: boolean }[] = [];
  const waiting = new Set([...marks.keys()].filter((at) => isLost(hints[at] as MailboxHint)));
  for (const first of waiting) {
    // Those that share sessions with one another belong together, wherever they belong.
    const together = [first];
    waiting.delete(first);
    for (const at of together) {
      for (const other of waiting) {
        if (!shares(marks.get(at) as ReadonlySet<number>, marks.get(other) as ReadonlySet<number>)) continue;
        waiting.delete(other);
        together.push(other);
      }
    }
    const theirs = new Set(together.flatMap((at) => [...(marks.get(at) as ReadonlySet<number>)]));
    let owners = told.filter((group) => group.some((at) => shares(marks.get(at) ?? NO_MARKS, theirs)));
    let alone = `of input ${first}`;
    const [user = "", ...others] = new Set(together.map((at) => (hints[at] as MailboxHint).tried));
    const isGuessed = guesses && owners.length === 0 && user !== "" && others.length === 0;
    if (isGuessed) {
      owners = told.filter((group) => group.some((at) => hints[at]?.name === user));
      alone = `tried by ${user}`;
    }
    const [owner] = owners.length === 1 ? (owners[0] as readonly number[]) : [];
    const hint = owner === undefined ? { name: "", store: alone, tried: "" } : (hints[owner] as MailboxHint);
    for (const at of together) placed[at] = hint;
    if (isGuessed) guessed.push({ user, together, isOwned: owner !== undefined });
  }
  // What stays alone is where it would be without the guess.
  const isJoined = (one: (typeof guessed)[number]) =>
    one.isOwned || guessed.some((other) => other !== one && other.user === one.user);
  const byTried = guessed.filter(isJoined).flatMap(({ user, together }) => together.map((at) => [at, user] as const));
  return { hints: placed, byTried: new Map(byTried.sort(([a], [b]) => a - b)) };
}

const NO_MARKS: ReadonlySet<number> = new Set();

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
