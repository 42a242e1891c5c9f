import type { AuditRecordExample, RuleExample } from "../example.ts";
import { auditAt, boundAt, HOME, OWNER, signInAt, STRANGER, syncedAt } from "../example.ts";

const TOM = "tom@contoso.example";
const RUTH = "ruth@contoso.example";

/** Ten days of somebody at home, who opens a message a day. */
function usual(user: string): readonly AuditRecordExample[] {
  return Array.from({ length: 10 }, (_, day) =>
    boundAt(`2026-03-${String(day + 1).padStart(2, "0")}T08:00:00Z`, HOME, [`<${day}@fabrikam.example>`], {
      MailboxOwnerUPN: user,
      UserId: user,
    }),
  );
}

/** Folders of a mailbox copied by a stranger: high by itself. */
const copiedOf = (user: string) => [
  ...usual(user),
  syncedAt("2026-03-05T23:00:00Z", STRANGER, "\\Inbox", {
    ClientInfoString: "Client=WebServices;ExchangeWebServices (eM Client/9.2.2307);",
    MailboxOwnerUPN: user,
    UserId: user,
  }),
];
const copied = copiedOf(OWNER);

/** One message opened in another mailbox, which is little by itself. */
const openedBy = (user: string) =>
  boundAt("2026-03-06T01:00:00Z", STRANGER, ["<1@fabrikam.example>"], { MailboxOwnerUPN: user, UserId: user });
const opened = openedBy(TOM);
/** So many other mailboxes, in each of which the stranger opened a message. */
const others = (count: number) =>
  Array.from({ length: count }, (_, at) => `user${at + 1}@contoso.example`).flatMap((user) => [
    ...usual(user),
    openedBy(user),
  ]);
const refused = { MailboxOwnerUPN: RUTH, UserId: RUTH, ResultStatus: "Failed" };
const refusedRead = boundAt("2026-03-06T02:30:00Z", STRANGER, ["<1@fabrikam.example>"], refused);
const refusedDelete = auditAt("2026-03-06T02:40:00Z", "HardDelete", {
  ...refused,
  ClientIPAddress: STRANGER,
  AffectedItems: [{ InternetMessageId: "<1@fabrikam.example>" }],
});
const tried = signInAt("2026-03-06T02:00:00Z", STRANGER, { user: RUTH, failed: true });

const inPart = { ResultStatus: "PartiallySucceeded" };

