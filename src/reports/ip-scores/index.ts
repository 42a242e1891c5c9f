import type { Report } from "../report.ts";
import { listed, reasonsCell } from "../report.ts";

/**
 * One row an address that logged on, tried to, or did something that a record says, the highest score first. Counts are of everything that was logged,
 * rows that a filter hides included; reads, searches and attachments are those that are attributed to the address.
 */
export const ipScores: Report = {
  table: "ip-scores",
  columns: [
    "IP",
    "Score",
    "Severity",
    "Reasons",
    "Country",
    "City",
    "ASN",
    "AS Organization",
    "First Seen",
    "Last Seen",
    "Logons",
    "Failed Logons",
    "Reads",
    "Searches",
    "Attachments",
    "App Types",
    "User Agents",
    "Users",
    "Rows",
  ],
  families: undefined,
  order: "mailbox",
  scores: true,
  begin: (joined, sink, assessment) => ({
    finish() {
      const { mailbox } = joined.mailboxCase;
      const timeOf = (row: number) => joined.recordOf(row).timeStamp;
      for (const { address, score, place, firstRow, lastRow, ...figures } of assessment.addresses) {
        sink.row(
          [
            address,
            String(score.points),
            score.severity,
            reasonsCell(score),
            place.country,
            place.city,
            place.asn === undefined ? "" : String(place.asn),
            place.organization,
            timeOf(firstRow),
            timeOf(lastRow),
            String(figures.logons),
            String(figures.failedLogons),
            String(figures.reads),
            String(figures.searches),
            String(figures.attachments),
            listed(figures.apps),
            listed(figures.userAgents),
            listed(figures.users),
            String(figures.rows),
          ],
          { mailbox, ...joined.sourceOf(firstRow) },
        );
      }
    },
  }),
};
