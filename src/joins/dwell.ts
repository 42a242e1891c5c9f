import { TICKS_PER_SECOND } from "../ingest/timestamp.ts";
import type { ActivityType } from "../model/event.ts";
import type { MailboxCase } from "./mailbox-case.ts";
import type { NumberLinks } from "../model/number-links.ts";
import { newNumberLinks } from "../model/number-links.ts";

/** An end more than a day after its start is no measure of reading any more. */
const LONGEST_DISPLAY = 86_400 * TICKS_PER_SECOND;

/**
 * Which end of a display or preview belongs to which start: that of the same item in the same session, application and
 * view. An end closes the latest start that is still open, however long ago.
 *
 * @param order rows in time order.
 * @returns the row of the end by that of the start, and the row of the start by that of the end.
 */
export function joinDisplays(mailboxCase: MailboxCase, order: Uint32Array): NumberLinks {
  const { rows, types } = mailboxCase;
  const views = types.map((type) => viewOf(type));
  const open = new Map<number, number[]>();
  const displays = newNumberLinks();
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
    displays.set(start, row);
    displays.set(row, start);
  }
  return displays;
}

/**
 * For how many seconds a message stayed on display, of the row of the start. Undefined where no end is logged within a
 * day, which is not the same as none, and of every other row.
 */
export function dwellSeconds({ rows, types }: MailboxCase, displays: NumberLinks, row: number): number | undefined {
  const { family, role } = types[rows.type[row] as number] as ActivityType;
  const end = family === "read" && role === "start" ? displays.get(row) : undefined;
  if (end === undefined) return undefined;
  const ticks = (rows.ticks[end] as number) - (rows.ticks[row] as number);
  return ticks >= 0 && ticks <= LONGEST_DISPLAY ? ticks / TICKS_PER_SECOND : undefined;
}

/** ReadingPaneDisplayStart and -End are one view, InspectorDisplayStart and -End another; so are both of a preview. */
function viewOf({ name, role }: ActivityType): string | undefined {
  return role === "start" || role === "end" ? name.replace(/(?:Start|End)(?:ed)?$/, "") : undefined;
}
