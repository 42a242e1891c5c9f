import type { RuleExample } from "../example.ts";
import { dailyLogons, logonAt } from "../example.ts";

const HOME = "192.0.2.1";
const CHROME =
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/64.0.3282.186 Safari/537.36";
const FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:58.0) Gecko/20100101 Firefox/58.0";
const THUNDERBIRD = "Mozilla/5.0 (Windows NT 10.0; WOW64; rv:52.0) Gecko/20100101 Thunderbird/52.6.0";
const twentyDays = dailyLogons(20, HOME, { agent: CHROME });

export const examples: readonly RuleExample[] = [
  {
    name: "an application type and a user agent on day 15 of 20",
    records: [...twentyDays, logonAt("2018-03-15T20:00:00Z", HOME, { app: "IMAP4", agent: THUNDERBIRD })],
    outcome: "found",
    says: [
      { entity: "IMAP4", points: 8, text: "first seen on day 15 of 20", rows: [21] },
      { entity: THUNDERBIRD, points: 8, text: "first seen on day 15 of 20", rows: [21] },
    ],
  },
  {
    name: "8 of 20 days without it are enough",
    records: [...twentyDays, logonAt("2018-03-09T20:00:00Z", HOME, { agent: FIREFOX })],
    outcome: "found",
    says: [{ entity: FIREFOX, points: 8, text: "first seen on day 9 of 20" }],
  },
  {
    name: "7 of 20 days are too small a part",
    records: [...twentyDays, logonAt("2018-03-08T20:00:00Z", HOME, { agent: FIREFOX })],
    outcome: "clear",
  },
  {
    name: "6 days are too few, although they are that part of 15",
    records: [...dailyLogons(15, HOME, { agent: CHROME }), logonAt("2018-03-07T20:00:00Z", HOME, { agent: FIREFOX })],
    outcome: "clear",
  },
  {
    name: "a log of two weeks is long enough, and its last day is late",
    records: [...dailyLogons(14, HOME, { agent: CHROME }), logonAt("2018-03-14T20:00:00Z", HOME, { agent: FIREFOX })],
    outcome: "found",
    says: [{ entity: FIREFOX, points: 8, text: "first seen on day 14 of 14" }],
  },
  {
    name: "an application type without any logon, as of what was done there",
    records: [...twentyDays, { TimeStamp: "2018-03-20T09:00:00Z", AppIdType: "Lync", ActivityIdType: "Flag" }],
    outcome: "found",
    says: [{ entity: "Lync", points: 8, text: "first seen on day 20 of 20", rows: [21] }],
  },
  {
    name: "a new version of the owner's browser",
    records: [
      ...twentyDays,
      logonAt("2018-03-15T20:00:00Z", HOME, { agent: CHROME.replace("Chrome/64.0.3282.186", "Chrome/65.0.3325.146") }),
    ],
    outcome: "clear",
  },
  {
    name: "13 days are too short a log",
    records: [...dailyLogons(13, HOME, { agent: CHROME }), logonAt("2018-03-13T20:00:00Z", HOME, { agent: FIREFOX })],
    outcome: "notAssessed",
  },
];
