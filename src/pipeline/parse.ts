import { join } from "node:path";
import { parseTicks } from "../ingest/timestamp.ts";
import type { PackedPresences } from "../joins/address-presence.ts";
import { suspectPresences } from "../joins/address-presence.ts";
import { TENANT_NOT_ASSESSED } from "../joins/assessed-tenant.ts";
import type { Manifest, ManifestInput, ManifestOutput } from "../model/manifest.ts";
import { SCHEMA_VERSION, TOOL_NAME } from "../model/manifest.ts";
import type { BundleFolder } from "../render/bundle-folder.ts";
import { createBundleFolder } from "../render/bundle-folder.ts";
import type { FileWriter } from "../render/file-writer.ts";
import { directWriter, writeTextFile } from "../render/file-writer.ts";
import { startThreadWriter } from "../render/thread-writer.ts";
import { cellWriter } from "../render/table-file.ts";
import { assessTenant } from "../rules/assess-tenant.ts";
import { classicReports } from "../reports/classic/index.ts";
import { events } from "../reports/events.ts";
import { findings } from "../reports/findings/index.ts";
import { reports } from "../reports/index.ts";
import { VERSION } from "../version.ts";
import type { FinishedTables } from "./derived.ts";
import { needWriters, writeReport, writeShapes } from "./derived.ts";
import { absentNameWarnings } from "./asked-names.ts";
import type { CaseOptions } from "./cases.ts";
import { inputsByMailbox, joinedCases, openOptions } from "./cases.ts";
import type { CaseInput } from "./build-case.ts";
import type { OpenInput } from "./inputs.ts";
import { closeInputs, openInputs, settleEncoding } from "./inputs.ts";
import { usualJobs, workInThreads } from "./mailbox-threads.ts";
import type { ThreadsWork } from "./mailbox-threads.ts";
import type { MailboxResult } from "./mailbox-work.ts";
import { workOnMailbox } from "./mailbox-work.ts";
import type { Accounts, MailboxAccount } from "./manifest.ts";
import {
  accountEmptyLogs,
  addAccount,
  inputWarnings,
  lastPageWarnings,
  manifestLine,
  skippedLine,
  skippedWarnings,
  unnamedWarnings,
} from "./manifest.ts";
import { REJECTS, writeRejects } from "./rejects.ts";
import { findingsFile, findingsPieces, tenantFindings } from "./findings-file.ts";
import type { MailboxFindings } from "./findings-file.ts";
import type { OpenKnowledge } from "./knowledge.ts";
import { openKnowledge } from "./knowledge.ts";
import type { ParseOptions } from "./parse-options.ts";
import { checkParseOptions, manifestArguments } from "./parse-options.ts";
import type { Steps } from "./steps.ts";
import { newSteps } from "./steps.ts";
import type { RunSummary } from "./summary.ts";
import { addNotes, newSummaryNotes, summaryOf } from "./summary.ts";
import type { TableSet } from "./tables.ts";
import { closeTables, fileName, newTableSet, passingFile, writeTenant } from "./tables.ts";

/** Evidence of more bytes than this is worth a thread that writes. */
const LARGE = 16 << 20;
/** From so many bytes on, memory is worth a little time. */
const MUCH = 256 << 20;
/** Of a mailbox of more bytes than this every MiB counts. */
const HUGE = 2 ** 31;
/** How far a heap may grow, in percent: to twice its size, or not much where it would grow large. */
const GROWTH = 100;
const LITTLE_GROWTH = 30;

/** What is gathered while the mailboxes of a run are written one after the other. */
interface Gathered {
  readonly accounts: Accounts;
  readonly warnings: string[];
  /** The inputs of each mailbox that no record names. */
  readonly unnamed: (readonly string[])[];
  readonly findings: MailboxFindings[];
  readonly addresses: PackedPresences[];
}

function totalsOf(lines: readonly ManifestInput[], mailboxes: number): Manifest["totals"] {
  const sum = (key: "rows" | "parsed" | "rejected" | "duplicates" | "filtered") =>
    lines.reduce((total, line) => total + line[key], 0);
  return {
    inputs: lines.length,
    mailboxes,
    rows: sum("rows"),
    parsed: sum("parsed"),
    rejected: sum("rejected"),
    duplicates: sum("duplicates"),
    filtered: sum("filtered"),
  };
}

