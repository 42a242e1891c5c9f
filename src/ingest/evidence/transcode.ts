import type { ByteSource } from "./byte-source.ts";
import type { Decoder } from "./decoders.ts";
import type { SeekableBytes } from "./evidence.ts";
import { createSpool } from "./spool.ts";

/** Text between two checkpoints of the map from text positions to original offsets. */
const CHECKPOINT = 65536;

/** A text rewritten as UTF-8 in the work folder. */
export interface Transcoded {
  readonly text: ByteSource;
  /** The offset in the original of a position in the text; inside a character, of that character's start. */
  originalOffset(position: number): number;
  /** How many times U+FFFD stands for something that is no character. */
  readonly replaced: number;
  /** Offset in the original of the first of them; -1 for none. */
  readonly firstReplaced: number;
}

/**
 * Rewrites a text as UTF-8, once, with bounded memory.
 *
 * @param mark length of the byte order mark, which is not part of the text.
 * @param name how messages call the text.
 * @param block bytes a read; tests use small ones.
 * @throws InputError where the work folder does not take it.
 */
export function transcode(
  original: SeekableBytes,
  decode: Decoder,
  mark: number,
  workDir: string,
  name: string,
  block = 1 << 18,
): Transcoded {
  const source = Buffer.allocUnsafe(block + 4);
  const target = Buffer.allocUnsafe(CHECKPOINT);
  const texts: number[] = [];
  const originals: number[] = [];
  let replaced = 0;
  let firstReplaced = -1;
  let position = mark;
  let kept = 0;
  const spool = createSpool(workDir, name);
  try {
    while (position < original.size || kept > 0) {
      const base = position - kept;
      const count = original.read(source, kept, Math.min(block, original.size - position), position);
      position += count;
      const end = kept + count;
      const last = position >= original.size;
      let at = 0;
      while (at < end) {
        const step = decode(source, at, end, last, target, CHECKPOINT);
        if (step.read === 0) break;
        // Small blocks would make a checkpoint of every few bytes: one a stretch is enough.
        if (spool.size >= (texts.at(-1) ?? -CHECKPOINT) + CHECKPOINT - 4) {
          texts.push(spool.size);
          originals.push(base + at);
        }
        if (step.replaced > 0 && firstReplaced < 0) firstReplaced = base + at + step.firstReplaced;
        replaced += step.replaced;
        spool.write(target.subarray(0, step.written));
        at += step.read;
      }
      source.copy(source, 0, at, end);
      kept = end - at;
    }
  } catch (error) {
    spool.discard();
    throw error;
  }
  const text = spool.finish();

  // Ascending questions, the usual kind, go on from the last answer instead of the checkpoint.
  let lastText = 0;
  let lastOriginal = mark;

  function originalOffset(asked: number): number {
    let low = 0;
    let high = texts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((texts[middle] ?? 0) <= asked) low = middle;
      else high = middle - 1;
    }
    let fromText = texts[low] ?? 0;
    let fromOriginal = originals[low] ?? mark;
    if (lastText <= asked && lastText > fromText) {
      fromText = lastText;
      fromOriginal = lastOriginal;
    }
    while (fromText < asked) {
      const wanted = Math.min(block + 4, 2 * (asked - fromText) + 4, original.size - fromOriginal);
      const count = original.read(source, 0, wanted, fromOriginal);
      const last = fromOriginal + count >= original.size;
      const step = decode(source, 0, count, last, target, Math.min(CHECKPOINT, asked - fromText));
      if (step.read === 0) break;
      fromText += step.written;
      fromOriginal += step.read;
    }
    lastText = fromText;
    lastOriginal = fromOriginal;
    return fromOriginal;
  }

  return { text, originalOffset, replaced, firstReplaced };
}
