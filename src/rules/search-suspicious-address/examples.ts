import type { RuleExample } from "../example.ts";
import { logonAt } from "../example.ts";
import { ranAt } from "../search-terms/examples.ts";

const HOME = "192.0.2.1";
const INTRUDER = "203.0.113.66";
/** Rows 1 and 2. Two days are too few for any habit: only the watch list scores here. */
const entered = [logonAt("2018-03-01T08:00:00Z", HOME), logonAt("2018-03-02T20:00:00Z", INTRUDER)];
/** The owner is in the same application two hours before. */
const beside = [logonAt("2018-03-02T18:00:00Z", HOME), logonAt("2018-03-02T20:00:00Z", INTRUDER)];
const listedFor = (points: number) => `rules:\n  address-watch-list:\n    listed: ${points}\n`;

export const examples: readonly RuleExample[] = [
  {
    name: "the only logon of the last hours is that of a critical address",
    records: [...entered, ranAt("2018-03-02T20:05:00Z", "holiday photos")],
    watch: INTRUDER,
    outcome: "found",
    says: [
      {
        entity: "1",
        points: 30,
        text: "from 203.0.113.66, which scores 74 (critical), attributed with medium confidence",
        rows: [3],
      },
    ],
  },
  {
    name: "a session of the suspicious address, although the owner logged on last",
    records: [
      logonAt("2018-03-02T20:00:00Z", INTRUDER, { session: "web-1" }),
      logonAt("2018-03-02T20:02:00Z", HOME, { session: "web-2" }),
      ranAt("2018-03-02T20:05:00Z", "holiday photos", { session: "web-1" }),
      ranAt("2018-03-02T20:06:00Z", "family photos", { session: "web-2" }),
    ],
    watch: INTRUDER,
    outcome: "found",
    says: [{ entity: "1", points: 30, text: "attributed with high confidence", rows: [3] }],
  },
  {
    name: "it may have been the owner",
    records: [...beside, ranAt("2018-03-02T20:05:00Z", "holiday photos")],
    watch: INTRUDER,
    outcome: "found",
    says: [{ entity: "1", points: 18, text: "attributed with low confidence" }],
  },
  {
    name: "high begins at 48, medium ends at 47",
    records: [...entered, ranAt("2018-03-02T20:05:00Z", "holiday photos")],
    watch: INTRUDER,
    rules: listedFor(48),
    outcome: "found",
    says: [{ entity: "1", points: 30, text: "which scores 48 (high)" }],
  },
  {
    name: "an address that scores medium",
    records: [...entered, ranAt("2018-03-02T20:05:00Z", "holiday photos")],
    watch: INTRUDER,
    rules: listedFor(47),
    outcome: "found",
    says: [{ entity: "1", points: 6, text: "which scores 47 (medium)" }],
  },
  {
    // 0.6 of 6 points are 3.6.
    name: "medium, and it may have been the owner",
    records: [...beside, ranAt("2018-03-02T20:05:00Z", "holiday photos")],
    watch: INTRUDER,
    rules: listedFor(22),
    outcome: "found",
    says: [{ entity: "1", points: 4, text: "which scores 22 (medium), attributed with low confidence" }],
  },
  {
    name: "low is not enough",
    records: [...entered, ranAt("2018-03-02T20:05:00Z", "holiday photos")],
    watch: INTRUDER,
    rules: listedFor(21),
    outcome: "clear",
  },
  {
    name: "a search of the owner's before the stranger came",
    records: [...entered, ranAt("2018-03-01T08:05:00Z", "invoice")],
    watch: INTRUDER,
    outcome: "clear",
  },
  {
    name: "a search before every logon",
    records: [...entered, ranAt("2018-03-01T07:05:00Z", "invoice")],
    watch: INTRUDER,
    outcome: "notAssessed",
  },
];
