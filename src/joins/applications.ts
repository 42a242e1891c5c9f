import { isBlankId } from "../model/blank-id.ts";
import type { ClientContext, MailboxCase } from "./mailbox-case.ts";
import { clientOfRow } from "./mailbox-case.ts";

/**
 * The id by which an audit record names the application that acted, verbatim; empty where it names none, or one that is
 * blacked out.
 */
export function appIdOf({ clientAppId, appId }: Pick<ClientContext, "clientAppId" | "appId">): string {
  if (!isBlankId(clientAppId.trim())) return clientAppId;
  return isBlankId(appId.trim()) ? "" : appId;
}

/** The same of a row's own audit record, without blanks around it; empty for rows of the Activities API. */
export function applicationOf(mailboxCase: MailboxCase, row: number): string {
  const context = clientOfRow(mailboxCase, row);
  return context === undefined ? "" : appIdOf(context).trim();
}
