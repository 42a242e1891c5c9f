import { TICKS_PER_SECOND } from "../../ingest/timestamp.ts";
import type { CaseLogon } from "../../joins/mailbox-case.ts";
import type { Picture } from "../picture.ts";
import { hasOwnClients, rowOrderOf } from "../picture.ts";
import { isAudit } from "../recorded.ts";
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

/**
 * The successful logon before which most logons failed within a length of time, one after a burst before any other;
 * undefined where none failed.
 */
function mostFailures(
  logons: readonly CaseLogon[],
  failures: readonly CaseLogon[],
  length: number,
  isBurst: (failures: readonly CaseLogon[]) => boolean,
  compare: (row: number, other: number) => number,
): { readonly logon: CaseLogon; readonly failed: readonly CaseLogon[] } | undefined {
  let best: { logon: CaseLogon; from: number; to: number; burst: boolean } | undefined;
  let from = 0;
  let to = 0;
  for (const logon of logons) {
    while (to < failures.length && compare((failures[to] as CaseLogon).row, logon.row) < 0) to++;
    while (from < to && logon.ticks - (failures[from] as CaseLogon).ticks > length) from++;
    if (to === from || (best?.from === from && best.to === to)) continue;
    const burst = isBurst(failures.slice(from, to));
    const isMore = best === undefined || to - from > best.to - best.from;
    if (best === undefined || (burst && !best.burst) || (burst === best.burst && isMore)) {
      best = { logon, from, to, burst };
    }
  }
  return best === undefined ? undefined : { logon: best.logon, failed: failures.slice(best.from, best.to) };
}

/** Tells failures from sign-ins that the directory interrupted to ask for something more, by their ErrorNumber. */
function failureTest({ joined }: Picture, interrupts: readonly string[]): (logon: CaseLogon) => boolean {
  const memory = new Map<number, boolean>();
  return ({ row }) => {
    if (!isAudit(joined, row)) return true;
    let known = memory.get(row);
    if (known === undefined) {
      known = !interrupts.includes(joined.recordOf(row).properties.text("ErrorNumber") ?? "");
      memory.set(row, known);
    }
    return known;
  };
}

export const addressFailedLogons = scoring({
  id: "address-failed-logons",
  about: "address",
  title: "Failed logons, then a successful one",
  description:
    "Several logons of one network failed within an hour, and one from it succeeded soon after; or a burst failed without success, which is an attempt and no entry.",
  requires: "ServerLogon records with Result, or UserLoginFailed and UserLoggedIn of an audit log",
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
    interrupts: {
      is: ["16000", "50058", "50072", "50074", "50076", "50079", "50125", "50140", "50199", "65001"],
      says: "ErrorNumbers of UserLoginFailed that ask for more and refuse nobody: another factor, a choice, a consent",
    },
    failures: { is: 3, says: "failures within an hour that make a burst" },
    hours: { is: 2, says: "hours within which success must follow", takes: "length" },
  },
  assess(picture, { entered, one, ownClient, attempted, interrupts, failures: least, hours }) {
    const fired: Fired[] = [];
    const hour = 3600 * TICKS_PER_SECOND;
    const isFailure = failureTest(picture, interrupts);
    // Of one second the tables' order counts.
    const compare = rowOrderOf(picture);
    const byNetwork = new Map<string, CaseLogon[]>();
    for (const { network, activity } of picture.addresses.values()) {
      const list = byNetwork.get(network) ?? [];
      byNetwork.set(network, list);
      list.push(...activity.failures);
    }
    for (const view of picture.addresses.values()) {
      const { address, activity, network, stranger } = view;
      if (!stranger) continue;
      const failures = (byNetwork.get(network) ?? []).filter(isFailure).sort((a, b) => compare(a.row, b.row));
      const own = activity.failures.filter(isFailure);
      const isBurst = (some: readonly CaseLogon[]) => densest(some, hour).count >= least;
      const worst = mostFailures(activity.logons, failures, hours * hour, isBurst, compare);
      if (worst === undefined) {
        if (!isBurst(own)) continue;
        const outcome = activity.logons.length === 0 ? "no successful one" : `no successful one within ${hours} hours`;
        fired.push({
          entity: address,
          text: `${own.length} failed logons and ${outcome}`,
          points: attempted,
          rows: own.map(({ row }) => row),
        });
        continue;
      }
      const { logon, failed } = worst;
      // A burst that led to nothing is worth no less for a slip that did.
      const points = isBurst(failed) ? entered : isBurst(own) ? Math.max(one, attempted) : one;
      const isOwn = hasOwnClients(picture, view);
      fired.push({
        entity: address,
        text: `${failed.length} failed ${failed.length === 1 ? "logon" : "logons"} from its network within ${hours} hours before a successful one${isOwn ? ", with a client that the owner uses" : ""}`,
        points: isOwn ? Math.round(points * ownClient) : points,
        rows: [...failed.map(({ row }) => row), logon.row],
      });
    }
    const told = picture.joined.logons.length > 0;
    return { fired, missing: told ? undefined : "no logon records" };
  },
});
