import { clientOf } from "../../enrich/clients/user-agent.ts";
import { scriptWords } from "../clients.ts";
import { percent, rowOrderOf } from "../picture.ts";
import { isAudit } from "../recorded.ts";
import type { Fired } from "../rule.ts";
import { scoring } from "../rule.ts";

/** So many rows show it as well as all of them. */
const MOST_ROWS = 1000;

export const addressUserAgent = scoring({
  id: "address-user-agent",
  about: "address",
  title: "Scripted client, or one that the owner does not use",
  description:
    "The user agent of a logon, or the client that an audit record names, is that of a script or an attack tool, or a client that was seen on few days and from no familiar network.",
  requires: "logons that name a UserAgent or Browser, or audit records with ClientInfoString",
  falsePositives: ["A new telephone or browser.", "A tool of the company's own."],
  blindSpots: ["A user agent is what the client says of itself: anybody can send the owner's own."],
  references: ["https://attack.mitre.org/techniques/T1114/002/"],
  attack: ["T1114.002"],
  nextSteps: ["Ask the owner for devices and browsers in use at that time."],
  settings: {
    script: { is: 30, says: "points for a script or library" },
    tool: { is: 40, says: "points for an attack tool" },
    foreign: { is: 15, says: "points for a client that the owner does not use" },
  },
  assess(picture, { script, tool, foreign }) {
    const fired: Fired[] = [];
    const compare = rowOrderOf(picture);
    let named = 0;
    for (const { address, activity, clients, entered, stranger } of picture.addresses.values()) {
      named += [...clients.values()].filter(({ kind, family }) => kind !== "unknown" || family !== "").length;
      if (!stranger || entered.length === 0) continue;
      const rowsOf = (name: string) => {
        const logons = activity.logons.filter(({ userAgent }) => clientOf(userAgent).name === name);
        const acted = activity.rows.filter((row) => picture.recorded(row)?.name === name).slice(0, MOST_ROWS);
        return [...logons.map(({ row }) => row), ...acted].sort(compare);
      };
      for (const [name, client] of clients) {
        if (client.kind === "unknown" && client.family === "") continue;
        const share = picture.clientShare.get(name) ?? 0;
        const isOwn = picture.ownClients.has(name);
        const words = scriptWords(client);
        if (words !== undefined) {
          const points = client.kind === "script" ? script : tool;
          fired.push({
            entity: address,
            text: words,
            points: isOwn ? Math.round(points / 3) : points,
            rows: rowsOf(name),
          });
        } else if (!isOwn && (client.kind !== "service" || rowsOf(name).some((row) => isAudit(picture.joined, row)))) {
          const text = `${name}, seen on ${percent(share)} of the active days and from no familiar network`;
          fired.push({ entity: address, text, points: foreign, rows: rowsOf(name) });
        }
      }
    }
    return { fired: strongest(fired), missing: named === 0 ? "no logon names a client" : undefined };
  },
});

/** Of several clients of one address, the one that speaks loudest; the others stand in client-scores.tsv. */
function strongest(fired: readonly Fired[]): readonly Fired[] {
  const best = new Map<string, Fired>();
  for (const one of fired) if (one.points > (best.get(one.entity)?.points ?? 0)) best.set(one.entity, one);
  return [...best.values()];
}
