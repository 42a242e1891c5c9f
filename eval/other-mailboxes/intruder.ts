import { DAY, HOUR, MINUTE, SECOND } from "./clock.ts";
import { discard, moveTo, read, search, send, turnTo } from "./deeds.ts";
import type { Dice } from "./dice.ts";
import { later, logOn, record, signIn } from "./log.ts";
import type { Log, Sitting } from "./log.ts";
import type { AddressBook, IntruderNetwork } from "./networks.ts";
import type { Owner } from "./owner.ts";
import { BROWSERS, INTRUDER_PHONES, intruderQuery, SCRIPTS } from "./texts.ts";
import type { Language } from "./texts.ts";

/** How a mailbox is entered, and what is done there. */
export interface Attack {
  readonly app: "Web" | "IMAP4" | "POP3" | "Mobile" | "Other";
  readonly from: IntruderNetwork;
  readonly addresses: number;
  /** The owner's own user agent, another browser's, or that of a script. */
  readonly agent: "owner's" | "another" | "script";
  /** slow: a visit every week or two; rush: one visit of 20 minutes. */
  readonly when: "spread" | "slow" | "rush" | "first days" | "last day";
  /** By the owner's clock. */
  readonly hours: "night" | "working hours" | "any";
  /** What is searched for; undefined for no searches. */
  readonly words: Language | "access" | undefined;
  readonly typed: boolean;
  /** Messages read in a visit. */
  readonly reads: readonly [low: number, high: number];
  /** Messages are answered and forwarded in the owner's name, once the mailbox is known. */
  readonly writes: boolean;
  readonly hides: "HardDelete" | "RssSubscription" | undefined;
  /** Failed logons before the first that gets in. */
  readonly failures: number;
  /** Changes the address in the middle of a visit, in the same session. */
  readonly hops: boolean;
  /** Copies the mailbox by IMAP4 as well. */
  readonly copies: boolean;
}

export const PLAIN_ATTACK: Attack = {
  app: "Web",
  from: "hosting",
  addresses: 1,
  agent: "another",
  when: "spread",
  hours: "any",
  words: "en",
  typed: true,
  reads: [4, 10],
  writes: false,
  hides: undefined,
  failures: 0,
  hops: false,
  copies: false,
};

function hourOf(dice: Dice, hours: Attack["hours"]): number {
  if (hours === "night") return dice.range(0, 4);
  return hours === "working hours" ? dice.range(10, 15) : dice.range(0, 22);
}

/** The beginnings of the visits, ms since 1970. */
function visitTimes(dice: Dice, attack: Attack, owner: Owner, start: number, days: number): number[] {
  const on = (day: number): number =>
    start + (day * 24 + hourOf(dice, attack.hours) - owner.offset) * HOUR + dice.range(0, 50 * MINUTE);
  const end = start + days * DAY;
  const planned = (): number[] => {
    if (attack.when === "rush") return [on(Math.floor(days * (0.3 + dice.unit() * 0.5)))];
    if (attack.when === "last day") return [end - dice.range(14, 20) * HOUR, end - dice.range(3, 9) * HOUR];
    if (attack.when === "first days")
      return [0.4, 1, 1.6, 3, 5].map((day) => start + day * DAY + dice.range(0, 8 * HOUR));
    const from = days * (0.25 + dice.unit() * 0.25);
    const count = attack.when === "slow" ? dice.range(3, 5) : Math.max(2, Math.round(dice.range(4, 10) * (days / 45)));
    return Array.from({ length: Math.min(12, count) }, () => on(Math.floor(from + dice.unit() * (days - from - 1))));
  };
  return planned()
    .filter((at) => at < end - HOUR && at > start)
    .sort((a, b) => a - b);
}

function userAgentOf(dice: Dice, attack: Attack, owner: Owner, day: number): string {
  const { app, agent } = attack;
  if (app === "IMAP4" || app === "POP3") return agent === "script" ? "BAV2ROPC" : "";
  if (agent === "script") return dice.of(SCRIPTS);
  if (app === "Mobile") return agent === "owner's" ? owner.phone(day) : dice.of(INTRUDER_PHONES);
  if (agent === "owner's") return owner.browser(day);
  return dice.of(BROWSERS.filter((browser) => browser !== owner.browser(day)));
}

interface Visit {
  readonly log: Log;
  readonly dice: Dice;
  readonly attack: Attack;
  readonly at: number;
  readonly sitting: Sitting;
  /** Where the second half of the visit is done from. */
  readonly second: Sitting;
  /** Whether it is time to write in the owner's name. */
  readonly late: boolean;
}

/** Writes in the owner's name and takes the traces away. */
function swindle({ log, attack, dice }: Visit, sitting: Sitting, at: number): void {
  const original = turnTo(log, "money", false);
  if (original === undefined) return;
  const sent = send(log, sitting, original, dice.of(["Reply", "Forward"]), at);
  const then = at + dice.range(130, 300) * SECOND;
  if (attack.hides === undefined) return;
  discard(log, sitting, sent, attack.hides === "HardDelete" ? "HardDelete" : "SoftDelete", then);
  if (attack.hides === "RssSubscription") moveTo(log, sitting, original, "RssSubscription", then + 20 * SECOND);
}

