import type { ExplainedRule } from "../pipeline/explain-rules.ts";
import { explainedRules } from "../pipeline/explain-rules.ts";
import { UsageError } from "../pipeline/usage-error.ts";

/** The options of `alicorn rules` as the command line gives them. */
export interface RulesArguments {
  readonly what: "list" | "explain";
  readonly id: string | undefined;
  readonly rules: string | undefined;
}

function listing(rules: readonly ExplainedRule[]): string[] {
  const width = Math.max(...rules.map(({ id }) => id.length));
  return rules.map(({ id, about, title }) => `${id.padEnd(width)}  ${about.padEnd(7)}  ${title}`);
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ["", `${title}:`, ...lines.map((line) => `  ${line}`)];
}

function explanation(rule: ExplainedRule): string[] {
  return [
    `${rule.id}: ${rule.title}`,
    "",
    rule.description,
    ...section("Requires", [rule.requires]),
    ...section(
      "Points and thresholds",
      rule.settings.map(({ name, value, says }) => `${name}: ${value} (${says})`),
    ),
    ...section("False positives", rule.falsePositives),
    ...section("Blind spots", rule.blindSpots),
    ...section("Next steps", rule.nextSteps),
    ...section("ATT&CK", rule.attack),
    ...section("References", rule.references),
  ];
}

/** `alicorn rules`: what is scored, with which weights, and why. Prints to standard output. */
export function rulesCommand({ what, id, rules: file }: RulesArguments): number {
  const rules = explainedRules(file);
  if (what === "list") {
    if (id !== undefined) throw new UsageError("`rules list` takes no rule; `rules explain` does.");
    process.stdout.write(`${listing(rules).join("\n")}\n`);
    return 0;
  }
  if (id === undefined) throw new UsageError("`rules explain` needs the id of a rule; `rules list` prints them.");
  const rule = rules.find((one) => one.id === id);
  if (rule === undefined) throw new UsageError(`There is no rule ${id}; \`rules list\` prints them all.`);
  process.stdout.write(`${explanation(rule).join("\n")}\n`);
  return 0;
}
