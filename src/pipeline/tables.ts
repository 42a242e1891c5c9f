import { mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { parseTicks } from "../ingest/timestamp.ts";
import type { FastBuffer } from "../model/fast-buffer.ts";
import type { AssessedTenant } from "../joins/assessed-tenant.ts";
import type { JoinedCase } from "../joins/joined-case.ts";
import { evidenceOf } from "../joins/mailbox-case.ts";
import { walk } from "../joins/walk.ts";
import type { Assessment } from "../model/assessment.ts";
import type { FamilyName } from "../model/event.ts";
import { directWriter } from "../render/file-writer.ts";
import type { FileWriter } from "../render/file-writer.ts";
import type { GroupedLines } from "../render/grouped-lines.ts";
import { newGroupedLines } from "../render/grouped-lines.ts";
import type { Run } from "../render/merge-lines.ts";
import { mergeLines } from "../render/merge-lines.ts";
import type { CellWriter, LineFile, WrittenFile } from "../render/table-file.ts";
import { createLineFile, tsvLine } from "../render/table-file.ts";
import { tsvCell } from "../render/tsv.ts";
import type { Report, ReportRun, RowSource, TableSink } from "../reports/report.ts";
import { SOURCE_COLUMNS } from "../reports/report.ts";
import type { Steps } from "./steps.ts";

/** Lines that wait for their group lie in many files at once. */
const SPOOL_BUFFER = 1 << 15;

/** The tables of a bundle while its mailboxes are written one after the other. */
export interface TableSet {
  readonly reports: readonly Report[];
  /** Whether messages are scored, so that every event of theirs is to be observed. */
  readonly scoresMessages: boolean;
  readonly folder: string;
  /** Where the tables go instead that do not stay; undefined where they stay. Classic ones always do. */
  readonly hidden: string | undefined;
  readonly spool: string;
  readonly prefix: string;
  readonly cell: CellWriter;
  readonly writer: FileWriter;
  /**
   * Which tables' rows wait for those of other mailboxes: `none` of a single mailbox, whose rows are in order as they
   * come; those in order of `time`, and those that begin with what concerns all mailboxes; `all` where mailboxes are written by several threads.
   */
  readonly waits: "none" | "time" | "all";
  readonly open: Map<Report, OpenTable>;
}

interface OpenTable {
  /** The finished table; undefined in a thread whose rows all wait. */
  readonly file: LineFile | undefined;
  /** Sorted rows of each mailbox, one behind the other in a file, waiting to be merged; undefined where none wait. */
  readonly waiting: { readonly path: string; readonly file: LineFile; readonly runs: Run[] } | undefined;
}

export function newTableSet(options: Omit<TableSet, "open">): TableSet {
  const set: TableSet = { ...options, open: new Map() };
  for (const report of set.reports) {
    if (set.waits === "all") {
      set.open.set(report, { file: undefined, waiting: waitingFor(set, report) });
      continue;
    }
    const path = join(placeOf(set, report), fileName(set, report.table));
    mkdirSync(dirname(path), { recursive: true });
    const hasHeader = report.columns.length > 0;
    const file = createLineFile(set.writer, path, hasHeader);
    if (hasHeader) file.line(tsvLine([...report.columns, ...(report.bare === true ? [] : SOURCE_COLUMNS)], set.cell));
    set.open.set(report, { file, waiting: waitingFor(set, report) });
  }
  return set;
}

/** Rows of several mailboxes that a table has in order of time have to wait for each other. */
function waitingFor(set: TableSet, report: Report): OpenTable["waiting"] {
  const hasToWait = report.order === "time" || report.tenant !== undefined;
  if (set.waits === "none" || (set.waits === "time" && !hasToWait)) return undefined;
  const path = join(set.spool, `${report.table.replace("/", ".")}.runs`);
  return { path, file: createLineFile(set.writer, path), runs: [] };
}

/** Tables in the layout of others always stay; what only a format is made of never does. */
function placeOf({ folder, hidden, spool }: TableSet, report: Report): string {
  if (report.passing === true) return join(spool, PASSING);
  return report.bare === true ? folder : (hidden ?? folder);
}

/** Where in the spool a report lies that only a format is made of, and its name there. */
const PASSING = "passing";

/** The place of such a report's file. */
export function passingFile(set: Pick<TableSet, "spool" | "prefix">, report: Report): string {
  return join(set.spool, PASSING, fileName(set, report.table));
}

/** How values become cells: a spreadsheet reads tables, and none reads what only a format is made of. */
function cellOf(set: TableSet, report: Report): CellWriter {
  return report.passing === true ? tsvCell : set.cell;
}

/** The file name of a table in a bundle: the prefix stands before the name and behind the folder. */
export function fileName(set: { readonly prefix: string }, table: string): string {
  const folderEnd = table.lastIndexOf("/") + 1;
  return `${table.slice(0, folderEnd)}${set.prefix}${table.slice(folderEnd)}.tsv`;
}

/** What stands before a line that waits to be merged: the numbers of its input and of its row there. */
function placeCells({ mailboxCase }: JoinedCase, { event, row }: RowSource): string {
  if (event === undefined) throw new Error("A row in order of time tells of one event.");
  return `${evidenceOf(mailboxCase, event).number}\t${row}\t`;
}

/** One report at work on one mailbox. */
interface Running {
  readonly run: ReportRun;
  close(): void;
}

function begin(set: TableSet, report: Report, joined: JoinedCase, assessment: Assessment, mailbox: number): Running {
  const table = set.open.get(report) as OpenTable;
  const spool = (kind: string) => join(set.spool, `${report.table.replace("/", ".")}.${mailbox}.${kind}`);
  const { waiting } = table;
  const from = waiting?.file.size ?? 0;
  const target = waiting?.file ?? table.file;
  if (target === undefined) throw new Error(`The table ${report.table} has no file.`);
  const grouped: GroupedLines | undefined =
    report.order === "group" ? newGroupedLines(directWriter(SPOOL_BUFFER), spool("groups")) : undefined;
  const cell = cellOf(set, report);
  const bare = report.bare === true;
  const isMerged = waiting !== undefined && report.order === "time";
  // A mailbox's rows come of one file as a rule.
  let of: Pick<RowSource, "mailbox" | "file"> = { mailbox: "", file: "" };
  let sourceCells = "\t\t\t";
  const sink: TableSink = {
    row(cells, source, group = 0) {
      if (source.file !== of.file || source.mailbox !== of.mailbox) {
        of = source;
        sourceCells = `\t${cell(source.mailbox)}\t${cell(source.file)}\t`;
      }
      const own = tsvLine(cells, cell);
      const line = bare ? own : `${own}${sourceCells}${source.row}`;
      if (grouped !== undefined) grouped.add(group, line);
      else target.line(isMerged ? `${placeCells(joined, source)}${line}` : line);
    },
  };
  return {
    run: report.begin(joined, sink, assessment),
    close() {
      grouped?.finish(target);
      if (waiting === undefined || waiting.file.size === from) return;
      waiting.runs.push({ number: mailbox, path: waiting.path, from, to: waiting.file.size });
    },
  };
}

/** Writes what tables say of all mailboxes together, in front of rows that wait. */
export function writeTenant(set: TableSet, tenant: AssessedTenant): void {
  for (const [report, { file }] of set.open) {
    report.tenant?.(tenant, {
      row(cells, { mailbox, file: name, row }) {
        file?.line(`${tsvLine(cells, set.cell)}\t${set.cell(mailbox)}\t${set.cell(name)}\t${row}`);
      },
    });
  }
}

type Listener = NonNullable<ReportRun["event"]>;

function* writeEvents(
  running: ReadonlyMap<Report, Running>,
  joined: JoinedCase,
  observe: Listener | undefined,
): Generator<number, void, void> {
  const listeners = new Map<FamilyName, Listener[]>();
  // Before any table prints a message, its score must be known.
  if (observe !== undefined) listeners.set("message", [observe]);
  for (const [report, { run }] of running) {
    if (run.event === undefined) continue;
    const listen = run.event.bind(run);
    for (const family of report.families ?? []) listeners.set(family, [...(listeners.get(family) ?? []), listen]);
  }
  let done = 0;
  for (const event of walk(joined, new Set(listeners.keys()))) {
    for (const listen of listeners.get(event.type.family) ?? []) listen(event);
    if (++done % 1024 === 0) yield done;
  }
}

/** Writes the rows of one mailbox to every table. */
export async function writeMailbox(
  set: TableSet,
  joined: JoinedCase,
  assessment: Assessment,
  mailbox: number,
  steps: Steps,
): Promise<void> {
  const running = new Map(set.reports.map((report) => [report, begin(set, report, joined, assessment, mailbox)]));
  const observe = set.scoresMessages ? assessment.observe : undefined;
  const { mailbox: name } = joined.mailboxCase;
  const what = name === "" ? "writing" : `writing ${name}`;
  await steps.run(writeEvents(running, joined, observe), { what, size: joined.order.length, unit: "rows" });
  for (const { run, close } of running.values()) {
    run.finish?.();
    close();
  }
}

/** The order key of a table's line: its first two columns are the halves of a TimeStamp, or the first is all of it. */
function lineTicks(line: string): number {
  const dateEnd = line.indexOf("\t");
  const date = line.slice(0, dateEnd);
  const time = line.slice(dateEnd + 1, line.indexOf("\t", dateEnd + 1));
  const ticks = parseTicks(time === "" ? date : `${date}T${time}`);
  return Number.isNaN(ticks) ? Infinity : ticks;
}

/** Ends a set whose rows all wait: where those of each table are. */
export function endWaiting(set: TableSet): readonly (readonly [table: string, runs: readonly Run[]])[] {
  return [...set.open].flatMap(([{ table }, { waiting }]) => {
    waiting?.file.close();
    return waiting === undefined ? [] : [[table, waiting.runs] as const];
  });
}

/**
 * Merges what waits to be merged and closes every table.
 *
 * @param elsewhere rows that other threads wrote, by table: those of the first mailbox first.
 * @returns what was written, by file name.
 */
export async function closeTables(
  set: TableSet,
  steps: Steps,
  elsewhere?: ReadonlyMap<string, readonly Run[]>,
): Promise<ReadonlyMap<string, WrittenFile>> {
  const written = new Map<string, WrittenFile>();
  const spare: FastBuffer[] = [];
  for (const [report, { file, waiting }] of set.open) {
    if (file === undefined) continue;
    waiting?.file.close();
    const runs = elsewhere?.get(report.table) ?? waiting?.runs ?? [];
    if (runs.length > 0) {
      const merging = mergeSteps(runs, file, report.order === "time" ? lineTicks : undefined, spare);
      await steps.run(merging, { what: `merging ${report.table}`, size: Infinity, unit: "rows" });
    }
    const closed = file.close();
    const counted = report.countedBy === undefined ? closed : written.get(fileName(set, report.countedBy));
    const { rows } = counted ?? closed;
    if (placeOf(set, report) === set.folder) written.set(fileName(set, report.table), { ...closed, rows });
  }
  return written;
}

function* mergeSteps(
  runs: readonly Run[],
  file: LineFile,
  keyOf: ((line: string) => number) | undefined,
  spare: FastBuffer[],
): Generator<number, void, void> {
  for (const _step of mergeLines(runs, file, keyOf, spare)) yield file.lines;
}
