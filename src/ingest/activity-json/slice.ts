import { isAscii } from "node:buffer";
import { allocate } from "../../model/fast-buffer.ts";
import type { SeekableBytes } from "../evidence/evidence.ts";
import { ACTIVITY_KEYS, Found, From, type RecordKeys, scan, scanObject } from "./scan-object.ts";

/** The text that is sliced: an evidence, or a stretch of one. */
export interface JsonText extends SeekableBytes {
  readonly start: number;
}

/** Receives one record: its text, which is `length` bytes at the text position `start`. False ends the slicing. */
export type VisitRecord = (start: number, length: number, text: string) => void | false;

/**
 * Receives a stretch that is no record. A length of 0 means that something is missing at that place, such as the end
 * of a page.
 */
export type VisitDamage = (start: number, length: number, reason: string) => void;

export interface SliceOptions {
  /** Bytes a read; default 1 MiB. */
  readonly blockSize?: number;
  /** A record longer than this is damage; default 256 MiB. */
  readonly longestRecord?: number;
  /** Which names show a record; default those of the Activities API. Only damaged text needs them. */
  readonly keys?: RecordKeys;
  /** Begins at this position, which `partingNear` gave, as if everything in front of it had been read. */
  readonly from?: number;
  /** Stops at this position, which `partingNear` gave, if what begins `from` there takes it up just so. */
  readonly until?: number;
}

/** What surrounds the place that is read. */
const Place = {
  /** Nothing: pages, records and lists of them may stand here, with or without commas. */
  top: 0,
  /** A list of records or pages outside any page. */
  list: 1,
  /** The `value` of a page. */
  value: 2,
  /** A page, behind its `value`. */
  pageTail: 3,
  /** Somewhere behind damage: records may stand here, and brackets whose opening was lost. */
  lost: 4,
} as const;
type Place = (typeof Place)[keyof typeof Place];

const COMMA = 0x2c;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const QUOTE = 0x22;

/** Bytes without meaning between values: white space, and the record separator of RFC 7464. */
function isBlank(byte: number): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09 || byte === 0x1e;
}

/**
 * Finds every record in JSON: in the `value` of a page or of several pages one behind the other, in a list
 * of records or of pages, one a line, behind record separators, or standing alone. Only brackets and strings are
 * looked at; the records are for the caller to parse. Memory does not depend on the size of the text.
 *
 * Damage is reported with its place, and reading goes on at the next object that is a page or has a key of a
 * record, so that no later record is lost and no part of a broken record is taken for one.
 *
 * @returns a generator that yields the position reached after each block read, so that the caller can report it, let
 *   other work go on, and stop. It returns whether it stopped at `until`: where what stands there is not what was
 *   expected, it goes on to the end of the text.
 * @throws InputError where the text cannot be read.
 */
