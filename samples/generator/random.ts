/** A seeded source of choices. The same seed gives the same choices on every machine. */
export interface Random {
  /** At least 0, below 1, in steps of 2^-32. */
  next(): number;
  /** A whole number from 0 to below - 1. */
  int(below: number): number;
  /** A whole number from low to high, both included. */
  between(low: number, high: number): number;
  chance(probability: number): boolean;
  pick<T>(items: readonly T[]): T;
  /** One of the items, each as likely as its weight. */
  weighted<T>(items: readonly (readonly [item: T, weight: number])[]): T;
  guid(): string;
  /** Text of letters and digits as base64 has them. */
  token(length: number): string;
  hex(length: number): string;
  /** An independent source: what one part of a case draws does not move the others. */
  fork(label: string): Random;
}

const BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/** FNV-1a with a final mix: four different words of state from one text. */
function hash(text: string, salt: number): number {
  let value = 0x811c9dc5 ^ salt;
  for (const byte of new TextEncoder().encode(text)) value = Math.imul(value ^ byte, 0x01000193);
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return (value ^ (value >>> 16)) >>> 0;
}

/** Chris Doty-Humphrey's sfc32: only 32-bit whole-number arithmetic, hence the same everywhere. */
function sfc32(seed: string): () => number {
  let [a, b, c, d] = [hash(seed, 1), hash(seed, 2), hash(seed, 3), 1];
  const step = (): number => {
    const sum = (a + b + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    return sum >>> 0;
  };
  for (let i = 0; i < 15; i += 1) step();
  return step;
}

/** A source of choices seeded by a text. */
export function createRandom(seed: string): Random {
  const step = sfc32(seed);
  const next = (): number => step() / 4294967296;
  const int = (below: number): number => Math.floor(next() * below);
  const text = (alphabet: string, length: number): string => {
    let result = "";
    for (let i = 0; i < length; i += 1) result += alphabet.charAt(int(alphabet.length));
    return result;
  };
  const pick = <T>(items: readonly T[]): T => {
    if (items.length === 0) throw new RangeError("nothing to pick from");
    return items[int(items.length)] as T;
  };
  const hex = (length: number): string => text("0123456789abcdef", length);
  return {
    next,
    int,
    between: (low, high) => low + int(high - low + 1),
    chance: (probability) => next() < probability,
    pick,
    weighted: (items) => {
      let left = next() * items.reduce((sum, [, weight]) => sum + weight, 0);
      for (const [item, weight] of items) {
        left -= weight;
        if (left < 0) return item;
      }
      return pick(items)[0];
    },
    guid: () => `${hex(8)}-${hex(4)}-4${hex(3)}-${text("89ab", 1)}${hex(3)}-${hex(12)}`,
    token: (length) => text(BASE64, length),
    hex,
    fork: (label) => createRandom(`${seed}/${label}`),
  };
}
