import type { MailboxEvent } from "../../model/event.ts";
import type { Assessment } from "../../model/assessment.ts";
import { firstText } from "../../model/record.ts";
import { known, knownAddress, reasonsCell, rowReport } from "../report.ts";

/** A record that tells everything itself (a delivery, as a rule) needs no other record's help. */
function cells(event: MailboxEvent, assessment: Assessment): readonly string[] {
  const { record } = event;
  const own = event.own();
  const joined = () => event.message();
  const { properties } = record;
  const words = assessment.authentication(event);
  const score = assessment.message(event);
  const attribution = event.attribution();
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
    known(firstText(properties, "ItemClass", "ItemSchemaType")),
    own.attachments ?? known(joined().attachments),
    words?.spf ?? "",
    words?.dkim ?? "",
    words?.dmarc ?? "",
    event.type.role === "delivered" ? String(score.points) : "",
    reasonsCell(score),
    record.activityItemId,
    event.type.role === "delivered" ? "" : knownAddress(attribution),
    event.type.role === "delivered" ? "" : attribution.basis,
    event.type.role === "delivered" ? "" : attribution.confidence,
    record.audit?.user ?? "",
  ];
}

/**
 * Messages delivered, written, answered, forwarded and sent. SPF, DKIM and DMARC are what the headers of the messages
 * given beside the log say; only deliveries have a score.
 */
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
      "Attributed IP",
      "Attribution",
      "Confidence",
      "User",
    ],
    families: new Set(["message"]),
    order: "time",
    scores: "messages",
  },
  cells,
);
