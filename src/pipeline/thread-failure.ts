import { InputError } from "../ingest/evidence/input-error.ts";

/** An error on its way between threads. */
export interface Failure {
  readonly name: string;
  readonly message: string;
  readonly stack: string | undefined;
  readonly details: Readonly<Record<string, unknown>>;
}

/** An error as another thread can be told it: a system's error keeps its code, path and call. */
export function failureOf(error: unknown): Failure {
  const { name, message, stack, ...details } = error as Error & Record<string, unknown>;
  const plain = Object.entries(details).filter(([, value]) => typeof value === "string" || typeof value === "number");
  return { name, message, stack, details: Object.fromEntries(plain) };
}

/** The error that another thread told of. */
export function revived({ name, message, stack, details }: Failure): Error {
  const error = name === "InputError" ? new InputError(message) : Object.assign(new Error(message), details);
  if (stack !== undefined) error.stack = stack;
  return error;
}

/** Why a thread died that could not tell it itself: where it was memory, in a sentence for the examiner. */
export function deathOf(error: Error): Error {
  if (!("code" in error) || error.code !== "ERR_WORKER_OUT_OF_MEMORY") return error;
  const words =
    "The evidence needs more memory than a thread may have: NODE_OPTIONS=--max-old-space-size=8192 allows 8 GiB; nothing was written.";
  return new InputError(words, { cause: error });
}
