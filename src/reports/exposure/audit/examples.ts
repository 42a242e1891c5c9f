import { auditAt, boundAt, OWNER, signInAt, syncedAt } from "../../../activities/audit-example.ts";
import type { ApiRecord } from "../../../activities/example.ts";
import type { ReportExample } from "../../example.ts";

const delivered: readonly ApiRecord[] = [
  {
    TimeStamp: "2026-03-10T07:00:00Z",
    AppIdType: "Web",
    ActivityIdType: "ServerLogon",
    CustomProperties: { Result: "Success", ClientIP: "192.0.2.1", UserName: OWNER },
  },
  {
    TimeStamp: "2026-03-10T08:00:00Z",
    AppIdType: "Exchange",
    ActivityIdType: "MessageDelivered",
    ActivityItemId: "item-1",
    CustomProperties: {
      Subject: "Invoice",
      SenderSmtpAddress: "bob@fabrikam.example",
      DeliveredFolderType: "Inbox",
      InternetMessageId: "<1@fabrikam.example>",
    },
  },
];

/** An application that public lists tie to stolen mailboxes. */
const PERFECT_DATA = "ff8d92dc-3d82-41d6-bcbd-b9174d163620";

const READ_BY_PERFECT_DATA = {
  Suspicious: "yes",
  Reasons: `application ${PERFECT_DATA} (PerfectData Software) scores 50 (high), named by the record of the access`,
};

