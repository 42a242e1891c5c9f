import { closeSync, fstatSync, openSync, readSync, rmSync } from "node:fs";
import { isMainThread } from "node:worker_threads";
import type { SeekableBytes } from "./evidence.ts";
import { InputError, systemError } from "./input-error.ts";

/** A file opened for reading only. */
export interface ByteSource extends SeekableBytes {
  readonly path: string;
  readonly file: SourceFile;
  /** Closes the file; a file of our own is removed as well. */
  close(): void;
}

/**
 * How many files are open at once: a folder may hold more than a process may open (often 1024, on some systems 256),
 * so the one that was read longest ago is closed until it is read again. Several threads share what a process may open.
 */
const MOST_OPEN = isMainThread ? 64 : 16;
/** What closes each open file, the one read longest ago first. */
const openFiles = new Map<object, () => void>();

/** A file that is read, in words that another thread can open it by. */
export interface SourceFile {
  readonly path: string;
  /** How messages call it. */
  readonly name: string;
  readonly size: number;
  /** Of evidence: what it was when the run began. */
  readonly identity?: Identity;
}

/** What tells a file from another one that took its place, or from itself with other content. */
interface Identity {
  readonly device: number;
  readonly inode: number;
  readonly size: number;
  readonly changed: number;
}

/**
 * Opens evidence read-only. Its size is taken now and holds: bytes appended later are not read.
 *
 * @param name how messages call it.
 * @throws InputError where it cannot be opened or is no regular file.
 */
export function openFile(path: string, name: string): ByteSource {
  const { descriptor, identity } = openIdentified(path, name);
  return byteSource(path, name, identity.size, { descriptor, identity });
}

/** A finished file of our own in the work folder: opened when first read, removed when closed. */
export function spooledFile(path: string, name: string, size: number): ByteSource {
  return byteSource(path, name, size);
}

/**
 * Opens a file that another thread opened before: it is read only, and stays where it is when it is closed.
 *
 * @throws from `read`: InputError where it is not what it was.
 */
export function openAgain(file: SourceFile): ByteSource {
  const { path, name, size, identity } = file;
  return byteSource(path, name, size, { identity });
}

/**
 * Closes every file that stands open to be read: each is opened again when it is read again. For a thread that lets
 * others read.
 */
export function closeIdleFiles(): void {
  for (const shut of openFiles.values()) shut();
}

function openIdentified(path: string, name: string): { descriptor: number; identity: Identity } {
  try {
    const descriptor = openSync(path, "r");
    const stats = fstatSync(descriptor);
    if (!stats.isFile()) {
      closeSync(descriptor);
      throw new InputError(`Expected a regular file, but ${name} is none.`);
    }
    const { dev: device, ino: inode, size, mtimeMs: changed } = stats;
    return { descriptor, identity: { device, inode, size, changed } };
  } catch (error) {
    throw systemError(`Cannot open ${name}`, error);
  }
}

/** @param evidence what is known of a file that is not ours to remove, and how it stands open. */
function byteSource(
  path: string,
  name: string,
  size: number,
  evidence?: { readonly descriptor?: number; readonly identity: Identity | undefined },
): ByteSource {
  const key = {};
  let descriptor: number | undefined;

  function keepOpen(opened: number): number {
    descriptor = opened;
    openFiles.set(key, shut);
    if (openFiles.size > MOST_OPEN) openFiles.values().next().value?.();
    return opened;
  }

  function shut(): void {
    if (descriptor !== undefined) closeSync(descriptor);
    descriptor = undefined;
    openFiles.delete(key);
  }

  function open(): number {
    if (descriptor !== undefined) {
      openFiles.delete(key);
      openFiles.set(key, shut);
      return descriptor;
    }
    const { descriptor: opened, identity } = openIdentified(path, name);
    if (evidence?.identity !== undefined && !isSame(identity, evidence.identity)) {
      closeSync(opened);
      throw new InputError(`Expected ${name} as it was when the run began, but it was changed meanwhile.`);
    }
    return keepOpen(opened);
  }

  if (evidence?.descriptor !== undefined) keepOpen(evidence.descriptor);
  const known = evidence?.identity;
  return {
    path,
    file: known === undefined ? { path, name, size } : { path, name, size, identity: known },
    size,
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
      shut();
      if (evidence === undefined) rmSync(path, { force: true });
    },
  };
}

/** A file that is appended to stays the same as far as it was read. */
function isSame(now: Identity, before: Identity): boolean {
  if (now.device !== before.device || now.inode !== before.inode) return false;
  return now.changed === before.changed || now.size > before.size;
}
