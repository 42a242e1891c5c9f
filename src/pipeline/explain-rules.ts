import { kinds } from "../rules/kinds.ts";
import { defaultRuleSet, readRuleSet } from "../rules/rule-set.ts";

/** A rule as `rules list` and `rules explain` print it. */
export interface ExplainedRule {
  readonly id: string;
  readonly about: string;
  readonly title: string;
  readonly description: string;
  readonly requires: string;
  /** Its weights, thresholds and lists as they are in force, with what each means. */
  readonly settings: readonly { readonly name: string; readonly value: string; readonly says: string }[];
  readonly falsePositives: readonly string[];
  readonly blindSpots: readonly string[];
  readonly references: readonly string[];
  readonly attack: readonly string[];
  readonly nextSteps: readonly string[];
}

/**
 * Every rule that is in force, and the findings that sum up what rules say of one entity.
 *
 * @param file a YAML file that changes them, if any.
 * @throws InputError, one sentence, where the file is not understood.
 */
export function explainedRules(file: string | undefined): readonly ExplainedRule[] {
  const set = file === undefined ? defaultRuleSet() : readRuleSet(file);
  const own = set.rules.map(({ rule, values }) => ({
    ...rule,
    settings: Object.entries(rule.settings).map(([name, { says }]) => {
      const value: unknown = values[name];
      return { name, value: Array.isArray(value) ? value.join(", ") : String(value), says };
    }),
  }));
  const sums = Object.values(kinds).map(({ id, entity, title, description, nextSteps }) => ({
    id,
    about: entity,
    title,
    description,
    requires: `one or more rules that found something about the ${entity}`,
    settings: [],
    falsePositives: [],
    blindSpots: [],
    references: [],
    attack: [],
    nextSteps,
  }));
  return [...own, ...sums];
}
