import type { SharedEvidence } from "../ingest/evidence/shared-evidence.ts";
import type { TenantLog } from "../joins/tenant-log.ts";
import type { RoutedLog } from "./routes.ts";
import type { Failure } from "./thread-failure.ts";

/** What a thread that routes audit logs is started with. */
export interface RoutingStart {
  /** Every input's label, in order: the tenant's log names records by it. */
  readonly labels: readonly string[];
  /** The audit logs with their indexes among the inputs. */
  readonly logs: readonly (readonly [input: number, evidence: SharedEvidence])[];
  readonly keepDuplicates: boolean;
}

/** What it says. */
export type RoutingAnswer =
  | { readonly kind: "reading"; readonly label: string; readonly position: number; readonly size: number }
  | { readonly kind: "routed"; readonly logs: readonly RoutedLog[]; readonly tenant: TenantLog }
  | { readonly kind: "failed"; readonly failure: Failure };
