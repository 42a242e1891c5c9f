import { auditAt, boundAt } from "../../activities/audit-example.ts";
import type { ApiRecord } from "../../activities/example.ts";
import type { ReportExample } from "../example.ts";

const HOME = "192.0.2.1";
const INTRUDER = "203.0.113.66";

function logon(time: string, ClientIP: string, UserAgent: string, app = "Web"): ApiRecord {
  return {
    TimeStamp: `2018-03-${time}Z`,
    AppIdType: app,
    ActivityIdType: "ServerLogon",
    CustomProperties: { Result: "Success", UserName: "owner@contoso.example", ClientIP, UserAgent },
  };
}

/** Rows 1 to 5: the owner's mornings. */
const mornings = ["01", "02", "03", "04", "05"].map((day) => logon(`${day}T08:00:00`, HOME, "Chrome"));

export const examples: readonly ReportExample[] = [
  {
    name: "an address and its client that score medium; what scores less is no finding",
    records: [...mornings, logon("03T23:00:00", INTRUDER, "python-requests/2.18.4")],
    expect: [
      {
        Rule: "suspicious-address",
        Title: "Suspicious address",
        Severity: "medium",
        Score: "42",
        // Two rules agree.
        Confidence: "medium",
        "Entity Type": "address",
        Entity: INTRUDER,
        "First Time": "2018-03-03T23:00:00Z",
        "Last Time": "2018-03-03T23:00:00Z",
        Count: "1",
        Reasons:
          "+30 address-user-agent: script or library python-requests/; +12 address-new: network 203.0.113.66 seen on 1 of 5 active days",
        "ATT&CK": "T1078.004; T1114.002",
        Evidence: "log.json:6",
        Mailbox: "owner@contoso.example",
        "Source File": "log.json",
        "Source Row": "6",
      },
      {
        Rule: "suspicious-client",
        Title: "Suspicious client",
        Severity: "medium",
        Score: "30",
        Confidence: "low",
        "Entity Type": "client",
        Entity: "python-requests/2.18.4",
        Count: "1",
        Reasons: "+30 client-script: script or library python-requests/",
        "ATT&CK": "T1114.002",
        Evidence: "log.json:6",
        "Next Steps":
          "See in logon-activity.tsv from where the client was used.; See the addresses that used it, and what they did.",
      },
    ],
  },
  {
    name: "an address that scores high makes an incident of the mailbox, which comes first",
    records: [...mornings, logon("03T23:00:00", INTRUDER, "", "IMAP4"), logon("03T23:30:00", INTRUDER, "", "IMAP4")],
    expect: [
      {
        Rule: "incident",
        Severity: "high",
        "Entity Type": "mailbox",
        Entity: "owner@contoso.example",
        "First Time": "2018-03-03T23:00:00Z",
        "Last Time": "2018-03-03T23:30:00Z",
        Count: "2",
        Evidence: "log.json:6; log.json:7",
      },
      {
        Rule: "suspicious-address",
        Severity: "high",
        "Entity Type": "address",
        Entity: INTRUDER,
        Count: "2",
        Evidence: "log.json:6; log.json:7",
      },
      { Rule: "suspicious-client", Severity: "high", "Entity Type": "client", Entity: "IMAP4", Count: "2" },
    ],
  },
  {
    name: "a message, by its id and subject",
    records: [
      logon("01T08:00:00", HOME, "Chrome"),
      {
        TimeStamp: "2018-03-01T09:00:00Z",
        AppIdType: "Exchange",
        ActivityIdType: "MessageDelivered",
        ActivityItemId: "item-1",
        CustomProperties: {
          SenderSmtpAddress: "ceo@c0ntoso.example",
          Subject: "Are you there?",
          InternetMessageId: "<1@c0ntoso.example>",
        },
      },
      {
        TimeStamp: "2018-03-01T09:05:00Z",
        AppIdType: "Exchange",
        ActivityIdType: "MessageDelivered",
        ActivityItemId: "item-2",
        CustomProperties: { SenderSmtpAddress: "ceo@c0ntoso.example" },
      },
    ],
    expect: [
      {
        Rule: "suspicious-message",
        Severity: "medium",
        Score: "35",
        Confidence: "low",
        "Entity Type": "message",
        Entity: "<1@c0ntoso.example> Are you there?",
        Reasons: "+35 message-look-alike: sender ceo@c0ntoso.example: c0ntoso.example reads as contoso.example",
        Evidence: "log.json:2",
      },
      { Rule: "suspicious-message", Entity: "item-2", Evidence: "log.json:3" },
    ],
  },
  {
    name: "a search, by its number and words: a term in a run at a machine's pace",
    records: ["invoice", "beach", "family", "garden", "holiday"].map((query, at) => ({
      TimeStamp: `2018-03-01T09:0${at}:00Z`,
      AppIdType: "Web",
      ActivityIdType: "SearchResult",
      CustomProperties: { Query: query },
    })),
    expect: [
      {
        Rule: "suspicious-search",
        Severity: "medium",
        // 20 for the pace and 10 for the term.
        Score: "30",
        Confidence: "medium",
        "Entity Type": "search",
        Entity: "1: invoice",
        "First Time": "2018-03-01T09:00:00Z",
        "Last Time": "2018-03-01T09:04:00Z",
        Count: "5",
        Evidence: "log.json:1; log.json:2; log.json:3; log.json:4; log.json:5",
        Mailbox: "",
      },
    ],
  },
  {
    name: "more evidence than is listed is counted",
    records: Array.from({ length: 30 }, (_, at) => logon(`01T09:${String(at + 10)}:00`, HOME, "AADInternals")),
    where: { Rule: "suspicious-client" },
    expect: [
      {
        Entity: "AADInternals",
        Severity: "high",
        Count: "30",
        "First Time": "2018-03-01T09:10:00Z",
        "Last Time": "2018-03-01T09:39:00Z",
        Evidence: `${Array.from({ length: 25 }, (_, at) => `log.json:${at + 1}`).join("; ")}; … and 5 more`,
      },
    ],
  },
  { name: "an owner alone", records: mornings, expect: [] },
  {
    name: "what is found in several mailboxes together is about none of them and stands in front",
    audit: [1, 2, 3, 4, 5, 6].map((number) =>
      boundAt(`2026-03-10T10:0${number}:00Z`, "203.0.113.9", ["<1@fabrikam.example>"], {
        AppId: "00000003-0000-0000-c000-000000000000",
        ClientAppId: "aaaaaaaa-0000-4000-8000-000000000001",
        ClientInfoString: "Client=REST;;",
        UserId: `user${number}@contoso.example`,
        MailboxOwnerUPN: `user${number}@contoso.example`,
      }),
    ),
    where: { Rule: "mailbox-access-api" },
    expect: [
      {
        "Entity Type": "application",
        Entity: "aaaaaaaa-0000-4000-8000-000000000001",
        "First Time": "2026-03-10T10:01:00.0000000Z",
        "Last Time": "2026-03-10T10:06:00.0000000Z",
        "ATT&CK": "T1114.002",
        Mailbox: "",
        "Source File": "audit.json",
        "Source Row": "1",
      },
    ],
  },
  {
    name: "the consent of a reason counts and is listed, before what came after it, each record once",
    audit: [
      ...[1, 2, 3, 4, 5, 6].map((number) =>
        boundAt(`2026-03-10T10:0${number}:00Z`, "203.0.113.9", ["<1@fabrikam.example>"], {
          AppId: "00000003-0000-0000-c000-000000000000",
          ClientAppId: "aaaaaaaa-0000-4000-8000-000000000001",
          ClientInfoString: "Client=REST;;",
          UserId: `user${number}@contoso.example`,
          MailboxOwnerUPN: `user${number}@contoso.example`,
        }),
      ),
      auditAt("2026-03-09T09:00:00Z", "Consent to application.", {
        RecordType: 8,
        Workload: "AzureActiveDirectory",
        ObjectId: "aaaaaaaa-0000-4000-8000-000000000001",
      }),
    ],
    where: { Rule: "mailbox-access-api" },
    expect: [
      {
        Score: "55",
        "First Time": "2026-03-09T09:00:00.0000000Z",
        "Last Time": "2026-03-10T10:06:00.0000000Z",
        Count: "7",
        Evidence: "audit.json:7; audit.json:1; audit.json:2; audit.json:3; audit.json:4; audit.json:5; audit.json:6",
        Mailbox: "",
        "Source Row": "7",
      },
    ],
  },
];
