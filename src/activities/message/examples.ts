import type { ActivityExample } from "../example.ts";

const item = { TimeStamp: "2018-06-20T10:00:00Z", ActivityItemId: "item-1" } as const;
const TYPES: readonly (readonly [name: string, role: string, access: string | undefined])[] = [
  ["MessageSent", "sent", undefined],
  ["RemoteSend", "sent", undefined],
  ["DraftCreated", "draft", undefined],
  ["NewMessage", "draft", undefined],
  ["Reply", "answer", "opened"],
  ["ReplyAll", "answer", "opened"],
  ["Forward", "answer", "opened"],
];

export const examples: readonly ActivityExample[] = [
  {
    name: "a delivery tells nearly everything of its message",
    record: {
      ...item,
      AppIdType: "Exchange",
      ActivityIdType: "MessageDelivered",
      CustomProperties: {
        Subject: "Anna's note, Subject: x",
        SenderSmtpAddress: "anna@contoso.example",
        From: "Anna",
        ReceivedTime: "06/20/2018 10:00:00 AM",
        Recipients: "bob@contoso.example;carla@contoso.example",
        DeliveredFolderType: "Inbox",
        InternetMessageId: "<1@contoso.example>",
        AttachmentDetail: "note.pdf:1200",
      },
    },
    type: { family: "message", role: "delivered", access: undefined, knowledge: 0 },
    facts: {
      messageFields: {
        subject: "Anna's note, Subject: x",
        from: "anna@contoso.example",
        received: "06/20/2018 10:00:00 AM",
        recipients: "bob@contoso.example;carla@contoso.example",
        folder: "Inbox",
        internetMessageId: "<1@contoso.example>",
        attachments: "note.pdf:1200",
      },
    },
  },
  {
    name: "a reply to all names the sender and folder in its own words",
    record: {
      ...item,
      AppIdType: "Web",
      ActivityIdType: "ReplyAll",
      CustomProperties: { SenderAddress: "anna@contoso.example", SourceDefaultFolderType: "Inbox", ReceivedTime: "t" },
    },
    facts: {
      messageFields: { from: "anna@contoso.example", folder: "Inbox", received: "t", subject: undefined },
    },
  },
  {
    name: "a move's folder is the one that the item is in from then on",
    record: {
      ...item,
      AppIdType: "Web",
      ActivityIdType: "Move",
      CustomProperties: { MoveType: "Move", SourceFolder: "Inbox", TargetFolder: "Archive" },
    },
    facts: { messageFields: { folder: "Archive" } },
  },
  {
    name: "the web client's own move has the id before it, and its folder is that of the next one",
    record: { ...item, AppIdType: "Web", ActivityIdType: "Move", CustomProperties: { DestinationFolder: "AAMk" } },
    facts: { messageFields: { folder: undefined } },
  },
  {
    name: "a move that does not name its target says of no folder that the item is there",
    record: {
      ...item,
      AppIdType: "Web",
      ActivityIdType: "Move",
      CustomProperties: { SourceFolder: "Inbox", TargetFolder: "null" },
    },
    facts: { messageFields: { folder: undefined } },
  },
  {
    name: "a subject of None is empty, which is not unknown",
    record: { ...item, AppIdType: "Exchange", ActivityIdType: "MessageDelivered", CustomProperties: { Subject: null } },
    facts: { messageFields: { subject: "", from: undefined } },
  },
  ...TYPES.map(([ActivityIdType, role, access]) => ({
    name: `${ActivityIdType} is a message ${role}`,
    record: { ...item, AppIdType: "Web", ActivityIdType },
    type: { family: "message", role, access },
  })),
];
