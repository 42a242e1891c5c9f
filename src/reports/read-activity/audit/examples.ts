import { auditAt, boundAt, OWNER, signInAt, syncedAt } from "../../../activities/audit-example.ts";
import type { ApiRecord } from "../../../activities/example.ts";
import type { ReportExample } from "../../example.ts";

const BY_TIME = { table: "read-activity-by-time" } as const;
const NO_ID = "00000000-0000-0000-0000-000000000000";

/** A read whose message only the id tells, for what other records know of it. */
const bound = boundAt("2026-03-10T10:00:00Z", "203.0.113.9", ["<1@fabrikam.example>"]);

const TRACE = [
  "MessageId,Received,SenderAddress,RecipientAddress,Subject,Status",
  `<1@FABRIKAM.example>,2/28/2026 9:00:00 AM,bob@fabrikam.example,${OWNER},"Invoice, with ""terms""",Delivered`,
  "",
].join("\r\n");

/** Rows of a trace of one id, of 28 February 2026: time, sender, recipient and subject. */
function traceOf(...rows: readonly (readonly [string, string, string, string])[]): string {
  const lines = rows.map(([time, ...cells]) => ["<1@fabrikam.example>", `2026-02-28T${time}`, ...cells].join(","));
  return ["MessageId,Received,SenderAddress,RecipientAddress,Subject", ...lines, ""].join("\n");
}

function delivered(InternetMessageId: string): readonly ApiRecord[] {
  return [
    {
      TimeStamp: "2026-03-09T08:00:00Z",
      AppIdType: "Web",
      ActivityIdType: "ServerLogon",
      CustomProperties: { Result: "Success", ClientIP: "192.0.2.1", UserName: OWNER.toUpperCase() },
    },
    {
      TimeStamp: "2026-03-09T09:00:00Z",
      AppIdType: "Exchange",
      ActivityIdType: "MessageDelivered",
      ActivityItemId: "item-1",
      CustomProperties: {
        Subject: "Invoice",
        SenderSmtpAddress: "bob@fabrikam.example",
        ReceivedTime: "03/09/2026 09:00:00 AM",
        Recipients: OWNER,
        DeliveredFolderType: "Inbox",
        InternetMessageId,
      },
    },
  ];
}

/** The address that records of each ClientIPAddress have; `No Data` where the text is no address. */
const ADDRESSES: readonly (readonly [written: string, address: string])[] = [
  ["203.0.113.9", "203.0.113.9"],
  ["203.0.113.9:50121", "203.0.113.9"],
  ["[203.0.113.9]", "203.0.113.9"],
  ["[203.0.113.9]:443", "203.0.113.9"],
  ["2001:DB8:0::9", "2001:db8::9"],
  ["[2001:db8::9]", "2001:db8::9"],
  ["[2001:db8::9]:443", "2001:db8::9"],
  ["::ffff:203.0.113.9", "203.0.113.9"],
  ["[::ffff:203.0.113.9]:443", "203.0.113.9"],
  ["::1", "::1"],
  ["localhost", "No Data"],
  ["localhost:443", "No Data"],
  ["mail.contoso.example", "No Data"],
  ["mail.contoso.example:443", "No Data"],
  ["[mail.contoso.example]:443", "No Data"],
  ["", "No Data"],
  ["<null>", "No Data"],
];

