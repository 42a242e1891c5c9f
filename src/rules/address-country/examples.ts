import { boundEach, minuteOf, ownDays } from "../access-volume/examples.ts";
import type { RuleExample } from "../example.ts";
import { HOME, STRANGER, dailyLogons, logonAt, syncedAt } from "../example.ts";

const records = [...dailyLogons(10, HOME), logonAt("2018-03-05T20:00:00Z", STRANGER)];
const places = { [HOME]: { country: "US" }, [STRANGER]: { country: "NG" } };

/** A mailbox of 20 days, with a second country on some of them. */
const daysAbroad = (days: number) => [...dailyLogons(20, HOME), ...dailyLogons(days, STRANGER, { from: 8 })];

export const examples: readonly RuleExample[] = [
  {
    name: "a country seen on one of ten days",
    records,
    places,
    outcome: "found",
    says: [
      {
        entity: STRANGER,
        points: 25,
        text: "country NG, seen on 10 % of the active days; the mailbox's own: US",
        rows: [11],
      },
    ],
  },
  {
    name: "a client that copies folders there makes no habit, and the days are told all the same",
    audit: [
      ...ownDays(10),
      ...[5, 6, 7, 8].map((day) => syncedAt(minuteOf(day, 600), STRANGER, "\\Inbox")),
      ...boundEach(1, STRANGER, () => minuteOf(8, 601)),
    ],
    places,
    outcome: "found",
    says: [
      {
        entity: STRANGER,
        points: 25,
        text: "country NG, seen on 40 % of the active days, 1 of them a habit: on the others only clients that copy mail were there; the mailbox's own: US",
      },
    ],
  },
  {
    name: "3 of 20 days are still hardly any",
    records: daysAbroad(3),
    places,
    outcome: "found",
    says: [{ entity: STRANGER, points: 25, text: "15 %", rows: [21, 22, 23] }],
  },
  {
    name: "a telephone that leaves through another country on 4 of 20 days: some, and not the owner's",
    records: daysAbroad(4),
    places,
    outcome: "found",
    says: [{ entity: STRANGER, points: 10, text: "20 %", rows: [21, 22, 23, 24] }],
  },
  {
    name: "a country of a quarter of the days is one of the owner's",
    records: daysAbroad(5),
    places,
    outcome: "clear",
  },
  {
    name: "two days, a country each: neither is stranger than the other",
    records: [...dailyLogons(1, HOME), ...dailyLogons(1, STRANGER, { from: 1 })],
    places,
    outcome: "clear",
  },
  {
    name: "the user says where the owner is at home, and the log says otherwise",
    records,
    places,
    homeCountries: ["DE"],
    outcome: "found",
    says: [
      { entity: HOME, points: 10, text: "country US, seen on 100 %" },
      { entity: STRANGER, points: 25, text: "the mailbox's own: DE" },
    ],
  },
  { name: "the user knows of the second country", records, places, homeCountries: ["US", "NG"], outcome: "clear" },
  {
    name: "nobody came in from the other country",
    records: [...dailyLogons(10, HOME), logonAt("2018-03-05T20:00:00Z", STRANGER, { result: "Failure" })],
    places,
    outcome: "clear",
  },
  { name: "an allowed network abroad", records, places, allow: "203.0.113.0/24\n", outcome: "clear" },
  {
    name: "Microsoft's own address abroad",
    records: [...dailyLogons(10, HOME), logonAt("2018-03-05T20:00:00Z", "40.97.1.1")],
    places: { [HOME]: { country: "US" }, "40.97.1.1": { country: "IE" } },
    outcome: "clear",
  },
  {
    name: "Microsoft's own by its autonomous system",
    records,
    places: { [HOME]: { country: "US" }, [STRANGER]: { country: "IE", asn: 8075 } },
    outcome: "clear",
  },
  {
    name: "an address that the database does not know",
    records,
    places: { [HOME]: { country: "US" } },
    outcome: "clear",
  },
  { name: "no database", records, outcome: "notAssessed" },
  {
    name: "weights of the user's own",
    records,
    places,
    rules: "rules:\n  address-country:\n    foreign: 40\n",
    outcome: "found",
    says: [{ entity: STRANGER, points: 40 }],
  },
  {
    name: "a threshold of the user's own: one day of ten is no longer hardly any",
    records,
    places,
    rules: "rules:\n  address-country:\n    hardly: 0.05\n",
    outcome: "found",
    says: [{ entity: STRANGER, points: 10 }],
  },
  {
    name: "an audit log without sign-ins: the records carry the address themselves",
    audit: [...ownDays(10), ...boundEach(2, STRANGER, (at) => minuteOf(5, 600 + at))],
    places,
    outcome: "found",
    says: [{ entity: STRANGER, points: 25, text: "country NG, seen on 10 % of the active days", rows: [11, 12] }],
  },
  {
    name: "the service's own back end abroad",
    audit: [
      ...ownDays(10),
      ...boundEach(2, "2603:10b6:930:3d::7", (at) => minuteOf(5, 600 + at), {
        ClientInfoString: "Client=REST;Client=RESTSystem;;",
      }),
    ],
    places: { [HOME]: { country: "US" }, "2603:10b6:930:3d::7": { country: "IE" } },
    outcome: "clear",
  },
];
