import type { ActivityRecord } from "../../../model/record.ts";
import type { RuleCondition } from "./inbox-rule.ts";
import type { GivenAction, NamedValues } from "./named-values.ts";
import { givenActions, lastPart, listOf, parametersOf, recipientsOf } from "./named-values.ts";

/** What an audit record says of a transport rule, which handles the mail of all the organisation. */
export interface TransportRule {
  readonly operation: "created" | "changed" | "enabled" | "disabled" | "removed";
  /** Empty where the record does not say. */
  readonly name: string;
  readonly redirectTo: readonly string[];
  readonly blindCopyTo: readonly string[];
  /** CopyTo and AddToRecipients, which recipients can see. */
  readonly copyTo: readonly string[];
  readonly deletes: boolean;
  /** Takes messages past the spam filter (SetSCL -1). */
  readonly skipsFilter: boolean;
  /** The actions among these as far as the record gives them: those it empties too. */
  readonly given: readonly GivenAction[];
  readonly conditions: readonly RuleCondition[];
  readonly exceptions: readonly RuleCondition[];
  /** Whether the rule is switched on from now on; undefined where the record does not say, and leaves that as it was. */
  readonly enabled: boolean | undefined;
  /** Audit, AuditAndNotify: the rule is tried out, and its actions are not taken. Empty where the record does not say. */
  readonly mode: string;
  /** The record holds all of the rule: a change names only what it sets. */
  readonly whole: boolean;
}

const OPERATIONS: ReadonlyMap<string, TransportRule["operation"]> = new Map([
  ["new-transportrule", "created"],
  ["set-transportrule", "changed"],
  ["enable-transportrule", "enabled"],
  ["disable-transportrule", "disabled"],
  ["remove-transportrule", "removed"],
]);

const SENDING = ["RedirectMessageTo", "BlindCopyTo", "CopyTo", "AddToRecipients"];
const OTHERS = ["DeleteMessage", "SetSCL"];

/** Whether a rule is switched on after a record: a new one is, unless the record says otherwise. */
function enabledAfter(operation: TransportRule["operation"], given: boolean | undefined): boolean | undefined {
  if (operation === "enabled") return true;
  if (operation === "disabled" || operation === "removed") return false;
  return given ?? (operation === "created" ? true : undefined);
}

/**
 * Parameters that say of which messages a rule is (Exchange PowerShell reference, New-TransportRule). What may stand
 * behind IsExternal is left to the first look, so that no name takes longer than its length.
 */
const CONDITION =
  /^(?=\w+$)(?:\w+IsExternal|(?:\w+(?:ContainsWords|MatchesPatterns|MemberOf|DomainIs)|From|FromScope|SentTo|SentToScope|AnyOf\w+|Attachment\w+|HasClassification|HasNoClassification|HasSenderOverride|MessageTypeMatches|MessageSizeOver|WithImportance|SCLOver|BetweenMemberOf\w|ManagerAddresses|SenderIpRanges|SenderManagementRelationship|RecipientAddressType|ContentCharacterSetContainsWords)$)/i;

/** Before the name of a condition: an exception. */
const EXCEPT = /^ExceptIf/i;

/** The parameters of some names that are set to something. */
function conditionsOf({ names, texts }: NamedValues, isWanted: (name: string) => boolean): readonly RuleCondition[] {
  return names.flatMap((name) => {
    const words = listOf(texts(name) ?? []);
    const isSet = words.length > 0 && !words.every((word) => /^\$?false$/i.test(word));
    return isSet && isWanted(name) ? [{ name, words }] : [];
  });
}

/**
 * What a record of New-, Set-, Enable-, Disable- or Remove-TransportRule says of a rule.
 *
 * @returns undefined for other operations.
 */
export function readTransportRule(record: ActivityRecord): TransportRule | undefined {
  const operation = OPERATIONS.get(record.activityIdType.trim().toLowerCase());
  if (operation === undefined) return undefined;
  const parameters = parametersOf(record);
  const text = (name: string) => (parameters.texts(name) ?? []).join(" ");
  const recipients = (name: string) => recipientsOf(parameters.texts(name) ?? []);
  return {
    operation,
    name: text("Name") || lastPart(text("Identity")) || lastPart(record.properties.text("ObjectId") ?? ""),
    redirectTo: recipients("RedirectMessageTo"),
    blindCopyTo: recipients("BlindCopyTo"),
    copyTo: [...recipients("CopyTo"), ...recipients("AddToRecipients")],
    deletes: parameters.flag("DeleteMessage") === true,
    skipsFilter: text("SetSCL").trim() === "-1",
    given: givenActions(parameters, SENDING, OTHERS),
    conditions: conditionsOf(parameters, (name) => !EXCEPT.test(name) && CONDITION.test(name)),
    exceptions: conditionsOf(parameters, (name) => EXCEPT.test(name) && CONDITION.test(name.replace(EXCEPT, ""))),
    enabled: enabledAfter(operation, parameters.flag("Enabled")),
    mode: text("Mode").trim() || (operation === "created" ? "Enforce" : ""),
    whole: operation === "created" && parameters.entries.length > 0,
  };
}
