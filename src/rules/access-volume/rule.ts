import type { JoinedCase } from "../../joins/joined-case.ts";
import { partOf } from "../../joins/rows.ts";
import { TICKS_PER_SECOND } from "../../ingest/timestamp.ts";
import { dayOf } from "../../joins/address-activity.ts";
import { clientOfRow, evidenceOf } from "../../joins/mailbox-case.ts";
import type { ActivityType } from "../../model/event.ts";
import { messagesInWindow } from "../windows.ts";
import type { AddressView, Picture } from "../picture.ts";
import { percent, rowOrderOf, rowsOfRole } from "../picture.ts";
import type { Fired } from "../rule.ts";
import { scoring } from "../rule.ts";

const HOUR = 3600 * TICKS_PER_SECOND;

/** An hour of one address: its rows, how many messages they name, and how many the whole mailbox has in it. */
interface Burst {
  readonly rows: readonly number[];
  readonly messages: number;
  readonly all: number;
}

/** The rows by which messages were bound, in order, and how many messages the hour up to each of them has. */
interface Bound {
  readonly rows: readonly number[];
  readonly messages: Uint32Array;
}

function withHours(joined: JoinedCase, bound: readonly number[]): Bound {
  const messages = new Uint32Array(bound.length);
  messagesInWindow(joined, bound, HOUR, (_start, end, count) => {
    messages[end] = count;
  });
  return { rows: bound, messages };
}

/** The hour of an address with the most messages: more than so many, and more than that share of the mailbox's. */
function fullestHour(
  joined: JoinedCase,
  own: readonly number[],
  all: Bound,
  least: number,
  share: number,
): Burst | undefined {
  const { ticks } = joined.mailboxCase.rows;
  let best = { start: 0, end: 0, messages: least, all: 0 };
  let next = 0;
  messagesInWindow(joined, own, HOUR, (start, end, messages) => {
    if (messages <= best.messages) return;
    const now = ticks[own[end] as number] as number;
    while (next < all.rows.length && (ticks[all.rows[next] as number] as number) <= now) next++;
    const inHour = all.messages[next - 1] as number;
    if (messages / inHour > share) best = { start, end: end + 1, messages, all: inHour };
  });
  const { start, end, messages } = best;
  return best.all === 0 ? undefined : { rows: own.slice(start, end), messages, all: best.all };
}

/** The messages of the fullest hour of each UTC day, but for one day; what a mailbox is used to. */
function otherDays(joined: JoinedCase, bound: readonly number[], without: number): number[] {
  const { ticks } = joined.mailboxCase.rows;
  const days = new Map<number, number>();
  messagesInWindow(joined, bound, HOUR, (_start, end, messages) => {
    const day = dayOf(ticks[bound[end] as number] as number);
    if (day !== without) days.set(day, Math.max(days.get(day) ?? 0, messages));
  });
  return [...days.values()].sort((a, b) => a - b);
}

/** Only a record with this can stand for ten operations; it is read in full then. */
const TELLING = /OperationCount\D{1,8}\d{2}/i;
/** A table's row may have the number and not the name, which stands in the header: it is read in full as well. */
const NAMED = /OperationCount/i;

interface Records {
  readonly batches: readonly number[];
  readonly operations: number;
  readonly throttled: readonly number[];
}

/** The records of an address that stand for many operations, or after which Bind auditing stopped; first rows of them. */
function tellingRecords({ joined }: Picture, own: readonly number[], least: number): Records {
  const { mailboxCase } = joined;
  const { rows } = mailboxCase;
  const batches: number[] = [];
  const throttled: number[] = [];
  let operations = 0;
  for (const row of own) {
    if (partOf(rows, row) !== 0) continue;
    if (clientOfRow(mailboxCase, row)?.throttled === true) throttled.push(row);
    const text = evidenceOf(mailboxCase, row).textAt(rows.start[row] as number, rows.length[row] as number);
    const mayTell = least < 10 || TELLING.test(text) || !NAMED.test(text);
    const audit = mayTell ? joined.recordOf(row).audit : undefined;
    if (audit === undefined || (audit.operationCount ?? 0) < least) continue;
    batches.push(row);
    operations = Math.max(operations, audit.operationCount ?? 0);
  }
  return { batches, operations, throttled };
}

/** The rows by which messages were bound, of the whole mailbox, in order. */
function boundRows({ joined }: Picture): number[] {
  const { rows, types } = joined.mailboxCase;
  return [...joined.logged].filter(
    (row) =>
      (types[rows.type[row] as number] as ActivityType).role === "bound" && !Number.isNaN(rows.ticks[row] as number),
  );
}

