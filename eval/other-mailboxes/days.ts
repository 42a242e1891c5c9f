import { DAY, HOUR, MINUTE, SECOND } from "./clock.ts";
import { discard, moveTo, read, search, send, turnTo } from "./deeds.ts";
import type { Dice } from "./dice.ts";
import { later, logOn, signIn, startBrowser, timesWithin } from "./log.ts";
import type { Log, Sitting } from "./log.ts";
import type { Owner } from "./owner.ts";
import { ownerQuery } from "./texts.ts";

/** A day of the owner while it is planned. */
interface Today {
  readonly log: Log;
  readonly dice: Dice;
  readonly owner: Owner;
  readonly day: number;
  /** Local midnight, ms since 1970. */
  readonly midnight: number;
  /** Messages that arrive on a working day, about; as many are dealt with. */
  readonly perDay: number;
}

function sitDown(today: Today, app: string, userAgent: string, address: string): Sitting {
  const { owner, dice } = today;
  const spelt = address === owner.office && dice.odds(0.7) ? owner.officeSpelt : address;
  return { actor: "owner", app, userAgent, address, spelt, session: dice.guid() };
}

function enter(today: Today, sitting: Sitting, at: number): void {
  const { log, dice, owner } = today;
  const failures = dice.odds(owner.habits.typos) ? dice.range(1, 5) : 0;
  for (let i = failures; i > 0; i -= 1) {
    logOn(log, sitting, at - i * dice.range(5, 9) * SECOND, "InvalidCredentials: bad password");
  }
  if (sitting.app !== "Web") logOn(log, sitting, at);
  // A browser that kept its cookie does not ask for a password: the server notes no logon.
  else if (dice.odds(0.15)) startBrowser(log, sitting, at);
  else signIn(log, sitting, at);
}

/** Something done at a desk. */
function deed(today: Today, sitting: Sitting, at: number): void {
  const { log, dice, owner } = today;
  const { work, deletes } = owner.habits;
  const money = work === "money" && dice.odds(0.6);
  const message = turnTo(log, money ? "money" : undefined, dice.odds(0.8));
  if (sitting.app === "Web" && dice.odds(work === "plain" ? 0.04 : 0.1)) {
    search(log, sitting, ownerQuery(dice, work), at, dice.odds(0.85));
    return;
  }
  if (message === undefined) return;
  const dwell = dice.odds(0.3) ? dice.range(900, 4000) : dice.range(4, 240) * SECOND;
  read(log, sitting, message, at, dwell);
  const then = at + dwell + dice.range(1, 5) * SECOND;
  if (dice.odds(deletes)) {
    discard(log, sitting, message, dice.of(["MoveToDeletedItems", "MoveToDeletedItems", "SoftDelete"]), then);
  } else if (dice.odds(0.14)) {
    send(log, sitting, dice.odds(0.8) ? message : undefined, dice.of(["Reply", "ReplyAll", "Forward"]), then);
  } else if (dice.odds(0.05)) {
    moveTo(log, sitting, message, dice.of(["Archive", "Projects 2018"]), then);
  }
}

function sit(today: Today, sitting: Sitting, from: number, to: number, count: number): void {
  for (const at of timesWithin(today.dice, from + 30 * SECOND, to, count)) {
    later(today.log, at, () => deed(today, sitting, at));
  }
}

/** Morning and afternoon at a desk; after lunch the browser is mostly still signed in. */
function desk(today: Today, address: string, count: number): void {
  const { log, dice, owner, day, midnight } = today;
  const web = dice.odds(owner.habits.web);
  const { app, userAgent } = web ? { app: "Web", userAgent: owner.browser(day) } : owner.desktop;
  const from = midnight + dice.range(7.5 * HOUR, 9.5 * HOUR);
  const lunch = midnight + dice.range(11.5 * HOUR, 12.5 * HOUR);
  const to = midnight + dice.range(16 * HOUR, 18.5 * HOUR);
  const morning = sitDown(today, app, userAgent, address);
  later(log, from, () => enter(today, morning, from));
  sit(today, morning, from, lunch, Math.ceil(count / 2));
  const again = dice.odds(0.4);
  // Or the open laptop is carried to another network, and no record says so.
  const carried = web && !again && dice.odds(0.05);
  const elsewhere = { ...morning, address: owner.mobile(day, 13) };
  const afternoon = again ? sitDown(today, app, userAgent, address) : carried ? elsewhere : morning;
  const back = lunch + dice.range(30, 70) * MINUTE;
  if (again) later(log, back, () => enter(today, afternoon, back));
  sit(today, afternoon, back, to, Math.floor(count / 2));
}

