import type { RuleExample } from "../example.ts";
import { HOME, dailyLogons, logonAt } from "../example.ts";

const home = dailyLogons(10, HOME);
const listed = (...lists: readonly string[]) => [
  ...home,
  ...lists.map((list, at) => logonAt(`2018-03-05T20:0${at}:00Z`, list)),
];

export const examples: readonly RuleExample[] = [
  {
    // A company's proxy looks the same: it is told, and gives no points.
    name: "an inner address is claimed",
    records: listed("10.0.0.5, 203.0.113.66"),
    outcome: "found",
    says: [
      {
        entity: "10.0.0.5",
        points: 0,
        text: "ClientIP is the list 10.0.0.5, 203.0.113.66, whose first entry is an inner address; the service was reached from 203.0.113.66",
        rows: [11],
      },
    ],
  },
  {
    name: "a loopback address is claimed, behind two proxies",
    records: listed("::1, 10.0.0.1, 203.0.113.66"),
    outcome: "found",
    says: [{ entity: "::1", points: 0, text: "reached from 203.0.113.66", rows: [11] }],
  },
  {
    name: "twice the same claim: one line",
    records: listed("10.0.0.5, 203.0.113.66", "10.0.0.5, 203.0.113.67"),
    outcome: "found",
    says: [{ entity: "10.0.0.5", points: 0, rows: [11] }],
  },
  { name: "a text that is no address is claimed", records: listed("unknown, 203.0.113.66"), outcome: "found" },
  {
    name: "a public address behind a proxy",
    records: listed("198.51.100.7, 203.0.113.66", "[2001:db8::7]:443, 203.0.113.66"),
    outcome: "clear",
  },
  { name: "a port is no list", records: listed("203.0.113.66:49152"), outcome: "notAssessed" },
  { name: "no list", records: home, outcome: "notAssessed" },
];
