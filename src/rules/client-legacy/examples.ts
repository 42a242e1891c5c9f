import type { RuleExample } from "../example.ts";
import { dailyLogons, logonAt } from "../example.ts";

const HOME = "192.0.2.1";
const web = dailyLogons(3, HOME, { agent: "Chrome" });

export const examples: readonly RuleExample[] = [
  {
    name: "IMAP4 and POP3 that logged on, with the rows of their logons",
    records: [
      ...web,
      logonAt("2018-03-02T20:00:00Z", "203.0.113.66", { app: "IMAP4" }),
      logonAt("2018-03-02T20:10:00Z", "203.0.113.66", { app: "IMAP4", result: "Failure" }),
      logonAt("2018-03-02T20:20:00Z", "203.0.113.66", { app: "POP3" }),
      logonAt("2018-03-02T20:30:00Z", "203.0.113.66", { app: "IMAP4" }),
    ],
    outcome: "found",
    says: [
      { entity: "IMAP4", points: 10, text: "IMAP4 signs in with a password alone", rows: [4, 7] },
      { entity: "POP3", points: 10, text: "POP3 signs in with a password alone", rows: [6] },
    ],
  },
  {
    name: "the names under which the service notes password logons of old protocols",
    records: [
      ...web,
      logonAt("2018-03-02T20:00:00Z", "203.0.113.66", { app: "Exchange", agent: "BAV2ROPC" }),
      logonAt("2018-03-02T20:10:00Z", "203.0.113.66", { app: "Exchange", agent: "CBAInPROD" }),
    ],
    outcome: "found",
    says: [
      { entity: "BAV2ROPC", points: 10, text: "BAV2ROPC signs in", rows: [4] },
      { entity: "CBAInPROD", points: 10, text: "CBAInPROD signs in", rows: [5] },
    ],
  },
  {
    name: "an agent that a rule file adds",
    records: [...web, logonAt("2018-03-02T20:00:00Z", HOME, { app: "Exchange", agent: "OldScanner/2.1" })],
    rules: "rules:\n  client-legacy:\n    agents: [OldScanner]\n    legacy: 3\n",
    outcome: "found",
    says: [{ entity: "OldScanner/2.1", points: 3 }],
  },
  {
    name: "logons that failed",
    records: [
      ...web,
      logonAt("2018-03-02T20:00:00Z", "203.0.113.66", { app: "IMAP4", result: "Failure" }),
      logonAt("2018-03-02T20:10:00Z", "203.0.113.66", { app: "Exchange", agent: "BAV2ROPC", result: "Failure" }),
    ],
    outcome: "clear",
  },
  {
    name: "the name inside of another agent, and an application that only sounds like it",
    records: [
      ...web,
      logonAt("2018-03-02T20:00:00Z", HOME, { agent: "NotBAV2ROPC" }),
      logonAt("2018-03-02T20:10:00Z", HOME, { app: "IMAP4Proxy" }),
    ],
    outcome: "clear",
  },
];
