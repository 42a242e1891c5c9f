import type { AuditRecordExample, RuleExample } from "../example.ts";
import { boundAt, dailyLogons, HOME, STRANGER, syncedAt } from "../example.ts";

/** A time so many minutes after 08:00 UTC on a day of March 2026, counted from 1. */
export function minuteOf(day: number, minute: number): string {
  return new Date(Date.UTC(2026, 2, day, 8, minute)).toISOString().replace(".000", "");
}

/** Messages bound one after the other, a record each, by ids of their own. */
export function boundEach(
  count: number,
  address: string,
  timeOf: (at: number) => string,
  more: AuditRecordExample = {},
): AuditRecordExample[] {
  return Array.from({ length: count }, (_, at) => {
    const time = timeOf(at);
    return boundAt(time, address, [`<${at}.${time}.${address}@contoso.example>`], more);
  });
}

/** The owner's habit: so many messages at 08:00 UTC on each of so many days. */
export function ownDays(days: number, perDay = 2, more: AuditRecordExample = {}): AuditRecordExample[] {
  return Array.from({ length: days }, (_, day) =>
    boundAt(
      minuteOf(day + 1, 0),
      HOME,
      Array.from({ length: perDay }, (_, at) => `<own.${day}.${at}@contoso.example>`),
      more,
    ),
  ).flat();
}

const BACK_END = "2603:10b6:930:3d::7";
const evening = (at: number) => minuteOf(5, 600 + at);
const ranged = (from: number, count: number) => Array.from({ length: count }, (_, at) => from + at);
const throttled = {
  OperationProperties: [
    { Name: "MailAccessType", Value: "Bind" },
    { Name: "IsThrottled", Value: "True" },
  ],
};

export const examples: readonly RuleExample[] = [
  {
    name: "26 messages in an hour, where two are usual",
    audit: [...ownDays(10), ...boundEach(26, STRANGER, evening)],
    outcome: "found",
    says: [
      {
        entity: STRANGER,
        points: 20,
        text: "26 messages bound within an hour, 100 % of the mailbox's; the fullest hour of a usual day has 2",
        rows: ranged(11, 26),
      },
    ],
  },
  {
    name: "one message, named 26 times by one record",
    audit: [
      ...ownDays(10),
      boundAt(
        evening(0),
        STRANGER,
        Array.from({ length: 26 }, () => "<one@contoso.example>"),
      ),
    ],
    outcome: "clear",
  },
  { name: "25 are not many", audit: [...ownDays(10), ...boundEach(25, STRANGER, evening)], outcome: "clear" },
  {
    name: "26 in an hour and a bit",
    audit: [...ownDays(10), ...boundEach(26, STRANGER, (at) => minuteOf(5, 600 + at * 2.44))],
    outcome: "clear",
  },
  {
    name: "half of the hour is not most of it",
    audit: [...ownDays(10), ...boundEach(26, STRANGER, evening), ...boundEach(26, HOME, evening)],
    outcome: "clear",
  },
  {
    name: "26 of the hour's 46 are most of it",
    audit: [...ownDays(10), ...boundEach(26, STRANGER, evening), ...boundEach(20, HOME, evening)],
    outcome: "found",
    says: [{ entity: STRANGER, points: 20, text: "57 % of the mailbox's", rows: ranged(11, 26) }],
  },
  {
    name: "a mailbox that has ten messages in an hour every day: 29 are less than three times that",
    audit: [...ownDays(10, 10), ...boundEach(29, STRANGER, evening)],
    outcome: "clear",
  },
  {
    name: "30 are not",
    audit: [...ownDays(10, 10), ...boundEach(30, STRANGER, evening)],
    outcome: "found",
    says: [{ entity: STRANGER, points: 20, text: "the fullest hour of a usual day has 10" }],
  },
  {
    // The stranger's own other evening is no habit of the mailbox's: the median of nine days stays 2.
    name: "on two evenings",
    audit: [
      ...ownDays(10),
      ...boundEach(40, STRANGER, (at) => minuteOf(4, 600 + at)),
      ...boundEach(26, STRANGER, evening),
    ],
    outcome: "found",
    says: [{ entity: STRANGER, points: 20, text: "40 messages bound within an hour" }],
  },
  {
    name: "the owner's own network counts a quarter",
    audit: [...ownDays(10), ...boundEach(40, HOME, evening)],
    outcome: "found",
    says: [{ entity: HOME, points: 5, text: "a familiar network" }],
  },
  {
    // But for the day itself, there is one other.
    name: "too few days to compare with",
    audit: [...ownDays(2), ...boundEach(26, STRANGER, (at) => minuteOf(2, 600 + at))],
    outcome: "found",
    says: [{ entity: STRANGER, points: 10, text: "too few other days to compare with" }],
  },
  {
    // Days 1 and 3.
    name: "two other days are too few",
    audit: [...ownDays(3), ...boundEach(26, STRANGER, (at) => minuteOf(2, 600 + at))],
    outcome: "found",
    says: [{ entity: STRANGER, points: 10, text: "too few other days to compare with" }],
  },
  {
    // Days 1, 3 and 4.
    name: "three are not",
    audit: [...ownDays(4), ...boundEach(26, STRANGER, (at) => minuteOf(2, 600 + at))],
    outcome: "found",
    says: [{ entity: STRANGER, points: 20, text: "the fullest hour of a usual day has 2" }],
  },
  {
    name: "a record of a hundred operations",
    audit: [...ownDays(3), boundAt(evening(0), STRANGER, ["<one@contoso.example>"], { OperationCount: 100 })],
    outcome: "found",
    says: [{ entity: STRANGER, points: 10, text: "100 operations in one record", rows: [4] }],
  },
  {
    name: "one of 99",
    audit: [...ownDays(3), boundAt(evening(0), STRANGER, ["<one@contoso.example>"], { OperationCount: 99 })],
    outcome: "clear",
  },
  {
    name: "auditing that stopped",
    audit: [...ownDays(3), boundAt(evening(0), STRANGER, ["<one@contoso.example>"], throttled)],
    outcome: "found",
    says: [
      {
        entity: STRANGER,
        points: 15,
        text: "throttled at 2026-03-05T18:00:00: what was opened in the 24 hours",
        rows: [4],
      },
    ],
  },
  {
    name: "all of it together",
    audit: [
      ...ownDays(10),
      boundAt(
        evening(0),
        STRANGER,
        ranged(0, 120).map((at) => `<${at}@contoso.example>`),
        throttled,
      ),
    ],
    outcome: "found",
    says: [{ entity: STRANGER, points: 45, text: "120 operations in one record" }],
  },
  {
    name: "the service's own back end",
    audit: [
      ...ownDays(10),
      ...boundEach(40, BACK_END, evening, { ClientInfoString: "Client=REST;Client=RESTSystem;;" }),
    ],
    outcome: "clear",
  },
  {
    name: "an allowed address",
    audit: [...ownDays(10), ...boundEach(40, STRANGER, evening)],
    allow: STRANGER,
    outcome: "clear",
  },
  {
    name: "a limit of the user's own",
    audit: [...ownDays(10), ...boundEach(26, STRANGER, evening)],
    rules: "rules:\n  access-volume:\n    MailAccessVolumeThreshold: 26\n",
    outcome: "clear",
  },
  { name: "folders alone", audit: [syncedAt(evening(0), STRANGER, "\\Inbox")], outcome: "notAssessed" },
  { name: "an export of the Activities API", records: dailyLogons(3, HOME), outcome: "notAssessed" },
];
