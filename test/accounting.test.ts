import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseTicks } from "../src/ingest/timestamp.ts";
import type { RowFilter } from "../src/joins/mailbox-case.ts";
import { NO_FILTER } from "../src/joins/mailbox-case.ts";
import type { PlainRow } from "./support/export.ts";
import { csvExport, csvLine, HEADER, jsonExport, makeRows } from "./support/export.ts";
import type { Bundle } from "./support/run.ts";
import { filesUnder, parsePaths, runCli, temporaryFolder, writeFiles } from "./support/run.ts";

const folder = temporaryFolder();

/** Each row stands in one of these, and in the timeline. */
const FAMILY_TABLES = [
  "logon-activity",
  "read-activity-by-time",
  "search-activity",
  "attachments-activity",
  "message-activity",
  "other-activity",
];

/** Lines that are no record of an export, whatever stands around them. */
const DAMAGED = [
  "no export at all",
  "2018-06-20T10:00:00Z,Web,Flag",
  `2018-06-20T10:00:00Z,Web,"Fl"ag,,,,`,
  `2018-06-20T10:00:00Z,We"b,Flag,,,,`,
  ",,,,,,",
  HEADER,
  "a,b,c,d,e,f,g,h",
  "ü \u{1f600} halb",
  `2018-06-20T10:00:00Z,Web,Flag,,,,"{'a': 'b'`,
];

/** One line of an input as it was made. */
type Line =
  | { readonly kind: "row"; readonly row: PlainRow }
  | { readonly kind: "again"; readonly pick: number }
  | { readonly kind: "damaged"; readonly text: string };

const line: fc.Arbitrary<Line["kind"]> = fc.oneof(
  { weight: 8, arbitrary: fc.constant("row" as const) },
  { weight: 2, arbitrary: fc.constant("again" as const) },
  { weight: 2, arbitrary: fc.constant("damaged" as const) },
);
const input = fc.array(fc.tuple(line, fc.nat(), fc.constantFrom(...DAMAGED)), { minLength: 1, maxLength: 40 });

interface Expected {
  readonly name: string;
  readonly rows: number;
  readonly parsed: number;
  readonly rejected: number;
  readonly duplicates: number;
  readonly filtered: number;
}

function isShown(row: PlainRow, { start, types }: RowFilter): boolean {
  return parseTicks(row.time) >= start && (types === undefined || types.has(row.type));
}

/** Every row of the tables as `file:row`, sorted. */
function sources(bundle: Bundle, tables: readonly string[]): string[] {
  return tables
    .flatMap((table) => bundle.rows(table))
    .map((row) => `${row["Source File"]}:${row["Source Row"]}`)
    .sort();
}

