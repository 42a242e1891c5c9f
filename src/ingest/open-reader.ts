import { openActivityJson } from "./activity-json/reader.ts";
import { openAuditCsv, openAuditJson } from "./audit-log/reader.ts";
import { detectFormat } from "./detect.ts";
import type { Evidence } from "./evidence/evidence.ts";
import type { RecordReader } from "./format.ts";
import { API_COLUMNS } from "./retriever-csv/columns.ts";
import { openRetrieverCsv } from "./retriever-csv/reader.ts";

/** Why an input is not read: it is empty, or of a kind that alicorn does not know. */
export interface NotReadable {
  readonly unreadable: "empty" | "unknown";
  /** What it looks like, in a few words. */
  readonly found: string;
}

/**
 * Opens the reader for what an evidence is, by its content and never by its name.
 *
 * @throws InputError where the disk fails.
 */
export function openReader(evidence: Evidence): RecordReader | NotReadable {
  const { format, found, header, dataStart = evidence.start } = detectFormat(evidence);
  switch (format) {
    case "retriever-csv":
      return openRetrieverCsv(evidence, header ?? API_COLUMNS, dataStart);
    case "activity-json":
      return openActivityJson(evidence);
    case "audit-csv":
    case "audit-siem-csv":
    case "audit-json":
    case "audit-siem-json":
    case "office-activity":
    case "entra-audit":
      return header === undefined ? openAuditJson(evidence, format) : openAuditCsv(evidence, header, dataStart, format);
    case "empty":
    case "unknown":
      return { unreadable: format, found };
  }
}