/** A rule that failed is a defect: what the others found stands, and the examiner is told. */
function failedRules(ofTenant: MailboxFindings, { findings }: Gathered): string[] {
  return [ofTenant, ...findings].flatMap(({ mailbox, outcomes }) =>
    outcomes
      .filter(({ outcome }) => outcome === "error")
      .map(({ id, why }) => `${mailbox === "" ? "" : `${mailbox}: `}the rule ${id} failed and says nothing (${why})`),
  );
}

function countFindings(ofTenant: MailboxFindings, { findings }: Gathered): number {
  return findings.reduce((total, mailbox) => total + mailbox.severities.length, ofTenant.severities.length);
}

/** The earliest and latest time of the inputs that have one. */
function timesOf(lines: readonly ManifestInput[]): readonly [string, string] {
  const extreme = (times: readonly string[], later: boolean) =>
    times
      .filter((time) => !Number.isNaN(parseTicks(time)))
      .reduce((best, time) => (best !== "" && parseTicks(time) > parseTicks(best) !== later ? best : time), "");
  return [
    extreme(
      lines.map(({ firstTime }) => firstTime),
      false,
    ),
    extreme(
      lines.map(({ lastTime }) => lastTime),
      true,
    ),
  ];
}

function writeJson(folder: string, name: string, value: unknown): void {
  writeTextFile(join(folder, name), [`${JSON.stringify(value, undefined, 2)}\n`]);
}

/**
 * Large output is written and hashed beside the work of this thread, in the built program; a small one is not worth a
 * thread's start.
 */
function writerFor(inputs: readonly OpenInput[]): FileWriter {
  return isWorthThreads(inputs) ? startThreadWriter() : directWriter();
}

/** Threads can be had in the built program: a thread cannot load TypeScript sources. */
const HAS_THREADS = import.meta.url.endsWith(".js");

/** A thread's start is worth it for large evidence. */
function isWorthThreads(inputs: readonly OpenInput[]): boolean {
  return HAS_THREADS && sizeOf(inputs) > LARGE;
}

/** How many threads work on the mailboxes. */
function jobsFor(asked: number | undefined, inputs: readonly OpenInput[], mailboxes: number): number {
  if (!HAS_THREADS || (asked === undefined && !isWorthThreads(inputs))) return 1;
  return Math.max(1, Math.min(asked ?? usualJobs(), mailboxes));
}

/** Bytes of the largest mailbox that is read whole: of an audit log each mailbox has a small part as a rule. */
function largestExport(groups: readonly (readonly CaseInput[])[]): number {
  const whole = groups.map((group) => group.filter(({ routed }) => routed === undefined));
  return whole.reduce((most, group) => Math.max(most, sizeOf(group.map(({ input }) => input))), 0);
}

function sizeOf(inputs: readonly OpenInput[]): number {
  return inputs.reduce((total, { evidence }) => total + evidence.size, 0);
}

/**
 * Works on one mailbox after the other. In a function of its own: what its variables hold, a whole mailbox, is let go
 * before other files are made of the tables.
 */
async function workInTurn(
  cases: ReturnType<typeof joinedCases>,
  set: TableSet,
  known: OpenKnowledge | undefined,
  steps: Steps,
  take: (result: MailboxResult) => void,
): Promise<void> {
  for await (const { number, joined, counts } of cases) {
    take(await workOnMailbox(set, number, joined, counts, known, steps));
  }
}

/** What a thread is told of how evidence is read. */
function caseOptionsOf({ user, filter, keepDuplicates, maxExpansion }: CaseOptions): CaseOptions {
  return { user, filter, keepDuplicates, maxExpansion };
}

