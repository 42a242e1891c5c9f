import type { FastBuffer } from "../model/fast-buffer.ts";
import type { FileDigest, FileWriter } from "./file-writer.ts";
import { excelSafeCell, tsvCell } from "./tsv.ts";

/** What a finished file says of itself in the manifest. */
export interface WrittenFile extends FileDigest {
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
  /** Bytes written so far. */
  readonly size: number;
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

/**
 * Creates a file of UTF-8 lines.
 *
 * @param writer writes the file's buffers.
 * @param path must not exist yet.
 * @param header whether the first line is no data row.
 * @throws the system's error where the file cannot be created or the disk is full.
 */
export function createLineFile(writer: FileWriter, path: string, header = false): LineFile {
  const file = writer.open(path);
  let buffer: FastBuffer | undefined;
  let filled = 0;
  let lines = 0;
  let size = 0;
  const flush = () => {
    if (buffer !== undefined && filled > 0) {
      file.write(buffer, filled);
      buffer = undefined;
    }
    filled = 0;
  };
  /** The buffer to write to, with room for `size` bytes more. */
  const roomFor = (room: number): FastBuffer => {
    if (buffer !== undefined && filled + room > buffer.length) flush();
    buffer ??= file.take(room);
    return buffer;
  };
  return {
    line(text) {
      const most = text.length * 3;
      const target = roomFor(most + 1);
      const bytes = target.utf8Write(text, filled, most) + 1;
      filled += bytes;
      size += bytes;
      target[filled - 1] = 10;
      lines++;
      return bytes;
    },
    bytes(source, from, to) {
      const target = roomFor(to - from);
      size += to - from;
      filled += source.copy(target, filled, from, to);
      lines++;
    },
    get lines() {
      return lines;
    },
    get size() {
      return size;
    },
    close() {
      flush();
      return { ...file.close(), rows: lines - (header ? 1 : 0) };
    },
  };
}
