/** Something that happens over time: it yields the moment (ms) at which it wants to go on. */
export type Process = Generator<number, void, void>;

interface Waiting {
  readonly at: number;
  readonly order: number;
  readonly process: Process;
}

const before = (a: Waiting, b: Waiting): boolean => a.at < b.at || (a.at === b.at && a.order < b.order);

/**
 * Runs all processes in the order of time, so that each sees the mailbox as the others left it: an item that one
 * of them moved has its new id for the others from then on. At one moment the earlier of the list goes first.
 */
export function runInTimeOrder(processes: readonly Process[]): void {
  // Latest first, so that taking the next one is a pop.
  const waiting: Waiting[] = [];
  const wait = (process: Process, order: number): void => {
    const step = process.next();
    if (step.done === true) return;
    const entry = { at: step.value, order, process };
    let [low, high] = [0, waiting.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (before(entry, waiting[middle] as Waiting)) low = middle + 1;
      else high = middle;
    }
    waiting.splice(low, 0, entry);
  };
  processes.forEach(wait);
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) wait(next.process, next.order);
}
