import type { CaseLogon } from "./mailbox-case.ts";

/** The first and last of an address's logons that can still be going on, each by how many logons came before it. */
interface Span {
  first: number;
  last: number;
}

/** The successful logons of an App Type, or of a mailbox, that can still be going on, oldest first. */
export interface LiveLogons {
  /** For how long a logon can go on, in ticks. */
  readonly life: number;
  readonly logons: CaseLogon[];
  /** Beside each of them, of the next one from its address, how many came before it. */
  readonly nextOfAddress: number[];
  readonly addresses: Map<string, Span>;
  /** Index of the oldest that has not ended. */
  first: number;
  /** How many came before those in `logons`. */
  passed: number;
  /** What `otherAddresses` answers; undefined after a change. */
  others: readonly string[] | undefined;
}

export const NO_OTHERS: readonly string[] = [];
const NONE = -1;

/** @param life for how long a logon can go on, in ticks. */
export function newLiveLogons(life: number): LiveLogons {
  return { life, logons: [], nextOfAddress: [], addresses: new Map(), first: 0, passed: 0, others: undefined };
}

/** Ended logons are given back when there are so many of them, or looked for after so many new ones. */
const TIDY = 1024;

/** Adds a logon that is not before any of the others. */
export function addLogon(live: LiveLogons, logon: CaseLogon): void {
  const { logons, nextOfAddress, addresses, passed } = live;
  const number = passed + logons.length;
  logons.push(logon);
  nextOfAddress.push(NONE);
  const span = addresses.get(logon.named);
  if (span === undefined) {
    addresses.set(logon.named, { first: number, last: number });
  } else {
    nextOfAddress[span.last - passed] = number;
    span.last = number;
  }
  live.others = undefined;
  if (logons.length % TIDY === 0) dropEnded(live, logon.ticks);
}

/** Passes over the logons that have ended by a time. */
function dropEnded(live: LiveLogons, ticks: number): void {
  const { logons, nextOfAddress, addresses, life } = live;
  while (live.first < logons.length && (logons[live.first] as CaseLogon).ticks < ticks - life) {
    const { named } = logons[live.first] as CaseLogon;
    const next = nextOfAddress[live.first] as number;
    if (next === NONE) addresses.delete(named);
    else (addresses.get(named) as Span).first = next;
    live.first++;
    live.others = undefined;
  }
  if (live.first > TIDY) {
    logons.splice(0, live.first);
    nextOfAddress.splice(0, live.first);
    live.passed += live.first;
    live.first = 0;
  }
}

/** The addresses of the logons that can still be going on at a time beside the latest one's, once each, oldest first. */
export function otherAddresses(live: LiveLogons, ticks: number): readonly string[] {
  dropEnded(live, ticks);
  live.others ??= othersOf(live);
  return live.others;
}

function othersOf({ logons, addresses }: LiveLogons): readonly string[] {
  const latest = logons.at(-1)?.named;
  if (addresses.size === 0 || (addresses.size === 1 && latest !== undefined && addresses.has(latest))) return NO_OTHERS;
  const others = [...addresses].filter(([address]) => address !== latest);
  return others.sort(([, a], [, b]) => a.first - b.first).map(([address]) => address);
}

/** The first of the logons of each address that can still be going on at a time. */
export function firstOfAddresses(live: LiveLogons, ticks: number): CaseLogon[] {
  dropEnded(live, ticks);
  const { logons, addresses, passed } = live;
  return Array.from(addresses.values(), ({ first }) => logons[first - passed] as CaseLogon);
}
