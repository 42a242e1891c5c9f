import { attachmentAction } from "../../activities/attachment/index.ts";
import { logonFacts } from "../../activities/logon/index.ts";
import { searchFacts } from "../../activities/search/index.ts";
import type { MailboxEvent } from "../../model/event.ts";
import type { Report } from "../report.ts";
import { known, rowReport, sourceOf } from "../report.ts";

/**
 * Magic Unicorn's five files in its own layout, for scripts that were written for them. Its mistakes are not kept:
 * every application type is there, failed logons set no address, values are whole, a row is one line.
 */

const MESSAGE = ["Subject", "From", "Received Date"] as const;
const READ_COLUMNS = ["Date", "Time", "Type", "Platform", ...MESSAGE, "Last Login IP"] as const;

function messageCells(event: MailboxEvent): string[] {
  const { subject, from, received } = event.message();
  return [known(subject), known(from), known(received)];
}

function readCells(event: MailboxEvent): string[] {
  const { date, time, type, record, lastLogin } = event;
  return [date, time, type.name, record.appIdType, ...messageCells(event), known(lastLogin)];
}

const logons = rowReport(
  {
    table: "classic/logon-activity",
    // The last two are ours, at the right: without them a failed logon looks like a successful one.
    columns: ["Date", "Time", "Source IP", "Logon Type", "App Type", "User", "Client", "Result", "Exception"],
    families: new Set(["logon"]),
    order: "time",
    bare: true,
  },
  ({ date, time, type, record }) => {
    const { client, user, userAgent, result, exception } = logonFacts(record);
    return [date, time, client.address, type.name, record.appIdType, user, userAgent, result, exception];
  },
);

const readsByTime = rowReport(
  {
    table: "classic/read-activity-by-time",
    columns: READ_COLUMNS,
    families: new Set(["read"]),
    order: "time",
    bare: true,
  },
  readCells,
);

/** Groups: a line with the item's id, the header, then its rows. */
const readsByItem: Report = {
  table: "classic/read-activity-by-item",
  columns: [],
  families: new Set(["read"]),
  order: "group",
  bare: true,
  countedBy: readsByTime.table,
  begin(_joined, sink) {
    const begun = new Set<number>();
    return {
      event(event) {
        const source = sourceOf(event);
        if (!begun.has(event.item)) {
          begun.add(event.item);
          sink.row([event.record.activityItemId], source, event.item);
          sink.row(READ_COLUMNS, source, event.item);
        }
        sink.row(readCells(event), source, event.item);
      },
    };
  },
};

const searches: Report = {
  table: "classic/search-activity",
  columns: ["Date", "Time", "Platform", "Query", "Last Login ip"],
  families: new Set(["search"]),
  order: "time",
  bare: true,
  begin: (_joined, sink) => ({
    event(event) {
      const { date, time, type, record, lastLogin } = event;
      if (type.role === "mark") return;
      sink.row([date, time, record.appIdType, searchFacts(record).query, known(lastLogin)], sourceOf(event));
    },
  }),
};

const attachments = rowReport(
  {
    table: "classic/attachments-activity",
    columns: ["Date", "Time", "Platform", ...MESSAGE, "Action", "Last Login IP", "Activity Item ID"],
    families: new Set(["attachment"]),
    order: "time",
    bare: true,
  },
  (event) => {
    const { date, time, record, lastLogin } = event;
    const action = attachmentAction(record);
    return [date, time, record.appIdType, ...messageCells(event), action, known(lastLogin), record.activityItemId];
  },
);

/** The five files, in the order in which the first version named them. */
export const classicReports: readonly Report[] = [logons, readsByTime, readsByItem, searches, attachments];
