// Measures alicorn beside what else could do its work. `npm run bench` builds it first; docs/performance.md explains.
import { spawn, spawnSync } from "node:child_process";
import { copyFileSync, createReadStream, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { statSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { writeMailboxes } from "./mailboxes.mjs";

const here = (relative) => fileURLToPath(new URL(relative, import.meta.url));
const CLI = here("../dist/cli.js");
const SAMPLE = here("../samples/cases/wire-fraud-60-days/dana.keller@northgate.example.csv");
/** Exports and installed packages, kept between runs; what contestants write is removed after each. */
const CACHE = join(tmpdir(), "alicorn-bench");
const PYTHON = process.platform === "win32" ? "python" : "python3";
const MIB = 1024;
const FIVE = "logon-activity,read-activity-by-time,read-activity-by-item,search-activity,attachments-activity";

/** A record takes more room as JSON: this share of a million rows makes 800 MB. */
const JSON_SHARE = 0.7;

/** Where each comparison should end. `wall` is alicorn's share of the other's, `peakMiB` absolute. */
const TARGETS = {
  five: { wall: 0.5, peakMiB: 350 },
  all: { wall: 1, peakMiB: 350 },
  reference: { wall: 1 / 15 },
  linear: { wallPerRow: 1.25 },
  json: { peakMiB: 512 },
  scoring: { wall: 1.25 },
  audit: { megabytesPerSecond: 60, peakMiB: 400 },
  mailboxes: { peakMiB: 500 },
  huge: { peakMiB: 1229 },
};

/** The tables alone, as what they are measured against writes; findings.json and the report have a row of their own. */
const TABLES_ONLY = ["--formats", "tsv"];

const HELP = `usage: npm run bench -- [options]
  --rows SMALL,LARGE  rows of the two exports (default 100000,1000000; with --quick 20000,100000)
  --rounds N          runs of each contestant, at least 2 (default 3; with --quick 2)
  --quick             small exports and few rounds
  --full              an export five times as large as LARGE, too: is the time per row the same?
  --json              seven tenths of LARGE as JSON, one record a line, too: how much memory does that take?
  --audit N           an audit log of N records as lines, as one list and as CSV; nothing else is measured then
  --mailboxes N       N mailboxes of SMALL rows each, with one thread and with all; nothing else is measured then
  --skip-duckdb       leave DuckDB out
  --out FILE          write the results as JSON, too`;

function options() {
  const { values } = parseArgs({
    options: {
      rows: { type: "string" },
      rounds: { type: "string" },
      quick: { type: "boolean", default: false },
      full: { type: "boolean", default: false },
      json: { type: "boolean", default: false },
      audit: { type: "string" },
      mailboxes: { type: "string" },
      "skip-duckdb": { type: "boolean", default: false },
      out: { type: "string" },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) {
    console.log(HELP);
    process.exit(0);
  }
  const rows = (values.rows ?? (values.quick ? "20000,100000" : "100000,1000000")).split(",").map(Number);
  const rounds = Number(values.rounds ?? (values.quick ? 2 : 3));
  const whole = (value) => Number.isSafeInteger(value) && value > 0;
  if (rows.length !== 2 || !rows.every(whole) || !whole(rounds) || rounds < 2) throw new Error(HELP);
  return { ...values, small: rows[0], large: rows[1], rounds };
}

/** How the peak memory of a child is learnt, the best way first. */
function meterOf() {
  const probe = existsSync("/usr/bin/time") ? spawnSync("/usr/bin/time", ["-v", "true"], { encoding: "utf8" }) : {};
  if (probe.status === 0 && probe.stderr.includes("Maximum resident set size")) return "time";
  return existsSync("/proc/self/status") ? "proc" : "node";
}

const METER = meterOf();
/** Preloaded into Node children where the system tells nothing: they say themselves what they used. */
const SAY_PEAK =
  "data:text/javascript," +
  encodeURIComponent(
    'import { writeFileSync } from "node:fs";' +
      'process.on("exit", () => writeFileSync(process.env.BENCH_PEAK, String(process.resourceUsage().maxRSS)));',
  );

function highWater(pid) {
  try {
    return Number(/^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0);
  } catch {
    // The child has ended between two looks.
    return 0;
  }
}

/** Runs a child to its end: wall seconds and peak MiB (undefined where nothing tells it). Any exit code but 0 is fatal. */
async function measure(command) {
  const note = join(CACHE, `peak-${process.pid}`);
  const asksNode = METER === "node" && command[0] === process.execPath;
  const told = asksNode ? [command[0], "--import", SAY_PEAK, ...command.slice(1)] : command;
  const [file, ...args] = METER === "time" ? ["/usr/bin/time", "-v", "-o", note, ...told] : told;
  const begun = performance.now();
  const child = spawn(file, args, { stdio: ["ignore", "ignore", "pipe"], env: { ...process.env, BENCH_PEAK: note } });
  let errors = "";
  child.stderr.on("data", (chunk) => (errors = (errors + chunk).slice(-4000)));
  let peak = 0;
  const look = () => (peak = Math.max(peak, highWater(child.pid)));
  const timer = METER === "proc" ? setInterval(look, 10) : undefined;
  const ended = await new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code, signal) => resolve(code ?? signal));
  });
  const wall = (performance.now() - begun) / 1000;
  clearInterval(timer);
  if (ended !== 0) throw new Error(`This ended with ${ended}:\n  ${command.join(" ")}\n${errors}`);
  if (METER === "time")
    peak = Number(/Maximum resident set size \(kbytes\): (\d+)/.exec(readFileSync(note, "utf8"))?.[1]);
  if (asksNode) peak = Number(readFileSync(note, "utf8"));
  rmSync(note, { force: true });
  return { wall, peak: peak > 0 ? peak / MIB : undefined };
}

