import type { ApiRecord } from "../../activities/example.ts";
import { boundEach, minuteOf, ownDays } from "../access-volume/examples.ts";
import type { RuleExample } from "../example.ts";
import { AGENTS, HOME, HOTEL, STRANGER, dailyLogons, doneAt, logonAt, readAt, searchAt, syncedAt } from "../example.ts";

const home = dailyLogons(10, HOME, { agent: AGENTS.chrome });

/** A session of 5 March at a hotel. */
const atHotel = (agent: string, ...done: readonly ApiRecord[]) => [
  ...home,
  logonAt("2018-03-05T21:00:00Z", HOTEL, { agent, session: "hotel" }),
  ...done,
];
const reading = readAt("2018-03-05T21:05:00Z", "message", "hotel");
const searching = (words: string) => searchAt("2018-03-05T21:06:00Z", words, "hotel");
const deleting = (how: string, item = "message") =>
  doneAt("2018-03-05T21:07:00Z", "Delete", { item, session: "hotel", properties: { DeleteType: how } });
const several = ["first", "second", "third"].map((item) => deleting("HardDelete", item));

const OUTLOOK = { ClientInfoString: "Client=MSExchangeRPC" };
/** The owner's program at home and, five hours later, at a hotel, in one session. */
const oneSession = [
  ...ownDays(10, 2, OUTLOOK),
  ...[HOME, HOTEL].flatMap((address, at) =>
    boundEach(1, address, () => minuteOf(5, 300 + at * 300), { ...OUTLOOK, SessionId: "session-1" }),
  ),
];

