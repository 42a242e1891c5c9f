import { boundEach, minuteOf, ownDays } from "../access-volume/examples.ts";
import type { RuleExample } from "../example.ts";
import { HOME, HOTEL, STRANGER, dailyLogons, doneAt, logonAt } from "../example.ts";

const BACK_END = "2603:10b6:930:3d::7";

/** An address of every day, and one of some days. */
const someDays = (all: number, some: number) => [...dailyLogons(all, HOME), ...dailyLogons(some, HOTEL, { from: 4 })];

export const examples: readonly RuleExample[] = [
  {
    name: "a network of every day, beside one of a single day",
    records: [...dailyLogons(10, HOME), logonAt("2018-03-05T20:00:00Z", STRANGER)],
    outcome: "found",
    says: [{ entity: HOME, points: -40, text: "network 192.0.2.1 in use on 10 of 10 active days", rows: [1, 10] }],
  },
  {
    // The first day makes no habit: the share is that of further days, 4 of 10.
    name: "five days of eleven are a large share",
    records: someDays(11, 5),
    outcome: "found",
    says: [
      { entity: HOME, points: -40 },
      { entity: HOTEL, points: -40, text: "in use on 5 of 11 active days" },
    ],
  },
  {
    name: "four days of eleven are some",
    records: someDays(11, 4),
    outcome: "found",
    says: [
      { entity: HOME, points: -40 },
      { entity: HOTEL, points: -8, text: "in use on 4 of 11 active days" },
    ],
  },
  {
    name: "2 further days of 10 are just some",
    records: someDays(11, 3),
    outcome: "found",
    says: [
      { entity: HOME, points: -40 },
      { entity: HOTEL, points: -8 },
    ],
  },
  {
    name: "2 of 11 are not",
    records: someDays(12, 3),
    outcome: "found",
    says: [{ entity: HOME, points: -40 }],
  },
  {
    name: "another address of the same /48, on one day only",
    records: [...dailyLogons(10, "2001:db8:1::1"), logonAt("2018-03-05T20:00:00Z", "2001:db8:1:ff::9")],
    outcome: "found",
    says: [
      { entity: "2001:db8:1::1", points: -40 },
      { entity: "2001:db8:1:ff::9", points: -40, text: "network 2001:db8:1::/48", rows: [11, 11] },
    ],
  },
  {
    name: "three active days are enough",
    records: dailyLogons(3, HOME),
    outcome: "found",
    says: [{ entity: HOME, points: -40 }],
  },
  { name: "two are not", records: dailyLogons(2, HOME), outcome: "notAssessed" },
  {
    name: "another network every day",
    records: [HOME, HOTEL, STRANGER].flatMap((address, from) => dailyLogons(1, address, { from })),
    outcome: "clear",
  },
  {
    name: "attempts of every day that all failed",
    records: [
      ...[HOTEL, HOME, STRANGER].flatMap((address, from) => dailyLogons(1, address, { from })),
      ...["01", "02", "03"].map((day) => logonAt(`2018-03-${day}T20:00:00Z`, "198.51.100.99", { result: "Failure" })),
    ],
    outcome: "clear",
  },
  {
    name: "a client that polls every day since the fourth day does not make its network the owner's",
    records: [...dailyLogons(10, HOME), ...dailyLogons(7, STRANGER, { app: "IMAP4", from: 3 })],
    outcome: "found",
    says: [{ entity: HOME, points: -40 }],
  },
  {
    name: "one that was there on the third day does",
    records: [...dailyLogons(10, HOME), ...dailyLogons(8, HOTEL, { app: "IMAP4", from: 2 })],
    outcome: "found",
    says: [
      { entity: HOME, points: -40 },
      { entity: HOTEL, points: -40 },
    ],
  },
  {
    // No Mobile logon: their address is that of the last logon of the mailbox, with low confidence.
    name: "a telephone without a logon, which low confidence gives to a stranger day after day",
    records: [
      ...dailyLogons(5, HOME),
      logonAt("2018-03-06T20:00:00Z", STRANGER),
      ...["07", "08", "09", "10", "11"].map((day) =>
        doneAt(`2018-03-${day}T09:00:00Z`, "MarkAsRead", { app: "Mobile", item: "AAMkAG-1" }),
      ),
    ],
    outcome: "found",
    says: [{ entity: HOME, points: -40, text: "in use on 5 of 6 active days" }],
  },
  {
    name: "weights of the user's own",
    records: dailyLogons(3, HOME),
    rules: "rules:\n  address-familiar:\n    familiar: -5\n",
    outcome: "found",
    says: [{ entity: HOME, points: -5 }],
  },
  ...(["", BACK_END] as const).map((watch): RuleExample => ({
    name: `the service's own processes of every day are in use ${watch === "" ? "by nobody" : "where the watch list asks for them"}`,
    audit: [
      ...ownDays(5),
      ...boundEach(5, BACK_END, (at) => minuteOf(at + 1, 60), { ClientInfoString: "Client=REST;Client=RESTSystem;;" }),
    ],
    watch,
    outcome: "found",
    says: [HOME, ...(watch === "" ? [] : [BACK_END])].map((entity) => ({
      entity,
      points: -40,
      text: "in use on 5 of 5 active days",
    })),
  })),
];
