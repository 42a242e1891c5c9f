import type { ShapeName } from "../pipeline/convert.ts";
import { convert } from "../pipeline/convert.ts";
import { interruptible } from "./interrupt.ts";
import { terminalProgress } from "./progress.ts";
import { counted, say } from "./say.ts";

/** More rejected rows than these are counted and not listed. */
const LISTED = 20;

/** `alicorn convert`: evidence to another shape. Returns the exit code. */
export async function convertCommand(given: {
  readonly inputs: readonly string[];
  readonly to: ShapeName;
  readonly out: string | undefined;
  readonly force: boolean;
  readonly maxExpansion: number | undefined;
}): Promise<number> {
  const { signal, release } = interruptible(
    given.out === undefined ? "what went to standard output is not whole" : undefined,
  );
  const progress = terminalProgress(process.stderr);
  try {
    const { records, rejected, warnings } = await convert({ ...given, signal, report: progress.report });
    progress.clear();
    for (const { file, row, reason } of rejected.slice(0, LISTED)) say(`Not written: ${file}, row ${row}: ${reason}`);
    for (const warning of warnings) say(`Warning: ${warning}`);
    const more = rejected.length > LISTED ? ` (${rejected.length - LISTED} more are not listed)` : "";
    say(`${counted(records, "record")} written, ${counted(rejected.length, "row")} rejected${more}.`);
    return 0;
  } finally {
    progress.clear();
    release();
  }
}
