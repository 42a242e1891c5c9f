import type { AuditRecordExample, RuleExample } from "../example.ts";
import { auditAt, boundAt, dailyLogons, HOME, OWNER, STRANGER } from "../example.ts";

/** One message opened in the owner's mailbox and in so many others, one after the other, by their owners' names. */
function eachOf(mailboxes: number, minutes: number, address = STRANGER): AuditRecordExample[] {
  return Array.from({ length: mailboxes }, (_, at) => {
    const time = new Date(Date.UTC(2024, 2, 1, 8, at * minutes)).toISOString().replace(".000", "");
    const UserId = at === 0 ? OWNER : `user${at}@contoso.example`;
    return boundAt(time, address, [`<${at}@fabrikam.example>`], { UserId, MailboxOwnerUPN: UserId });
  });
}

/** The owner at home on so many further days. */
const mornings = (days: number) =>
  Array.from({ length: days }, (_, at) =>
    boundAt(`2024-03-${String(at + 2).padStart(2, "0")}T08:00:00Z`, HOME, [`<m${at}@fabrikam.example>`]),
  );

/** The stranger in the owner's mailbox on the second day. */
const again = boundAt("2024-03-02T20:00:00Z", STRANGER, ["<again@fabrikam.example>"]);

const upTo = (last: number) => Array.from({ length: last }, (_, at) => at + 1);

export const examples: readonly RuleExample[] = [
  {
    name: "six mailboxes within an hour",
    audit: [...eachOf(6, 12), ...mornings(5)],
    outcome: "found",
    says: [
      {
        entity: STRANGER,
        points: 50,
        text: `6 mailboxes within 60 minutes from 2024-03-01T08:00:00Z on (${OWNER}, user1@contoso.example`,
        rows: upTo(6),
      },
      { entity: STRANGER, points: 0, text: "in 6 records on 1 of the log's 6 days (17 %)", rows: upTo(6) },
    ],
  },
  {
    name: "the busiest hour is told, once a mailbox",
    audit: [...eachOf(3, 70), ...eachOf(6, 1).map((record) => ({ ...record, CreationTime: "2024-03-01T15:00:00" }))],
    outcome: "found",
    says: [
      {
        entity: STRANGER,
        points: 50,
        text: "6 mailboxes within 60 minutes from 2024-03-01T15:00:00Z on",
        rows: [4, 5, 6, 7, 8, 9],
      },
      { entity: STRANGER, points: 0, text: "6 mailboxes in all", rows: [1, 2, 3, 7, 8, 9] },
    ],
  },
  {
    name: "21 mailboxes, never more than five of them within an hour",
    audit: [...eachOf(21, 15), ...mornings(5)],
    outcome: "found",
    says: [{ entity: STRANGER, points: 30, text: "21 mailboxes in all", rows: upTo(21) }],
  },
  {
    name: "20 mailboxes, never more than five of them within an hour",
    audit: [...eachOf(20, 15), ...mornings(5)],
    outcome: "clear",
  },
  {
    name: "201 mailboxes, of each of which a record is named",
    audit: eachOf(201, 0),
    outcome: "found",
    says: [
      { entity: STRANGER, points: 50, text: "201 mailboxes within 60 minutes", rows: upTo(201) },
      { entity: STRANGER, points: 0, text: "and 191 more), in 201 records on 1", rows: upTo(201) },
    ],
  },
  { name: "five mailboxes", audit: eachOf(5, 1), outcome: "clear" },
  {
    name: "an office: the address is in use on most days of the log",
    audit: [...eachOf(9, 1, HOME), ...mornings(5)],
    outcome: "clear",
  },
  {
    name: "on two of the log's five days it may be one",
    audit: [...eachOf(6, 12), again, ...mornings(4)],
    outcome: "clear",
  },
  {
    name: "on two of six it is none",
    audit: [...eachOf(6, 12), again, ...mornings(5)],
    outcome: "found",
    says: [
      { entity: STRANGER, points: 50, text: "6 mailboxes within 60 minutes", rows: upTo(6) },
      {
        entity: STRANGER,
        points: 0,
        text: "in 7 records (the first of each mailbox is named) on 2 of the log's 6 days (33 %)",
      },
    ],
  },
  {
    name: "nothing shows it in a log of four days",
    audit: [...eachOf(6, 12), again, ...mornings(3)],
    outcome: "found",
    says: [
      { entity: STRANGER, points: 50, text: "6 mailboxes within 60 minutes", rows: upTo(6) },
      {
        entity: STRANGER,
        points: 0,
        text: "in 7 records (the first of each mailbox is named) on 2 of the log's 4 days (50 %)",
      },
    ],
  },
  {
    name: "Microsoft's own address, and one that is nobody's",
    audit: [...eachOf(9, 1, "2603:10b6:930:3d::7"), ...eachOf(9, 1, "10.0.0.7"), ...eachOf(9, 1, "")],
    outcome: "clear",
  },
  { name: "an allowed network", audit: eachOf(9, 1), allow: "203.0.113.0/24", outcome: "clear" },
  {
    name: "a watched address in an allowed network, and one that is Microsoft's",
    audit: [...eachOf(6, 1), ...eachOf(6, 1, "2603:10b6:930:3d::7"), ...eachOf(6, 1, "203.0.113.67")],
    allow: "203.0.113.0/24",
    watch: `${STRANGER}\n2603:10b6:930:3d::7`,
    outcome: "found",
    says: [STRANGER, "2603:10b6:930:3d::7"].flatMap((entity, at) => [
      { entity, points: 50, text: "6 mailboxes within 60 minutes", rows: upTo(6).map((row) => 6 * at + row) },
      { entity, points: 0, text: "6 mailboxes in all" },
      { entity, points: 0, text: `on the watch list as ${entity}` },
    ]),
  },
  {
    name: "a watched address in use on most of the log's days is an office's all the same",
    audit: [...eachOf(9, 1, HOME), ...mornings(5)],
    watch: HOME,
    outcome: "clear",
  },
  { name: "one mailbox alone", audit: mornings(5), outcome: "notAssessed" },
  {
    name: "an audit log without MailItemsAccessed",
    audit: [auditAt("2024-03-01T08:00:00Z", "Send", { ClientIPAddress: HOME })],
    outcome: "notAssessed",
  },
  { name: "no audit log", records: dailyLogons(3, HOME), outcome: "notAssessed" },
];
