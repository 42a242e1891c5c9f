/** Most characters that Excel takes in a cell, in UTF-16 units ([MS-OI29500] 2.1.660). */
const MOST_CHARACTERS = 32_767;

/** What may need care: markup, what XML cannot hold or would change, and what looks like an escape already. */
// oxlint-disable-next-line no-control-regex
const SPECIAL = /[\x00-\x1f&<>\ud800-\udfff\ufffe\uffff]|_x/;
/** What XML 1.0 cannot hold, halves of surrogate pairs included, and CR, which a parser would turn into LF. */
const UNSPEAKABLE = String.raw`[\x00-\x08\x0b-\x1f\ufffe\uffff]|\p{Surrogate}`;
/** That, and the beginning of what a reader would take for an escape though it is the text itself: it may end with the `_` of a real one. */
const TO_ESCAPE = new RegExp(String.raw`${UNSPEAKABLE}|_(?=x[0-9A-Fa-f]{4}(?:_|${UNSPEAKABLE}))`, "gu");
const MARKUP: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };

function escaped(character: string): string {
  return `_x${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}_`;
}

/**
 * A text as the content of an XML element of SpreadsheetML: what XML cannot hold is written `_xHHHH_`, and a literal
 * `_xHHHH_` as `_x005F_xHHHH_`, so that readers show the text as it was (ST_Xstring, ISO/IEC 29500-1 22.9.2.19).
 */
export function xmlText(text: string): string {
  if (!SPECIAL.test(text)) return text;
  return text.replace(TO_ESCAPE, escaped).replace(/[&<>]/g, (character) => MARKUP[character] ?? character);
}

/**
 * A text no longer than a cell can hold. A longer one ends with how many characters (code points) are missing and
 * which table has them all.
 */
export function cutText(text: string, file: string): string {
  if (text.length <= MOST_CHARACTERS) return text;
  const mark = (missing: number) => ` … [cut: ${missing} characters more; see ${file}]`;
  let kept = MOST_CHARACTERS - mark(text.length).length;
  const last = text.charCodeAt(kept - 1);
  // A surrogate pair is kept whole or not at all.
  if (last >= 0xd800 && last <= 0xdbff) kept--;
  return text.slice(0, kept) + mark(Array.from(text.slice(kept)).length);
}
