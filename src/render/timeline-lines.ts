import { join } from "node:path";
import { directWriter } from "./file-writer.ts";
import { openTable } from "./read-table.ts";
import type { WrittenFile } from "./table-file.ts";
import { createLineFile } from "./table-file.ts";
import type { UtcTime } from "./utc-time.ts";
import { utcTime } from "./utc-time.ts";

/** A row of timeline.tsv. */
export interface TimelineRow {
  /** The table's columns with what stands in them, in order; what nobody knows is left out. */
  readonly known: ReadonlyMap<string, string>;
  /** The record's TimeStamp, put together again from Date and Time. */
  readonly recorded: string;
  /** Undefined where the TimeStamp cannot be read. */
  readonly time: UtcTime | undefined;
  /** How many rows before this one are of the same record: an audit record makes several where it names several messages. */
  readonly part: number;
}

/** Makes one line of a row, without the line end. */
export type LineOf = (row: TimelineRow) => string;

/** What became of a timeline's rows. */
export interface LinesWritten {
  readonly rows: number;
  /** Rows whose TimeStamp cannot be read; they are written, with a mark and the TimeStamp as it is. */
  readonly untimed: number;
}

/** Where a bundle's timeline is and where its lines go. */
export interface TimelineTarget {
  /** The bundle's folder. */
  readonly folder: string;
  /** File name prefix of its tables; empty for none. */
  readonly prefix: string;
  /** Whether the tables have an apostrophe before what a spreadsheet takes for a formula; here values are as they were. */
  readonly excelSafe: boolean;
  /** Must not exist yet. */
  readonly path: string;
}

/** What tables print for a fact of a message that no record knows. */
const NO_DATA = "No Data";
/** What marks a row without a readable time. */
export const UNTIMED_TAG = "no-readable-time";

function rowOf(columns: readonly string[], cells: readonly string[], before: TimelineRow | undefined): TimelineRow {
  const known = new Map<string, string>();
  for (let at = 0; at < columns.length; at++) {
    const cell = cells[at] ?? "";
    if (cell !== "" && cell !== NO_DATA) known.set(columns[at] as string, cell);
  }
  const date = known.get("Date") ?? "";
  const half = known.get("Time");
  const recorded = half === undefined ? date : `${date}T${half}`;
  const isSame = ["Source File", "Source Row"].every(
    (column) => known.has(column) && known.get(column) === before?.known.get(column),
  );
  return { known, recorded, time: utcTime(recorded), part: isSame ? (before?.part ?? 0) + 1 : 0 };
}

/**
 * What a row says, for people: what happened, to which message, from where, how that is known and how surely. Never empty.
 */
export function rowMessage({ known }: TimelineRow): string {
  const what = known.get("Summary") ?? known.get("Type") ?? known.get("Kind") ?? "mailbox activity";
  const subject = known.get("Subject");
  const address = known.get("IP");
  const [basis, confidence] = [known.get("IP Basis"), known.get("Confidence")];
  const sure = confidence === undefined ? undefined : `confidence ${confidence}`;
  const from = address === undefined ? "" : ` (${[address, basis, sure].filter(Boolean).join(", ")})`;
  return `${what}${subject === undefined ? "" : `: ${subject}`}${from}`;
}

/** Whether the address of a row is a lead and no more: nothing may search it as the address that did it. */
export function isLead({ known }: TimelineRow): boolean {
  return known.get("Confidence") === "low";
}

/** The field in which such an address stands, and no other. */
export const LEAD_FIELD = "low_confidence_ip";

/** A column's name as a field's: `Source Row` is `source_row`. */
export function fieldName(column: string): string {
  return column
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^_|_$/g, "");
}

/** A count or score of alicorn's as a number; undefined where there is none. */
export function figure(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}

/** An object as one line of JSON, without any character that some reader takes for the end of a line. */
export function jsonLine(value: Readonly<Record<string, unknown>>): string {
  const json = JSON.stringify(value);
  return json.replace(/[\u2028\u2029]/g, (character) => `\\u${character.charCodeAt(0).toString(16)}`);
}

/**
 * The rows of a finished timeline in another shape.
 *
 * @param timeline the finished timeline.tsv.
 * @param excelSafe whether it was written with `--excel-safe`: then its apostrophes are taken off.
 */
export function* timelineLines(
  timeline: string,
  lineOf: LineOf,
  excelSafe = false,
): Generator<string, LinesWritten, void> {
  let rows = 0;
  let untimed = 0;
  let before: TimelineRow | undefined;
  const table = openTable(timeline, excelSafe);
  try {
    while (table.next()) {
      const cells = table.header.map((_name, at) => table.text(at));
      const row = rowOf(table.header, cells, before);
      before = row;
      rows++;
      if (row.time === undefined) untimed++;
      yield lineOf(row);
    }
  } finally {
    table.close();
  }
  return { rows, untimed };
}

/** Writes a bundle's timeline in another shape; yields the rows written so far. */
export function* writeTimelineLines(
  { folder, prefix, excelSafe, path }: TimelineTarget,
  lineOf: LineOf,
): Generator<number, WrittenFile & LinesWritten, void> {
  const writer = directWriter();
  try {
    const file = createLineFile(writer, path);
    const lines = timelineLines(join(folder, `${prefix}timeline.tsv`), lineOf, excelSafe);
    for (let next = lines.next(); ; next = lines.next()) {
      if (next.done === true) return { ...next.value, ...file.close() };
      file.line(next.value);
      if (file.lines % 1024 === 0) yield file.lines;
    }
  } finally {
    writer.end();
  }
}
