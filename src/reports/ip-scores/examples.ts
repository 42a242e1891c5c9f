import { auditAt, boundAt, OWNER, signInAt, syncedAt } from "../../activities/audit-example.ts";
import type { ApiRecord } from "../../activities/example.ts";
import type { ReportExample } from "../example.ts";

const HOME = "192.0.2.1";
const INTRUDER = "203.0.113.66";

function logon(
  time: string,
  ClientIP: string,
  UserAgent: string,
  more: { readonly app?: string; readonly result?: string; readonly user?: string } = {},
): ApiRecord {
  const { app = "Web", result = "Success", user = "owner@contoso.example" } = more;
  return {
    TimeStamp: `2018-03-${time}Z`,
    AppIdType: app,
    ActivityIdType: "ServerLogon",
    CustomProperties: { Result: result, UserName: user, ClientIP, UserAgent },
  };
}

function done(
  time: string,
  ActivityIdType: string,
  CustomProperties: Readonly<Record<string, string>> = {},
): ApiRecord {
  return {
    TimeStamp: `2018-03-${time}Z`,
    AppIdType: "Web",
    ActivityIdType,
    ActivityItemId: "item-1",
    CustomProperties,
  };
}

/** Rows 1 to 5: the owner's mornings. */
const mornings = ["01", "02", "03", "04", "05"].map((day) => logon(`${day}T08:00:00`, HOME, "Chrome"));

