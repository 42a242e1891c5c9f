import { auditAt, boundAt, OWNER, signInAt, syncedAt } from "../../activities/audit-example.ts";
import type { ApiRecord } from "../../activities/example.ts";
import type { ReportExample } from "../example.ts";

function flag(TimeStamp: string): ApiRecord {
  return { TimeStamp, AppIdType: "Web", ActivityIdType: "Flag" };
}

const imap = {
  TimeStamp: "2018-06-01T10:00:00Z",
  AppIdType: "IMAP4",
  ActivityIdType: "ServerLogon",
  CustomProperties: { Result: "Success", ClientIP: "203.0.113.9" },
} as const satisfies ApiRecord;

const ABSENT = [
  { Kind: "gap", Detail: "no logon record: addresses cannot be told" },
  { Kind: "gap", Detail: "no record of messages on display: which messages were read cannot be told" },
  { Kind: "gap", Detail: "no search record: whether anybody searched cannot be told" },
  { Kind: "gap", Detail: "no attachment record: whether attachments were opened cannot be told" },
] as const;
const NEVER = { Kind: "gap", Detail: "what delegates and delegated administrators did is never in this log" } as const;

/** What is said of an audit log that has sign-ins and MailItemsAccessed, but nothing sent, searched or opened beside. */
const AUDIT_ABSENT = [
  "no SearchQueryInitiated record: search auditing seems off, whether anybody searched cannot be told",
  "no Send record: whether messages were sent cannot be told",
  "no AttachmentAccess record: whether attachments were opened cannot be told",
  "MailItemsAccessed records are no count of accesses: identical ones are logged once an hour, Bind ones stand for two minutes each; eDiscovery is never in them",
] as const;

