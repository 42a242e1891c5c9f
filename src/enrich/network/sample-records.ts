import type { Reader, Response } from "maxmind";

/** The part of an address space that is looked through, in numbers of its width. */
interface Space {
  readonly bits: number;
  readonly first: bigint;
  readonly end: bigint;
  /** Bits of a block; of each block only its first networks are asked for. */
  readonly block: number;
}

const SPACES: Readonly<Record<4 | 6, Space>> = {
  4: { bits: 32, first: 1n << 24n, end: 224n << 24n, block: 24 },
  6: { bits: 128, first: 0x2000n << 112n, end: 0x4000n << 112n, block: 116 },
};
const RECORDS_PER_BLOCK = 16;
/** Gaps between records cost a look-up, too; small databases are mostly gaps. */
const LOOK_UPS_PER_BLOCK = 256;

/** Teredo and 6to4: MaxMind's files repeat their IPv4 part there. */
const REPEATED: readonly (readonly [bigint, bigint])[] = [
  [0x20010000n << 96n, 0x20010001n << 96n],
  [0x2002n << 112n, 0x2003n << 112n],
];

function textOf(bits: bigint, width: number): string {
  const [unit, radix, separator] = width === 32 ? [8n, 10, "."] : [16n, 16, ":"];
  const parts: string[] = [];
  for (let at = BigInt(width) - unit; at >= 0n; at -= unit) {
    parts.push(((bits >> at) & ((1n << unit) - 1n)).toString(radix));
  }
  return parts.join(separator);
}

/**
 * Takes some records out of all parts of a database: the first records of every /8 of IPv4 or every /12 of IPv6.
 *
 * @param each is given a record; true ends the search.
 * @returns whether every network of the space was seen. False where there were too many, or `each` ended it.
 * @throws whatever a damaged database makes the reader throw.
 */
export function sampleRecords(reader: Reader<Response>, version: 4 | 6, each: (record: Response) => boolean): boolean {
  const { bits, first, end, block } = SPACES[version];
  let complete = true;
  let records = 0;
  let lookUps = 0;
  for (let at = first; at < end;) {
    const repeated = version === 6 ? REPEATED.find(([from, to]) => at >= from && at < to) : undefined;
    if (repeated !== undefined) {
      at = repeated[1];
      continue;
    }
    const [record, length] = reader.getWithPrefixLength(textOf(at, bits));
    lookUps++;
    if (record !== null) {
      records++;
      if (each(record)) return false;
    }
    const host = BigInt(bits - length);
    const thisBlock = at >> BigInt(block);
    at = ((at >> host) + 1n) << host;
    if (at >> BigInt(block) === thisBlock) {
      if (records < RECORDS_PER_BLOCK && lookUps < LOOK_UPS_PER_BLOCK) continue;
      complete = false;
      at = (thisBlock + 1n) << BigInt(block);
    }
    records = 0;
    lookUps = 0;
  }
  return complete;
}
