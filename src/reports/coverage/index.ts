import { isAuditRow } from "../../joins/rows.ts";
import { filterWords } from "../../joins/filter-words.ts";
import type { JoinedCase } from "../../joins/joined-case.ts";
import { TICKS_PER_SECOND } from "../../ingest/timestamp.ts";
import { untimedAddresses } from "../../joins/untimed-addresses.ts";
import type { Report, TableSink } from "../report.ts";
import { sayActivities, sayActivitiesBlind } from "./activities.ts";
import type { SyncedFolders } from "./audit.ts";
import { noteSynced, sayAudit, sayAuditBlind } from "./audit.ts";
import type { Part, SayCoverage } from "./say.ts";
import { plural } from "./say.ts";

const HOUR = 3600 * TICKS_PER_SECOND;

function writeCoverage(joined: JoinedCase, synced: SyncedFolders, sink: TableSink): void {
  const { mailboxCase, logged: order } = joined;
  const { mailbox, rows, filter } = mailboxCase;
  const isTimed = (row: number) => !Number.isNaN(rows.ticks[row]);
  const first = order[0];
  // Where no time can be read at all, the last row of the source.
  const last = order.findLast(isTimed) ?? order.at(-1);
  const timeOf = (row: number) => joined.recordOf(row).timeStamp;
  const say: SayCoverage = ({ from, to, kind, detail, source = from }) => {
    const until = typeof to === "string" ? to : timeOf(to);
    sink.row([timeOf(from), until, kind, detail], { mailbox, ...joined.sourceOf(source) });
  };
  if (first === undefined || last === undefined) return;
  const part = (chosen: Uint32Array): Part | undefined => {
    const start = chosen[0];
    const end = chosen.findLast(isTimed) ?? chosen.at(-1);
    return start === undefined || end === undefined ? undefined : { rows: chosen, first: start, last: end };
  };
  const isAudit = (row: number) => isAuditRow(rows, row);
  // Most mailboxes have evidence of one kind: no copy of its order is needed then.
  const hasAudit = mailboxCase.clients.length > 1;
  const activities = part(hasAudit ? order.filter((row) => !isAudit(row)) : order);
  const audit = hasAudit ? part(order.filter(isAudit)) : undefined;
  if (activities !== undefined) sayActivities(joined, activities, say);
  if (audit !== undefined) sayAudit(joined, audit, say);
  for (const { before, after } of joined.silences) {
    const hours = Math.floor(((rows.ticks[after] as number) - (rows.ticks[before] as number)) / HOUR);
    say({ from: before, to: after, kind: "gap", detail: `no record of any kind for ${hours} hours` });
  }
  if (activities !== undefined) sayActivitiesBlind(joined, activities, say);
  if (audit !== undefined) sayAuditBlind(joined, audit, synced, say);
  // Of times that cannot be read nobody knows the stretch: each has the texts of its own first and last row.
  const sayUntimed = (own: ArrayLike<number>, detail: string) => {
    const from = own[0];
    if (from !== undefined) say({ from, to: own[own.length - 1] as number, kind: "gap", detail });
  };
  const untimed = order.filter((row) => !isTimed(row));
  sayUntimed(
    untimed,
    `${plural(untimed.length, "row")} without a readable time: listed last, with no address but one that the record itself names, and not counted in ip-scores`,
  );
  const { addresses, rows: carrying } = untimedAddresses(joined);
  sayUntimed(
    carrying,
    `addresses that occur only at times that cannot be read, and so in no score: ${[...addresses].join(", ")}`,
  );
  const hidden = order.length - joined.order.length;
  if (hidden > 0) {
    const detail = `${plural(hidden, "row")} left out of the tables by ${filterWords(filter)}`;
    say({ from: first, to: last, kind: "filtered", detail });
  }
}

/** From when to when the log speaks, and where "no row" does not mean "did not happen". */
export const coverage: Report = {
  table: "coverage",
  columns: ["From", "To", "Kind", "Detail"],
  families: new Set(["read"]),
  order: "mailbox",
  begin(joined, sink) {
    const synced: SyncedFolders = new Map();
    return {
      event(event) {
        noteSynced(synced, event);
      },
      finish() {
        writeCoverage(joined, synced, sink);
      },
    };
  },
};
