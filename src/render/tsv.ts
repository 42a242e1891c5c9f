/** What a cell may need care for: control characters (C0, DEL, C1), double quotes, and anything beyond U+FFFF. */
// oxlint-disable-next-line no-control-regex
const SPECIAL = /[\x00-\x1f"\x7f-\x9f\ud800-\udfff]/;
/** What cannot stand in a line: control characters, and halves of surrogate pairs, which UTF-8 cannot hold. */
// oxlint-disable-next-line no-control-regex
const UNPRINTABLE = /[\x00-\x1f\x7f-\x9f]|\p{Surrogate}/gu;
const NAMED: Readonly<Record<string, string>> = { "\t": "\\t", "\n": "\\n", "\r": "\\r" };
/**
 * What a spreadsheet takes for a formula (OWASP's list; TAB and CR are escaped already). With apostrophes of its own in
 * front it is none, but gets one more: to take one off gives the value back then, whatever it was.
 */
const FORMULA = /^'*[=+\-@]/;

function escaped(character: string): string {
  const code = character.charCodeAt(0);
  if (code > 0xff) return `\\u${code.toString(16).toUpperCase()}`;
  return NAMED[character] ?? `\\x${code.toString(16).toUpperCase().padStart(2, "0")}`;
}

/** A value in one line: control characters as the tables write them. */
export function inOneLine(value: string): string {
  return value.replace(UNPRINTABLE, escaped);
}

/**
 * A value as one cell of a table: control characters as `\t`, `\n`, `\r` or `\xHH` (half a surrogate pair as `\uHHHH`),
 * so that a record is one physical line; CSV-quoted where it holds a double quote. Everything else is verbatim.
 */
export function tsvCell(value: string): string {
  if (!SPECIAL.test(value)) return value;
  const line = inOneLine(value);
  return line.includes('"') ? `"${line.replaceAll('"', '""')}"` : line;
}

/** The same, with an apostrophe in front of what a spreadsheet would take for a formula (`--excel-safe`). */
export function excelSafeCell(value: string): string {
  return tsvCell(FORMULA.test(value) ? `'${value}` : value);
}
