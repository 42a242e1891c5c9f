import type { MailboxRule, RuleCondition } from "../../activities/other/mailbox-rules/inbox-rule.ts";
import { readMailboxRule } from "../../activities/other/mailbox-rules/inbox-rule.ts";
import { cut, quoted } from "../../activities/other/words.ts";
import { sideOf } from "../../enrich/mailbox-rules/destinations.ts";
import { AWAY_FOLDERS, folderAmong, unseenFolderAmong, UNSEEN_FOLDERS } from "../../activities/folders.ts";
import { nameLook } from "../../enrich/mailbox-rules/names.ts";
import type { Change } from "../mailbox-changes.ts";
import type { Sign } from "../signed-change.ts";
import {
  changesOf,
  findingsOf,
  mailboxOfRule,
  otherMailboxes,
  ownDomains,
  signOfAddress,
  switchOf,
} from "../mailbox-changes.ts";
import type { Picture } from "../picture.ts";
import type { Values } from "../rule.ts";
import { finding } from "../rule.ts";

const settings = {
  redirectOutside: { is: 45, says: "points for a redirection out of the organisation" },
  forwardOutside: { is: 40, says: "points for forwarding out of the organisation" },
  sendUnknown: { is: 15, says: "points for sending on to somebody whose address the record does not tell" },
  sendInside: { is: 8, says: "points for sending on within the organisation" },
  unseen: { is: 45, says: "points for moving messages to a folder that hardly anybody opens" },
  away: { is: 20, says: "points for moving messages to the archive, junk or deleted items" },
  deletes: { is: 24, says: "points for deleting messages" },
  deletesSender: { is: 16, says: "points for deleting what comes from certain senders" },
  words: { is: 30, says: "points for words of money, access or warnings in the conditions" },
  filed: { is: 10, says: "points for words of money or access in a rule that neither hides nor sends out" },
  everything: { is: 38, says: "points for a rule that hides, deletes or sends out whatever comes" },
  bareName: { is: 25, says: "points for a name without any letter or digit" },
  shortName: { is: 10, says: "points for a very short name" },
  marksRead: { is: 6, says: "points for marking as read what is hidden or sent out" },
  suspect: { is: 30, says: "points for a rule that was made from an address that scores high" },
  longest: { is: 5, says: "characters that make a very short name" },
  telling: { is: 6, says: "a term of this weight or more counts among the conditions" },
  least: { is: 22, says: "points from which on a rule is a finding" },
  switchedOff: {
    is: 0.4,
    says: "part of the points that is left for a rule that is switched off from the first; no less than `least` is left",
  },
  unseenFolders: { is: UNSEEN_FOLDERS, says: "folders that hardly anybody opens" },
  awayFolders: { is: AWAY_FOLDERS, says: "folders that messages are put away in" },
  domains: { is: [] as readonly string[], says: "further domains of the organisation" },
};

/** Conditions that name words of a message, and not its sender or recipients. */
const CONTENT = /^(?:subject\w*|body\w*|header)containswords$|^rulecondition$/i;

const LETTER = /[\p{L}\p{N}]/u;

/** A condition that nearly every message meets: an `@` in the sender's address, a blank, a NUL (research on such rules). */
function takesAll({ name, words }: RuleCondition): boolean {
  return /containswords$/i.test(name) && words.every((word) => !LETTER.test(word));
}

/** Who gets the messages, and where they are. */
function signsOfSending(
  picture: Picture,
  { record, says }: Change<MailboxRule>,
  values: Values<typeof settings>,
): Sign[] {
  const { redirectTo, forwardTo, forwardAsAttachmentTo } = says.actions;
  const domains = ownDomains(picture, record, values.domains);
  const signs: Sign[] = [];
  for (const [verb, recipients, outside] of [
    ["redirects", redirectTo, values.redirectOutside],
    ["forwards", [...forwardTo, ...forwardAsAttachmentTo], values.forwardOutside],
  ] as const) {
    for (const recipient of recipients) {
      const side = sideOf(recipient, domains);
      const kind = `send ${side}`;
      if (side === "outside")
        signs.push({ kind, text: `${verb} out of the organisation, to ${cut(recipient)}`, points: outside });
      else if (side === "inside") signs.push({ kind, text: `${verb} to ${cut(recipient)}`, points: values.sendInside });
      else
        signs.push({
          kind,
          text: `${verb} to ${cut(recipient)}, whose address is not told`,
          points: values.sendUnknown,
        });
    }
  }
  return signs;
}

/** What becomes of the messages in the mailbox. */
function signsOfHiding({ actions, conditions }: MailboxRule, values: Values<typeof settings>): Sign[] {
  const { moveToFolder, deletes, softDeletes } = actions;
  const unseen = unseenFolderAmong(moveToFolder, values.unseenFolders);
  const away = unseen === undefined ? folderAmong(moveToFolder, values.awayFolders, true) : undefined;
  const signs: Sign[] = [];
  if (unseen !== undefined) {
    const text = `moves to ${cut(moveToFolder)}, a folder that hardly anybody opens (${unseen})`;
    signs.push({ kind: "hide", text, points: values.unseen });
  }
  if (away !== undefined)
    signs.push({ kind: "hide", text: `moves to ${cut(moveToFolder)} (${away})`, points: values.away });
  if (deletes || softDeletes) {
    const ofSenders = conditions.some(({ name }) => /^from/i.test(name));
    const text = `deletes messages${ofSenders ? " of certain senders" : ""}${softDeletes ? ", past Deleted Items" : ""}`;
    signs.push({ kind: "delete", text, points: ofSenders ? values.deletesSender : values.deletes });
  }
  return signs;
}

