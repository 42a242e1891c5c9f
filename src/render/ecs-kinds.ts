/** What ECS calls an event: one of its categories, and a type that it expects of that category. */
export interface EcsKind {
  readonly category: "authentication" | "email" | "configuration" | "iam";
  readonly type: "start" | "info" | "creation" | "change" | "deletion";
}

/** Operations on rules and forwarding of mail (Exchange cmdlets and operations, as the audit log names them). */
const RULES = /^(?:(?:New|Set|Enable|Disable|Remove)-(?:InboxRule|TransportRule)|UpdateInboxRules|Set-Mailbox)$/i;
/** Operations on rights in a mailbox or a folder of it. */
const RIGHTS =
  /^(?:(?:Add|Set|Remove)-(?:Mailbox|Recipient|MailboxFolder)Permission|(?:Add|Modify|Remove|Update)FolderPermissions)$/i;
/** The workload under which the directory's own operations are logged. */
const DIRECTORY = /^AzureActiveDirectory$/i;

/** What an operation's first word says that it did. */
function typeOf(operation: string): EcsKind["type"] {
  if (/^(?:New|Add)/i.test(operation)) return "creation";
  if (/^(?:Remove|Delete)/i.test(operation)) return "deletion";
  return "change";
}

/**
 * The category and type of a timeline row: logons are authentication, changes of rules and forwarding configuration,
 * changes of rights and all else of the directory identity and access management; everything else is about mail, of
 * which ECS expects the type `info`.
 *
 * @param kind the row's Kind, `operation` its Type and `platform` its Platform.
 */
export function ecsKind(kind: string | undefined, operation = "", platform = ""): EcsKind {
  if (kind === "logon") return { category: "authentication", type: "start" };
  if (RULES.test(operation)) return { category: "configuration", type: typeOf(operation) };
  if (RIGHTS.test(operation) || DIRECTORY.test(platform)) return { category: "iam", type: typeOf(operation) };
  return { category: "email", type: "info" };
}
