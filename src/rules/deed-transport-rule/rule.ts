import type { TransportRule } from "../../activities/other/mailbox-rules/transport-rule.ts";
import { readTransportRule } from "../../activities/other/mailbox-rules/transport-rule.ts";
import { cut } from "../../activities/other/words.ts";
import { sideOf } from "../../enrich/mailbox-rules/destinations.ts";
import type { Change } from "../mailbox-changes.ts";
import type { Sign } from "../signed-change.ts";
import { changesOf, findingsOf, ownDomains, signOfAddress, switchOf } from "../mailbox-changes.ts";
import type { Picture } from "../picture.ts";
import type { Values } from "../rule.ts";
import { finding } from "../rule.ts";

const settings = {
  redirectOutside: { is: 55, says: "points for redirecting out of the organisation" },
  blindCopyOutside: { is: 55, says: "points for blind copies out of the organisation" },
  copyOutside: { is: 40, says: "points for copies out of the organisation that recipients can see" },
  sendInside: { is: 10, says: "points for redirecting or copying within the organisation, or to an unknown address" },
  deletes: { is: 30, says: "points for deleting messages" },
  skipsFilter: { is: 30, says: "points for taking messages past the spam filter" },
  words: { is: 20, says: "points for words of money, access or warnings in the conditions" },
  everything: { is: 20, says: "points for a rule without conditions that sends on or deletes" },
  suspect: { is: 30, says: "points for a rule that was made from an address that scores high" },
  telling: { is: 6, says: "a term of this weight or more counts among the conditions" },
  least: { is: 22, says: "points from which on a rule is a finding" },
  switchedOff: {
    is: 0.4,
    says: "part of the points that is left for a rule that is switched off or only tried out from the first; no less than `least` is left",
  },
  domains: { is: [] as readonly string[], says: "further domains of the organisation" },
};

const CONTENT = /^(?:subject|header|attachment)\w*(?:words|patterns)$/i;

function signsOf(picture: Picture, change: Change<TransportRule>, values: Values<typeof settings>): readonly Sign[] {
  const { row, record, says } = change;
  if (says.operation === "removed" || says.operation === "disabled") return [];
  const domains = ownDomains(picture, record, values.domains);
  const signs: Sign[] = [];
  for (const [verb, recipients, outside] of [
    ["redirects", says.redirectTo, values.redirectOutside],
    ["sends blind copies", says.blindCopyTo, values.blindCopyOutside],
    ["sends copies", says.copyTo, values.copyOutside],
  ] as const) {
    for (const recipient of recipients) {
      const isOutside = sideOf(recipient, domains) === "outside";
      signs.push({
        kind: isOutside ? "send outside" : "send",
        text: isOutside ? `${verb} out of the organisation, to ${cut(recipient)}` : `${verb} to ${cut(recipient)}`,
        points: isOutside ? outside : values.sendInside,
      });
    }
  }
  if (says.deletes) signs.push({ kind: "delete", text: "deletes messages", points: values.deletes });
  if (signs.length > 0 && says.whole && says.conditions.length === 0) {
    const but = says.exceptions.length === 0 ? "" : " but what its exceptions name";
    const text = `has no conditions: it takes every message${but}`;
    signs.push({ kind: "everything", text, points: values.everything });
  }
  if (says.skipsFilter) {
    signs.push({ kind: "filter", text: "takes messages past the spam filter (SetSCL -1)", points: values.skipsFilter });
  }
  const terms = says.conditions
    .filter(({ name }) => CONTENT.test(name))
    .flatMap(({ words }) => words.flatMap((word) => picture.knowledge.terms.match(word)))
    .filter(({ entry }) => entry.weight >= values.telling);
  if (terms.length > 0) {
    const words = [...new Set(terms.map(({ entry, text }) => `${text} (${entry.theme})`))].slice(0, 8).join(", ");
    signs.push({ kind: "words", text: `is about messages with ${words}`, points: values.words });
  }
  return [...signs, ...signOfAddress(picture, row, values.suspect)];
}

/** Whether a rule is only tried out after a record: in the modes Audit and AuditAndNotify its actions are not taken. */
function modeOf({ mode }: TransportRule): { readonly mode?: string } {
  if (mode === "") return {};
  return { mode: /^audit/i.test(mode) ? `only tried out (Mode ${cut(mode)})` : "" };
}

export const deedTransportRule = finding({
  id: "deed-transport-rule",
  about: "mailbox",
  title: "Transport rule that sends mail out, deletes it or takes it past the filter",
  description:
    "A mail flow rule of the whole organisation, made or changed by the account of this mailbox, that redirects or copies messages out of the organisation, deletes them, or marks them as no spam. Records of one rule count together. A rule that is switched off, or tried out in a mode that takes no actions, from the first to the last of them is told with few points. Later records that end it are told, or empty or replace one of its actions, and how long that was in force, where they are surely about the same one.",
  requires: "an audit log with New-TransportRule or Set-TransportRule records",
  falsePositives: [
    "Archiving and journalling services, and scanners that take back what they have seen.",
    "Another domain of the same organisation; give it to the rule as one of `domains`.",
  ],
  blindSpots: [
    "The log of one mailbox holds only what its own account did.",
    "A change that names only what it sets: the rest of the rule is not in the record.",
    "Connectors, and attempts that failed.",
  ],
  references: ["https://attack.mitre.org/techniques/T1114/003/", "https://attack.mitre.org/techniques/T1564/008/"],
  attack: ["T1114.003", "T1564.008"],
  nextSteps: [
    "Look at the rule as it is now (Get-TransportRule) and ask who ordered it.",
    "Trace the messages that it took in the tenant's message trace.",
  ],
  settings,
  find(picture, values) {
    const changes = changesOf(picture, ["transport-rule"], readTransportRule).map((change) => ({
      row: change.row,
      record: change.record,
      entity: change.says.name,
      mailbox: "",
      signs: signsOf(picture, change, values),
      given: change.says.given,
      idle: { ...switchOf(change.says.enabled), ...modeOf(change.says) },
      isUnnamed: change.says.name === "",
      isMade: change.says.operation === "created",
      ...(change.says.operation === "removed" && { ended: "removed" }),
    }));
    return findingsOf(picture, "deed-transport-rule", changes, values.least, values.switchedOff);
  },
});
