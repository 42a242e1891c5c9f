import { textOf } from "./json-fields.ts";
import { ENTRA_AUDIT, headerTable, OFFICE_ACTIVITY, type SentinelTable } from "./sentinel.ts";
import { auditSource, RECORD_MEMBERS } from "./source.ts";

/** Kinds of files of the unified audit log, as the manifest names them. */
export type AuditFormat =
  | "audit-csv"
  | "audit-json"
  | "audit-siem-csv"
  | "audit-siem-json"
  | "office-activity"
  | "entra-audit";

/** What each looks like, in a few words. */
export const AUDIT_WORDS: Readonly<Record<AuditFormat, string>> = {
  "audit-csv": "an audit log as CSV",
  "audit-json": "audit log JSON",
  "audit-siem-csv": "a SIEM's export of the audit log as CSV",
  "audit-siem-json": "a SIEM's export of the audit log as JSON",
  "office-activity": "Sentinel's OfficeActivity table",
  "entra-audit": "Sentinel's AuditLogs table of Entra ID",
};

function tableFormat(table: SentinelTable): AuditFormat | undefined {
  if (table === OFFICE_ACTIVITY) return "office-activity";
  return table === ENTRA_AUDIT ? "entra-audit" : undefined;
}

/** What an export is whose first whole record is this object; undefined where it is no audit record. */
export function auditJsonFormat(object: string): AuditFormat | undefined {
  const source = auditSource(object);
  if ("problem" in source) return undefined;
  const { fields, raw, table } = source;
  if (textOf(fields["Operation"]).trim() === "") return undefined;
  if (table !== undefined) return tableFormat(table);
  if (!["CreationTime", "RecordType", "Workload", "UserKey"].some((name) => Object.hasOwn(fields, name))) {
    return undefined;
  }
  if (raw === object) return "audit-json";
  const outer = JSON.parse(object) as object;
  return RECORD_MEMBERS.some((name) => name !== "_raw" && Object.hasOwn(outer, name))
    ? "audit-json"
    : "audit-siem-json";
}

/** Words of a record that is cut off or too long to be read now, also where it stands in a string. */
const MARKS = /\\?"(?:RecordType|UserKey|OrganizationId)\\?"\s*:/;
const OPERATION = /\\?"Operation\\?"\s*:/;

/** Whether a damaged text shows the keys of audit records. */
export function showsAuditKeys(text: string): boolean {
  return MARKS.test(text) && OPERATION.test(text);
}

/**
 * What a CSV export is by its header; undefined where it is none of the audit log.
 *
 * @param rest what follows the header, as far as it was read.
 */
export function auditCsvFormat(names: readonly string[], rest: string): AuditFormat | undefined {
  if (RECORD_MEMBERS.some((name) => name !== "_raw" && names.includes(name))) {
    return names.includes("_raw") ? "audit-siem-csv" : "audit-csv";
  }
  // Every export of Splunk has this column: what stands in it tells.
  if (names.includes("_raw"))
    return /"CreationTime"/.test(rest) && /"Operation"/.test(rest) ? "audit-siem-csv" : undefined;
  const table = headerTable(names);
  return table === undefined ? undefined : tableFormat(table);
}
