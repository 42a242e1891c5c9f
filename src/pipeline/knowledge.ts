import type { Geo, GeoOptions } from "../enrich/network/geo.ts";
import { databaseAge, openGeo } from "../enrich/network/geo.ts";
import type { AddressList } from "../enrich/network/address-list.ts";
import { readAddressList } from "../enrich/network/address-list.ts";
import { compileTerms } from "../enrich/words/terms.ts";
import type { MessageOptions, Messages } from "../ingest/messages/read-messages.ts";
import { place } from "../ingest/messages/one-message.ts";
import { readMessages } from "../ingest/messages/read-messages.ts";
import type { ManifestDatabase, ManifestList } from "../model/manifest.ts";
import type { Knowledge } from "../rules/knowledge.ts";
import type { RuleSet } from "../rules/rule-set.ts";
import { defaultRuleSet, readRuleSet } from "../rules/rule-set.ts";

/** What rules are to know beside the evidence. */
export interface ScoringOptions {
  readonly geo: GeoOptions;
  /** ISO 3166-1 alpha-2 codes of the owner's countries; empty where they are to be learned. */
  readonly homeCountries: readonly string[];
  /** Paths of lists; undefined for none. */
  readonly watch: string | undefined;
  readonly allow: string | undefined;
  /** Path of a file that changes rules. */
  readonly rules: string | undefined;
  /** Files and folders of exported messages. */
  readonly messages: readonly string[];
}

/** The embedded country database, and nothing else. */
export const DEFAULT_SCORING: ScoringOptions = {
  geo: { city: undefined, asn: undefined, dir: undefined, embedded: true },
  homeCountries: [],
  watch: undefined,
  allow: undefined,
  rules: undefined,
  messages: [],
};

/** Everything opened, with what the manifest says of it. */
export interface OpenKnowledge {
  readonly knowledge: Knowledge;
  readonly ruleSet: RuleSet;
  readonly lists: readonly ManifestList[];
  /** What an examiner has to know of it; asked at the end, when every look-up is done. */
  warnings(): readonly string[];
  /** How many given messages have an id that no record has, a sentence each for exported and traced ones. */
  unmatched(named: ReadonlySet<string>): readonly string[];
  databases(firstTime: string, lastTime: string): readonly ManifestDatabase[];
}

function listLine(use: "watch" | "allow", list: AddressList | undefined): ManifestList[] {
  return list === undefined ? [] : [{ name: list.name, use, sha256: list.sha256, entries: list.size }];
}

function messageLines(messages: Messages | undefined): ManifestList[] {
  const files = messages?.files ?? [];
  return files.map(({ path, sha256, messages: entries }) => ({ name: path, use: "messages", sha256, entries }));
}

/**
 * Exported messages whose id no record has, counted; of traced ones only that there is none else, for a trace has everybody's
 * mail and a log only what was done to some of it.
 *
 * @param named where the messages were read whose id some record has, over all mailboxes.
 */
function unmatchedWarnings(messages: Messages | undefined, named: ReadonlySet<string>): string[] {
  const all = [...(messages?.byId.values() ?? [])].flat();
  const warnings: string[] = [];
  for (const [kind, words] of [["message", "exported"] as const, ["trace", "traced"] as const]) {
    const given = all.filter((message) => message.kind === kind);
    const left = given.filter((message) => !named.has(place(message)));
    const [first] = left;
    if (first === undefined || (kind === "trace" && left.length < given.length)) continue;
    const of = given.length === 1 ? `1 ${words} message` : `${given.length} ${words} messages`;
    const which = left.length === 1 ? `has an id that no record of the log has: ${place(first)}` : undefined;
    const more = `have ids that no record of the log has; the first of them is ${place(first)}`;
    warnings.push(`--messages: ${left.length} of ${of} ${which ?? more}.`);
  }
  return warnings;
}

function databaseLines(geo: Geo, firstTime: string, lastTime: string): ManifestDatabase[] {
  return geo.databases.map((database) => {
    const { path, type, built, sha256, gives } = database;
    const daysBeforeEvidence = databaseAge(database, firstTime, lastTime) ?? null;
    return { path, type, built, sha256, gives, daysBeforeEvidence };
  });
}

/**
 * Opens databases, lists, rules and messages.
 *
 * @param spool a folder for what must be unpacked.
 * @throws InputError, one sentence, for whatever was named and cannot be used.
 */
export async function openKnowledge(
  options: ScoringOptions,
  spool: string,
  messageOptions: MessageOptions,
): Promise<OpenKnowledge> {
  const ruleSet = options.rules === undefined ? defaultRuleSet() : readRuleSet(options.rules);
  const watch = options.watch === undefined ? undefined : await readAddressList(options.watch);
  const allow = options.allow === undefined ? undefined : await readAddressList(options.allow);
  const geo = await openGeo(options.geo);
  const messages =
    options.messages.length === 0 ? undefined : await readMessages(options.messages, spool, messageOptions);
  const { file } = ruleSet;
  return {
    knowledge: {
      geo,
      networks: ruleSet.networks,
      terms: compileTerms(ruleSet.terms),
      watch,
      allow,
      homeCountries: new Set(options.homeCountries),
      messages: messages?.byId,
    },
    ruleSet,
    lists: [
      ...listLine("watch", watch),
      ...listLine("allow", allow),
      ...(file === undefined ? [] : [{ name: file.name, use: "rules" as const, sha256: file.sha256 }]),
      ...messageLines(messages),
    ],
    warnings: () => [...geo.warnings, ...(messages?.problems ?? []), ...(messages?.conflicts ?? [])],
    unmatched: (named) => unmatchedWarnings(messages, named),
    databases: (firstTime, lastTime) => databaseLines(geo, firstTime, lastTime),
  };
}
