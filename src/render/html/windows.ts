import { ownText } from "../../model/own-text.ts";
import type { ReportedFinding } from "./findings.ts";
import { millisecondsOf } from "./words.ts";

/** A line of mailbox-access.tsv: many mailboxes that one application read in a short time. */
export interface WindowFacts {
  readonly start: string;
  readonly end: string;
  readonly mode: string;
  readonly app: string;
  readonly client: string;
  /** How many mailboxes, and their names, of very many the first. */
  readonly mailboxes: number;
  readonly owners: readonly string[];
  /** As the table lists them; the last may say how many more there are. */
  readonly users: readonly string[];
  readonly addresses: readonly string[];
  readonly records: number;
  readonly severity: string;
  readonly score: number;
  readonly reasons: string;
}

/** More windows than these are only in the table. */
const MOST_WINDOWS = 100;

/** The windows of a page, and where rows of them are. */
export interface WindowBook {
  /** Takes a line of the table. */
  add(window: WindowFacts): void;
  /** The highest score first, at most `MOST_WINDOWS` of all. */
  worst(): readonly WindowFacts[];
  /** How many lines the table has. */
  total: number;
  /** Whether a row of that address and time, in milliseconds UTC, may belong to one of the worst windows. */
  covers(address: string, time: number): boolean;
}

/** What stands for the rest of a long list of names. */
const REST = /^… and \d+ more$/;

/** The names of a cell, without the words on how many there are beside. */
export function namesOf(cell: readonly string[]): readonly string[] {
  return REST.test(cell.at(-1) ?? "") ? cell.slice(0, -1) : cell;
}

/** A window's application as findings about it name it: by its id, with its name where that is known. */
export function applicationOf({ app }: WindowFacts, findings: readonly ReportedFinding[]): string {
  const id = app.toLowerCase();
  const isIt = ({ type, value }: ReportedFinding["entity"]) =>
    type === "application" && (value.toLowerCase() === id || value.toLowerCase().startsWith(`${id} (`));
  return findings.find(({ entity }) => isIt(entity))?.entity.value ?? app;
}

/** A line of mailbox-access.tsv as the page remembers it. */
export function windowOf(row: (column: string) => string): WindowFacts {
  const list = (column: string) =>
    row(column)
      .split("; ")
      .filter((name) => name !== "")
      .map(ownText);
  return {
    start: row("Window Start"),
    end: row("Window End"),
    mode: row("Mode"),
    app: row("Client App ID"),
    client: row("Client Info String"),
    mailboxes: Number(row("Unique Mailboxes")),
    owners: namesOf(list("Mailboxes")),
    users: list("Users"),
    addresses: list("Source IPs"),
    records: Number(row("Records")),
    severity: row("Severity"),
    score: Number(row("Score")),
    reasons: row("Reasons"),
  };
}

/** The highest score first, equal ones by time. */
const order = (a: WindowFacts, b: WindowFacts) =>
  b.score - a.score || millisecondsOf(a.start) - millisecondsOf(b.start) || b.mailboxes - a.mailboxes;

export function newWindowBook(): WindowBook {
  let windows: WindowFacts[] = [];
  let sorted = true;
  let byAddress: Map<string, [number, number][]> | undefined;
  const worst = () => {
    if (!sorted) windows = windows.sort(order).slice(0, MOST_WINDOWS);
    sorted = true;
    return windows;
  };
  const book: WindowBook = {
    total: 0,
    add(window) {
      book.total++;
      windows.push(window);
      sorted = false;
      byAddress = undefined;
      if (windows.length >= 4 * MOST_WINDOWS) worst();
    },
    worst,
    covers(address, time) {
      if (book.total === 0) return false;
      if (byAddress === undefined) {
        byAddress = new Map();
        for (const { start, end, addresses } of worst()) {
          for (const one of addresses) {
            const spans = byAddress.get(one) ?? [];
            spans.push([millisecondsOf(start), millisecondsOf(end)]);
            byAddress.set(one, spans);
          }
        }
      }
      return byAddress.get(address)?.some(([from, to]) => time >= from && time <= to) === true;
    },
  };
  return book;
}
