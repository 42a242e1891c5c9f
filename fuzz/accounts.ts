import type { FuzzInput } from "./make-input.ts";
import type { Scanned } from "./scan-input.ts";

/** What has to become of the rows of one input. */
export interface Account {
  readonly label: string;
  readonly rows: number;
  readonly rejected: number;
  readonly filtered: number;
  readonly duplicates: number;
  /** Numbers of the records that tables show. */
  readonly shown: readonly number[];
  /** The same, each as often as it makes rows. */
  readonly shownRows: readonly number[];
}

/** An Id that was blacked out is no Id. */
const NO_ID = /^[0-]*$/;

/**
 * Works out which rows are shown: a filtered one is not, nor one that says exactly what an earlier one says, filtered
 * or not. Of audit records it is one whose Id any earlier one has that says the same.
 *
 * @param together whether all inputs are of one mailbox. Which ones are is for the program to say; without a mailbox in
 *   common, rows of two inputs are no duplicates, but for audit records.
 */
export function accountsOf(input: FuzzInput, scanned: readonly Scanned[], together: boolean): Account[] {
  const { onlyType, keepDuplicates } = input;
  const shared = new Set<string>();
  const ids = new Map<string, Set<string>>();
  return scanned.map(({ label, records, rejects }) => {
    const said = together ? shared : new Set<string>();
    const shown: number[] = [];
    const rows: number[] = [];
    let filtered = 0;
    let duplicates = 0;
    for (const { number, type, says, auditId, times } of records) {
      const isHidden = onlyType !== undefined && type !== onlyType;
      let isRepeated: boolean;
      if (auditId === undefined) {
        isRepeated = said.has(says);
        said.add(says);
      } else {
        const sayings = ids.get(auditId) ?? new Set<string>();
        isRepeated = !NO_ID.test(auditId) && sayings.has(says);
        ids.set(auditId, sayings.add(says));
      }
      if (isRepeated && !keepDuplicates) duplicates++;
      else if (isHidden) filtered++;
      else {
        shown.push(number);
        for (let time = 0; time < times; time++) rows.push(number);
      }
    }
    const rejected = rejects.length;
    return { label, rows: records.length + rejected, rejected, filtered, duplicates, shown, shownRows: rows };
  });
}

/** The rows that accounts show, as `row file`, in a fixed order. */
export function shownRows(accounts: readonly Account[]): string[] {
  return accounts.flatMap(({ label, shownRows }) => shownRows.map((row) => `${row} ${label}`)).sort();
}
