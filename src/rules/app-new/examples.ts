import type { AuditRecordExample, RuleExample } from "../example.ts";
import { boundAt, dailyLogons, HOME, STRANGER } from "../example.ts";

const OUTLOOK = { AppId: "00000002-0000-0ff1-ce00-000000000000", ClientAppId: "5d661950-3475-41cd-a2c3-d671a3162bc1" };
const GRAPH = "00000003-0000-0000-c000-000000000000";
const NOBODYS = "0badc0de-0000-4000-8000-000000000001";
const COMMAND_LINE = "14d82eec-204b-4c2f-b7e8-296a70dab67e";
const SERVERS = "2603:10b6:930:3d::7";

function on(day: number, address: string, more: AuditRecordExample): AuditRecordExample {
  const time = new Date(Date.UTC(2024, 2, day, 8)).toISOString().replace(".000", "");
  return boundAt(time, address, [`<${day}@fabrikam.example>`], more);
}

/** A message opened by Outlook on each of so many days. */
const mornings = (days: number) => Array.from({ length: days }, (_, day) => on(day + 1, HOME, OUTLOOK));

export const examples: readonly RuleExample[] = [
  {
    name: "an application of others on day 15 of 20",
    audit: [
      ...mornings(20),
      on(15, STRANGER, { AppId: GRAPH, ClientAppId: NOBODYS, ClientInfoString: "Client=REST;;" }),
    ],
    outcome: "found",
    says: [{ entity: NOBODYS, points: 25, text: "not Microsoft's own, first seen on day 15 of 20", rows: [21] }],
  },
  {
    name: "a command line of Microsoft's, and a record that has an AppId alone",
    audit: [
      ...mornings(20),
      on(15, STRANGER, { AppId: GRAPH, ClientAppId: COMMAND_LINE }),
      on(16, STRANGER, { AppId: NOBODYS }),
    ],
    outcome: "found",
    says: [
      { entity: `${COMMAND_LINE} (Microsoft Graph Command Line Tools)`, points: 15, text: "day 15 of 20", rows: [21] },
      { entity: NOBODYS, points: 25, text: "day 16 of 20", rows: [22] },
    ],
  },
  {
    name: "7 of 20 days without it are enough",
    audit: [...mornings(20), on(8, STRANGER, { ClientAppId: NOBODYS })],
    outcome: "found",
    says: [{ entity: NOBODYS, points: 25, text: "first seen on day 8 of 20", rows: [21] }],
  },
  {
    name: "6 days are too few",
    audit: [...mornings(20), on(7, STRANGER, { ClientAppId: NOBODYS })],
    outcome: "clear",
  },
  {
    name: "9 of 40 days are too small a part",
    audit: [...mornings(40), on(10, STRANGER, { ClientAppId: NOBODYS })],
    outcome: "clear",
  },
  {
    name: "an application that was there on the first day, written otherwise then",
    audit: [
      on(1, HOME, { ClientAppId: `{${NOBODYS.toUpperCase()}}` }),
      ...mornings(20),
      on(15, HOME, { ClientAppId: NOBODYS }),
    ],
    outcome: "clear",
  },
  {
    name: "another program of Microsoft's",
    audit: [...mornings(20), on(15, HOME, { ClientAppId: "27922004-5251-4030-b22d-91ecd9a37ea4" })],
    outcome: "clear",
  },
  {
    name: "an allowed application",
    audit: [...mornings(20), on(15, STRANGER, { ClientAppId: NOBODYS })],
    allow: `# our archive\n${NOBODYS.toUpperCase()}\n`,
    outcome: "clear",
  },
  {
    name: "an application allowed for the rule alone",
    audit: [...mornings(20), on(15, STRANGER, { ClientAppId: NOBODYS })],
    rules: `rules:\n  app-new:\n    OAuthClientIDAllowList: ["${NOBODYS}"]\n`,
    outcome: "clear",
  },
  {
    name: "the service's own back end",
    audit: [
      ...mornings(20),
      on(15, SERVERS, { ClientAppId: NOBODYS, ClientInfoString: "Client=REST;Client=RESTSystem;;" }),
    ],
    outcome: "clear",
  },
  {
    name: "what calls itself the back end and comes from elsewhere",
    audit: [
      ...mornings(20),
      on(15, STRANGER, { ClientAppId: NOBODYS, ClientInfoString: "Client=REST;Client=RESTSystem;;" }),
    ],
    outcome: "found",
    says: [{ entity: NOBODYS, points: 25, rows: [21] }],
  },
  {
    name: "13 days are too short a log",
    audit: [...mornings(13), on(13, STRANGER, { ClientAppId: NOBODYS })],
    outcome: "notAssessed",
  },
  {
    name: "an audit log that names no application",
    audit: [on(1, HOME, {}), on(20, STRANGER, {})],
    outcome: "notAssessed",
  },
  { name: "no audit log", records: dailyLogons(20, HOME), outcome: "notAssessed" },
];
