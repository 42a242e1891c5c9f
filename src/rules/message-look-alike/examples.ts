import type { RuleExample } from "../example.ts";
import { deliveredOn } from "../message-attachment-type/examples.ts";

/** The mailbox is owner@contoso.example. */
const from = (item: string, SenderSmtpAddress: string) => deliveredOn(5, item, { SenderSmtpAddress });

export const examples: readonly RuleExample[] = [
  {
    name: "digits and letters of other alphabets that are drawn alike",
    records: [from("item-1", "ceo@c0ntoso.example"), from("item-2", "ceo@\u0441ontoso.example")],
    outcome: "found",
    says: [
      {
        entity: "item-1",
        points: 35,
        text: "sender ceo@c0ntoso.example: c0ntoso.example reads as contoso.example",
        rows: [1],
      },
      { entity: "item-2", points: 35, text: "reads as contoso.example", rows: [2] },
    ],
  },
  {
    name: "a letter more, a letter less, two letters changed about",
    records: [
      from("item-1", "a@contosso.example"),
      from("item-2", "a@contso.example"),
      from("item-3", "a@cnotoso.example"),
    ],
    outcome: "found",
    says: [
      { entity: "item-1", points: 35, text: "1 letter away from contoso.example" },
      { entity: "item-2", points: 35, text: "1 letter away" },
      { entity: "item-3", points: 35, text: "1 letter away" },
    ],
  },
  {
    name: "an added word, another ending, the own name in front of another domain",
    records: [
      from("item-1", "a@contoso-billing.example"),
      from("item-2", "a@contoso.test"),
      from("item-3", "a@contoso.example.fabrikam.test"),
    ],
    outcome: "found",
    says: [
      { entity: "item-1", points: 35, text: '"billing" added' },
      { entity: "item-2", points: 35, text: "another ending" },
      { entity: "item-3", points: 35, text: "belongs to fabrikam.test" },
    ],
  },
  {
    name: "a sender that only the message itself tells",
    records: [deliveredOn(5, "item-1", { Subject: "x", InternetMessageId: "<1@fabrikam.example>" })],
    messages: { "one.eml": "From: ceo@c0ntoso.example\nMessage-ID: <1@fabrikam.example>\nSubject: x\n\n" },
    outcome: "found",
    says: [
      {
        entity: "item-1",
        points: 35,
        text: "reads as contoso.example (MessageDelivered log.json:1; message one.eml (From))",
      },
    ],
  },
  {
    name: "every message of such a domain, in any case of letters",
    records: [from("item-1", "ceo@c0ntoso.example"), from("item-2", "CEO@C0NTOSO.EXAMPLE")],
    outcome: "found",
    says: [
      { entity: "item-1", points: 35, rows: [1] },
      { entity: "item-2", points: 35, rows: [2] },
    ],
  },
  {
    name: "the own domain and below it, other companies, mail for everybody, a colleague's X500 name",
    records: [
      from("item-1", "a@contoso.example"),
      from("item-2", "a@mail.contoso.example"),
      from("item-3", "a@fabrikam.example"),
      from("item-4", "contoso@gmail.com"),
      from("item-5", "/O=EXCHANGELABS/OU=EXCHANGE ADMINISTRATIVE GROUP/CN=RECIPIENTS/CN=CEO"),
      from("item-6", "a@contours.example"),
    ],
    outcome: "clear",
  },
  {
    name: "deliveries that do not name their sender",
    records: [deliveredOn(5, "item-1", { Subject: "Hello" })],
    outcome: "notAssessed",
  },
  {
    name: "a mailbox whose name has no domain",
    records: [from("item-1", "ceo@c0ntoso.example")],
    user: "owner",
    outcome: "notAssessed",
  },
  {
    name: "an allowed domain",
    records: [from("item-1", "ceo@c0ntoso.example")],
    allow: "c0ntoso.example",
    outcome: "clear",
  },
  {
    name: "the watch list outweighs that",
    records: [from("item-1", "ceo@c0ntoso.example")],
    allow: "c0ntoso.example",
    watch: "c0ntoso.example",
    outcome: "found",
    says: [{ entity: "item-1", points: 35 }],
  },
];
