import { CsvError, parse } from "csv-parse/sync";
import { type FoundMessages, newTraceGatherer } from "./gather-trace.ts";
import { type TraceColumns, traceColumns, traceRow } from "./trace-columns.ts";

/** How a message trace is laid out from some line on. */
interface Shape {
  readonly delimiter: string;
  readonly names: readonly string[];
  readonly columns: TraceColumns;
  /** Whether it is a log of Exchange Server, in which lines that start with `#` are none of its rows. */
  readonly isLog: boolean;
  /** Where the first row starts. */
  readonly dataStart: number;
}

const LINE_FEED = 0x0a;
const QUOTE = 0x22;
const HASH = 0x23;

/** PowerShell takes the separator of the culture with -UseCulture; tabs are what spreadsheets save as text. */
const DELIMITERS = [",", ";", "\t"];
/** Lines in front of the header line that are looked at. */
const MOST_LEADING_LINES = 50;
/** Records that csv-parse gets at once. */
const BATCH = 500;
/** A quoted field that goes on for longer was never closed. */
const MOST_RECORD_LINES = 1000;
const LONGEST_RECORD = 1 << 20;

/**
 * Whether a text is a message trace as CSV: a line with its column names comes first, behind `#TYPE` of Export-Csv,
 * `sep=` of a spreadsheet or the `#` lines of a message tracking log, whose names are in `#Fields:`.
 *
 * @param head the first bytes, UTF-8 without a byte order mark.
 */
export function looksLikeTrace(head: Buffer): boolean {
  return shapeOf(head) !== undefined;
}

/**
 * Reads a message trace: CSV of Get-MessageTrace and Get-MessageTraceV2, of the portal, or a message tracking log.
 * Which columns are read says `trace-columns.ts`. A row that is no CSV, or has another number of fields than there are
 * columns, is a problem and takes no other row along: reading goes on with the next line, and where such a row has
 * several lines, each of them counts as one.
 *
 * @param bytes UTF-8 without a byte order mark; a text that `looksLikeTrace`.
 * @param file label of the file.
 * @param batch how many records csv-parse gets at once; tests use one.
 * @returns a message for each ID. Rows count from 1; the header line, `#` lines and empty lines are none.
 */
export function readTraceCsv(bytes: Buffer, file: string, batch = BATCH): FoundMessages {
  const trace = newTraceGatherer(file);
  let shape = shapeOf(bytes);
  let row = 0;

  /** Whether a line says something of the file and is none of its rows. */
  function isDirective(at: number, { isLog }: Shape): boolean {
    return bytes[at] === HASH && (isLog || bytes.toString("latin1", at, at + 6) === "#TYPE ");
  }

  function take(cells: readonly string[], { names, columns }: Shape): void {
    if (isBlank(cells)) return;
    // Exports that were put into one file.
    if (cells.every((cell, at) => cell === names[at])) {
      trace.nextExport();
      return;
    }
    row++;
    trace.add(row, traceRow(columns, cells), columns.zoneless);
  }

  /** Reads the rows of a stretch one by one; says where to go on, which may be behind its end. */
  function readSingly(from: number, to: number, shape: Shape): number {
    let at = from;
    while (at < to && !isDirective(at, shape)) {
      const end = recordEnd(bytes, at);
      const whole = recordIn(bytes.subarray(at, end), shape);
      if (typeof whole !== "string") {
        take(whole, shape);
        at = end;
        continue;
      }
      // The lines behind it may be rows of their own.
      const line = bytes.subarray(at, lineEnd(bytes, at));
      const problem = line.length === end - at ? whole : recordIn(line, shape);
      const cells = problem === QUOTE_IN_PLAIN ? relaxedLine(line, shape) : problem;
      if (cells !== undefined && typeof cells !== "string") take(cells, shape);
      else trace.reject(`row ${++row} ${cells ?? QUOTE_IN_PLAIN}`);
      at += line.length;
    }
    return at;
  }

  let at = shape?.dataStart ?? bytes.length;
  while (shape !== undefined && at < bytes.length) {
    if (isDirective(at, shape)) {
      const end = lineEnd(bytes, at);
      const line = bytes.toString("utf8", at, end);
      if (FIELDS.test(line)) {
        shape = fieldsLine(line, end);
        if (shape === undefined) trace.reject(`another kind of log follows row ${row}, which was not read`);
      }
      at = end;
      continue;
    }
    let end = at;
    let records = 0;
    while (records < batch && end < bytes.length && !isDirective(end, shape)) {
      end = recordEnd(bytes, end);
      records++;
    }
    const rows = recordsIn(bytes.subarray(at, end), shape);
    const { names } = shape;
    if (rows?.length === records && rows.every((cells) => isBlank(cells) || cells.length === names.length)) {
      for (const cells of rows) take(cells, shape);
      at = end;
    } else at = readSingly(at, end, shape);
  }
  return trace.found();
}

