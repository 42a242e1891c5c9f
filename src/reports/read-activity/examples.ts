import type { ApiRecord } from "../../activities/example.ts";
import type { ReportExample } from "../example.ts";
import { auditExamples } from "./audit/examples.ts";

const BY_TIME = { table: "read-activity-by-time" } as const;
const BY_ITEM = { table: "read-activity-by-item" } as const;

const delivered = {
  TimeStamp: "2018-06-20T08:00:00Z",
  AppIdType: "Exchange",
  ActivityIdType: "MessageDelivered",
  ActivityItemId: "item-1",
  CustomProperties: {
    Subject: "Invoice",
    SenderSmtpAddress: "bob@fabrikam.example",
    ReceivedTime: "06/20/2018 08:00:00 AM",
    Recipients: "anna@contoso.example",
    DeliveredFolderType: "Inbox",
    InternetMessageId: "<1@fabrikam.example>",
    ConversationId: "conversation-1",
  },
} as const satisfies ApiRecord;

const opened = {
  TimeStamp: "2018-06-20T10:10:00Z",
  AppIdType: "Web",
  ActivityIdType: "ReadingPaneDisplayStart",
  ActivityItemId: "item-1",
  ClientSessionId: "web-1",
} as const satisfies ApiRecord;

function logon(time: string, ClientIP: string, more: Partial<ApiRecord> = {}, Result = "Success"): ApiRecord {
  return {
    TimeStamp: `2018-06-20T${time}Z`,
    AppIdType: "Web",
    ActivityIdType: "ServerLogon",
    CustomProperties: { Result, ClientIP, UserName: "anna@contoso.example" },
    ...more,
  };
}

const KNOWN = {
  Subject: "Invoice",
  From: "bob@fabrikam.example",
  "Received Date": "06/20/2018 08:00:00 AM",
  Recipients: "anna@contoso.example",
  Folder: "Inbox",
  "Internet Message ID": "<1@fabrikam.example>",
} as const;

const UNKNOWN = {
  Subject: "No Data",
  From: "No Data",
  "Received Date": "No Data",
  Recipients: "No Data",
  Folder: "No Data",
  "Internet Message ID": "No Data",
  Metadata: "",
} as const;

const metadata: readonly ReportExample[] = [
  {
    ...BY_TIME,
    name: "metadata of a delivery before the read",
    records: [delivered, opened],
    expect: [{ ...KNOWN, Metadata: "MessageDelivered log.json:1", Access: "opened", "Activity Item ID": "item-1" }],
  },
  {
    ...BY_TIME,
    name: "metadata of a delivery behind the read",
    records: [opened, delivered],
    expect: [{ ...KNOWN, Metadata: "MessageDelivered log.json:2" }],
  },
  {
    ...BY_TIME,
    name: "metadata of a delivery in another file of the same mailbox",
    records: [logon("07:00:00", "192.0.2.1"), opened],
    files: { "more.json": [logon("07:00:01", "192.0.2.1"), delivered] },
    expect: [{ ...KNOWN, Metadata: "MessageDelivered more.json:2", "Source File": "log.json", "Source Row": "2" }],
  },
  {
    ...BY_TIME,
    name: "another mailbox knows nothing of the item",
    records: [logon("07:00:00", "192.0.2.1"), opened],
    files: {
      "other.json": [
        logon("07:00:01", "192.0.2.9", {
          CustomProperties: { Result: "Success", ClientIP: "192.0.2.9", UserName: "carla@contoso.example" },
        }),
        delivered,
      ],
    },
    expect: [{ ...UNKNOWN, Mailbox: "anna@contoso.example", "Last Login IP": "192.0.2.1" }],
  },
  {
    ...BY_TIME,
    name: "a filtered delivery still tells",
    records: [delivered, opened],
    start: "2018-06-20T10:00:00Z",
    expect: [{ ...KNOWN, Metadata: "MessageDelivered log.json:1" }],
  },
  { ...BY_TIME, name: "nothing is known", records: [opened], expect: [UNKNOWN] },
  {
    ...BY_TIME,
    name: "first knowledge wins field by field, and Metadata says which record told what",
    records: [
      {
        ...opened,
        TimeStamp: "2018-06-20T07:00:00Z",
        ActivityIdType: "ReplyAll",
        CustomProperties: { SenderAddress: "later@fabrikam.example", ReceivedTime: "2018-06-20T08:00:00Z" },
      },
      opened,
      {
        ...opened,
        ActivityIdType: "MarkAsRead",
        CustomProperties: { SenderAddress: "bob@fabrikam.example", SourceFolder: "Archive" },
      },
      { ...delivered, CustomProperties: { Subject: "Invoice", DeliveredFolderType: "Inbox" } },
    ],
    expect: [
      {
        Subject: "Invoice",
        From: "bob@fabrikam.example",
        "Received Date": "2018-06-20T08:00:00Z",
        Folder: "Inbox",
        Recipients: "No Data",
        Metadata: "MessageDelivered log.json:4; MarkAsRead log.json:3 (From); ReplyAll log.json:1 (Received Date)",
      },
    ],
  },
  {
    ...BY_TIME,
    name: "an empty subject is knowledge and is not replaced",
    records: [
      { ...delivered, CustomProperties: { Subject: null } },
      { ...opened, ActivityIdType: "MarkAsRead", CustomProperties: { Subject: "other" } },
      opened,
    ],
    expect: [{ Subject: "", From: "No Data", Metadata: "MessageDelivered log.json:1" }],
  },
  {
    ...BY_TIME,
    name: "of several names of one fact an empty one does not hide another",
    records: [
      {
        ...delivered,
        CustomProperties: { ...delivered.CustomProperties, SenderSmtpAddress: "", From: "bob@fabrikam.example" },
      },
      { ...opened, CustomProperties: { SelectedFolderName: "" } },
    ],
    expect: [{ From: "bob@fabrikam.example", Folder: "Inbox" }],
  },
  {
    ...BY_TIME,
    name: "the folder where the reader stood goes before the one of the delivery",
    records: [delivered, { ...opened, CustomProperties: { SelectedFolderName: "Search Results" } }],
    expect: [{ Folder: "Search Results" }],
  },
];

