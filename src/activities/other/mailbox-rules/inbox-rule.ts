import type { ActivityRecord } from "../../../model/record.ts";
import { readClientRule } from "./client-rule.ts";
import type { GivenAction, NamedValues } from "./named-values.ts";
import { givenActions, lastPart, listOf, parametersOf, recipientsOf } from "./named-values.ts";

export interface RuleCondition {
  /** The parameter's name, such as `SubjectContainsWords`. */
  readonly name: string;
  readonly words: readonly string[];
}

export interface InboxRuleActions {
  readonly forwardTo: readonly string[];
  readonly redirectTo: readonly string[];
  readonly forwardAsAttachmentTo: readonly string[];
  /** As the record writes it: a path, a name, or an id; empty where nothing is moved. */
  readonly moveToFolder: string;
  readonly copyToFolder: string;
  /** To Deleted Items. */
  readonly deletes: boolean;
  /** Past Deleted Items (SoftDeleteMessage, PermanentDelete). */
  readonly softDeletes: boolean;
  readonly marksRead: boolean;
  readonly stops: boolean;
  /** Names of further actions. */
  readonly others: readonly string[];
}

/** What an audit record says of one inbox rule. */
export interface MailboxRule {
  readonly operation: "created" | "changed" | "enabled" | "disabled" | "removed";
  /** As its maker named it; empty where the record does not say. */
  readonly name: string;
  /** By what the record calls it otherwise: `mailbox\name`, `mailbox\number`, a RuleId; empty where by nothing. */
  readonly identity: string;
  /** The mailbox, where a cmdlet was told one; empty otherwise. */
  readonly mailbox: string;
  readonly conditions: readonly RuleCondition[];
  readonly exceptions: readonly RuleCondition[];
  readonly actions: InboxRuleActions;
  /** The actions that send messages on, move or delete them, as far as the record gives them: those it empties too. */
  readonly given: readonly GivenAction[];
  /** Whether the rule works from now on; undefined where the record does not say, and leaves that as it was. */
  readonly enabled: boolean | undefined;
  /** The record holds all of the rule. A change names only what it sets, and some name nothing at all. */
  readonly whole: boolean;
}

const OPERATIONS: ReadonlyMap<string, MailboxRule["operation"]> = new Map([
  ["new-inboxrule", "created"],
  ["set-inboxrule", "changed"],
  ["enable-inboxrule", "enabled"],
  ["disable-inboxrule", "disabled"],
  ["remove-inboxrule", "removed"],
]);

/** Conditions of New-InboxRule (Exchange PowerShell reference); each has an exception `ExceptIf…`. */
const CONDITIONS = new Set(
  [
    "BodyContainsWords SubjectContainsWords SubjectOrBodyContainsWords FromAddressContainsWords From SentTo",
    "RecipientAddressContainsWords HeaderContainsWords FromSubscription FlaggedForAction HasAttachment",
    "HasClassification MessageTypeMatches MyNameInCcBox MyNameInToBox MyNameInToOrCcBox MyNameNotInToBox",
    "ReceivedAfterDate ReceivedBeforeDate SentOnlyToMe WithImportance WithinSizeRangeMaximum",
    "WithinSizeRangeMinimum WithSensitivity",
  ].flatMap((line) => line.toLowerCase().split(" ")),
);
const OTHER_ACTIONS = new Set(
  "applycategory applysystemcategory deletesystemcategory markimportance pinmessage sendtextmessagenotificationto".split(
    " ",
  ),
);
/** Actions by which messages go elsewhere: to recipients, and within the mailbox. */
const SENDING = ["ForwardTo", "RedirectTo", "ForwardAsAttachmentTo"];
const HIDING = ["MoveToFolder", "DeleteMessage", "SoftDeleteMessage"];
const EXCEPT = "exceptif";
/** Numbers of rules in place of their names. */
const NUMBER = /^-?\d{6,}$/;

/** Conditions, or exceptions where `prefix` says so, that are set to something. */
function conditionsOf({ names, texts }: NamedValues, prefix: "" | typeof EXCEPT): readonly RuleCondition[] {
  return names.flatMap((name) => {
    const key = name.toLowerCase();
    if (!key.startsWith(prefix) || !CONDITIONS.has(key.slice(prefix.length))) return [];
    const words = listOf(texts(name) ?? []);
    return words.every((word) => /^\$?false$/i.test(word)) ? [] : [{ name, words }];
  });
}

function isSet(parameters: NamedValues, name: string): boolean {
  const texts = parameters.texts(name) ?? [];
  return texts.length > 0 && parameters.flag(name) !== false;
}

function actionsOf(parameters: NamedValues): InboxRuleActions {
  const recipients = (name: string) => recipientsOf(parameters.texts(name) ?? []);
  const text = (name: string) => (parameters.texts(name) ?? []).join(" ");
  return {
    forwardTo: recipients("ForwardTo"),
    redirectTo: recipients("RedirectTo"),
    forwardAsAttachmentTo: recipients("ForwardAsAttachmentTo"),
    moveToFolder: text("MoveToFolder"),
    copyToFolder: text("CopyToFolder"),
    deletes: parameters.flag("DeleteMessage") === true,
    softDeletes: parameters.flag("SoftDeleteMessage") === true,
    marksRead: parameters.flag("MarkAsRead") === true,
    stops: parameters.flag("StopProcessingRules") === true,
    others: parameters.names.filter((name) => OTHER_ACTIONS.has(name.toLowerCase()) && isSet(parameters, name)),
  };
}

/**
 * What a record of New-, Set-, Enable-, Disable- or Remove-InboxRule or of UpdateInboxRules says of a rule. The cmdlets
 * name their parameters (Exchange PowerShell reference); of the others see `readClientRule`.
 *
 * @returns undefined for every other operation.
 */
export function readMailboxRule(record: ActivityRecord): MailboxRule | undefined {
  const type = record.activityIdType.trim().toLowerCase();
  if (type === "updateinboxrules") return readClientRule(record);
  const operation = OPERATIONS.get(type);
  if (operation === undefined) return undefined;
  const parameters = parametersOf(record);
  const objectId = record.properties.text("ObjectId") ?? "";
  const identity = (parameters.texts("Identity") ?? []).join(" ") || objectId;
  const called = [identity, objectId].map(lastPart).find((part) => part !== "" && !NUMBER.test(part)) ?? "";
  return {
    operation,
    name: (parameters.texts("Name") ?? []).join(" ") || called,
    identity,
    mailbox: (parameters.texts("Mailbox") ?? []).join(" "),
    conditions: conditionsOf(parameters, ""),
    exceptions: conditionsOf(parameters, EXCEPT),
    actions: actionsOf(parameters),
    given: givenActions(parameters, SENDING, HIDING),
    enabled:
      operation === "enabled"
        ? true
        : operation === "disabled" || operation === "removed"
          ? false
          : (parameters.flag("Enabled") ?? (operation === "created" ? true : undefined)),
    whole: operation === "created" && parameters.entries.length > 0,
  };
}
