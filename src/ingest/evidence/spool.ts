import { closeSync, openSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";
import { type ByteSource, spooledFile } from "./byte-source.ts";
import { systemError } from "./input-error.ts";

/** A file of our own that is being written. */
export interface Spool {
  /** Bytes written so far. */
  readonly size: number;
  write(bytes: Uint8Array): void;
  /** Ends writing. */
  finish(): ByteSource;
  /** Gives up: closes and removes the file. */
  discard(): void;
}

let spools = 0;

/**
 * Starts a file in the work folder.
 *
 * @param name how messages call the evidence that is written there.
 * @throws InputError where the disk does not take it.
 */
export function createSpool(workDir: string, name: string): Spool {
  const path = join(workDir, `evidence-${process.pid}-${++spools}`);
  const failure = (error: unknown) =>
    systemError(`Cannot write a copy of ${name} to the work folder ${workDir}`, error);
  let descriptor: number;
  try {
    // "wx": a file that is already there is never ours to write to.
    descriptor = openSync(path, "wx", 0o600);
  } catch (error) {
    throw failure(error);
  }
  let size = 0;
  let open = true;
  function close(): void {
    if (open) closeSync(descriptor);
    open = false;
  }
  return {
    get size() {
      return size;
    },
    write(bytes) {
      try {
        let done = 0;
        while (done < bytes.length) done += writeSync(descriptor, bytes, done, bytes.length - done);
        size += done;
      } catch (error) {
        throw failure(error);
      }
    },
    finish() {
      close();
      return spooledFile(path, name, size);
    },
    discard() {
      close();
      rmSync(path, { force: true });
    },
  };
}
