import type { Report } from "../report.ts";
import { listed, reasonsCell } from "../report.ts";

/** One row an application type, user agent or application id, the highest score first. Share is in percent. */
export const clientScores: Report = {
  table: "client-scores",
  columns: ["Client", "Score", "Severity", "Reasons", "Kind", "First Seen", "Last Seen", "Events", "Share", "IPs"],
  families: undefined,
  order: "mailbox",
  scores: true,
  begin: (joined, sink, assessment) => ({
    finish() {
      const { mailbox } = joined.mailboxCase;
      const timeOf = (row: number) => joined.recordOf(row).timeStamp;
      for (const { label, kind, score, firstRow, lastRow, events, share, addresses } of assessment.clients) {
        sink.row(
          [
            label,
            String(score.points),
            score.severity,
            reasonsCell(score),
            kind,
            timeOf(firstRow),
            timeOf(lastRow),
            String(events),
            `${(share * 100).toFixed(2)} %`,
            listed(addresses),
          ],
          { mailbox, ...joined.sourceOf(firstRow) },
        );
      }
    },
  }),
};
