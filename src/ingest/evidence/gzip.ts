import type { ByteSource } from "./byte-source.ts";
import type { SeekableBytes } from "./evidence.ts";
import { type ExpansionBudget, inflate } from "./inflate.ts";
import { UnreadableError } from "./input-error.ts";
import { createSpool } from "./spool.ts";

// Header flags of RFC 1952, 2.3.1.
const FHCRC = 2;
const FEXTRA = 4;
const FNAME = 8;
const FCOMMENT = 16;
const RESERVED = 0xe0;
const DEFLATE = 8;
const TRAILER = 8;
/** More than any header in use; a longer one is taken for damage. */
const LONGEST_HEADER = 1 << 17;

/** Whether bytes start a gzip member: ID1, ID2 and the only compression method there is (RFC 1952, 2.3.1). */
export function isGzip(head: Buffer): boolean {
  return head[0] === 0x1f && head[1] === 0x8b && head[2] === DEFLATE;
}

/** A file unpacked into the work folder, and what was wrong with it. */
export interface UnpackedFile {
  readonly content: ByteSource;
  readonly problems: readonly string[];
}

/**
 * Unpacks a gzip file of one or more members. What a truncated or damaged file still yields is kept and the damage is
 * a problem.
 *
 * @param name how messages call it.
 * @throws UnreadableError where nothing at all can be unpacked; InputError where the budget is spent or the disk fails.
 */
export async function gunzip(
  source: SeekableBytes,
  name: string,
  workDir: string,
  budget: ExpansionBudget,
): Promise<UnpackedFile> {
  const spool = createSpool(workDir, name);
  const problems: string[] = [];
  try {
    let position = 0;
    while (position < source.size) {
      const header = readHeader(source, position);
      if (header === "none") {
        if (!onlyZeros(source, position)) {
          const rest = source.size - position;
          problems.push(
            rest === 1
              ? "1 byte behind the gzip data is not gzip; it was left out."
              : `${rest} bytes behind the gzip data are not gzip; they were left out.`,
          );
        }
        break;
      }
      if (header === "cut") {
        problems.push("The gzip file is truncated: it ends inside a header.");
        break;
      }
      const start = position + header;
      const unpacked = await inflate(source, start, source.size, spool, budget);
      const end = start + unpacked.consumed;
      if (unpacked.damage !== undefined) {
        problems.push(
          `The gzip data is damaged (${unpacked.damage}): ${spool.size} bytes could be unpacked, the rest is lost.`,
        );
        break;
      }
      const trailer = Buffer.alloc(TRAILER);
      if (source.size - end < TRAILER) {
        problems.push(`The gzip file is truncated: ${spool.size} bytes could be unpacked, the rest is missing.`);
        break;
      }
      source.read(trailer, 0, TRAILER, end);
      if (trailer.readUInt32LE(0) !== unpacked.crc || trailer.readUInt32LE(4) !== unpacked.written % 2 ** 32) {
        problems.push("The unpacked data does not match the gzip check sum: some of it is damaged.");
      }
      position = end + TRAILER;
    }
    if (spool.size === 0 && problems.length > 0) {
      throw new UnreadableError(
        `Expected gzip data in ${name}, but nothing could be unpacked: ${problems.join(" ").replace(/\.$/, "").replaceAll(". ", "; ")}.`,
        "a damaged gzip file",
      );
    }
  } catch (error) {
    spool.discard();
    throw error;
  }
  return { content: spool.finish(), problems };
}

/** Length of the header at a position; "none" where no member starts there, "cut" where the file ends inside it. */
function readHeader(source: SeekableBytes, position: number): number | "none" | "cut" {
  const bytes = Buffer.alloc(Math.min(LONGEST_HEADER, source.size - position));
  source.read(bytes, 0, bytes.length, position);
  if (!isGzip(bytes)) return "none";
  if (bytes.length < 10) return "cut";
  const flags = bytes[3] ?? 0;
  if ((flags & RESERVED) !== 0) return "none";
  let at = 10;
  if ((flags & FEXTRA) !== 0) {
    if (at + 2 > bytes.length) return "cut";
    at += 2 + bytes.readUInt16LE(at);
  }
  for (const flag of [FNAME, FCOMMENT]) {
    if ((flags & flag) === 0) continue;
    const zero = bytes.indexOf(0, at);
    if (zero < 0) return "cut";
    at = zero + 1;
  }
  if ((flags & FHCRC) !== 0) at += 2;
  return at > bytes.length ? "cut" : at;
}

/** Tapes and some tools pad with zeros, which is no loss. */
function onlyZeros(source: SeekableBytes, from: number): boolean {
  const block = Buffer.alloc(Math.min(LONGEST_HEADER, source.size - from));
  for (let position = from; position < source.size; position += block.length) {
    const count = source.read(block, 0, Math.min(block.length, source.size - position), position);
    if (block.subarray(0, count).some((byte) => byte !== 0)) return false;
  }
  return true;
}
