import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { toRetrieverCsv } from "../samples/generator/rows.ts";
import type { ParseOptions } from "../src/pipeline/parse-options.ts";
import { PARSE_DEFAULTS } from "../src/pipeline/parse-options.ts";
import { parseToBundle } from "../src/pipeline/parse.ts";
import type { LabelledMailbox } from "./labelled.ts";

/** A row of a table, cell by column name. */
export type TableRow = Readonly<Record<string, string>>;

interface Finding {
  readonly ruleId: string;
  readonly score: number;
  readonly severity: string;
  readonly entity: { readonly type: string; readonly value: string };
  readonly reasons: readonly { readonly text: string; readonly points: number }[];
}

/** What is read back of a bundle; undefined for what it does not have. */
export interface Bundle {
  readonly reads: readonly TableRow[] | undefined;
  readonly searches: readonly TableRow[] | undefined;
  readonly addresses: readonly TableRow[] | undefined;
  readonly findings: readonly Finding[] | undefined;
}

/** The options of a plain `parse` of one file: nothing is tuned for the evaluation. */
function parseOptions(input: string, out: string, user: string): ParseOptions {
  return { ...PARSE_DEFAULTS, inputs: [input], out, user, formats: ["tsv", "json"] };
}

const unquoted = (cell: string): string =>
  cell.startsWith('"') && cell.endsWith('"') && cell.length > 1 ? cell.slice(1, -1).replaceAll('""', '"') : cell;

/** The rows of a TSV text; a record is one physical line. */
function readTsv(text: string): TableRow[] {
  const [header = [], ...rows] = text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => line.split("\t").map(unquoted));
  return rows.map((cells) => Object.fromEntries(header.map((name, at) => [name, cells[at] ?? ""])));
}

/** Writes the mailbox as an export below `folder`, parses it and reads the tables back; leaves nothing there. */
export async function parseMailbox(mailbox: LabelledMailbox, folder: string): Promise<Bundle> {
  const place = join(folder, mailbox.seed);
  mkdirSync(place);
  const input = join(place, "export.csv");
  const out = join(place, "bundle");
  writeFileSync(input, toRetrieverCsv(mailbox.rows));
  await parseToBundle(parseOptions(input, out, mailbox.user));
  const text = (name: string): string | undefined =>
    existsSync(join(out, name)) ? readFileSync(join(out, name), "utf8") : undefined;
  const table = (name: string): TableRow[] | undefined => {
    const content = text(`${name}.tsv`);
    return content === undefined ? undefined : readTsv(content);
  };
  const findings = text("findings.json");
  const bundle: Bundle = {
    reads: table("read-activity-by-time"),
    searches: table("searches"),
    addresses: table("ip-scores"),
    findings: findings === undefined ? undefined : (JSON.parse(findings) as { findings: Finding[] }).findings,
  };
  rmSync(place, { recursive: true });
  return bundle;
}
