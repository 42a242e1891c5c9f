import type { ActivityRecord } from "../../../model/record.ts";
import { listOf, member, parametersOf, parsedJson, recipientsOf, textAt } from "./named-values.ts";

/** Rights in a mailbox, or in one of its folders, that were given or taken. */
export interface MailboxPermission {
  readonly operation: "given" | "changed" | "removed";
  /** As the record writes them: `FullAccess`, `SendAs`, `Reviewer`, `ReadAny` ... */
  readonly rights: readonly string[];
  /** To whom; empty where the record does not say. All but the right to send on behalf is given to one at a time. */
  readonly grantees: readonly string[];
  /** From whom the same record takes them. */
  readonly takenFrom: readonly string[];
  /** What stands in place of the grantees where its form is not known: it does not say who has the rights. */
  readonly unread: string;
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

/** Whom a parameter of several values names: all of them anew, or who comes to those that there are and who goes. */
interface ListChange {
  readonly all: string[];
  readonly added: string[];
  readonly removed: string[];
  /** What is written in a form that is not known. */
  readonly unread: string[];
}

/** `"a","b"`, `@('a','b')` or `a` as a list; quotation marks keep commas together. */
function quotedList(text: string): readonly string[] {
  const inner = /^@?\((.*)\)$/su.exec(text.trim())?.[1] ?? text;
  const parts = inner.match(/(?:"[^"]*"|'[^']*'|[^,"'])+/gu) ?? [];
  return parts.map((part) => part.trim().replace(/^(["'])(.*)\1$/su, "$2")).filter((part) => part !== "");
}

/**
 * Takes in a value: a list, of which `+` or `-` in front of a name stand for a change, or a hash table such as
 * `@{Add="a","b"; Remove="c"}` (Exchange PowerShell, multivalued properties).
 */
function readListChange(text: string, change: ListChange): void {
  const value = text.trim();
  if (!/^@|^System\.Collections\./u.test(value)) {
    for (const part of listOf([value])) {
      if (/^\+\S/u.test(part)) change.added.push(part.slice(1));
      else if (/^-\S/u.test(part)) change.removed.push(part.slice(1));
      else change.all.push(part);
    }
    return;
  }
  const entries = (/^@\{(.*)\}$/su.exec(value)?.[1]?.match(/(?:"[^"]*"|'[^']*'|[^;"'])+/gu) ?? [])
    .filter((entry) => entry.trim() !== "")
    .map((entry) => /^\s*(add|remove)\s*=(.*)$/isu.exec(entry));
  if (entries.length === 0 || entries.includes(null)) change.unread.push(value);
  else {
    for (const entry of entries) {
      const list = entry?.[1]?.toLowerCase() === "add" ? change.added : change.removed;
      list.push(...quotedList(entry?.[2] ?? ""));
    }
  }
}

/** Set-Mailbox says who may send on behalf (GrantSendOnBehalfTo); undefined where it says nothing of that. */
function sendOnBehalf(record: ActivityRecord): MailboxPermission | undefined {
  const parameters = parametersOf(record);
  const given = parameters.texts("GrantSendOnBehalfTo");
  if (given === undefined) return undefined;
  const change: ListChange = { all: [], added: [], removed: [], unread: [] };
  for (const text of given) if (!/^\$null$/i.test(text.trim())) readListChange(text, change);
  const grantees = recipientsOf([...change.all, ...change.added]);
  const takenFrom = recipientsOf(change.removed);
  const isTaking = grantees.length === 0 && change.unread.length === 0;
  return {
    operation: isTaking ? "removed" : change.all.length + change.unread.length > 0 ? "changed" : "given",
    rights: ["SendOnBehalf"],
    grantees: isTaking ? takenFrom : grantees,
    takenFrom: isTaking ? [] : takenFrom,
    unread: change.unread.join("; "),
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
    takenFrom: [],
    unread: "",
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
    takenFrom: [],
    unread: "",
    mailbox: record.audit?.mailbox ?? "",
    folder: textAt(parent, "Path") || textAt(parent, "Name") || "a folder that is not named",
    autoMapping: undefined,
  };
}
