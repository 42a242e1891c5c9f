import { join } from "node:path";
import type { Manifest } from "../model/manifest.ts";
import { writeEcs } from "../render/ecs.ts";
import type { FindingsPieces } from "../render/html/findings.ts";
import { writeHtmlReport } from "../render/html/report-file.ts";
import { needDuckDb } from "../render/parquet/duckdb.ts";
import { writeParquet } from "../render/parquet/write-parquet.ts";
import type { WrittenFile } from "../render/table-file.ts";
import { writeTimesketch } from "../render/timesketch.ts";
import { writeWorkbook } from "../render/xlsx/workbook.ts";
import type { Steps } from "./steps.ts";

/** What is made of finished tables. */
export type DerivedFormat = "html" | "xlsx" | "timesketch" | "ecs" | "parquet";

/** A bundle whose tables are finished. */
export interface FinishedTables {
  /** Where the tables lie, which need not be where files are written. */
  readonly tables: string;
  readonly files: string;
  readonly prefix: string;
  /** Whether the tables have an apostrophe before what a spreadsheet takes for a formula. */
  readonly excelSafe: boolean;
  /** Names of the tables, in order, without prefix and ending. */
  readonly names: readonly string[];
  readonly findings: FindingsPieces | undefined;
  /** The events that Parquet is made of, where it was asked for, and a folder for what is in between. */
  readonly events: string;
  readonly spool: string;
  readonly signal: AbortSignal | undefined;
}

/** Formats that are made of the timeline alone. */
const TIMELINES = {
  timesketch: { file: "timeline.timesketch.jsonl", write: writeTimesketch },
  ecs: { file: "timeline.ecs.ndjson", write: writeEcs },
} as const;

/** What was written, by file name, and what an examiner has to know of it. */
export interface DerivedFiles {
  readonly written: ReadonlyMap<string, WrittenFile>;
  readonly warnings: readonly string[];
}

/**
 * Asks before a run whether what it is to write can be written.
 *
 * @param out the bundle's folder.
 * @throws BundleError where a format needs what is not installed, or cannot be written there.
 */
export async function needWriters(formats: readonly string[], out: string): Promise<void> {
  if (formats.includes("parquet")) await needDuckDb(out);
}

/** Writes the workbook, the timelines in other shapes, and the events as Parquet. */
export async function writeShapes(
  formats: ReadonlySet<string>,
  { tables, files, prefix, excelSafe, names, events, spool, signal }: FinishedTables,
  steps: Steps,
): Promise<DerivedFiles> {
  const written = new Map<string, WrittenFile>();
  const warnings: string[] = [];
  if (formats.has("xlsx")) {
    const name = `${prefix}report.xlsx`;
    const sheets = names.map((table) => ({ name: table, file: `${prefix}${table}.tsv` }));
    const { cutCells, ...file } = await writeWorkbook({
      folder: tables,
      tables: sheets,
      path: join(files, name),
      signal,
    });
    written.set(name, file);
    if (cutCells > 0) warnings.push(`${name}: ${cutCells} cells are longer than a workbook takes and are cut there`);
  }
  for (const [format, { file: name, write }] of Object.entries(TIMELINES)) {
    if (!formats.has(format)) continue;
    const path = join(files, `${prefix}${name}`);
    const of = { what: `writing ${format}`, size: Infinity, unit: "rows" } as const;
    const { untimed, ...file } = await steps.run(write({ folder: tables, prefix, excelSafe, path }), of);
    written.set(`${prefix}${name}`, file);
    if (untimed > 0) warnings.push(`${prefix}${name}: ${untimed} rows have no readable time and are marked so`);
  }
  if (formats.has("parquet")) {
    for (const [name, file] of await writeParquet({ table: events, files, prefix, spool, signal }))
      written.set(name, file);
  }
  return { written, warnings };
}

/** Writes the report for people; the manifest tells it of everything else. */
export function writeReport(
  { tables, files, prefix, findings }: FinishedTables,
  manifest: Manifest,
): [string, WrittenFile] {
  const name = `${prefix}report.html`;
  const file = writeHtmlReport({ folder: tables, prefix, manifest, findings, path: join(files, name) });
  return [name, { ...file, rows: 0 }];
}