export const examples: readonly RuleExample[] = [
  {
    name: "an address that copied one mailbox opened a message in another",
    audit: [...copied, ...usual(TOM), opened],
    outcome: "found",
    says: [
      { entity: STRANGER, points: 0, text: "scores high in owner@contoso.example", rows: [11] },
      { entity: STRANGER, points: 50, text: "was also in tom@contoso.example", rows: [22] },
    ],
  },
  {
    name: "two others",
    audit: [...copied, ...others(2)],
    outcome: "found",
    says: [
      { entity: STRANGER, points: 0, rows: [11] },
      { entity: STRANGER, points: 60, text: "was also in user1@contoso.example", rows: [22, 33] },
    ],
  },
  {
    name: "five others: the fourth further one adds nothing",
    audit: [...copied, ...others(5)],
    outcome: "found",
    says: [
      { entity: STRANGER, points: 0, rows: [11] },
      { entity: STRANGER, points: 80, text: "user5@contoso.example", rows: [22, 33, 44, 55, 66] },
    ],
  },
  {
    name: "it failed to log on to a third one",
    audit: [...copied, ...usual(TOM), opened, ...usual(RUTH), tried],
    outcome: "found",
    says: [
      { entity: STRANGER, points: 0, rows: [11] },
      { entity: STRANGER, points: 50, text: "1 display or access of messages", rows: [22] },
      { entity: STRANGER, points: 0, text: "has only failed attempts in ruth@contoso.example", rows: [33] },
    ],
  },
  {
    name: "it only failed to log on elsewhere",
    audit: [...copied, ...usual(RUTH), tried],
    outcome: "found",
    says: [
      { entity: STRANGER, points: 0, rows: [11] },
      { entity: STRANGER, points: 25, text: "1 failed logon; first 2026-03-06T02:00:00", rows: [22] },
    ],
  },
  {
    name: "it failed elsewhere at what is no logon",
    audit: [...copied, ...usual(RUTH), refusedRead, refusedDelete],
    outcome: "found",
    says: [
      { entity: STRANGER, points: 0, rows: [11] },
      {
        entity: STRANGER,
        points: 25,
        text: "has only failed attempts in ruth@contoso.example (scores 0; 2 rows of failed attempts; first 2026-03-06T02:30:00",
        rows: [22, 23],
      },
    ],
  },
  {
    name: "it opened a message elsewhere and failed to delete one",
    audit: [...copied, ...usual(TOM), opened, { ...refusedDelete, MailboxOwnerUPN: TOM, UserId: TOM }],
    outcome: "found",
    says: [
      { entity: STRANGER, points: 0, rows: [11] },
      {
        entity: STRANGER,
        points: 50,
        text: "1 row of failed attempts, 1 display or access of messages; first",
        rows: [22, 23],
      },
    ],
  },
  {
    name: "it failed to log on elsewhere and sent a message there all the same",
    audit: [
      ...copied,
      ...usual(RUTH),
      tried,
      auditAt("2026-03-06T02:10:00Z", "Send", { ClientIPAddress: STRANGER, MailboxOwnerUPN: RUTH, UserId: RUTH }),
    ],
    outcome: "found",
    says: [
      { entity: STRANGER, points: 0, rows: [11] },
      {
        entity: STRANGER,
        points: 50,
        text: "was also in ruth@contoso.example (scores 12; 1 failed logon, 1 record of answering or sending;",
        rows: [22, 23],
      },
    ],
  },
  {
    name: "it opened a message elsewhere, sent one, deleted one and wrote a draft: all is counted",
    audit: [
      ...copied,
      ...usual(TOM),
      opened,
      auditAt("2026-03-06T01:10:00Z", "Send", { ClientIPAddress: STRANGER, MailboxOwnerUPN: TOM, UserId: TOM }),
      auditAt("2026-03-06T01:20:00Z", "HardDelete", {
        ClientIPAddress: STRANGER,
        MailboxOwnerUPN: TOM,
        UserId: TOM,
        AffectedItems: [{ InternetMessageId: "<1@fabrikam.example>" }],
      }),
      auditAt("2026-03-06T01:30:00Z", "Create", { ClientIPAddress: STRANGER, MailboxOwnerUPN: TOM, UserId: TOM }),
    ],
    outcome: "found",
    says: [
      { entity: STRANGER, points: 0, rows: [11] },
      {
        entity: STRANGER,
        points: 50,
        text: "1 display or access of messages, 1 record of answering or sending, 1 record of a change, 1 other record; first",
        rows: [22, 25],
      },
    ],
  },
  {
    name: "it only logged on in part elsewhere, which nobody can tell from a failure",
    audit: [...copied, ...usual(RUTH), { ...signInAt("2026-03-06T02:00:00Z", STRANGER, { user: RUTH }), ...inPart }],
    outcome: "found",
    says: [
      { entity: STRANGER, points: 0, rows: [11] },
      {
        entity: STRANGER,
        points: 25,
        text: "has only failed attempts or logons that succeeded in part in ruth@contoso.example (scores 0; 1 logon that succeeded in part; first",
        rows: [22],
      },
    ],
  },
  {
    name: "it scores high in both mailboxes",
    audit: [...copied, ...copiedOf(TOM)],
    outcome: "found",
    says: [
      {
        entity: STRANGER,
        points: 50,
        // 35 for a strange Sync, 15 for its client and 12 for a network of one day.
        text: ", tom@contoso.example (scores 62; 1 display or access of messages; first 2026-03-05T23:00:00)",
        rows: [11, 22],
      },
    ],
  },
  {
    name: "it scores high in three, and opened a message in a fourth",
    audit: [...copied, ...copiedOf(TOM), ...copiedOf(RUTH), ...others(1)],
    outcome: "found",
    says: [
      { entity: STRANGER, points: 60, text: "scores high in owner@contoso.example", rows: [11, 22, 33] },
      { entity: STRANGER, points: 10, text: "was also in user1@contoso.example", rows: [44] },
    ],
  },
  {
    name: "it scores high in five, and opened a message in a sixth, which adds nothing",
    audit: [...copied, ...["a", "b", "c", "d"].flatMap((user) => copiedOf(`${user}@contoso.example`)), ...others(1)],
    outcome: "found",
    says: [
      { entity: STRANGER, points: 80, text: "scores high in owner@contoso.example", rows: [11, 22, 33, 44, 55] },
      { entity: STRANGER, points: 0, text: "was also in user1@contoso.example", rows: [66] },
    ],
  },
  {
    name: "it scores high in two and only failed to log on to a third",
    audit: [...copied, ...copiedOf(TOM), ...usual(RUTH), tried],
    outcome: "found",
    says: [
      { entity: STRANGER, points: 50, text: "scores high in owner@contoso.example", rows: [11, 22] },
      { entity: STRANGER, points: 0, text: "has only failed attempts in ruth@contoso.example", rows: [33] },
    ],
  },
  { name: "nobody scores high", audit: [...usual(OWNER), ...usual(TOM), opened], outcome: "clear" },
  { name: "one mailbox", audit: copied, outcome: "notAssessed" },
];
