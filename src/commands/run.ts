import { InputError } from "../ingest/evidence/input-error.ts";
import { isReaderGone, isSystemError, systemReason } from "../model/system-error.ts";
import { BundleError } from "../render/bundle-folder.ts";
import { InterruptedError } from "./interrupt.ts";
import { say } from "./say.ts";
import { UsageError } from "../pipeline/usage-error.ts";

/** What a stream could not write comes as an event, later than the write. */
function onStreamError(error: Error): void {
  if (isReaderGone(error)) return;
  if (!isSystemError(error)) throw error;
  process.exitCode = 1;
  say(`The output is incomplete: ${systemReason(error)}.`);
}

/**
 * Runs a command and sets the exit code: what it returns; 1 with one sentence for an input, folder or disk that cannot
 * be used and for an interrupted run; 0 where the reader of the output went away first; 2 for a command line that makes no sense. Any other error is a defect and is
 * thrown on.
 */
export async function runCommand(command: () => Promise<number>): Promise<void> {
  process.stdout.on("error", onStreamError);
  // A terminal that has gone takes no message about it.
  process.stderr.on("error", () => {});
  try {
    const code = await command();
    process.exitCode ??= code;
  } catch (error) {
    if (isReaderGone(error)) {
      process.exitCode = 0;
    } else if (error instanceof UsageError) {
      say(error.message);
      process.exitCode = 2;
    } else if (error instanceof InputError || error instanceof BundleError || error instanceof InterruptedError) {
      say(error.message);
      process.exitCode = 1;
    } else if (isSystemError(error)) {
      say(`Stopped: ${systemReason(error)}${error.path === undefined ? "" : ` (${error.path})`}; nothing was written.`);
      process.exitCode = 1;
    } else throw error;
  }
}
