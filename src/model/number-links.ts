/** Which number belongs to a number, for some of very many (rows, items): 16 to 32 bytes a pair, outside of V8's heap. */
export interface NumberLinks {
  readonly size: number;
  /** What belongs to a number; undefined where nothing does. */
  get(from: number): number | undefined;
}

const FREE = -1;
/** Spreads neighbouring numbers (Fibonacci hashing). */
const SPREAD = 0x9e3779b1;

/** Links that can be added to: an open-addressing table of pairs. */
export interface OpenNumberLinks extends NumberLinks {
  /** Both are from 0 to 2^31-1; what belonged to `from` before is replaced. */
  set(from: number, to: number): void;
}

function newPairs(slots: number): Int32Array {
  return new Int32Array(slots * 2).fill(FREE);
}

export function newNumberLinks(): OpenNumberLinks {
  let slots = 64;
  let pairs = newPairs(slots);
  let size = 0;
  /** Where a number's pair is, or would be. */
  const placeOf = (from: number) => {
    let slot = (Math.imul(from, SPREAD) >>> 4) & (slots - 1);
    while (pairs[slot * 2] !== FREE && pairs[slot * 2] !== from) slot = (slot + 1) & (slots - 1);
    return slot * 2;
  };
  const put = (from: number, to: number) => {
    const place = placeOf(from);
    if (pairs[place] === FREE) size++;
    pairs[place] = from;
    pairs[place + 1] = to;
  };
  return {
    get size() {
      return size;
    },
    get(from) {
      const place = placeOf(from);
      return pairs[place] === FREE ? undefined : pairs[place + 1];
    },
    set(from, to) {
      if ((size + 1) * 2 > slots) {
        const before = pairs;
        slots *= 2;
        pairs = newPairs(slots);
        size = 0;
        for (let at = 0; at < before.length; at += 2) {
          if (before[at] !== FREE) put(before[at] as number, before[at + 1] as number);
        }
      }
      put(from, to);
    },
  };
}
