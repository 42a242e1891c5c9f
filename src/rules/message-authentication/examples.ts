import type { RuleExample } from "../example.ts";
import { deliveredOn } from "../message-attachment-type/examples.ts";

const ID = "<4711@fabrikam.example>";
const records = [deliveredOn(5, "item-1", { Subject: "Payment date", InternetMessageId: ID })];

/** A message as somebody saved it, with these headers on top. */
function saved(...headers: readonly string[]): string {
  const lines = [
    ...headers,
    "From: Billing <billing@fabrikam.example>",
    "To: owner@contoso.example",
    "Subject: Payment date",
    `Message-ID: ${ID}`,
    "Date: Mon, 5 Mar 2018 10:00:00 +0000",
    "",
    "Please see below.",
  ];
  return `${lines.join("\r\n")}\r\n`;
}

function results(text: string): Readonly<Record<string, string>> {
  return { "one.eml": saved(`Authentication-Results: ${text}`) };
}

export const examples: readonly RuleExample[] = [
  {
    name: "everything failed: the sum of all",
    records,
    messages: results(
      "spf=fail smtp.mailfrom=fabrikam.example; dkim=fail header.d=fabrikam.example; dmarc=fail header.from=fabrikam.example; compauth=fail reason=001",
    ),
    outcome: "found",
    says: [{ entity: "item-1", points: 61, text: "dmarc=fail, compauth=fail, spf=fail, dkim=fail", rows: [1] }],
  },
  {
    name: "softfail counts as fail; what is none or neutral does not",
    records,
    messages: results("mx.contoso.example; spf=softfail smtp.mailfrom=fabrikam.example; dkim=none; dmarc=none"),
    outcome: "found",
    says: [{ entity: "item-1", points: 8, text: "spf=softfail in the headers of" }],
  },
  {
    name: "DMARC alone",
    records,
    messages: results("spf=pass smtp.mailfrom=lists.example; dkim=none; dmarc=fail header.from=fabrikam.example"),
    outcome: "found",
    says: [{ entity: "item-1", points: 25, text: "dmarc=fail" }],
  },
  {
    name: "ARC that passed outweighs DMARC, but not the rest",
    records,
    messages: results(
      "mx.contoso.example; arc=pass; spf=fail smtp.mailfrom=fabrikam.example; dmarc=fail header.from=fabrikam.example",
    ),
    outcome: "found",
    says: [{ entity: "item-1", points: 8, text: "spf=fail" }],
  },
  {
    name: "the receiver's own header counts, and not one that the sender wrote below it",
    // Two copies of one message, as one MessageGuid tells.
    records: ["item-1", "item-2"].map((item, at) =>
      deliveredOn(5 + at, item, {
        Subject: "Payment date",
        InternetMessageId: at === 0 ? ID : ID.toUpperCase().slice(1, -1),
        MessageGuid: "g-1",
      }),
    ),
    messages: {
      "one.eml": saved(
        "Authentication-Results: spf=fail smtp.mailfrom=fabrikam.example",
        "Received: from mail.fabrikam.example by mx.contoso.example; Mon, 5 Mar 2018 10:00:00 +0000",
        "Authentication-Results: spf=pass; dmarc=pass",
      ),
    },
    outcome: "found",
    says: [
      { entity: "item-1", points: 8, text: "spf=fail" },
      { entity: "item-2", points: 8, text: "spf=fail", rows: [2] },
    ],
  },
  {
    name: "a message with the id of another one: its headers are its own delivery's alone",
    records: [
      deliveredOn(5, "item-1", { Subject: "Other", SenderSmtpAddress: "ann@a.example", InternetMessageId: ID }),
      deliveredOn(6, "item-2", { Subject: "RE: payment  date", InternetMessageId: ID }),
    ],
    messages: results("dmarc=fail"),
    outcome: "found",
    says: [{ entity: "item-2", points: 25, text: "dmarc=fail", rows: [2] }],
  },
  {
    name: "the sender tells as well, and each delivery has the message that agrees with it",
    records: ["eve@evil.example", "Billing@fabrikam.example"].map((SenderSmtpAddress, at) =>
      deliveredOn(5, `item-${at + 1}`, { Subject: "Payment date", SenderSmtpAddress, InternetMessageId: ID }),
    ),
    messages: {
      ...results("dmarc=pass"),
      "two.eml": saved("Authentication-Results: dmarc=fail").replace("billing@fabrikam.example", "eve@evil.example"),
    },
    outcome: "found",
    says: [{ entity: "item-1", points: 25, text: "dmarc=fail in the headers of two.eml:1", rows: [1] }],
  },
  {
    name: "two messages of one id that nothing tells apart have no headers",
    records: [...records, deliveredOn(6, "item-2", { Subject: "Payment date", InternetMessageId: ID })],
    messages: results("dmarc=fail"),
    outcome: "notAssessed",
  },
  {
    name: "everything passed",
    records,
    messages: results("spf=pass smtp.mailfrom=fabrikam.example; dkim=pass; dmarc=bestguesspass; compauth=pass"),
    outcome: "clear",
  },
  {
    name: "headers that say nothing of it",
    records,
    messages: { "one.eml": saved("X-Mailer: none") },
    outcome: "notAssessed",
  },
  {
    name: "a message that the log does not have",
    records: [deliveredOn(5, "item-1", { InternetMessageId: "<other@fabrikam.example>" })],
    messages: results("dmarc=fail"),
    outcome: "notAssessed",
  },
  {
    name: "a delivery that does not tell its id",
    records: [deliveredOn(5, "item-1", { Subject: "Payment date" })],
    messages: results("dmarc=fail"),
    outcome: "notAssessed",
  },
  { name: "no messages", records, outcome: "notAssessed" },
];
