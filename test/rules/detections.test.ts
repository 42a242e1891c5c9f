import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { rules } from "../../src/rules/index.ts";

const DOCUMENT = readFileSync(new URL("../../docs/detections.md", import.meta.url), "utf8");

/** The rules of each technique in the document's table; a row without a technique goes on with the one above. */
function techniquesOfDocument(): Map<string, string[]> {
  const [, table = ""] = /## By technique\n\n\| Technique .*\n\| --- .*\n((?:\|.*\n)+)/.exec(DOCUMENT) ?? [];
  const techniques = new Map<string, string[]>();
  let technique = "";
  for (const line of table.trim().split("\n")) {
    const [, head = "", , cells = ""] = line.split("|");
    technique = /\[(T[\d.]+)\]/.exec(head)?.[1] ?? technique;
    const listed = [...cells.matchAll(/`([^`]+)`/g)].map(([, id = ""]) => id);
    techniques.set(technique, [...(techniques.get(technique) ?? []), ...listed]);
  }
  return techniques;
}

test("docs/detections.md lists the rules of each technique, and no others", () => {
  const documented = [...techniquesOfDocument()].flatMap(([technique, ids]) => ids.map((id) => `${technique} ${id}`));
  const declared = rules.flatMap(({ id, attack }) => attack.map((technique) => `${technique} ${id}`));
  expect(documented.toSorted()).toEqual(declared.toSorted());
});

test("it names the rules that stand for no technique", () => {
  const [, sentence = ""] = /a reason\.\s+([^.]+) stand for no technique\./.exec(DOCUMENT) ?? [];
  const named = [...sentence.matchAll(/`([^`]+)`/g)].map(([, id = ""]) => id);
  expect(named.toSorted()).toEqual(
    rules
      .filter(({ attack }) => attack.length === 0)
      .map(({ id }) => id)
      .toSorted(),
  );
});
