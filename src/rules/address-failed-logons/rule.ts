import { TICKS_PER_SECOND } from "../../ingest/timestamp.ts";
import type { CaseLogon } from "../../joins/mailbox-case.ts";
import { FAMILIAR } from "../picture.ts";
import type { Fired } from "../rule.ts";
import { scoring } from "../rule.ts";

/** The most failures within a window that ends at one of them, and its last index; -1 where there are none. */
function densest(failures: readonly CaseLogon[], window: number): { count: number; end: number } {
  let best = { count: 0, end: -1 };
  let from = 0;
  for (const [end, failure] of failures.entries()) {
    while (failure.ticks - (failures[from] as CaseLogon).ticks > window) from++;
    if (end - from + 1 > best.count) best = { count: end - from + 1, end };
  }
  return best;
}

export const addressFailedLogons = scoring({
  id: "address-failed-logons",
  about: "address",
  title: "Failed logons, then a successful one",
  description:
    "Several logons of one network failed within an hour, and one from it succeeded soon after; or a burst failed without success, which is an attempt and no entry.",
  requires: "ServerLogon records with Result",
  falsePositives: ["An owner who forgot a new password, or a device that still tries the old one."],
  blindSpots: ["A password that was phished is right at once.", "Attempts from many addresses, a few each."],
  references: ["https://attack.mitre.org/techniques/T1110/"],
  attack: ["T1110"],
  nextSteps: ["Compare with the tenant's sign-in logs, which go further than the mailbox's."],
  settings: {
    entered: { is: 20, says: "points for failures followed by success, from a network that is not familiar" },
    one: { is: 8, says: "points for one or two failures followed by success" },
    ownClient: {
      is: 0.5,
      says: "part of the points that is left where the client is one of the owner's, who mistypes too",
    },
    attempted: { is: 10, says: "points for a burst without success" },
    failures: { is: 3, says: "failures within an hour that make a burst" },
    hours: { is: 2, says: "hours within which success must follow" },
  },
  assess(picture, { entered, one, ownClient, attempted, failures: least, hours }) {
    const fired: Fired[] = [];
    const hour = 3600 * TICKS_PER_SECOND;
    const byNetwork = new Map<string, CaseLogon[]>();
    for (const { network, activity } of picture.addresses.values()) {
      const list = byNetwork.get(network) ?? [];
      byNetwork.set(network, list);
      list.push(...activity.failures);
    }
    for (const { address, activity, network, clients, outside, familiarity } of picture.addresses.values()) {
      if (!outside || familiarity >= FAMILIAR) continue;
      const failures = (byNetwork.get(network) ?? []).sort((a, b) => a.ticks - b.ticks);
      const first = activity.logons[0];
      if (first === undefined) {
        const burst = densest(activity.failures, hour);
        if (burst.count < least) continue;
        fired.push({
          entity: address,
          text: `${activity.failures.length} failed logons and no successful one`,
          points: attempted,
          rows: activity.failures.map(({ row }) => row),
        });
        continue;
      }
      const before = failures.filter(({ ticks }) => ticks <= first.ticks && first.ticks - ticks <= hours * hour);
      if (before.length === 0) continue;
      const points = densest(before, hour).count >= least ? entered : one;
      const isOwn = clients.size > 0 && [...clients.keys()].every((name) => picture.ownClients.has(name));
      fired.push({
        entity: address,
        text: `${before.length} failed ${before.length === 1 ? "logon" : "logons"} from its network within ${hours} hours before its first successful one${isOwn ? ", with a client that the owner uses" : ""}`,
        points: isOwn ? Math.round(points * ownClient) : points,
        rows: [...before.map(({ row }) => row), first.row],
      });
    }
    const told = picture.joined.mailboxCase.logons.length > 0;
    return { fired, missing: told ? undefined : "no logon records" };
  },
});
