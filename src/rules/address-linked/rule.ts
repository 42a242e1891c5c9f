import type { Client } from "../../enrich/clients/user-agent.ts";
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

/** A suspect that an address shares something with, and its index among all of them. */
interface Shared<K> {
  readonly key: K;
  readonly at: number;
  readonly address: string;
}

/**
 * Finds the first suspect, other than the address that asks, that has one of the address's keys.
 *
 * @param keysOf what can be shared.
 */
function suspectsBy<K>(
  suspects: readonly AddressView[],
  keysOf: (suspect: AddressView) => Iterable<K>,
): (view: AddressView, keys: Iterable<K>) => Shared<K> | undefined {
  // Two of each are enough, as one of them may be who asks.
  const firstTwo = new Map<K, Shared<K>[]>();
  for (const [at, suspect] of suspects.entries()) {
    for (const key of keysOf(suspect)) {
      const known = firstTwo.get(key);
      const shared = { key, at, address: suspect.address };
      if (known === undefined) firstTwo.set(key, [shared]);
      else if (known.length < 2) known.push(shared);
    }
  }
  return ({ address }, keys) => {
    let first: Shared<K> | undefined;
    for (const key of keys) {
      const other = firstTwo.get(key)?.find((suspect) => suspect.address !== address);
      if (other !== undefined && other.at < (first?.at ?? Infinity)) first = other;
    }
    return first;
  };
}

/** What something shared is worth, and its words; nothing where nothing is shared. */
function linkOf<K>(points: number, shared: Shared<K> | undefined, says: (shared: Shared<K>) => string) {
  return shared === undefined ? [] : [{ points, at: shared.at, text: says(shared) }];
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
    const isTelling = (name: string, { kind, level }: Client) =>
      !picture.ownClients.has(name) &&
      kind !== "unknown" &&
      level === "program" &&
      (picture.clientShare.get(name) ?? 0) <= rare;
    const bySession = suspectsBy(suspects, (suspect) => sessionsOf(picture, suspect));
    const byNetwork = suspectsBy(suspects, (suspect) => [suspect.network]);
    const byClient = suspectsBy(suspects, (suspect) => suspect.clients.keys());
    for (const view of views) {
      if (view.familiar || view.entered.length === 0) continue;
      const clients = [...view.clients].filter(([name, client]) => isTelling(name, client)).map(([name]) => name);
      const [best] = [
        ...linkOf(session, bySession(view, sessionsOf(picture, view)), ({ address }) => `a session of ${address}`),
        ...linkOf(network, byNetwork(view, [view.network]), ({ address }) => `the network of ${address}`),
        ...linkOf(
          client,
          byClient(view, clients),
          ({ key, address }) => `${key} with ${address}, and no familiar network does`,
        ),
        // Of equal points the suspect that was there first.
      ].sort((a, b) => b.points - a.points || a.at - b.at);
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
