import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import type { ActivityExample } from "../src/activities/example.ts";
import { families, typeOf } from "../src/activities/index.ts";
import { parseActivityJson } from "../src/ingest/activity-json/parse-record.ts";
import type { ActivityRecord } from "../src/model/record.ts";
import { apiPage } from "./support/run.ts";

type Module = Readonly<Record<string, unknown>>;

/** Every folder of families that is there, whether or not it is registered. */
const folders = readdirSync(fileURLToPath(new URL("../src/activities", import.meta.url)), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

test("every family's folder is registered under its name", () => {
  expect(folders.toSorted()).toEqual(families.map(({ name }) => name).toSorted());
});

function recordOf({ record }: ActivityExample): ActivityRecord {
  const [only] = (JSON.parse(apiPage([record])) as { value: unknown[] }).value;
  const read = parseActivityJson(JSON.stringify(only));
  if ("problem" in read) throw new Error(read.problem);
  return read;
}

for (const folder of folders) {
  const { examples } = (await import(`../src/activities/${folder}/examples.ts`)) as {
    examples: readonly ActivityExample[];
  };
  const functions = (await import(`../src/activities/${folder}/index.ts`)) as Module;
  describe(folder, () => {
    test("has examples, and a type of its own among them", () => {
      expect(examples.some(({ record }) => typeOf(record.ActivityIdType).family === folder)).toBe(true);
    });

    test.each(examples.map((example) => [example.name, example] as const))("%s", (_name, example) => {
      if (example.type !== undefined) {
        expect(typeOf(example.record.ActivityIdType)).toEqual(expect.objectContaining(example.type));
      }
      for (const [name, facts] of Object.entries(example.facts ?? {})) {
        const read = functions[name] as (record: ActivityRecord) => unknown;
        const found = read(recordOf(example));
        if (typeof facts === "object" && facts !== null) expect(found).toEqual(expect.objectContaining(facts));
        else expect(found).toBe(facts);
      }
    });
  });
}
