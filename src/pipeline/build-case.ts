import type { Evidence } from "../ingest/evidence/evidence.ts";
import { openTextPieces, openTextWindow } from "../ingest/evidence/text-window.ts";
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
  filtered: number;
  readonly rejects: Reject[];
  /** Records of which something cannot be read: kept, but worth a warning. */
  readonly unreadableProperties: RowSample;
  readonly unreadableTimes: RowSample;
  readonly unreadableQueries: RowSample;
}

/** An input of a mailbox: all of it, or those records of an audit log that are about the mailbox. */
export interface CaseInput {
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
    filtered: 0,
    rejects: [],
    unreadableProperties: newRowSample(),
    unreadableTimes: newRowSample(),
    unreadableQueries: newRowSample(),
  };
}

function noteTaken(counts: InputCounts, record: ActivityRecord, taken: TakenRecord, number: number): void {
  if (taken.hidden) counts.filtered++;
  if (record.properties.problem !== undefined) noteRow(counts.unreadableProperties, number);
  if (Number.isNaN(taken.ticks)) noteRow(counts.unreadableTimes, number);
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
): Generator<number, InputCounts, void> {
  const counts = newCounts();
  const { recordAt } = mailboxCase.evidence[at] as CaseEvidence;
  for (let one = from; one < to; one++) {
    const start = records.start[one] as number;
    const length = records.length[one] as number;
    const number = records.number[one] as number;
    const record = recordAt(start, length, 0);
    const rows = record.audit?.rows() ?? [record];
    for (const [part, row] of rows.entries()) {
      const taken = takeRecord(mailboxCase, row, at, number, start, length, part);
      if (part === 0) noteTaken(counts, record, taken, number);
    }
    if (++counts.rows % 1024 === 0) yield start + length;
  }
  return counts;
}

/** A mailbox of which a log has less than this share is read record by record. */
const DENSE = 0.2;

/** Whether a mailbox's records lie so far apart in a log that reading what is between them is not worth it. */
function isSparse({ size }: Evidence, routed: CaseInput["routed"]): boolean {
  if (routed === undefined) return false;
  const { records, from, to } = routed;
  let bytes = 0;
  for (let one = from; one < to; one++) bytes += records.length[one] as number;
  return bytes < size * DENSE;
}

/** An input as its mailbox's case reads it. */
function evidenceOfCase({ input: { evidence, reader }, routed }: CaseInput): CaseEvidence {
  const window = isSparse(evidence, routed) ? openTextPieces(evidence) : openTextWindow(evidence);
  const textAt = (start: number, length: number) => window.text(start, length);
  const { label } = evidence;
  if (reader.isAudit !== true) {
    return { label, isAudit: false, textAt, recordAt: (start, length) => reader.parse(textAt(start, length)) };
  }
  // The rows of one record stand one behind the other in every order: it is read once for all of them.
  let last: ActivityRecord | undefined;
  let lastStart = -1;
  return {
    label,
    isAudit: true,
    textAt,
    recordAt(start, length, part) {
      if (last === undefined || start !== lastStart) {
        last = reader.parse(textAt(start, length));
        lastStart = start;
      }
      const row = part === 0 ? last : last.audit?.rows()[part];
      if (row === undefined) throw new Error(`The record at ${start} has no row ${part}.`);
      return row;
    },
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
  const isAudit = inputs.every(({ routed }) => routed !== undefined);
  const expected = inputs.reduce(
    (total, { routed }) => total + (routed === undefined ? 0 : routed.to - routed.from),
    0,
  );
  const mailboxCase = newMailboxCase(filter, isAudit ? expected : undefined);
  const counts: InputCounts[] = [];
  for (const [at, one] of inputs.entries()) {
    const { input, routed } = one;
    mailboxCase.evidence.push(evidenceOfCase(one));
    const taking = routed === undefined ? takeInput(mailboxCase, at, input) : takeRouted(mailboxCase, at, routed);
    counts.push(await steps.run(taking, readingOf(input.evidence)));
  }
  mailboxCase.mailbox = nameOf(inputs, mailboxCase) || (user ?? "");
  return { mailboxCase, counts };
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
