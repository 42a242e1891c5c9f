import type { PythonValue } from "../../model/python.ts";
import type { Properties } from "../../model/record.ts";
import { pythonStr } from "../../model/python-repr.ts";
import { bareEnd, behindSpace, DOUBTFUL, startWalk, stringEnd, stringText, walked } from "./walk-strings.ts";

type Entry = readonly [name: string, value: PythonValue];

/** The most pairs the walk notes; the fullest activities have about 30. */
const MOST_PAIRS = 256;
const NAME_ESCAPED = 1;
const VALUE_ESCAPED = 2;
const VALUE_BARE = 4;

/** What is noted of a pair, in this order: where its name starts and ends, where its value starts and ends, its form. */
const NOTES = 5;
/**
 * What was noted last, and of which properties. One set for all: records are asked one after the other, and notes of
 * their own for millions of them would cost more than walking again when the turn is lost.
 */
const notes = new Int32Array(NOTES * MOST_PAIRS);
let noted: WalkedProperties | undefined;

const COMMA = 44;
const COLON = 58;
const QUOTE = 34;
const OPEN_LIST = 91;
const CLOSE_LIST = 93;
const OPEN_OBJECT = 123;
const CLOSE_OBJECT = 125;

/** Notes the string at `at` as a name; returns the index behind it. */
function noteName(text: string, at: number, note: number): number {
  if (text.charCodeAt(at) !== QUOTE) return DOUBTFUL;
  const end = stringEnd(text, at + 1);
  if (end < 0) return DOUBTFUL;
  notes[note] = at + 1;
  notes[note + 1] = end;
  notes[note + 4] = walked.escaped ? NAME_ESCAPED : 0;
  return end + 1;
}

/** Notes the value at `at`; returns the index behind it. */
function noteValue(text: string, at: number, note: number): number {
  if (text.charCodeAt(at) === QUOTE) {
    const end = stringEnd(text, at + 1);
    if (end < 0) return DOUBTFUL;
    notes[note + 2] = at + 1;
    notes[note + 3] = end;
    if (walked.escaped) notes[note + 4] = (notes[note + 4] as number) | VALUE_ESCAPED;
    return end + 1;
  }
  const end = bareEnd(text, at);
  notes[note + 2] = at;
  notes[note + 3] = end;
  notes[note + 4] = (notes[note + 4] as number) | VALUE_BARE;
  return end;
}

/** Index behind a key, its colon and the space around them; `key` with its quotes. */
function behindKey(text: string, at: number, key: string): number {
  if (!text.startsWith(key, at)) return DOUBTFUL;
  const colon = behindSpace(text, at + key.length);
  return text.charCodeAt(colon) === COLON ? behindSpace(text, colon + 1) : DOUBTFUL;
}

/** Notes the pair that opens at `at`, Name first; returns the index behind its closing brace. */
function notePair(text: string, open: number, note: number): number {
  if (text.charCodeAt(open) !== OPEN_OBJECT) return DOUBTFUL;
  let at = behindKey(text, behindSpace(text, open + 1), '"Name"');
  if (at < 0) return DOUBTFUL;
  at = noteName(text, at, note);
  if (at < 0) return DOUBTFUL;
  at = behindSpace(text, at);
  if (text.charCodeAt(at) !== COMMA) return DOUBTFUL;
  at = behindKey(text, behindSpace(text, at + 1), '"Value"');
  if (at < 0) return DOUBTFUL;
  at = noteValue(text, at, note);
  if (at < 0) return DOUBTFUL;
  at = behindSpace(text, at);
  return text.charCodeAt(at) === CLOSE_OBJECT ? at + 1 : DOUBTFUL;
}

/** Notes the member of an object at `at`; returns the index behind its value. */
function noteMember(text: string, open: number, note: number): number {
  let at = noteName(text, open, note);
  if (at < 0) return DOUBTFUL;
  // What alicorn writes of properties that could not be read; an escape may spell it as well.
  if (note === 0 && (walked.escaped || text.startsWith("$unreadable", open + 1))) return DOUBTFUL;
  at = behindSpace(text, at);
  return text.charCodeAt(at) === COLON ? noteValue(text, behindSpace(text, at + 1), note) : DOUBTFUL;
}

