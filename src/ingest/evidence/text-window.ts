import { isAscii } from "node:buffer";
import type { FastBuffer } from "../../model/fast-buffer.ts";
import { allocate } from "../../model/fast-buffer.ts";
import type { SeekableBytes } from "./evidence.ts";

/** Random access to the records of a text. */
export interface TextWindow {
  /** The characters of `length` bytes at a position; both must stand at character borders. */
  text(position: number, length: number): string;
  /** The bytes themselves: a view that holds until the next call of either function. */
  bytes(position: number, length: number): Buffer;
}

export interface TextWindowOptions {
  /** Bytes a block; default 256 KiB. */
  readonly blockSize?: number;
  /** Blocks kept; default 16. */
  readonly blocks?: number;
}

interface Block {
  /** Number of the block in the text; -1 while it holds nothing. */
  number: number;
  readonly buffer: FastBuffer;
  filled: number;
  ascii: boolean;
  /** When it was last asked for, in calls. */
  used: number;
}

/** So many wants of blocks that are not loaded are remembered: of runs that are merged, and of what is looked up at random. */
const REMEMBERED_WANTS = 64;
/** A block is loaded when it is wanted so often of late: by chance that is rare, however short the text is. */
const WORTH_LOADING = 3;

function checkStretch(size: number, position: number, length: number): void {
  if (position < 0 || length < 0 || position + length > size) {
    throw new RangeError(`No bytes ${position} to ${position + length} in a text of ${size} bytes.`);
  }
}

/** Reads a stretch with no more around it, to the beginning of a buffer that holds it until the next one is read. */
function stretchReader(evidence: SeekableBytes): (position: number, length: number) => FastBuffer {
  let buffer = allocate(0);
  return (position, length) => {
    if (buffer.length < length) buffer = allocate(2 * length);
    evidence.read(buffer, 0, length, position);
    return buffer;
  };
}

/**
 * Opens a window on a text: an LRU of aligned blocks, so that reading forward, backward, and in several runs that are
 * merged all read each block about once. Memory is `blockSize` times the blocks in use.
 *
 * @throws from its functions: RangeError for a stretch outside the text, InputError where the disk fails.
 */
export function openTextWindow(evidence: SeekableBytes, options: TextWindowOptions = {}): TextWindow {
  const { blockSize = 262144, blocks: most = 16 } = options;
  const { size } = evidence;
  const blocks: Block[] = [];
  let calls = 0;
  let current: Block = { number: -1, buffer: allocate(0), filled: 0, ascii: true, used: 0 };
  /** Position of the first byte of the current block. */
  let base = 0;
  // Looked up here and there, or across a border, a stretch costs less than the blocks around it.
  const single = stretchReader(evidence);
  /** The blocks that were wanted of late and not loaded, in a ring, and how many wants there were. */
  const wanted = new Float64Array(REMEMBERED_WANTS).fill(-1);
  let wants = 0;

  function load(number: number): void {
    calls++;
    let oldest: Block | undefined;
    for (const block of blocks) {
      if (block.number === number) {
        block.used = calls;
        current = block;
        base = number * blockSize;
        return;
      }
      if (oldest === undefined || block.used < oldest.used) oldest = block;
    }
    if (oldest === undefined || blocks.length < most) {
      oldest = { number: -1, buffer: allocate(Math.min(blockSize, size)), filled: 0, ascii: true, used: 0 };
      blocks.push(oldest);
    }
    // Until the read has succeeded the block holds nothing that may be trusted, and the current one stays where it is.
    oldest.number = -1;
    const from = number * blockSize;
    oldest.filled = evidence.read(oldest.buffer, 0, Math.min(blockSize, size - from), from);
    oldest.ascii = isAscii(oldest.buffer.subarray(0, oldest.filled));
    oldest.number = number;
    oldest.used = calls;
    current = oldest;
    base = from;
  }

  /** Whether a block is loaded, or worth it: it is wanted again and again. */
  function isRead(number: number): boolean {
    if (blocks.some((block) => block.number === number)) return true;
    wanted[wants++ % REMEMBERED_WANTS] = number;
    let times = 0;
    for (const one of wanted) if (one === number) times++;
    return times >= WORTH_LOADING;
  }

  /** Makes the block current that holds the stretch; false where it crosses a border or is better read by itself. */
  function seek(position: number, length: number): boolean {
    checkStretch(size, position, length);
    const number = Math.floor(position / blockSize);
    if (position + length > (number + 1) * blockSize || !isRead(number)) return false;
    load(number);
    return true;
  }

  return {
    text(position, length) {
      if (length === 0) return "";
      let from = position - base;
      if (from < 0 || from + length > current.filled || current.number < 0) {
        if (!seek(position, length)) return single(position, length).utf8Slice(0, length);
        from = position - base;
      }
      // The bytes of ASCII are the characters: copying them skips the decoder.
      return current.ascii
        ? current.buffer.latin1Slice(from, from + length)
        : current.buffer.utf8Slice(from, from + length);
    },
    bytes(position, length) {
      const from = position - base;
      if (from < 0 || from + length > current.filled || current.number < 0) {
        if (length === 0) return current.buffer.subarray(0, 0);
        if (!seek(position, length)) return single(position, length).subarray(0, length);
      }
      return current.buffer.subarray(position - base, position - base + length);
    },
  };
}

/**
 * Reads each stretch by itself, with no more around it: for records that lie far apart, where the blocks around them
 * would be the whole text. Memory is that of the longest stretch.
 *
 * @throws from its functions: RangeError for a stretch outside the text, InputError where the disk fails.
 */
export function openTextPieces(evidence: SeekableBytes): TextWindow {
  const single = stretchReader(evidence);
  const bytes = (position: number, length: number): FastBuffer => {
    checkStretch(evidence.size, position, length);
    return single(position, length);
  };
  return {
    text: (position, length) => bytes(position, length).utf8Slice(0, length),
    bytes: (position, length) => bytes(position, length).subarray(0, length),
  };
}

/** Bytes of a block of which it is known whether all are ASCII. */
const FLAGGED = 16384;

/** Block by block, whether all its bytes are ASCII. */
function asciiBlocks(bytes: FastBuffer): Uint8Array {
  const flags = new Uint8Array(Math.ceil(bytes.length / FLAGGED));
  for (let block = 0; block < flags.length; block++) {
    flags[block] = isAscii(bytes.subarray(block * FLAGGED, (block + 1) * FLAGGED)) ? 1 : 0;
  }
  return flags;
}

/**
 * Gathers stretches of a text in memory, one behind the other: for records that lie far apart and are read again and
 * again.
 *
 * @param stretches positions and lengths; the positions in what is returned are those of the stretches put together.
 * @param bytes how many they are together, which is the memory that it takes.
 */
export function gatherText(
  evidence: SeekableBytes,
  stretches: Iterable<readonly [position: number, length: number]>,
  bytes: number,
): TextWindow {
  const memory = allocate(bytes);
  let at = 0;
  for (const [position, length] of stretches) {
    if (at + length > bytes) throw new RangeError("More is gathered than there is room for.");
    evidence.read(memory, at, length, position);
    at += length;
  }
  const ascii = asciiBlocks(memory);
  return {
    text(position, length) {
      const last = Math.floor((position + length) / FLAGGED);
      // The bytes of ASCII are the characters: copying them skips the decoder.
      for (let block = Math.floor(position / FLAGGED); block <= last; block++) {
        if (ascii[block] === 0) return memory.utf8Slice(position, position + length);
      }
      return memory.latin1Slice(position, position + length);
    },
    bytes: (position, length) => memory.subarray(position, position + length),
  };
}
