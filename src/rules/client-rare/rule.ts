import { percent } from "../picture.ts";
import { scoring } from "../rule.ts";

export const clientRare = scoring({
  id: "client-rare",
  about: "client",
  title: "Least-seen client",
  description:
    "Application types and user agents are stacked by how often and on how many days they occur; those at the bottom of the stack are worth a look. Versions of one program count together.",
  requires: "logons that name a UserAgent, and AppIdType",
  falsePositives: ["A new device, a browser tried once, a program that was updated."],
  blindSpots: ["A client that the intruder uses often is not rare."],
  references: ["https://attack.mitre.org/techniques/T1114/002/"],
  attack: [],
  nextSteps: ["See from which addresses the client was used."],
  settings: {
    rare: { is: 8, says: "points for a rare client" },
    share: { is: 0.02, says: "share of its kind's events up to which a client is rare" },
    days: { is: 2, says: "days up to which a client is rare" },
    least: { is: 50, says: "events of its kind below which nothing is rare" },
  },
  assess(picture, { rare, share, days, least }) {
    const events = new Map<string, number>();
    const together = new Map<string, { events: number; days: Set<number> }>();
    for (const { kind, program, events: seen, days: on } of picture.clients) {
      events.set(kind, (events.get(kind) ?? 0) + seen);
      const all = together.get(program) ?? { events: 0, days: new Set<number>() };
      all.events += seen;
      for (const day of on) all.days.add(day);
      together.set(program, all);
    }
    const fired = picture.clients.flatMap(({ key, kind, program, logons, firstRow, lastRow }) => {
      const all = together.get(program);
      const total = events.get(kind) ?? 0;
      if (all === undefined || total < least || all.events / total > share || all.days.size > days) return [];
      const text = `${all.events} of ${total} events (${percent(all.events / total)}), on ${all.days.size} ${all.days.size === 1 ? "day" : "days"}`;
      return [{ entity: key, text, points: rare, rows: logons.length > 0 ? logons : [firstRow, lastRow] }];
    });
    const most = Math.max(0, ...events.values());
    return { fired, missing: most < least ? `fewer than ${least} events to compare` : undefined };
  },
});
