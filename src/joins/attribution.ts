import { TICKS_PER_SECOND } from "../ingest/timestamp.ts";
import type { ActivityType, Attribution, AttributionBasis, Confidence } from "../model/event.ts";
import { partitionPoint } from "../model/partition-point.ts";
import type { JoinedCase } from "./joined-case.ts";
import type { LiveLogons } from "./live-logons.ts";
import { addLogon, firstOfAddresses, newLiveLogons, NO_OTHERS, otherAddresses } from "./live-logons.ts";
import type { CaseLogon, MailboxCase } from "./mailbox-case.ts";
import { compareMoments } from "./order.ts";
import { isAuditRow, sessionKey } from "./rows.ts";

const HOUR = 3600 * TICKS_PER_SECOND;
/**
 * For how long a logon is taken to keep a client going. Outlook on the web signs out after 6 hours without activity
 * (Microsoft 365's default). Other clients renew their connection within the day; 24 hours is our choice.
 */
const SESSION_LIFE: ReadonlyMap<string, number> = new Map([["Web", 6 * HOUR]]);
const DEFAULT_SESSION_LIFE = 24 * HOUR;

const UNATTRIBUTED: Attribution = { address: "", basis: "none", confidence: "none", logonTime: "", others: NO_OTHERS };

/** What a logon says of a row; its time is written when somebody asks for it. */
class LogonAttribution implements Attribution {
  readonly address: string;
  readonly basis: AttributionBasis;
  readonly confidence: Confidence;
  readonly others: readonly string[];
  readonly #logon: CaseLogon;

  constructor(logon: CaseLogon, basis: AttributionBasis, confidence: Confidence, others: readonly string[]) {
    this.address = logon.address;
    this.basis = basis;
    this.confidence = confidence;
    this.others = others;
    this.#logon = logon;
  }

  get logonTime(): string {
    return this.#logon.timeStamp;
  }
}

/** The logons of one life that name a session, and those of them that lie within their life of the row at hand. */
interface NearLogons {
  readonly life: number;
  readonly logons: readonly CaseLogon[];
  next: number;
  readonly near: LiveLogons;
}

/** The logons that name a session, in time order. */
interface SessionLogons {
  readonly logons: CaseLogon[];
  /** Where they name more than one address: by the lives of their clients, filled when first asked for. */
  byLife: readonly NearLogons[] | undefined;
  hasOneAddress: boolean;
}

/** Walks along the mailbox's logons and answers for one row after the other, in time order. */
export interface Attributor {
  readonly mailboxCase: MailboxCase;
  /** Successful logons that name an address, be it a host name, in time order. */
  readonly logons: readonly CaseLogon[];
  next: number;
  /** The latest of them so far. */
  last: CaseLogon | undefined;
  readonly byApp: Map<number, LiveLogons>;
  /** Every app's live logons together, for rows whose own client never logged on. */
  readonly mailbox: LiveLogons;
  /** By the session's key. */
  readonly bySession: ReadonlyMap<number, SessionLogons>;
}

/** An attributor at the beginning of the case. Failed logons and those without an address or time never attribute. */
export function newAttributor({ mailboxCase, logons: logged }: JoinedCase): Attributor {
  const usable = (logon: CaseLogon) => logon.successful && logon.named !== "" && !Number.isNaN(logon.ticks);
  const logons = logged.filter(usable).sort(compareMoments);
  const bySession = new Map<number, SessionLogons>();
  for (const logon of logons) {
    const key = sessionKey(mailboxCase.rows, logon.row);
    if (key === 0) continue;
    const session = bySession.get(key);
    if (session === undefined) {
      bySession.set(key, { logons: [logon], byLife: undefined, hasOneAddress: true });
    } else {
      session.hasOneAddress &&= session.logons[0]?.named === logon.named;
      session.logons.push(logon);
    }
  }
  const mailbox = newLiveLogons(DEFAULT_SESSION_LIFE);
  return {
    mailboxCase,
    logons,
    next: 0,
    last: undefined,
    byApp: new Map(),
    mailbox,
    bySession,
  };
}

/** Takes in the logons at or before a row; file order breaks ties. */
function advance(attributor: Attributor, ticks: number, row: number): void {
  const { logons, byApp, mailbox } = attributor;
  for (; attributor.next < logons.length; attributor.next++) {
    const logon = logons[attributor.next] as CaseLogon;
    if (logon.ticks > ticks || (logon.ticks === ticks && logon.row > row)) break;
    attributor.last = logon;
    let live = byApp.get(logon.app);
    if (live === undefined) {
      live = newLiveLogons(lifeOf(attributor, logon));
      byApp.set(logon.app, live);
    }
    addLogon(live, logon);
    addLogon(mailbox, logon);
  }
}

function lifeOf({ mailboxCase }: Attributor, logon: CaseLogon): number {
  return SESSION_LIFE.get(mailboxCase.apps[logon.app] as string) ?? DEFAULT_SESSION_LIFE;
}

/** What a logon says of a row: nothing where it names a host or a word, rather than another logon's address. */
function attributed(
  logon: CaseLogon,
  basis: AttributionBasis,
  confidence: Confidence,
  others: readonly string[],
): Attribution {
  if (logon.address === "") return UNATTRIBUTED;
  return new LogonAttribution(logon, basis, confidence, others);
}

