import { boundEach, minuteOf, ownDays } from "../access-volume/examples.ts";
import type { RuleExample } from "../example.ts";
import { boundAt, dailyLogons, HOME, logonAt, signInAt, STRANGER, syncedAt } from "../example.ts";

const records = [...dailyLogons(10, HOME), logonAt("2018-03-05T20:00:00Z", STRANGER)];

/** Addresses of one day each, a day after the other. */
const oneDayEach = (count: number) => Array.from({ length: count }, (_, at) => `198.51.100.${at + 1}`);
const logonsOfOneDay = (addresses: readonly string[]) =>
  addresses.flatMap((address, from) => dailyLogons(1, address, { from }));
/** Addresses that are there on each of twelve days. */
const stayers = (count: number) =>
  Array.from({ length: count }, (_, at) => `192.0.2.${at + 1}`).flatMap((address) => dailyLogons(12, address));

const ranged = (from: number, count: number) => Array.from({ length: count }, (_, at) => from + at);

export const examples: readonly RuleExample[] = [
  {
    name: "a network of one day among ten",
    records,
    outcome: "found",
    says: [{ entity: STRANGER, points: 12, text: "network 203.0.113.66 seen on 1 of 10 active days", rows: [11] }],
  },
  {
    // The first day makes no habit: the share is that of further days, 1 of 10.
    name: "two days of eleven are just rare",
    records: [...dailyLogons(11, HOME), ...dailyLogons(2, STRANGER, { from: 4 })],
    outcome: "found",
    says: [{ entity: STRANGER, points: 12, text: "2 of 11", rows: [12, 13] }],
  },
  {
    name: "two days of ten are not",
    records: [...dailyLogons(10, HOME), ...dailyLogons(2, STRANGER, { from: 4 })],
    outcome: "clear",
  },
  {
    name: "three active days are enough to call a network rare",
    records: [...dailyLogons(3, HOME), ...dailyLogons(1, STRANGER, { from: 1 })],
    outcome: "found",
    says: [{ entity: STRANGER, points: 12 }],
  },
  {
    name: "two active days are not",
    records: [...dailyLogons(2, HOME), ...dailyLogons(1, STRANGER, { from: 1 })],
    outcome: "notAssessed",
  },
  {
    name: "an owner on the way: twelve networks of one day each count little",
    records: [...stayers(1), ...logonsOfOneDay(oneDayEach(12))],
    outcome: "found",
    says: oneDayEach(12).map((entity) => ({ entity, points: 5, text: "as are most networks here" })),
  },
  {
    name: "eleven are not yet a way of life",
    records: [...stayers(1), ...logonsOfOneDay(oneDayEach(11))],
    outcome: "found",
    says: oneDayEach(11).map((entity) => ({ entity, points: 12 })),
  },
  {
    name: "twelve of 24 networks are half of them",
    records: [...stayers(12), ...logonsOfOneDay(oneDayEach(12))],
    outcome: "found",
    says: oneDayEach(12).map((entity) => ({ entity, points: 5 })),
  },
  {
    name: "twelve of 25 are less than half",
    records: [...stayers(13), ...logonsOfOneDay(oneDayEach(12))],
    outcome: "found",
    says: oneDayEach(12).map((entity) => ({ entity, points: 12 })),
  },
  {
    name: "another address of the owner's /48",
    records: [...dailyLogons(10, "2001:db8:1::1"), logonAt("2018-03-05T20:00:00Z", "2001:db8:1:ff::9")],
    outcome: "clear",
  },
  {
    name: "the /48 beside it",
    records: [...dailyLogons(10, "2001:db8:1::1"), logonAt("2018-03-05T20:00:00Z", "2001:db8:2::1")],
    outcome: "found",
    says: [{ entity: "2001:db8:2::1", points: 12, text: "network 2001:db8:2::/48" }],
  },
  {
    name: "another address of the owner's /24",
    records: [...dailyLogons(10, "9.9.9.1"), logonAt("2018-03-05T20:00:00Z", "9.9.9.200")],
    outcome: "clear",
  },
  {
    // Polling is no habit of the owner's: five days of it do not make the network known.
    name: "a client that polls by IMAP4 since the sixth day",
    records: [...dailyLogons(10, HOME), ...dailyLogons(5, STRANGER, { app: "IMAP4", from: 5 })],
    outcome: "found",
    says: [
      {
        entity: STRANGER,
        points: 12,
        text: "network 203.0.113.66 seen on 5 of 10 active days",
        rows: [11, 12, 13, 14, 15],
      },
    ],
  },
  {
    name: "one that has polled from the first days of the log on",
    records: [...dailyLogons(10, HOME), ...dailyLogons(8, STRANGER, { app: "IMAP4", from: 2 })],
    outcome: "clear",
  },
  {
    name: "nobody came in",
    records: [...dailyLogons(10, HOME), logonAt("2018-03-05T20:00:00Z", STRANGER, { result: "Failure" })],
    outcome: "clear",
  },
  {
    name: "inner, loopback and Microsoft's own addresses",
    records: [
      ...dailyLogons(10, HOME),
      ...["10.0.0.5", "::1", "169.254.1.1", "100.64.3.4", "40.97.1.1"].map((address) =>
        logonAt("2018-03-05T20:00:00Z", address),
      ),
    ],
    outcome: "clear",
  },
  { name: "an allowed address", records, allow: STRANGER, outcome: "clear" },
  {
    name: "weights of the user's own",
    records,
    rules: "rules:\n  address-new:\n    rare: 3\n",
    outcome: "found",
    says: [{ entity: STRANGER, points: 3 }],
  },
  {
    name: "an audit log without sign-ins",
    audit: [...ownDays(10), ...boundEach(2, STRANGER, (at) => minuteOf(5, 600 + at))],
    outcome: "found",
    says: [{ entity: STRANGER, points: 12, text: "network 203.0.113.66 seen on 1 of 10 active days", rows: [11, 12] }],
  },
  {
    name: "a sign-in of an audit log stands for what follows it",
    audit: [
      ...ownDays(10),
      signInAt(minuteOf(5, 599), STRANGER),
      ...boundEach(2, STRANGER, (at) => minuteOf(5, 600 + at)),
    ],
    outcome: "found",
    says: [{ entity: STRANGER, points: 12, rows: [11] }],
  },
  {
    name: "sign-ins of an audit log that failed",
    audit: [...ownDays(10), signInAt(minuteOf(5, 599), STRANGER, { failed: true })],
    outcome: "clear",
  },
  {
    // Synchronising every night from the fifth day on makes nobody the owner.
    name: "a client that copies folders every day since the fifth",
    audit: [...ownDays(10), ...ranged(5, 6).map((day) => syncedAt(minuteOf(day, 600), STRANGER, "\\Inbox"))],
    outcome: "found",
    says: [
      {
        entity: STRANGER,
        points: 12,
        text: "seen on 6 of 10 active days, none of them a habit: only clients that copy mail were there",
      },
    ],
  },
  {
    name: "days of the service's own back end are nobody's",
    audit: [
      ...ownDays(2),
      ...boundEach(1, STRANGER, () => minuteOf(2, 600)),
      ...ranged(3, 8).map((day) =>
        boundAt(minuteOf(day, 0), "2603:10b6:930:3d::7", [`<${day}@contoso.example>`], {
          ClientInfoString: "Client=REST;Client=RESTSystem;;",
        }),
      ),
    ],
    outcome: "notAssessed",
  },
  {
    name: "a watched address in an allowed network, and one that is Microsoft's",
    audit: [
      ...ownDays(10),
      ...boundEach(1, STRANGER, () => minuteOf(5, 600)),
      ...boundEach(1, "40.97.1.1", () => minuteOf(6, 600)),
    ],
    allow: "203.0.113.0/24",
    watch: `${STRANGER}\n40.97.1.1`,
    outcome: "found",
    says: [
      { entity: STRANGER, points: 12, rows: [11] },
      { entity: "40.97.1.1", points: 12, rows: [12] },
    ],
  },
];