/** Reads a file through, so that no contestant has to wait for the disk. */
async function warm(file) {
  for await (const _chunk of createReadStream(file, { highWaterMark: 1 << 20 }));
}

function median(values) {
  const sorted = values.filter((value) => value !== undefined).sort((a, b) => a - b);
  if (sorted.length === 0) return undefined;
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/**
 * Runs contestants in turns (A B A B), so that whatever else the machine does falls on all of them alike.
 *
 * @param contestants name, input file, and the command for a folder that does not exist yet.
 */
async function inTurns(contestants, rounds) {
  for (const { file } of contestants) await warm(file);
  const runs = contestants.map(() => []);
  for (let round = 0; round < rounds; round++) {
    for (const [at, { name, command }] of contestants.entries()) {
      const out = join(CACHE, `written-${process.pid}`);
      process.stderr.write(`  round ${round + 1} of ${rounds}: ${name}\n`);
      try {
        runs[at].push(await measure(command(out)));
      } finally {
        rmSync(out, { recursive: true, force: true });
      }
    }
  }
  return contestants.map(({ name, file }, at) => {
    const wall = median(runs[at].map((run) => run.wall));
    const megabytes = statSync(file).size / 1e6;
    return {
      name,
      wall,
      megabytesPerSecond: megabytes / wall,
      peakMiB: median(runs[at].map((run) => run.peak)),
      runs: runs[at],
    };
  });
}

/** Median of the ratios of one round's runs: what a slow moment does to both cancels out. */
function paired(a, b, key) {
  return median(
    a.runs
      .map((run, at) => (run[key] === undefined ? undefined : run[key] / (b.runs[at][key] ?? Number.NaN)))
      .filter((ratio) => !Number.isNaN(ratio)),
  );
}

/** A verdict: what was reached beside what was asked for. */
function verdict(what, value, most, unit = "") {
  return { what, value, target: most, unit, met: value === undefined ? undefined : value <= most };
}

function alicorn(file, extra = [], name = "alicorn", formats = TABLES_ONLY) {
  return {
    name,
    file,
    command: (out) => [process.execPath, CLI, "parse", file, "--out", out, "--quiet", ...formats, ...extra],
  };
}

async function against(title, targets, ours, other, rounds) {
  process.stderr.write(`${title}\n`);
  const results = await inTurns([ours, other], rounds);
  const verdicts = [verdict("wall, alicorn / other", paired(results[0], results[1], "wall"), targets.wall)];
  if (targets.peakMiB !== undefined) {
    verdicts.push(verdict("peak", results[0].peakMiB, targets.peakMiB, " MiB"));
  }
  return { title, results, verdicts };
}

function run(command, args, more = {}) {
  const { status, error, stderr } = spawnSync(command, args, {
    encoding: "utf8",
    stdio: ["ignore", "ignore", "pipe"],
    ...more,
  });
  if (error !== undefined) throw error;
  if (status !== 0)
    throw new Error(`${command} ended with ${status}: ${stderr.trim().split("\n").slice(-3).join(" ")}`);
}

/** Makes a file once: under another name until it is whole. */
function once(name, make) {
  const file = join(CACHE, name);
  if (existsSync(file)) return file;
  process.stderr.write(`making ${name}\n`);
  const partial = `${file}.${process.pid}.partial`;
  try {
    make(partial);
    renameSync(partial, file);
  } finally {
    rmSync(partial, { force: true });
  }
  return file;
}

function exportOf(generator, rows) {
  return once(`export-${rows}.csv`, (file) => run(PYTHON, [generator, "-n", String(rows), "-o", file]));
}

/** Installs DuckDB beside a copy of the script, which finds it there; undefined and a word where that is not to be had. */
function duckdbScript(script) {
  const folder = join(CACHE, "duckdb");
  const copy = join(folder, "reference.mjs");
  const installed = join(folder, "node_modules", "@duckdb", "node-api", "package.json");
  try {
    mkdirSync(folder, { recursive: true });
    copyFileSync(script, copy);
    if (!existsSync(installed)) {
      process.stderr.write("installing @duckdb/node-api outside of the project\n");
      writeFileSync(join(folder, "package.json"), '{ "private": true }\n');
      const npm = process.env.npm_execpath;
      const [command, first] = npm === undefined ? ["npm", []] : [process.execPath, [npm]];
      const args = [...first, "install", "--prefix", folder, "--no-audit", "--no-fund", "@duckdb/node-api"];
      run(command, args, { cwd: folder });
    }
    return { script: copy, version: JSON.parse(readFileSync(installed, "utf8")).version };
  } catch (error) {
    console.log(`Without DuckDB, which cannot be installed here: ${error.message.split("\n")[0]}`);
    return undefined;
  }
}

function pad(cells, widths) {
  return cells
    .map((cell, at) => (at === 0 ? cell.padEnd(widths[at]) : cell.padStart(widths[at])))
    .join("  ")
    .trimEnd();
}

/** A verdict on something of which more is better. */
function atLeast(what, value, least, unit = "") {
  return { what, value, target: least, unit, sign: ">=", met: value === undefined ? undefined : value >= least };
}

function fixed(value, digits) {
  return value === undefined ? "-" : value.toFixed(digits);
}

function print(comparisons) {
  const head = ["", "wall s", "MB/s", "peak MiB", "ratio", "target", "met"];
  const lines = [];
  for (const { title, results, verdicts } of comparisons) {
    lines.push([title, "", "", "", "", "", ""]);
    for (const { name, wall, megabytesPerSecond, peakMiB } of results) {
      lines.push([`  ${name}`, fixed(wall, 2), fixed(megabytesPerSecond, 1), fixed(peakMiB, 0), "", "", ""]);
    }
    for (const { what, value, target, unit, met, sign = "<=" } of verdicts) {
      const digits = unit === "" ? 2 : 0;
      const words = met === undefined ? "-" : met ? "yes" : "no";
      lines.push([`  ${what}`, "", "", "", fixed(value, digits), `${sign} ${target}${unit}`, words]);
    }
  }
  const widths = head.map((cell, at) =>
    Math.max(cell.length, ...lines.filter((line) => at > 0 || line[1] !== "").map((line) => line[at].length)),
  );
  for (const line of [head, ...lines]) console.log(line[1] === "" && line[4] === "" ? line[0] : pad(line, widths));
}

async function sampleOnly({ rounds }) {
  process.stderr.write("the bundled case\n");
  const results = await inTurns([alicorn(SAMPLE, ["--tables", FIVE], "alicorn, five tables"), alicorn(SAMPLE)], rounds);
  return [{ title: "The bundled case (start-up is most of it)", results, verdicts: [] }];
}

async function everything(given, shared) {
  const { small, large, rounds } = given;
  const comparisons = [];
  const generator = join(shared, "generate_export.py");
  const largeFile = exportOf(generator, large);
  const duckdb = given["skip-duckdb"] ? undefined : duckdbScript(join(shared, "duckdb_reference.mjs"));
  if (duckdb !== undefined) {
    const other = {
      name: `DuckDB ${duckdb.version}, five tables`,
      file: largeFile,
      command: (out) => [process.execPath, duckdb.script, largeFile, out],
    };
    const five = alicorn(largeFile, ["--tables", FIVE], "alicorn, five tables");
    comparisons.push(await against(`${large} rows, five tables`, TARGETS.five, five, other, rounds));
    const all = alicorn(largeFile, [], "alicorn, all tables");
    comparisons.push(await against(`${large} rows, all tables against five`, TARGETS.all, all, other, rounds));
  } else {
    const title = `${large} rows, alicorn alone`;
    process.stderr.write(`${title}\n`);
    const five = alicorn(largeFile, ["--tables", FIVE], "alicorn, five tables");
    const results = await inTurns([five, alicorn(largeFile, [], "alicorn, all tables")], rounds);
    comparisons.push({ title, results, verdicts: [] });
  }
  const smallFile = exportOf(generator, small);
  const reference = {
    name: "reference.py, five tables",
    file: smallFile,
    command: (out) => [PYTHON, join(shared, "reference.py"), smallFile, out],
  };
  const ours = alicorn(smallFile, [], "alicorn, all tables");
  const title = `${small} rows, all tables against a plain reader`;
  comparisons.push(await against(title, TARGETS.reference, ours, reference, rounds));
  comparisons.push(await scoring(largeFile, large, rounds));
  if (given.full) comparisons.push(await linearity(largeFile, large, exportOf(generator, 5 * large), rounds));
  if (given.json) {
    const rows = Math.round(large * JSON_SHARE);
    comparisons.push(await jsonMemory(exportOf(generator, rows), rows, rounds));
  }
  return comparisons;
}

/** All tables with every rule at work and with none, and with everything that is written where nothing is asked for. */
async function scoring(file, rows, rounds) {
  const title = `${rows} rows, all tables: what scoring and the report add`;
  process.stderr.write(`${title}\n`);
  const none = once("no-rules.yaml", (target) => {
    const { stdout } = spawnSync(process.execPath, [CLI, "rules"], { encoding: "utf8" });
    const ids = stdout.split("\n").flatMap((line) => /^[\w-]+/.exec(line)?.[0] ?? []);
    const lines = ids.filter((id) => !id.startsWith("suspicious-")).map((id) => `  ${id}: { enabled: false }\n`);
    writeFileSync(target, `rules:\n${lines.join("")}`);
  });
  const results = await inTurns(
    [
      alicorn(file, [], "alicorn, every rule"),
      alicorn(file, ["--rules", none], "alicorn, no rule"),
      alicorn(file, [], "alicorn, every rule, findings.json, report.html", []),
    ],
    rounds,
  );
  return {
    title,
    results,
    verdicts: [verdict("wall, rules / none", paired(results[0], results[1], "wall"), TARGETS.scoring.wall)],
  };
}

async function linearity(file, rows, hugeFile, rounds) {
  const title = `${5 * rows} rows against ${rows}, all tables`;
  process.stderr.write(`${title}\n`);
  const results = await inTurns(
    [alicorn(hugeFile, [], `alicorn, ${5 * rows} rows`), alicorn(file, [], `alicorn, ${rows} rows`)],
    rounds,
  );
  const ratio = paired(results[0], results[1], "wall") / 5;
  const verdicts = [verdict("wall a row, large / small", ratio, TARGETS.linear.wallPerRow)];
  if (rows >= 1_000_000) verdicts.push(verdict("peak", results[0].peakMiB, TARGETS.huge.peakMiB, " MiB"));
  return { title, results, verdicts };
}

async function jsonMemory(file, rows, rounds) {
  const ndjson = once(`export-${rows}.jsonl`, (target) =>
    run(process.execPath, [CLI, "convert", file, "--to", "jsonl", "--out", target]),
  );
  const title = `${rows} rows as JSON, one record a line (${Math.round(statSync(ndjson).size / 1e6)} MB)`;
  process.stderr.write(`${title}\n`);
  const results = await inTurns([alicorn(ndjson, [], "alicorn, all tables")], rounds);
  return { title, results, verdicts: [verdict("peak", results[0].peakMiB, TARGETS.json.peakMiB, " MiB")] };
}

/** Tenant-size audit logs in three shapes, with every rule, in as many threads as there are cores. */
async function audit(records, rounds) {
  const generator = here("generate-audit.mjs");
  const comparisons = [];
  for (const [shape, ending] of [
    ["ndjson", "ndjson"],
    ["array", "json"],
    ["csv", "csv"],
  ]) {
    const file = once(`audit-${records}.${ending}`, (target) =>
      run(process.execPath, [generator, "--records", String(records), "--shape", shape, "--out", target]),
    );
    const title = `${records} audit records as ${shape} (${Math.round(statSync(file).size / 1e6)} MB), all tables`;
    process.stderr.write(`${title}\n`);
    const results = await inTurns([alicorn(file)], rounds);
    const verdicts = [verdict("peak", results[0].peakMiB, TARGETS.audit.peakMiB, " MiB")];
    const { megabytesPerSecond } = results[0];
    if (shape === "ndjson") {
      verdicts.unshift(atLeast("speed", megabytesPerSecond, TARGETS.audit.megabytesPerSecond, " MB/s"));
    }
    comparisons.push({ title, results, verdicts });
  }
  return comparisons;
}

/** Many mailboxes in a folder, with one thread and with one a core. */
async function mailboxes(count, generator, rows, rounds) {
  const source = exportOf(generator, rows);
  const folder = join(CACHE, `mailboxes-${count}-${rows}`);
  if (!existsSync(folder)) {
    process.stderr.write(`making ${count} mailboxes\n`);
    const partial = `${folder}.${process.pid}.partial`;
    await writeMailboxes(source, "victim.user@contoso.example", partial, count);
    renameSync(partial, folder);
  }
  const title = `${count} mailboxes of ${rows} rows, all tables`;
  process.stderr.write(`${title}\n`);
  const sized = { name: "", file: source };
  const contestant = (jobs, name) => ({
    ...sized,
    name,
    command: (out) => [
      process.execPath,
      CLI,
      "parse",
      folder,
      "--out",
      out,
      "--quiet",
      ...TABLES_ONLY,
      ...(jobs === undefined ? [] : ["--jobs", jobs]),
    ],
  });
  const results = await inTurns(
    [contestant(undefined, "alicorn, a thread a core"), contestant("1", "alicorn, one thread")],
    rounds,
  );
  for (const result of results) result.megabytesPerSecond = undefined;
  const verdicts = [
    verdict("peak", results[0].peakMiB, TARGETS.mailboxes.peakMiB, " MiB"),
    verdict("wall, all / one", paired(results[0], results[1], "wall"), 1),
  ];
  return [{ title, results, verdicts }];
}

async function chosen(given, shared, canGenerate) {
  if (given.audit !== undefined) return audit(Number(given.audit), given.rounds);
  if (!canGenerate) return sampleOnly(given);
  if (given.mailboxes !== undefined) {
    return mailboxes(Number(given.mailboxes), join(shared, "generate_export.py"), given.small, given.rounds);
  }
  return everything(given, shared);
}

async function main() {
  const given = options();
  if (!existsSync(CLI)) throw new Error("There is no dist/cli.js; npm run bench builds it.");
  mkdirSync(CACHE, { recursive: true });
  const shared = here("../../shared/bench");
  const canGenerate = existsSync(shared) && spawnSync(PYTHON, ["--version"]).status === 0;
  if (!existsSync(shared)) {
    console.log(
      "The generator of large exports is not beside the project (../shared), so only the bundled case is measured.",
    );
  } else if (!canGenerate) console.log("Python 3 is not to be had, so only the bundled case is measured.");
  const comparisons = await chosen(given, shared, canGenerate);
  const machine = { node: process.version, platform: process.platform, arch: process.arch, cpus: cpus().length };
  console.log(`\nNode ${machine.node}, ${machine.cpus} CPUs; medians of ${given.rounds} runs each, taken in turns.`);
  print(comparisons);
  if (given.out !== undefined) {
    writeFileSync(
      given.out,
      `${JSON.stringify({ machine, meter: METER, rounds: given.rounds, comparisons }, undefined, 2)}\n`,
    );
  }
}

try {
  await main();
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
