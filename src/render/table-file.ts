import { createHash } from "node:crypto";
import { closeSync, openSync, writeSync } from "node:fs";
import { allocate } from "../model/fast-buffer.ts";
import { excelSafeCell, tsvCell } from "./tsv.ts";

const BUFFER = 1 << 18;

/** What a finished file says of itself in the manifest. */
export interface WrittenFile {
  readonly bytes: number;
  readonly sha256: string;
  /** Data rows, the header not counted. */
  readonly rows: number;
}

/** A file of lines, hashed while it is written. */
export interface LineFile {
  /** Writes a line; the line end is added. Returns its bytes, the line end included. */
  line(text: string): number;
  /** Writes a line that was written before, as bytes with its line end. */
  bytes(buffer: Buffer, from: number, to: number): void;
  /** Lines written so far. */
  readonly lines: number;
  close(): WrittenFile;
}

/** How a value becomes a cell. */
export type CellWriter = (value: string) => string;

/** The cell writer of a run. */
export function cellWriter(excelSafe: boolean): CellWriter {
  return excelSafe ? excelSafeCell : tsvCell;
}

/** The cells of a row as one line of TSV, without its line end. */
export function tsvLine(cells: readonly string[], cell: CellWriter): string {
  let line = "";
  for (let at = 0; at < cells.length; at++) {
    const text = cell(cells[at] as string);
    line = at === 0 ? text : `${line}\t${text}`;
  }
  return line;
}

function writeWhole(file: number, buffer: Buffer, length: number): void {
  for (let at = 0; at < length;) at += writeSync(file, buffer, at, length - at);
}

export interface LineFileOptions {
  /** Whether the first line is no data row; default false. */
  readonly header?: boolean;
  /** Bytes that wait for a write; a longer line makes it grow. Default 256 KiB. */
  readonly bufferSize?: number;
  /** Whether to hash what is written; default true. A file that is only passing through needs none. */
  readonly hashed?: boolean;
}

/**
 * Creates a file of UTF-8 lines.
 *
 * @param path must not exist yet.
 * @throws the system's error where the file cannot be created or the disk is full.
 */
export function createLineFile(path: string, options: LineFileOptions = {}): LineFile {
  const { header = false, bufferSize = BUFFER, hashed = true } = options;
  const file = openSync(path, "wx");
  const hash = createHash("sha256");
  let buffer = allocate(bufferSize);
  let filled = 0;
  let bytes = 0;
  let lines = 0;
  const flush = () => {
    writeWhole(file, buffer, filled);
    if (hashed) hash.update(buffer.subarray(0, filled));
    bytes += filled;
    filled = 0;
  };
  const makeRoom = (size: number) => {
    if (filled + size <= buffer.length) return;
    flush();
    if (size > buffer.length) buffer = allocate(size);
  };
  return {
    line(text) {
      const most = text.length * 3;
      makeRoom(most + 1);
      const size = buffer.utf8Write(text, filled, most) + 1;
      filled += size;
      buffer[filled - 1] = 10;
      lines++;
      return size;
    },
    bytes(source, from, to) {
      makeRoom(to - from);
      filled += source.copy(buffer, filled, from, to);
      lines++;
    },
    get lines() {
      return lines;
    },
    close() {
      try {
        flush();
      } finally {
        closeSync(file);
      }
      return { bytes, sha256: hash.digest("hex"), rows: lines - (header ? 1 : 0) };
    },
  };
}
