import { parentPort, Worker, workerData } from "node:worker_threads";
import type { SharedEvidence } from "../ingest/evidence/shared-evidence.ts";
import { openShared } from "../ingest/evidence/shared-evidence.ts";
import type { TenantLog } from "../joins/tenant-log.ts";
import { newTenantLog } from "../joins/tenant-log.ts";
import { openSharedInput } from "./inputs.ts";
import type { LogPart } from "./log-parts.ts";
import { joinPart } from "./log-parts.ts";
import type { RecordIds } from "./record-ids.ts";
import { isRepeated, newRecordIds } from "./record-ids.ts";
import type { AskRepeated, RoutedLog } from "./routes.ts";
import { expectedRecords, mailboxNumbers, newGrowingLog, routedLog, routeInto } from "./routes.ts";
import type { PartAnswer, PartStart, RoutingAnswer, RoutingStart } from "./routing-orders.ts";
import { newSteps } from "./steps.ts";
import { deathOf, failureOf, revived } from "./thread-failure.ts";

/**
 * A thread that reads audit logs through. What it remembers of every record, to know repeated ones, is gone with it: that
 * is why it is one. Of a large log a second thread reads the later half meanwhile.
 */

const { labels, logs, keepDuplicates, halves } = workerData as RoutingStart;

/** A smaller log has been read before another thread has started. */
const WORTH_HALVES = 32 << 20;

function answer(words: RoutingAnswer, transfer: readonly ArrayBuffer[] = []): void {
  parentPort?.postMessage(words, [...transfer]);
}

/** The later part of a log while another thread reads it. */
interface PartAhead {
  readonly part: Promise<LogPart>;
  /** How many bytes of it have been read. */
  done(): number;
  end(): Promise<unknown>;
}

function readAhead(evidence: SharedEvidence, from: number): PartAhead {
  const start: PartStart = { evidence, from, keepDuplicates };
  const worker = new Worker(new URL("./log-part-thread.js", import.meta.url), { workerData: start });
  let reached = from;
  const part = new Promise<LogPart>((resolve, reject) => {
    worker.on("error", (error) => reject(deathOf(error)));
    // What ends the thread without an error must not be waited for.
    worker.on("exit", () => reject(new Error("A thread ended before its work was done.")));
    worker.on("message", (words: PartAnswer) => {
      if (words.kind === "reading") reached = words.position;
      else if (words.kind === "read") resolve(words.part);
      else reject(revived(words.failure));
    });
  });
  // Nobody asks for it where the first part does not end as expected; whoever does is told what went wrong.
  part.catch(() => undefined);
  return { part, done: () => reached - from, end: () => worker.terminate() };
}

async function route(
  shared: SharedEvidence,
  ids: RecordIds | undefined,
  tenant: TenantLog,
  input: number,
  expected: number,
): Promise<RoutedLog> {
  const { reader, evidence } = openSharedInput(openShared(shared));
  const { label, size } = evidence;
  const log = newGrowingLog(expected);
  const mailboxNumber = mailboxNumbers(log);
  const ask: AskRepeated | undefined = ids && ((id, said) => isRepeated(ids, id, said));
  const sink = routeInto(log, mailboxNumber, ask, tenant, input);
  const { parts } = reader;
  const until = halves && size >= WORTH_HALVES ? parts?.near(Math.floor(size / 2)) : undefined;
  const ahead = until === undefined ? undefined : readAhead(shared, until);
  const steps = newSteps(undefined, ({ what, position }) =>
    answer({ kind: "reading", label: what, position: Math.min(size, position + (ahead?.done() ?? 0)), size }),
  );
  try {
    if (parts === undefined || ahead === undefined) await steps.run(reader.scan(sink), { what: label, size });
    else {
      const isParted = await steps.run(parts.scan(sink, undefined, until), { what: label, size });
      if (isParted) joinPart(log, mailboxNumber, ids, tenant, input, await ahead.part);
    }
  } finally {
    await ahead?.end();
    evidence.close();
  }
  return routedLog(log);
}

try {
  const expected = logs.map(([, { file }]) => expectedRecords(file.size));
  const all = expected.reduce((total, count) => total + count, 0);
  const tenant = newTenantLog(all);
  tenant.inputs.push(...labels);
  const ids = keepDuplicates ? undefined : newRecordIds(all);
  const routed: RoutedLog[] = [];
  for (const [at, [number, shared]] of logs.entries()) {
    routed.push(await route(shared, ids, tenant, number, expected[at] as number));
  }
  const { ticks, context, address, input, row, sync } = tenant;
  const columns = [ticks, context, address, input, row, sync].map(({ buffer }) => buffer as ArrayBuffer);
  answer({ kind: "routed", logs: routed, tenant }, columns);
} catch (error) {
  answer({ kind: "failed", failure: failureOf(error) });
}
