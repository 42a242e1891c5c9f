import type { ApiRecord } from "../../activities/example.ts";
import { boundEach, minuteOf, ownDays } from "../access-volume/examples.ts";
import type { RuleExample } from "../example.ts";
import { AGENTS, HOME, HOTEL, STRANGER, dailyLogons, logonAt } from "../example.ts";

/** The watch list makes the stranger a suspect. The other address comes a day later. */
const home = dailyLogons(10, HOME, { agent: AGENTS.chrome });
const pair = (
  first: Parameters<typeof logonAt>[2],
  second: Parameters<typeof logonAt>[2],
  address = HOTEL,
): ApiRecord[] => [
  ...home,
  logonAt("2018-03-05T20:00:00Z", STRANGER, first),
  logonAt("2018-03-06T20:00:00Z", address, second),
];
const session = { session: "7f6a2c1e" };
/** Firefox at the stranger's on 5 March, and at the other address on so many days from the 6th on. */
const onDays = (days: number): ApiRecord[] => [
  ...home,
  logonAt("2018-03-05T20:00:00Z", STRANGER, { agent: AGENTS.firefox }),
  ...dailyLogons(days, HOTEL, { agent: AGENTS.firefox, from: 5 }),
];

export const examples: readonly RuleExample[] = [
  {
    name: "one session at two addresses",
    records: pair(session, session),
    watch: STRANGER,
    outcome: "found",
    says: [{ entity: HOTEL, points: 35, text: "shares a session of 203.0.113.66", rows: [12] }],
  },
  {
    name: "one network",
    records: [
      ...home,
      logonAt("2018-03-05T20:00:00Z", "2001:db8:9::1"),
      logonAt("2018-03-06T20:00:00Z", "2001:db8:9:1::2"),
    ],
    watch: "2001:db8:9::1",
    outcome: "found",
    says: [{ entity: "2001:db8:9:1::2", points: 25, text: "shares the network of 2001:db8:9::1", rows: [12] }],
  },
  {
    name: "one client that nobody else uses",
    records: pair({ agent: AGENTS.firefox }, { agent: AGENTS.firefox }),
    watch: STRANGER,
    outcome: "found",
    says: [
      {
        entity: HOTEL,
        points: 25,
        text: "shares Firefox on Windows 7 with 203.0.113.66, and no familiar network does",
        rows: [12],
      },
    ],
  },
  {
    name: "one client that is seen on 3 of 10 days is just rare",
    records: onDays(2),
    watch: STRANGER,
    outcome: "found",
    says: [{ entity: HOTEL, points: 25, text: "shares Firefox on Windows 7", rows: [12, 13] }],
  },
  { name: "one of 4 days is not", records: onDays(3), watch: STRANGER, outcome: "clear" },
  {
    name: "session and client: the stronger of them",
    records: pair({ ...session, agent: AGENTS.firefox }, { ...session, agent: AGENTS.firefox }),
    watch: STRANGER,
    outcome: "found",
    says: [{ entity: HOTEL, points: 35 }],
  },
  {
    name: "two suspects with one session, each by the other",
    records: pair(session, session),
    watch: `${STRANGER}\n${HOTEL}\n`,
    outcome: "found",
    says: [
      { entity: STRANGER, points: 35, text: `session of ${HOTEL}` },
      { entity: HOTEL, points: 35, text: `session of ${STRANGER}` },
    ],
  },
  {
    name: "one suspect's client, and another one's network for as many points: the suspect that was there first",
    records: [
      ...home,
      logonAt("2018-03-05T20:00:00Z", STRANGER, { agent: AGENTS.firefox }),
      logonAt("2018-03-05T21:00:00Z", "2001:db8:9::1"),
      logonAt("2018-03-06T20:00:00Z", "2001:db8:9:1::2", { agent: AGENTS.firefox }),
    ],
    watch: `${STRANGER}\n2001:db8:9::1\n`,
    outcome: "found",
    says: [{ entity: "2001:db8:9:1::2", points: 25, text: `shares Firefox on Windows 7 with ${STRANGER}`, rows: [13] }],
  },
  {
    name: "the owner's browser, which the suspect uses too",
    records: pair({ agent: AGENTS.chrome }, { agent: AGENTS.chrome }),
    watch: STRANGER,
    outcome: "clear",
  },
  { name: "two logons that name no client", records: pair({}, {}), watch: STRANGER, outcome: "clear" },
  {
    name: "one session, and nobody suspicious",
    records: pair(session, session),
    outcome: "clear",
  },
  {
    name: "a suspicious session at home",
    records: [...pair(session, {}), logonAt("2018-03-05T21:00:00Z", HOME, session)],
    watch: STRANGER,
    outcome: "clear",
  },
  {
    name: "an attempt in the suspect's network that failed",
    records: [
      ...home,
      logonAt("2018-03-05T20:00:00Z", "2001:db8:9::1"),
      logonAt("2018-03-06T20:00:00Z", "2001:db8:9:1::2", { result: "Failure" }),
    ],
    watch: "2001:db8:9::1",
    outcome: "clear",
  },
  {
    name: "a session that goes on at an inner and at Microsoft's own address",
    records: [...pair(session, session, "10.0.0.5"), logonAt("2018-03-07T20:00:00Z", "40.97.1.1", session)],
    watch: STRANGER,
    outcome: "clear",
  },
  {
    name: "an allowed address with the suspect's session",
    records: pair(session, session),
    watch: STRANGER,
    allow: HOTEL,
    outcome: "clear",
  },
  {
    name: "weights of the user's own",
    records: pair(session, session),
    watch: STRANGER,
    rules: "rules:\n  address-linked:\n    session: 11\n",
    outcome: "found",
    says: [{ entity: HOTEL, points: 11 }],
  },
  {
    name: "what is rare to the user",
    records: onDays(3),
    watch: STRANGER,
    rules: "rules:\n  address-linked:\n    rare: 0.4\n    client: 12\n",
    outcome: "found",
    says: [{ entity: HOTEL, points: 12, rows: [12, 13, 14] }],
  },
  {
    name: "an audit log: a session that both share",
    audit: [
      ...ownDays(10),
      ...boundEach(2, STRANGER, (at) => minuteOf(5, 600 + at), { SessionId: "session-1" }),
      ...boundEach(2, HOTEL, (at) => minuteOf(6, 600 + at), { SessionId: "session-1" }),
    ],
    watch: STRANGER,
    outcome: "found",
    says: [{ entity: HOTEL, points: 35, text: `shares a session of ${STRANGER}`, rows: [13, 14] }],
  },
  {
    name: "Outlook on the web alone binds nobody together",
    audit: [
      ...ownDays(10, 2, { ClientInfoString: "Client=MSExchangeRPC" }),
      ...boundEach(2, STRANGER, (at) => minuteOf(5, 600 + at)),
      ...boundEach(2, HOTEL, (at) => minuteOf(6, 600 + at)),
    ],
    watch: STRANGER,
    outcome: "clear",
  },
];
