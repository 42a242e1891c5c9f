import { scoreOf } from "../../model/finding.ts";
import { appIdOf } from "../applications.ts";
import type { AccessContext, TenantLog } from "../tenant-log.ts";
import type { AccessSettings, AccessWindow, Names } from "./access-window.ts";
import { filled } from "./counted.ts";
import { reasonsOf } from "./reasons.ts";
import { shownBy } from "./shown.ts";
import { newVisits, peopleOf } from "./visits.ts";

/** So many names are kept of each kind; the rest is counted. */
const MOST_KEPT = 200;

/** The rule whose words stand before a window's reasons. */
const RULE = "mailbox-access-api";

/** Different names by their numbers, window after window; number 0 is no name. */
function newRegister(texts: readonly string[]) {
  /** The number of the window in which a name was met last. */
  const met = new Uint32Array(texts.length);
  let first: string[] = [];
  let count = 0;
  return {
    meet(name: number, window: number, text = texts[name] as string): void {
      if (text === "" || met[name] === window) return;
      met[name] = window;
      if (count++ < MOST_KEPT) first.push(text);
    },
    /** The names since the last time. */
    take(): Names {
      // A copy takes no more room than it needs; there can be very many windows.
      const names = { count, first: first.slice() };
      first = [];
      count = 0;
      return names;
    },
  };
}

/**
 * Makes a function that says what a window's entries say together.
 *
 * @returns a function of the entries in order of time (at least one), the most that were counted at one time, and the
 * borders in ticks, which are the first and last record where none are given.
 */
export function windowDescriber(log: TenantLog, settings: AccessSettings) {
  const people = peopleOf(log);
  const registers = {
    users: newRegister(people.users),
    owners: newRegister(people.owners),
    clientInfos: newRegister(people.clientInfos),
    addresses: newRegister(log.addresses),
  };
  const noAddress = (address: string) => address === "";
  const backEnd = log.addresses.map((address) => !noAddress(address) && settings.isBackEndAddress(address));
  const watchedBy = log.addresses.map((address) => (noAddress(address) ? undefined : settings.watched(address)));
  /** The number of the window in which a context or an address was met last: each is looked at once a window. */
  const metContext = new Uint32Array(log.contexts.length);
  const metAddress = new Uint32Array(log.addresses.length);
  let number = 0;

  return (
    mode: AccessWindow["mode"],
    entries: Uint32Array,
    most: number,
    borders?: { readonly start: number; readonly end: number },
  ): AccessWindow => {
    number++;
    const tumbling = mode === "tumbling";
    const visits = newVisits(people);
    let syncs = 0;
    const watched = new Map<string, number>();
    let outside = false;
    for (let at = 0; at < entries.length; at++) {
      const entry = entries[at] as number;
      const context = log.context[entry] as number;
      if (metContext[context] !== number) {
        metContext[context] = number;
        const user = people.user[context] as number;
        const text = people.users[user] as string;
        registers.users.meet(user, number, tumbling ? filled(text) : text);
        registers.owners.meet(people.owner[context] as number, number);
        registers.clientInfos.meet(people.clientInfo[context] as number, number);
        visits.note(context, entry);
      }
      const address = log.address[entry] as number;
      if (metAddress[address] !== number) {
        metAddress[address] = number;
        registers.addresses.meet(address, number);
        const match = watchedBy[address];
        if (match !== undefined && !watched.has(match)) watched.set(match, entry);
        if (backEnd[address] !== true) outside = true;
      }
      syncs += log.sync[entry] as number;
    }
    const first = entries[0] as number;
    const context = log.contexts[log.context[first] as number] as AccessContext;
    const firstTicks = log.ticks[first] as number;
    const lastTicks = log.ticks[entries.at(-1) as number] as number;
    const users = registers.users.take();
    const owners = registers.owners.take();
    const clientInfos = registers.clientInfos.take();
    const window = {
      mode,
      start: borders?.start ?? firstTicks,
      end: borders?.end ?? lastTicks,
      firstTicks,
      lastTicks,
      app: tumbling ? context.clientAppId : appIdOf(context),
      clientInfos: tumbling ? { count: 1, first: [filled(context.clientInfo)] } : clientInfos,
      organization: tumbling ? filled(context.organization) : context.organization,
      mailboxes: tumbling ? most : owners.count,
      most,
      users,
      owners,
      addresses: registers.addresses.take(),
      entries,
    };
    const reasons = reasonsOf(log, settings, {
      ...window,
      shown: shownBy(log, people, entries, tumbling),
      byOthers: visits.visited.size,
      syncs,
      watched,
      outside,
    });
    const score = scoreOf(reasons.map(({ text, points }) => ({ rule: RULE, text, points, rows: [] })));
    return { ...window, reasons, score };
  };
}
