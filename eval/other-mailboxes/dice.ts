/** Seeded chance, whole-number arithmetic only: the same seed throws the same on every machine. */
export interface Dice {
  /** At least 0, below 1. */
  unit(): number;
  /** A whole number from `low` to `high`, both included. */
  range(low: number, high: number): number;
  odds(probability: number): boolean;
  of<T>(items: readonly T[]): T;
  letters(count: number): string;
  hex(count: number): string;
  guid(): string;
  /** Dice of their own, so that one part of a mailbox does not move with what another throws. */
  split(label: string): Dice;
}

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
const HEX = "0123456789abcdef";

/** Mulberry32, its state a polynomial hash of the seed. */
export function diceOf(seed: string): Dice {
  let state = 7;
  for (const character of seed) state = (Math.imul(state, 31) + (character.codePointAt(0) ?? 0)) | 0;
  const unit = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const range = (low: number, high: number): number => low + Math.floor(unit() * (high - low + 1));
  const text = (alphabet: string, count: number): string =>
    Array.from({ length: count }, () => alphabet.charAt(range(0, alphabet.length - 1))).join("");
  const hex = (count: number): string => text(HEX, count);
  // Similar seeds begin alike: the first throws are wasted.
  for (let i = 0; i < 5; i += 1) unit();
  return {
    unit,
    range,
    odds: (probability) => unit() < probability,
    of: <T>(items: readonly T[]): T => {
      if (items.length === 0) throw new RangeError("nothing to choose from");
      return items.at(range(0, items.length - 1)) as T;
    },
    letters: (count) => text(LETTERS, count),
    hex,
    guid: () => [8, 4, 4, 4, 12].map(hex).join("-"),
    split: (label) => diceOf(`${seed}#${label}`),
  };
}
