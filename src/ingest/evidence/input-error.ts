/** An input cannot be used. The message is one sentence for the examiner: what was expected and what was found. */
export class InputError extends Error {
  override name = "InputError";
}

const ERRNO_WORDS: Record<string, string> = {
  ENOENT: "it does not exist",
  ENOTDIR: "a part of its path is not a folder",
  EACCES: "permission denied",
  EPERM: "permission denied",
  EBUSY: "another program has it locked",
  EIO: "the disk reported a read or write error",
  ENOSPC: "no space is left on the disk",
  EDQUOT: "the disk quota is used up",
  EFBIG: "the file system does not take a file that large",
  EROFS: "the disk is read-only",
  EMFILE: "too many files are open",
  ENFILE: "too many files are open",
  ELOOP: "its symbolic links lead in a circle",
  ENAMETOOLONG: "its name is too long",
};

/**
 * Turns a failed system call into an `InputError`.
 *
 * @param what the beginning of the sentence, such as `cannot read export.csv`.
 * @returns the error to throw; anything that is not a failed system call comes back as it is.
 */
export function systemError(what: string, error: unknown): unknown {
  if (!(error instanceof Error) || !("code" in error) || typeof error.code !== "string" || !("syscall" in error)) {
    return error;
  }
  const words = ERRNO_WORDS[error.code];
  return new InputError(`${what}: ${words === undefined ? error.message : `${words} (${error.code})`}.`, {
    cause: error,
  });
}
