import type { Activities, AddressActivity } from "../joins/address-activity.ts";
import { addressActivity, dayOf } from "../joins/address-activity.ts";
import type { JoinedCase } from "../joins/joined-case.ts";
import type { CaseLogon } from "../joins/mailbox-case.ts";
import { compareMoments, compareRows } from "../joins/order.ts";
import type { Search } from "../joins/searches.ts";
import { addressClass, isMicrosoft, networkOf } from "../enrich/network/address-class.ts";
import type { Client } from "../enrich/clients/user-agent.ts";
import { clientOf } from "../enrich/clients/user-agent.ts";
import { matchSearch, normalisedQuery } from "../enrich/words/query.ts";
import type { TermMatch } from "../enrich/words/terms.ts";
import type { ActivityType, Confidence, FamilyName } from "../model/event.ts";
import type { Score } from "../model/finding.ts";
import type { Place } from "../model/place.ts";
import type { ClientView } from "./clients.ts";
import { clientViews } from "./clients.ts";
import { addDays, FAMILIAR, familiarityOf, habitualDays, homeOf, shares } from "./habits.ts";
import type { SeenDays } from "./habits.ts";
import type { Knowledge } from "./knowledge.ts";
import { isAllowedAddress, isOutsideAddress } from "./listed-addresses.ts";
import type { RecordedClient } from "./recorded.ts";
import { enteredRows, isServersOnly, namedClients, recordedClients } from "./recorded.ts";
import { remembering } from "../model/remembering.ts";

/** What one address did, and how it looks beside the rest of the mailbox. */
export interface AddressView {
  readonly address: string;
  readonly activity: AddressActivity;
  /**
   * Rows by which it was in the mailbox for certain, in order: successful logons or, without any, audit records that
   * carry the address. None: nobody got in from there, as far as is logged.
   */
  readonly entered: readonly number[];
  readonly place: Place;
  /** Its /24 or /48. */
  readonly network: string;
  /** Neither private nor the service's own: a person outside can stand behind it. */
  readonly outside: boolean;
  /** Clients by which it logged on, or was used by audit records, by their short names. */
  readonly clients: ReadonlyMap<string, Client>;
  readonly searches: SearchView[];
  /** Active days of its network. */
  readonly networkDays: SeenDays;
  /** How much its network belongs to the mailbox: 0 for a network of one day, 1 for one of every active day. */
  readonly familiarity: number;
  /** Its network is taken for one of the owner's own. */
  readonly familiar: boolean;
  /** Outside and not familiar: where rules look for somebody else. */
  readonly stranger: boolean;
}

/** One search with what speaks out of its words. */
export interface SearchView {
  readonly search: Search;
  readonly number: number;
  readonly ticks: number;
  readonly address: string;
  readonly confidence: Confidence;
  /** The terms that it holds. */
  readonly matches: readonly TermMatch[];
  /** The same for every spelling of one query. */
  readonly normalised: string;
}

/** Scores that are known so far: addresses before clients and searches, those before findings. */
export interface Verdict {
  address(address: string): Score;
  search(number: number): Score;
  client(key: string): Score;
}

/** Everything that rules look at: one mailbox, read and joined, beside what is known of the world. */
export interface Picture {
  readonly joined: JoinedCase;
  readonly knowledge: Knowledge;
  readonly activities: Activities;
  readonly addresses: ReadonlyMap<string, AddressView>;
  readonly searches: readonly SearchView[];
  readonly clients: readonly ClientView[];
  /** The client that a row's own audit record names. */
  readonly recorded: RecordedClient;
  /** Successful logons with a readable time, in order. */
  readonly logons: readonly CaseLogon[];
  /** UTC days on which somebody did anything: how many, and the first. */
  readonly days: number;
  readonly firstDay: number;
  /** Where the mailbox's owner is at home: told by the user, or the countries of a fair share of the days. */
  readonly home: ReadonlySet<string>;
  /** Active days of each country. */
  readonly countryDays: ReadonlyMap<string, SeenDays>;
  /** Share of the active days on which a client, by its short name, was seen. */
  readonly clientShare: ReadonlyMap<string, number>;
  /** Short names of the clients that are taken for the owner's: those of familiar networks and of most days. */
  readonly ownClients: ReadonlySet<string>;
  readonly verdict: Verdict;
}

/**
 * The network by which addresses belong together. Three networks are all that IPv4 has for documentation: there, each
 * address stands for a network of its own.
 */
