import { XMLParser, XMLValidator } from "fast-xml-parser";

/** What a Query property asks for, and why it could not be read as XML, if so. */
export interface Query {
  /** RawQuery's text; the property's own text where there is no RawQuery to be had. */
  readonly query: string;
  readonly problem: string | undefined;
}

/** One shared parser: making one costs more than most documents. Values stay text, so that `007` stays `007`. */
const parser = new XMLParser({
  ignoreAttributes: true,
  parseTagValue: false,
  trimValues: false,
  removeNSPrefix: true,
  htmlEntities: true,
});

/**
 * The shape in which nearly every Query comes: elements without attributes that hold plain text. For these the answer
 * needs no parser; a property test holds both ways equal.
 */
const PLAIN = /^<Query><RawQuery>([^<>&\r]*)<\/RawQuery>(?:<(?!RawQuery>)([A-Za-z]\w*)>[^<>&]*<\/\2>)*<\/Query>$/;

/** Content of an element's children of a name; undefined where there is none. */
function child(element: unknown, name: string): unknown {
  if (typeof element !== "object" || element === null || !Object.hasOwn(element, name)) return undefined;
  return (element as Record<string, unknown>)[name];
}

/** Contents of all elements named RawQuery, wherever they stand. */
function rawQueries(document: unknown): unknown[] {
  const found: unknown[] = [];
  const waiting = [document];
  while (waiting.length > 0) {
    const element = waiting.pop();
    if (typeof element !== "object" || element === null) continue;
    for (const [name, content] of Object.entries(element)) {
      if (name === "RawQuery") found.push(content);
      else waiting.push(content);
    }
  }
  return found;
}

/** Where /Query/RawQuery is not to be had, the one RawQuery under another root or deeper is what was searched for. */
function rawQuery(document: unknown): unknown {
  const usual = child(child(document, "Query"), "RawQuery");
  if (usual !== undefined) return usual;
  const found = rawQueries(document);
  return found.length > 1 ? found : found[0];
}

/**
 * Reads a SearchResult's Query property: XML whose /Query/RawQuery holds what the user searched for; of XML of another
 * shape its only RawQuery.
 *
 * @param text the property; where it is no markup at all it is the query itself.
 * @returns the query, verbatim but for XML's own entities. Malformed XML, a document without RawQuery, with several of
 * them or with markup inside gives the raw text and the reason; so does any document type definition, which a query
 * never needs and which could grow without bound.
 */
export function readQuery(text: string): Query {
  const plain = PLAIN.exec(text);
  if (plain?.[1] !== undefined) return { query: plain[1], problem: undefined };
  if (!text.trimStart().startsWith("<")) return { query: text, problem: undefined };
  if (/<!(?:DOCTYPE|ENTITY)/i.test(text)) return { query: text, problem: "the Query has a document type definition" };
  return parseQuery(text);
}

/** The same through the XML parser alone; exported for the test that holds the short cut to it. */
export function parseQuery(text: string): Query {
  let document: unknown;
  try {
    const valid = XMLValidator.validate(text);
    if (valid !== true) return { query: text, problem: `the Query is not well-formed XML: ${valid.err.msg}` };
    document = parser.parse(text);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return { query: text, problem: `the Query cannot be read as XML: ${error.message}` };
  }
  const found = rawQuery(document);
  if (typeof found === "string") return { query: found, problem: undefined };
  if (found === undefined) return { query: text, problem: "the Query has no RawQuery" };
  return { query: text, problem: "the Query's RawQuery is not one piece of text" };
}
