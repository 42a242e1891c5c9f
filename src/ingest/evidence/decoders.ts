import { sequenceLength } from "./utf8.ts";

/** How far one call of a decoder came. */
export interface Decoded {
  /** Bytes taken from the source: whole characters only. */
  readonly read: number;
  /** Bytes of UTF-8 written to the target. */
  readonly written: number;
  /** How many times U+FFFD was written for something that is no character. */
  readonly replaced: number;
  /** Offset from `from` of the first of them; -1 for none. */
  readonly firstReplaced: number;
}

/**
 * Decodes `source[from..to)` into UTF-8 until the source ends or the next character does not fit into `limit` bytes of
 * the target. Every character is decoded alone, so decoding a stretch again gives the same lengths.
 *
 * @param last whether the text ends at `to`; where it does not, a character cut off there is left for the next call.
 */
export type Decoder = (
  source: Buffer,
  from: number,
  to: number,
  last: boolean,
  target: Buffer,
  limit: number,
) => Decoded;

/** Writes a code point as UTF-8; the caller has made sure that it fits. */
function put(target: Buffer, at: number, code: number): number {
  if (code < 0x80) {
    target[at] = code;
    return at + 1;
  }
  if (code < 0x800) {
    target[at] = 0xc0 | (code >> 6);
    target[at + 1] = 0x80 | (code & 0x3f);
    return at + 2;
  }
  if (code < 0x10000) {
    target[at] = 0xe0 | (code >> 12);
    target[at + 1] = 0x80 | ((code >> 6) & 0x3f);
    target[at + 2] = 0x80 | (code & 0x3f);
    return at + 3;
  }
  target[at] = 0xf0 | (code >> 18);
  target[at + 1] = 0x80 | ((code >> 12) & 0x3f);
  target[at + 2] = 0x80 | ((code >> 6) & 0x3f);
  target[at + 3] = 0x80 | (code & 0x3f);
  return at + 4;
}

function utf8Length(code: number): number {
  return code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
}

const REPLACEMENT = 0xfffd;

/** UTF-16 in either byte order. A lone surrogate and an odd byte at the end become U+FFFD. */
function utf16(low: 0 | 1): Decoder {
  const high = 1 - low;
  return (source, from, to, last, target, limit) => {
    let at = from;
    let out = 0;
    let replaced = 0;
    let firstReplaced = -1;
    while (at < to) {
      let size = 2;
      let code: number;
      let lone = false;
      if (at + 2 > to) {
        if (!last) break;
        size = 1;
        code = REPLACEMENT;
        lone = true;
      } else {
        code = ((source[at + high] ?? 0) << 8) | (source[at + low] ?? 0);
        if (code >= 0xd800 && code < 0xe000) {
          if (code < 0xdc00 && at + 4 > to && !last) break;
          const next = at + 4 > to ? 0 : ((source[at + 2 + high] ?? 0) << 8) | (source[at + 2 + low] ?? 0);
          if (code < 0xdc00 && next >= 0xdc00 && next < 0xe000) {
            size = 4;
            code = 0x10000 + ((code - 0xd800) << 10) + (next - 0xdc00);
          } else {
            code = REPLACEMENT;
            lone = true;
          }
        }
      }
      if (out + utf8Length(code) > limit) break;
      if (lone && replaced++ === 0) firstReplaced = at - from;
      out = put(target, out, code);
      at += size;
    }
    return { read: at - from, written: out, replaced, firstReplaced };
  };
}

export const decodeUtf16Le: Decoder = utf16(0);
export const decodeUtf16Be: Decoder = utf16(1);

/**
 * Code points of the bytes 80 to 9F, by the WHATWG Encoding Standard's index windows-1252; the five bytes that
 * Microsoft leaves undefined map to the C1 controls of the same number.
 */
const WINDOWS_1252 = [
  0x20ac, 0x81, 0x201a, 0x192, 0x201e, 0x2026, 0x2020, 0x2021, 0x2c6, 0x2030, 0x160, 0x2039, 0x152, 0x8d, 0x17d, 0x8f,
  0x90, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x2dc, 0x2122, 0x161, 0x203a, 0x153, 0x9d, 0x17e, 0x178,
];

export const decodeWindows1252: Decoder = (source, from, to, _last, target, limit) => {
  let at = from;
  let out = 0;
  while (at < to) {
    const byte = source[at] ?? 0;
    const code = byte < 0x80 || byte > 0x9f ? byte : (WINDOWS_1252[byte - 0x80] ?? byte);
    if (out + utf8Length(code) > limit) break;
    out = put(target, out, code);
    at++;
  }
  return { read: at - from, written: out, replaced: 0, firstReplaced: -1 };
};

/** UTF-8 in which each byte that belongs to no well-formed sequence becomes one U+FFFD. */
export const decodeDamagedUtf8: Decoder = (source, from, to, last, target, limit) => {
  let at = from;
  let out = 0;
  let replaced = 0;
  let firstReplaced = -1;
  while (at < to) {
    const length = sequenceLength(source, at, to);
    if (length < 0 && !last) break;
    if (length > 0) {
      if (out + length > limit) break;
      for (let byte = 0; byte < length; byte++) target[out++] = source[at++] ?? 0;
    } else {
      if (out + 3 > limit) break;
      if (replaced++ === 0) firstReplaced = at - from;
      out = put(target, out, REPLACEMENT);
      at++;
    }
  }
  return { read: at - from, written: out, replaced, firstReplaced };
};
