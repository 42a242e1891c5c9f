import { ownAddress } from "../../joins/mailbox-case.ts";
import { sessionKey } from "../../joins/rows.ts";
import type { AddressView, Picture } from "../picture.ts";
import { nobodyAttributed } from "../suspects.ts";
import { reaches } from "../../model/finding.ts";
import type { Fired } from "../rule.ts";
import { scoring } from "../rule.ts";

function sessionsOf({ joined }: Picture, { activity, entered }: AddressView): Set<number> {
  const { rows } = joined.mailboxCase;
  // Of audit records those count that carry both, the session and the address.
  const acted = activity.rows.filter((row) => ownAddress(joined.mailboxCase, row) !== "");
  const keys = new Set([...entered, ...acted].map((row) => sessionKey(rows, row)));
  keys.delete(0);
  return keys;
}

export const addressLinked = scoring({
  id: "address-linked",
  about: "address",
  title: "Belongs together with a suspicious address",
  description:
    "The address shares its network, a session, or a rare client that no familiar network uses with an address that scores high by itself.",
  requires: "an address that scores high",
  falsePositives: ["Customers of one provider share networks.", "Common clients."],
  blindSpots: ["An intruder who changes provider and client between visits."],
  references: ["https://attack.mitre.org/techniques/T1078/004/"],
  attack: ["T1078.004"],
  nextSteps: ["Treat both addresses as one actor until something speaks against it."],
  settings: {
    session: { is: 35, says: "points for a shared ClientSessionId" },
    network: { is: 25, says: "points for a shared network" },
    client: { is: 25, says: "points for a rare client that no familiar network uses" },
    rare: { is: 0.3, says: "share of the active days up to which a client is rare" },
  },
  assess(picture, { session, network, client, rare }) {
    const views = [...picture.addresses.values()].filter(({ outside }) => outside);
    const suspects = views.filter(({ address }) => reaches(picture.verdict.address(address), "high"));
    const fired: Fired[] = [];
    if (suspects.length === 0) return { fired, missing: nobodyAttributed(picture) };
    for (const view of views) {
      if (view.familiar || view.entered.length === 0) continue;
      const links: { points: number; text: string }[] = [];
      const sessions = sessionsOf(picture, view);
      for (const suspect of suspects) {
        if (suspect === view) continue;
        const shared = [...view.clients].find(
          ([name, { kind, level }]) =>
            suspect.clients.has(name) &&
            !picture.ownClients.has(name) &&
            kind !== "unknown" &&
            level === "program" &&
            (picture.clientShare.get(name) ?? 0) <= rare,
        );
        if ([...sessionsOf(picture, suspect)].some((key) => sessions.has(key))) {
          links.push({ points: session, text: `a session of ${suspect.address}` });
        } else if (suspect.network === view.network) {
          links.push({ points: network, text: `the network of ${suspect.address}` });
        } else if (shared !== undefined) {
          links.push({ points: client, text: `${shared[0]} with ${suspect.address}, and no familiar network does` });
        }
      }
      const best = links.toSorted((a, b) => b.points - a.points)[0];
      if (best === undefined) continue;
      fired.push({
        entity: view.address,
        text: `shares ${best.text}`,
        points: best.points,
        rows: view.entered,
      });
    }
    return { fired };
  },
});
