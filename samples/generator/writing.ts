import { clientRow, displayFolderName, newItemId, serverRow } from "./mailbox.ts";
import type { Mailbox, Message, Session } from "./mailbox.ts";
import { receivedTime } from "./time.ts";

export interface Outgoing {
  readonly key: string;
  readonly to: string;
  readonly subject: string;
}

/** The draft is saved, and when it is sent, a new item stands in Sent Items. No record names a recipient. */
function sendDraft(mailbox: Mailbox, session: Session, outgoing: Outgoing, from: number, sent: number): Message {
  serverRow(mailbox, session, from, "DraftCreated", newItemId(mailbox, "Drafts"), undefined);
  const message: Message = {
    key: outgoing.key,
    itemId: newItemId(mailbox, "SentItems"),
    internetMessageId: `<${mailbox.random.token(30)}@${mailbox.user.split("@")[1] ?? "mail.example"}>`,
    conversationId: `AAQkA${mailbox.random.token(70)}=`,
    subject: outgoing.subject,
    sender: mailbox.user,
    received: sent,
    itemClass: "IPM.Note",
    attachments: [],
    topic: "work",
    folder: "SentItems",
    read: true,
    openedByIntruder: false,
    gone: false,
  };
  serverRow(mailbox, session, sent, "MessageSent", message.itemId, [["ItemSchemaType", "MessageSchema"]]);
  mailbox.messages.push(message);
  return message;
}

/** Writes a new message for `time` ms and sends it. */
export function composeMessage(
  mailbox: Mailbox,
  session: Session,
  outgoing: Outgoing,
  at: number,
  time: number,
): Message {
  if (session.app === "Web") clientRow(mailbox, session, at, "NewMessage", "", [["SelectedFolderName", "Inbox"]]);
  return sendDraft(mailbox, session, outgoing, at + Math.round(time / 3), at + time);
}

/** Answers or forwards a message for `time` ms and sends it; the record carries the id of the original. */
export function answerMessage(
  mailbox: Mailbox,
  session: Session,
  original: Message,
  kind: "Reply" | "ReplyAll" | "Forward",
  outgoing: Outgoing,
  at: number,
  time: number,
): Message {
  if (session.app === "Web") {
    clientRow(mailbox, session, at, kind, original.itemId, [
      ["SelectedFolderName", displayFolderName(original.folder)],
    ]);
  }
  const sent = at + time;
  // Outlook on the web's server rows of these three have no property; the cloud's ReplyAll of other clients has some.
  const properties = [
    ["ReceivedTime", receivedTime(original.received)],
    ["SenderAddress", original.sender],
    ["InternetMessageId", original.internetMessageId],
    ["SourceDefaultFolderType", original.folder],
  ] as const;
  const message = sendDraft(mailbox, session, outgoing, at + Math.round(time / 3), sent);
  const carries = kind === "ReplyAll" && session.app !== "Web";
  serverRow(
    mailbox,
    session,
    sent + mailbox.random.between(20, 300),
    kind,
    original.itemId,
    carries ? properties : undefined,
  );
  return message;
}
