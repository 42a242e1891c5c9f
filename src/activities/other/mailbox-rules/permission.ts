import type { ActivityRecord } from "../../../model/record.ts";
import { listOf, member, parametersOf, parsedJson, recipientsOf, textAt } from "./named-values.ts";

/** Rights in a mailbox, or in one of its folders, that were given or taken. */
export interface MailboxPermission {
  readonly operation: "given" | "changed" | "removed";
  /** As the record writes them: `FullAccess`, `SendAs`, `Reviewer`, `ReadAny` ... */
  readonly rights: readonly string[];
  /** To whom; empty where the record does not say. All but the right to send on behalf is given to one at a time. */
  readonly grantees: readonly string[];
  /** The mailbox, by what the record calls it; empty where it names none. */
  readonly mailbox: string;
  /** The folder's path or name; empty for the whole mailbox. */
  readonly folder: string;
  /** Whether the mailbox is to appear in the other's Outlook by itself. */
  readonly autoMapping: boolean | undefined;
}

const CMDLETS: ReadonlyMap<string, MailboxPermission["operation"]> = new Map([
  ["add-mailboxpermission", "given"],
  ["remove-mailboxpermission", "removed"],
  ["add-recipientpermission", "given"],
  ["remove-recipientpermission", "removed"],
  ["add-mailboxfolderpermission", "given"],
  ["set-mailboxfolderpermission", "changed"],
  ["remove-mailboxfolderpermission", "removed"],
]);
const FOLDER_OPERATIONS: ReadonlyMap<string, MailboxPermission["operation"]> = new Map([
  ["addfolderpermissions", "given"],
  ["modifyfolderpermissions", "changed"],
  ["updatefolderpermissions", "changed"],
  ["removefolderpermissions", "removed"],
]);

/** `ReadAny, CreateSubfolder` as a list. */
function rightsOf(texts: readonly string[]): readonly string[] {
  return listOf(texts)
    .flatMap((text) => text.split(","))
    .map((right) => right.trim())
    .filter((right) => right !== "");
}

function named(grantee: string): readonly string[] {
  return grantee === "" ? [] : [grantee];
}

/** Set-Mailbox puts all at once who may send on behalf (GrantSendOnBehalfTo); undefined where it says nothing of that. */
function sendOnBehalf(record: ActivityRecord): MailboxPermission | undefined {
  const parameters = parametersOf(record);
  const given = parameters.texts("GrantSendOnBehalfTo");
  if (given === undefined) return undefined;
  const grantees = recipientsOf(given.filter((text) => !/^\$null$/i.test(text.trim())));
  return {
    operation: grantees.length === 0 ? "removed" : "changed",
    rights: ["SendOnBehalf"],
    grantees,
    mailbox: (parameters.texts("Identity") ?? []).join(" ") || (record.properties.text("ObjectId") ?? ""),
    folder: "",
    autoMapping: undefined,
  };
}

function ofCmdlet(record: ActivityRecord, operation: MailboxPermission["operation"]): MailboxPermission {
  const parameters = parametersOf(record);
  const text = (name: string) => (parameters.texts(name) ?? []).join(" ");
  const identity = text("Identity") || (record.properties.text("ObjectId") ?? "");
  // A folder is given as `mailbox:\path`; a mailbox alone is the top of its folders.
  const isFolder = /folder/i.test(record.activityIdType);
  const at = isFolder ? identity.indexOf(":\\") : -1;
  const rights = rightsOf(parameters.texts("AccessRights") ?? []);
  const denied = parameters.flag("Deny") === true;
  return {
    operation: denied ? "removed" : operation,
    rights: denied ? rights.map((right) => `no ${right}`) : rights,
    grantees: named(text("User") || text("Trustee")),
    mailbox: at < 0 ? identity : identity.slice(0, at),
    folder: at >= 0 ? identity.slice(at + 1) : isFolder ? "\\" : "",
    autoMapping: parameters.flag("AutoMapping"),
  };
}

/**
 * What a record says of rights in a mailbox or folder. Cmdlets name Identity, User or Trustee, and AccessRights
 * (Exchange PowerShell reference), Set-Mailbox GrantSendOnBehalfTo; the mailbox's own records of folders have MemberRights and MemberUpn in
 * Item.ParentFolder, where Everyone is the Default entry of a folder's list.
 *
 * @returns undefined for other operations.
 */
export function readPermission(record: ActivityRecord): MailboxPermission | undefined {
  const type = record.activityIdType.trim().toLowerCase();
  if (type === "set-mailbox") return sendOnBehalf(record);
  const cmdlet = CMDLETS.get(type);
  if (cmdlet !== undefined) return ofCmdlet(record, cmdlet);
  const operation = FOLDER_OPERATIONS.get(type);
  if (operation === undefined) return undefined;
  const parent = member(parsedJson(record.properties.text("Item")), "ParentFolder");
  return {
    operation,
    rights: rightsOf([textAt(parent, "MemberRights")]),
    grantees: named(textAt(parent, "MemberUpn") || textAt(parent, "MemberSid")),
    mailbox: record.audit?.mailbox ?? "",
    folder: textAt(parent, "Path") || textAt(parent, "Name") || "a folder that is not named",
    autoMapping: undefined,
  };
}
