import { boundEach, minuteOf, ownDays } from "../access-volume/examples.ts";
import type { RuleExample } from "../example.ts";
import { AGENTS, HOME, STRANGER, dailyLogons, logonAt } from "../example.ts";

/** No logon names a client: what nobody names is not the owner's. */
const records = [...dailyLogons(10, HOME), logonAt("2018-03-05T20:00:00Z", STRANGER)];
/** Chrome at home, and a browser at the other address. */
const withBrowsers = (agent: string) => [
  ...dailyLogons(10, HOME, { agent: AGENTS.chrome }),
  logonAt("2018-03-05T20:00:00Z", STRANGER, { agent }),
];
/** A carrier for the owner, and the network of the other address. */
const withAsn = (asn: number) => ({ [HOME]: { asn: 3320 }, [STRANGER]: { asn } });

export const examples: readonly RuleExample[] = [
  {
    name: "a hosting provider",
    records,
    places: withAsn(24_940),
    outcome: "found",
    says: [{ entity: STRANGER, points: 25, text: "AS24940 Hetzner is a hosting network", rows: [11] }],
  },
  {
    name: "a VPN service",
    records,
    places: withAsn(39_351),
    outcome: "found",
    says: [{ entity: STRANGER, points: 20, text: "is a VPN network", rows: [11] }],
  },
  {
    // Half of 25, rounded up.
    name: "a hosting provider, with the owner's browser",
    records: withBrowsers(AGENTS.chrome),
    places: withAsn(24_940),
    outcome: "found",
    says: [{ entity: STRANGER, points: 13, text: "hosting network, used with a client of the owner's", rows: [11] }],
  },
  {
    // Half of 20.
    name: "a VPN service, with the owner's browser after an update",
    records: withBrowsers(AGENTS.newerChrome),
    places: withAsn(39_351),
    outcome: "found",
    says: [{ entity: STRANGER, points: 10, text: "VPN network, used with a client of the owner's", rows: [11] }],
  },
  {
    name: "a VPN service, with another browser",
    records: withBrowsers(AGENTS.firefox),
    places: withAsn(39_351),
    outcome: "found",
    says: [{ entity: STRANGER, points: 20, rows: [11] }],
  },
  {
    name: "a VPN service, with another browser beside the owner's",
    records: [...withBrowsers(AGENTS.chrome), logonAt("2018-03-05T21:00:00Z", STRANGER, { agent: AGENTS.firefox })],
    places: withAsn(39_351),
    outcome: "found",
    says: [{ entity: STRANGER, points: 20, rows: [11, 12] }],
  },
  { name: "a security gateway", records, places: withAsn(22_843), outcome: "clear" },
  { name: "a network that is on no list", records, places: withAsn(64_496), outcome: "clear" },
  { name: "Microsoft's network", records, places: withAsn(8075), outcome: "clear" },
  {
    // 2 further days of 10.
    name: "a VPN on three of eleven days is no habit yet",
    records: [...dailyLogons(11, HOME), ...dailyLogons(3, STRANGER, { from: 4 })],
    places: withAsn(39_351),
    outcome: "found",
    says: [{ entity: STRANGER, points: 20, rows: [12, 13, 14] }],
  },
  {
    name: "on four of eleven it is the owner's own",
    records: [...dailyLogons(11, HOME), ...dailyLogons(4, STRANGER, { from: 4 })],
    places: withAsn(39_351),
    outcome: "clear",
  },
  {
    name: "attempts from a hosting provider that all failed",
    records: [...dailyLogons(10, HOME), logonAt("2018-03-05T20:00:00Z", STRANGER, { result: "Failure" })],
    places: withAsn(24_940),
    outcome: "clear",
  },
  {
    name: "an allowed address of a hosting provider",
    records,
    places: withAsn(24_940),
    allow: STRANGER,
    outcome: "clear",
  },
  { name: "no database", records, outcome: "notAssessed" },
  {
    name: "a database of countries only",
    records,
    places: { [HOME]: { country: "US" }, [STRANGER]: { country: "NG" } },
    outcome: "notAssessed",
  },
  {
    name: "a network that the user adds",
    records,
    places: withAsn(64_496),
    rules: "networks:\n  add:\n    - { asn: 64496, name: Example Tunnels, kind: vpn }\n",
    outcome: "found",
    says: [{ entity: STRANGER, points: 20, text: "AS64496 Example Tunnels" }],
  },
  {
    name: "a network that the user takes off the list",
    records,
    places: withAsn(24_940),
    rules: "networks:\n  remove: [24940]\n",
    outcome: "clear",
  },
  {
    name: "weights of the user's own",
    records,
    places: withAsn(24_940),
    rules: "rules:\n  address-network:\n    hosting: 7\n",
    outcome: "found",
    says: [{ entity: STRANGER, points: 7 }],
  },
  {
    name: "the part that the user leaves of them for the owner's client",
    records: withBrowsers(AGENTS.chrome),
    places: withAsn(39_351),
    rules: "rules:\n  address-network:\n    ownClient: 0.2\n",
    outcome: "found",
    says: [{ entity: STRANGER, points: 4 }],
  },
  {
    // Outlook on the web is a way in that anybody takes: it is no client of the owner's.
    name: "an audit log without sign-ins, with Outlook on the web at both places",
    audit: [...ownDays(10), ...boundEach(2, STRANGER, (at) => minuteOf(5, 600 + at))],
    places: withAsn(24_940),
    outcome: "found",
    says: [{ entity: STRANGER, points: 25, text: "AS24940 Hetzner is a hosting network", rows: [11, 12] }],
  },
  {
    name: "the owner's program by an audit log",
    audit: [
      ...ownDays(10, 2, { ClientInfoString: "Client=MSExchangeRPC" }),
      ...boundEach(2, STRANGER, (at) => minuteOf(5, 600 + at), { ClientInfoString: "Client=MSExchangeRPC" }),
    ],
    places: withAsn(24_940),
    outcome: "found",
    says: [{ entity: STRANGER, points: 13, text: "used with a client of the owner's" }],
  },
];
