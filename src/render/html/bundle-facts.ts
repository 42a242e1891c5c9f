import type { Manifest } from "../../model/manifest.ts";
import type { MailboxFacts } from "./mailbox-facts.ts";
import type { MailboxNames } from "./mailbox-names.ts";
import { isLogAboutSeveral } from "./mailbox-names.ts";
import { figure, listed } from "./words.ts";

/** What of the evidence a page can see: a table that is not there, or that is filtered, is no evidence of nothing. */
export interface BundleFacts {
  /** Whether the bundle has a table. */
  has(table: string): boolean;
  /** The options that keep rows out of the tables, as they were given; empty where no row was kept out. */
  readonly filter: string;
  /** Of what kinds a mailbox's evidence may be: of an audit log about several the manifest names none of them. */
  kindOf(mailbox: string): EvidenceKind;
}

/** An export of the Activities API, an audit log, or both. */
export type EvidenceKind = "activities" | "audit" | "both";

/** What a manifest says of that; `prefix` stands before the names of the files, `names` are what mailboxes go by. */
export function bundleOf(
  { arguments: given, inputs, outputs, totals }: Manifest,
  prefix: string,
  names: MailboxNames,
): BundleFacts {
  const files = new Set(outputs.map(({ path }) => path));
  const read = inputs.filter(({ format }) => !format.startsWith("not read"));
  // Inputs and tables may spell a mailbox in different case.
  const keyOf = (mailbox: string) => mailbox.toLowerCase();
  const exported = new Set<string>();
  const logged = new Set<string>();
  let isLogOfSeveral = false;
  for (const input of read) {
    const isAudit = input.format.startsWith("audit-");
    if (isLogAboutSeveral(input)) isLogOfSeveral = true;
    else (isAudit ? logged : exported).add(keyOf(names.of(input.mailbox, input.path)));
  }
  const words = given["filter"];
  return {
    has: (table) => files.has(`${prefix}${table}.tsv`),
    filter: totals.filtered === 0 ? "" : typeof words === "string" && words !== "" ? words : "by options of the run",
    kindOf(mailbox) {
      const isLogged = isLogOfSeveral || logged.has(keyOf(mailbox));
      if (!isLogged) return "activities";
      return exported.has(keyOf(mailbox)) ? "both" : "audit";
    },
  };
}

/** What is needed to tell which messages were come to from an address that scores high, and which were only copied. */
export const LEDGER_TABLES = ["ip-scores", "exposure"] as const;

/** The tables of these that the bundle does not have. */
function lackingOf({ bundle }: MailboxFacts, tables: readonly string[]): readonly string[] {
  return tables.filter((table) => !bundle.has(table));
}

/** Whether a filter keeps rows of the mailbox out of the tables; without the table that says so, of any mailbox. */
export function isFiltered({ bundle, coverage }: MailboxFacts): boolean {
  return bundle.filter !== "" && (!bundle.has("coverage") || coverage.some(({ kind }) => kind === "filtered"));
}

/** Whether what these tables say of a mailbox is all that the log says. */
export function isWhole(facts: MailboxFacts, tables: readonly string[]): boolean {
  return lackingOf(facts, tables).length === 0 && !isFiltered(facts);
}

/**
 * A figure that was counted in tables that a filter applies to: a dash where one of them is not in the bundle, and
 * instead of a 0 where the filter may keep out what is counted.
 */
export function figureOf(facts: MailboxFacts, value: number, tables: readonly string[]): string {
  return lackingOf(facts, tables).length > 0 || (value === 0 && isFiltered(facts)) ? "–" : figure(value);
}

/** Words behind what such a figure is of; empty where the tables are there and whole. */
export function figureNote(facts: MailboxFacts, tables: readonly string[]): string {
  if (lackingOf(facts, tables).length > 0) return ": not in this bundle";
  return isFiltered(facts) ? ", in the filtered tables" : "";
}

/** A sentence on what of these tables the page cannot see; empty where they are there and whole. */
export function unseenWords(facts: MailboxFacts, tables: readonly string[]): string {
  const lacking = lackingOf(facts, tables);
  if (lacking.length > 0) return `Not in this bundle, so not told here: ${listed(lacking)}. `;
  return isFiltered(facts) ? `${filterWords(facts.bundle)} ` : "";
}

/** A sentence on what a filter takes from the findings, where there is one. */
export function unassessedWords({ filter }: BundleFacts): string {
  return filter === ""
    ? ""
    : "Messages that are filtered out were not assessed, and searches that are have no finding of their own.";
}

/** A sentence on the filter, where there is one. */
export function filterWords({ filter }: BundleFacts): string {
  return filter === "" ? "" : `The tables are filtered (${filter}): what they leave out is not counted or listed here.`;
}
