import type { RuleExample } from "../example.ts";
import { dailyLogons, logonAt } from "../example.ts";

const HOME = "192.0.2.1";
const FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:58.0) Gecko/20100101 Firefox/58.0";
const NEWER = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:59.0) Gecko/20100101 Firefox/59.0";
const CHROME =
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/64.0.3282.186 Safari/537.36";
const usual = (days: number) => dailyLogons(days, HOME, { agent: CHROME });

export const examples: readonly RuleExample[] = [
  {
    name: "an application type and a user agent, once among 61",
    records: [...usual(60), logonAt("2018-03-15T20:00:00Z", HOME, { app: "Mobile", agent: FIREFOX })],
    outcome: "found",
    says: [
      { entity: "Mobile", points: 8, text: "1 of 61 events (2 %), on 1 day", rows: [61] },
      { entity: FIREFOX, points: 8, text: "1 of 61 events (2 %), on 1 day", rows: [61] },
    ],
  },
  {
    name: "one in fifty, of no more than fifty",
    records: [...usual(49), logonAt("2018-03-15T20:00:00Z", HOME, { agent: FIREFOX })],
    outcome: "found",
    says: [{ entity: FIREFOX, points: 8, text: "1 of 50 events (2 %), on 1 day" }],
  },
  {
    name: "two in 99 are more than one in fifty",
    records: [
      ...usual(97),
      logonAt("2018-03-15T20:00:00Z", HOME, { agent: FIREFOX }),
      logonAt("2018-03-16T20:00:00Z", HOME, { agent: FIREFOX }),
    ],
    outcome: "clear",
  },
  {
    name: "on two days",
    records: [
      ...usual(98),
      logonAt("2018-03-15T20:00:00Z", HOME, { agent: FIREFOX }),
      logonAt("2018-03-16T20:00:00Z", HOME, { agent: FIREFOX }),
    ],
    outcome: "found",
    says: [{ entity: FIREFOX, points: 8, text: "2 of 100 events (2 %), on 2 days", rows: [99, 100] }],
  },
  {
    name: "an application type that never logs on, by its first and last row",
    records: [
      ...usual(99),
      { TimeStamp: "2018-03-15T20:00:00Z", AppIdType: "Lync", ActivityIdType: "Flag" },
      { TimeStamp: "2018-03-15T20:01:00Z", AppIdType: "Lync", ActivityIdType: "Flag" },
    ],
    outcome: "found",
    says: [{ entity: "Lync", points: 8, text: "2 of 101 events (2 %), on 1 day", rows: [100, 101] }],
  },
  {
    name: "on three days it is no longer rare",
    records: [
      ...usual(147),
      ...["15", "16", "17"].map((day) => logonAt(`2018-03-${day}T20:00:00Z`, HOME, { agent: FIREFOX })),
    ],
    outcome: "clear",
  },
  {
    name: "nothing is rare among 49",
    records: [...usual(48), logonAt("2018-03-15T20:00:00Z", HOME, { agent: FIREFOX })],
    outcome: "notAssessed",
  },
  {
    name: "two versions of one browser count together",
    records: [
      ...usual(49),
      logonAt("2018-03-15T20:00:00Z", HOME, { agent: FIREFOX }),
      logonAt("2018-03-16T20:00:00Z", HOME, { agent: NEWER }),
    ],
    outcome: "clear",
  },
];
