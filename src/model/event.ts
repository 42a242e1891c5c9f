import type { ActivityRecord, SourceRef } from "./record.ts";

/** The kinds of mailbox activity that have a table of their own, and `other` for every other one. */
export type FamilyName = "logon" | "read" | "search" | "attachment" | "message" | "other";

/** How somebody came to the content of a message; the words of the exposure table. */
export type Access = "opened" | "attachment-opened" | "marked-read" | "bound" | "folder-synced" | "mailbox-synced";

/** What is known of an ActivityIdType: plain data, so that a new type is one more line. */
export interface ActivityType {
  readonly name: string;
  readonly family: FamilyName;
  /** What the type is within its family (`start`, `end`, `keystroke`, `result`, `delivered` …); empty where nothing asks. */
  readonly role: string;
  /** The access to a message's content that such a record proves, if any. */
  readonly access: Access | undefined;
  /** Which rows know a message best: 0 MessageDelivered, then the order in which the first version asked. */
  readonly knowledge: number;
  /** An attempt that its record says failed: it stands among the others, with no role and no access. */
  readonly failed: boolean;
}

/** What is said of a message; undefined means that no record said it, empty that the record said nothing. */
export interface MessageFields {
  readonly subject: string | undefined;
  readonly from: string | undefined;
  readonly received: string | undefined;
  readonly recipients: string | undefined;
  readonly folder: string | undefined;
  readonly internetMessageId: string | undefined;
  readonly attachments: string | undefined;
}

/** What all records together say of a message. */
export interface MessageFacts extends MessageFields {
  /** Which records said so, as `Type file:row`; empty where none did. */
  readonly metadata: string;
}

export type AttributionBasis = "recorded" | "session" | "client" | "mailbox" | "none";
export type Confidence = "certain" | "high" | "medium" | "low" | "none";

/** Every confidence, from the least sure on. */
export const CONFIDENCES: readonly Confidence[] = ["none", "low", "medium", "high", "certain"];

/** From which address an activity was done, how that is known and how sure it is. */
export interface Attribution {
  readonly address: string;
  readonly basis: AttributionBasis;
  readonly confidence: Confidence;
  /** TimeStamp of the logon that the address comes from; empty where it comes from none. */
  readonly logonTime: string;
  /** Addresses that could have done it as well, in the order in which they logged on. */
  readonly others: readonly string[];
}

/** One activity in its mailbox, joined with what other records know about it. */
export interface MailboxEvent {
  readonly type: ActivityType;
  readonly record: ActivityRecord;
  readonly ref: SourceRef;
  readonly mailbox: string;
  /** The row's number within its case, for looking it up again. */
  readonly row: number;
  /** 100-nanosecond ticks, for order and differences only; NaN where the TimeStamp cannot be read. */
  readonly ticks: number;
  /** The two halves of the TimeStamp, verbatim. */
  readonly date: string;
  readonly time: string;
  /** Number of the ActivityItemId, for grouping; -1 where the record names none. */
  readonly item: number;
  /** The same for the message itself: an item that is known to have been moved has the number of its delivery. */
  readonly messageItem: number;
  /** Address of the latest successful logon in the mailbox at or before this activity; undefined before the first. */
  readonly lastLogin: string | undefined;
  /** Seconds that the message stayed on display; undefined where no end is logged. */
  readonly dwellSeconds: number | undefined;
  /** Of the end of a display or preview whose start is logged: whether tables print that; undefined of other rows. */
  readonly loggedStart: "printed" | "filtered" | undefined;
  /** Number of the search that the row belongs to; undefined outside of one. */
  readonly search: number | undefined;
  /** What the record itself says of its message. */
  own(): MessageFields;
  /** What all records say of it; worked out when first asked for, as the others. */
  message(): MessageFacts;
  attribution(): Attribution;
}
