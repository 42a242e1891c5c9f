import { auditAt } from "../../activities/audit-example.ts";
import { boundEach, minuteOf, ownDays } from "../access-volume/examples.ts";
import type { RuleExample } from "../example.ts";
import { dailyLogons, logonAt } from "../example.ts";

const INTRUDER = "203.0.113.66";
const records = [...dailyLogons(5, "192.0.2.1"), logonAt("2018-03-03T23:00:00Z", INTRUDER)];

export const examples: readonly RuleExample[] = [
  {
    name: "a network on the list that an address lies in",
    records,
    watch: "203.0.113.0/26\n203.0.113.64/26 # seen in March\n",
    outcome: "found",
    says: [{ entity: INTRUDER, points: 74, text: "203.0.113.64/26", rows: [6] }],
  },
  {
    name: "an address that never came in",
    records: [...dailyLogons(5, "192.0.2.1"), logonAt("2018-03-03T23:00:00Z", INTRUDER, { result: "Failure" })],
    watch: INTRUDER,
    outcome: "found",
    says: [{ entity: INTRUDER, points: 22 }],
  },
  { name: "a list that names nobody here", records, watch: "198.51.100.0/24", outcome: "clear" },
  { name: "no list", records, outcome: "notAssessed" },
  {
    name: "an audit log without sign-ins",
    audit: [...ownDays(5), ...boundEach(2, INTRUDER, (at) => minuteOf(3, 600 + at))],
    watch: INTRUDER,
    outcome: "found",
    says: [{ entity: INTRUDER, points: 74, rows: [6, 7] }],
  },
  {
    name: "an address of which only attempts that failed are known: the first and the last of them",
    audit: [
      ...ownDays(5),
      ...[600, 601, 602].map((minute) =>
        auditAt(minuteOf(3, minute), "Send", { ClientIP: INTRUDER, ResultStatus: "Failed" }),
      ),
    ],
    watch: INTRUDER,
    outcome: "found",
    says: [{ entity: INTRUDER, points: 22, rows: [6, 8] }],
  },
];