/** The record of the move has the id that the item has from then on. */
function move(SourceFolder: string): ApiRecord {
  return {
    ...opened,
    TimeStamp: "2018-06-20T09:00:00Z",
    ActivityIdType: "Move",
    ActivityItemId: "item-2",
    CustomProperties: { MoveType: "Move", SourceFolder, TargetFolder: "Archive" },
  };
}

/** The moved item on display, in the conversation of the delivery. */
const openedMoved = {
  ...opened,
  ActivityItemId: "item-2",
  CustomProperties: { ConversationId: "conversation-1" },
} as const satisfies ApiRecord;

function inConversation(time: string, ActivityIdType: string, ActivityItemId: string): ApiRecord {
  return { ...openedMoved, TimeStamp: `2018-06-20T${time}Z`, ActivityIdType, ActivityItemId };
}

function secondDelivery(ActivityItemId: string): ApiRecord {
  const CustomProperties = { ...delivered.CustomProperties, InternetMessageId: "<2@fabrikam.example>" };
  return { ...delivered, TimeStamp: "2018-06-20T09:00:00Z", ActivityItemId, CustomProperties };
}

function deliveredAs({ subject = "Invoice", folder = "Inbox" }): ApiRecord {
  return {
    ...delivered,
    CustomProperties: { ...delivered.CustomProperties, Subject: subject, DeliveredFolderType: folder },
  };
}

