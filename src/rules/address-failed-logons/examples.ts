import { minuteOf, ownDays } from "../access-volume/examples.ts";
import type { RuleExample } from "../example.ts";
import { AGENTS, HOME, HOTEL, STRANGER, dailyLogons, logonAt, readAt, signInAt } from "../example.ts";

const home = dailyLogons(10, HOME, { agent: AGENTS.chrome });
const failed = (address: string, ...times: string[]) =>
  times.map((time) => logonAt(`2018-03-05T${time}Z`, address, { result: "Failure" }));
const entered = (address: string, time: string, agent: string = AGENTS.firefox) =>
  logonAt(`2018-03-05T${time}Z`, address, { agent });

const ranged = (count: number) => Array.from({ length: count }, (_, at) => at);

export const examples: readonly RuleExample[] = [
  {
    name: "three failures, then success",
    records: [...home, ...failed(STRANGER, "20:00:00", "20:01:00", "20:02:00"), entered(STRANGER, "20:10:00")],
    outcome: "found",
    says: [
      {
        entity: STRANGER,
        points: 20,
        text: "3 failed logons from its network within 2 hours before a successful one",
        rows: [11, 12, 13, 14],
      },
    ],
  },
  {
    // Rows 11 to 30 are of the one, 31 to 40 and the success in row 41 of the other.
    name: "of 30 failures of its network an address cites the first, the last and its own",
    records: [
      ...home,
      ...failed("2001:db8:9::1", ...ranged(20).map((at) => `20:${at + 10}:00`)),
      ...failed("2001:db8:9::2", ...ranged(10).map((at) => `20:${at + 30}:00`)),
      entered("2001:db8:9::2", "20:40:00"),
    ],
    outcome: "found",
    says: [
      {
        entity: "2001:db8:9::1",
        points: 10,
        text: "20 failed logons and no successful one",
        rows: ranged(20).map((at) => at + 11),
      },
      {
        entity: "2001:db8:9::2",
        points: 20,
        text: "30 failed logons from its network within 2 hours before a successful one; of 30 rows the first, the last and its own are cited",
        rows: [11, ...ranged(11).map((at) => at + 31)],
      },
    ],
  },
  {
    name: "30 failures of its own it cites all",
    records: [
      ...home,
      ...failed(STRANGER, ...ranged(30).map((at) => `20:${at + 10}:00`)),
      entered(STRANGER, "20:40:00"),
    ],
    outcome: "found",
    says: [
      {
        entity: STRANGER,
        points: 20,
        text: "30 failed logons from its network",
        rows: ranged(31).map((at) => at + 11),
      },
    ],
  },
  {
    name: "two failures, then success",
    records: [...home, ...failed(STRANGER, "20:00:00", "20:01:00"), entered(STRANGER, "20:10:00")],
    outcome: "found",
    says: [{ entity: STRANGER, points: 8, text: "2 failed logons", rows: [11, 12, 13] }],
  },
  {
    name: "a slip of the fingers",
    records: [...home, ...failed(STRANGER, "20:00:00"), entered(STRANGER, "20:00:30")],
    outcome: "found",
    says: [{ entity: STRANGER, points: 8, text: "1 failed logon from", rows: [11, 12] }],
  },
  {
    // Half of 20.
    name: "the owner's browser, whose owner mistypes too",
    records: [...home, ...failed(HOTEL, "20:00:00", "20:01:00", "20:02:00"), entered(HOTEL, "20:10:00", AGENTS.chrome)],
    outcome: "found",
    says: [{ entity: HOTEL, points: 10, text: "with a client that the owner uses", rows: [11, 12, 13, 14] }],
  },
  {
    name: "a browser of the owner's and another one",
    records: [
      ...home,
      ...failed(HOTEL, "20:00:00", "20:01:00", "20:02:00"),
      entered(HOTEL, "20:10:00", AGENTS.chrome),
      entered(HOTEL, "20:20:00"),
    ],
    outcome: "found",
    says: [{ entity: HOTEL, points: 20, rows: [11, 12, 13, 14] }],
  },
  {
    name: "a client that nobody names is not the owner's, who names none either",
    records: [
      ...dailyLogons(10, HOME),
      ...failed(HOTEL, "20:00:00", "20:01:00", "20:02:00"),
      entered(HOTEL, "20:10:00", ""),
    ],
    outcome: "found",
    says: [{ entity: HOTEL, points: 20, rows: [11, 12, 13, 14] }],
  },
  {
    // Half of 8.
    name: "and mistypes once",
    records: [...home, ...failed(HOTEL, "20:00:00"), entered(HOTEL, "20:10:00", AGENTS.chrome)],
    outcome: "found",
    says: [{ entity: HOTEL, points: 4 }],
  },
  {
    name: "three within an hour, to the second",
    records: [...home, ...failed(STRANGER, "20:00:00", "20:30:00", "21:00:00"), entered(STRANGER, "21:30:00")],
    outcome: "found",
    says: [{ entity: STRANGER, points: 20 }],
  },
  {
    name: "three within an hour and a second are no burst",
    records: [...home, ...failed(STRANGER, "20:00:00", "20:30:00", "21:00:01"), entered(STRANGER, "21:30:00")],
    outcome: "found",
    says: [{ entity: STRANGER, points: 8, text: "3 failed logons" }],
  },
  {
    name: "success two hours after the last failure, to the second",
    records: [...home, ...failed(STRANGER, "18:00:00"), entered(STRANGER, "20:00:00")],
    outcome: "found",
    says: [{ entity: STRANGER, points: 8 }],
  },
  {
    name: "success a second later still",
    records: [...home, ...failed(STRANGER, "18:00:00"), entered(STRANGER, "20:00:01")],
    outcome: "clear",
  },
  {
    name: "a burst after the only success",
    records: [...home, entered(STRANGER, "20:00:00"), ...failed(STRANGER, "20:01:00", "20:02:00", "20:03:00")],
    outcome: "found",
    says: [
      {
        entity: STRANGER,
        points: 10,
        text: "3 failed logons and no successful one within 2 hours",
        rows: [12, 13, 14],
      },
    ],
  },
  {
    name: "two failures after the only success",
    records: [...home, entered(STRANGER, "20:00:00"), ...failed(STRANGER, "20:01:00", "20:02:00")],
    outcome: "clear",
  },
  {
    name: "a burst hours before the only success",
    records: [...home, ...failed(STRANGER, "12:00:00", "12:01:00", "12:02:00"), entered(STRANGER, "20:00:00")],
    outcome: "found",
    says: [{ entity: STRANGER, points: 10, text: "no successful one within 2 hours", rows: [11, 12, 13] }],
  },
  {
    name: "in at noon without a failure, and in the evening after three",
    records: [
      ...home,
      entered(STRANGER, "12:00:00"),
      ...failed(STRANGER, "20:00:00", "20:01:00", "20:02:00"),
      entered(STRANGER, "20:10:00"),
    ],
    outcome: "found",
    says: [{ entity: STRANGER, points: 20, text: "3 failed logons from", rows: [12, 13, 14, 15] }],
  },
  {
    name: "two successes: the one with most failures before it",
    records: [
      ...home,
      ...failed(STRANGER, "10:00:00"),
      entered(STRANGER, "10:05:00"),
      ...failed(STRANGER, "20:00:00", "20:01:00", "20:02:00"),
      entered(STRANGER, "20:10:00"),
      entered(STRANGER, "22:01:30"),
    ],
    outcome: "found",
    says: [{ entity: STRANGER, points: 20, text: "3 failed logons from", rows: [13, 14, 15, 16] }],
  },
  {
    name: "a burst that never came in",
    records: [...home, ...failed(STRANGER, "20:00:00", "20:01:00", "20:02:00")],
    outcome: "found",
    says: [{ entity: STRANGER, points: 10, text: "3 failed logons and no successful one", rows: [11, 12, 13] }],
  },
  {
    name: "two attempts that never came in",
    records: [...home, ...failed(STRANGER, "20:00:00", "20:01:00")],
    outcome: "clear",
  },
  {
    name: "attempts an hour apart that never came in",
    records: [...home, ...failed(STRANGER, "18:00:00", "19:00:00", "20:00:00", "21:00:00")],
    outcome: "clear",
  },
  {
    name: "guessed from one address, entered from another of its network",
    records: [
      ...home,
      ...failed("2001:db8:9::a", "20:00:00", "20:01:00", "20:02:00"),
      entered("2001:db8:9:1::b", "20:10:00"),
    ],
    outcome: "found",
    says: [
      { entity: "2001:db8:9::a", points: 10, text: "no successful one", rows: [11, 12, 13] },
      { entity: "2001:db8:9:1::b", points: 20, text: "3 failed logons from its network", rows: [11, 12, 13, 14] },
    ],
  },
  {
    name: "guessed from one network, entered from another",
    records: [...home, ...failed(HOTEL, "20:00:00", "20:01:00", "20:02:00"), entered(STRANGER, "20:10:00")],
    outcome: "found",
    says: [{ entity: HOTEL, points: 10, rows: [11, 12, 13] }],
  },
  {
    name: "the owner forgot the password at home",
    records: [...home, ...failed(HOME, "07:50:00", "07:51:00", "07:52:00", "07:53:00")],
    outcome: "clear",
  },
  {
    name: "an old password that Microsoft's own servers and an inner proxy try again and again",
    records: [
      ...home,
      ...failed("40.97.1.1", "20:00:00", "20:01:00", "20:02:00"),
      ...failed("10.0.0.5", "20:00:00", "20:01:00", "20:02:00"),
    ],
    outcome: "clear",
  },
  {
    name: "an allowed address",
    records: [...home, ...failed(STRANGER, "20:00:00", "20:01:00", "20:02:00"), entered(STRANGER, "20:10:00")],
    allow: STRANGER,
    outcome: "clear",
  },
  { name: "no logon records", records: [readAt("2018-03-05T08:00:00Z", "message")], outcome: "notAssessed" },
  {
    name: "a burst of the user's own size, and its weight",
    records: [...home, ...failed(STRANGER, "20:00:00", "20:01:00"), entered(STRANGER, "20:10:00")],
    rules: "rules:\n  address-failed-logons:\n    failures: 2\n    entered: 31\n",
    outcome: "found",
    says: [{ entity: STRANGER, points: 31 }],
  },
  {
    name: "hours of the user's own",
    records: [...home, ...failed(STRANGER, "12:00:00"), entered(STRANGER, "20:00:00")],
    rules: "rules:\n  address-failed-logons:\n    hours: 8\n",
    outcome: "found",
    says: [{ entity: STRANGER, points: 8, text: "within 8 hours" }],
  },
  {
    name: "sign-ins of an audit log",
    audit: [
      ...ownDays(10),
      ...ranged(3).map((at) => signInAt(minuteOf(5, 600 + at), STRANGER, { failed: true })),
      signInAt(minuteOf(5, 610), STRANGER),
    ],
    outcome: "found",
    says: [{ entity: STRANGER, points: 20, text: "3 failed logons from its network", rows: [11, 12, 13, 14] }],
  },
  {
    name: "sign-ins that were asked for another factor are no failures",
    audit: [
      ...ownDays(10),
      ...ranged(3).map((at) => ({
        ...signInAt(minuteOf(5, 600 + at), STRANGER, { failed: true }),
        ErrorNumber: "50074",
      })),
      signInAt(minuteOf(5, 610), STRANGER),
    ],
    outcome: "clear",
  },
  {
    name: "sign-ins that succeeded in part are no failures",
    audit: [
      ...ownDays(10),
      ...ranged(3).map((at) => ({
        ...signInAt(minuteOf(5, 600 + at), STRANGER),
        ResultStatus: "PartiallySucceeded",
      })),
      signInAt(minuteOf(5, 610), STRANGER),
    ],
    outcome: "clear",
  },
  {
    name: "failures behind the success in the log, of the same second",
    records: [
      ...home,
      entered(STRANGER, "20:00:00"),
      ...["a", "b", "c"].map((session) => logonAt("2018-03-05T20:00:00Z", STRANGER, { result: "Failure", session })),
    ],
    outcome: "found",
    says: [
      {
        entity: STRANGER,
        points: 10,
        text: "3 failed logons and no successful one within 2 hours",
        rows: [12, 13, 14],
      },
    ],
  },
];
