import type { Evidence } from "../ingest/evidence/evidence.ts";
import type { TextWindow } from "../ingest/evidence/text-window.ts";
import { isToTheMinute } from "../ingest/timestamp.ts";
import { gatherText, openTextPieces, openTextWindow } from "../ingest/evidence/text-window.ts";
import type { CaseEvidence, MailboxCase, RowFilter, TakenRecord } from "../joins/mailbox-case.ts";
import { newMailboxCase, takeRecord } from "../joins/mailbox-case.ts";
import { mailboxOfLogons } from "../joins/mailbox-name.ts";
import type { ActivityRecord } from "../model/record.ts";
import type { OpenInput } from "./inputs.ts";
import type { RoutedMailbox, RoutedRecords } from "./routes.ts";
import type { Reject, RowSample } from "./row-counts.ts";
import { newRowSample, noteRow } from "./row-counts.ts";
import type { Steps } from "./steps.ts";

/** What became of the rows of one input, as far as they are one mailbox's. */
export interface InputCounts {
  /** Rows of the input that are the mailbox's; of an audit log without its duplicates. */
  rows: number;
  readonly rejects: Reject[];
  /** Records of which something cannot be read: kept, but worth a warning. */
  readonly unreadableProperties: RowSample;
  readonly unreadableTimes: RowSample;
  /** Records of which the time names no seconds. */
  readonly minuteTimes: RowSample;
  readonly unreadableQueries: RowSample;
}

/** An input of a mailbox: all of it, or those records of an audit log that are about the mailbox. */
export interface CaseInput {
  /** Which of the run's inputs it is, 0-based, in the order in which they are listed. */
  readonly number: number;
  readonly input: OpenInput;
  readonly routed?: RoutedMailbox & { readonly records: RoutedRecords };
}

export interface BuiltCase {
  readonly mailboxCase: MailboxCase;
  readonly counts: readonly InputCounts[];
}

function newCounts(): InputCounts {
  return {
    rows: 0,
    rejects: [],
    unreadableProperties: newRowSample(),
    unreadableTimes: newRowSample(),
    minuteTimes: newRowSample(),
    unreadableQueries: newRowSample(),
  };
}

function noteTaken(counts: InputCounts, record: ActivityRecord, taken: TakenRecord, number: number): void {
  if (record.properties.problem !== undefined) noteRow(counts.unreadableProperties, number);
  if (Number.isNaN(taken.ticks)) noteRow(counts.unreadableTimes, number);
  else if (isToTheMinute(record.timeStamp)) noteRow(counts.minuteTimes, number);
  if (taken.queryProblem !== undefined) noteRow(counts.unreadableQueries, number);
}

function* takeInput(mailboxCase: MailboxCase, at: number, input: OpenInput): Generator<number, InputCounts, void> {
  const counts = newCounts();
  yield* input.reader.scan({
    record(record, start, length) {
      const number = ++counts.rows;
      noteTaken(counts, record, takeRecord(mailboxCase, record, at, number, start, length), number);
    },
    reject(start, length, reason) {
      counts.rejects.push({ number: ++counts.rows, start, length, reason });
    },
  });
  return counts;
}

/** Takes those records of an audit log that are the mailbox's; each may make several rows. */
function* takeRouted(
  mailboxCase: MailboxCase,
  at: number,
  { records, from, to }: NonNullable<CaseInput["routed"]>,
  gathered: boolean,
): Generator<number, InputCounts, void> {
  const counts = newCounts();
  let behind = 0;
  const { recordAt } = mailboxCase.evidence[at] as CaseEvidence;
  for (let one = from; one < to; one++) {
    const length = records.length[one] as number;
    const start = gathered ? behind : (records.start[one] as number);
    behind += length;
    const number = records.number[one] as number;
    const record = recordAt(start, length, 0);
    const rows = record.audit?.rows() ?? [record];
    for (const [part, row] of rows.entries()) {
      const taken = takeRecord(mailboxCase, row, at, number, start, length, part);
      if (part === 0) noteTaken(counts, record, taken, number);
    }
    if (++counts.rows % 1024 === 0) yield behind;
  }
  return counts;
}

/** A mailbox of which a log has less than this share is read record by record. */
const DENSE = 0.2;
/** Up to so many bytes of a mailbox's records are kept in memory while it is worked on. */
const MOST_GATHERED = 32 << 20;

/** How the records of a mailbox are read, and where the first pass finds them. */
interface CaseText {
  readonly window: TextWindow;
  /** Whether the records stand one behind the other, gathered from where they lie. */
  readonly gathered: boolean;
}

function* stretchesOf({ records, from, to }: NonNullable<CaseInput["routed"]>): Generator<readonly [number, number]> {
  for (let one = from; one < to; one++) yield [records.start[one] as number, records.length[one] as number];
}

