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
];
