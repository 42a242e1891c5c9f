import { deflateRawSync, crc32, gzipSync } from "node:zlib";
import type { Dice } from "./dice.ts";
import { diceFor } from "./dice.ts";
import type { Damage } from "./mutations.ts";
import { mutate } from "./mutations.ts";
import type { Pools, Seed } from "./seeds.ts";
import { makeSeed } from "./seeds.ts";

/** One input of the fuzzer: what stands in the folder of evidence, and how it is read. */
export interface FuzzInput {
  readonly index: number;
  /** What was done, in words. */
  readonly words: string;
  /** Files by name; the first one is the damaged one. */
  readonly files: readonly { readonly name: string; readonly bytes: Buffer }[];
  /** What is known of the damage, where it says which records have to survive it. */
  readonly known: { readonly seed: Seed; readonly damage: Damage } | undefined;
  readonly keepDuplicates: boolean;
  /** Only rows of this type are shown; undefined for all. */
  readonly onlyType: string | undefined;
  /** Whether the whole bundle is written and read back, or the evidence only read and joined. */
  readonly bundle: boolean;
}

/** Of so many inputs one is written as a whole bundle. */
export const BUNDLE_EVERY = 50;
/** Every so many inputs a small export is cut off at the next byte. */
const CUT_EVERY = 4;
/** Small exports that are cut off at every byte, one behind the other. */
const CUT_SEEDS = 24;

/** One file in a zip archive, deflated, with nothing optional (APPNOTE.TXT, 4.3). */
function zipOf(name: string, data: Buffer): Buffer {
  const packed = deflateRawSync(data);
  const title = Buffer.from(name);
  const common = Buffer.alloc(26);
  common.writeUInt16LE(20, 0);
  common.writeUInt16LE(0x800, 2);
  common.writeUInt16LE(8, 4);
  common.writeUInt32LE(crc32(data), 10);
  common.writeUInt32LE(packed.length, 14);
  common.writeUInt32LE(data.length, 18);
  common.writeUInt16LE(title.length, 22);
  const local = Buffer.concat([Buffer.from("PK\x03\x04"), common, title, packed]);
  const central = Buffer.concat([Buffer.from("PK\x01\x02\x14\x00"), common, Buffer.alloc(14), title]);
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06", "latin1");
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(local.length, 16);
  return Buffer.concat([local, central, end]);
}

/** Packs an export; most stay as they are. */
function packed(bytes: Buffer, dice: Dice): { bytes: Buffer; words: string } | undefined {
  const kind = dice.number(20);
  if (kind === 0) return { bytes: gzipSync(bytes), words: "gzip" };
  if (kind === 1) return { bytes: Buffer.concat([gzipSync(bytes), gzipSync(bytes)]), words: "gzip of two members" };
  if (kind === 2) return { bytes: zipOf("inner/export.csv", bytes), words: "zip" };
  if (kind === 3) return { bytes: gzipSync(zipOf("../a.csv", bytes)), words: "zip in gzip" };
  return undefined;
}

function damaged(pools: Pools, dice: Dice) {
  const seed = makeSeed(pools, dice);
  const pack = packed(seed.bytes, dice);
  const first = mutate(pack?.bytes ?? seed.bytes, dice);
  let { bytes, words } = first;
  let damage = pack === undefined ? first.damage : undefined;
  while (dice.once(5)) {
    const more = mutate(bytes, dice);
    ({ bytes } = more);
    words += `, ${more.words}`;
    damage = undefined;
  }
  const known = damage !== undefined && seed.encoding === "utf8" ? { seed, damage } : undefined;
  return { seed, bytes, words: `${pack?.words ?? seed.kind} ${seed.encoding}: ${words}`, known };
}

/** The exports that are cut off at every byte, and where the cuts of each begin among all of them. */
let cuts: { readonly of: Pools; readonly seed: number; readonly exports: readonly Seed[] } | undefined;

function cutInput(pools: Pools, seed: number, cut: number) {
  if (cuts?.of !== pools || cuts.seed !== seed) {
    const exports = Array.from({ length: CUT_SEEDS }, (_, at) => makeSeed(pools, diceFor(seed, -1 - at)));
    cuts = { of: pools, seed, exports };
  }
  let at = cut;
  for (;;) {
    for (const one of cuts.exports) {
      if (at < one.bytes.length) {
        const damage = { from: at, to: one.bytes.length, inserted: 0 };
        const known = one.encoding === "utf8" ? { seed: one, damage } : undefined;
        const words = `${one.kind} ${one.encoding}: cut off at ${at} of ${one.bytes.length}`;
        return { seed: one, bytes: Buffer.from(one.bytes.subarray(0, at)), words, known };
      }
      at -= one.bytes.length;
    }
  }
}

/** The input of this number: always the same for the same seed. */
export function makeInput(pools: Pools, seed: number, index: number): FuzzInput {
  const dice = diceFor(seed, index);
  const isCut = index % CUT_EVERY === CUT_EVERY - 1;
  const made = isCut ? cutInput(pools, seed, Math.floor(index / CUT_EVERY)) : damaged(pools, dice);
  const files = [{ name: "damaged", bytes: made.bytes }];
  // Beside the sound one nearly every row of the damaged one is a duplicate.
  if (dice.once(10)) files.push({ name: "sound", bytes: made.seed.bytes });
  return {
    index,
    words: made.words,
    files,
    known: made.known,
    keepDuplicates: dice.once(8),
    onlyType: dice.once(8) ? dice.pick(["MessageDelivered", "ServerLogon", "Flag", "MailItemsAccessed"]) : undefined,
    bundle: dice.once(BUNDLE_EVERY),
  };
}
