import { dayOf } from "../../joins/address-activity.ts";
import { scoring } from "../rule.ts";

export const clientLate = scoring({
  id: "client-late",
  about: "client",
  title: "Client first seen late in the export",
  description: "A user agent or application type whose program does not occur in the first part of the log at all.",
  requires: "an export of some length",
  falsePositives: ["A new telephone or program."],
  blindSpots: ["An intruder who was there before the export begins."],
  references: ["https://attack.mitre.org/techniques/T1114/002/"],
  attack: [],
  nextSteps: ["Ask the owner what was new at that time."],
  settings: {
    late: { is: 8, says: "points for a client that appears late" },
    part: { is: 0.4, says: "part of the log that must pass without it" },
    days: { is: 7, says: "days that must pass without it", takes: "fraction" },
  },
  assess(picture, { late, part, days }) {
    const { joined } = picture;
    const { ticks } = joined.mailboxCase.rows;
    const last = joined.logged.findLast((row) => !Number.isNaN(ticks[row]));
    const firstDay = dayOf(ticks[joined.logged[0] ?? 0] ?? 0);
    const length = last === undefined ? 0 : dayOf(ticks[last] as number) - firstDay + 1;
    if (length < days * 2)
      return { fired: [], missing: `the log covers only ${length} ${length === 1 ? "day" : "days"}` };
    const first = new Map<string, number>();
    for (const { program, firstRow } of picture.clients) {
      first.set(program, Math.min(first.get(program) ?? Infinity, dayOf(ticks[firstRow] as number)));
    }
    const fired = picture.clients.flatMap(({ key, program, firstRow }) => {
      const passed = (first.get(program) ?? 0) - firstDay;
      if (!(passed >= days && passed / length >= part)) return [];
      return [{ entity: key, text: `first seen on day ${passed + 1} of ${length}`, points: late, rows: [firstRow] }];
    });
    return { fired };
  },
});
