import { beside, done, entered, INTRUDER } from "../deed-attachments/examples.ts";
import type { RuleExample } from "../example.ts";
import { auditAt, logonAt, OWNER, signInAt, STRANGER } from "../example.ts";

export const examples: readonly RuleExample[] = [
  {
    name: "answered, forwarded and sent from an address on the watch list",
    records: [
      ...entered,
      done("08:10:00", "Reply", "item-1"),
      done("20:10:00", "Reply", "item-2"),
      done("20:11:00", "ReplyAll", "item-3"),
      done("20:12:00", "MessageSent", "item-4"),
      done("20:13:00", "Forward", "item-5"),
      done("20:14:00", "RemoteSend", "item-6"),
    ],
    watch: INTRUDER,
    outcome: "found",
    says: [
      {
        entity: INTRUDER,
        points: 55,
        text: "5 (5 of medium confidence) answered, forwarded or sent",
        rows: [8, 9, 10, 11, 12],
      },
    ],
  },
  {
    name: "two suspicious addresses, each with its own",
    records: [
      ...entered,
      done("20:10:00", "MessageSent", "item-1"),
      logonAt("2018-03-04T20:00:00Z", "198.51.100.7"),
      { ...done("20:10:00", "Forward", "item-2"), TimeStamp: "2018-03-04T20:10:00Z" },
    ],
    watch: `${INTRUDER}\n198.51.100.7\n`,
    outcome: "found",
    says: [
      { entity: INTRUDER, points: 55, rows: [7] },
      { entity: "198.51.100.7", points: 55, rows: [9] },
    ],
  },
  {
    name: "all of it may have been the owner's",
    records: [...beside, done("20:10:00", "MessageSent", "item-1")],
    watch: INTRUDER,
    outcome: "found",
    says: [{ entity: INTRUDER, points: 25, text: "1 (1 of low confidence)", rows: [8] }],
  },
  {
    name: "drafts, and what the owner sent",
    records: [
      ...entered,
      done("08:10:00", "MessageSent", "item-1"),
      done("20:10:00", "DraftCreated", "item-2"),
      done("20:11:00", "NewMessage", "item-3"),
    ],
    watch: INTRUDER,
    outcome: "clear",
  },
  {
    name: "an address that scores less than high",
    records: [...entered, done("20:10:00", "MessageSent", "item-1")],
    outcome: "clear",
  },
  {
    name: "sending that failed",
    audit: [
      signInAt("2024-03-05T20:00:00Z", STRANGER),
      auditAt("2024-03-05T20:10:00Z", "Send", {
        ClientIPAddress: STRANGER,
        MailboxOwnerUPN: OWNER,
        ResultStatus: "Failed",
        Item: { Subject: "Invoice", InternetMessageId: "<1@contoso.example>" },
      }),
    ],
    watch: STRANGER,
    outcome: "clear",
  },
  {
    name: "three answers whose sendings are logged as well, and two other messages: no fewer than three",
    records: [
      ...entered,
      ...[1, 2, 3].map((at) => done(`20:1${at}:00`, "Reply", `answered-${at}`)),
      ...[1, 2].map((at) => done(`20:2${at}:00`, "MessageSent", `sent-${at}`)),
    ],
    watch: INTRUDER,
    outcome: "found",
    says: [
      {
        entity: INTRUDER,
        points: 55,
        text: "5 (5 of medium confidence) answered, forwarded or sent: at least 3 messages",
        rows: [7, 8, 9, 10, 11],
      },
    ],
  },
  {
    name: "messages without any id are messages of their own",
    audit: [
      signInAt("2024-03-05T20:00:00Z", STRANGER),
      ...[1, 2, 3].map((at) =>
        auditAt(`2024-03-05T20:1${at}:00Z`, "Send", {
          ClientIPAddress: STRANGER,
          MailboxOwnerUPN: OWNER,
          Item: { Subject: `Invoice ${at}` },
        }),
      ),
    ],
    watch: STRANGER,
    outcome: "found",
    says: [
      {
        entity: STRANGER,
        points: 55,
        text: "3 (3 of certain confidence) answered, forwarded or sent",
        rows: [2, 3, 4],
      },
    ],
  },
];
