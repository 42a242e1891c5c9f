import { auditAt, boundAt, OWNER, signInAt, syncedAt } from "../../activities/audit-example.ts";
import type { ApiRecord } from "../../activities/example.ts";
import type { ReportExample } from "../example.ts";

const AT = "2018-06-20T10:00:00Z";
type Telling = readonly [
  name: string,
  record: Omit<ApiRecord, "TimeStamp" | "AppIdType">,
  cells: Readonly<Record<string, string>>,
];

/** A message that audit records name, and a list of it as it lay in a folder. */
const INVOICE = { MailboxOwnerUPN: OWNER, Item: { Subject: "Invoice", InternetMessageId: "<1@fabrikam.example>" } };
const INVOICES = {
  MailboxOwnerUPN: OWNER,
  AffectedItems: [{ ...INVOICE.Item, ParentFolder: { Path: "\\Inbox" } }],
};

function logon(UserName: string, ClientIP: string): ApiRecord {
  return {
    TimeStamp: AT,
    AppIdType: "Web",
    ActivityIdType: "ServerLogon",
    CustomProperties: { Result: "Success", UserName, ClientIP },
  };
}

const TELLINGS: readonly Telling[] = [
  [
    "a logon",
    {
      ActivityIdType: "ServerLogon",
      CustomProperties: {
        Result: "Success",
        UserName: "anna@contoso.example",
        ClientIP: "192.0.2.1",
        UserAgent: "Firefox; x64",
      },
    },
    {
      Kind: "logon",
      IP: "192.0.2.1",
      "IP Basis": "recorded",
      Actor: "anna@contoso.example",
      Summary: "logged on with Firefox; x64",
      Subject: "",
      Confidence: "certain",
      Outcome: "success",
      Workload: "",
      "Internet Message ID": "",
      "Activity Item ID": "",
    },
  ],
  [
    "a failed logon",
    {
      ActivityIdType: "ServerLogon",
      CustomProperties: { Result: "Failure", ExceptionInfo: "User's password wrong", ClientIP: "192.0.2.1" },
    },
    {
      IP: "192.0.2.1",
      "IP Basis": "recorded",
      Summary: "logon not successful (Failure: User's password wrong)",
      Outcome: "failure",
    },
  ],
  [
    "a message opened",
    { ActivityIdType: "ReadingPaneDisplayStart", ActivityItemId: "item-1" },
    {
      Kind: "read",
      Summary: "message opened",
      Subject: "No Data",
      IP: "",
      "IP Basis": "none",
      Actor: "",
      Confidence: "none",
      Outcome: "",
      Workload: "",
      "Internet Message ID": "No Data",
      "Activity Item ID": "item-1",
    },
  ],
  [
    "a message closed",
    { ActivityIdType: "InspectorDisplayEnd", ActivityItemId: "item-1" },
    { Summary: "message closed" },
  ],
  [
    "a keystroke",
    { ActivityIdType: "SearchSuggestionsDisplay", CustomProperties: { SuggestionStimulus: "inv" } },
    { Kind: "search", Summary: "typed: inv" },
  ],
  [
    "a search that ran",
    {
      ActivityIdType: "SearchResult",
      CustomProperties: { Query: "<Query><RawQuery>invoice &amp; wire</RawQuery></Query>" },
    },
    { Summary: "searched for: invoice & wire" },
  ],
  ["a mark of a search", { ActivityIdType: "SearchSessionStart" }, { Summary: "SearchSessionStart" }],
  [
    "an attachment",
    {
      ActivityIdType: "OpenedAnAttachment",
      ActivityItemId: "item-1",
      CustomProperties: { AttachmentAction: "Open", AttachmentName: "a.pdf" },
    },
    { Kind: "attachment", Summary: "attachment Open: a.pdf" },
  ],
  [
    "an attachment that says nothing",
    { ActivityIdType: "PreviewOfAttachmentStarted", ActivityItemId: "item-1" },
    { Summary: "attachment PreviewOfAttachmentStarted" },
  ],
  [
    "a delivery",
    {
      ActivityIdType: "MessageDelivered",
      ActivityItemId: "item-1",
      CustomProperties: { Subject: "Invoice", SenderSmtpAddress: "bob@fabrikam.example" },
    },
    { Kind: "message", Subject: "Invoice", Actor: "bob@fabrikam.example", Summary: "message delivered", IP: "" },
  ],
  [
    "a delivery whose sender stands in From alone",
    {
      ActivityIdType: "MessageDelivered",
      ActivityItemId: "item-1",
      CustomProperties: { Subject: "Invoice", From: "Bob <bob@fabrikam.example>" },
    },
    { Actor: "Bob <bob@fabrikam.example>", Summary: "message delivered" },
  ],
  ["a message sent", { ActivityIdType: "MessageSent", ActivityItemId: "item-1" }, { Summary: "message sent" }],
  ["a message begun", { ActivityIdType: "NewMessage" }, { Summary: "message begun", Subject: "" }],
  ["an answer", { ActivityIdType: "ReplyAll", ActivityItemId: "item-1" }, { Summary: "ReplyAll" }],
  [
    "a move",
    {
      ActivityIdType: "Move",
      ActivityItemId: "item-1",
      CustomProperties: { MoveType: "SoftDelete", SourceFolder: "Inbox", TargetFolder: "DeletedItems" },
    },
    { Kind: "other", Summary: "Move (SoftDelete) from Inbox to DeletedItems" },
  ],
  [
    "a plain move of the web client",
    {
      ActivityIdType: "Move",
      ActivityItemId: "item-1",
      CustomProperties: { MoveType: "Move", DestinationFolder: "X" },
    },
    { Summary: "Move to X" },
  ],
  [
    "a deletion",
    {
      ActivityIdType: "Delete",
      ActivityItemId: "item-1",
      CustomProperties: { DeleteType: "HardDelete", SourceDefaultFolderType: "Inbox" },
    },
    { Summary: "Delete (HardDelete) from Inbox" },
  ],
  ["an unknown type", { ActivityIdType: "TeleportedMessage" }, { Kind: "other", Summary: "TeleportedMessage" }],
];

