/** What findings.json says, as the contract has it. */

/** A row of the evidence. */
export interface Place {
  readonly file: string;
  readonly row: number;
}

export interface ReportedReason {
  readonly rule: string;
  readonly text: string;
  readonly points: number;
  readonly evidence?: readonly Place[];
}

export interface ReportedFinding {
  readonly mailbox?: string;
  readonly ruleId: string;
  readonly title: string;
  readonly severity: string;
  readonly score: number;
  readonly confidence: string;
  readonly entity: { readonly type: string; readonly value: string };
  readonly firstTime: string;
  readonly lastTime: string;
  readonly count: number;
  readonly reasons: readonly ReportedReason[];
  readonly attack: readonly string[];
  readonly evidence: readonly Place[];
  readonly falsePositives: readonly string[];
  readonly nextSteps: readonly string[];
  readonly references: readonly string[];
}

export interface ReportedRule {
  readonly id: string;
  readonly outcome: string;
  readonly why: string;
}

export interface Findings {
  readonly findings: readonly ReportedFinding[];
  readonly rules: readonly ReportedRule[];
}

/** The content of findings.json; undefined where the bundle has none. */
export function findingsOf(text: string | undefined): Findings | undefined {
  if (text === undefined) return undefined;
  const { findings, rules } = JSON.parse(text) as Partial<Findings>;
  return { findings: findings ?? [], rules: rules ?? [] };
}

/** Rules that look at all mailboxes of the audit logs together. */
export const ACROSS: ReadonlySet<string> = new Set([
  "mailbox-access-api",
  "app-many-mailboxes",
  "address-many-mailboxes",
  "address-elsewhere",
]);

/**
 * Whether a finding is about several mailboxes.
 *
 * @param hasUnnamed whether there is a mailbox that no record names: its findings name none either.
 */
export function isAcross(finding: ReportedFinding, hasUnnamed: boolean): boolean {
  return mailboxOf(finding) === "" && (!hasUnnamed || ACROSS.has(finding.ruleId));
}

/** The mailbox that a finding speaks of; empty where it is about several. */
export function mailboxOf(finding: ReportedFinding): string {
  return finding.mailbox ?? (finding.entity.type === "mailbox" ? finding.entity.value : "");
}
