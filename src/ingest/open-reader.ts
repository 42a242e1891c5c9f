import { openActivityJson } from "./activity-json/reader.ts";
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
  const { format, found, header = API_COLUMNS, dataStart = evidence.start } = detectFormat(evidence);
  switch (format) {
    case "retriever-csv":
      return openRetrieverCsv(evidence, header, dataStart);
    case "activity-json":
      return openActivityJson(evidence);
    case "empty":
    case "unknown":
      return { unreadable: format, found };
  }
}
