import type { AuditRecordExample } from "../../activities/audit-example.ts";
import { auditAt, OWNER } from "../../activities/audit-example.ts";
import type { ApiRecord } from "../../activities/example.ts";
import type { ReportExample } from "../example.ts";

function typed(time: string, SuggestionStimulus: string, ClientSessionId = "web-1"): ApiRecord {
  return {
    TimeStamp: `2018-06-20T${time}Z`,
    AppIdType: "Web",
    ActivityIdType: "SearchSuggestionsDisplay",
    ClientSessionId,
    CustomProperties: { SuggestionStimulus },
  };
}

function ran(time: string, query: string, ClientSessionId = "web-1"): ApiRecord {
  return {
    TimeStamp: `2018-06-20T${time}Z`,
    AppIdType: "Web",
    ActivityIdType: "SearchResult",
    ClientSessionId,
    CustomProperties: { Query: `<Query><RawQuery>${query}</RawQuery></Query>` },
  };
}

function queryless(time: string): ApiRecord {
  return {
    TimeStamp: `2018-06-20T${time}Z`,
    AppIdType: "Web",
    ActivityIdType: "SearchResult",
    ClientSessionId: "web-1",
    CustomProperties: { Rid: "1" },
  };
}

function queried(time: string, ClientIP: string, more: AuditRecordExample = {}): AuditRecordExample {
  return auditAt(`2026-03-10T${time}Z`, "SearchQueryInitiatedExchange", {
    ClientIP,
    QueryText: "wire transfer",
    ...more,
  });
}

const NO_SESSION = { SessionId: "00000000-0000-0000-0000-000000000000" };