const moved: readonly ReportExample[] = [
  {
    ...BY_TIME,
    name: "a moved item is followed by InternetMessageId",
    records: [
      delivered,
      {
        ...opened,
        TimeStamp: "2018-06-20T10:00:00Z",
        ActivityIdType: "MarkAsRead",
        ActivityItemId: "item-2",
        CustomProperties: { InternetMessageId: "<1@fabrikam.example>" },
      },
      { ...opened, ActivityItemId: "item-2" },
    ],
    expect: [{ ...KNOWN, Metadata: "MessageDelivered log.json:1 via InternetMessageId", "Activity Item ID": "item-2" }],
  },
  // The same record in two files, in one of them damaged.
  ...[
    ["without properties", {}],
    ["without its id", { Subject: "Invoice" }],
  ].flatMap(([how, CustomProperties]) =>
    [true, false].map((isFirst) => {
      const damaged = { ...delivered, CustomProperties } as ApiRecord;
      return {
        ...BY_TIME,
        name: `so it is where the item's ${isFirst ? "first" : "second"} delivery is one ${how as string}`,
        records: [
          ...(isFirst ? [damaged, delivered] : [delivered, damaged]),
          { ...opened, ActivityItemId: "item-2", CustomProperties: { InternetMessageId: "<1@fabrikam.example>" } },
        ],
        expect: [KNOWN],
      };
    }),
  ),
  {
    ...BY_TIME,
    name: "a delivery without its id is followed to by the id that another record of the item has",
    records: [
      { ...delivered, CustomProperties: { Subject: "Invoice" } },
      { ...opened, ActivityIdType: "MarkAsRead", CustomProperties: { InternetMessageId: "<1@fabrikam.example>" } },
      { ...opened, ActivityItemId: "item-2", CustomProperties: { InternetMessageId: "<1@fabrikam.example>" } },
    ],
    expect: [{ Subject: "Invoice" }],
  },
  ...[true, false].map((isFirst) => {
    const damaged = { ...delivered, CustomProperties: {} };
    return {
      ...BY_TIME,
      name: `by ConversationId, too, where the item's ${isFirst ? "first" : "second"} delivery has no properties`,
      records: [...(isFirst ? [damaged, delivered] : [delivered, damaged]), move("Inbox"), openedMoved],
      expect: [{ ...KNOWN, Folder: "Archive" }],
    };
  }),
  {
    ...BY_TIME,
    name: "two deliveries with one InternetMessageId that tell different things follow nothing",
    records: [
      delivered,
      {
        ...delivered,
        ActivityItemId: "item-3",
        CustomProperties: { ...delivered.CustomProperties, Subject: "Another" },
      },
      { ...opened, ActivityItemId: "item-2", CustomProperties: { InternetMessageId: "<1@fabrikam.example>" } },
    ],
    expect: [
      {
        ...UNKNOWN,
        "Internet Message ID": "<1@fabrikam.example>",
        Metadata: "ReadingPaneDisplayStart log.json:3",
      },
    ],
  },
  {
    ...BY_TIME,
    name: "a moved item is followed by ConversationId where that is one message, and is in the folder that it was moved to",
    records: [delivered, move("Inbox"), openedMoved],
    expect: [
      {
        ...KNOWN,
        Folder: "Archive",
        Metadata: "MessageDelivered log.json:1 via ConversationId; Move log.json:2 (Folder)",
      },
    ],
  },
  {
    ...BY_TIME,
    name: "so it is where the first colon comes too late for a mark of an answer: behind 21 characters",
    records: [deliveredAs({ subject: "Figures of the Norths: Invoice" }), move("Inbox"), openedMoved],
    expect: [{ Subject: "Figures of the Norths: Invoice", From: "bob@fabrikam.example" }],
  },
  {
    ...BY_TIME,
    name: "nor does a third item of the conversation hinder that is known to be the same message",
    records: [
      delivered,
      move("Inbox"),
      {
        ...inConversation("09:30:00", "MarkAsRead", "item-3"),
        CustomProperties: { InternetMessageId: "<1@fabrikam.example>", ConversationId: "conversation-1" },
      },
      openedMoved,
    ],
    expect: [{ ...KNOWN, Folder: "Archive" }],
  },
  {
    ...BY_TIME,
    name: "a delivery into a folder of the owner's names its id, as the move out of it does",
    records: [
      {
        ...delivered,
        CustomProperties: {
          ...delivered.CustomProperties,
          DeliveredFolderType: "None",
          DeliveredFolderId: "LgAAAAB1",
        },
      },
      move("LgAAAAB1"),
      openedMoved,
    ],
    expect: [{ Subject: "Invoice", Folder: "Archive" }],
  },
  {
    ...BY_TIME,
    name: "Metadata names only records that told something, and what each of them told",
    records: [
      delivered,
      {
        ...opened,
        ActivityIdType: "MarkAsRead",
        ActivityItemId: "item-2",
        CustomProperties: { InternetMessageId: "<1@fabrikam.example>", SourceFolder: "Archive" },
      },
      {
        ...opened,
        ActivityIdType: "ReplyAll",
        ActivityItemId: "item-2",
        CustomProperties: { SenderAddress: "eve@fabrikam.example", ReceivedTime: "06/20/2018 09:00:00 AM" },
      },
      { ...opened, ActivityItemId: "item-2" },
    ],
    expect: [
      {
        ...KNOWN,
        Folder: "Archive",
        Metadata: "MessageDelivered log.json:1 via InternetMessageId; MarkAsRead log.json:2 (Folder)",
      },
    ],
  },
  {
    ...BY_TIME,
    name: "nor a record that told the folder which the item was moved out of",
    records: [
      {
        ...delivered,
        CustomProperties: { Subject: "Invoice", InternetMessageId: "<1@fabrikam.example>" },
      },
      { ...opened, ActivityIdType: "MarkAsRead", CustomProperties: { SourceFolder: "Inbox" } },
      {
        ...opened,
        ActivityIdType: "MarkAsRead",
        ActivityItemId: "item-2",
        CustomProperties: { InternetMessageId: "<1@fabrikam.example>", SourceFolder: "Archive" },
      },
      { ...opened, ActivityItemId: "item-2" },
    ],
    expect: [{ Metadata: "MessageDelivered log.json:1 via InternetMessageId; MarkAsRead log.json:3 (Folder)" }],
  },
  {
    ...BY_TIME,
    name: "each of several copies names its own delivery",
    records: [
      delivered,
      { ...delivered, TimeStamp: "2018-06-20T08:00:01Z", ActivityItemId: "item-2" },
      { ...opened, ActivityItemId: "item-2" },
    ],
    expect: [{ ...KNOWN, Metadata: "MessageDelivered log.json:2" }],
  },
];