/**
 * Opens the text of an input for one mailbox. What lies so far apart in a log that reading what is between is not worth
 * it is gathered, if it is not too much and the only such input of the mailbox.
 */
function textFor({ input, routed }: CaseInput, mayGather: boolean): CaseText {
  const { evidence } = input;
  if (routed === undefined) return { window: openTextWindow(evidence), gathered: false };
  let bytes = 0;
  for (const [, length] of stretchesOf(routed)) bytes += length;
  if (bytes >= evidence.size * DENSE) return { window: openTextWindow(evidence), gathered: false };
  if (bytes > MOST_GATHERED || !mayGather) return { window: openTextPieces(evidence), gathered: false };
  return { window: gatherText(evidence, stretchesOf(routed), bytes), gathered: true };
}

/** An input as its mailbox's case reads it. */
function evidenceOfCase({ number, input: { evidence, reader } }: CaseInput, window: TextWindow): CaseEvidence {
  const textAt = (start: number, length: number) => window.text(start, length);
  const { label } = evidence;
  if (reader.isAudit !== true) {
    return { number, label, isAudit: false, textAt, recordAt: (start, length) => reader.parse(textAt(start, length)) };
  }
  const recordAt = auditRows((start, length) => reader.parse(textAt(start, length)));
  return { number, label, isAudit: true, textAt, recordAt };
}

/** Records from this length on are remembered, as each may be asked for thousands of rows. */
const LONG_RECORD = 16 << 10;
/** Text of long records that is remembered at most; what is parsed takes several times of it. */
const MOST_LONG = 8 << 20;

/**
 * Reads rows of audit records. The rows of one record stand one behind the other in every order: it is read once for all
 * of them. Whoever asks for what other records say of its items comes back to it, so that long records stay at hand.
 */
function auditRows(read: (start: number, length: number) => ActivityRecord): CaseEvidence["recordAt"] {
  let last: ActivityRecord | undefined;
  let lastStart = -1;
  const long = new Map<number, ActivityRecord>();
  let remembered = 0;
  const recordAt = (start: number, length: number): ActivityRecord => {
    const known = long.get(start);
    if (known !== undefined) return known;
    const record = read(start, length);
    if (length < LONG_RECORD) return record;
    if (remembered + length > MOST_LONG) {
      long.clear();
      remembered = 0;
    }
    remembered += length;
    long.set(start, record);
    return record;
  };
  return (start, length, part) => {
    if (last === undefined || start !== lastStart) {
      last = recordAt(start, length);
      lastStart = start;
    }
    const row = part === 0 ? last : last.audit?.rows()[part];
    if (row === undefined) throw new Error(`The record at ${start} has no row ${part}.`);
    return row;
  };
}

/**
 * Reads the inputs of one mailbox through, once.
 *
 * @param user the mailbox, where no record names it.
 * @param steps reports progress and stops an interrupted run.
 */
export async function buildCase(
  inputs: readonly CaseInput[],
  filter: RowFilter,
  user: string | undefined,
  steps: Steps,
): Promise<BuiltCase> {
  const expected = inputs.reduce((total, one) => total + expectedRows(one), 1);
  const mailboxCase = newMailboxCase(filter, expected);
  const counts: InputCounts[] = [];
  const sparse = inputs.filter(({ routed }) => routed !== undefined).length;
  for (const [at, one] of inputs.entries()) {
    const { input, routed } = one;
    const { window, gathered } = textFor(one, sparse === 1);
    mailboxCase.evidence.push(evidenceOfCase(one, window));
    const taking =
      routed === undefined ? takeInput(mailboxCase, at, input) : takeRouted(mailboxCase, at, routed, gathered);
    counts.push(await steps.run(taking, readingOf(input.evidence)));
  }
  mailboxCase.mailbox = nameOf(inputs, mailboxCase) || (user ?? "");
  return { mailboxCase, counts };
}

/**
 * Bytes of an ordinary record of the Activities API at least. Room for more rows than come costs nothing: memory that is
 * not written to is not there. Making room while reading would leave the smaller one behind each time.
 */
const SMALL_RECORD = 400;

/** How many rows of a mailbox an input may well have. */
function expectedRows({ input, routed }: CaseInput): number {
  return routed === undefined ? Math.ceil(input.evidence.size / SMALL_RECORD) : routed.to - routed.from;
}

/** The mailbox's name: as an export states it, as an audit log does, or as logons have it. */
function nameOf(inputs: readonly CaseInput[], { logons }: MailboxCase): string {
  const stated = inputs.map(({ input }) => input.reader.mailbox).find((name) => name !== undefined);
  const routed = inputs.flatMap(({ routed }) => routed?.name ?? []);
  return stated ?? routed[0] ?? mailboxOfLogons(logons);
}

/** What a reading step reports its positions against. */
function readingOf(evidence: Evidence): { what: string; size: number } {
  return { what: `reading ${evidence.label}`, size: evidence.size };
}
