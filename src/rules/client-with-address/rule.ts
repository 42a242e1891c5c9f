import { dayOf } from "../../joins/address-activity.ts";
import { scoring } from "../rule.ts";

export const clientWithAddress = scoring({
  id: "client-with-address",
  about: "client",
  title: "New client together with a new address",
  description:
    "A user agent whose program was first used by the first logon of an address, from a network that is not familiar, some days into the log: two things were new at once.",
  requires: "logons that name a UserAgent and an address",
  falsePositives: ["A new telephone switched on away from home."],
  blindSpots: ["An intruder with the owner's own program."],
  references: ["https://attack.mitre.org/techniques/T1078/004/"],
  attack: ["T1078.004"],
  nextSteps: ["Compare with ip-scores.tsv of the address."],
  settings: {
    both: { is: 15, says: "points for both being new at once" },
    days: { is: 3, says: "days from the log's beginning during which everything is new", takes: "fraction" },
  },
  assess(picture, { both, days }) {
    const { logons, mailboxCase } = picture.joined;
    const { rows } = mailboxCase;
    const byRow = new Map(logons.map((logon) => [logon.row, logon]));
    const firstOf = new Map<string, number>();
    for (const { client, logons: seen } of picture.clients) {
      const first = seen[0];
      if (client === undefined || first === undefined) continue;
      const known = firstOf.get(client.name);
      const earlier = known === undefined || (rows.ticks[first] as number) < (rows.ticks[known] as number);
      if (earlier) firstOf.set(client.name, first);
    }
    const fired = picture.clients.flatMap(({ key, client, logons: seen }) => {
      const first = seen[0];
      if (client === undefined || first === undefined || firstOf.get(client.name) !== first) return [];
      const address = byRow.get(first)?.address ?? "";
      const view = picture.addresses.get(address);
      if (view?.stranger !== true) return [];
      if (view.activity.logons[0]?.row !== first) return [];
      if (dayOf(rows.ticks[first] as number) - picture.firstDay < days) return [];
      return [{ entity: key, text: `first used by the first logon of ${address}`, points: both, rows: [first] }];
    });
    return { fired, missing: firstOf.size === 0 ? "no successful logon names a client" : undefined };
  },
});
