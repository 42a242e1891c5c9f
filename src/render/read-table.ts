import { readLines } from "./merge-lines.ts";

/** The cells of a line. A cell that holds a double quote is CSV-quoted, so one that begins with it always is. */
export function cellsOf(line: string): readonly string[] {
  const cells = line.split("\t");
  if (!line.includes('"')) return cells;
  return cells.map((cell) => (cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell));
}

/**
 * The lines of a finished table as cells, the header line first, one line in memory at a time. Quoting is undone;
 * `\t`, `\xHH` and the like stay as they are written, because a value may really hold them.
 *
 * @param path a TSV that `tsvCell` wrote.
 */
export function* readTable(path: string): Generator<readonly string[], void, void> {
  for (const line of readLines(path)) yield cellsOf(line);
}
