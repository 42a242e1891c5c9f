import type { RuleExample } from "../example.ts";
import { HOME, dailyLogons, logonAt } from "../example.ts";

const home = dailyLogons(10, HOME);
const listed = (...lists: readonly string[]) => [
  ...home,
  ...lists.map((list, at) => logonAt(`2018-03-05T20:0${at}:00Z`, list)),
];

export const examples: readonly RuleExample[] = [
  {
    name: "an inner address is claimed",
    records: listed("10.0.0.5, 203.0.113.66"),
    outcome: "found",
    says: [
      {
        entity: "203.0.113.66",
        points: 10,
        text: "ClientIP is the list 10.0.0.5, 203.0.113.66, whose first entry is an inner address; the first public address stands for it",
        rows: [11],
      },
    ],
  },
  {
    name: "a loopback address is claimed, behind two proxies",
    records: listed("::1, 10.0.0.1, 203.0.113.66"),
    outcome: "found",
    says: [{ entity: "203.0.113.66", points: 10, text: "whose first entry is an inner address", rows: [11] }],
  },
  {
    name: "inner addresses of other kinds",
    records: listed("[fd00::5]:443, 203.0.113.1", "fe80::1%eth0, 203.0.113.2", "100.64.3.4, 203.0.113.3"),
    outcome: "found",
    says: [
      { entity: "203.0.113.1", points: 10, text: "an inner address", rows: [11] },
      { entity: "203.0.113.2", points: 10, text: "an inner address", rows: [12] },
      { entity: "203.0.113.3", points: 10, text: "an inner address", rows: [13] },
    ],
  },
  {
    name: "a 6to4 address behind an inner one",
    records: listed("10.0.0.5, 2002:c000:204::1"),
    outcome: "found",
    says: [{ entity: "2002:c000:204::1", points: 10, text: "an inner address", rows: [11] }],
  },
  {
    name: "twice the same claim of one address: one line",
    records: listed("10.0.0.5, 203.0.113.66", "10.0.0.5, 203.0.113.66"),
    outcome: "found",
    says: [{ entity: "203.0.113.66", points: 10, rows: [11] }],
  },
  {
    name: "the same claim of two addresses",
    records: listed("10.0.0.5, 203.0.113.66", "10.0.0.5, 203.0.113.67"),
    outcome: "found",
    says: [
      { entity: "203.0.113.66", points: 10, rows: [11] },
      { entity: "203.0.113.67", points: 10, rows: [12] },
    ],
  },
  {
    name: "a text that is no address is claimed",
    records: listed("unknown, 203.0.113.66"),
    outcome: "found",
    says: [{ entity: "203.0.113.66", points: 10, text: "whose first entry is no address", rows: [11] }],
  },
  {
    name: "a logon that failed claims it",
    records: [...home, logonAt("2018-03-05T20:00:00Z", "10.0.0.5, 203.0.113.66", { result: "Failure" })],
    outcome: "found",
    says: [{ entity: "203.0.113.66", points: 10, rows: [11] }],
  },
  {
    name: "the owner's own proxy: told, and outweighed by its being familiar",
    records: [...home, logonAt("2018-03-05T20:00:00Z", `10.0.0.5, ${HOME}`)],
    outcome: "found",
    says: [{ entity: HOME, points: 10, rows: [11] }],
  },
  { name: "a list of inner addresses only", records: listed("10.0.0.5, 192.168.7.7"), outcome: "clear" },
  { name: "an inner address behind Microsoft's own", records: listed("10.0.0.5, 40.97.1.1"), outcome: "clear" },
  {
    name: "an allowed proxy",
    records: listed("10.0.0.5, 203.0.113.66"),
    allow: "203.0.113.0/24",
    outcome: "clear",
  },
  {
    name: "a public address behind a proxy",
    records: listed("198.51.100.7, 203.0.113.66", "[2001:db8::7]:443, 203.0.113.66"),
    outcome: "clear",
  },
  { name: "a port is no list", records: listed("203.0.113.66:49152"), outcome: "notAssessed" },
  { name: "no list", records: home, outcome: "notAssessed" },
  {
    name: "weights of the user's own",
    records: listed("10.0.0.5, 203.0.113.66"),
    rules: "rules:\n  address-forwarded-for:\n    odd: 4\n",
    outcome: "found",
    says: [{ entity: "203.0.113.66", points: 4 }],
  },
];