/** Why an item is not followed by ConversationId; the records stand behind the delivery and the move. */
const NOT_FOLLOWED: readonly (readonly [why: string, records: readonly ApiRecord[], first?: readonly ApiRecord[]])[] = [
  ["a second message was delivered in the conversation", [secondDelivery("item-3")]],
  ["a second message was delivered in it by a record without an item", [secondDelivery("")]],
  ["somebody answered", [{ ...inConversation("09:30:00", "Reply", "item-1"), CustomProperties: {} }]],
  ["somebody answered the item itself", [{ ...inConversation("09:30:00", "Reply", "item-2"), CustomProperties: {} }]],
  ["an answer names the conversation and no item", [inConversation("09:30:00", "Reply", "")]],
  [
    "somebody answered under another id that is followed by InternetMessageId",
    [
      {
        ...inConversation("09:30:00", "ReplyAll", "item-3"),
        CustomProperties: { InternetMessageId: "<1@fabrikam.example>" },
      },
    ],
  ],
  ["a draft was begun in it", [inConversation("09:30:00", "DraftCreated", "item-3")]],
  ["a third item is named in it", [inConversation("12:00:00", "Flag", "item-3")]],
  [
    "a third item is named in it, in the first row",
    [],
    [inConversation("12:00:00", "Flag", "item-3"), delivered, move("Inbox")],
  ],
  ["a record of it is earlier than the delivery", [inConversation("07:30:00", "IgnoreConversation", "")]],
  ["a record of the item is earlier than its move", [inConversation("08:59:59", "Flag", "item-2")]],
  [
    "another record of the item tells of a message",
    [{ ...inConversation("09:30:00", "Flag", "item-2"), CustomProperties: { Subject: "" } }],
  ],
  ["no record says that the item was moved", [], [delivered]],
  ["it was moved out of another folder than that of the delivery", [], [delivered, move("Archive")]],
  ["it was moved before the delivery", [], [{ ...delivered, TimeStamp: "2018-06-20T09:00:01Z" }, move("Inbox")]],
  [
    "the delivery's folder holds messages of the owner's own",
    [],
    [deliveredAs({ folder: "DeletedItems" }), move("DeletedItems")],
  ],
  // The last has 20 characters before its colon.
  ...["AW: Invoice", "R: Invoice", "[EXTERNAL] RES: Invoice", "回复：Invoice", "Figures of the North: Invoice"].map(
    (subject) =>
      [
        `the delivery may be an answer itself, so that earlier messages may exist (${subject})`,
        [],
        [deliveredAs({ subject }), move("Inbox")],
      ] as const,
  ),
];

const notFollowed: readonly ReportExample[] = NOT_FOLLOWED.map(
  ([why, records, first = [delivered, move("Inbox")]]) => ({
    ...BY_TIME,
    name: `an item is not followed by ConversationId where ${why}`,
    records: [...first, ...records, openedMoved],
    where: { Type: "ReadingPaneDisplayStart" },
    expect: [{ From: "No Data", "Received Date": "No Data", "Internet Message ID": "No Data" }],
  }),
);

