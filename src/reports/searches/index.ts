import type { Attribution, MailboxEvent } from "../../model/event.ts";
import type { Report, RowSource } from "../report.ts";
import { NO_DATA, sourceOf } from "../report.ts";

/** What the rows of one search told on the way. */
interface Seen {
  platform: string;
  attribution: Attribution;
  source: RowSource;
  firstKeystroke: string;
  lastKeystroke: string;
  firstRun: string;
  lastRun: string;
}

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
  begin(joined, sink) {
    const seen = new Map<number, Seen>();
    const note = (number: number, event: MailboxEvent) => {
      const { timeStamp } = event.record;
      const isRun = event.type.role === "result";
      let search = seen.get(number);
      if (search === undefined) {
        search = {
          platform: event.record.appIdType,
          attribution: event.attribution(),
          source: sourceOf(event),
          firstKeystroke: "",
          lastKeystroke: "",
          firstRun: "",
          lastRun: "",
        };
        seen.set(number, search);
      }
      if (isRun) {
        if (search.firstRun === "") {
          search.firstRun = timeStamp;
          search.attribution = event.attribution();
        }
        search.lastRun = timeStamp;
      } else {
        if (search.firstKeystroke === "") search.firstKeystroke = timeStamp;
        search.lastKeystroke = timeStamp;
      }
    };
    return {
      event(event) {
        if (event.search !== undefined) note(event.search, event);
      },
      finish() {
        for (const { number, query, keystrokes, runs, first } of joined.searches.list) {
          const search = seen.get(number);
          if (search === undefined) continue;
          const typed = keystrokes.length > 0;
          const { address, basis, confidence } = search.attribution;
          sink.row(
            [
              String(number),
              query,
              typed ? search.firstKeystroke : search.firstRun,
              typed ? search.lastKeystroke : search.lastRun,
              String(keystrokes.length),
              String(runs.length),
              search.platform,
              address === "" ? NO_DATA : address,
              confidence,
              "",
              "",
              "",
              basis,
              search.firstRun,
              search.lastRun,
              first.session,
            ],
            search.source,
          );
        }
      },
    };
  },
};
