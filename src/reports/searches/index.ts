import type { Attribution } from "../../model/event.ts";
import type { Report } from "../report.ts";
import { knownAddress, reasonsCell } from "../report.ts";

/**
 * One row a search. First Time and Last Time are those of its keystrokes; a search that nobody typed has those of its
 * results, which stand under First Run and Last Run in any case. The address is that of the row that ran it, else of
 * the first keystroke.
 */
export const searches: Report = {
  table: "searches",
  columns: [
    "Search",
    "Query",
    "First Time",
    "Last Time",
    "Keystrokes",
    "Times Run",
    "Platform",
    "Attributed IP",
    "Confidence",
    "Score",
    "Severity",
    "Reasons",
    "Attribution",
    "First Run",
    "Last Run",
    "Session ID",
  ],
  families: new Set(["search"]),
  order: "mailbox",
  scores: true,
  begin(joined, sink, assessment) {
    const attributions = new Map<number, Attribution>();
    const isRun = new Set<number>();
    return {
      event(event) {
        const { search: number } = event;
        if (number === undefined || isRun.has(number)) return;
        const runs = event.type.role === "result";
        if (runs) isRun.add(number);
        if (runs || !attributions.has(number)) attributions.set(number, event.attribution());
      },
      finish() {
        const { mailbox, apps } = joined.mailboxCase;
        for (const { number, query, keystrokes, runs, first } of joined.searches.list) {
          const attribution = attributions.get(number);
          if (attribution === undefined) continue;
          const score = assessment.search(number);
          const typed = keystrokes.length > 0 ? keystrokes : runs;
          sink.row(
            [
              String(number),
              query,
              typed[0]?.timeStamp ?? "",
              typed.at(-1)?.timeStamp ?? "",
              String(keystrokes.length),
              String(runs.length),
              apps[first.app] ?? "",
              knownAddress(attribution),
              attribution.confidence,
              String(score.points),
              score.severity,
              reasonsCell(score),
              attribution.basis,
              runs[0]?.timeStamp ?? "",
              runs.at(-1)?.timeStamp ?? "",
              first.session,
            ],
            { mailbox, ...joined.sourceOf(first.row) },
          );
        }
      },
    };
  },
};
