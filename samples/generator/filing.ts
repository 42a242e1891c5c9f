import { clientRow, displayFolderName, newItemId, serverFolderName, serverRow, storeFolderId } from "./mailbox.ts";
import type { Folder, Mailbox, Message, Session } from "./mailbox.ts";

export type DeleteType = "MoveToDeletedItems" | "SoftDelete" | "HardDelete";

const MOVE_TYPES = { MoveToDeletedItems: "Delete", SoftDelete: "SoftDelete", HardDelete: "HardDelete" } as const;
const DELETE_TARGETS = {
  MoveToDeletedItems: "DeletedItems",
  SoftDelete: "RecoverableItemsDeletions",
  // A purge has no folder that a name could be given for.
  HardDelete: "null",
} as const;

/** Deletes a message; `emptied` when it went with the whole folder, which the browser does not report by item. */
export function deleteMessage(
  mailbox: Mailbox,
  session: Session,
  message: Message,
  type: DeleteType,
  at: number,
  emptied = false,
): number {
  const { random } = mailbox;
  const from = message.folder;
  if (session.app === "Web" && !emptied) {
    clientRow(mailbox, session, at, "Delete", message.itemId, [
      ["DeleteType", type],
      ["IsConversation", "0"],
      ["SelectedFolderName", displayFolderName(from)],
    ]);
  }
  let time = at + random.between(30, 300);
  serverRow(mailbox, session, time, "Delete", message.itemId, [
    ["DeleteType", type],
    ["DeletedByEmptyFolder", emptied ? "True" : "False"],
    ["DeletedByDeleteAllClutter", "False"],
    ["SourceDefaultFolderType", from],
  ]);
  if (from === "Inbox") {
    time += random.between(1, 20);
    serverRow(mailbox, session, time, "DeleteFromInbox", message.itemId, undefined);
  }
  message.itemId = newItemId(mailbox, "DeletedItems");
  message.folder = "DeletedItems";
  message.gone = type !== "MoveToDeletedItems";
  time += random.between(1, 40);
  serverRow(mailbox, session, time, "Move", message.itemId, [
    ["MoveType", MOVE_TYPES[type]],
    ["SourceFolder", serverFolderName(mailbox, from)],
    ["TargetFolder", DELETE_TARGETS[type]],
  ]);
  return time;
}

/** Moves a message; the server's record carries the id the item has afterwards. */
export function moveMessage(mailbox: Mailbox, session: Session, message: Message, target: Folder, at: number): number {
  const { random } = mailbox;
  const from = message.folder;
  if (session.app === "Web") {
    clientRow(mailbox, session, at, "Move", message.itemId, [
      ["DestinationFolder", storeFolderId(mailbox, target)],
      ["SelectedFolderName", displayFolderName(from)],
    ]);
  }
  return moved(mailbox, session, message, target, at + random.between(30, 300));
}

/** The server's half of a move. */
function moved(mailbox: Mailbox, session: Session, message: Message, target: Folder, at: number): number {
  const from = message.folder;
  message.itemId = newItemId(mailbox, target);
  message.folder = target;
  serverRow(mailbox, session, at, "Move", message.itemId, [
    ["MoveType", "Move"],
    ["SourceFolder", serverFolderName(mailbox, from)],
    ["TargetFolder", serverFolderName(mailbox, target)],
  ]);
  const time = at + mailbox.random.between(1, 30);
  if (from === "Inbox") serverRow(mailbox, session, time, "MoveFromInbox", message.itemId, undefined);
  if (target === "Inbox") serverRow(mailbox, session, time, "MoveToInbox", message.itemId, undefined);
  return time;
}

/** Marks as junk in Outlook on the web: the browser reports the marking, the server the move. */
export function markAsJunk(mailbox: Mailbox, session: Session, message: Message, at: number): number {
  clientRow(mailbox, session, at, "MarkAsJunk", message.itemId, [["ConversationId", message.conversationId]]);
  return moved(mailbox, session, message, "JunkEmail", at + mailbox.random.between(80, 500));
}

export function flagMessage(mailbox: Mailbox, session: Session, message: Message, at: number): number {
  serverRow(mailbox, session, at, "Flag", message.itemId, [["ItemClass", message.itemClass]]);
  return at + 200;
}
