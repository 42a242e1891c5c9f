import { formatTicks } from "../../ingest/timestamp.ts";
import type { Names } from "../../joins/mailbox-access/index.ts";
import { sourceOfEntry } from "../../joins/tenant-log.ts";
import { listed, reasonsCell, tenantReport } from "../report.ts";

/** Names in the order of their first use, and how many are left out. */
function namesCell({ count, first }: Names): string {
  return listed(count > first.length ? [...first, `… and ${count - first.length} more`] : first);
}

/**
 * One row a window in which an application read many mailboxes, by start. Times are UTC; a tumbling window ends before
 * its Window End, a sliding one with its last record. The row leads to the window's first record.
 */
export const mailboxAccess = tenantReport({
  table: "mailbox-access",
  columns: [
    "Window Start",
    "Window End",
    "Mode",
    "Client App ID",
    "Client Info String",
    "Organization",
    "Unique Mailboxes",
    "Users",
    "Source IPs",
    "Records",
    "Severity",
    "Score",
    "Reasons",
    "Most At Once",
    "Mailboxes",
  ],
  tenant({ log, windows }, sink) {
    for (const window of windows) {
      const first = window.entries[0] as number;
      const source = sourceOfEntry(log, { input: log.input[first] as number, row: log.row[first] as number });
      sink.row(
        [
          formatTicks(window.start),
          formatTicks(window.end),
          window.mode,
          window.app,
          namesCell(window.clientInfos),
          window.organization,
          String(window.mailboxes),
          namesCell(window.users),
          namesCell(window.addresses),
          String(window.entries.length),
          window.score.severity,
          String(window.score.points),
          reasonsCell(window.score),
          String(window.most),
          namesCell(window.owners),
        ],
        { mailbox: "", ...source },
      );
    }
  },
});
