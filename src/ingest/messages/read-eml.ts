import PostalMime, { type Email } from "postal-mime";
import { authenticationOf } from "./authentication.ts";
import {
  addressesIn,
  doubledHeaders,
  headerValue,
  headerValues,
  type MessageHeader,
  messageIdIn,
  textIn,
} from "./headers.ts";
import { mimeOutline } from "./mime-outline.ts";
import { joinedAddresses, messageKey, type MessageRecord, NOBODY } from "./message-record.ts";
import { receivedHeaderTime } from "./received-time.ts";

/** Headers of which every message has one (RFC 5322, 3.6; RFC 5321, 4.4), and hardly any other text. */
const OF_A_MESSAGE = new Set(["from", "sender", "date", "message-id", "received", "return-path", "delivered-to"]);

/** Whether a text begins as a message does: with a header field (RFC 5322, 2.2). */
export function looksLikeEml(head: string): boolean {
  return /^[\x21-\x39\x3b-\x7e]{1,77}[ \t]*:/.test(head);
}

/** A message, with a sentence for each header that contradicts another of its name; or why it is none. */
export type FoundEml =
  | { readonly message: MessageRecord; readonly conflicts: readonly string[] }
  | { readonly problem: string };

/**
 * Reads an .eml file (RFC 5322, MIME). Of several headers of one name the topmost counts; recipients are taken of all.
 * A message that is attached counts as an attachment; what is in it is not looked at.
 *
 * @param bytes the message, without a byte order mark.
 * @param file label of the file.
 * @returns the message, or why it is none, to go behind the file's name.
 */
export async function readEml(bytes: Uint8Array, file: string): Promise<FoundEml> {
  let email: Email;
  try {
    email = await PostalMime.parse(mimeOutline(bytes), { forceRfc822Attachments: true });
  } catch (error) {
    // It throws for its own limits only: parts nested too deep, too many headers.
    return { problem: `cannot be read as a message: ${error instanceof Error ? error.message : String(error)}` };
  }
  const headers: MessageHeader[] = email.headers.map(({ originalKey, value }) => ({ name: originalKey, value }));
  if (!email.headers.some(({ key }) => OF_A_MESSAGE.has(key))) {
    return { problem: "has none of the headers of a message" };
  }
  const header = (name: string) => headerValue(headers, name);
  const internetMessageId = messageIdIn(header("message-id"));
  if (messageKey(internetMessageId) === "")
    return { problem: "has no Message-ID, or one that is blacked out, so that nothing can be joined with it" };
  const list = (name: string) => addressesIn(header(name));
  const all = (name: string) => headerValues(headers, name).flatMap(addressesIn);
  const message: MessageRecord = {
    kind: "message",
    internetMessageId,
    subject: textIn(header("subject")),
    from: list("from")[0] ?? NOBODY,
    sender: list("sender")[0] ?? NOBODY,
    replyTo: list("reply-to"),
    to: all("to"),
    recipients: joinedAddresses([...all("to"), ...all("cc"), ...all("bcc")]),
    returnPath: list("return-path")[0]?.address ?? "",
    // As written: a date without a zone would otherwise depend on the machine's.
    date: header("date"),
    received: receivedHeaderTime(header("received")),
    authentication: authenticationOf(headers),
    attachments: email.attachments.map(({ filename, mimeType }) => filename ?? `(unnamed ${mimeType})`),
    source: { file, entry: 1 },
    origin: `message ${file}`,
  };
  return { message, conflicts: doubledHeaders(headers, internetMessageId, file, "the topmost") };
}
