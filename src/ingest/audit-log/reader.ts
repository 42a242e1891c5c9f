import { partingNear, sliceJson, type SliceOptions } from "../activity-json/slice.ts";
import { AUDIT_KEYS } from "../activity-json/scan-object.ts";
import type { Evidence } from "../evidence/evidence.ts";
import type { RecordReader, RecordSink } from "../format.ts";
import { changedRecord } from "../format.ts";
import type { ActivityRecord } from "../../model/record.ts";
import { rowNear, scanRows } from "../retriever-csv/scan.ts";
import { auditColumns, parseAuditRow } from "./csv-row.ts";
import { auditRecord } from "./record.ts";
import { auditSource, type Problem } from "./source.ts";

/** The record of one object of audit JSON in any of its wrappings, or why it is none. */
export function parseAuditJson(text: string): ActivityRecord | Problem {
  const source = auditSource(text);
  return "problem" in source ? source : auditRecord(source);
}

function again(label: string, record: ActivityRecord | Problem): ActivityRecord {
  if ("problem" in record) throw changedRecord(label, record.problem);
  return record;
}

/**
 * Opens audit records in JSON: lists, lines, pages, or several of them one behind the other.
 *
 * @param format as the manifest names it.
 */
export function openAuditJson(evidence: Evidence, format: string): RecordReader {
  const scan = (sink: RecordSink, stretch: Pick<SliceOptions, "from" | "until"> = {}) =>
    sliceJson(
      evidence,
      (start, length, text) => {
        const record = parseAuditJson(text);
        if ("problem" in record) sink.reject(start, length, record.problem);
        else sink.record(record, start, length);
      },
      (start, length, reason) => sink.reject(start, length, reason),
      { keys: AUDIT_KEYS, ...stretch },
    );
  return {
    format,
    mailbox: undefined,
    isAudit: true,
    scan: (sink) => scan(sink),
    parts: {
      near: (position) => partingNear(evidence, position),
      scan: (sink, from, until) =>
        scan(sink, { ...(from !== undefined && { from }), ...(until !== undefined && { until }) }),
    },
    parse: (text) => again(evidence.label, parseAuditJson(text)),
  };
}

/**
 * Opens a CSV export of audit records.
 *
 * @param header the names of its columns.
 * @param dataStart byte position of the first data row.
 * @param format as the manifest names it.
 */
export function openAuditCsv(
  evidence: Evidence,
  header: readonly string[],
  dataStart: number,
  format: string,
): RecordReader {
  const columns = auditColumns(header);
  const parseRow = (text: string) => parseAuditRow(columns, text);
  return {
    format,
    mailbox: undefined,
    isAudit: true,
    scan: (sink) => scanRows(evidence, parseRow, dataStart, sink),
    parts: {
      near: (position) => rowNear(evidence, parseRow, Math.max(dataStart, position)),
      scan: (sink, from, until) => scanRows(evidence, parseRow, from ?? dataStart, sink, undefined, until),
    },
    parse: (text) => again(evidence.label, parseRow(text)),
  };
}
