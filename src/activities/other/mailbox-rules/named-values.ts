import type { ActivityRecord } from "../../../model/record.ts";

/** Parameters, OperationProperties or ModifiedProperties of an audit record: values by names without regard to case. */
export interface NamedValues {
  /** In source order; values as JSON has them. */
  readonly entries: readonly (readonly [name: string, value: unknown])[];
  /** In source order; of equal names one, as the last of them is spelled, whose value counts. */
  readonly names: readonly string[];
  /** The texts in a value, empty ones left out; undefined where there is no such name. The last of equal names counts. */
  texts(name: string): readonly string[] | undefined;
  /** Whether a value is true; undefined where there is no such name or it is neither true nor false. */
  flag(name: string): boolean | undefined;
  /** What a value holds as JSON, be it written as a text or as it is; undefined where it is neither. */
  structure(name: string): unknown;
}

/** Values lie no deeper than this in records that Exchange writes; what is deeper is left out, not followed. */
const DEEPEST = 6;

/** A value of JSON, or undefined where the text is none. */
export function parsedJson(text: string | undefined): unknown {
  if (text === undefined || text === "") return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** A key of a value of JSON without regard to case; undefined where there is none. */
export function member(value: unknown, name: string): unknown {
  if (typeof value !== "object" || value === null) return undefined;
  const wanted = name.toLowerCase();
  return Object.entries(value).findLast(([key]) => key.toLowerCase() === wanted)?.[1];
}

/** Every text, number and truth value in a value of JSON, in order; empty texts left out. */
export function textsIn(value: unknown, depth = 0): readonly string[] {
  if (typeof value === "string") return value === "" ? [] : [value];
  if (typeof value === "number" || typeof value === "boolean") return [String(value)];
  if (depth >= DEEPEST || typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap((part: unknown) => textsIn(part, depth + 1));
}

/** The text of a value where it is a single one; empty otherwise. */
export function textAt(value: unknown, name: string): string {
  const found = member(value, name);
  return typeof found === "string" ? found : "";
}

/**
 * Reads a list of names and values: `[{"Name": …, "Value": …}]` as the audit log has it, or an object with a key a
 * name, as some exports rewrite it. What is neither is an empty list.
 */
export function namedValues(text: string | undefined): NamedValues {
  const parsed = parsedJson(text);
  const entries: (readonly [string, unknown])[] = Array.isArray(parsed)
    ? parsed.flatMap((one: unknown) => {
        const name = member(one, "Name") ?? member(one, "Key");
        return typeof name === "string" ? [[name, member(one, "Value")] as const] : [];
      })
    : typeof parsed === "object" && parsed !== null
      ? Object.entries(parsed)
      : [];
  const values = new Map(entries.map(([name, value]) => [name.toLowerCase(), value]));
  const names = new Map(entries.map(([name]) => [name.toLowerCase(), name]));
  const texts = (name: string) => {
    const key = name.toLowerCase();
    return values.has(key) ? textsIn(values.get(key)) : undefined;
  };
  return {
    entries,
    names: [...names.values()],
    texts,
    structure(name) {
      const value = values.get(name.toLowerCase());
      return typeof value === "string" ? parsedJson(value) : value;
    },
    flag(name) {
      const value = texts(name)?.at(-1)?.trim().toLowerCase();
      return value === "true" || value === "$true" ? true : value === "false" || value === "$false" ? false : undefined;
    },
  };
}

/** What a cmdlet was called with. */
export function parametersOf({ properties }: ActivityRecord): NamedValues {
  return namedValues(properties.text("Parameters"));
}

/** A list in one text is parted by semicolons (`invoice;payment`). A text of nothing but blanks is a value as well. */
export function listOf(texts: readonly string[]): readonly string[] {
  return texts.flatMap((text) => {
    const parts = text
      .split(";")
      .map((part) => part.trim())
      .filter((part) => part !== "");
    return parts.length === 0 ? [text] : parts;
  });
}

/** Whatever stands around an address: `"Name" [SMTP:x@y]`, `smtp:x@y`, `<x@y>`, `=x@y, DisplayType=0`. */
const AROUND = /[\s<>"'[\]():;,=|]+/u;

/** The mail addresses in a value; where it has none, its parts as they are: names and directory paths of recipients. */
export function recipientsOf(texts: readonly string[]): readonly string[] {
  const found = listOf(texts).flatMap((part) => {
    const addresses = part.split(AROUND).filter((piece) => piece.indexOf("@") > 0 && !piece.endsWith("@"));
    return addresses.length > 0 ? addresses : [part];
  });
  return [...new Set(found)];
}

/** The last part of a path such as `owner@contoso.example\Rule`, as identities of rules and folders are written. */
export function lastPart(path: string): string {
  return path.slice(path.lastIndexOf("\\") + 1);
}

/** An action that a record of a rule gives, by its parameter, and what it is set to; nothing where it is emptied. */
export interface GivenAction {
  readonly name: string;
  readonly values: readonly string[];
}

/**
 * The actions that a cmdlet was called with: recipients one by one, of flags those that are true.
 *
 * @param sending parameters that take recipients.
 * @param others parameters that take one value.
 */
export function givenActions(
  { texts, flag }: NamedValues,
  sending: readonly string[],
  others: readonly string[],
): readonly GivenAction[] {
  return [...sending, ...others].flatMap((name) => {
    const given = texts(name);
    if (given === undefined) return [];
    const isEmptied = flag(name) === false || given.every((text) => /^(?:\$null)?$/i.test(text.trim()));
    if (isEmptied) return [{ name, values: [] }];
    return [{ name, values: sending.includes(name) ? recipientsOf(given) : [given.join(" ")] }];
  });
}
