import { TICKS_PER_SECOND } from "../ingest/timestamp.ts";
import type { CaseSearchRow, MailboxCase } from "./mailbox-case.ts";
import { clientOfRow, ownAddress } from "./mailbox-case.ts";
import { compareMoments } from "./order.ts";
import type { NumberLinks } from "../model/number-links.ts";
import { newNumberLinks } from "../model/number-links.ts";

/** Somebody who stops typing for longer than this has stopped. */
const KEYSTROKE_PAUSE = 60 * TICKS_PER_SECOND;
/** From the last keystroke to the result: thinking it over, and a slow server. */
const RESULT_WAIT = 120 * TICKS_PER_SECOND;
/** The same query run again this soon, with nothing typed in between, is paging or refining and not a new search. */
const RERUN_WAIT = 600 * TICKS_PER_SECOND;

/** One search: what was typed, key by key, and the results it brought. */
export interface Search {
  /** 1-based, in order of their first rows. */
  readonly number: number;
  /** What was searched for: the query that ran, or else the last text typed. */
  readonly query: string;
  readonly first: CaseSearchRow;
  readonly keystrokes: readonly CaseSearchRow[];
  readonly runs: readonly CaseSearchRow[];
  /** Whether tables print any of its rows. */
  readonly isPrinted: boolean;
}

/** The searches of a mailbox, and the number of the search by row. */
export interface Searches {
  readonly list: readonly Search[];
  readonly byRow: NumberLinks;
}

/** A search whose rows are still being gathered. */
interface OpenSearch extends Search {
  query: string;
  keystrokes: CaseSearchRow[];
  runs: CaseSearchRow[];
  isPrinted: boolean;
}

/** What a search has none of: most have just one row, and lists to be filled are far larger. */
const NO_ROWS: CaseSearchRow[] = [];

/** The rows with one more; a list of one row is made to measure. */
function withRow(rows: CaseSearchRow[], row: CaseSearchRow): CaseSearchRow[] {
  if (rows.length === 0) return [row];
  rows.push(row);
  return rows;
}

function folded(text: string): string {
  return text.trim().toLowerCase();
}

/** Typing on or taking letters back: one text begins with the other. */
function isEdit(before: string, after: string): boolean {
  return before.startsWith(after) || after.startsWith(before);
}

function continues(search: Search, row: CaseSearchRow): boolean {
  const lastKey = search.keystrokes.at(-1);
  const lastRun = search.runs.at(-1);
  if (row.role === "keystroke") {
    if (lastRun !== undefined || lastKey === undefined) return false;
    return row.ticks - lastKey.ticks <= KEYSTROKE_PAUSE && isEdit(folded(lastKey.query), folded(row.query));
  }
  if (row.role !== "result") return false;
  if (lastRun !== undefined) {
    // Two records that name no query need not have run the same one.
    return row.ticks - lastRun.ticks <= RERUN_WAIT && row.query === lastRun.query && row.query !== "";
  }
  return (
    lastKey !== undefined &&
    row.ticks - lastKey.ticks <= RESULT_WAIT &&
    isEdit(folded(lastKey.query), folded(row.query))
  );
}

/**
 * Whose rows can be of one search: those of one session, or of one App Type where they have none. Most audit records of
 * searches have none, so what each of them records says more: two users or two addresses are two people until somebody
 * shows that they are one, and a stolen session has the thief's address beside the owner's.
 */
function searcherOf({ mailboxCase, row, session, app }: CaseSearchRow): string {
  const place = session === "" ? `app ${app}` : `session ${session}`;
  const client = clientOfRow(mailboxCase, row);
  return client === undefined ? place : `${place} ${ownAddress(mailboxCase, row)} ${client.user.toLowerCase()}`;
}

/**
 * Joins keystrokes and results to searches. Within one session (one App Type where rows have no session), of audit
 * records also of one user at one recorded address, a keystroke belongs to the search before it while the text is typed
 * on or taken back without a long pause; a result ends the typing that led to it, be the last keystroke a beginning of
 * the query (the rest was picked from a suggestion) or longer than it. The same query run again soon counts as another run. Everything else begins a new search. Marks
 * without a query belong to no search. Filtered rows are joined too, so that a search is the same whatever is printed.
 *
 * @param duplicates rows to leave out.
 * @param firstNumber number of the first search.
 */
export function joinSearches(mailboxCase: MailboxCase, duplicates: ReadonlySet<number>, firstNumber: number): Searches {
  const list: OpenSearch[] = [];
  const byRow = newNumberLinks();
  const open = new Map<string, OpenSearch>();
  const { hidden } = mailboxCase.rows;
  const rows = mailboxCase.searches
    .filter((row) => row.role !== "mark" && !duplicates.has(row.row))
    .sort(compareMoments);
  for (const row of rows) {
    const searcher = searcherOf(row);
    let search = open.get(searcher);
    if (search === undefined || !continues(search, row)) {
      const number = firstNumber + list.length;
      search = { number, query: row.query, first: row, keystrokes: NO_ROWS, runs: NO_ROWS, isPrinted: false };
      list.push(search);
      open.set(searcher, search);
    }
    if (row.role === "keystroke") search.keystrokes = withRow(search.keystrokes, row);
    else search.runs = withRow(search.runs, row);
    // Every letter taken back, or a result that does not name its query: that says less than the text before it.
    if (row.query !== "") search.query = row.query;
    if (hidden[row.row] === 0) search.isPrinted = true;
    byRow.set(row.row, search.number);
  }
  return { list, byRow };
}
