import type { Attribution, FamilyName, MailboxEvent } from "../model/event.ts";
import type { AssessedTenant } from "../joins/assessed-tenant.ts";
import type { JoinedCase } from "../joins/joined-case.ts";
import type { Assessment } from "../model/assessment.ts";
import type { SourceRef } from "../model/record.ts";

/** What a row stands on: printed as its last three columns. */
export interface RowSource {
  readonly mailbox: string;
  readonly file: string;
  readonly row: number;
  /** The event that it tells of, by its number within the case; undefined where it tells of none or several. */
  readonly event?: number;
}

/** Takes the rows of one table. */
export interface TableSink {
  /** A row: the table's columns without the three of its source. `group` orders the rows of a grouped table. */
  row(cells: readonly string[], source: RowSource, group?: number): void;
}

/** What a report does with the events of one mailbox. */
export interface ReportRun {
  /** Each event of the report's families, in order. */
  event?(event: MailboxEvent): void;
  /** After the last event. */
  finish?(): void;
}

/** One table of the bundle. */
export interface Report {
  /** File name without prefix and ending. */
  readonly table: string;
  /** The header line without the columns of the source; a table without columns has no header. */
  readonly columns: readonly string[];
  /** Which events it reads; undefined for none. */
  readonly families: ReadonlySet<FamilyName> | undefined;
  /** `time`: rows come in time order and mailboxes are merged; `group`: rows of one group stand together, groups in the
   * order of their first rows; `mailbox`: as the report writes them, one mailbox after the other. */
  readonly order: "time" | "group" | "mailbox";
  /** Columns and rows are whole as the report gives them, source and all, and the file stays whatever formats are asked
   * for: for layouts that others defined. */
  readonly bare?: true;
  /** A table with the same rows that stands before this one: its rows are counted where lines of this one are none. */
  readonly countedBy?: string;
  /** No table of the bundle: what a format is made of, written as it is and gone when the bundle is finished. */
  readonly passing?: true;
  /** Prints scores: of addresses, clients and searches, or of `messages` as well. */
  readonly scores?: true | "messages";
  begin(joined: JoinedCase, sink: TableSink, assessment: Assessment): ReportRun;
  /** What the table has to say of all mailboxes together; its rows stand in front of every mailbox's. */
  tenant?(tenant: AssessedTenant, sink: TableSink): void;
}

/** A report about all mailboxes together and about none by itself. */
export function tenantReport(report: Pick<Report, "table" | "columns"> & Required<Pick<Report, "tenant">>): Report {
  return { ...report, families: undefined, order: "mailbox", scores: true, begin: () => ({}) };
}

/** The columns that every table ends with. */
export const SOURCE_COLUMNS = ["Mailbox", "Source File", "Source Row"] as const;

export const ALL_FAMILIES: ReadonlySet<FamilyName> = new Set<FamilyName>([
  "logon",
  "read",
  "search",
  "attachment",
  "message",
  "other",
]);

/** What stands for a message fact that no record knows. */
export const NO_DATA = "No Data";

/** A message fact as a cell: `No Data` where nothing is known, empty where the source had nothing. */
export function known(fact: string | undefined): string {
  return fact ?? NO_DATA;
}

/** Seconds as a plain decimal number, to the tick; empty where they are not known. */
export function inSeconds(seconds: number | undefined): string {
  return seconds === undefined ? "" : seconds.toFixed(7).replace(/\.?0+$/, "");
}

/** An attributed address as a cell: `No Data` where nothing attributes the row. */
export function knownAddress({ address }: Attribution): string {
  return address === "" ? NO_DATA : address;
}

/** An address list as one cell. */
export function listed(values: readonly string[]): string {
  return values.length === 0 ? "" : values.join("; ");
}

/** What an event stands on. */
export function sourceOf(event: MailboxEvent): RowSource {
  return { mailbox: event.mailbox, file: event.ref.file, row: event.ref.row, event: event.row };
}

/** A report that prints one row an event. */
export function rowReport(
  report: Omit<Report, "begin">,
  cells: (event: MailboxEvent, assessment: Assessment) => readonly string[],
): Report {
  return {
    ...report,
    begin: (_joined, sink, assessment) => ({
      event(event) {
        sink.row(cells(event, assessment), sourceOf(event), event.item);
      },
    }),
  };
}

/** What a reason says in a cell. */
interface Worded {
  readonly rule: string;
  readonly text: string;
  readonly points: number;
}

const written = new WeakMap<readonly Worded[], string>();

/** The reasons of a score as one cell: points, rule and words of each, the weightiest first. */
export function reasonsCell({ reasons }: { readonly reasons: readonly Worded[] }): string {
  let cell = written.get(reasons);
  if (cell === undefined) {
    const signed = (points: number) => (points < 0 ? String(points) : `+${points}`);
    cell = reasons.map(({ rule, text, points }) => `${signed(points)} ${rule}: ${text}`).join("; ");
    written.set(reasons, cell);
  }
  return cell;
}

/** So many rows of evidence are listed; the rest is counted. */
const MOST_EVIDENCE = 25;

/** Places in the evidence as `file:row`, one behind the other. */
export function evidenceCell(places: readonly SourceRef[]): string {
  const listed = places.slice(0, MOST_EVIDENCE).map(({ file, row }) => `${file}:${row}`);
  const left = places.length - listed.length;
  return [...listed, ...(left > 0 ? [`… and ${left} more`] : [])].join("; ");
}
