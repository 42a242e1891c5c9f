import type { PythonValue } from "./python.ts";

/** Where a record stands in the evidence. Every figure alicorn prints leads back to one of these. */
export interface SourceRef {
  /** The input's name as the tables print it: relative, with `/`. */
  readonly file: string;
  /** 1-based data row; for JSON the 1-based record. */
  readonly row: number;
}

/** The named properties of an activity, read only when asked for. */
export interface Properties {
  /**
   * The text of a property: undefined where the record does not have it, empty where it is None,
   * Python's str() of anything that is not a string. The last of several equal names counts.
   */
  text(name: string): string | undefined;
  /** Every property in source order, equal names included. */
  entries(): readonly (readonly [name: string, value: PythonValue])[];
  /** Why the properties could not be read, if they could not; they are empty then. */
  readonly problem: string | undefined;
  /** The properties as the source wrote them. */
  readonly raw: string;
}

/**
 * What a record says under one of several names of the same fact: the first of them that says something. Empty where
 * those that are there say nothing, undefined where none is there.
 */
export function firstText(properties: Properties, name: string, other: string, last?: string): string | undefined {
  const text = properties.text(name);
  if (text !== undefined && text !== "") return text;
  const further = last === undefined ? properties.text(other) : firstText(properties, other, last);
  return further === undefined || further === "" ? (text ?? further) : further;
}

/**
 * What a record of the unified audit log says beyond what the Activities API had. Texts are verbatim and empty where
 * the record says nothing, unless stated otherwise.
 */
export interface AuditFacts {
  /** The record's Id in lower case, by which the same record is known in another file. */
  readonly recordId: string;
  /** Whose mailbox it is about: the mailbox's owner, else its GUID or the account that acted, as far as the record says. */
  readonly mailbox: string;
  readonly mailboxOwner: string;
  readonly mailboxGuid: string;
  readonly organization: string;
  readonly workload: string;
  /** UserId: the account, service principal or system that acted. */
  readonly user: string;
  /** The client's address in canonical form, and as written where that says more. */
  readonly address: string;
  readonly addressWritten: string;
  readonly userAgent: string;
  readonly clientInfo: string;
  readonly appId: string;
  readonly clientAppId: string;
  readonly logonType: "owner" | "admin" | "delegate" | "";
  /** Somebody from another tenant or of the service's own staff (ExternalAccess). */
  readonly external: boolean;
  /** How a mailbox item was accessed: `Bind`, `Sync` or nothing that is known. */
  readonly mailAccessType: "Bind" | "Sync" | "";
  /** What the record says came of it (ResultStatus): all, nothing, or a part of it; empty where it does not say. */
  readonly outcome: "succeeded" | "failed" | "partial" | "";
  /** Bind auditing of this mailbox was about to stop for 24 hours. */
  readonly throttled: boolean;
  /** How many operations one record stands for; undefined where it does not say. */
  readonly operationCount: number | undefined;
  /** The same for copies that name the same items in Folders and AffectedItems; empty where it names none. */
  readonly named: string;
  /** Which of the lists that name items and say how cannot be read, as it is no list; empty where none is damaged. */
  readonly unreadable: string;
  /** The name under which rows of one message meet: its InternetMessageId, folded; empty where it names none. */
  readonly messageKey: string;
  /** What a column or another field gives as the time, where that is not the record's own, which counts. */
  readonly otherTime: string;
  /** What the row is about as one line of JSON, where the source writes the record as one; else undefined. */
  readonly json: string | undefined;
  /**
   * The rows that the record makes, this one first: a Bind names many messages, a Sync several folders, a deletion
   * many items.
   */
  rows(): readonly ActivityRecord[];
}

/** One record of the Activities API or of the unified audit log, whatever file shape it came from. Texts are verbatim. */
export interface ActivityRecord {
  readonly timeStamp: string;
  readonly appIdType: string;
  readonly activityIdType: string;
  readonly activityItemId: string;
  readonly activityCreationTime: string;
  readonly clientSessionId: string;
  readonly properties: Properties;
  /** Columns or keys beyond the API's seven, in source order. */
  readonly extra: readonly (readonly [name: string, value: string])[];
  /** Of the API's seven names those that the source does not have at all (null or absent), as opposed to empty. */
  readonly absent: readonly string[];
  /** Only of audit records. */
  readonly audit?: AuditFacts;
}
