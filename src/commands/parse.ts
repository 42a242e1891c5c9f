import { parseTicks } from "../ingest/timestamp.ts";
import type { RowFilter } from "../joins/mailbox-case.ts";
import { NO_FILTER } from "../joins/mailbox-case.ts";
import type { ScoringOptions } from "../pipeline/knowledge.ts";
import { DEFAULT_FORMATS, FORMATS, TABLES } from "../pipeline/parse-options.ts";
import type { Format } from "../pipeline/parse-options.ts";
import { parseToBundle } from "../pipeline/parse.ts";
import type { RunSummary } from "../pipeline/summary.ts";
import { interruptible } from "./interrupt.ts";
import { terminalProgress } from "./progress.ts";
import { counted, jsonForTerminal, say } from "./say.ts";
import { limitHeapGrowth } from "./heap-growth.ts";
import { UsageError } from "../pipeline/usage-error.ts";

/** The options of `alicorn parse` as the command line gives them. */
export interface ParseArguments {
  readonly inputs: readonly string[];
  readonly out: string;
  readonly title: string | undefined;
  readonly user: string | undefined;
  readonly start: string | undefined;
  readonly end: string | undefined;
  readonly types: readonly string[] | undefined;
  readonly apps: readonly string[] | undefined;
  readonly formats: string | undefined;
  readonly geoipCity: string | undefined;
  readonly geoipAsn: string | undefined;
  readonly geoipDir: string | undefined;
  /** False for --no-geoip. */
  readonly geoip: boolean;
  readonly homeCountry: readonly string[] | undefined;
  readonly watch: string | undefined;
  readonly allow: string | undefined;
  readonly rules: string | undefined;
  readonly messages: readonly string[] | undefined;
  readonly tables: string | undefined;
  readonly classic: boolean;
  readonly excelSafe: boolean;
  readonly keepDuplicates: boolean;
  readonly maxExpansion: number | undefined;
  readonly jobs: number | undefined;
  readonly force: boolean;
  readonly strict: boolean;
  readonly quiet: boolean;
  readonly json: boolean;
}

/** The names of a list with commas between. */
function listOf(option: string, text: string | undefined, known: readonly string[]): readonly string[] | undefined {
  if (text === undefined) return undefined;
  const names = text
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");
  if (names.length === 0) throw new UsageError(`${option} takes some of ${known.join(", ")}.`);
  return names;
}

function timeOf(option: string, text: string): number {
  const ticks = parseTicks(/^\d{4}-\d\d-\d\d$/.test(text) ? `${text}T00:00:00Z` : text);
  if (Number.isNaN(ticks)) {
    throw new UsageError(
      `${option} takes an ISO 8601 time in UTC such as 2018-06-20T07:36:00Z or 2018-06-20, not ${text}.`,
    );
  }
  return ticks;
}

function filterOf({ start, end, types, apps }: ParseArguments): RowFilter {
  const words = [
    start === undefined ? "" : `--start ${start}`,
    end === undefined ? "" : `--end ${end}`,
    types === undefined ? "" : `--types ${types.join(" ")}`,
    apps === undefined ? "" : `--apps ${apps.join(" ")}`,
  ].filter((word) => word !== "");
  if (words.length === 0) return NO_FILTER;
  return {
    start: start === undefined ? -Infinity : timeOf("--start", start),
    end: end === undefined ? Infinity : timeOf("--end", end),
    types: types === undefined ? undefined : new Set(types),
    apps: apps === undefined ? undefined : new Set(apps),
    words: words.join(" "),
  };
}

function tablesOf(text: string | undefined): ReadonlySet<string> | undefined {
  const names = listOf("--tables", text, TABLES);
  return names === undefined ? undefined : new Set(names.map((name) => name.replace(/\.tsv$/, "")));
}

/** Of some tables alone no report is made unless it is asked for: what it does not show could be missed. */
function formatsOf(text: string | undefined, tables: unknown): readonly Format[] {
  const usual = DEFAULT_FORMATS.filter((format) => tables === undefined || format !== "html");
  return (listOf("--formats", text, FORMATS) ?? usual) as readonly Format[];
}

function countriesOf(given: readonly string[] | undefined): readonly string[] {
  const codes = (given ?? []).flatMap((text) => text.split(",").map((code) => code.trim()));
  return codes.map((code) => (/^[a-z]{2}$/i.test(code) ? code.toUpperCase() : code));
}

