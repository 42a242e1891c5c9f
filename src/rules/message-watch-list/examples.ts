import type { ApiRecord } from "../../activities/example.ts";
import type { RuleExample } from "../example.ts";

function delivered(item: string, SenderSmtpAddress: string): ApiRecord {
  return {
    TimeStamp: "2018-03-05T09:00:00Z",
    AppIdType: "Exchange",
    ActivityIdType: "MessageDelivered",
    ActivityItemId: item,
    CustomProperties: { Subject: "Hello", SenderSmtpAddress },
  };
}

const records = [
  delivered("one", "ceo@pay.fabrikam-invoices.example"),
  delivered("two", "bob@fabrikam.example"),
  delivered("three", "eve@notfabrikam-invoices.example"),
];

export const examples: readonly RuleExample[] = [
  {
    name: "a sender that only the message itself tells",
    records: [{ ...delivered("one", ""), CustomProperties: { InternetMessageId: "<1@fabrikam.example>" } }],
    messages: { "one.eml": "From: a@evil.example\nMessage-ID: <1@fabrikam.example>\n\n" },
    watch: "evil.example",
    outcome: "found",
    says: [{ entity: "one", points: 40, text: "message one.eml (From)" }],
  },
  {
    name: "a domain on the list and what lies below it, and no other that ends alike",
    records,
    watch: "fabrikam-invoices.example\n",
    outcome: "found",
    says: [{ entity: "one", points: 40, text: "fabrikam-invoices.example", rows: [1] }],
  },
  { name: "a list that names nobody here", records, watch: "northwind.example\n", outcome: "clear" },
  { name: "no list", records, outcome: "notAssessed" },
];
