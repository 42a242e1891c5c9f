import type { Fired } from "../rule.ts";
import { scoring } from "../rule.ts";

export const addressWatchList = scoring({
  id: "address-watch-list",
  about: "address",
  title: "Address on the watch list",
  description: "The address matches an entry of the list given with --watch.",
  requires: "--watch",
  falsePositives: ["A list that is too wide: ranges hold many customers."],
  blindSpots: ["Addresses that nobody has listed."],
  references: ["https://attack.mitre.org/techniques/T1078/004/"],
  attack: ["T1078.004"],
  nextSteps: ["Say where the entry comes from and how old it is."],
  settings: {
    listed: { is: 74, says: "points for a listed address that logged on" },
    failed: { is: 22, says: "points where all that was done or tried from it failed, or succeeded in part" },
  },
  assess(picture, { listed, failed }) {
    const { watch } = picture.knowledge;
    if (watch === undefined) return { fired: [], missing: "no --watch list was given" };
    const fired: Fired[] = [];
    for (const { address, activity, entered: sure } of picture.addresses.values()) {
      const entry = watch.matchAddress(address);
      if (entry === undefined) continue;
      const entered = activity.logons.length > 0 || activity.rows.length > 0;
      const known = [...sure, ...[...activity.failures, ...activity.partials].map(({ row }) => row)];
      // Attempts that failed are only counted: their first and last row stand for them.
      const attempts = [...new Set([activity.firstRow, activity.lastRow])];
      fired.push({
        entity: address,
        text: `on the watch list as ${entry}`,
        points: entered ? listed : failed,
        rows: known.length > 0 ? known : attempts,
      });
    }
    return { fired };
  },
});