/** Where the telephone is at an hour of the day. */
function phoneAddress(today: Today, hour: number): string {
  const { owner, day, dice } = today;
  const trip = owner.trip(day);
  const mobile = owner.mobile(day, hour);
  if (trip !== undefined) return (hour < 8 || hour > 20) && dice.odds(0.6) ? trip.hotel : mobile;
  if (owner.atOffice(day) && hour > 9 && hour < 17) return dice.odds(0.5) ? owner.office : mobile;
  return (hour < 8 || hour > 18 || !owner.working(day)) && dice.odds(0.7) ? owner.home(day) : mobile;
}

/** Looks at the telephone; it logs on again when the network has changed, and every few hours. */
function phone(today: Today): void {
  const { log, dice, owner, day, midnight, perDay } = today;
  let current: Sitting | undefined;
  let since = 0;
  const looks = Math.max(2, Math.round(perDay * 0.35 * (owner.working(day) ? 1 : 0.5)));
  for (const at of timesWithin(dice, midnight + 6.5 * HOUR, midnight + 22.5 * HOUR, looks)) {
    const address = phoneAddress(today, (at - midnight) / HOUR);
    if (current === undefined || current.address !== address || at - since > 3 * HOUR) {
      const sitting = sitDown(today, "Mobile", owner.phone(day), address);
      current = sitting;
      since = at;
      later(log, at, () => enter(today, sitting, at));
    }
    const sitting = current;
    const then = at + dice.range(3, 50) * SECOND;
    later(log, then, () => {
      const message = turnTo(log, undefined, true);
      if (message?.unread === true) read(log, sitting, message, then, 0);
      if (dice.odds(0.04)) search(log, sitting, ownerQuery(dice, owner.habits.work), then + 5 * SECOND, false);
    });
  }
}

/** Logons that a program makes by itself, every few hours between two hours of the day. */
function byItself(today: Today, sitting: Sitting, from: number, to: number, every: number): void {
  const { log, dice, midnight } = today;
  let at = midnight + from * HOUR + dice.range(0, HOUR);
  while (at < midnight + to * HOUR) {
    const moment = at;
    later(log, moment, () => logOn(log, sitting, moment));
    at += every * HOUR + dice.range(0, 40 * MINUTE);
  }
}

/** A sitting in the browser beside the working day: an evening, an airport. */
function extra(today: Today, address: string, hour: number, count: number): void {
  const { log, owner, day, midnight, dice } = today;
  const from = midnight + hour * HOUR + dice.range(0, 40 * MINUTE);
  const sitting = sitDown(today, "Web", owner.browser(day), address);
  later(log, from, () => enter(today, sitting, from));
  sit(today, sitting, from, from + 35 * MINUTE, count);
}

/** Plans everything the owner does on one day. */
export function planDay(log: Log, dice: Dice, owner: Owner, start: number, day: number, perDay: number): void {
  const midnight = start + day * DAY - owner.offset * HOUR;
  const today: Today = { log, dice, owner, day, midnight, perDay };
  const { habits } = owner;
  const trip = owner.trip(day);
  const browses = habits.web > 0;
  if (habits.phone) phone(today);
  if (owner.working(day)) {
    const address = trip?.hotel ?? (owner.atOffice(day) ? owner.office : owner.home(day));
    desk(today, address, Math.round(perDay * (0.7 + dice.unit() * 0.5)));
  }
  if (trip !== undefined && browses && (day === trip.first || day === trip.last)) extra(today, trip.transit, 6, 3);
  if (trip === undefined && browses && dice.odds(0.3)) {
    extra(today, (dice.odds(0.6) ? owner.privacy() : undefined) ?? owner.home(day), dice.range(19, 21), 4);
  }
  if (habits.leftRunning) {
    const { app, userAgent } = owner.desktop;
    byItself(today, sitDown(today, app, userAgent, owner.office), 0, 24, 4);
  }
  const fetches = habits.fetches ?? (day >= owner.newClientFrom ? "IMAP4" : undefined);
  if (fetches !== undefined && trip === undefined) {
    byItself(today, sitDown(today, fetches, "", owner.home(day)), 7, 23, 3);
  }
}
