import type { MessageFields } from "../../model/event.ts";
import { addressesIn } from "./headers.ts";
import type { MessageRecord } from "./message-record.ts";

/** Message traces of the portal have the first 256 characters of a subject (Microsoft Learn, message_subject). */
const CUT_SUBJECT = 256;
/** Marks that answers and rules on the way put in front: `RE:`, `回复：`, `Re[2]:`, `[EXTERNAL]`. */
const MARKS = /^(?:(?:\[[^[\]]{1,40}\]|\p{L}{1,12}(?:\[\d{1,3}\])?\s?[:：])\s?)+$/u;
const LONGEST_MARKS = 80;
/** What gateways put in front: `**EXTERNAL**`, `(External)`, `{Spam?}`, `External Sender:`. */
const TAGS =
  /^(?:(?:\*{1,3}[^*]{1,40}\*{1,3}|\([^()]{1,40}\)|\{[^{}]{1,40}\}|\[[^[\]]{1,40}\]|[\p{L}-]{1,12}(?: [\p{L}-]{1,12}){0,2}(?:\[\d{1,3}\])?\s?[:：])\s?)+$/u;

/** Texts as they are compared: blanks and ends of folded lines are one blank each, case does not count. */
function folded(text: string): string {
  return text.normalize("NFC").replace(/\s+/g, " ").trim().toLowerCase();
}

/**
 * Whether two records of a message may mean one subject: one is unknown, they are alike but for blanks and case, one is
 * the other cut off, or has marks in front that the other has not.
 */
export function sameSubject(a: string, b: string): boolean {
  if (a === b || a === "" || b === "") return true;
  const [one, other] = [folded(a), folded(b)];
  if (one === other || one === "" || other === "") return true;
  if (a.length >= CUT_SUBJECT && other.startsWith(one)) return true;
  if (b.length >= CUT_SUBJECT && one.startsWith(other)) return true;
  return isBehind(one, other, MARKS);
}

/** Whether one folded subject is the end of the other, behind what a pattern takes. */
function isBehind(one: string, other: string, pattern: RegExp): boolean {
  const [short, long] = one.length < other.length ? [one, other] : [other, one];
  const front = long.length - short.length;
  return front <= LONGEST_MARKS && long.endsWith(short) && pattern.test(long.slice(0, front));
}

/** What tells messages of one InternetMessageId apart. */
export interface Likeness {
  /** Empty where it is not known. */
  readonly subject: string;
  /** Who stands in the From header, where that is known to be it. */
  readonly from: readonly string[];
  /** Every sender that the headers or a record of the log name. */
  readonly senders: readonly string[];
  /** Where bounces go to; of a trace its sender, which may be that. It need not be a sender of the headers. */
  readonly envelope: readonly string[];
}

function known(...texts: readonly string[]): readonly string[] {
  return texts.filter((text) => text !== "");
}

/** The likeness of an exported or traced message. */
export function likenessOf({ kind, subject, from, sender, returnPath }: MessageRecord): Likeness {
  const author = known(from.address || from.name);
  if (kind === "trace") return { subject, from: [], senders: [], envelope: [...author, ...known(returnPath)] };
  return { subject, from: author, senders: [...author, ...known(sender.address)], envelope: known(returnPath) };
}

/** The likeness of a message as records of a log tell it. */
export function likenessOfFacts({ subject, from = "" }: Pick<MessageFields, "subject" | "from">): Likeness {
  const address = from.includes("<") ? (addressesIn(from)[0]?.address ?? "") : "";
  return { subject: subject ?? "", from: [], senders: known(address || from.replace(/^smtp:/i, "")), envelope: [] };
}

/** Whether nobody stands on both sides. A display name and an address say nothing of each other. */
function areOthers(a: readonly string[], b: readonly string[]): boolean {
  const isAddress = (text: string) => text.includes("@");
  const [addresses, others] = [a.filter(isAddress), b.filter(isAddress)];
  if (addresses.length > 0 !== others.length > 0) return false;
  const theirs = new Set((others.length > 0 ? others : b).map(folded));
  return !(addresses.length > 0 ? addresses : a).some((text) => theirs.has(folded(text)));
}

/** Senders of the same kind on both sides; undefined where the two name none that can be compared. */
function comparable(a: Likeness, b: Likeness): readonly [readonly string[], readonly string[]] | undefined {
  if (a.from.length > 0 && b.from.length > 0) return [a.from, b.from];
  if (a.senders.length > 0 && b.senders.length > 0) return [a.senders, b.senders];
  if (a.envelope.length === 0 || b.envelope.length === 0) return undefined;
  return [
    [...a.senders, ...a.envelope],
    [...b.senders, ...b.envelope],
  ];
}

/** Whether somebody stands on both sides. */
function share(a: readonly string[], b: readonly string[]): boolean {
  const theirs = new Set(b.map(folded));
  return a.some((text) => theirs.has(folded(text)));
}

/**
 * In what two messages of one InternetMessageId contradict each other, so that they are two: the id is chosen by whoever
 * writes a message, and forgers take that of another one. What one side does not tell, or tells in other words, is no
 * contradiction, nor is a gateway's tag in front of the subject where the sender is the same.
 */
export function contradictions(a: Likeness, b: Likeness): readonly ("subject" | "From")[] {
  const senders = comparable(a, b);
  const isTagged = () =>
    senders !== undefined && share(...senders) && isBehind(folded(a.subject), folded(b.subject), TAGS);
  return [
    ...(sameSubject(a.subject, b.subject) || isTagged() ? [] : (["subject"] as const)),
    ...(senders !== undefined && areOthers(...senders) ? (["From"] as const) : []),
  ];
}

/**
 * How much is told of what messages of one id are told apart by: subject and sender. What tells less may fit several, so
 * that what tells more comes first, in whatever order the rows and files are.
 */
export function tellingOf(subject: string, sender: string): 0 | 1 | 2 {
  if (subject === "") return sender === "" ? 0 : 1;
  return sender === "" ? 1 : 2;
}

/** Whether both tell subject and sender, and the same: more than that they may be one message. */
export function areAlike(a: Likeness, b: Likeness): boolean {
  if (a.subject === "" || folded(a.subject) !== folded(b.subject)) return false;
  return share([...a.senders, ...a.envelope], [...b.senders, ...b.envelope]);
}