export const auditExamples: readonly ReportExample[] = [
  {
    ...BY_TIME,
    name: "a Bind of three messages in two folders: a row each, of one source row",
    audit: [
      boundAt("2026-03-10T10:00:00Z", "203.0.113.9:50121", [], {
        SessionId: "s-1",
        OperationCount: 4,
        Folders: [
          {
            Id: "folder-1",
            Path: "\\Inbox",
            FolderItems: [
              { Id: "item-1", InternetMessageId: "<1@fabrikam.example>", SizeInBytes: 100 },
              { Id: "item-2", InternetMessageId: "<2@fabrikam.example>", SizeInBytes: 200 },
            ],
          },
          { Id: "folder-2", Path: "\\Inbox\\Bank", FolderItems: [{ InternetMessageId: "<3@fabrikam.example>" }] },
        ],
      }),
    ],
    expect: [
      {
        Date: "2026-03-10",
        Time: "10:00:00",
        Type: "MailItemsAccessed",
        Platform: "OWA",
        Subject: "No Data",
        From: "No Data",
        "Received Date": "No Data",
        "Last Login IP": "No Data",
        "Attributed IP": "203.0.113.9",
        Attribution: "recorded",
        Confidence: "certain",
        "Logon Time": "",
        "Other IPs": "",
        Access: "bound",
        "Dwell Seconds": "",
        Folder: "\\Inbox",
        "Internet Message ID": "<1@fabrikam.example>",
        Metadata: "MailItemsAccessed audit.json:1",
        "Activity Item ID": "item-1",
        "Session ID": "s-1",
        Client: "Client=OWA;Action=ViaProxy",
        "Operation Count": "4",
        Throttled: "",
        Mailbox: OWNER,
        "Source File": "audit.json",
        "Source Row": "1",
      },
      { "Internet Message ID": "<2@fabrikam.example>", "Activity Item ID": "item-2", "Source Row": "1" },
      { "Internet Message ID": "<3@fabrikam.example>", Folder: "\\Inbox\\Bank", "Source Row": "1" },
    ],
  },
  {
    ...BY_TIME,
    name: "a Sync names folders and no message: a row a folder",
    audit: [
      syncedAt("2026-03-10T10:00:00Z", "203.0.113.9", "\\Inbox"),
      syncedAt("2026-03-10T11:00:00Z", "203.0.113.9", "", {
        Item: undefined,
        Folders: [
          { Id: "folder-1", Path: "\\Inbox" },
          { Id: "folder-2", Path: "\\Sent Items" },
        ],
      }),
    ],
    expect: [
      {
        Access: "folder-synced",
        Folder: "\\Inbox",
        Subject: "No Data",
        "Internet Message ID": "No Data",
        "Activity Item ID": "",
        Client: "Client=MSExchangeRPC",
        "Operation Count": "1",
        "Source Row": "1",
      },
      { Folder: "\\Inbox", "Source Row": "2" },
      { Folder: "\\Sent Items", Access: "folder-synced", "Source Row": "2" },
    ],
  },
  {
    ...BY_TIME,
    name: "throttled, without a count and without a way of access",
    audit: [
      boundAt("2026-03-10T10:00:00Z", "203.0.113.9", ["<1@fabrikam.example>"], {
        OperationCount: undefined,
        OperationProperties: [
          { Name: "MailAccessType", Value: "Bind" },
          { Name: "IsThrottled", Value: "True" },
        ],
      }),
      boundAt("2026-03-10T10:01:00Z", "203.0.113.9", [], { OperationProperties: undefined, Folders: undefined }),
    ],
    expect: [
      { Throttled: "yes", "Operation Count": "", Access: "bound" },
      { Throttled: "", "Operation Count": "0", Access: "", "Internet Message ID": "No Data" },
    ],
  },
  {
    table: "read-activity-by-item",
    name: "the rows of one item together, of whichever record",
    audit: [
      boundAt("2026-03-10T10:00:00Z", "203.0.113.9", ["<1@fabrikam.example>", "<2@fabrikam.example>"]),
      boundAt("2026-03-10T11:00:00Z", "192.0.2.1", ["<1@Fabrikam.example>"]),
    ],
    expect: [
      { "Internet Message ID": "<1@fabrikam.example>", Time: "10:00:00", Client: "Client=OWA;Action=ViaProxy" },
      { Time: "11:00:00", "Attributed IP": "192.0.2.1", "Source Row": "2" },
      { "Internet Message ID": "<2@fabrikam.example>", Time: "10:00:00", "Operation Count": "2" },
    ],
  },
  {
    ...BY_TIME,
    name: "what was sent tells the subject of its own message",
    audit: [
      bound,
      auditAt("2026-03-10T11:00:00Z", "Send", {
        MailboxOwnerUPN: OWNER,
        Item: {
          Subject: "Invoice",
          InternetMessageId: "<1@FABRIKAM.EXAMPLE>",
          ParentFolder: { Path: "\\Drafts" },
        },
      }),
    ],
    expect: [{ Subject: "Invoice", Folder: "\\Inbox", Metadata: "Send audit.json:2" }],
  },
  {
    ...BY_TIME,
    name: "a deleted item tells its subject",
    audit: [
      bound,
      auditAt("2026-03-10T11:00:00Z", "SoftDelete", {
        MailboxOwnerUPN: OWNER,
        AffectedItems: [
          { Subject: "Other", InternetMessageId: "<2@fabrikam.example>", ParentFolder: { Path: "\\Inbox" } },
          { Subject: "Invoice", InternetMessageId: "1@fabrikam.example", ParentFolder: { Path: "\\Inbox" } },
        ],
      }),
    ],
    expect: [
      {
        Subject: "Invoice",
        "Internet Message ID": "<1@fabrikam.example>",
        // Both know it by chance; the earlier row is asked first.
        Metadata: "MailItemsAccessed audit.json:1; SoftDelete audit.json:2 (Subject)",
      },
    ],
  },
  {
    ...BY_TIME,
    name: "a message trace tells what no record does",
    audit: [bound],
    messages: { "trace.csv": TRACE },
    expect: [
      {
        Subject: 'Invoice, with "terms"',
        From: "bob@fabrikam.example",
        "Received Date": "2026-02-28T09:00:00Z",
        Recipients: OWNER,
        "Internet Message ID": "<1@fabrikam.example>",
        Metadata: "MailItemsAccessed audit.json:1; message trace.csv:1 (Subject, From, Received Date, Recipients)",
      },
    ],
  },
  {
    ...BY_TIME,
    name: "what a message and its trace tell is each its own",
    audit: [bound],
    messages: {
      "one.eml": 'From: bob@fabrikam.example\nSubject: Invoice, with "terms"\nMessage-ID: <1@fabrikam.example>\n\n',
      "trace.csv": TRACE,
    },
    expect: [
      {
        "Received Date": "2026-02-28T09:00:00Z",
        Metadata:
          "MailItemsAccessed audit.json:1; message one.eml (Subject, From); message trace.csv:1 (Received Date, Recipients)",
      },
    ],
  },
  {
    ...BY_TIME,
    name: "of a message that a mailbox forwards, with another sender of the envelope, the trace's row to the mailbox counts",
    audit: [bound],
    messages: {
      "trace.csv": traceOf(
        ["09:00:05Z", `owner+SRS=abc=fabrikam.example=bob@contoso.example`, "eve@evil.example", "Invoice"],
        ["09:00:00Z", "bob@fabrikam.example", OWNER.toUpperCase(), "Invoice"],
      ),
    },
    expect: [
      {
        Subject: "Invoice",
        From: "bob@fabrikam.example",
        "Received Date": "2026-02-28T09:00:00Z",
        Recipients: OWNER.toUpperCase(),
        Metadata: "MailItemsAccessed audit.json:1; message trace.csv:2 (Subject, From, Received Date, Recipients)",
      },
    ],
  },
  {
    ...BY_TIME,
    name: "of a list's message, where no row is to the mailbox by its name, the trace tells what all of its rows say",
    audit: [bound],
    messages: {
      "trace.csv": traceOf(
        ["09:00:00Z", "bounces+a=x.example@lists.example", "a@x.example", "Minutes"],
        ["09:00:00Z", "bounces+b=x.example@lists.example", "b@x.example", "Minutes"],
      ),
    },
    expect: [
      {
        Subject: "Minutes",
        From: "No Data",
        "Received Date": "2026-02-28T09:00:00Z",
        Recipients: "No Data",
        Metadata:
          "MailItemsAccessed audit.json:1; message trace.csv:1 (Subject, Received Date); message trace.csv:2 (Subject, Received Date)",
      },
    ],
  },
  {
    ...BY_TIME,
    name: "different messages of one id tell nothing, though one is to the mailbox",
    audit: [bound],
    messages: {
      "trace.csv": traceOf(
        ["09:00:00Z", "bob@fabrikam.example", "a@x.example", "Invoice"],
        ["09:00:00Z", "eve@evil.example", OWNER, "Lunch"],
      ),
    },
    expect: [{ Subject: "No Data", From: "No Data", Metadata: "MailItemsAccessed audit.json:1" }],
  },
  {
    ...BY_TIME,
    name: "what a trace has by the id of another message is not this one's",
    audit: [
      boundAt("2026-03-01T09:00:00Z", "203.0.113.9", [], {
        Folders: [
          { Path: "\\Inbox", FolderItems: [{ InternetMessageId: "<1@fabrikam.example>", Subject: "Log subject" }] },
        ],
      }),
    ],
    messages: { "trace.csv": TRACE },
    expect: [
      {
        Subject: "Log subject",
        From: "No Data",
        "Received Date": "No Data",
        Recipients: "No Data",
        Metadata: "MailItemsAccessed audit.json:1",
      },
    ],
  },
  ...["<1@fabrikam.example>", "1@fabrikam.example", "<1@FABRIKAM.Example>"].map((id): ReportExample => ({
    ...BY_TIME,
    name: `an export of the same mailbox tells of its delivery ${id}`,
    records: delivered(id),
    audit: [bound],
    expect: [
      {
        Subject: "Invoice",
        From: "bob@fabrikam.example",
        "Received Date": "03/09/2026 09:00:00 AM",
        Recipients: OWNER,
        "Internet Message ID": id,
        Metadata: "MessageDelivered log.json:2 via InternetMessageId",
        "Last Login IP": "192.0.2.1",
        "Attributed IP": "203.0.113.9",
        "Source File": "audit.json",
        "Source Row": "1",
      },
    ],
  })),
  {
    ...BY_TIME,
    name: "the same record twice is one",
    audit: [bound, boundAt("2026-03-10T10:00:00Z", "203.0.113.9", ["<2@fabrikam.example>"]), bound],
    expect: [{ "Source Row": "1" }, { "Source Row": "2" }],
  },
  ...ADDRESSES.map(([ClientIPAddress, address]): ReportExample => ({
    ...BY_TIME,
    name: `a record of ${JSON.stringify(ClientIPAddress)} has the address ${address}`,
    audit: [boundAt("2026-03-10T10:00:00Z", ClientIPAddress, ["<1@fabrikam.example>"])],
    expect: [
      {
        "Attributed IP": address,
        Attribution: address === "No Data" ? "none" : "recorded",
        Confidence: address === "No Data" ? "none" : "certain",
      },
    ],
  })),
  {
    ...BY_TIME,
    name: "a session that is blacked out is none",
    audit: [
      signInAt("2026-03-10T09:00:00Z", "203.0.113.9", { session: NO_ID }),
      boundAt("2026-03-10T10:00:00Z", "", ["<1@fabrikam.example>"], { SessionId: NO_ID }),
    ],
    expect: [{ "Attributed IP": "No Data", Attribution: "none", "Session ID": NO_ID }],
  },
  {
    ...BY_TIME,
    name: "a host name before an address is no address",
    audit: [boundAt("2026-03-10T10:00:00Z", "localhost:80", ["<1@fabrikam.example>"], { ClientIP: "198.51.100.4" })],
    expect: [{ "Attributed IP": "198.51.100.4", Attribution: "recorded" }],
  },
];