/** A logon of an App Type at a time of any day. */
function logonOf(AppIdType: string, TimeStamp: string, address: string, ClientSessionId?: string): ApiRecord {
  return logon("", address, { TimeStamp, AppIdType, ...(ClientSessionId === undefined ? {} : { ClientSessionId }) });
}

const attribution: readonly ReportExample[] = [
  {
    ...BY_TIME,
    name: "logons at A, B, A and then a read: the last login is A, and B is named",
    records: [
      logon("10:00:00", "192.0.2.1"),
      logon("10:01:00", "198.51.100.2"),
      logon("10:02:00", "192.0.2.1"),
      opened,
    ],
    expect: [
      {
        "Last Login IP": "192.0.2.1",
        "Attributed IP": "192.0.2.1",
        Attribution: "client",
        Confidence: "low",
        "Logon Time": "2018-06-20T10:02:00Z",
        "Other IPs": "198.51.100.2",
      },
    ],
  },
  ...[undefined, ["ReadingPaneDisplayStart"]].map((types) => ({
    ...BY_TIME,
    name: `a logon that is in the log twice attributes once${types === undefined ? "" : ", filtered or not"}`,
    records: [
      logon("10:00:00", "192.0.2.1"),
      logon("10:00:00", "198.51.100.2"),
      logon("10:00:00", "192.0.2.1"),
      opened,
    ],
    ...(types === undefined ? {} : { types }),
    expect: [
      { "Last Login IP": "198.51.100.2", "Attributed IP": "198.51.100.2", Confidence: "low", "Other IPs": "192.0.2.1" },
    ],
  })),
  {
    ...BY_TIME,
    name: "the session of a logon: high, whatever logged on since",
    records: [
      logon("10:00:00", "192.0.2.1", { ClientSessionId: "web-1", ActivityIdType: "Logon" }),
      logon("10:05:00", "198.51.100.2"),
      opened,
    ],
    expect: [
      {
        "Last Login IP": "198.51.100.2",
        "Attributed IP": "192.0.2.1",
        Attribution: "session",
        Confidence: "high",
        "Logon Time": "2018-06-20T10:00:00Z",
        "Other IPs": "",
      },
    ],
  },
  {
    ...BY_TIME,
    name: "a session seen at two addresses: one of them, the other is named",
    records: [
      logon("10:00:00", "192.0.2.1", { ClientSessionId: "web-1" }),
      logon("10:05:00", "198.51.100.2", { ClientSessionId: "web-1" }),
      opened,
    ],
    expect: [
      { "Attributed IP": "198.51.100.2", Attribution: "session", Confidence: "medium", "Other IPs": "192.0.2.1" },
    ],
  },
  {
    ...BY_TIME,
    name: "the client's only address: medium",
    records: [logon("10:00:00", "192.0.2.1"), opened],
    expect: [{ "Attributed IP": "192.0.2.1", Attribution: "client", Confidence: "medium", "Other IPs": "" }],
  },
  {
    ...BY_TIME,
    name: "another App Type's logon alone: mailbox, low",
    records: [logon("10:00:00", "192.0.2.1", { AppIdType: "Outlook" }), opened],
    expect: [{ "Last Login IP": "192.0.2.1", "Attributed IP": "192.0.2.1", Attribution: "mailbox", Confidence: "low" }],
  },
  {
    ...BY_TIME,
    name: "a logon of the web client that is over by then: mailbox, low",
    records: [logon("04:00:00", "192.0.2.1"), opened],
    expect: [{ "Attributed IP": "192.0.2.1", Attribution: "mailbox", Confidence: "low" }],
  },
  ...(
    [
      ["Web", "2018-06-20T04:10:00Z", "2018-06-20T04:09:59Z"],
      ["Outlook", "2018-06-19T10:10:00Z", "2018-06-19T10:09:59Z"],
    ] as const
  ).flatMap(([AppIdType, live, over]) => {
    const read = { ...opened, AppIdType };
    return [
      {
        ...BY_TIME,
        name: `a logon of ${AppIdType} just within its session life: client, medium`,
        records: [logonOf(AppIdType, live, "192.0.2.1"), read],
        expect: [{ "Attributed IP": "192.0.2.1", Attribution: "client", Confidence: "medium", "Other IPs": "" }],
      },
      {
        ...BY_TIME,
        name: `a logon of ${AppIdType} a second longer ago: mailbox, low`,
        records: [logonOf(AppIdType, over, "192.0.2.1"), read],
        expect: [{ "Attributed IP": "192.0.2.1", Attribution: "mailbox", Confidence: "low", "Other IPs": "" }],
      },
      {
        ...BY_TIME,
        name: `a logon of ${AppIdType} competes with a later one within its session life alone`,
        records: [
          logonOf(AppIdType, over, "203.0.113.9"),
          logonOf(AppIdType, live, "198.51.100.2"),
          logonOf(AppIdType, "2018-06-20T10:00:00Z", "192.0.2.1"),
          read,
        ],
        expect: [
          { "Attributed IP": "192.0.2.1", Attribution: "client", Confidence: "low", "Other IPs": "198.51.100.2" },
        ],
      },
      {
        ...BY_TIME,
        name: `in one session a logon of ${AppIdType} competes within its session life alone`,
        records: [
          logonOf(AppIdType, over, "203.0.113.9", "web-1"),
          logonOf(AppIdType, live, "198.51.100.2", "web-1"),
          logonOf("Web", "2018-06-20T10:00:00Z", "192.0.2.1", "web-1"),
          opened,
        ],
        expect: [
          { "Attributed IP": "192.0.2.1", Attribution: "session", Confidence: "medium", "Other IPs": "198.51.100.2" },
        ],
      },
      {
        ...BY_TIME,
        name: `the session's logon of ${AppIdType} just within its session life goes before the next one`,
        records: [
          logonOf(AppIdType, live, "192.0.2.1", "web-1"),
          opened,
          logonOf("Web", "2018-06-20T10:11:00Z", "198.51.100.2", "web-1"),
        ],
        expect: [
          { "Attributed IP": "192.0.2.1", Attribution: "session", Confidence: "medium", "Other IPs": "198.51.100.2" },
        ],
      },
      {
        ...BY_TIME,
        name: `the next logon of the session goes before one of ${AppIdType} a second longer ago`,
        records: [
          logonOf(AppIdType, over, "192.0.2.1", "web-1"),
          opened,
          logonOf("Web", "2018-06-20T10:11:00Z", "198.51.100.2", "web-1"),
        ],
        expect: [
          { "Attributed IP": "198.51.100.2", Attribution: "session", Confidence: "medium", "Other IPs": "192.0.2.1" },
        ],
      },
    ];
  }),
  {
    ...BY_TIME,
    name: "mailbox: the addresses of the 24 hours before are named, whatever their App Type",
    records: [
      logonOf("Mobile", "2018-06-19T10:09:59Z", "203.0.113.9"),
      logonOf("Mobile", "2018-06-19T10:10:00Z", "198.51.100.2"),
      logonOf("Outlook", "2018-06-20T10:00:00Z", "192.0.2.1"),
      opened,
    ],
    expect: [{ "Attributed IP": "192.0.2.1", Attribution: "mailbox", Confidence: "low", "Other IPs": "198.51.100.2" }],
  },
  {
    ...BY_TIME,
    name: "no logon before: none",
    records: [opened, logon("11:00:00", "192.0.2.1")],
    expect: [
      {
        "Last Login IP": "No Data",
        "Attributed IP": "No Data",
        Attribution: "none",
        Confidence: "none",
        "Logon Time": "",
        "Other IPs": "",
      },
    ],
  },
  {
    ...BY_TIME,
    name: "failed logons never attribute, not even by their session, and are no competitors",
    records: [
      logon("10:00:00", "192.0.2.1"),
      logon("10:05:00", "203.0.113.9", { ClientSessionId: "web-1" }, "Failure"),
      opened,
    ],
    expect: [
      {
        "Last Login IP": "192.0.2.1",
        "Attributed IP": "192.0.2.1",
        Attribution: "client",
        Confidence: "medium",
        "Other IPs": "",
      },
    ],
  },
  {
    ...BY_TIME,
    name: "a logon without an address attributes nothing",
    records: [logon("10:00:00", "192.0.2.1"), logon("10:05:00", ""), opened],
    expect: [{ "Last Login IP": "192.0.2.1", "Attributed IP": "192.0.2.1", Confidence: "medium" }],
  },
  ...["EXCH01.corp.example", "unknown"].flatMap((ClientIP) =>
    [
      [logon("10:00:00", "192.0.2.1"), logon("10:05:00", ClientIP, { ClientSessionId: "web-1" })],
      [logon("10:00:00", "192.0.2.1"), logon("10:05:00", ClientIP)],
      [logon("10:05:00", ClientIP, { AppIdType: "Outlook" })],
    ].map((logons, at) => ({
      ...BY_TIME,
      name: `the address of a logon from ${ClientIP} is not known, by ${["session", "client", "mailbox"][at]}: none, and no other's`,
      records: [...logons, opened],
      expect: [
        {
          "Last Login IP": ClientIP,
          "Attributed IP": "No Data",
          Attribution: "none",
          Confidence: "none",
          "Other IPs": "",
        },
      ],
    })),
  ),
  {
    ...BY_TIME,
    name: "a logon from a host competes with one from an address",
    records: [logon("10:00:00", "EXCH01.corp.example"), logon("10:05:00", "192.0.2.1"), opened],
    expect: [
      { "Attributed IP": "192.0.2.1", Attribution: "client", Confidence: "low", "Other IPs": "EXCH01.corp.example" },
    ],
  },
  {
    ...BY_TIME,
    name: "in one session a logon that still goes on competes, though a later one of another client has ended",
    records: [
      logon("00:30:00", "203.0.113.9", { ClientSessionId: "web-1", AppIdType: "Outlook" }),
      logon("02:00:00", "198.51.100.2", { ClientSessionId: "web-1" }),
      logon("10:05:00", "198.51.100.2", { ClientSessionId: "web-1" }),
      opened,
    ],
    expect: [
      { "Attributed IP": "198.51.100.2", Attribution: "session", Confidence: "medium", "Other IPs": "203.0.113.9" },
    ],
  },
  {
    ...BY_TIME,
    name: "of equal times the order of the source decides",
    records: [logon("10:10:00", "192.0.2.1"), opened, logon("10:10:00", "198.51.100.2")],
    expect: [{ "Last Login IP": "192.0.2.1", "Attributed IP": "192.0.2.1" }],
  },
  {
    ...BY_TIME,
    name: "a row whose time cannot be read comes last, and no logon is taken for it",
    records: [{ ...opened, TimeStamp: "yesterday" }, logon("10:00:00", "192.0.2.1"), opened],
    expect: [
      { Date: "2018-06-20", Time: "10:10:00Z", "Attributed IP": "192.0.2.1" },
      { Date: "yesterday", Time: "", "Last Login IP": "No Data", "Attributed IP": "No Data", Attribution: "none" },
    ],
  },
];