function signsOf(picture: Picture, change: Change<MailboxRule>, values: Values<typeof settings>): readonly Sign[] {
  const { row, says } = change;
  const { operation, conditions, exceptions, actions, whole, name } = says;
  // What is switched off or removed does nothing; the timeline tells of it.
  if (operation === "removed" || operation === "disabled") return [];
  const deeds = [...signsOfSending(picture, change, values), ...signsOfHiding(says, values)];
  const hides = deeds.some(({ kind }) => kind !== "send inside" && kind !== "send unknown");
  const signs = [...deeds];
  if (hides && actions.marksRead) signs.push({ kind: "read", text: "marks them as read", points: values.marksRead });
  if (hides && (whole || conditions.length > 0) && conditions.every(takesAll)) {
    const but = exceptions.length === 0 ? "" : " but what its exceptions name";
    const text =
      conditions.length === 0
        ? `has no conditions: it takes every message${but}`
        : `its conditions hold no letter or digit: they take nearly every message${but}`;
    signs.push({ kind: "everything", text, points: values.everything });
  }
  const terms = conditions
    .filter((condition) => CONTENT.test(condition.name))
    .flatMap(({ words }) => words.flatMap((word) => picture.knowledge.terms.match(word)))
    .filter(({ entry }) => entry.weight >= values.telling);
  if (terms.length > 0) {
    const words = [...new Set(terms.map(({ entry, text }) => `${text} (${entry.theme})`))];
    const told = `${words.slice(0, 8).join(", ")}${words.length > 8 ? `, and ${words.length - 8} more` : ""}`;
    // Everybody files invoices; warnings are kept from the owner.
    const isFiled = !hides && terms.every(({ entry }) => entry.theme !== "hiding");
    signs.push({
      kind: "words",
      text: `is about messages with ${told}`,
      points: isFiled ? values.filed : values.words,
    });
  }
  const look = nameLook(name, values.longest);
  if (look === "bare")
    signs.push({ kind: "name", text: `the name has no letter: ${quoted(name)}`, points: values.bareName });
  if (look === "short")
    signs.push({ kind: "name", text: `the name is very short: ${quoted(name)}`, points: values.shortName });
  if (name === "" && whole && deeds.length > 0) {
    signs.push({ kind: "name", text: "it has no name", points: values.bareName });
  }
  // A touch that tells nothing of the rule comes by the hundred when a client writes its rules anew.
  const isTold = name !== "" || signs.length > 0 || says.identity.includes("\\");
  return isTold ? [...signs, ...signOfAddress(picture, row, values.suspect)] : signs;
}

/** What a rule is called: a new one of no name has no number either. */
function entityOf({ name, identity, operation }: MailboxRule): string {
  if (name !== "") return name;
  return operation === "created" || identity === "" ? "a rule without a name" : identity;
}

/** The mailbox that a rule lies in, where its record names one: a new rule without a mailbox is the caller's own. */
function mailboxOf({ mailbox, identity, operation }: MailboxRule): string {
  return mailbox !== "" || operation === "created" ? mailbox : mailboxOfRule(identity);
}

export const deedInboxRule = finding({
  id: "deed-inbox-rule",
  about: "mailbox",
  title: "Inbox rule that hides messages or sends them on",
  description:
    "A rule made or changed in the mailbox that sends messages out of the organisation, deletes them, moves them to where nobody looks, looks for words of money or warnings, is named so that it is overlooked, or was made from an address that scores high. Records of one rule of one mailbox count together. A rule that is switched off from the first to the last of them is told with few points: it may have been meant for later, or for a while that the log does not tell of. Later records that end it are told, or empty or replace one of its actions, and how long that was in force, where they are surely about the same one.",
  requires: "an audit log with New-InboxRule, Set-InboxRule or UpdateInboxRules records",
  falsePositives: [
    "Owners who forward to a private address, or delete what they do not want to see.",
    "Another domain of the same organisation; give it to the rule as one of `domains`.",
  ],
  blindSpots: [
    "A change that names only what it sets: the rest of the rule is not in the record.",
    "ModifyMailboxRule records of UpdateInboxRules, which say nothing of the rule.",
    "A client's rule that names its folder by an id.",
    "Rules made before the log begins, and attempts that failed.",
  ],
  references: [
    "https://attack.mitre.org/techniques/T1564/008/",
    "https://attack.mitre.org/techniques/T1114/003/",
    "https://learn.microsoft.com/en-us/purview/audit-log-identify-mailbox-rules",
  ],
  attack: ["T1564.008", "T1114.003"],
  nextSteps: [
    "Look at the rules as they are now, hidden ones too (Get-InboxRule -IncludeHidden), and remove what nobody owns up to.",
    "Search the folders that the rule moved to: they show what the owner was not to see.",
  ],
  settings,
  find(picture, values) {
    const other = otherMailboxes(picture);
    const changes = changesOf(picture, ["rule"], readMailboxRule).map((change) => ({
      row: change.row,
      record: change.record,
      entity: entityOf(change.says),
      mailbox: other(change.record, mailboxOf(change.says)),
      signs: signsOf(picture, change, values),
      given: change.says.given,
      idle: switchOf(change.says.enabled),
      isUnnamed: change.says.name === "",
      isMade: change.says.operation === "created",
      ...(change.says.operation === "removed" && { ended: "removed" }),
    }));
    return findingsOf(picture, "deed-inbox-rule", changes, values.least, values.switchedOff);
  },
});
