import { createHash } from "node:crypto";
import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { openBundle, runCli, temporaryFolder } from "../support/run.ts";
import { auditLog, exportOf, largeExport } from "./evidence.ts";
import type { Deed, Moment } from "./support.ts";
import { expectFailure, placeOf, runWith } from "./support.ts";

const root = temporaryFolder();
const LARGE = largeExport();
const EXPORT = exportOf(1, 60);
const LOG = auditLog(900);
const THREADS = ["--jobs", "2"];

/** What is done to the input, given its path and that of another file of the same shape. */
const DEEDS = {
  truncated: (path: string): Deed => ({ what: "truncate", path, size: 1000 }),
  replaced: (path: string, by: string): Deed => ({ what: "replace", path, by }),
  "appended to": (path: string): Deed => ({ what: "append", path, text: "damaged\n" }),
  removed: (path: string): Deed => ({ what: "remove", path }),
};

type DeedName = keyof typeof DEEDS;
type Case = readonly [when: string, file: string, text: string, Moment, DeedName[], options?: readonly string[]];

/** Moments at which evidence is still to be read. A large export is hashed by a thread of its own meanwhile. */
const CASES: readonly Case[] = [
  ["while it is read", "a.csv", LARGE, { call: "readSync", path: "in.a.csv$", nth: 4 }, ["truncated", "appended to"]],
  ["before it is hashed", "a.csv", LARGE, { call: "beginThread", path: "" }, ["truncated"]],
  [
    "while its rows are written",
    "a.csv",
    EXPORT,
    { call: "openSync", path: "timeline.tsv$" },
    ["truncated", "removed"],
  ],
  [
    "while it is routed",
    "a.ndjson",
    LOG,
    { call: "readSync", path: "in.a.ndjson$", nth: 3 },
    ["truncated", "replaced"],
  ],
  ["between mailboxes", "a.ndjson", LOG, { call: "writeSync", path: "by-item.0.groups" }, ["truncated"]],
  [
    "before threads begin",
    "a.ndjson",
    LOG,
    { call: "mkdirSync", path: "thread-0$" },
    ["truncated", "replaced", "appended to", "removed"],
    THREADS,
  ],
  [
    "while threads read",
    "a.ndjson",
    LOG,
    { call: "openSync", path: "thread-1.timeline.runs$" },
    ["truncated", "appended to"],
    THREADS,
  ],
];

/** Asserts that a bundle is that of the evidence as it was when the run began. */
async function expectBundleOf(name: string, text: string, folder: string): Promise<void> {
  const bundle = openBundle(join(folder, "b"));
  expect(bundle.manifest.inputs[0]?.sha256).toBe(createHash("sha256").update(text).digest("hex"));
  writeFileSync(join(folder, name), text);
  const { code } = await runCli(["parse", name, "--formats", "tsv", "--out", "whole"], { cwd: folder });
  expect(code).toBe(0);
  expect(bundle.manifest.outputs).toEqual(openBundle(join(folder, "whole")).manifest.outputs);
}

// Windows does not let go of a file that is open.
describe.skipIf(process.platform === "win32").concurrent("evidence that changes in a run", () => {
  const all = CASES.flatMap(([when, file, text, moment, deeds, options = []]) =>
    deeds.map((deed) => ({ when, file, text, moment, deed, options })),
  );

  test.each(all)("$file, $deed $when: a bundle of what was hashed, or none", async (one) => {
    const { file, text, moment, deed, options } = one;
    const { folder, evidence } = placeOf(root, { [file]: text });
    const other = join(folder, "other");
    writeFileSync(other, text.replaceAll("contoso", "altered"));
    const args = ["parse", "in", "--formats", "tsv", "--out", "b", ...options];
    const ended = await runWith(moment, DEEDS[deed](join(evidence, file), other), args, folder);
    if (deed === "appended to") expect(ended.stderr).toContain("The bundle is in b");
    if (ended.code === 0) {
      await expectBundleOf(file, text, folder);
      return;
    }
    expectFailure(ended, new RegExp(`\\b${file}\\b.*(?:was changed|does not exist)`));
    expect(existsSync(join(folder, "b"))).toBe(false);
    expect(readdirSync(folder).filter((entry) => entry.includes("partial"))).toEqual([]);
  });
});
