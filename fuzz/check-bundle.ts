import { readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Format, Manifest } from "../src/index.ts";
import { InputError, PARSE_DEFAULTS, parseToBundle, verifyBundle } from "../src/index.ts";
import type { ReadOutcome } from "./check-reading.ts";
import { shownRows } from "./accounts.ts";
import { filterOf } from "./check-reading.ts";
import type { FuzzInput } from "./make-input.ts";
import { hold, holdSentence } from "./violation.ts";

type Row = Readonly<Record<string, string>>;

/** Each row stands in one of these, and in the timeline. */
const FAMILY_TABLES = [
  "logon-activity",
  "read-activity-by-time",
  "search-activity",
  "attachments-activity",
  "message-activity",
  "other-activity",
];

/** The content of a cell of a table: one line, no control characters, quoted where it has a quote. */
function cellOf(cell: string, where: string): string {
  // oxlint-disable-next-line no-control-regex -- they are what is looked for
  hold(!/[\x00-\x1f\x7f-\x9f]/.test(cell), () => `a control character in ${where}: ${JSON.stringify(cell)}`);
  if (!cell.startsWith('"')) {
    hold(!cell.includes('"'), () => `a quote in a plain cell of ${where}: ${cell}`);
    return cell;
  }
  const body = cell.slice(1, -1);
  const isQuoted = cell.length >= 2 && cell.endsWith('"') && !body.replaceAll('""', "").includes('"');
  hold(isQuoted, () => `a broken cell in ${where}: ${cell}`);
  return body.replaceAll('""', '"');
}

/** The rows of a table, read by the contract's words alone and not by the program's own reader. */
function tableOf(folder: string, table: string): Row[] {
  const name = `${table}.tsv`;
  const bytes = readFileSync(join(folder, name));
  const text = bytes.toString("utf8");
  hold(text.endsWith("\n") && Buffer.from(text).equals(bytes), () => `${name} is not lines of UTF-8`);
  const [header = [], ...rows] = text
    .slice(0, -1)
    .split("\n")
    .map((line) => line.split("\t").map((cell) => cellOf(cell, name)));
  return rows.map((cells, at) => {
    hold(cells.length === header.length, () => `row ${at + 1} of ${name} has ${cells.length} cells`);
    return Object.fromEntries(header.map((column, number) => [column, cells[number] ?? ""]));
  });
}

function sourcesOf(rows: readonly Row[]): string[] {
  return rows.map((row) => `${row["Source Row"]} ${row["Source File"]}`).sort();
}

/** The manifest's figures are those that reading gave, input by input, and add up. */
function holdAccounts({ inputs, totals }: Manifest, accounts: ReadOutcome["accounts"]): void {
  const read = inputs.filter(({ format }) => !format.startsWith("not read: "));
  hold(read.length === accounts.length, () => `${read.length} inputs of ${accounts.length} in the manifest`);
  const sums = { rows: 0, parsed: 0, rejected: 0, duplicates: 0, filtered: 0 };
  for (const { label, rows, shown, rejected, duplicates, filtered } of accounts) {
    const line = read.find(({ path }) => path === label);
    const wanted = { rows, parsed: shown.length, rejected, duplicates, filtered };
    for (const key of ["rows", "parsed", "rejected", "duplicates", "filtered"] as const) {
      hold(line?.[key] === wanted[key], () => `${key} of ${label}: ${line?.[key]} instead of ${wanted[key]}`);
      sums[key] += wanted[key];
    }
    hold(rows === shown.length + rejected + duplicates + filtered, () => `the rows of ${label} do not add up`);
  }
  for (const key of ["rows", "parsed", "rejected", "duplicates", "filtered"] as const) {
    hold(totals[key] === sums[key], () => `${key} of all: ${totals[key]} instead of ${sums[key]}`);
  }
}

/** The rejects lead to the bytes that they quote, in files that are read as they lie there. */
function holdRejects(input: FuzzInput, manifest: Manifest, rejects: readonly Row[]): void {
  for (const line of manifest.inputs) {
    const own = rejects.filter((row) => row["Source File"] === line.path);
    hold(own.length === line.rejected, () => `${own.length} rejects of ${line.rejected} in ${line.path}`);
    const file = input.files.find(({ name }) => name === line.path);
    // A byte that is no UTF-8 stands as U+FFFD, which is longer.
    if (file === undefined || line.container !== "none" || line.encoding !== "UTF-8") continue;
    if (!Buffer.from(file.bytes.toString("utf8")).equals(file.bytes)) continue;
    for (const row of own) {
      const raw = Buffer.from(row["Raw"] ?? "");
      // oxlint-disable-next-line no-control-regex -- they are printed as codes
      const hasCodes = /\\(?:[trn\\]|x[\dA-F]{2})/.test(row["Raw"] ?? "");
      const offset = Number(row["Byte Offset"]);
      const quoted = file.bytes.subarray(offset, offset + raw.length);
      hold(
        hasCodes || quoted.equals(raw),
        () => `the reject in row ${row["Source Row"]} is not what stands at ${offset}`,
      );
    }
  }
}

/** The formats of an input: the tables for all, the other shapes for some. */
function formatsOf({ index }: FuzzInput): Format[] {
  const others: readonly Format[] = ["html", "xlsx", "timesketch", "ecs"];
  const other = others[index % 8];
  return other === undefined ? ["tsv", "json"] : ["tsv", "json", other];
}

/**
 * Writes the whole bundle and holds it to the contract: every row of the manifest's account stands in the timeline
 * and in one table of its family, every line has as many cells as its header, every file is the one that the manifest
 * lists, no rule failed, nothing is left behind, and the evidence is as it was.
 *
 * @param outcome what reading made of it.
 * @param folder where the bundle may stand; it is gone afterwards.
 * @throws Violation where something does not hold; any other error is a defect of the program.
 */
export async function checkBundle(
  input: FuzzInput,
  paths: readonly string[],
  folder: string,
  { accounts, refused }: ReadOutcome,
): Promise<void> {
  const out = join(folder, "bundle");
  try {
    await parseToBundle({
      ...PARSE_DEFAULTS,
      inputs: paths,
      out,
      formats: formatsOf(input),
      filter: filterOf(input),
      keepDuplicates: input.keepDuplicates,
      classic: input.index % 3 === 0,
    });
    const manifest = JSON.parse(readFileSync(join(out, "manifest.json"), "utf8")) as Manifest;
    holdAccounts(manifest, accounts);
    const failed = manifest.warnings.filter((warning) => warning.includes(" failed and says nothing "));
    hold(failed.length === 0, () => failed.join(" "));
    for (const { path } of manifest.outputs) if (/^[\w-]+\.tsv$/.test(path)) tableOf(out, path.slice(0, -4));
    const wanted = shownRows(accounts).join("\n");
    hold(sourcesOf(tableOf(out, "timeline")).join("\n") === wanted, () => "the timeline has other rows");
    const inFamilies = sourcesOf(FAMILY_TABLES.flatMap((table) => tableOf(out, table)));
    hold(inFamilies.join("\n") === wanted, () => "the families' tables have other rows");
    holdRejects(input, manifest, tableOf(out, "rejects"));
    const { problems } = await verifyBundle(out);
    hold(problems.length === 0, () => problems.join(" "));
    hold(refused === undefined, () => `a bundle of what was refused: ${refused}`);
    rmSync(out, { recursive: true });
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    holdSentence(error.message);
    hold(error.message === refused, () => `the bundle is refused and reading was not: ${error.message}`);
  }
  const left = readdirSync(folder);
  hold(left.length === 0, () => `left behind: ${left.join(", ")}`);
}
