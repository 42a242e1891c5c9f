import { beside, done, entered, INTRUDER } from "../deed-attachments/examples.ts";
import type { RuleExample } from "../example.ts";
import { logonAt } from "../example.ts";

/** So many displays, from 20:10 on, one every so many seconds. */
function displays(count: number, seconds: number, itemOf: (at: number) => string = (at) => `item-${at}`) {
  return Array.from({ length: count }, (_, at) => {
    const time = new Date(Date.UTC(2018, 2, 3, 20, 10, at * seconds)).toISOString().slice(11, 19);
    return done(time, "ReadingPaneDisplayStart", itemOf(at));
  });
}

/** A delivery of every message as two items, one after the other. */
function copyOf(at: number) {
  const message = Math.floor(at / 2);
  return {
    TimeStamp: "2018-03-03T19:00:00Z",
    AppIdType: "Transport",
    ActivityIdType: "MessageDelivered",
    ActivityItemId: `item-${at}`,
    CustomProperties: {
      InternetMessageId: `<${message}@fabrikam.example>`,
      ReceivedTime: `03/03/2018 07:00:${String(message).padStart(2, "0")} PM`,
    },
  };
}

/** Numbers of rows, from one on. */
const rowsFrom = (first: number, count: number) => Array.from({ length: count }, (_, at) => first + at);

export const examples: readonly RuleExample[] = [
  {
    name: "25 messages, a minute each",
    records: [...entered, ...displays(25, 60)],
    watch: INTRUDER,
    outcome: "found",
    says: [
      {
        entity: INTRUDER,
        points: 50,
        text: "25 (25 of medium confidence) opened within 60 minutes",
        rows: rowsFrom(7, 25),
      },
    ],
  },
  {
    // 24 pauses of 150 seconds are 3600 seconds.
    name: "25 messages in an hour to the second",
    records: [...entered, ...displays(25, 150)],
    watch: INTRUDER,
    outcome: "found",
    says: [{ entity: INTRUDER, points: 50, rows: rowsFrom(7, 25) }],
  },
  {
    name: "messages displayed twice: 25 different ones in 50 displays",
    records: [...entered, ...displays(50, 60, (at) => `item-${at % 25}`)],
    watch: INTRUDER,
    outcome: "found",
    says: [{ entity: INTRUDER, points: 50, text: "50 (50 of medium confidence)", rows: rowsFrom(7, 50) }],
  },
  {
    name: "all of it may have been the owner's",
    records: [...beside, ...displays(25, 60)],
    watch: INTRUDER,
    outcome: "found",
    says: [{ entity: INTRUDER, points: 25, text: "25 (25 of low confidence)", rows: rowsFrom(8, 25) }],
  },
  {
    // 13 messages in 26 displays.
    name: "copies of one message are one",
    records: [...entered, ...[...Array(26).keys()].map(copyOf), ...displays(26, 60)],
    watch: INTRUDER,
    outcome: "clear",
  },
  { name: "24 messages", records: [...entered, ...displays(24, 60)], watch: INTRUDER, outcome: "clear" },
  {
    name: "25 messages in an hour and 24 seconds",
    records: [...entered, ...displays(25, 151)],
    watch: INTRUDER,
    outcome: "clear",
  },
  {
    name: "one message 30 times",
    records: [...entered, ...displays(30, 60, () => "item-1")],
    watch: INTRUDER,
    outcome: "clear",
  },
  {
    name: "24 messages and the end of another's display, which is no access of its own",
    records: [...entered, ...displays(24, 60), done("20:50:00", "ReadingPaneDisplayEnd", "item-99")],
    watch: INTRUDER,
    outcome: "clear",
  },
  {
    name: "an address that scores less than high",
    records: [...entered, ...displays(25, 60)],
    rules: "rules:\n  address-reads:\n    enabled: false\n",
    outcome: "clear",
  },
  {
    name: "25 with those that may be the owner's: all of them are told, and it is unsure",
    records: [
      ...beside,
      logonAt("2018-03-03T20:05:00Z", INTRUDER, { session: "web-1" }),
      { ...done("20:06:00", "ReadingPaneDisplayStart", "first"), ClientSessionId: "web-1" },
      ...displays(24, 60),
    ],
    watch: INTRUDER,
    outcome: "found",
    says: [
      {
        entity: INTRUDER,
        points: 25,
        text: "25 (1 of high, 24 of low confidence) opened within 60 minutes",
        rows: rowsFrom(9, 25),
      },
    ],
  },
];
