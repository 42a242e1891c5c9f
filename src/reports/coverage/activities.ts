import { syncLogons } from "../../joins/exposure.ts";
import type { JoinedCase } from "../../joins/joined-case.ts";
import type { FamilyName } from "../../model/event.ts";
import type { Part, SayCoverage } from "./say.ts";
import { plural } from "./say.ts";

/** What cannot be known where a log has no row of a kind at all. */
const UNKNOWN_WITHOUT: Readonly<Partial<Record<FamilyName, string>>> = {
  logon: "no logon record: addresses cannot be told",
  read: "no record of messages on display: which messages were read cannot be told",
  search: "no search record: whether anybody searched cannot be told",
  attachment: "no attachment record: whether attachments were opened cannot be told",
};

type Counts = ReadonlyMap<FamilyName, number>;

function familyCounts({ mailboxCase }: JoinedCase, part: Uint32Array): Counts {
  const { rows, types } = mailboxCase;
  const counts = new Map<FamilyName, number>();
  for (const row of part) {
    const { family } = types[rows.type[row] as number] ?? { family: "other" };
    counts.set(family, (counts.get(family) ?? 0) + 1);
  }
  return counts;
}

/** From when to when an export of the Activities API speaks, and of what. */
export function sayActivities(joined: JoinedCase, { rows, first, last }: Part, say: SayCoverage): void {
  const kinds = [...familyCounts(joined, rows)].map(([family, count]) => `${family} ${count}`).join(", ");
  say({ from: first, to: last, kind: "logged", detail: `${plural(rows.length, "row")}: ${kinds}` });
}

/** What such an export leaves open. */
export function sayActivitiesBlind(joined: JoinedCase, { rows, first, last }: Part, say: SayCoverage): void {
  const { mailboxCase } = joined;
  const counts = familyCounts(joined, rows);
  for (const [family, words] of Object.entries(UNKNOWN_WITHOUT)) {
    if (!counts.has(family as FamilyName)) say({ from: first, to: last, kind: "gap", detail: words });
  }
  const never = "what delegates and delegated administrators did is never in this log";
  say({ from: first, to: last, kind: "gap", detail: never });
  for (const logon of syncLogons(joined)) {
    const app = mailboxCase.apps[logon.app] ?? "";
    const where = logon.named === "" ? "" : ` from ${logon.named}`;
    const detail = `${app} logon${where}: such clients copy the mailbox and leave no record of what was read`;
    say({ from: first, to: logon.row, kind: "synced", detail, source: logon.row });
  }
}
