import { partitionPoint } from "../../model/partition-point.ts";
import { TICKS_PER_SECOND } from "../../ingest/timestamp.ts";
import type { TenantLog } from "../tenant-log.ts";
import type { AccessSettings, AccessWindow } from "./access-window.ts";
import type { Counted } from "./counted.ts";
import { countedBySliding, countedByTumbling } from "./counted.ts";
import { windowDescriber } from "./describe.ts";

export type { AccessSettings, AccessWindow, Names } from "./access-window.ts";

/** Ticks begin at 2010-01-01; windows are aligned to 1970-01-01, as SPL's `bucket` aligns them. */
const EPOCH_TICKS = 14_610n * 86_400n * BigInt(TICKS_PER_SECOND);

/** Entries of one group behind the other; those of group g from starts[g] to starts[g + 1]. */
interface Grouped {
  readonly starts: Uint32Array;
  readonly entries: Uint32Array;
}

/** The place of the first of equal values in ascending ones. */
function firstPlace(ascending: Float64Array, value: number): number {
  return partitionPoint(ascending.length, (at) => (ascending[at] as number) < value);
}

/** The entries whose time can be read, by time; equal times as they were read. */
function entriesInTime({ ticks, count }: TenantLog): Uint32Array {
  const entries = new Uint32Array(count);
  let readable = 0;
  let sorted = true;
  let last = -Infinity;
  for (let entry = 0; entry < count; entry++) {
    const at = ticks[entry] as number;
    if (Number.isNaN(at)) continue;
    entries[readable++] = entry;
    if (at < last) sorted = false;
    last = at;
  }
  if (sorted) return entries.subarray(0, readable);
  // Numbers alone are sorted many times faster than entries by a function; each entry then looks up its place.
  const times = new Float64Array(readable);
  for (let at = 0; at < readable; at++) times[at] = ticks[entries[at] as number] as number;
  times.sort();
  const order = new Uint32Array(readable);
  const placed = new Uint32Array(readable);
  for (let at = 0; at < readable; at++) {
    const entry = entries[at] as number;
    const place = firstPlace(times, ticks[entry] as number);
    const before = placed[place] as number;
    placed[place] = before + 1;
    order[place + before] = entry;
  }
  return order;
}

/** Takes the entries that count and puts each group's together, in the order given. */
function grouped({ count, context, address }: TenantLog, order: Uint32Array, counted: Counted): Grouped {
  const { group, groups, left, backEnd, inner } = counted;
  // One column of it, filled in the order of the log, is faster than to look everything up in the order of time.
  const numbers = new Int32Array(count);
  for (let entry = 0; entry < count; entry++) {
    const what = context[entry] as number;
    const where = address[entry] as number;
    const out = left[where] === 1 || (backEnd[what] === 1 && inner[where] === 1);
    numbers[entry] = out ? -1 : (group[what] as number);
  }
  const starts = new Uint32Array(groups + 1);
  for (let at = 0; at < order.length; at++) {
    const number = numbers[order[at] as number] as number;
    if (number >= 0) starts[number + 1] = (starts[number + 1] as number) + 1;
  }
  for (let number = 0; number < groups; number++) {
    starts[number + 1] = (starts[number + 1] as number) + (starts[number] as number);
  }
  const entries = new Uint32Array(starts[groups] as number);
  const next = starts.slice();
  for (let at = 0; at < order.length; at++) {
    const entry = order[at] as number;
    const number = numbers[entry] as number;
    if (number < 0) continue;
    const place = next[number] as number;
    entries[place] = entry;
    next[number] = place + 1;
  }
  return { starts, entries };
}

/** Takes what exceeds: entries of one group, and the most that were counted at one time. */
type Take = (entries: Uint32Array, most: number) => void;

/** Windows of a fixed raster, [start, start + span), in each group; `startOf` gives the start of the window around a time. */
function tumble(
  { ticks, context }: TenantLog,
  { starts, entries }: Grouped,
  { who, whos, groups }: Counted,
  least: number,
  span: number,
  startOf: (ticks: number) => number,
  take: Take,
): void {
  /** By who: the number of the window in which they were counted last. */
  const seen = new Uint32Array(whos);
  let number = 0;
  for (let group = 0; group < groups; group++) {
    const end = starts[group + 1] as number;
    for (let first = starts[group] as number, next = first; first < end; first = next) {
      const border = startOf(ticks[entries[first] as number] as number) + span;
      let count = 0;
      number++;
      for (; next < end && (ticks[entries[next] as number] as number) < border; next++) {
        const one = who[context[entries[next] as number] as number] as number;
        if (one < 0 || seen[one] === number) continue;
        seen[one] = number;
        count++;
      }
      if (count > least) take(entries.subarray(first, next), count);
    }
  }
}

