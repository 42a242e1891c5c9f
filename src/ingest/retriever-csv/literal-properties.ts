import { pythonStr } from "../../model/python-repr.ts";
import type { PythonValue } from "../../model/python.ts";
import type { Properties } from "../../model/record.ts";
import { decodeEscapes, parsePythonLiteral, PythonLiteralError } from "../python/parse-literal.ts";

type Entry = readonly [name: string, value: PythonValue];

/** The text of a property as the tables show it: None is empty, anything that is no string is its str(). */
function propertyText(value: PythonValue): string {
  return value === null ? "" : pythonStr(value);
}

/** Properties that are already read. `raw` is how the source wrote them, `problem` why they could not be read. */
export function readProperties(entries: readonly Entry[], raw: string, problem?: string): Properties {
  return {
    text(name) {
      const last = entries.findLast((entry) => entry[0] === name);
      return last === undefined ? undefined : propertyText(last[1]);
    },
    entries: () => entries,
    problem,
    raw,
  };
}

const ARTICLES: Readonly<Record<string, string>> = {
  string: "a string",
  boolean: "True or False",
  number: "a number",
  bytes: "bytes",
  list: "a list",
  tuple: "a tuple",
  set: "a set",
};

/** Reads a cell of whatever form, at leisure. */
function readWhole(cell: string): Properties {
  if (cell.trim() === "") return readProperties([], cell);
  try {
    const value = parsePythonLiteral(cell);
    if (typeof value === "object" && value?.type === "dict") {
      return readProperties(
        value.entries.map(([key, item]): Entry => [pythonStr(key), item]),
        cell,
      );
    }
    const kind = value === null ? "None" : ARTICLES[typeof value === "object" ? value.type : typeof value];
    return readProperties([], cell, `CustomProperties: ${kind} instead of a dict`);
  } catch (error) {
    if (!(error instanceof PythonLiteralError)) throw error;
    const problem = `CustomProperties: not a Python literal, ${error.message} (character ${error.position + 1})`;
    return readProperties([], cell, problem);
  }
}

/** The most pairs the fast walk notes; the fullest activities have about 30. */
const MOST_PAIRS = 256;
const KEY_ESCAPED = 1;
const VALUE_ESCAPED = 2;
const VALUE_BARE = 4;

/** What is noted of a pair, in this order: where its key starts and ends, where its value starts and ends, its form. */
const NOTES = 5;
/**
 * What the fast walk noted last, and of which cell. One set for all cells: rows are asked one after the other, and
 * noting millions of them each in arrays of its own would cost more than walking again when the turn is lost.
 */
const notes = new Int32Array(NOTES * MOST_PAIRS);
let noted: LiteralProperties | undefined;

/** The cell is not of the form that the fast walk takes. */
const DOUBTFUL = -1;

