import { createHash } from "node:crypto";
import { closeSync, openSync, writeSync } from "node:fs";
import type { FastBuffer } from "../model/fast-buffer.ts";
import { allocate } from "../model/fast-buffer.ts";

/** Bytes that wait for one write. */
export const BUFFER = 1 << 17;

/** What a finished file says of itself. */
export interface FileDigest {
  readonly bytes: number;
  /** SHA-256 of the content, in lower-case hex. */
  readonly sha256: string;
}

/** A file that is written from beginning to end, a buffer at a time. */
export interface OpenFile {
  /**
   * Hands over the first `length` bytes of a buffer that came from `take`; the buffer is not the caller's any more.
   *
   * @throws the system's error where the disk fails, at once or at a later call.
   */
  write(buffer: FastBuffer, length: number): void;
  /** A buffer to fill, of `size` bytes or the usual size, whichever is more. */
  take(size: number): FastBuffer;
  /** Ends the file; nothing can be written any more. */
  close(): FileDigest;
}

/** Opens files for writing. */
export interface FileWriter {
  /**
   * @param path must not exist yet.
   * @throws the system's error where the file cannot be created, at once or at a later call.
   */
  open(path: string): OpenFile;
  /** Ends the writer; files that are still open are given up and closed, so that they can be removed. */
  end(): void;
}

/** Writes a buffer whole, however many calls the system takes for it. */
export function writeWhole(file: number, buffer: Uint8Array, length: number): void {
  for (let at = 0; at < length;) at += writeSync(file, buffer, at, length - at);
}

/**
 * Writes texts one behind the other as a file of their own; bytes are UTF-8 already.
 *
 * @throws the system's error; the path must not exist yet.
 */
export function writeTextFile(path: string, texts: Iterable<string | Uint8Array>): FileDigest {
  const file = openSync(path, "wx");
  try {
    const hash = createHash("sha256");
    let size = 0;
    for (const text of texts) {
      const bytes = typeof text === "string" ? Buffer.from(text) : text;
      writeWhole(file, bytes, bytes.length);
      hash.update(bytes);
      size += bytes.length;
    }
    return { bytes: size, sha256: hash.digest("hex") };
  } finally {
    closeSync(file);
  }
}

/**
 * A writer that writes and hashes in the calling thread, each buffer before the next one is filled.
 *
 * @param bufferSize bytes that wait for one write, a file.
 */
export function directWriter(bufferSize = BUFFER): FileWriter {
  const open = new Set<number>();
  return {
    open(path) {
      const file = openSync(path, "wx");
      open.add(file);
      const hash = createHash("sha256");
      let bytes = 0;
      let spare: FastBuffer | undefined;
      return {
        write(buffer, length) {
          writeWhole(file, buffer, length);
          hash.update(buffer.subarray(0, length));
          bytes += length;
          spare = buffer;
        },
        take(size) {
          return spare !== undefined && spare.length >= size ? spare : allocate(Math.max(size, bufferSize));
        },
        close() {
          open.delete(file);
          closeSync(file);
          return { bytes, sha256: hash.digest("hex") };
        },
      };
    },
    end() {
      for (const file of open) closeSync(file);
      open.clear();
    },
  };
}