/** What is done with the mailbox open, one thing after the other. */
function pry(visit: Visit): void {
  const { log, dice, attack } = visit;
  let at = visit.at + dice.range(15, 60) * SECOND;
  const then = (run: (moment: number) => void, gap: number): void => {
    const moment = at;
    later(log, moment, () => run(moment));
    at += gap;
  };
  const { words } = attack;
  const searches = words === undefined ? 0 : dice.range(1, 3);
  const reads = dice.range(...attack.reads);
  for (let i = 0; i < searches + reads; i += 1) {
    const hop = visit.second !== visit.sitting && i === Math.ceil((searches + reads) / 2);
    if (hop) then((moment) => signIn(log, visit.second, moment), 20 * SECOND);
    const sitting = visit.second !== visit.sitting && i >= (searches + reads) / 2 ? visit.second : visit.sitting;
    if (words !== undefined && i % Math.ceil(1 + reads / 3) === 0 && i < searches * Math.ceil(1 + reads / 3)) {
      const query = intruderQuery(dice, words);
      then((moment) => search(log, sitting, query, moment, attack.typed), dice.range(8, 25) * SECOND);
      continue;
    }
    const dwell = dice.range(1, 30) * SECOND;
    then(
      (moment) => {
        const message = turnTo(log, dice.odds(0.6) ? "money" : undefined, false);
        if (message !== undefined) read(log, sitting, message, moment, dwell);
      },
      dwell + dice.range(1, 12) * SECOND,
    );
  }
  if (attack.writes && visit.late) then((moment) => swindle(visit, visit.second, moment), MINUTE);
}

/** Fails to get in. */
function fail(log: Log, sitting: Sitting, at: number): void {
  logOn(
    log,
    sitting,
    at,
    log.dice.of(["InvalidCredentials: bad password", "LiveIdBasicAuth: account's password wrong"]),
  );
}

/** What a client other than a browser leaves: logons, and little more. */
function fetch(visit: Visit): void {
  const { log, dice, attack, sitting, at } = visit;
  const times = attack.app === "Mobile" ? dice.range(3, 7) : dice.range(1, 2);
  for (let i = 0; i < times; i += 1) {
    const moment = at + i * dice.range(4, 15) * MINUTE;
    later(log, moment, () => logOn(log, sitting, moment));
    if (attack.app === "IMAP4" || attack.app === "POP3") continue;
    later(log, moment + 20 * SECOND, () => {
      const message = turnTo(log, "money", false);
      if (message !== undefined) read(log, sitting, message, moment + 20 * SECOND, 0);
      if (attack.words !== undefined && i % 2 === 0) {
        search(log, sitting, intruderQuery(dice, attack.words), moment + 40 * SECOND, false);
      }
    });
  }
  if (attack.app === "Mobile") {
    later(log, at + 2 * SECOND, () => record(log, sitting, at + 2 * SECOND, "GetUserUnifiedGroups", "", undefined));
  }
}

/** Plans everything the intruder does. */
export function planAttack(
  log: Log,
  dice: Dice,
  attack: Attack,
  book: AddressBook,
  owner: Owner,
  start: number,
  days: number,
): void {
  const addresses = Array.from({ length: attack.addresses }, () => book.intruder(attack.from));
  const sittingAt = (address: string, userAgent: string, app: string, session: string): Sitting => ({
    actor: "intruder",
    app,
    userAgent,
    address,
    spelt: address,
    session,
  });
  const times = visitTimes(dice, attack, owner, start, days);
  for (const [index, at] of times.entries()) {
    const day = Math.floor((at - start) / DAY);
    const agent = userAgentOf(dice.split("agent"), attack, owner, day);
    const [address = "", next = ""] = [index, index + 1].map((turn) => addresses[turn % addresses.length]);
    const sitting = sittingAt(address, agent, attack.app, dice.guid());
    const second = attack.hops ? sittingAt(next, agent, attack.app, sitting.session) : sitting;
    if (index === 0) {
      for (let i = attack.failures; i > 0; i -= 1) {
        const moment = at - i * dice.range(6, 14) * SECOND;
        later(log, moment, () => fail(log, sitting, moment));
      }
    }
    const late = index >= Math.floor(times.length / 2);
    const visit = { log, dice, attack, at, sitting, second, late };
    if (attack.app === "Web") {
      later(log, at, () => signIn(log, sitting, at));
      pry(visit);
    } else {
      fetch(visit);
    }
    if (attack.copies && index === times.length - 1) {
      const imap = sittingAt(address, "", "IMAP4", dice.guid());
      later(log, at + 3 * MINUTE, () => logOn(log, imap, at + 3 * MINUTE));
    }
  }
}

/** Passwords are tried from many addresses, in vain: a few a night, one to three times each. */
export function planSpray(log: Log, dice: Dice, book: AddressBook, start: number, days: number): void {
  const count = dice.range(8, 30);
  for (let i = 0; i < count; i += 1) {
    const address = book.intruder(dice.of(["consumer", "hosting"]));
    const app = dice.of(["Web", "IMAP4", "IMAP4", "Other"]);
    const userAgent = app === "Web" ? dice.of(BROWSERS) : dice.of(["", "BAV2ROPC", "CBAInPROD"]);
    const sitting: Sitting = { actor: "intruder", app, userAgent, address, spelt: address, session: dice.guid() };
    const at = start + dice.range(0, days * DAY - HOUR);
    for (let again = dice.range(1, 3); again > 0; again -= 1) {
      const moment = at + again * 7 * SECOND;
      later(log, moment, () => fail(log, sitting, moment));
    }
  }
}
