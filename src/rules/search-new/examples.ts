import type { RuleExample } from "../example.ts";
import { dailyLogons, logonAt } from "../example.ts";
import { ranAt } from "../search-terms/examples.ts";

const HOME = "192.0.2.1";
/** Rows 1 to 7: the owner's days with one search, and a stranger in the night of the third. */
const entered = [
  ...dailyLogons(5, HOME),
  logonAt("2018-03-03T20:00:00Z", "203.0.113.66"),
  ranAt("2018-03-02T08:30:00Z", "Wire transfer"),
];

export const examples: readonly RuleExample[] = [
  {
    name: "a query of the stranger's own beside one that the owner uses as well",
    records: [...entered, ranAt("2018-03-03T20:05:00Z", "invoice"), ranAt("2018-03-03T20:30:00Z", "wire transfer")],
    outcome: "found",
    // Search 1 is the owner's, a day earlier.
    says: [{ entity: "2", points: 5, text: "never used from a familiar address", rows: [8] }],
  },
  {
    name: "operators make another query of the same words",
    records: [...entered, ranAt("2018-03-03T20:05:00Z", "wire OR transfer")],
    outcome: "found",
    says: [{ entity: "2", points: 5 }],
  },
  {
    name: "each time that it is run",
    records: [...entered, ranAt("2018-03-03T20:05:00Z", "invoice"), ranAt("2018-03-03T20:30:00Z", "Invoice")],
    outcome: "found",
    says: [
      { entity: "2", points: 5, rows: [8] },
      { entity: "3", points: 5, rows: [9] },
    ],
  },
  {
    name: "the owner's query in other letters, accents, spaces and quotes",
    records: [
      ...entered,
      ranAt("2018-03-03T20:05:00Z", "WIRE  transfer"),
      ranAt("2018-03-03T20:20:00Z", "wíre transfer"),
      ranAt("2018-03-03T20:40:00Z", '"wire transfer"'),
    ],
    outcome: "clear",
  },
  {
    name: "a query that the owner takes up later",
    records: [...entered, ranAt("2018-03-03T20:05:00Z", "invoice"), ranAt("2018-03-04T08:05:00Z", "invoice")],
    outcome: "clear",
  },
  { name: "nobody searched", records: dailyLogons(5, HOME), outcome: "notAssessed" },
  {
    name: "searches that no logon attributes",
    records: [ranAt("2018-03-01T07:00:00Z", "invoice"), ...dailyLogons(5, HOME)],
    outcome: "notAssessed",
  },
];
