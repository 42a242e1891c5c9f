import type { PythonValue } from "../../model/python.ts";

/** Brackets around a value beyond which a text is refused instead of exhausting the stack. */
const DEEPEST = 100;

/** Why a text is not JSON. */
export class Refusal extends Error {}

/**
 * Where reading stands. JSON.parse is not used for the whole text because it rounds numbers, keeps only the last of
 * equal keys, does not say where a value stands and words its errors differently in every version of Node.
 */
export interface Cursor {
  readonly text: string;
  at: number;
  /** The first backslash at or behind the place where it was last asked for; the length if there is none. */
  backslash: number;
  /** Whether the text holds control characters anywhere; mostly not, and then no string need be searched for them. */
  readonly controls: boolean;
}

/** A control character, which JSON does not allow inside a string: whatever stands before the space. */
const CONTROL = /[^ -\uffff]/;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const WORD = /null|true|false/y;

function refuse(cursor: Cursor, what: string): never {
  throw new Refusal(`${what} at character ${cursor.at + 1}`);
}

/** Moves to the next character that is no white space and returns its code. */
export function skipSpace(cursor: Cursor): number {
  for (;;) {
    const code = cursor.text.charCodeAt(cursor.at);
    if (code !== 32 && code !== 10 && code !== 13 && code !== 9) return code;
    cursor.at++;
  }
}

function matchAt(pattern: RegExp, cursor: Cursor): string | undefined {
  pattern.lastIndex = cursor.at;
  const text = pattern.exec(cursor.text)?.[0];
  cursor.at += text?.length ?? 0;
  return text;
}

/** The string that opens at the cursor. Escapes are left to JSON.parse. */
function readString(cursor: Cursor): string {
  const { text } = cursor;
  const opening = cursor.at;
  let at = opening + 1;
  let end = text.indexOf('"', at);
  let escaped = false;
  for (;;) {
    if (cursor.backslash < at) {
      const found = text.indexOf("\\", at);
      cursor.backslash = found < 0 ? text.length : found;
    }
    if (end < 0) refuse(cursor, "a string is not closed");
    if (end < cursor.backslash) break;
    escaped = true;
    at = cursor.backslash + 2;
    if (end < at) end = text.indexOf('"', at);
  }
  const body = text.slice(opening + 1, end);
  if (cursor.controls && CONTROL.test(body)) refuse(cursor, "a string with a plain control character");
  cursor.at = end + 1;
  if (!escaped) return body;
  try {
    return JSON.parse(`"${body}"`) as string;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    cursor.at = opening;
    return refuse(cursor, "a string with an escape unknown to JSON");
  }
}

/** Moves behind a comma and returns true, or behind the closing bracket and returns false. */
function anotherItem(cursor: Cursor, close: "]" | "}"): boolean {
  const code = skipSpace(cursor);
  if (code !== 44 && code !== close.charCodeAt(0)) refuse(cursor, `neither a comma nor ${close}`);
  cursor.at++;
  return code === 44;
}

/** Whether the bracket at the cursor is closed at once; the cursor stands behind what was read. */
function opensEmpty(cursor: Cursor, close: "]" | "}"): boolean {
  cursor.at++;
  if (skipSpace(cursor) !== close.charCodeAt(0)) return false;
  cursor.at++;
  return true;
}

/**
 * Reads the members of the object that opens at the cursor, every one of them, in order.
 *
 * @throws Refusal where they are not JSON.
 */
export function readObject(
  cursor: Cursor,
  depth: number,
  member: (key: string, value: PythonValue, raw: string) => void,
) {
  if (opensEmpty(cursor, "}")) return;
  do {
    if (skipSpace(cursor) !== 34) refuse(cursor, "no key");
    const key = readString(cursor);
    if (skipSpace(cursor) !== 58) refuse(cursor, "no colon behind a key");
    cursor.at++;
    skipSpace(cursor);
    const start = cursor.at;
    const value = readValue(cursor, depth + 1);
    member(key, value, cursor.text.slice(start, cursor.at));
  } while (anotherItem(cursor, "}"));
}

/** A JSON value as the Python value that json.loads makes of it; numbers keep their text and equal keys stay. */
function readValue(cursor: Cursor, depth: number): PythonValue {
  const code = skipSpace(cursor);
  if (code === 34) return readString(cursor);
  if (code === 123 || code === 91) {
    if (depth >= DEEPEST) refuse(cursor, `brackets nested more than ${DEEPEST} deep`);
    if (code === 91) {
      const items: PythonValue[] = [];
      if (opensEmpty(cursor, "]")) return { type: "list", items };
      do items.push(readValue(cursor, depth + 1));
      while (anotherItem(cursor, "]"));
      return { type: "list", items };
    }
    const entries: [string, PythonValue][] = [];
    readObject(cursor, depth, (key, value) => entries.push([key, value]));
    return { type: "dict", entries };
  }
  const word = matchAt(WORD, cursor);
  if (word !== undefined) return word === "null" ? null : word === "true";
  const number = matchAt(NUMBER, cursor);
  if (number === undefined) return refuse(cursor, "no value");
  return { type: "number", text: number };
}

/** A cursor at the beginning of a text. */
export function cursorOn(text: string): Cursor {
  return { text, at: 0, backslash: -1, controls: CONTROL.test(text) };
}

/** @throws Refusal where more than white space follows. */
export function finish(cursor: Cursor): void {
  skipSpace(cursor);
  if (cursor.at < cursor.text.length) refuse(cursor, "more text behind the value");
}

/** The JSON text of a value as JSON.stringify would write it, but with every digit and key of the source. */
export function jsonText(value: PythonValue): string {
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  if (value.type === "number" || value.type === "bytes") return value.text;
  if (value.type !== "dict") return `[${value.items.map(jsonText).join(",")}]`;
  return `{${value.entries.map(([key, item]) => `${jsonText(key)}:${jsonText(item)}`).join(",")}}`;
}

/** The value of a text; undefined where it is not JSON. */
export function tryJson(text: string): PythonValue | undefined {
  const cursor = cursorOn(text);
  try {
    const value = readValue(cursor, 0);
    finish(cursor);
    return value;
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}
