import { Readable } from "node:stream";
import { constants, crc32, createInflateRaw } from "node:zlib";
import type { SeekableBytes } from "./evidence.ts";
import { InputError } from "./input-error.ts";
import type { Spool } from "./spool.ts";

const PACKED_BLOCK = 1 << 17;
/** What zlib hands out at a time; of a damaged stream at most this much in front of the damage is lost. */
const UNPACKED_BLOCK = 1 << 15;

/** Guards against archives made to fill the disk. One budget serves everything that comes out of one input. */
export interface ExpansionBudget {
  /** Counts unpacked bytes. @throws InputError where they are too many for the size of the input; the reason of a run that is stopped. */
  spend(bytes: number): void;
}

/**
 * @param packed size of the input on disk.
 * @param maxExpansion how many times its own size an input may unpack to.
 * @param floor unpacked bytes that are always allowed.
 * @param signal stops the unpacking, with its own reason as the error.
 */
export function expansionBudget(
  name: string,
  packed: number,
  maxExpansion: number,
  floor: number,
  signal?: AbortSignal,
): ExpansionBudget {
  let unpacked = 0;
  return {
    spend(bytes) {
      signal?.throwIfAborted();
      unpacked += bytes;
      if (unpacked > floor && unpacked > packed * maxExpansion) {
        throw new InputError(
          `${name} unpacks to more than ${maxExpansion} times its size of ${packed} bytes, which evidence hardly ` +
            `does; if it is sound, raise the limit with --max-expansion.`,
        );
      }
    },
  };
}

/** What came out of a stretch of packed bytes. */
export interface Unpacked {
  /** Packed bytes used. */
  readonly consumed: number;
  /** Unpacked bytes. */
  readonly written: number;
  /** CRC-32 of the unpacked bytes. */
  readonly crc: number;
  /** Why it broke off, in zlib's words, if it did. */
  readonly damage?: string;
}

/**
 * Unpacks a deflate stream (RFC 1951) into a spool. A stream that breaks off or is damaged leaves what came before in
 * the spool.
 *
 * @param from where the stream starts in `source`; it may end before `to`.
 * @throws InputError where the budget is spent, the evidence cannot be read or the work folder not written.
 */
export async function inflate(
  source: SeekableBytes,
  from: number,
  to: number,
  spool: Spool,
  budget: ExpansionBudget,
): Promise<Unpacked> {
  let written = 0;
  let crc = 0;
  let readFailure: unknown;

  function* packed(): Generator<Buffer, void, void> {
    for (let position = from; position < to; position += PACKED_BLOCK) {
      const block = Buffer.allocUnsafe(Math.min(PACKED_BLOCK, to - position));
      try {
        source.read(block, 0, block.length, position);
      } catch (error) {
        readFailure = error;
        throw error;
      }
      yield block;
    }
  }

  // A sync flush at the end lets go of everything that a truncated stream still holds, without an error.
  const engine = createInflateRaw({ chunkSize: UNPACKED_BLOCK, finishFlush: constants.Z_SYNC_FLUSH });
  const input = Readable.from(packed(), { objectMode: false });
  input.on("error", (error) => engine.destroy(error));
  input.pipe(engine);
  let damage: string | undefined;
  try {
    for await (const chunk of engine as AsyncIterable<Buffer>) {
      written += chunk.length;
      crc = crc32(chunk, crc);
      budget.spend(chunk.length);
      spool.write(chunk);
    }
  } catch (error) {
    if (readFailure !== undefined) throw readFailure;
    if (!(error instanceof Error) || !("code" in error) || !String(error.code).startsWith("Z_")) throw error;
    damage = error.message;
  } finally {
    input.destroy();
  }
  const result = { consumed: engine.bytesWritten, written, crc };
  return damage === undefined ? result : { ...result, damage };
}

/** Copies a stored stretch into a spool, as `inflate` does for a packed one. */
export function copyStored(
  source: SeekableBytes,
  from: number,
  to: number,
  spool: Spool,
  budget: ExpansionBudget,
): Unpacked {
  const block = Buffer.allocUnsafe(Math.min(PACKED_BLOCK, Math.max(1, to - from)));
  let crc = 0;
  let position = from;
  while (position < to) {
    const count = source.read(block, 0, Math.min(block.length, to - position), position);
    const bytes = block.subarray(0, count);
    crc = crc32(bytes, crc);
    budget.spend(count);
    spool.write(bytes);
    position += count;
  }
  return { consumed: to - from, written: to - from, crc };
}
