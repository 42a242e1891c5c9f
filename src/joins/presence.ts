import type { ActivityType } from "../model/event.ts";
import type { NumberList } from "../model/number-list.ts";
import { addNumber, newNumberList } from "../model/number-list.ts";
import type { ActivityRecord } from "../model/record.ts";

/** What a row says of the message that it names: it is in the mailbox from then on, or no more; empty where neither. */
type Presence = "there" | "gone" | "";

/** Operations of audit logs that leave what they name in the mailbox, beside those that move it. */
const AUDITED: ReadonlySet<string> = new Set(["Update", "Copy", "MailItemsAccessed"]);

/** Where Exchange keeps what was deleted for good, as a default folder's name or a path: no IMAP or POP client sees it. */
const RECOVERABLE = /^\\*Recoverable ?Items/i;

/**
 * Whether a row proves that the message that it names is in the mailbox: its delivery and every access to it, and what
 * else was done to it where it stays, be it in another folder. Types that no family lists count, as what they name was
 * there to be acted on; Operations that none lists do not, because the tenant's log also tells of mail that was held back.
 */
function presenceOf(type: ActivityType, record: () => ActivityRecord): Presence {
  const { access, role, failed, name } = type;
  if (access !== undefined || role === "delivered") return "there";
  if (failed) return "";
  if (role === "move" || role === "delete") return moved(type, record());
  if (record().audit !== undefined) return AUDITED.has(name) ? "there" : "";
  return role === "" ? "there" : "";
}

/** Of a Move the row must name the target: mail can be moved to other mailboxes, too. */
function moved({ name }: ActivityType, record: ActivityRecord): Presence {
  const { properties, audit } = record;
  const text = (property: string) => properties.text(property) ?? "";
  if (audit !== undefined) {
    if (name === "MoveToDeletedItems") return "there";
    // The other copies of a message have the same InternetMessageId, so that a deletion proves nothing of them.
    return name === "Move" && text("CrossMailboxOperation").toLowerCase() !== "true" && isFolder(text("TargetFolder"))
      ? "there"
      : "";
  }
  const way = text(name === "Delete" ? "DeleteType" : "MoveType");
  if (name === "Delete") {
    if (way === "MoveToDeletedItems") return "there";
    return way === "SoftDelete" || way === "HardDelete" ? "gone" : "";
  }
  if (name === "MoveToInbox" || name === "MoveToClutter") return "there";
  // The web client names the target as DestinationFolder and no MoveType.
  if (way === "SoftDelete" || way === "HardDelete") return "";
  return isFolder(text("TargetFolder")) || isFolder(text("DestinationFolder")) ? "there" : "";
}

function isFolder(name: string): boolean {
  return name !== "" && name !== "null" && !RECOVERABLE.test(name);
}

/** From when on the messages of a mailbox are known to be in it, by message number. */
export interface MailboxPresence {
  /** Those that are known at all, in the order in which rows tell of them. */
  readonly messages: NumberList;
  /** The row that first says so; -1 where none does. Rows of one time keep their order, so that it is no time. */
  readonly since: Int32Array;
  /** The row that took the message out again; -1 where none did. */
  readonly until: Int32Array;
  /** The one item as which it was named; -1 of a message with several, of which another may be left. */
  readonly only: Int32Array;
  /** Until when anybody asks. */
  readonly asked: number;
}

/** A row that names an item. */
export interface NamedItem {
  readonly own: number;
  readonly row: number;
  readonly type: ActivityType;
  readonly ticks: number;
  readonly record: () => ActivityRecord;
}

/**
 * @param count how many messages there can be.
 * @param asked until when anybody will ask for them, in ticks; undefined where nobody does.
 */
export function newMailboxPresence(count: number, asked: number | undefined): MailboxPresence {
  const size = asked === undefined ? 0 : count;
  return {
    messages: newNumberList(),
    since: new Int32Array(size).fill(-1),
    until: new Int32Array(size).fill(-1),
    only: new Int32Array(size),
    asked: asked ?? Number.NEGATIVE_INFINITY,
  };
}

/**
 * Takes what a row says of a message; rows come in order of time, those that cannot be read last.
 *
 * @returns whether it is the first that says that the message is in the mailbox.
 */
export function notePresence(
  known: MailboxPresence,
  message: number,
  { own, row, type, ticks, record }: NamedItem,
): boolean {
  const { messages, since, until, only, asked } = known;
  const isGone = (until[message] ?? -1) >= 0;
  if (Number.isNaN(ticks) || (ticks > asked && !isGone)) return false;
  const said = presenceOf(type, record);
  if (said === "") return false;
  const isMet = (since[message] as number) >= 0;
  if (said === "gone") {
    if (isMet && !isGone && only[message] === own) until[message] = row;
    return false;
  }
  if (!isMet) {
    since[message] = row;
    only[message] = own;
    addNumber(messages, message);
    return true;
  }
  if (only[message] !== own) only[message] = -1;
  // The display of a message that was deleted ends after it; whatever else is done to it says that it is still there.
  if (type.role !== "end") until[message] = -1;
  return false;
}
