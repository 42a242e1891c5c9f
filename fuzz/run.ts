// Damages the bundled cases in every way that disks and people do, and holds the program to account: README.md beside
// this file.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { startJobs } from "./jobs.ts";
import { BUNDLE_EVERY, makeInput } from "./make-input.ts";
import { readPools } from "./seeds.ts";

const USAGE =
  "npm run fuzz -- [--inputs N] [--seed S] [--jobs N] [--first N] [--only INDEX] [--limit SECONDS] [--keep FOLDER]";

function readOptions() {
  try {
    const { values } = parseArgs({
      options: {
        inputs: { type: "string", default: "200000" },
        seed: { type: "string", default: "1" },
        jobs: { type: "string", default: String(availableParallelism()) },
        first: { type: "string", default: "0" },
        only: { type: "string" },
        limit: { type: "string", default: "30" },
        keep: { type: "string", default: "fuzz-failures" },
        help: { type: "boolean", default: false },
      },
    });
    return values;
  } catch (error) {
    // What parseArgs throws at a wrong command line.
    if (!(error instanceof TypeError && "code" in error)) throw error;
    console.error(`${error.message.split(". ")[0]}.\n${USAGE}`);
    process.exit(2);
  }
}

const options = readOptions();
if (options.help) {
  console.log(USAGE);
  process.exit(0);
}

function whole(name: string, text: string, least: number): number {
  const number = Number(text);
  if (Number.isSafeInteger(number) && number >= least) return number;
  console.error(`--${name} takes a whole number from ${least} on, not ${text}.`);
  process.exit(2);
}

const seed = whole("seed", options.seed, 0);
const only = options.only === undefined ? undefined : whole("only", options.only, 0);
const first = only ?? whole("first", options.first, 0);
const inputs = only === undefined ? whole("inputs", options.inputs, 1) : 1;
const jobs = Math.min(inputs, whole("jobs", options.jobs, 1));
const limit = whole("limit", options.limit, 1);

const MOST_FAILURES = 20;
const PROGRESS_MILLISECONDS = 10_000;

/** Counts of the run. */
const done = { inputs: 0, refused: 0, bundles: 0, rows: 0, rejected: 0 };
const failures: string[] = [];
const pools = readPools();
const started = performance.now();

function rate(): string {
  return (done.inputs / ((performance.now() - started) / 1000)).toFixed(0);
}

function progress(): void {
  console.error(`${done.inputs} of ${inputs} inputs, ${rate()} a second, ${failures.length} failures`);
}

/** Keeps the files of an input that failed, with what was found. */
function keep(index: number, error: string): void {
  const input = makeInput(pools, seed, index);
  const folder = join(options.keep, `seed-${seed}-input-${index}`);
  mkdirSync(folder, { recursive: true });
  for (const { name, bytes } of input.files) writeFileSync(join(folder, name), bytes);
  const again = `npm run fuzz -- --seed ${seed} --only ${index}`;
  writeFileSync(join(folder, "failure.txt"), `${input.words}\n${again}\n\n${error}\n`);
  failures.push(folder);
  console.error(`Input ${index} failed (${input.words}); its files are in ${folder}.\n${error}`);
}

const folder = mkdtempSync(join(tmpdir(), "alicorn-fuzz-"));
const timer = setInterval(progress, PROGRESS_MILLISECONDS);
try {
  await startJobs({ seed, first, inputs, jobs, limit, folder }, (said) => {
    done.inputs++;
    if (said.refused) done.refused++;
    if (said.bundle) done.bundles++;
    done.rows += said.rows;
    done.rejected += said.rejected;
    if (said.failure !== undefined) keep(said.ended, said.failure.error);
    return failures.length < MOST_FAILURES;
  });
} finally {
  clearInterval(timer);
  rmSync(folder, { recursive: true, force: true });
}

const seconds = (performance.now() - started) / 1000;
console.log(
  [
    `Seed ${seed}, inputs ${first} to ${first + inputs - 1}, ${jobs} jobs: ${done.inputs} inputs in ${seconds.toFixed(0)} s (${rate()} a second).`,
    `Read and joined: ${done.inputs - done.refused - failures.length}; refused with one sentence: ${done.refused}; whole bundles (one of ${BUNDLE_EVERY}): ${done.bundles}.`,
    `Rows: ${done.rows}, of them rejected: ${done.rejected}.`,
    failures.length === 0 ? "Nothing failed." : `Failures: ${failures.length}, kept in ${options.keep}.`,
  ].join("\n"),
);
if (failures.length > 0 || done.inputs < inputs) process.exitCode = 1;
