import { scriptWords } from "../clients.ts";
import { scoring } from "../rule.ts";

export const clientScript = scoring({
  id: "client-script",
  about: "client",
  title: "Scripted user agent",
  description: "The user agent of a successful logon is on the list of libraries, scripts and attack tools.",
  requires: "logons that name a UserAgent",
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
    const fired = picture.clients.flatMap(({ key, client, logons }) => {
      if (client === undefined || logons.length === 0) return [];
      const text = scriptWords(client);
      if (text === undefined) return [];
      const points = client.kind === "script" ? script : tool;
      return [{ entity: key, text, points, rows: logons }];
    });
    const named = picture.clients.some(({ client }) => client !== undefined);
    return { fired, missing: named ? undefined : "no logon names a client" };
  },
});
