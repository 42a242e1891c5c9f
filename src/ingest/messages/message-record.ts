import type { Authentication } from "./authentication.ts";

/** A person or a mailbox as a message names it; both empty where it names nobody. */
export interface MailAddress {
  /** The display name, decoded. The sender chooses it: it proves nothing. */
  readonly name: string;
  readonly address: string;
}

/** What an exported message says of itself. Texts are as in the source, encoded words (RFC 2047) decoded. */
export interface MessageRecord {
  /** With its angle brackets where the source has them. */
  readonly internetMessageId: string;
  readonly subject: string;
  readonly from: MailAddress;
  readonly sender: MailAddress;
  readonly replyTo: readonly MailAddress[];
  readonly to: readonly MailAddress[];
  /** The address bounces go to (the envelope's sender), without brackets; empty for `<>` or where there is none. */
  readonly returnPath: string;
  /** When it was sent, in the source's own words: RFC 5322 in .eml, ISO 8601 in JSON. */
  readonly date: string;
  /** When it was received, as JSON has it; empty in .eml. */
  readonly received: string;
  readonly authentication: Authentication;
  /** File names; `(unnamed image/png)` for one without. Of JSON only where it was exported with its attachments. */
  readonly attachments: readonly string[];
  /** Where it was read: the label of the file, and which message in it, from 1. */
  readonly source: { readonly file: string; readonly entry: number };
}

export const NOBODY: MailAddress = { name: "", address: "" };

/**
 * What messages are joined by: an Internet message ID without blanks around it, without angle brackets, in lower case.
 * RFC 5322 has IDs compared to the letter, but some programs change their case on the way.
 */
export function messageKey(internetMessageId: string): string {
  const trimmed = internetMessageId.trim();
  const bare = trimmed.startsWith("<") && trimmed.endsWith(">") ? trimmed.slice(1, -1) : trimmed;
  return bare.trim().toLowerCase();
}
