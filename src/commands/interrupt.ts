/** The run was stopped from outside. */
export class InterruptedError extends Error {
  override readonly name = "InterruptedError";
}

const SIGNALS: readonly NodeJS.Signals[] = ["SIGINT", "SIGTERM", "SIGHUP"];

/**
 * A signal that aborts when the process is asked to stop, and a function that stops listening.
 *
 * @param left what an interrupted run leaves, in words.
 */
export function interruptible(left = "nothing was written"): { signal: AbortSignal; release: () => void } {
  const controller = new AbortController();
  const stop = (name: NodeJS.Signals) => {
    controller.abort(new InterruptedError(`Interrupted (${name}); ${left}.`));
  };
  for (const name of SIGNALS) process.on(name, stop);
  return {
    signal: controller.signal,
    release() {
      for (const name of SIGNALS) process.off(name, stop);
    },
  };
}
