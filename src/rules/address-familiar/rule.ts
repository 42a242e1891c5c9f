import { leftOutWords } from "../habits.ts";
import { tooFewDays } from "../picture.ts";
import type { Fired } from "../rule.ts";
import { scoring } from "../rule.ts";

export const addressFamiliar = scoring({
  id: "address-familiar",
  about: "address",
  title: "The mailbox's own network",
  description:
    "Speaks for the owner: the address's network was in use on a large share of the active days. It lowers what other rules add.",
  requires: "logons with addresses on at least a few days",
  falsePositives: ["An intruder who is there from the first day to the last looks like the owner."],
  blindSpots: ["Colleagues behind the same company address."],
  references: [],
  attack: [],
  nextSteps: ["Ask the owner which networks are theirs."],
  settings: {
    familiar: { is: -40, says: "points for a network in use on a large share of the days" },
    known: { is: -8, says: "points for one in use on some" },
    some: { is: 0.2, says: "familiarity (0 to 1) for some" },
    fewDays: { is: 3, says: "active days below which nothing is familiar" },
  },
  assess(picture, { familiar, known, some, fewDays }) {
    if (picture.days < fewDays) return { fired: [], missing: tooFewDays(picture) };
    const fired: Fired[] = [];
    for (const { address, activity, network, networkDays, familiarity, familiar: own } of picture.addresses.values()) {
      if (familiarity < some) continue;
      fired.push({
        entity: address,
        text: `network ${network} in use on ${networkDays.all} of ${picture.days} active days${leftOutWords(networkDays)}`,
        points: own ? familiar : known,
        rows: [activity.firstRow, activity.lastRow],
      });
    }
    return { fired };
  },
});