export function* sliceJson(
  text: JsonText,
  visit: VisitRecord,
  onDamage: VisitDamage,
  options: SliceOptions = {},
): Generator<number, boolean, void> {
  const { blockSize = 1 << 20, longestRecord = 256 << 20, keys = ACTIVITY_KEYS, from, until = -1 } = options;
  // One byte more than is ever filled, for the 0 that stops the scanner's loops.
  let buffer = allocate(blockSize + 1);
  /** Whether all that is filled is ASCII, which is copied where other text is decoded. */
  let ascii = true;
  let bufferStart = from ?? text.start;
  let end = 0;
  /** How far the text had been read when it was last yielded. */
  let told = bufferStart;
  let at = 0;
  const begun: Surroundings = from === undefined ? NO_SURROUNDINGS : surroundingsAt(text, from);
  const parting = until < 0 ? NO_SURROUNDINGS : surroundingsAt(text, until);
  const places: Place[] = begun.inList ? [Place.top, Place.list] : [Place.top];
  /** In a list: whether a comma has to come before the next record. */
  let { commaDue } = begun;

  /** Reads on, keeping what stands from index `at` on; false where the text ends or the record gets too long. */
  function refill(): boolean {
    const kept = end - at;
    const position = bufferStart + end;
    if (position >= text.size || kept >= longestRecord) return false;
    const target = 2 * kept >= buffer.length - 1 ? allocate(2 * kept + blockSize + 1) : buffer;
    buffer.copy(target, 0, at, end);
    buffer = target;
    bufferStart += at;
    at = 0;
    const room = Math.min(buffer.length - 1 - kept, Math.max(kept, blockSize));
    end = kept + text.read(buffer, kept, room, position);
    buffer[end] = 0;
    ascii = isAscii(buffer.subarray(0, end));
    return true;
  }

  /** `scanObject` at `at`, with as many bytes as it takes. */
  function scanHere(from: From): Found {
    for (;;) {
      const found = scanObject(buffer, at, end, from, keys);
      // Whether a record is too long must not depend on how much of it happens to have been read.
      const tooLong = found !== Found.more && scan.at - at > longestRecord;
      if (found !== Found.more && !tooLong) return found;
      if (tooLong || !refill()) {
        const ended = text.size - (bufferStart + at) <= longestRecord;
        scan.reason = ended ? "the file ends inside a record" : `a record longer than ${longestRecord} bytes`;
        return Found.more;
      }
    }
  }

  function place(): Place {
    return places[places.length - 1] as Place;
  }

  /** Whether what begins at `until` would begin in just the state that has been reached. */
  function partsHere(): boolean {
    if (places.length !== (parting.inList ? 2 : 1) || commaDue !== parting.commaDue) return false;
    return !parting.inList || place() === Place.list;
  }

  function loseTrack(): void {
    places.splice(0, places.length, Place.top, Place.lost);
  }

  function enterPage(): void {
    // A page never stands in another one: the one that is open was cut off.
    while (place() !== Place.top && place() !== Place.list) places.pop();
    places.push(Place.pageTail, Place.value);
    commaDue = false;
  }

  /**
   * Skips from `at` to the next object that can only be a record or a page, and reports what was skipped.
   *
   * @param searchFrom index from which one may stand.
   */
  function* skipDamage(searchFrom: number, reason: string): Generator<number, void, void> {
    const start = bufferStart + at;
    at = searchFrom;
    for (;;) {
      if (bufferStart + end !== told) {
        told = bufferStart + end;
        yield bufferStart + at;
      }
      const brace = buffer.indexOf(OPEN_OBJECT, at);
      if (brace < 0 || brace >= end) {
        at = end;
        if (refill()) continue;
        break;
      }
      at = brace;
      const found = scanHere(From.brace);
      if (found === Found.object && scan.recordKey) {
        if (place() === Place.top || place() === Place.pageTail) loseTrack();
        break;
      }
      if (found === Found.page && opensPage()) {
        // The page whose rest is damaged ends here, or the next one would be looked for in it.
        if (place() === Place.pageTail) places.pop();
        break;
      }
      at++;
    }
    commaDue = false;
    const reached = bufferStart + at;
    if (reached >= text.size) loseTrack();
    onDamage(start, reached - start, reason);
  }

  /** Behind damage a `value` array is only believed where it starts as one of a page does. */
  function opensPage(): boolean {
    let behind = scan.at - at;
    for (;;) {
      while (at + behind < end && isBlank(buffer[at + behind] as number)) behind++;
      if (at + behind < end) return buffer[at + behind] === OPEN_OBJECT || buffer[at + behind] === CLOSE_LIST;
      if (!refill()) return false;
    }
  }

  /** Whether the byte order mark of a file that was appended to another one stands at `at`. */
  function startsWithMark(): boolean {
    while (at + 3 > end) if (!refill()) return false;
    return buffer.readUIntBE(at, 3) === 0xefbbbf;
  }

  /** Reports something missing in front of `at`. */
  function missing(reason: string): void {
    onDamage(bufferStart + at, 0, reason);
  }

  /** Goes behind the opening bracket of a `value`; keys of a record in front of it are what is left of one. */
  function passPageHead(): void {
    if (scan.recordKey) onDamage(bufferStart + at, scan.at - at, "a record that is cut off where a page begins");
    at = scan.at;
  }

  /** Reads the object at `at`; false where the caller wants no more, undefined where damage begins there. */
  function object(): boolean | undefined {
    const found = scanHere(From.brace);
    if (found === Found.object) {
      const length = scan.at - at;
      if (commaDue) {
        missing("no comma between two records");
        loseTrack();
      }
      const more = visit(
        bufferStart + at,
        length,
        ascii ? buffer.latin1Slice(at, scan.at) : buffer.utf8Slice(at, scan.at),
      );
      at += length;
      commaDue = place() === Place.value || place() === Place.list;
      return more !== false;
    }
    if (found === Found.page) {
      if (place() === Place.value) missing("a page that is not closed before the next one begins");
      else if (commaDue) missing("no comma between two pages");
      enterPage();
      passPageHead();
      return true;
    }
    return undefined;
  }

  /**
   * Reads the rest of a page behind its `value`, or pairs whose opening brace was lost.
   *
   * @returns what is wrong where damage begins at `at`.
   */
  function pageTail(from: From): string | undefined {
    const found = scanHere(from);
    if (found === Found.page) {
      passPageHead();
      if (place() === Place.pageTail) places.push(Place.value);
      commaDue = false;
    } else if (found === Found.object && !scan.recordKey) {
      at = scan.at;
      if (place() === Place.pageTail) {
        places.pop();
        commaDue = place() === Place.list;
      }
    } else {
      const reason = found === Found.object ? "a record without its beginning" : scan.reason;
      return found === Found.more ? "the file ends inside a page" : reason;
    }
    return undefined;
  }

  for (;;) {
    if (bufferStart + end !== told) {
      told = bufferStart + end;
      yield bufferStart + at;
    }
    if (bufferStart + at === until && partsHere()) return true;
    if (at >= end) {
      if (!refill()) break;
      continue;
    }
    const byte = buffer[at] as number;
    if (isBlank(byte)) {
      at++;
      continue;
    }
    const here = place();
    let problem: string | undefined;
    /** Where the search for the next record may begin: in front of the place where the damage showed. */
    let behind = 0;
    if (here === Place.pageTail) {
      problem = pageTail(From.afterValue);
    } else if (byte === OPEN_OBJECT) {
      const more = object();
      if (more === false) return false;
      if (more === undefined) problem = scan.reason;
      behind = 1;
    } else if (byte === COMMA) {
      if ((here === Place.value || here === Place.list) && !commaDue) missing("nothing in front of a comma");
      commaDue = false;
      at++;
    } else if (byte === CLOSE_LIST && here !== Place.top) {
      if (here !== Place.lost) {
        places.pop();
        commaDue = place() === Place.list;
      }
      at++;
    } else if (byte === OPEN_LIST && here !== Place.value) {
      if (here !== Place.lost) places.push(Place.list);
      commaDue = false;
      at++;
    } else if (byte === CLOSE_OBJECT && here === Place.lost) {
      at++;
    } else if (byte === QUOTE && here === Place.lost) {
      problem = pageTail(From.key);
    } else if (byte === 0xef && startsWithMark()) {
      at += 3;
    } else {
      problem = "text that is neither a record nor a page";
    }
    if (problem !== undefined) yield* skipDamage(at + behind, problem);
  }
  if (place() === Place.value || place() === Place.pageTail) missing("the file ends inside a page");
  else if (place() === Place.list) missing("the file ends inside a list");
  return false;
}