describe("accounting", () => {
  test("every row of every input is parsed, rejected, a duplicate or filtered, and stands where it belongs", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(input, { minLength: 1, maxLength: 3 }),
        fc.nat({ max: 1e6 }),
        fc.constantFrom("none", "types", "start"),
        fc.boolean(),
        async (inputs, seed, filtering, crlf) => {
          const made = inputs.map((lines, file) => makeRows(seed + file, lines.length + 1));
          const filter: RowFilter = {
            ...NO_FILTER,
            types: filtering === "types" ? new Set(["ServerLogon", "MessageDelivered", "Flag"]) : undefined,
            start: filtering === "start" ? parseTicks(made[0]?.at(-1)?.time ?? "") : -Infinity,
            words: filtering,
          };
          const seen = new Set<string>();
          const wantedSources: string[] = [];
          const files: Record<string, string> = {};
          const expected: Expected[] = [];
          for (const [file, lines] of inputs.entries()) {
            const name = `${String.fromCharCode(97 + file)}.csv`;
            const rows = made[file] as PlainRow[];
            // The first row names the mailbox, so that all inputs are of one.
            const texts: string[] = [];
            const given: PlainRow[] = [];
            const counts = { rows: 0, parsed: 0, rejected: 0, duplicates: 0, filtered: 0 };
            const take = (row: PlainRow) => {
              given.push(row);
              const text = csvLine(row);
              texts.push(text);
              if (seen.has(text)) counts.duplicates++;
              else if (isShown(row, filter)) {
                counts.parsed++;
                wantedSources.push(`${name}:${counts.rows + 1}`);
              } else counts.filtered++;
              seen.add(text);
              counts.rows++;
            };
            take(rows[0] as PlainRow);
            for (const [at, [kind, pick, damaged]] of lines.entries()) {
              if (kind === "damaged") {
                texts.push(damaged);
                counts.rows++;
                counts.rejected++;
              } else take((kind === "again" ? given[pick % given.length] : rows[at + 1]) as PlainRow);
            }
            files[name] = `\uFEFF${[HEADER, ...texts, ""].join(crlf ? "\r\n" : "\n")}`;
            expected.push({ name, ...counts });
          }
          const place = join(folder, `property-${++cases}`);
          const bundle = await parsePaths(folder, writeFiles(place, files), {
            filter: filtering === "none" ? NO_FILTER : filter,
          });
          expect(
            bundle.manifest.inputs.map(({ path, rows, parsed, rejected, duplicates, filtered }) => ({
              name: path,
              rows,
              parsed,
              rejected,
              duplicates,
              filtered,
            })),
          ).toEqual(expected);
          wantedSources.sort();
          expect(sources(bundle, ["timeline"])).toEqual(wantedSources);
          expect(sources(bundle, FAMILY_TABLES)).toEqual(wantedSources);
          expectRejectsLeadBack(bundle, place, expected);
        },
      ),
      { numRuns: 40, seed: 20180620 },
    );
  });

  test("the same of JSON lines", async () => {
    const rows = makeRows(5, 60);
    const lines = jsonExport(rows, 1)
      .split("\n")
      .map((page) => page.slice('{"value":['.length, -2));
    lines.splice(20, 0, '{"Foo":"bar"}', lines[3] as string);
    const bundle = await parsePaths(folder, writeFiles(join(folder, "lines"), { "a.jsonl": `${lines.join("\n")}\n` }));
    expect(bundle.manifest.inputs).toMatchObject([
      { rows: rows.length + 2, parsed: rows.length, rejected: 1, duplicates: 1, filtered: 0 },
    ]);
    const wanted = lines.flatMap((_line, at) => (at === 20 || at === 21 ? [] : [`a.jsonl:${at + 1}`])).sort();
    expect(sources(bundle, ["timeline"])).toEqual(wanted);
    expect(sources(bundle, FAMILY_TABLES)).toEqual(wanted);
    expectRejectsLeadBack(bundle, join(folder, "lines"), [{ name: "a.jsonl", rejected: 1 }]);
  });

  test("--keep-duplicates keeps them", async () => {
    const rows = makeRows(6, 30);
    const place = writeFiles(join(folder, "twice"), { "a.csv": csvExport([...rows, ...rows]) });
    const bundle = await parsePaths(folder, place, { keepDuplicates: true });
    expect(bundle.manifest.totals).toMatchObject({ rows: 2 * rows.length, parsed: 2 * rows.length, duplicates: 0 });
    expect(bundle.rows("timeline")).toHaveLength(2 * rows.length);
  });

  test("the same file twice, or as another shape, is nothing but duplicates", async () => {
    const rows = makeRows(6, 30);
    const [csv = "", json = ""] = writeFiles(join(folder, "shapes"), {
      "a.csv": csvExport(rows),
      "b.json": jsonExport(rows),
    });
    const bundle = await parsePaths(folder, [csv, csv, json]);
    expect(bundle.manifest.inputs.map(({ path, parsed, duplicates }) => [path, parsed, duplicates])).toEqual([
      ["a.csv", rows.length, 0],
      ["a.csv#2", 0, rows.length],
      ["b.json", 0, rows.length],
    ]);
  });
});

