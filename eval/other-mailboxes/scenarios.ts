import type { Attack } from "./intruder.ts";
import { PLAIN_ATTACK } from "./intruder.ts";
import type { Shape } from "./log.ts";
import type { Ground } from "./networks.ts";
import type { Habits } from "./owner.ts";
import { PLAIN_HABITS } from "./owner.ts";

/** What a mailbox of this kind has in common with the others of its kind; the seed chooses the rest. */
export interface Scenario {
  readonly name: string;
  readonly habits: Habits;
  readonly attack: Attack | undefined;
  /** Passwords tried in vain from elsewhere. */
  readonly spray: boolean;
  readonly shape: Partial<Shape>;
  readonly ground: Ground;
  readonly days: number;
  /** Messages on a working day, about; some four rows each. */
  readonly perDay: number;
}

type More = Partial<Omit<Scenario, "name" | "habits" | "attack">>;

function scenario(
  name: string,
  habits: Partial<Habits>,
  attack: Partial<Attack> | undefined,
  more: More = {},
): Scenario {
  return {
    name,
    habits: { ...PLAIN_HABITS, ...habits },
    attack: attack === undefined ? undefined : { ...PLAIN_ATTACK, ...attack },
    spray: false,
    shape: {},
    ground: "real",
    days: 40,
    perDay: 14,
    ...more,
  };
}

const ATTACKED: readonly Scenario[] = [
  scenario(
    "accountant; rented machines, writes and purges",
    { work: "money" },
    { addresses: 2, writes: true, hides: "HardDelete" },
  ),
  scenario(
    "accountant; German words pasted, same browser, four home connections",
    { work: "money", proxy: true },
    { from: "consumer", addresses: 4, agent: "owner's", words: "de", typed: false },
  ),
  scenario(
    "administrator; searches for passwords",
    { work: "access" },
    { from: "consumer", words: "access", hours: "night" },
  ),
  scenario(
    "travelling manager; at night, French words",
    { trips: 3, tripDays: [4, 9], phone: true },
    { from: "consumer", words: "fr", hours: "night", addresses: 2, writes: true, hides: "RssSubscription" },
    { days: 60, perDay: 10 },
  ),
  scenario(
    "moved house; slow, few visits over months",
    { moves: true },
    { when: "slow", reads: [2, 4], addresses: 2 },
    { days: 120, perDay: 6 },
  ),
  scenario("in and out in 20 minutes", {}, { when: "rush", reads: [25, 40], writes: true, hides: "HardDelete" }),
  scenario(
    "IMAP4 copy and nothing else",
    { work: "money" },
    { app: "IMAP4", from: "consumer", when: "rush", words: undefined },
  ),
  scenario(
    "POP3 copy beside an owner with IMAP4",
    { fetches: "IMAP4" },
    { app: "POP3", from: "hosting", when: "rush", words: undefined },
  ),
  scenario(
    "IMAP4 copy, no country known",
    {},
    { app: "IMAP4", from: "documentation", when: "rush", words: undefined },
    { ground: "documentation", days: 30 },
  ),
  scenario(
    "in the first days, nothing before",
    {},
    { when: "first days", from: "consumer", agent: "owner's", words: "es" },
  ),
  scenario(
    "on the last day",
    { trips: 1 },
    { when: "last day", words: "it", typed: false, writes: true, hides: "HardDelete" },
  ),
  scenario("script", {}, { app: "Other", agent: "script", addresses: 2 }, { days: 30 }),
  scenario(
    "BAV2ROPC by IMAP4 after a spray",
    {},
    { app: "IMAP4", agent: "script", from: "consumer", when: "rush", words: undefined, failures: 3 },
    { spray: true },
  ),
  scenario("telephone of the intruder", { newPhone: true }, { app: "Mobile", from: "consumer", words: "en" }),
  scenario(
    "VPN in the owner's country, same browser",
    {},
    {
      from: "vpn in the owner's country",
      agent: "owner's",
      addresses: 2,
      words: "en",
      writes: true,
      hides: "HardDelete",
    },
  ),
  scenario(
    "six addresses, changed within a session",
    {},
    { addresses: 6, hops: true, words: "en", from: "consumer" },
    { shape: { webLogons: true } },
  ),
  scenario(
    "while the owner works, same browser, server logons only",
    { web: 1 },
    { hours: "working hours", agent: "owner's", from: "hosting", words: "sv" },
    { shape: { webLogons: false, joined: false } },
  ),
  scenario("burst of failures, then in; owner mistypes, too", { typos: 0.3 }, { failures: 9, from: "consumer" }),
  scenario(
    "IPv6 on both sides",
    {},
    { from: "ipv6", words: "en", writes: true, hides: "RssSubscription" },
    { ground: "ipv6" },
  ),
  scenario(
    "owner of a desktop program only; Portuguese words",
    { web: 0, leftRunning: true },
    { words: "pt", from: "consumer", hides: "RssSubscription", writes: true },
  ),
  scenario(
    "20,000 rows",
    { work: "money", trips: 2, newPhone: true },
    { addresses: 3, from: "consumer", writes: true, hides: "HardDelete" },
    { days: 110, perDay: 44 },
  ),
  scenario("150 rows", { phone: false }, { when: "last day", from: "consumer" }, { days: 5, perDay: 5 }),
  scenario("reads all, searches nothing", {}, { words: undefined, reads: [40, 70], from: "consumer", when: "rush" }),
  scenario(
    "browser and IMAP4 copy; owner deletes much; Spanish words",
    { deletes: 0.5 },
    { words: "es", copies: true, addresses: 2 },
    { spray: true },
  ),
  scenario(
    "part-time owner on a Mac; slow and at night",
    { mac: true, web: 0.3, workdays: [2, 3] },
    { when: "slow", hours: "night" },
  ),
];

