/** The words for a score; derived from its points, never set by hand. */
export type Severity = "none" | "low" | "medium" | "high" | "critical";

/** Why something scores: one rule's finding on it. */
export interface Reason {
  /** Id of the rule. */
  readonly rule: string;
  /** What was found, for a person, with the list entry or threshold that it met. */
  readonly text: string;
  /** Points for it; negative where it speaks for the owner. */
  readonly points: number;
  /** The rows of the case that it stands on, in order; where there are very many, some of them. */
  readonly rows: readonly number[];
}

/** The sum of stated reasons, from 0 to 100. */
export interface Score {
  readonly points: number;
  readonly severity: Severity;
  readonly reasons: readonly Reason[];
}

/** The lowest points of each severity. */
const BANDS: readonly (readonly [number, Severity])[] = [
  [74, "critical"],
  [48, "high"],
  [22, "medium"],
  [1, "low"],
];

/** The severity of points from 0 to 100: 0 none, 1-21 low, 22-47 medium, 48-73 high, 74-100 critical. */
export function severityOf(points: number): Severity {
  return BANDS.find(([least]) => points >= least)?.[1] ?? "none";
}

/** Whether a score reaches a severity. */
export function reaches({ points }: Pick<Score, "points">, severity: Severity): boolean {
  return points >= (BANDS.find(([, name]) => name === severity)?.[0] ?? 0);
}

/** The sum of reasons, not below 0 and capped at 100; the weightiest reason first, equal ones as they came. */
export function scoreOf(reasons: readonly Reason[]): Score {
  const sum = reasons.reduce((total, { points }) => total + points, 0);
  const points = Math.min(100, Math.max(0, sum));
  return { points, severity: severityOf(points), reasons: reasons.toSorted((a, b) => b.points - a.points) };
}

export const NO_SCORE: Score = { points: 0, severity: "none", reasons: [] };

/** What a finding is about. */
export type EntityType = "address" | "search" | "client" | "message" | "mailbox" | "application" | "rule";

/** One line of findings.tsv, and one entry of findings.json. Times are TimeStamps of the evidence, verbatim. */
export interface Finding {
  readonly ruleId: string;
  readonly title: string;
  readonly severity: Severity;
  readonly score: number;
  readonly confidence: "high" | "medium" | "low";
  readonly entity: { readonly type: EntityType; readonly value: string };
  /** The row of firstTime. */
  readonly firstRow?: number;
  readonly firstTime: string;
  readonly lastTime: string;
  /** How many different records its reasons stand on: as many as findings.json lists for its evidence. */
  readonly count: number;
  readonly reasons: readonly Reason[];
  /** ATT&CK technique ids. */
  readonly attack: readonly string[];
  /** Rows of the case that its reasons stand on, one a record, in order of time. */
  readonly rows: readonly number[];
  readonly falsePositives: readonly string[];
  readonly nextSteps: readonly string[];
  readonly references: readonly string[];
}

/** What became of a rule: `notAssessed` says which records are missing, which is not the same as `clear`. */
export interface RuleOutcome {
  readonly id: string;
  readonly outcome: "found" | "clear" | "notAssessed" | "error";
  readonly why: string;
}
