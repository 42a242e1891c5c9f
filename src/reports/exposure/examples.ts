import type { ApiRecord } from "../../activities/example.ts";
import type { ReportExample } from "../example.ts";
import { auditExamples } from "./audit/examples.ts";

const web = { AppIdType: "Web", ActivityItemId: "item-1", ClientSessionId: "web-1" } as const;

const delivered = {
  TimeStamp: "2018-06-20T08:00:00Z",
  AppIdType: "Exchange",
  ActivityIdType: "MessageDelivered",
  ActivityItemId: "item-1",
  CustomProperties: {
    Subject: "Invoice",
    SenderSmtpAddress: "bob@fabrikam.example",
    ReceivedTime: "06/20/2018 08:00:00 AM",
    InternetMessageId: "<1@fabrikam.example>",
  },
} as const satisfies ApiRecord;

/** As redacted logs have it. */
const BLACKED_OUT = "<00000000-0000-0000-0000-000000000000>";

/** Deliveries of one InternetMessageId, and what else they tell. */
const devices = [
  ["item-1", {}],
  ["item-2", {}],
  ["item-3", { MessageGuid: "g-3", ConversationId: "c-3" }],
  ["item-4", { MessageGuid: "g-4", ConversationId: "c-4" }],
  ["item-5", { MessageGuid: "00000000-0000-0000-0000-000000000000" }],
  ["item-6", { MessageGuid: "00000000-0000-0000-0000-000000000000" }],
] as const;

/** A message of its own, delivered under this id. */
function another(TimeStamp: string, ActivityItemId: string): ApiRecord {
  const CustomProperties = { ...delivered.CustomProperties, InternetMessageId: `<${ActivityItemId}@fabrikam.example>` };
  return { ...delivered, TimeStamp, ActivityItemId, CustomProperties };
}

function logon(TimeStamp: string, AppIdType: string, ClientIP: string, Result = "Success"): ApiRecord {
  return { TimeStamp, AppIdType, ActivityIdType: "ServerLogon", CustomProperties: { Result, ClientIP } };
}

function outlook(time: string, ActivityIdType: string, ActivityItemId = "item-1"): ApiRecord {
  return { TimeStamp: `2018-06-20T${time}Z`, AppIdType: "Outlook", ActivityIdType, ActivityItemId };
}

function deletion(ActivityItemId: string): ApiRecord {
  const CustomProperties = { DeleteType: "HardDelete" };
  return { ...web, TimeStamp: "", ActivityIdType: "Delete", ActivityItemId, CustomProperties };
}

const WORDS: readonly (readonly [type: string, access: string | undefined])[] = [
  ["ReadingPaneDisplayStart", "opened"],
  ["InspectorDisplayStart", "opened"],
  ["InspectorDisplayEnd", "opened"],
  ["Reply", "opened"],
  ["ReplyAll", "opened"],
  ["Forward", "opened"],
  ["LinkClicked", "opened"],
  ["Print", "opened"],
  ["OpenedAnAttachment", "attachment-opened"],
  ["PreviewOfAttachmentStarted", "attachment-opened"],
  ["MarkAsRead", "marked-read"],
  ["MarkAsUnread", undefined],
  ["MessageSelected", undefined],
  ["Move", undefined],
  ["MessageDelivered", undefined],
];