export const examples: readonly ReportExample[] = [
  {
    // The timing of the published case; the nine rows are ours.
    name: "the word invoice, typed with a slip that is taken back, from 10:42:44.548 to 10:43:07.214",
    records: [
      typed("10:42:44.548", "i"),
      typed("10:42:46.000", "in"),
      typed("10:42:49.000", "inv"),
      typed("10:42:52.000", "invp"),
      typed("10:42:55.000", "inv"),
      typed("10:42:58.000", "invo"),
      typed("10:43:01.000", "invoi"),
      typed("10:43:04.000", "invoic"),
      typed("10:43:07.214", "invoice"),
      ran("10:43:08.378", "invoice"),
      typed("10:43:30.000", "wire"),
    ],
    expect: [
      {
        Search: "1",
        Query: "invoice",
        "First Time": "2018-06-20T10:42:44.548Z",
        "Last Time": "2018-06-20T10:43:07.214Z",
        Keystrokes: "9",
        "Times Run": "1",
        "First Run": "2018-06-20T10:43:08.378Z",
        "Last Run": "2018-06-20T10:43:08.378Z",
        "Session ID": "web-1",
        "Source Row": "1",
      },
      { Search: "2", Query: "wire", Keystrokes: "1", "Times Run": "0", "First Run": "", "Source Row": "11" },
    ],
  },
  {
    name: "two sessions that search at the same time",
    records: [
      typed("10:00:00", "i"),
      typed("10:00:01", "w", "web-2"),
      typed("10:00:02", "in"),
      typed("10:00:03", "wi", "web-2"),
      ran("10:00:04", "invoice"),
      ran("10:00:05", "wire", "web-2"),
    ],
    expect: [
      { Search: "1", Query: "invoice", Keystrokes: "2", "Times Run": "1", "Session ID": "web-1" },
      { Search: "2", Query: "wire", Keystrokes: "2", "Times Run": "1", "Session ID": "web-2" },
    ],
  },
  {
    name: "the same query run again soon is a second run, later it is another search",
    records: [ran("10:00:00", "invoice"), ran("10:05:00", "invoice"), ran("10:15:01", "invoice")],
    expect: [
      {
        Search: "1",
        Query: "invoice",
        Keystrokes: "0",
        "Times Run": "2",
        "First Time": "2018-06-20T10:00:00Z",
        "Last Time": "2018-06-20T10:05:00Z",
      },
      { Search: "2", "Times Run": "1", "First Time": "2018-06-20T10:15:01Z" },
    ],
  },
  {
    name: "a result that names no query leaves the text that was typed",
    records: [typed("10:00:00", "swift code"), ran("10:00:02", ""), typed("10:05:00", "wire"), queryless("10:05:01")],
    expect: [
      { Query: "swift code", Keystrokes: "1", "Times Run": "1", "First Run": "2018-06-20T10:00:02Z" },
      { Query: "wire", Keystrokes: "1", "Times Run": "1", "First Run": "2018-06-20T10:05:01Z" },
    ],
  },
  {
    name: "two results that name no query need not be the same search",
    records: [queryless("10:00:00"), queryless("10:00:05")],
    expect: [
      { Search: "1", Query: "", "Times Run": "1" },
      { Search: "2", Query: "", "Times Run": "1" },
    ],
  },
  {
    name: "a search of which a filter prints the keystrokes alone did run, and has the number that it has without a filter",
    records: [ran("09:00:00", "bank"), typed("10:00:00", "inv"), ran("10:00:01", "invoice")],
    types: ["SearchSuggestionsDisplay"],
    expect: [
      {
        Search: "2",
        Query: "invoice",
        Keystrokes: "1",
        "Times Run": "1",
        "First Run": "2018-06-20T10:00:01Z",
        "Source Row": "2",
      },
    ],
  },
  {
    name: "a filtered result that is in the log twice is one run",
    records: [typed("10:00:00", "inv"), ran("10:00:01", "invoice"), ran("10:00:01", "invoice")],
    types: ["SearchSuggestionsDisplay"],
    expect: [{ Query: "invoice", "Times Run": "1" }],
  },
  {
    name: "another query is another search, however soon it runs",
    records: [ran("10:00:00", "invoice"), ran("10:00:05", "wire"), ran("10:00:10", "invoice")],
    expect: [
      { Query: "invoice", "Times Run": "1" },
      { Query: "wire", "Times Run": "1" },
      { Query: "invoice", "Times Run": "1", "First Time": "2018-06-20T10:00:10Z" },
    ],
  },
  {
    name: "a long pause begins a new search, and so does another word",
    records: [typed("10:00:00", "inv"), typed("10:01:01", "invo"), typed("10:01:02", "bank")],
    expect: [{ Query: "inv" }, { Query: "invo" }, { Query: "bank" }],
  },
  {
    name: "a minute is no long pause",
    records: [typed("10:00:00", "inv"), typed("10:01:00", "invo"), typed("10:02:01", "invoi")],
    expect: [
      { Query: "invo", Keystrokes: "2" },
      { Query: "invoi", Keystrokes: "1" },
    ],
  },
  {
    name: "a result within two minutes of the last keystroke is that of what was typed, later it is another search",
    records: [typed("10:00:00", "inv"), ran("10:02:00", "invoice"), typed("11:00:00", "wire"), ran("11:02:01", "wire")],
    expect: [
      { Query: "invoice", Keystrokes: "1", "Times Run": "1" },
      { Query: "wire", Keystrokes: "1", "Times Run": "0" },
      { Query: "wire", Keystrokes: "0", "Times Run": "1" },
    ],
  },
  {
    name: "ten minutes are soon, and count from the run before",
    records: [ran("10:00:00", "invoice"), ran("10:10:00", "invoice"), ran("10:20:00", "invoice")],
    expect: [{ Query: "invoice", "Times Run": "3", "Last Run": "2018-06-20T10:20:00Z" }],
  },
  {
    name: "taking every letter back leaves the text before it",
    records: [typed("10:00:00", "in"), typed("10:00:01", "i"), typed("10:00:02", "")],
    expect: [{ Query: "i", Keystrokes: "3", "Last Time": "2018-06-20T10:00:02Z" }],
  },
  {
    name: "rows in any order of the file",
    records: [ran("10:00:03", "inv"), typed("10:00:01", "in"), typed("10:00:00", "i"), typed("10:00:02", "inv")],
    expect: [{ Query: "inv", Keystrokes: "3", "Times Run": "1", "First Time": "2018-06-20T10:00:00Z" }],
  },
  {
    name: "a row without a readable time stands last and leaves the others in their order",
    records: [
      typed("10:00:02", "inv"),
      { ...typed("10:00:01", "zzz"), TimeStamp: "nonsense" },
      typed("10:00:01", "in"),
      typed("10:00:00", "i"),
    ],
    expect: [
      {
        Search: "1",
        Query: "inv",
        Keystrokes: "3",
        "First Time": "2018-06-20T10:00:00Z",
        "Last Time": "2018-06-20T10:00:02Z",
        "Source Row": "4",
      },
      { Search: "2", Query: "zzz", Keystrokes: "1", "First Time": "nonsense", "Source Row": "2" },
    ],
  },
  {
    name: "marks carry no query and are no search",
    records: ["SearchSessionStart", "SearchQueryExecute", "SearchSessionEnd"].map((ActivityIdType, at) => ({
      TimeStamp: `2018-06-20T10:00:0${at}Z`,
      AppIdType: "Web",
      ActivityIdType,
    })),
    expect: [],
  },
  {
    name: "the address is that of the row that ran it",
    records: [
      {
        TimeStamp: "2018-06-20T09:00:00Z",
        AppIdType: "Web",
        ActivityIdType: "Logon",
        ClientSessionId: "web-1",
        CustomProperties: { IPAddress: "192.0.2.1" },
      },
      typed("10:00:00", "i"),
      ran("10:00:01", "invoice"),
    ],
    expect: [{ "Attributed IP": "192.0.2.1", Attribution: "session", Confidence: "high", Platform: "Web" }],
  },
  {
    name: "searches of an audit log: no key strokes, the same query soon again is a second run",
    audit: ["10:00:00", "10:05:00", "10:15:01"].map((time) =>
      auditAt(`2026-03-10T${time}Z`, "SearchQueryInitiatedExchange", {
        RecordType: 101,
        ClientIP: "203.0.113.9",
        QueryText: "wire transfer",
      }),
    ),
    expect: [
      {
        Search: "1",
        Query: "wire transfer",
        Keystrokes: "0",
        "Times Run": "2",
        "First Time": "2026-03-10T10:00:00",
        "Last Run": "2026-03-10T10:05:00",
        Platform: "Exchange",
        "Attributed IP": "203.0.113.9",
        Attribution: "recorded",
        Confidence: "certain",
        "Source Row": "1",
      },
      { Search: "2", "Times Run": "1", "Source Row": "3" },
    ],
  },
  {
    name: "audit records of one query are one search where user, address and session are one, whoever comes in between",
    audit: [
      queried("10:00:00", "198.51.100.7"),
      queried("10:01:00", "203.0.113.5"),
      queried("10:02:00", "198.51.100.7", { UserId: OWNER.toUpperCase() }),
      queried("10:03:00", "198.51.100.7", { UserId: "delegate@contoso.example", MailboxOwnerUPN: OWNER }),
      queried("10:04:00", ""),
    ],
    expect: [
      { Search: "1", "Times Run": "2", "Last Run": "2026-03-10T10:02:00", "Attributed IP": "198.51.100.7" },
      { Search: "2", "Times Run": "1", "Attributed IP": "203.0.113.5", Attribution: "recorded", "Source Row": "2" },
      { Search: "3", "Times Run": "1", "Attributed IP": "198.51.100.7", "Source Row": "4" },
      { Search: "4", "Times Run": "1", "Attributed IP": "No Data", "Source Row": "5" },
    ],
  },
  {
    name: "a session that two addresses use has a search at each, one that is blacked out too",
    audit: [{ SessionId: "session-1" }, NO_SESSION].flatMap((session, hour) => [
      queried(`1${hour}:00:00`, "198.51.100.7", session),
      queried(`1${hour}:01:00`, "203.0.113.5", session),
      queried(`1${hour}:02:00`, "198.51.100.7", session),
    ]),
    expect: [
      { Search: "1", "Times Run": "2", "Attributed IP": "198.51.100.7", "Source Row": "1" },
      { Search: "2", "Times Run": "1", "Attributed IP": "203.0.113.5", "Source Row": "2" },
      { Search: "3", "Times Run": "2", "Attributed IP": "198.51.100.7", "Source Row": "4" },
      { Search: "4", "Times Run": "1", "Attributed IP": "203.0.113.5", "Source Row": "5" },
    ],
  },
  {
    name: "a session that is blacked out is printed, and joins nothing",
    audit: [
      auditAt("2026-03-10T10:00:00Z", "SearchQueryInitiatedExchange", { QueryText: "wire", ...NO_SESSION }),
      auditAt("2026-03-10T10:01:00Z", "SearchQueryInitiatedExchange", {
        QueryText: "wire",
        ClientInfoString: "Client=OWA",
        ...NO_SESSION,
      }),
    ],
    expect: [
      { Search: "1", "Times Run": "1", "Session ID": NO_SESSION.SessionId },
      { Search: "2", "Times Run": "1", "Session ID": NO_SESSION.SessionId },
    ],
  },
];
