import { readersFolder } from "../../activities/read/index.ts";
import type { MailboxEvent } from "../../model/event.ts";
import type { Report } from "../report.ts";
import { inSeconds, known, knownAddress, listed, rowReport } from "../report.ts";

const BEFORE_ITEM = [
  "Date",
  "Time",
  "Type",
  "Platform",
  "Subject",
  "From",
  "Received Date",
  "Last Login IP",
  "Attributed IP",
  "Attribution",
  "Confidence",
  "Logon Time",
  "Other IPs",
  "Access",
  "Dwell Seconds",
  "Recipients",
  "Folder",
  "Internet Message ID",
  "Metadata",
] as const;
const ITEM = "Activity Item ID";
const AFTER_ITEM = ["Session ID", "Client", "Operation Count", "Throttled"] as const;

/** What only audit records say: by what the message was opened, and how many operations the record stands for. */
function afterItem({ record: { clientSessionId, audit } }: MailboxEvent): string[] {
  const { clientInfo = "", operationCount, throttled = false } = audit ?? {};
  return [
    clientSessionId,
    clientInfo,
    operationCount === undefined ? "" : String(operationCount),
    throttled ? "yes" : "",
  ];
}

function beforeItem(event: MailboxEvent): string[] {
  const { record, type } = event;
  const message = event.message();
  const attribution = event.attribution();
  return [
    event.date,
    event.time,
    type.name,
    record.appIdType,
    known(message.subject),
    known(message.from),
    known(message.received),
    known(event.lastLogin),
    knownAddress(attribution),
    attribution.basis,
    attribution.confidence,
    attribution.logonTime,
    listed(attribution.others),
    type.access ?? "",
    inSeconds(event.dwellSeconds),
    known(message.recipients),
    // Where the reader stood says more than where the message was delivered.
    readersFolder(record) || known(message.folder),
    known(message.internetMessageId),
    message.metadata,
  ];
}

/** Messages put on display, one row a record, in order of time. */
export const readActivityByTime = rowReport(
  {
    table: "read-activity-by-time",
    columns: [...BEFORE_ITEM, ITEM, ...AFTER_ITEM],
    families: new Set(["read"]),
    order: "time",
  },
  (event) => [...beforeItem(event), event.record.activityItemId, ...afterItem(event)],
);

/** The same rows, all of an item together, items in order of their first read. */
export const readActivityByItem: Report = rowReport(
  {
    table: "read-activity-by-item",
    columns: [ITEM, ...BEFORE_ITEM, ...AFTER_ITEM],
    families: new Set(["read"]),
    order: "group",
  },
  (event) => [event.record.activityItemId, ...beforeItem(event), ...afterItem(event)],
);
