import type { Dice } from "./dice.ts";

/** A made-up record of the unified audit log: what the Management Activity API gives, and what AuditData holds. */
export type AuditFields = Readonly<Record<string, unknown>>;

/** Names of the columns that the Purview portal exports. */
export const AUDIT_HEADER =
  "RecordId,CreationDate,RecordType,Operation,UserId,AuditData,AssociatedAdminUnits,AssociatedAdminUnitsNames";

const ADDRESSES = [
  "192.0.2.1",
  "198.51.100.2:1443",
  "[2001:db8::17]:443",
  "::ffff:203.0.113.9",
  "::1",
  "mail.contoso.example",
  "",
] as const;
const PEOPLE = ["anna@contoso.example", "Bob@contoso.example", "NOT-FOUND", "sean.o'brien@fabrikam.example"] as const;
const TEXTS = [
  "plain",
  'he said "yes"',
  "don't",
  "a, b; c",
  "two\r\nlines\tand a tab",
  "emoji \u{1f600} and ümlaut",
  "=cmd|' /C calc'!A0",
  '{"Operation":"inner"}',
  "",
  "\u001b]0;owned\u0007",
  "__proto__",
] as const;

function messageId(dice: Dice): string {
  return `<${dice.number(40)}@fabrikam.example>`;
}

/** What the operations say beside the members that all records have. */
const DETAILS: readonly [(dice: Dice) => AuditFields, ...((dice: Dice) => AuditFields)[]] = [
  (dice) => ({
    Operation: dice.pick(["UserLoggedIn", "UserLoginFailed"]),
    Workload: "AzureActiveDirectory",
    RecordType: 15,
    ErrorNumber: dice.pick(["0", "50126"]),
    ExtendedProperties: [
      { Name: "UserAgent", Value: dice.pick(TEXTS) },
      { Name: "RequestType", Value: "OAuth2:Authorize" },
    ],
    DeviceProperties: [{ Name: "SessionId", Value: `s-${dice.number(5)}` }],
  }),
  (dice) => ({
    Operation: "MailItemsAccessed",
    RecordType: 50,
    OperationCount: 1 + dice.number(5),
    ClientInfoString: dice.pick(["Client=OWA;Action=ViaProxy", "Client=REST;Client=RESTSystem;;", "Client=IMAP4"]),
    AppId: "00000003-0000-0000-c000-000000000000",
    ClientAppId: dice.pick(["", "aaaaaaaa-0000-0000-0000-00000000000a"]),
    OperationProperties: [
      { Name: "MailAccessType", Value: dice.pick(["Bind", "Sync"]) },
      { Name: "IsThrottled", Value: dice.pick(["False", "True"]) },
    ],
    Folders: [
      { Path: `\\${dice.pick(TEXTS)}`, FolderItems: [{ InternetMessageId: messageId(dice), SizeInBytes: 8192 }] },
    ],
  }),
  (dice) => ({
    Operation: dice.pick(["Send", "SendAs", "SendOnBehalf"]),
    RecordType: 2,
    Item: {
      Subject: dice.pick(TEXTS),
      InternetMessageId: messageId(dice),
      Attachments: "offer (1).pdf (8192b); b.zip (20480b)",
      ParentFolder: { Path: "\\Sent Items" },
    },
  }),
  (dice) => ({
    Operation: dice.pick(["SoftDelete", "HardDelete", "MoveToDeletedItems", "Move"]),
    RecordType: 3,
    Folder: { Path: "\\Inbox" },
    DestFolder: { Path: "\\Deleted Items" },
    AffectedItems: [{ Subject: dice.pick(TEXTS), InternetMessageId: messageId(dice) }, { Subject: dice.pick(TEXTS) }],
  }),
  (dice) => ({
    Operation: dice.pick(["New-InboxRule", "Set-Mailbox", "UpdateInboxRules"]),
    RecordType: 1,
    Parameters: [
      { Name: "ForwardTo", Value: dice.pick(PEOPLE) },
      { Name: "SubjectContainsWords", Value: dice.pick(TEXTS) },
    ],
  }),
  (dice) => ({ Operation: "SearchQueryInitiatedExchange", RecordType: 101, QueryText: dice.pick(TEXTS) }),
  (dice) => ({ Operation: dice.pick(["Add app role assignment \u2013 x ", "Unheard", "__proto__"]), RecordType: "-1" }),
];

/** A record; its Id is its own, but for a few that many records share. */
function makeRecord(dice: Dice, at: number): AuditFields {
  const user = dice.pick(PEOPLE);
  const word = (length: number) =>
    dice
      .number(16 ** 6)
      .toString(16)
      .padStart(length, "0")
      .slice(-length);
  const id = dice.once(12)
    ? "00000000-0000-0000-0000-00000000000a"
    : `${word(8)}-${word(4)}-4${word(3)}-8${word(3)}-${word(12)}`;
  const time = new Date(Date.UTC(2021, 4, 1 + (at % 28), at % 24, dice.number(60), dice.number(60)));
  return {
    CreationTime: time.toISOString().slice(0, 19),
    Id: id,
    OrganizationId: "11111111-1111-1111-1111-111111111111",
    ResultStatus: dice.pick(["Succeeded", "Failed"]),
    UserKey: "1003BFFD98415B4E",
    UserType: 0,
    Version: 1,
    Workload: "Exchange",
    UserId: user,
    ClientIP: dice.pick(ADDRESSES),
    ...(dice.once(2) ? { MailboxOwnerUPN: dice.pick(PEOPLE), SessionId: `s-${dice.number(5)}` } : {}),
    ...dice.pick(DETAILS)(dice),
  };
}

/** Made-up records in order of nothing. */
export function makeAuditRecords(dice: Dice, count: number): AuditFields[] {
  return Array.from({ length: count }, (_, at) => makeRecord(dice, at));
}

function field(value: string, quoteAll: boolean): string {
  return quoteAll || /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}

/** A record as a line of the portal's CSV, without its line end. */
export function auditLine(record: AuditFields, quoteAll: boolean): string {
  const cells = ["Id", "CreationTime", "RecordType", "Operation", "UserId"].map((name) => String(record[name]));
  return [...cells, JSON.stringify(record), "x", "x"].map((cell) => field(cell, quoteAll)).join(",");
}