export const auditExamples: readonly ReportExample[] = [
  {
    name: "messages bound, and those that a client copied with their folder later",
    audit: [
      // Known in the Inbox before the Sync.
      boundAt("2026-03-10T09:00:00Z", "192.0.2.1", ["<1@fabrikam.example>"]),
      // Known in another folder.
      boundAt("2026-03-10T09:01:00Z", "192.0.2.1", ["<2@fabrikam.example>"], {
        Folders: [{ Path: "\\Archive", FolderItems: [{ InternetMessageId: "<2@fabrikam.example>" }] }],
      }),
      syncedAt("2026-03-10T10:00:00Z", "203.0.113.9", "\\Inbox"),
      syncedAt("2026-03-10T10:30:00Z", "203.0.113.8", "\\Inbox"),
      // First heard of after the Sync.
      boundAt("2026-03-10T11:00:00Z", "192.0.2.1", ["<3@fabrikam.example>"]),
    ],
    expect: [
      {
        "Internet Message ID": "<1@fabrikam.example>",
        Subject: "No Data",
        "Activity Item ID": "",
        Access: "bound; folder-synced",
        "First Access": "2026-03-10T09:00:00",
        "Last Access": "2026-03-10T10:30:00",
        Accesses: "3",
        "Dwell Seconds": "",
        IPs: "192.0.2.1; 203.0.113.9; 203.0.113.8",
        Confidence: "certain; certain; certain",
        Mailbox: OWNER,
        "Source Row": "1",
      },
      { "Internet Message ID": "<2@fabrikam.example>", Access: "bound", Accesses: "1", IPs: "192.0.2.1" },
      {
        "Internet Message ID": "<3@fabrikam.example>",
        Access: "bound",
        Accesses: "1",
        "First Access": "2026-03-10T11:00:00",
        "Source Row": "5",
      },
    ],
  },
  {
    name: "a message of an export and of an audit log is one row, by InternetMessageId",
    records: [
      ...delivered,
      {
        TimeStamp: "2026-03-10T09:00:00Z",
        AppIdType: "Web",
        ActivityIdType: "ReadingPaneDisplayStart",
        ActivityItemId: "item-1",
      },
    ],
    audit: [
      boundAt("2026-03-10T10:00:00Z", "203.0.113.9", ["1@FABRIKAM.example"]),
      auditAt("2026-03-10T11:00:00Z", "AttachmentAccess", {
        ClientIPAddress: "203.0.113.9",
        MailboxOwnerUPN: OWNER,
        Item: { InternetMessageId: "<1@fabrikam.example>", Attachments: "a.pdf (1b)" },
      }),
    ],
    expect: [
      {
        Subject: "Invoice",
        "Internet Message ID": "<1@fabrikam.example>",
        "Activity Item ID": "item-1",
        Access: "opened; attachment-opened; bound",
        "First Access": "2026-03-10T09:00:00Z",
        "Last Access": "2026-03-10T11:00:00",
        Accesses: "3",
        IPs: "192.0.2.1; 203.0.113.9",
        Confidence: "medium; certain",
        "Source File": "log.json",
        "Source Row": "3",
      },
    ],
  },
  ...[
    { folders: ["Inbox", "Archive"], accesses: "2" },
    { folders: ["Inbox", "Inbox"], accesses: "1" },
    { folders: ["Clutter", "Archive"], accesses: "1" },
  ].map(({ folders, accesses }) => ({
    name: `copies of one message in ${folders.join(" and ")} are copied by each Sync of their folders once`,
    records: folders.map((DeliveredFolderType, at) => ({
      TimeStamp: `2026-03-10T08:00:0${at}Z`,
      AppIdType: "Exchange",
      ActivityIdType: "MessageDelivered",
      ActivityItemId: `item-${at + 1}`,
      CustomProperties: {
        InternetMessageId: "<1@fabrikam.example>",
        ReceivedTime: "03/10/2026 08:00:00 AM",
        Recipients: OWNER,
        DeliveredFolderType,
      },
    })),
    user: OWNER,
    audit: [
      syncedAt("2026-03-10T09:00:00Z", "203.0.113.9", "\\Inbox"),
      syncedAt("2026-03-10T09:01:00Z", "203.0.113.9", "\\Archive"),
    ],
    expect: [{ "Activity Item ID": "item-1", Access: "folder-synced", Accesses: accesses, IPs: "203.0.113.9" }],
  })),
  {
    name: "a Sync that is printed copies what a filter keeps out, and one that it keeps out copies nothing",
    records: delivered,
    audit: [
      boundAt("2026-03-10T08:30:00Z", "192.0.2.1", ["<2@fabrikam.example>"]),
      syncedAt("2026-03-10T08:45:00Z", "203.0.113.8", "\\Inbox"),
      syncedAt("2026-03-10T09:00:00Z", "203.0.113.9", "\\Inbox"),
    ],
    start: "2026-03-10T08:50:00Z",
    expect: ["<1@fabrikam.example>", "<2@fabrikam.example>"].map((id) => ({
      "Internet Message ID": id,
      Access: "folder-synced",
      Accesses: "1",
      IPs: "203.0.113.9",
      "Source Row": "3",
    })),
  },
  {
    name: "a message delivered into a folder is copied by the Sync of it, and not by an earlier one",
    records: delivered,
    audit: [
      syncedAt("2026-03-10T07:30:00Z", "203.0.113.9", "\\Inbox"),
      syncedAt("2026-03-10T09:00:00Z", "203.0.113.9", "\\inbox"),
    ],
    expect: [
      {
        "Activity Item ID": "item-1",
        Access: "folder-synced",
        Accesses: "1",
        "First Access": "2026-03-10T09:00:00",
        IPs: "203.0.113.9",
        "Source File": "audit.json",
        "Source Row": "2",
      },
    ],
  },
  ...[0, 1].map((turned): ReportExample => {
    const copy = { ...delivered[1], CustomProperties: { ...delivered[1]?.CustomProperties, ReceivedTime: "07:59" } };
    const copies = [
      { ...copy, TimeStamp: "2026-03-10T11:00:00Z", ActivityItemId: "late" },
      { ...copy, TimeStamp: "2026-03-10T08:00:00Z", ActivityItemId: "early" },
    ] as ApiRecord[];
    return {
      name: `of two copies in one folder the first tells since when the message lay there: ${turned ? "it" : "the other"} is read first`,
      records: [delivered[0] as ApiRecord, ...(turned ? copies.reverse() : copies)],
      audit: [syncedAt("2026-03-10T10:00:00Z", "203.0.113.9", "\\Inbox")],
      expect: [{ Access: "folder-synced", Accesses: "1", IPs: "203.0.113.9" }],
    };
  }),
  {
    name: "a subject that only audit records know is that of the export's rows of the message, too",
    records: [
      delivered[0] as ApiRecord,
      {
        TimeStamp: "2026-03-10T08:10:00Z",
        AppIdType: "Web",
        ActivityIdType: "MarkAsRead",
        ActivityItemId: "item-1",
        CustomProperties: { InternetMessageId: "<1@fabrikam.example>", SourceFolder: "Inbox" },
      },
    ],
    audit: [
      auditAt("2026-03-10T09:00:00Z", "Update", {
        Item: {
          Id: "x",
          InternetMessageId: "<1@fabrikam.example>",
          Subject: "Pay now",
          ParentFolder: { Path: "\\Archive" },
        },
      }),
      boundAt("2026-03-10T10:00:00Z", "192.0.2.1", ["<1@fabrikam.example>"]),
    ],
    expect: [
      {
        Subject: "Pay now",
        "Activity Item ID": "item-1",
        Access: "marked-read; bound",
        Accesses: "2",
        From: "No Data",
      },
    ],
  },
  {
    name: "a folder's type in an export is its name in the path of a Sync",
    records: delivered.map(({ CustomProperties, ...record }) => ({
      ...record,
      CustomProperties: { ...CustomProperties, DeliveredFolderType: "JunkEmail" },
    })),
    audit: [
      syncedAt("2026-03-10T09:00:00Z", "203.0.113.9", "\\Junk"),
      syncedAt("2026-03-10T09:30:00Z", "203.0.113.9", "\\Junk Email"),
    ],
    expect: [{ "Activity Item ID": "item-1", Access: "folder-synced", Accesses: "1", "Source Row": "2" }],
  },
  {
    name: "a message of a folder without a type is where its first access says",
    records: delivered.map(({ CustomProperties, ...record }) => ({
      ...record,
      CustomProperties: { ...CustomProperties, DeliveredFolderType: "None" },
    })),
    audit: [
      boundAt("2026-03-10T09:00:00Z", "192.0.2.1", [], {
        Folders: [{ Path: "\\Bank", FolderItems: [{ InternetMessageId: "<1@fabrikam.example>" }] }],
      }),
      syncedAt("2026-03-10T09:30:00Z", "203.0.113.9", "\\Bank"),
    ],
    expect: [{ "Activity Item ID": "item-1", Access: "bound; folder-synced", Accesses: "2", "Source Row": "1" }],
  },
  ...[undefined, ["MailItemsAccessed"]].map((types): ReportExample => ({
    name: `an access that names no folder, ${types === undefined ? "printed" : "filtered"}, puts no message into that of a later record`,
    audit: [
      auditAt("2026-03-10T08:00:00Z", "AttachmentAccess", {
        ClientIPAddress: "192.0.2.1",
        MailboxOwnerUPN: OWNER,
        Item: { InternetMessageId: "<1@fabrikam.example>", Attachments: "a.pdf (5b)" },
      }),
      syncedAt("2026-03-10T09:00:00Z", "203.0.113.9", "\\Archive"),
      boundAt("2026-03-10T10:00:00Z", "192.0.2.1", [], {
        Folders: [{ Path: "\\Archive", FolderItems: [{ InternetMessageId: "<1@fabrikam.example>" }] }],
      }),
      syncedAt("2026-03-10T11:00:00Z", "203.0.113.10", "\\Archive"),
    ],
    ...(types === undefined ? {} : { types }),
    expect: [
      {
        Access: types === undefined ? "attachment-opened; bound; folder-synced" : "bound; folder-synced",
        Accesses: types === undefined ? "3" : "2",
        "Last Access": "2026-03-10T11:00:00",
        IPs: "192.0.2.1; 203.0.113.10",
      },
    ],
  })),
  {
    name: "an IMAP4 sign-in of an audit log copies what was known before it",
    audit: [
      boundAt("2026-03-10T09:00:00Z", "192.0.2.1", ["<1@fabrikam.example>"]),
      auditAt("2026-03-10T10:00:00Z", "MailboxLogin", {
        MailboxOwnerUPN: OWNER,
        ClientIPAddress: "203.0.113.9",
        ClientInfoString: "Client=POP3/IMAP4;Protocol=IMAP4",
      }),
      boundAt("2026-03-10T11:00:00Z", "192.0.2.1", ["<2@fabrikam.example>"]),
    ],
    expect: [
      {
        "Internet Message ID": "<1@fabrikam.example>",
        Access: "bound; mailbox-synced",
        Accesses: "2",
        IPs: "192.0.2.1; 203.0.113.9",
      },
      { "Internet Message ID": "<2@fabrikam.example>", Access: "bound", Accesses: "1" },
    ],
  },
  {
    name: "an IMAP4 sign-in of an audit log copies what records before it leave in the mailbox",
    audit: [
      ...(
        [
          ["Update", {}],
          ["MoveToDeletedItems", { DestFolder: { Path: "\\Deleted Items" } }],
          ["Move", { DestFolder: { Path: "\\Bank" } }],
          ["Move", { DestFolder: { Path: "\\Recoverable Items\\Deletions" } }],
          ["Move", { DestFolder: { Path: "\\Bank" }, CrossMailboxOperation: true }],
          ["Move", { DestFolder: { Path: "\\Bank" }, ResultStatus: "Failed" }],
          ["HardDelete", {}],
          ["AtpDetection", {}],
        ] as const
      ).map(([operation, fields], at) =>
        auditAt(`2026-03-10T09:00:0${at}Z`, operation, {
          MailboxOwnerUPN: OWNER,
          AffectedItems: [{ InternetMessageId: `<${at + 1}@fabrikam.example>` }],
          ...fields,
        }),
      ),
      auditAt("2026-03-10T10:00:00Z", "MailboxLogin", {
        MailboxOwnerUPN: OWNER,
        ClientIPAddress: "203.0.113.9",
        ClientInfoString: "Client=POP3/IMAP4;Protocol=IMAP4",
      }),
    ],
    expect: [1, 2, 3].map((number) => ({
      "Internet Message ID": `<${number}@fabrikam.example>`,
      Access: "mailbox-synced",
      IPs: "203.0.113.9",
    })),
  },
  {
    name: "nor does it copy what lay in Recoverable Items already, or was the owner's own",
    audit: [
      boundAt("2026-03-10T09:00:00Z", "192.0.2.1", [], {
        Folders: [
          { Path: "\\Recoverable Items\\Deletions", FolderItems: [{ InternetMessageId: "<gone@fabrikam.example>" }] },
          { Path: "\\Sent Items", FolderItems: [{ InternetMessageId: "<sent@contoso.example>" }] },
        ],
      }),
      ...["Drafts", "Calendar", "Sent Items"].flatMap((folder, at) => [
        auditAt(`2026-03-10T09:01:0${at}Z`, "MoveToDeletedItems", {
          MailboxOwnerUPN: OWNER,
          AffectedItems: [{ InternetMessageId: `<${at}@contoso.example>` }],
          Folder: { Path: `\\${folder}` },
          DestFolder: { Path: "\\Deleted Items" },
        }),
        auditAt(`2026-03-10T09:02:0${at}Z`, "Update", {
          MailboxOwnerUPN: OWNER,
          Item: { InternetMessageId: `<updated-${at}@contoso.example>`, ParentFolder: { Path: `\\${folder}` } },
        }),
      ]),
      auditAt("2026-03-10T09:03:00Z", "Send", {
        MailboxOwnerUPN: OWNER,
        Item: { InternetMessageId: "<both@contoso.example>", ParentFolder: { Path: "\\Drafts" } },
      }),
      auditAt("2026-03-10T09:04:00Z", "Move", {
        MailboxOwnerUPN: OWNER,
        AffectedItems: [{ InternetMessageId: "<both@contoso.example>" }],
        Folder: { Path: "\\Inbox" },
        DestFolder: { Path: "\\Archive" },
      }),
      auditAt("2026-03-10T10:00:00Z", "MailboxLogin", {
        MailboxOwnerUPN: OWNER,
        ClientIPAddress: "203.0.113.9",
        ClientInfoString: "Client=POP3/IMAP4;Protocol=IMAP4",
      }),
    ],
    expect: [
      { "Internet Message ID": "<gone@fabrikam.example>", Access: "bound" },
      { "Internet Message ID": "<sent@contoso.example>", Access: "bound" },
      { "Internet Message ID": "<both@contoso.example>", Access: "mailbox-synced" },
    ],
  },
  {
    name: "what an application came to that scores high is suspicious, from whichever address, and what it did not is not",
    audit: [
      boundAt("2026-03-10T09:00:00Z", "192.0.2.1", ["<1@fabrikam.example>", "<2@fabrikam.example>"]),
      boundAt("2026-03-10T10:00:00Z", "198.51.100.7", ["<2@fabrikam.example>"], { ClientAppId: PERFECT_DATA }),
      boundAt("2026-03-10T10:10:00Z", "198.51.100.7", ["<2@fabrikam.example>"], {
        ClientAppId: `{${PERFECT_DATA.toUpperCase()}}`,
      }),
      syncedAt("2026-03-10T11:00:00Z", "198.51.100.7", "\\Archive", { ClientAppId: PERFECT_DATA }),
      boundAt("2026-03-10T08:00:00Z", "192.0.2.1", [], {
        Folders: [{ Path: "\\Archive", FolderItems: [{ InternetMessageId: "<3@fabrikam.example>" }] }],
      }),
    ],
    expect: [
      { "Internet Message ID": "<3@fabrikam.example>", Access: "bound; folder-synced", ...READ_BY_PERFECT_DATA },
      { "Internet Message ID": "<1@fabrikam.example>", Access: "bound", Suspicious: "no", Reasons: "" },
      { "Internet Message ID": "<2@fabrikam.example>", Access: "bound", Accesses: "3", ...READ_BY_PERFECT_DATA },
    ],
  },
  {
    name: "signing in, deleting and sending open no message",
    audit: [
      signInAt("2026-03-10T09:00:00Z", "192.0.2.1"),
      auditAt("2026-03-10T09:01:00Z", "SoftDelete", {
        MailboxOwnerUPN: OWNER,
        AffectedItems: [{ Subject: "Invoice", InternetMessageId: "<1@fabrikam.example>" }],
      }),
      auditAt("2026-03-10T09:02:00Z", "Send", {
        MailboxOwnerUPN: OWNER,
        Item: { Subject: "Invoice", InternetMessageId: "<2@fabrikam.example>" },
      }),
    ],
    expect: [],
  },
  {
    name: "access that failed opens no message",
    audit: [
      boundAt("2026-03-10T10:00:00Z", "203.0.113.9", ["<1@fabrikam.example>"], { ResultStatus: "Failed" }),
      syncedAt("2026-03-10T10:01:00Z", "203.0.113.9", "\\Inbox", { ResultStatus: "Failed" }),
    ],
    expect: [],
  },
  {
    name: "lists of one that stand as their only element",
    audit: [
      boundAt("2026-03-10T10:00:00Z", "203.0.113.9", [], {
        OperationProperties: { Name: "MailAccessType", Value: "Bind" },
        Folders: { Path: "\\Inbox", FolderItems: { InternetMessageId: "<1@fabrikam.example>" } },
      }),
    ],
    expect: [{ "Internet Message ID": "<1@fabrikam.example>", Access: "bound", IPs: "203.0.113.9" }],
  },
];
