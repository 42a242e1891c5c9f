import { SYNCING_CLIENTS } from "../../joins/exposure.ts";
import type { CaseLogon } from "../../joins/mailbox-case.ts";
import type { Fired } from "../rule.ts";
import { scoring } from "../rule.ts";

export const clientSync = scoring({
  id: "client-sync",
  about: "client",
  title: "IMAP4 or POP3 logged on: mailbox copied",
  description:
    "The first successful logon of a client that copies the mailbox. Every message delivered before it has to be taken for copied, whatever else the log shows.",
  requires: "ServerLogon records",
  falsePositives: ["A mail program of the owner's own."],
  blindSpots: ["What of the copied messages was read leaves no record anywhere."],
  references: ["https://attack.mitre.org/techniques/T1114/002/"],
  attack: ["T1114.002"],
  nextSteps: ["Count the messages that exposure.tsv lists as mailbox-synced."],
  settings: {
    strange: { is: 45, says: "points where the first success came from a network that is not familiar" },
    familiar: { is: 10, says: "points otherwise: a familiar or inner network, or no address recorded" },
  },
  assess(picture, { strange, familiar }) {
    const { rows, items, logons } = picture.joined.mailboxCase;
    const byRow = new Map(logons.map((logon) => [logon.row, logon]));
    const fired: Fired[] = [];
    for (const { key, label, kind, logons: seen } of picture.clients) {
      if (kind !== "application type" || !SYNCING_CLIENTS.has(label) || seen.length === 0) continue;
      const strangers = seen
        .map((row) => byRow.get(row) as CaseLogon)
        .filter(({ address }) => picture.addresses.get(address)?.stranger === true);
      const first = strangers[0] ?? (byRow.get(seen[0] as number) as CaseLogon);
      let before = 0;
      for (let item = 0; item < items.count; item++) {
        const delivered = items.delivered[item] as number;
        if (delivered >= 0 && (rows.ticks[delivered] as number) <= first.ticks) before++;
      }
      fired.push({
        entity: key,
        text: `successful logon from ${first.named === "" ? "an address that is not recorded" : first.named} at ${first.timeStamp}; ${before} messages of this log were delivered before it`,
        points: strangers.length > 0 ? strange : familiar,
        rows: strangers.length > 0 ? strangers.map(({ row }) => row) : seen,
      });
    }
    return { fired, missing: logons.length === 0 ? "no logon is logged" : undefined };
  },
});
