const PAGE = 4 << 20;
const LENGTH_BYTES = 4;

/**
 * Texts in pages outside of V8's heap: a text is copied in and read back as a fresh string, so that nothing that is
 * remembered keeps a block of the evidence alive.
 */
export interface Slab {
  readonly pages: Buffer[];
  /** Bytes used on the last page. */
  used: number;
}

export function newSlab(): Slab {
  return { pages: [], used: PAGE };
}

/**
 * Keeps the parts of a record: each part's length in UTF-16 units, then all of them as one UTF-8 text.
 *
 * @returns the address for `readParts`.
 */
export function writeParts(slab: Slab, parts: readonly (string | undefined)[]): number {
  const text = parts.join("");
  const head = LENGTH_BYTES * (parts.length + 1);
  const room = head + text.length * 3;
  let page = slab.pages.at(-1);
  if (page === undefined || slab.used + room > page.length) {
    page = Buffer.allocUnsafeSlow(Math.max(PAGE, room));
    slab.pages.push(page);
    slab.used = 0;
  }
  const at = slab.used;
  const bytes = page.write(text, at + head, "utf8");
  let cursor = page.writeUInt32LE(bytes, at);
  for (const part of parts) cursor = page.writeInt32LE(part === undefined ? -1 : part.length, cursor);
  slab.used = at + head + bytes;
  return (slab.pages.length - 1) * PAGE_STRIDE + at;
}

/** Addresses are page number times this plus offset; a page of one huge record may be longer than `PAGE`. */
const PAGE_STRIDE = 2 ** 32;

/** The parts kept at an address, as many as were written. */
export function readParts(slab: Slab, address: number, count: number): (string | undefined)[] {
  const number = Math.floor(address / PAGE_STRIDE);
  const page = slab.pages[number] as Buffer;
  const at = address - number * PAGE_STRIDE;
  const head = LENGTH_BYTES * (count + 1);
  const text = page.toString("utf8", at + head, at + head + page.readUInt32LE(at));
  const parts: (string | undefined)[] = [];
  let from = 0;
  for (let part = 0; part < count; part++) {
    const length = page.readInt32LE(at + LENGTH_BYTES * (part + 1));
    if (length < 0) parts.push(undefined);
    else {
      parts.push(text.slice(from, from + length));
      from += length;
    }
  }
  return parts;
}