/** Where the last `walk` ended, behind the closing bracket. */
let walkEnd = 0;

/** Notes the pairs of the list or object that opens at `open`; returns how many notes it made, or `DOUBTFUL`. */
function walk(text: string, open: number): number {
  const isList = text.charCodeAt(open) === OPEN_LIST;
  const close = isList ? CLOSE_LIST : CLOSE_OBJECT;
  let note = 0;
  let at = behindSpace(text, open + 1);
  if (text.charCodeAt(at) === close) {
    walkEnd = at + 1;
    return 0;
  }
  for (;;) {
    if (note === notes.length) return DOUBTFUL;
    at = isList ? notePair(text, at, note) : noteMember(text, at, note);
    if (at < 0) return DOUBTFUL;
    note += NOTES;
    at = behindSpace(text, at);
    const code = text.charCodeAt(at++);
    if (code === COMMA) {
      at = behindSpace(text, at);
      continue;
    }
    walkEnd = at;
    return code === close ? note : DOUBTFUL;
  }
}

function notedName(text: string, note: number): string {
  const escaped = ((notes[note + 4] as number) & NAME_ESCAPED) !== 0;
  return stringText(text, notes[note] as number, notes[note + 1] as number, escaped);
}

function notedValue(text: string, note: number): PythonValue {
  const form = notes[note + 4] as number;
  const [start, end] = [notes[note + 2] as number, notes[note + 3] as number];
  if ((form & VALUE_BARE) === 0) return stringText(text, start, end, (form & VALUE_ESCAPED) !== 0);
  const word = text.slice(start, end);
  if (word === "null") return null;
  return word === "true" || word === "false" ? word === "true" : { type: "number", text: word };
}

/** Makes the notes those of properties that had lost their turn. */
function noteAgain(properties: WalkedProperties, record: string, start: number): void {
  noted = properties;
  startWalk(record, start);
  walk(record, start);
}

/** Properties that were walked without doubt, so that there is no problem with them; read when asked for. */
class WalkedProperties implements Properties {
  /** The record's text, of which the properties are the stretch from `start` to `stop`. */
  private readonly record: string;
  private readonly start: number;
  private readonly stop: number;
  private readonly count: number;

  constructor(record: string, start: number, stop: number, count: number) {
    this.record = record;
    this.start = start;
    this.stop = stop;
    this.count = count;
  }

  get raw(): string {
    return this.record.slice(this.start, this.stop);
  }

  get problem(): undefined {
    return undefined;
  }

  private note(): void {
    if (noted !== this) noteAgain(this, this.record, this.start);
  }

  text(name: string): string | undefined {
    this.note();
    const { record } = this;
    const length = name.length;
    // Names of one length seldom end alike, and one character is compared sooner than a call is made.
    const lastCode = name.charCodeAt(length - 1);
    for (let note = this.count - NOTES; note >= 0; note -= NOTES) {
      const start = notes[note] as number;
      const equal =
        ((notes[note + 4] as number) & NAME_ESCAPED) === 0
          ? (notes[note + 1] as number) - start === length &&
            (length === 0 || record.charCodeAt(start + length - 1) === lastCode) &&
            record.startsWith(name, start)
          : notedName(record, note) === name;
      if (!equal) continue;
      const value = notedValue(record, note);
      return value === null ? "" : pythonStr(value);
    }
    return undefined;
  }

  entries(): readonly Entry[] {
    this.note();
    const entries: Entry[] = [];
    for (let note = 0; note < this.count; note += NOTES) {
      entries.push([notedName(this.record, note), notedValue(this.record, note)]);
    }
    return entries;
  }
}

/**
 * The properties in the list of `{"Name": .., "Value": ..}`, or in the object, that opens at an index of a record's
 * text; in a walk that was started.
 *
 * @returns undefined where it departs in any way from the usual forms: other or more members, nested values.
 */
export function walkProperties(text: string, open: number): { properties: Properties; end: number } | undefined {
  noted = undefined;
  const count = walk(text, open);
  if (count < 0) return undefined;
  noted = new WalkedProperties(text, open, walkEnd, count);
  return { properties: noted, end: walkEnd };
}
