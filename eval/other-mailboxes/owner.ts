import { DAY, weekdayOf } from "./clock.ts";
import type { Dice } from "./dice.ts";
import { ABROAD, IN_TRANSIT, PRIVACY_ABROAD } from "./networks.ts";
import type { AddressBook } from "./networks.ts";
import { BROWSERS, DESKTOPS, MAC, PHONES } from "./texts.ts";
import type { OwnerWork } from "./texts.ts";

/** What sort of person owns the mailbox. */
export interface Habits {
  readonly work: OwnerWork;
  /** Share of the days at a desk that are worked in a browser; the others in a desktop program. */
  readonly web: number;
  readonly mac: boolean;
  readonly phone: boolean;
  /** 0 is Sunday. */
  readonly workdays: readonly number[];
  /** Share of messages deleted after reading. */
  readonly deletes: number;
  /** A mail program that fetches by one of these, from the first day on. */
  readonly fetches: "IMAP4" | "POP3" | undefined;
  /** The desktop program at the office runs day and night. */
  readonly leftRunning: boolean;
  /** Odds that a logon is preceded by failed ones. */
  readonly typos: number;
  /** Another house or provider halfway through. */
  readonly moves: boolean;
  /** Another telephone halfway through. */
  readonly newPhone: boolean;
  /** Another browser near the end, and a mail program at home that was not there before. */
  readonly newClient: boolean;
  readonly trips: number;
  /** How long a trip is, in days. */
  readonly tripDays: readonly [low: number, high: number];
  /** A privacy service on some evenings. */
  readonly privacy: "abroad" | "at home" | undefined;
  /** The company's proxies, which logons name behind the address. */
  readonly proxy: boolean;
}

export const PLAIN_HABITS: Habits = {
  work: "plain",
  web: 0.7,
  mac: false,
  phone: true,
  workdays: [1, 2, 3, 4, 5],
  deletes: 0.08,
  fetches: undefined,
  leftRunning: false,
  typos: 0.02,
  moves: false,
  newPhone: false,
  newClient: false,
  trips: 0,
  tripDays: [3, 6],
  privacy: undefined,
  proxy: false,
};

interface Trip {
  readonly first: number;
  readonly last: number;
  readonly hotel: string;
  readonly transit: string;
  /** Prefixes of the telephone: of the country, or of the provider at home. */
  readonly mobile: readonly string[];
}

/** Addresses and devices by day, counted from 0. */
export interface Owner {
  readonly habits: Habits;
  /** Hours from UTC. */
  readonly offset: number;
  readonly office: string;
  /** How a logon at the office spells its address. */
  readonly officeSpelt: string;
  home(day: number): string;
  trip(day: number): Trip | undefined;
  atOffice(day: number): boolean;
  working(day: number): boolean;
  /** An address of the mobile network; another one every few hours. */
  mobile(day: number, hour: number): string;
  /** Where the privacy service comes out, or undefined without one. */
  privacy(): string | undefined;
  browser(day: number): string;
  readonly desktop: { readonly app: string; readonly userAgent: string };
  phone(day: number): string;
  /** The day from which there is a new client. */
  readonly newClientFrom: number;
}

function tripsOf(dice: Dice, book: AddressBook, habits: Habits, days: number): Trip[] {
  return Array.from({ length: habits.trips }, (_, index) => {
    const abroad = dice.of(ABROAD);
    const share = (index + 0.35 + dice.unit() * 0.4) / habits.trips;
    const first = Math.min(days - 2, Math.max(2, Math.floor(days * share)));
    return {
      first,
      last: first + dice.range(...habits.tripDays) - 1,
      hotel: book.fresh([abroad.wifi]),
      transit: book.fresh(IN_TRANSIT),
      mobile: dice.odds(0.5) ? [abroad.mobile] : book.country.mobile,
    };
  });
}

/** Makes up an owner with these habits. `start` is the midnight of day 0, ms since 1970. */
export function makeOwner(dice: Dice, book: AddressBook, habits: Habits, start: number, days: number): Owner {
  const office = book.forUse("company");
  const homes = [book.forUse("home"), book.forUse("home")] as const;
  const half = Math.floor(days * (0.4 + dice.unit() * 0.2));
  const newClientFrom = habits.newClient ? Math.floor(days * 0.88) : days + 1;
  const trips = tripsOf(dice.split("trips"), book, habits, days);
  const exits = Array.from({ length: 3 }, () =>
    book.fresh(
      habits.privacy === "abroad" || book.country.hosting.length === 0 ? PRIVACY_ABROAD : book.country.hosting,
    ),
  );
  const [browser, nextBrowser] = [dice.of(BROWSERS), dice.of(BROWSERS)];
  const [phone, nextPhone] = [dice.of(PHONES), dice.of(PHONES)];
  const homeDays = new Set([dice.of(habits.workdays), dice.of(habits.workdays)]);
  const mobiles = new Map<string, string>();
  // Some providers let a customer out through a few addresses, others hand out a new one each time.
  const few = dice.odds(0.5) ? Array.from({ length: dice.range(4, 10) }, () => book.forUse("mobile")) : undefined;
  const trip = (day: number): Trip | undefined => trips.find(({ first, last }) => day >= first && day <= last);
  const working = (day: number): boolean => habits.workdays.includes(weekdayOf(start + day * DAY));
  return {
    habits,
    offset: book.country.offset,
    office,
    officeSpelt: habits.proxy ? `${office}, 10.${dice.range(1, 200)}.4.20, 172.16.0.${dice.range(2, 9)}` : office,
    home: (day) => homes[habits.moves && day >= half ? 1 : 0],
    trip,
    working,
    atOffice: (day) => trip(day) === undefined && working(day) && !homeDays.has(weekdayOf(start + day * DAY)),
    mobile: (day, hour) => {
      const key = `${day}/${Math.floor(hour / 3)}`;
      const abroad = trip(day)?.mobile;
      const another = (): string =>
        abroad === undefined && few !== undefined ? dice.of(few) : book.fresh(abroad ?? book.country.mobile);
      const address = mobiles.get(key) ?? another();
      mobiles.set(key, address);
      return address;
    },
    privacy: () => (habits.privacy === undefined ? undefined : dice.of(exits)),
    browser: (day) => (day >= newClientFrom ? nextBrowser : browser),
    desktop: habits.mac ? { app: "MacOutlook", userAgent: MAC } : { app: "Outlook", userAgent: dice.of(DESKTOPS) },
    phone: (day) => (habits.newPhone && day >= half ? nextPhone : phone),
    newClientFrom,
  };
}
