import { parentPort, workerData } from "node:worker_threads";
import { openShared } from "../ingest/evidence/shared-evidence.ts";
import { newTenantLog } from "../joins/tenant-log.ts";
import { newSteps } from "./steps.ts";
import { openSharedInput } from "./inputs.ts";
import { newRecordIds } from "./record-ids.ts";
import type { RoutedLog } from "./routes.ts";
import { expectedRecords, routeLog } from "./routes.ts";
import type { RoutingAnswer, RoutingStart } from "./routing-orders.ts";
import { failureOf } from "./thread-failure.ts";

/**
 * A thread that reads audit logs through. What it remembers of every record, to know repeated ones, is gone with it: that
 * is why it is one.
 */

const { labels, logs, keepDuplicates } = workerData as RoutingStart;

function answer(words: RoutingAnswer, transfer: readonly ArrayBuffer[] = []): void {
  parentPort?.postMessage(words, [...transfer]);
}

try {
  const steps = newSteps(undefined, ({ what, position, size }) =>
    answer({ kind: "reading", label: what, position, size }),
  );
  const expected = logs.map(([, { file }]) => expectedRecords(file.size));
  const all = expected.reduce((total, count) => total + count, 0);
  const tenant = newTenantLog(all);
  tenant.inputs.push(...labels);
  const ids = keepDuplicates ? undefined : newRecordIds(all);
  const routed: RoutedLog[] = [];
  for (const [at, [number, shared]] of logs.entries()) {
    const { reader, evidence } = openSharedInput(openShared(shared));
    const routing = routeLog(reader, ids, tenant, number, expected[at]);
    routed.push(await steps.run(routing, { what: evidence.label, size: evidence.size }));
    evidence.close();
  }
  const { ticks, context, address, input, row, sync } = tenant;
  const columns = [ticks, context, address, input, row, sync].map(({ buffer }) => buffer as ArrayBuffer);
  answer({ kind: "routed", logs: routed, tenant }, columns);
} catch (error) {
  answer({ kind: "failed", failure: failureOf(error) });
}
