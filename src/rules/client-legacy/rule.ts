import { SYNCING_CLIENTS } from "../../joins/exposure.ts";
import { scoring } from "../rule.ts";

export const clientLegacy = scoring({
  id: "client-legacy",
  about: "client",
  title: "Legacy protocol",
  description:
    "A protocol or client that signs in with name and password alone (IMAP4, POP3, BAV2ROPC, CBAInPROD), so that a second factor does not stand in its way.",
  requires: "logons with AppIdType or UserAgent",
  falsePositives: ["Old programs, scanners and telephones of the owner's."],
  blindSpots: ["Legacy sign-ins by ActiveSync, Exchange Web Services or MAPI look like modern ones here."],
  references: ["https://attack.mitre.org/techniques/T1078/004/"],
  attack: ["T1078.004"],
  nextSteps: ["Find out whether the tenant allowed legacy authentication at that time."],
  settings: {
    legacy: { is: 10, says: "points for a legacy protocol that logged on" },
    agents: { is: ["BAV2ROPC", "CBAInPROD"], says: "user agents that begin so" },
  },
  assess(picture, { legacy, agents }) {
    const fired = picture.clients.flatMap(({ key, label, kind, logons }) => {
      const agent = kind === "user agent" ? agents.find((name) => label.startsWith(name)) : undefined;
      const name = kind === "application type" && SYNCING_CLIENTS.has(label) ? label : agent;
      if (name === undefined || logons.length === 0) return [];
      return [{ entity: key, text: `${name} signs in with a password alone`, points: legacy, rows: logons }];
    });
    return { fired, missing: picture.logons.length === 0 ? "no successful logon is logged" : undefined };
  },
});
