import { parentPort, workerData } from "node:worker_threads";
import { openShared } from "../ingest/evidence/shared-evidence.ts";
import { openSharedInput } from "./inputs.ts";
import { buffersOf, readPart } from "./log-parts.ts";
import { expectedRecords } from "./routes.ts";
import type { PartAnswer, PartStart } from "./routing-orders.ts";
import { newSteps } from "./steps.ts";
import { failureOf } from "./thread-failure.ts";

/** A thread that reads the later part of an audit log while another one reads the earlier. */

const { evidence: shared, from, keepDuplicates } = workerData as PartStart;

function answer(words: PartAnswer, transfer: readonly ArrayBuffer[] = []): void {
  parentPort?.postMessage(words, [...transfer]);
}

try {
  const { reader, evidence } = openSharedInput(openShared(shared));
  const { label, size } = evidence;
  if (reader.parts === undefined) throw new Error(`${label} cannot be read in parts.`);
  const steps = newSteps(undefined, ({ position }) => answer({ kind: "reading", position }));
  const reading = readPart(reader.parts, from, keepDuplicates, expectedRecords(size - from));
  const part = await steps.run(reading, { what: label, size });
  evidence.close();
  answer({ kind: "read", part }, buffersOf(part));
} catch (error) {
  answer({ kind: "failed", failure: failureOf(error) });
}
