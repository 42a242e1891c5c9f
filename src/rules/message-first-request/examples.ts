import type { RuleExample } from "../example.ts";
import { deliveredOn } from "../message-attachment-type/examples.ts";

const message = (day: number, item: string, SenderSmtpAddress: string, Subject: string) =>
  deliveredOn(day, item, { SenderSmtpAddress, Subject });
/** Row 1: where the log begins. */
const start = message(1, "item-0", "colleague@contoso.example", "Lunch");

export const examples: readonly RuleExample[] = [
  {
    name: "a stranger's first message, on the eighth day",
    records: [start, message(8, "item-1", "billing@fabrikam.example", "Re: overdue Invoice 4711")],
    outcome: "found",
    says: [
      {
        entity: "item-1",
        points: 10,
        text: "first message of billing@fabrikam.example, with overdue invoice in the subject",
        rows: [2],
      },
    ],
  },
  {
    name: "a sender that only the message itself tells",
    records: [start, deliveredOn(8, "item-1", { Subject: "Payment", InternetMessageId: "<1@fabrikam.example>" })],
    messages: { "one.eml": "From: a@fabrikam.example\nMessage-ID: <1@fabrikam.example>\nSubject: Payment\n\n" },
    outcome: "found",
    says: [{ entity: "item-1", points: 10, text: "first message of a@fabrikam.example", rows: [2] }],
  },
  {
    name: "terms of weight 8 and more, in other languages",
    records: [
      start,
      message(9, "item-1", "a@fabrikam.example", "Payment"),
      message(9, "item-2", "b@fabrikam.example", "Ihre Rechnung"),
      message(9, "item-3", "c@fabrikam.example", "NOUVELLES COORDONNEES BANCAIRES"),
      message(9, "item-4", "d@fabrikam.example", "Transfer of your purchase"),
    ],
    outcome: "found",
    says: [
      { entity: "item-1", points: 10, text: "payment" },
      { entity: "item-2", points: 10, text: "Rechnung" },
      { entity: "item-3", points: 10, text: "nouvelles coordonnées bancaires" },
    ],
  },
  {
    name: "a term of weight 7 is too weak",
    records: [
      start,
      message(9, "item-1", "a@fabrikam.example", "Project heron"),
      message(9, "item-2", "b@fabrikam.example", "Project ibis"),
    ],
    rules: "terms:\n  add:\n    - { term: project heron, weight: 8 }\n    - { term: project ibis, weight: 7 }\n",
    outcome: "found",
    says: [{ entity: "item-1", points: 10, text: "with project heron in the subject" }],
  },
  {
    name: "each sender once",
    records: [
      start,
      message(9, "item-1", "billing@fabrikam.example", "Invoice"),
      message(10, "item-2", "billing@fabrikam.example", "Invoice"),
    ],
    outcome: "found",
    says: [{ entity: "item-1", points: 10 }],
  },
  {
    name: "on the seventh day every sender is new still",
    records: [start, message(7, "item-1", "billing@fabrikam.example", "Invoice 4711")],
    outcome: "notAssessed",
  },
  {
    name: "a sender who has written before, of anything, in other letters",
    records: [
      start,
      message(3, "item-1", "Billing@Fabrikam.example", "Hello"),
      message(20, "item-2", "billing@fabrikam.example", "Invoice 4711"),
    ],
    outcome: "clear",
  },
  {
    name: "credentials are no payment, and a word that only holds a term is none",
    records: [
      start,
      message(9, "item-1", "a@fabrikam.example", "Your password"),
      message(9, "item-2", "b@fabrikam.example", "Wireless attachments"),
      message(9, "item-3", "c@fabrikam.example", "Bank holiday"),
      deliveredOn(9, "item-4", { SenderSmtpAddress: "d@fabrikam.example" }),
    ],
    outcome: "clear",
  },
  {
    name: "deliveries that do not name their sender",
    records: [deliveredOn(1, "item-0", { Subject: "Lunch" }), deliveredOn(9, "item-1", { Subject: "Invoice" })],
    outcome: "notAssessed",
  },
  ...(["", "fabrikam.example"] as const).map((watch): RuleExample => ({
    name: `an allowed domain${watch === "" ? "" : " that is on the watch list as well"}`,
    records: [start, message(9, "item-1", "billing@fabrikam.example", "Invoice 4711")],
    allow: "fabrikam.example",
    watch,
    ...(watch === "" ? { outcome: "clear" } : { outcome: "found", says: [{ entity: "item-1", points: 10 }] }),
  })),
];
