import type { AuditFacts } from "../../model/record.ts";
import { type Fields, namedValue, textOf } from "./json-fields.ts";

/** Administrators' operations on somebody's mailbox (Exchange cmdlets, as the audit log names them), in lower case. */
const ON_A_MAILBOX = new Set(
  `new-inboxrule set-inboxrule remove-inboxrule enable-inboxrule disable-inboxrule updateinboxrules
   new-mailbox set-mailbox enable-mailbox disable-mailbox remove-mailbox set-casmailbox set-user
   add-mailboxpermission set-mailboxpermission remove-mailboxpermission
   add-recipientpermission remove-recipientpermission
   add-mailboxfolderpermission set-mailboxfolderpermission remove-mailboxfolderpermission
   set-mailboxjunkemailconfiguration set-mailboxautoreplyconfiguration set-mailboxcalendarconfiguration
   set-mailboxregionalconfiguration set-mailboxmessageconfiguration set-calendarprocessing
   set-mailboxauditbypassassociation enable-mailboxaudit new-mailboxexportrequest new-mailboxrestorerequest
   new-sweeprule set-sweeprule remove-sweeprule`
    .split(/\s+/)
    .filter((name) => name !== ""),
);

const NAMING = ["Mailbox", "Identity", "UserPrincipalName"] as const;
const ADDRESS = /^[^\s@/\\:;,<>"]+@[^\s@/\\:;,<>"]+\.[^\s@/\\:;,<>".]+$/;

/**
 * The mail address in the identity of a mailbox, a folder of it or a rule in it: `name@contoso.example`,
 * `name@contoso.example:\Inbox`, `name@contoso.example\Rule`, `tenant/name@contoso.example`.
 *
 * @returns an empty text where the identity is no address: a name, a GUID, a distinguished name.
 */
function addressIn(identity: string): string {
  for (const part of identity.split(/[/\\]/)) {
    const bare = part.trim().replace(/:$/, "");
    if (ADDRESS.test(bare)) return bare;
  }
  return "";
}

/** Whether who acted may be the mailbox's owner: neither by LogonType nor by name somebody else. */
function mayBeOwner(user: string, logonType: AuditFacts["logonType"]): boolean {
  return (logonType === "owner" || logonType === "") && ADDRESS.test(user);
}

/**
 * Whose mailbox a record is about: its owner; of an administrator's operation on a mailbox the one that its parameters
 * name by address, else the object's; otherwise the account that acted, or, where that is a delegate, an administrator or
 * an application, the mailbox's GUID in lower case.
 */
export function mailboxOf(fields: Fields, operation: string, logonType: AuditFacts["logonType"]): string {
  const owner = textOf(fields["MailboxOwnerUPN"]);
  if (owner !== "") return owner;
  if (ON_A_MAILBOX.has(operation.toLowerCase())) {
    for (const name of NAMING) {
      const address = addressIn(namedValue(fields["Parameters"], name));
      if (address !== "") return address;
    }
    const address = addressIn(textOf(fields["ObjectId"]));
    if (address !== "") return address;
  }
  const user = textOf(fields["UserId"]);
  return (mayBeOwner(user, logonType) ? "" : textOf(fields["MailboxGuid"]).toLowerCase()) || user;
}
