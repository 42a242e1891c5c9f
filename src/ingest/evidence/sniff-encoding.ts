import { isUtf8 } from "node:buffer";
import type { Encoding, SeekableBytes } from "./evidence.ts";
import { cutTail, sequenceLength } from "./utf8.ts";

/** What the first bytes of a text say about its encoding; "8-bit" is for the whole text to decide. */
export interface EncodingGuess {
  readonly encoding: Exclude<Encoding, "Windows-1252"> | "8-bit";
  /** Length of the byte order mark. */
  readonly mark: number;
  readonly problem?: string;
}

/** How much of a text is looked at for UTF-16 without a byte order mark. */
const UTF16_SAMPLE = 4096;

/**
 * Judges the encoding by the first bytes.
 *
 * @param head the first bytes, 64 KiB where the text has as many.
 * @param whole whether `head` is the whole text.
 */
export function sniffEncoding(head: Buffer, whole: boolean): EncodingGuess {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return { encoding: "UTF-8", mark: 3 };
  if (head[0] === 0xff && head[1] === 0xfe) return { encoding: "UTF-16LE", mark: 2 };
  if (head[0] === 0xfe && head[1] === 0xff) return { encoding: "UTF-16BE", mark: 2 };
  const utf16 = utf16WithoutMark(head.subarray(0, UTF16_SAMPLE));
  if (utf16 !== undefined) {
    const problem = `No byte order mark: taken for ${utf16} because every other byte at the start is NUL.`;
    return { encoding: utf16, mark: 0, problem };
  }
  const cut = whole ? 0 : cutTail(head, head.length);
  if (isUtf8(head.subarray(0, head.length - cut))) return { encoding: "UTF-8", mark: 0 };
  return { encoding: looksBinary(head) ? "binary" : "8-bit", mark: 0 };
}

/** Text in which Latin letters prevail has a NUL in nearly every second byte, always on the same side. */
function utf16WithoutMark(sample: Buffer): "UTF-16LE" | "UTF-16BE" | undefined {
  const units = sample.length >> 1;
  if (units < 2) return undefined;
  let even = 0;
  let odd = 0;
  for (let at = 0; at < units; at++) {
    if (sample[2 * at] === 0) even++;
    if (sample[2 * at + 1] === 0) odd++;
  }
  if (odd >= units * 0.7 && even <= units * 0.05) return "UTF-16LE";
  if (even >= units * 0.7 && odd <= units * 0.05) return "UTF-16BE";
  return undefined;
}

/**
 * Whether bytes that are not UTF-8 are no text either. A text with a zeroed disk sector stays text: NULs count only
 * where they are a third of everything, other control characters from two in a hundred (compressed data has ten).
 */
function looksBinary(head: Buffer): boolean {
  let nul = 0;
  let control = 0;
  for (const byte of head) {
    if (byte === 0) nul++;
    // TAB to CR, ESC and RS occur in texts.
    else if (byte < 0x20 && !(byte >= 9 && byte <= 13) && byte !== 0x1b && byte !== 0x1e) control++;
  }
  return nul > head.length / 3 || control > head.length / 50;
}

/** What a pass over a text that is not UTF-8 counted. */
export interface Utf8Survey {
  /** Well-formed sequences of two bytes and more. */
  readonly sequences: number;
  readonly invalid: number;
  /** Where the first byte stands that is no UTF-8; -1 where all is. */
  readonly firstInvalid: number;
}

/**
 * Counts what speaks for and against damaged UTF-8, in one pass.
 *
 * @param block bytes a read; tests use small ones.
 */
export function surveyUtf8(source: SeekableBytes, block = 1 << 20): Utf8Survey {
  const buffer = Buffer.allocUnsafe(Math.min(block, source.size) + 4);
  let sequences = 0;
  let invalid = 0;
  let firstInvalid = -1;
  let kept = 0;
  let position = 0;
  while (position < source.size) {
    const base = position - kept;
    const count = source.read(buffer, kept, Math.min(block, source.size - position), position);
    position += count;
    const end = kept + count;
    let at = 0;
    while (at < end) {
      if ((buffer[at] ?? 0) < 0x80) {
        at++;
        continue;
      }
      const length = sequenceLength(buffer, at, end);
      if (length > 1) {
        sequences++;
        at += length;
      } else if (length < 0 && position < source.size) {
        break;
      } else {
        if (invalid++ === 0) firstInvalid = base + at;
        at++;
      }
    }
    buffer.copy(buffer, 0, at, end);
    kept = end - at;
  }
  return { sequences, invalid, firstInvalid };
}
