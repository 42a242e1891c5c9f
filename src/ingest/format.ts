import type { ActivityRecord } from "../model/record.ts";
import { InputError } from "./evidence/input-error.ts";

/** Receives the records of one input in source order. */
export interface RecordSink {
  /** A record: `start` and `length` are the position of its text in the evidence, for `RecordReader.parse`. */
  record(record: ActivityRecord, start: number, length: number): void;
  /** A stretch that is no record, with the reason in words. */
  reject(start: number, length: number, reason: string): void;
}

/** Reads stretches of one input, so that two threads can share it. */
export interface PartReader {
  /** A place behind a position where a record seems to begin; undefined where none is found. */
  near(position: number): number | undefined;
  /**
   * Reads on from a place that `near` gave, or from the beginning; up to another such place if a record begins there,
   * else to the end. What two readers find is then what one would.
   *
   * @returns a generator that yields the position reached and returns whether it stopped at `until`.
   */
  scan(sink: RecordSink, from: number | undefined, until: number | undefined): Generator<number, boolean, void>;
}

/** Reads one input of one format. */
export interface RecordReader {
  /** As the manifest names it. */
  readonly format: string;
  /** The mailbox that the input itself names, where its format can. */
  readonly mailbox: string | undefined;
  /** Whether the last page of the API in it names a further one; left out where a format has no pages. */
  readonly namesNextPage?: boolean;
  /** Whether its records are of the unified audit log, which tells of many mailboxes; left out where they are not. */
  readonly isAudit?: true;
  /** Reads everything once, in order; yields the position reached so that the caller can report and stop. */
  scan(sink: RecordSink): Generator<number, unknown, void>;
  /** Left out where the records of a format cannot be read in stretches. */
  readonly parts?: PartReader;
  /** The record of a text that `scan` found to be one. */
  parse(text: string): ActivityRecord;
}

/** The error for a text that was a record when the run began and is none now. @param label what messages call the input. */
export function changedRecord(label: string, problem: string): InputError {
  return new InputError(`A record of ${label} cannot be read again (${problem}): it was changed during the run.`);
}
