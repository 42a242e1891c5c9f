import type { TenantEntry, TenantLog } from "../joins/tenant-log.ts";
import type { Finding, Reason, RuleOutcome } from "../model/finding.ts";
import { scoreOf } from "../model/finding.ts";
import type { Knowledge } from "./knowledge.ts";
import type { FoundInTenant, TenantReason, TenantRule } from "./rule.ts";
import type { RuleSet, SetRule } from "./rule-set.ts";

/** A finding about several mailboxes: its evidence are records of the tenant's log. */
export interface TenantFinding extends Omit<Finding, "rows" | "reasons"> {
  readonly reasons: readonly (TenantReason & { readonly rule: string })[];
  readonly entries: readonly TenantEntry[];
}

/** What the rules say of all mailboxes together. */
export interface TenantAssessment {
  /** The highest score first. */
  findings(): readonly TenantFinding[];
  outcomes(): readonly RuleOutcome[];
}

/** Where nothing was assessed. */
export const TENANT_NOT_ASSESSED: TenantAssessment = { findings: () => [], outcomes: () => [] };

function findingOf(rule: TenantRule, found: FoundInTenant): TenantFinding {
  const { entity, confidence, firstTime, lastTime, count, entries } = found;
  const score = scoreOf(found.reasons.map(({ text, points }): Reason => ({ rule: rule.id, text, points, rows: [] })));
  return {
    ruleId: rule.id,
    title: rule.title,
    severity: score.severity,
    score: score.points,
    confidence,
    entity,
    firstTime,
    lastTime,
    count,
    reasons: found.reasons
      .map((reason) => ({ rule: rule.id, ...reason }))
      .toSorted((a, b) => b.points - a.points),
    attack: rule.attack,
    entries,
    falsePositives: rule.falsePositives,
    nextSteps: rule.nextSteps,
    references: rule.references,
  };
}

/** Puts every rule about the tenant to its log. */
export function assessTenant(log: TenantLog, knowledge: Knowledge, set: RuleSet): TenantAssessment {
  const findings: TenantFinding[] = [];
  const outcomes = set.tenant.map((one: SetRule<TenantRule>): RuleOutcome => {
    const { rule, values } = one;
    const { id } = rule;
    try {
      const { found, missing } = rule.find({ log, knowledge }, values);
      findings.push(...found.map((each) => findingOf(rule, each)));
      if (found.length > 0) return { id, outcome: "found", why: `${found.length} found` };
      if (missing !== undefined) return { id, outcome: "notAssessed", why: missing };
      return { id, outcome: "clear", why: "assessed, nothing found" };
    } catch (error) {
      return { id, outcome: "error", why: error instanceof Error ? error.message : String(error) };
    }
  });
  findings.sort((a, b) => b.score - a.score);
  return { findings: () => findings, outcomes: () => outcomes };
}
