import { TICKS_PER_SECOND } from "../../ingest/timestamp.ts";
import { dayOf } from "../../joins/address-activity.ts";
import type { TenantLog } from "../../joins/tenant-log.ts";
import { mailboxKey } from "../../joins/tenant-log.ts";
import { isAllowedAddress, isOutsideAddress } from "../listed-addresses.ts";
import { percent } from "../picture.ts";
import type { FoundInTenant, TenantPicture, TenantReason } from "../rule.ts";
import { inTenant } from "../rule.ts";
import { noAccess, toldAccess } from "../tenant-access.ts";

/** The mailboxes of a log by number, of each context; -1 where it names none, or access to it failed. */
function mailboxNumbers({ contexts }: TenantLog): readonly number[] {
  const numbers = new Map<string, number>([["", -1]]);
  return contexts.map((context) => {
    const key = context.failed ? "" : mailboxKey(context);
    const known = numbers.get(key);
    if (known !== undefined) return known;
    const number = numbers.size - 1;
    numbers.set(key, number);
    return number;
  });
}

/** Accesses from each outside address that reached more mailboxes than `least`; numbers of entries. */
function accessesByAddress(
  { log, knowledge }: TenantPicture,
  mailboxOf: readonly number[],
  least: number,
): readonly (readonly [address: string, accesses: readonly number[]])[] {
  const seen = log.addresses.map((address) =>
    address !== "" && isOutsideAddress(knowledge, address) && !isAllowedAddress(knowledge, address)
      ? new Set<number>()
      : undefined,
  );
  for (let at = 0; at < log.count; at++) {
    const mailbox = mailboxOf[log.context[at] as number] as number;
    if (mailbox >= 0) seen[log.address[at] as number]?.add(mailbox);
  }
  const accesses = seen.map((mailboxes) => ((mailboxes?.size ?? 0) > least ? ([] as number[]) : undefined));
  for (let at = 0; at < log.count; at++) {
    if (log.contexts[log.context[at] as number]?.failed !== true) accesses[log.address[at] as number]?.push(at);
  }
  return accesses.flatMap((list, address) =>
    list === undefined ? [] : [[log.addresses[address] as string, list] as const],
  );
}

/** The accesses of the stretch, no longer than `length` in ticks, that reach the most mailboxes, and how many those are. */
function densest(
  { ticks, context }: TenantLog,
  accesses: readonly number[],
  mailboxOf: readonly number[],
  length: number,
): { readonly mailboxes: number; readonly accesses: readonly number[] } {
  const inTime = accesses
    .filter((at) => !Number.isNaN(ticks[at]))
    .toSorted((a, b) => (ticks[a] as number) - (ticks[b] as number) || a - b);
  const open = new Map<number, number>();
  let start = 0;
  let best = { mailboxes: 0, from: 0, to: 0 };
  for (const [end, at] of inTime.entries()) {
    const mailbox = mailboxOf[context[at] as number] as number;
    open.set(mailbox, (open.get(mailbox) ?? 0) + 1);
    for (;;) {
      const first = inTime[start] as number;
      if ((ticks[at] as number) - (ticks[first] as number) <= length) break;
      const left = mailboxOf[context[first] as number] as number;
      const count = (open.get(left) ?? 1) - 1;
      if (count === 0) open.delete(left);
      else open.set(left, count);
      start++;
    }
    open.delete(-1);
    if (open.size > best.mailboxes) best = { mailboxes: open.size, from: start, to: end + 1 };
  }
  return { mailboxes: best.mailboxes, accesses: inTime.slice(best.from, best.to) };
}

/** On how many days there was access of any kind. */
function daysOfLog({ ticks, count }: TenantLog): number {
  const days = new Set<number>();
  for (let at = 0; at < count; at++) if (!Number.isNaN(ticks[at])) days.add(dayOf(ticks[at] as number));
  return days.size;
}

function daysOf({ ticks }: TenantLog, accesses: readonly number[]): number {
  return new Set(accesses.map((at) => dayOf(ticks[at] as number)).filter((day) => !Number.isNaN(day))).size;
}

