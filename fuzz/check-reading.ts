import { readdirSync } from "node:fs";
import type { RowFilter } from "../src/index.ts";
import { InputError, NO_FILTER, parseCase } from "../src/index.ts";
import type { MailboxEvent } from "../src/model/event.ts";
import { closeInputs, openInputs } from "../src/pipeline/inputs.ts";
import type { Account } from "./accounts.ts";
import { accountsOf, shownRows } from "./accounts.ts";
import type { FuzzInput } from "./make-input.ts";
import type { Scanned } from "./scan-input.ts";
import { scanInput } from "./scan-input.ts";
import { holdSurvivors } from "./survivors.ts";
import { hold, holdSentence } from "./violation.ts";

/** Unpacked bytes that are allowed: more than any sound input has. */
const MOST_UNPACKED = 1 << 25;

/** No database: what it says of addresses is no matter of reading. */
const NO_GEO = { geo: { city: undefined, asn: undefined, dir: undefined, embedded: false } };

/** The filter that the input asks for. */
export function filterOf({ onlyType }: FuzzInput): RowFilter {
  return onlyType === undefined
    ? NO_FILTER
    : { ...NO_FILTER, types: new Set([onlyType]), words: `--types ${onlyType}` };
}

/** What became of an input. */
export interface ReadOutcome {
  /** Undefined where the evidence was read, else the sentence that ended the run. */
  readonly refused: string | undefined;
  /** What became of the rows, input by input. */
  readonly accounts: readonly Account[];
}

/** Reads every input by itself. */
async function scanAll(input: FuzzInput, paths: readonly string[], spool: string): Promise<readonly Scanned[]> {
  const { inputs, skipped } = await openInputs(paths, spool, { expansionFloor: MOST_UNPACKED });
  try {
    return inputs.map((one) => {
      const scanned = scanInput(one);
      if (one.evidence.label === "damaged") holdSurvivors(input, one, scanned);
      return scanned;
    });
  } finally {
    closeInputs(inputs, skipped);
  }
}

/**
 * The rows of all mailboxes in order of time, with everything that tables ask of them.
 *
 * @returns them as `row file`, in a fixed order.
 */
async function readRows(input: FuzzInput, paths: readonly string[]): Promise<string[]> {
  const seen: string[] = [];
  const { keepDuplicates, index } = input;
  for await (const mailbox of parseCase(paths, { filter: filterOf(input), keepDuplicates, scoring: NO_GEO })) {
    let before: MailboxEvent | undefined;
    for (const event of mailbox.events()) {
      const source = `${event.ref.row} ${event.ref.file}`;
      seen.push(source);
      hold(before === undefined || !(before.ticks > event.ticks), () => `row ${source} comes too late`);
      const isLast = before !== undefined && Number.isNaN(before.ticks);
      hold(!isLast || Number.isNaN(event.ticks), () => `row ${source} has a time and comes behind one without`);
      event.message();
      event.own();
      event.attribution();
      before = event;
    }
    // The rules cost as much as everything else.
    if (index % 8 !== 0) continue;
    mailbox.findings();
    const failed = mailbox
      .assessment()
      .outcomes()
      .filter(({ outcome }) => outcome === "error");
    hold(failed.length === 0, () => failed.map(({ id, why }) => `the rule ${id} failed: ${why}`).join(" "));
  }
  return seen.sort();
}

/**
 * Reads evidence, joins it and asks every row for everything, as a run does, and holds it to account: stretches cover
 * what was read, row numbers are consecutive, records that the damage did not touch are there, and the rows that come
 * out are those that went in, but for the rejected, the filtered and the duplicates.
 *
 * @param paths of the files on disk.
 * @param spool an empty folder; it has to be empty again.
 * @throws Violation where something does not hold; any other error is a defect of the program.
 */
export async function checkReading(input: FuzzInput, paths: readonly string[], spool: string): Promise<ReadOutcome> {
  let accounts: readonly Account[] = [];
  let refused: string | undefined;
  try {
    const scanned = await scanAll(input, paths, spool);
    const rows = (await readRows(input, paths)).join("\n");
    accounts = accountsOf(input, scanned, true);
    if (shownRows(accounts).join("\n") !== rows) accounts = accountsOf(input, scanned, false);
    const wanted = shownRows(accounts).join("\n");
    hold(wanted === rows, () => `rows that have to come:\n${wanted}\nrows that come:\n${rows}`);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    holdSentence(error.message);
    refused = error.message;
  }
  const left = readdirSync(spool);
  hold(left.length === 0, () => `left behind: ${left.join(", ")}`);
  return { refused, accounts };
}
