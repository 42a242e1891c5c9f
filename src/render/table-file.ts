import { createHash } from "node:crypto";
import { closeSync, openSync, readSync, writeSync } from "node:fs";
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
  /** Writes a line; the line end is added. */
  line(text: string): void;
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
  for (let at = 0; at < length; ) at += writeSync(file, buffer, at, length - at);
}

/**
 * Creates a file of UTF-8 lines.
 *
 * @param path must not exist yet.
 * @param header whether the first line is no data row.
 * @throws the system's error where the file cannot be created or the disk is full.
 */
export function createLineFile(path: string, header: boolean): LineFile {
  const file = openSync(path, "wx");
  const hash = createHash("sha256");
  let buffer = Buffer.allocUnsafeSlow(BUFFER);
  let filled = 0;
  let bytes = 0;
  let lines = 0;
  const flush = () => {
    writeWhole(file, buffer, filled);
    hash.update(filled === buffer.length ? buffer : buffer.subarray(0, filled));
    bytes += filled;
    filled = 0;
  };
  return {
    line(text) {
      const most = text.length * 3 + 1;
      if (filled + most > buffer.length) {
        flush();
        if (most > buffer.length) buffer = Buffer.allocUnsafeSlow(most);
      }
      filled += buffer.write(text, filled, "utf8");
      buffer[filled++] = 10;
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

/** Reads the lines of a file that `createLineFile` wrote, at known positions or one after the other. */
export interface LineReader {
  /** The line of `length` bytes at a position. */
  at(position: number, length: number): string;
  close(): void;
}

/** Opens a spooled file for reading lines back; neighbouring lines come out of one block. */
export function openLineReader(path: string): LineReader {
  const file = openSync(path, "r");
  let block = Buffer.allocUnsafeSlow(BUFFER);
  let base = 0;
  let filled = 0;
  return {
    at(position, length) {
      if (position < base || position + length > base + filled) {
        if (length > block.length) block = Buffer.allocUnsafeSlow(length);
        base = position;
        filled = readSync(file, block, 0, block.length, position);
      }
      return block.toString("utf8", position - base, position - base + length);
    },
    close: () => closeSync(file),
  };
}
