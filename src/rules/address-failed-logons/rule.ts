import { TICKS_PER_SECOND } from "../../ingest/timestamp.ts";
import { partitionPoint } from "../../model/partition-point.ts";
import type { CaseLogon } from "../../joins/mailbox-case.ts";
import { remembering } from "../../model/remembering.ts";
import { citedRun } from "../cited.ts";
import type { Picture } from "../picture.ts";
import { hasOwnClients, rowOrderOf } from "../picture.ts";
import { isAudit } from "../recorded.ts";
import type { Fired } from "../rule.ts";
import { scoring } from "../rule.ts";

/**
 * For each failure the index behind the first burst of so many within a length of time that begins there or later;
 * Infinity where none does.
 */
function burstEnds(failures: readonly CaseLogon[], least: number, length: number): Float64Array {
  const ends = new Float64Array(failures.length + 1).fill(Infinity);
  for (let at = failures.length - least; at >= 0; at--) {
    const [first, last] = [failures[at] as CaseLogon, failures[at + least - 1] as CaseLogon];
    ends[at] = last.ticks - first.ticks <= length ? at + least : (ends[at + 1] as number);
  }
  return ends;
}

/** The failed logons of a network in the tables' order, and where bursts of them end. */
interface Failures {
  readonly logons: readonly CaseLogon[];
  readonly ends: Float64Array;
}

/** The index of the first failure that a test holds for, which holds for all behind it, too. */
function firstOf(failures: readonly CaseLogon[], test: (failure: CaseLogon) => boolean): number {
  return partitionPoint(failures.length, (at) => !test(failures[at] as CaseLogon));
}

/**
 * The successful logon before which most logons of its network failed within a length of time, one after a burst before
 * any other, and which failed: those from `from` up to `to`; undefined where none did.
 */
function mostFailures(
  logons: readonly CaseLogon[],
  { logons: failures, ends }: Failures,
  length: number,
  compare: (row: number, other: number) => number,
) {
  let best: { logon: CaseLogon; from: number; to: number; burst: boolean } | undefined;
  for (const logon of logons) {
    const to = firstOf(failures, ({ row }) => compare(row, logon.row) >= 0);
    const from = Math.min(
      to,
      firstOf(failures, ({ ticks }) => logon.ticks - ticks <= length),
    );
    if (to === from) continue;
    const burst = (ends[from] as number) <= to;
    const isMore = best === undefined || to - from > best.to - best.from;
    if (best === undefined || (burst && !best.burst) || (burst === best.burst && isMore)) {
      best = { logon, from, to, burst };
    }
  }
  return best;
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
    const ends = (failures: readonly CaseLogon[]) => burstEnds(failures, Math.max(1, least), hour);
    const isFailure = failureTest(picture, interrupts);
    // Of one second the tables' order counts.
    const compare = rowOrderOf(picture);
    const byNetwork = new Map<string, CaseLogon[]>();
    for (const { network, activity } of picture.addresses.values()) {
      const list = byNetwork.get(network) ?? [];
      byNetwork.set(network, list);
      for (const failure of activity.failures) list.push(failure);
    }
    const failuresOf = remembering((network) => {
      const logons = (byNetwork.get(network) ?? []).filter(isFailure).sort((a, b) => compare(a.row, b.row));
      return { logons, rows: logons.map(({ row }) => row), ends: ends(logons) };
    }, Infinity);
    for (const view of picture.addresses.values()) {
      const { address, activity, network, stranger } = view;
      if (!stranger) continue;
      const failures = failuresOf(network);
      const ownFailures = activity.failures.filter(isFailure);
      const own = ownFailures.map(({ row }) => row);
      const isOwnBurst = ends(ownFailures)[0] !== Infinity;
      const worst = mostFailures(activity.logons, failures, hours * hour, compare);
      if (worst === undefined) {
        if (!isOwnBurst) continue;
        const outcome = activity.logons.length === 0 ? "no successful one" : `no successful one within ${hours} hours`;
        fired.push({
          entity: address,
          text: `${own.length} failed logons and ${outcome}`,
          points: attempted,
          rows: own,
        });
        continue;
      }
      const { logon, from, to, burst } = worst;
      // A burst that led to nothing is worth no less for a slip that did.
      const points = burst ? entered : isOwnBurst ? Math.max(one, attempted) : one;
      const isOwn = hasOwnClients(picture, view);
      const { rows } = failures;
      const [first, last] = [rows[from] as number, rows[to - 1] as number];
      const among = own.filter((row) => compare(row, first) >= 0 && compare(row, last) <= 0);
      const cited = citedRun(rows, from, to, among);
      fired.push({
        entity: address,
        text: `${to - from} failed ${to - from === 1 ? "logon" : "logons"} from its network within ${hours} hours before a successful one${isOwn ? ", with a client that the owner uses" : ""}${cited.words}`,
        points: isOwn ? Math.round(points * ownClient) : points,
        rows: [...cited.rows, logon.row],
      });
    }
    const told = picture.joined.logons.length > 0;
    return { fired, missing: told ? undefined : "no logon records" };
  },
});
