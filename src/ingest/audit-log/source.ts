import { decoded, type Fields, isFields, memberText, nestsTooDeep, parseFields, textOf } from "./json-fields.ts";
import { renamedFields, type SentinelTable, sentinelTable } from "./sentinel.ts";

/** Why a text is no record, in words. */
export interface Problem {
  readonly problem: string;
}

/** One audit record, taken out of whatever was wrapped around it. */
export interface AuditSource {
  /** Its fields under the names of the Management Activity API. */
  readonly fields: Fields;
  /** Its JSON text as the source has it. */
  readonly raw: string;
  /** The table of Sentinel that it is a row of. */
  readonly table: SentinelTable | undefined;
  /** What was wrapped around it says of its time and its Id; empty where it says nothing. */
  readonly columns: AuditColumnTexts;
}

export interface AuditColumnTexts {
  readonly time: string;
  readonly id: string;
  /** Fields of the record itself, under its own names; those that say nothing are left out. */
  readonly beside: Readonly<Record<string, string>>;
}

const NO_COLUMNS: AuditColumnTexts = { time: "", id: "", beside: {} };
/** A SIEM's line in another SIEM's line: more wrappings than anybody has. */
const MOST_WRAPPINGS = 5;

/**
 * Members that hold the whole record, as a string of JSON or an object: AuditData of Search-UnifiedAuditLog and of
 * Purview, auditData of Microsoft Graph, RawEventData of Defender's CloudAppEvents, _raw of Splunk.
 */
export const RECORD_MEMBERS = ["AuditData", "auditData", "RawEventData", "_raw"] as const;
/** Objects that a SIEM puts around what it indexed: Splunk's result and event, Elasticsearch's _source, Filebeat's o365.audit. */
const WRAPPINGS = ["result", "_source", "event", "o365", "audit"] as const;
export const TIME_COLUMNS = ["CreationDate", "createdDateTime", "CreationTime", "Timestamp", "_time"] as const;
export const ID_COLUMNS = ["Identity", "RecordId", "id"] as const;

/** Those of `RECORD_MEMBERS` that Microsoft's own exports have: what stands beside one says the same as the record. */
const OWN_MEMBERS: ReadonlySet<string> = new Set(["AuditData", "auditData"]);

/**
 * Fields of a record by their names beside AuditData: of Purview's and Search-UnifiedAuditLog's tables, then of Microsoft
 * Graph's auditLogRecord.
 */
const BESIDE: readonly (readonly [field: string, names: readonly string[]])[] = [
  ["Operation", ["Operation", "Operations", "operation"]],
  ["UserId", ["UserId", "UserIds", "userPrincipalName", "userId"]],
  ["Workload", ["service"]],
  ["ClientIP", ["clientIp"]],
  ["ObjectId", ["objectId"]],
  ["OrganizationId", ["organizationId"]],
];

/** What stands beside the record in a cell or a member of that name, by the question what a column or member says. */
export function besideRecord(member: string, textOfName: (name: string) => string): AuditColumnTexts["beside"] {
  if (!OWN_MEMBERS.has(member)) return NO_COLUMNS.beside;
  const beside: Record<string, string> = {};
  for (const [field, names] of BESIDE) {
    for (const name of names) {
      const text = textOfName(name);
      if (text === "") continue;
      beside[field] = text;
      break;
    }
  }
  return beside;
}

/** The record's fields with those that only stand beside it. */
function filled(fields: Fields, { beside }: AuditColumnTexts): Fields {
  let whole = fields;
  for (const field in beside) {
    if (textOf(fields[field]) !== "") continue;
    if (whole === fields) whole = { ...fields };
    (whole as Record<string, unknown>)[field] = beside[field];
  }
  return whole;
}

function firstOf(fields: Fields, names: readonly string[], fallback: string): string {
  for (const name of names) {
    const value = fields[name];
    // PowerShell's ConvertTo-Json writes a date as an object where it has display hints.
    const text = textOf(isFields(value) ? value["value"] : value);
    if (text !== "") return text;
  }
  return fallback;
}

