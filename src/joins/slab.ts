const PAGE = 4 << 20;
/** Records begin at multiples of so many bytes, so that 32 bits are enough for the addresses of 32 GiB. */
const UNIT = 8;
const PAGE_UNITS = PAGE / UNIT;
const MOST_PAGES = 2 ** 32 / PAGE_UNITS - 1;
/** Any character beyond U+FFFF, which is quick to look for, and half a surrogate pair. */
const BEYOND = /[\ud800-\udfff]/;
const HALF_PAIR = /\p{Surrogate}/u;
/** A number of up to 2^53 takes at most so many bytes, 7 bits in each. */
const MOST_NUMBER_BYTES = 8;

/**
 * Texts in pages outside of V8's heap: a text is copied in and read back as a fresh string, so that nothing that is
 * remembered keeps a block of the evidence alive.
 */
export interface Slab {
  readonly pages: Buffer[];
  /** Bytes used on the last page. */
  used: number;
}

/** A part of a record: a text, a number from 0 to 2^31-1 that stands for one, or nothing. */
export type Part = string | number | undefined;

export function newSlab(): Slab {
  return { pages: [], used: PAGE };
}

/** Writes a number, 7 bits a byte, the lowest first; returns where the next byte goes. */
function writeNumber(page: Buffer, at: number, value: number): number {
  let rest = value;
  let next = at;
  while (rest > 127) {
    page[next++] = (rest % 128) | 128;
    rest = Math.floor(rest / 128);
  }
  page[next++] = rest;
  return next;
}

/**
 * Keeps the parts of a record: what each part is, then all texts as one in UTF-8, or in UTF-16 where halves of surrogate
 * pairs stand in them, which UTF-8 cannot hold. A part is 0 where there is none, else
 * twice its number, or twice its length in UTF-16 units and one, and always 1 more.
 *
 * @returns the address for `readParts`, below 2^32 - 2.
 * @throws RangeError after 32 GiB.
 */
export function writeParts(slab: Slab, parts: readonly Part[]): number {
  let text = "";
  for (const part of parts) if (typeof part === "string") text += part;
  const room = MOST_NUMBER_BYTES * (parts.length + 1) + text.length * 3;
  let page = slab.pages.at(-1);
  // Behind a record that is larger than a page nothing can be addressed.
  if (page === undefined || slab.used + room > PAGE) {
    if (slab.pages.length >= MOST_PAGES) throw new RangeError("More is known of messages than can be kept.");
    page = Buffer.allocUnsafeSlow(Math.max(PAGE, room));
    slab.pages.push(page);
    slab.used = 0;
  }
  const at = slab.used;
  let cursor = at;
  for (const part of parts) {
    if (part === undefined) page[cursor++] = 0;
    else cursor = writeNumber(page, cursor, typeof part === "number" ? part * 2 + 1 : part.length * 2 + 2);
  }
  const isUtf8 = !BEYOND.test(text) || !HALF_PAIR.test(text);
  const bytes = isUtf8 ? Buffer.byteLength(text) : text.length * 2;
  const head = writeNumber(page, cursor, bytes * 2 + (isUtf8 ? 0 : 1));
  const end = head + page.write(text, head, isUtf8 ? "utf8" : "utf16le");
  slab.used = Math.ceil(end / UNIT) * UNIT;
  return (slab.pages.length - 1) * PAGE_UNITS + at / UNIT;
}

/** Where a number that was read ends: the byte behind it. */
let behind = 0;

function readNumber(page: Buffer, at: number): number {
  let value = 0;
  let scale = 1;
  behind = at;
  for (;;) {
    const byte = page[behind++] as number;
    value += (byte & 127) * scale;
    if (byte < 128) return value;
    scale *= 128;
  }
}

/** The parts kept at an address, as many as were written. */
export function readParts(slab: Slab, address: number, count: number): Part[] {
  const page = slab.pages[Math.floor(address / PAGE_UNITS)] as Buffer;
  const marks: number[] = [];
  behind = (address % PAGE_UNITS) * UNIT;
  for (let part = 0; part < count; part++) marks.push(readNumber(page, behind));
  const size = readNumber(page, behind);
  const text = page.toString(size % 2 === 0 ? "utf8" : "utf16le", behind, behind + Math.floor(size / 2));
  let from = 0;
  return marks.map((mark) => {
    if (mark === 0) return undefined;
    if (mark % 2 === 1) return (mark - 1) / 2;
    const length = mark / 2 - 1;
    from += length;
    return text.slice(from - length, from);
  });
}
