import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { families } from "../src/activities/index.ts";

/** The facts lie beside the project where it is developed, and nowhere else. */
const FACTS = fileURLToPath(new URL("../../shared/facts/activities-api.md", import.meta.url));
const isThere = existsSync(FACTS);
const facts = isThere ? readFileSync(FACTS, "utf8") : "";

/** The text of a section, from its heading to the next one. */
function section(heading: string): string {
  const start = facts.indexOf(heading);
  if (start < 0) return "";
  const body = facts.slice(start + heading.length);
  const end = body.search(/^##/m);
  return end < 0 ? body : body.slice(0, end);
}

/** The cells of a section's table, row by row, without its head. */
function tableRows(text: string): string[][] {
  return text
    .split("\n")
    .filter((line) => line.startsWith("|"))
    .slice(2)
    .map((line) =>
      line
        .split("|")
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
}

function factNames(): string[] {
  const enumNames = tableRows(section("### 1a.")).flatMap((cells) => cells.filter((_cell, at) => at % 2 === 1));
  const cloud = tableRows(section("### 1b.")).flatMap(([names = ""]) => names.match(/[A-Z][A-Za-z]+/g) ?? []);
  const list = /Full \[BR\] list of types met in practice:([^]*?)\./.exec(section("### 1b."))?.[1] ?? "";
  return [...new Set([...enumNames, ...cloud, ...(list.match(/[A-Z][A-Za-z]+/g) ?? [])])];
}

describe.skipIf(!isThere)("the facts on the Activities API", () => {
  const names = factNames();

  test("are still in the form that this test reads", () => {
    expect(names.length).toBeGreaterThanOrEqual(118);
    expect(names).toEqual(expect.arrayContaining(["Min", "CreateTask", "SearchResult", "SearchSuggestionDisplay"]));
  });

  test("name no activity that has no family, and none that has two", () => {
    const takers = (name: string) => families.filter(({ types }) => Object.hasOwn(types, name)).length;
    expect(names.filter((name) => takers(name) !== 1)).toEqual([]);
  });
});
