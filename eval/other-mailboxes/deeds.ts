import { MINUTE, SECOND, toSecond } from "./clock.ts";
import { newId, record } from "./log.ts";
import type { Log, Message, Sitting } from "./log.ts";
import type { Topic } from "./texts.ts";

/** A message somebody turns to: unread ones first, and of the topic if there are any. Undefined in an empty mailbox. */
export function turnTo(log: Log, topic: Topic | undefined, unreadFirst: boolean): Message | undefined {
  const there = log.messages.filter(({ gone, folder }) => !gone && folder === "Inbox").slice(-80);
  const fitting = topic === undefined ? there : there.filter((message) => message.topic === topic);
  const candidates = fitting.length > 0 ? fitting : there;
  const unread = unreadFirst ? candidates.filter((message) => message.unread) : [];
  const among = unread.length > 0 ? unread : candidates;
  return among.length > 0 ? log.dice.of(among) : undefined;
}

function markRead(log: Log, sitting: Sitting, message: Message, at: number): void {
  if (!message.unread) return;
  message.unread = false;
  if (sitting.app === "Web") {
    record(log, sitting, at, "MarkAsRead", message.id, [["IsConversation", "0"]], "browser");
    record(log, sitting, at + log.dice.range(10, 900), "MarkAsRead", message.id, undefined);
    return;
  }
  record(log, sitting, at, "MarkAsRead", message.id, [
    ["InternetMessageId", message.internetId],
    ["SenderAddress", message.from],
    ["ReceivedTime", toSecond(message.received)],
    ["SourceFolder", message.folder],
    ["ItemClass", "IPM.Note"],
  ]);
}

/** Reads a message for `dwell` ms. What it leaves depends on the client: phones and scripts only mark it as read. */
export function read(log: Log, sitting: Sitting, message: Message, at: number, dwell: number): void {
  const { dice, shape } = log;
  const desktop = sitting.app === "Outlook" || sitting.app === "MacOutlook";
  const pane = sitting.app === "Web" || (desktop && shape.desktopPanes);
  if (pane) {
    const properties = [
      ["SelectedFolderName", "Inbox"],
      ["IsClutter", "0"],
      ["IsConversation", "0"],
    ] as const;
    record(log, sitting, at, "ReadingPaneDisplayStart", message.id, properties, "browser");
    // Whoever closes the window leaves no end.
    if (dice.odds(0.9)) {
      record(log, sitting, at + dwell, "ReadingPaneDisplayEnd", message.id, [["IsConversation", "0"]], "browser");
    }
  }
  markRead(log, sitting, message, at + Math.min(dwell, dice.range(500, 5000)));
  if (pane && message.attachment && dice.odds(0.3)) {
    const action = [["AttachmentAction", dice.of(["Preview", "Download"])]] as const;
    record(log, sitting, at + Math.round(dwell / 2), "OpenedAnAttachment", message.id, action, "browser");
  }
}

const xml = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");

/** Searches; typed queries leave a record a key stroke, pasted ones and those of a phone or a script none. */
export function search(log: Log, sitting: Sitting, query: string, at: number, typed: boolean): void {
  const { dice } = log;
  const id = dice.guid();
  let time = at;
  if (sitting.app === "Web") {
    const session = [["SearchSessionId", id]] as const;
    if (dice.odds(0.7)) record(log, sitting, at - 400, "SearchSessionStart", "", session, "browser");
    const letters = typed ? Array.from(query) : [];
    for (const [index] of letters.entries()) {
      time += dice.range(70, 420);
      const stimulus = [["SuggestionStimulus", letters.slice(0, index + 1).join("")]] as const;
      record(log, sitting, time, "SearchSuggestionsDisplay", "", stimulus, "browser");
    }
    time += dice.range(200, 1500);
    record(log, sitting, time, "SearchQueryExecute", "", session, "browser");
  }
  const ran = time + dice.range(90, 1200);
  const properties = [
    ["Rid", dice.guid()],
    ["Sid", id],
    ["Query", `<Query><KqlQuery>${xml(query)}</KqlQuery><RawQuery>${xml(query)}</RawQuery></Query>`],
    ["MaxRes", "150"],
    ["ResIds", dice.hex(16)],
    ["Trunc", "False"],
  ] as const;
  record(log, sitting, ran, "SearchResult", "", properties, sitting.app === "Web" ? "browser" : "server");
  if (sitting.actor === "intruder") log.queries.push({ query, at: ran });
}

/** Answers or forwards a message, or writes a new one; returns what then lies in Sent Items. */
export function send(log: Log, sitting: Sitting, original: Message | undefined, how: string, at: number): Message {
  const { dice } = log;
  const web = sitting.app === "Web";
  if (original !== undefined) record(log, sitting, at, how, original.id, undefined, web ? "browser" : "server");
  else if (web) record(log, sitting, at, "NewMessage", "", undefined, "browser");
  const sent: Message = {
    id: newId(log),
    folder: "SentItems",
    unread: false,
    gone: false,
    internetId: `<${dice.hex(24)}@brightwater.example>`,
    conversation: original?.conversation ?? `AAQkAD${dice.letters(52)}=`,
    topic: original?.topic ?? "work",
    from: log.user,
    received: at,
    attachment: false,
  };
  record(log, sitting, at + 5 * SECOND, "DraftCreated", newId(log), undefined);
  record(log, sitting, at + dice.range(20 * SECOND, 2 * MINUTE), "MessageSent", sent.id, [
    ["ItemSchemaType", "Message"],
  ]);
  log.messages.push(sent);
  return sent;
}

/** Deletes a message; only HardDelete leaves nothing behind in a folder. */
export function discard(log: Log, sitting: Sitting, message: Message, how: string, at: number): void {
  const folder = message.folder;
  if (sitting.app === "Web") record(log, sitting, at, "Delete", message.id, [["DeleteType", how]], "browser");
  record(log, sitting, at + 60, "Delete", message.id, [
    ["DeleteType", how],
    ["SourceDefaultFolderType", folder],
    ["DeletedByEmptyFolder", "False"],
  ]);
  message.gone = true;
  message.folder = "DeletedItems";
}

/** Moves a message to a folder; the record has the id that it has there. */
export function moveTo(log: Log, sitting: Sitting, message: Message, folder: string, at: number): void {
  const source = message.folder;
  message.id = newId(log);
  message.folder = folder;
  record(log, sitting, at, "Move", message.id, [
    ["MoveType", "Move"],
    ["SourceFolder", source],
    ["TargetFolder", folder],
  ]);
}