export const accessVolume = scoring({
  id: "access-volume",
  about: "address",
  title: "Many messages accessed in an hour",
  description:
    "From the address many different messages were bound (MailItemsAccessed, Bind) within an hour: most of what the mailbox had in that hour, and several times of what it has in its fullest hour on other days. A record that stands for very many operations, and one after which auditing stopped because there were too many, count as well.",
  requires: "MailItemsAccessed records of an audit log, of kind Bind",
  falsePositives: [
    "A new telephone or mail program that fetches the mailbox; a search or archiving tool.",
    "An owner back from holidays; familiar networks count a part only.",
  ],
  blindSpots: [
    "Bind auditing stops for 24 hours after 1,000 records in a day: what is opened then is not logged.",
    "Identical accesses are logged once an hour, so that records are no accesses.",
    "Somebody who takes a few messages an hour, and clients that synchronise.",
    "With fewer than a few other days there is nothing to compare with; the points are fewer then.",
  ],
  references: [
    "https://attack.mitre.org/techniques/T1114/002/",
    "https://attack.mitre.org/detectionstrategies/DET0048/",
    "https://learn.microsoft.com/en-us/purview/audit-log-investigate-accounts",
  ],
  attack: ["T1114.002"],
  nextSteps: [
    "Go through exposure.tsv for the messages that were bound from the address.",
    "Where auditing stopped, take everything for exposed that was in the mailbox in these 24 hours.",
  ],
  settings: {
    MailAccessVolumeThreshold: {
      is: 25,
      says: "different messages bound from the address in an hour above which they are many",
    },
    share: { is: 0.5, says: "share of all that the mailbox had in that hour above which it is mostly this address" },
    times: {
      is: 3,
      says: "times the fullest hour of a usual other day (the median) that it must be",
      takes: "fraction",
    },
    fewDays: { is: 3, says: "other days with such records below which nothing is usual" },
    many: { is: 20, says: "points for such an hour" },
    uncompared: { is: 10, says: "points for it where there are too few other days; none for a familiar network" },
    OperationCount: { is: 100, says: "operations of one record that are very many" },
    batch: { is: 10, says: "points for such a record" },
    throttled: { is: 15, says: "points for a record after which Bind auditing stopped" },
    familiar: { is: 0.25, says: "part of the points that is left for a familiar network" },
  },
  assess(picture, values) {
    const all = withHours(picture.joined, boundRows(picture));
    const fired: Fired[] = [];
    for (const view of all.rows.length === 0 ? [] : picture.addresses.values()) {
      if (!view.outside) continue;
      const own = rowsOfRole(picture, view, "bound");
      const { texts, points, rows } = judged(picture, view, own, all, values);
      if (points === 0) continue;
      fired.push({
        entity: view.address,
        text: `${texts.join("; ")}${view.familiar ? "; a familiar network" : ""}`,
        points: Math.round(points * (view.familiar ? values.familiar : 1)),
        rows: [...new Set(rows)].sort(rowOrderOf(picture)),
      });
    }
    return { fired, missing: all.rows.length === 0 ? "no MailItemsAccessed record of kind Bind" : undefined };
  },
});

interface Judged {
  readonly texts: readonly string[];
  readonly points: number;
  readonly rows: readonly number[];
}

type Values = Readonly<
  Record<
    | "MailAccessVolumeThreshold"
    | "share"
    | "times"
    | "fewDays"
    | "many"
    | "uncompared"
    | "OperationCount"
    | "batch"
    | "throttled",
    number
  >
>;

function judged(picture: Picture, view: AddressView, own: readonly number[], all: Bound, values: Values): Judged {
  const texts: string[] = [];
  const rows: (readonly number[])[] = [];
  let points = 0;
  const { joined } = picture;
  const burst = fullestHour(joined, own, all, values.MailAccessVolumeThreshold, values.share);
  if (burst !== undefined) {
    const found = burst.messages;
    // What a stranger does on other days is no habit of the mailbox.
    const strange = new Set(view.familiar ? [] : own);
    const day = dayOf(joined.mailboxCase.rows.ticks[burst.rows.at(-1) as number] as number);
    const usualRows = strange.size === 0 ? all.rows : all.rows.filter((row) => !strange.has(row));
    const hours = otherDays(joined, usualRows, day);
    const usual = hours[Math.floor((hours.length - 1) / 2)] ?? 0;
    const isCompared = hours.length >= values.fewDays;
    const share = `${found} messages bound within an hour, ${percent(found / burst.all)} of the mailbox's`;
    if (isCompared && found >= values.times * usual) {
      points += values.many;
      texts.push(`${share}; the fullest hour of a usual day has ${usual}`);
      rows.push(burst.rows);
    } else if (!isCompared && !view.familiar) {
      points += values.uncompared;
      texts.push(`${share}; too few other days to compare with`);
      rows.push(burst.rows);
    }
  }
  const { batches, operations, throttled } = tellingRecords(picture, own, values.OperationCount);
  if (batches.length > 0) {
    points += values.batch;
    texts.push(`${operations} operations in one record`);
    rows.push(batches);
  }
  if (throttled.length > 0) {
    points += values.throttled;
    const { timeStamp } = picture.joined.recordOf(throttled[0] as number);
    texts.push(`Bind auditing was throttled at ${timeStamp}: what was opened in the 24 hours after it is not logged`);
    rows.push(throttled);
  }
  return { texts, points, rows: rows.flat() };
}