const CLEAN: readonly Scenario[] = [
  scenario("clean: accountant, money all day", { work: "money", proxy: true }, undefined, { perDay: 20 }),
  scenario("clean: administrator", { work: "access", typos: 0.1 }, undefined),
  scenario("clean: manager away for weeks", { trips: 3, tripDays: [6, 12] }, undefined, { days: 70, perDay: 9 }),
  scenario("clean: moves house, new telephone", { moves: true, newPhone: true }, undefined),
  scenario("clean: part-time, passwords tried in vain", { workdays: [1, 4] }, undefined, { spray: true }),
  scenario("clean: deletes much", { deletes: 0.6, work: "money" }, undefined),
  scenario("clean: desktop left running, telephone abroad", { web: 0, leftRunning: true, trips: 2 }, undefined),
  scenario("clean: IMAP4 and a Mac from the first day", { fetches: "IMAP4", mac: true }, undefined),
  scenario("clean: POP3 from the first day", { fetches: "POP3", work: "money" }, undefined),
  scenario("clean: mistypes passwords", { typos: 0.4 }, undefined, { spray: true }),
  scenario("clean: trips of a day", { trips: 6, tripDays: [1, 1] }, undefined, { days: 60, perDay: 9 }),
  scenario("clean: privacy service abroad", { privacy: "abroad", work: "money" }, undefined),
  scenario("clean: privacy service at home", { privacy: "at home" }, undefined),
  scenario("clean: new clients near the end", { newClient: true }, undefined),
  scenario("clean: 150 rows", { phone: false }, undefined, { days: 6, perDay: 6 }),
  scenario("clean: no country known", { trips: 2, newPhone: true }, undefined, { ground: "documentation" }),
  scenario("clean: 150 days, IPv6", { work: "access", moves: true }, undefined, {
    ground: "ipv6",
    days: 150,
    perDay: 6,
  }),
  scenario("clean: lost properties, server logons only", { trips: 1 }, undefined, {
    shape: { lost: 0.05, webLogons: false, joined: false },
  }),
];

export const SCENARIOS: readonly Scenario[] = [...ATTACKED, ...CLEAN];
