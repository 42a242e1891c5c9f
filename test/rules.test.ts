import { existsSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import type { RuleExample } from "../src/rules/example.ts";
import { rules } from "../src/rules/index.ts";
import { assessExample } from "./support/assess.ts";
import { temporaryFolder } from "./support/run.ts";

const folder = temporaryFolder();
const root = fileURLToPath(new URL("../src/rules", import.meta.url));
/** Every folder of rules that is there, whether or not it is registered. */
const folders = readdirSync(root, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

test("every folder is registered once, under its own name", () => {
  expect(rules.map(({ id }) => id).toSorted()).toEqual(folders.toSorted());
});

describe.each(rules.map((rule) => [rule.id, rule] as const))("%s", (id, rule) => {
  test("tells people what they need to know", () => {
    for (const text of [rule.title, rule.description, rule.requires]) expect(text).not.toBe("");
    expect(rule.falsePositives.length + rule.blindSpots.length).toBeGreaterThan(1);
    for (const technique of rule.attack) expect(technique).toMatch(/^T\d{4}(\.\d{3})?$/);
    for (const reference of rule.references) expect(reference).toMatch(/^https:\/\//);
    for (const { says } of Object.values(rule.settings)) expect(says).not.toBe("");
  });

  test("has examples that must fire and examples that must not", async () => {
    expect(existsSync(`${root}/${id}/examples.ts`)).toBe(true);
    const { examples } = (await import(`../src/rules/${id}/examples.ts`)) as { examples: readonly RuleExample[] };
    const outcomes = examples.map(({ outcome }) => outcome);
    expect(outcomes).toContain("found");
    expect(outcomes.some((outcome) => outcome !== "found")).toBe(true);
  });
});

for (const id of folders.filter((name) => existsSync(`${root}/${name}/examples.ts`))) {
  const { examples } = (await import(`../src/rules/${id}/examples.ts`)) as { examples: readonly RuleExample[] };
  describe(`${id}: its examples`, () => {
    test.each(examples.map((example) => [example.name, example] as const))("%s", async (_name, example) => {
      const { outcomes, said } = await assessExample(folder, example);
      const became = outcomes().find((outcome) => outcome.id === id);
      expect(became?.outcome).toBe(example.outcome);
      if (example.why !== undefined) expect(became?.why).toContain(example.why);
      const wanted = example.says ?? [];
      const found = said(id);
      if (example.outcome !== "found") expect(found).toEqual([]);
      if (example.says === undefined) return;
      const brief = (one: { readonly entity: string; readonly points: number }) => `${one.entity}: ${one.points}`;
      expect(found.map(brief).toSorted()).toEqual(wanted.map(brief).toSorted());
      for (const { entity, points, text, rows } of wanted) {
        const alike = found.filter((one) => one.entity === entity && one.points === points);
        // One reason has to have both: several of an entity may have the same points.
        const said = { ...(text !== undefined && { text: expect.stringContaining(text) }), ...(rows && { rows }) };
        expect(alike).toContainEqual(expect.objectContaining(said));
      }
    });
  });
}
