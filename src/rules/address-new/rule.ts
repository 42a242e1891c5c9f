import { leftOutWords } from "../habits.ts";
import { tooFewDays } from "../picture.ts";
import type { Fired } from "../rule.ts";
import { scoring } from "../rule.ts";

export const addressNew = scoring({
  id: "address-new",
  about: "address",
  title: "Network rarely seen in the mailbox",
  description:
    "The address's network (/24 of IPv4, /48 of IPv6) was in use on few of the mailbox's active days. Where the owner's own addresses change all the time, as with mobile networks, that says little and counts little.",
  requires: "successful logons with addresses, or audit records that carry one, on at least a few days",
  falsePositives: ["Every hotel, train and new provider is new once."],
  blindSpots: ["An intruder who stays for many days becomes familiar."],
  references: ["https://attack.mitre.org/techniques/T1078/004/"],
  attack: ["T1078.004"],
  nextSteps: ["See what was done from the address, and whether it fits the owner's work."],
  settings: {
    rare: { is: 12, says: "points for a rare network" },
    amongMany: { is: 5, says: "points where such networks are usual for the mailbox" },
    share: { is: 0.1, says: "familiarity up to which a network is rare: (its days - 1) / (active days - 1)" },
    usual: {
      is: 0.5,
      says: "share of the mailbox's networks seen on one day only from which rare ones are usual, with at least 12 of them",
    },
    fewDays: { is: 3, says: "active days below which nothing is rare" },
  },
  assess(picture, { rare, amongMany, share, usual, fewDays }) {
    if (picture.days < fewDays) return { fired: [], missing: tooFewDays(picture) };
    const networks = new Map([...picture.addresses.values()].map((view) => [view.network, view.networkDays.all]));
    const once = [...networks.values()].filter((days) => days === 1).length;
    const isUsual = once >= 12 && once / networks.size >= usual;
    const fired: Fired[] = [];
    for (const { address, entered, outside, network, networkDays, familiarity } of picture.addresses.values()) {
      if (!outside || entered.length === 0 || familiarity > share) continue;
      fired.push({
        entity: address,
        text: `network ${network} seen on ${networkDays.all} of ${picture.days} active days${leftOutWords(networkDays)}${isUsual ? ", as are most networks here" : ""}`,
        points: isUsual ? amongMany : rare,
        rows: entered,
      });
    }
    return { fired };
  },
});
