import { randomInt } from "node:crypto";
import { allocate } from "../../model/fast-buffer.ts";

/** Texts in UTF-8, each once, numbered from 0 on. They lie outside of the heap. */
export interface TextNumbers {
  readonly count: number;
  /**
   * The number of the text in these bytes, which are less than a page (256 KiB); a new one where it was not met before.
   *
   * @param guess a number that it may well have.
   */
  numberOf(bytes: Uint8Array, from: number, to: number, guess: number): number;
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
/** What is noted of a text: where it begins (page and place), its bytes, its hash. */
const NOTES = 3;
const SIZE = 1;
const HASH = 2;

export function newTextNumbers(): TextNumbers {
  // It enters no output. Without it, evidence could be made so that all of its texts meet in one place of the table.
  const seed = randomInt(2 ** 32);
  let pages: Uint8Array[] = [];
  /** The bytes of the last page that are taken. */
  let filled = PAGE;
  let count = 0;
  /** So many pages hold the texts that are kept for good. */
  let held = 0;
  let notes = new Uint32Array(NOTES << 10);
  /** Numbers plus 1 by hash, and the next free place where that is taken. */
  let places = new Uint32Array(1 << 11);

  const insert = (number: number) => {
    const mask = places.length - 1;
    let place = (notes[number * NOTES + HASH] as number) & mask;
    while (places[place] !== 0) place = (place + 1) & mask;
    places[place] = number + 1;
  };
  const remove = (number: number) => {
    const mask = places.length - 1;
    let place = (notes[number * NOTES + HASH] as number) & mask;
    while (places[place] !== number + 1) place = (place + 1) & mask;
    places[place] = 0;
  };
  const isSame = (number: number, bytes: Uint8Array, from: number, size: number): boolean => {
    if (notes[number * NOTES + SIZE] !== size) return false;
    const begin = notes[number * NOTES] as number;
    const page = pages[begin >>> PAGE_BITS] as Uint8Array;
    const first = begin & (PAGE - 1);
    // Texts that begin alike differ at the end.
    for (let at = size - 1; at >= 0; at--) if (page[first + at] !== bytes[from + at]) return false;
    return true;
  };
  /** Puts bytes behind all others; says where they are. */
  const put = (bytes: Uint8Array, from: number, size: number): number => {
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
    if ((count + 1) * NOTES > notes.length) {
      const larger = new Uint32Array(notes.length * 2);
      larger.set(notes);
      notes = larger;
    }
    notes[count * NOTES] = begin;
    notes[count * NOTES + SIZE] = size;
    notes[count * NOTES + HASH] = hash;
    count++;
    if (count * 2 > places.length) {
      places = new Uint32Array(places.length * 2);
      for (let number = 0; number < count; number++) insert(number);
    } else insert(count - 1);
  };

  return {
    get count() {
      return count;
    },
    numberOf(bytes, from, to, guess) {
      const size = to - from;
      if (guess < count && isSame(guess, bytes, from, size)) return guess;
      let state = seed;
      for (let at = from; at < to; at++) state = Math.imul(state ^ (bytes[at] as number), 0x01000193);
      const hash = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) ^ (state >>> 13)) >>> 0;
      const mask = places.length - 1;
      for (let place = hash & mask; places[place] !== 0; place = (place + 1) & mask) {
        const number = (places[place] as number) - 1;
        if (notes[number * NOTES + HASH] === hash && isSame(number, bytes, from, size)) return number;
      }
      add(put(bytes, from, size), size, hash);
      return count - 1;
    },
    sizeOf: (number) => notes[number * NOTES + SIZE] as number,
    copy(number, target, at) {
      const begin = notes[number * NOTES] as number;
      const page = pages[begin >>> PAGE_BITS] as Uint8Array;
      const first = begin & (PAGE - 1);
      const size = notes[number * NOTES + SIZE] as number;
      for (let byte = 0; byte < size; byte++) target[at + byte] = page[first + byte] as number;
    },
    keep(from, numbers) {
      const old = { pages, notes: notes.slice(from * NOTES, count * NOTES) };
      const isAll = from + numbers.length === count;
      // Taking out what came last leaves all places as they were before it came.
      for (let number = count - 1; number >= from; number--) remove(number);
      if (!isAll) {
        pages = pages.slice(0, held);
        filled = PAGE;
      }
      count = from;
      for (const number of numbers) {
        const note = (number - from) * NOTES;
        const begin = old.notes[note] as number;
        const size = old.notes[note + SIZE] as number;
        const page = old.pages[begin >>> PAGE_BITS] as Uint8Array;
        add(isAll ? begin : put(page, begin & (PAGE - 1), size), size, old.notes[note + HASH] as number);
      }
      held = pages.length;
    },
  };
}
