import type { PythonValue } from "../../model/python.ts";
import type { ActivityRecord, Properties } from "../../model/record.ts";
import { API_COLUMNS } from "../retriever-csv/columns.ts";
import { literalProperties } from "../retriever-csv/literal-properties.ts";
import { customProperties } from "./custom-properties.ts";
import { cursorOn, finish, jsonText, readObject, Refusal, skipSpace } from "./strict-json.ts";
import { walkRecord } from "./walk-record.ts";

const verbatim = (value: PythonValue) => (typeof value === "string" ? value : jsonText(value));

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
  return walkRecord(text) ?? readRecord(text);
}

/** `parseActivityJson` for a record of any form, which decides where `walkRecord` has doubts. */
export function readRecord(text: string): ActivityRecord | { problem: string } {
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
