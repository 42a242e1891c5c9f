import type { ActivityRecord } from "../../../model/record.ts";
import type { InboxRuleActions, MailboxRule, RuleCondition } from "./inbox-rule.ts";
import type { GivenAction, NamedValues } from "./named-values.ts";
import { member, namedValues, recipientsOf, textAt, textsIn } from "./named-values.ts";

/** `SenderSearchKey Equal SMTP:X@Y` in a condition: whom a message is from, and no word that it holds. */
const SENDER = /SenderSearchKey Equal ([^()]{0,500})\)/giu;
/** An entry of the address book inside a condition. */
const ENTRY = /\[[^[\]]*\]/gu;
const LETTER = /[\p{L}\p{N}]/u;
/** A value that is nothing but names of actions, as rules of other clients than Outlook have it. */
const ACTION_NAMES = /^\w+Action(?:[,;]\s*\w+Action)*$/u;

/**
 * A condition is one text, the store's own restriction: `{}` for none, and with the sender's search key for a rule
 * about a sender. How it writes words of a subject is not known for certain, so that they are not taken out of it.
 */
function conditionsOf(text: string): readonly RuleCondition[] {
  const senders = [...text.matchAll(SENDER)].map(([, sender = ""]) => sender.replace(/^(?:SMTP|EX):/i, "").trim());
  const rest = text.replace(SENDER, ")").replace(ENTRY, "").trim();
  const conditions: RuleCondition[] = [];
  if (senders.length > 0) conditions.push({ name: "From", words: senders });
  if (LETTER.test(rest)) conditions.push({ name: "RuleCondition", words: [rest] });
  return conditions;
}

type Kind = "forwardTo" | "redirectTo" | "forwardAsAttachmentTo";

/** Which of the three ways to send on an action is. Forward has flags that make it the others (MS-OXORULE). */
function sendingKind(name: string, action: unknown): Kind | undefined {
  if (/^(?:redirect|delegate)/i.test(name)) return "redirectTo";
  if (/^forwardasattachment/i.test(name)) return "forwardAsAttachmentTo";
  if (!/^forward/i.test(name)) return undefined;
  const flags = [...textsIn(member(action, "ForwardFlags")), ...textsIn(member(action, "Flags"))].join(" ");
  if (/AsAttachment/i.test(flags)) return "forwardAsAttachmentTo";
  return /PreserveSender/i.test(flags) && /DoNotMunge/i.test(flags) ? "redirectTo" : "forwardTo";
}

/** Of each recipient its mail addresses, else what the record has of it: a name, a directory path. */
function recipientsIn(action: unknown): readonly string[] {
  const list = member(action, "Recipients");
  return (Array.isArray(list) ? list : [list]).flatMap((one: unknown) => {
    const found = recipientsOf(textsIn(one));
    const addresses = found.filter((text) => text.includes("@"));
    return addresses.length > 0 ? addresses : found;
  });
}

/**
 * Whether a RuleState is that of a rule that works: the names of its flags, else their number, of which the lowest bit
 * is Enabled (MS-OXORULE, PidTagRuleState). Undefined where the record has none.
 */
function enabledIn(state: string): boolean | undefined {
  if (state === "") return undefined;
  return /^\d+$/.test(state) ? Number(state) % 2 === 1 : /\benabled\b/i.test(state);
}

/** Puts the actions of a rule together; those of no known name are kept by it. */
function actionsOf(actions: readonly (readonly [name: string, action: unknown])[]): InboxRuleActions {
  const sent: Readonly<Record<Kind, Set<string>>> = {
    forwardTo: new Set(),
    redirectTo: new Set(),
    forwardAsAttachmentTo: new Set(),
  };
  const made = { deletes: false, softDeletes: false, marksRead: false, stops: false };
  const others: string[] = [];
  let moveToFolder = "";
  let copyToFolder = "";
  for (const [name, action] of actions) {
    const kind = sendingKind(name, action);
    const folder =
      textAt(action, "DestinationFolderName") || textAt(action, "DestinationFolderId") || textAt(action, "FolderId");
    if (kind !== undefined) for (const recipient of recipientsIn(action)) sent[kind].add(recipient);
    else if (/^move/i.test(name)) moveToFolder = folder || "a folder that is not named";
    else if (/^copy/i.test(name)) copyToFolder = folder || "a folder that is not named";
    else if (/^(?:permanent|hard|soft)delete/i.test(name)) made.softDeletes = true;
    else if (/^delete/i.test(name)) made.deletes = true;
    else if (/^markasread/i.test(name)) made.marksRead = true;
    else if (/^stopprocessing/i.test(name)) made.stops = true;
    else if (name !== "") others.push(name);
  }
  return {
    forwardTo: [...sent.forwardTo],
    redirectTo: [...sent.redirectTo],
    forwardAsAttachmentTo: [...sent.forwardAsAttachmentTo],
    ...made,
    moveToFolder,
    copyToFolder,
    others,
  };
}

