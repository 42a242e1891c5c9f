import type { Forwarding } from "../../activities/other/mailbox-rules/forwarding.ts";
import { readForwarding } from "../../activities/other/mailbox-rules/forwarding.ts";
import { cut } from "../../activities/other/words.ts";
import { sideOf } from "../../enrich/mailbox-rules/destinations.ts";
import type { Change, Sign, SignedChange } from "../mailbox-changes.ts";
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

export const deedForwarding = finding({
  id: "deed-forwarding",
  about: "mailbox",
  title: "Everything that a mailbox gets is forwarded",
  description:
    "Forwarding of a mailbox was set (ForwardingSmtpAddress, ForwardingAddress), above all out of the organisation. Switching it off is no finding. Records of one mailbox and destination count together.",
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
    const changes = changesOf(picture, ["mailbox-settings"], readForwarding).flatMap((change) =>
      signed(picture, change, other(change.record, change.says.mailbox), values),
    );
    return findingsOf(picture, "deed-forwarding", changes, values.least);
  },
});
