#!/usr/bin/env node
import yargs from "yargs";
import { hideBin } from "yargs/helpers";
import { FIRST_WORDS, meantOption } from "./commands/first-words.ts";
import { CONVERT_OPTIONS, INPUT, PARSE_OPTIONS, RULES_OPTIONS } from "./commands/options.ts";
import { runCommand } from "./commands/run.ts";
import { say } from "./commands/say.ts";
import { END_OF_OPTIONS, guarded, mistakeIn, unguarded } from "./commands/words.ts";
import { VERSION } from "./version.ts";

const words = hideBin(process.argv);

/** The command line: what can be asked for. What is done with it stands in commands/. */
const cli = yargs(guarded(words))
  .scriptName("alicorn")
  .usage("$0 <command>\n\nMailbox activity exports into tables that lead back to the evidence.")
  .locale("en")
  .version(VERSION)
  .option(END_OF_OPTIONS, { type: "boolean", hidden: true })
  .middleware((given) => {
    for (const [name, value] of Object.entries(given)) given[name] = unguarded(value);
  })
  .command(
    "parse <input...>",
    "read, split, join and score evidence into a bundle of tables",
    (options) =>
      options
        .positional("input", INPUT)
        .options(PARSE_OPTIONS)
        .example("$0 parse export.csv --out bundle", "the main job; open bundle/findings.tsv first")
        .example("$0 parse evidence/ --out bundle --classic", "a folder of exports, old layout too")
        .example("$0 parse export.csv --out bundle --geoip-dir dbs --home-country DE", "with databases of one's own"),
    (given) =>
      runCommand(async () => {
        const { parseCommand } = await import("./commands/parse.ts");
        return parseCommand({
          ...given,
          inputs: given.input,
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
          jobs: given.jobs,
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
        .options(RULES_OPTIONS)
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
        .options(CONVERT_OPTIONS)
        .example("$0 convert pages.json --to retriever-csv --out export.csv", "what retriever.py would have written"),
    (given) =>
      runCommand(async () => {
        const { convertCommand } = await import("./commands/convert.ts");
        return convertCommand({
          inputs: given.input,
          to: given.to,
          out: given.out,
          force: given.force,
          maxExpansion: given.maxExpansion,
        });
      }),
  )
  .command(
    "sample <folder>",
    "write the bundled workshop cases",
    (options) =>
      options
        .positional("folder", { type: "string", demandOption: true, describe: "a folder that does not exist yet" })
        .example("$0 sample cases", "then: alicorn parse cases/wire-fraud-60-days --out bundle"),
    (given) =>
      runCommand(async () => {
        const { sampleCommand } = await import("./commands/sample.ts");
        return sampleCommand(given.folder);
      }),
  )
  .command(
    "verify <folder>",
    "compare a bundle with its manifest",
    (options) =>
      options
        .positional("folder", { type: "string", demandOption: true, describe: "the bundle's folder" })
        .example("$0 verify bundle", "says what was changed since"),
    (given) =>
      runCommand(async () => {
        const { verifyCommand } = await import("./commands/verify.ts");
        return verifyCommand(given.folder);
      }),
  )
  .check((given) => mistakeIn(words, given) ?? true)
  .demandCommand(1, "Give a command: parse, convert, rules, sample or verify; --help says more.")
  .strict()
  .recommendCommands()
  .help()
  .fail((message, error) => {
    // yargs throws an error of its own name where an option lacks its value; any other one is a defect.
    if (error instanceof Error && error.name !== "YError") throw error;
    const what = unguarded(message ?? error?.message);
    for (const line of what.split("\n")) say(line);
    const meant = meantOption(what);
    if (meant !== undefined) say(meant);
    say("alicorn --help says how.");
    process.exit(2);
  });

if (words.length === 0) {
  for (const line of FIRST_WORDS) say(line);
  process.exitCode = 2;
} else await cli.parseAsync();