/** Index of the latest logon at or before a row; -1 where all come after it. */
function latestBefore(logons: readonly CaseLogon[], ticks: number, row: number): number {
  const isBefore = (at: number): boolean => {
    const logon = logons[at] as CaseLogon;
    return logon.ticks < ticks || (logon.ticks === ticks && logon.row <= row);
  };
  return partitionPoint(logons.length, isBefore) - 1;
}

/** A session's logons by the lives of their clients. */
function nearLogons(attributor: Attributor, logons: readonly CaseLogon[]): NearLogons[] {
  const lives = new Set(logons.map((logon) => lifeOf(attributor, logon)));
  return [...lives].map((life) => ({
    life,
    logons: logons.filter((logon) => lifeOf(attributor, logon) === life),
    next: 0,
    // Seen from the last moment that is near a row, the first one lies two lives ago.
    near: newLiveLogons(2 * life),
  }));
}

/** The logons of a session within a life of a time, before or after it: the first of each address and life. */
function* nearTo(session: readonly NearLogons[], ticks: number): Generator<CaseLogon> {
  for (const one of session) {
    for (; one.next < one.logons.length; one.next++) {
      const logon = one.logons[one.next] as CaseLogon;
      if (logon.ticks > ticks + one.life) break;
      addLogon(one.near, logon);
    }
    yield* firstOfAddresses(one.near, ticks + one.life);
  }
}

/**
 * The address of a session at a row: that of its latest logon, or of the next one where the row comes first or long
 * after (a browser may report its session late). The session's logons within a session life of the row compete with
 * it, and so do the nearest ones before and after, however far. They are named in the order of their logons.
 */
function fromSession(attributor: Attributor, session: SessionLogons, ticks: number, row: number): Attribution {
  const { logons, hasOneAddress } = session;
  const before = latestBefore(logons, ticks, row);
  const earlier = logons[before];
  const later = logons[before + 1];
  const isNear = (logon: CaseLogon) => Math.abs(ticks - logon.ticks) <= lifeOf(attributor, logon);
  const chosen = (
    earlier !== undefined && (later === undefined || isNear(earlier) || !isNear(later)) ? earlier : later
  ) as CaseLogon;
  if (hasOneAddress) return attributed(chosen, "session", "high", NO_OTHERS);
  session.byLife ??= nearLogons(attributor, logons);
  const competing = [...nearTo(session.byLife, ticks)];
  if (earlier !== undefined) competing.push(earlier);
  if (later !== undefined) competing.push(later);
  const addresses = new Set(competing.sort(compareMoments).map(({ named }) => named));
  addresses.delete(chosen.named);
  // A session seen at several addresses says that it was one of them, not which.
  if (addresses.size > 0) return attributed(chosen, "session", "medium", [...addresses]);
  return attributed(chosen, "session", "high", NO_OTHERS);
}

/**
 * What the latest successful logon at or before a row names as its address, be it a host name: the classic answer, as
 * the first version's column has it. Undefined before the first.
 */
export function lastLogin(attributor: Attributor, ticks: number, row: number): string | undefined {
  if (Number.isNaN(ticks)) return undefined;
  advance(attributor, ticks, row);
  return attributor.last?.named;
}

/**
 * The best answer to where a row was done from, and how sure it is.
 *
 * - `recorded`, certain: the record itself carries the address, as a logon does and nearly every audit record.
 * - `session`, high: its ClientSessionId is that of a logon with an address (medium where that session was seen at
 *   other addresses around that time, all named).
 * - `client`, medium: the latest successful logon of the same App Type within its session life; low when other
 *   addresses logged on with that App Type within it too, all named.
 * - `mailbox`, low: only another App Type's logon, or one that is too long ago, comes before it.
 * - `none`: no logon comes before it, the one that would be taken names a host and no IP address, its time cannot be
 *   read, it is a logon that names no address, or nobody did it (the transport delivers mail). Audit records without an
 *   address are attributed by their session or not at all.
 *
 * Rows must be asked for in time order.
 *
 * @param own the address that the record itself carries; empty where it carries none.
 */
export function attribute(
  attributor: Attributor,
  type: ActivityType,
  app: number,
  ticks: number,
  row: number,
  own: string,
): Attribution {
  if (own !== "") return { address: own, basis: "recorded", confidence: "certain", logonTime: "", others: NO_OTHERS };
  // Nobody delivers a message, and a logon without an address is no evidence of anybody else's.
  if (type.role === "delivered" || type.family === "logon") return UNATTRIBUTED;
  const session = sessionKey(attributor.mailboxCase.rows, row);
  const sessionLogons = session === 0 ? undefined : attributor.bySession.get(session);
  if (Number.isNaN(ticks)) return UNATTRIBUTED;
  if (sessionLogons !== undefined) return fromSession(attributor, sessionLogons, ticks, row);
  // An audit record that could name its client and does not was mostly written by the service itself.
  if (isAuditRow(attributor.mailboxCase.rows, row)) return UNATTRIBUTED;
  advance(attributor, ticks, row);
  const live = attributor.byApp.get(app);
  const latest = live?.logons.at(-1);
  if (live !== undefined && latest !== undefined && latest.ticks >= ticks - live.life) {
    const others = otherAddresses(live, ticks);
    return attributed(latest, "client", others.length === 0 ? "medium" : "low", others);
  }
  const { last } = attributor;
  if (last === undefined) return UNATTRIBUTED;
  return attributed(last, "mailbox", "low", otherAddresses(attributor.mailbox, ticks));
}
