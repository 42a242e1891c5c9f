/** What was asked for makes no sense; the message, one sentence, says what does. The command line ends with 2 then. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** What is wrong with figures that a run is given, in a sentence; undefined where nothing is. */
export function wrongFigure({
  maxExpansion,
  jobs,
}: {
  readonly maxExpansion?: number | undefined;
  readonly jobs?: number | undefined;
}): string | undefined {
  if (jobs !== undefined && !(Number.isInteger(jobs) && jobs > 0)) {
    return "--jobs takes a whole number greater than 0.";
  }
  if (maxExpansion !== undefined && !(maxExpansion > 0)) return "--max-expansion takes a number greater than 0.";
  return undefined;
}
