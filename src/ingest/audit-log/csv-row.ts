import type { ActivityRecord } from "../../model/record.ts";
import { splitOrArbitrate } from "../retriever-csv/arbiter.ts";
import { fieldEnd, fieldStart, fieldText } from "../retriever-csv/split-row.ts";
import { auditRecord } from "./record.ts";
import { columnName } from "./sentinel.ts";
import {
  auditSource,
  besideRecord,
  ID_COLUMNS,
  innerSource,
  type Problem,
  RECORD_MEMBERS,
  TIME_COLUMNS,
} from "./source.ts";

/** Which columns of an audit log's table are read. */
export interface AuditColumns {
  readonly names: readonly string[];
  /** Those that hold the record as JSON, in the order in which they are tried; none in a table of Sentinel. */
  readonly records: readonly (readonly [name: string, at: number])[];
  readonly time: number;
  readonly id: number;
}

/** Finds the columns in a header line; every other column says again what the record says. */
export function auditColumns(header: readonly string[]): AuditColumns {
  const names = header.map(columnName);
  const first = (wanted: readonly string[]) => names.findIndex((name) => wanted.includes(name));
  return {
    names,
    records: RECORD_MEMBERS.flatMap((name) => (names.includes(name) ? [[name, names.indexOf(name)] as const] : [])),
    time: first(TIME_COLUMNS),
    id: first(ID_COLUMNS),
  };
}

/**
 * Reads one row of an audit log's CSV: Search-UnifiedAuditLog, the Purview portal, a SIEM's export of either, or a
 * table of Sentinel.
 *
 * @param text the row without its line end; line ends inside quoted fields belong to it.
 * @returns the record, or why the row is none.
 */
export function parseAuditRow(columns: AuditColumns, text: string): ActivityRecord | Problem {
  const { names, records } = columns;
  const split = splitOrArbitrate(text);
  if ("reason" in split) return { problem: split.reason };
  const { row, count } = split;
  if (count === 1 && /^#TYPE\b/.test(row)) return { problem: "a #TYPE line, as joining exports leaves it" };
  if (count !== names.length) {
    return { problem: `${count} ${count === 1 ? "field" : "fields"} instead of ${names.length}` };
  }
  if (isHeader(columns, row)) return { problem: "a repeated header line, as joining exports leaves it" };
  const source = records.length === 0 ? flatSource(columns, row) : cellSource(columns, row);
  return "problem" in source ? source : auditRecord(source);
}

function isHeader({ names }: AuditColumns, row: string): boolean {
  return names.every((name, at) => {
    // Cells are longer than names: most rows are told apart without a copy of their record.
    const length = (fieldEnd[at] ?? 0) - (fieldStart[at] ?? 0);
    return length <= name.length + MOST_AROUND_A_NAME && columnName(fieldText(row, at).replace(/^\ufeff/, "")) === name;
  });
}

/** Blanks, a byte order mark and a zone around the name of a column. */
const MOST_AROUND_A_NAME = 32;

function cellSource({ names, records, time, id }: AuditColumns, row: string): ReturnType<typeof auditSource> {
  const textAt = (at: number) => (at < 0 ? "" : fieldText(row, at));
  const texts = { time: textAt(time), id: textAt(id) };
  let refused: Problem | undefined;
  for (const [name, at] of records) {
    const cell = fieldText(row, at);
    if (cell.trim() === "") continue;
    const beside = besideRecord(name, (other) => textAt(names.indexOf(other)));
    const source = innerSource(name, cell, { ...texts, beside });
    if (!("problem" in source)) return source;
    refused ??= source;
  }
  return refused ?? { problem: `no record: ${records.map(([name]) => name).join(" and ")} empty` };
}

/** A row whose columns are the record's fields: those that say something, as the members of a JSON object. */
function flatSource({ names }: AuditColumns, row: string): ReturnType<typeof auditSource> {
  const members = names.flatMap((name, at) => {
    const text = fieldText(row, at);
    return text === "" ? [] : [`${JSON.stringify(name)}:${JSON.stringify(text)}`];
  });
  return auditSource(`{${members.join(",")}}`);
}
