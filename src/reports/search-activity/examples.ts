import { auditAt, OWNER } from "../../activities/audit-example.ts";
import type { ApiRecord } from "../../activities/example.ts";
import type { ReportExample } from "../example.ts";

const web = { AppIdType: "Web", ClientSessionId: "web-1" } as const;

function typed(time: string, SuggestionStimulus: string): ApiRecord {
  return {
    ...web,
    TimeStamp: `2018-06-20T${time}Z`,
    ActivityIdType: "SearchSuggestionsDisplay",
    CustomProperties: { SuggestionStimulus },
  };
}

export const examples: readonly ReportExample[] = [
  {
    name: "one row a source row: keystrokes, marks and results, with the number of their search",
    records: [
      {
        ...web,
        TimeStamp: "2018-06-20T09:00:00Z",
        ActivityIdType: "Logon",
        CustomProperties: { IPAddress: "192.0.2.1", Browser: "Firefox" },
      },
      {
        ...web,
        TimeStamp: "2018-06-20T10:00:00Z",
        ActivityIdType: "SearchSessionStart",
        CustomProperties: { SearchSessionId: "x" },
      },
      typed("10:00:01", "o"),
      typed("10:00:02", "o'"),
      {
        ...web,
        TimeStamp: "2018-06-20T10:00:03Z",
        ActivityIdType: "SearchResult",
        CustomProperties: {
          Query: `<Query><RawQuery>o'brien &quot;wire&quot;; bank</RawQuery></Query>`,
        },
      },
    ],
    expect: [
      { Type: "SearchSessionStart", Query: "", Search: "", "Query XML": "" },
      {
        Date: "2018-06-20",
        Time: "10:00:01Z",
        Platform: "Web",
        Query: "o",
        Type: "SearchSuggestionsDisplay",
        Search: "1",
        "Last Login IP": "192.0.2.1",
        "Attributed IP": "192.0.2.1",
        Attribution: "session",
        Confidence: "high",
        "Session ID": "web-1",
      },
      { Query: "o'", Search: "1", "Source Row": "4" },
      {
        Type: "SearchResult",
        Query: `o'brien "wire"; bank`,
        Search: "1",
        "Query XML": `<Query><RawQuery>o'brien &quot;wire&quot;; bank</RawQuery></Query>`,
      },
    ],
  },
  {
    name: "a query that is damaged XML stands as it is; one without properties is empty",
    records: [
      {
        ...web,
        TimeStamp: "2018-06-20T10:00:00Z",
        ActivityIdType: "SearchResult",
        CustomProperties: { Query: "<Query><RawQuery>inv" },
      },
      { ...web, TimeStamp: "2018-06-20T10:00:01Z", ActivityIdType: "SearchResult" },
    ],
    expect: [
      { Query: "<Query><RawQuery>inv", "Query XML": "<Query><RawQuery>inv", "Attributed IP": "No Data" },
      { Query: "", "Query XML": "" },
    ],
  },
  {
    name: "searches of an audit log, under each of their names; what was typed is not in it",
    audit: [
      ["SearchQueryInitiatedExchange", "wire transfer"],
      ["SearchQueryInitiatedSharePoint", "bank details"],
      ["SearchQueryInitiated", 'from:"cfo" AND subject:wire'],
      ["SearchQueryPerformed", ""],
    ].map(([Operation = "", QueryText], at) =>
      auditAt(`2026-03-10T10:0${at}:00Z`, Operation, {
        RecordType: 101,
        ClientIP: "[::ffff:203.0.113.9]:50121",
        QueryText,
        QuerySource: "OWA",
      }),
    ),
    expect: [
      {
        Date: "2026-03-10",
        Time: "10:00:00",
        Platform: "Exchange",
        Type: "SearchQueryInitiatedExchange",
        Query: "wire transfer",
        "Query XML": "",
        Search: "1",
        "Last Login IP": "No Data",
        "Attributed IP": "203.0.113.9",
        Attribution: "recorded",
        Confidence: "certain",
        "Other IPs": "",
        Mailbox: OWNER,
        "Source Row": "1",
      },
      { Type: "SearchQueryInitiatedSharePoint", Query: "bank details", Search: "2" },
      { Type: "SearchQueryInitiated", Query: 'from:"cfo" AND subject:wire', Search: "3" },
      { Type: "SearchQueryPerformed", Query: "", Search: "4" },
    ],
  },
];
