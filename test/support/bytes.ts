import type { SeekableBytes } from "../../src/ingest/evidence/evidence.ts";

/** A text in memory as the readers see evidence. */
export function textBytes(content: string | Buffer): SeekableBytes & { readonly start: number } {
  const bytes = typeof content === "string" ? Buffer.from(content, "utf8") : content;
  return {
    size: bytes.length,
    start: 0,
    read: (target, targetOffset, length, position) => bytes.copy(target, targetOffset, position, position + length),
  };
}
