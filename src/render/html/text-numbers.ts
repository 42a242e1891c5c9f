import { randomInt } from "node:crypto";
import { allocate } from "../../model/fast-buffer.ts";

/** Texts in UTF-8, each once, numbered from 0 on. They lie outside of the heap. */
export interface TextNumbers {
  readonly count: number;
  /** The number of the text in these bytes, which are less than a page (256 KiB); a new one where it was not met before. */
  numberOf(bytes: Uint8Array, from: number, to: number): number;
  /** The bytes of a text. */
  sizeOf(number: number): number;
  /** Copies a text to a place of a buffer. */
  copy(number: number, target: Uint8Array, at: number): void;
  /**
   * Forgets the texts from number `from` on, but for `numbers`, which are numbered anew from there on in this order. What
   * was there before `from` stays: it is what was left at the last time.
   */
  keep(from: number, numbers: Uint32Array): void;
}

const PAGE_BITS = 18;
const PAGE = 1 << PAGE_BITS;
/** Places of the smallest table. */
const LEAST = 1 << 11;

function larger(array: Uint32Array): Uint32Array<ArrayBuffer> {
  const copy = new Uint32Array(array.length * 2);
  copy.set(array);
  return copy;
}

export function newTextNumbers(): TextNumbers {
  // It enters no output. Without it, evidence could be made so that all of its texts meet in one place of the table.
  const seed = randomInt(2 ** 32);
  let pages: Uint8Array[] = [];
  /** The bytes of the last page that are taken. */
  let filled = PAGE;
  let count = 0;
  /** So many pages hold the texts that are kept for good. */
  let held = 0;
  /** Of each text where it begins (page and place), its bytes, and its hash. */
  let begins = new Uint32Array(1 << 10);
  let sizes = new Uint32Array(1 << 10);
  let hashes = new Uint32Array(1 << 10);
  /** Numbers plus 1 by hash, and the next free place where that is taken. */
  let places = new Uint32Array(LEAST);

  const insert = (number: number) => {
    const mask = places.length - 1;
    let place = (hashes[number] as number) & mask;
    while (places[place] !== 0) place = (place + 1) & mask;
    places[place] = number + 1;
  };
  const rebuild = (size: number) => {
    places = new Uint32Array(size);
    for (let number = 0; number < count; number++) insert(number);
  };
  const pageOf = (number: number) => pages[(begins[number] as number) >>> PAGE_BITS] as Uint8Array;
  const isSame = (number: number, bytes: Uint8Array, from: number, size: number): boolean => {
    if (sizes[number] !== size) return false;
    const page = pageOf(number);
    const begin = (begins[number] as number) & (PAGE - 1);
    for (let at = 0; at < size; at++) if (page[begin + at] !== bytes[from + at]) return false;
    return true;
  };
  /** Puts bytes behind all others; says where they are. */
  const put = (bytes: Uint8Array, from: number, to: number): number => {
    const size = to - from;
    // An empty text has its place inside of a page, too.
    if (filled + size >= PAGE) {
      pages.push(allocate(PAGE));
      filled = 0;
    }
    const page = pages[pages.length - 1] as Uint8Array;
    for (let at = 0; at < size; at++) page[filled + at] = bytes[from + at] as number;
    filled += size;
    return (pages.length - 1) * PAGE + filled - size;
  };
  const add = (begin: number, size: number, hash: number) => {
    if (count === begins.length) {
      begins = larger(begins);
      sizes = larger(sizes);
      hashes = larger(hashes);
    }
    begins[count] = begin;
    sizes[count] = size;
    hashes[count] = hash;
    count++;
  };

  return {
    get count() {
      return count;
    },
    numberOf(bytes, from, to) {
      let state = seed;
      for (let at = from; at < to; at++) state = Math.imul(state ^ (bytes[at] as number), 0x01000193);
      const hash = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) ^ (state >>> 13)) >>> 0;
      const mask = places.length - 1;
      for (let place = hash & mask; places[place] !== 0; place = (place + 1) & mask) {
        const number = (places[place] as number) - 1;
        if (hashes[number] === hash && isSame(number, bytes, from, to - from)) return number;
      }
      add(put(bytes, from, to), to - from, hash);
      if (count * 2 > places.length) rebuild(places.length * 2);
      else insert(count - 1);
      return count - 1;
    },
    sizeOf: (number) => sizes[number] as number,
    copy(number, target, at) {
      const page = pageOf(number);
      const begin = (begins[number] as number) & (PAGE - 1);
      const size = sizes[number] as number;
      for (let byte = 0; byte < size; byte++) target[at + byte] = page[begin + byte] as number;
    },
    keep(from, numbers) {
      const old = pages;
      const kept = {
        begins: numbers.map((number) => begins[number] as number),
        sizes: numbers.map((number) => sizes[number] as number),
        hashes: numbers.map((number) => hashes[number] as number),
      };
      const isAll = from + numbers.length === count;
      if (!isAll) {
        pages = old.slice(0, held);
        filled = PAGE;
      }
      count = from;
      for (let at = 0; at < numbers.length; at++) {
        const begin = kept.begins[at] as number;
        const size = kept.sizes[at] as number;
        const place = begin & (PAGE - 1);
        const page = old[begin >>> PAGE_BITS] as Uint8Array;
        add(isAll ? begin : put(page, place, place + size), size, kept.hashes[at] as number);
      }
      held = pages.length;
      let least = LEAST;
      while (least < count * 2) least *= 2;
      rebuild(least);
    },
  };
}