function scoringOf(given: ParseArguments): ScoringOptions {
  const { geoip } = given;
  if (!geoip && [given.geoipCity, given.geoipAsn, given.geoipDir].some((path) => path !== undefined)) {
    throw new UsageError("--no-geoip and a database cannot be asked for at once.");
  }
  return {
    geo: {
      city: given.geoipCity,
      asn: given.geoipAsn,
      dir: geoip ? (given.geoipDir ?? (process.env["ALICORN_GEOIP_DIR"] || undefined)) : undefined,
      embedded: geoip,
    },
    homeCountries: countriesOf(given.homeCountry),
    watch: given.watch,
    allow: given.allow,
    rules: given.rules,
    messages: given.messages ?? [],
  };
}

function findingWords(found: RunSummary["findings"]): string[] {
  const words = Object.entries(found).map(([severity, count]) => `${count} ${severity}`);
  return words.length === 0 ? [] : [`Findings: ${words.join(", ")}; findings.tsv says why.`];
}

function rejectedWords([name]: readonly [string, number]): string {
  return `The rejected rows stand in ${name} with their reasons.`;
}

/** More mailboxes than this are counted. */
const MOST_NAMES = 12;

function mailboxWords(names: readonly string[]): string {
  if (names.length === 0) return "Mailbox: not named by the evidence";
  const rest = names.length - MOST_NAMES;
  return `Mailbox: ${names.slice(0, MOST_NAMES).join(", ")}${rest > 0 ? ` and ${rest} more` : ""}`;
}

function untimedWords({ untimedAddresses: untimed }: RunSummary): string {
  return untimed === 0 ? "" : ` (${untimed} only at times that cannot be read, and so in no score)`;
}

/** The closing words for a person. */
function closingWords(summary: RunSummary): string[] {
  const { totals } = summary;
  const tables = Object.entries(summary.tables);
  const width = Math.max(...tables.map(([name]) => name.length));
  const named = summary.mailboxes.filter((name) => name !== "");
  const lost = [
    `${counted(totals.rejected, "row")} rejected`,
    counted(totals.duplicates, "duplicate"),
    `${totals.filtered} filtered`,
  ];
  return [
    `${counted(totals.rows, "row")} read: ${totals.parsed} in the tables, ${lost.join(", ")}.`,
    mailboxWords(named),
    ...(summary.firstTime === "" ? [] : [`From ${summary.firstTime} to ${summary.lastTime}`]),
    `${counted(summary.addresses, "address", "addresses")} logged on${untimedWords(summary)}; ${counted(summary.gaps, "gap")} without any record of more than 72 hours`,
    ...findingWords(summary.findings),
    ...tables.map(([name, rows]) =>
      name.endsWith(".html") ? `  ${name}` : `  ${name.padEnd(width)}  ${String(rows).padStart(9)}`,
    ),
    ...summary.warnings.map((warning) => `Warning: ${warning}`),
    ...tables.filter(([name]) => name.endsWith("rejects.tsv") && totals.rejected > 0).map(rejectedWords),
    `The bundle is in ${summary.bundle}`,
  ];
}

/**
 * `alicorn parse`: evidence to a bundle.
 *
 * @returns the exit code: 0, or 3 where rows were rejected and --strict was given.
 */
export async function parseCommand(given: ParseArguments): Promise<number> {
  const tables = tablesOf(given.tables);
  const formats = formatsOf(given.formats, tables);
  const filter = filterOf(given);
  const scoring = scoringOf(given);
  const { signal, release } = interruptible();
  const progress = given.quiet ? { report: undefined, clear: () => {} } : terminalProgress(process.stderr);
  const { user, classic, excelSafe, force, keepDuplicates, maxExpansion, jobs } = given;
  try {
    const summary = await parseToBundle({
      limitHeapGrowth,
      inputs: given.inputs,
      out: given.out,
      title: given.title ?? "",
      user,
      filter,
      tables,
      formats,
      scoring,
      classic,
      excelSafe,
      force,
      keepDuplicates,
      maxExpansion,
      jobs,
      signal,
      report: progress.report,
    });
    progress.clear();
    if (given.json) process.stdout.write(`${jsonForTerminal(summary)}\n`);
    if (!given.quiet) for (const line of closingWords(summary)) say(line);
    return given.strict && summary.totals.rejected > 0 ? 3 : 0;
  } finally {
    progress.clear();
    release();
  }
}