export const addressManyMailboxes = inTenant({
  id: "address-many-mailboxes",
  about: "tenant",
  title: "One address in many mailboxes",
  description:
    "From one outside address more mailboxes were accessed than one person has, within a short time or over the whole audit log. Addresses that are in use on a fair share of the log's days are taken for an office's and passed over.",
  requires: "MailItemsAccessed records of several mailboxes that carry an address",
  falsePositives: [
    "An office, a VPN or a mail gateway of the organisation's own behind one address: add it to the allow-list. In a short log nothing shows that it is one.",
    "Services that read mailboxes for the organisation.",
  ],
  blindSpots: [
    "An intruder who comes from the organisation's own network, or changes addresses.",
    "Mailboxes whose licence does not log MailItemsAccessed; the same access is logged once an hour.",
    "Addresses of Microsoft's, through which applications may come, unless they are on the watch list.",
  ],
  references: [
    "https://attack.mitre.org/techniques/T1114/002/",
    "https://attack.mitre.org/techniques/T1078/004/",
    "https://attack.mitre.org/detectionstrategies/DET0048/",
  ],
  attack: ["T1114.002", "T1078.004"],
  nextSteps: [
    "Find out whose address it is; ask the owners of the mailboxes whether it is theirs.",
    "Go through each mailbox's own tables, filtered by the address.",
  ],
  settings: {
    burst: { is: 50, says: "points for many mailboxes within a short time" },
    whole: { is: 30, says: "points where they are many over the whole log alone" },
    mailboxes: { is: 5, says: "mailboxes above which there are many within a short time" },
    minutes: { is: 60, says: "minutes that are a short time", takes: "length" },
    mailboxesInAll: { is: 20, says: "mailboxes above which there are many over the whole log" },
    ownShare: { is: 0.4, says: "share of the log's days from which on an address is taken for an office's" },
    leastDays: { is: 5, says: "days with access that a log needs for such a share" },
  },
  find(picture, { burst, whole, mailboxes, minutes, mailboxesInAll, ownShare, leastDays }) {
    const { log } = picture;
    const mailboxOf = mailboxNumbers(log);
    const days = daysOfLog(log);
    const found: FoundInTenant[] = [];
    for (const [address, accesses] of accessesByAddress(picture, mailboxOf, Math.min(mailboxes, mailboxesInAll))) {
      const own = daysOf(log, accesses);
      if (days >= leastDays && own / days >= ownShare) continue;
      const best = densest(log, accesses, mailboxOf, minutes * 60 * TICKS_PER_SECOND);
      const all = toldAccess(log, accesses);
      const reasons: TenantReason[] = [];
      if (best.mailboxes > mailboxes) {
        const told = toldAccess(log, best.accesses);
        const text = `${best.mailboxes} mailboxes within ${minutes} minutes from ${told.firstTime.replace(/\.0+Z$/, "Z")} on (${told.names}), in ${told.records}`;
        reasons.push({ text, points: burst, entries: told.entries });
      }
      const isManyInAll = all.mailboxes.length > mailboxesInAll;
      if (reasons.length === 0 && !isManyInAll) continue;
      const text = `${all.mailboxes.length} mailboxes in all (${all.names}), in ${all.records} on ${own} of the log's ${days} days (${percent(own / days)})`;
      reasons.push({ text, points: reasons.length === 0 ? whole : 0, entries: all.entries });
      const watched = picture.knowledge.watch?.matchAddress(address);
      if (watched !== undefined) {
        reasons.push({ text: `on the watch list as ${watched}`, points: 0, entries: all.entries });
      }
      const { firstTime, lastTime } = all;
      found.push({
        entity: { type: "address", value: address },
        confidence: days >= leastDays ? "medium" : "low",
        reasons,
        mailboxes: all.mailboxes,
        firstTime,
        lastTime,
      });
    }
    const missing = noAccess(log);
    return missing === undefined ? { found } : { found, missing };
  },
});
