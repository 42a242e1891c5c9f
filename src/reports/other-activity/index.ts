import { toldOperation } from "../../activities/other/told.ts";
import { details } from "../../activities/other/index.ts";
import { known, knownAddress, listed, rowReport } from "../report.ts";

/** Every row that no other table takes, types that nobody has heard of included. */
export const otherActivity = rowReport(
  {
    table: "other-activity",
    columns: [
      "Date",
      "Time",
      "Type",
      "Platform",
      "Subject",
      "From",
      "Received Date",
      "Details",
      "Attributed IP",
      "Attribution",
      "Confidence",
      "Activity Item ID",
      "Session ID",
      "Other IPs",
      "Summary",
      "User",
    ],
    families: new Set(["other"]),
    order: "time",
  },
  (event) => {
    const { record } = event;
    const { subject, from, received } = event.message();
    const attribution = event.attribution();
    return [
      event.date,
      event.time,
      event.type.name,
      record.appIdType,
      known(subject),
      known(from),
      known(received),
      details(record),
      knownAddress(attribution),
      attribution.basis,
      attribution.confidence,
      record.activityItemId,
      record.clientSessionId,
      listed(attribution.others),
      record.audit === undefined ? "" : (toldOperation(record) ?? ""),
      record.audit?.user ?? "",
    ];
  },
);
