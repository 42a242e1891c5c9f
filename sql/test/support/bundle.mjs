import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));
const HOOK = new URL("duckdb-from-here.mjs", import.meta.url).href;
const REGISTER = `data:text/javascript,import { register } from "node:module"; register(${JSON.stringify(HOOK)});`;

/** Lets alicorn's sources write a bundle of the evidence, with its tables and as Parquet. */
export function parse(evidence, out) {
  const args = ["parse", evidence, "--out", out, "--formats", "tsv,parquet", "--quiet"];
  const run = spawnSync(
    process.execPath,
    ["--import", "tsx", "--import", REGISTER, join(ROOT, "src", "cli.ts"), ...args],
    { cwd: ROOT, encoding: "utf8" },
  );
  if (run.status !== 0) throw new Error(`alicorn ended with ${run.status}: ${run.stderr}`);
  return out;
}

function cellOf(cell) {
  return cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell;
}

/** A table of a bundle: rows as objects, cell by column name, quoting undone. */
export function table(bundle, name) {
  const lines = readFileSync(join(bundle, `${name}.tsv`), "utf8")
    .split("\n")
    .slice(0, -1);
  const [header = [], ...rows] = lines.map((line) => line.split("\t").map(cellOf));
  return rows.map((cells) => Object.fromEntries(header.map((column, at) => [column, cells[at]])));
}
