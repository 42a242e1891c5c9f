import { messageFields } from "../../activities/message/index.ts";
import type { ActivityType } from "../../model/event.ts";
import type { Picture } from "../picture.ts";
import { rowsOfRole } from "../picture.ts";
import { isAudit } from "../recorded.ts";
import { finding } from "../rule.ts";
import { deedsBySuspects } from "../suspects.ts";

const STEP_OF_NAMED =
  "Look in timeline.tsv for the Internet Message ID of each Send record: other mailboxes of the run that came to the message have rows of their own there, since messages are joined within a mailbox only.";

/** Rows of the Activities API name the message that was answered, or none. */
function namesSent({ joined }: Picture, row: number): boolean {
  const { rows, types } = joined.mailboxCase;
  if (!isAudit(joined, row) || types[rows.type[row] as number]?.role !== "sent") return false;
  return (messageFields(joined.recordOf(row)).internetMessageId ?? "") !== "";
}

/**
 * How many messages it were at least: one that was sent may leave the row of its answer, by the message answered, and
 * that of its sending. A row without an item is one of its own.
 */
function fewestMessages({ joined }: Picture, rows: readonly number[]): number {
  const { item, type } = joined.mailboxCase.rows;
  const messages = (role: string) =>
    new Set(
      rows
        .filter((row) => (joined.mailboxCase.types[type[row] as number] as ActivityType).role === role)
        .map((row) => ((item[row] as number) < 0 ? `row ${row}` : `item ${item[row] as number}`)),
    ).size;
  return Math.max(messages("answer"), messages("sent"));
}

export const deedSent = finding({
  id: "deed-sent",
  about: "mailbox",
  title: "Messages answered, forwarded or sent from a suspicious address",
  description: "Reply, ReplyAll, Forward and MessageSent rows that are attributed to an address that scores high.",
  requires: "an address that scores high, and rows attributed to it",
  falsePositives: ["Rows of the owner that are attributed wrongly; see their confidence."],
  blindSpots: ["The log does not tell to whom a message went.", "Messages sent through SMTP leave no such row."],
  references: ["https://attack.mitre.org/techniques/T1656/"],
  attack: ["T1656"],
  nextSteps: ["Trace the messages in the tenant's message trace, and warn their recipients."],
  settings: {
    points: { is: 55, says: "points for such messages" },
    unsure: { is: 25, says: "points where all are attributed with low confidence" },
  },
  find(picture, values) {
    return deedsBySuspects(picture, "deed-sent", values, (view) => ({
      rows: [...rowsOfRole(picture, view, "answer"), ...rowsOfRole(picture, view, "sent")],
      words(rows) {
        const messages = fewestMessages(picture, rows);
        const fewer = `: at least ${messages} ${messages === 1 ? "message" : "messages"}`;
        return `answered, forwarded or sent${messages === rows.length ? "" : fewer}`;
      },
      nextSteps: (rows) => (rows.some((row) => namesSent(picture, row)) ? [STEP_OF_NAMED] : []),
    }));
  },
});