const end = { ...opened, TimeStamp: "2018-06-20T10:10:42.5000000Z", ActivityIdType: "ReadingPaneDisplayEnd" } as const;

const dwell: readonly ReportExample[] = [
  {
    ...BY_TIME,
    name: "dwell time stands with the start",
    records: [opened, end],
    expect: [
      { Type: "ReadingPaneDisplayStart", "Dwell Seconds": "42.5", Access: "opened" },
      { Type: "ReadingPaneDisplayEnd", "Dwell Seconds": "", Access: "opened" },
    ],
  },
  {
    ...BY_TIME,
    name: "without an end there is none, which is not 0",
    records: [opened],
    expect: [{ "Dwell Seconds": "" }],
  },
  {
    ...BY_TIME,
    name: "the end of another session, application, item or view is not its end",
    records: [
      opened,
      { ...end, ClientSessionId: "web-2" },
      { ...end, AppIdType: "Outlook" },
      { ...end, ActivityItemId: "item-2" },
      { ...end, ActivityIdType: "InspectorDisplayEnd" },
    ],
    where: { Type: "ReadingPaneDisplayStart" },
    expect: [{ "Dwell Seconds": "" }],
  },
  {
    ...BY_TIME,
    name: "sessions are told apart by the whole of their ids",
    records: [
      { ...opened, ClientSessionId: "11111111-1111-4111-8111-aaaaaaaaaaaa" },
      { ...opened, ClientSessionId: "22222222-1111-4111-8111-aaaaaaaaaaaa", TimeStamp: "2018-06-20T10:10:10Z" },
      { ...end, ClientSessionId: "11111111-1111-4111-8111-aaaaaaaaaaaa" },
    ],
    where: { Type: "ReadingPaneDisplayStart" },
    expect: [
      { "Session ID": "11111111-1111-4111-8111-aaaaaaaaaaaa", "Dwell Seconds": "42.5" },
      { "Session ID": "22222222-1111-4111-8111-aaaaaaaaaaaa", "Dwell Seconds": "" },
    ],
  },
  {
    ...BY_TIME,
    name: "a tick on display is a plain decimal number",
    records: [opened, { ...end, TimeStamp: "2018-06-20T10:10:00.0000001Z" }],
    where: { Type: "ReadingPaneDisplayStart" },
    expect: [{ "Dwell Seconds": "0.0000001" }],
  },
  {
    ...BY_TIME,
    name: "a display that begins anew before its end has none: no second of it counts twice",
    records: [
      opened,
      { ...opened, TimeStamp: "2018-06-20T16:00:00Z" },
      { ...opened, ActivityIdType: "ReadingPaneDisplayEnd", TimeStamp: "2018-06-20T16:00:10Z" },
      { ...opened, ActivityIdType: "ReadingPaneDisplayEnd", TimeStamp: "2018-06-20T16:00:10.5Z" },
      { ...opened, TimeStamp: "2018-06-20T16:00:11Z" },
      { ...opened, ActivityIdType: "ReadingPaneDisplayEnd", TimeStamp: "2018-06-20T16:00:12Z" },
    ],
    expect: ["", "10", "", "", "1", ""].map((seconds) => ({ "Dwell Seconds": seconds })),
  },
  {
    ...BY_TIME,
    name: "an end behind the filter still measures its start",
    records: [opened, end],
    end: "2018-06-20T10:10:30Z",
    expect: [{ Type: "ReadingPaneDisplayStart", "Dwell Seconds": "42.5" }],
  },
  {
    ...BY_TIME,
    name: "an end a day later measures it",
    records: [opened, { ...end, TimeStamp: "2018-06-21T10:10:00Z" }],
    where: { Type: "ReadingPaneDisplayStart" },
    expect: [{ "Dwell Seconds": "86400" }],
  },
  {
    ...BY_TIME,
    name: "an end more than a day later is no measure of reading",
    records: [opened, { ...end, TimeStamp: "2018-06-21T10:10:00.0000001Z" }],
    where: { Type: "ReadingPaneDisplayStart" },
    expect: [{ "Dwell Seconds": "" }],
  },
];

