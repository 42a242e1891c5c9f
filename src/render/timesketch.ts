import type { WrittenFile } from "./table-file.ts";
import type { LinesWritten, TimelineRow, TimelineTarget } from "./timeline-lines.ts";
import {
  fieldName,
  figure,
  isLead,
  jsonLine,
  LEAD_FIELD,
  rowMessage,
  timelineLines,
  UNTIMED_TAG,
  writeTimelineLines,
} from "./timeline-lines.ts";
import type { UtcTime } from "./utc-time.ts";

/** Fields that are not called as their columns are. */
const FIELDS: Readonly<Record<string, string | undefined>> = {
  Type: "activity_type",
  IP: "source_ip",
  "IP Basis": "source_ip_basis",
};
/** Columns that are counts of alicorn's. */
const FIGURES: ReadonlySet<string> = new Set(["Score", "Source Row"]);

/**
 * The time of a row. One that cannot be read gets the epoch and the description that plaso gives to what is not a time:
 * a line without a time ends the import of the whole file, one with a time that is none is dropped in silence.
 */
function timeFields(time: UtcTime | undefined): Readonly<Record<string, unknown>> {
  if (time === undefined) {
    return {
      datetime: "1970-01-01T00:00:00.000000+00:00",
      timestamp: 0,
      timestamp_desc: "Not a time",
      tag: [UNTIMED_TAG],
    };
  }
  const micros = time.fraction.slice(0, 6).padEnd(6, "0");
  const timestamp = time.epochSeconds * 1_000_000 + Number(micros);
  return {
    datetime: `${time.second}.${micros}+00:00`,
    // Timesketch works it out where there is none.
    timestamp: Number.isSafeInteger(timestamp) ? timestamp : undefined,
    timestamp_desc: "Activity Time",
  };
}

/**
 * A row of the timeline as one event of Timesketch's JSONL: `message`, `datetime` (ISO 8601, UTC, to the microsecond)
 * and `timestamp_desc` are what it asks for; `timestamp` are microseconds since 1970 (Timesketch's guide "Import from
 * JSON or CSV" and its reader of JSONL). Every column follows under its own name; `recorded_time` is the TimeStamp to
 * its last digit, `user` who acted: the user of a logon, the UserId of an audit record. An address of low
 * confidence is `low_confidence_ip` and no `source_ip`. What nobody knows is left out.
 */
function timesketchLine(row: TimelineRow): string {
  const event: Record<string, unknown> = {
    message: rowMessage(row),
    ...timeFields(row.time),
    data_type: "alicorn:mailbox:activity",
    recorded_time: row.recorded,
  };
  for (const [column, text] of row.known) {
    if (column === "Date" || column === "Time") continue;
    const field = column === "IP" && isLead(row) ? LEAD_FIELD : (FIELDS[column] ?? fieldName(column));
    event[field] = (FIGURES.has(column) ? figure(text) : undefined) ?? text;
  }
  // Of a delivery the actor is whoever sent it.
  if (row.known.get("Type") !== "MessageDelivered") event["user"] = row.known.get("Actor");
  return jsonLine(event);
}

/** The lines of Timesketch's JSONL from a finished timeline.tsv, without line ends; returns how many there were. */
export function timesketchLines(timeline: string): Generator<string, LinesWritten, void> {
  return timelineLines(timeline, timesketchLine);
}

/**
 * Writes a bundle's timeline as JSONL for Timesketch, which wants the file to end in `.jsonl`; yields the rows written
 * so far.
 */
export function writeTimesketch(target: TimelineTarget): Generator<number, WrittenFile & LinesWritten, void> {
  return writeTimelineLines(target, timesketchLine);
}
