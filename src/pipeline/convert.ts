import { closeSync, existsSync, mkdtempSync, openSync, renameSync, rmSync, statSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import { InputError } from "../ingest/evidence/input-error.ts";
import type { ListedInput } from "../ingest/evidence/list-inputs.ts";
import { listInputs } from "../ingest/evidence/list-inputs.ts";
import type { ActivityRecord } from "../model/record.ts";
import { isReaderGone, isSystemError, systemReason } from "../model/system-error.ts";
import { activityJsonLine } from "../render/activity-jsonl.ts";
import { BundleError } from "../render/bundle-folder.ts";
import {
  RETRIEVER_CSV_BOM,
  RETRIEVER_CSV_LINE_END,
  retrieverCsvHeader,
  retrieverCsvLine,
} from "../render/retriever-csv.ts";
import { CASE_DEFAULTS, inputsByMailbox, openOptions } from "./cases.ts";
import type { OpenInput } from "./inputs.ts";
import { closeInputs, openInputs, settleEncoding } from "./inputs.ts";
import { ecsLines } from "../render/ecs.ts";
import { timesketchLines } from "../render/timesketch.ts";
import { readTable } from "../render/read-table.ts";
import { lastPageWarnings, readingWarnings, skippedWarnings } from "./manifest.ts";
import { PARSE_DEFAULTS } from "./parse-options.ts";
import { parseToBundle } from "./parse.ts";
import type { Progress, Steps } from "./steps.ts";
import { newSteps } from "./steps.ts";

/** A shape that records can be written in. */
interface Shape {
  /** What stands before the first record. */
  readonly head: string;
  /** A record with its line end. */
  line(record: ActivityRecord): string;
  /** Whether only the API's own columns have a place in it. */
  readonly leavesOutOthers: boolean;
}

const SHAPES = {
  "retriever-csv": {
    head: `${RETRIEVER_CSV_BOM}${retrieverCsvHeader()}${RETRIEVER_CSV_LINE_END}`,
    line: (record) => `${retrieverCsvLine(record)}${RETRIEVER_CSV_LINE_END}`,
    leavesOutOthers: true,
  },
  jsonl: { head: "", line: (record) => `${activityJsonLine(record)}\n`, leavesOutOthers: false },
} satisfies Record<string, Shape>;

/** Shapes of what happened rather than of records: made of the timeline that `parse` writes. */
const TIMELINES = { timesketch: timesketchLines, ecs: ecsLines } as const;

export type ShapeName = keyof typeof SHAPES | keyof typeof TIMELINES;

export interface ConvertOptions {
  readonly inputs: readonly string[];
  readonly to: ShapeName;
  /** The file to write; undefined for standard output. */
  readonly out: string | undefined;
  readonly force: boolean;
  /** How many times its own size an input may unpack to; undefined for the default. */
  readonly maxExpansion?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly report?: ((progress: Progress) => void) | undefined;
}

/** What was written and what could not be. */
export interface Converted {
  readonly records: number;
  readonly rejected: readonly { readonly file: string; readonly row: number; readonly reason: string }[];
  /** What else was left out or has to be known, a sentence each. */
  readonly warnings: readonly string[];
}

/** More columns than these are not named. */
const MOST_COLUMNS = 8;

const PIECE = 1 << 16;
const PAUSE_MILLISECONDS = 2;
const pause = new Int32Array(new SharedArrayBuffer(4));

function writeAll(file: number, text: string): void {
  const bytes = Buffer.from(text, "utf8");
  for (let at = 0; at < bytes.length;) {
    try {
      at += writeSync(file, bytes, at);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EAGAIN") throw error;
      // A pipe that is full for the moment: its reader gets time, and the processor with it.
      Atomics.wait(pause, 0, 0, PAUSE_MILLISECONDS);
    }
  }
}

/** Whether an evidence lies in the file that is to be written, by whatever name: --force must not replace that. */
function isSameFile(input: ListedInput, place: string): boolean {
  if (input.kind === "stdin" || !existsSync(place)) return false;
  const [read, written] = [statSync(input.path), statSync(place)];
  return read.dev === written.dev && read.ino === written.ino;
}

/** What is gathered while inputs are written in another shape. */
interface Converting {
  records: number;
  readonly rejected: { file: string; row: number; reason: string }[];
  readonly warnings: string[];
}

function* convertInput(
  input: OpenInput,
  shape: Shape,
  write: (text: string) => void,
  converting: Converting,
): Generator<number, void, void> {
  const { rejected, warnings } = converting;
  let row = 0;
  let records = 0;
  let piece = "";
  const leftOut = new Set<string>();
  const file = input.evidence.label;
  const scan = input.reader.scan({
    record(record) {
      row++;
      records++;
      if (shape.leavesOutOthers && leftOut.size <= MOST_COLUMNS) for (const [name] of record.extra) leftOut.add(name);
      piece += shape.line(record);
      if (piece.length < PIECE) return;
      write(piece);
      piece = "";
    },
    reject(_start, _length, reason) {
      rejected.push({ file, row: ++row, reason });
    },
  });
  yield* scan;
  write(piece);
  converting.records += records;
  warnings.push(...readingWarnings(input.evidence, row, row - records));
  if (leftOut.size === 0) return;
  const names = [...leftOut].slice(0, MOST_COLUMNS).join(", ");
  warnings.push(`${file}: columns left out: ${names}${leftOut.size > MOST_COLUMNS ? ", …" : ""}`);
}

/** A timeline's lines, a piece at a time. */
function* writeLines(lines: Generator<string, { readonly rows: number }, void>, write: (text: string) => void) {
  let piece = "";
  let count = 0;
  for (;;) {
    const line = lines.next();
    if (line.done === true) {
      write(piece);
      return line.value.rows;
    }
    piece += `${line.value}\n`;
    if (piece.length >= PIECE) {
      write(piece);
      piece = "";
      yield count;
    }
    count++;
  }
}

/** Writes every record of the evidence, in source order. */
async function convertRecords(
  options: ConvertOptions,
  shape: Shape,
  work: string,
  write: (text: string) => void,
  steps: Steps,
): Promise<Converted> {
  const opening = openOptions(options);
  const { inputs, skipped, confirm } = await openInputs(options.inputs, work, opening);
  try {
    const converting: Converting = { records: 0, rejected: [], warnings: [] };
    // Asked of all before the first is written: standard output cannot be taken back.
    const log = inputs.find(({ reader }) => reader.isAudit === true);
    if (log !== undefined) {
      throw new InputError(
        `Expected an export of the Outlook Activities API, but ${log.evidence.label} is an audit log: it converts to timesketch and ecs only.`,
      );
    }
    write(shape.head);
    for (const input of inputs) {
      await steps.wait(settleEncoding(input, work, opening));
      const { label, size } = input.evidence;
      await steps.run(convertInput(input, shape, write, converting), { what: `reading ${label}`, size });
    }
    // The last page of one mailbox is none of another's.
    const { groups } = inputs.some(({ reader }) => reader.namesNextPage === true)
      ? await inputsByMailbox(inputs, CASE_DEFAULTS, work, steps)
      : { groups: [] };
    confirm();
    converting.warnings.push(...lastPageWarnings(groups), ...skipped.flatMap(skippedWarnings));
    return converting;
  } finally {
    closeInputs(inputs, skipped);
  }
}

/** Parses the evidence into a bundle of nothing but its timeline, and writes that in another shape. */
async function convertTimeline(
  options: ConvertOptions,
  lines: (typeof TIMELINES)[keyof typeof TIMELINES],
  work: string,
  write: (text: string) => void,
  steps: Steps,
): Promise<Converted> {
  const out = join(work, "bundle");
  const { warnings } = await parseToBundle({
    ...PARSE_DEFAULTS,
    inputs: options.inputs,
    out,
    tables: new Set(["timeline", "rejects"]),
    formats: ["tsv"],
    maxExpansion: options.maxExpansion,
    signal: options.signal,
    report: options.report,
  });
  const records = await steps.run(writeLines(lines(join(out, "timeline.tsv")), write), {
    what: `writing ${options.to}`,
    size: Infinity,
    unit: "rows",
  });
  const [, ...rejects] = readTable(join(out, "rejects.tsv"));
  const rejected = rejects.map(([file = "", row = "", , reason = ""]) => ({ file, row: Number(row), reason }));
  return { records, rejected, warnings };
}

/** What is thrown where standard output has got some of it already; a reader that has gone misses nothing. */
function notWhole(error: unknown): unknown {
  if (isReaderGone(error) || !(error instanceof InputError || isSystemError(error))) return error;
  const why = error instanceof InputError ? error.message : `Stopped: ${systemReason(error)}.`;
  return new InputError(`${why} What went to standard output is not whole.`, { cause: error });
}

/**
 * Writes the records of evidence in another shape: the shapes of records in source order, duplicates and all, those of
 * a timeline in order of time, duplicates left out. A file appears whole or not at all.
 *
 * @throws InputError or BundleError, one sentence for the user.
 */
export async function convert(options: ConvertOptions): Promise<Converted> {
  const { out } = options;
  const place = out === undefined ? undefined : resolve(out);
  if (place !== undefined && existsSync(place) && statSync(place).isDirectory()) {
    throw new BundleError(`${out} is a folder; give the file to write.`);
  }
  if (place !== undefined && existsSync(place) && !options.force) {
    throw new BundleError(`The file ${out} exists already; give another one, or --force to replace it.`);
  }
  const steps = newSteps(options.signal, options.report);
  let work: string;
  try {
    work = mkdtempSync(
      place === undefined ? join(tmpdir(), "alicorn-") : join(dirname(place), `.${basename(place)}.partial-`),
    );
  } catch (error) {
    throw new BundleError(
      `Nothing can be written beside ${out ?? "the system's temporary files"}: ${systemReason(error)}.`,
    );
  }
  const { to } = options;
  try {
    if (place !== undefined && existsSync(place)) {
      const over = (await listInputs(options.inputs)).find((input) => isSameFile(input, place));
      if (over !== undefined) {
        throw new BundleError(`${out} is evidence that is read (${over.label}); give another file to write.`);
      }
    }
    const target = join(work, "converted");
    const file = place === undefined ? 1 : openSync(target, "wx");
    let begun = false;
    const write = (text: string) => {
      begun ||= text !== "";
      writeAll(file, text);
    };
    let converted: Converted;
    try {
      converted =
        to === "timesketch" || to === "ecs"
          ? await convertTimeline(options, TIMELINES[to], work, write, steps)
          : await convertRecords(options, SHAPES[to], work, write, steps);
    } catch (error) {
      if (place !== undefined || !begun) throw error;
      throw notWhole(error);
    } finally {
      if (place !== undefined) closeSync(file);
    }
    if (place !== undefined) {
      await steps.heed();
      renameSync(target, place);
    }
    return converted;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}
