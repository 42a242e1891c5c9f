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

/** Every row of every kind in one sequence. */
export const timeline = rowReport(
  {
    table: "timeline",
    columns: ["Date", "Time", "Kind", "Type", "Platform", "IP", "IP Basis", "Actor", "Subject", "Summary", "Score"],
    families: ALL_FAMILIES,
    order: "time",
    scores: "messages",
  },
  (event, assessment) => {
    const { type, record } = event;
    const telling = tellings[type.family];
    const { address, basis } = event.attribution();
    const subject =
      event.item < 0 ? "" : type.role === "delivered" ? record.properties.text("Subject") : event.message().subject;
    return [
      event.date,
      event.time,
      type.family,
      type.name,
      record.appIdType,
      address,
      basis,
      telling.actor(event) || (record.audit?.user ?? ""),
      known(subject),
      telling.summary(event),
      scoreCell(event, address, assessment),
    ];
  },
);
