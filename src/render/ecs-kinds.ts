/** What ECS calls an event: one of its categories, and a type that it expects of that category. */
export interface EcsKind {
  readonly category: "authentication" | "email" | "configuration" | "iam";
  readonly type: "start" | "info" | "creation" | "change" | "deletion";
}

/** Exchange's operations on rules of mail that are not named like cmdlets are. */
const RULES = /^UpdateInboxRules$/i;
/** Operations on rights in a folder of a mailbox, the same. */
const RIGHTS = /^(?:Add|Modify|Remove|Update)FolderPermissions$/i;
/** A cmdlet of Exchange's: a verb, a hyphen, what it is about. */
const CMDLET = /^[A-Z]+-[A-Z]\w*$/i;
/** What cmdlets about rights, roles, and groups of those who have them are about. */
const IDENTITY = /-\w*(?:Permission|Role|ManagementScope|DistributionGroup|UnifiedGroup)/i;
/** The workloads under which the directory's own operations are logged. */
const DIRECTORY = /^(?:AzureActiveDirectory|Core Directory)$/i;

/** What an operation's first word says that it did. */
function typeOf(operation: string): EcsKind["type"] {
  if (/^(?:New|Add)/i.test(operation)) return "creation";
  if (/^(?:Remove|Delete)/i.test(operation)) return "deletion";
  return /^(?:Get|Search|Test|Export)-/i.test(operation) ? "info" : "change";
}

/**
 * The category and type of a timeline row: logons are authentication; all else of the directory, and what Exchange's
 * cmdlets change of rights and roles, is identity and access management; its other cmdlets are configuration; and all
 * else of Exchange and of the Activities API is about mail, of which ECS expects the type `info`. What another workload
 * logs (files, chats, searches there) is none of these.
 *
 * @param kind the row's Kind, `operation` its Type and `workload` its Workload, which is empty of the Activities API.
 * @returns undefined where no category says what it is.
 */
export function ecsKind(kind: string | undefined, operation = "", workload = ""): EcsKind | undefined {
  if (kind === "logon") return { category: "authentication", type: "start" };
  if (DIRECTORY.test(workload)) return { category: "iam", type: typeOf(operation) };
  if (!/^(?:Exchange)?$/i.test(workload)) return undefined;
  const isCmdlet = CMDLET.test(operation);
  if (RIGHTS.test(operation) || (isCmdlet && IDENTITY.test(operation))) {
    return { category: "iam", type: typeOf(operation) };
  }
  if (RULES.test(operation) || isCmdlet) return { category: "configuration", type: typeOf(operation) };
  return { category: "email", type: "info" };
}