/**
 * Windows of any place, in each group: for each record those of the time before it that is shorter than `span`. Windows
 * that exceed and share a record are one.
 */
function slide(
  { ticks, context }: TenantLog,
  { starts, entries }: Grouped,
  { who, whos, groups }: Counted,
  least: number,
  span: number,
  take: Take,
): void {
  /** By who: how many of the window's records are about them. */
  const records = new Uint32Array(whos);
  for (let group = 0; group < groups; group++) {
    const end = starts[group + 1] as number;
    let left = starts[group] as number;
    let count = 0;
    let first = -1;
    let last = -1;
    let most = 0;
    const leave = () => {
      const one = who[context[entries[left++] as number] as number] as number;
      if (one < 0) return;
      const rest = (records[one] as number) - 1;
      records[one] = rest;
      if (rest === 0) count--;
    };
    for (let right = left; right < end; right++) {
      const at = ticks[entries[right] as number] as number;
      while (at - (ticks[entries[left] as number] as number) >= span) leave();
      const one = who[context[entries[right] as number] as number] as number;
      if (one >= 0) {
        const before = records[one] as number;
        records[one] = before + 1;
        if (before === 0) count++;
      }
      if (count <= least) continue;
      if (first >= 0 && left > last) {
        take(entries.subarray(first, last + 1), most);
        first = -1;
      }
      if (first < 0) {
        first = left;
        most = 0;
      }
      last = right;
      most = Math.max(most, count);
    }
    if (first >= 0) take(entries.subarray(first, last + 1), most);
    // What is still counted belongs to no later group.
    for (const entry of entries.subarray(left, end)) {
      const one = who[context[entry] as number] as number;
      if (one >= 0) records[one] = 0;
    }
  }
}

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function compareWindows(a: AccessWindow, b: AccessWindow): number {
  return (
    a.start - b.start ||
    // The rule that is copied comes before what goes beyond it.
    compareTexts(b.mode, a.mode) ||
    compareTexts(a.app, b.app) ||
    compareTexts(a.organization, b.organization) ||
    compareTexts(a.clientInfos.first[0] ?? "", b.clientInfos.first[0] ?? "")
  );
}

/**
 * Where one application read more mailboxes in a short time than the settings let pass, found in two ways.
 *
 * Tumbling windows are those of Splunk's rule "O365 Multiple Mailboxes Accessed via API" (`countedByTumbling`): a
 * raster aligned to the Unix epoch, one group for each application, ClientInfoString and organisation, users counted.
 * Sliding windows lie anywhere, so that a burst on both sides of a border is found; they hold all ClientInfoStrings of
 * an application together and count mailboxes (`countedBySliding`).
 *
 * @returns by start, tumbling before sliding, then application. Entries without a readable time are in no window.
 */
export function accessWindows(log: TenantLog, settings: AccessSettings): readonly AccessWindow[] {
  // A raster needs one tick at least, however short a length is asked for.
  const span = Math.max(1, Math.round(settings.minutes * 60 * TICKS_PER_SECOND));
  const order = entriesInTime(log);
  const describe = windowDescriber(log, settings);
  const windows: AccessWindow[] = [];

  const offset = Number(EPOCH_TICKS % BigInt(span));
  // By remainder, which is exact: a quotient of numbers this large may round up to the next window.
  const startOf = (ticks: number) => {
    const past = (ticks + offset) % span;
    return ticks - (past < 0 ? past + span : past);
  };
  const byUser = countedByTumbling(log, settings);
  tumble(log, grouped(log, order, byUser), byUser, settings.mailboxes, span, startOf, (entries, most) => {
    const start = startOf(log.ticks[entries[0] as number] as number);
    windows.push(describe("tumbling", entries, most, { start, end: start + span }));
  });

  const byMailbox = countedBySliding(log, settings);
  slide(log, grouped(log, order, byMailbox), byMailbox, settings.mailboxes, span, (entries, most) => {
    windows.push(describe("sliding", entries, most));
  });
  return windows.sort(compareWindows);
}
