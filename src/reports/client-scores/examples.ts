import type { ApiRecord } from "../../activities/example.ts";
import { boundAt } from "../../activities/audit-example.ts";
import type { ReportExample } from "../example.ts";

const HOME = "192.0.2.1";
const INTRUDER = "203.0.113.66";

function logon(time: string, ClientIP: string, UserAgent: string, app = "Web", Result = "Success"): ApiRecord {
  return {
    TimeStamp: `2018-03-${time}Z`,
    AppIdType: app,
    ActivityIdType: "ServerLogon",
    CustomProperties: { Result, UserName: "owner@contoso.example", ClientIP, UserAgent },
  };
}

/** Rows 1 to 5: the owner's mornings. */
const mornings = ["01", "02", "03", "04", "05"].map((day) => logon(`${day}T08:00:00`, HOME, "Chrome"));

export const examples: readonly ReportExample[] = [
  {
    name: "the highest score first; shares are of all rows, and of all logons that name a user agent",
    records: [...mornings, logon("03T23:00:00", INTRUDER, "python-requests/2.18.4")],
    expect: [
      {
        Client: "python-requests/2.18.4",
        Score: "30",
        Severity: "medium",
        Reasons: "+30 client-script: script or library python-requests/",
        Kind: "user agent",
        "First Seen": "2018-03-03T23:00:00Z",
        "Last Seen": "2018-03-03T23:00:00Z",
        Events: "1",
        Share: "16.67 %",
        IPs: INTRUDER,
        Mailbox: "owner@contoso.example",
        "Source File": "log.json",
        "Source Row": "6",
      },
      {
        Client: "Web",
        Score: "0",
        Severity: "none",
        Reasons: "",
        Kind: "application type",
        "First Seen": "2018-03-01T08:00:00Z",
        "Last Seen": "2018-03-05T08:00:00Z",
        Events: "6",
        Share: "100.00 %",
        IPs: `${HOME}; ${INTRUDER}`,
        "Source Row": "1",
      },
      { Client: "Chrome", Score: "0", Kind: "user agent", Events: "5", Share: "83.33 %", IPs: HOME },
    ],
  },
  {
    name: "a row without a readable time is counted, and is not the last that was seen",
    records: [
      ...mornings,
      { TimeStamp: "6/20/2018 6:07", AppIdType: "Web", ActivityIdType: "Flag" },
      { TimeStamp: "6/20/2018 6:08", AppIdType: "Sundial", ActivityIdType: "Flag" },
    ],
    where: { Kind: "application type" },
    expect: [
      { Client: "Web", Events: "6", "First Seen": "2018-03-01T08:00:00Z", "Last Seen": "2018-03-05T08:00:00Z" },
      { Client: "Sundial", Events: "1", "First Seen": "6/20/2018 6:08", "Last Seen": "6/20/2018 6:08" },
    ],
  },
  {
    name: "an application without logons, logons without a user agent, and an attempt that failed",
    records: [
      logon("01T08:00:00", HOME, "Chrome"),
      logon("01T08:01:00", HOME, ""),
      logon("01T08:02:00", INTRUDER, "curl/7.58.0", "Exchange", "Failure"),
      { TimeStamp: "2018-03-01T08:03:00Z", AppIdType: "Sundial", ActivityIdType: "MessageDelivered" },
    ],
    expect: [
      { Client: "Web", Kind: "application type", Events: "2", Share: "50.00 %", IPs: HOME },
      { Client: "Exchange", Kind: "application type", Events: "1", Share: "25.00 %", IPs: INTRUDER, Score: "0" },
      { Client: "Sundial", Kind: "application type", Events: "1", Share: "25.00 %", IPs: "", "Source Row": "4" },
      { Client: "Chrome", Kind: "user agent", Events: "1", Share: "50.00 %", IPs: HOME },
      { Client: "curl/7.58.0", Kind: "user agent", Events: "1", Share: "50.00 %", IPs: INTRUDER, Score: "0" },
    ],
  },
  {
    name: "an application that works in a mailbox which another one opened has its address",
    records: [
      logon("01T08:00:00", HOME, ""),
      { TimeStamp: "2018-03-01T08:03:00Z", AppIdType: "Outlook", ActivityIdType: "Flag" },
    ],
    expect: [
      { Client: "Web", Events: "1", IPs: HOME },
      { Client: "Outlook", Events: "1", IPs: HOME },
    ],
  },
  {
    name: "rows that a filter hides are counted",
    records: [logon("01T08:00:00", HOME, "Chrome"), logon("02T08:00:00", HOME, "Chrome")],
    start: "2018-03-02T00:00:00Z",
    where: { Kind: "user agent" },
    expect: [{ Client: "Chrome", Events: "2", "First Seen": "2018-03-01T08:00:00Z" }],
  },
  {
    name: "user agents are told apart to the letter",
    records: [logon("01T08:00:00", HOME, "Chrome"), logon("01T09:00:00", HOME, "chrome")],
    where: { Kind: "user agent" },
    expect: [
      { Client: "Chrome", Events: "1", "Source Row": "1" },
      { Client: "chrome", Events: "1", "Source Row": "2" },
    ],
  },
  {
    name: "applications of an audit log by their ids, with the names of those that are known; shares are of audit rows",
    records: [logon("01T08:00:00", HOME, "Chrome")],
    audit: [
      boundAt("2018-03-01T09:00:00Z", HOME, ["<1@fabrikam.example>", "<2@fabrikam.example>"], {
        AppId: "00000002-0000-0ff1-ce00-000000000000",
      }),
      boundAt("2018-03-02T09:00:00Z", INTRUDER, ["<1@fabrikam.example>"], {
        AppId: "00000003-0000-0000-c000-000000000000",
        ClientAppId: "E9A7FEA1-1CC0-4CD9-A31B-9137CA5DEEDD",
      }),
      boundAt("2018-03-02T10:00:00Z", HOME, ["<1@fabrikam.example>"], {
        ClientAppId: "e9a7fea1-1cc0-4cd9-a31b-9137ca5deedd",
      }),
    ],
    where: { Kind: "app id" },
    expect: [
      {
        Client: "E9A7FEA1-1CC0-4CD9-A31B-9137CA5DEEDD (eM Client)",
        Score: "50",
        Severity: "high",
        Reasons: "+50 app-abused: eM Client is listed as abused to take mail (Huntress RogueApps, CIPP rogue apps)",
        "First Seen": "2018-03-02T09:00:00",
        "Last Seen": "2018-03-02T10:00:00",
        Events: "2",
        Share: "50.00 %",
        IPs: `${INTRUDER}; ${HOME}`,
        "Source File": "audit.json",
        "Source Row": "2",
      },
      {
        Client: "00000002-0000-0ff1-ce00-000000000000 (Office 365 Exchange Online)",
        Score: "0",
        Events: "2",
        Share: "50.00 %",
        IPs: HOME,
        "Source Row": "1",
      },
    ],
  },
  {
    name: "the client string of an operation stands for a user agent",
    records: [logon("01T08:00:00", HOME, "Chrome")],
    audit: [boundAt("2018-03-01T09:00:00Z", HOME, ["<1@fabrikam.example>", "<2@fabrikam.example>"])],
    where: { Kind: "user agent" },
    expect: [
      { Client: "Client=OWA;Action=ViaProxy", Events: "2", Share: "66.67 %", IPs: HOME, "Source Row": "1" },
      { Client: "Chrome", Events: "1", Share: "33.33 %", IPs: HOME },
    ],
  },
  {
    name: "an application whose id is blacked out is none",
    audit: [
      boundAt("2018-03-01T09:00:00Z", HOME, ["<1@fabrikam.example>"], {
        ClientAppId: "00000000-0000-0000-0000-000000000000",
      }),
    ],
    where: { Kind: "app id" },
    expect: [],
  },
];
