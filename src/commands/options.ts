/** What every command that reads evidence begins with. */
export const INPUT = {
  type: "string",
  array: true,
  demandOption: true,
  describe: "files, folders, or - for standard input",
} as const;

const EVIDENCE = "Evidence:";
const BUNDLE = "Bundle:";
const SCORING = "Scoring:";
const RUN = "Run:";

/** An option that takes one value. */
function text<const G extends string>(group: G, describe: string) {
  return { type: "string", requiresArg: true, group, describe } as const;
}

/** An option that takes several. */
function texts<const G extends string>(group: G, describe: string) {
  return { ...text(group, describe), array: true } as const;
}

function flag<const G extends string>(group: G, describe: string) {
  return { type: "boolean", default: false, group, describe } as const;
}

/** The options of `parse`, in the order in which --help lists them. */
export const PARSE_OPTIONS = {
  out: { ...text(BUNDLE, "the bundle's folder"), demandOption: true },
  title: text(BUNDLE, "prefix of the file names"),
  formats: text(BUNDLE, "what to write: tsv, json, html (these without it), xlsx, timesketch, ecs, parquet"),
  tables: text(BUNDLE, "only these tables, with commas between"),
  classic: flag(BUNDLE, "add the five files in Magic Unicorn's layout, of Activities exports alone"),
  "excel-safe": flag(BUNDLE, "disarm what a spreadsheet takes for a formula"),
  force: flag(BUNDLE, "replace an existing bundle"),
  user: text(EVIDENCE, "the mailbox, where the evidence does not name it"),
  start: text(EVIDENCE, "tables begin at this time (ISO 8601, UTC); rows without a readable time stay"),
  end: text(EVIDENCE, "tables end before this time; such rows stay, too"),
  types: texts(EVIDENCE, "only these ActivityIdTypes"),
  apps: texts(EVIDENCE, "only these AppIdTypes"),
  "keep-duplicates": flag(EVIDENCE, "keep records that occur twice"),
  "max-expansion": {
    type: "number",
    requiresArg: true,
    group: EVIDENCE,
    describe: "how many times its size an input may unpack to",
  },
  "geoip-city": text(SCORING, "a database of cities or countries (.mmdb)"),
  "geoip-asn": text(SCORING, "a database of networks (.mmdb)"),
  "geoip-dir": text(SCORING, "a folder with databases; also ALICORN_GEOIP_DIR"),
  geoip: {
    type: "boolean",
    default: true,
    group: SCORING,
    describe: "place addresses; --no-geoip leaves them unplaced",
  },
  "home-country": texts(SCORING, "the owner's countries, such as DE AT; learned from the log without it"),
  watch: text(SCORING, "addresses, networks, senders' domains, application ids to look for"),
  allow: text(SCORING, "addresses, networks, senders' domains, application ids that are fine"),
  rules: text(SCORING, "a YAML file with other weights and terms"),
  messages: texts(
    SCORING,
    "exported messages (.eml, Graph or Outlook JSON) for SPF, DKIM, DMARC; message traces for subjects",
  ),
  jobs: {
    type: "number",
    requiresArg: true,
    group: RUN,
    describe: "threads for several mailboxes; one a core without it, the bundle is the same",
  },
  strict: flag(RUN, "exit with 3 where rows were rejected"),
  quiet: flag(RUN, "no progress, no closing words"),
  json: flag(RUN, "print the run's summary as JSON"),
} as const;

/** The options of `convert`. */
export const CONVERT_OPTIONS = {
  to: {
    choices: ["retriever-csv", "jsonl", "timesketch", "ecs"],
    demandOption: true,
    describe:
      "the shape; retriever-csv (the API's own columns alone) and jsonl of Activities exports, not of audit logs; timesketch and ecs of both",
  },
  out: { type: "string", requiresArg: true, describe: "the file; standard output without it" },
  force: { type: "boolean", default: false, describe: "replace an existing file" },
  "max-expansion": {
    type: "number",
    requiresArg: true,
    describe: "how many times its size an input may unpack to",
  },
} as const;

/** The options of `rules`. */
export const RULES_OPTIONS = {
  rules: { type: "string", requiresArg: true, describe: "a YAML file with other weights and terms" },
} as const;

const ALL = Object.entries({ ...RULES_OPTIONS, ...CONVERT_OPTIONS, ...PARSE_OPTIONS });

/** Every option there is, to suggest the one that was meant. */
export const OPTION_NAMES: readonly string[] = [...ALL.map(([name]) => name), "help"];

const isFlag = (option: object) => "type" in option && option.type === "boolean";
/** Options that are on or off, and those that take a value. */
export const FLAGS: readonly string[] = ALL.flatMap(([name, option]) => (isFlag(option) ? [name] : []));
export const VALUED: readonly string[] = ALL.flatMap(([name, option]) => (isFlag(option) ? [] : [name]));

/** An option's name as it is listed: yargs takes `--excelSafe` for `--excel-safe`. */
export function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** Options that take one value; yargs makes a list of one that is given twice. */
export const SINGLE: readonly string[] = [
  "jobs",
  "to",
  ...Object.entries(PARSE_OPTIONS).flatMap(([name, option]) =>
    "requiresArg" in option && !("array" in option) ? [name] : [],
  ),
];
