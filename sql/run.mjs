#!/usr/bin/env node
// Asks the events of bundles a question in SQL and prints the answer as the tables are printed.
import { once } from "node:events";
import { existsSync, readFileSync, statSync } from "node:fs";
import { parseArgs } from "node:util";
import { ENGINES } from "./engine.mjs";

const USAGE = `usage: node run.mjs [options] SEARCH BUNDLE...
  SEARCH              a file of SQL, or the name of one that lies here: searches, read-activity, address-stacks,
                      addresses, exposure, mailbox-access
  BUNDLE              folders that \`alicorn parse … --formats parquet\` wrote; their rows are asked together
  --engine NAME       duckdb (the usual one) or clickhouse
  --table             clickhouse: load the events into a table first, instead of asking the files
  --threads N         as many as the database may use
  --time              say on standard error how long it took, and the most memory`;

function fail(message) {
  process.stderr.write(`${message}\n`);
  process.exit(2);
}

function options() {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        engine: { type: "string", default: "duckdb" },
        table: { type: "boolean", default: false },
        threads: { type: "string" },
        time: { type: "boolean", default: false },
        help: { type: "boolean", default: false },
      },
    });
    return { ...values, search: positionals[0], bundles: positionals.slice(1) };
  } catch (error) {
    return fail(`${error.message}\n${USAGE}`);
  }
}

const { engine, table, threads, time, help, search, bundles } = options();
if (help) {
  process.stdout.write(`${USAGE}\n`);
  process.exit(0);
}
if (search === undefined || bundles.length === 0) fail(USAGE);
const open = ENGINES[engine];
if (open === undefined) fail(`There is no engine ${engine}: duckdb and clickhouse are there.`);
if (threads !== undefined && !/^[1-9]\d*$/.test(threads)) fail(`--threads takes a number, not ${threads}.`);
// A folder that is called as a search is, such as a bundle, is none.
const file = [search, new URL(`${search}.sql`, import.meta.url)].find(
  (path) => existsSync(path) && !statSync(path).isDirectory(),
);
if (file === undefined) fail(`There is no search ${search}.`);
const sql = readFileSync(file, "utf8");

/** Values have no control characters in them any more; what holds a double quote is quoted, as in the tables. */
const cell = (value) => (value.includes('"') ? `"${value.replaceAll('"', '""')}"` : value);

const seconds = (from) => ((performance.now() - from) / 1000).toFixed(3);
const begun = performance.now();
let database;
// Somebody who has read enough, such as head.
process.stdout.on("error", (error) => process.exit(error.code === "EPIPE" ? 0 : 1));
try {
  database = await open(bundles, { table, threads });
  const opened = seconds(begun);
  const asked = performance.now();
  let lines = -1;
  for await (const some of database.answer(sql)) {
    const rows = lines < 0 ? [some] : some;
    lines += rows.length;
    const printed = rows.map((row) => `${row.map(cell).join("\t")}\n`).join("");
    if (!process.stdout.write(printed)) await once(process.stdout, "drain");
  }
  if (time) {
    const peakMiB = Math.round(process.resourceUsage().maxRSS / 1024);
    process.stderr.write(`${JSON.stringify({ opened, asked: seconds(asked), rows: lines, peakMiB })}\n`);
  }
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
} finally {
  await database?.close();
}
