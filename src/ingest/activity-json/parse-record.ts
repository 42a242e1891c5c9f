import { pythonStr } from "../../model/python-repr.ts";
import type { PythonValue } from "../../model/python.ts";
import type { ActivityRecord, Properties } from "../../model/record.ts";
import { parsePythonLiteral, PythonLiteralError } from "../python/parse-literal.ts";
import { API_COLUMNS } from "../retriever-csv/columns.ts";
import { literalProperties, readProperties } from "../retriever-csv/literal-properties.ts";

/** Brackets around a value beyond which a text is refused instead of exhausting the stack. */
const DEEPEST = 100;

/** Why a text is not JSON: internal to this file, which turns it into a problem. */
class Refusal extends Error {}

/**
 * Where reading stands. JSON.parse is not used for the whole text because it rounds numbers, keeps only the last of
 * equal keys, does not say where a value stands and words its errors differently in every version of Node.
 */
interface Cursor {
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

function skipSpace(cursor: Cursor): number {
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

/** Reads the members of the object that opens at the cursor, every one of them, in order. */
function readObject(cursor: Cursor, depth: number, member: (key: string, value: PythonValue, raw: string) => void) {
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

function cursorOn(text: string): Cursor {
  return { text, at: 0, backslash: -1, controls: CONTROL.test(text) };
}

function finish(cursor: Cursor): void {
  skipSpace(cursor);
  if (cursor.at < cursor.text.length) refuse(cursor, "more text behind the value");
}

/** The JSON text of a value as JSON.stringify would write it, but with every digit and key of the source. */
function jsonText(value: PythonValue): string {
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  if (value.type === "number" || value.type === "bytes") return value.text;
  if (value.type !== "dict") return `[${value.items.map(jsonText).join(",")}]`;
  return `{${value.entries.map(([key, item]) => `${jsonText(key)}:${jsonText(item)}`).join(",")}}`;
}

const verbatim = (value: PythonValue) => (typeof value === "string" ? value : jsonText(value));

/** A property's value, the tagged form `{"$python": "<literal>"}` of alicorn's own JSON lines undone. */
function propertyValue(value: PythonValue): PythonValue {
  if (value === null || typeof value !== "object" || value.type !== "dict" || value.entries.length !== 1) return value;
  const [key, literal] = value.entries[0] ?? [];
  if (key !== "$python" || typeof literal !== "string") return value;
  try {
    return parsePythonLiteral(literal);
  } catch (error) {
    if (error instanceof PythonLiteralError) return value;
    throw error;
  }
}

/**
 * One element of the API's list: a Name and a Value, each once. OData annotations (names holding `@`), which a
 * response asked for with odata.metadata=full has, say something about the pair and are no data of it.
 */
function nameAndValue(element: PythonValue): readonly [string, PythonValue] | undefined {
  if (element === null || typeof element !== "object" || element.type !== "dict") return undefined;
  const members = element.entries.filter(([key]) => !(typeof key === "string" && key.includes("@")));
  const name = members.find(([key]) => key === "Name");
  const value = members.find(([key]) => key === "Value");
  if (name === undefined || value === undefined || members.length !== 2) return undefined;
  return [pythonStr(name[1]), propertyValue(value[1])];
}

function listProperties(items: readonly PythonValue[], raw: string): Properties {
  const entries: (readonly [string, PythonValue])[] = [];
  for (const item of items) {
    const pair = nameAndValue(item);
    if (pair === undefined) {
      const problem = `CustomProperties: element ${entries.length + 1} is not a Name and a Value`;
      return readProperties([], raw, problem);
    }
    entries.push(pair);
  }
  return readProperties(entries, raw);
}

/** Undoes `{"$unreadable": raw, "$problem": why}` of alicorn's own JSON lines. */
function unreadable(entries: readonly (readonly [PythonValue, PythonValue])[]): Properties | undefined {
  const [first, second] = entries;
  if (entries.length !== 2 || first?.[0] !== "$unreadable" || second?.[0] !== "$problem") return undefined;
  const [raw, problem] = [first[1], second[1]];
  return typeof raw === "string" && typeof problem === "string" ? readProperties([], raw, problem) : undefined;
}

/** A CustomProperties that is a string: JSON, or a Python literal as in the cell of a CSV export. */
function textProperties(text: string): Properties {
  // Where a text is both, it says the same in both: repr() writes no escape that JSON reads differently.
  if (/^\s*[[{]/.test(text)) {
    const value = tryJson(text);
    if (value !== undefined && typeof value === "object" && value !== null) return customProperties(value, text);
  }
  return literalProperties(text);
}

function tryJson(text: string): PythonValue | undefined {
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

function customProperties(value: PythonValue, raw: string): Properties {
  if (value === null) return literalProperties("");
  if (typeof value === "string") return textProperties(value);
  if (typeof value === "object" && value.type === "list") return listProperties(value.items, raw);
  if (typeof value === "object" && value.type === "dict") {
    return (
      unreadable(value.entries) ??
      readProperties(
        value.entries.map(([key, item]) => [pythonStr(key), propertyValue(item)] as const),
        raw,
      )
    );
  }
  const kind = typeof value === "boolean" ? "true or false" : "a number";
  return readProperties([], raw, `CustomProperties: ${kind} instead of a list of Name and Value`);
}

/**
 * Reads one record of the Outlook Activities API as JSON: an element of the response's `value`, or a line of an NDJSON
 * export. CustomProperties may be the API's list of `{Name, Value}`, an object, a string that holds a Python dict
 * literal or JSON, or null. Nothing is rounded, merged or dropped: numbers keep their digits, keys beyond the API's
 * seven (and a second one of the seven) become extras. Reads the lines of `activityJsonLine` back as they were.
 *
 * `properties.raw` is the JSON text of CustomProperties as it stands in the source; of a string, its content.
 *
 * @param text one JSON object.
 * @returns the record, or why the text is none.
 */
export function parseActivityJson(text: string): ActivityRecord | { problem: string } {
  const cursor = cursorOn(text);
  const texts = new Map<string, string>();
  const extra: [string, string][] = [];
  let properties: Properties | undefined;
  const known: readonly string[] = API_COLUMNS;
  const member = (key: string, value: PythonValue, raw: string) => {
    if (!known.includes(key)) extra.push([key, verbatim(value)]);
    else if (value === null) return;
    else if (key === "CustomProperties" && properties === undefined) properties = customProperties(value, raw);
    else if (key === "CustomProperties" || texts.has(key)) extra.push([key, verbatim(value)]);
    else texts.set(key, verbatim(value));
  };
  try {
    if (skipSpace(cursor) !== 123) return { problem: "not a JSON object" };
    readObject(cursor, 0, member);
    finish(cursor);
  } catch (error) {
    if (error instanceof Refusal) return { problem: `not JSON: ${error.message}` };
    throw error;
  }
  const field = (name: (typeof API_COLUMNS)[number]) => texts.get(name) ?? "";
  if (field("TimeStamp") === "" && field("ActivityIdType") === "") {
    return { problem: "no TimeStamp and no ActivityIdType: not a record of the Activities API" };
  }
  return {
    timeStamp: field("TimeStamp"),
    appIdType: field("AppIdType"),
    activityIdType: field("ActivityIdType"),
    activityItemId: field("ActivityItemId"),
    activityCreationTime: field("ActivityCreationTime"),
    clientSessionId: field("ClientSessionId"),
    properties: properties ?? literalProperties(""),
    extra,
    absent: API_COLUMNS.filter((name) => !(name === "CustomProperties" ? properties !== undefined : texts.has(name))),
  };
}
