import { createHash } from "node:crypto";
import { closeSync, createWriteStream, openSync, readSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { ZipFile } from "yazl";
import { readTable } from "../read-table.ts";
import type { WrittenFile } from "../table-file.ts";
import type { Sheet } from "./sheet.ts";
import { columnsOf, rangeOf, sheetXml } from "./sheet.ts";
import { newSheetTitles } from "./sheet-titles.ts";
import { stylesXml } from "./styles.ts";
import { xmlText } from "./text.ts";

/** What goes into a workbook. */
export interface WorkbookOptions {
  /** Where the finished tables are. */
  readonly folder: string;
  /** A sheet each, in this order, but findings first. */
  readonly tables: readonly WorkbookTable[];
  /** The workbook; must not exist yet. */
  readonly path: string;
  readonly signal?: AbortSignal | undefined;
  /** Rows of a sheet, the header included, before the next one begins; Excel's most without it. */
  readonly sheetRows?: number;
}

export interface WorkbookTable {
  /** The table's name, without prefix and ending: the sheet's title. */
  readonly name: string;
  /** The finished TSV in `folder`. */
  readonly file: string;
}

export interface WrittenWorkbook extends WrittenFile {
  /** Cells whose text is longer than a workbook can hold: they are cut and say so. */
  readonly cutCells: number;
}

/** Rows that a sheet can have (ISO/IEC 29500-1 18.3.1.73 as Excel implements it). */
const MOST_ROWS = 1_048_576;
/** So many rows say how wide the columns are. */
const SAMPLE = 200;
/** zlib's level: its usual 6 takes half as long again for a twelfth of the bytes less. */
const LEVEL = 4;
const BLOCK = 1 << 18;
const LF = 10;
const OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE = "http://schemas.openxmlformats.org/package/2006";
const CONTENT = "application/vnd.openxmlformats-officedocument.spreadsheetml";
const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

/** The lines of a finished table: each ends with LF. */
function countLines(path: string): number {
  const file = openSync(path, "r");
  try {
    const block = Buffer.allocUnsafeSlow(BLOCK);
    let lines = 0;
    for (let size = readSync(file, block); size > 0; size = readSync(file, block)) {
      const filled = block.subarray(0, size);
      for (let at = filled.indexOf(LF); at >= 0; at = filled.indexOf(LF, at + 1)) lines++;
    }
    return lines;
  } finally {
    closeSync(file);
  }
}

/** A table's header and the first of its rows. */
function beginningOf(path: string): { header: readonly string[]; sample: readonly (readonly string[])[] } {
  const rows = readTable(path);
  const header = rows.next().value ?? [];
  const sample: (readonly string[])[] = [];
  for (const row of rows) if (sample.push(row) === SAMPLE) break;
  return { header, sample };
}

/** A table with the sheets that its rows go to. */
interface Plan {
  readonly path: string;
  readonly sheets: readonly Sheet[];
}

function planOf(options: WorkbookOptions): readonly Plan[] {
  const title = newSheetTitles();
  const most = (options.sheetRows ?? MOST_ROWS) - 1;
  const isFindings = ({ name }: WorkbookTable) => name === "findings";
  const { tables } = options;
  return [...tables.filter(isFindings), ...tables.filter((table) => !isFindings(table))].map(({ name, file }) => {
    const path = join(options.folder, file);
    const rows = Math.max(0, countLines(path) - 1);
    const { header, sample } = beginningOf(path);
    const columns = columnsOf(name, header, sample);
    const sheets = Array.from({ length: Math.max(1, Math.ceil(rows / most)) }, (_, at): Sheet => {
      return { title: title(name), file, columns, rows: Math.min(most, rows - at * most) };
    });
    return { path, sheets };
  });
}

function attribute(text: string): string {
  return xmlText(text).replaceAll('"', "&quot;");
}

function contentTypesXml(sheets: readonly Sheet[]): string {
  const parts = sheets.map(
    (_, at) => `<Override PartName="/xl/worksheets/sheet${at + 1}.xml" ContentType="${CONTENT}.worksheet+xml"/>`,
  );
  return (
    `${XML}<Types xmlns="${PACKAGE}/content-types">` +
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
    '<Default Extension="xml" ContentType="application/xml"/>' +
    `<Override PartName="/xl/workbook.xml" ContentType="${CONTENT}.sheet.main+xml"/>` +
    `<Override PartName="/xl/styles.xml" ContentType="${CONTENT}.styles+xml"/>${parts.join("")}</Types>`
  );
}

function relationshipsXml(targets: readonly (readonly [type: string, target: string])[]): string {
  const lines = targets.map(
    ([type, target], at) => `<Relationship Id="rId${at + 1}" Type="${OFFICE}/${type}" Target="${target}"/>`,
  );
  return `${XML}<Relationships xmlns="${PACKAGE}/relationships">${lines.join("")}</Relationships>`;
}

/** xl/workbook.xml. Excel looks for a filter's range under this hidden name as well as in the sheet. */
function workbookXml(sheets: readonly Sheet[]): string {
  const lines = sheets.map(
    ({ title }, at) => `<sheet name="${attribute(title)}" sheetId="${at + 1}" r:id="rId${at + 1}"/>`,
  );
  const filters = sheets.map((sheet, at) => {
    const range = rangeOf(sheet).replace(/([A-Z]+)(\d+)/g, "$$$1$$$2");
    const place = `'${sheet.title.replaceAll("'", "''")}'!${range}`;
    return `<definedName name="_xlnm._FilterDatabase" localSheetId="${at}" hidden="1">${xmlText(place)}</definedName>`;
  });
  return (
    `${XML}<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="${OFFICE}">` +
    '<bookViews><workbookView activeTab="0"/></bookViews>' +
    `<sheets>${lines.join("")}</sheets><definedNames>${filters.join("")}</definedNames></workbook>`
  );
}

/**
 * Writes finished tables as one workbook (Office Open XML, ISO/IEC 29500): a sheet a table, its header frozen and with
 * filters, a table of more rows than a sheet can have over several sheets. Every cell is typed: a text as it stands in
 * the TSV, escapes included, or, of alicorn's own counts, a number. There are no formulas, links or dates.
 *
 * Rows are streamed. No clock, zone or locale enters the bytes; how zlib packs them can differ from one Node to another.
 *
 * @returns what the manifest says of the file; `rows` are the data rows of all sheets.
 * @throws the system's error where a table cannot be read or the file cannot be written; the signal's reason.
 */
export async function writeWorkbook(options: WorkbookOptions): Promise<WrittenWorkbook> {
  const plans = planOf(options);
  const sheets = plans.flatMap((plan) => plan.sheets);
  const zip = new ZipFile();
  const output = zip.outputStream as Readable;
  // The time is the archive's first in whatever zone, since a DOS time has none; the rest are yazl's constants.
  const entry = { mtime: new Date(1980, 0, 1), forceDosTimestamp: true, compressionLevel: LEVEL };
  const part = (name: string, xml: string) => zip.addBuffer(Buffer.from(xml), name, entry);
  part("[Content_Types].xml", contentTypesXml(sheets));
  part("_rels/.rels", relationshipsXml([["officeDocument", "xl/workbook.xml"]]));
  part("xl/workbook.xml", workbookXml(sheets));
  const targets = sheets.map((_, at) => ["worksheet", `worksheets/sheet${at + 1}.xml`] as const);
  part("xl/_rels/workbook.xml.rels", relationshipsXml([...targets, ["styles", "styles.xml"]]));
  part("xl/styles.xml", stylesXml());

  zip.on("error", (error: Error) => output.destroy(error));
  const readers: Generator<readonly string[], void, void>[] = [];
  let stream: Readable | undefined;
  let ended = false;
  let cutCells = 0;
  for (const { path, sheets: parts } of plans) {
    const rows = readTable(path);
    readers.push(rows);
    for (const sheet of parts) {
      const number = sheets.indexOf(sheet) + 1;
      const xml = function* () {
        if (sheet === parts[0]) rows.next();
        yield* sheetXml(sheet, number === 1, rows, () => cutCells++);
      };
      zip.addReadStreamLazy(`xl/worksheets/sheet${number}.xml`, entry, (give) => {
        // yazl goes on asking when nobody takes the archive any more, and does not listen for a failing source.
        if (ended) return;
        stream = Readable.from(xml(), { highWaterMark: 2 });
        stream.once("error", (error) => output.destroy(error));
        give(null, stream);
      });
    }
  }
  zip.end();

  const hash = createHash("sha256");
  let bytes = 0;
  const digest = async function* (blocks: AsyncIterable<Buffer>) {
    for await (const block of blocks) {
      hash.update(block);
      bytes += block.length;
      yield block;
    }
  };
  try {
    const { signal } = options;
    await pipeline(
      output,
      digest,
      createWriteStream(options.path, { flags: "wx" }),
      signal === undefined ? {} : { signal },
    );
  } catch (error) {
    options.signal?.throwIfAborted();
    throw error;
  } finally {
    ended = true;
    stream?.destroy();
    for (const rows of readers) rows.return();
  }
  const rows = sheets.reduce((total, sheet) => total + sheet.rows, 0);
  return { bytes, sha256: hash.digest("hex"), rows, cutCells };
}
