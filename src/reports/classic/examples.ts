import type { ReportExample } from "../example.ts";

const records: ReportExample["records"] = [
  {
    TimeStamp: "2018-06-20T08:00:00Z",
    AppIdType: "Exchange",
    ActivityIdType: "MessageDelivered",
    ActivityItemId: "item-1",
    CustomProperties: { Subject: "It's, here: now", SenderSmtpAddress: "bob@fabrikam.example", ReceivedTime: "r" },
  },
  {
    TimeStamp: "2018-06-20T09:00:00Z",
    AppIdType: "Exchange",
    ActivityIdType: "ServerLogon",
    CustomProperties: { Result: "Success", ClientIP: "192.0.2.1", UserName: "anna@contoso.example", UserAgent: "a; b" },
  },
  {
    TimeStamp: "2018-06-20T10:00:00Z",
    AppIdType: "IMAP4",
    ActivityIdType: "ReadingPaneDisplayStart",
    ActivityItemId: "item-1",
  },
  { TimeStamp: "2018-06-20T10:00:01Z", AppIdType: "Web", ActivityIdType: "SearchSessionStart" },
  {
    TimeStamp: "2018-06-20T10:00:02Z",
    AppIdType: "Web",
    ActivityIdType: "SearchResult",
    CustomProperties: { Query: "<Query><RawQuery>o'brien</RawQuery></Query>" },
  },
  {
    TimeStamp: "2018-06-20T10:00:03Z",
    AppIdType: "Web",
    ActivityIdType: "OpenedAnAttachment",
    ActivityItemId: "item-1",
    CustomProperties: { AttachmentAction: "Open" },
  },
];
const message = { Subject: "It's, here: now", From: "bob@fabrikam.example", "Received Date": "r" } as const;

export const examples: readonly ReportExample[] = [
  {
    name: "logons",
    table: "classic/logon-activity",
    records,
    expect: [
      {
        Date: "2018-06-20",
        Time: "09:00:00Z",
        "Source IP": "192.0.2.1",
        "Logon Type": "ServerLogon",
        "App Type": "Exchange",
        User: "anna@contoso.example",
        Client: "a; b",
        Result: "Success",
        Exception: "",
      },
    ],
  },
  {
    name: "a failed logon",
    table: "classic/logon-activity",
    records: [
      {
        TimeStamp: "2018-06-20T09:00:00Z",
        AppIdType: "Exchange",
        ActivityIdType: "ServerLogon",
        CustomProperties: { Result: "Failure", ClientIP: "192.0.2.1", ExceptionInfo: "wrong password" },
      },
    ],
    expect: [{ "Source IP": "192.0.2.1", Result: "Failure", Exception: "wrong password" }],
  },
  {
    name: "reads by time",
    table: "classic/read-activity-by-time",
    records,
    expect: [{ Type: "ReadingPaneDisplayStart", Platform: "IMAP4", ...message, "Last Login IP": "192.0.2.1" }],
  },
  {
    name: "searches, without the marks that carry no query",
    table: "classic/search-activity",
    records,
    expect: [{ Platform: "Web", Query: "o'brien", "Last Login ip": "192.0.2.1" }],
  },
  {
    name: "attachments",
    table: "classic/attachments-activity",
    records,
    expect: [{ Platform: "Web", ...message, Action: "Open", "Activity Item ID": "item-1" }],
  },
];
