import type { ApiRecord } from "../../activities/example.ts";
import type { RuleExample } from "../example.ts";

function delivered(item: string, properties: Readonly<Record<string, string>>): ApiRecord {
  return {
    TimeStamp: "2018-03-05T09:00:00Z",
    AppIdType: "Exchange",
    ActivityIdType: "MessageDelivered",
    ActivityItemId: item,
    CustomProperties: { Subject: "Hello", ...properties },
  };
}

const records = [
  delivered("one", { SenderSmtpAddress: "ceo@pay.fabrikam-invoices.example" }),
  delivered("two", { SenderSmtpAddress: "bob@fabrikam.example" }),
  delivered("three", { SenderSmtpAddress: "eve@notfabrikam-invoices.example" }),
];

export const examples: readonly RuleExample[] = [
  {
    name: "a domain on the list and what lies below it, and no other that ends alike",
    records,
    watch: "fabrikam-invoices.example\n",
    outcome: "found",
    says: [{ entity: "one", points: 40, text: "fabrikam-invoices.example", rows: [1] }],
  },
  {
    name: "the visible From of what another address sent, and the sending address under another From",
    records: [
      delivered("one", { SenderSmtpAddress: "bounce@bulk.example", From: "Boss <boss@northgate-helpdesk.example>" }),
      delivered("two", { SenderSmtpAddress: "boss@northgate-helpdesk.example", From: "boss@contoso.example" }),
      delivered("three", { SenderSmtpAddress: "bounce@bulk.example", From: "bob@fabrikam.example" }),
    ],
    watch: "northgate-helpdesk.example\n",
    outcome: "found",
    says: [
      { entity: "one", points: 40, text: "Boss <boss@northgate-helpdesk.example> is on the watch list", rows: [1] },
      { entity: "two", points: 40, text: "boss@northgate-helpdesk.example is on the watch list", rows: [2] },
    ],
  },
  {
    name: "a sender whom the exported message alone names",
    records: [delivered("one", { InternetMessageId: "<one@northgate-helpdesk.example>" })],
    messages: {
      "one.eml":
        "From: Boss <boss@northgate-helpdesk.example>\r\nTo: owner@contoso.example\r\nSubject: Hello\r\nMessage-ID: <one@northgate-helpdesk.example>\r\n\r\nHello\r\n",
    },
    watch: "northgate-helpdesk.example\n",
    outcome: "found",
    says: [{ points: 40, entity: "one", text: "one.eml", rows: [1] }],
  },
  { name: "a list that names nobody here", records, watch: "northwind.example\n", outcome: "clear" },
  { name: "no list", records, outcome: "notAssessed" },
];
