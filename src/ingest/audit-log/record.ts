import type { PythonValue } from "../../model/python.ts";
import type { ActivityRecord, AuditFacts, Properties } from "../../model/record.ts";
import { clientAddress } from "../address.ts";
import { messageKey } from "../messages/message-record.ts";
import { isOtherSecond } from "./audit-time.ts";
import { appOf, sessionOf, timeOf, trimmed } from "./basics.ts";
import { entriesOf, type Entry, type Fields, isCompact, namedValue, textOf } from "./json-fields.ts";
import { mailboxOf } from "./mailbox.ts";
import { type NamedItems, namedItems } from "./named-items.ts";
import { accessType, entriesAt, fieldsAt, firstPlace, itemAt, type Place, placesOf } from "./places.ts";
import { addressText, canonicalText, memberValueText, type RowFields, userAgentOf } from "./properties.ts";
import { renamedEntries } from "./sentinel.ts";
import type { AuditSource } from "./source.ts";

const NONE: readonly never[] = [];

/** What the rows of one record share. */
interface Shared {
  readonly source: AuditSource;
  readonly timeStamp: string;
  readonly appIdType: string;
  readonly operation: string;
  readonly session: string;
  /** The record's members, once they were asked for. */
  entries?: readonly Entry[];
  /** What its lists name, once that was asked for. */
  named?: NamedItems;
  /** Facts that take a search through its lists of names and values, each once it was asked for. */
  mailbox?: string;
  userAgent?: string;
  mailAccessType?: AuditFacts["mailAccessType"];
  throttled?: boolean;
  /** Whether its text is as compact as its members would be written again, once that was asked for. */
  compact?: boolean;
  /** All its rows, once they were asked for. */
  rows?: readonly ActivityRecord[];
}

/** The client's program; empty where the record does not say it. */
function sharedUserAgent(shared: Shared): string {
  return (shared.userAgent ??= userAgentOf(shared.source.fields, shared.operation));
}

/** The record of an audit log's source. Nothing but its basic fields is read before it is asked for. */
export function auditRecord(source: AuditSource): ActivityRecord {
  const { fields } = source;
  const shared: Shared = {
    source,
    timeStamp: timeOf(source),
    appIdType: appOf(fields),
    operation: trimmed(fields["Operation"]),
    session: sessionOf(fields),
  };
  return new AuditRow(shared, firstPlace(fields), true);
}

/** A class, because one is made for every row, and a large record makes very many. */
class AuditRow implements ActivityRecord {
  readonly timeStamp: string;
  readonly appIdType: string;
  readonly activityIdType: string;
  readonly activityItemId: string;
  readonly activityCreationTime = "";
  readonly clientSessionId: string;
  readonly properties: RowProperties;
  readonly extra = NONE;
  readonly absent = NONE;
  readonly audit: RowFacts;

  constructor(shared: Shared, place: Place, first: boolean) {
    const { item, folder } = itemAt(shared.source.fields, place);
    this.timeStamp = shared.timeStamp;
    this.appIdType = shared.appIdType;
    this.activityIdType = shared.operation;
    this.activityItemId = textOf(item["Id"]);
    this.clientSessionId = shared.session;
    this.properties = new RowProperties(shared, place, item, folder);
    this.audit = new RowFacts(shared, item, this, first, place);
  }
}

class RowProperties implements Properties, RowFields {
  readonly problem = undefined;
  readonly item: Fields;
  readonly folder: Fields;
  private readonly shared: Shared;
  private readonly place: Place;

  constructor(shared: Shared, place: Place, item: Fields, folder: Fields) {
    this.shared = shared;
    this.place = place;
    this.item = item;
    this.folder = folder;
  }

  get fields(): Fields {
    return this.shared.source.fields;
  }

  get operation(): string {
    return this.shared.operation;
  }

  get userAgent(): string {
    return sharedUserAgent(this.shared);
  }

  get raw(): string {
    return this.shared.source.raw;
  }

  text(name: string): string | undefined {
    const canonical = canonicalText(name, this);
    if (canonical !== undefined) return canonical;
    const { fields } = this;
    const value = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (value === undefined) return undefined;
    if (typeof value === "string") return value;
    const entry = this.entries().findLast(([key]) => key === name);
    return entry === undefined ? textOf(value) : memberValueText(entry[1]);
  }

  entries(): readonly (readonly [string, PythonValue])[] {
    const { source } = this.shared;
    this.shared.entries ??=
      source.table === undefined ? entriesOf(source.raw) : renamedEntries(source.raw, source.table);
    return entriesAt(this.shared.entries, this.place);
  }
}

const LOGON_TYPES: ReadonlyMap<string, AuditFacts["logonType"]> = new Map([
  // Exchange's LogonType (Office 365 Management Activity API schema), and as Sentinel spells it.
  ["0", "owner"],
  ["owner", "owner"],
  ["1", "admin"],
  ["admin", "admin"],
  ["2", "delegate"],
  ["delegate", "delegate"],
  ["delegated", "delegate"],
]);

