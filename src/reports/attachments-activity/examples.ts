import { auditAt, boundAt, OWNER } from "../../activities/audit-example.ts";
import type { ReportExample } from "../example.ts";

const web = { AppIdType: "Web", ActivityItemId: "item-1" } as const;

export const examples: readonly ReportExample[] = [
  {
    name: "what was opened, of which message, and from where",
    records: [
      {
        TimeStamp: "2018-06-20T08:00:00Z",
        AppIdType: "Exchange",
        ActivityIdType: "MessageDelivered",
        ActivityItemId: "item-1",
        CustomProperties: {
          Subject: "Invoice",
          SenderSmtpAddress: "sean.o'brien@fabrikam.example",
          ReceivedTime: "06/20/2018 08:00:00 AM",
          AttachmentDetail: "a.pdf:1|b.docx:2",
        },
      },
      {
        TimeStamp: "2018-06-20T09:00:00Z",
        AppIdType: "Web",
        ActivityIdType: "ServerLogon",
        CustomProperties: { Result: "Success", ClientIP: "192.0.2.1" },
      },
      {
        ...web,
        TimeStamp: "2018-06-20T10:00:00Z",
        ActivityIdType: "OpenedAnAttachment",
        CustomProperties: { AttachmentAction: "Download", AttachmentName: "Anna's a.pdf" },
      },
      { ...web, TimeStamp: "2018-06-20T10:01:00Z", ActivityIdType: "OpenedAnAttachment" },
      { ...web, TimeStamp: "2018-06-20T10:02:00Z", ActivityIdType: "PreviewOfAttachmentStarted" },
      { ...web, TimeStamp: "2018-06-20T10:03:00Z", ActivityIdType: "PreviewOfAttachmentEnded", AppIdType: "Unheard" },
    ],
    expect: [
      {
        Date: "2018-06-20",
        Time: "10:00:00Z",
        Platform: "Web",
        Subject: "Invoice",
        From: "sean.o'brien@fabrikam.example",
        "Received Date": "06/20/2018 08:00:00 AM",
        Action: "Download",
        "Last Login IP": "192.0.2.1",
        "Activity Item ID": "item-1",
        Type: "OpenedAnAttachment",
        "Attributed IP": "192.0.2.1",
        Attribution: "client",
        Confidence: "medium",
        Attachments: "Anna's a.pdf",
      },
      { Action: "", Attachments: "a.pdf:1|b.docx:2" },
      { Type: "PreviewOfAttachmentStarted", Action: "" },
      { Type: "PreviewOfAttachmentEnded", Platform: "Unheard", Attribution: "mailbox", Confidence: "low" },
    ],
  },
  {
    name: "attachments that another record of the item names, though its delivery tells all else",
    records: [
      {
        ...web,
        TimeStamp: "2018-06-20T08:00:00Z",
        ActivityIdType: "MessageDelivered",
        CustomProperties: {
          Subject: "Invoice",
          SenderSmtpAddress: "bob@fabrikam.example",
          ReceivedTime: "06/20/2018 08:00:00 AM",
          Recipients: "anna@contoso.example",
          DeliveredFolderType: "Inbox",
          InternetMessageId: "<1@fabrikam.example>",
        },
      },
      { ...web, TimeStamp: "2018-06-20T10:00:00Z", ActivityIdType: "MarkAsRead" },
      {
        ...web,
        TimeStamp: "2018-06-20T10:00:01Z",
        ActivityIdType: "Flag",
        CustomProperties: { AttachmentDetail: "payroll.xlsx" },
      },
      { ...web, TimeStamp: "2018-06-20T10:01:00Z", ActivityIdType: "OpenedAnAttachment" },
    ],
    expect: [{ Subject: "Invoice", Attachments: "payroll.xlsx" }],
  },
  {
    name: "of a message that no record describes",
    records: [{ ...web, TimeStamp: "2018-06-20T10:00:00Z", ActivityIdType: "OpenedAnAttachment" }],
    expect: [
      {
        Subject: "No Data",
        From: "No Data",
        "Received Date": "No Data",
        "Last Login IP": "No Data",
        "Attributed IP": "No Data",
        Attribution: "none",
        Confidence: "none",
        Attachments: "No Data",
      },
    ],
  },
  {
    name: "AttachmentAccess of an audit log: the list of attachments is one text, parentheses and all",
    audit: [
      auditAt("2026-03-10T10:00:00Z", "AttachmentAccess", {
        ClientIPAddress: "203.0.113.9:50121",
        ClientInfoString: "Client=OWA;Action=ViaProxy",
        MailboxOwnerUPN: OWNER,
        Item: {
          Id: "item-1",
          InternetMessageId: "<1@fabrikam.example>",
          Subject: "Invoice",
          Attachments: "Invoice (1).pdf (8192b); plan.docx (20480b)",
          ParentFolder: { Path: "\\Inbox" },
        },
      }),
      boundAt("2026-03-10T10:01:00Z", "203.0.113.9", ["<1@fabrikam.example>"]),
    ],
    expect: [
      {
        Date: "2026-03-10",
        Time: "10:00:00",
        Platform: "OWA",
        Subject: "Invoice",
        From: "No Data",
        "Received Date": "No Data",
        Action: "",
        "Activity Item ID": "item-1",
        Type: "AttachmentAccess",
        "Attributed IP": "203.0.113.9",
        Attribution: "recorded",
        Confidence: "certain",
        Attachments: "Invoice (1).pdf (8192b); plan.docx (20480b)",
        "Source File": "audit.json",
        "Source Row": "1",
      },
    ],
  },
];