export const examples: readonly ReportExample[] = [
  {
    name: "an address that only rows without a readable time have is in no row",
    records: [...mornings, { ...logon("03T23:00:00", INTRUDER, "Firefox"), TimeStamp: "3/3/2018 11:00 PM" }],
    expect: [{ IP: HOME, Logons: "5" }],
  },
  {
    name: "the highest score first, with every reason, those for the owner too",
    records: [...mornings, logon("03T23:00:00", INTRUDER, "python-requests/2.18.4")],
    expect: [
      {
        IP: INTRUDER,
        Score: "42",
        Severity: "medium",
        Reasons:
          "+30 address-user-agent: script or library python-requests/; +12 address-new: network 203.0.113.66 seen on 1 of 5 active days",
        "First Seen": "2018-03-03T23:00:00Z",
        "Last Seen": "2018-03-03T23:00:00Z",
        Logons: "1",
        Mailbox: "owner@contoso.example",
        "Source File": "log.json",
        "Source Row": "6",
      },
      {
        IP: HOME,
        // 40 points for the owner; no score is below 0.
        Score: "0",
        Severity: "none",
        Reasons: "-40 address-familiar: network 192.0.2.1 in use on 5 of 5 active days",
        "First Seen": "2018-03-01T08:00:00Z",
        "Last Seen": "2018-03-05T08:00:00Z",
        Logons: "5",
        "Source Row": "1",
      },
    ],
  },
  {
    name: "what was done from an address, and attempts that failed",
    records: [
      logon("01T08:00:00", HOME, "Chrome"),
      done("01T08:05:00", "ReadingPaneDisplayStart"),
      done("01T08:06:00", "ReadingPaneDisplayEnd"),
      done("01T08:07:00", "OpenedAnAttachment"),
      done("01T08:08:00", "SearchSuggestionsDisplay", { SuggestionStimulus: "holi" }),
      done("01T08:08:02", "SearchSuggestionsDisplay", { SuggestionStimulus: "holiday" }),
      done("01T08:08:04", "SearchResult", { Query: "holiday" }),
      done("01T08:09:00", "SearchResult", { Query: "beach" }),
      done("01T08:10:00", "Flag"),
      logon("01T09:00:00", HOME, "Apple-iPhone9C4/1506.302", { app: "Mobile" }),
      logon("01T09:30:00", INTRUDER, "curl/7.58.0", { result: "Failure", user: "OWNER@contoso.example" }),
      logon("01T09:31:00", INTRUDER, "curl/7.58.0", { result: "Failure" }),
    ],
    expect: [
      {
        IP: HOME,
        Country: "",
        City: "",
        ASN: "",
        "AS Organization": "",
        "First Seen": "2018-03-01T08:00:00Z",
        "Last Seen": "2018-03-01T09:00:00Z",
        Logons: "2",
        "Failed Logons": "0",
        // As many as the lines of the reading and attachment tables, ends left out; searches by their numbers.
        Reads: "1",
        Searches: "2",
        Attachments: "1",
        "App Types": "Web; Mobile",
        "User Agents": "Chrome; Apple-iPhone9C4/1506.302",
        Users: "owner@contoso.example",
        // The displays, the attachment, the four search records and the flag.
        Rows: "8",
      },
      {
        IP: INTRUDER,
        Score: "0",
        Severity: "none",
        Reasons: "",
        "First Seen": "2018-03-01T09:30:00Z",
        "Last Seen": "2018-03-01T09:31:00Z",
        Logons: "0",
        "Failed Logons": "2",
        Reads: "0",
        Searches: "0",
        Attachments: "0",
        "App Types": "",
        "User Agents": "curl/7.58.0",
        Users: "OWNER@contoso.example; owner@contoso.example",
        Rows: "0",
        "Source Row": "11",
      },
    ],
  },
  {
    name: "countries of the database that comes along: one that it knows, a private address, a host name",
    records: [
      logon("01T08:00:00", "193.99.144.80", "Chrome"),
      logon("01T09:00:00", "10.0.0.7", "Chrome"),
      logon("01T10:00:00", "mail.example", "Chrome"),
    ],
    expect: [
      { IP: "193.99.144.80", Country: "DE", City: "", ASN: "" },
      { IP: "10.0.0.7", Country: "" },
      { IP: "mail.example", Country: "" },
    ],
  },
  {
    name: "rows that a filter hides are counted",
    records: [
      logon("01T08:00:00", HOME, "Chrome"),
      done("01T08:05:00", "ReadingPaneDisplayStart"),
      logon("02T08:00:00", HOME, "Chrome"),
    ],
    start: "2018-03-02T00:00:00Z",
    expect: [{ IP: HOME, "First Seen": "2018-03-01T08:00:00Z", Logons: "2", Reads: "1", "Source Row": "1" }],
  },
  {
    name: "two mailboxes, one behind the other, each with what happened in it",
    records: [logon("01T08:00:00", HOME, "Chrome", { user: "anna@contoso.example" })],
    files: {
      "second.json": [
        logon("01T08:00:00", HOME, "Chrome", { user: "bob@contoso.example" }),
        logon("01T09:00:00", HOME, "Chrome", { user: "bob@contoso.example" }),
      ],
    },
    expect: [
      { IP: HOME, Logons: "1", Mailbox: "anna@contoso.example", "Source File": "log.json" },
      { IP: HOME, Logons: "2", Mailbox: "bob@contoso.example", "Source File": "second.json" },
    ],
  },
  {
    name: "a record that says the same twice counts once",
    records: [logon("01T08:00:00", HOME, "Chrome"), logon("01T08:00:00", HOME, "Chrome")],
    expect: [{ IP: HOME, Logons: "1" }],
  },
  { name: "no logon, no address", records: [done("01T08:05:00", "Flag")], expect: [] },
  {
    name: "addresses of an audit log, those that never signed in among them; a Bind counts once a message",
    audit: [
      signInAt("2026-03-10T08:00:00Z", "192.0.2.2", { agent: "Chrome" }),
      signInAt("2026-03-10T08:30:00Z", "192.0.2.2", { failed: true }),
      boundAt("2026-03-10T09:00:00Z", "192.0.2.1:50121", ["<1@fabrikam.example>", "<2@fabrikam.example>"]),
      syncedAt("2026-03-10T09:30:00Z", "192.0.2.1", "\\Inbox"),
      auditAt("2026-03-10T10:00:00Z", "SearchQueryInitiatedExchange", { ClientIP: "192.0.2.1", QueryText: "lunch" }),
      auditAt("2026-03-10T10:01:00Z", "AttachmentAccess", {
        ClientIPAddress: "192.0.2.1",
        MailboxOwnerUPN: OWNER,
        Item: { InternetMessageId: "<1@fabrikam.example>" },
      }),
    ],
    where: { "Source Row": "3" },
    expect: [
      {
        IP: "192.0.2.1",
        "First Seen": "2026-03-10T09:00:00",
        "Last Seen": "2026-03-10T10:01:00",
        Logons: "0",
        "Failed Logons": "0",
        Reads: "3",
        Searches: "1",
        Attachments: "1",
        "App Types": "OWA; MSExchangeRPC; Exchange",
        Mailbox: OWNER,
      },
    ],
  },
  {
    name: "a sign-in that succeeded in part counts neither as one nor as a failure",
    audit: [{ ...signInAt("2026-03-10T08:30:00Z", INTRUDER), ResultStatus: "PartiallySucceeded" }],
    expect: [{ IP: INTRUDER, Logons: "0", "Failed Logons": "0", Rows: "0", Users: OWNER }],
  },
  {
    name: "an address that failed to sign in and sent a message all the same was in",
    audit: [
      signInAt("2026-03-10T08:30:00Z", INTRUDER, { failed: true }),
      auditAt("2026-03-10T10:00:00Z", "Send", { ClientIPAddress: INTRUDER, MailboxOwnerUPN: OWNER }),
    ],
    expect: [{ IP: INTRUDER, Logons: "0", "Failed Logons": "1", Reads: "0", Rows: "1" }],
  },
];
