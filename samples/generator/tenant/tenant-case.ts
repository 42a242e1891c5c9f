import type { Intrusion } from "./intrusion.ts";
import type { AuditRow } from "./records.ts";

/** The files of the case, by their paths below its folder. */
export const FILES = {
  csv: "evidence/search-unifiedauditlog-01-to-18-march.csv",
  ndjson: "evidence/management-api-16-to-31-march.ndjson",
  trace: "message-trace.csv",
  allow: "known-applications.txt",
} as const;

/** The month of a tenant with its truth, and which records stand in which file. */
export interface TenantCase {
  readonly rows: readonly AuditRow[];
  readonly csv: readonly AuditRow[];
  readonly ndjson: readonly AuditRow[];
  readonly truth: Intrusion;
}
