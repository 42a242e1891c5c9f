import type { Evidence } from "../ingest/evidence/evidence.ts";
import { openTextWindow } from "../ingest/evidence/text-window.ts";
import type { MailboxCase, RowFilter } from "../joins/mailbox-case.ts";
import { newMailboxCase, takeRecord } from "../joins/mailbox-case.ts";
import { mailboxOfLogons } from "../joins/mailbox-name.ts";
import type { OpenInput } from "./inputs.ts";
import type { Steps } from "./steps.ts";

/** A stretch of an input that is no record. */
export interface Reject {
  readonly number: number;
  readonly start: number;
  readonly length: number;
  readonly reason: string;
}

/** What became of the rows of one input. */
export interface InputCounts {
  rows: number;
  filtered: number;
  readonly rejects: Reject[];
  /** Records of which something cannot be read: kept, but worth a warning. */
  readonly unreadableProperties: RowSample;
  readonly unreadableTimes: RowSample;
  readonly unreadableQueries: RowSample;
}

/** How often something occurred, and where first. */
export interface RowSample {
  count: number;
  readonly rows: number[];
}

const SAMPLE = 5;

function note(sample: RowSample, row: number): void {
  if (sample.count++ < SAMPLE) sample.rows.push(row);
}

export interface BuiltCase {
  readonly mailboxCase: MailboxCase;
  readonly counts: readonly InputCounts[];
}

function* takeInput(mailboxCase: MailboxCase, at: number, input: OpenInput): Generator<number, InputCounts, void> {
  const counts: InputCounts = {
    rows: 0,
    filtered: 0,
    rejects: [],
    unreadableProperties: { count: 0, rows: [] },
    unreadableTimes: { count: 0, rows: [] },
    unreadableQueries: { count: 0, rows: [] },
  };
  yield* input.reader.scan({
    record(record, start, length) {
      const number = ++counts.rows;
      const taken = takeRecord(mailboxCase, record, at, number, start, length);
      if (taken.hidden) counts.filtered++;
      if (record.properties.problem !== undefined) note(counts.unreadableProperties, number);
      if (Number.isNaN(taken.ticks)) note(counts.unreadableTimes, number);
      if (taken.queryProblem !== undefined) note(counts.unreadableQueries, number);
    },
    reject(start, length, reason) {
      counts.rejects.push({ number: ++counts.rows, start, length, reason });
    },
  });
  return counts;
}

/**
 * Reads the inputs of one mailbox through, once.
 *
 * @param user the mailbox, where no record names it.
 * @param steps reports progress and stops an interrupted run.
 */
export async function buildCase(
  inputs: readonly OpenInput[],
  filter: RowFilter,
  user: string | undefined,
  steps: Steps,
): Promise<BuiltCase> {
  const mailboxCase = newMailboxCase(filter);
  const counts: InputCounts[] = [];
  for (const [at, input] of inputs.entries()) {
    const { evidence, reader } = input;
    const window = openTextWindow(evidence);
    const textAt = (start: number, length: number) => window.text(start, length);
    mailboxCase.evidence.push({
      label: evidence.label,
      textAt,
      recordAt: (start, length) => reader.parse(textAt(start, length)),
    });
    counts.push(await steps.run(takeInput(mailboxCase, at, input), readingOf(evidence)));
  }
  const named = inputs.map(({ reader }) => reader.mailbox).find((name) => name !== undefined);
  mailboxCase.mailbox = (named ?? mailboxOfLogons(mailboxCase.logons)) || (user ?? "");
  return { mailboxCase, counts };
}

/** What a reading step reports its positions against. */
function readingOf(evidence: Evidence): { what: string; size: number } {
  return { what: `reading ${evidence.label}`, size: evidence.size };
}
