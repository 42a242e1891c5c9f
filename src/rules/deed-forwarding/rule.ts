import type { Forwarding } from "../../activities/other/mailbox-rules/forwarding.ts";
import { readForwarding } from "../../activities/other/mailbox-rules/forwarding.ts";
import { cut } from "../../activities/other/words.ts";
import { sideOf } from "../../enrich/mailbox-rules/destinations.ts";
import type { Change } from "../mailbox-changes.ts";
import { isTimed } from "../change-ends.ts";
import type { Sign, SignedChange } from "../signed-change.ts";
import { changesOf, findingsOf, otherMailboxes, ownDomains, signOfAddress } from "../mailbox-changes.ts";
import type { Picture } from "../picture.ts";
import type { Values } from "../rule.ts";
import { finding } from "../rule.ts";

const settings = {
  outside: { is: 60, says: "points for forwarding out of the organisation" },
  unknown: { is: 24, says: "points for forwarding to a recipient whose address the record does not tell" },
  inside: { is: 12, says: "points for forwarding within the organisation" },
  suspect: { is: 30, says: "points for forwarding that was set from an address that scores high" },
  least: { is: 22, says: "points from which on forwarding is a finding" },
  domains: { is: [] as readonly string[], says: "further domains of the organisation" },
};

/** Whether the owner still gets the messages, which makes forwarding hard to notice. */
function copyWords({ keepsCopy }: Forwarding): string {
  if (keepsCopy === undefined) return "";
  return keepsCopy ? "; the mailbox keeps a copy, so that nobody misses anything" : "; the mailbox keeps no copy";
}

function signed(
  picture: Picture,
  { row, record, says }: Change<Forwarding>,
  mailbox: string,
  values: Values<typeof settings>,
): SignedChange[] {
  const domains = ownDomains(picture, record, values.domains);
  return [...says.addresses, ...says.recipients].map((recipient) => {
    const side = sideOf(recipient, domains);
    const where =
      side === "outside" ? "out of the organisation, " : side === "inside" ? "within the organisation, " : "";
    const text = `everything is forwarded ${where}to ${cut(recipient)}${copyWords(says)}`;
    const signs: Sign[] = [{ kind: side, text, points: values[side] }];
    return {
      row,
      record,
      entity: recipient,
      mailbox,
      signs: [...signs, ...signOfAddress(picture, row, values.suspect)],
    };
  });
}

function isSame(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

/**
 * The changes of each destination, with those that end it: forwarding is a setting of the mailbox, of which a later
 * record that empties it or sets another destination leaves nothing.
 *
 * @param other as `otherMailboxes` gives it.
 */
function withEnds(
  picture: Picture,
  changes: readonly Change<Forwarding>[],
  other: ReturnType<typeof otherMailboxes>,
  values: Values<typeof settings>,
): SignedChange[] {
  const inForce = new Map<string, readonly string[]>();
  const ever = new Map<string, readonly string[]>();
  return changes.flatMap((change) => {
    const { row, record, says } = change;
    const mailbox = other(record, says.mailbox);
    const ends: SignedChange[] = [];
    for (const [name, now] of [
      ["ForwardingSmtpAddress", says.addresses],
      ["ForwardingAddress", says.recipients],
    ] as const) {
      if (now.length === 0 && !says.switchedOff.includes(name)) continue;
      const key = `${name}\n${mailbox}`;
      const isStill = (recipient: string) => now.some((one) => isSame(one, recipient));
      const ended = now.length === 0 ? "switched off" : `replaced by ${cut(now.join(", "))}`;
      // At a time that cannot be read it may have ended any of them.
      const ending = isTimed(picture, row) ? inForce : ever;
      for (const entity of ending.get(key) ?? []) {
        if (!isStill(entity)) ends.push({ row, record, entity, mailbox, signs: [], ended });
      }
      inForce.set(key, now);
      const known = ever.get(key) ?? [];
      ever.set(key, [...known, ...now.filter((one) => !known.some((other) => isSame(one, other)))]);
    }
    return [...ends, ...signed(picture, change, mailbox, values)];
  });
}

export const deedForwarding = finding({
  id: "deed-forwarding",
  about: "mailbox",
  title: "Everything that a mailbox gets is forwarded",
  description:
    "Forwarding of a mailbox was set (ForwardingSmtpAddress, ForwardingAddress), above all out of the organisation. Switching it off is no finding. Records of one mailbox and destination count together. When it was switched off or given another destination later is told, and how long it was in force.",
  requires: "an audit log with Set-Mailbox records",
  falsePositives: [
    "Forwarding for somebody who has left, or between two mailboxes of one person.",
    "Another domain of the same organisation; give it to the rule as one of `domains`.",
  ],
  blindSpots: [
    "A recipient of the directory (ForwardingAddress) can lead to an address outside.",
    "Forwarding that was set before the log begins, and attempts that failed.",
  ],
  references: ["https://attack.mitre.org/techniques/T1114/003/"],
  attack: ["T1114.003"],
  nextSteps: [
    "Look at the mailbox as it is now (Get-Mailbox, ForwardingSmtpAddress and ForwardingAddress) and switch it off.",
    "What arrived since then is known to the destination: trace it in the tenant's message trace.",
  ],
  settings,
  find(picture, values) {
    const other = otherMailboxes(picture);
    const changes = withEnds(picture, changesOf(picture, ["mailbox-settings"], readForwarding), other, values);
    return findingsOf(picture, "deed-forwarding", changes, values.least);
  },
});
