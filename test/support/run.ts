import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll } from "vitest";
import type { ApiRecord } from "../../src/activities/example.ts";
import type { Manifest } from "../../src/model/manifest.ts";
import type { ParseOptions } from "../../src/pipeline/parse-options.ts";
import { PARSE_DEFAULTS } from "../../src/pipeline/parse-options.ts";
import { parseToBundle } from "../../src/pipeline/parse.ts";

/** A row of a table, cell by column name. */
export type Row = Readonly<Record<string, string>>;

/** A folder that is gone after the test file. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "alicorn-test-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Writes files, by path relative to the folder; returns their absolute paths in the same order. */
export function writeFiles(folder: string, files: Readonly<Record<string, string | Uint8Array>>): string[] {
  return Object.entries(files).map(([name, content]) => {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
    return path;
  });
}

/** A page of the API with these records: CustomProperties becomes the API's list of Name and Value. */
export function apiPage(records: readonly ApiRecord[]): string {
  const value = records.map(({ CustomProperties, ...record }) => ({
    ...record,
    ...(CustomProperties === undefined
      ? {}
      : { CustomProperties: Object.entries(CustomProperties).map(([Name, Value]) => ({ Name, Value })) }),
  }));
  return JSON.stringify({ value });
}

/**
 * The lines of a TSV text as cells: undoes the CSV quoting and nothing else.
 *
 * A second reader beside every library, so that what is written is compared with what the contract says.
 */
export function readTsv(text: string): string[][] {
  if (text === "") return [];
  if (!text.endsWith("\n")) throw new Error("the last line has no line end");
  return text
    .slice(0, -1)
    .split("\n")
    .map((line) =>
      line.split("\t").map((cell) => {
        if (!cell.startsWith('"')) {
          if (cell.includes('"')) throw new Error(`a double quote in a cell without quotes: ${cell}`);
          return cell;
        }
        const body = cell.slice(1, -1);
        if (cell.length < 2 || !cell.endsWith('"') || body.replaceAll('""', "").includes('"')) {
          throw new Error(`not a quoted cell: ${cell}`);
        }
        return body.replaceAll('""', '"');
      }),
    );
}

/** The data rows of a table as objects; throws where a row has another number of cells than the header. */
export function readTable(text: string): Row[] {
  const [header = [], ...rows] = readTsv(text);
  return rows.map((cells, at) => {
    if (cells.length !== header.length) throw new Error(`row ${at + 1} has ${cells.length} cells of ${header.length}`);
    return Object.fromEntries(header.map((name, column) => [name, cells[column] as string]));
  });
}

/** A finished bundle. */
export interface Bundle {
  readonly folder: string;
  readonly manifest: Manifest;
  /** The text of a file. */
  text(name: string): string;
  /** The rows of a table, by its name without `.tsv`. */
  rows(table: string): Row[];
  /** Every file, relative, in code-unit order. */
  files(): string[];
}

/** Reads a bundle that lies in a folder. */
export function openBundle(folder: string): Bundle {
  const text = (name: string) => readFileSync(join(folder, name), "utf8");
  return {
    folder,
    manifest: JSON.parse(text("manifest.json")) as Manifest,
    text,
    rows: (table) => readTable(text(`${table}.tsv`)),
    files: () => filesUnder(folder),
  };
}

/** Every file under a folder, relative and with `/`, in code-unit order. */
export function filesUnder(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .replaceAll("\\", "/"),
    )
    .sort();
}

let runs = 0;

/**
 * Parses inputs that lie on disk into a bundle below `folder`, in this process.
 *
 * @param options whatever is not the default.
 */
export async function parsePaths(
  folder: string,
  inputs: readonly string[],
  options: Partial<ParseOptions> = {},
): Promise<Bundle> {
  const out = join(folder, `bundle-${++runs}`);
  await parseToBundle({ ...PARSE_DEFAULTS, inputs, out, formats: ["tsv", "json"], ...options });
  return openBundle(out);
}

/** Writes inputs to a folder of their own below `folder` and parses them, in the order given. */
export async function parseFiles(
  folder: string,
  files: Readonly<Record<string, string | Uint8Array>>,
  options: Partial<ParseOptions> = {},
): Promise<Bundle> {
  const place = join(folder, `inputs-${++runs}`);
  return parsePaths(folder, writeFiles(place, files), options);
}

/** The bundled cases and the built command line. */
export const CASES = fileURLToPath(new URL("../../samples/cases", import.meta.url));
export const CLI = fileURLToPath(new URL("../../dist/cli.js", import.meta.url));

/** What a process left behind. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CliOptions {
  readonly stdin?: string | Uint8Array;
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Sends a signal once this returns true; asked every few milliseconds. */
  readonly interruptWhen?: () => boolean;
}

/** Runs the built command line and waits for its end. */
export function runCli(args: readonly string[], options: CliOptions = {}): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [CLI, ...args], {
      cwd: options.cwd,
      env: { ...process.env, NO_COLOR: "1", ...options.env },
    });
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    const { interruptWhen } = options;
    const timer =
      interruptWhen === undefined
        ? undefined
        : setInterval(() => {
            if (!interruptWhen()) return;
            clearInterval(timer);
            child.kill("SIGINT");
          }, 2);
    child.stdout.on("data", (chunk: Buffer) => stdout.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => stderr.push(chunk));
    child.on("error", reject);
    child.on("close", (code) => {
      clearInterval(timer);
      resolve({ code, stdout: Buffer.concat(stdout).toString(), stderr: Buffer.concat(stderr).toString() });
    });
    // A command that fails before it reads leaves a broken pipe behind.
    child.stdin.on("error", () => {});
    child.stdin.end(options.stdin ?? "");
  });
}
