import { syncLogons } from "../../joins/exposure.ts";
import type { JoinedCase } from "../../joins/joined-case.ts";
import { TICKS_PER_SECOND } from "../../ingest/timestamp.ts";
import type { FamilyName } from "../../model/event.ts";
import type { Report, TableSink } from "../report.ts";

const HOUR = 3600 * TICKS_PER_SECOND;

/** What cannot be known where a log has no row of a kind at all. */
const UNKNOWN_WITHOUT: Readonly<Partial<Record<FamilyName, string>>> = {
  logon: "no logon record: addresses cannot be told",
  read: "no record of messages on display: which messages were read cannot be told",
  search: "no search record: whether anybody searched cannot be told",
  attachment: "no attachment record: whether attachments were opened cannot be told",
};

function plural(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? "" : "s"}`;
}

function familyCounts(joined: JoinedCase): ReadonlyMap<FamilyName, number> {
  const { rows, types } = joined.mailboxCase;
  const counts = new Map<FamilyName, number>();
  for (const row of joined.logged) {
    const { family } = types[rows.type[row] as number] ?? { family: "other" };
    counts.set(family, (counts.get(family) ?? 0) + 1);
  }
  return counts;
}

function writeCoverage(joined: JoinedCase, sink: TableSink): void {
  const { mailboxCase } = joined;
  const { mailbox, rows, filter } = mailboxCase;
  const { logged: order } = joined;
  const first = order[0];
  const last = order.findLast((row) => !Number.isNaN(rows.ticks[row]));
  const timeOf = (row: number) => joined.recordOf(row).timeStamp;
  const say = (from: number, to: number, kind: string, detail: string, source = from) => {
    sink.row([timeOf(from), timeOf(to), kind, detail], { mailbox, ...joined.sourceOf(source) });
  };
  if (first === undefined || last === undefined) return;
  const counts = familyCounts(joined);
  const unreadable = order.reduce((count, row) => count + (Number.isNaN(rows.ticks[row]) ? 1 : 0), 0);
  const kinds = [...counts].map(([family, count]) => `${family} ${count}`).join(", ");
  say(first, last, "logged", `${plural(order.length, "row")}: ${kinds}`);
  for (const { before, after } of joined.silences) {
    const hours = Math.floor(((rows.ticks[after] as number) - (rows.ticks[before] as number)) / HOUR);
    say(before, after, "gap", `no record of any kind for ${hours} hours`);
  }
  for (const [family, words] of Object.entries(UNKNOWN_WITHOUT)) {
    if (!counts.has(family as FamilyName)) say(first, last, "gap", words);
  }
  say(first, last, "gap", "what delegates and delegated administrators did is never in this log");
  for (const logon of syncLogons(joined)) {
    const app = mailboxCase.apps[logon.app] ?? "";
    const where = logon.address === "" ? "" : ` from ${logon.address}`;
    say(
      first,
      logon.row,
      "synced",
      `${app} logon${where}: such clients copy the mailbox and leave no record of what was read`,
      logon.row,
    );
  }
  if (unreadable > 0) {
    say(first, last, "gap", `${plural(unreadable, "row")} without a readable time: listed last, never attributed`);
  }
  const hidden = rows.hidden.subarray(0, rows.count).reduce((count, flag) => count + flag, 0);
  if (hidden > 0) {
    say(first, last, "filtered", `${plural(hidden, "row")} left out of the tables by ${filter.words}`);
  }
}

/** From when to when the log speaks, and where "no row" does not mean "did not happen". */
export const coverage: Report = {
  table: "coverage",
  columns: ["From", "To", "Kind", "Detail"],
  families: undefined,
  order: "mailbox",
  begin: (joined, sink) => ({
    finish() {
      writeCoverage(joined, sink);
    },
  }),
};
