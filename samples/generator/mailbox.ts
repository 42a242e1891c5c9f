import type { Random } from "./random.ts";
import type { Actor, MailboxRow, Property } from "./rows.ts";
import { timeStamp } from "./time.ts";

/** Names as the server writes them (default folder names); "Suppliers" is a folder the owner made. */
export type Folder =
  | "Inbox"
  | "Drafts"
  | "SentItems"
  | "DeletedItems"
  | "JunkEmail"
  | "Archive"
  | "RssSubscription"
  | "Suppliers"
  | "None";

const DISPLAY_NAMES: Readonly<Record<Folder, string>> = {
  Inbox: "Inbox",
  Drafts: "Drafts",
  SentItems: "Sent Items",
  DeletedItems: "Deleted Items",
  JunkEmail: "Junk Email",
  Archive: "Archive",
  RssSubscription: "RSS Feeds",
  Suppliers: "Suppliers",
  None: "",
};

export type Topic = "finance" | "work" | "bulk" | "phish";

/** A message in the mailbox; its item id changes with every move. */
export interface Message {
  /** The name a case's script calls it by; empty for all others. */
  readonly key: string;
  itemId: string;
  readonly internetMessageId: string;
  readonly conversationId: string;
  readonly subject: string;
  readonly sender: string;
  readonly received: number;
  readonly itemClass: string;
  readonly attachments: readonly string[];
  readonly topic: Topic;
  folder: Folder;
  read: boolean;
  openedByIntruder: boolean;
  /** Deleted beyond Deleted Items. */
  gone: boolean;
}

/** A mailbox while its log is being made. */
export interface Mailbox {
  readonly user: string;
  readonly random: Random;
  readonly rows: MailboxRow[];
  readonly messages: Message[];
  readonly idPrefix: string;
  readonly folderIds: Map<Folder, string>;
}

/** One stay of one person with one client. */
export interface Session {
  readonly actor: Actor;
  readonly app: string;
  readonly address: string;
  readonly userAgent: string;
  /** ClientSessionId of what the browser reports. */
  readonly webId: string;
  /** ClientSessionId of what the server reports: another one, nothing in the log joins the two. */
  readonly serverId: string;
}

export function createMailbox(user: string, random: Random): Mailbox {
  return {
    user,
    random,
    rows: [],
    messages: [],
    idPrefix: `AAMkA${random.token(59)}BGAAAAAA${random.token(30)}`,
    folderIds: new Map(),
  };
}

export function openSession(mailbox: Mailbox, who: Omit<Session, "webId" | "serverId">): Session {
  return { ...who, webId: mailbox.random.guid(), serverId: mailbox.random.guid() };
}

function folderId(mailbox: Mailbox, folder: Folder): string {
  const known = mailbox.folderIds.get(folder);
  if (known !== undefined) return known;
  const made = mailbox.random.token(22);
  mailbox.folderIds.set(folder, made);
  return made;
}

/** A new item id in a folder. */
export function newItemId(mailbox: Mailbox, folder: Folder): string {
  return `${mailbox.idPrefix}${folderId(mailbox, folder)}${mailbox.random.token(22)}AAA=`;
}

/** A folder as server-side rows name it: a default folder by name, any other by its store id. */
export function serverFolderName(mailbox: Mailbox, folder: Folder): string {
  return folder === "Suppliers" || folder === "None" ? storeFolderId(mailbox, folder) : folder;
}

/** A folder's store id. */
export function storeFolderId(mailbox: Mailbox, folder: Folder): string {
  return `${mailbox.idPrefix.replace("AAMkA", "AQMkA")}${folderId(mailbox, folder)}AAAA`;
}

/** A folder as Outlook on the web shows it. */
export function displayFolderName(folder: Folder): string {
  return DISPLAY_NAMES[folder];
}

export interface RowFields {
  readonly at: number;
  readonly app: string;
  readonly type: string;
  readonly item: string;
  readonly session: string;
  readonly properties: readonly Property[] | undefined;
  readonly actor: Actor;
  readonly address: string | undefined;
  /** Milliseconds until the service stored the record. */
  readonly delay: number;
}

/** Adds one record to the log. */
export function writeRow(mailbox: Mailbox, fields: RowFields): void {
  mailbox.rows.push({
    timeStamp: timeStamp(fields.at, mailbox.random.int(10_000)),
    appIdType: fields.app,
    activityIdType: fields.type,
    activityItemId: fields.item,
    activityCreationTime: timeStamp(fields.at + fields.delay, mailbox.random.int(10_000)),
    clientSessionId: fields.session,
    properties: fields.properties,
    actor: fields.actor,
    address: fields.address,
    duplicate: false,
  });
}

/** A record that the browser reports; it sends them in batches, so they are stored seconds later. */
export function clientRow(
  mailbox: Mailbox,
  session: Session,
  at: number,
  type: string,
  item: string,
  properties: readonly Property[] | undefined,
): void {
  const { app, actor, address } = session;
  const delay = mailbox.random.between(2_000, 45_000);
  writeRow(mailbox, { at, app, type, item, session: session.webId, properties, actor, address, delay });
}

/** A record that the server writes itself. */
export function serverRow(
  mailbox: Mailbox,
  session: Session,
  at: number,
  type: string,
  item: string,
  properties: readonly Property[] | undefined,
): void {
  const { app, actor, address } = session;
  const delay = mailbox.random.between(4, 900);
  writeRow(mailbox, { at, app, type, item, session: session.serverId, properties, actor, address, delay });
}
