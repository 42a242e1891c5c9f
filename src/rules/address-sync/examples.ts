import type { RuleExample } from "../example.ts";
import { HOME, HOTEL, STRANGER, dailyLogons, logonAt } from "../example.ts";

const home = dailyLogons(10, HOME);
const records = [...home, logonAt("2018-03-05T23:00:00Z", STRANGER, { app: "IMAP4" })];

export const examples: readonly RuleExample[] = [
  {
    name: "the first IMAP4 client of a mailbox, from a strange network",
    records,
    outcome: "found",
    says: [
      {
        entity: STRANGER,
        points: 45,
        text: "first successful IMAP4 logon at 2018-03-05T23:00:00Z, and none from a familiar network",
        rows: [11],
      },
    ],
  },
  {
    name: "a POP3 client that polls on two days",
    records: [...home, ...dailyLogons(2, STRANGER, { app: "POP3", from: 5 })],
    outcome: "found",
    says: [{ entity: STRANGER, points: 45, text: "POP3 logon at 2018-03-06T08:00:00Z", rows: [11, 12] }],
  },
  {
    name: "one that polls on half of the days is a habit of nobody but itself",
    records: [...home, ...dailyLogons(5, STRANGER, { app: "POP3", from: 5 })],
    outcome: "found",
    says: [{ entity: STRANGER, points: 45, text: "none from a familiar network", rows: [11, 12, 13, 14, 15] }],
  },
  {
    name: "from two addresses of one network",
    records: [
      ...home,
      ...dailyLogons(3, "2001:db8:9::1", { app: "POP3", from: 4 }),
      ...dailyLogons(3, "2001:db8:9:1::2", { app: "POP3", from: 7 }),
    ],
    outcome: "found",
    says: [
      { entity: "2001:db8:9::1", points: 45, rows: [11, 12, 13] },
      { entity: "2001:db8:9:1::2", points: 45, rows: [14, 15, 16] },
    ],
  },
  {
    // The archive is new itself: before it, there was none.
    name: "another network beside an archive that polls on 3 of 10 days",
    records: [
      ...home,
      ...dailyLogons(3, HOTEL, { app: "POP3", from: 5 }),
      logonAt("2018-03-09T23:00:00Z", STRANGER, { app: "IMAP4" }),
    ],
    outcome: "found",
    says: [
      { entity: HOTEL, points: 45 },
      { entity: STRANGER, points: 20, text: "such clients are usual here", rows: [14] },
    ],
  },
  {
    name: "2 of 10 days are not many",
    records: [
      ...home,
      ...dailyLogons(2, HOTEL, { app: "POP3", from: 5 }),
      logonAt("2018-03-09T23:00:00Z", STRANGER, { app: "IMAP4" }),
    ],
    outcome: "found",
    says: [
      { entity: HOTEL, points: 45 },
      { entity: STRANGER, points: 45, rows: [13] },
    ],
  },
  {
    name: "a second network where the owner uses such a client at home",
    records: [...dailyLogons(10, HOME, { app: "IMAP4" }), logonAt("2018-03-05T23:00:00Z", HOTEL, { app: "IMAP4" })],
    outcome: "found",
    says: [{ entity: HOTEL, points: 20, text: "such clients are usual here", rows: [11] }],
  },
  {
    name: "a log of one day, without any habit",
    records: [logonAt("2018-03-05T08:00:00Z", HOME), logonAt("2018-03-05T23:00:00Z", STRANGER, { app: "IMAP4" })],
    outcome: "found",
    says: [{ entity: STRANGER, points: 45, text: "none from a familiar network", rows: [2] }],
  },
  {
    name: "a scanner that has polled since the log began",
    records: [...home, ...dailyLogons(10, HOTEL, { app: "POP3" })],
    outcome: "clear",
  },
  {
    name: "an attempt by IMAP4 that failed",
    records: [...home, logonAt("2018-03-05T23:00:00Z", STRANGER, { app: "IMAP4", result: "Failure" })],
    outcome: "clear",
  },
  {
    name: "a telephone, which keeps a copy as well and leaves records",
    records: [...home, logonAt("2018-03-05T23:00:00Z", STRANGER, { app: "Mobile" })],
    outcome: "clear",
  },
  {
    name: "Microsoft's own migration and an inner scanner",
    records: [
      ...home,
      logonAt("2018-03-05T23:00:00Z", "40.97.1.1", { app: "IMAP4" }),
      logonAt("2018-03-05T23:00:00Z", "10.0.0.5", { app: "POP3" }),
    ],
    outcome: "clear",
  },
  { name: "an allowed archive service", records, allow: "203.0.113.0/24", outcome: "clear" },
  {
    name: "no successful logon",
    records: [logonAt("2018-03-05T23:00:00Z", STRANGER, { app: "IMAP4", result: "Failure" })],
    outcome: "notAssessed",
  },
  {
    name: "weights of the user's own",
    records,
    rules: "rules:\n  address-sync:\n    first: 60\n",
    outcome: "found",
    says: [{ entity: STRANGER, points: 60 }],
  },
];