export const examples: readonly RuleExample[] = [
  {
    name: "the owner's browser at a hotel, reading",
    records: atHotel(AGENTS.chrome, reading),
    outcome: "found",
    says: [{ entity: HOTEL, points: -15, text: "only Chrome on Windows 10", rows: [11] }],
  },
  {
    name: "updated on the way",
    records: atHotel(AGENTS.newerChrome, reading),
    outcome: "found",
    says: [{ entity: HOTEL, points: -15 }],
  },
  { name: "a logon and nothing more", records: atHotel(AGENTS.chrome), outcome: "clear" },
  { name: "another browser", records: atHotel(AGENTS.firefox, reading), outcome: "clear" },
  {
    name: "another browser beside the owner's",
    records: [...atHotel(AGENTS.chrome, reading), logonAt("2018-03-05T22:00:00Z", HOTEL, { agent: AGENTS.firefox })],
    outcome: "clear",
  },
  { name: "a logon that names no client", records: atHotel("", reading), outcome: "clear" },
  {
    name: "no logon names a client, at home neither",
    records: [
      ...dailyLogons(10, HOME),
      logonAt("2018-03-05T21:00:00Z", HOTEL, { agent: "", session: "hotel" }),
      reading,
    ],
    outcome: "notAssessed",
  },
  {
    name: "a search for money speaks less for the owner",
    records: atHotel(AGENTS.chrome, reading, searching("wire transfer")),
    outcome: "found",
    says: [{ entity: HOTEL, points: -6, text: "no deeds as intruders do them", rows: [11] }],
  },
  {
    // A weak term gives 10 points, which is more than slight.
    name: "so does one for a word that everybody uses",
    records: atHotel(AGENTS.chrome, reading, searching("payment")),
    outcome: "found",
    says: [{ entity: HOTEL, points: -6 }],
  },
  {
    // 4 points are slight.
    name: "a search for what the owner searches for at home",
    records: [
      ...atHotel(AGENTS.chrome, reading, searching("wire transfer")),
      logonAt("2018-03-02T21:00:00Z", HOME, { agent: AGENTS.chrome, session: "home" }),
      searchAt("2018-03-02T21:05:00Z", "wire transfer", "home"),
    ],
    outcome: "found",
    says: [{ entity: HOTEL, points: -15 }],
  },
  {
    // 6 points are slight.
    name: "a message deleted beyond Deleted Items",
    records: atHotel(AGENTS.chrome, reading, deleting("HardDelete")),
    outcome: "found",
    says: [{ entity: HOTEL, points: -15 }],
  },
  {
    // 10 points are not.
    name: "several messages deleted so",
    records: atHotel(AGENTS.chrome, reading, ...several),
    outcome: "clear",
  },
  {
    name: "spam moved to Junk",
    records: atHotel(
      AGENTS.chrome,
      reading,
      doneAt("2018-03-05T21:07:00Z", "Move", {
        item: "message",
        session: "hotel",
        properties: { SourceFolder: "Inbox", TargetFolder: "Junk Email" },
      }),
    ),
    outcome: "found",
    says: [{ entity: HOTEL, points: -15 }],
  },
  {
    name: "a message deleted as messages are",
    records: atHotel(AGENTS.chrome, reading, deleting("MoveToDeletedItems")),
    outcome: "found",
    says: [{ entity: HOTEL, points: -15 }],
  },
  {
    name: "the mailbox copied by IMAP4 as well",
    records: [
      ...atHotel(AGENTS.chrome, reading),
      logonAt("2018-03-05T22:00:00Z", HOTEL, { agent: AGENTS.chrome, app: "IMAP4" }),
    ],
    outcome: "clear",
  },
  { name: "an address on the watch list", records: atHotel(AGENTS.chrome, reading), watch: HOTEL, outcome: "clear" },
  {
    name: "an allowed address needs nobody to speak for it",
    records: atHotel(AGENTS.chrome, reading),
    allow: HOTEL,
    outcome: "clear",
  },
  {
    name: "an owner who is always on the way, with one browser",
    records: [
      ...["198.51.100.1", "198.51.100.2", "198.51.100.3"].flatMap((address, from) =>
        dailyLogons(1, address, { agent: AGENTS.chrome, from }),
      ),
      readAt("2018-03-03T08:05:00Z", "message"),
    ],
    outcome: "found",
    says: [{ entity: "198.51.100.3", points: -15, rows: [3] }],
  },
  {
    name: "another network and another client on each of three days",
    records: [
      ...dailyLogons(1, HOME, { agent: AGENTS.chrome }),
      ...dailyLogons(1, HOTEL, { agent: AGENTS.firefox, from: 1 }),
      ...dailyLogons(1, STRANGER, { agent: AGENTS.iphone, from: 2 }),
    ],
    outcome: "notAssessed",
  },
  {
    // The hotel is the second of two days: no client is known for the owner's.
    name: "a log of two days",
    records: [
      ...dailyLogons(1, HOME, { agent: AGENTS.chrome }),
      ...dailyLogons(1, HOTEL, { agent: AGENTS.chrome, from: 1 }),
      readAt("2018-03-02T08:05:00Z", "message"),
    ],
    outcome: "notAssessed",
  },
  {
    name: "what is slight to the user",
    records: atHotel(AGENTS.chrome, reading, ...several),
    rules: "rules:\n  address-owner-client:\n    slight: 10\n",
    outcome: "found",
    says: [
      {
        entity: HOTEL,
        points: -15,
        text: "neither deeds nor searches as intruders do them but for what is slight (address-deeds +10)",
      },
    ],
  },
  {
    name: "what is not",
    records: atHotel(AGENTS.chrome, reading, deleting("HardDelete")),
    rules: "rules:\n  address-owner-client:\n    slight: 5\n",
    outcome: "clear",
  },
  {
    name: "rules of the user's own choice that must not have fired",
    records: atHotel(AGENTS.chrome, reading, searching("payment")),
    rules: "rules:\n  address-owner-client:\n    suspicious: [address-searches]\n",
    outcome: "clear",
  },
  {
    name: "weights of the user's own",
    records: atHotel(AGENTS.chrome, reading),
    rules: "rules:\n  address-owner-client:\n    ordinary: -3\n",
    outcome: "found",
    says: [{ entity: HOTEL, points: -3 }],
  },
  {
    name: "an audit log: the owner's program at a hotel",
    audit: [...ownDays(10, 2, OUTLOOK), ...boundEach(2, HOTEL, (at) => minuteOf(5, 600 + at), OUTLOOK)],
    outcome: "found",
    says: [{ entity: HOTEL, points: -15, text: "only Outlook desktop, the owner's own", rows: [11, 12] }],
  },
  {
    // A session that changes the network hours later gives 8 points.
    name: "eight points are slight",
    audit: oneSession,
    outcome: "found",
    says: [
      {
        entity: HOTEL,
        points: -15,
        text: "but for what is slight (session-addresses +8)",
        rows: [12],
      },
    ],
  },
  {
    name: "nine are not",
    audit: oneSession,
    rules: "rules:\n  session-addresses:\n    moved: 9\n",
    outcome: "clear",
  },
  {
    name: "Outlook on the web is nobody's own client",
    audit: [...ownDays(10), ...boundEach(2, HOTEL, (at) => minuteOf(5, 600 + at))],
    outcome: "clear",
  },
  {
    name: "an audit log: the owner's program, and most of the mailbox in an hour",
    audit: [...ownDays(10, 2, OUTLOOK), ...boundEach(26, HOTEL, (at) => minuteOf(5, 600 + at), OUTLOOK)],
    outcome: "clear",
  },
  {
    name: "an audit log: folders copied by the owner's program under another application's id",
    audit: [
      ...ownDays(10, 2, OUTLOOK),
      syncedAt(minuteOf(5, 600), HOTEL, "\\Inbox", {
        ClientInfoString: "Client=MSExchangeRPC",
        ClientAppId: "33333333-3333-4333-8333-333333333333",
      }),
    ],
    outcome: "clear",
  },
];
