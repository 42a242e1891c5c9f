import { TICKS_PER_SECOND } from "../ingest/timestamp.ts";
import type { ActivityType, Confidence } from "../model/event.ts";
import { CONFIDENCES } from "../model/event.ts";
import { attribute, newAttributor } from "./attribution.ts";
import type { NumberList } from "../model/number-list.ts";
import { addNumber, newNumberList, numbersOf } from "../model/number-list.ts";
import type { JoinedCase } from "./joined-case.ts";
import type { CaseLogon } from "./mailbox-case.ts";
import { ownAddress } from "./mailbox-case.ts";

const DAY = 86_400 * TICKS_PER_SECOND;

const SENDING: ReadonlySet<string> = new Set(["answer", "sent"]);
const CHANGING: ReadonlySet<string> = new Set([
  "delete",
  "move",
  "rule",
  "transport-rule",
  "mailbox-settings",
  "permission",
  "consent",
]);

/**
 * Rows in order, of which there may be very many: 4 bytes each, outside of V8's heap. A Uint32Array it is, but without
 * what would cut times and the like to 32 bits.
 */
export interface RowNumbers extends Iterable<number> {
  readonly length: number;
  filter(test: (row: number) => boolean): RowNumbers;
  every(test: (row: number) => boolean): boolean;
  slice(from: number, to: number): RowNumbers;
}

/** Everything that is attributed to one address of a mailbox, in order of time; of a host name or word its logons. */
export interface AddressActivity {
  readonly address: string;
  /** Successful logons. */
  readonly logons: CaseLogon[];
  readonly failures: CaseLogon[];
  /** Logons that succeeded in part: neither of the two. */
  readonly partials: CaseLogon[];
  /** What somebody did, logons and attempts that failed left out. */
  readonly rows: RowNumbers;
  /** Rows of attempts that failed, logons left out. */
  failedAttempts: number;
  /**
   * Days (UTC, counted from the epoch of ticks) with a successful logon or anything done. What is attributed with low
   * confidence makes no habit: it goes to whoever logged on last, however long ago, and would make an intruder at home.
   */
  readonly days: Set<number>;
  /** Numbers of the AppIdTypes of its logons and rows. */
  readonly apps: Set<number>;
  /** First and last row of any kind. */
  firstRow: number;
  lastRow: number;
  /** Messages put on display, attachments opened: the lines of those tables that name the address, ends left out. */
  reads: number;
  attachments: number;
  /** Records of answering, forwarding and sending. */
  sent: number;
  /** Records of what changes the mailbox: messages deleted or moved, rules, forwarding, permissions, consents. */
  changes: number;
  /** Other records: of what is none of these, no search and no end of a display. */
  others: number;
}

/** What the addresses of a mailbox did. */
export interface Activities {
  /** By address, in order of their first rows. */
  readonly byAddress: ReadonlyMap<string, AddressActivity>;
  /** How sure the attribution of a row is. */
  confidenceOf(row: number): Confidence;
}

/** The UTC day of a time in ticks. */
export function dayOf(ticks: number): number {
  return Math.floor(ticks / DAY);
}

/** The activity of an address while its rows are being gathered. */
interface OpenActivity extends AddressActivity {
  readonly gathered: NumberList;
}

function newActivity(address: string, row: number): OpenActivity {
  const gathered = newNumberList();
  return {
    address,
    logons: [],
    failures: [],
    partials: [],
    gathered,
    get rows() {
      return numbersOf(gathered);
    },
    failedAttempts: 0,
    days: new Set(),
    apps: new Set(),
    firstRow: row,
    lastRow: row,
    reads: 0,
    attachments: 0,
    sent: 0,
    changes: 0,
    others: 0,
  };
}

/** The logons of an address that ended as this one did. */
function logonsLike({ logons, failures, partials }: AddressActivity, { successful, partial }: CaseLogon): CaseLogon[] {
  return successful ? logons : partial ? partials : failures;
}

/**
 * What each address did, by the attribution that the tables print. Everything that was logged counts, filtered rows
 * too: what is usual in a mailbox does not depend on what is printed of it. Rows without a readable time are left out.
 */
export function addressActivity(joined: JoinedCase): Activities {
  const { mailboxCase, logged } = joined;
  const { rows, types } = mailboxCase;
  const attributor = newAttributor(joined);
  const logons = new Map(joined.logons.map((logon) => [logon.row, logon]));
  const activities = new Map<string, OpenActivity>();
  const confidences = new Uint8Array(rows.count);
  let last: OpenActivity | undefined;
  for (const row of logged) {
    const ticks = rows.ticks[row] as number;
    const type = types[rows.type[row] as number] as ActivityType;
    if (type.role === "delivered" || Number.isNaN(ticks)) continue;
    const logon = type.family === "logon" ? logons.get(row) : undefined;
    const app = rows.app[row] as number;
    const own = logon?.named ?? ownAddress(mailboxCase, row);
    const { address, confidence } = attribute(attributor, type, app, ticks, row, own);
    if (address === "") continue;
    let activity: OpenActivity | undefined = last?.address === address ? last : activities.get(address);
    if (activity === undefined) {
      activity = newActivity(address, row);
      activities.set(address, activity);
    }
    last = activity;
    activity.lastRow = row;
    if (logon !== undefined) logonsLike(activity, logon).push(logon);
    else if (type.failed) activity.failedAttempts++;
    else addNumber(activity.gathered, row);
    confidences[row] = CONFIDENCES.indexOf(confidence);
    // An attempt that failed is nothing done.
    if (logon?.successful === false || type.failed) continue;
    activity.apps.add(app);
    if (confidence !== "low") activity.days.add(dayOf(ticks));
    // The end of a display or preview is no second one.
    if (type.role === "end") continue;
    if (type.family === "read") activity.reads++;
    else if (type.family === "attachment") activity.attachments++;
    else if (SENDING.has(type.role)) activity.sent++;
    else if (CHANGING.has(type.role)) activity.changes++;
    else if (type.family !== "search" && type.family !== "logon") activity.others++;
  }
  return {
    byAddress: activities,
    confidenceOf: (row) => CONFIDENCES[confidences[row] as number] as Confidence,
  };
}
