import { countryCodeMeantBy, isCountryCode } from "../enrich/network/countries.ts";
import { filterWords } from "../joins/filter-words.ts";
import { reports } from "../reports/index.ts";
import type { CaseOptions } from "./cases.ts";
import { CASE_DEFAULTS } from "./cases.ts";
import type { DerivedFormat } from "./derived.ts";
import type { ScoringOptions } from "./knowledge.ts";
import { DEFAULT_SCORING } from "./knowledge.ts";
import { REJECTS } from "./rejects.ts";
import type { Progress } from "./steps.ts";
import { UsageError, wrongFigure } from "./usage-error.ts";

/** What `parse` is asked for. */
export interface ParseOptions extends CaseOptions {
  /** Files, folders, or `-`. */
  readonly inputs: readonly string[];
  /** The bundle's folder, which must not exist without `force`. */
  readonly out: string;
  /** File name prefix; empty for none. */
  readonly title: string;
  /** Names of the tables to write; undefined for all. */
  readonly tables: ReadonlySet<string> | undefined;
  /** What to write beside the tables' TSV. */
  readonly formats: readonly Format[];
  readonly scoring: ScoringOptions;
  readonly classic: boolean;
  readonly excelSafe: boolean;
  readonly force: boolean;
  /** How many threads work on several mailboxes at once; undefined for one a core. What comes out is the same. */
  readonly jobs?: number | undefined;
  /** Told, where there is much to read, by how many percent V8's heaps should grow at most between two collections. */
  readonly limitHeapGrowth?: ((percent: number) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly report?: ((progress: Progress) => void) | undefined;
}

export type Format = "tsv" | "json" | DerivedFormat;

/** What a bundle can hold: `tsv` the tables, `json` findings.json, and what is made of the tables. */
export const FORMATS: readonly Format[] = ["tsv", "json", "html", "xlsx", "timesketch", "ecs", "parquet"];

/** What a bundle holds where nothing else is asked for. */
export const DEFAULT_FORMATS: readonly Format[] = ["tsv", "json", "html"];

/** What a run does where nothing else is asked for; inputs and the bundle's folder have to be named. */
export const PARSE_DEFAULTS: Omit<ParseOptions, "inputs" | "out"> = {
  ...CASE_DEFAULTS,
  title: "",
  tables: undefined,
  formats: DEFAULT_FORMATS,
  scoring: DEFAULT_SCORING,
  classic: false,
  excelSafe: false,
  force: false,
};

/** Every name that `tables` may hold. */
export const TABLES: readonly string[] = [...reports.map(({ table }) => table), REJECTS];

/** What is asked of reading and scoring, whatever is made of it. */
type ReadOptions = Pick<ParseOptions, "inputs" | "filter" | "scoring" | "maxExpansion" | "jobs">;

/** What is wrong with options, in a sentence that names them as the command line does; undefined where nothing is. */
function mistakeIn({ title, tables, formats, classic, ...read }: ParseOptions): string | undefined {
  // oxlint-disable-next-line no-control-regex
  if (/[/\\:*?"<>|\x00-\x1f\x7f-\x9f]/.test(title) || title === "." || title === ".." || /[. ]$/.test(title)) {
    return '--title becomes part of file names: it cannot hold path separators, control characters or any of : * ? " < > |.';
  }
  const table = [...(tables ?? [])].find((name) => !TABLES.includes(name));
  if (table !== undefined) return `There is no table ${table}; --tables takes some of ${TABLES.join(", ")}.`;
  const format = formats.find((name) => !FORMATS.includes(name));
  if (format !== undefined) {
    return `This version does not write ${format}; --formats takes ${FORMATS.join(", ")}.`;
  }
  if (!classic && formats.length === 0) return `--formats takes some of ${FORMATS.join(", ")}.`;
  if (!classic && tables?.size === 0 && !formats.includes("parquet")) {
    return `--tables takes some of ${TABLES.join(", ")}.`;
  }
  if (formats.includes("html") && !formats.includes("tsv")) {
    return "The report leads to the tables: ask for --formats tsv,html.";
  }
  if (tables?.has("timeline") === false && formats.some((name) => name === "timesketch" || name === "ecs")) {
    return "timesketch and ecs are made of the timeline, which --tables leaves out.";
  }
  return mistakeInReading(read);
}

function mistakeInReading({ inputs, filter, scoring, ...figures }: ReadOptions): string | undefined {
  if (!(filter.start < filter.end)) return "--start must be earlier than --end.";
  const country = scoring.homeCountries.find((code) => !isCountryCode(code));
  if (country !== undefined) {
    const meant = countryCodeMeantBy(country);
    const hint = meant === undefined ? "" : ` (${meant} is meant)`;
    return `--home-country takes two-letter country codes (ISO 3166) such as DE, not ${country}${hint}.`;
  }
  if ([...inputs, ...scoring.messages].filter((path) => path === "-").length > 1) {
    return "Standard input (-) can be read once only, but it was named twice.";
  }
  return wrongFigure(figures);
}

function refuse(mistake: string | undefined): void {
  if (mistake !== undefined) throw new UsageError(mistake);
}

/** @throws UsageError for options that make no sense, one by one or together. */
export function checkParseOptions(options: ParseOptions): void {
  refuse(mistakeIn(options));
}

/** The same where nothing is written. @throws UsageError */
export function checkReadOptions(options: ReadOptions): void {
  refuse(mistakeInReading(options));
}

/** What the manifest says of the options: what changes a bundle, and no paths. */
export function manifestArguments(options: ParseOptions): Readonly<Record<string, unknown>> {
  const { title, user, filter, formats, scoring, tables, classic, excelSafe, keepDuplicates } = options;
  const { city, asn, dir, embedded } = scoring.geo;
  return {
    title,
    user: user ?? "",
    filter: filterWords(filter),
    formats,
    geoip: embedded || [city, asn, dir].some((path) => path !== undefined),
    homeCountries: scoring.homeCountries,
    tables: tables === undefined ? "all" : [...tables],
    classic,
    excelSafe,
    keepDuplicates,
  };
}
