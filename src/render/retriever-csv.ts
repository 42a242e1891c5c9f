import { pythonRepr } from "../model/python-repr.ts";
import type { PythonValue } from "../model/python.ts";
import type { ActivityRecord, Properties } from "../model/record.ts";

/** What retriever.py's encoding (utf-8-sig) puts before the header; the caller writes it once, at the file's start. */
export const RETRIEVER_CSV_BOM = "\uFEFF";

/** A line end of retriever.py's own (lineterminator="\n"); on Windows its text mode made CRLF of it. */
export const RETRIEVER_CSV_LINE_END = "\n";

/**
 * The str() of the dict that CrowdStrike's activities.py makes of the properties: of equal names the last value counts
 * and stands where the first stood. None at all leave the cell blank, as activities.py sets no attribute then.
 */
function propertiesCell(properties: Properties): string {
  if (properties.problem !== undefined) return properties.raw;
  const entries = properties.entries();
  if (entries.length === 0) return properties.raw.trimStart().startsWith("{") ? "{}" : "";
  const dict = new Map<string, PythonValue>(entries);
  return pythonRepr({ type: "dict", entries: [...dict] });
}

const backslashed = (surrogate: string) => `\\u${surrogate.charCodeAt(0).toString(16)}`;

/** One field as Python's csv module writes it with QUOTE_MINIMAL. */
function csvField(value: string): string {
  const text = /[\ud800-\udfff]/.test(value) ? value.replace(/\p{Surrogate}/gu, backslashed) : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** The header line of every retriever.py export, without its line end and without the byte order mark. */
export function retrieverCsvHeader(): string {
  return "TimeStamp,AppIdType,ActivityIdType,ActivityItemId,ActivityCreationTime,ClientSessionId,CustomProperties";
}

/**
 * One record as CrowdStrike's retriever.py writes it, byte for byte, without the line end: csv.DictWriter over the
 * API's seven names, extrasaction="ignore" (extras are left out), blank where the record has nothing.
 *
 * Where Python does not settle the bytes:
 * - A CR or LF anywhere makes a field quoted, as CPython does since 3.13, 3.12.3 and 3.11.9; before, a CR without LF
 *   did not. No value of the six plain columns holds one, and the last column's are escaped by repr().
 * - A lone surrogate in a plain column or an unreadable cell, at which retriever.py ends with UnicodeEncodeError, is
 *   written as its escape (`\ud800`), Python's errors="backslashreplace"; as U+FFFD it would be lost. Inside a dict
 *   repr() escapes it in any case.
 * - A cell that was not readable is written as it stands, so that it stays the same evidence.
 * - A cell `{}`, which retriever.py never writes, stays one.
 */
export function retrieverCsvLine(record: ActivityRecord): string {
  return [
    record.timeStamp,
    record.appIdType,
    record.activityIdType,
    record.activityItemId,
    record.activityCreationTime,
    record.clientSessionId,
    propertiesCell(record.properties),
  ]
    .map(csvField)
    .join(",");
}
