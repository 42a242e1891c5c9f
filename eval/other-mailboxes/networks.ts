import type { Dice } from "./dice.ts";

/** What a network is for. Addresses are made below its prefixes. */
type Use = "home" | "mobile" | "company" | "hosting";

interface Country {
  /** Hours from UTC. */
  readonly offset: number;
  readonly home: readonly string[];
  readonly mobile: readonly string[];
  readonly company: readonly string[];
  readonly hosting: readonly string[];
  /** Home connections with IPv6. */
  readonly home6: readonly string[];
}

/** Where owners live. Real ranges that lay in the country in 2018, so that a country database of the time knows them. */
export const OWNER_COUNTRIES: Readonly<Record<string, Country>> = {
  US: {
    offset: -5,
    home: ["73.162", "98.207", "24.6", "68.80", "71.198"],
    mobile: ["174.204", "172.58", "166.170"],
    company: ["12.130", "50.205"],
    hosting: ["104.131", "23.254.200", "104.238.46", "159.65.180"],
    home6: ["2601:140:8000"],
  },
  DE: {
    offset: 1,
    home: ["84.160", "87.140", "79.192", "91.64"],
    mobile: ["109.41", "80.187.100", "80.187.112"],
    company: ["217.91", "62.157"],
    hosting: ["88.198", "144.76", "46.165.220"],
    home6: ["2003:c8:1234"],
  },
  GB: {
    offset: 0,
    home: ["86.130", "81.130", "82.30"],
    mobile: ["92.40", "94.197", "82.132.220"],
    company: ["217.33", "195.171.50"],
    hosting: ["178.62.40", "77.72.0", "185.103.96"],
    home6: ["2a02:c7f:8a00"],
  },
  FR: {
    offset: 1,
    home: ["90.60", "82.64", "78.192"],
    mobile: ["92.184", "37.168.10", "37.164.20"],
    company: ["194.2", "80.12.34"],
    hosting: ["51.254.32", "51.255.40"],
    home6: ["2a01:cb00:100"],
  },
  AU: {
    offset: 10,
    home: ["1.120", "101.160", "122.106"],
    mobile: ["1.136", "49.176"],
    company: ["203.45", "203.40"],
    hosting: ["43.245.160", "45.121.208"],
    home6: [],
  },
  IN: {
    offset: 5.5,
    home: ["117.192", "122.160"],
    mobile: ["49.36", "106.208", "223.176"],
    company: ["182.72", "14.140"],
    hosting: ["139.59.10", "139.59.40"],
    home6: ["2405:200:1000"],
  },
  BR: {
    offset: -3,
    home: ["177.32", "189.60", "187.20"],
    mobile: ["179.240", "191.240"],
    company: ["200.170"],
    hosting: ["191.252.50", "177.54.150"],
    home6: ["2804:14c:100"],
  },
  SE: {
    offset: 1,
    home: ["78.64", "81.224", "83.248"],
    mobile: ["90.235", "94.234"],
    company: ["195.67"],
    hosting: ["46.246.120", "193.138.218", "31.3.152"],
    home6: [],
  },
};

/** Where people travel to: hotels, cafes and telephones there have addresses like these. */
export const ABROAD: readonly { readonly country: string; readonly wifi: string; readonly mobile: string }[] = [
  { country: "ES", wifi: "80.24", mobile: "77.224" },
  { country: "IT", wifi: "79.10", mobile: "151.30" },
  { country: "NL", wifi: "77.160", mobile: "188.207" },
  { country: "PT", wifi: "85.240", mobile: "89.152" },
  { country: "JP", wifi: "219.100", mobile: "126.10" },
  { country: "CH", wifi: "85.0", mobile: "178.192" },
  { country: "AE", wifi: "94.200", mobile: "94.200" },
  { country: "SG", wifi: "116.86", mobile: "116.86" },
  { country: "MX", wifi: "187.188", mobile: "187.188" },
  { country: "DK", wifi: "87.48", mobile: "87.48" },
];

/** Airports and airlines. */
export const IN_TRANSIT: readonly string[] = ["12.144", "62.157", "194.2", "217.33"];

/** Rented machines and privacy services, of many countries. */
const HOSTING: readonly string[] = [
  "86.105.25",
  "89.238.141",
  "173.212.220",
  "95.211",
  "185.107.44",
  "185.64.104",
  "79.124.60",
  "108.61.100",
  "77.222.40",
  "91.200.12",
  "185.22.172",
  "46.246.40",
];

/** Home and mobile connections in countries where none of the owners lives or travels. */
const CONSUMERS: readonly string[] = [
  "105.112",
  "197.210",
  "41.203.64",
  "154.160",
  "14.161",
  "95.24",
  "114.88",
  "175.136",
  "93.72",
  "88.224",
  "86.120",
  "36.68",
  "41.90",
  "105.184",
  "160.154",
  "41.140",
];

/** Set aside for documentation: no database knows a country. */
const DOCUMENTATION: readonly string[] = ["192.0.2", "198.51.100", "203.0.113"];

/** What a privacy service's customers come out of, abroad. */
export const PRIVACY_ABROAD: readonly string[] = ["185.159.157", "46.246.40", "95.211"];

/** An address below a prefix of one to three IPv4 octets, or of IPv6 groups. */
export function below(dice: Dice, prefix: string): string {
  if (prefix.includes(":")) return `${prefix}:${dice.range(1, 9)}${dice.hex(2)}::${dice.range(1, 9)}${dice.hex(1)}`;
  const octets = prefix.split(".");
  while (octets.length < 4) octets.push(String(dice.range(2, 250)));
  return octets.join(".");
}

/** Where a mailbox's addresses are from: real ranges, or ones that no database knows. */
export type Ground = "real" | "documentation" | "ipv6";

/** Gives out addresses that nobody has had before in the same mailbox. */
export interface AddressBook {
  readonly country: Country;
  /** A new address below one of the prefixes; on unknown ground those are replaced. */
  fresh(prefixes: readonly string[]): string;
  forUse(use: Use): string;
  intruder(kind: IntruderNetwork): string;
}

/** Where an intruder comes from. */
export type IntruderNetwork = "hosting" | "consumer" | "vpn in the owner's country" | "documentation" | "ipv6";

export function addressBook(dice: Dice, code: string, ground: Ground): AddressBook {
  const country = OWNER_COUNTRIES[code];
  if (country === undefined) throw new RangeError(`no such country: ${code}`);
  const given = new Set<string>();
  const six = (): string => `2001:db8:${dice.range(1, 9)}${dice.hex(3)}`;
  const fresh = (prefixes: readonly string[]): string => {
    const known = ground === "documentation" ? DOCUMENTATION : ground === "ipv6" ? [six()] : prefixes;
    for (;;) {
      const address = below(dice, dice.of(known));
      if (given.has(address)) continue;
      given.add(address);
      return address;
    }
  };
  const intruder = (kind: IntruderNetwork): string => {
    if (kind === "documentation") return fresh(DOCUMENTATION);
    if (kind === "ipv6") return fresh(["2a01:4f8:c0c", "2a03:b0c0:2", "2c0f:f5c0:400"]);
    if (kind === "consumer") return fresh(CONSUMERS);
    return fresh(kind === "hosting" ? HOSTING : country.hosting);
  };
  return {
    country,
    fresh,
    forUse: (use) =>
      fresh(use === "home" && country.home6.length > 0 && dice.odds(0.12) ? country.home6 : country[use]),
    intruder,
  };
}
