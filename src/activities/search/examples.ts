import type { ActivityExample } from "../example.ts";

const web = { TimeStamp: "2018-06-20T10:00:00Z", AppIdType: "Web" } as const;
const MARKS = [
  "SearchQueryExecute",
  "SearchRefinersDisplay",
  "SearchSessionStart",
  "SearchSessionEnd",
  "SearchRequestStart",
  "SearchRequestEnd",
  "SearchResultsReceived",
  "SearchRefinersReceived",
];

export const examples: readonly ActivityExample[] = [
  {
    name: "a result's query is the RawQuery of its XML",
    record: {
      ...web,
      ActivityIdType: "SearchResult",
      CustomProperties: {
        Query: "<Query><RawQuery>from:&quot;o'brien&quot; &amp; bank</RawQuery><Scope>Mailbox</Scope></Query>",
      },
    },
    type: { family: "search", role: "result", access: undefined },
    facts: {
      searchFacts: {
        query: `from:"o'brien" & bank`,
        queryXml: "<Query><RawQuery>from:&quot;o'brien&quot; &amp; bank</RawQuery><Scope>Mailbox</Scope></Query>",
        problem: undefined,
      },
    },
  },
  {
    name: "a result whose Query is no XML has it as its query",
    record: { ...web, ActivityIdType: "SearchResult", CustomProperties: { Query: "invoice 4711" } },
    facts: { searchFacts: { query: "invoice 4711", queryXml: "invoice 4711", problem: undefined } },
  },
  {
    name: "a result without a Query",
    record: { ...web, ActivityIdType: "SearchResult" },
    facts: { searchFacts: { query: "", queryXml: "", problem: undefined } },
  },
  {
    name: "a keystroke has the text typed so far",
    record: { ...web, ActivityIdType: "SearchSuggestionsDisplay", CustomProperties: { SuggestionStimulus: "invo" } },
    type: { family: "search", role: "keystroke" },
    facts: { searchFacts: { query: "invo", queryXml: "" } },
  },
  {
    name: "the other spelling of a keystroke",
    record: { ...web, ActivityIdType: "SearchSuggestionDisplay", CustomProperties: { SuggestionStimulus: "007" } },
    type: { family: "search", role: "keystroke" },
    facts: { searchFacts: { query: "007" } },
  },
  ...MARKS.map((ActivityIdType) => ({
    name: `${ActivityIdType} marks a search without naming it`,
    record: { ...web, ActivityIdType, CustomProperties: { SearchSessionId: "s1" } },
    type: { family: "search", role: "mark" },
    facts: { searchFacts: { query: "", queryXml: "" } },
  })),
];
