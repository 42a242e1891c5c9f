import type { AuditRecordExample } from "../activities/audit-example.ts";
import type { ApiRecord } from "../activities/example.ts";

/** A small log and the rows that a table must have for it; worked out by hand from the contract. */
export interface ReportExample {
  readonly name: string;
  /** The table asked for, where the folder has several; the folder's name otherwise. */
  readonly table?: string;
  /** One export, `log.json`. */
  readonly records?: readonly ApiRecord[];
  /** An audit log, `audit.json`, with or without the export. */
  readonly audit?: readonly AuditRecordExample[];
  /** Exported messages by file name, as `--messages` takes them. */
  readonly messages?: Readonly<Record<string, string>>;
  /** Further exports, by file name, behind it. */
  readonly files?: Readonly<Record<string, readonly ApiRecord[]>>;
  /** What `--user`, `--start`, `--end`, `--types` and `--apps` would be. */
  readonly user?: string;
  readonly start?: string;
  readonly end?: string;
  readonly types?: readonly string[];
  readonly apps?: readonly string[];
  /** Only rows with these cells are compared; all of the table's otherwise. */
  readonly where?: Readonly<Record<string, string>>;
  /** The rows, in order, none left out; of each only the columns that matter. */
  readonly expect: readonly Readonly<Record<string, string>>[];
}
