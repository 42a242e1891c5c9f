import { clientOfRow } from "../../joins/mailbox-case.ts";
import { scriptWords } from "../clients.ts";
import type { Picture } from "../picture.ts";
import { rowOrderOf } from "../picture.ts";
import { scoring } from "../rule.ts";

/** So many rows show it as well as all of them. */
const MOST_ROWS = 1000;

/** The rows of audit records that were done with a user agent, or with a ClientInfoString that stands for one. */
function doneWith({ joined }: Picture, label: string): number[] {
  const { mailboxCase, logged } = joined;
  const { rows, types, clients } = mailboxCase;
  const found: number[] = [];
  if (clients.length === 1) return found;
  for (const row of logged) {
    const client = clientOfRow(mailboxCase, row);
    if (client === undefined || types[rows.type[row] as number]?.family === "logon") continue;
    const agent = client.userAgent.trim() === "" ? client.clientInfo : client.userAgent;
    if (agent !== label) continue;
    found.push(row);
    if (found.length === MOST_ROWS) break;
  }
  return found;
}

export const clientScript = scoring({
  id: "client-script",
  about: "client",
  title: "Scripted user agent",
  description:
    "The user agent of a successful logon, or the user agent or ClientInfoString of an audit record, is on the list of libraries, scripts and attack tools.",
  requires: "logons that name a UserAgent, or audit records with UserAgent or ClientInfoString",
  falsePositives: ["Scripts of the company's own."],
  blindSpots: ["A script can send any user agent."],
  references: ["https://attack.mitre.org/detectionstrategies/DET0048/"],
  attack: ["T1114.002"],
  nextSteps: ["See the addresses that used it, and what they did."],
  settings: {
    script: { is: 30, says: "points for a script or library" },
    tool: { is: 50, says: "points for an attack tool" },
  },
  assess(picture, { script, tool }) {
    const compare = rowOrderOf(picture);
    const fired = picture.clients.flatMap(({ key, label, client, logons }) => {
      const text = client === undefined ? undefined : scriptWords(client);
      if (client === undefined || text === undefined) return [];
      const rows = [...logons, ...doneWith(picture, label)].sort(compare);
      if (rows.length === 0) return [];
      return [{ entity: key, text, points: client.kind === "script" ? script : tool, rows }];
    });
    const named = picture.clients.some(({ client }) => client !== undefined);
    return { fired, missing: named ? undefined : "no logon names a client" };
  },
});