export const examples: readonly ReportExample[] = [
  ...metadata,
  ...moved,
  ...notFollowed,
  ...attribution,
  ...dwell,
  {
    ...BY_TIME,
    name: "windows of their own are read too, and every application is kept",
    records: ["IMAP4", "POP3", "MacMail", "MacOutlook", "Lync", "Other", "Sundial"].map((AppIdType, at) => ({
      ...opened,
      AppIdType,
      ActivityIdType: "InspectorDisplayStart",
      TimeStamp: `2018-06-20T10:00:0${at}Z`,
    })),
    expect: ["IMAP4", "POP3", "MacMail", "MacOutlook", "Lync", "Other", "Sundial"].map((Platform) => ({
      Type: "InspectorDisplayStart",
      Platform,
      Access: "opened",
    })),
  },
  {
    ...BY_ITEM,
    name: "items in order of their first read, the rows of one together",
    records: [
      { ...opened, TimeStamp: "2018-06-20T10:03:00Z" },
      { ...opened, TimeStamp: "2018-06-20T10:01:00Z", ActivityItemId: "item-2" },
      { ...opened, TimeStamp: "2018-06-20T10:02:00Z" },
      { ...opened, TimeStamp: "2018-06-20T10:04:00Z", ActivityItemId: "item-2" },
    ],
    expect: [
      { "Activity Item ID": "item-2", Time: "10:01:00Z", "Source Row": "2" },
      { "Activity Item ID": "item-2", Time: "10:04:00Z", "Source Row": "4" },
      { "Activity Item ID": "item-1", Time: "10:02:00Z", "Source Row": "3" },
      { "Activity Item ID": "item-1", Time: "10:03:00Z", "Source Row": "1" },
    ],
  },
  ...auditExamples,
];