function shapeOf(bytes: Buffer): Shape | undefined {
  let at = 0;
  for (let line = 0; line < MOST_LEADING_LINES && at < bytes.length; line++) {
    const end = lineEnd(bytes, at);
    const text = bytes.toString("utf8", at, end).trim();
    at = end;
    if (FIELDS.test(text)) return fieldsLine(text, end);
    if (text === "" || text.startsWith("#") || /^sep=.$/.test(text)) continue;
    return headerLine(text, end, DELIMITERS, false);
  }
  return undefined;
}

const FIELDS = /^#Fields:/i;

/** The shape that a `#Fields:` line of a log announces. */
function fieldsLine(line: string, dataStart: number): Shape | undefined {
  return headerLine(line.replace(FIELDS, "").trim(), dataStart, [","], true);
}

function headerLine(line: string, dataStart: number, delimiters: readonly string[], isLog: boolean): Shape | undefined {
  for (const delimiter of delimiters) {
    const [names, ...more] = recordsIn(Buffer.from(line), { delimiter }) ?? [];
    const columns = names === undefined || more.length > 0 ? undefined : traceColumns(names);
    if (names !== undefined && columns !== undefined) return { delimiter, names, columns, isLog, dataStart };
  }
  return undefined;
}

/** Where the next line starts. */
function lineEnd(bytes: Buffer, at: number): number {
  const lineFeed = bytes.indexOf(LINE_FEED, at);
  return lineFeed < 0 ? bytes.length : lineFeed + 1;
}

/** Where the next record starts: behind the first line up to which quotes are paired (RFC 4180), else the next line. */
function recordEnd(bytes: Buffer, at: number): number {
  const first = lineEnd(bytes, at);
  let end = first;
  let paired = hasPairedQuotes(bytes, at, end);
  for (let lines = 1; !paired; lines++) {
    if (end >= bytes.length || lines >= MOST_RECORD_LINES || end - at > LONGEST_RECORD) return first;
    const next = lineEnd(bytes, end);
    paired = !hasPairedQuotes(bytes, end, next);
    end = next;
  }
  return end;
}

function hasPairedQuotes(bytes: Buffer, from: number, to: number): boolean {
  // Of the stretch alone: where there are no quotes, each search would otherwise run to the end of the file.
  const stretch = bytes.subarray(from, to);
  let paired = true;
  for (let at = stretch.indexOf(QUOTE); at >= 0; at = stretch.indexOf(QUOTE, at + 1)) paired = !paired;
  return paired;
}

function isBlank(cells: readonly string[]): boolean {
  return cells.length === 1 && /^[ \t\r]*$/.test(cells[0] ?? "");
}

function parsed(bytes: Buffer, delimiter: string, relax_quotes = false): string[][] {
  return parse(bytes, { delimiter, record_delimiter: ["\r\n", "\n"], relax_column_count: true, relax_quotes });
}

/** The records of a text; undefined where it is not CSV. */
function recordsIn(bytes: Buffer, { delimiter }: Pick<Shape, "delimiter">, relaxed = false): string[][] | undefined {
  try {
    return parsed(bytes, delimiter, relaxed);
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return undefined;
  }
}

/**
 * The fields of a line with quotes inside of plain fields, such as a subject with quotation marks that was not quoted
 * itself: where there is one field a column with these taken to the letter, no delimiter can have been mistaken.
 */
function relaxedLine(line: Buffer, shape: Shape): readonly string[] | undefined {
  const [cells, ...more] = recordsIn(line, shape, true) ?? [];
  if (cells?.length !== shape.names.length || more.length > 0) return undefined;
  // A field that starts with a quote and goes on behind the closing one.
  return cells.some((cell) => cell.startsWith('"')) ? undefined : cells;
}

/** The one record of a text, or what is wrong with it, to go behind its row's number. */
function recordIn(bytes: Buffer, shape: Shape): readonly string[] | string {
  try {
    const [cells = [""], ...more] = parsed(bytes, shape.delimiter);
    if (more.length > 0) return `is not one row but ${more.length + 1}`;
    if (isBlank(cells) || cells.length === shape.names.length) return cells;
    return `has ${cells.length} fields instead of ${shape.names.length}`;
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return REASONS[error.code] ?? `is not CSV: ${error.code}`;
  }
}

const QUOTE_IN_PLAIN = "is not CSV: a quote inside a plain field";

const REASONS: Readonly<Record<string, string>> = {
  CSV_QUOTE_NOT_CLOSED: "is not CSV: a quoted field is not closed",
  CSV_INVALID_CLOSING_QUOTE: "is not CSV: text behind a closing quote",
  INVALID_OPENING_QUOTE: QUOTE_IN_PLAIN,
};
