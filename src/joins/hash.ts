/**
 * A 32-bit hash (FNV-1a over UTF-16 units, final mix) of the last `units` units of a text. Item ids of one mailbox
 * differ at their end only. Where equal hashes stand for equal texts without a look at the texts, it says so there.
 *
 * @param seed where the hash starts: two seeds give two hashes that know nothing of each other.
 */
export function hashTail(text: string, units: number, seed = 0x811c9dc5): number {
  let hash = seed;
  for (let at = Math.max(0, text.length - units); at < text.length; at++) {
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  }
  hash ^= hash >>> 15;
  hash = Math.imul(hash, 0x2c1b3c6d);
  return hash ^ (hash >>> 13);
}

/** The same with 53 bits, so that equal hashes can stand for equal texts: two hashes in place of one. */
export function wideHashTail(text: string, units: number): number {
  return (hashTail(text, units) >>> 0) + (hashTail(text, units, 7) & 0x1f_ffff) * 0x1_0000_0000;
}

/**
 * A hash of a folded InternetMessageId (`messageKey`); never 0, which stands for none. Of all of it: senders choose how
 * their ids end.
 */
export function messageKeyHash(key: string): number {
  return hashTail(key, key.length) || 1;
}

/** An open-addressing table from hashes to non-negative numbers, for keys that are stored elsewhere. */
export interface HashTable {
  slots: Int32Array;
  used: number;
}

const EMPTY = -1;

/** A table with room for `expected` entries before it grows. */
export function newHashTable(expected = 1024): HashTable {
  let size = 1024;
  while (size < expected * 2) size *= 2;
  return { slots: new Int32Array(size).fill(EMPTY), used: 0 };
}

/**
 * The first entry under `hash` for which `matches` holds, or -1.
 *
 * @param matches compares the key of an entry; entries of other hashes may be offered too.
 */
export function findEntry(table: HashTable, hash: number, matches: (entry: number) => boolean): number {
  const mask = table.slots.length - 1;
  for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
    const entry = table.slots[slot] as number;
    if (entry === EMPTY || matches(entry)) return entry;
  }
}

/**
 * Adds an entry that is known not to be there.
 *
 * @param hashOf the hash of an earlier entry, asked for when the table grows.
 */
export function addEntry(table: HashTable, hash: number, entry: number, hashOf: (entry: number) => number): void {
  if (++table.used * 2 > table.slots.length) {
    const old = table.slots;
    table.slots = new Int32Array(old.length * 2).fill(EMPTY);
    for (const kept of old) if (kept !== EMPTY) place(table.slots, hashOf(kept), kept);
  }
  place(table.slots, hash, entry);
}

function place(slots: Int32Array, hash: number, entry: number): void {
  const mask = slots.length - 1;
  let slot = hash & mask;
  while (slots[slot] !== EMPTY) slot = (slot + 1) & mask;
  slots[slot] = entry;
}
