import { boundEach, minuteOf, ownDays } from "../access-volume/examples.ts";
import type { ApiRecord } from "../../activities/example.ts";
import type { RuleExample } from "../example.ts";
import { boundAt, OWNER, HOME, STRANGER, dailyLogons, deliveredAt, doneAt, logonAt, readAt } from "../example.ts";

const home = dailyLogons(10, HOME);

/** Messages that arrive at one time, by their subjects; their items are `name` and a number. */
const mail = (name: string, time: string, ...subjects: readonly string[]) =>
  subjects.map((subject, at) => deliveredAt(time, `${name}-${at + 1}`, subject));
const three = ["Lunch on Friday", "Minutes", "Your parcel"];
const items = (name: string, count: number) => Array.from({ length: count }, (_, at) => `${name}-${at + 1}`);

/** A session that puts items on display, all at 21:05. */
function reading(address: string, day: string, ...read: readonly string[]): ApiRecord[] {
  const session = `${address} on ${day}`;
  return [
    logonAt(`${day}T21:00:00Z`, address, { session }),
    ...read.map((item) => readAt(`${day}T21:05:00Z`, item, session)),
  ];
}
const stranger = (...read: readonly string[]) => reading(STRANGER, "2018-03-05", ...read);
const owner = (...read: readonly string[]) => reading(HOME, "2018-03-05", ...read);

/** The ways in which a message begins in the hands of whoever writes it. */
const WRITING = ["MessageSent", "DraftCreated", "NewMessage"];
/** A session of the owner's that writes three messages. */
function writing(day: string): ApiRecord[] {
  const session = `writing on ${day}`;
  return [
    logonAt(`${day}T20:00:00Z`, HOME, { session }),
    ...WRITING.map((type, at) => doneAt(`${day}T20:10:00Z`, type, { item: `own-${at + 1}`, session })),
  ];
}

const OLD = mail("old", "2018-03-01T07:00:00Z", ...three);
const FRESH = mail("fresh", "2018-03-05T20:00:00Z", ...three);

