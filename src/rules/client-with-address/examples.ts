import type { RuleExample } from "../example.ts";
import { dailyLogons, logonAt } from "../example.ts";

const HOME = "192.0.2.1";
const INTRUDER = "203.0.113.66";
const CHROME =
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/64.0.3282.186 Safari/537.36";
const FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:58.0) Gecko/20100101 Firefox/58.0";
const NEWER = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:59.0) Gecko/20100101 Firefox/59.0";
const home = dailyLogons(6, HOME, { agent: CHROME });

export const examples: readonly RuleExample[] = [
  {
    name: "a new browser with the first logon of a new address, on the fourth day",
    records: [
      ...home,
      logonAt("2018-03-04T20:00:00Z", INTRUDER, { agent: FIREFOX }),
      logonAt("2018-03-05T20:00:00Z", INTRUDER, { agent: FIREFOX }),
    ],
    outcome: "found",
    says: [{ entity: FIREFOX, points: 15, text: "first used by the first logon of 203.0.113.66", rows: [7] }],
  },
  {
    name: "of two versions, the one that came first",
    records: [
      ...home,
      logonAt("2018-03-04T20:00:00Z", INTRUDER, { agent: FIREFOX }),
      logonAt("2018-03-05T20:00:00Z", "198.51.100.7", { agent: NEWER }),
    ],
    outcome: "found",
    says: [{ entity: FIREFOX, points: 15, rows: [7] }],
  },
  {
    name: "logons that failed before do not make the address known",
    records: [
      ...home,
      logonAt("2018-03-04T19:00:00Z", INTRUDER, { agent: FIREFOX, result: "Failure" }),
      logonAt("2018-03-04T20:00:00Z", INTRUDER, { agent: FIREFOX }),
    ],
    outcome: "found",
    says: [{ entity: FIREFOX, points: 15, rows: [8] }],
  },
  {
    name: "on the third day everything is new",
    records: [...home, logonAt("2018-03-03T20:00:00Z", INTRUDER, { agent: FIREFOX })],
    outcome: "clear",
  },
  {
    name: "a new address with the owner's browser",
    records: [...home, logonAt("2018-03-04T20:00:00Z", INTRUDER, { agent: CHROME })],
    outcome: "clear",
  },
  {
    name: "a new browser at an address that was there already",
    records: [
      ...home,
      logonAt("2018-03-03T20:00:00Z", INTRUDER, { agent: CHROME }),
      logonAt("2018-03-04T20:00:00Z", INTRUDER, { agent: FIREFOX }),
    ],
    outcome: "clear",
  },
  {
    name: "a new browser at home, and an older version of it elsewhere later",
    records: [
      ...home,
      logonAt("2018-03-04T20:00:00Z", HOME, { agent: NEWER }),
      logonAt("2018-03-05T20:00:00Z", INTRUDER, { agent: FIREFOX }),
    ],
    outcome: "clear",
  },
  {
    name: "a colleague's address inside of the company",
    records: [...home, logonAt("2018-03-04T20:00:00Z", "10.0.0.7", { agent: FIREFOX })],
    outcome: "clear",
  },
  {
    name: "logons that name no client",
    records: [...dailyLogons(6, HOME), logonAt("2018-03-04T20:00:00Z", INTRUDER)],
    outcome: "notAssessed",
  },
];
