import { attachmentAction, attachmentName } from "../../activities/attachment/index.ts";
import { known, knownAddress, listed, rowReport } from "../report.ts";

/** Attachments opened and previewed. Attachments is what the record names, else what the message is known to carry. */
export const attachmentsActivity = rowReport(
  {
    table: "attachments-activity",
    columns: [
      "Date",
      "Time",
      "Platform",
      "Subject",
      "From",
      "Received Date",
      "Action",
      "Last Login IP",
      "Activity Item ID",
      "Type",
      "Attributed IP",
      "Attribution",
      "Confidence",
      "Attachments",
      "Other IPs",
    ],
    families: new Set(["attachment"]),
    order: "time",
  },
  (event) => {
    const { record } = event;
    const { subject, from, received, attachments } = event.message();
    const attribution = event.attribution();
    return [
      event.date,
      event.time,
      record.appIdType,
      known(subject),
      known(from),
      known(received),
      attachmentAction(record),
      known(event.lastLogin),
      record.activityItemId,
      event.type.name,
      knownAddress(attribution),
      attribution.basis,
      attribution.confidence,
      attachmentName(record) ?? known(attachments),
      listed(attribution.others),
    ];
  },
);
