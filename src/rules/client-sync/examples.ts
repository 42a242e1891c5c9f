import type { ApiRecord } from "../../activities/example.ts";
import type { RuleExample } from "../example.ts";
import { dailyLogons, logonAt } from "../example.ts";

const HOME = "192.0.2.1";
const INTRUDER = "203.0.113.66";

function delivered(time: string, ActivityItemId: string): ApiRecord {
  return { TimeStamp: time, AppIdType: "Exchange", ActivityIdType: "MessageDelivered", ActivityItemId };
}

export const examples: readonly RuleExample[] = [
  {
    name: "IMAP4 from a strange network: what was delivered before it is copied",
    records: [
      ...dailyLogons(5, HOME),
      delivered("2018-03-01T09:00:00Z", "item-1"),
      delivered("2018-03-03T23:00:00Z", "item-2"),
      delivered("2018-03-03T23:00:01Z", "item-3"),
      logonAt("2018-03-03T22:59:00Z", INTRUDER, { app: "IMAP4", result: "Failure" }),
      logonAt("2018-03-03T23:00:00Z", INTRUDER, { app: "IMAP4" }),
      logonAt("2018-03-04T23:00:00Z", INTRUDER, { app: "IMAP4" }),
    ],
    outcome: "found",
    says: [
      {
        entity: "IMAP4",
        points: 45,
        text: "successful logon from 203.0.113.66 at 2018-03-03T23:00:00Z; 2 messages of this log were delivered before it",
        rows: [10, 11],
      },
    ],
  },
  {
    name: "the owner's own program, every day from home",
    records: dailyLogons(5, HOME, { app: "POP3" }),
    outcome: "found",
    says: [
      {
        entity: "POP3",
        points: 10,
        text: "successful logon from 192.0.2.1 at 2018-03-01T08:00:00Z; 0 messages",
        rows: [1, 2, 3, 4, 5],
      },
    ],
  },
  {
    name: "a stranger beside the owner, with the same application: only the stranger's rows",
    records: [...dailyLogons(5, HOME, { app: "IMAP4" }), logonAt("2018-03-03T23:00:00Z", INTRUDER, { app: "IMAP4" })],
    outcome: "found",
    says: [{ entity: "IMAP4", points: 45, text: "from 203.0.113.66 at 2018-03-03T23:00:00Z", rows: [6] }],
  },
  {
    name: "a program that polls every day since the fifth is no habit of the owner's",
    records: [...dailyLogons(14, HOME), ...dailyLogons(10, INTRUDER, { app: "IMAP4", from: 4 })],
    outcome: "found",
    says: [
      {
        entity: "IMAP4",
        points: 45,
        text: "from 203.0.113.66 at 2018-03-05T08:00:00Z",
        rows: [15, 16, 17, 18, 19, 20, 21, 22, 23, 24],
      },
    ],
  },
  {
    name: "attempts that failed, and a browser from a strange network",
    records: [
      ...dailyLogons(5, HOME),
      logonAt("2018-03-03T22:59:00Z", INTRUDER, { app: "IMAP4", result: "Failure" }),
      logonAt("2018-03-03T23:00:00Z", INTRUDER),
    ],
    outcome: "clear",
  },
  {
    name: "no logon at all",
    records: [delivered("2018-03-01T09:00:00Z", "item-1")],
    outcome: "notAssessed",
  },
];
