import { TICKS_PER_SECOND } from "../../ingest/timestamp.ts";
import { sessionKey } from "../../joins/rows.ts";
import type { AddressView, Picture } from "../picture.ts";
import { rowOrderOf } from "../picture.ts";
import { isAudit } from "../recorded.ts";
import type { Fired } from "../rule.ts";
import { scoring } from "../rule.ts";

/** A row that says for certain from which address it was done. */
interface Moment {
  readonly row: number;
  readonly ticks: number;
  readonly view: AddressView;
}

/** Two moments next to each other, of different networks. */
interface Change {
  readonly stranger: Moment;
  readonly other: Moment;
  readonly apart: number;
}

/** The rows of audit records that say for certain from which outside address they were done. */
function* certainRows({ addresses, joined, activities }: Picture): Generator<readonly [AddressView, number]> {
  for (const view of addresses.values()) {
    if (!view.outside) continue;
    for (const { row } of view.activity.logons) if (isAudit(joined, row)) yield [view, row];
    for (const row of view.activity.rows) if (activities.confidenceOf(row) === "certain") yield [view, row];
  }
}

/** Numbers of the sessions that were seen, and of those at several networks. */
function sessionsOf(picture: Picture): { readonly all: number; readonly several: ReadonlySet<number> } {
  const { rows } = picture.joined.mailboxCase;
  const networks = new Map<number, string>();
  const several = new Set<number>();
  for (const [{ network }, row] of certainRows(picture)) {
    const key = sessionKey(rows, row);
    const known = networks.get(key);
    if (known === undefined) networks.set(key, network);
    else if (known !== network) several.add(key);
  }
  networks.delete(0);
  several.delete(0);
  return { all: networks.size, several };
}

/** The moments of rows that are wanted, in order. */
function momentsOf(picture: Picture, isWanted: (row: number) => boolean): Moment[] {
  const { ticks } = picture.joined.mailboxCase.rows;
  const moments: Moment[] = [];
  for (const [view, row] of certainRows(picture)) {
    if (isWanted(row)) moments.push({ row, ticks: ticks[row] as number, view });
  }
  const compare = rowOrderOf(picture);
  return moments.sort((a, b) => compare(a.row, b.row));
}

/** One connection may have an IPv4 and an IPv6 address, unless they lie in different countries. */
function isOneConnection({ view: a }: Moment, { view: b }: Moment): boolean {
  if (a.network === b.network) return true;
  const [here, there] = [a.place.country, b.place.country];
  return a.address.includes(":") !== b.address.includes(":") && (here === "" || there === "" || here === there);
}

/** Where the network changes between two moments, one of them a stranger's: for each stranger the nearest. */
function changesOf(moments: readonly Moment[]): ReadonlyMap<AddressView, Change> {
  const nearest = new Map<AddressView, Change>();
  for (const [at, moment] of moments.entries()) {
    const before = moments[at - 1];
    if (before === undefined || isOneConnection(before, moment)) continue;
    const apart = moment.ticks - before.ticks;
    for (const [stranger, other] of [
      [moment, before],
      [before, moment],
    ] as const) {
      if (!stranger.view.stranger || apart >= (nearest.get(stranger.view)?.apart ?? Infinity)) continue;
      nearest.set(stranger.view, { stranger, other, apart });
    }
  }
  return nearest;
}

/** The programs that each address was used with within a session; ways in that anybody takes say nothing. */
function programsOf({ recorded }: Picture, moments: readonly Moment[]): ReadonlyMap<AddressView, ReadonlySet<string>> {
  const programs = new Map<AddressView, Set<string>>();
  for (const { row, view } of moments) {
    const client = recorded(row);
    if (client === undefined || client.level !== "program" || client.kind === "unknown") continue;
    const names = programs.get(view);
    if (names === undefined) programs.set(view, new Set([client.name]));
    else names.add(client.name);
  }
  return programs;
}

function isMobile({ clients }: AddressView): boolean {
  return [...clients.values()].some(({ kind }) => kind === "mobile");
}

function pause(ticks: number): string {
  const seconds = Math.round(ticks / TICKS_PER_SECOND);
  if (seconds < 120) return `${seconds} ${seconds === 1 ? "second" : "seconds"}`;
  const minutes = Math.round(seconds / 60);
  return minutes < 120 ? `${minutes} minutes` : `${Math.round(minutes / 60)} hours`;
}

