import { searchFacts } from "../../activities/search/index.ts";
import { known, listed, NO_DATA, rowReport } from "../report.ts";

/** Every search record, keystrokes included; Search is the number of the search in searches.tsv that a row belongs to. */
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
  },
  (event) => {
    const { record } = event;
    const { query, queryXml } = searchFacts(record);
    const { address, basis, confidence, others } = event.attribution();
    return [
      event.date,
      event.time,
      record.appIdType,
      query,
      known(event.lastLogin),
      event.type.name,
      event.search === undefined ? "" : String(event.search),
      address === "" ? NO_DATA : address,
      basis,
      confidence,
      "",
      "",
      queryXml,
      record.clientSessionId,
      listed(others),
    ];
  },
);
