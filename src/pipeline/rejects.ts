import { join } from "node:path";
import { openTextWindow } from "../ingest/evidence/text-window.ts";
import { directWriter } from "../render/file-writer.ts";
import type { CellWriter, WrittenFile } from "../render/table-file.ts";
import { createLineFile, tsvLine } from "../render/table-file.ts";
import type { OpenInput } from "./inputs.ts";
import type { Reject } from "./row-counts.ts";

/** The table of what could not be read; named like a report's. */
export const REJECTS = "rejects";
const COLUMNS = ["Source File", "Source Row", "Byte Offset", "Reason", "Raw"];
/** A longer stretch is cut; its offset leads to the whole. */
const LONGEST_RAW = 1 << 20;

function raw(input: OpenInput, textAt: (start: number, length: number) => string, reject: Reject): string {
  if (reject.length <= LONGEST_RAW) return textAt(reject.start, reject.length);
  // Cut by bytes: half a character at the end becomes U+FFFD, which the note behind it explains.
  const bytes = Buffer.alloc(LONGEST_RAW);
  input.evidence.read(bytes, 0, LONGEST_RAW, reject.start);
  return `${bytes.toString("utf8")} [cut: ${reject.length - LONGEST_RAW} bytes more]`;
}

/** Writes every rejected stretch with its place in the evidence, its reason and its text. */
export function writeRejects(
  folder: string,
  fileName: string,
  cell: CellWriter,
  rejected: readonly { readonly input: OpenInput; readonly rejects: readonly Reject[] }[],
): WrittenFile {
  const file = createLineFile(directWriter(), join(folder, fileName), true);
  file.line(tsvLine(COLUMNS, cell));
  for (const { input, rejects } of rejected) {
    const { evidence } = input;
    const window = openTextWindow(evidence);
    for (const reject of rejects) {
      const cells = [
        evidence.label,
        String(reject.number),
        String(evidence.originalOffset(reject.start)),
        reject.reason,
        raw(input, window.text, reject),
      ];
      file.line(tsvLine(cells, cell));
    }
  }
  return file.close();
}
