import { pythonStr } from "../../model/python-repr.ts";
import type { PythonValue } from "../../model/python.ts";
import type { Properties } from "../../model/record.ts";
import { parsePythonLiteral, PythonLiteralError } from "../python/parse-literal.ts";
import { literalProperties, readProperties } from "../retriever-csv/literal-properties.ts";
import { tryJson } from "./strict-json.ts";

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
export function textProperties(text: string): Properties {
  // Where a text is both, it says the same in both: repr() writes no escape that JSON reads differently.
  if (/^\s*[[{]/.test(text)) {
    const value = tryJson(text);
    if (value !== undefined && typeof value === "object" && value !== null) return customProperties(value, text);
  }
  return literalProperties(text);
}

/**
 * The properties in a CustomProperties of any form.
 *
 * @param raw its JSON text.
 */
export function customProperties(value: PythonValue, raw: string): Properties {
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
