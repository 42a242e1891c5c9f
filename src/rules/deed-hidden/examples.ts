import { beside, done, entered, INTRUDER } from "../deed-attachments/examples.ts";
import type { RuleExample } from "../example.ts";

export const examples: readonly RuleExample[] = [
  {
    name: "deleted, deleted beyond Deleted Items, and moved to where nobody looks",
    records: [
      ...entered,
      done("20:10:00", "Delete", "item-1"),
      done("20:11:00", "Delete", "item-2", { DeleteType: "HardDelete" }),
      done("20:12:00", "Move", "item-3", { TargetFolder: "RSS Feeds" }),
      done("20:13:00", "Move", "item-4", { TargetFolder: "Deleted Items" }),
      done("20:14:00", "Move", "item-5", { TargetFolder: "Project North" }),
    ],
    watch: INTRUDER,
    outcome: "found",
    says: [
      {
        entity: INTRUDER,
        points: 50,
        text: "4 (4 of medium confidence) deleted or moved, 1 of them beyond Deleted Items, 1 to where nobody looks",
        rows: [7, 8, 9, 10],
      },
    ],
  },
  {
    name: "a deletion and the move within two seconds of it are one deed, later they are two",
    records: [
      ...entered,
      done("20:10:00", "Delete", "item-1"),
      done("20:10:02", "Move", "item-1", { TargetFolder: "Deleted Items" }),
      done("20:11:00", "Delete", "item-2"),
      done("20:11:03", "Move", "item-2", { TargetFolder: "Deleted Items" }),
    ],
    watch: INTRUDER,
    outcome: "found",
    says: [{ entity: INTRUDER, points: 50, text: "3 (3 of medium confidence) deleted or moved", rows: [7, 9, 10] }],
  },
  {
    name: "folders in the languages of their clients",
    records: [
      ...entered,
      done("20:10:00", "Move", "item-1", { TargetFolder: "RSS-Abonnements" }),
      done("20:11:00", "Move", "item-2", { TargetFolder: "Aufgezeichnete Unterhaltungen" }),
      done("20:12:00", "Move", "item-3", { TargetFolder: "Historique des conversations" }),
      done("20:13:00", "Move", "item-4", { DestinationFolder: "CONVERSATION HISTORY" }),
      done("20:14:00", "MoveFromInbox", "item-5", { TargetFolder: "Éléments supprimés" }),
    ],
    watch: INTRUDER,
    outcome: "found",
    says: [
      {
        entity: INTRUDER,
        points: 50,
        text: "0 of them beyond Deleted Items, 4 to where nobody looks",
        rows: [7, 8, 9, 10, 11],
      },
    ],
  },
  {
    name: "all of it may have been the owner's",
    records: [...beside, done("20:10:00", "Delete", "item-1")],
    watch: INTRUDER,
    outcome: "found",
    says: [{ entity: INTRUDER, points: 25, text: "1 (1 of low confidence) deleted", rows: [8] }],
  },
  {
    name: "moves to folders of the owner's own, and a folder whose name only begins so",
    records: [
      ...entered,
      done("20:10:00", "Move", "item-1", { TargetFolder: "Project North" }),
      done("20:11:00", "Move", "item-2", { TargetFolder: "RSS feeds of the North" }),
      done("20:12:00", "Move", "item-3", { TargetFolder: "Inbox" }),
      done("20:13:00", "MoveToInbox", "item-4"),
      // Owners move spam there every day.
      done("20:14:00", "Move", "item-5", { TargetFolder: "Junk Email" }),
    ],
    watch: INTRUDER,
    outcome: "clear",
  },
  {
    name: "the owner's deletions, and those of an address that scores less than high",
    records: [...entered, done("08:10:00", "Delete", "item-1"), done("20:10:00", "Delete", "item-2")],
    outcome: "clear",
  },
];