const networkAround = remembering(
  (address) => (addressClass(address) === "documentation" && !address.includes(":") ? address : networkOf(address)),
  // The mailboxes of a tenant share most of their addresses.
  20_000,
);

/** The clients by which an address logged on, by their short names. */
function loggedOnClients({ logons }: AddressActivity): (readonly [string, Client])[] {
  return logons
    .filter(({ userAgent }) => userAgent.trim() !== "")
    .map(({ userAgent }) => clientOf(userAgent))
    .map((client) => [client.name, client]);
}

function searchViews(joined: JoinedCase, activities: Activities, knowledge: Knowledge): SearchView[] {
  const addressOf = new Map<number, string>();
  const wanted = new Set(joined.searches.list.flatMap(({ runs, first }) => [runs[0]?.row ?? first.row]));
  for (const { address, rows } of activities.byAddress.values()) {
    for (const row of rows) if (wanted.has(row)) addressOf.set(row, address);
  }
  const memory = new Map<string, Pick<SearchView, "matches" | "normalised">>();
  return joined.searches.list.map((search) => {
    let words = memory.get(search.query);
    if (words === undefined) {
      const matches = matchSearch(knowledge.terms, search.query);
      words = { matches, normalised: normalisedQuery(search.query) };
      memory.set(search.query, words);
    }
    const row = search.runs[0]?.row ?? search.first.row;
    return {
      search,
      number: search.number,
      ticks: search.first.ticks,
      address: addressOf.get(row) ?? "",
      confidence: activities.confidenceOf(row),
      // Spread, they would take twice the memory: there may be very many searches.
      matches: words.matches,
      normalised: words.normalised,
    };
  });
}

/** The picture of one mailbox, without any score. */
export function pictureOf(joined: JoinedCase, knowledge: Knowledge, verdict: Verdict): Picture {
  const activities = addressActivity(joined);
  const recorded = recordedClients(joined);
  const { rows } = joined.mailboxCase;
  // Whoever lists an address of Microsoft's asks for it: what is said of its days has to be true.
  const isBackEnd = (activity: AddressActivity) =>
    isMicrosoft(activity.address, knowledge.geo.place(activity.address)) &&
    knowledge.watch?.matchAddress(activity.address) === undefined &&
    isServersOnly(recorded, activity);
  const addressesInUse = [...activities.byAddress.values()].filter((activity) => !isBackEnd(activity));
  const all = new Set<number>();
  for (const { days } of addressesInUse) for (const day of days) all.add(day);
  const firstDay = all.size === 0 ? 0 : [...all].reduce((a, b) => Math.min(a, b));
  const byNetwork = new Map<string, Set<number>>();
  const seen = new Map<string, Set<number>>();
  const byCountry = new Map<string, Set<number>>();
  const seenCountries = new Map<string, Set<number>>();
  const byClient = new Map<string, Set<number>>();
  for (const activity of addressesInUse) {
    const { address } = activity;
    const habitual = habitualDays(activity, joined, enteredRows(activities, activity), firstDay);
    const network = networkAround(address);
    addDays(byNetwork, network, habitual);
    addDays(seen, network, activity.days);
    const { country } = knowledge.geo.place(address);
    if (country !== "") {
      addDays(byCountry, country, habitual);
      addDays(seenCountries, country, activity.days);
    }
    for (const { userAgent, ticks } of activity.logons) {
      if (userAgent.trim() !== "") addDays(byClient, clientOf(userAgent).name, [dayOf(ticks)]);
    }
    let last = "";
    for (const row of activity.rows) {
      const name = recorded(row)?.name ?? "";
      if (name === "") continue;
      // Most rows are of the day and client of the row before.
      const day = dayOf(rows.ticks[row] as number);
      const key = `${day} ${name}`;
      if (key !== last) addDays(byClient, name, [day]);
      last = key;
    }
  }
  const clientShare = shares(byClient, all.size);
  const searches = searchViews(joined, activities, knowledge);
  const addresses = new Map<string, AddressView>();
  for (const [address, activity] of activities.byAddress) {
    const place = knowledge.geo.place(address);
    const network = networkAround(address);
    const outside = isOutsideAddress(knowledge, address) && !isAllowedAddress(knowledge, address);
    const familiarity = familiarityOf(byNetwork.get(network)?.size ?? 0, all.size);
    const familiar = familiarity >= FAMILIAR;
    addresses.set(address, {
      address,
      activity,
      entered: enteredRows(activities, activity),
      place,
      network,
      outside,
      clients: new Map([...loggedOnClients(activity), ...namedClients(recorded, activity.rows)]),
      searches: [],
      networkDays: { all: seen.get(network)?.size ?? 0, habitual: byNetwork.get(network)?.size ?? 0 },
      familiarity,
      familiar,
      stranger: outside && !familiar,
    });
  }
  for (const search of searches) addresses.get(search.address)?.searches.push(search);
  return {
    joined,
    knowledge,
    activities,
    addresses,
    searches,
    clients: clientViews(joined, activities),
    recorded,
    logons: [...activities.byAddress.values()].flatMap(({ logons }) => logons).sort(compareMoments),
    days: all.size,
    firstDay,
    home: knowledge.homeCountries.size > 0 ? knowledge.homeCountries : homeOf(shares(byCountry, all.size)),
    countryDays: new Map(
      [...seenCountries].map(([country, days]) => [
        country,
        { all: days.size, habitual: byCountry.get(country)?.size ?? 0 },
      ]),
    ),
    clientShare,
    ownClients: ownClientsOf(addresses.values(), clientShare),
    verdict,
  };
}

