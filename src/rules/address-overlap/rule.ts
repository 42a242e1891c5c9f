import { TICKS_PER_SECOND } from "../../ingest/timestamp.ts";
import type { AddressView } from "../picture.ts";
import { rowOrderOf, hasOwnClients } from "../picture.ts";
import type { Fired } from "../rule.ts";
import { scoring } from "../rule.ts";

export const addressOverlap = scoring({
  id: "address-overlap",
  about: "address",
  title: "At work beside the owner, with the same application",
  description:
    "While an application was in use from a familiar address, the same application was used from this one in between: somebody there, then here, then there again within minutes. People have several devices, but hardly two browsers in two places at once.",
  requires: "rows of Outlook on the web that are attributed with high confidence, from familiar addresses too",
  falsePositives: ["A VPN that is switched on and off; a remote desktop."],
  blindSpots: ["An intruder who works while the owner sleeps.", "Rows that no session ties to an address."],
  references: ["https://attack.mitre.org/techniques/T1078/004/"],
  attack: ["T1078.004"],
  nextSteps: ["Ask the owner whether they worked at both places at that time."],
  settings: {
    beside: { is: 14, says: "points for work in between" },
    same: { is: 8, says: "points where the client is one of the owner's, as with a VPN switched on and off" },
    minutes: { is: 15, says: "minutes before and after within which the owner was there", takes: "length" },
    applications: { is: ["Web", "OWA"], says: "applications that hardly anybody uses twice at once" },
  },
  assess(picture, { beside, same, minutes, applications }) {
    const { apps, rows } = picture.joined.mailboxCase;
    const counted = new Set(applications.map((name) => apps.indexOf(name)).filter((app) => app >= 0));
    const width = minutes * 60 * TICKS_PER_SECOND;
    const fired: Fired[] = [];
    const moments = [...picture.addresses.values()].flatMap((view) =>
      [...view.activity.logons.map(({ row }) => row), ...view.activity.rows]
        .filter((row) => counted.has(rows.app[row] as number) && isSure(picture.activities.confidenceOf(row)))
        .map((row) => ({ row, view })),
    );
    const compare = rowOrderOf(picture);
    moments.sort((a, b) => compare(a.row, b.row));
    // The nearest row of a familiar address before and after each row.
    const before: number[] = [];
    const last = new Map<number, number>();
    for (const [at, { row, view }] of moments.entries()) {
      const app = rows.app[row] as number;
      if (view.familiar) last.set(app, row);
      before[at] = last.get(app) ?? -1;
    }
    const found = new Map<AddressView, readonly [number, number, number]>();
    const next = new Map<number, number>();
    for (let at = moments.length - 1; at >= 0; at--) {
      const { row, view } = moments[at] as (typeof moments)[number];
      const app = rows.app[row] as number;
      if (view.familiar) {
        next.set(app, row);
        continue;
      }
      const previous = before[at] as number;
      const following = next.get(app);
      if (previous < 0 || following === undefined || !view.outside) continue;
      const now = rows.ticks[row] as number;
      if (now - (rows.ticks[previous] as number) > width || (rows.ticks[following] as number) - now > width) continue;
      found.set(view, [previous, row, following]);
    }
    // Walked backward, the last one found of an address is its first.
    for (const [view, cited] of found) {
      const isOwn = hasOwnClients(picture, view);
      fired.push({
        entity: view.address,
        text: `${apps[rows.app[cited[1]] as number] ?? ""} in use here between two uses of a familiar address, within ${minutes} minutes of each${isOwn ? ", with a client that the owner uses" : ""}`,
        points: isOwn ? same : beside,
        rows: cited,
      });
    }
    return {
      fired,
      missing: last.size === 0 ? "no certain use of these applications from a familiar address" : undefined,
    };
  },
});

function isSure(confidence: string): boolean {
  return confidence === "high" || confidence === "certain";
}
