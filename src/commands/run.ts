import { InputError } from "../ingest/evidence/input-error.ts";
import { BundleError, systemReason } from "../render/bundle-folder.ts";
import { InterruptedError } from "./interrupt.ts";
import { say } from "./say.ts";
import { UsageError } from "./usage-error.ts";

/** A failed system call: the disk is full, a file cannot be written. */
function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && "code" in error && "syscall" in error;
}

/**
 * Runs a command and sets the exit code: what it returns; 1 with one sentence for an input, folder or disk that cannot
 * be used and for an interrupted run; 2 for a command line that makes no sense. Any other error is a defect and is
 * thrown on.
 */
export async function runCommand(command: () => Promise<number>): Promise<void> {
  try {
    process.exitCode = await command();
  } catch (error) {
    if (error instanceof UsageError) {
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