export const examples: readonly ReportExample[] = [
  ...TELLINGS.map(([name, record, cells]) => ({
    name: `tells ${name}`,
    records: [{ ...record, TimeStamp: AT, AppIdType: "Web" }],
    expect: [{ Date: "2018-06-20", Time: "10:00:00Z", Type: record.ActivityIdType, Platform: "Web", ...cells }],
  })),
  {
    name: "a display whose end is logged says for how long",
    records: [
      { TimeStamp: AT, AppIdType: "Web", ActivityIdType: "ReadingPaneDisplayStart", ActivityItemId: "item-1" },
      {
        TimeStamp: "2018-06-20T10:00:20Z",
        AppIdType: "Web",
        ActivityIdType: "ReadingPaneDisplayEnd",
        ActivityItemId: "item-1",
      },
    ],
    expect: [{ Summary: "message opened, on display for 20 s" }, { Summary: "message closed" }],
  },
  {
    name: "two mailboxes in one sequence, by time and not by the text of it",
    records: [
      {
        TimeStamp: AT,
        AppIdType: "Web",
        ActivityIdType: "ServerLogon",
        CustomProperties: { Result: "Success", UserName: "anna@contoso.example", ClientIP: "192.0.2.1" },
      },
      { TimeStamp: "2018-06-20T12:00:00Z", AppIdType: "Web", ActivityIdType: "Flag" },
    ],
    files: {
      "other.json": [
        {
          TimeStamp: "2018-06-20T13:00:00+02:00",
          AppIdType: "Web",
          ActivityIdType: "ServerLogon",
          CustomProperties: { Result: "Success", UserName: "carla@contoso.example", ClientIP: "192.0.2.9" },
        },
        { TimeStamp: "2018-06-20T11:00:00.5Z", AppIdType: "Web", ActivityIdType: "Flag" },
      ],
    },
    expect: [
      { Time: "10:00:00Z", Mailbox: "anna@contoso.example", "Source File": "log.json" },
      { Time: "13:00:00+02:00", Mailbox: "carla@contoso.example", "Source File": "other.json" },
      { Time: "11:00:00.5Z", Mailbox: "carla@contoso.example", IP: "192.0.2.9", "IP Basis": "client" },
      { Time: "12:00:00Z", Mailbox: "anna@contoso.example", IP: "192.0.2.1", "IP Basis": "client" },
    ],
  },
  {
    name: "rows of one time, and those without a readable one, are in the order of the source, whichever mailbox they are of",
    audit: [
      ["07:00:00", "anna"],
      ["nonsense", "bert"],
      ["08:00:00", "bert"],
      ["08:00:00", "anna"],
      ["nonsense", "anna"],
      ["08:00:00", "bert"],
    ].map(([time, name]) => auditAt(`2018-06-20T${time}`, "FancyNewOp", { UserId: `${name}@contoso.example` })),
    files: {
      "more.json": [
        {
          TimeStamp: "2018-06-20T08:00:00Z",
          AppIdType: "Web",
          ActivityIdType: "ServerLogon",
          CustomProperties: { Result: "Success", UserName: "anna@contoso.example" },
        },
      ],
    },
    expect: [
      { Mailbox: "anna@contoso.example", "Source File": "audit.json", "Source Row": "1" },
      { Mailbox: "bert@contoso.example", "Source File": "audit.json", "Source Row": "3" },
      { Mailbox: "anna@contoso.example", "Source File": "audit.json", "Source Row": "4" },
      { Mailbox: "bert@contoso.example", "Source File": "audit.json", "Source Row": "6" },
      { Mailbox: "anna@contoso.example", "Source File": "more.json", "Source Row": "1" },
      { Mailbox: "bert@contoso.example", "Source File": "audit.json", "Source Row": "2" },
      { Mailbox: "anna@contoso.example", "Source File": "audit.json", "Source Row": "5" },
    ],
  },
  {
    name: "two mailboxes in time order where one of them writes a space for the T",
    records: [
      { ...logon("anna@contoso.example", "192.0.2.1"), TimeStamp: "2018-06-20 10:00:00Z" },
      { TimeStamp: "2018-06-20 12:00:00Z", AppIdType: "Web", ActivityIdType: "Flag" },
    ],
    files: {
      "other.json": [
        { ...logon("carla@contoso.example", "192.0.2.9"), TimeStamp: "2018-06-20T09:00:00Z" },
        { ...logon("carla@contoso.example", "192.0.2.9"), TimeStamp: "2018-06-20T11:00:00Z" },
      ],
    },
    // Without a T nothing parts the two halves, and Date has the whole.
    expect: [
      { Date: "2018-06-20", Time: "09:00:00Z", Mailbox: "carla@contoso.example", "Source Row": "1" },
      { Date: "2018-06-20 10:00:00Z", Time: "", Mailbox: "anna@contoso.example", "Source Row": "1" },
      { Date: "2018-06-20", Time: "11:00:00Z", Mailbox: "carla@contoso.example", "Source Row": "2" },
      { Date: "2018-06-20 12:00:00Z", Time: "", Mailbox: "anna@contoso.example", "Source Row": "2" },
    ],
  },
  {
    name: "a logon that names no address is nobody's, not even its session's",
    records: [
      { ...logon("anna@contoso.example", "192.0.2.1"), ClientSessionId: "web-1" },
      {
        TimeStamp: "2018-06-20T10:01:00Z",
        AppIdType: "Web",
        ActivityIdType: "ServerLogon",
        CustomProperties: { Result: "Failure", ClientIP: "" },
      },
      {
        TimeStamp: "2018-06-20T10:02:00Z",
        AppIdType: "Web",
        ActivityIdType: "ServerLogon",
        ClientSessionId: "web-1",
        CustomProperties: { Result: "Failure", ClientIP: "" },
      },
    ],
    expect: [
      { IP: "192.0.2.1", "IP Basis": "recorded" },
      { IP: "", "IP Basis": "none", Summary: "logon not successful (Failure)" },
      { IP: "", "IP Basis": "none" },
    ],
  },
  {
    name: "a tick on display is told as a plain decimal number",
    records: [
      { TimeStamp: AT, AppIdType: "Web", ActivityIdType: "ReadingPaneDisplayStart", ActivityItemId: "item-1" },
      {
        TimeStamp: "2018-06-20T10:00:00.0000001Z",
        AppIdType: "Web",
        ActivityIdType: "ReadingPaneDisplayEnd",
        ActivityItemId: "item-1",
      },
    ],
    expect: [{ Summary: "message opened, on display for 0.0000001 s" }, { Summary: "message closed" }],
  },
  ...["constructor", "toString", "__proto__"].map((AppIdType) => ({
    name: `an application called ${AppIdType} is one like any other`,
    records: [
      { ...logon("anna@contoso.example", "192.0.2.1"), AppIdType },
      { TimeStamp: "2018-06-20T10:01:00Z", AppIdType, ActivityIdType: "Flag" },
    ],
    expect: [
      { Platform: AppIdType, IP: "192.0.2.1", "IP Basis": "recorded" },
      { Platform: AppIdType, IP: "192.0.2.1", "IP Basis": "client" },
    ],
  })),
  {
    name: "an audit log and an export of one mailbox, in one order, who did it where the record says so",
    records: [
      logon(OWNER.toUpperCase(), "192.0.2.1"),
      { TimeStamp: "2018-06-20T10:00:02Z", AppIdType: "Web", ActivityIdType: "Flag" },
    ],
    audit: [
      boundAt("2018-06-20T10:00:03Z", "203.0.113.9", ["<1@fabrikam.example>", "<2@fabrikam.example>"], {
        UserId: "carla@contoso.example",
      }),
      signInAt("2018-06-20T10:00:01Z", "203.0.113.9", { failed: true }),
      syncedAt("2018-06-20T10:00:04Z", "203.0.113.9", "\\Sent Items"),
      auditAt("2018-06-20T10:00:05Z", "SearchQueryInitiatedExchange", { QueryText: "wire", ClientIP: "203.0.113.9" }),
      auditAt("2018-06-20T10:00:06Z", "HardDelete", {
        MailboxOwnerUPN: OWNER,
        AffectedItems: [{ Subject: "Wire", InternetMessageId: "<2@fabrikam.example>" }],
        Folder: { Path: "\\Sent Items" },
      }),
    ],
    expect: [
      { Time: "10:00:00Z", Kind: "logon", Actor: OWNER.toUpperCase(), "Source File": "log.json" },
      {
        Time: "10:00:01",
        Kind: "logon",
        Type: "UserLoginFailed",
        IP: "203.0.113.9",
        Actor: OWNER,
        Summary: "logon not successful (Failed: InvalidUserNameOrPassword (50126))",
        "Source File": "audit.json",
      },
      { Time: "10:00:02Z", Type: "Flag", IP: "192.0.2.1", "IP Basis": "client", Actor: "" },
      {
        Time: "10:00:03",
        Kind: "read",
        Type: "MailItemsAccessed",
        Platform: "OWA",
        IP: "203.0.113.9",
        "IP Basis": "recorded",
        Actor: "carla@contoso.example",
        Subject: "No Data",
        Summary: "message opened by Client=OWA;Action=ViaProxy, one of 2 operations",
      },
      { Time: "10:00:03", Subject: "Wire" },
      {
        Time: "10:00:04",
        Platform: "MSExchangeRPC",
        Subject: "",
        Summary: String.raw`folder \Sent Items synchronised by Client=MSExchangeRPC`,
      },
      { Time: "10:00:05", Kind: "search", Summary: "searched for: wire", Actor: OWNER },
      {
        Time: "10:00:06",
        Kind: "other",
        Subject: "Wire",
        Summary: String.raw`deleted for good from \Sent Items`,
        IP: "",
        "IP Basis": "none",
      },
    ],
  },
  {
    name: "a Bind that names no message is one row for all of its operations",
    audit: [
      boundAt("2018-06-20T10:00:00Z", "203.0.113.9", [], { OperationCount: 12 }),
      boundAt("2018-06-20T10:01:00Z", "203.0.113.9", ["<1@fabrikam.example>"], { OperationCount: 1 }),
    ],
    expect: [
      { Summary: "messages opened by Client=OWA;Action=ViaProxy, 12 operations; the record names no message" },
      { Summary: "message opened by Client=OWA;Action=ViaProxy" },
    ],
  },
  {
    name: "who is asked whether to stay signed in is in; who is asked for another factor is not, unless the record says so",
    audit: [
      { ...signInAt("2018-06-20T10:00:00Z", "203.0.113.9"), ErrorNumber: "50140" },
      { ...signInAt("2018-06-20T10:01:00Z", "203.0.113.9"), ErrorNumber: "50074" },
      {
        ...signInAt("2018-06-20T10:02:00Z", "203.0.113.9"),
        ErrorNumber: "50074",
        ExtendedProperties: [{ Name: "ResultStatusDetail", Value: "Success" }],
      },
      { ...signInAt("2018-06-20T10:03:00Z", "203.0.113.9"), ErrorNumber: "50140", ResultStatus: "Failed" },
    ],
    expect: [
      { Summary: "logged on" },
      { Summary: "logon not successful (Success: 50074)" },
      { Summary: "logged on" },
      { Summary: "logon not successful (Failed: 50140)" },
    ],
  },
  {
    name: "what failed is told as an attempt among other records, what succeeded in part as that",
    audit: [
      auditAt("2018-06-20T10:00:00Z", "Send", { ...INVOICE, ResultStatus: "Failed" }),
      auditAt("2018-06-20T10:00:01Z", "HardDelete", { ...INVOICES, ResultStatus: "Failed" }),
      boundAt("2018-06-20T10:00:02Z", "203.0.113.9", ["<1@fabrikam.example>"], { ResultStatus: "False" }),
      auditAt("2018-06-20T10:00:03Z", "SearchQueryInitiatedExchange", { QueryText: "wire", ResultStatus: "Failed" }),
      auditAt("2018-06-20T10:00:04Z", "Send", { ...INVOICE, ResultStatus: "PartiallySucceeded" }),
      auditAt("2018-06-20T10:00:05Z", "HardDelete", { ...INVOICES, ResultStatus: "PartiallySucceeded" }),
    ],
    expect: [
      { Kind: "other", Type: "Send", Subject: "Invoice", Summary: "failed attempt: Send", Outcome: "failure" },
      { Kind: "other", Summary: String.raw`failed attempt: deleted for good from \Inbox`, Outcome: "failure" },
      { Kind: "other", Type: "MailItemsAccessed", Summary: "failed attempt: MailItemsAccessed", Outcome: "failure" },
      { Kind: "search", Summary: "failed attempt: searched for: wire", Outcome: "failure" },
      { Kind: "message", Subject: "Invoice", Summary: "succeeded in part: message sent", Outcome: "partial" },
      { Kind: "other", Summary: String.raw`succeeded in part: deleted for good from \Inbox`, Outcome: "partial" },
    ],
  },
  {
    name: "a logon without a result is what its type says; one that succeeded in part is no logon, and no failure",
    audit: [
      auditAt("2018-06-20T10:00:00Z", "MailboxLogin", { ResultStatus: undefined }),
      { ...signInAt("2018-06-20T10:00:01Z", "203.0.113.9"), ResultStatus: undefined },
      { ...signInAt("2018-06-20T10:00:02Z", "203.0.113.9", { failed: true }), ResultStatus: undefined },
      auditAt("2018-06-20T10:00:03Z", "MailboxLogin", { ResultStatus: "PartiallySucceeded" }),
      {
        ...signInAt("2018-06-20T10:00:04Z", "203.0.113.9", { failed: true }),
        ResultStatus: "PartiallySucceeded",
        LogonError: undefined,
      },
    ],
    expect: [
      { Summary: "logged on", Outcome: "success" },
      { Summary: "logged on", Outcome: "success" },
      { Outcome: "failure" },
      { Summary: "logon succeeded in part (PartiallySucceeded)", Outcome: "partial" },
      { Summary: "logon not successful (PartiallySucceeded: 50126)", Outcome: "failure" },
    ],
  },
  {
    name: "what came of an operation is known where its record says so, whichever service's words it uses",
    audit: ["Succeeded", "success", "True", undefined, "Pending"].map((ResultStatus, at) =>
      auditAt(`2018-06-20T10:00:0${at}Z`, "Send", { ...INVOICE, ResultStatus }),
    ),
    expect: ["success", "success", "success", "unknown", "unknown"].map((Outcome) => ({
      Kind: "message",
      Summary: "message sent",
      Outcome,
      Workload: "Exchange",
      "Internet Message ID": "<1@fabrikam.example>",
      "Activity Item ID": "",
    })),
  },
  {
    name: "an address that only another client's logon gives is of low confidence",
    records: [
      logon("anna@contoso.example", "192.0.2.1"),
      { TimeStamp: "2018-06-20T10:01:00Z", AppIdType: "Outlook", ActivityIdType: "Flag" },
    ],
    expect: [{ Confidence: "certain" }, { IP: "192.0.2.1", "IP Basis": "mailbox", Confidence: "low" }],
  },
  {
    name: "a logon from a host, or from unknown, has no address",
    records: [logon("anna@contoso.example", "unknown"), logon("anna@contoso.example", "EXCH01.corp.example")],
    expect: [
      { Kind: "logon", IP: "", "IP Basis": "none", Confidence: "none", Score: "", Outcome: "success" },
      { Kind: "logon", IP: "", "IP Basis": "none", Confidence: "none", Score: "", Outcome: "success" },
    ],
  },
  {
    name: "of a delivery that does not say all of its message another record of the item may",
    records: [
      {
        TimeStamp: AT,
        AppIdType: "Exchange",
        ActivityIdType: "MessageDelivered",
        ActivityItemId: "item-1",
        CustomProperties: { Subject: "Invoice" },
      },
      {
        TimeStamp: "2018-06-20T10:01:00Z",
        AppIdType: "Web",
        ActivityIdType: "MarkAsRead",
        ActivityItemId: "item-1",
        CustomProperties: { InternetMessageId: "<1@fabrikam.example>" },
      },
    ],
    expect: [
      { Subject: "Invoice", "Internet Message ID": "<1@fabrikam.example>", "Activity Item ID": "item-1" },
      { Subject: "Invoice", "Internet Message ID": "<1@fabrikam.example>", "Activity Item ID": "item-1" },
    ],
  },
  {
    name: "a subject without an id of its message is the record's own; a record that has neither asks for none",
    audit: [
      auditAt("2018-06-20T10:00:00Z", "HardDelete", { AffectedItems: [{ Subject: "Invoice" }, { Id: "item-2" }] }),
      signInAt("2018-06-20T10:00:01Z", "192.0.2.1"),
    ],
    expect: [
      { Type: "HardDelete", Subject: "Invoice", "Internet Message ID": "", "Activity Item ID": "" },
      { Type: "HardDelete", Subject: "No Data", "Internet Message ID": "No Data", "Activity Item ID": "item-2" },
      { Type: "UserLoggedIn", Subject: "", "Internet Message ID": "" },
    ],
  },
  {
    name: "a record of which a list is cut off says so",
    audit: [
      boundAt("2018-06-20T10:00:00Z", "203.0.113.9", [], { Folders: '[{"Path":"\\\\Inbox"', OperationCount: 3 }),
      auditAt("2018-06-20T10:00:01Z", "SoftDelete", { MailboxOwnerUPN: OWNER, AffectedItems: "two messages" }),
    ],
    expect: [
      { Summary: "messages opened by Client=OWA;Action=ViaProxy, 3 operations; its Folders cannot be read" },
      { Summary: "deleted past Deleted Items; its AffectedItems cannot be read" },
    ],
  },
];
