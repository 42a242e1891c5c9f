import { TICKS_PER_SECOND } from "../ingest/timestamp.ts";
import type { ActivityType } from "../model/event.ts";
import type { MailboxCase } from "./mailbox-case.ts";
import type { NumberLinks } from "../model/number-links.ts";
import { newNumberLinks } from "../model/number-links.ts";

/** An end more than a day after its start is no measure of reading any more. */
const LONGEST_DISPLAY = 86_400 * TICKS_PER_SECOND;

/**
 * For how long messages stayed on display: from a start to the end of the same item in the same session,
 * application and view. An end closes the latest start that is still open; a start without an end has no dwell time,
 * which is not the same as none.
 *
 * @param order rows in time order.
 * @returns the row of the end by that of the start.
 */
export function displayEnds(mailboxCase: MailboxCase, order: Uint32Array): NumberLinks {
  const { rows, types } = mailboxCase;
  const views = types.map((type) => viewOf(type));
  const open = new Map<number, number[]>();
  const ends = newNumberLinks();
  for (const row of order) {
    const type = rows.type[row] as number;
    const view = views[type];
    const item = rows.item[row] as number;
    if (view === undefined || item < 0) continue;
    const starts = open.get(item);
    if ((types[type] as ActivityType).role === "start") {
      if (starts === undefined) open.set(item, [row]);
      else starts.push(row);
      continue;
    }
    const at =
      starts?.findLastIndex(
        (start) =>
          rows.session[start] === rows.session[row] &&
          rows.sessionMore[start] === rows.sessionMore[row] &&
          rows.app[start] === rows.app[row] &&
          views[rows.type[start] as number] === view,
      ) ?? -1;
    if (starts === undefined || at < 0) continue;
    const [start] = starts.splice(at, 1) as [number];
    if (starts.length === 0) open.delete(item);
    const ticks = (rows.ticks[row] as number) - (rows.ticks[start] as number);
    if (ticks >= 0 && ticks <= LONGEST_DISPLAY) ends.set(start, row);
  }
  return ends;
}

/** The seconds from the start of a display to its end; undefined where no end of it is known. */
export function dwellSeconds({ rows: { ticks } }: MailboxCase, ends: NumberLinks, start: number): number | undefined {
  const end = ends.get(start);
  return end === undefined ? undefined : ((ticks[end] as number) - (ticks[start] as number)) / TICKS_PER_SECOND;
}

/** ReadingPaneDisplayStart and -End are one view, InspectorDisplayStart and -End another. */
function viewOf(type: ActivityType): string | undefined {
  if (type.family !== "read" || (type.role !== "start" && type.role !== "end")) return undefined;
  return type.name.replace(/(?:Start|End)$/, "");
}
