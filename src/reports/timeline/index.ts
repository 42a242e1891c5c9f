import { logonFacts } from "../../activities/logon/index.ts";
import type { Assessment } from "../../model/assessment.ts";
import type { MailboxEvent } from "../../model/event.ts";
import { ALL_FAMILIES, known, rowReport } from "../report.ts";
import { tellings } from "./summary.ts";

/** The score of what the row shows: a logon's address, a search, a delivered message. */
function scoreCell(event: MailboxEvent, address: string, assessment: Assessment): string {
  const { type, search } = event;
  if (type.family === "logon") return address === "" ? "" : String(assessment.address(address).points);
  if (type.role === "delivered") return String(assessment.message(event).points);
  return search === undefined ? "" : String(assessment.search(search).points);
}

const OUTCOMES = { succeeded: "success", failed: "failure", partial: "partial", "": "unknown" } as const;

/** How a logon went, and what came of an audit record's operation; of nothing else any record says. */
function outcomeCell({ type, record }: MailboxEvent): string {
  if (type.family === "logon") {
    const { successful, partial } = logonFacts(record);
    return successful ? "success" : partial ? "partial" : "failure";
  }
  return record.audit === undefined ? "" : OUTCOMES[record.audit.outcome];
}

/**
 * What is known of the message of a row that names an item; of a delivery by its own record, where that says it. A row
 * that names none need not be about a message: what it does not say itself is not asked for.
 */
function messageCells(event: MailboxEvent): { readonly subject: string; readonly messageId: string } {
  if (event.item < 0) {
    const { subject = "", internetMessageId = "" } = event.own();
    return { subject, messageId: internetMessageId };
  }
  const own = event.type.role === "delivered" ? event.own() : undefined;
  return {
    subject: own?.subject ?? known(event.message().subject),
    messageId: own?.internetMessageId ?? known(event.message().internetMessageId),
  };
}

/** Every row of every kind in one sequence. */
export const timeline = rowReport(
  {
    table: "timeline",
    columns: [
      "Date",
      "Time",
      "Kind",
      "Type",
      "Platform",
      "IP",
      "IP Basis",
      "Actor",
      "Subject",
      "Summary",
      "Score",
      "Confidence",
      "Outcome",
      "Workload",
      "Internet Message ID",
      "Activity Item ID",
    ],
    families: ALL_FAMILIES,
    order: "time",
    scores: "messages",
  },
  (event, assessment) => {
    const { type, record } = event;
    const telling = tellings[type.family];
    const { address, basis, confidence } = event.attribution();
    const { subject, messageId } = messageCells(event);
    return [
      event.date,
      event.time,
      type.family,
      type.name,
      record.appIdType,
      address,
      basis,
      telling.actor(event) || (record.audit?.user ?? ""),
      subject,
      telling.summary(event),
      scoreCell(event, address, assessment),
      confidence,
      outcomeCell(event),
      record.audit?.workload ?? "",
      messageId,
      record.activityItemId,
    ];
  },
);