function isTrue(value: unknown): boolean {
  return textOf(value).toLowerCase() === "true";
}

/** What became of an operation, by the ResultStatus of its record. */
function outcomeOf(status: string): AuditFacts["outcome"] {
  // Nearly every record has one of these.
  if (status === "Succeeded" || status === "Success") return "succeeded";
  if (status === "") return "";
  const word = status.trim();
  if (/^(?:true|succe(?:ss|eded))$/i.test(word)) return "succeeded";
  if (/^(?:false|fail\w*|error)$/i.test(word)) return "failed";
  return /^partial/i.test(word) ? "partial" : "";
}

class RowFacts implements AuditFacts {
  private readonly shared: Shared;
  private readonly item: Fields;
  private readonly row: ActivityRecord;
  private readonly first: boolean;
  private readonly place: Place;

  constructor(shared: Shared, item: Fields, row: ActivityRecord, first: boolean, place: Place) {
    this.shared = shared;
    this.item = item;
    this.row = row;
    this.first = first;
    this.place = place;
  }

  private get fields(): Fields {
    return this.shared.source.fields;
  }

  get recordId(): string {
    return (textOf(this.fields["Id"]) || this.shared.source.columns.id).toLowerCase();
  }

  get mailbox(): string {
    return (this.shared.mailbox ??= mailboxOf(this.fields, this.shared.operation, this.logonType));
  }

  get mailboxOwner(): string {
    return textOf(this.fields["MailboxOwnerUPN"]);
  }

  get mailboxGuid(): string {
    return textOf(this.fields["MailboxGuid"]);
  }

  get organization(): string {
    return textOf(this.fields["OrganizationId"]) || textOf(this.fields["OrganizationName"]);
  }

  get workload(): string {
    return textOf(this.fields["Workload"]);
  }

  get user(): string {
    return textOf(this.fields["UserId"]);
  }

  get address(): string {
    return clientAddress(addressText(this.fields)).ip;
  }

  get addressWritten(): string {
    const text = addressText(this.fields);
    return text === this.address ? "" : text;
  }

  get userAgent(): string {
    return sharedUserAgent(this.shared);
  }

  get clientInfo(): string {
    return textOf(this.fields["ClientInfoString"]);
  }

  get appId(): string {
    return textOf(this.fields["AppId"]);
  }

  get clientAppId(): string {
    return textOf(this.fields["ClientAppId"]);
  }

  get logonType(): AuditFacts["logonType"] {
    return LOGON_TYPES.get(trimmed(this.fields["LogonType"]).toLowerCase()) ?? "";
  }

  get external(): boolean {
    return isTrue(this.fields["ExternalAccess"]);
  }

  get mailAccessType(): AuditFacts["mailAccessType"] {
    return (this.shared.mailAccessType ??= accessType(this.fields));
  }

  get outcome(): AuditFacts["outcome"] {
    return outcomeOf(textOf(this.fields["ResultStatus"]));
  }

  get throttled(): boolean {
    return (this.shared.throttled ??= isTrue(namedValue(this.fields["OperationProperties"], "IsThrottled")));
  }

  get operationCount(): number | undefined {
    const text = trimmed(this.fields["OperationCount"]);
    return /^\d{1,15}$/.test(text) ? Number(text) : undefined;
  }

  private get namedItems(): NamedItems {
    return (this.shared.named ??= namedItems(this.fields));
  }

  get named(): string {
    const { count, hash } = this.namedItems;
    return count === 0 ? "" : `${count} ${hash}`;
  }

  get unreadable(): string {
    return this.namedItems.unreadable;
  }

  get messageKey(): string {
    return messageKey(textOf(this.item["InternetMessageId"] ?? this.fields["InternetMessageId"]));
  }

  get otherTime(): string {
    const { fields, columns } = this.shared.source;
    if (columns.time === "") return "";
    return isOtherSecond(textOf(fields["CreationTime"]), columns.time) ? columns.time : "";
  }

  get json(): string | undefined {
    const { raw, fields, table } = this.shared.source;
    this.shared.compact ??= table === undefined && isCompact(raw, fields);
    if (!this.shared.compact) return undefined;
    return this.place.list === "" ? raw : JSON.stringify(fieldsAt(fields, this.place));
  }

  /** Of a row that another one stands before: itself alone. */
  rows(): readonly ActivityRecord[] {
    return this.first ? (this.shared.rows ??= this.allRows()) : [this.row];
  }

  private allRows(): readonly ActivityRecord[] {
    const rows = [this.row];
    const places = placesOf(this.fields);
    places.next();
    for (const place of places) rows.push(new AuditRow(this.shared, place, false));
    return rows;
  }
}
