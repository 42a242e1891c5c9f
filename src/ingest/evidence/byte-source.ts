import { closeSync, fstatSync, openSync, readSync, rmSync } from "node:fs";
import type { SeekableBytes } from "./evidence.ts";
import { InputError, systemError } from "./input-error.ts";

/** A file opened for reading only. */
export interface ByteSource extends SeekableBytes {
  readonly path: string;
  /** The file descriptor; opens the file where it is not open yet. */
  descriptor(): number;
  /** Closes the file; a file of our own is removed as well. */
  close(): void;
}

/**
 * Opens evidence read-only. Its size is taken now and holds: bytes appended later are not read.
 *
 * @param name how messages call it.
 * @throws InputError where it cannot be opened or is no regular file.
 */
export function openFile(path: string, name: string): ByteSource {
  try {
    const descriptor = openSync(path, "r");
    const stats = fstatSync(descriptor);
    if (!stats.isFile()) {
      closeSync(descriptor);
      throw new InputError(`Expected a regular file, but ${name} is none.`);
    }
    return byteSource(path, name, stats.size, descriptor, false);
  } catch (error) {
    throw systemError(`Cannot open ${name}`, error);
  }
}

/** A finished file of our own in the work folder: opened when first read, removed when closed. */
export function spooledFile(path: string, name: string, size: number): ByteSource {
  return byteSource(path, name, size, undefined, true);
}

function byteSource(path: string, name: string, size: number, opened: number | undefined, ours: boolean): ByteSource {
  let descriptor = opened;

  function open(): number {
    try {
      descriptor ??= openSync(path, "r");
      return descriptor;
    } catch (error) {
      throw systemError(`Cannot open ${name}`, error);
    }
  }

  return {
    path,
    size,
    descriptor: open,
    read(target, targetOffset, length, position) {
      const wanted = Math.min(length, size - position);
      const file = open();
      let done = 0;
      try {
        while (done < wanted) {
          const count = readSync(file, target, targetOffset + done, wanted - done, position + done);
          if (count === 0) break;
          done += count;
        }
      } catch (error) {
        throw systemError(`Cannot read ${name} at byte ${position + done}`, error);
      }
      if (done < wanted) {
        throw new InputError(
          `Expected ${size} bytes in ${name}, but it ends at ${position + done}: it was changed during the run.`,
        );
      }
      return Math.max(0, done);
    },
    close() {
      if (descriptor !== undefined) closeSync(descriptor);
      descriptor = undefined;
      if (ours) rmSync(path, { force: true });
    },
  };
}
