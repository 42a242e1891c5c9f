import type { MailboxEvent } from "../../model/event.ts";
import { known, rowReport } from "../report.ts";

/** A record that tells everything itself (a delivery, as a rule) needs no other record's help. */
function cells(event: MailboxEvent): readonly string[] {
  const { record } = event;
  const own = event.own();
  const joined = () => event.message();
  const { properties } = record;
  return [
    event.date,
    event.time,
    event.type.name,
    record.appIdType,
    own.subject ?? known(joined().subject),
    own.from ?? known(joined().from),
    own.recipients ?? known(joined().recipients),
    known(properties.text("SentTime")),
    own.received ?? known(joined().received),
    own.folder ?? known(joined().folder),
    own.internetMessageId ?? known(joined().internetMessageId),
    known(properties.text("ItemClass") ?? properties.text("ItemSchemaType")),
    own.attachments ?? known(joined().attachments),
    "",
    "",
    "",
    "",
    "",
    record.activityItemId,
  ];
}

/** Messages delivered, written, answered, forwarded and sent. SPF to Reasons stay empty until something fills them. */
export const messageActivity = rowReport(
  {
    table: "message-activity",
    columns: [
      "Date",
      "Time",
      "Type",
      "Platform",
      "Subject",
      "From",
      "Recipients",
      "Sent Date",
      "Received Date",
      "Folder",
      "Internet Message ID",
      "Item Class",
      "Attachments",
      "SPF",
      "DKIM",
      "DMARC",
      "Score",
      "Reasons",
      "Activity Item ID",
    ],
    families: new Set(["message"]),
    order: "time",
  },
  cells,
);
