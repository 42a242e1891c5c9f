import { SYNCING_CLIENTS } from "../../joins/exposure.ts";
import { dayOf } from "../../joins/address-activity.ts";
import type { Fired } from "../rule.ts";
import { scoring } from "../rule.ts";

export const addressSync = scoring({
  id: "address-sync",
  about: "address",
  title: "First IMAP4 or POP3 logon from a strange network",
  description:
    "IMAP4 and POP3 clients copy the mailbox when they log on and leave no record of it. A first success from a network that does nothing else here means that everything delivered before it has to be taken for copied.",
  requires: "ServerLogon records with AppIdType IMAP4 or POP3",
  falsePositives: ["A mail program or scanner that was newly set up; a migration service."],
  blindSpots: ["A mailbox that is copied through Exchange Web Services, MAPI or ActiveSync."],
  references: ["https://attack.mitre.org/techniques/T1114/002/"],
  attack: ["T1114.002"],
  nextSteps: [
    "Take every message delivered before the logon for exposed: exposure.tsv lists them as mailbox-synced.",
    "Ask whether the owner set up such a client.",
  ],
  settings: {
    first: { is: 45, says: "points where nobody used such a client from a familiar network before" },
    another: { is: 20, says: "points where such clients are used from familiar networks, or on many days" },
    usual: { is: 0.3, says: "share of the active days that is many" },
  },
  assess(picture, { first, another, usual }) {
    const { apps } = picture.joined.mailboxCase;
    const isSync = (app: number) => SYNCING_CLIENTS.has(apps[app] as string);
    const usedAtHome = [...picture.addresses.values()].some(
      ({ activity, familiar }) => familiar && activity.logons.some(({ app }) => isSync(app)),
    );
    /** The only network of each day with such logons; empty for a day of several. */
    const networkOfDay = new Map<number, string>();
    for (const { app, address, ticks } of picture.logons) {
      if (!isSync(app)) continue;
      const network = picture.addresses.get(address)?.network ?? "";
      const known = networkOfDay.get(dayOf(ticks)) ?? network;
      networkOfDay.set(dayOf(ticks), known === network ? network : "");
    }
    const daysAlone = new Map<string, number>();
    for (const network of networkOfDay.values()) daysAlone.set(network, (daysAlone.get(network) ?? 0) + 1);
    const fired: Fired[] = [];
    for (const { address, activity, network, stranger } of picture.addresses.values()) {
      if (!stranger) continue;
      const syncs = activity.logons.filter(({ app }) => isSync(app));
      const [sync] = syncs;
      if (sync === undefined) continue;
      // What this network does every day makes it no habit of the mailbox.
      const otherDays = networkOfDay.size - (daysAlone.get(network) ?? 0);
      const isUsual = usedAtHome || otherDays / picture.days >= usual;
      fired.push({
        entity: address,
        text: `first successful ${apps[sync.app]} logon at ${sync.timeStamp}${isUsual ? "; such clients are usual here" : ", and none from a familiar network"}`,
        points: isUsual ? another : first,
        rows: syncs.map(({ row }) => row),
      });
    }
    return { fired, missing: picture.logons.length === 0 ? "no successful logon names an address" : undefined };
  },
});
