import type { Random } from "../random.ts";
import { DAY, utc, weekday } from "../time.ts";
import type { Box } from "./records.ts";

/** The first and the last day of the log, and the first day behind it (UTC). */
const FIRST_DAY = utc("2026-03-02");
const END = utc("2026-04-01");

export interface Person extends Box {
  readonly name: string;
  readonly role: string;
  /** Address at home; at the office all share one. */
  readonly home: string;
  /** Has Outlook on a desktop, which synchronises folders. */
  readonly desktop: boolean;
  /** Reads about money. */
  readonly money: boolean;
}

export const OFFICE = "192.0.2.10";
const MOBILE = ["203.0.113.16", "203.0.113.17", "203.0.113.18", "2001:db8:1:4::a1"] as const;
/** Where the traveller was, and when. */
export const TRIP = {
  who: "priya.nair@harborline.example",
  from: utc("2026-03-16"),
  to: utc("2026-03-21"),
  address: "203.0.113.70",
} as const;

/** Whose address is whose, as a network team writes it down. XA is the tenant's own country. */
export const NETWORKS: readonly (readonly [address: string, network: string, country: string])[] = [
  ["192.0.2.10", "office", "XA"],
  ["198.51.100.21 to 198.51.100.28", "home connections", "XA"],
  ["198.51.100.214", "resold home connections", "XE"],
  ["198.51.100.240", "provider of the backup service", "XA"],
  ["203.0.113.16 to 203.0.113.18", "mobile network", "XA"],
  ["203.0.113.70", "hotel", "XB"],
  ["203.0.113.201, 203.0.113.202", "hosting company", "XD"],
  ["2001:db8:1:4::a1", "mobile network", "XA"],
  ["2603:10b6::/32", "Microsoft's own back end, as real logs have it", ""],
];

function person(name: string, role: string, number: number, more: Partial<Person> = {}): Person {
  const upn = `${name.toLowerCase().replace(" ", ".")}@harborline.example`;
  const guid = `3c1e77a${number}-5b0d-4e0${number}-9a6${number}-7f20c4d1e8b${number}`;
  return { name, role, upn, guid, home: `198.51.100.${20 + number}`, desktop: number % 2 === 1, money: false, ...more };
}

export const PEOPLE: readonly Person[] = [
  person("Maria Ortiz", "accounts payable", 1, { money: true }),
  person("Jon Weber", "controller", 2, { money: true, desktop: true }),
  person("Lena Fischer", "sales", 3),
  person("Sam Okafor", "purchasing", 4, { money: true }),
  person("Priya Nair", "sales", 5),
  person("Tom Hale", "administrator of the tenant", 6),
  person("Ana Silva", "human resources", 7),
  person("Ruth Meyer", "managing director", 8),
];

/** Somebody of the tenant by the first name. */
export function named(first: string): Person {
  const found = PEOPLE.find(({ name }) => name.startsWith(`${first} `));
  if (found === undefined) throw new Error(`nobody is called ${first}`);
  return found;
}

export function isWorkday(day: number): boolean {
  return weekday(day) !== 0 && weekday(day) !== 6;
}

/** Every day of the log at midnight UTC. */
export function days(): readonly number[] {
  return Array.from({ length: (END - FIRST_DAY) / DAY }, (_, at) => FIRST_DAY + at * DAY);
}

/** Where somebody works on a day: at the office, at home, or on the trip. */
export function workplace(random: Random, { upn, home }: Person, day: number): string {
  if (upn === TRIP.who && day >= TRIP.from && day < TRIP.to) return TRIP.address;
  return random.chance(0.7) ? OFFICE : home;
}

/** The address of somebody's telephone. */
export function mobileAddress(random: Random, { upn }: Person, day: number): string {
  if (upn === TRIP.who && day >= TRIP.from && day < TRIP.to) return TRIP.address;
  return random.pick(MOBILE);
}
