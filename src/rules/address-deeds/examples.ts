import { minuteOf, ownDays } from "../access-volume/examples.ts";
import type { ApiRecord } from "../../activities/example.ts";
import type { RuleExample } from "../example.ts";
import { auditAt, HOME, HOTEL, OWNER, STRANGER, dailyLogons, doneAt, logonAt } from "../example.ts";

const home = dailyLogons(10, HOME);

/** What an address did in a session of 5 March that began at 21:00. */
interface Deed {
  readonly at: string;
  readonly type: string;
  readonly item: string;
  readonly how?: Readonly<Record<string, string>>;
}
function session(address: string, ...deeds: readonly Deed[]): ApiRecord[] {
  const name = `session of ${address}`;
  return [
    logonAt("2018-03-05T21:00:00Z", address, { session: name }),
    ...deeds.map(({ at, type, item, how }) =>
      doneAt(`2018-03-05T${at}Z`, type, { item, session: name, ...(how === undefined ? {} : { properties: how }) }),
    ),
  ];
}

const sent: Deed = { at: "21:05:00", type: "MessageSent", item: "sent" };
const fromSent = (at: string): Deed => ({ at, type: "Delete", item: "copy", how: { SourceFolder: "Sent Items" } });
const ordinary: Deed = { at: "21:06:00", type: "Delete", item: "news", how: { SourceFolder: "Inbox" } };
const hard: Deed = { at: "21:07:00", type: "Delete", item: "alert", how: { DeleteType: "HardDelete" } };
const moved = (folder: string, item = "warning"): Deed => ({
  at: "21:08:00",
  type: "Move",
  item,
  how: { SourceFolder: "Inbox", TargetFolder: folder },
});
/** So many deletions of the owner's, the first of them beyond Deleted Items. */
const ownDeletions = (count: number) =>
  session(HOME, ...Array.from({ length: count }, (_, at) => (at === 0 ? hard : { ...ordinary, item: `own-${at}` })));

/** A message that an audit log names, and who acts in that evening. */
const SENT = "<sent@contoso.example>";
const STRANGE = {
  ClientIPAddress: STRANGER,
  ClientInfoString: "Client=OWA;Action=ViaProxy",
  LogonType: 0,
  MailboxOwnerUPN: OWNER,
};

