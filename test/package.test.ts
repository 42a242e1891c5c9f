import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { builtinModules } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, test } from "vitest";
import { csvExport, makeRows } from "./support/export.ts";
import type { Ended } from "./support/run.ts";
import { CASES, CLI, filesUnder, openBundle, runCli, temporaryFolder } from "./support/run.ts";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const CASE = "wire-fraud-60-days";
const MINUTES = 5 * 60_000;
const ALL_FORMATS = ["--classic", "--formats", "tsv,json,html,xlsx,timesketch,ecs", "--quiet"];

const root = temporaryFolder();
const made = join(root, "made");
const installed = join(root, "installed", "node_modules", "alicorn");
/** A folder with the single file and nothing else; its name has what URLs and shells trip over. */
const alone = join(root, "one file #1 %20");
const single = join(alone, "alicorn.mjs");

function run(program: string, args: readonly string[], cwd: string): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd, stdio: ["ignore", "pipe", "pipe"], shell: program === "npm.cmd" });
    let stdout = "";
    let stderr = "";
    child.stdout.on("data", (chunk: Buffer) => (stdout += chunk.toString()));
    child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, stdout, stderr }));
  });
}

async function succeed(program: string, args: readonly string[], cwd: string): Promise<Ended> {
  const ended = await run(program, args, cwd);
  if (ended.code !== 0) throw new Error(`${program} ${args.join(" ")}: ${ended.code}\n${ended.stderr}${ended.stdout}`);
  return ended;
}

const sha256 = (path: string) => createHash("sha256").update(readFileSync(path)).digest("hex");
/** Made at the same time as the first, elsewhere. */
const again = join(root, "again");
const make = (out: string) => succeed(process.execPath, [join(ROOT, "scripts/package.mjs"), "--out", out], root);

/** The SHA-256 of every file of a bundle, but for run.json, which has the run's own times. */
function digests(folder: string): Record<string, string> {
  const files = filesUnder(folder).filter((path) => path !== "run.json");
  return Object.fromEntries(files.map((path) => [path, sha256(join(folder, path))]));
}

let tarball = "";

beforeAll(async () => {
  await Promise.all([make(made), make(again)]);
  tarball = filesUnder(made).find((path) => path.endsWith(".tgz")) ?? "";
  mkdirSync(alone);
  copyFileSync(join(made, "alicorn.mjs"), single);
  mkdirSync(join(root, "installed"));
  // A registry that refuses and a cache that is empty: what is not in the tarball cannot be had.
  const offline = ["--offline", "--registry", "http://127.0.0.1:9", "--cache", join(root, "cache")];
  const quiet = ["--no-audit", "--no-fund", "--prefix", join(root, "installed")];
  const npm = process.platform === "win32" ? "npm.cmd" : "npm";
  await succeed(npm, ["install", ...offline, ...quiet, join(made, tarball)], join(root, "installed"));
}, MINUTES);

