import { clientRow, displayFolderName, serverRow } from "./mailbox.ts";
import type { Mailbox, Message, Session } from "./mailbox.ts";
import type { Property } from "./rows.ts";
import { receivedTime } from "./time.ts";

const conversation = (message: Message): readonly Property[] => [
  ["IsConversation", "1"],
  ["ConversationId", message.conversationId],
];

const selectedFolder = (message: Message): Property => ["SelectedFolderName", displayFolderName(message.folder)];

/** Outlook on the web reports the change, and so does the server, without any property. */
function markReadOnWeb(mailbox: Mailbox, session: Session, message: Message, at: number): void {
  if (message.read) return;
  message.read = true;
  clientRow(mailbox, session, at, "MarkAsRead", message.itemId, [...conversation(message), selectedFolder(message)]);
  serverRow(mailbox, session, at + mailbox.random.between(40, 400), "MarkAsRead", message.itemId, undefined);
}

export function markUnreadOnWeb(mailbox: Mailbox, session: Session, message: Message, at: number): number {
  message.read = false;
  clientRow(mailbox, session, at, "MarkAsUnread", message.itemId, [...conversation(message), selectedFolder(message)]);
  serverRow(mailbox, session, at + mailbox.random.between(40, 400), "MarkAsUnread", message.itemId, undefined);
  return at + 500;
}

/** Reads in the reading pane of Outlook on the web for `dwell` ms; a browser closed meanwhile leaves no End. */
export function readInPane(
  mailbox: Mailbox,
  session: Session,
  message: Message,
  at: number,
  dwell: number,
  closed = false,
): number {
  clientRow(mailbox, session, at, "ReadingPaneDisplayStart", message.itemId, [
    ...conversation(message),
    ["IsClutter", "0"],
    selectedFolder(message),
  ]);
  if (dwell > 4_000) markReadOnWeb(mailbox, session, message, at + mailbox.random.between(2_000, 3_500));
  if (!closed) {
    clientRow(mailbox, session, at + dwell, "ReadingPaneDisplayEnd", message.itemId, conversation(message));
  }
  return at + dwell;
}

/** Opens the message in a browser window of its own for `dwell` ms. */
export function readInWindow(mailbox: Mailbox, session: Session, message: Message, at: number, dwell: number): number {
  clientRow(mailbox, session, at, "InspectorDisplayStart", message.itemId, [["IsClutter", "0"]]);
  markReadOnWeb(mailbox, session, message, at + mailbox.random.between(300, 900));
  clientRow(mailbox, session, at + dwell, "InspectorDisplayEnd", message.itemId, undefined);
  return at + dwell;
}

/** What a phone or desktop Outlook leaves of reading: only that the server marked the message as read. */
export function readInClient(mailbox: Mailbox, session: Session, message: Message, at: number): number {
  message.read = true;
  serverRow(mailbox, session, at, "MarkAsRead", message.itemId, [
    ["ItemClass", message.itemClass],
    ["ReceivedTime", receivedTime(message.received)],
    ["SenderAddress", message.sender],
    ["InternetMessageId", message.internetMessageId],
    ["SourceFolder", message.folder],
  ]);
  return at + 200;
}

export function openAttachment(
  mailbox: Mailbox,
  session: Session,
  message: Message,
  at: number,
  action: "Preview" | "Open" | "Download",
): number {
  // The record names the message and what was done, never the attachment.
  clientRow(mailbox, session, at, "OpenedAnAttachment", message.itemId, [["AttachmentAction", action]]);
  return at + 700;
}

export function clickLink(mailbox: Mailbox, session: Session, message: Message, at: number): number {
  clientRow(mailbox, session, at, "LinkClicked", message.itemId, conversation(message));
  return at + 500;
}