/** What surrounds a place between two records, as far as it is expected without reading all that is in front of it. */
interface Surroundings {
  readonly inList: boolean;
  /** Whether a comma has to come before the next record. */
  readonly commaDue: boolean;
}

const NO_SURROUNDINGS: Surroundings = { inList: false, commaDue: false };

/** Bytes at the beginning, and in front of a place, that tell what surrounds the place. */
const HINT = 256;

/** Index of the first byte that is not blank; the length where all are. */
function firstWritten(bytes: Buffer): number {
  let at = 0;
  while (at < bytes.length && isBlank(bytes[at] as number)) at++;
  return at;
}

function lastWritten(bytes: Buffer, before: number): number | undefined {
  let at = before - 1;
  while (at >= 0 && isBlank(bytes[at] as number)) at--;
  return bytes[at];
}

function bytesAt(text: SeekableBytes, position: number, length: number): Buffer {
  const bytes = Buffer.alloc(Math.max(0, Math.min(length, text.size - position)));
  return bytes.length === 0 ? bytes : bytes.subarray(0, text.read(bytes, 0, bytes.length, position));
}

/** A text that begins with a bracket is taken for one list, any other one for records one behind the other. */
function surroundingsAt(text: JsonText, position: number): Surroundings {
  const head = bytesAt(text, text.start, HINT);
  if (head[firstWritten(head)] !== OPEN_LIST) return NO_SURROUNDINGS;
  const before = Math.max(text.start, position - HINT);
  const front = bytesAt(text, before, position - before);
  return { inList: true, commaDue: lastWritten(front, front.length) === CLOSE_OBJECT };
}

