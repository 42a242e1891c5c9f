import type { SeekableBytes } from "../evidence/evidence.ts";
import type { RecordReader } from "../format.ts";
import { changedRecord } from "../format.ts";
import { csvColumns } from "./columns.ts";
import { parseCsvRecord } from "./parse-record.ts";
import { scanCsv } from "./scan.ts";

/**
 * Opens a retriever.py export.
 *
 * @param header the names of its columns.
 * @param dataStart byte position of the first data row.
 */
export function openRetrieverCsv(
  text: SeekableBytes & { readonly label?: string },
  header: readonly string[],
  dataStart: number,
): RecordReader {
  const columns = csvColumns(header);
  return {
    format: "retriever-csv",
    mailbox: undefined,
    scan: (sink) => scanCsv(text, columns, dataStart, sink),
    parse(record) {
      const parsed = parseCsvRecord(columns, record);
      if ("problem" in parsed) throw changedRecord(text.label ?? "the export", parsed.problem);
      return parsed;
    },
  };
}
