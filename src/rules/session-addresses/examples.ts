import { minuteOf, ownDays } from "../access-volume/examples.ts";
import type { RuleExample } from "../example.ts";
import { AGENTS, boundAt, dailyLogons, HOME, HOTEL, signInAt, STRANGER } from "../example.ts";

const OTHER_HOTEL = "198.51.100.8";
const session = { SessionId: "session-1" };
/** Ten days without any session. */
const home = ownDays(10);
const atHome = (time: string, id: string) => boundAt(time, HOME, [`<${id}@contoso.example>`], session);
const strange = (time: string, id: string, more = {}) =>
  boundAt(time, STRANGER, [`<${id}@contoso.example>`], { ...session, ...more });

const upTo = (last: number) => Array.from({ length: last }, (_, at) => at + 1);
/** A session at so many networks, none of them familiar, a minute each. */
const onTheWay = (networks: number) =>
  upTo(networks).map((at) => boundAt(minuteOf(5, 600 + at), `2001:db8:${at}::1`, [`<${at}@contoso.example>`], session));

export const examples: readonly RuleExample[] = [
  {
    name: "one session at home and, four minutes later, elsewhere",
    audit: [...home, atHome(minuteOf(5, 600), "a"), strange(minuteOf(5, 604), "b")],
    outcome: "found",
    says: [
      {
        entity: STRANGER,
        points: 20,
        text: `one session at 2 networks: here and, 4 minutes apart, at ${HOME}, a familiar one`,
        rows: [11, 12],
      },
    ],
  },
  {
    name: "a session that is blacked out is none",
    audit: [
      ...home,
      boundAt(minuteOf(5, 600), HOME, ["<a@contoso.example>"], { SessionId: "00000000-0000-0000-0000-000000000000" }),
      boundAt(minuteOf(5, 604), STRANGER, ["<b@contoso.example>"], {
        SessionId: "00000000-0000-0000-0000-000000000000",
      }),
    ],
    outcome: "notAssessed",
  },
  {
    name: "hours later",
    audit: [...home, atHome(minuteOf(5, 600), "a"), strange(minuteOf(5, 900), "b")],
    outcome: "found",
    says: [{ entity: STRANGER, points: 8, text: "5 hours apart" }],
  },
  {
    name: "15 minutes later",
    audit: [...home, atHome(minuteOf(5, 600), "a"), strange(minuteOf(5, 615), "b")],
    outcome: "found",
    says: [{ entity: STRANGER, points: 20, text: "15 minutes apart" }],
  },
  {
    name: "a second more",
    audit: [...home, atHome("2026-03-05T18:00:00Z", "a"), strange("2026-03-05T18:15:01Z", "b")],
    outcome: "found",
    says: [{ entity: STRANGER, points: 8, text: "15 minutes apart" }],
  },
  {
    name: "five networks, a minute each",
    audit: [...home, ...onTheWay(5)],
    outcome: "found",
    says: upTo(5).map((at) => ({ entity: `2001:db8:${at}::1`, points: 20, text: "one session at 5 networks" })),
  },
  {
    name: "six: a device on the way",
    audit: [...home, ...onTheWay(6)],
    outcome: "found",
    says: upTo(6).map((at) => ({ entity: `2001:db8:${at}::1`, points: 8, text: "one session at 6 networks" })),
  },
  {
    name: "a sign-in by one browser, used by another program",
    audit: [
      ...home,
      signInAt(minuteOf(5, 600), HOME, { agent: AGENTS.chrome, session: "session-1" }),
      strange(minuteOf(5, 604), "b", { ClientInfoString: "Client=WebServices;eMClient/9.2" }),
    ],
    outcome: "found",
    says: [{ entity: STRANGER, points: 35, text: "eM Client here, Chrome on Windows 10 there", rows: [11, 12] }],
  },
  {
    name: "a telephone that leaves the house",
    audit: [
      ...home,
      boundAt(minuteOf(5, 600), HOME, ["<a@contoso.example>"], {
        ...session,
        ClientInfoString: "Client=OutlookService;Outlook-iOS/2.0;",
      }),
      strange(minuteOf(5, 604), "b", { ClientInfoString: "Client=OutlookService;Outlook-iOS/2.0;" }),
    ],
    outcome: "found",
    says: [{ entity: STRANGER, points: 10 }],
  },
  {
    name: "two sign-ins within half a minute, of different sessions",
    audit: [
      ...home,
      signInAt("2026-03-05T18:00:00Z", HOME, { session: "session-1" }),
      signInAt("2026-03-05T18:00:30Z", STRANGER, { session: "session-2" }),
    ],
    outcome: "found",
    says: [{ entity: STRANGER, points: 10, text: `sign-ins here and at ${HOME}, 30 seconds apart`, rows: [11, 12] }],
  },
  {
    name: "a second later",
    audit: [
      ...home,
      signInAt("2026-03-05T18:00:00Z", HOME, { session: "session-1" }),
      signInAt("2026-03-05T18:00:31Z", STRANGER, { session: "session-2" }),
    ],
    outcome: "clear",
  },
  {
    name: "two hotels, none of them familiar",
    audit: [
      ...home,
      boundAt(minuteOf(5, 600), HOTEL, ["<a@contoso.example>"], session),
      boundAt(minuteOf(5, 900), OTHER_HOTEL, ["<b@contoso.example>"], session),
    ],
    outcome: "found",
    says: [
      { entity: HOTEL, points: 8 },
      { entity: OTHER_HOTEL, points: 8 },
    ],
  },
  {
    name: "IPv4 and IPv6 of one connection",
    audit: [
      ...home,
      atHome(minuteOf(5, 600), "a"),
      boundAt(minuteOf(5, 601), "2001:db8:1::1", ["<b@contoso.example>"], session),
    ],
    outcome: "clear",
  },
  {
    name: "in two countries they are none",
    audit: [
      ...home,
      atHome(minuteOf(5, 600), "a"),
      boundAt(minuteOf(5, 601), "2001:db8:1::1", ["<b@contoso.example>"], session),
    ],
    places: { [HOME]: { country: "US" }, "2001:db8:1::1": { country: "NG" } },
    outcome: "found",
    says: [{ entity: "2001:db8:1::1", points: 20 }],
  },
  {
    name: "a back end that works for the session",
    audit: [
      ...home,
      atHome(minuteOf(5, 600), "a"),
      boundAt(minuteOf(5, 601), "2603:10b6:930:3d::7", ["<b@contoso.example>"], session),
    ],
    outcome: "clear",
  },
  {
    name: "sessions of their own",
    audit: [...home, atHome(minuteOf(5, 600), "a"), strange(minuteOf(5, 604), "b", { SessionId: "session-2" })],
    outcome: "clear",
  },
  {
    name: "familiar networks alone",
    audit: [...ownDays(10, 1, session), signInAt(minuteOf(5, 600), HOME, { session: "session-1" })],
    outcome: "clear",
  },
  { name: "records without sessions", audit: home, outcome: "notAssessed" },
  { name: "an export of the Activities API", records: dailyLogons(3, HOME), outcome: "notAssessed" },
];
