import type { ParsedNode } from "yaml";
import { isMap, isScalar, isSeq, Lexer, LineCounter, parseDocument, Parser } from "yaml";
import { InputError } from "../ingest/evidence/input-error.ts";

/** Where in the file something stands, for the sentence that refuses it. */
export interface Place {
  readonly name: string;
  readonly lines: LineCounter;
}

/** A text of the file, which may be of any length, as it fits into a sentence. */
export function brief(text: string): string {
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}

/** Ends the run with a sentence that names file, line and key. */
export function refuse({ name, lines }: Place, node: ParsedNode | null, key: string, what: string): never {
  const line = node === null ? 1 : lines.linePos(node.range[0]).line;
  throw new InputError(`${name}, line ${line}${key === "" ? "" : `, ${brief(key)}`}: ${what}`);
}

/** A name with its value, and where the name stands. */
type Pair = readonly [key: string, value: ParsedNode | null, at: ParsedNode];

/** The names of a mapping with their values; one that stands twice is refused. */
export function pairsOf(place: Place, node: ParsedNode | null, key: string): Pair[] {
  if (!isMap(node)) return refuse(place, node, key, "names with values are expected here.");
  const seen = new Set<string>();
  return node.items.map((item) => {
    const name = item.key;
    if (!isScalar(name) || typeof name.value !== "string") return refuse(place, name, key, "a name is expected here.");
    if (seen.has(name.value)) {
      refuse(place, name, key === "" ? name.value : `${key}.${name.value}`, "it stands here for the second time.");
    }
    seen.add(name.value);
    return [name.value, item.value, name] as const;
  });
}

/** A list of texts. */
export function textsOf(place: Place, node: ParsedNode | null, key: string): string[] {
  if (!isSeq(node)) return refuse(place, node, key, "a list is expected here.");
  return node.items.map((item) =>
    isScalar(item) && typeof item.value === "string"
      ? item.value
      : refuse(place, item, key, "a text is expected here."),
  );
}

/** A finite number. */
export function numberOf(place: Place, node: ParsedNode | null, key: string): number {
  const value = isScalar(node) ? node.value : undefined;
  return typeof value === "number" && Number.isFinite(value)
    ? value
    : refuse(place, node, key, "a number is expected here.");
}

/** One of some words. */
export function oneOf<T extends string>(place: Place, node: ParsedNode | null, key: string, names: readonly T[]): T {
  const value = isScalar(node) ? node.value : undefined;
  return (
    names.find((name) => name === value) ?? refuse(place, node, key, `one of ${names.join(", ")} is expected here.`)
  );
}

/** Nothing that rules are told with lies deeper than a handful of levels. */
const DEEPEST = 32;

/** Refuses what is nested without end before it is read: reading it level by level would exhaust the stack. */
function refuseDepths(name: string, text: string): void {
  const parser = new Parser();
  for (const lexeme of new Lexer().lex(text)) {
    for (const _token of parser.next(lexeme)) continue;
    if (parser.stack.length <= DEEPEST) continue;
    const line = text.slice(0, parser.offset).split("\n").length;
    throw new InputError(`${name}, line ${line}: nested deeper than any rule file is.`);
  }
}

/**
 * Reads the YAML of a rule file: the sections on its top level, none where it says nothing.
 *
 * @throws InputError where it is no YAML, or nested without end.
 */
export function readYaml(name: string, text: string): { readonly place: Place; readonly pairs: readonly Pair[] } {
  refuseDepths(name, text);
  const lines = new LineCounter();
  const place = { name, lines };
  // Names that stand twice are refused where they are read; comparing each with each would take time without end.
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: false });
  const [error] = document.errors;
  if (error !== undefined) {
    const what = error.code === "MULTIPLE_DOCS" ? "several documents, where one is expected" : brief(error.message);
    throw new InputError(`${name}, line ${lines.linePos(error.pos[0]).line}: not YAML (${what}).`);
  }
  const { contents } = document;
  const isEmpty = contents === null || (isScalar(contents) && contents.value === null);
  return { place, pairs: isEmpty ? [] : pairsOf(place, contents, "") };
}
