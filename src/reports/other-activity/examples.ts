import { auditAt, boundAt, OWNER, signInAt } from "../../activities/audit-example.ts";
import type { ReportExample } from "../example.ts";

export const examples: readonly ReportExample[] = [
  {
    name: "every type that no other table takes, known or not, with all of its properties",
    records: [
      {
        TimeStamp: "2018-06-20T08:00:00Z",
        AppIdType: "Web",
        ActivityIdType: "ServerLogon",
        ClientSessionId: "s-1",
        CustomProperties: { Result: "Success", ClientIP: "192.0.2.1" },
      },
      {
        TimeStamp: "2018-06-20T09:00:00Z",
        AppIdType: "Web",
        ActivityIdType: "MarkAsRead",
        ActivityItemId: "item-1",
        ClientSessionId: "s-1",
        CustomProperties: { SenderAddress: "bob@fabrikam.example", IsRead: "True" },
      },
      {
        TimeStamp: "2018-06-20T09:01:00Z",
        AppIdType: "Teapot",
        ActivityIdType: "TeleportedMessage",
        ActivityItemId: "item-9",
        CustomProperties: { Where: "Moon\n", Why: null },
      },
      { TimeStamp: "2018-06-20T09:02:00Z", AppIdType: "Web", ActivityIdType: "MarkAllItemsAsRead" },
    ],
    expect: [
      {
        Date: "2018-06-20",
        Time: "09:00:00Z",
        Type: "MarkAsRead",
        Platform: "Web",
        Subject: "No Data",
        From: "bob@fabrikam.example",
        Details: `{"SenderAddress":"bob@fabrikam.example","IsRead":"True"}`,
        "Attributed IP": "192.0.2.1",
        Attribution: "session",
        Confidence: "high",
        "Activity Item ID": "item-1",
        "Session ID": "s-1",
      },
      {
        Type: "TeleportedMessage",
        Platform: "Teapot",
        Details: String.raw`{"Where":"Moon\n","Why":null}`,
        Attribution: "mailbox",
        Confidence: "low",
        "Activity Item ID": "item-9",
      },
      { Type: "MarkAllItemsAsRead", Details: "{}", "Activity Item ID": "", "Session ID": "" },
    ],
  },
  {
    name: "records of an audit log in words, each affected item a row of its own",
    audit: [
      auditAt("2026-03-10T10:00:00Z", "New-InboxRule", {
        ClientIP: "[2001:db8::9]:443",
        ObjectId: `${OWNER}\\.`,
        Parameters: [
          { Name: "Name", Value: "." },
          { Name: "MoveToFolder", Value: "RSS Feeds" },
          { Name: "MarkAsRead", Value: "True" },
        ],
      }),
      auditAt("2026-03-10T10:01:00Z", "Set-Mailbox", {
        ClientIP: "203.0.113.9:50121",
        UserId: "admin@contoso.example",
        ObjectId: "owner",
        Parameters: [
          { Name: "Identity", Value: OWNER },
          { Name: "ForwardingSmtpAddress", Value: "smtp:collector@fabrikam.example" },
          { Name: "DeliverToMailboxAndForward", Value: "True" },
        ],
      }),
      auditAt("2026-03-10T10:02:00Z", "MoveToDeletedItems", {
        ClientIPAddress: "203.0.113.9",
        MailboxOwnerUPN: OWNER,
        AffectedItems: ["1", "2"].map((number) => ({
          Id: `item-${number}`,
          Subject: `Invoice ${number}`,
          InternetMessageId: `<${number}@fabrikam.example>`,
          ParentFolder: { Path: "\\Inbox" },
        })),
        DestFolder: { Path: "\\Deleted Items" },
      }),
      auditAt("2026-03-10T10:03:00Z", "Teleport\u2013Item ", { MailboxOwnerUPN: OWNER }),
    ],
    expect: [
      {
        Date: "2026-03-10",
        Time: "10:00:00",
        Type: "New-InboxRule",
        Platform: "Exchange",
        Summary: "inbox rule \u201c.\u201d created: moves to RSS Feeds, marks as read; for every message",
        User: OWNER,
        "Attributed IP": "2001:db8::9",
        Attribution: "recorded",
        Confidence: "certain",
        Mailbox: OWNER,
      },
      {
        Type: "Set-Mailbox",
        Summary: `everything forwarded to collector@fabrikam.example for ${OWNER}; the mailbox keeps a copy`,
        User: "admin@contoso.example",
        "Attributed IP": "203.0.113.9",
        Mailbox: OWNER,
      },
      {
        Type: "MoveToDeletedItems",
        Subject: "Invoice 1",
        Summary: String.raw`moved to Deleted Items from \Inbox`,
        "Activity Item ID": "item-1",
        "Source Row": "3",
      },
      { Subject: "Invoice 2", "Activity Item ID": "item-2", "Source Row": "3" },
      { Type: "Teleport\u2013Item", Summary: "", Subject: "No Data", "Attributed IP": "No Data", Attribution: "none" },
    ],
  },
  {
    name: "an audit record without an address has that of its session, and of no other logon",
    audit: [
      signInAt("2026-03-10T09:00:00Z", "192.0.2.1", { session: "s-1" }),
      auditAt("2026-03-10T09:01:00Z", "Update", { MailboxOwnerUPN: OWNER, SessionId: "s-1" }),
      auditAt("2026-03-10T09:02:00Z", "Update", { MailboxOwnerUPN: OWNER, SessionId: "s-2" }),
      auditAt("2026-03-10T09:03:00Z", "Update", { MailboxOwnerUPN: OWNER, ClientIPAddress: "<null>" }),
      signInAt("2026-03-10T09:04:00Z", "203.0.113.9", { session: "s-3", failed: true }),
      auditAt("2026-03-10T09:05:00Z", "Update", { MailboxOwnerUPN: OWNER, SessionId: "s-3" }),
    ],
    expect: [
      { "Attributed IP": "192.0.2.1", Attribution: "session", Confidence: "high", "Session ID": "s-1" },
      { "Attributed IP": "No Data", Attribution: "none", Confidence: "none", "Session ID": "s-2" },
      { "Attributed IP": "No Data", Attribution: "none", Confidence: "none", "Session ID": "" },
      { "Attributed IP": "No Data", Attribution: "none", Confidence: "none", "Session ID": "s-3" },
    ],
  },
  {
    name: "what a record states of a message without an id is told, of it alone",
    audit: [
      auditAt("2026-03-10T10:00:00Z", "HardDelete", { AffectedItems: [{ Subject: "Invoice" }, { Subject: "Wire" }] }),
      auditAt("2026-03-10T10:01:00Z", "HardDelete", { AffectedItems: [{}] }),
    ],
    expect: [
      { Subject: "Invoice", From: "No Data", "Activity Item ID": "", "Source Row": "1" },
      { Subject: "Wire", From: "No Data", "Activity Item ID": "", "Source Row": "1" },
      { Subject: "No Data", From: "No Data", "Activity Item ID": "", "Source Row": "2" },
    ],
  },
  {
    name: "a record that says nothing of how items were accessed is no access that is known",
    audit: [boundAt("2026-03-10T09:00:00Z", "192.0.2.1", [], { OperationProperties: [] })],
    expect: [],
  },
];
