import { isSystemError, systemReason } from "../../model/system-error.ts";

/** An input cannot be used. The message is one sentence for the examiner: what was expected and what was found. */
export class InputError extends Error {
  override name = "InputError";
}

/**
 * What is wrong is wrong with one file alone, such as an encrypted entry of an archive: others beside it can still be
 * read. The message says it as for an input that the user named.
 */
export class UnreadableError extends InputError {
  /** What the file is, to go behind "found": `an encrypted zip entry`. */
  readonly found: string;

  constructor(message: string, found: string, options?: ErrorOptions) {
    super(message, options);
    this.found = found;
  }
}

/**
 * Turns a failed system call into an `InputError`.
 *
 * @param what the beginning of the sentence, such as `cannot read export.csv`.
 * @returns the error to throw; anything that is not a failed system call comes back as it is.
 */
export function systemError(what: string, error: unknown): unknown {
  return isSystemError(error) ? new InputError(`${what}: ${systemReason(error)}.`, { cause: error }) : error;
}
