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

/**
 * Reads one CSV record of an export.
 *
 * @param text the record without its line end; line ends inside quoted fields belong to it.
 * @returns the record, or why it is none: csv-parse's verdict where the fast splitter has doubts.
 */
export function parseCsvRecord(columns: CsvColumns, text: string): ActivityRecord | { problem: string } {
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
  if (record.timeStamp === "TimeStamp" && record.activityIdType === "ActivityIdType") {
    return { problem: "a repeated header line, as joining exports leaves it" };
  }
  return record;
}
