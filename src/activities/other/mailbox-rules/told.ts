import type { ActivityRecord } from "../../../model/record.ts";
import { cut, joined, listed, quoted } from "../words.ts";
import type { Forwarding } from "./forwarding.ts";
import { readForwarding } from "./forwarding.ts";
import type { InboxRuleActions, MailboxRule, RuleCondition } from "./inbox-rule.ts";
import { readMailboxRule } from "./inbox-rule.ts";
import type { MailboxPermission } from "./permission.ts";
import { readPermission } from "./permission.ts";
import type { TransportRule } from "./transport-rule.ts";
import { readTransportRule } from "./transport-rule.ts";

const CONDITION_WORDS: ReadonlyMap<string, string> = new Map([
  ["subjectorbodycontainswords", "subject or body contains"],
  ["subjectcontainswords", "the subject contains"],
  ["bodycontainswords", "the body contains"],
  ["fromaddresscontainswords", "the sender's address contains"],
  ["recipientaddresscontainswords", "a recipient's address contains"],
  ["headercontainswords", "the header contains"],
  ["from", "from"],
  ["sentto", "sent to"],
  ["rulecondition", "the client's condition is"],
]);

function conditionsTold(conditions: readonly RuleCondition[]): string {
  return conditions
    .map(({ name, words }) => {
      const known = CONDITION_WORDS.get(name.toLowerCase().replace(/^exceptif/, ""));
      return known === undefined ? `${cut(name)} ${listed(words)}` : `${known} ${listed(words)}`;
    })
    .join(" and ");
}

/** What a rule does, in words; empty where the record names no action. */
function actionsTold(actions: InboxRuleActions): string {
  const to = (verb: string, recipients: readonly string[]) =>
    recipients.length === 0 ? undefined : `${verb} ${listed(recipients)}`;
  const text = joined(
    [
      to("forwards to", actions.forwardTo),
      to("redirects to", actions.redirectTo),
      to("forwards as attachment to", actions.forwardAsAttachmentTo),
      actions.moveToFolder === "" ? undefined : `moves to ${cut(actions.moveToFolder)}`,
      actions.copyToFolder === "" ? undefined : `copies to ${cut(actions.copyToFolder)}`,
      actions.deletes ? "deletes" : undefined,
      actions.softDeletes ? "deletes past Deleted Items" : undefined,
      actions.marksRead ? "marks as read" : undefined,
      ...actions.others.map(cut),
    ],
    ", ",
  );
  return actions.stops && text !== "" ? `${text}, stops further rules` : text;
}

/** What a record says of whether the rule works, where it makes or changes one that does not. */
function idleTold({ operation, enabled }: Pick<MailboxRule, "operation" | "enabled">, mode = ""): string {
  const off = enabled === false && ["created", "changed"].includes(operation) ? ", switched off" : "";
  return /^audit/i.test(mode) ? `${off}, to be tried out only (Mode ${cut(mode)})` : off;
}

function ruleTold(rule: MailboxRule): string {
  const called = rule.name === "" ? cut(rule.identity) : quoted(rule.name);
  const actions = actionsTold(rule.actions);
  const what = joined(
    [actions, conditionsTold(rule.conditions) === "" ? "" : `if ${conditionsTold(rule.conditions)}`],
    "; ",
  );
  const silent = ["created", "changed"].includes(rule.operation) ? "the record does not say what it does" : "";
  const all = rule.whole && rule.conditions.length === 0 && actions !== "" ? "for every message" : "";
  const but = rule.exceptions.length === 0 ? "" : `but not if ${conditionsTold(rule.exceptions)}`;
  const head = joined(
    ["inbox rule", called, rule.operation, rule.mailbox === "" ? "" : `in ${cut(rule.mailbox)}`],
    " ",
  );
  const body = joined([what === "" ? silent : what, all, but], "; ");
  return `${head}${idleTold(rule)}${body === "" ? "" : `: ${body}`}`;
}

function transportRuleTold(rule: TransportRule): string {
  const to = (verb: string, recipients: readonly string[]) =>
    recipients.length === 0 ? undefined : `${verb} ${listed(recipients)}`;
  const what = joined(
    [
      to("redirects to", rule.redirectTo),
      to("sends blind copies to", rule.blindCopyTo),
      to("sends copies to", rule.copyTo),
      rule.deletes ? "deletes" : undefined,
      rule.skipsFilter ? "takes messages past the spam filter" : undefined,
    ],
    ", ",
  );
  const conditions = rule.conditions.length === 0 ? "" : `if ${conditionsTold(rule.conditions)}`;
  const but = rule.exceptions.length === 0 ? "" : `but not if ${conditionsTold(rule.exceptions)}`;
  const body = joined([what, conditions, but], "; ");
  const head = joined(["transport rule", rule.name === "" ? "" : quoted(rule.name), rule.operation], " ");
  return `${head}${idleTold(rule, rule.mode)}${body === "" ? "" : `: ${body}`}`;
}

function forwardingTold({ mailbox, addresses, recipients, switchedOff, keepsCopy }: Forwarding): string {
  const of = mailbox === "" ? "" : ` for ${cut(mailbox)}`;
  const to = [...addresses, ...recipients];
  if (to.length === 0) return `forwarding (${switchedOff.join(", ")}) switched off${of}`;
  const copy = keepsCopy === undefined ? "" : keepsCopy ? "the mailbox keeps a copy" : "the mailbox keeps no copy";
  return joined([`everything forwarded to ${listed(to)}${of}`, copy], "; ");
}

function permissionTold(permission: MailboxPermission): string {
  const { operation, rights, grantees, takenFrom, unread, mailbox, folder, autoMapping } = permission;
  const what = rights.length === 0 ? "rights" : listed(rights);
  const where = folder === "" ? cut(mailbox) : joined([cut(folder), cut(mailbox)], " of ");
  const isAll = operation === "removed" && rights.includes("SendOnBehalf");
  const nobody = isAll ? "everybody" : "somebody that the record does not name";
  const who = grantees.length === 0 ? nobody : listed(grantees);
  const verb = operation === "given" ? "given to" : operation === "removed" ? "taken from" : "set for";
  const change = joined(
    [
      grantees.length === 0 && unread !== "" ? undefined : `${verb} ${who}`,
      takenFrom.length === 0 ? undefined : `taken from ${listed(takenFrom)}`,
      unread === "" ? undefined : `set to ${cut(unread)}`,
    ],
    ", ",
  );
  const mapped = autoMapping === false ? "; does not appear in Outlook by itself" : "";
  return `${what} ${where === "" ? "" : `for ${where} `}${change}${mapped}`;
}

/**
 * One line of what a record of an inbox rule, a transport rule, forwarding or a permission says.
 *
 * @returns undefined for every other record.
 */
export function toldRule(record: ActivityRecord): string | undefined {
  const inbox = readMailboxRule(record);
  if (inbox !== undefined) return ruleTold(inbox);
  const transport = readTransportRule(record);
  if (transport !== undefined) return transportRuleTold(transport);
  const forwarding = readForwarding(record);
  const permission = readPermission(record);
  // Set-Mailbox can do both.
  const told = [forwarding && forwardingTold(forwarding), permission && permissionTold(permission)];
  const text = told.filter((words) => words !== undefined).join("; ");
  return text === "" ? undefined : text;
}