export const examples: readonly ReportExample[] = [
  {
    name: "one row a message, with every way, the strongest evidence first",
    records: [
      delivered,
      logon("2018-06-20T09:00:00Z", "Web", "192.0.2.1"),
      { ...web, TimeStamp: "2018-06-20T10:00:00Z", ActivityIdType: "MarkAsRead" },
      { ...web, TimeStamp: "2018-06-20T10:00:01Z", ActivityIdType: "ReadingPaneDisplayStart" },
      { ...web, TimeStamp: "2018-06-20T10:00:11.5Z", ActivityIdType: "ReadingPaneDisplayEnd" },
      { ...web, TimeStamp: "2018-06-20T10:01:00Z", ActivityIdType: "OpenedAnAttachment" },
      logon("2018-06-20T11:00:00Z", "Web", "198.51.100.2"),
      { ...web, TimeStamp: "2018-06-20T11:00:01Z", ActivityIdType: "ReadingPaneDisplayStart" },
      { ...web, TimeStamp: "2018-06-20T11:00:02Z", ActivityIdType: "ReadingPaneDisplayEnd" },
    ],
    expect: [
      {
        Subject: "Invoice",
        From: "bob@fabrikam.example",
        "Received Date": "06/20/2018 08:00:00 AM",
        "Internet Message ID": "<1@fabrikam.example>",
        "Activity Item ID": "item-1",
        Access: "opened; attachment-opened; marked-read",
        "First Access": "2018-06-20T10:00:00Z",
        "Last Access": "2018-06-20T11:00:02Z",
        // Two displays, a mark and an attachment: an end whose start is logged is none of its own.
        Accesses: "4",
        "Dwell Seconds": "11.5",
        IPs: "192.0.2.1; 198.51.100.2",
        Suspicious: "no",
        "Source Row": "3",
      },
    ],
  },
  ...WORDS.map(([ActivityIdType, access]) => ({
    name: `${ActivityIdType} proves ${access ?? "no access"}`,
    records: [{ ...web, TimeStamp: "2018-06-20T10:00:00Z", ActivityIdType }],
    expect: access === undefined ? [] : [{ Access: access, Accesses: "1", "Dwell Seconds": "", Subject: "No Data" }],
  })),
  {
    name: "closing a window is nobody's access, whoever logged on meanwhile; it says until when",
    records: [
      logon("2018-06-20T09:00:00Z", "Outlook", "192.0.2.1"),
      outlook("10:00:00", "ReadingPaneDisplayStart"),
      logon("2018-06-20T10:05:00Z", "Outlook", "203.0.113.9"),
      outlook("10:10:00", "ReadingPaneDisplayEnd"),
    ],
    expect: [{ Accesses: "1", "Last Access": "2018-06-20T10:10:00Z", IPs: "192.0.2.1", Confidence: "medium" }],
  },
  {
    name: "nor is closing it the next week, which measures nothing",
    records: [
      logon("2018-06-20T09:00:00Z", "Outlook", "192.0.2.1"),
      outlook("10:00:00", "ReadingPaneDisplayStart"),
      logon("2018-06-27T09:00:00Z", "Outlook", "203.0.113.9"),
      { ...outlook("10:00:00", "ReadingPaneDisplayEnd"), TimeStamp: "2018-06-27T10:00:00Z" },
    ],
    expect: [{ Accesses: "1", "Last Access": "2018-06-27T10:00:00Z", "Dwell Seconds": "", IPs: "192.0.2.1" }],
  },
  ...[true, false].map((isFirst) => ({
    name: `the end of a display whose start is not logged is an access, ${isFirst ? "before" : "after"} another display`,
    records: [
      outlook(isFirst ? "09:00:00" : "11:00:00", "ReadingPaneDisplayEnd"),
      outlook("10:00:00", "ReadingPaneDisplayStart"),
      outlook("10:00:05", "ReadingPaneDisplayEnd"),
    ],
    expect: [{ Access: "opened", Accesses: "2", "Dwell Seconds": "5" }],
  })),
  {
    name: "previews of attachments count by the same rule",
    records: [
      outlook("10:00:00", "PreviewOfAttachmentStarted"),
      outlook("10:00:05", "PreviewOfAttachmentEnded"),
      outlook("10:00:09", "PreviewOfAttachmentEnded"),
    ],
    expect: [{ Access: "attachment-opened", Accesses: "2", "Dwell Seconds": "" }],
  },
  {
    name: "a display whose start is filtered is no access of what is printed",
    records: [outlook("10:00:00", "ReadingPaneDisplayStart"), outlook("10:00:05", "ReadingPaneDisplayEnd")],
    start: "2018-06-20T10:00:01Z",
    expect: [],
  },
  {
    name: "each address has its own ways: who answered a message and copied the mailbox did both",
    records: [
      delivered,
      logon("2018-06-20T09:00:00Z", "Web", "192.0.2.1"),
      { ...web, TimeStamp: "2018-06-20T09:01:00Z", ActivityIdType: "MarkAsRead" },
      logon("2018-06-20T10:00:00Z", "IMAP4", "203.0.113.9"),
      logon("2018-06-20T20:00:00Z", "Web", "203.0.113.9"),
      { ...web, TimeStamp: "2018-06-20T20:01:00Z", ActivityIdType: "Reply" },
    ],
    expect: [
      {
        Access: "opened; marked-read; mailbox-synced",
        IPs: "192.0.2.1; 203.0.113.9",
        Confidence: "medium; certain",
        Ways: "marked-read medium; opened medium, mailbox-synced certain",
      },
    ],
  },
  {
    name: "a message that was delivered by two records is copied once a logon",
    records: [
      delivered,
      { ...delivered, TimeStamp: "2018-06-20T08:00:01Z" },
      logon("2018-06-20T09:00:00Z", "IMAP4", "203.0.113.9"),
      logon("2018-06-20T10:00:00Z", "IMAP4", "203.0.113.9"),
    ],
    expect: [{ Access: "mailbox-synced", Accesses: "2" }],
  },
  {
    name: "a message that was delivered as two items is one, and copied once a logon",
    records: [
      delivered,
      { ...delivered, TimeStamp: "2018-06-20T08:00:01Z", ActivityItemId: "item-2" },
      logon("2018-06-20T09:00:00Z", "IMAP4", "203.0.113.9"),
      outlook("10:00:00", "ReadingPaneDisplayStart"),
      outlook("11:00:00", "ReadingPaneDisplayStart", "item-2"),
    ],
    expect: [{ "Activity Item ID": "item-1", Access: "opened; mailbox-synced", Accesses: "3" }],
  },
  {
    name: "two deliveries with one id that tell different things are two messages",
    records: [
      delivered,
      {
        ...delivered,
        ActivityItemId: "item-2",
        CustomProperties: { ...delivered.CustomProperties, SenderSmtpAddress: "eve@fabrikam.example" },
      },
      outlook("10:00:00", "ReadingPaneDisplayStart"),
      outlook("11:00:00", "ReadingPaneDisplayStart", "item-2"),
    ],
    expect: ["item-1", "item-2"].map((item) => ({ "Activity Item ID": item, Accesses: "1" })),
  },
  {
    name: "of a device that sends every message with one id each delivery is a message: nothing untold is agreement",
    records: [
      ...devices.map(([item, CustomProperties], at) => ({
        ...delivered,
        TimeStamp: `2018-06-20T08:00:0${at}Z`,
        ActivityItemId: item,
        CustomProperties: { InternetMessageId: "<scan@device.example>", ...CustomProperties },
      })),
      ...devices.map(([item], at) => outlook(`10:00:0${at}`, "ReadingPaneDisplayStart", item)),
    ],
    expect: devices.map(([item]) => ({ "Activity Item ID": item, Accesses: "1" })),
  },
  {
    name: "deliveries with one MessageGuid are one message, whether or not they tell the time",
    records: [
      ...["item-1", "item-2"].map((ActivityItemId) => ({
        ...delivered,
        ActivityItemId,
        CustomProperties: { InternetMessageId: "<scan@device.example>", MessageGuid: "g-1" },
      })),
      outlook("10:00:00", "ReadingPaneDisplayStart"),
      outlook("11:00:00", "ReadingPaneDisplayStart", "item-2"),
    ],
    expect: [{ "Activity Item ID": "item-1", Accesses: "2" }],
  },
  ...(["MessageGuid", "ConversationId"] as const).map((name) => ({
    name: `deliveries that agree, but for another ${name}, are two messages`,
    records: [
      ...["item-1", "item-2"].map((ActivityItemId) => ({
        ...delivered,
        ActivityItemId,
        CustomProperties: { ...delivered.CustomProperties, [name]: `of ${ActivityItemId}` },
      })),
      outlook("10:00:00", "ReadingPaneDisplayStart"),
      outlook("11:00:00", "ReadingPaneDisplayStart", "item-2"),
    ],
    expect: ["item-1", "item-2"].map((item) => ({ "Activity Item ID": item, Accesses: "1" })),
  })),
  {
    name: "an id that is blacked out joins nothing: neither deliveries that agree nor an item without one",
    records: [
      ...["item-1", "item-2"].map((ActivityItemId) => ({
        ...delivered,
        ActivityItemId,
        CustomProperties: { ...delivered.CustomProperties, InternetMessageId: BLACKED_OUT },
      })),
      outlook("10:00:00", "ReadingPaneDisplayStart"),
      outlook("11:00:00", "ReadingPaneDisplayStart", "item-2"),
      { ...outlook("12:00:00", "MarkAsRead", "item-3"), CustomProperties: { InternetMessageId: BLACKED_OUT } },
    ],
    expect: ["item-1", "item-2", "item-3"].map((item) => ({
      "Activity Item ID": item,
      "Internet Message ID": BLACKED_OUT,
      Accesses: "1",
    })),
  },
  {
    name: "an answer is no opening of the message that was answered under its second id",
    records: [
      {
        ...delivered,
        CustomProperties: { ...delivered.CustomProperties, ConversationId: "c", DeliveredFolderType: "Inbox" },
      },
      {
        ...outlook("09:00:00", "Move", "item-2"),
        CustomProperties: { SourceFolder: "Inbox", TargetFolder: "Archive" },
      },
      {
        ...outlook("09:30:00", "ReplyAll", "item-2"),
        CustomProperties: { InternetMessageId: "<1@fabrikam.example>" },
      },
      { ...outlook("10:00:00", "ReadingPaneDisplayStart", "item-3"), CustomProperties: { ConversationId: "c" } },
    ],
    expect: [
      { Subject: "Invoice", Access: "opened", Accesses: "1" },
      { Subject: "No Data", Access: "opened", Accesses: "1" },
    ],
  },
  {
    name: "a copy exposes what a filter keeps out",
    records: [
      delivered,
      outlook("08:30:00", "ReadingPaneDisplayStart", "item-2"),
      logon("2018-06-20T09:00:00Z", "IMAP4", "203.0.113.9"),
    ],
    start: "2018-06-20T08:59:00Z",
    expect: ["item-1", "item-2"].map((item) => ({
      "Activity Item ID": item,
      Access: "mailbox-synced",
      Accesses: "1",
      "First Access": "2018-06-20T09:00:00Z",
      "Source Row": "3",
    })),
  },
  {
    name: "addresses stand in order of their first access, whichever record tells of it",
    records: [
      logon("2018-06-20T07:00:00Z", "Outlook", "198.51.100.7"),
      delivered,
      outlook("10:00:00", "ReadingPaneDisplayStart"),
      logon("2018-06-20T11:00:00Z", "IMAP4", "203.0.113.9"),
      logon("2018-06-20T12:00:00Z", "IMAP4", "198.51.100.7"),
    ],
    expect: [{ Accesses: "3", IPs: "198.51.100.7; 203.0.113.9", Confidence: "certain; certain" }],
  },
  ...["garbage", ""].map((TimeStamp) => ({
    name: `a row whose time is ${TimeStamp === "" ? "not there" : TimeStamp} is an access, and not the last one`,
    records: [
      outlook("10:00:00", "ReadingPaneDisplayStart"),
      { ...outlook("10:00:00", "Print"), TimeStamp },
      outlook("11:00:00", "InspectorDisplayStart"),
    ],
    expect: [{ Accesses: "3", "First Access": "2018-06-20T10:00:00Z", "Last Access": "2018-06-20T11:00:00Z" }],
  })),
  {
    name: "a copy that a filter keeps out exposes nothing",
    records: [
      delivered,
      logon("2018-06-20T09:00:00Z", "IMAP4", "203.0.113.9"),
      logon("2018-06-20T10:00:00Z", "IMAP4", "203.0.113.8"),
    ],
    end: "2018-06-20T10:00:00Z",
    expect: [{ Accesses: "1", "Last Access": "2018-06-20T09:00:00Z", IPs: "203.0.113.9" }],
  },
  {
    name: "an IMAP4 or POP3 logon copies what was delivered before it, and not what comes later",
    records: [
      delivered,
      logon("2018-06-20T09:00:00Z", "IMAP4", "203.0.113.9"),
      another("2018-06-20T10:00:00Z", "item-2"),
      logon("2018-06-20T11:00:00Z", "POP3", "203.0.113.8"),
      another("2018-06-20T12:00:00Z", "item-3"),
    ],
    expect: [
      {
        "Activity Item ID": "item-1",
        Access: "mailbox-synced",
        Accesses: "2",
        "First Access": "2018-06-20T09:00:00Z",
        "Last Access": "2018-06-20T11:00:00Z",
        IPs: "203.0.113.9; 203.0.113.8",
        "Source Row": "2",
      },
      {
        "Activity Item ID": "item-2",
        Access: "mailbox-synced",
        Accesses: "1",
        "First Access": "2018-06-20T11:00:00Z",
        IPs: "203.0.113.8",
        "Source Row": "4",
      },
    ],
  },
  {
    name: "of equal times the order of the source decides: what is delivered behind the logon is not copied",
    records: [
      delivered,
      logon("2018-06-20T09:00:00Z", "POP3", "203.0.113.9"),
      another("2018-06-20T09:00:00Z", "item-2"),
    ],
    expect: [{ "Activity Item ID": "item-1", Access: "mailbox-synced", Accesses: "1" }],
  },
  {
    name: "and what is deleted behind the logon is, what was deleted before it is not",
    records: [
      delivered,
      another("2018-06-20T08:00:00Z", "item-2"),
      { ...deletion("item-2"), TimeStamp: "2018-06-20T09:00:00Z" },
      logon("2018-06-20T09:00:00Z", "POP3", "203.0.113.9"),
      { ...deletion("item-1"), TimeStamp: "2018-06-20T09:00:00Z" },
    ],
    expect: [{ "Activity Item ID": "item-1", Access: "mailbox-synced", Accesses: "1" }],
  },
  {
    name: "a copy and a display of one time: the first in the source is the first access, in every column",
    records: [
      delivered,
      { ...logon("2018-06-20T08:30:00Z", "Web", "192.0.2.1"), ClientSessionId: "web-1" },
      logon("2018-06-20T09:00:00.00Z", "POP3", "203.0.113.9"),
      { ...web, TimeStamp: "2018-06-20T09:00:00Z", ActivityIdType: "ReadingPaneDisplayStart" },
    ],
    expect: [
      {
        "First Access": "2018-06-20T09:00:00.00Z",
        "Last Access": "2018-06-20T09:00:00Z",
        Accesses: "2",
        IPs: "203.0.113.9; 192.0.2.1",
        "Source Row": "3",
      },
    ],
  },
  {
    name: "a client from a host, or from unknown, copied the mailbox: its address is none",
    records: [
      delivered,
      logon("2018-06-20T09:00:00Z", "IMAP4", "unknown"),
      logon("2018-06-20T10:00:00Z", "IMAP4", "mail.example"),
    ],
    expect: [{ Access: "mailbox-synced", Accesses: "2", IPs: "", Confidence: "", Ways: "", "Source Row": "2" }],
  },
  {
    name: "a read before the mailbox was copied is the first access, the copying the last",
    records: [
      delivered,
      { ...web, TimeStamp: "2018-06-20T08:30:00Z", ActivityIdType: "ReadingPaneDisplayStart" },
      logon("2018-06-20T09:00:00Z", "IMAP4", "203.0.113.9"),
    ],
    expect: [
      {
        Access: "opened; mailbox-synced",
        Accesses: "2",
        "First Access": "2018-06-20T08:30:00Z",
        "Last Access": "2018-06-20T09:00:00Z",
        "Source Row": "2",
      },
    ],
  },
  {
    name: "one logon that is in the log twice copies the mailbox once",
    records: [
      delivered,
      logon("2018-06-20T09:00:00Z", "IMAP4", "203.0.113.9"),
      logon("2018-06-20T09:00:00Z", "IMAP4", "203.0.113.9"),
    ],
    expect: [
      {
        Access: "mailbox-synced",
        Accesses: "1",
        "First Access": "2018-06-20T09:00:00Z",
        "Last Access": "2018-06-20T09:00:00Z",
        IPs: "203.0.113.9",
        "Source Row": "2",
      },
    ],
  },
  {
    name: "a message whose delivery is not in the log was there when it was read, and is copied by a later logon only",
    records: [
      logon("2018-06-20T08:00:00Z", "IMAP4", "203.0.113.7"),
      { ...web, TimeStamp: "2018-06-20T08:30:00Z", ActivityIdType: "ReadingPaneDisplayStart" },
      logon("2018-06-20T09:00:00Z", "IMAP4", "203.0.113.9"),
      {
        ...web,
        TimeStamp: "2018-06-20T10:00:00Z",
        ActivityIdType: "ReadingPaneDisplayStart",
        ActivityItemId: "item-2",
      },
    ],
    expect: [
      {
        "Activity Item ID": "item-1",
        Subject: "No Data",
        Access: "opened; mailbox-synced",
        Accesses: "2",
        "First Access": "2018-06-20T08:30:00Z",
        "Last Access": "2018-06-20T09:00:00Z",
        "Source Row": "2",
      },
      { "Activity Item ID": "item-2", Access: "opened", Accesses: "1", "Source Row": "4" },
    ],
  },
  {
    name: "whatever a record before the copy names was in the mailbox, where the record leaves it there",
    records: [
      { ...outlook("08:00:00", "Move", "moved"), CustomProperties: { MoveType: "Move", TargetFolder: "Archive" } },
      {
        ...outlook("08:01:00", "Move", "removed"),
        CustomProperties: { MoveType: "Delete", TargetFolder: "DeletedItems" },
      },
      { ...outlook("08:02:00", "Move", "web"), AppIdType: "Web", CustomProperties: { DestinationFolder: "AAMk1" } },
      { ...outlook("08:03:00", "Delete", "deleted"), CustomProperties: { DeleteType: "MoveToDeletedItems" } },
      ...["Flag", "MarkAsUnread", "Categorize", "MessageReactionAdded"].map((type, at) =>
        outlook(`08:04:0${at}`, type, type),
      ),
      logon("2018-06-20T09:00:00Z", "POP3", "203.0.113.9"),
      outlook("10:00:00", "ReadingPaneDisplayStart", "moved"),
      outlook("10:00:01", "FlagComplete", "later"),
    ],
    expect: [
      { "Activity Item ID": "moved", Access: "opened; mailbox-synced", Accesses: "2", "Source Row": "9" },
      ...["removed", "web", "deleted", "Flag", "MarkAsUnread", "Categorize", "MessageReactionAdded"].map((item) => ({
        "Activity Item ID": item,
        Access: "mailbox-synced",
        Accesses: "1",
        "First Access": "2018-06-20T09:00:00Z",
        IPs: "203.0.113.9",
      })),
    ],
  },
  {
    name: "records that take an item out of the mailbox, or name none that was sent to it, do not say that it was there",
    records: [
      ...["SoftDelete", "HardDelete"].flatMap((way) => [
        { ...outlook("08:00:00", "Delete", `deleted ${way}`), CustomProperties: { DeleteType: way } },
        { ...outlook("08:00:01", "Move", `moved ${way}`), CustomProperties: { MoveType: way, TargetFolder: "null" } },
      ]),
      { ...outlook("08:01:00", "Move", "elsewhere"), CustomProperties: { MoveType: "Move", TargetFolder: "null" } },
      {
        ...outlook("08:01:01", "Move", "recoverable"),
        CustomProperties: { MoveType: "Move", TargetFolder: "RecoverableItemsDeletions" },
      },
      ...["DeleteFromInbox", "MoveFromInbox", "DraftCreated", "MessageSent", "CreateCalendarEvent"].map((type, at) =>
        outlook(`08:02:0${at}`, type, type),
      ),
      logon("2018-06-20T09:00:00Z", "POP3", "203.0.113.9"),
    ],
    expect: [],
  },
  {
    name: "what was deleted for good before a copy was not copied, what was deleted after it was",
    records: [
      { ...delivered, TimeStamp: "2018-06-20T07:00:00Z" },
      logon("2018-06-20T08:00:00Z", "IMAP4", "203.0.113.8"),
      outlook("08:30:00", "ReadingPaneDisplayStart"),
      { ...outlook("08:30:05", "Delete"), CustomProperties: { DeleteType: "HardDelete" } },
      outlook("08:30:06", "ReadingPaneDisplayEnd"),
      logon("2018-06-20T09:00:00Z", "IMAP4", "203.0.113.9"),
    ],
    expect: [{ Access: "opened; mailbox-synced", Accesses: "2", IPs: "203.0.113.8" }],
  },
  {
    name: "a deletion of one copy of a message takes nothing out",
    records: [
      delivered,
      { ...delivered, TimeStamp: "2018-06-20T08:00:01Z", ActivityItemId: "item-2" },
      { ...outlook("08:10:00", "Delete", "item-2"), CustomProperties: { DeleteType: "HardDelete" } },
      logon("2018-06-20T09:00:00Z", "IMAP4", "203.0.113.9"),
    ],
    expect: [{ "Activity Item ID": "item-1", Access: "mailbox-synced" }],
  },
  {
    name: "a record behind a deletion says that the message is there again, and nothing of the time between",
    records: [
      delivered,
      logon("2018-06-20T08:10:00Z", "IMAP4", "203.0.113.7"),
      { ...outlook("08:30:00", "Delete"), CustomProperties: { DeleteType: "SoftDelete" } },
      another("2018-06-20T08:31:00Z", "item-3"),
      { ...outlook("08:32:00", "Delete", "item-3"), CustomProperties: { DeleteType: "SoftDelete" } },
      logon("2018-06-20T09:00:00Z", "IMAP4", "203.0.113.8"),
      outlook("10:00:00", "Flag"),
      logon("2018-06-20T11:00:00Z", "IMAP4", "203.0.113.9"),
      outlook("12:00:00", "Flag", "item-3"),
    ],
    expect: [
      { "Activity Item ID": "item-1", Access: "mailbox-synced", Accesses: "2", IPs: "203.0.113.7; 203.0.113.9" },
    ],
  },
  {
    name: "what the owner wrote or put there is not listed as copied, whatever was done to it, unless it was delivered as well",
    records: [
      ...[
        "SentItems",
        "Drafts",
        "Outbox",
        "Calendar",
        "Contacts",
        "Tasks",
        "Gesendete Elemente",
        "Entw\u00fcrfe",
      ].flatMap((folder, at) => [
        {
          ...outlook(`07:00:0${at}`, "Delete", `deleted ${folder}`),
          CustomProperties: { DeleteType: "MoveToDeletedItems", SourceDefaultFolderType: folder },
        },
        {
          ...outlook(`07:00:0${at}`, "Move", `moved ${folder}`),
          CustomProperties: { MoveType: "Move", SourceFolder: folder, TargetFolder: "Archive" },
        },
        { ...outlook(`07:00:0${at}`, "Flag", `flag ${folder}`), CustomProperties: { SelectedFolderName: folder } },
      ]),
      outlook("07:10:00", "Flag", "written"),
      outlook("07:10:01", "MessageSent", "written"),
      outlook("07:10:02", "CreateAppointment", "appointment"),
      ...["written", "appointment"].map((item) => ({
        ...outlook("07:10:03", "Delete", item),
        CustomProperties: { DeleteType: "MoveToDeletedItems" },
      })),
      outlook("07:11:00", "MessageSent", "item-1"),
      delivered,
      logon("2018-06-20T09:00:00Z", "IMAP4", "203.0.113.9"),
    ],
    expect: [{ "Activity Item ID": "item-1", Access: "mailbox-synced" }],
  },
  ...["2018-06-20T10:00:00Z", "2018-06-20T12:00:00Z"].map((last): ReportExample => ({
    name: `what a record behind the copy finds in Sent Items is the owner's own, whether or not it comes before the last copy (${last})`,
    records: [
      { ...outlook("09:00:00", "LinkClicked", "item-9"), AppIdType: "Web" },
      logon("2018-06-20T10:00:00Z", "IMAP4", "203.0.113.9"),
      {
        ...outlook("11:00:00", "Delete", "item-9"),
        CustomProperties: { DeleteType: "MoveToDeletedItems", SourceDefaultFolderType: "SentItems" },
      },
      logon(last, "IMAP4", "203.0.113.9"),
    ],
    expect: [{ Access: "opened", Accesses: "1" }],
  })),
  {
    name: "a move that a filter keeps out says so, too, and so does a deletion",
    records: [
      delivered,
      { ...outlook("08:10:00", "Delete"), CustomProperties: { DeleteType: "HardDelete" } },
      { ...outlook("08:20:00", "Move", "item-2"), CustomProperties: { MoveType: "Move", TargetFolder: "Archive" } },
      logon("2018-06-20T09:00:00Z", "IMAP4", "203.0.113.9"),
    ],
    start: "2018-06-20T08:59:00Z",
    expect: [{ "Activity Item ID": "item-2", Access: "mailbox-synced", Accesses: "1" }],
  },
  {
    name: "a copy comes before an access whose time cannot be read",
    records: [
      delivered,
      logon("2018-06-20T09:00:00Z", "IMAP4", "203.0.113.9"),
      { ...outlook("10:00:00", "Print"), TimeStamp: "garbage" },
    ],
    expect: [{ Accesses: "2", "First Access": "2018-06-20T09:00:00Z", "Last Access": "2018-06-20T09:00:00Z" }],
  },
  {
    name: "a tick on display is a plain decimal number",
    records: [
      { ...web, TimeStamp: "2018-06-20T10:00:00.0000000Z", ActivityIdType: "ReadingPaneDisplayStart" },
      { ...web, TimeStamp: "2018-06-20T10:00:00.0000001Z", ActivityIdType: "ReadingPaneDisplayEnd" },
    ],
    expect: [{ Access: "opened", Accesses: "1", "Dwell Seconds": "0.0000001" }],
  },
  {
    name: "a failed IMAP4 logon copies nothing",
    records: [delivered, logon("2018-06-20T09:00:00Z", "IMAP4", "203.0.113.9", "Failure")],
    expect: [],
  },
  {
    name: "a moved message is one message",
    records: [
      delivered,
      { ...web, TimeStamp: "2018-06-20T10:00:00Z", ActivityIdType: "ReadingPaneDisplayStart" },
      {
        ...web,
        TimeStamp: "2018-06-20T11:00:00Z",
        ActivityIdType: "MarkAsRead",
        ActivityItemId: "item-2",
        CustomProperties: { InternetMessageId: "<1@fabrikam.example>" },
      },
    ],
    expect: [{ "Activity Item ID": "item-1", Access: "opened; marked-read", Accesses: "2" }],
  },
  ...auditExamples,
];
