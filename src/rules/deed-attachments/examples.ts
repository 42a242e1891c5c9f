import type { ApiRecord } from "../../activities/example.ts";
import type { RuleExample } from "../example.ts";
import { dailyLogons, logonAt } from "../example.ts";

const HOME = "192.0.2.1";
export const INTRUDER = "203.0.113.66";
/** Rows 1 to 6: the owner's mornings, and a stranger in the night of the third, the only one of those hours. */
export const entered = [...dailyLogons(5, HOME), logonAt("2018-03-03T20:00:00Z", INTRUDER)];
/** The same, with the owner in the same application an hour before: no row of the night is certain. */
export const beside = [
  ...dailyLogons(5, HOME),
  logonAt("2018-03-03T19:00:00Z", HOME),
  logonAt("2018-03-03T20:00:00Z", INTRUDER),
];

/** Something done in the browser on the night of the stranger's. */
export function done(
  time: string,
  ActivityIdType: string,
  ActivityItemId: string,
  CustomProperties: Readonly<Record<string, string>> = {},
): ApiRecord {
  return { TimeStamp: `2018-03-03T${time}Z`, AppIdType: "Web", ActivityIdType, ActivityItemId, CustomProperties };
}

export const examples: readonly RuleExample[] = [
  {
    name: "attachments opened and previewed by an address on the watch list",
    records: [
      ...entered,
      done("08:10:00", "OpenedAnAttachment", "item-1"),
      done("20:10:00", "OpenedAnAttachment", "item-2"),
      done("20:12:00", "PreviewOfAttachmentStarted", "item-3"),
    ],
    watch: INTRUDER,
    outcome: "found",
    says: [
      {
        entity: INTRUDER,
        points: 50,
        text: "2 (2 of medium confidence) attachments opened, previewed or downloaded",
        rows: [8, 9],
      },
    ],
  },
  {
    name: "one that is certain enough is enough, and the other may be the owner's",
    records: [
      ...beside,
      logonAt("2018-03-03T20:05:00Z", INTRUDER, { session: "web-1" }),
      done("20:10:00", "OpenedAnAttachment", "item-1"),
      { ...done("20:11:00", "OpenedAnAttachment", "item-2"), ClientSessionId: "web-1" },
    ],
    watch: INTRUDER,
    outcome: "found",
    says: [
      {
        entity: INTRUDER,
        points: 50,
        text: "1 (1 of high confidence) attachments opened, previewed or downloaded; 1 more of low confidence",
        rows: [10],
      },
    ],
  },
  {
    name: "all of it may have been the owner's",
    records: [...beside, done("20:10:00", "OpenedAnAttachment", "item-1")],
    watch: INTRUDER,
    outcome: "found",
    says: [{ entity: INTRUDER, points: 25, text: "1 (1 of low confidence)", rows: [8] }],
  },
  {
    name: "an address that scores less than high",
    records: [...entered, done("20:10:00", "OpenedAnAttachment", "item-1")],
    outcome: "clear",
  },
  {
    name: "a suspicious address that only read, and the owner's attachment",
    records: [
      ...entered,
      done("08:10:00", "OpenedAnAttachment", "item-1"),
      done("20:10:00", "ReadingPaneDisplayStart", "item-1"),
    ],
    watch: INTRUDER,
    outcome: "clear",
  },
];
