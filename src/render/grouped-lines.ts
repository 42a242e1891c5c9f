import { rmSync } from "node:fs";
import type { LineFile } from "./table-file.ts";
import { createLineFile, openLineReader } from "./table-file.ts";

/** Collects lines by group and hands them out group by group, in the order in which the groups were first met. */
export interface GroupedLines {
  add(group: number, line: string): void;
  /** Writes everything collected and removes the spool. */
  finish(target: LineFile): void;
}

/**
 * Lines wait in a spool file, so that memory holds a few numbers a line and not the lines.
 *
 * @param spoolPath a path in the work folder that does not exist yet.
 */
export function newGroupedLines(spoolPath: string): GroupedLines {
  const spool = createLineFile(spoolPath, false);
  const positions: number[] = [];
  const lengths: number[] = [];
  /** The next line of the same group; -1 at its end. */
  const next: number[] = [];
  const heads = new Map<number, { first: number; last: number }>();
  let position = 0;
  return {
    add(group, line) {
      const number = positions.length;
      const length = Buffer.byteLength(line, "utf8");
      spool.line(line);
      positions.push(position);
      lengths.push(length);
      next.push(-1);
      position += length + 1;
      const known = heads.get(group);
      if (known === undefined) heads.set(group, { first: number, last: number });
      else {
        next[known.last] = number;
        known.last = number;
      }
    },
    finish(target) {
      spool.close();
      const reader = openLineReader(spoolPath);
      try {
        for (const { first } of heads.values()) {
          for (let at = first; at >= 0; at = next[at] as number) {
            target.line(reader.at(positions[at] as number, lengths[at] as number));
          }
        }
      } finally {
        reader.close();
        rmSync(spoolPath);
      }
    },
  };
}