describe("what is made", () => {
  test("is named in SHA256SUMS, with the right sums", () => {
    const { version } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as { version: string };
    const files = ["THIRD-PARTY-LICENSES.txt", `alicorn-${version}.tgz`, "alicorn.mjs"];
    expect(filesUnder(made)).toEqual(["SHA256SUMS", ...files]);
    const lines = files.map((name) => `${sha256(join(made, name))}  ${name}\n`);
    expect(readFileSync(join(made, "SHA256SUMS"), "utf8")).toBe(lines.join(""));
  });

  test("has the same bytes when it is made again", () => {
    expect(digests(again)).toEqual(digests(made));
  });

  test("names no folder of the machine", () => {
    const folders = [ROOT.slice(0, -1), join(tmpdir(), "alicorn-")];
    const files = [single, ...filesUnder(installed).map((path) => join(installed, path))];
    const named = files.filter((file) => folders.some((folder) => readFileSync(file).includes(folder)));
    expect(named).toEqual([]);
  });

  test("has the licence of each package that is in it, and of the data", () => {
    const licences = readFileSync(join(made, "THIRD-PARTY-LICENSES.txt"), "utf8");
    const packages = filesUnder(join(installed, "node_modules"))
      .map((path) => /^(?:.*\/node_modules\/)?(?:@[^/]+\/)?[^/]+\/package\.json$/.exec(path)?.[0])
      .filter((path) => path !== undefined)
      .map((path) => JSON.parse(readFileSync(join(installed, "node_modules", path), "utf8")) as Record<string, string>)
      .filter((own) => own["version"] !== undefined);
    expect(packages.length).toBeGreaterThan(30);
    for (const { name, version, license } of packages)
      expect(licences).toContain(`\n${name} ${version} (${license})\n`);
    expect(licences).toContain("This product includes GeoLite2 data created by MaxMind");
    expect(licences).toContain("\nworld-atlas ");
    expect(readFileSync(join(installed, "THIRD-PARTY-LICENSES.txt"), "utf8")).toBe(licences);
    const comments = readFileSync(single, "utf8")
      .split("\n")
      .map((line) => line.replace(/^\/\/ ?/, ""));
    expect(comments.join("\n")).toContain(licences.trimEnd());
  });

  test("loads no module of Node that speaks to a network or starts a program", () => {
    const main = readFileSync(single, "utf8");
    // The threads' modules are in it as data URLs.
    const threads = [...main.matchAll(/"data:text\/javascript;base64,([^"]+)"/g)].map(([, coded = ""]) => coded);
    // Checking, writing, routing, working on mailboxes.
    expect(threads).toHaveLength(4);
    const text = [main, ...threads.map((coded) => Buffer.from(coded, "base64").toString())].join("\n");
    const statements = text.matchAll(/(?:\bfrom|require\(|\bimport\(|\bimport) ?"(?:node:)?([\w/]+)"/g);
    const loaded = [...statements].map(([, name = ""]) => name);
    expect(loaded).toContain("worker_threads");
    const ways = ["child_process", "cluster", "dgram", "dns", "http", "http2", "https", "inspector", "tls", "vm"];
    expect(ways.filter((name) => !builtinModules.includes(name))).toEqual([]);
    expect(loaded.filter((name) => ways.includes(name.split("/")[0] ?? ""))).toEqual([]);
    // Of net only the question whether a text is an address, in alicorn and in maxmind.
    const uses = text.matchAll(/import \{ (.+) \} from "(?:node:)?net"|\bnet_1\.default\.(\w+)/g);
    const asked = [...uses].map(([, imported, used]) => imported ?? used);
    expect(new Set(asked)).toEqual(new Set(["isIP"]));
    expect(loaded.filter((name) => name === "net")).toHaveLength(asked.length);
    expect(text).not.toMatch(/\bfetch\(|\bnew WebSocket\b|\beval\(|\bnew Function\(/);
  });
});

describe("a run", () => {
  test(
    "gives the bytes of the normal build, out of the installed tarball and out of the single file",
    async () => {
      const here = join(root, "runs");
      mkdirSync(here);
      const cli = join(installed, "dist", "cli.js");
      await succeed(process.execPath, [cli, "sample", "cases"], here);
      await succeed(process.execPath, [single, "sample", "cases-of-single"], here);
      for (const folder of ["cases", "cases-of-single"]) expect(digests(join(here, folder))).toEqual(digests(CASES));

      const args = ["parse", join("cases", CASE), ...ALL_FORMATS, "--out"];
      const bin = join(root, "installed", "node_modules", ".bin", "alicorn");
      await Promise.all([
        succeed(process.execPath, [CLI, ...args, "normal"], here),
        succeed(bin, [...args, "from-tarball"], here),
        succeed(process.execPath, [single, ...args, "from-single"], here),
      ]);
      const expected = digests(join(here, "normal"));
      expect(Object.keys(expected)).toEqual(expect.arrayContaining(["timeline.tsv", "findings.json", "report.html"]));
      expect(digests(join(here, "from-tarball"))).toEqual(expected);
      expect(digests(join(here, "from-single"))).toEqual(expected);
      // The country database that is bundled was found, and by no path of the machine.
      expect(openBundle(join(here, "from-single")).manifest.databases.map(({ path }) => path)).toEqual([
        "GeoLite2-Country.mmdb",
      ]);
      await succeed(process.execPath, [single, "verify", "from-tarball"], here);
      expect(filesUnder(alone)).toEqual(["alicorn.mjs"]);
    },
    MINUTES,
  );

  test(
    "of large evidence starts its threads out of the single file",
    async () => {
      const here = join(root, "large");
      mkdirSync(here);
      const rows = makeRows(5, 2000).map((row, at) => ({ ...row, properties: { Subject: `${at} `.repeat(2000) } }));
      writeFileSync(join(here, "export.csv"), csvExport(rows));
      const told = join(here, "told.mjs");
      writeFileSync(told, 'process.on("worker", () => process.stderr.write("thread\\n"));\n');
      const args = ["parse", "export.csv", "--formats", "tsv,json", "--quiet", "--out"];
      const ended = await succeed(process.execPath, ["--import", told, single, ...args, "from-single"], here);
      // One hashes the input, one writes the tables.
      expect(ended.stderr).toBe("thread\nthread\n");
      expect((await runCli([...args, "normal"], { cwd: here })).code).toBe(0);
      expect(digests(join(here, "from-single"))).toEqual(digests(join(here, "normal")));
    },
    MINUTES,
  );

  test("answers as the normal build, in its version, its help and its refusals", async () => {
    for (const words of [
      "--version",
      "--help",
      "parse --help",
      "parse",
      "prase",
      "parse a --out",
      "rules",
      "rules explain x",
    ]) {
      const args = words.split(" ");
      const [normal, ...others] = await Promise.all([
        runCli(args, { cwd: ROOT }),
        run(process.execPath, [join(installed, "dist", "cli.js"), ...args], alone),
        run(process.execPath, [single, ...args], alone),
      ]);
      expect(others, words).toEqual([normal, normal]);
    }
  }, 120_000);
});
