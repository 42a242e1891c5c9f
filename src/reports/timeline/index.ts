import { ALL_FAMILIES, known, rowReport } from "../report.ts";
import { tellings } from "./summary.ts";

/** Every row of every kind in one sequence. Score stays empty until something fills it. */
export const timeline = rowReport(
  {
    table: "timeline",
    columns: ["Date", "Time", "Kind", "Type", "Platform", "IP", "IP Basis", "Actor", "Subject", "Summary", "Score"],
    families: ALL_FAMILIES,
    order: "time",
  },
  (event) => {
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
      telling.actor(event),
      known(subject),
      telling.summary(event),
      "",
    ];
  },
);
