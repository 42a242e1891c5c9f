import type { AuditRecordExample } from "../../activities/audit-example.ts";
import { boundAt } from "../../activities/audit-example.ts";
import type { ReportExample } from "../example.ts";

const GRAPH = "00000003-0000-0000-c000-000000000000";
const APP = "aaaaaaaa-0000-4000-8000-000000000001";
const NAMES = [1, 2, 3, 4, 5, 6].map((at) => `user${at}@contoso.example`);

/** One message opened by an application in the mailbox of the user who is named. */
const opened = (time: string, user: string, more: AuditRecordExample = {}): AuditRecordExample =>
  boundAt(time, "203.0.113.66", [`<${user}>`], {
    AppId: GRAPH,
    ClientAppId: APP,
    ClientInfoString: "Client=REST;;",
    UserId: user,
    MailboxOwnerUPN: user,
    ...more,
  });

export const examples: readonly ReportExample[] = [
  {
    name: "six users within ten minutes of the raster",
    audit: NAMES.map((user, at) => opened(`2026-03-10T10:0${at}:30Z`, user)),
    expect: [
      {
        "Window Start": "2026-03-10T10:00:00.0000000Z",
        "Window End": "2026-03-10T10:10:00.0000000Z",
        Mode: "tumbling",
        "Client App ID": APP,
        "Client Info String": "Client=REST;;",
        Organization: "11111111-1111-4111-8111-111111111111",
        "Unique Mailboxes": "6",
        Users: NAMES.join("; "),
        "Source IPs": "203.0.113.66",
        Records: "6",
        Severity: "medium",
        Score: "40",
        "Most At Once": "6",
        Mailboxes: NAMES.join("; "),
        "Source File": "audit.json",
        "Source Row": "1",
      },
      {
        "Window Start": "2026-03-10T10:00:30.0000000Z",
        "Window End": "2026-03-10T10:05:30.0000000Z",
        Mode: "sliding",
        "Unique Mailboxes": "6",
        "Source Row": "1",
      },
    ],
  },
  {
    name: "a burst that a border cuts apart, under two ClientInfoStrings, by one account",
    audit: NAMES.map((user, at) =>
      opened(at < 3 ? "2026-03-10T10:08:00Z" : "2026-03-10T10:12:00Z", user, {
        UserId: "svc@contoso.example",
        ClientInfoString: at < 3 ? "Client=REST" : "Client=WebServices",
      }),
    ),
    expect: [
      {
        "Window Start": "2026-03-10T10:08:00.0000000Z",
        "Window End": "2026-03-10T10:12:00.0000000Z",
        Mode: "sliding",
        "Client Info String": "Client=REST; Client=WebServices",
        "Unique Mailboxes": "6",
        Users: "svc@contoso.example",
        Records: "6",
        Severity: "high",
        Score: "50",
        Mailboxes: NAMES.join("; "),
        "Source Row": "1",
      },
    ],
  },
  {
    name: "five mailboxes",
    audit: NAMES.slice(1).map((user) => opened("2026-03-10T10:04:00Z", user)),
    expect: [],
  },
];
