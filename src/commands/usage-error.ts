/** The command line cannot be understood; the message says how it can. Exit code 2. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}
