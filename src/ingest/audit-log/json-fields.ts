import { cursorOn, finish, readObject, Refusal, skipSpace } from "../activity-json/strict-json.ts";
import type { PythonValue } from "../../model/python.ts";

/** The members of a JSON object. Their names are evidence: ask with `Object.hasOwn` for one that is not our own word. */
export type Fields = Readonly<Record<string, unknown>>;

export type Entry = readonly [name: string, value: PythonValue];

/** Brackets around a value beyond which a text inside a text is refused; a file's own records are counted by the slicer. */
const DEEPEST = 256;

export const NO_FIELDS: Fields = {};

export function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Whether a text holds more than so many opening brackets, of strings too. */
function hasMoreBrackets(text: string, most: number): boolean {
  let open = 0;
  for (const bracket of "{[") {
    for (let at = text.indexOf(bracket); at >= 0 && open <= most; at = text.indexOf(bracket, at + 1)) open++;
  }
  return open > most;
}

/** Whether the brackets of a text nest too deep to be walked. Most texts hold too few of them and are not looked at. */
export function nestsTooDeep(text: string): boolean {
  if (!hasMoreBrackets(text, DEEPEST)) return false;
  let depth = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 92) at++;
    else if (code === 34) quoted = !quoted;
    else if (quoted) continue;
    else if (code === 123 || code === 91) {
      if (++depth > DEEPEST) return true;
    } else if (code === 125 || code === 93) depth--;
  }
  return false;
}

/**
 * The members of the object that a text is. Of equal names the last counts, as in every reader of JSON.
 *
 * @returns a text where it is none: why, in words of our own, since those of `JSON.parse` differ between versions of
 *   Node.
 */
export function parseFields(text: string): Fields | string {
  try {
    const value: unknown = JSON.parse(text);
    return isFields(value) ? value : "not an object";
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return refusalOf(text);
  }
}

function refusalOf(text: string): string {
  try {
    walk(text, () => undefined);
    return "not understood";
  } catch (error) {
    if (error instanceof Refusal) return error.message;
    throw error;
  }
}

function walk(text: string, member: (key: string, value: PythonValue, raw: string) => void): void {
  const cursor = cursorOn(text);
  if (skipSpace(cursor) !== 123) throw new Refusal("not an object");
  readObject(cursor, 0, member);
  finish(cursor);
}

/** Every member of an object's text in source order, equal names included, numbers with all their digits. */
export function entriesOf(text: string): readonly Entry[] {
  const entries: Entry[] = [];
  try {
    walk(text, (key, value) => entries.push([key, value]));
    return entries;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    // Nested deeper than the strict reader goes: each member as the text that it is.
    const fields = parseFields(text);
    if (typeof fields === "string") return [];
    return Object.entries(fields).map(([key, value]): Entry => [
      key,
      typeof value === "string" ? value : JSON.stringify(value),
    ]);
  }
}

/** So few brackets cannot nest deeper than `entriesOf` goes. */
const FEW_BRACKETS = 64;

/**
 * Whether an object's text is what its `entriesOf` would be written as again: every number and string as JSON.stringify
 * writes it, no name twice, nothing between. Where it says no it may still be so.
 *
 * @param fields what `parseFields` made of the text.
 */
export function isCompact(text: string, fields: Fields): boolean {
  return !hasMoreBrackets(text, FEW_BRACKETS) && JSON.stringify(fields) === text;
}

/** The JSON text of the last member of that name; undefined where the object has none or is nested too deep. */
export function memberText(text: string, name: string): string | undefined {
  let found: string | undefined;
  try {
    walk(text, (key, _, raw) => {
      if (key === name) found = raw;
    });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
  }
  return found;
}

/** A value as text: of strings, numbers and truth values; empty for everything else. */
export function textOf(value: unknown): string {
  if (typeof value === "string") return value;
  return typeof value === "number" || typeof value === "boolean" ? String(value) : "";
}

/** The JSON that a string holds; the value itself where it is no string or holds none. */
export function decoded(value: unknown): unknown {
  if (typeof value !== "string" || !/^\s*[[{]/.test(value) || nestsTooDeep(value)) return value;
  try {
    return JSON.parse(value) as unknown;
  } catch (error) {
    if (error instanceof SyntaxError) return value;
    throw error;
  }
}

/**
 * A list, also one that is written as a string; an object alone is a list of one, as PowerShell writes them. Empty where
 * the value is neither.
 */
export function listOf(value: unknown): readonly unknown[] {
  const list = decoded(value);
  if (Array.isArray(list)) return list;
  return isFields(list) && Object.keys(list).length > 0 ? [list] : [];
}

/** An object, also one that is written as a string; without members where the value is none. */
export function fieldsOf(value: unknown): Fields {
  const fields = decoded(value);
  return isFields(fields) ? fields : NO_FIELDS;
}

/**
 * The value of a name in a list of `{Name, Value}`, in either case of letters as the two APIs write them, or in an
 * object.
 */
export function namedValue(value: unknown, name: string): string {
  if (value === undefined || value === null) return "";
  const pairs = decoded(value);
  if (isFields(pairs) && Object.hasOwn(pairs, name)) return textOf(pairs[name]);
  for (const pair of listOf(pairs)) {
    if (!isFields(pair)) continue;
    if ((pair["Name"] ?? pair["key"]) === name) return textOf(pair["Value"] ?? pair["value"]);
  }
  return "";
}
