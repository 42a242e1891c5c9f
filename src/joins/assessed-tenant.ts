import type { Finding, RuleOutcome } from "../model/finding.ts";
import type { SourceRef } from "../model/record.ts";
import type { AccessWindow } from "./mailbox-access/index.ts";
import type { TenantLog } from "./tenant-log.ts";
import { newTenantLog } from "./tenant-log.ts";

/** A finding about several mailboxes: its evidence are records of audit logs and no rows of one case. */
export interface TenantFinding extends Omit<Finding, "rows" | "reasons"> {
  readonly reasons: readonly {
    readonly rule: string;
    readonly text: string;
    readonly points: number;
    readonly evidence: readonly SourceRef[];
  }[];
  readonly evidence: readonly SourceRef[];
  readonly mailboxes: readonly MailboxOfFinding[];
}

/** A mailbox that a finding is about: its name, empty where no record says it, and the first record that shows it. */
export interface MailboxOfFinding extends SourceRef {
  readonly mailbox: string;
}

/** What rules say of all mailboxes of the audit logs together, for tables to print. */
export interface AssessedTenant {
  readonly log: TenantLog;
  /** The highest score first. */
  readonly findings: readonly TenantFinding[];
  readonly outcomes: readonly RuleOutcome[];
  /** Where applications read many mailboxes in a short time, by start. */
  readonly windows: readonly AccessWindow[];
}

/** Where nothing was assessed. */
export const TENANT_NOT_ASSESSED: AssessedTenant = { log: newTenantLog(), findings: [], outcomes: [], windows: [] };
