import { closeSync, openSync, readSync } from "node:fs";

/** Bytes that are read at once. */
const BLOCK = 1 << 20;

const LINE_END = 10;

/** The cells of a line of a table: undoes the CSV quoting and nothing else. */
export function cellsOf(line: string): string[] {
  const cells = line.split("\t");
  if (!line.includes('"')) return cells;
  return cells.map((cell) =>
    cell.length >= 2 && cell.startsWith('"') && cell.endsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell,
  );
}

/**
 * Reads a finished table line by line, a block of bytes at a time.
 *
 * @param path a TSV file as the bundle has it: UTF-8, LF, a header.
 * @param open is given the header and returns what takes the rows.
 * @throws the system's error where the file cannot be read.
 */
export function readRows(
  path: string,
  open: (header: readonly string[]) => (cells: string[], line: string) => void,
): void {
  const file = openSync(path, "r");
  try {
    let take: ((cells: string[], line: string) => void) | undefined;
    let rest = Buffer.alloc(0);
    const block = Buffer.allocUnsafe(BLOCK);
    const lines = (text: string) => {
      for (const line of text.split("\n")) {
        if (take === undefined) take = open(cellsOf(line));
        else take(cellsOf(line), line);
      }
    };
    for (let read = readSync(file, block); read > 0; read = readSync(file, block)) {
      const bytes = Buffer.concat([rest, block.subarray(0, read)]);
      const end = bytes.lastIndexOf(LINE_END);
      // A line ends where its bytes do, so no character is ever cut in two.
      if (end >= 0) lines(bytes.toString("utf8", 0, end));
      rest = bytes.subarray(end + 1);
    }
    if (rest.length > 0) lines(rest.toString("utf8"));
  } finally {
    closeSync(file);
  }
}
