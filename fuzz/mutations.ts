import type { Dice } from "./dice.ts";
import { BROKEN, TOKENS } from "./tokens.ts";

/** A text after something was done to it. */
export interface Mutated {
  readonly bytes: Buffer;
  /** What was done, in words. */
  readonly words: string;
  /**
   * Where one stretch was replaced, and nothing else: bytes `from` to `to` of the original gave way to `inserted`
   * bytes. Undefined where several places changed.
   */
  readonly damage: Damage | undefined;
}

export interface Damage {
  readonly from: number;
  readonly to: number;
  readonly inserted: number;
}

type Mutation = (bytes: Buffer, dice: Dice) => Mutated;

const LF = 10;

function spliced(bytes: Buffer, from: number, to: number, put: Uint8Array, words: string): Mutated {
  return {
    bytes: Buffer.concat([bytes.subarray(0, from), put, bytes.subarray(to)]),
    words: `${words} at ${from}`,
    damage: { from, to, inserted: put.length },
  };
}

/** A stretch: mostly short, now and then a good part of the text. */
function stretchOf(bytes: Buffer, dice: Dice): [from: number, to: number] {
  const from = dice.number(bytes.length);
  const length = 1 + dice.number(dice.once(4) ? bytes.length : 60);
  return [from, Math.min(bytes.length, from + length)];
}

function noise(dice: Dice, length: number): Buffer {
  return Buffer.from(Array.from({ length }, () => dice.number(256)));
}

function token(dice: Dice): Buffer {
  return Buffer.from(TOKENS[dice.number(TOKENS.length)] ?? "");
}

/** Starts of lines, and the end. */
function lineStarts(bytes: Buffer): number[] {
  const starts = [0];
  for (let at = bytes.indexOf(LF); at >= 0; at = bytes.indexOf(LF, at + 1)) starts.push(at + 1);
  return starts;
}

function someLine(bytes: Buffer, dice: Dice): [from: number, to: number] {
  const starts = lineStarts(bytes);
  const line = dice.number(starts.length);
  return [starts[line] ?? 0, starts[line + 1] ?? bytes.length];
}

/** Places of brackets and quotes. */
function structure(bytes: Buffer): number[] {
  const places: number[] = [];
  for (let at = 0; at < bytes.length; at++)
    if ('{}[]":,'.includes(String.fromCharCode(bytes[at] ?? 0))) places.push(at);
  return places;
}

const flipBit: Mutation = (bytes, dice) => {
  const at = dice.number(bytes.length);
  return spliced(bytes, at, at + 1, Buffer.of((bytes[at] ?? 0) ^ (1 << dice.number(8))), "a bit flipped");
};

const flipBits: Mutation = (bytes, dice) => {
  const copy = Buffer.from(bytes);
  for (let count = 2 + dice.number(20); count > 0; count--) {
    const at = dice.number(copy.length);
    copy[at] = (copy[at] ?? 0) ^ (1 << dice.number(8));
  }
  return { bytes: copy, words: "bits flipped", damage: undefined };
};

const overwrite: Mutation = (bytes, dice) => {
  const [from, to] = stretchOf(bytes, dice);
  return spliced(bytes, from, to, noise(dice, to - from), "noise over a stretch");
};

const zeroes: Mutation = (bytes, dice) => {
  const [from, to] = stretchOf(bytes, dice);
  return spliced(bytes, from, to, Buffer.alloc(to - from), "NULs over a stretch");
};

const truncate: Mutation = (bytes, dice) => {
  const from = dice.number(bytes.length);
  return spliced(bytes, from, bytes.length, Buffer.alloc(0), "cut off");
};

const beheaded: Mutation = (bytes, dice) =>
  spliced(bytes, 0, dice.number(bytes.length), Buffer.alloc(0), "the beginning lost");

const deletion: Mutation = (bytes, dice) => {
  const [from, to] = stretchOf(bytes, dice);
  return spliced(bytes, from, to, Buffer.alloc(0), `${to - from} bytes deleted`);
};

const insertToken: Mutation = (bytes, dice) => {
  const at = dice.number(bytes.length + 1);
  return spliced(bytes, at, at, token(dice), "a token inserted");
};

const replaceByToken: Mutation = (bytes, dice) => {
  const [from, to] = stretchOf(bytes, dice);
  return spliced(bytes, from, to, token(dice), "a token instead of a stretch");
};

const insertTokens: Mutation = (bytes, dice) => {
  let result = bytes;
  for (let count = 2 + dice.number(6); count > 0; count--) {
    const at = dice.number(result.length + 1);
    result = Buffer.concat([result.subarray(0, at), token(dice), result.subarray(at)]);
  }
  return { bytes: result, words: "tokens inserted", damage: undefined };
};

