import type { ReportExample } from "../example.ts";

export const examples: readonly ReportExample[] = [
  {
    name: "a delivery tells itself, an answer is told by it, what was sent tells nothing",
    records: [
      {
        TimeStamp: "2018-06-20T08:00:00Z",
        AppIdType: "Exchange",
        ActivityIdType: "MessageDelivered",
        ActivityItemId: "item-1",
        CustomProperties: {
          Subject: `He said "now"; It's, here: now`,
          SenderSmtpAddress: "bob@fabrikam.example",
          Recipients: "anna@contoso.example;carla@contoso.example",
          SentTime: "2018-06-20T07:59:58Z",
          ReceivedTime: "06/20/2018 08:00:00 AM",
          DeliveredFolderType: "Inbox",
          InternetMessageId: "<1@fabrikam.example>",
          ItemClass: "IPM.Note",
          AttachmentDetail: "a.pdf:1",
        },
      },
      {
        TimeStamp: "2018-06-20T09:00:00Z",
        AppIdType: "Web",
        ActivityIdType: "Reply",
        ActivityItemId: "item-1",
      },
      {
        TimeStamp: "2018-06-20T09:01:00Z",
        AppIdType: "Web",
        ActivityIdType: "MessageSent",
        ActivityItemId: "item-2",
        CustomProperties: { ItemSchemaType: "MessageSchema" },
      },
      { TimeStamp: "2018-06-20T09:02:00Z", AppIdType: "Web", ActivityIdType: "NewMessage" },
    ],
    expect: [
      {
        Date: "2018-06-20",
        Time: "08:00:00Z",
        Type: "MessageDelivered",
        Platform: "Exchange",
        Subject: `He said "now"; It's, here: now`,
        From: "bob@fabrikam.example",
        Recipients: "anna@contoso.example;carla@contoso.example",
        "Sent Date": "2018-06-20T07:59:58Z",
        "Received Date": "06/20/2018 08:00:00 AM",
        Folder: "Inbox",
        "Internet Message ID": "<1@fabrikam.example>",
        "Item Class": "IPM.Note",
        Attachments: "a.pdf:1",
        "Activity Item ID": "item-1",
      },
      {
        Type: "Reply",
        Subject: `He said "now"; It's, here: now`,
        From: "bob@fabrikam.example",
        "Sent Date": "No Data",
        "Item Class": "No Data",
      },
      { Type: "MessageSent", Subject: "No Data", Recipients: "No Data", "Item Class": "MessageSchema" },
      { Type: "NewMessage", Subject: "No Data", "Activity Item ID": "" },
    ],
  },
  {
    name: "a delivery whose subject is None, and one without properties",
    records: [
      {
        TimeStamp: "2018-06-20T08:00:00Z",
        AppIdType: "Exchange",
        ActivityIdType: "MessageDelivered",
        ActivityItemId: "item-1",
        CustomProperties: { Subject: null },
      },
      {
        TimeStamp: "2018-06-20T08:00:01Z",
        AppIdType: "Exchange",
        ActivityIdType: "MessageDelivered",
        ActivityItemId: "item-2",
      },
    ],
    expect: [
      { Subject: "", From: "No Data" },
      { Subject: "No Data", From: "No Data", Folder: "No Data" },
    ],
  },
];
