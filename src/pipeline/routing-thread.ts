import { parentPort, workerData } from "node:worker_threads";
import { openShared } from "../ingest/evidence/shared-evidence.ts";
import { newTenantLog } from "../joins/tenant-log.ts";
import { newSteps } from "./steps.ts";
import { openSharedInput } from "./inputs.ts";
import { newRecordIds } from "./record-ids.ts";
import type { RoutedLog } from "./routes.ts";
import { routeLog } from "./routes.ts";
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
  const tenant = newTenantLog();
  tenant.inputs.push(...labels);
  const ids = keepDuplicates ? undefined : newRecordIds();
  const routed: RoutedLog[] = [];
  for (const [number, shared] of logs) {
    const { reader, evidence } = openSharedInput(openShared(shared));
    routed.push(await steps.run(routeLog(reader, ids, tenant, number), { what: evidence.label, size: evidence.size }));
    evidence.close();
  }
  const { ticks, context, address, input, row, sync } = tenant;
  const columns = [ticks, context, address, input, row, sync].map(({ buffer }) => buffer as ArrayBuffer);
  answer({ kind: "routed", logs: routed, tenant }, columns);
} catch (error) {
  answer({ kind: "failed", failure: failureOf(error) });
}
