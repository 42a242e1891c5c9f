import type { AddressActivity } from "../joins/address-activity.ts";
import { dayOf } from "../joins/address-activity.ts";
import { SYNCING_CLIENTS } from "../joins/exposure.ts";
import type { JoinedCase } from "../joins/joined-case.ts";
import type { CaseLogon } from "../joins/mailbox-case.ts";
import { isSynced } from "./recorded.ts";

/** From this familiarity on, a network is taken for one of the owner's own. */
export const FAMILIAR = 0.4;
/** A country seen on this share of the days is one of the owner's. */
const HOME_SHARE = 0.25;

/** The days of each group, as shares of all active days. */
export function shares(days: ReadonlyMap<string, ReadonlySet<number>>, all: number): ReadonlyMap<string, number> {
  return new Map([...days].map(([name, set]) => [name, all === 0 ? 0 : set.size / all]));
}

/** Adds days to those of a group. */
export function addDays(days: Map<string, Set<number>>, name: string, more: Iterable<number>): void {
  let set = days.get(name);
  if (set === undefined) {
    set = new Set();
    days.set(name, set);
  }
  for (const day of more) set.add(day);
}

/**
 * The days on which an address was in use by somebody who acts. A client that polls a mailbox every day since its
 * first logon or synchronisation says nothing of the owner's habits, unless it did so from the first days of the log on.
 */
export function habitualDays(
  activity: AddressActivity,
  joined: JoinedCase,
  entered: readonly number[],
  firstDay: number,
): ReadonlySet<number> {
  const { apps, clients, rows } = joined.mailboxCase;
  const syncs = (logon: CaseLogon) => SYNCING_CLIENTS.has(apps[logon.app] as string);
  const first = entered[0];
  const fromTheStart = first !== undefined && dayOf(rows.ticks[first] as number) <= firstDay + 2;
  // Of audit records there are none in most cases.
  const acting = clients.length === 1 ? activity.rows : activity.rows.filter((row) => !isSynced(joined, row));
  const polls = acting.length < activity.rows.length || activity.logons.some(syncs);
  if (fromTheStart || !polls) return activity.days;
  const acted = activity.logons.filter((logon) => !syncs(logon)).map((logon) => logon.ticks);
  return new Set([...acted, ...Array.from(acting, (row) => rows.ticks[row] as number)].map(dayOf));
}

/**
 * How much a network of so many days belongs to the mailbox, from 0 to 1. The first day of a network makes it no habit, however few days the log has; two days are not many
 * either.
 */
export function familiarityOf(days: number, all: number): number {
  const share = Math.max(0, days - 1) / Math.max(1, all - 1);
  return days < 3 ? Math.min(share, FAMILIAR / 2) : share;
}

/** On how many days something was seen, and on how many of them as a habit (see `habitualDays`). */
export interface SeenDays {
  readonly all: number;
  readonly habitual: number;
}

/** What has to go behind words about days that do not all count; empty where they do. */
export function leftOutWords({ all, habitual }: SeenDays): string {
  if (habitual === all) return "";
  return habitual === 0
    ? ", none of them a habit: only clients that copy mail were there"
    : `, ${habitual} of them a habit: on the others only clients that copy mail were there`;
}

/** The countries of a fair share of the days, or the one seen most. */
export function homeOf(countryShare: ReadonlyMap<string, number>): ReadonlySet<string> {
  const most = Math.max(0, ...countryShare.values());
  return new Set([...countryShare].filter(([, share]) => share >= HOME_SHARE || share === most).map(([name]) => name));
}
