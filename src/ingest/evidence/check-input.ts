import { isUtf8 } from "node:buffer";
import { createHash } from "node:crypto";
import { setImmediate as nextTurn } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import { openFile } from "./byte-source.ts";
import type { InputCheck, SeekableBytes } from "./evidence.ts";
import { InputError } from "./input-error.ts";
import { cutTail } from "./utf8.ts";

/** Below this size a worker thread costs more than the pass itself. */
export const CHECKED_AT_ONCE = 4 << 20;
const BLOCK = 1 << 20;

/** What the check worker is given, and what it answers with. */
export interface CheckOrder {
  readonly path: string;
  readonly name: string;
  /** Bytes to check; what was appended since the input was opened is left alone. */
  readonly size: number;
}
export type CheckAnswer = { readonly check: InputCheck } | { readonly failure: string };

/**
 * Hashes an input and tells whether all of it is UTF-8, in one sequential pass.
 *
 * @param block bytes a read; tests use small ones.
 * @returns a generator that yields between blocks, so that a thread can do other things in between.
 */
function* checkSteps(source: SeekableBytes, block = BLOCK): Generator<void, InputCheck, void> {
  const hash = createHash("sha256");
  const buffer = Buffer.allocUnsafe(Math.min(block, source.size) + 4);
  let utf8 = true;
  let kept = 0;
  let position = 0;
  while (position < source.size) {
    const count = source.read(buffer, kept, Math.min(block, source.size - position), position);
    position += count;
    hash.update(buffer.subarray(kept, kept + count));
    if (utf8) {
      // A sequence that the block's end cuts off is judged together with the next block.
      const end = kept + count;
      const cut = position < source.size ? cutTail(buffer, end) : 0;
      utf8 = isUtf8(buffer.subarray(0, end - cut));
      buffer.copy(buffer, 0, end - cut, end);
      kept = cut;
    }
    yield;
  }
  return { bytes: source.size, sha256: hash.digest("hex"), utf8 };
}

/** The check of a small input, done now. */
export function checkNow(source: SeekableBytes, block?: number): InputCheck {
  const steps = checkSteps(source, block);
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

async function checkBetweenTurns({ path, name, size }: CheckOrder, stop: AbortSignal): Promise<InputCheck> {
  // A file handle of its own: the evidence may be closed before the check ends.
  const source = openFile(path, name);
  try {
    const steps = checkSteps({ size, read: source.read });
    for (;;) {
      const step = steps.next();
      if (step.done === true) return step.value;
      await nextTurn();
      stop.throwIfAborted();
    }
  } finally {
    source.close();
  }
}

function checkInWorker(order: CheckOrder, stop: AbortSignal): Promise<InputCheck> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL("./check-worker.js", import.meta.url), { workerData: order });
    worker.once("message", (answer: CheckAnswer) => {
      if ("check" in answer) resolve(answer.check);
      else reject(new InputError(answer.failure));
    });
    worker.once("error", reject);
    worker.once("exit", () => reject(new Error(`The check of ${order.name} ended without a result.`)));
    stop.addEventListener("abort", () => {
      reject(stop.reason as Error);
      void worker.terminate();
    });
  });
}

/** A check that may still run. */
export interface RunningCheck {
  /** Rejects with InputError where the input cannot be read, or where the check was stopped. */
  readonly result: Promise<InputCheck>;
  /** Ends it where it is, so that nothing waits for gigabytes that nobody asks about any more. */
  stop(): void;
}

/** One large input is checked at a time: two passes over one disk are slower than one after the other. */
let queue: Promise<unknown> = Promise.resolve();

/**
 * The check of an input, beside the work of this thread: in a worker thread in the built program, and in between turns
 * of the event loop where alicorn runs from its TypeScript sources, which a worker cannot load. Small inputs are
 * checked at once.
 *
 * @param name how messages call the input.
 */
export function checkInput(source: SeekableBytes & { readonly path: string }, name: string): RunningCheck {
  if (source.size < CHECKED_AT_ONCE) return { result: Promise.resolve(checkNow(source)), stop: () => {} };
  const inWorker = import.meta.url.endsWith(".js");
  const order: CheckOrder = { path: source.path, name, size: source.size };
  const stopping = new AbortController();
  const check = queue.then(() => {
    stopping.signal.throwIfAborted();
    return inWorker ? checkInWorker(order, stopping.signal) : checkBetweenTurns(order, stopping.signal);
  });
  // Whoever asks for the result gets the failure; until then it must not end the process.
  queue = check.catch(() => {});
  return {
    result: check,
    stop: () => stopping.abort(new InputError(`The check of ${name} was stopped before it had read all of it.`)),
  };
}
