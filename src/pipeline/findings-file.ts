import type { AssessedTenant } from "../joins/assessed-tenant.ts";
import type { JoinedCase } from "../joins/joined-case.ts";
import { placesOf } from "../joins/joined-case.ts";
import type { Assessment } from "../model/assessment.ts";
import type { RuleOutcome, Severity } from "../model/finding.ts";
import { unnamedLabels } from "../model/mailbox-label.ts";
import { SCHEMA_VERSION } from "../model/manifest.ts";
import type { FindingsPieces } from "../render/html/findings.ts";

/** One mailbox's part of findings.json: rows of the case as places in the evidence. */
export interface MailboxFindings {
  readonly mailbox: string;
  /** The inputs that it was read from; none of what concerns several mailboxes. */
  readonly files: readonly string[];
  /** One a finding. */
  readonly severities: readonly Severity[];
  /**
   * The findings as they stand in the file, with commas between those of a piece: UTF-8, which takes least memory. Each
   * that is about several mailboxes, of which it may name very many, is a piece of its own.
   */
  readonly json: readonly Uint8Array[];
  readonly outcomes: readonly RuleOutcome[];
}

/** JSON of a member of findings.json, `indent` blanks further in. */
function jsonOf(value: unknown, indent: number): string {
  return JSON.stringify(value, undefined, 2).replaceAll("\n", `\n${" ".repeat(indent)}`);
}

const BETWEEN = ",\n    ";

function findingsJson(findings: readonly object[]): Uint8Array {
  return Buffer.from(findings.map((finding) => jsonOf(finding, 4)).join(BETWEEN));
}

/** The same words of every rule as the table has, with every row of evidence. */
export function mailboxFindings(joined: JoinedCase, assessment: Assessment): MailboxFindings {
  const { mailbox, evidence } = joined.mailboxCase;
  const places = (rows: readonly number[]) => placesOf(joined, rows);
  const findings = assessment.findings().map(({ rows, reasons, firstRow: _row, ...finding }) => ({
    mailbox,
    ...finding,
    reasons: reasons.map((reason) => ({ ...reason, rows: undefined, evidence: places(reason.rows) })),
    evidence: places(rows),
  }));
  const severities = findings.map(({ severity }) => severity);
  const files = [...new Set(evidence.map(({ label }) => label))];
  return { mailbox, files, severities, json: [findingsJson(findings)], outcomes: assessment.outcomes() };
}

/** The same of what concerns several mailboxes; its `mailbox` is empty. */
export function tenantFindings({ findings, outcomes }: AssessedTenant): MailboxFindings {
  return {
    mailbox: "",
    files: [],
    severities: findings.map(({ severity }) => severity),
    json: findings.map((finding) => findingsJson([{ mailbox: "", ...finding }])),
    outcomes,
  };
}

/** The worst of several mailboxes' outcomes comes first: found, error, notAssessed, clear. */
const ORDER: readonly RuleOutcome["outcome"][] = ["found", "error", "notAssessed", "clear"];

/** One outcome a rule: of several mailboxes the one that asks for most attention, with each mailbox's words. */
function together(mailboxes: readonly MailboxFindings[]): RuleOutcome[] {
  const [first] = mailboxes;
  if (first === undefined) return [];
  if (mailboxes.length === 1) return [...first.outcomes];
  const unnamed = mailboxes.filter(({ mailbox }) => mailbox === "");
  const labels = unnamedLabels(unnamed.map(({ files }) => files));
  const labelOf = new Map(unnamed.map((one, at) => [one, labels[at]]));
  return first.outcomes.map(({ id }) => {
    const all = mailboxes.flatMap((one) =>
      one.outcomes
        .filter((outcome) => outcome.id === id)
        .map((outcome) => ({ ...outcome, mailbox: labelOf.get(one) ?? one.mailbox })),
    );
    const outcome = ORDER.find((word) => all.some((one) => one.outcome === word)) ?? "clear";
    const why = all.map((one) => `${one.mailbox}: ${one.outcome}, ${one.why}`);
    return { id, outcome, why: why.join("; ") };
  });
}

/** What findings.json is made of: what concerns several mailboxes first. */
export function findingsPieces(tenant: MailboxFindings, mailboxes: readonly MailboxFindings[]): FindingsPieces {
  return {
    findings: [tenant, ...mailboxes].flatMap(({ json }) => json).filter(({ length }) => length > 0),
    rules: [...together(mailboxes), ...tenant.outcomes],
    mailboxes,
  };
}

/** The content of findings.json, as the contract has it, piece by piece. */
export function* findingsFile({ findings, rules }: FindingsPieces): Generator<string | Uint8Array> {
  yield `{\n  "schemaVersion": ${SCHEMA_VERSION},\n  "findings": [`;
  for (const [at, json] of findings.entries()) {
    yield at === 0 ? "\n    " : BETWEEN;
    yield json;
  }
  yield findings.length === 0 ? "]" : "\n  ]";
  yield `,\n  "rules": ${jsonOf(rules, 2)}\n}\n`;
}
