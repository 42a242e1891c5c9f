import type { SharedEvidence } from "../ingest/evidence/shared-evidence.ts";
import type { TenantLog } from "../joins/tenant-log.ts";
import type { LogPart } from "./log-parts.ts";
import type { RoutedLog } from "./routes.ts";
import type { Failure } from "./thread-failure.ts";

/** What a thread that routes audit logs is started with. */
export interface RoutingStart {
  /** Every input's label, in order: the tenant's log names records by it. */
  readonly labels: readonly string[];
  /** The audit logs with their indexes among the inputs. */
  readonly logs: readonly (readonly [input: number, evidence: SharedEvidence])[];
  readonly keepDuplicates: boolean;
  /** Whether a second thread may read the later half of a large log. */
  readonly halves: boolean;
}

/** What it says. */
export type RoutingAnswer =
  | { readonly kind: "reading"; readonly label: string; readonly position: number; readonly size: number }
  | { readonly kind: "routed"; readonly logs: readonly RoutedLog[]; readonly tenant: TenantLog }
  | { readonly kind: "failed"; readonly failure: Failure };

/** What a thread that reads the later part of an audit log is started with. */
export interface PartStart {
  readonly evidence: SharedEvidence;
  /** Where the part begins. */
  readonly from: number;
  readonly keepDuplicates: boolean;
}

/** What it says. */
export type PartAnswer =
  | { readonly kind: "reading"; readonly position: number }
  | { readonly kind: "read"; readonly part: LogPart }
  | { readonly kind: "failed"; readonly failure: Failure };