const invalidUtf8: Mutation = (bytes, dice) => {
  const at = dice.number(bytes.length + 1);
  const put = Buffer.from(BROKEN[dice.number(BROKEN.length)] ?? []);
  return spliced(bytes, at, at, put, "invalid UTF-8 inserted");
};

const repetition: Mutation = (bytes, dice) => {
  const [from, to] = stretchOf(bytes, dice);
  const times = dice.once(10) ? 20 : 1;
  const put = Buffer.concat(Array.from({ length: times }, () => bytes.subarray(from, to)));
  return spliced(bytes, to, to, put, `a stretch repeated ${times} times`);
};

const repeatedLine: Mutation = (bytes, dice) => {
  const [from, to] = someLine(bytes, dice);
  const [at] = someLine(bytes, dice);
  return spliced(bytes, at, at, bytes.subarray(from, to), "a line repeated");
};

const splicedRows: Mutation = (bytes, dice) => {
  const [from, to] = someLine(bytes, dice);
  const [other, otherEnd] = someLine(bytes, dice);
  const cut = from + dice.number(to - from + 1);
  const tail = other + dice.number(otherEnd - other + 1);
  return spliced(bytes, cut, to, bytes.subarray(tail, otherEnd), "the end of one row behind the beginning of another");
};

const repeatedHead: Mutation = (bytes, dice) => {
  const head = bytes.subarray(0, lineStarts(bytes)[1] ?? bytes.length);
  const at = dice.once(2) ? someLine(bytes, dice)[0] : dice.number(bytes.length + 1);
  return spliced(bytes, at, at, head, "the first line again");
};

const lineEnds: Mutation = (bytes, dice) => {
  const text = bytes.toString("latin1").replaceAll(/\r?\n/g, (end) => {
    return dice.once(2) ? end : dice.pick(["\n", "\r\n", "\r", "\n\r", "\n\n", "\r\r\n", ""]);
  });
  return { bytes: Buffer.from(text, "latin1"), words: "mixed line ends", damage: undefined };
};

const swapBrackets: Mutation = (bytes, dice) => {
  const places = structure(bytes);
  const [a, b] = [places[dice.number(places.length)] ?? 0, places[dice.number(places.length)] ?? 0];
  const copy = Buffer.from(bytes);
  [copy[a], copy[b]] = [copy[b] ?? 0, copy[a] ?? 0];
  return { bytes: copy, words: `brackets swapped at ${a} and ${b}`, damage: undefined };
};

const repeatBracket: Mutation = (bytes, dice) => {
  const places = structure(bytes);
  const at = places[dice.number(places.length)] ?? 0;
  const times = dice.once(8) ? 1 + dice.number(3000) : 1;
  const put = Buffer.alloc(times, bytes.subarray(at, at + 1));
  return spliced(bytes, at, at, put, `a bracket repeated ${times} times`);
};

const dropBracket: Mutation = (bytes, dice) => {
  const places = structure(bytes);
  const at = places[dice.number(places.length)] ?? 0;
  return spliced(bytes, at, at + 1, Buffer.alloc(0), "a bracket dropped");
};

const shuffledStretch: Mutation = (bytes, dice) => {
  const [from, to] = stretchOf(bytes, dice);
  const at = dice.number(bytes.length - (to - from) + 1);
  const rest = Buffer.concat([bytes.subarray(0, from), bytes.subarray(to)]);
  const moved = Buffer.concat([rest.subarray(0, at), bytes.subarray(from, to), rest.subarray(at)]);
  return { bytes: moved, words: `a stretch moved from ${from} to ${at}`, damage: undefined };
};

const MUTATIONS: readonly [Mutation, ...Mutation[]] = [
  flipBit,
  flipBits,
  overwrite,
  zeroes,
  truncate,
  beheaded,
  deletion,
  deletion,
  insertToken,
  insertToken,
  replaceByToken,
  insertTokens,
  invalidUtf8,
  repetition,
  repeatedLine,
  splicedRows,
  repeatedHead,
  lineEnds,
  swapBrackets,
  repeatBracket,
  dropBracket,
  shuffledStretch,
];

/** Does one of the many things to bytes that disks, editors and attackers do. */
export function mutate(bytes: Buffer, dice: Dice): Mutated {
  if (bytes.length === 0) return { bytes, words: "nothing", damage: undefined };
  return dice.pick(MUTATIONS)(bytes, dice);
}
