#!/usr/bin/env node
import yargs from "yargs";
import { hideBin } from "yargs/helpers";
import { runCommand } from "./commands/run.ts";
import { say } from "./commands/say.ts";

/** yargs takes a lone dash for an option without a name; under this name it reaches the commands. */
const STANDARD_INPUT = "-stdin-";
const named = (inputs: readonly string[]) => inputs.map((input) => (input === ` ${STANDARD_INPUT}` ? "-" : input));
const words = hideBin(process.argv).map((word) => (word === "-" ? ` ${STANDARD_INPUT}` : word));

/** What every command that reads evidence begins with. */
const INPUT = {
  type: "string",
  array: true,
  demandOption: true,
  describe: "files, folders, or - for standard input",
} as const;

/** Options that take one value; yargs makes a list of one that is given twice. */
const SINGLE = [
  ...["out", "title", "user", "start", "end", "tables", "formats", "max-expansion", "to"],
  ...["geoip-city", "geoip-asn", "geoip-dir", "watch", "allow", "rules"],
];

/** The command line: what can be asked for. What is done with it stands in commands/. */
const cli = yargs(words)
  .scriptName("alicorn")
  .usage("$0 <command>\n\nMailbox activity exports into tables that lead back to the evidence.")
  .locale("en")
  .command(
    "parse <input...>",
    "read, split and join evidence into a bundle of tables",
    (options) =>
      options
        .positional("input", INPUT)
        .option("out", { type: "string", demandOption: true, requiresArg: true, describe: "the bundle's folder" })
        .option("title", { type: "string", requiresArg: true, describe: "prefix of the tables' file names" })
        .option("user", {
          type: "string",
          requiresArg: true,
          describe: "the mailbox, where the evidence does not name it",
        })
        .option("start", { type: "string", requiresArg: true, describe: "tables begin at this time (ISO 8601, UTC)" })
        .option("end", { type: "string", requiresArg: true, describe: "tables end before this time" })
        .option("types", { type: "string", array: true, requiresArg: true, describe: "only these ActivityIdTypes" })
        .option("apps", { type: "string", array: true, requiresArg: true, describe: "only these AppIdTypes" })
        .option("tables", { type: "string", requiresArg: true, describe: "only these tables, with commas between" })
        .option("formats", { type: "string", requiresArg: true, describe: "what to write: tsv, json; all without it" })
        .option("geoip-city", {
          type: "string",
          requiresArg: true,
          describe: "a database of cities or countries (.mmdb)",
        })
        .option("geoip-asn", { type: "string", requiresArg: true, describe: "a database of networks (.mmdb)" })
        .option("geoip-dir", {
          type: "string",
          requiresArg: true,
          describe: "a folder with databases; also ALICORN_GEOIP_DIR",
        })
        .option("geoip", {
          type: "boolean",
          default: true,
          describe: "place addresses; --no-geoip leaves them unplaced",
        })
        .option("home-country", {
          type: "string",
          array: true,
          requiresArg: true,
          describe: "the owner's countries, such as DE AT; learned from the log without it",
        })
        .option("watch", { type: "string", requiresArg: true, describe: "addresses, networks, domains to look for" })
        .option("allow", { type: "string", requiresArg: true, describe: "addresses, networks, domains that are fine" })
        .option("rules", { type: "string", requiresArg: true, describe: "a YAML file with other weights and terms" })
        .option("messages", {
          type: "string",
          array: true,
          requiresArg: true,
          describe: "exported messages (.eml, Graph or Outlook JSON) for SPF, DKIM, DMARC",
        })
        .option("classic", {
          type: "boolean",
          default: false,
          describe: "add the five files in Magic Unicorn's layout",
        })
        .option("excel-safe", {
          type: "boolean",
          default: false,
          describe: "disarm what a spreadsheet takes for a formula",
        })
        .option("keep-duplicates", { type: "boolean", default: false, describe: "keep records that occur twice" })
        .option("max-expansion", {
          type: "number",
          requiresArg: true,
          describe: "how many times its size an input may unpack to",
        })
        .option("force", { type: "boolean", default: false, describe: "replace an existing bundle" })
        .option("strict", { type: "boolean", default: false, describe: "exit with 3 where rows were rejected" })
        .option("quiet", { type: "boolean", default: false, describe: "no progress, no closing words" })
        .option("json", { type: "boolean", default: false, describe: "print the run's summary as JSON" })
        .example("$0 parse export.csv --out bundle", "the main job")
        .example("$0 parse evidence/ --out bundle --classic", "a folder of exports, old layout too"),
    (given) =>
      runCommand(async () => {
        const { parseCommand } = await import("./commands/parse.ts");
        return parseCommand({
          ...given,
          inputs: named(given.input),
          title: given.title,
          user: given.user,
          start: given.start,
          end: given.end,
          types: given.types,
          apps: given.apps,
          formats: given.formats,
          tables: given.tables,
          geoipCity: given.geoipCity,
          geoipAsn: given.geoipAsn,
          geoipDir: given.geoipDir,
          homeCountry: given.homeCountry,
          watch: given.watch,
          allow: given.allow,
          rules: given.rules,
          messages: given.messages,
          maxExpansion: given.maxExpansion,
        });
      }),
  )
  .command(
    "rules [what] [id]",
    "what is scored, with which weights, and why",
    (options) =>
      options
        .positional("what", {
          choices: ["list", "explain"] as const,
          default: "list" as const,
          describe: "all, or one",
        })
        .positional("id", { type: "string", describe: "the rule to explain" })
        .option("rules", { type: "string", requiresArg: true, describe: "a YAML file with other weights and terms" })
        .example("$0 rules explain address-country", "its points, false positives and blind spots"),
    (given) =>
      runCommand(async () => {
        const { rulesCommand } = await import("./commands/rules.ts");
        return rulesCommand({ what: given.what, id: given.id, rules: given.rules });
      }),
  )
  .command(
    "convert <input...>",
    "write the records in another shape",
    (options) =>
      options
        .positional("input", INPUT)
        .option("to", { choices: ["retriever-csv", "jsonl"] as const, demandOption: true, describe: "the shape" })
        .option("out", { type: "string", requiresArg: true, describe: "the file; standard output without it" })
        .option("force", { type: "boolean", default: false, describe: "replace an existing file" })
        .example("$0 convert pages.json --to retriever-csv --out export.csv", "what retriever.py would have written"),
    (given) =>
      runCommand(async () => {
        const { convertCommand } = await import("./commands/convert.ts");
        return convertCommand({ inputs: named(given.input), to: given.to, out: given.out, force: given.force });
      }),
  )
  .command(
    "sample <folder>",
    "write the bundled workshop cases",
    (options) =>
      options.positional("folder", {
        type: "string",
        demandOption: true,
        describe: "a folder that does not exist yet",
      }),
    (given) =>
      runCommand(async () => {
        const { sampleCommand } = await import("./commands/sample.ts");
        return sampleCommand(given.folder);
      }),
  )
  .command(
    "verify <folder>",
    "compare a bundle with its manifest",
    (options) => options.positional("folder", { type: "string", demandOption: true, describe: "the bundle's folder" }),
    (given) =>
      runCommand(async () => {
        const { verifyCommand } = await import("./commands/verify.ts");
        return verifyCommand(given.folder);
      }),
  )
  .check((given) => {
    const twice = SINGLE.find((option) => Array.isArray(given[option]));
    if (twice !== undefined) return `--${twice} can be given once.`;
    const { "max-expansion": most } = given;
    return most === undefined || Number(most) > 0 || "--max-expansion takes a number greater than 0.";
  })
  .demandCommand(1, "Give a command: parse, convert, rules, sample or verify; --help says more.")
  .strict()
  .recommendCommands()
  .help()
  .fail((message, error) => {
    // yargs throws an error of its own name where an option lacks its value; any other one is a defect.
    if (error instanceof Error && error.name !== "YError") throw error;
    say(message ?? error?.message);
    say("alicorn --help says how.");
    process.exit(2);
  });

await cli.parseAsync();
