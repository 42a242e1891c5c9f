import { attachmentAction } from "../../activities/attachment/index.ts";
import { logonFacts } from "../../activities/logon/index.ts";
import { searchFacts } from "../../activities/search/index.ts";
import type { JoinedCase } from "../../joins/joined-case.ts";
import { isAuditRow } from "../../joins/rows.ts";
import type { FamilyName, MailboxEvent } from "../../model/event.ts";
import type { Report } from "../report.ts";
import { known, NO_DATA, SOURCE_COLUMNS, sourceOf } from "../report.ts";

/**
 * Magic Unicorn's five files in its own layout, for scripts that were written for them. Its mistakes are not kept:
 * every application type is there, failed logons set no address, values are whole, a row is one line. The layout is that
 * of exports of the Activities API: an audit record carries its own address, for which reads, searches and attachments
 * have no column but Last Login IP, which would be another one. Rows of audit logs are left out of all five, so that
 * logons without their reads are not taken for all there was.
 */

const MESSAGE = ["Subject", "From", "Received Date"] as const;
const READ_COLUMNS = ["Date", "Time", "Type", "Platform", ...MESSAGE, "Last Login IP", ...SOURCE_COLUMNS] as const;

function messageCells(event: MailboxEvent): string[] {
  const { subject, from, received } = event.message();
  return [known(subject), known(from), known(received)];
}

/** What every row ends with, at the right of the layout's own columns. */
function sourceCells({ mailbox, ref }: MailboxEvent): string[] {
  return [mailbox, ref.file, String(ref.row)];
}

function readCells(event: MailboxEvent): string[] {
  const { date, time, type, record, lastLogin } = event;
  return [date, time, type.name, record.appIdType, ...messageCells(event), known(lastLogin), ...sourceCells(event)];
}

/** A file of one row an event of an export, in order of time. */
function fileOf(
  { table, family, columns }: { table: string; family: FamilyName; columns: readonly string[] },
  cells: (event: MailboxEvent) => readonly string[] | undefined,
): Report {
  return {
    table: `classic/${table}`,
    columns,
    families: new Set([family]),
    order: "time",
    bare: true,
    begin: (_joined, sink) => ({
      event(event) {
        const row = event.record.audit === undefined ? cells(event) : undefined;
        if (row !== undefined) sink.row(row, sourceOf(event));
      },
    }),
  };
}

const logons = fileOf(
  {
    table: "logon-activity",
    family: "logon",
    // Result and Exception are ours: without them a failed logon looks like a successful one.
    columns: [
      "Date",
      "Time",
      "Source IP",
      "Logon Type",
      "App Type",
      "User",
      "Client",
      "Result",
      "Exception",
      ...SOURCE_COLUMNS,
    ],
  },
  (event) => {
    const { date, time, type, record } = event;
    const { client, user, userAgent, result, exception } = logonFacts(record);
    const { appIdType } = record;
    return [
      date,
      time,
      client.address,
      type.name,
      appIdType,
      user,
      userAgent,
      result,
      exception,
      ...sourceCells(event),
    ];
  },
);

const readsByTime = fileOf({ table: "read-activity-by-time", family: "read", columns: READ_COLUMNS }, readCells);

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
        const { item, record } = event;
        if (record.audit !== undefined) return;
        const source = sourceOf(event);
        if (!begun.has(item)) {
          begun.add(item);
          // A blank line would look like the end.
          sink.row([record.activityItemId === "" ? NO_DATA : record.activityItemId], source, item);
          sink.row(READ_COLUMNS, source, item);
        }
        sink.row(readCells(event), source, item);
      },
    };
  },
};

const searches = fileOf(
  {
    table: "search-activity",
    family: "search",
    columns: ["Date", "Time", "Platform", "Query", "Last Login ip", ...SOURCE_COLUMNS],
  },
  (event) => {
    const { date, time, type, record, lastLogin } = event;
    if (type.role === "mark") return undefined;
    return [date, time, record.appIdType, searchFacts(record).query, known(lastLogin), ...sourceCells(event)];
  },
);

const attachments = fileOf(
  {
    table: "attachments-activity",
    family: "attachment",
    columns: ["Date", "Time", "Platform", ...MESSAGE, "Action", "Last Login IP", "Activity Item ID", ...SOURCE_COLUMNS],
  },
  (event) => {
    const { date, time, record, lastLogin } = event;
    const facts = [...messageCells(event), attachmentAction(record), known(lastLogin)];
    return [date, time, record.appIdType, ...facts, record.activityItemId, ...sourceCells(event)];
  },
);

/** The five files, in the order in which the first version named them. */
export const classicReports: readonly Report[] = [logons, readsByTime, readsByItem, searches, attachments];

/** The tables that have the rows of audit logs that the files of the same families leave out. */
const TABLES: Readonly<Partial<Record<FamilyName, string>>> = {
  logon: "logon-activity",
  read: "read-activity-by-time",
  search: "search-activity",
  attachment: "attachments-activity",
};

/** How many rows of which table are of audit logs and in none of the files: of each input of the mailbox. */
export function leftOutOfClassic({ mailboxCase, order }: JoinedCase): readonly Readonly<Record<string, number>>[] {
  const { rows, types, evidence } = mailboxCase;
  const leftOut = evidence.map((): Record<string, number> => ({}));
  for (const row of order) {
    const family = types[rows.type[row] as number]?.family;
    const table = family === undefined ? undefined : TABLES[family];
    const counts = leftOut[rows.evidence[row] as number];
    if (table === undefined || counts === undefined || !isAuditRow(rows, row)) continue;
    counts[table] = (counts[table] ?? 0) + 1;
  }
  return leftOut;
}
