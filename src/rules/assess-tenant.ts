import { failedOutcome } from "./failed-rule.ts";
import { formatTicks, parseTicks } from "../ingest/timestamp.ts";
import type { AssessedTenant, TenantFinding } from "../joins/assessed-tenant.ts";
import type { TenantLog } from "../joins/tenant-log.ts";
import { sourceOfEntry } from "../joins/tenant-log.ts";
import type { Reason, RuleOutcome } from "../model/finding.ts";
import { reaches, scoreOf } from "../model/finding.ts";
import type { SourceRef } from "../model/record.ts";
import { mailboxAccessApi, windowsOf } from "./mailbox-access-api/rule.ts";
import type { AccessValues } from "./mailbox-access-api/settings.ts";
import type { FoundInTenant, TenantPicture, TenantPlace, TenantRule } from "./rule.ts";
import type { RuleSet } from "./rule-set.ts";

function sourceOf(log: TenantLog, place: TenantPlace): SourceRef {
  return "file" in place ? place : sourceOfEntry(log, place);
}

/** Places in order of time, those without a readable one last, and each place once. */
function inTime(log: TenantLog, list: readonly TenantPlace[]): readonly (SourceRef & { readonly ticks: number })[] {
  const places = new Map<string, SourceRef & { readonly ticks: number }>();
  for (const place of list) {
    const { file, row } = sourceOf(log, place);
    const key = `${row} ${file}`;
    if (!places.has(key)) places.set(key, { file, row, ticks: place.ticks });
  }
  const orInfinity = (ticks: number) => (Number.isNaN(ticks) ? Infinity : ticks);
  return [...places.values()].sort((a, b) => {
    const [one, other] = [orInfinity(a.ticks), orInfinity(b.ticks)];
    return one === other ? 0 : one - other;
  });
}

/** The different records that reasons stand on, how many there are, and from when to when with what was found. */
function evidenceFor(log: TenantLog, { reasons, firstTime, lastTime }: FoundInTenant) {
  const all = inTime(
    log,
    reasons.flatMap(({ entries }) => entries),
  );
  const timed = all.filter(({ ticks }) => !Number.isNaN(ticks));
  const [first, last] = [timed[0]?.ticks ?? NaN, timed.at(-1)?.ticks ?? NaN];
  return {
    firstTime: first < parseTicks(firstTime) ? formatTicks(first) : firstTime,
    lastTime: last > parseTicks(lastTime) ? formatTicks(last) : lastTime,
    count: all.length,
    evidence: all.map(({ file, row }): SourceRef => ({ file, row })),
  };
}

function findingOf(log: TenantLog, rule: TenantRule, found: FoundInTenant): TenantFinding {
  const { entity, confidence } = found;
  const score = scoreOf(found.reasons.map(({ text, points }): Reason => ({ rule: rule.id, text, points, rows: [] })));
  const places = (list: readonly TenantPlace[]) => inTime(log, list).map(({ file, row }): SourceRef => ({ file, row }));
  return {
    ruleId: rule.id,
    title: rule.title,
    severity: score.severity,
    score: score.points,
    confidence,
    entity,
    ...evidenceFor(log, found),
    mailboxes: found.mailboxes.map(({ mailbox, ...place }) => {
      const { file, row } = sourceOf(log, place);
      return { mailbox, file, row };
    }),
    reasons: found.reasons
      .map(({ text, points, entries }) => ({ rule: rule.id, text, points, evidence: places(entries) }))
      .toSorted((a, b) => b.points - a.points),
    attack: rule.attack,
    falsePositives: rule.falsePositives,
    nextSteps: rule.nextSteps,
    references: rule.references,
  };
}

/** Puts every rule about several mailboxes to what is known of all of them. */
export function assessTenant(picture: TenantPicture, set: RuleSet): AssessedTenant {
  const { log } = picture;
  const findings: TenantFinding[] = [];
  const outcomes = set.tenant.map(({ rule, values }): RuleOutcome => {
    const { id } = rule;
    try {
      const { found: all, missing } = rule.find(picture, values);
      const found = all
        .map((each) => findingOf(log, rule, each))
        .filter(({ score }) => reaches({ points: score }, set.least));
      for (const finding of found) findings.push(finding);
      if (found.length > 0) return { id, outcome: "found", why: `${found.length} found` };
      if (missing !== undefined) return { id, outcome: "notAssessed", why: missing };
      return { id, outcome: "clear", why: "assessed, nothing found" };
    } catch (error) {
      return failedOutcome(id, error);
    }
  });
  const counting = set.tenant.find(({ rule }) => rule.id === mailboxAccessApi.id);
  const isCounted = outcomes.some(({ id, outcome }) => id === mailboxAccessApi.id && outcome !== "error");
  return {
    log,
    findings: findings.sort((a, b) => b.score - a.score),
    outcomes,
    // The engine gives a rule the values of its own settings and of no other's.
    windows: counting === undefined || !isCounted ? [] : windowsOf(picture, counting.values as unknown as AccessValues),
  };
}
