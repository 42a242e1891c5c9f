#!/usr/bin/env node
// What Parquet and each way of asking it cost for an evidence: the figures of docs/scale.md. Needs the built program.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const here = (relative) => fileURLToPath(new URL(relative, import.meta.url));
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { rounds: { type: "string", default: "3" }, jobs: { type: "string" } },
});
const [evidence] = positionals;
if (evidence === undefined) {
  process.stderr.write("usage: node measure.mjs [--rounds N] [--jobs N] EVIDENCE\n");
  process.exit(2);
}
const rounds = Number(values.rounds);
const folder = mkdtempSync(join(tmpdir(), "alicorn-measure-"));
const HOOK = new URL("test/support/duckdb-from-here.mjs", import.meta.url).href;
/** At its end the process says what it took: time of all its threads, and the most memory. */
const TOLD =
  "process.on('exit', () => { const { user, system } = process.cpuUsage(); process.stderr.write('\\n' + JSON.stringify({ cpu: (user + system) / 1e6, peakMiB: Math.round(process.resourceUsage().maxRSS / 1024) })); });";
const REGISTER = `data:text/javascript,import { register } from "node:module"; register(${JSON.stringify(HOOK)}); ${TOLD}`;

const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];
const megabytes = (bytes) => Math.round(bytes / 1e5) / 10;

function sizeOf(place, ends) {
  return readdirSync(place, { recursive: true })
    .filter((name) => name.endsWith(ends))
    .reduce((sum, name) => sum + statSync(join(place, name)).size, 0);
}

function parse(formats) {
  const out = join(folder, "bundle");
  const jobs = values.jobs === undefined ? [] : ["--jobs", values.jobs];
  const args = ["parse", evidence, "--out", out, "--force", "--quiet", "--formats", formats, ...jobs];
  const begun = performance.now();
  const { status, stderr } = spawnSync(process.execPath, ["--import", REGISTER, here("../dist/cli.js"), ...args], {
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(stderr);
  return { seconds: (performance.now() - begun) / 1000, ...JSON.parse(stderr.split("\n").at(-1)) };
}

const SEARCHES = ["searches", "read-activity", "address-stacks", "addresses", "exposure", "mailbox-access"];
const WAYS = [["duckdb"], ["clickhouse"], ["clickhouse", "--table"]];

try {
  const formats = { tsv: [], parquet: [], "tsv,parquet": [] };
  // In turn, so that what else the machine does meets all alike; the bundle that stays has both.
  for (let round = 0; round < rounds; round++) {
    for (const [format, runs] of Object.entries(formats)) runs.push(parse(format));
  }
  const bundle = join(folder, "bundle");
  const told = (runs) =>
    Object.fromEntries(
      ["seconds", "cpu", "peakMiB"].map((key) => [key, Math.round(median(runs.map((run) => run[key])) * 10) / 10]),
    );
  const line = {
    evidenceMB: megabytes(statSync(evidence).isFile() ? statSync(evidence).size : sizeOf(evidence, "")),
    tablesMB: megabytes(sizeOf(bundle, ".tsv")),
    parquetMB: megabytes(sizeOf(bundle, ".parquet")),
    mailboxes: readdirSync(join(bundle, "events")).length,
    ...Object.fromEntries(Object.entries(formats).map(([format, runs]) => [format, told(runs)])),
  };
  process.stdout.write(`${JSON.stringify(line)}\n`);
  for (const search of SEARCHES) {
    const times = WAYS.map(() => ({ opened: [], asked: [], peakMiB: [] }));
    let rows = 0;
    for (let round = 0; round < rounds; round++) {
      for (const [at, [engine, ...more]] of WAYS.entries()) {
        const args = [here("run.mjs"), "--time", "--engine", engine, ...more, search, bundle];
        const { status, stderr } = spawnSync(process.execPath, args, {
          encoding: "utf8",
          stdio: ["ignore", "ignore", "pipe"],
        });
        if (status !== 0) throw new Error(stderr);
        const told = JSON.parse(stderr);
        rows = told.rows;
        for (const key of ["opened", "asked", "peakMiB"]) times[at][key].push(Number(told[key]));
      }
    }
    const ways = WAYS.map((way, at) => [
      way.join(" "),
      Object.fromEntries(Object.entries(times[at]).map(([key, numbers]) => [key, median(numbers)])),
    ]);
    process.stdout.write(`${JSON.stringify({ search, rows, ...Object.fromEntries(ways) })}\n`);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
