/**
 * The length of the UTF-8 sequence at an index, by table 3-7 of the Unicode Standard: overlong forms, surrogates and
 * code points above U+10FFFF are not well-formed.
 *
 * @returns 1 to 4; 0 where the byte starts no well-formed sequence; -1 where the bytes up to `end` do not decide it.
 */
export function sequenceLength(bytes: Buffer, at: number, end: number): number {
  const lead = bytes[at] ?? 0;
  if (lead < 0x80) return 1;
  if (lead < 0xc2 || lead > 0xf4) return 0;
  const length = lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
  let low = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
  let high = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
  for (let next = 1; next < length; next++) {
    if (at + next >= end) return -1;
    const byte = bytes[at + next] ?? 0;
    if (byte < low || byte > high) return 0;
    low = 0x80;
    high = 0xbf;
  }
  return length;
}

/** How many bytes at the end of `bytes[0..end)` begin a sequence that is cut off there: 0 to 3. */
export function cutTail(bytes: Buffer, end: number): number {
  for (let back = 1; back <= 3 && back <= end; back++) {
    const byte = bytes[end - back] ?? 0;
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) return sequenceLength(bytes, end - back, end) === -1 ? back : 0;
  }
  return 0;
}
