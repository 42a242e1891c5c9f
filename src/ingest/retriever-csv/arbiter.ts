import { CsvError, parse } from "csv-parse/sync";
import { splitRow } from "./split-row.ts";

/**
 * Asks csv-parse for the verdict on one record that the fast splitter does not take without doubt.
 *
 * @param text one record, without its line end.
 * @returns its fields, or the reason why it is not one record of CSV.
 */
export function arbitrate(text: string): readonly string[] | { reason: string } {
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

/**
 * Splits one record of CSV, by csv-parse's verdict where the fast splitter has doubts.
 *
 * @param text one record, without its line end.
 * @returns the row that `fieldText` reads the fields of until the next split, and how many they are; or the reason why
 *   the text is not one record of CSV.
 */
export function splitOrArbitrate(text: string): { row: string; count: number } | { reason: string } {
  const count = splitRow(text);
  if (count >= 0) return { row: text, count };
  const fields = arbitrate(text);
  if ("reason" in fields) return fields;
  const row = fields.map(quoted).join(",");
  return { row, count: splitRow(row) };
}
