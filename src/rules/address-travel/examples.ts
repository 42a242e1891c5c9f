import { boundEach, minuteOf, ownDays } from "../access-volume/examples.ts";
import type { RuleExample } from "../example.ts";
import { AGENTS, HOME, HOTEL, STRANGER, dailyLogons, logonAt, readAt } from "../example.ts";

/** The owner logs on at 08:00 every day; row 5 is that of 5 March. */
const home = dailyLogons(10, HOME, { agent: AGENTS.chrome });
const strangerAt = (time: string, agent: string = AGENTS.firefox) => [
  ...home,
  logonAt(`2018-03-05T${time}Z`, STRANGER, { agent }),
];

/** On one meridian a degree is 111.195 km; so many degrees lie between the two. */
const degreesApart = (degrees: number, accuracyKm?: number) => ({
  [HOME]: { country: "IT", latitude: 45, longitude: 10, accuracyKm },
  [STRANGER]: { country: "DE", latitude: 45 + degrees, longitude: 10, accuracyKm },
});
const countries = { [HOME]: { country: "US" }, [STRANGER]: { country: "NG" } };

export const examples: readonly RuleExample[] = [
  {
    // At 900 km/h, 1001 km take 66.7 minutes.
    name: "1001 km in 66 minutes, with another client",
    records: strangerAt("09:06:00"),
    places: degreesApart(9),
    outcome: "found",
    says: [{ entity: STRANGER, points: 25, text: "1001 km from 192.0.2.1 within 66 minutes", rows: [11, 5] }],
  },
  { name: "1001 km in 67 minutes", records: strangerAt("09:07:00"), places: degreesApart(9), outcome: "clear" },
  {
    // 8.0984 degrees are 900.5 km, and 8.0894 are 899.5 km: more and less than an hour at 900 km/h.
    name: "half a kilometre more than an hour is enough for",
    records: strangerAt("09:00:00"),
    places: degreesApart(8.0984),
    outcome: "found",
    says: [{ entity: STRANGER, points: 25, text: "km from 192.0.2.1 within 60 minutes", rows: [11, 5] }],
  },
  {
    name: "half a kilometre less",
    records: strangerAt("09:00:00"),
    places: degreesApart(8.0894),
    outcome: "clear",
  },
  {
    name: "before the owner's logon instead of after it",
    records: strangerAt("07:30:00"),
    places: degreesApart(9),
    outcome: "found",
    says: [{ entity: STRANGER, points: 25, text: "within 30 minutes", rows: [11, 5] }],
  },
  {
    name: "a VPN exit or a telephone: the owner's own client",
    records: strangerAt("09:06:00", AGENTS.newerChrome),
    places: degreesApart(9),
    outcome: "found",
    says: [{ entity: STRANGER, points: 6, text: "with a client that the owner uses", rows: [11, 5] }],
  },
  {
    name: "a client that nobody names is not the owner's, who names none either",
    records: [...dailyLogons(10, HOME), logonAt("2018-03-05T09:06:00Z", STRANGER)],
    places: degreesApart(9),
    outcome: "found",
    says: [{ entity: STRANGER, points: 25, text: "1001 km from 192.0.2.1 within 66 minutes", rows: [11, 5] }],
  },
  {
    name: "twenty seconds apart",
    records: strangerAt("08:00:20"),
    places: degreesApart(9),
    outcome: "found",
    says: [{ entity: STRANGER, points: 25, text: "1001 km from 192.0.2.1 within less than a minute" }],
  },
  {
    name: "two minutes apart",
    records: strangerAt("08:02:00"),
    places: degreesApart(9),
    outcome: "found",
    says: [{ entity: STRANGER, points: 25, text: "within 2 minutes" }],
  },
  {
    // 1001 km less 60 km on either side are 881 km, which an hour is enough for.
    name: "coordinates that are too rough to say so",
    records: strangerAt("09:00:00"),
    places: degreesApart(9, 60),
    outcome: "clear",
  },
  {
    name: "the same hour with fine coordinates",
    records: strangerAt("09:00:00"),
    places: degreesApart(9, 1),
    outcome: "found",
    says: [{ entity: STRANGER, points: 25, text: "within 60 minutes" }],
  },
  {
    name: "299 km are within a database's errors",
    records: strangerAt("08:01:00"),
    places: degreesApart(2.69),
    outcome: "clear",
  },
  {
    name: "300 km are not",
    records: strangerAt("08:01:00"),
    places: degreesApart(2.7),
    outcome: "found",
    says: [{ entity: STRANGER, points: 25, text: "300 km from 192.0.2.1 within a minute" }],
  },
  {
    name: "two countries, without coordinates, in an hour",
    records: strangerAt("09:00:00"),
    places: countries,
    outcome: "found",
    says: [{ entity: STRANGER, points: 25, text: "in NG and, from 192.0.2.1, in US within 60 minutes", rows: [11, 5] }],
  },
  {
    name: "in two hours to the second",
    records: strangerAt("10:00:00"),
    places: countries,
    outcome: "found",
    says: [{ entity: STRANGER, points: 25, text: "within 2.0 hours" }],
  },
  { name: "in a second more", records: strangerAt("10:00:01"), places: countries, outcome: "clear" },
  {
    name: "one country without coordinates",
    records: strangerAt("08:10:00"),
    places: { [HOME]: { country: "US" }, [STRANGER]: { country: "US" } },
    outcome: "clear",
  },
  {
    name: "a session that began long before and is at work beside the owner",
    records: [
      ...home,
      logonAt("2018-03-05T02:30:00Z", STRANGER, { agent: AGENTS.firefox, session: "strange" }),
      readAt("2018-03-05T08:10:00Z", "message", "strange"),
    ],
    places: countries,
    outcome: "found",
    says: [{ entity: STRANGER, points: 25, text: "within 10 minutes", rows: [12, 5] }],
  },
  {
    name: "a failed logon is nobody's journey",
    records: [...home, logonAt("2018-03-05T08:10:00Z", STRANGER, { result: "Failure" })],
    places: countries,
    outcome: "clear",
  },
  {
    name: "an allowed network",
    records: strangerAt("08:10:00"),
    places: countries,
    allow: "203.0.113.64/26",
    outcome: "clear",
  },
  {
    name: "Microsoft's own address in another country",
    records: [...home, logonAt("2018-03-05T08:10:00Z", "40.97.1.1", { agent: AGENTS.firefox })],
    places: { [HOME]: { country: "US" }, "40.97.1.1": { country: "IE" } },
    outcome: "clear",
  },
  { name: "no database", records: strangerAt("08:10:00"), outcome: "notAssessed" },
  {
    name: "nobody knows where the owner is",
    records: strangerAt("08:10:00"),
    places: { [STRANGER]: { country: "NG" } },
    outcome: "notAssessed",
  },
  {
    name: "weights of the user's own",
    records: strangerAt("09:00:00"),
    places: countries,
    rules: "rules:\n  address-travel:\n    strange: 33\n",
    outcome: "found",
    says: [{ entity: STRANGER, points: 33 }],
  },
  {
    name: "faster travellers",
    records: strangerAt("09:00:00"),
    places: degreesApart(9),
    rules: "rules:\n  address-travel:\n    speed: 1200\n",
    outcome: "clear",
  },
  {
    name: "an audit log: two countries within an hour",
    audit: [...ownDays(10), ...boundEach(2, STRANGER, (at) => minuteOf(5, 60 + at))],
    places: countries,
    outcome: "found",
    says: [{ entity: STRANGER, points: 25, text: "in NG and, from 192.0.2.1, in US within 60 minutes", rows: [11, 5] }],
  },
  {
    name: "three countries on a day, with time to go from one to the other",
    audit: [
      ...ownDays(10),
      ...boundEach(1, HOTEL, () => minuteOf(5, 300)),
      ...boundEach(1, STRANGER, () => minuteOf(5, 600)),
    ],
    places: { ...countries, [HOTEL]: { country: "DE" } },
    outcome: "found",
    says: [
      {
        entity: HOTEL,
        points: 8,
        text: "on 2026-03-05 the mailbox was used from 3 countries: DE, NG, US",
        rows: [11, 5, 12],
      },
      { entity: STRANGER, points: 8, rows: [12, 5, 11] },
    ],
  },
  {
    name: "two countries are not many",
    audit: [...ownDays(10), ...boundEach(1, STRANGER, () => minuteOf(5, 600))],
    places: countries,
    outcome: "clear",
  },
  {
    name: "unless the user says so",
    audit: [...ownDays(10), ...boundEach(1, STRANGER, () => minuteOf(5, 600))],
    places: countries,
    rules: "rules:\n  address-travel:\n    LoginGeolocationVariance: 2\n",
    outcome: "found",
    says: [{ entity: STRANGER, points: 8, text: "from 2 countries: NG, US" }],
  },
];
