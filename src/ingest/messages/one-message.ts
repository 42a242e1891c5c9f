import { escapeControls } from "../evidence/labels.ts";
import { joinedAddresses, messageKey, type MessageRecord } from "./message-record.ts";

/** Message traces of the portal have the first 256 characters of a subject (Microsoft Learn, message_subject). */
const CUT_SUBJECT = 256;

/** Whether two records of a message may mean one subject: one is unknown, they are alike, or one is the other cut off. */
export function sameSubject(a: string, b: string): boolean {
  if (a === b || a === "" || b === "") return true;
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  return short.length >= CUT_SUBJECT && long.startsWith(short);
}

/**
 * Adds a message to those known by their `messageKey`. Of a message that is known already the first record counts,
 * but one of the message itself before one of a trace, and among the former one with results of authentication before
 * one without. What the record that counts does not say of subject, sender, recipients and time is taken from the
 * other, and its `origin` says so; two traces have their recipients together.
 *
 * @param conflicts gets a sentence where the two say different things.
 */
export function keepMessage(message: MessageRecord, byId: Map<string, MessageRecord>, conflicts: string[]): void {
  const key = messageKey(message.internetMessageId);
  const first = byId.get(key);
  if (first === undefined) {
    byId.set(key, message);
    return;
  }
  const [used, other] = worth(message) > worth(first) ? [message, first] : [first, message];
  byId.set(key, completed(used, other));
  const fields = differences(first, message);
  if (fields.length === 0) return;
  conflicts.push(
    `${escapeControls(message.internetMessageId)}: ${place(first)} and ${place(message)} differ in ` +
      `${fields.join(", ")}; ${place(used)} is used.`,
  );
}

function place({ source }: MessageRecord): string {
  return `${source.file}:${source.entry}`;
}

function worth({ kind, authentication: { spf, dkim, dmarc, compauth } }: MessageRecord): number {
  if (kind === "trace") return 0;
  return spf !== "" || dkim !== "" || dmarc !== "" || compauth !== "" ? 2 : 1;
}

function completed(used: MessageRecord, other: MessageRecord): MessageRecord {
  const added: string[] = [];
  let { subject, from, received, to, recipients } = used;
  if (subject === "" && other.subject !== "") {
    subject = other.subject;
    added.push("Subject");
  }
  if (from.address === "" && from.name === "" && (other.from.address !== "" || other.from.name !== "")) {
    from = other.from;
    added.push("From");
  }
  if (received === "" && other.received !== "") {
    received = other.received;
    added.push("Received Date");
  }
  if (used.kind === "trace" && other.kind === "trace") {
    const known = new Set(to.map(({ address }) => address.toLowerCase()));
    const more = other.to.filter(({ address }) => !known.has(address.toLowerCase()));
    if (more.length > 0) {
      to = [...to, ...more];
      recipients = joinedAddresses(to);
      added.push("Recipients");
    }
  } else if (recipients === "" && other.recipients !== "") {
    recipients = other.recipients;
    added.push("Recipients");
  }
  if (added.length === 0) return used;
  const origin = `${used.origin}; ${other.origin} (${added.join(", ")})`;
  return { ...used, subject, from, received, to, recipients, origin };
}

/** What two records of one message have both, and not alike. */
function differences(a: MessageRecord, b: MessageRecord): string[] {
  const compared: readonly (readonly [words: string, a: string, b: string])[] = [
    ["SPF", a.authentication.spf, b.authentication.spf],
    ["DKIM", a.authentication.dkim, b.authentication.dkim],
    ["DMARC", a.authentication.dmarc, b.authentication.dmarc],
  ];
  const differing = compared.filter(([, a, b]) => a !== "" && b !== "" && a !== b).map(([words]) => words);
  // The one sender of a trace need not be the one of the From header.
  const [from, otherFrom] = [a.from.address.toLowerCase(), b.from.address.toLowerCase()];
  if (a.kind === b.kind && from !== "" && otherFrom !== "" && from !== otherFrom) differing.unshift("From");
  if (!sameSubject(a.subject, b.subject)) differing.unshift("subject");
  return differing;
}