/** A client of this share of the days is the owner's, from wherever: some owners are always on the way. */
export const OWN_CLIENT_SHARE = 0.5;

function ownClientsOf(addresses: Iterable<AddressView>, clientShare: ReadonlyMap<string, number>): ReadonlySet<string> {
  const own = [...addresses].filter(({ familiar }) => familiar).flatMap(({ clients }) => [...clients.keys()]);
  const usual = [...clientShare].filter(([, share]) => share >= OWN_CLIENT_SHARE).map(([name]) => name);
  return new Set([...own, ...usual]);
}

/** The rows of an address by which somebody came to the content of a message, ends of displays and copied folders left out. */
export function contentRows({ joined }: Picture, { activity }: AddressView): number[] {
  const { rows, types } = joined.mailboxCase;
  const isContent = (row: number) => {
    const type = types[rows.type[row] as number] as ActivityType;
    return type.access !== undefined && type.role !== "end" && type.role !== "synced";
  };
  return Array.from(activity.rows.filter(isContent));
}

/** Those of them by which a message was opened: marking it as read proves less, and a copied folder names none. */
export function openedRows(picture: Picture, view: AddressView): number[] {
  const { rows, types } = picture.joined.mailboxCase;
  return contentRows(picture, view).filter((row) => {
    const { access } = types[rows.type[row] as number] as ActivityType;
    return access !== "marked-read" && access !== "folder-synced";
  });
}

/** The rows of an address whose types have a role. */
export function rowsOfRole({ joined }: Picture, { activity }: AddressView, role: string): number[] {
  const { rows, types } = joined.mailboxCase;
  return Array.from(activity.rows.filter((row) => (types[rows.type[row] as number] as ActivityType).role === role));
}

/** The rows of an address that belong to a family, ends of previews left out. */
export function rowsOfFamily({ joined }: Picture, { activity }: AddressView, family: FamilyName): number[] {
  const { rows, types } = joined.mailboxCase;
  const isOfFamily = (row: number) => {
    const type = types[rows.type[row] as number] as ActivityType;
    return type.family === family && type.role !== "end";
  };
  return Array.from(activity.rows.filter(isOfFamily));
}

/** A share as a person reads it. */
export function percent(share: number): string {
  return `${share > 0 && share < 0.01 ? "under 1" : Math.round(share * 100)} %`;
}

/**
 * Whether every client of an address is one of the owner's; false where none is named, or nothing but a way in that
 * anybody takes, as Outlook on the web.
 */
export function hasOwnClients({ ownClients }: Picture, { clients }: AddressView): boolean {
  const named = [...clients];
  return named.some(([, { level }]) => level === "program") && named.every(([name]) => ownClients.has(name));
}

/** The order of a mailbox's rows: by time, then by source. */
export function rowOrderOf({ joined }: Picture): (a: number, b: number) => number {
  return (a, b) => compareRows(joined.mailboxCase.rows, a, b);
}

/** Why a rule that compares with habits has none to compare with. */
export function tooFewDays({ days }: Picture): string {
  return `only ${days} active ${days === 1 ? "day" : "days"}`;
}