export const sessionAddresses = scoring({
  id: "session-addresses",
  about: "address",
  title: "One session at several networks",
  description:
    "Audit records of one session (SessionId, AADSessionId) come from several networks outside, one of them not familiar; or two sign-ins from different networks come within seconds. A session that is taken over, by a stolen token or a page in the middle, looks so.",
  requires: "audit records with a session and an address, or sign-ins of an audit log",
  falsePositives: [
    "A telephone or computer that goes from one network to another keeps its session: mobile clients count half, and one that is on the way all the time little.",
    "A VPN that is switched on or off, or through which a part of the traffic goes.",
  ],
  blindSpots: [
    "Legacy authentication has no session, and many records name none.",
    "A proxy in the middle that also does the work: the owner's own address never shows.",
  ],
  references: [
    "https://attack.mitre.org/techniques/T1550/001/",
    "https://attack.mitre.org/techniques/T1550/004/",
    "https://attack.mitre.org/detectionstrategies/DET0048/",
  ],
  attack: ["T1550.001", "T1550.004", "T1078.004"],
  nextSteps: [
    "Compare clients and deeds of both networks in that session.",
    "Revoke the account's sessions: a new password alone does not end a stolen one.",
  ],
  settings: {
    beside: { is: 20, says: "points where the session changes the network within minutes" },
    moved: { is: 8, says: "points where it does so later on" },
    otherClient: { is: 15, says: "further points where the programs on both sides differ" },
    twice: { is: 10, says: "points for two sign-ins within seconds, without such a session" },
    mobile: { is: 0.5, says: "part of the points that is left where the address has a mobile client" },
    minutes: { is: 15, says: "minutes that are few", takes: "length" },
    seconds: { is: 30, says: "seconds between two sign-ins that are few", takes: "length" },
    roaming: { is: 6, says: "networks of one session from which on it is a device on the way" },
  },
  assess(picture, values) {
    const { rows } = picture.joined.mailboxCase;
    const { all, several } = sessionsOf(picture);
    const sessions = new Map<number, Moment[]>();
    for (const moment of momentsOf(picture, (row) => several.has(sessionKey(rows, row)))) {
      const key = sessionKey(rows, moment.row);
      const list = sessions.get(key);
      if (list === undefined) sessions.set(key, [moment]);
      else list.push(moment);
    }
    const signIns = new Set(picture.logons.map(({ row }) => row));
    const logons = momentsOf(picture, (row) => signIns.has(row));
    const best = new Map<AddressView, Fired>();
    const add = (view: AddressView, text: string, points: number, { stranger, other }: Change) => {
      const whole = Math.round(points * (isMobile(view) ? values.mobile : 1));
      if ((best.get(view)?.points ?? 0) >= whole) return;
      best.set(view, {
        entity: view.address,
        text,
        points: whole,
        rows: [stranger.row, other.row].sort(rowOrderOf(picture)),
      });
    };
    for (const moments of sessions.values()) {
      const networks = new Set(moments.map(({ view }) => view.network));
      const programs = programsOf(picture, moments);
      for (const [view, change] of changesOf(moments)) {
        const here = [...(programs.get(view) ?? [])];
        const there = [...(programs.get(change.other.view) ?? [])];
        const isOther = here.length > 0 && there.length > 0 && !here.some((name) => there.includes(name));
        const isNear = change.apart <= values.minutes * 60 * TICKS_PER_SECOND && networks.size < values.roaming;
        const familiar = change.other.view.familiar ? ", a familiar one" : "";
        const differ = isOther ? `; ${here.join(", ")} here, ${there.join(", ")} there` : "";
        add(
          view,
          `one session at ${networks.size} networks: here and, ${pause(change.apart)} apart, at ${change.other.view.address}${familiar}${differ}`,
          (isNear ? values.beside : values.moved) + (isOther ? values.otherClient : 0),
          change,
        );
      }
    }
    for (const [view, change] of changesOf(logons)) {
      if (change.apart > values.seconds * TICKS_PER_SECOND) continue;
      const words = `sign-ins here and at ${change.other.view.address}, ${pause(change.apart)} apart`;
      add(view, words, values.twice, change);
    }
    const missing = all === 0 && logons.length === 0 ? "no audit record names a session or a sign-in" : undefined;
    return { fired: [...best.values()], missing };
  },
});
