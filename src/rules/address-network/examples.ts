import type { RuleExample } from "../example.ts";
import { HOME, STRANGER, dailyLogons, logonAt } from "../example.ts";

const records = [...dailyLogons(10, HOME), logonAt("2018-03-05T20:00:00Z", STRANGER)];
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
];
