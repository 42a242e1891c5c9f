import { execFileSync, spawn } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { basename, delimiter, join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Manifest } from "../../src/model/manifest.ts";
import { CASES, CLI, filesUnder, temporaryFolder } from "../support/run.ts";

const folder = temporaryFolder();

/** The bundled cases, exports and audit logs of many mailboxes, copied so that no two folders were filled alike. */
function copyOfCases(name: string, reversed: boolean): string {
  const place = join(folder, name, "evidence");
  const files = filesUnder(CASES);
  for (const path of reversed ? files.toReversed() : files) {
    mkdirSync(join(place, path, ".."), { recursive: true });
    cpSync(join(CASES, path), join(place, path));
  }
  return place;
}

interface Machine {
  /** The runtime; this one without it. */
  readonly node?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  readonly input: string;
  readonly jobs: number;
}

let runs = 0;

/** Parses the cases into a bundle of every format that needs nothing else; returns its folder. */
function parseOn({ node = process.execPath, env = {}, cwd, input, jobs }: Machine): Promise<string> {
  const out = join(folder, `bundle-${++runs}`);
  const formats = "tsv,json,html,xlsx,timesketch,ecs";
  const trace = join(CASES, "session-theft-30-days", "message-trace.csv");
  const options = ["--jobs", String(jobs), "--formats", formats, "--classic", "--messages", trace, "--quiet"];
  return new Promise((resolve, reject) => {
    const child = spawn(node, [CLI, "parse", input, "--out", out, ...options], {
      cwd,
      env: { ...process.env, ...env },
      stdio: ["ignore", "ignore", "pipe"],
    });
    let stderr = "";
    child.stderr.on("data", (text: Buffer) => (stderr += text.toString()));
    child.on("error", reject);
    child.on("close", (code) => {
      if (code === 0 && stderr === "") resolve(out);
      else reject(new Error(`Ended with ${code}: ${stderr}`));
    });
  });
}

/** Every file of a bundle but the one that says when the run was. */
function contentsOf(bundle: string): Map<string, string> {
  const names = filesUnder(bundle).filter((path) => basename(path) !== "run.json");
  return new Map(names.map((path) => [path, readFileSync(join(bundle, path), "latin1")]));
}

/** What zlib packs: another release of it may pack the same in other bytes. */
const PACKED = /\.(?:html|xlsx)$/;

/** The files whose bytes depend on nothing but the evidence; of the manifest what it says of those. */
function unpackedOf(bundle: string): Map<string, string> {
  const contents = new Map([...contentsOf(bundle)].filter(([path]) => !PACKED.test(path)));
  const manifest = JSON.parse(contents.get("manifest.json") ?? "") as Manifest;
  const outputs = manifest.outputs.map((output) =>
    PACKED.test(output.path) ? { path: output.path, rows: output.rows } : output,
  );
  return contents.set("manifest.json", JSON.stringify({ ...manifest, outputs }));
}

/** The names of files that differ: their contents are too long to print. */
function differences(a: ReadonlyMap<string, string>, b: ReadonlyMap<string, string>): string[] {
  return [...new Set([...a.keys(), ...b.keys()])].filter((path) => a.get(path) !== b.get(path));
}

const first = copyOfCases("first", false);
const second = copyOfCases("second", true);
const reference = parseOn({ env: { TZ: "UTC", LC_ALL: "C" }, input: first, jobs: 1 });

describe("the same evidence gives the same bytes", () => {
  const machines: readonly (readonly [string, string, Machine])[] = [
    [
      "two threads, time far ahead, Turkish, another folder",
      "tr-TR",
      { env: { TZ: "Pacific/Kiritimati", LC_ALL: "tr_TR.UTF-8" }, cwd: join(second, ".."), input: "evidence", jobs: 2 },
    ],
    [
      "three threads, time behind by half an hour, Arabic, within the evidence",
      "ar-EG",
      { env: { TZ: "America/St_Johns", LC_ALL: "ar_EG.UTF-8" }, cwd: second, input: ".", jobs: 3 },
    ],
  ];

  test.skipIf(process.platform === "win32").each(machines)("with %s", async (_name, locale, machine) => {
    // The runtime listens to these: otherwise the test could not fail.
    const asked = execFileSync(process.execPath, ["-p", "Intl.DateTimeFormat().resolvedOptions().locale"], {
      env: { ...process.env, ...machine.env },
      encoding: "utf8",
    });
    expect(asked.trim()).toBe(locale);
    const expected = contentsOf(await reference);
    // 15 tables and rejects, classic, findings, report, workbook, two timelines, manifest.
    expect(expected.size).toBeGreaterThanOrEqual(15 + 5 + 1 + 4 + 1);
    expect(differences(expected, contentsOf(await parseOn(machine)))).toEqual([]);
  });

  test("and the evidence is read, not the folder it lies in", async () => {
    const manifest = JSON.parse(contentsOf(await reference).get("manifest.json") ?? "") as Manifest;
    const formats = new Set(manifest.inputs.map(({ format }) => format));
    expect([...formats]).toEqual(expect.arrayContaining(["retriever-csv", "activity-json"]));
    expect(manifest.totals.mailboxes).toBeGreaterThan(5);
    expect(readdirSync(first).sort()).toEqual(readdirSync(CASES).sort());
  });
});

/** Paths of other releases of the runtime, as in PATH. */
const OTHERS = (process.env["ALICORN_OTHER_NODES"] ?? "").split(delimiter).filter((path) => path !== "");

describe.skipIf(OTHERS.length === 0)(
  "another release of the runtime gives the same bytes but for what zlib packs",
  () => {
    test.each(OTHERS)("%s", async (node) => {
      const expected = await reference;
      const bundle = await parseOn({ node, input: first, jobs: 2 });
      expect(differences(unpackedOf(expected), unpackedOf(bundle))).toEqual([]);
    });
  },
);
