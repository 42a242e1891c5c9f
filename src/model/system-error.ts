/** Words for what the system says of a file, a folder or a disk. */
const ERRNO_WORDS: Readonly<Record<string, string>> = {
  ENOENT: "it does not exist",
  ENOTDIR: "a part of its path is not a folder",
  EISDIR: "it is a folder",
  EEXIST: "something of that name exists already",
  ENOTEMPTY: "it is not empty",
  EACCES: "permission denied",
  EPERM: "permission denied",
  EBUSY: "another program has it locked",
  EIO: "the disk reported a read or write error",
  ENOSPC: "the disk is full",
  EDQUOT: "the disk quota is used up",
  EFBIG: "the file system does not take a file that large",
  EROFS: "the disk is read-only",
  EMFILE: "too many files are open",
  ENFILE: "too many files are open",
  ELOOP: "its symbolic links lead in a circle",
  ENAMETOOLONG: "its name is too long",
  EPIPE: "the reader of the output has gone",
};

/** A failed system call, as node:fs throws it. */
export interface SystemError extends Error {
  readonly code: string;
  readonly syscall: string;
  readonly path?: string;
}

/** Whether an error is a failed system call: the disk is full, a file cannot be read. */
export function isSystemError(error: unknown): error is SystemError {
  return error instanceof Error && "code" in error && typeof error.code === "string" && "syscall" in error;
}

/** The reader of our output, such as `head`, has had enough: nobody is left to write to, and nothing is wrong. */
export function isReaderGone(error: unknown): boolean {
  return isSystemError(error) && error.code === "EPIPE";
}

/** Why a system call failed, in words and with the system's code; of any other error its message. */
export function systemReason(error: unknown): string {
  if (!isSystemError(error)) return error instanceof Error ? error.message : String(error);
  const words = ERRNO_WORDS[error.code];
  return words === undefined ? error.message : `${words} (${error.code})`;
}
