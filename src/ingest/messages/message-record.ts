import { isBlankId } from "../../model/blank-id.ts";
import type { MessageFields } from "../../model/event.ts";
import type { Authentication } from "./authentication.ts";
import { textIn } from "./headers.ts";

/** A person or a mailbox as a message names it; both empty where it names nobody. */
export interface MailAddress {
  /** The display name, decoded. The sender chooses it: it proves nothing. */
  readonly name: string;
  readonly address: string;
}

/**
 * What an exported message says of itself, or what a message trace says of it. Texts are as in the source, encoded
 * words (RFC 2047) decoded.
 */
export interface MessageRecord {
  /** `trace` where it is not from the message itself but from a log of its transport. */
  readonly kind: "message" | "trace";
  /** With its angle brackets where the source has them. */
  readonly internetMessageId: string;
  readonly subject: string;
  /** The From header. A trace has one sender only, which may be that of the Sender header or of the envelope. */
  readonly from: MailAddress;
  readonly sender: MailAddress;
  readonly replyTo: readonly MailAddress[];
  /** The To header; of a trace every recipient that it names, hidden ones included. */
  readonly to: readonly MailAddress[];
  /** Addresses of everybody it is known to have gone to (To, Cc and Bcc), each once, joined by `; `. */
  readonly recipients: string;
  /** The address bounces go to (the envelope's sender), without brackets; empty for `<>` or where there is none. */
  readonly returnPath: string;
  /** When it was sent, in the source's own words: RFC 5322 in .eml, ISO 8601 in JSON. */
  readonly date: string;
  /**
   * When it was received: ISO 8601 in UTC, as the source has it where that is its form. Of .eml from the topmost
   * Received header, of a trace the earliest time of its rows. Empty where it is not said or cannot be told for sure.
   */
  readonly received: string;
  readonly authentication: Authentication;
  /** File names; `(unnamed image/png)` for one without. Of JSON only where it was exported with its attachments. */
  readonly attachments: readonly string[];
  /** Where it was read: the label of the file, and which message or (first) data row in it, from 1. */
  readonly source: { readonly file: string; readonly entry: number };
  /** The same in the words of the Metadata column: `message file.eml`, `message trace.csv:17`. */
  readonly origin: string;
  /** Where several records were put together: which of them tells what. */
  readonly sources?: readonly MessageSource[];
}

/** What one record of a message tells of it. */
export interface MessageSource {
  /** In the words of the Metadata column. */
  readonly origin: string;
  readonly tells: readonly (keyof MessageFields)[];
}

/** The records that tell what is known of a message, and what each of them does. */
export function messageSources(record: MessageRecord): readonly MessageSource[] {
  if (record.sources !== undefined) return record.sources;
  const facts = Object.entries(messageFacts(record)).filter(([, text]) => text !== undefined);
  return [{ origin: record.origin, tells: facts.map(([name]) => name as keyof MessageFields) }];
}

export const NOBODY: MailAddress = { name: "", address: "" };

/** Addresses for a table, each once whatever its case, joined by `; `; the name of one that has no address. */
export function joinedAddresses(addresses: readonly MailAddress[]): string {
  const known = new Map<string, string>();
  for (const { name, address } of addresses) {
    const shown = address === "" ? name : address;
    if (shown !== "" && !known.has(shown.toLowerCase())) known.set(shown.toLowerCase(), shown);
  }
  return [...known.values()].join("; ");
}

/**
 * The facts of a message for joins that ask by InternetMessageId (`messageKey`). What the message does not say is
 * undefined; the folder is never known. Which record tells what is in `messageSources`.
 */
export function messageFacts(record: MessageRecord): MessageFields {
  const said = (text: string) => (text === "" ? undefined : text);
  return {
    subject: said(record.subject),
    from: said(record.from.address) ?? said(record.from.name),
    received: said(record.received),
    recipients: said(record.recipients),
    folder: undefined,
    internetMessageId: said(record.internetMessageId.trim()),
    attachments: said(record.attachments.join("; ")),
  };
}

/**
 * What messages are joined by: an Internet message ID without white space, without angle brackets, in lower case, and
 * decoded where it is written as encoded words. RFC 5322 has IDs compared to the letter, but some programs change their
 * case on the way, and a log may have the header's own writing where a file has the ID. Empty for an ID that is blacked
 * out: nothing is joined by that.
 */
export function messageKey(internetMessageId: string): string {
  const text = internetMessageId.includes("=?") ? textIn(internetMessageId) : internetMessageId;
  const whole = text.replaceAll(/\s+/g, "");
  const bare = whole.startsWith("<") && whole.endsWith(">") ? whole.slice(1, -1) : whole;
  const key = bare.toLowerCase();
  return isBlankId(key) ? "" : key;
}
