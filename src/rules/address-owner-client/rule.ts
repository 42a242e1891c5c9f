import type { ClientUse, ClientUses } from "../client-uses.ts";
import { clientUses } from "../client-uses.ts";
import type { AddressView } from "../picture.ts";
import { hasOwnClients, rowsOfRole, tooFewDays } from "../picture.ts";
import type { Fired } from "../rule.ts";
import { scoring } from "../rule.ts";

export const addressOwnerClient = scoring({
  id: "address-owner-client",
  about: "address",
  title: "The owner's client doing ordinary work",
  description:
    "Speaks for the owner: the address was only used with clients of familiar networks or of most days, and nothing that intruders do (searches for money, removed traces, copies of the mailbox) came from it but for what is slight, which its words name. So a travelling owner stays below high.",
  requires: "logons or audit records that name a client, and some activity from the address",
  falsePositives: ["An intruder who sends the owner's user agent and only reads."],
  blindSpots: [
    "User agents can be forged.",
    "Outlook on the web looks the same from everywhere where no logon names a browser.",
  ],
  references: [],
  attack: [],
  nextSteps: ["Ask the owner where they were."],
  settings: {
    ordinary: { is: -15, says: "points for ordinary work with the owner's clients" },
    searching: { is: -6, says: "points where there were searches that intruders make, and nothing worse" },
    suspicious: {
      is: [
        "address-deeds",
        "address-sync",
        "address-watch-list",
        "access-subjects",
        "access-volume",
        "session-addresses",
      ],
      says: "rules that must not have fired",
      takes: "rules",
    },
    fewDays: { is: 3, says: "active days below which no client is known for the owner's" },
    slight: { is: 8, says: "points up to which they may have fired all the same" },
  },
  assess(picture, { ordinary, searching, suspicious, slight, fewDays }) {
    const own = picture.ownClients;
    if (picture.days < fewDays) return { fired: [], missing: tooFewDays(picture) };
    let uses: ClientUses | undefined;
    // What access-sync gives points for, which it does when this score is known.
    const isStrangeSync = (view: AddressView) => {
      const synced = rowsOfRole(picture, view, "synced");
      if (synced.length === 0) return false;
      const { useOf, isOwn, isCompared } = (uses ??= clientUses(picture));
      const isStrange = (use: ClientUse | undefined) => use === undefined || !isOwn(use);
      return isCompared && synced.some((row) => isStrange(useOf(row)));
    };
    const fired: Fired[] = [];
    for (const view of picture.addresses.values()) {
      const { address, activity, entered, stranger, clients } = view;
      if (!stranger || !hasOwnClients(picture, view)) continue;
      if ([...clients.values()].some(({ kind }) => kind === "unknown")) continue;
      const { reasons } = picture.verdict.address(address);
      const worse = reasons.filter(({ rule, points }) => points > slight && suspicious.includes(rule));
      if (worse.length > 0 || activity.rows.length === 0) continue;
      if (isStrangeSync(view)) continue;
      const searched = reasons.some(({ rule, points }) => points > slight && rule === "address-searches");
      const passed = reasons.filter(({ rule, points }) => points > 0 && suspicious.includes(rule));
      const but = passed.map(({ rule, points }) => `${rule} +${points}`).join(", ");
      fired.push({
        entity: address,
        text: `only ${[...clients.keys()].join(", ")}, the owner's own, and ${searched ? "no deeds" : "neither deeds nor searches"} as intruders do them${but === "" ? "" : ` but for what is slight (${but})`}`,
        points: searched ? searching : ordinary,
        rows: entered,
      });
    }
    return { fired, missing: own.size === 0 ? "no client is known for the owner's" : undefined };
  },
});