export const examples: readonly RuleExample[] = [
  {
    name: "three messages of days ago",
    records: [...OLD, ...home, ...stranger(...items("old", 3))],
    outcome: "found",
    says: [
      {
        entity: STRANGER,
        points: 11,
        text: "3 of 3 messages come to were 2 days old or older (0 % from familiar addresses)",
        rows: [15, 16, 17],
      },
    ],
  },
  {
    name: "two messages are no habit",
    records: [...OLD, ...home, ...stranger(...items("old", 2))],
    outcome: "clear",
  },
  {
    name: "two days old to the second",
    records: [...mail("day", "2018-03-03T21:05:00Z", ...three), ...home, ...stranger(...items("day", 3))],
    outcome: "found",
    says: [{ entity: STRANGER, points: 11 }],
  },
  {
    name: "a second less",
    records: [...mail("day", "2018-03-03T21:05:01Z", ...three), ...home, ...stranger(...items("day", 3))],
    outcome: "clear",
  },
  {
    name: "half of them old",
    records: [...OLD, ...FRESH, ...home, ...stranger("old-1", "fresh-1", "old-2", "fresh-2")],
    outcome: "found",
    says: [{ entity: STRANGER, points: 11, text: "2 of 4", rows: [18, 20] }],
  },
  {
    name: "a third of them old",
    records: [...OLD, ...FRESH, ...home, ...stranger("old-1", "fresh-1", "fresh-2")],
    outcome: "clear",
  },
  {
    name: "the owner on the way, reading what has just come in",
    records: [...FRESH, ...home, ...stranger(...items("fresh", 3))],
    outcome: "clear",
  },
  {
    name: "money by two of three subjects, just arrived",
    records: [
      ...mail("fresh", "2018-03-05T20:00:00Z", "Invoice 4711", "Wire instructions", "Lunch"),
      ...home,
      ...stranger(...items("fresh", 3)),
    ],
    outcome: "found",
    says: [
      {
        entity: STRANGER,
        points: 11,
        text: "2 of 3 messages come to were about money by their subject",
        rows: [15, 16],
      },
    ],
  },
  {
    name: "old and about money: two reasons",
    records: [
      ...mail("old", "2018-03-01T07:00:00Z", "Invoice 4711", "Wire instructions", "Remittance advice"),
      ...home,
      ...stranger(...items("old", 3)),
    ],
    outcome: "found",
    says: [
      { entity: STRANGER, points: 11, text: "days old" },
      { entity: STRANGER, points: 11, text: "about money" },
    ],
  },
  {
    name: "subjects that only look like money",
    records: [
      ...mail("fresh", "2018-03-05T20:00:00Z", "Bank holiday", "Wireless", "Attached"),
      ...home,
      ...stranger(...items("fresh", 3)),
    ],
    outcome: "clear",
  },
  {
    // Half at home, all of them here: twice as many.
    name: "twice the owner's share",
    records: [...OLD, ...FRESH, ...home, ...owner("old-1", "fresh-1"), ...stranger(...items("old", 3))],
    outcome: "found",
    says: [{ entity: STRANGER, points: 11, text: "(50 % from familiar addresses)" }],
  },
  {
    name: "an owner who reads old messages at home as well",
    records: [...OLD, ...FRESH, ...home, ...owner("old-1", "old-2", "fresh-1"), ...stranger(...items("old", 3))],
    outcome: "clear",
  },
  {
    name: "messages that were there before the log began",
    records: [...home, ...stranger("unknown-1", "unknown-2", "unknown-3")],
    outcome: "found",
    says: [{ entity: STRANGER, points: 11, text: "2 days old or older", rows: [12, 13, 14] }],
  },
  {
    // Since the first row of the log: 37 hours.
    name: "the same on the log's second day, when they may be fresh",
    records: [...home, ...reading(STRANGER, "2018-03-02", "unknown-1", "unknown-2", "unknown-3")],
    outcome: "clear",
  },
  {
    name: "three displays of one message are one message",
    records: [
      ...OLD,
      ...home,
      ...stranger("old-1"),
      readAt("2018-03-05T21:06:00Z", "old-1", `${STRANGER} on 2018-03-05`),
      readAt("2018-03-05T21:07:00Z", "old-1", `${STRANGER} on 2018-03-05`),
    ],
    outcome: "clear",
  },
  {
    // One message of four is old, by three rows of six.
    name: "one old message again and again among fresh ones",
    records: [
      ...OLD,
      ...FRESH,
      ...home,
      ...stranger("old-1", ...items("fresh", 3)),
      readAt("2018-03-05T21:06:00Z", "old-1", `${STRANGER} on 2018-03-05`),
      readAt("2018-03-05T21:07:00Z", "old-1", `${STRANGER} on 2018-03-05`),
    ],
    outcome: "clear",
  },
  {
    name: "three messages, one of them displayed twice: the first time counts",
    records: [
      ...OLD,
      ...home,
      ...stranger(...items("old", 3)),
      readAt("2018-03-05T21:06:00Z", "old-1", `${STRANGER} on 2018-03-05`),
    ],
    outcome: "found",
    says: [{ entity: STRANGER, points: 11, text: "3 of 3 messages", rows: [15, 16, 17] }],
  },
  {
    name: "a display that names no item is of no message",
    records: [
      ...OLD,
      ...home,
      ...stranger("old-1", "old-2"),
      doneAt("2018-03-05T21:06:00Z", "ReadingPaneDisplayStart", { session: `${STRANGER} on 2018-03-05` }),
    ],
    outcome: "clear",
  },
  {
    name: "nothing but displays that name no item",
    records: [
      ...OLD,
      ...home,
      ...stranger(),
      ...["06", "07", "08"].map((minute) =>
        doneAt(`2018-03-05T21:${minute}:00Z`, "ReadingPaneDisplayStart", { session: `${STRANGER} on 2018-03-05` }),
      ),
    ],
    outcome: "notAssessed",
  },
  {
    name: "what the owner wrote an hour before is fresh",
    records: [...home, ...writing("2018-03-05"), ...stranger(...items("own", 3))],
    outcome: "clear",
  },
  {
    name: "what the owner wrote three days before is old",
    records: [...home, ...writing("2018-03-02"), ...stranger(...items("own", 3))],
    outcome: "found",
    says: [{ entity: STRANGER, points: 11, text: "3 of 3 messages", rows: [16, 17, 18] }],
  },
  {
    name: "the end of a display is no second one",
    records: [
      ...OLD,
      ...home,
      ...stranger("old-1", "old-2"),
      ...["old-1", "old-2"].map((item) =>
        doneAt("2018-03-05T21:06:00Z", "ReadingPaneDisplayEnd", { item, session: `${STRANGER} on 2018-03-05` }),
      ),
    ],
    outcome: "clear",
  },
  {
    name: "tied to the address by its latest logon alone, with nobody else there",
    records: [
      ...OLD,
      ...home,
      logonAt("2018-03-05T21:00:00Z", STRANGER),
      ...items("old", 3).map((item) => readAt("2018-03-05T21:05:00Z", item)),
    ],
    outcome: "found",
    says: [{ entity: STRANGER, points: 11, rows: [15, 16, 17] }],
  },
  {
    name: "the owner was there as well, and no session says who it was",
    records: [
      ...OLD,
      ...home,
      logonAt("2018-03-05T20:00:00Z", HOME),
      logonAt("2018-03-05T21:00:00Z", STRANGER),
      ...items("old", 3).map((item) => readAt("2018-03-05T21:05:00Z", item)),
    ],
    outcome: "notAssessed",
  },
  { name: "no reading at all", records: [...OLD, ...home, ...stranger()], outcome: "notAssessed" },
  {
    name: "an allowed address",
    records: [...OLD, ...home, ...owner("old-1"), ...stranger(...items("old", 3))],
    allow: STRANGER,
    outcome: "clear",
  },
  {
    name: "Microsoft's own address",
    records: [
      ...OLD,
      ...FRESH,
      ...home,
      ...owner("fresh-1"),
      ...reading("40.97.1.1", "2018-03-05", ...items("old", 3)),
    ],
    outcome: "clear",
  },
  {
    name: "an age and a weight of the user's own",
    records: [...mail("day", "2018-03-04T21:05:00Z", ...three), ...home, ...stranger(...items("day", 3))],
    rules: "rules:\n  address-reads:\n    oldDays: 1\n    old: 9\n",
    outcome: "found",
    says: [{ entity: STRANGER, points: 9, text: "3 of 3 messages come to were 1 day" }],
  },
  {
    name: "beside an audit log, it says that it counts the messages of the other records",
    records: [...OLD, ...home, ...stranger(...items("old", 3))],
    audit: [boundAt("2018-03-05T20:30:00Z", STRANGER, ["<1@fabrikam.example>", "<2@fabrikam.example>"])],
    user: OWNER,
    outcome: "found",
    says: [
      {
        entity: STRANGER,
        points: 11,
        text: "3 of 3 messages come to by records of the Activities API, those of audit logs left out, were 2 days old or older",
      },
    ],
  },
  {
    name: "an audit log has no deliveries to tell old messages by",
    audit: [...ownDays(10), ...boundEach(5, STRANGER, (at) => minuteOf(8, 600 + at))],
    outcome: "notAssessed",
    why: "by records of the Activities API; those of audit logs are passed over",
  },
  {
    name: "sixty old messages, of which fifty are looked at",
    records: [...mail("old", "2018-03-01T07:00:00Z", ...items("Lunch", 60)), ...home, ...stranger(...items("old", 60))],
    outcome: "found",
    says: [
      {
        entity: STRANGER,
        points: 11,
        text: "50 of 50 messages come to, a sample of 60, were 2 days old or older (0 % from familiar addresses)",
      },
    ],
  },
];