test("more types of activity and application than 16 bits can number keep their names", async () => {
  const types = Array.from({ length: 65_600 }, (_, at) => `Type${at}`);
  const apps = types.map((_, at) => `App${at}`);
  const text = [HEADER, ...types.map((type, at) => `2018-06-20T10:00:00Z,${apps[at]},${type},,,,`), ""].join("\n");
  const inputs = writeFiles(join(folder, "types"), { "a.csv": text });
  const bundle = await parsePaths(folder, inputs, { tables: new Set(["other-activity"]) });
  const written = bundle.rows("other-activity").map((row) => row["Type"]);
  expect(written).toHaveLength(types.length);
  // The rows around the 65,536th first: a failure of the whole would print all of them.
  expect(written.slice(65_530)).toEqual(types.slice(65_530));
  expect(written.findIndex((type, at) => type !== types[at])).toBe(-1);
  const platforms = bundle.rows("other-activity").map((row) => row["Platform"]);
  expect(platforms.slice(65_530)).toEqual(apps.slice(65_530));
  expect(platforms.findIndex((app, at) => app !== apps[at])).toBe(-1);
});

let cases = 0;

/** Raw and Byte Offset of every reject are the bytes that lie there. */
function expectRejectsLeadBack(
  bundle: Bundle,
  place: string,
  expected: readonly { readonly name: string; readonly rejected: number }[],
): void {
  const rejects = bundle.rows("rejects");
  for (const { name, rejected } of expected) {
    const bytes = readFileSync(join(place, name));
    const own = rejects.filter((row) => row["Source File"] === name);
    expect(own).toHaveLength(rejected);
    for (const row of own) {
      const raw = Buffer.from(row["Raw"] as string);
      const offset = Number(row["Byte Offset"]);
      expect(bytes.subarray(offset, offset + raw.length).equals(raw)).toBe(true);
      expect(row["Reason"]).not.toBe("");
      expect([10, 13, undefined]).toContain(bytes[offset + raw.length]);
      expect([10, undefined]).toContain(bytes[offset - 1]);
    }
  }
}

describe("the same evidence gives the same bytes", () => {
  const other = makeRows(12, 80).map((row) => ({
    ...row,
    properties:
      row.properties?.["UserName"] === undefined || row.properties["UserName"] === null
        ? row.properties
        : { ...row.properties, UserName: "carla@contoso.example" },
  }));
  const files = {
    "a/one.csv": csvExport(makeRows(11, 80)),
    "b/two.json": jsonExport(other),
    "Ä.csv": `${csvExport(makeRows(13, 40))}damaged\n`,
    "readme.txt": "nothing to read here\n",
  };

  test("whatever time zone and language the machine has, and in whatever order a folder was filled", async () => {
    const places = [join(folder, "first", "evidence"), join(folder, "second", "evidence")] as const;
    writeFiles(places[0], files);
    writeFiles(places[1], Object.fromEntries(Object.entries(files).toReversed()));
    const machines = [
      { TZ: "UTC", LANG: "C", LC_ALL: "C" },
      { TZ: "Pacific/Kiritimati", LANG: "tr_TR.UTF-8", LC_ALL: "tr_TR.UTF-8" },
    ];
    const bundles = await Promise.all(
      places.map(async (place, at) => {
        const out = join(folder, `machine-${at}`);
        const ended = await runCli(
          ["parse", place, "--out", out, "--classic", "--formats", "tsv,json,html,xlsx,timesketch,ecs"],
          { env: machines[at] ?? {} },
        );
        expect(ended).toMatchObject({ code: 0 });
        return out;
      }),
    );
    const [one, two] = bundles.map((bundle) =>
      Object.fromEntries(
        filesUnder(bundle)
          .filter((path) => basename(path) !== "run.json")
          .map((path) => [path, readFileSync(join(bundle, path), "latin1")]),
      ),
    );
    // 16 tables, the five classic files, findings.json, the report, all three other shapes and the manifest.
    expect(Object.keys(one ?? {})).toHaveLength(16 + 5 + 5 + 1);
    expect(two).toEqual(one);
  });
});
