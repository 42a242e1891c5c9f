import { DELETION_FOLDERS, folderAmong, OWN_FOLDERS } from "../activities/folders.ts";
import { readersFolder } from "../activities/read/index.ts";
import type { ActivityType } from "../model/event.ts";
import type { NumberList } from "../model/number-list.ts";
import { addNumber, newNumberList } from "../model/number-list.ts";
import type { ActivityRecord } from "../model/record.ts";
import { remembering } from "../model/remembering.ts";

/**
 * What a row says of the message that it names: it is in the mailbox from then on, and nobody's own; it is there, and may
 * be the owner's own; it is the owner's own, which nobody sent here; or it is there no more. Empty where nothing.
 */
type Presence = "received" | "there" | "own" | "gone" | "";

/** Operations of audit logs that leave what they name in the mailbox, beside those that move it. */
const AUDITED: ReadonlySet<string> = new Set(["Update", "Copy", "MailItemsAccessed"]);

/** Where Exchange keeps what was deleted for good, as a default folder's name or a path: no IMAP or POP client sees it. */
const RECOVERABLE = /^\\*Recoverable ?Items/i;

const isOwnFolder = remembering((folder) => folderAmong(folder, OWN_FOLDERS, true) !== undefined, 10_000);
const isDeletionFolder = remembering((folder) => folderAmong(folder, DELETION_FOLDERS, true) !== undefined, 10_000);

/** What no message is that somebody sent to the mailbox, be it shown or moved. */
function isOwnType({ role, name }: ActivityType): boolean {
  return role === "sent" || role === "draft" || (role === "no-message" && name !== "Error");
}

/** The folder in which a record says that the message was found; empty where it does not. */
function foundIn({ properties }: ActivityRecord): string {
  for (const name of ["SourceFolder", "SourceDefaultFolderType", "DeliveredFolderType", "Folder"]) {
    const folder = properties.text(name) ?? "";
    if (folder !== "" && folder !== "null" && folder !== "None") return folder;
  }
  return "";
}

/**
 * Whether a row proves that the message that it names is in the mailbox: its delivery and every access to it, and what
 * else was done to it where it stays, be it in another folder. Types that no family lists count, as what they name was
 * there to be acted on; Operations that none lists do not, because the tenant's log also tells of mail that was held back.
 * The folder can tell that it is the owner's own, or was deleted for good already.
 */
function presenceOf(type: ActivityType, record: () => ActivityRecord): Presence {
  if (isOwnType(type)) return "own";
  if (type.role === "delivered") return "received";
  const said = saidOf(type, record);
  if (said !== "there") return said;
  const { properties } = record();
  const folder = foundIn(record());
  const target = properties.text("TargetFolder") ?? "";
  if (RECOVERABLE.test(folder) && type.role !== "delete" && !isFolder(target)) return "";
  if (folder === "") {
    // A conversation is shown with the messages of other folders: where the reader stood proves nothing.
    return isOwnFolder(readersFolder(record()) ?? "") || isOwnFolder(target) ? "" : "there";
  }
  if (isOwnFolder(folder)) return "own";
  return isDeletionFolder(folder) ? "there" : "received";
}

function saidOf(type: ActivityType, record: () => ActivityRecord): "there" | "gone" | "" {
  const { access, role, failed, name } = type;
  if (access !== undefined) return "there";
  if (failed) return "";
  if (role === "move" || role === "delete") return moved(type, record());
  if (record().audit !== undefined) return AUDITED.has(name) ? "there" : "";
  return role === "" ? "there" : "";
}

/** Of a Move the row must name the target: mail can be moved to other mailboxes, too. */
function moved({ name }: ActivityType, record: ActivityRecord): "there" | "gone" | "" {
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

/** A message of which a row says that somebody sent it to the mailbox, or that it is the owner's own. */
const RECEIVED = 1;
const OWN = 2;

/** From when on the messages of a mailbox are known to be in it, by message number. */
export interface MailboxPresence {
  /** Those that are known at all, in the order in which rows tell of them. */
  readonly messages: NumberList;
  /** The row that first says so, or says so again; -1 where none does. Rows of one time keep their order: it is no time. */
  readonly since: Int32Array;
  /** The row that took the message out again; -1 where none did. */
  readonly until: Int32Array;
  /** Of those that came back, the stretches before. */
  readonly before: Map<number, Stretch[]>;
  /** RECEIVED, OWN, or 0 where no row says either. */
  readonly kind: Uint8Array;
  /** The one item as which it was named; -1 of a message with several, of which another may be left. */
  readonly only: Int32Array;
  /** Until when anybody asks. */
  readonly asked: number;
}

/** From which row on, and until which, a message was known to be in the mailbox; until -1: to the end. */
type Stretch = readonly [since: number, until: number];

/** When a message that is among `messages` was known to be in the mailbox, in order of time; never one of the owner's own. */
export function stretchesOf({ since, until, before, kind }: MailboxPresence, message: number): readonly Stretch[] {
  if (kind[message] === OWN) return [];
  return [...(before.get(message) ?? []), [since[message] as number, until[message] as number]];
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
    before: new Map(),
    kind: new Uint8Array(size),
    only: new Int32Array(size),
    asked: asked ?? Number.NEGATIVE_INFINITY,
  };
}

/** A message is known to be in the mailbox from a row on, and not before. */
function beginAt({ since, until, before }: MailboxPresence, message: number, row: number): void {
  since[message] = row;
  until[message] = -1;
  before.delete(message);
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
  const { messages, since, until, before, kind, only, asked } = known;
  if (since.length === 0) return false;
  const said = presenceOf(type, record);
  if (said === "") return false;
  if (said === "own") {
    if (kind[message] !== RECEIVED) kind[message] = OWN;
    return false;
  }
  const isOwn = kind[message] === OWN;
  if (said === "received") kind[message] = RECEIVED;
  else if (isOwn) return false;
  const isMet = (since[message] as number) >= 0;
  // Whose it is may be told later than anybody asks, and that it is there no sooner than it is told.
  if (!(ticks <= asked)) {
    if (isMet && isOwn) beginAt(known, message, row);
    return false;
  }
  const isGone = (until[message] as number) >= 0;
  if (said === "gone") {
    if (isMet && !isGone && only[message] === own) until[message] = row;
    return false;
  }
  if (!isMet || isOwn) {
    beginAt(known, message, row);
    only[message] = own;
    if (!isMet) addNumber(messages, message);
    return !isMet;
  }
  if (only[message] !== own) only[message] = -1;
  // The display of a message that was deleted ends after it; whatever else is done to it says that it is there again.
  if (isGone && type.role !== "end") {
    const stretch: Stretch = [since[message] as number, until[message] as number];
    const ended = before.get(message);
    if (ended === undefined) before.set(message, [stretch]);
    else ended.push(stretch);
    since[message] = row;
    until[message] = -1;
  }
  return false;
}
