import { pythonRepr } from "../model/python-repr.ts";
import type { PythonValue } from "../model/python.ts";
import type { ActivityRecord, Properties } from "../model/record.ts";

/** A property's value: as JSON where JSON says exactly the same, else as `{"$python": "<literal>"}`. */
function valueJson(value: PythonValue): string {
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  // A number goes out as one only if whoever reads it back gets the same digits.
  if (value.type === "number" && value.text === JSON.stringify(Number(value.text))) return value.text;
  return `{"$python":${JSON.stringify(pythonRepr(value))}}`;
}

function propertiesJson(properties: Properties): string {
  const { raw, problem } = properties;
  if (problem !== undefined) return `{"$unreadable":${JSON.stringify(raw)},"$problem":${JSON.stringify(problem)}}`;
  const entries = properties.entries();
  if (entries.length > 0) {
    return `[${entries.map(([name, value]) => `{"Name":${JSON.stringify(name)},"Value":${valueJson(value)}}`).join(",")}]`;
  }
  if (raw === "" || raw.startsWith("[")) return "[]";
  // `{}` and a cell of blanks are other evidence than an empty cell.
  return raw === "{}" ? raw : JSON.stringify(raw);
}

/**
 * One record as one JSON object in the shape of the Activities API, without the line end; `parseActivityJson` reads it
 * back as the record it was. A name in `absent` is left out, extras follow the API's seven names.
 *
 * CustomProperties is the API's `[{"Name":..,"Value":..}]`, equal names included. Values that are strings (all that
 * the API itself sends) are strings, None is null, True and False are true and false. What JSON cannot say exactly
 * takes a tagged form:
 * - `{"$python":"0x1F"}`: a number whose digits JSON would change, bytes, a list, tuple, set or dict, as the literal.
 * - `"CustomProperties":{"$unreadable":"<raw>","$problem":"<why>"}`: a cell that could not be read, as it stands.
 * - `"CustomProperties":[]` is an empty cell; `{}`, or a string of blanks, a cell that holds just that.
 *
 * Lone surrogates survive as `\udXXX` escapes. An extra that bears one of the seven names (a CSV column that stands
 * twice) makes a second key of that name, of which other readers may keep either.
 */
export function activityJsonLine(record: ActivityRecord): string {
  const members: string[] = [];
  const member = (name: string, json: string) => {
    if (!record.absent.includes(name)) members.push(`"${name}":${json}`);
  };
  member("TimeStamp", JSON.stringify(record.timeStamp));
  member("AppIdType", JSON.stringify(record.appIdType));
  member("ActivityIdType", JSON.stringify(record.activityIdType));
  member("ActivityItemId", JSON.stringify(record.activityItemId));
  member("ActivityCreationTime", JSON.stringify(record.activityCreationTime));
  member("ClientSessionId", JSON.stringify(record.clientSessionId));
  member("CustomProperties", propertiesJson(record.properties));
  for (const [name, value] of record.extra) members.push(`${JSON.stringify(name)}:${JSON.stringify(value)}`);
  return `{${members.join(",")}}`;
}
