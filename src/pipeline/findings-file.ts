import type { AssessedTenant } from "../joins/assessed-tenant.ts";
import type { JoinedCase } from "../joins/joined-case.ts";
import { placesOf } from "../joins/joined-case.ts";
import type { Assessment } from "../model/assessment.ts";
import type { RuleOutcome, Severity } from "../model/finding.ts";
import { SCHEMA_VERSION } from "../model/manifest.ts";

/** One mailbox's part of findings.json: rows of the case as places in the evidence. */
export interface MailboxFindings {
  readonly mailbox: string;
  readonly findings: readonly { readonly severity: Severity }[];
  readonly outcomes: readonly RuleOutcome[];
}

/** The same words of every rule as the table has, with every row of evidence. */
export function mailboxFindings(joined: JoinedCase, assessment: Assessment): MailboxFindings {
  const { mailbox } = joined.mailboxCase;
  const places = (rows: readonly number[]) => placesOf(joined, rows);
  const findings = assessment.findings().map(({ rows, reasons, ...finding }) => ({
    mailbox,
    ...finding,
    reasons: reasons.map((reason) => ({ ...reason, rows: undefined, evidence: places(reason.rows) })),
    evidence: places(rows),
  }));
  return { mailbox, findings, outcomes: assessment.outcomes() };
}

/** The same of what concerns several mailboxes; its `mailbox` is empty. */
export function tenantFindings({ findings, outcomes }: AssessedTenant): MailboxFindings {
  return { mailbox: "", findings: findings.map((finding) => ({ mailbox: "", ...finding })), outcomes };
}

/** The worst of several mailboxes' outcomes comes first: found, error, notAssessed, clear. */
const ORDER: readonly RuleOutcome["outcome"][] = ["found", "error", "notAssessed", "clear"];

/** One outcome a rule: of several mailboxes the one that asks for most attention, with each mailbox's words. */
function together(mailboxes: readonly MailboxFindings[]): RuleOutcome[] {
  const [first] = mailboxes;
  if (first === undefined) return [];
  if (mailboxes.length === 1) return [...first.outcomes];
  return first.outcomes.map(({ id }) => {
    const all = mailboxes.flatMap(({ mailbox, outcomes }) =>
      outcomes.filter((outcome) => outcome.id === id).map((outcome) => ({ ...outcome, mailbox })),
    );
    const outcome = ORDER.find((word) => all.some((one) => one.outcome === word)) ?? "clear";
    const why = all.map((one) => `${one.mailbox === "" ? "unnamed mailbox" : one.mailbox}: ${one.outcome}, ${one.why}`);
    return { id, outcome, why: why.join("; ") };
  });
}

/** The content of findings.json, as the contract has it: what concerns several mailboxes first. */
export function findingsFile(tenant: MailboxFindings, mailboxes: readonly MailboxFindings[]): string {
  const findings = [tenant, ...mailboxes].flatMap((mailbox) => mailbox.findings);
  const rules = [...together(mailboxes), ...tenant.outcomes];
  return `${JSON.stringify({ schemaVersion: SCHEMA_VERSION, findings, rules }, undefined, 2)}\n`;
}
