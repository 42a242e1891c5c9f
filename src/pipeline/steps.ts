/** Where a run stands, for somebody who waits. */
export interface Progress {
  /** What is being done, in a few words. */
  readonly what: string;
  /** How much of it is done, in `unit`s; `size` is the whole. */
  readonly position: number;
  readonly size: number;
  readonly unit: "bytes" | "rows" | "mailboxes";
}

/** Runs long work in steps: between two of them the run can be stopped and somebody can be told. */
export interface Steps {
  /** Drives a generator that yields the position it has reached; returns what it returns. */
  run<T>(work: Generator<number, T, void>, of: { what: string; size: number; unit?: Progress["unit"] }): Promise<T>;
  /** Tells somebody who waits how far work of another thread is. */
  tell(progress: Progress): void;
  /** Waits for work that takes no signal, unless the run is stopped; closing the inputs then ends the work. */
  wait<T>(work: Promise<T>): Promise<T>;
  /** Lets signals in that came while nothing else had a turn. @throws the signal's reason where the run is stopped. */
  heed(): Promise<void>;
}

/** The event loop gets a turn this often, so that signals arrive and background work goes on. */
const TURN_MILLISECONDS = 40;

/**
 * @param signal stops the work between two steps, with its own reason as the error.
 * @param report told after each turn; may be undefined.
 */
export function newSteps(signal: AbortSignal | undefined, report: ((progress: Progress) => void) | undefined): Steps {
  return {
    async run(work, { what, size, unit = "bytes" }) {
      let turn = performance.now();
      for (;;) {
        signal?.throwIfAborted();
        const step = work.next();
        if (step.done === true) return step.value;
        const now = performance.now();
        if (now - turn < TURN_MILLISECONDS) continue;
        report?.({ what, position: step.value, size, unit });
        await new Promise((resolve) => setImmediate(resolve));
        turn = now;
      }
    },
    tell(progress) {
      report?.(progress);
    },
    wait(work) {
      return new Promise((resolve, reject) => {
        const stop = () => reject(signal?.reason as Error);
        if (signal?.aborted === true) stop();
        signal?.addEventListener("abort", stop, { once: true });
        // Of hundreds of inputs each is waited for.
        void work.then(resolve, reject).finally(() => signal?.removeEventListener("abort", stop));
      });
    },
    async heed() {
      // A signal arrives between two turns of the event loop, wherever in its turn the loop is now.
      for (let turn = 0; turn < 2; turn++) await new Promise((resolve) => setImmediate(resolve));
      signal?.throwIfAborted();
    },
  };
}