/** The actions that take messages elsewhere, by the names that the cmdlets have for them. */
function givenOf(actions: InboxRuleActions): readonly GivenAction[] {
  const { forwardTo, redirectTo, forwardAsAttachmentTo, moveToFolder, deletes, softDeletes } = actions;
  return [
    { name: "ForwardTo", values: forwardTo },
    { name: "RedirectTo", values: redirectTo },
    { name: "ForwardAsAttachmentTo", values: forwardAsAttachmentTo },
    { name: "MoveToFolder", values: moveToFolder === "" ? [] : [moveToFolder] },
    { name: "DeleteMessage", values: deletes ? ["True"] : [] },
    { name: "SoftDeleteMessage", values: softDeletes ? ["True"] : [] },
  ].filter(({ values }) => values.length > 0);
}

/** The actions of a record: `RuleActions`, or `ServerRule` with the actions' names in a value beside it. */
function actionListOf(named: NamedValues): readonly (readonly [string, unknown])[] {
  const typed = (list: unknown) =>
    (Array.isArray(list) ? list : []).map(
      (one: unknown) => [textAt(one, "ActionType") || textAt(one, "Type"), one] as const,
    );
  const own = typed(named.structure("RuleActions"));
  if (own.length > 0) return own;
  const server = named.structure("ServerRule");
  const listed = typed(member(server, "Actions"));
  const names = named.entries.flatMap(([, value]) =>
    textsIn(value)
      .filter((text) => ACTION_NAMES.test(text))
      .flatMap((text) => text.split(/[,;]\s*/u)),
  );
  const known = new Set(listed.map(([name]) => name));
  // Whose recipients are whose is not said: each way of sending on has all of them, and each only once.
  const recipients = { Recipients: listed.flatMap(([, one]) => recipientsIn(one)) };
  const unnamed = new Map(
    names.filter((name) => !known.has(name)).map((name) => [sendingKind(name, recipients) ?? name, name]),
  );
  return [
    ...listed.filter(([name]) => name !== ""),
    ...[...unnamed.values()].map((name) => [name, recipients] as const),
  ];
}

/**
 * What a record of UpdateInboxRules says of a rule: one that Outlook on a desk or another client keeps itself.
 *
 * OperationProperties has RuleOperation (AddMailboxRule, ModifyMailboxRule, RemoveMailboxRule), RuleId, RuleState
 * (`Enabled, ExitAfterExecution`), RuleCondition, RuleName, RuleProvider and RuleActions, a text of JSON with
 * ActionType and DestinationFolderId or Recipients, as published records and analyses of them show. A
 * ModifyMailboxRule comes empty but for the RuleId: it tells that a rule was touched, and nothing of how. Other clients
 * have a ServerRule with Recipients.Values instead, known from published searches alone.
 */
export function readClientRule(record: ActivityRecord): MailboxRule {
  const named = namedValues(record.properties.text("OperationProperties"));
  const text = (name: string) => (named.texts(name) ?? []).join(" ");
  const how = text("RuleOperation");
  const operation = /^(?:add|create)/i.test(how) ? "created" : /^(?:remove|delete)/i.test(how) ? "removed" : "changed";
  const state = text("RuleState");
  const server = named.structure("ServerRule");
  const actions = actionsOf(actionListOf(named));
  const name = text("RuleName") || text("Name") || textAt(server, "Name");
  return {
    operation,
    name,
    identity: text("RuleId"),
    mailbox: "",
    conditions: conditionsOf(text("RuleCondition")),
    exceptions: [],
    given: givenOf(actions),
    actions: { ...actions, stops: actions.stops || /ExitAfterExecution/i.test(state) },
    enabled: enabledIn(state.trim()),
    whole: operation === "created" && named.texts("RuleCondition") !== undefined,
  };
}