/** Escapes that repr() writes, complete: any other is left to the whole parser, which knows all and refuses some. */
const SURE_ESCAPE = /\\(?:[\\'"nrt]|x[\da-fA-F]{2}|u[\da-fA-F]{4}|U00(?:0[\da-fA-F]|10)[\da-fA-F]{4})/y;
const BARE_VALUE = /None|True|False|-?(?:0|[1-9]\d*)(?:\.\d+)?/y;

/** Where the quote stands that closes the string whose body starts at `at` and holds backslashes. */
function escapedEnd(cell: string, at: number, quote: string): number {
  let from = at;
  let end = -1;
  for (;;) {
    if (end < from) end = cell.indexOf(quote, from);
    if (end < 0) return DOUBTFUL;
    // Only up to the quote: the next backslash may be far and is looked for once for every string.
    let backslash = from;
    while (backslash < end && cell.charCodeAt(backslash) !== 92) backslash++;
    if (backslash === end) return end;
    SURE_ESCAPE.lastIndex = backslash;
    if (!SURE_ESCAPE.test(cell)) return DOUBTFUL;
    from = SURE_ESCAPE.lastIndex;
  }
}

function holdsBefore(text: string, character: string, from: number, stop: number): boolean {
  const found = text.indexOf(character, from);
  return found >= 0 && found < stop;
}

/** Index of the next backslash, or `none` so that nothing found before the cell's end lies behind it. */
function nextBackslash(cell: string, from: number, none: number): number {
  const found = cell.indexOf("\\", from);
  return found < 0 || found > none ? none : found;
}

function bareEnd(cell: string, at: number): number {
  BARE_VALUE.lastIndex = at;
  return BARE_VALUE.test(cell) ? BARE_VALUE.lastIndex : DOUBTFUL;
}

/**
 * Walks a cell of exactly the form that str() gives a dict of strings, `{'k': 'v', "k2": "v2"}`, with None, True,
 * False and plain numbers among the values, and notes where keys and values stand.
 *
 * @returns how many notes it made, or `DOUBTFUL` for every cell that departs from the form in any way.
 */
function walk(cell: string, start: number, stop: number): number {
  const last = stop - 1;
  if (cell.charCodeAt(start) !== 123 || cell.charCodeAt(last) !== 125) return DOUBTFUL;
  if (last === start + 1) return 0;
  // A plain line end inside a string is no Python; only a record over several lines can hold one.
  if (holdsBefore(cell, "\n", start, stop) || holdsBefore(cell, "\r", start, stop)) return DOUBTFUL;
  let backslash = nextBackslash(cell, start + 1, last);
  let note = 0;
  let at = start + 1;
  for (;;) {
    if (note === notes.length) return DOUBTFUL;
    let form = 0;
    let code = cell.charCodeAt(at++);
    if (code !== 39 && code !== 34) return DOUBTFUL;
    let end = cell.indexOf(code === 39 ? "'" : '"', at);
    if (end > last) return DOUBTFUL;
    if (end > backslash) {
      end = escapedEnd(cell, at, code === 39 ? "'" : '"');
      form = KEY_ESCAPED;
      backslash = nextBackslash(cell, end, last);
    }
    if (end < 0 || end > last || cell.charCodeAt(end + 1) !== 58 || cell.charCodeAt(end + 2) !== 32) return DOUBTFUL;
    notes[note] = at;
    notes[note + 1] = end;
    at = end + 3;
    code = cell.charCodeAt(at);
    if (code === 39 || code === 34) {
      end = cell.indexOf(code === 39 ? "'" : '"', ++at);
      if (end > last) return DOUBTFUL;
      if (end > backslash) {
        end = escapedEnd(cell, at, code === 39 ? "'" : '"');
        form |= VALUE_ESCAPED;
        backslash = nextBackslash(cell, end, last);
      }
      notes[note + 3] = end++;
    } else {
      form |= VALUE_BARE;
      end = bareEnd(cell, at);
      notes[note + 3] = end;
    }
    if (end <= 0 || end > last) return DOUBTFUL;
    notes[note + 2] = at;
    notes[note + 4] = form;
    note += NOTES;
    code = cell.charCodeAt(end);
    if (code !== 44) return code === 125 && end === last ? note : DOUBTFUL;
    if (cell.charCodeAt(end + 1) !== 32) return DOUBTFUL;
    at = end + 2;
  }
}

function notedKey(cell: string, note: number): string {
  const body = cell.slice(notes[note], notes[note + 1]);
  return ((notes[note + 4] ?? 0) & KEY_ESCAPED) === 0 ? body : decodeEscapes(body);
}

function notedValue(cell: string, note: number): PythonValue {
  const form = notes[note + 4] ?? 0;
  const body = cell.slice(notes[note + 2], notes[note + 3]);
  if ((form & VALUE_BARE) === 0) return (form & VALUE_ESCAPED) === 0 ? body : decodeEscapes(body);
  if (body === "None") return null;
  return body === "True" || body === "False" ? body === "True" : { type: "number", text: body };
}

/** A class, because one is made for every row and closures over the cell would cost more than the walk saves. */
class LiteralProperties implements Properties {
  /** The text that the cell is a stretch of: to walk a row's own text costs half of walking a slice of it. */
  private readonly cell: string;
  private readonly start: number;
  private readonly stop: number;
  /** Number of notes; undefined before the first question. */
  private count: number | undefined = undefined;
  /** What the whole parser made of a doubtful cell. */
  private whole: Properties | undefined = undefined;

  constructor(cell: string, start: number, stop: number) {
    this.cell = cell;
    this.start = start;
    this.stop = stop;
  }

  get raw(): string {
    return this.cell.slice(this.start, this.stop);
  }

  /** Makes the notes those of this cell; the properties instead where the whole parser has read them. */
  private note(): Properties | undefined {
    if (noted === this || this.whole !== undefined) return this.whole;
    noted = undefined;
    this.count = walk(this.cell, this.start, this.stop);
    if (this.count === DOUBTFUL) this.whole = readWhole(this.raw);
    else claimNotes(this);
    return this.whole;
  }

  text(name: string): string | undefined {
    const whole = this.note();
    if (whole !== undefined) return whole.text(name);
    const { cell } = this;
    const length = name.length;
    // Keys of one length seldom end alike, and one character is compared sooner than a call is made.
    const lastCode = name.charCodeAt(length - 1);
    for (let note = (this.count ?? 0) - NOTES; note >= 0; note -= NOTES) {
      const start = notes[note] ?? 0;
      const equal =
        ((notes[note + 4] ?? 0) & KEY_ESCAPED) === 0
          ? (notes[note + 1] ?? 0) - start === length &&
            (length === 0 || cell.charCodeAt(start + length - 1) === lastCode) &&
            cell.startsWith(name, start)
          : notedKey(cell, note) === name;
      if (equal) return propertyText(notedValue(cell, note));
    }
    return undefined;
  }

  entries(): readonly Entry[] {
    const whole = this.note();
    if (whole !== undefined) return whole.entries();
    const entries: Entry[] = [];
    for (let note = 0; note < (this.count ?? 0); note += NOTES) {
      entries.push([notedKey(this.cell, note), notedValue(this.cell, note)]);
    }
    return entries;
  }

  get problem(): string | undefined {
    // A cell that was walked has none, whether or not the notes are still its own.
    if (this.count === undefined) this.note();
    return this.whole?.problem;
  }
}

function claimNotes(properties: LiteralProperties): void {
  noted = properties;
}

/**
 * The properties in a CustomProperties cell of a retriever.py export: str() of a Python dict (facts: CrowdStrike's
 * activities.py makes a dict of Name and Value, csv.DictWriter writes its str()).
 *
 * Nothing is read before it is asked for. The usual form is walked in one pass over its quotes; every other cell goes
 * whole to `parsePythonLiteral`, which decides. An empty or blank cell has no properties and no problem; a cell that is
 * no literal, or no dict, has a problem and no properties. A key that is no string is named by its str().
 *
 * @param cell the cell, or a longer text of which it is the stretch from `start` to `stop`.
 */
export function literalProperties(cell: string, start = 0, stop = cell.length): Properties {
  return new LiteralProperties(cell, start, stop);
}