export const examples: readonly ReportExample[] = [
  {
    name: "from when to when, a silence of more than 72 hours, and the families that are absent",
    records: [flag("2018-06-01T00:00:00Z"), flag("2018-06-04T00:00:00Z"), flag("2018-06-07T00:00:00.0000001Z")],
    expect: [
      {
        From: "2018-06-01T00:00:00Z",
        To: "2018-06-07T00:00:00.0000001Z",
        Kind: "logged",
        Detail: "3 rows: other 3",
        "Source Row": "1",
      },
      {
        From: "2018-06-04T00:00:00Z",
        To: "2018-06-07T00:00:00.0000001Z",
        Kind: "gap",
        Detail: "no record of any kind for 72 hours",
        "Source Row": "2",
      },
      ...ABSENT,
      NEVER,
    ],
  },
  {
    name: "an IMAP4 logon: what was copied before it leaves no record",
    records: [
      flag("2018-06-01T00:00:00Z"),
      imap,
      {
        TimeStamp: "2018-06-01T11:00:00Z",
        AppIdType: "IMAP4",
        ActivityIdType: "ServerLogon",
        CustomProperties: { Result: "Failure", ClientIP: "203.0.113.9" },
      },
    ],
    where: { Kind: "synced" },
    expect: [
      {
        From: "2018-06-01T00:00:00Z",
        To: "2018-06-01T10:00:00Z",
        Detail: "IMAP4 logon from 203.0.113.9: such clients copy the mailbox and leave no record of what was read",
        // The logon's own, not the first row's from which on it counts.
        "Source Row": "2",
      },
    ],
  },
  {
    name: "one IMAP4 logon that is in the log twice is told once",
    records: [flag("2018-06-01T00:00:00Z"), imap, imap],
    where: { Kind: "synced" },
    expect: [{ From: "2018-06-01T00:00:00Z", To: "2018-06-01T10:00:00Z", "Source Row": "2" }],
  },
  {
    name: "what a filter leaves out is said, and makes no gap",
    records: [
      flag("2018-06-01T00:00:00Z"),
      { ...flag("2018-06-03T00:00:00Z"), ActivityIdType: "Delete" },
      flag("2018-06-05T00:00:00Z"),
    ],
    types: ["Flag"],
    expect: [
      { Kind: "logged", Detail: "3 rows: other 3" },
      ...ABSENT,
      NEVER,
      { Kind: "filtered", Detail: "1 row left out of the tables by --types Flag" },
    ],
  },
  {
    name: "duplicates are neither logged nor filtered",
    records: [flag("2018-06-01T00:00:00Z"), imap, imap],
    types: ["Flag"],
    where: { Kind: "filtered" },
    expect: [{ Detail: "1 row left out of the tables by --types Flag" }],
  },
  {
    name: "a row without a readable time",
    records: [flag("2018-06-01T00:00:00Z"), flag("soon")],
    where: {
      Detail:
        "1 row without a readable time: listed last, with no address but one that the record itself names, and not counted in ip-scores",
    },
    expect: [{ From: "soon", To: "soon", Kind: "gap", "Source Row": "2" }],
  },
  ...(
    [
      [
        "3 rows without a readable time: listed last, with no address but one that the record itself names, and not counted in ip-scores",
        { From: "6/1/2018 8:00 AM", To: "6/1/2018 8:02 AM", "Source Row": "1" },
      ],
      [
        "addresses that occur only at times that cannot be read, and so in no score: 203.0.113.9",
        { From: "6/1/2018 8:01 AM", To: "6/1/2018 8:01 AM", "Source Row": "2" },
      ],
    ] as const
  ).map(([Detail, own]): ReportExample => ({
    name: `times that cannot be read, in another input than those that can: ${Detail}`,
    user: OWNER,
    records: [
      { ...imap, TimeStamp: "6/1/2018 8:00 AM", CustomProperties: { Result: "Success", ClientIP: "192.0.2.1" } },
      { ...imap, TimeStamp: "6/1/2018 8:01 AM" },
      flag("6/1/2018 8:02 AM"),
    ],
    audit: [signInAt("2018-06-01T00:00:00Z", "192.0.2.1")],
    where: { Detail },
    expect: [{ ...own, Kind: "gap", "Source File": "log.json" }],
  })),
  {
    name: "where no time can be read, what is blind is said all the same, and which addresses no score knows",
    records: [
      { ...imap, TimeStamp: "6/1/2018 8:00 AM" },
      { ...imap, TimeStamp: "6/1/2018 8:01 AM", CustomProperties: { Result: "Failure", ClientIP: "203.0.113.8" } },
    ],
    expect: [
      { From: "6/1/2018 8:00 AM", To: "6/1/2018 8:01 AM", Kind: "logged", Detail: "2 rows: logon 2" },
      ...ABSENT.slice(1),
      NEVER,
      {
        From: "6/1/2018 8:00 AM",
        To: "6/1/2018 8:00 AM",
        Kind: "synced",
        Detail: "IMAP4 logon from 203.0.113.9: such clients copy the mailbox and leave no record of what was read",
        "Source Row": "1",
      },
      {
        Kind: "gap",
        Detail:
          "2 rows without a readable time: listed last, with no address but one that the record itself names, and not counted in ip-scores",
      },
      {
        Kind: "gap",
        Detail: "addresses that occur only at times that cannot be read, and so in no score: 203.0.113.9, 203.0.113.8",
      },
    ],
  },
  {
    name: "an address that some row with a readable time has, too, is in the scores",
    records: [imap, { ...imap, TimeStamp: "soon" }],
    where: { Kind: "gap" },
    expect: [
      ...ABSENT.slice(1),
      NEVER,
      {
        Detail:
          "1 row without a readable time: listed last, with no address but one that the record itself names, and not counted in ip-scores",
      },
    ],
  },
  {
    name: "nothing is missing where every family is there",
    records: ["ServerLogon", "ReadingPaneDisplayStart", "SearchResult", "OpenedAnAttachment"].map((ActivityIdType) => ({
      ...flag("2018-06-01T00:00:00Z"),
      ActivityIdType,
    })),
    expect: [{ Kind: "logged", Detail: "4 rows: logon 1, read 1, search 1, attachment 1" }, NEVER],
  },
  {
    name: "an audit log, workload by workload; operations that never occur; how its reads are counted",
    audit: [
      signInAt("2026-03-10T08:00:00Z", "192.0.2.1"),
      boundAt("2026-03-10T09:00:00Z", "192.0.2.1", ["<1@fabrikam.example>", "<2@fabrikam.example>"]),
      auditAt("2026-03-10T10:00:00Z", "Update", { MailboxOwnerUPN: OWNER }),
      boundAt("2026-03-10T11:00:00Z", "192.0.2.1", ["<1@fabrikam.example>"]),
    ],
    expect: [
      {
        From: "2026-03-10T08:00:00",
        To: "2026-03-10T08:00:00",
        Kind: "logged",
        Detail: "AzureActiveDirectory: 1 record: UserLoggedIn 1",
        Mailbox: OWNER,
        "Source Row": "1",
      },
      {
        From: "2026-03-10T09:00:00",
        To: "2026-03-10T11:00:00",
        Kind: "logged",
        // Records, not the rows that they make.
        Detail: "Exchange: 3 records: MailItemsAccessed 2, Update 1",
        "Source Row": "2",
      },
      ...AUDIT_ABSENT.map((Detail) => ({
        From: "2026-03-10T08:00:00",
        To: "2026-03-10T11:00:00",
        Kind: "gap",
        Detail,
      })),
    ],
  },
  {
    name: "records of no kind that tells of reading, sending or signing in",
    audit: [auditAt("2026-03-10T10:00:00Z", "Update", { MailboxOwnerUPN: OWNER, Workload: undefined })],
    expect: [
      { Kind: "logged", Detail: "no workload named: 1 record: Update 1" },
      {
        Detail: "no sign-in record (UserLoggedIn, MailboxLogin): who came in and who failed to cannot be told",
      },
      {
        Detail:
          "no MailItemsAccessed record: which messages were read cannot be told; it needs the licence and the auditing for it",
      },
      ...AUDIT_ABSENT.slice(0, 3).map((Detail) => ({ Detail })),
    ],
  },
  {
    name: "throttling blinds 24 hours; what overlaps is one stretch, what touches the end still belongs to it",
    audit: ["10T10:00:00", "11T09:00:00", "12T09:00:00", "13T09:00:01"].map((time) =>
      boundAt(`2026-03-${time}Z`, "203.0.113.9", ["<1@fabrikam.example>"], {
        OperationProperties: [
          { Name: "MailAccessType", Value: "Bind" },
          { Name: "IsThrottled", Value: "True" },
        ],
      }),
    ),
    where: { Kind: "throttled" },
    expect: [
      {
        From: "2026-03-10T10:00:00",
        // A day after the last of the three.
        To: "2026-03-13T09:00:00.0000000Z",
        Detail:
          "3 records with IsThrottled: auditing of Bind stops for 24 hours, messages may have been opened without any record",
        "Source Row": "1",
      },
      { From: "2026-03-13T09:00:01", To: "2026-03-14T09:00:01.0000000Z", "Source Row": "4" },
    ],
  },
  {
    name: "synchronised folders by folder, client and address",
    audit: [
      syncedAt("2026-03-10T10:00:00Z", "203.0.113.9", "\\Inbox"),
      syncedAt("2026-03-10T12:00:00Z", "203.0.113.9", "\\Inbox"),
      syncedAt("2026-03-10T11:00:00Z", "192.0.2.1", "\\Inbox", { ClientInfoString: "Client=Outlook-iOS" }),
      syncedAt("2026-03-10T13:00:00Z", "203.0.113.9", "", { Item: undefined }),
    ],
    where: { Kind: "synced" },
    expect: [
      {
        From: "2026-03-10T10:00:00",
        To: "2026-03-10T12:00:00",
        Detail: String.raw`Sync of \Inbox by Client=MSExchangeRPC from 203.0.113.9 (2 records): every message in the folder is to be taken as copied, and which were read cannot be told`,
        "Source Row": "1",
      },
      {
        From: "2026-03-10T11:00:00",
        To: "2026-03-10T11:00:00",
        Detail: String.raw`Sync of \Inbox by Client=Outlook-iOS from 192.0.2.1 (1 record): every message in the folder is to be taken as copied, and which were read cannot be told`,
        "Source Row": "3",
      },
      {
        From: "2026-03-10T13:00:00",
        Detail:
          "Sync of a folder without a name by Client=MSExchangeRPC from 203.0.113.9 (1 record): every message in the folder is to be taken as copied, and which were read cannot be told",
      },
    ],
  },
  {
    name: "an export and an audit log of one mailbox are each told by what they are",
    records: [
      {
        TimeStamp: "2026-03-09T10:00:00Z",
        AppIdType: "Web",
        ActivityIdType: "ServerLogon",
        CustomProperties: { Result: "Success", ClientIP: "192.0.2.1", UserName: OWNER },
      },
    ],
    audit: [signInAt("2026-03-10T08:00:00Z", "192.0.2.1")],
    where: { Kind: "logged" },
    expect: [
      { Detail: "1 row: logon 1", "Source File": "log.json" },
      { Detail: "AzureActiveDirectory: 1 record: UserLoggedIn 1", "Source File": "audit.json" },
    ],
  },
  ...(["logged", "throttled"] as const).map((Kind): ReportExample => ({
    name: `a record without a readable time does not end what is ${Kind}`,
    audit: [
      boundAt("2026-03-10T10:00:00Z", "203.0.113.9", ["<1@fabrikam.example>"]),
      boundAt("2026-03-11T10:00:00Z", "203.0.113.9", ["<2@fabrikam.example>"]),
      boundAt("some time", "203.0.113.9", ["<3@fabrikam.example>"], {
        OperationProperties: [
          { Name: "MailAccessType", Value: "Bind" },
          { Name: "IsThrottled", Value: "True" },
        ],
      }),
    ],
    where: { Kind },
    expect: [
      Kind === "logged"
        ? {
            From: "2026-03-10T10:00:00",
            To: "2026-03-11T10:00:00",
            Detail: "Exchange: 3 records: MailItemsAccessed 3",
          }
        : {
            From: "some time",
            To: "some time",
            Detail:
              "1 record with IsThrottled at a time that cannot be read: auditing of Bind stopped for 24 hours then, messages may have been opened without any record",
            "Source Row": "3",
          },
    ],
  })),
  {
    name: "sending that failed was audited",
    audit: [auditAt("2026-03-10T10:00:00Z", "Send", { MailboxOwnerUPN: OWNER, ResultStatus: "Failed" })],
    where: { Detail: "no Send record: whether messages were sent cannot be told" },
    expect: [],
  },
  {
    name: "records of which a list is cut off",
    audit: [
      boundAt("2026-03-10T10:00:00Z", "203.0.113.9", ["<1@fabrikam.example>"]),
      boundAt("2026-03-10T10:01:00Z", "203.0.113.9", [], { Folders: '[{"Path":' }),
      boundAt("2026-03-10T10:02:00Z", "203.0.113.9", [], { Folders: [{ Path: "\\Inbox", FolderItems: "two" }] }),
    ],
    where: {
      Kind: "gap",
      Detail: "2 records whose Folders cannot be read: no row of theirs says which messages or folders they name",
    },
    expect: [{ From: "2026-03-10T10:01:00", To: "2026-03-10T10:02:00", "Source Row": "2" }],
  },
];