/** Where a record is looked for whose beginning is like that of the first one. */
const SEARCHED = 4 << 20;
/** The first record's opening brace and first key: what the others begin with, too, and nothing in them. */
// oxlint-disable-next-line no-control-regex -- the record separator may stand in front of it
const RECORD_HEAD = /^[\s\u001e]*(?:\[\s*)?(\{\s*"[^"\\]{1,64}")/;

/**
 * A place at or behind a position where a record seems to begin, for two readers that share a text: one reads `until`
 * there, the other `from` there. It is a guess; whether it is right shows when the first one arrives.
 *
 * @returns undefined where none is found, as in pages.
 */
export function partingNear(text: JsonText, position: number): number | undefined {
  const head = RECORD_HEAD.exec(bytesAt(text, text.start, HINT).toString("latin1"))?.[1];
  if (head === undefined) return undefined;
  const from = Math.max(text.start + HINT, position);
  const bytes = bytesAt(text, from, SEARCHED);
  const { inList } = surroundingsAt(text, from);
  for (let at = bytes.indexOf(head, 1, "latin1"); at >= 0; at = bytes.indexOf(head, at + 1, "latin1")) {
    if (lastWritten(bytes, at) === (inList ? COMMA : CLOSE_OBJECT)) return from + at;
  }
  return undefined;
}

/** A key that stands raw in the text: inside a string its quotes would be escaped. */
const CONTEXT_KEY = '"@odata.context"';
const HEAD = 4 << 20;
const TAIL = 64 << 10;

/**
 * The mailbox that the first `@odata.context` of an export names, as OData 4 writes it:
 * `https://outlook.office.com/api/v2.0/$metadata#Users('name%40example.com')/Activities`.
 *
 * @returns the decoded name; undefined where there is none, as in `#Me/Activities`. Looked for in the first 4 MiB and,
 *   as it may stand behind `value`, in the last 64 KiB.
 */
export function readPageContext(text: JsonText): string | undefined {
  const context = contextIn(text, text.start, HEAD) ?? contextIn(text, Math.max(text.start, text.size - TAIL), TAIL);
  const name =
    context === undefined ? undefined : /\$metadata#Users\('((?:[^']|'')*)'\)\/Activities/i.exec(context)?.[1];
  if (name === undefined) return undefined;
  try {
    return decodeURIComponent(name).replaceAll("''", "'");
  } catch (error) {
    if (error instanceof URIError) return name;
    throw error;
  }
}

function contextIn(text: JsonText, from: number, length: number): string | undefined {
  const bytes = Buffer.alloc(Math.max(0, Math.min(length, text.size - from)));
  const filled = text.read(bytes, 0, bytes.length, from);
  const key = bytes.subarray(0, filled).indexOf(CONTEXT_KEY);
  if (key < 0) return undefined;
  const value = /^\s*:\s*("(?:[^"\\]|\\.)*")/s.exec(bytes.toString("utf8", key + CONTEXT_KEY.length, key + 4096))?.[1];
  try {
    return value === undefined ? undefined : String(JSON.parse(value));
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Where the link to the next page is looked for: it is longer than others, but no record. */
const LINK_TAIL = 8 << 10;
const NEXT_LINK = '"@odata.nextLink"';

/** Whether a text ends with a page that says where the next one is, as the API writes it: behind `value`. */
export function endsWithNextLink(text: JsonText): boolean {
  const tail = bytesAt(text, Math.max(text.start, text.size - LINK_TAIL), LINK_TAIL).toString("latin1");
  const key = tail.lastIndexOf(NEXT_LINK);
  return key >= 0 && /^\s*:\s*"(?:[^"\\]|\\.)*"\s*\}[\s\]]*$/.test(tail.slice(key + NEXT_LINK.length));
}
