/** The most columns a row can have before it is no export of ours: a SIEM's may have a thousand. */
const MAX_COLUMNS = 4096;

/** What `splitRow` found last: where each field starts and ends in the text, and how it is quoted. */
export const fieldStart = new Int32Array(MAX_COLUMNS);
export const fieldEnd = new Int32Array(MAX_COLUMNS);
/** 0 plain, 1 quoted, 2 quoted and holding doubled quotes: only then the field's text is not a stretch of the row. */
export const fieldQuoting = new Uint8Array(MAX_COLUMNS);

/** The text ends inside a quoted field. */
export const OPEN_QUOTE = -1;
/** Not CSV by RFC 4180: a quote inside a plain field, or text behind a closing quote. */
const NOT_CSV = -2;

/**
 * Splits one CSV record, strictly by RFC 4180, without making a string: positions go to the shared arrays above, which
 * hold until the next call.
 *
 * @param text a record without its line end.
 * @returns the number of fields, `OPEN_QUOTE` or `NOT_CSV`.
 */
export function splitRow(text: string): number {
  const length = text.length;
  let count = 0;
  let at = 0;
  let quote = text.indexOf('"');
  for (;;) {
    if (count === MAX_COLUMNS) return NOT_CSV;
    if (at === quote) {
      let end = at + 1;
      let quoting = 1;
      for (;;) {
        end = text.indexOf('"', end);
        if (end < 0) return OPEN_QUOTE;
        if (text.charCodeAt(end + 1) !== 34) break;
        quoting = 2;
        end += 2;
      }
      fieldStart[count] = at + 1;
      fieldEnd[count] = end;
      fieldQuoting[count++] = quoting;
      at = end + 1;
      if (at === length) return count;
      if (text.charCodeAt(at) !== 44) return NOT_CSV;
      at++;
      quote = text.indexOf('"', at);
    } else {
      let end = text.indexOf(",", at);
      if (end < 0) end = length;
      if (quote >= 0 && quote < end) return NOT_CSV;
      fieldStart[count] = at;
      fieldEnd[count] = end;
      fieldQuoting[count++] = 0;
      if (end === length) return count;
      at = end + 1;
    }
  }
}

/** The text of a field of the row that `splitRow` split last. */
export function fieldText(text: string, field: number): string {
  const value = text.slice(fieldStart[field], fieldEnd[field]);
  return fieldQuoting[field] === 2 ? value.replaceAll('""', '"') : value;
}
