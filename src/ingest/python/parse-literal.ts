import type { PythonNumber, PythonValue } from "../../model/python.ts";

/**
 * The most brackets that may stand around a value. CPython's own parser gives up at 200; no export comes near either,
 * and a limit turns a hostile cell into a message instead of an exhausted stack.
 */
const DEEPEST = 100;

/** A text is not a literal. The message is one plain sentence; `position` counts UTF-16 units from 0. */
export class PythonLiteralError extends Error {
  override readonly name = "PythonLiteralError";
  readonly position: number;

  constructor(message: string, position: number) {
    super(message);
    this.position = position;
  }
}

/** Where reading stands. The two look-aheads are kept so that no stretch of text is searched twice. */
interface Cursor {
  readonly text: string;
  at: number;
  /** The first backslash (line end) at or behind the place where it was last asked for; the length if there is none. */
  backslash: number;
  lineEnd: number;
}

const STRING_START = /([uU]|[bB][rR]?|[rR][bB]?)?(?:'''|"""|'|")/y;
const NAME = /[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*/y;
/** Integers and floats as Python's reference manual ("Numeric literals") spells them, without the sign. */
const NUMBER =
  /0[xX](?:_?[\da-fA-F])+|0[oO](?:_?[0-7])+|0[bB](?:_?[01])+|(?:\d(?:_?\d)*\.(?:\d(?:_?\d)*)?|\.\d(?:_?\d)*)(?:[eE][+-]?\d(?:_?\d)*)?|\d(?:_?\d)*[eE][+-]?\d(?:_?\d)*|0(?:_?0)*|[1-9](?:_?\d)*/y;
/** What may not follow a number directly: it would be part of it, and it is not. */
const MORE_NUMBER = /[\w.\u0080-\uffff]/y;
const LINE_END = /[\r\n]/g;

function matchAt(pattern: RegExp, cursor: Cursor): RegExpExecArray | null {
  pattern.lastIndex = cursor.at;
  return pattern.exec(cursor.text);
}

/**
 * Moves past white space, comments and continued lines. A plain line end is white space inside brackets and around the
 * whole literal only; elsewhere it ends the expression.
 */
function skipSpace(cursor: Cursor, acrossLines: boolean): void {
  const { text } = cursor;
  for (;;) {
    const code = text.charCodeAt(cursor.at);
    if (code === 32 || code === 9 || code === 12 || (acrossLines && (code === 10 || code === 13))) {
      cursor.at++;
    } else if (code === 92) {
      const next = text.charCodeAt(cursor.at + 1);
      if (next !== 10 && next !== 13) throw new PythonLiteralError("a backslash stands outside a string", cursor.at);
      cursor.at += next === 13 && text.charCodeAt(cursor.at + 2) === 10 ? 3 : 2;
    } else if (acrossLines && code === 35) {
      cursor.at = lineEndFrom(cursor, cursor.at);
    } else return;
  }
}

function backslashFrom(cursor: Cursor, from: number): number {
  if (cursor.backslash < from) {
    const found = cursor.text.indexOf("\\", from);
    cursor.backslash = found < 0 ? cursor.text.length : found;
  }
  return cursor.backslash;
}

function lineEndFrom(cursor: Cursor, from: number): number {
  if (cursor.lineEnd < from) {
    LINE_END.lastIndex = from;
    cursor.lineEnd = LINE_END.exec(cursor.text)?.index ?? cursor.text.length;
  }
  return cursor.lineEnd;
}

/** Index of the quote (or quotes) that close the string whose body starts at `from`. */
function closingQuote(cursor: Cursor, from: number, quote: string, opening: number): number {
  const { text } = cursor;
  let at = from;
  let end = -1;
  for (;;) {
    // An earlier find still stands unless a backslash has taken it.
    if (end < at) end = text.indexOf(quote, at);
    const backslash = backslashFrom(cursor, at);
    const lineEnd = quote.length === 3 ? text.length : lineEndFrom(cursor, at);
    if (end >= 0 && end < backslash && end < lineEnd) return end;
    if (end < 0 || lineEnd < backslash) throw new PythonLiteralError("a string is not closed", opening);
    at = backslash + 2;
    if (text.charCodeAt(backslash + 1) === 13 && text.charCodeAt(at) === 10) at++;
  }
}

const SIMPLE_ESCAPES: Readonly<Record<string, string>> = {
  "\n": "",
  "\\": "\\",
  "'": "'",
  '"': '"',
  a: "\x07",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
};
const HEX_LENGTH: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };
const OCTAL = /[0-7]{1,3}/y;
const HEX = /^[\da-fA-F]+$/;

/** The character that `\x`, `\u` or `\U` and its digits stand for. `at` is where the letter stands in `body`. */
function hexEscape(body: string, at: number, length: number): string {
  const digits = body.slice(at + 1, at + 1 + length);
  const code = digits.length === length && HEX.test(digits) ? Number.parseInt(digits, 16) : -1;
  if (code < 0 || code > 0x10ffff)
    throw new PythonLiteralError("a hexadecimal escape is not complete or too large", at - 1);
  return String.fromCodePoint(code);
}

/**
 * The value of a string literal's body: its escapes decoded as Python 3 does (reference manual, "String and Bytes
 * literals"); an escape that Python does not know stays as it is, backslash included.
 *
 * @param body what stands between the quotes, line ends being `\n`.
 * @param kind whether `\u` and `\U` are escapes (in a str) or not (in bytes).
 * @throws PythonLiteralError for escapes cut short and for `\N{...}`, which would need the table of all character
 *   names and which repr() never writes; its position is relative to the body.
 */
export function decodeEscapes(body: string, kind: "str" | "bytes" = "str"): string {
  let backslash = body.indexOf("\\");
  if (backslash < 0) return body;
  let value = "";
  let at = 0;
  while (backslash >= 0) {
    value += body.slice(at, backslash);
    const letter = body.charAt(backslash + 1);
    const simple = SIMPLE_ESCAPES[letter];
    at = backslash + 2;
    if (simple !== undefined) {
      value += simple;
    } else if (letter === "x" || (kind === "str" && (letter === "u" || letter === "U"))) {
      const length = HEX_LENGTH[letter] ?? 0;
      value += hexEscape(body, backslash + 1, length);
      at += length;
    } else if (letter >= "0" && letter <= "7") {
      OCTAL.lastIndex = backslash + 1;
      const digits = OCTAL.exec(body)?.[0] ?? letter;
      const code = Number.parseInt(digits, 8);
      value += String.fromCharCode(kind === "bytes" ? code & 0xff : code);
      at = backslash + 1 + digits.length;
    } else if (kind === "str" && letter === "N") {
      throw new PythonLiteralError("a character is given by its name (\\N{...}), which is not supported", backslash);
    } else {
      value += "\\";
      at = backslash + 1;
      // The character behind an unknown escape is plain, so the search goes on behind it.
      backslash = body.indexOf("\\", at + 1);
      continue;
    }
    backslash = body.indexOf("\\", at);
  }
  return value + body.slice(at);
}

interface StringPart {
  readonly kind: "str" | "bytes";
  readonly text: string;
}

/** One string token, or undefined where none starts. */
function parseStringPart(cursor: Cursor): StringPart | undefined {
  const start = matchAt(STRING_START, cursor);
  if (start === null) return undefined;
  const opening = cursor.at;
  const prefix = (start[1] ?? "").toLowerCase();
  const quote = start[0].slice(prefix.length);
  const from = opening + start[0].length;
  const end = closingQuote(cursor, from, quote, opening);
  cursor.at = end + quote.length;
  const kind = prefix.includes("b") ? "bytes" : "str";
  let body = cursor.text.slice(from, end);
  // Python reads every line end of its source as "\n".
  if (body.includes("\r")) body = body.replace(/\r\n?/g, "\n");
  if (kind === "bytes" && /[^\0-\x7f]/.test(body)) {
    throw new PythonLiteralError("a bytes literal holds a character beyond ASCII", opening);
  }
  if (prefix.includes("r")) return { kind, text: body };
  try {
    return { kind, text: decodeEscapes(body, kind) };
  } catch (error) {
    if (error instanceof PythonLiteralError) throw new PythonLiteralError(error.message, from + error.position);
    throw error;
  }
}

/** A string token and those that follow it directly, which Python joins. */
function parseStrings(cursor: Cursor, inBrackets: boolean): PythonValue | undefined {
  const first = parseStringPart(cursor);
  if (first === undefined) return undefined;
  const texts = [first.text];
  for (;;) {
    skipSpace(cursor, inBrackets);
    const at = cursor.at;
    const next = parseStringPart(cursor);
    if (next === undefined) break;
    if (next.kind !== first.kind) throw new PythonLiteralError("a string and bytes stand side by side", at);
    texts.push(next.text);
  }
  const text = texts.join("");
  return first.kind === "bytes" ? { type: "bytes", text } : text;
}

function parseNumber(cursor: Cursor, sign: string): PythonNumber {
  const text = matchAt(NUMBER, cursor)?.[0];
  const opening = cursor.at;
  cursor.at += text?.length ?? 0;
  if (text === undefined || matchAt(MORE_NUMBER, cursor) !== null) {
    throw new PythonLiteralError("a number is not an int or float of Python", opening);
  }
  return { type: "number", text: sign + text };
}

function parseSigned(cursor: Cursor, depth: number, inBrackets: boolean): PythonNumber {
  const opening = cursor.at;
  const sign = cursor.text.charAt(cursor.at++);
  skipSpace(cursor, inBrackets);
  const next = cursor.text.charAt(cursor.at);
  if (next !== "(") return parseNumber(cursor, sign);
  const value = parseBracket(cursor, next, depth);
  if (typeof value === "object" && value?.type === "number" && /^[\d.]/.test(value.text)) {
    return { type: "number", text: sign + value.text };
  }
  throw new PythonLiteralError("a sign stands before something that is not a number", opening);
}

function parseName(cursor: Cursor): PythonValue {
  const opening = cursor.at;
  const name = matchAt(NAME, cursor)?.[0];
  if (name === undefined) {
    throw cursor.at >= cursor.text.length
      ? new PythonLiteralError("the text ends where a value should stand", opening)
      : new PythonLiteralError("a value should stand here", opening);
  }
  cursor.at += name.length;
  if (name === "None") return null;
  if (name === "True" || name === "False") return name === "True";
  if (name === "set") {
    // The one call that ast.literal_eval takes: the empty set has no literal of its own.
    skipSpace(cursor, false);
    if (cursor.text.charAt(cursor.at) === "(") {
      cursor.at++;
      skipSpace(cursor, true);
      if (cursor.text.charAt(cursor.at) === ")") {
        cursor.at++;
        return { type: "set", items: [] };
      }
    }
  }
  throw new PythonLiteralError("a name stands where a value should", opening);
}

/** Whether Python could use the value as a key of a dict or put it into a set. */
function isHashable(value: PythonValue): boolean {
  if (typeof value !== "object" || value === null || value.type === "number" || value.type === "bytes") return true;
  return value.type === "tuple" && value.items.every(isHashable);
}

function parseKey(cursor: Cursor, depth: number): PythonValue {
  skipSpace(cursor, true);
  const opening = cursor.at;
  const key = parseValue(cursor, depth, true);
  if (!isHashable(key)) {
    // Only a dict's keys and a set's items need it, and this is asked for nothing else.
    throw new PythonLiteralError("a list, dict or set stands as a key or in a set", opening);
  }
  return key;
}

/** Moves behind the comma and returns true, or behind the closing bracket and returns false. */
function anotherItem(cursor: Cursor, close: string): boolean {
  skipSpace(cursor, true);
  let next = cursor.text.charAt(cursor.at);
  if (next === ",") {
    cursor.at++;
    skipSpace(cursor, true);
    next = cursor.text.charAt(cursor.at);
    if (next !== close) return true;
  }
  if (next !== close) throw new PythonLiteralError(`a comma or ${close} should stand here`, cursor.at);
  cursor.at++;
  return false;
}

function parseColon(cursor: Cursor): void {
  skipSpace(cursor, true);
  if (cursor.text.charAt(cursor.at) !== ":") throw new PythonLiteralError("a colon should stand here", cursor.at);
  cursor.at++;
}

function parseBraces(cursor: Cursor, depth: number): PythonValue {
  const first = parseKey(cursor, depth);
  skipSpace(cursor, true);
  if (cursor.text.charAt(cursor.at) !== ":") {
    const items = [first];
    while (anotherItem(cursor, "}")) items.push(parseKey(cursor, depth));
    return { type: "set", items };
  }
  cursor.at++;
  const entries: [PythonValue, PythonValue][] = [[first, parseValue(cursor, depth, true)]];
  while (anotherItem(cursor, "}")) {
    const key = parseKey(cursor, depth);
    parseColon(cursor);
    entries.push([key, parseValue(cursor, depth, true)]);
  }
  return { type: "dict", entries };
}

/** Everything that starts with a bracket; `open` is the one at the cursor, inside `depth` others. */
function parseBracket(cursor: Cursor, open: string, depth: number): PythonValue {
  if (depth === DEEPEST) throw new PythonLiteralError(`brackets are nested more than ${DEEPEST} deep`, cursor.at);
  cursor.at++;
  skipSpace(cursor, true);
  const close = open === "(" ? ")" : open === "[" ? "]" : "}";
  if (cursor.text.charAt(cursor.at) === close) {
    cursor.at++;
    if (open === "{") return { type: "dict", entries: [] };
    return { type: open === "(" ? "tuple" : "list", items: [] };
  }
  if (open === "{") return parseBraces(cursor, depth + 1);
  const items = [parseValue(cursor, depth + 1, true)];
  skipSpace(cursor, true);
  // Parentheses around one value without a comma only group.
  const grouped = open === "(" && cursor.text.charAt(cursor.at) === ")";
  while (anotherItem(cursor, close)) items.push(parseValue(cursor, depth + 1, true));
  if (grouped) return items[0] ?? null;
  return { type: open === "(" ? "tuple" : "list", items };
}

function parseValue(cursor: Cursor, depth: number, inBrackets: boolean): PythonValue {
  skipSpace(cursor, inBrackets);
  const first = cursor.text.charAt(cursor.at);
  if (first === "(" || first === "[" || first === "{") return parseBracket(cursor, first, depth);
  if (first === "+" || first === "-") return parseSigned(cursor, depth, inBrackets);
  if ((first >= "0" && first <= "9") || first === ".") return parseNumber(cursor, "");
  return parseStrings(cursor, inBrackets) ?? parseName(cursor);
}

/**
 * Reads a Python literal as ast.literal_eval does: strings and bytes with every prefix, quote and escape, numbers,
 * None, True, False, lists, tuples, dicts and sets. Left out, as no export holds them: complex numbers, `...`, tuples
 * without parentheses and `\N{...}`. Taken where Python refuses: a NUL or a lone surrogate as it is inside a string.
 * The time it takes grows with the length of the text only.
 *
 * Format: The Python Language Reference, "Lexical analysis", and the documentation of ast.literal_eval.
 *
 * @throws PythonLiteralError where the text is not such a literal.
 */
export function parsePythonLiteral(text: string): PythonValue {
  const cursor: Cursor = { text, at: 0, backslash: -1, lineEnd: -1 };
  skipSpace(cursor, true);
  const value = parseValue(cursor, 0, false);
  skipSpace(cursor, true);
  if (cursor.at < text.length) throw new PythonLiteralError("more text stands behind the literal", cursor.at);
  return value;
}