async function writeBundle(options: ParseOptions, folder: BundleFolder, steps: Steps): Promise<RunSummary> {
  const { inputs, skipped, confirm } = await openInputs(
    options.inputs,
    folder.spool,
    openOptions(options),
    options.out,
  );
  const writer = writerFor(inputs);
  try {
    const readers = isWorthThreads(inputs) ? (options.jobs ?? usualJobs()) : 0;
    const mailboxes = await inputsByMailbox(inputs, options, folder.spool, steps, readers);
    const { groups } = mailboxes;
    const jobs = jobsFor(options.jobs, inputs, groups.length);
    const wanted = (table: string) => options.tables === undefined || options.tables.has(table);
    const formats = new Set<string>(options.formats);
    const printsTables = formats.has("tsv");
    const needsTables = options.formats.some((format) => format !== "json" && format !== "parquet");
    const tables = needsTables ? reports.filter(({ table }) => wanted(table)) : [];
    const chosen = [...tables, ...(options.classic ? classicReports : []), ...(formats.has("parquet") ? [events] : [])];
    const withFindings = (formats.has("json") || formats.has("html")) && wanted(findings.table);
    const scored = withFindings || chosen.some(({ scores }) => scores !== undefined);
    // Messages are joined to reads even where nothing is scored.
    const isAsked = scored || options.scoring.messages.length > 0;
    const known = isAsked
      ? await openKnowledge(options.scoring, folder.spool, { ...openOptions(options), signal: options.signal })
      : undefined;
    const prefix = options.title === "" ? "" : `${options.title}-`;
    const cell = cellWriter(options.excelSafe);
    const set = newTableSet({
      reports: chosen,
      scoresMessages: withFindings || chosen.some(({ scores }) => scores === "messages"),
      folder: folder.files,
      // Tables that only other formats are made of do not stay.
      hidden: printsTables ? undefined : join(folder.spool, "tables"),
      spool: folder.spool,
      prefix,
      cell,
      writer,
      waits: jobs === 1 && (groups.length > 1 || mailboxes.routed.size > 0) ? "time" : "none",
    });
    const notes = newSummaryNotes();
    const gathered: Gathered = { accounts: new Map(), warnings: [], unnamed: [], findings: [], addresses: [] };
    const given = { named: new Set<string>(), warnings: [] as string[] };
    const take = (result: MailboxResult) => {
      const { number, accounts, leftOut, notes: mailboxNotes, addresses, given: own, findings } = result;
      const group = groups[number] ?? [];
      for (const [at, { input }] of group.entries()) {
        addAccount(gathered.accounts, input, mailboxes.routed.get(input), accounts[at] as MailboxAccount, leftOut[at]);
      }
      if (findings !== undefined) gathered.findings.push(findings);
      if (mailboxNotes.mailbox === "") {
        gathered.warnings.push(...unnamedWarnings(group, accounts));
        const read = group.filter((_, at) => (accounts[at] as MailboxAccount).rows > 0);
        if (read.length > 0) gathered.unnamed.push([...new Set(read.map(({ input }) => input.evidence.label))]);
      }
      addNotes(notes, mailboxNotes);
      for (const one of own.givenNamed) given.named.add(one);
      given.warnings.push(...own.givenWarnings);
      gathered.addresses.push(addresses);
    };
    const limitHeapGrowth = sizeOf(inputs) > MUCH ? options.limitHeapGrowth : undefined;
    const largest = largestExport(groups);
    if (largest > 0) limitHeapGrowth?.(largest > HUGE ? LITTLE_GROWTH : GROWTH);
    let elsewhere: ThreadsWork | undefined;
    if (jobs > 1) {
      for (const input of inputs) {
        // A thread reads what is settled; an input that is rewritten now was not read for good yet.
        await steps.wait(settleEncoding(input, folder.spool, openOptions(options)));
      }
      const work = {
        options: caseOptionsOf(options),
        tables: chosen.map(({ table }) => table),
        scoresMessages: set.scoresMessages,
        excelSafe: options.excelSafe,
        knowledge: isAsked ? options.scoring : undefined,
        scored,
        spool: folder.spool,
      };
      elsewhere = await workInThreads(mailboxes, inputs, jobs, work, options.signal, options.report);
      for (const result of elsewhere.results) take(result);
    } else {
      const cases = joinedCases(groups, options, folder.spool, steps, known?.knowledge.messages);
      await workInTurn(cases, set, scored ? known : undefined, steps, take);
    }
    const addresses = suspectPresences(gathered.addresses);
    const { tenant: log } = mailboxes;
    const tenant =
      known === undefined || !scored
        ? TENANT_NOT_ASSESSED
        : assessTenant({ log, mailboxes: groups.length, addresses, knowledge: known.knowledge }, known.ruleSet);
    writeTenant(set, tenant);
    const ofTenant = tenantFindings(tenant);
    accountEmptyLogs(gathered.accounts, mailboxes.routed);
    const accounts = [...gathered.accounts.values()];
    const lines: ManifestInput[] = [];
    for (const account of accounts) lines.push(await manifestLine(account));
    gathered.warnings.unshift(...accounts.flatMap(inputWarnings), ...mailboxes.warnings, ...lastPageWarnings(groups));
    const written = new Map(await closeTables(set, steps, elsewhere?.runs));
    if (wanted(REJECTS) && needsTables) {
      const name = fileName(set, REJECTS);
      const place = set.hidden ?? folder.files;
      const file = writeRejects(place, name, cell, accounts);
      if (printsTables) written.set(name, file);
    }
    const reported = withFindings ? findingsPieces(ofTenant, gathered.findings) : undefined;
    if (reported !== undefined && formats.has("json")) {
      const name = `${prefix}findings.json`;
      written.set(name, {
        ...writeTextFile(join(folder.files, name), findingsFile(reported)),
        rows: countFindings(ofTenant, gathered),
      });
    }
    const finished: FinishedTables = {
      tables: set.hidden ?? folder.files,
      files: folder.files,
      prefix,
      excelSafe: options.excelSafe,
      names: [...tables.map(({ table }) => table), ...(wanted(REJECTS) ? [REJECTS] : [])],
      findings: reported,
      events: passingFile(set, events),
      spool: folder.spool,
      signal: options.signal,
    };
    const shapes = await writeShapes(formats, finished, steps);
    for (const [name, file] of shapes.written) written.set(name, file);
    gathered.warnings.push(...shapes.warnings);
    for (const input of skipped) {
      lines.push(await skippedLine(input));
      gathered.warnings.push(...skippedWarnings(input));
    }
    const manifestWith = (outputs: readonly ManifestOutput[]): Manifest => ({
      schemaVersion: SCHEMA_VERSION,
      tool: { name: TOOL_NAME, version: VERSION },
      arguments: manifestArguments(options),
      inputs: lines,
      unnamed: gathered.unnamed,
      outputs,
      databases: known?.databases(...timesOf(lines)) ?? [],
      lists: known?.lists ?? [],
      totals: totalsOf(lines, groups.length),
      warnings: [
        ...gathered.warnings,
        ...new Set([...(known?.warnings() ?? []), ...(elsewhere?.warnings ?? [])]),
        ...given.warnings,
        ...(known?.unmatched(given.named) ?? []),
        ...absentNameWarnings(options.filter, notes.names),
        ...failedRules(ofTenant, gathered),
      ],
    });
    const outputs: ManifestOutput[] = [...written].map(([path, file]) => ({ path, ...file }));
    if (formats.has("html")) {
      // No other thread works any more, and a page leaves much behind that is used once.
      limitHeapGrowth?.(LITTLE_GROWTH);
      const [path, file] = writeReport(finished, manifestWith(outputs));
      outputs.push({ path, ...file });
    }
    const manifest = manifestWith(outputs);
    confirm();
    writeJson(folder.files, "manifest.json", manifest);
    const severities = [ofTenant, ...gathered.findings].flatMap((mailbox) => mailbox.severities);
    return summaryOf(options.out, manifest, notes, severities);
  } finally {
    writer.end();
    closeInputs(inputs, skipped);
  }
}

/**
 * The main job: reads evidence, joins it and writes the bundle. The bundle appears whole or not at all.
 *
 * @returns what was found, in figures.
 * @throws UsageError for options that make no sense; InputError or BundleError, one sentence for the user; the signal's reason where the run was stopped; the
 *   system's error where the disk fails.
 */
export async function parseToBundle(options: ParseOptions): Promise<RunSummary> {
  checkParseOptions(options);
  const started = new Date();
  await needWriters(options.formats, options.out);
  const folder = createBundleFolder(options.out, options.force);
  const steps = newSteps(options.signal, options.report);
  try {
    const summary = await writeBundle(options, folder, steps);
    const run = { started: started.toISOString(), finished: new Date().toISOString(), node: process.version };
    writeJson(folder.files, "run.json", run);
    await steps.heed();
    folder.commit();
    return summary;
  } catch (error) {
    try {
      folder.discard();
    } catch {
      // What ended the run is what has to be told.
    }
    throw error;
  }
}
