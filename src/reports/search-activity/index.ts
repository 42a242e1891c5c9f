import { searchFacts } from "../../activities/search/index.ts";
import { NO_SCORE } from "../../model/finding.ts";
import { known, knownAddress, listed, reasonsCell, rowReport } from "../report.ts";

/**
 * Every search record, keystrokes included; Search is the number of the search in searches.tsv that a row belongs to,
 * and the score is that search's.
 */
export const searchActivity = rowReport(
  {
    table: "search-activity",
    columns: [
      "Date",
      "Time",
      "Platform",
      "Query",
      "Last Login IP",
      "Type",
      "Search",
      "Attributed IP",
      "Attribution",
      "Confidence",
      "Score",
      "Reasons",
      "Query XML",
      "Session ID",
      "Other IPs",
    ],
    families: new Set(["search"]),
    order: "time",
    scores: true,
  },
  (event, assessment) => {
    const { record } = event;
    const { query, queryXml } = searchFacts(record);
    const attribution = event.attribution();
    const score = event.search === undefined ? NO_SCORE : assessment.search(event.search);
    return [
      event.date,
      event.time,
      record.appIdType,
      query,
      known(event.lastLogin),
      event.type.name,
      event.search === undefined ? "" : String(event.search),
      knownAddress(attribution),
      attribution.basis,
      attribution.confidence,
      event.search === undefined ? "" : String(score.points),
      reasonsCell(score),
      queryXml,
      record.clientSessionId,
      listed(attribution.others),
    ];
  },
);
