import { readQuery } from "../../ingest/query-xml.ts";
import type { ActivityRecord } from "../../model/record.ts";
import { firstText } from "../../model/record.ts";
import type { Family } from "../family.ts";

/**
 * Searching: one SearchSuggestionsDisplay a keystroke (spelt SearchSuggestionDisplay in one list of names), a
 * SearchResult when the search ran, and the client's own marks around them, of which hardly any carries a query.
 */
export const search: Family = {
  name: "search",
  types: {
    SearchSuggestionsDisplay: { role: "keystroke" },
    SearchSuggestionDisplay: { role: "keystroke" },
    SearchResult: { role: "result" },
    SearchQueryInitiated: { role: "result" },
    SearchQueryInitiatedExchange: { role: "result" },
    SearchQueryInitiatedSharePoint: { role: "result" },
    SearchQueryPerformed: { role: "result" },
    SearchQueryExecute: { role: "mark" },
    SearchRefinersDisplay: { role: "mark" },
    SearchSessionStart: { role: "mark" },
    SearchSessionEnd: { role: "mark" },
    SearchRequestStart: { role: "mark" },
    SearchRequestEnd: { role: "mark" },
    SearchResultsReceived: { role: "mark" },
    SearchRefinersReceived: { role: "mark" },
  },
};

export interface SearchFacts {
  /** The words searched for: RawQuery of a result, the text typed so far of a keystroke, empty where the record has none, as most marks. */
  readonly query: string;
  /** The Query property as the source has it; empty where it has none. */
  readonly queryXml: string;
  /** Why the Query could not be read as XML, if so; `query` is then the raw text. */
  readonly problem: string | undefined;
}

/** Reads a search row: RawQuery out of Query's XML, or SuggestionStimulus, the text typed so far, or an audit record's QueryText. */
export function searchFacts(record: ActivityRecord): SearchFacts {
  const xml = record.properties.text("Query");
  if (xml !== undefined) {
    const { query, problem } = readQuery(xml);
    return { query, queryXml: xml, problem };
  }
  const typed = firstText(record.properties, "SuggestionStimulus", "QueryText");
  return { query: typed ?? "", queryXml: "", problem: undefined };
}
