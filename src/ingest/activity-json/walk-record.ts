import type { ActivityRecord, Properties } from "../../model/record.ts";
import { API_COLUMNS } from "../retriever-csv/columns.ts";
import { literalProperties } from "../retriever-csv/literal-properties.ts";
import { textProperties } from "./custom-properties.ts";
import { walkProperties } from "./walk-properties.ts";
import { bareEnd, behindSpace, startWalk, stringEnd, stringText, walked } from "./walk-strings.ts";

const COMMA = 44;
const COLON = 58;
const QUOTE = 34;
const OPEN_LIST = 91;
const OPEN_OBJECT = 123;
const CLOSE_OBJECT = 125;
const LOWER_N = 110;

const CUSTOM_PROPERTIES = API_COLUMNS.indexOf("CustomProperties");
const NONE: readonly never[] = [];

/** Which of the API's names stands from `start` to `end`; the one that is due by their order is tried first. */
function columnAt(text: string, start: number, end: number, due: number): number {
  const name = API_COLUMNS[due];
  if (name?.length === end - start && text.startsWith(name, start)) return due;
  return API_COLUMNS.findIndex((other) => other.length === end - start && text.startsWith(other, start));
}

/** Texts of the record that is being walked, by their column. */
const fields: string[] = API_COLUMNS.map(() => "");

/**
 * Reads an ordinary record in one pass over its quotes: no name twice, fields that are strings, numbers, true, false or
 * null, and CustomProperties that is the API's list, a flat object, a string or null. Its properties are checked now
 * and read when asked for.
 *
 * @returns exactly what `readRecord` returns; undefined for every other text, of which that one decides.
 */
export function walkRecord(text: string): ActivityRecord | undefined {
  startWalk(text);
  let at = behindSpace(text, 0);
  if (text.charCodeAt(at++) !== OPEN_OBJECT) return undefined;
  let properties: Properties | undefined;
  let extra: [string, string][] | undefined;
  let seen = 0;
  let due = 0;
  fields.fill("");
  for (;;) {
    at = behindSpace(text, at);
    if (text.charCodeAt(at) !== QUOTE) return undefined;
    const start = at + 1;
    const end = stringEnd(text, start);
    if (end < 0 || walked.escaped) return undefined;
    const column = columnAt(text, start, end, due);
    if ((seen & (1 << column)) !== 0 && column >= 0) return undefined;
    at = behindSpace(text, end + 1);
    if (text.charCodeAt(at) !== COLON) return undefined;
    at = behindSpace(text, at + 1);
    const code = text.charCodeAt(at);
    let isNull = false;
    if (column === CUSTOM_PROPERTIES && (code === OPEN_LIST || code === OPEN_OBJECT)) {
      const walk = walkProperties(text, at);
      if (walk === undefined) return undefined;
      ({ properties, end: at } = walk);
    } else {
      let value: string;
      if (code === QUOTE) {
        const valueEnd = stringEnd(text, at + 1);
        if (valueEnd < 0) return undefined;
        value = stringText(text, at + 1, valueEnd, walked.escaped);
        at = valueEnd + 1;
        if (column === CUSTOM_PROPERTIES) properties = textProperties(value);
      } else {
        const valueEnd = bareEnd(text, at);
        if (valueEnd < 0) return undefined;
        value = text.slice(at, valueEnd);
        at = valueEnd;
        isNull = code === LOWER_N;
        if (column === CUSTOM_PROPERTIES && !isNull) return undefined;
      }
      if (column < 0) (extra ??= []).push([text.slice(start, end), value]);
      else if (!isNull) fields[column] = value;
    }
    if (column >= 0 && !isNull) seen |= 1 << column;
    due = column + 1;
    at = behindSpace(text, at);
    const next = text.charCodeAt(at++);
    if (next === COMMA) continue;
    if (next !== CLOSE_OBJECT || behindSpace(text, at) !== text.length) return undefined;
    break;
  }
  const [timeStamp = "", appIdType = "", activityIdType = "", itemId = "", creationTime = "", sessionId = ""] = fields;
  if (timeStamp === "" && activityIdType === "") return undefined;
  return {
    timeStamp,
    appIdType,
    activityIdType,
    activityItemId: itemId,
    activityCreationTime: creationTime,
    clientSessionId: sessionId,
    properties: properties ?? literalProperties(""),
    extra: extra ?? NONE,
    absent: seen === ALL_SEEN ? NONE : API_COLUMNS.filter((_, column) => (seen & (1 << column)) === 0),
  };
}

const ALL_SEEN = (1 << API_COLUMNS.length) - 1;
