/** Chances that are the same for the same seed. */
export interface Dice {
  /** A whole number from 0 to `below` - 1; 0 where `below` is 0. */
  number(below: number): number;
  /** True once in `in` times. */
  once(times: number): boolean;
  pick<T>(list: readonly [T, ...T[]]): T;
}

/** Mixes two numbers into one (the finalizer of MurmurHash3), so that neighbouring inputs have nothing in common. */
function mixed(seed: number, index: number): number {
  let hash = (seed ^ Math.imul(index + 1, 0x9e3779b1)) >>> 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/**
 * The dice of one input (mulberry32).
 *
 * @param seed of the run.
 * @param index of the input in it.
 */
export function diceFor(seed: number, index: number): Dice {
  let state = mixed(seed, index);
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const number = (below: number) => Math.floor(next() * below);
  return {
    number,
    once: (times) => number(times) === 0,
    pick: (list) => list[number(list.length)] ?? list[0],
  };
}
