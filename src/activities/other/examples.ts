import type { ActivityExample } from "../example.ts";

const item = { TimeStamp: "2018-06-20T10:00:00Z", AppIdType: "Web", ActivityItemId: "item-1" } as const;
const ACCESSES: readonly (readonly [name: string, access: string | undefined])[] = [
  ["MarkAsRead", "marked-read"],
  ["MarkAsUnread", undefined],
  ["LinkClicked", "opened"],
  ["Print", "opened"],
  ["MessageSelected", undefined],
  ["ItemVisibleInListViewStart", undefined],
];

export const examples: readonly ActivityExample[] = [
  {
    name: "details are the properties as JSON, in their order",
    record: {
      ...item,
      ActivityIdType: "Move",
      CustomProperties: { MoveType: "Move", SourceFolder: "Inbox", TargetFolder: null, "10": `"q"\t'a'` },
    },
    type: { family: "other", role: "move", access: undefined },
    // JavaScript itself puts keys that are numbers first.
    facts: { details: `{"10":"\\"q\\"\\t'a'","MoveType":"Move","SourceFolder":"Inbox","TargetFolder":null}` },
  },
  {
    name: "a type that nobody has heard of",
    record: { ...item, ActivityIdType: "TeleportedMessage", CustomProperties: { Where: "Moon" } },
    type: { name: "TeleportedMessage", family: "other", role: "", access: undefined },
    facts: { details: `{"Where":"Moon"}` },
  },
  {
    name: "no properties at all",
    record: { ...item, ActivityIdType: "Flag" },
    type: { family: "other" },
    facts: { details: "{}" },
  },
  ...["Delete", "DeleteFromInbox", "DeleteFromClutter"].map((ActivityIdType) => ({
    name: `${ActivityIdType} deletes`,
    record: { ...item, ActivityIdType },
    type: { family: "other", role: "delete" },
  })),
  ...ACCESSES.map(([ActivityIdType, access]) => ({
    name: `what ${ActivityIdType} proves of access`,
    record: { ...item, ActivityIdType },
    type: { family: "other", access },
  })),
];
