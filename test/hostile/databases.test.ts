import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { DEFAULT_SCORING, InputError } from "../../src/index.ts";
import { csvExport, makeRows } from "../support/export.ts";
import { parseFiles, temporaryFolder, writeFiles } from "../support/run.ts";

const folder = temporaryFolder();
const EXPORT = csvExport(makeRows(1, 60));

/** Databases that are damaged on purpose, of MaxMind's test data. */
const BAD = fileURLToPath(new URL("../../../shared/data/maxmind-test-data/bad-data", import.meta.url));
const names = existsSync(BAD) ? readdirSync(BAD).filter((name) => name.endsWith(".mmdb")) : [];

describe.skipIf(names.length === 0)("a damaged database", () => {
  test.each(names)("%s ends the run with one sentence, or places nothing and loses no row", async (name) => {
    for (const use of ["city", "asn"] as const) {
      const geo = { ...DEFAULT_SCORING.geo, embedded: false, [use]: join(BAD, name) };
      let rows: number | undefined;
      try {
        const bundle = await parseFiles(folder, { "a.csv": EXPORT }, { scoring: { ...DEFAULT_SCORING, geo } });
        rows = bundle.rows("timeline").length;
        expect(bundle.manifest.warnings.filter((warning) => warning.includes("failed and says nothing"))).toEqual([]);
        expect(new Set(bundle.rows("logon-activity").map((row) => row["City"]))).toEqual(new Set([""]));
        expect(rows).toBe(bundle.manifest.totals.parsed);
      } catch (error) {
        expect(error).toBeInstanceOf(InputError);
        expect((error as InputError).message).toMatch(/^[A-Z][^\n]*\.$/);
        expect(rows).toBeUndefined();
      }
    }
  });
});

test("a file that is no database ends the run with one sentence", async () => {
  for (const [name, content] of [
    ["empty.mmdb", ""],
    ["text.mmdb", "no database at all\n"],
    ["mark.mmdb", "\xab\xcd\xefMaxMind.com"],
    ["zeroes.mmdb", "\0".repeat(100_000)],
  ] as const) {
    const [city] = writeFiles(folder, { [name]: Buffer.from(content, "latin1") });
    const scoring = { ...DEFAULT_SCORING, geo: { ...DEFAULT_SCORING.geo, city } };
    await expect(parseFiles(folder, { "a.csv": EXPORT }, { scoring })).rejects.toThrow(/^[A-Z][^\n]*\.mmdb[^\n]*\.$/);
  }
});
