import type { AddressPresence } from "../../joins/address-presence.ts";
import { parseTicks } from "../../ingest/timestamp.ts";
import { reaches } from "../../model/finding.ts";
import type { FoundInTenant, TenantPlace } from "../rule.ts";
import { inTenant } from "../rule.ts";

/** So many mailboxes are named in a reason; the rest is counted. */
const MOST_NAMES = 20;

/** Somebody was in, as far as records tell: who only failed, at logons or at anything else, or logged on in part, was not. */
function entered({ logons, rows }: AddressPresence): boolean {
  return logons + rows > 0;
}

function counted(count: number, one: string, many: string): string[] {
  return count === 0 ? [] : [`${count} ${count === 1 ? one : many}`];
}

/** What it did in a mailbox, in figures: `tom@contoso.example (scores 20; 3 messages opened, …)`. */
function told(presence: AddressPresence): string {
  const { mailbox, first, firstTime, points } = presence;
  const did = [
    ...counted(presence.logons, "logon", "logons"),
    ...counted(presence.failedLogons, "failed logon", "failed logons"),
    ...counted(presence.partialLogons, "logon that succeeded in part", "logons that succeeded in part"),
    ...counted(presence.failedAttempts, "row of failed attempts", "rows of failed attempts"),
    ...counted(presence.reads, "display or access of messages", "displays or accesses of messages"),
    ...counted(presence.searches, "search", "searches"),
    ...counted(presence.attachments, "attachment", "attachments"),
    ...counted(presence.sent, "record of answering or sending", "records of answering or sending"),
    ...counted(presence.changes, "record of a change", "records of changes"),
    ...counted(presence.others, "other record", "other records"),
  ];
  // What is left are ends of displays that began before the log, and keystrokes that belong to no search of its own.
  if (did.length === 0) did.push(`${presence.rows} ${presence.rows === 1 ? "row" : "rows"}`);
  const whose = mailbox === "" ? `an unnamed mailbox of ${first.file}` : mailbox;
  return `${whose} (scores ${points}; ${did.join(", ")}; first ${firstTime})`;
}

function named(presences: readonly AddressPresence[]): string {
  const rest = presences.length - MOST_NAMES;
  return `${presences.slice(0, MOST_NAMES).map(told).join(", ")}${rest > 0 ? `, and ${rest} more` : ""}`;
}

/** The first and the last record of each. */
function places(presences: readonly AddressPresence[]): TenantPlace[] {
  return presences.flatMap(({ first, last, firstTime, lastTime }) => [
    { ...first, ticks: parseTicks(firstTime) },
    { ...last, ticks: parseTicks(lastTime) },
  ]);
}

/** Ticks of a time; what cannot be read comes last. */
function ticksOf(time: string): number {
  const ticks = parseTicks(time);
  return Number.isNaN(ticks) ? Infinity : ticks;
}

/** The earliest and the latest of times as they are written. */
function extent(presences: readonly AddressPresence[]): Pick<FoundInTenant, "firstTime" | "lastTime"> {
  return {
    firstTime: presences.map(({ firstTime }) => firstTime).reduce((a, b) => (ticksOf(b) < ticksOf(a) ? b : a)),
    lastTime: presences.map(({ lastTime }) => lastTime).reduce((a, b) => (ticksOf(b) > ticksOf(a) ? b : a)),
  };
}

export const addressElsewhere = inTenant({
  id: "address-elsewhere",
  about: "tenant",
  title: "Suspicious address in other mailboxes too",
  description:
    "An address that scores high in one mailbox scores high in others too, or has records in them. Each mailbox is scored by its own habits and alone, so that none of their findings says that one address was in several; and where little was done, together it says where else to look. It is a score of its own: it enters no mailbox's score, and is made of none.",
  requires: "several mailboxes, in one of which an address scores high",
  falsePositives: [
    "An office, a VPN or a mobile provider's gateway behind which many sit, one of whom was compromised or looks so.",
    "A gateway that is new to the whole organisation: it is strange to every mailbox, and scores high in all for one reason.",
  ],
  blindSpots: ["An intruder who uses another address for every mailbox.", "Mailboxes of which no evidence was given."],
  references: ["https://attack.mitre.org/techniques/T1078/004/"],
  attack: ["T1078.004"],
  nextSteps: [
    "Look at these mailboxes as at the first one: what was opened, searched, sent and changed from the address.",
    "Have the accounts' sessions revoked and their passwords changed.",
  ],
  settings: {
    elsewhere: { is: 50, says: "points where it was in another mailbox, too, whether it scores high there or not" },
    further: { is: 10, says: "points for each further mailbox that it was in, up to three" },
    tried: {
      is: 25,
      says: "points where it only made attempts elsewhere that failed or succeeded in part, logons or others",
    },
  },
  find({ addresses, mailboxes }, { elsewhere, further, tried }) {
    const byAddress = new Map<string, AddressPresence[]>();
    for (const presence of addresses) {
      const known = byAddress.get(presence.address);
      if (known === undefined) byAddress.set(presence.address, [presence]);
      else known.push(presence);
    }
    const found: FoundInTenant[] = [];
    for (const [address, presences] of byAddress) {
      const isHigh = ({ points }: AddressPresence) => reaches({ points }, "high");
      const worst = presences.filter(isHigh);
      const first = worst.find(entered) ?? worst[0];
      if (first === undefined || presences.length === 1) continue;
      const others = presences.filter((one) => one !== first);
      const alsoHigh = others.filter((one) => isHigh(one) && entered(one));
      const inside = others.filter((one) => !isHigh(one) && entered(one));
      const outside = others.filter((one) => !entered(one));
      const pointsOf = (count: number) => (count === 0 ? 0 : elsewhere + further * Math.min(3, count - 1));
      const highest = [first, ...alsoHigh];
      const reasons = [
        { text: `scores high in ${named(highest)}`, points: pointsOf(alsoHigh.length), entries: places(highest) },
      ];
      if (inside.length > 0) {
        // The mailboxes in which it scores high are counted above.
        const points = pointsOf(alsoHigh.length + inside.length) - pointsOf(alsoHigh.length);
        reasons.push({ text: `was also in ${named(inside)}`, points, entries: places(inside) });
      }
      if (outside.length > 0) {
        const points = alsoHigh.length + inside.length > 0 ? 0 : tried;
        const words = outside.some(({ partialLogons }) => partialLogons > 0)
          ? "failed attempts or logons that succeeded in part"
          : "failed attempts";
        reasons.push({ text: `has only ${words} in ${named(outside)}`, points, entries: places(outside) });
      }
      found.push({
        entity: { type: "address", value: address },
        // As of an entity's own rules: three that say so by themselves are many.
        confidence: highest.length >= 3 ? "high" : alsoHigh.length + inside.length > 0 ? "medium" : "low",
        reasons,
        mailboxes: presences.map(({ mailbox, first, firstTime }) => ({
          mailbox,
          ...first,
          ticks: parseTicks(firstTime),
        })),
        ...extent(presences),
      });
    }
    return mailboxes < 2 ? { found, missing: "only one mailbox" } : { found };
  },
});
