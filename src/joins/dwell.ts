import { TICKS_PER_SECOND } from "../ingest/timestamp.ts";
import type { ActivityType } from "../model/event.ts";
import type { MailboxCase } from "./mailbox-case.ts";
import type { Rows } from "./rows.ts";
import type { NumberLinks } from "../model/number-links.ts";
import { newNumberLinks } from "../model/number-links.ts";

/** An end more than a day after its start is no measure of reading any more. */
const LONGEST_DISPLAY = 86_400 * TICKS_PER_SECOND;

/** A hash of what start and end of a display have in common. */
function displayHash({ item, session, app }: Rows, row: number, view: number): number {
  let hash = Math.imul(item[row] as number, 0x9e3779b1) ^ view;
  hash = Math.imul(hash ^ (session[row] as number), 0x85ebca6b) ^ (app[row] as number);
  hash = Math.imul(hash ^ (hash >>> 15), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}

/** The displays of messages and previews of attachments of a mailbox. */
export interface Displays {
  /** The row of the end by that of the start, of displays that did not begin anew in between. */
  readonly ends: NumberLinks;
  /** Of the end of a display or preview whose start is logged: whether tables print that start. Undefined of other rows. */
  startOf(row: number): "printed" | "filtered" | undefined;
}

const PRINTED = 1;
const FILTERED = 2;

/**
 * Which end of a display or preview belongs to which start: that of the same item in the same session, application and
 * view. An end closes the latest start that is still open, however long ago. Where the same display began anew meanwhile,
 * the end of the earlier one is lost or cannot be told from that of the later one: a later end says that its start is
 * logged, and not how long it lasted.
 *
 * @param order rows in time order.
 */
export function joinDisplays(mailboxCase: MailboxCase, order: Uint32Array): Displays {
  const { rows, types } = mailboxCase;
  const views = types.map((type) => viewOf(type));
  const viewNumbers = views.map((view) => views.indexOf(view));
  /** Starts without an end so far, by `displayHash`; the complement of the row where the same display began anew. */
  const open = new Map<number, number[]>();
  const ends = newNumberLinks();
  // A byte a row takes less memory than links back.
  const starts = new Uint8Array(rows.count);
  for (const row of order) {
    const type = rows.type[row] as number;
    const view = views[type];
    const item = rows.item[row] as number;
    if (view === undefined || item < 0) continue;
    const key = displayHash(rows, row, viewNumbers[type] as number);
    const waiting = open.get(key);
    const at =
      waiting?.findLastIndex((one) => {
        const start = startAt(one);
        return (
          rows.item[start] === item &&
          rows.session[start] === rows.session[row] &&
          rows.sessionMore[start] === rows.sessionMore[row] &&
          rows.app[start] === rows.app[row] &&
          views[rows.type[start] as number] === view
        );
      }) ?? -1;
    if ((types[type] as ActivityType).role === "start") {
      if (waiting === undefined) open.set(key, [row]);
      else {
        if (at >= 0) waiting[at] = ~startAt(waiting[at] as number);
        waiting.push(row);
      }
      continue;
    }
    if (waiting === undefined || at < 0) continue;
    const [one] = waiting.splice(at, 1) as [number];
    if (waiting.length === 0) open.delete(key);
    const start = startAt(one);
    if (one >= 0) ends.set(start, row);
    starts[row] = rows.hidden[start] === 0 ? PRINTED : FILTERED;
  }
  return {
    ends,
    startOf: (row) => (starts[row] === PRINTED ? "printed" : starts[row] === FILTERED ? "filtered" : undefined),
  };
}

/** The row of a start that waits for its end. */
function startAt(one: number): number {
  return one < 0 ? ~one : one;
}

/**
 * For how many seconds a message stayed on display, of the row of the start. Undefined where no end is logged within a
 * day or the display began anew before it, which is not the same as none, and of every other row.
 */
export function dwellSeconds({ rows, types }: MailboxCase, { ends }: Displays, row: number): number | undefined {
  const { family, role } = types[rows.type[row] as number] as ActivityType;
  const end = family === "read" && role === "start" ? ends.get(row) : undefined;
  if (end === undefined) return undefined;
  const ticks = (rows.ticks[end] as number) - (rows.ticks[row] as number);
  return ticks >= 0 && ticks <= LONGEST_DISPLAY ? ticks / TICKS_PER_SECOND : undefined;
}

/** ReadingPaneDisplayStart and -End are one view, InspectorDisplayStart and -End another; so are both of a preview. */
function viewOf({ name, role }: ActivityType): string | undefined {
  return role === "start" || role === "end" ? name.replace(/(?:Start|End)(?:ed)?$/, "") : undefined;
}
