import type { RuleExample } from "../example.ts";
import { dailyLogons, logonAt } from "../example.ts";
import { ranAt } from "../search-terms/examples.ts";

const HOME = "192.0.2.1";
const INTRUDER = "203.0.113.66";
/** Rows 1 to 6: the owner's days, and a stranger in the night of the third. */
const entered = [...dailyLogons(5, HOME), logonAt("2018-03-03T20:00:00Z", INTRUDER)];

export const examples: readonly RuleExample[] = [
  {
    name: "payments and credentials, an hour apart",
    records: [...entered, ranAt("2018-03-03T20:05:00Z", "invoice"), ranAt("2018-03-03T21:05:00Z", "password")],
    outcome: "found",
    says: [
      { entity: "1", points: 10, text: "payments, credentials within 60 minutes", rows: [7, 8] },
      { entity: "2", points: 10, text: "payments, credentials within 60 minutes", rows: [7, 8] },
    ],
  },
  {
    name: "two themes in one query; other queries of the hour get nothing, unless they hold a term",
    records: [
      ...entered,
      ranAt("2018-03-03T20:05:00Z", "payroll password"),
      ranAt("2018-03-03T20:06:00Z", "holiday photos"),
      ranAt("2018-03-03T20:07:00Z", "ceo"),
      ranAt("2018-03-03T20:08:00Z", "payroll"),
    ],
    outcome: "found",
    says: [
      { entity: "1", points: 10, text: "payroll, credentials within 60 minutes", rows: [7, 10] },
      { entity: "4", points: 10, text: "payroll, credentials within 60 minutes", rows: [7, 10] },
    ],
  },
  {
    name: "26 searches in half an hour: too many to be cited for each of them",
    records: [
      ...entered,
      ...Array.from({ length: 26 }, (_, at) => {
        const time = `2018-03-03T20:${String(at + 5).padStart(2, "0")}:00Z`;
        return ranAt(time, at % 2 === 0 ? "invoice" : "password");
      }),
    ],
    outcome: "found",
    says: Array.from({ length: 26 }, (_, at) => ({
      entity: String(at + 1),
      points: 10,
      text: "payments, credentials within 60 minutes; of 26 rows the first, the last and its own are cited",
      rows: [...new Set([7, at + 7, 32])],
    })),
  },
  {
    // 20:05 to 21:05 holds the first three, 20:35 to 21:35 the last three.
    name: "sittings that overlap: each search has the first of them, with its themes in their order",
    records: [
      ...entered,
      ranAt("2018-03-03T20:05:00Z", "invoice"),
      ranAt("2018-03-03T20:35:00Z", "password"),
      ranAt("2018-03-03T21:05:00Z", "payroll"),
      ranAt("2018-03-03T21:35:00Z", "invoice"),
    ],
    outcome: "found",
    says: [
      { entity: "1", points: 10, text: "payments, credentials, payroll within", rows: [7, 8, 9] },
      { entity: "2", points: 10, text: "payments, credentials, payroll within", rows: [7, 8, 9] },
      { entity: "3", points: 10, text: "payments, credentials, payroll within", rows: [7, 8, 9] },
      { entity: "4", points: 10, text: "credentials, payroll, payments within", rows: [8, 9, 10] },
    ],
  },
  {
    name: "a second more than an hour",
    records: [...entered, ranAt("2018-03-03T20:05:00Z", "invoice"), ranAt("2018-03-03T21:05:01Z", "password")],
    outcome: "clear",
  },
  {
    name: "one theme, and the names of offices, which are none",
    records: [
      ...entered,
      ranAt("2018-03-03T20:05:00Z", "invoice"),
      ranAt("2018-03-03T20:06:00Z", "bank details"),
      ranAt("2018-03-03T20:07:00Z", "cfo"),
    ],
    outcome: "clear",
  },
  {
    name: "the owner at home",
    records: [
      ...entered,
      ranAt("2018-03-04T08:05:00Z", "invoice"),
      ranAt("2018-03-04T08:06:00Z", "password"),
      ranAt("2018-03-04T08:07:00Z", "passport"),
    ],
    outcome: "clear",
  },
  {
    name: "one theme here and one there",
    records: [...entered, ranAt("2018-03-03T08:05:00Z", "invoice"), ranAt("2018-03-03T20:05:00Z", "password")],
    rules: "rules:\n  search-sitting:\n    minutes: 1440\n",
    outcome: "clear",
  },
  { name: "no search", records: entered, outcome: "notAssessed" },
];
