import type { ApiRecord } from "../../activities/example.ts";
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
];
