import { partitionPoint } from "../../model/partition-point.ts";
import { distanceKm } from "../../enrich/network/place.ts";
import { formatTicks, TICKS_PER_SECOND } from "../../ingest/timestamp.ts";
import { dayOf } from "../../joins/address-activity.ts";
import type { AddressView, Picture } from "../picture.ts";
import { hasOwnClients } from "../picture.ts";
import { isAudit } from "../recorded.ts";
import type { Fired } from "../rule.ts";
import { scoring } from "../rule.ts";

const HOUR = 3600 * TICKS_PER_SECOND;
/** So many moments of one address are enough to find it at two places at once. */
const MOST_MOMENTS = 2000;
/** Audit records come by the hundred; nobody goes anywhere in so short a time. */
const STILL = HOUR / 6;

/** When somebody was certainly at an address. */
interface Moment {
  readonly ticks: number;
  readonly row: number;
  readonly view: AddressView;
}

function momentsOf({ activities, joined }: Picture, view: AddressView): Moment[] {
  const { ticks } = joined.mailboxCase.rows;
  const sure = view.activity.rows.filter((row) => activities.confidenceOf(row) === "high");
  const rows = [...view.activity.logons.map(({ row }) => row), ...sure].slice(0, MOST_MOMENTS);
  let last = -Infinity;
  for (const row of view.activity.rows) {
    const now = ticks[row] as number;
    if (activities.confidenceOf(row) !== "certain" || now - last < STILL) continue;
    last = now;
    rows.push(row);
  }
  return rows.map((row) => ({ row, ticks: ticks[row] as number, view }));
}

/** The countries of a UTC day, each with a row from there. */
type CountriesByDay = ReadonlyMap<number, ReadonlyMap<string, number>>;

/** In which countries the mailbox was used on each day, by addresses of people. */
function countriesByDay(picture: Picture): CountriesByDay {
  const days = new Map<number, Map<string, number>>();
  for (const view of picture.addresses.values()) {
    if (!view.outside || view.place.country === "") continue;
    for (const { ticks, row } of momentsOf(picture, view)) {
      const countries = days.get(dayOf(ticks)) ?? new Map<string, number>();
      days.set(dayOf(ticks), countries);
      if (!countries.has(view.place.country)) countries.set(view.place.country, row);
    }
  }
  return days;
}

/** A day of an address on which the mailbox was used from as many countries; only days that audit records tell of. */
function scattered(picture: Picture, view: AddressView, days: CountriesByDay, most: number) {
  for (const { ticks, row } of momentsOf(picture, view)) {
    const countries = days.get(dayOf(ticks));
    if (countries === undefined || countries.size < most || !isAudit(picture.joined, row)) continue;
    const others = [...countries].filter(([country]) => country !== view.place.country).map(([, other]) => other);
    return { day: formatTicks(ticks).slice(0, 10), countries: [...countries.keys()].sort(), rows: [row, ...others] };
  }
  return undefined;
}

/** Index of the first moment after a time. */
function firstAfter(moments: readonly Moment[], ticks: number): number {
  return partitionPoint(moments.length, (at) => (moments[at] as Moment).ticks <= ticks);
}

/** Why two moments cannot be one traveller's; undefined where they can. */
function impossible(a: Moment, b: Moment, speed: number, hours: number): string | undefined {
  const apart = Math.abs(a.ticks - b.ticks) / HOUR;
  const distance = distanceKm(a.view.place, b.view.place);
  if (distance !== undefined) {
    const least = distance - (a.view.place.accuracyKm ?? 0) - (b.view.place.accuracyKm ?? 0);
    if (least < 300 || least <= speed * apart) return undefined;
    return `${Math.round(distance)} km from ${b.view.address} within ${duration(apart)}`;
  }
  const [here, there] = [a.view.place.country, b.view.place.country];
  if (here === "" || there === "" || here === there || apart > hours) return undefined;
  return `in ${here} and, from ${b.view.address}, in ${there} within ${duration(apart)}`;
}

function duration(hours: number): string {
  const minutes = Math.round(hours * 60);
  if (minutes < 2) return minutes === 1 ? "a minute" : "less than a minute";
  return hours < 2 ? `${minutes} minutes` : `${hours.toFixed(1)} hours`;
}

export const addressTravel = scoring({
  id: "address-travel",
  about: "address",
  title: "Impossible travel",
  description:
    "Somebody acted from this address and from a familiar one sooner after one another than a traveller gets from place to place: by great-circle distance where a database knows coordinates, by a change of country where it does not. Where audit records tell of no such journey, a day on which the mailbox was used from several countries counts a little.",
  requires: "a city database, or a country database, that knows the addresses",
  falsePositives: [
    "A telephone whose mobile network leaves in another country.",
    "A VPN switched on or off; a computer at home that stays logged on while its owner travels.",
  ],
  blindSpots: ["An intruder near the owner, or active at other hours."],
  references: ["https://attack.mitre.org/techniques/T1078/004/"],
  attack: ["T1078.004"],
  nextSteps: ["Compare clients and sessions of both addresses at that time."],
  settings: {
    strange: { is: 25, says: "points where the client is not one of the owner's" },
    same: { is: 6, says: "points where it is, as with a VPN or a telephone" },
    speed: { is: 900, says: "km/h above which nobody travels", takes: "length" },
    scattered: {
      is: 8,
      says: "points for a day with so many countries (LoginGeolocationVariance), without such a journey",
    },
    LoginGeolocationVariance: {
      is: 3,
      says: "countries within a UTC day, this address's and the owner's among them, from which on they are many (audit records only)",
    },
    hours: { is: 2, says: "hours within which a change of country is too fast, without coordinates", takes: "length" },
  },
  assess(picture, { strange, same, speed, scattered: many, LoginGeolocationVariance: variance, hours }) {
    const views = [...picture.addresses.values()];
    if (!views.some(({ place }) => place.country !== "")) return { fired: [], missing: "no database knows a place" };
    const own = views.filter(({ familiar, place }) => familiar && place.country !== "");
    const home = own.flatMap((view) => momentsOf(picture, view)).sort((a, b) => a.ticks - b.ticks);
    const fired: Fired[] = [];
    const isAudited = picture.joined.mailboxCase.clients.length > 1;
    const days: CountriesByDay = isAudited ? countriesByDay(picture) : new Map();
    for (const view of views) {
      if (!view.stranger || view.place.country === "") continue;
      const before = fired.length;
      for (const moment of momentsOf(picture, view)) {
        const at = firstAfter(home, moment.ticks);
        const near = [home[at - 1], home[at]].filter((other) => other !== undefined);
        const found = near
          .map((other) => ({ other, why: impossible(moment, other, speed, hours) }))
          .find(({ why }) => why !== undefined);
        if (found === undefined) continue;
        const isOwn = hasOwnClients(picture, view);
        fired.push({
          entity: view.address,
          text: `${found.why ?? ""}${isOwn ? ", with a client that the owner uses" : ""}`,
          points: isOwn ? same : strange,
          rows: [moment.row, found.other.row],
        });
        break;
      }
      if (!isAudited || fired.length > before || picture.home.has(view.place.country)) continue;
      const day = scattered(picture, view, days, variance);
      if (day === undefined) continue;
      fired.push({
        entity: view.address,
        text: `on ${day.day} the mailbox was used from ${day.countries.length} countries: ${day.countries.join(", ")}`,
        points: many,
        rows: day.rows,
      });
    }
    return { fired, missing: own.length === 0 ? "no familiar address has a known place" : undefined };
  },
});