/** The audit record in a text of JSON, whatever is wrapped around it, or why there is none. */
export function auditSource(text: string, columns: AuditColumnTexts = NO_COLUMNS): AuditSource | Problem {
  const fields = parseFields(text);
  if (typeof fields === "string") return { problem: `not JSON: ${fields}` };
  return unwrapped(fields, text, columns, 0);
}

/** The audit record that stands as JSON in a cell or a member of that name. */
export function innerSource(name: string, text: string, columns: AuditColumnTexts, depth = 1): AuditSource | Problem {
  if (nestsTooDeep(text)) return { problem: `${name} is not JSON: brackets nested too deep` };
  const fields = parseFields(text);
  if (typeof fields === "string") return { problem: `${name} is not JSON: ${fields}` };
  return unwrapped(fields, text, columns, depth);
}

function unwrapped(written: Fields, raw: string, columns: AuditColumnTexts, depth: number): AuditSource | Problem {
  let refused: Problem | undefined;
  if (depth < MOST_WRAPPINGS) {
    for (const name of RECORD_MEMBERS) {
      const inner = written[name];
      if (inner === undefined || inner === null) continue;
      const found = fromMember(written, name, raw, columns, depth);
      if (found === undefined) continue;
      if (!("problem" in found)) return found;
      refused ??= found;
    }
  }
  const fields = filled(written, columns);
  if (fields["CreationTime"] !== undefined) return { fields: withLists(fields), raw, table: undefined, columns };
  const table = sentinelTable(fields);
  if (table !== undefined) {
    const time = textOf(fields["Start_Time"]) || columns.time;
    return { fields: withLists(renamedFields(fields, table)), raw, table, columns: { ...columns, time } };
  }
  if (fields["Operation"] !== undefined) return { fields: withLists(fields), raw, table: undefined, columns };
  if (depth < MOST_WRAPPINGS) {
    for (const name of WRAPPINGS) {
      if (!isFields(fields[name])) continue;
      const found = fromMember(fields, name, raw, columns, depth);
      if (found !== undefined && !("problem" in found)) return found;
      refused ??= found;
    }
  }
  return refused ?? { problem: "no Operation and no CreationTime: not a record of the audit log" };
}

/** Reads the lists that rows are made of where they are JSON in a string: now, and not again for every row. */
function withLists(fields: Fields): Fields {
  const { Folders, AffectedItems } = fields;
  const folders = withItems(decoded(Folders));
  const affected = decoded(AffectedItems);
  if (folders === Folders && affected === AffectedItems) return fields;
  return { ...fields, Folders: folders, AffectedItems: affected };
}

/** The same of the FolderItems of folders, which may stand in a string by themselves. */
function withItems(folders: unknown): unknown {
  if (Array.isArray(folders)) return folders.some(hasItemsInText) ? folders.map(withOwnItems) : folders;
  return withOwnItems(folders);
}

function hasItemsInText(folder: unknown): folder is Fields {
  return isFields(folder) && typeof folder["FolderItems"] === "string";
}

function withOwnItems(folder: unknown): unknown {
  return hasItemsInText(folder) ? { ...folder, FolderItems: decoded(folder["FolderItems"]) } : folder;
}

function fromMember(
  fields: Fields,
  name: string,
  raw: string,
  columns: AuditColumnTexts,
  depth: number,
): AuditSource | Problem | undefined {
  const inner = fields[name];
  const outer = {
    time: firstOf(fields, TIME_COLUMNS, columns.time),
    id: firstOf(fields, ID_COLUMNS, columns.id),
    beside: besideRecord(name, (other) => textOf(fields[other])),
  };
  if (typeof inner === "string") {
    return inner.trim() === "" ? undefined : innerSource(name, inner, outer, depth + 1);
  }
  if (!isFields(inner)) return { problem: `${name} is not JSON: not an object` };
  const text = memberText(raw, name);
  return text === undefined ? { problem: `${name} is nested too deep` } : unwrapped(inner, text, outer, depth + 1);
}
