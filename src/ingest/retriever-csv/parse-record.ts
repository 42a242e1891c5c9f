import type { ActivityRecord, Properties } from "../../model/record.ts";
import { splitByArbiter } from "./arbiter.ts";
import type { CsvColumns } from "./columns.ts";
import { literalProperties } from "./literal-properties.ts";
import { fieldEnd, fieldQuoting, fieldStart, fieldText, splitRow } from "./split-row.ts";

const NO_EXTRA: ActivityRecord["extra"] = [];

function field(text: string, column: number): string {
  return column < 0 ? "" : fieldText(text, column);
}

function properties(text: string, column: number): Properties {
  if (column < 0) return literalProperties("");
  if (fieldQuoting[column] === 2) return literalProperties(fieldText(text, column));
  return literalProperties(text, fieldStart[column], fieldEnd[column]);
}

/** The record of the row that `splitRow` has just split, as it stands in `text`. */
function splitRecord(columns: CsvColumns, text: string): ActivityRecord {
  return {
    timeStamp: field(text, columns.timeStamp),
    appIdType: field(text, columns.appIdType),
    activityIdType: field(text, columns.activityIdType),
    activityItemId: field(text, columns.activityItemId),
    activityCreationTime: field(text, columns.activityCreationTime),
    clientSessionId: field(text, columns.clientSessionId),
    properties: properties(text, columns.customProperties),
    extra:
      columns.extra.length === 0 ? NO_EXTRA : columns.extra.map((at) => [columns.names[at] ?? "", field(text, at)]),
    absent: columns.absent,
  };
}

/** Why a row is no record. */
export interface RowProblem {
  readonly problem: string;
  /** Of a header line: whether it names the columns of the file's own, in the same order. */
  readonly header?: "same" | "other";
}

const DIGIT_0 = 48;
const DIGIT_9 = 57;

/** A header line among the rows, judged as the first one of a file is. */
function headerProblem({ names }: CsvColumns, { timeStamp }: ActivityRecord, row: string): RowProblem | undefined {
  const first = timeStamp.charCodeAt(0);
  if (first >= DIGIT_0 && first <= DIGIT_9) return undefined;
  // Joining files leaves the byte order mark of each.
  const cells = names.map((_, at) =>
    field(row, at)
      .replace(/^\ufeff/, "")
      .trim(),
  );
  if (!cells.includes("TimeStamp") || !cells.includes("ActivityIdType")) return undefined;
  return cells.every((cell, at) => cell === names[at])
    ? { problem: "a repeated header line, as joining exports leaves it", header: "same" }
    : { problem: "a header line with other columns, as joining exports leaves it", header: "other" };
}

/**
 * Reads one CSV record of an export.
 *
 * @param text the record without its line end; line ends inside quoted fields belong to it.
 * @returns the record, or why it is none: csv-parse's verdict where the fast splitter has doubts.
 */
export function parseCsvRecord(columns: CsvColumns, text: string): ActivityRecord | RowProblem {
  let row = text;
  let count = splitRow(row);
  if (count < 0) {
    const split = splitByArbiter(text);
    if ("reason" in split) return { problem: split.reason };
    ({ row, count } = split);
  }
  if (count !== columns.names.length) {
    return { problem: `${count} ${count === 1 ? "field" : "fields"} instead of ${columns.names.length}` };
  }
  const record = splitRecord(columns, row);
  if (record.timeStamp === "" && record.activityIdType === "") {
    return { problem: "neither a TimeStamp nor an ActivityIdType" };
  }
  return headerProblem(columns, record, row) ?? record;
}