export const examples: readonly RuleExample[] = [
  {
    name: "sent, and deleted out of Sent Items a minute later",
    records: [...home, ...session(STRANGER, sent, fromSent("21:06:00"))],
    outcome: "found",
    says: [
      {
        entity: STRANGER,
        points: 36,
        text: "1 message deleted out of Sent Items within an hour after something was sent",
        rows: [12, 13],
      },
    ],
  },
  {
    name: "the sent item itself, wherever it lay",
    records: [...home, ...session(STRANGER, sent, { ...ordinary, item: "sent" })],
    outcome: "found",
    says: [{ entity: STRANGER, points: 36, text: "1 message deleted within an hour of sending", rows: [12, 13] }],
  },
  ...[1, 2].map((count): RuleExample => ({
    name: `${count === 1 ? "a deletion" : "two deletions"} by the server, which write a Delete row and a Move row with the new id each`,
    records: [
      ...home,
      ...session(
        STRANGER,
        sent,
        ...Array.from({ length: count }, (_, at): Deed => ({
          at: "21:06:00",
          type: "Delete",
          item: `copy-${at}`,
          how: { DeleteType: "MoveToDeletedItems", SourceDefaultFolderType: "SentItems" },
        })),
        ...Array.from({ length: count }, (_, at): Deed => ({
          at: "21:06:01",
          type: "Move",
          item: `deleted-${at}`,
          how: { MoveType: "Delete", SourceFolder: "SentItems", TargetFolder: "DeletedItems" },
        })),
      ),
    ],
    outcome: "found",
    says: [
      {
        entity: STRANGER,
        points: 36,
        text: `${count === 1 ? "1 message" : "2 messages"} deleted out of Sent Items within an hour after something was sent`,
        rows: count === 1 ? [12, 13] : [12, 13, 14],
      },
    ],
  })),
  {
    name: "a deletion and a move of other messages: of another folder, in another way, or later",
    records: [
      ...home,
      ...session(
        STRANGER,
        sent,
        {
          at: "21:06:00",
          type: "Delete",
          item: "copy",
          how: { DeleteType: "SoftDelete", SourceDefaultFolderType: "SentItems" },
        },
        ...(
          [
            ["21:06:00", "SoftDelete", "Inbox"],
            ["21:06:00", "HardDelete", "SentItems"],
            ["21:06:05", "SoftDelete", "SentItems"],
          ] as const
        ).map(([at, MoveType, SourceFolder]): Deed => ({
          at,
          type: "Move",
          item: `${at} ${MoveType} ${SourceFolder}`,
          how: { MoveType, SourceFolder, TargetFolder: "RecoverableItemsDeletions" },
        })),
      ),
    ],
    outcome: "found",
    says: [
      {
        entity: STRANGER,
        points: 36,
        text: "3 messages deleted out of Sent Items within an hour after something was sent",
        rows: [12, 13, 15, 16],
      },
      { entity: STRANGER, points: 6, text: "1 message deleted beyond Deleted Items", rows: [14] },
    ],
  },
  {
    name: "one that is known to be what was sent and one that is not",
    records: [...home, ...session(STRANGER, sent, { ...ordinary, item: "sent" }, fromSent("21:07:00"))],
    outcome: "found",
    says: [
      {
        entity: STRANGER,
        points: 36,
        text: "1 message deleted within an hour of sending and 1 message deleted out of Sent Items within an hour after",
        rows: [12, 13, 14],
      },
    ],
  },
  {
    name: "a draft that is thrown away after something else was sent",
    records: [
      ...home,
      ...session(
        STRANGER,
        sent,
        { at: "21:06:00", type: "DraftCreated", item: "draft" },
        { at: "21:07:00", type: "Delete", item: "draft", how: { SourceFolder: "Drafts" } },
      ),
    ],
    outcome: "clear",
  },
  {
    name: "out of Sent Items, but there before anything was sent",
    records: [
      ...home,
      ...session(
        STRANGER,
        { at: "21:04:00", type: "ReadingPaneDisplayStart", item: "copy" },
        sent,
        fromSent("21:06:00"),
      ),
    ],
    outcome: "clear",
  },
  {
    name: "moved from Sent Items to Deleted Items",
    records: [
      ...home,
      ...session(STRANGER, sent, {
        at: "21:06:00",
        type: "Move",
        item: "copy",
        how: { SourceFolder: "Sent Items", TargetFolder: "Deleted Items" },
      }),
    ],
    outcome: "found",
    says: [{ entity: STRANGER, points: 36, rows: [12, 13] }],
  },
  {
    name: "an hour after sending, to the second",
    records: [...home, ...session(STRANGER, sent, fromSent("22:05:00"))],
    outcome: "found",
    says: [{ entity: STRANGER, points: 36 }],
  },
  {
    name: "a second later than that",
    records: [...home, ...session(STRANGER, sent, fromSent("22:05:01"))],
    outcome: "clear",
  },
  {
    name: "deleted before anything was sent",
    records: [...home, ...session(STRANGER, fromSent("21:04:59"), sent)],
    outcome: "clear",
  },
  {
    name: "an owner on the way who answers and clears the inbox",
    records: [
      ...home,
      ...session(HOTEL, { ...sent, type: "Reply", item: "question" }, sent, { ...ordinary, item: "question" }),
    ],
    outcome: "clear",
  },
  {
    name: "deleted beyond Deleted Items",
    records: [...home, ...session(STRANGER, hard)],
    outcome: "found",
    says: [{ entity: STRANGER, points: 6, text: "1 message deleted beyond Deleted Items", rows: [12] }],
  },
  {
    name: "two messages so",
    records: [...home, ...session(STRANGER, hard, { ...hard, item: "second" })],
    outcome: "found",
    says: [{ entity: STRANGER, points: 6, text: "2 messages deleted beyond Deleted Items", rows: [12, 13] }],
  },
  {
    name: "three messages are several",
    records: [
      ...home,
      ...session(
        STRANGER,
        hard,
        { ...hard, item: "second" },
        { ...hard, item: "third", how: { DeleteType: "SoftDelete" } },
      ),
    ],
    outcome: "found",
    says: [{ entity: STRANGER, points: 10, text: "3 messages deleted beyond Deleted Items", rows: [12, 13, 14] }],
  },
  {
    name: "two messages, one of them deleted again: they are not several",
    records: [...home, ...session(STRANGER, hard, { ...hard, item: "second" }, { ...hard, at: "21:07:03" })],
    outcome: "found",
    says: [{ entity: STRANGER, points: 6, text: "2 messages deleted beyond Deleted Items", rows: [12, 13, 14] }],
  },
  {
    name: "what was sent is none of the several",
    records: [...home, ...session(STRANGER, sent, { ...hard, item: "sent" }, hard, { ...hard, item: "second" })],
    outcome: "found",
    says: [
      { entity: STRANGER, points: 36, rows: [12, 13] },
      { entity: STRANGER, points: 6, rows: [14, 15] },
    ],
  },
  {
    name: "what was sent and deleted for good counts once",
    records: [...home, ...session(STRANGER, sent, { ...hard, item: "sent" })],
    outcome: "found",
    says: [{ entity: STRANGER, points: 36, text: "within an hour of sending", rows: [12, 13] }],
  },
  {
    name: "moved to folders where nobody looks",
    records: [
      ...home,
      ...session(STRANGER, moved("RSS Feeds"), moved("Conversation History", "second"), moved("RSS Feeds", "third")),
    ],
    outcome: "found",
    says: [
      {
        entity: STRANGER,
        points: 20,
        text: "3 messages moved to where nobody looks (RSS Feeds, Conversation History)",
        rows: [12, 13, 14],
      },
    ],
  },
  {
    name: "the same folders under other names",
    records: [
      ...home,
      ...session(
        STRANGER,
        moved("RSS Subscriptions"),
        moved("Historique des conversations", "second"),
        moved("Flux RSS", "third"),
        moved("Kanały RSS", "fourth"),
        moved("\\RSS Feeds\\Old", "fifth"),
      ),
    ],
    outcome: "found",
    says: [
      {
        entity: STRANGER,
        points: 20,
        text: "5 messages moved to where nobody looks (RSS Subscriptions, Historique des conversations, Flux RSS, Kanały RSS, RSS Feeds\\Old)",
      },
    ],
  },
  {
    name: "filed in folders of the owner's",
    records: [
      ...home,
      ...session(STRANGER, moved("Projects"), moved("Archive", "second"), moved("\\Inbox\\Calendar", "third")),
    ],
    outcome: "clear",
  },
  {
    name: "spam, where everybody moves it",
    records: [
      ...home,
      ...session(HOTEL, moved("Junk Email"), moved("Junk E-Mail", "second"), moved("Courrier indésirable", "third")),
    ],
    outcome: "clear",
  },
  {
    name: "three ways to hide: three reasons",
    records: [...home, ...session(STRANGER, sent, fromSent("21:06:00"), hard, moved("RSS Feeds"))],
    outcome: "found",
    says: [
      { entity: STRANGER, points: 36, rows: [12, 13] },
      { entity: STRANGER, points: 6, rows: [14] },
      { entity: STRANGER, points: 20, rows: [15] },
    ],
  },
  {
    // A quarter of 6, rounded up; 1 of 10 is the owner's share from which it is usual.
    name: "as the owner does with one in ten",
    records: [...home, ...ownDeletions(10), ...session(HOTEL, hard)],
    outcome: "found",
    says: [{ entity: HOTEL, points: 2, text: "as the owner does", rows: [23] }],
  },
  {
    name: "nine deletions of the owner's are no sample",
    records: [...home, ...ownDeletions(9), ...session(HOTEL, hard)],
    outcome: "found",
    says: [{ entity: HOTEL, points: 6, rows: [22] }],
  },
  {
    name: "one in eleven is not usual",
    records: [...home, ...ownDeletions(11), ...session(HOTEL, hard)],
    outcome: "found",
    says: [{ entity: HOTEL, points: 6 }],
  },
  {
    // Half of 36.
    name: "the owner was there as well, and no session says who it was",
    records: [
      ...home,
      logonAt("2018-03-05T20:00:00Z", HOME),
      logonAt("2018-03-05T21:00:00Z", STRANGER),
      doneAt("2018-03-05T21:05:00Z", "MessageSent", { item: "sent" }),
      doneAt("2018-03-05T21:06:00Z", "Delete", { item: "sent" }),
    ],
    outcome: "found",
    says: [{ entity: STRANGER, points: 18, text: "all attributed with low confidence", rows: [13, 14] }],
  },
  { name: "ordinary deletions", records: [...home, ...session(STRANGER, ordinary)], outcome: "clear" },
  {
    name: "an allowed and Microsoft's own address, beside an ordinary deletion at a hotel",
    records: [...home, ...session(STRANGER, hard), ...session("40.97.1.1", hard), ...session(HOTEL, ordinary)],
    allow: STRANGER,
    outcome: "clear",
  },
  { name: "nobody but the owner deletes", records: [...home, ...session(HOME, hard)], outcome: "clear" },
  { name: "no deletion or move in the log", records: [...home, ...session(STRANGER, sent)], outcome: "notAssessed" },
  {
    name: "weights of the user's own",
    records: [...home, ...session(STRANGER, hard)],
    rules: "rules:\n  address-deeds:\n    oneHardDeleted: 33\n",
    outcome: "found",
    says: [{ entity: STRANGER, points: 33 }],
  },
  {
    name: "one that is several to the user",
    records: [...home, ...session(STRANGER, hard)],
    rules: "rules:\n  address-deeds:\n    several: 1\n    hardDeleted: 34\n",
    outcome: "found",
    says: [{ entity: STRANGER, points: 34 }],
  },
  {
    name: "an audit log: what was sent is gone minutes later",
    audit: [
      ...ownDays(10),
      auditAt(minuteOf(5, 600), "Send", {
        ...STRANGE,
        Item: { Id: "draft", Subject: "Payment", InternetMessageId: SENT },
      }),
      auditAt(minuteOf(5, 605), "SoftDelete", {
        ...STRANGE,
        Folder: { Id: "folder-2", Path: "\\Sent Items" },
        AffectedItems: [{ Id: "sent", Subject: "Payment", InternetMessageId: SENT }],
      }),
    ],
    outcome: "found",
    says: [{ entity: STRANGER, points: 36, text: "1 message deleted within an hour of sending", rows: [11, 12] }],
  },
  {
    name: "an audit log: another message than the one that was sent leaves Sent Items",
    audit: [
      ...ownDays(10),
      auditAt(minuteOf(5, 600), "Send", {
        ...STRANGE,
        Item: { Id: "draft", Subject: "Payment", InternetMessageId: SENT },
      }),
      auditAt(minuteOf(5, 605), "MoveToDeletedItems", {
        ...STRANGE,
        Folder: { Id: "folder-2", Path: "\\Sent Items" },
        AffectedItems: [{ Id: "older", Subject: "Lunch", InternetMessageId: "<older@contoso.example>" }],
      }),
    ],
    outcome: "clear",
  },
  {
    name: "an audit log: three copies of one message are one message",
    audit: [
      ...ownDays(10),
      ...["first", "second", "third"].map((Id, at) =>
        auditAt(minuteOf(5, 600 + at), "HardDelete", {
          ...STRANGE,
          AffectedItems: [{ Id, Subject: "Warning", InternetMessageId: "<warning@contoso.example>" }],
        }),
      ),
    ],
    outcome: "found",
    says: [{ entity: STRANGER, points: 6, text: "1 message deleted beyond Deleted Items", rows: [11, 12, 13] }],
  },
  {
    name: "deletions that failed",
    audit: [
      ...ownDays(10),
      auditAt(minuteOf(5, 600), "HardDelete", {
        ...STRANGE,
        ResultStatus: "Failed",
        AffectedItems: [{ Subject: "Warning", InternetMessageId: "<1@contoso.example>" }],
      }),
    ],
    outcome: "notAssessed",
  },
];
