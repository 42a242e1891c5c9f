import { parentPort, workerData } from "node:worker_threads";
import { openFile } from "./byte-source.ts";
import { type CheckAnswer, type CheckOrder, checkNow } from "./check-input.ts";
import { InputError } from "./input-error.ts";

/** Runs as a worker thread: checks the file of its order and answers once. */
function answer({ path, name, size }: CheckOrder): CheckAnswer {
  try {
    const source = openFile(path, name);
    try {
      return { check: checkNow({ size, read: source.read }) };
    } finally {
      source.close();
    }
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return { failure: error.message };
  }
}

parentPort?.postMessage(answer(workerData as CheckOrder));
