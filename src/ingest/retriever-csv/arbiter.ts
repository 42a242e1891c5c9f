import { CsvError, parse } from "csv-parse/sync";
import { splitRow } from "./split-row.ts";

/**
 * Asks csv-parse for the verdict on one record that the fast splitter does not take without doubt.
 *
 * @param text one record, without its line end.
 * @returns its fields, or the reason why it is not one record of CSV.
 */
function arbitrate(text: string): readonly string[] | { reason: string } {
  try {
    const records: string[][] = parse(text, { record_delimiter: ["\r\n", "\n"], relax_column_count: true });
    const [record] = records;
    if (record === undefined) return { reason: "not a CSV record: nothing in it" };
    return records.length === 1 ? record : { reason: `not one CSV record: ${records.length} in it` };
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return { reason: `not a CSV record: ${REASONS[error.code] ?? error.message}` };
  }
}

/** csv-parse's messages name lines and columns of the snippet it was given; the row and offset stand beside ours. */
const REASONS: Record<string, string> = {
  CSV_QUOTE_NOT_CLOSED: "a quoted field is not closed",
  CSV_INVALID_CLOSING_QUOTE: "text behind a closing quote",
  INVALID_OPENING_QUOTE: "a quote inside a plain field",
};

function quoted(value: string): string {
  return `"${value.replaceAll('"', '""')}"`;
}

/** A record that is split: `fieldText` reads the fields of `row` until the next split. */
interface SplitRecord {
  readonly row: string;
  /** How many fields it has. */
  readonly count: number;
}

/**
 * Splits one record of CSV that the fast splitter has doubts about, by csv-parse's verdict.
 *
 * @param text one record, without its line end.
 * @returns the reason where the text is not one record of CSV, or of more fields than any table has.
 */
export function splitByArbiter(text: string): SplitRecord | { reason: string } {
  const fields = arbitrate(text);
  if ("reason" in fields) return fields;
  const row = fields.map(quoted).join(",");
  if (splitRow(row) < 0) return { reason: `${fields.length} fields, more than a row may have` };
  return { row, count: fields.length };
}

/** The same for any record: the fast splitter's answer where it has no doubt. */
export function splitOrArbitrate(text: string): SplitRecord | { reason: string } {
  const count = splitRow(text);
  return count >= 0 ? { row: text, count } : splitByArbiter(text);
}
