import type { ApiRecord } from "../../activities/example.ts";
import type { RuleExample } from "../example.ts";

/** The delivery of a message at 10:00 UTC of a day of March 2018. */
export function deliveredOn(
  day: number,
  ActivityItemId: string,
  CustomProperties: Readonly<Record<string, string>>,
): ApiRecord {
  return {
    TimeStamp: `2018-03-${String(day).padStart(2, "0")}T10:00:00Z`,
    AppIdType: "Exchange",
    ActivityIdType: "MessageDelivered",
    ActivityItemId,
    CustomProperties,
  };
}

const withAttachment = (item: string, AttachmentDetail: string) => deliveredOn(5, item, { AttachmentDetail });

export const examples: readonly RuleExample[] = [
  {
    name: "an attachment that only the message itself tells",
    records: [deliveredOn(5, "item-1", { InternetMessageId: "<1@fabrikam.example>" })],
    messages: {
      "one.eml": [
        "From: ann@fabrikam.example",
        "Message-ID: <1@fabrikam.example>",
        "Content-Type: application/octet-stream; name=invoice.pdf.exe",
        "Content-Disposition: attachment",
        "",
        "MZ",
      ].join("\n"),
    },
    outcome: "found",
    says: [
      {
        entity: "item-1",
        points: 22,
        text: "exe is disguised as pdf (MessageDelivered log.json:1; message one.eml (From, Attachments))",
        rows: [1],
      },
    ],
  },
  {
    name: "programs, scripts, disk images and documents with macros",
    records: [
      withAttachment("item-1", "setup.exe:20480"),
      withAttachment("item-2", "SCAN.JS"),
      withAttachment("item-3", "order.iso"),
      withAttachment("item-4", "contract.docm:8192"),
      withAttachment("item-5", "invoice.hta"),
    ],
    outcome: "found",
    says: [
      { entity: "item-1", points: 22, text: "attachment setup.exe: exe runs a program", rows: [1] },
      { entity: "item-2", points: 22, text: "attachment SCAN.JS: js runs a script", rows: [2] },
      { entity: "item-3", points: 22, text: "disk image", rows: [3] },
      { entity: "item-4", points: 22, text: "document with macros", rows: [4] },
      { entity: "item-5", points: 22, text: "hta runs a script", rows: [5] },
    ],
  },
  {
    name: "names that hide their extension",
    records: [
      withAttachment("item-1", "invoice.pdf.html:512"),
      withAttachment("item-2", "invoice_\u202excod.exe"),
      withAttachment("item-3", "photo.jpg.scr. "),
    ],
    outcome: "found",
    says: [
      { entity: "item-1", points: 22, text: "html is disguised as pdf" },
      { entity: "item-2", points: 22, text: "turns the reading direction" },
      { entity: "item-3", points: 22, text: "scr is disguised as jpg" },
    ],
  },
  {
    name: "pages and archives count less, a PDF least",
    records: [
      withAttachment("item-1", "sign-in.html"),
      withAttachment("item-2", "report.pdf.zip"),
      withAttachment("item-3", "Report.PDF"),
    ],
    outcome: "found",
    says: [
      { entity: "item-1", points: 8, text: "page" },
      { entity: "item-2", points: 8, text: "archive" },
      { entity: "item-3", points: 4, text: "common and seldom harmful" },
    ],
  },
  {
    name: "of several attachments the worst, in any form of the list",
    records: [
      withAttachment("item-1", "a.pdf:1|b.zip:2|c.vbs:3|photo.png:4"),
      withAttachment("item-2", "a.pdf (8192b); b.zip (20480b)"),
      withAttachment("item-3", '[{"Name":"photo.png"},{"Name":"list.pdf"}]'),
    ],
    outcome: "found",
    says: [
      { entity: "item-1", points: 22, text: "attachment c.vbs" },
      { entity: "item-2", points: 8, text: "attachment b.zip" },
      { entity: "item-3", points: 4, text: "attachment list.pdf" },
    ],
  },
  {
    name: "ordinary documents, and extensions that are only part of a name",
    records: [
      withAttachment("item-1", "photo.jpg:20|minutes.docx:30|sums.xlsx"),
      withAttachment("item-2", "exe"),
      withAttachment("item-3", "company.example.txt"),
      withAttachment("item-4", ""),
    ],
    outcome: "clear",
  },
  {
    name: "deliveries that do not tell their attachments",
    records: [deliveredOn(5, "item-1", { Subject: "setup.exe" })],
    outcome: "notAssessed",
  },
  {
    name: "what the owner sends is no delivery",
    records: [{ ...withAttachment("item-1", "setup.exe"), ActivityIdType: "MessageSent" }],
    outcome: "notAssessed",
  },
];
