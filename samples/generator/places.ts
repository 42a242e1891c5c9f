import type { Random } from "./random.ts";
import { DAY, HOUR, weekday } from "./time.ts";

/** A network somebody works from. Documentation addresses lie in no country; the case says what they stand for. */
export interface Place {
  readonly name: string;
  readonly country: string;
  /** One address for a house, several for a mobile network that hands out another one each time. */
  readonly addresses: readonly string[];
  /** Proxies that X-Forwarded-For names after the client's own address. */
  readonly proxies?: readonly string[];
}

interface Trip {
  readonly from: number;
  readonly to: number;
  readonly hotel: Place;
  readonly mobile: Place;
  /** Hours from UTC where the trip leads. */
  readonly utcOffset: number;
}

export interface OwnerProfile {
  readonly utcOffset: number;
  readonly office: Place;
  /** In order: the provider gives the house another address from `from` on. */
  readonly homes: readonly { readonly from: number; readonly place: Place }[];
  readonly mobile: Place;
  readonly trips: readonly Trip[];
  readonly browser: string;
  readonly outlook: string;
  readonly phone: string;
}

export interface Whereabouts {
  readonly work: Place;
  readonly evening: Place;
  readonly mobile: Place;
  readonly utcOffset: number;
  readonly travelling: boolean;
}

/** Where the owner is on the day that begins at `midnight`. */
export function whereabouts(owner: OwnerProfile, midnight: number): Whereabouts {
  const home = (owner.homes.findLast((entry) => entry.from <= midnight) ?? owner.homes[0])?.place ?? owner.office;
  const trip = owner.trips.find((entry) => midnight >= entry.from && midnight < entry.to);
  if (trip !== undefined) {
    const { hotel, mobile, utcOffset } = trip;
    return { work: hotel, evening: hotel, mobile, utcOffset, travelling: true };
  }
  // Fridays are worked at home.
  const work = weekday(midnight) === 5 ? home : owner.office;
  return { work, evening: home, mobile: owner.mobile, utcOffset: owner.utcOffset, travelling: false };
}

/** Every place of the owner. */
export function ownerPlaces(owner: OwnerProfile): readonly Place[] {
  return [
    owner.office,
    ...owner.homes.map((home) => home.place),
    owner.mobile,
    ...owner.trips.flatMap((trip) => [trip.hotel, trip.mobile]),
  ];
}

const CLIENTS = {
  browser: [
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/64.0.3282.186 Safari/537.36",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:59.0) Gecko/20100101 Firefox/59.0",
  ],
  outlook: [
    "Microsoft Office/16.0 (Windows NT 10.0; Microsoft Outlook 16.0.9001; Pro)",
    "Microsoft Office/16.0 (Windows NT 6.1; Microsoft Outlook 16.0.4639; Pro)",
  ],
  phone: ["Apple-iPhone9C3/1504.302", "Android-SAMSUNG-SM-G950F/101.80000"],
} as const;

/** An owner made up from a seed. Addresses come from documentation ranges and are the owner's alone (below .150). */
export function randomOwner(random: Random, start: number, days: number, travelling: boolean): OwnerProfile {
  const numbers = Array.from({ length: 140 }, (_, index) => index + 9);
  const net = (): string => {
    const [number] = numbers.splice(random.int(numbers.length), 1);
    return `${random.pick(["192.0.2", "198.51.100", "203.0.113"])}.${number ?? 8}`;
  };
  const pool = (): readonly string[] => [net(), net(), net(), `2001:db8:1${random.hex(3)}::1${random.hex(2)}`];
  const place = (name: string, country: string): Place => ({ name, country, addresses: [net()] });
  const utcOffset = random.between(-6, 3);
  const trip = (index: number): Trip => {
    const from = start + Math.floor(days * (0.3 + 0.35 * index)) * DAY;
    const abroad = index === 1;
    const country = abroad ? "XB" : "XA";
    return {
      from,
      to: from + random.between(2, 5) * DAY,
      hotel: place(`hotel, trip ${index + 1}`, country),
      mobile: { name: `mobile network, trip ${index + 1}`, country, addresses: pool() },
      utcOffset: abroad ? utcOffset + random.pick([-5, 4, 6]) : utcOffset,
    };
  };
  return {
    utcOffset,
    office: { ...place("office", "XA"), proxies: [`10.${random.int(200)}.0.7`] },
    homes: [
      { from: start - DAY, place: place("home", "XA") },
      { from: start + Math.round(days / 2) * DAY + HOUR, place: place("home, new address", "XA") },
    ],
    mobile: { name: "mobile network", country: "XA", addresses: pool() },
    trips: travelling ? [trip(0), trip(1)] : [],
    browser: random.pick(CLIENTS.browser),
    outlook: random.pick(CLIENTS.outlook),
    phone: random.pick(CLIENTS.phone),
  };
}
