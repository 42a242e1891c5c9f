import type { TenantLog } from "../tenant-log.ts";
import type { People } from "./visits.ts";
import { newVisits } from "./visits.ts";

/** The records of a window by what they show: numbers of entries, of each kind the first in order of time. */
export interface Shown {
  /** Of each that was counted: users of a tumbling window, mailboxes of a sliding one. */
  counted(): readonly number[];
  /** Of each mailbox. */
  mailboxes(): readonly number[];
  /** Of each mailbox that an account other than its owner's read. */
  byOthers(): readonly number[];
  /** The Sync records, of each mailbox the first. */
  syncs(): readonly number[];
}

/** The first entry of each number; entries of the number `none` are of nobody. */
function firstOf(entries: Iterable<number>, numberOf: (entry: number) => number, none = -1): readonly number[] {
  const met = new Set([none]);
  const first: number[] = [];
  for (const entry of entries) {
    const number = numberOf(entry);
    if (met.has(number)) continue;
    met.add(number);
    first.push(entry);
  }
  return first;
}

/**
 * What a window's entries show. They are looked through when they are asked for and not before: windows are very many,
 * and only the highest of an application are ever asked.
 */
export function shownBy(
  { context, sync, ticks }: TenantLog,
  people: People,
  entries: Uint32Array,
  isTumbling: boolean,
): Shown {
  const ownerOf = (entry: number) => people.owner[context[entry] as number] as number;
  const mailboxes = () => firstOf(entries, ownerOf, 0);
  return {
    // A missing UserId counts as one user.
    counted: () =>
      isTumbling ? firstOf(entries, (entry) => people.user[context[entry] as number] as number) : mailboxes(),
    mailboxes,
    byOthers() {
      const visits = newVisits(people);
      for (const entry of entries) visits.note(context[entry] as number, entry);
      return [...visits.visited.values()].sort((a, b) => (ticks[a] as number) - (ticks[b] as number) || a - b);
    },
    syncs: () =>
      firstOf(
        entries.filter((entry) => sync[entry] === 1),
        ownerOf,
      ),
  };
}
