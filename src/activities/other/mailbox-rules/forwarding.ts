import type { ActivityRecord } from "../../../model/record.ts";
import { parametersOf, recipientsOf } from "./named-values.ts";

/** What a record of Set-Mailbox says of forwarding everything that a mailbox gets. */
export interface Forwarding {
  /** The mailbox, by what the cmdlet was given. */
  readonly mailbox: string;
  /** Any mail address (ForwardingSmtpAddress). */
  readonly addresses: readonly string[];
  /** Recipients of the organisation's own directory, which can lead outside (ForwardingAddress). */
  readonly recipients: readonly string[];
  /** The parameters that were emptied: forwarding switched off. */
  readonly switchedOff: readonly string[];
  /** Whether the mailbox keeps its copies (DeliverToMailboxAndForward); undefined where the record does not say. */
  readonly keepsCopy: boolean | undefined;
}

const PARAMETERS = ["ForwardingSmtpAddress", "ForwardingAddress"] as const;

/**
 * Reads the forwarding parameters of Set-Mailbox (Exchange PowerShell reference). An address may have `smtp:` before it.
 *
 * @returns undefined for other operations, and where none of the parameters is given.
 */
export function readForwarding(record: ActivityRecord): Forwarding | undefined {
  if (record.activityIdType.trim().toLowerCase() !== "set-mailbox") return undefined;
  const parameters = parametersOf(record);
  const given = PARAMETERS.filter((name) => parameters.texts(name) !== undefined);
  if (given.length === 0) return undefined;
  const values = (name: (typeof PARAMETERS)[number]) =>
    recipientsOf((parameters.texts(name) ?? []).filter((text) => !/^(?:\$null|smtp:)?$/i.test(text.trim())));
  return {
    mailbox: (parameters.texts("Identity") ?? []).join(" ") || (record.properties.text("ObjectId") ?? ""),
    addresses: values("ForwardingSmtpAddress"),
    recipients: values("ForwardingAddress"),
    switchedOff: given.filter((name) => values(name).length === 0),
    keepsCopy: parameters.flag("DeliverToMailboxAndForward"),
  };
}
