import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { createHash } from "node:crypto";
import type { ParsedNode } from "yaml";
import { isScalar, isSeq } from "yaml";
import type { KnownNetwork, NetworkKinds } from "../enrich/network/hosting.ts";
import { addressProblem, isAppId } from "../enrich/network/address-list.ts";
import { KNOWN_NETWORKS } from "../enrich/network/hosting.ts";
import { TERMS } from "../enrich/words/terms-data.ts";
import type { TermEntry, TermTheme } from "../enrich/words/terms.ts";
import { termProblem } from "../enrich/words/terms.ts";
import { systemError } from "../ingest/evidence/input-error.ts";
import { writtenText } from "../ingest/evidence/written-text.ts";
import type { Severity } from "../model/finding.ts";
import { rules } from "./index.ts";
import type { Place } from "./rule-file.ts";
import { brief, numberOf, oneOf, pairsOf, readYaml, refuse, textsOf } from "./rule-file.ts";
import type { FindingRule, MessageRule, Rule, ScoringRule, Setting, TenantRule } from "./rule.ts";

/** A rule with the values that it is asked with. */
export interface SetRule<R extends Rule = Rule> {
  readonly rule: R;
  readonly values: Readonly<Record<string, never>>;
}

/** The rules of a run, with their weights, thresholds and terms. */
export interface RuleSet {
  readonly rules: readonly SetRule[];
  readonly scoring: readonly SetRule<ScoringRule>[];
  readonly messages: readonly SetRule<MessageRule>[];
  readonly findings: readonly SetRule<FindingRule>[];
  readonly tenant: readonly SetRule<TenantRule>[];
  /** Rules that the file switches off. */
  readonly disabled: readonly Rule[];
  /** What scores less stands in the score tables and is no finding. */
  readonly least: Severity;
  readonly terms: readonly TermEntry[];
  readonly networks: NetworkKinds;
  /** The file that changed them, for the manifest; the hash is of its bytes. */
  readonly file: { readonly name: string; readonly sha256: string } | undefined;
}

/** What a file changes. */
interface Changes {
  readonly values: Map<string, Map<string, number | readonly string[]>>;
  readonly disabled: Set<string>;
  readonly added: TermEntry[];
  readonly removed: Set<string>;
  readonly networks: Map<number, KnownNetwork>;
  least: Severity;
}

const SEVERITIES: readonly Severity[] = ["low", "medium", "high", "critical"];
/** None, for what is the same in all languages, one or several. */
const LANGUAGES = /^(?:[a-z]{2,3}(?: [a-z]{2,3})*)?$/;
const THEMES: readonly TermTheme[] = ["payments", "payroll", "credentials", "identity", "people", "hiding"];

function setOf(changes: Changes, file: RuleSet["file"]): RuleSet {
  const set: SetRule[] = rules
    .filter(({ id }) => !changes.disabled.has(id))
    .map((rule) => {
      const own = Object.entries(rule.settings).map(([name, { is }]) => [
        name,
        changes.values.get(rule.id)?.get(name) ?? is,
      ]);
      return { rule, values: Object.fromEntries(own) as Record<string, never> };
    });
  const about = <R extends Rule>(kind: (rule: Rule) => rule is R) =>
    set.filter((one): one is SetRule<R> => kind(one.rule));
  return {
    rules: set,
    scoring: about((rule): rule is ScoringRule => ["address", "search", "client"].includes(rule.about)),
    messages: about((rule): rule is MessageRule => rule.about === "message"),
    findings: about((rule): rule is FindingRule => rule.about === "mailbox"),
    tenant: about((rule): rule is TenantRule => rule.about === "tenant"),
    disabled: rules.filter(({ id }) => changes.disabled.has(id)),
    least: changes.least,
    terms: [...TERMS.filter(({ term }) => !changes.removed.has(term.toLowerCase())), ...changes.added],
    networks: changes.networks,
    file,
  };
}

function noChanges(): Changes {
  return {
    values: new Map(),
    disabled: new Set(),
    added: [],
    removed: new Set(),
    networks: new Map(KNOWN_NETWORKS),
    least: "medium",
  };
}

/** The rules as they come. */
export function defaultRuleSet(): RuleSet {
  return setOf(noChanges(), undefined);
}

/** No length of time and no speed that a rule asks for comes near it, and all arithmetic holds below it. */
const GREATEST_LENGTH = 1_000_000;

/**
 * What is expected of a number, if it is not that; a share is what the rule's own value is one of. Scores are whole
 * numbers, and so are the points that they are sums of.
 */
function numberProblem({ is, takes }: Setting, value: number): string | undefined {
  if (takes === "length") {
    return value > 0 && value <= GREATEST_LENGTH ? undefined : `more than 0 and at most ${GREATEST_LENGTH}`;
  }
  if (typeof is === "number" && is > 0 && is < 1) return value >= 0 && value <= 1 ? undefined : "a share from 0 to 1";
  const isBelow = typeof is === "number" && is < 0;
  if (isBelow ? value > 0 : value < 0) return isBelow ? "0 or less" : "0 or more";
  return takes === "fraction" || Number.isInteger(value) ? undefined : "a whole number";
}

/** What is expected of an entry of a list, if it is not that. */
function textProblem({ takes }: Setting, text: string): string | undefined {
  if (text.trim() === "") return "a text that is not empty is expected here";
  if (takes === "networks") return addressProblem(text);
  if (takes === "apps") return isAppId(text) ? undefined : "an AppId (GUID) is expected here";
  if (takes === "themes") {
    return THEMES.some((theme) => theme === text) ? undefined : `one of ${THEMES.join(", ")} is expected here`;
  }
  if (takes === "rules") {
    return rules.some(({ id }) => id === text) ? undefined : "there is no such rule; `alicorn rules` lists them";
  }
  return undefined;
}

/** The value of a setting, as its rule can take it. */
function settingOf(place: Place, node: ParsedNode, key: string, setting: Setting): number | readonly string[] {
  if (typeof setting.is === "number") {
    const value = numberOf(place, node, key);
    const problem = numberProblem(setting, value);
    return problem === undefined ? value : refuse(place, node, key, `${problem} is expected here.`);
  }
  const texts = textsOf(place, node, key);
  for (const [at, text] of texts.entries()) {
    const problem = textProblem(setting, text);
    const item = isSeq(node) ? (node.items[at] as ParsedNode) : node;
    if (problem !== undefined) refuse(place, item, key, `${JSON.stringify(brief(text))}: ${problem}.`);
  }
  return texts;
}

function readRules(place: Place, node: ParsedNode | null, changes: Changes): void {
  for (const [id, value, at] of pairsOf(place, node, "rules")) {
    const rule = rules.find((one) => one.id === id);
    if (rule === undefined)
      return refuse(place, at, `rules.${id}`, "there is no such rule; `alicorn rules` lists them.");
    const values = new Map<string, number | readonly string[]>();
    changes.values.set(id, values);
    for (const [name, given, where] of pairsOf(place, value, `rules.${id}`)) {
      const key = `rules.${id}.${name}`;
      if (name === "enabled") {
        if (!isScalar(given) || typeof given.value !== "boolean")
          refuse(place, given ?? where, key, "true or false is expected here.");
        else if (!given.value) changes.disabled.add(id);
        continue;
      }
      const setting = Object.hasOwn(rule.settings, name) ? rule.settings[name] : undefined;
      if (setting === undefined) {
        refuse(
          place,
          where,
          key,
          `there is no such setting; ${id} has ${["enabled", ...Object.keys(rule.settings)].join(", ")}.`,
        );
      } else {
        values.set(name, settingOf(place, given ?? where, key, setting));
      }
    }
  }
}

function readTerm(place: Place, node: ParsedNode | null): TermEntry {
  const entry = { term: "", theme: "payments" as TermTheme, language: "", weight: 10 };
  for (const [name, value, at] of pairsOf(place, node, "terms.add")) {
    const key = `terms.add.${name}`;
    if (name === "weight") {
      entry.weight = numberOf(place, value ?? at, key);
      if (entry.weight < 0) refuse(place, value ?? at, key, "0 or more is expected here.");
      if (!Number.isInteger(entry.weight)) refuse(place, value ?? at, key, "a whole number is expected here.");
    } else if (name === "theme") entry.theme = oneOf(place, value ?? at, key, THEMES);
    else if (name !== "term" && name !== "language") {
      refuse(place, at, key, "there is no such part of a term; it has term, theme, language, weight.");
    } else if (isScalar(value) && (typeof value.value === "string" || typeof value.value === "number")) {
      // The digits of a number as they are written: a zero in front is one of them.
      entry[name] = typeof value.value === "number" ? (value.source ?? String(value.value)) : value.value;
    } else refuse(place, value ?? at, key, "a text is expected here.");
  }
  if (entry.term.trim() === "") refuse(place, node, "terms.add", "a term is missing.");
  const problem = termProblem(entry.term);
  if (problem !== undefined) refuse(place, node, "terms.add.term", `${JSON.stringify(brief(entry.term))}: ${problem}.`);
  if (!LANGUAGES.test(entry.language)) {
    refuse(
      place,
      node,
      "terms.add.language",
      "ISO 639 codes in small letters, with spaces between, are expected here.",
    );
  }
  return entry;
}

function readTerms(place: Place, node: ParsedNode | null, changes: Changes): void {
  for (const [name, value, at] of pairsOf(place, node, "terms")) {
    if (name === "remove") {
      for (const term of textsOf(place, value ?? at, "terms.remove")) {
        if (!TERMS.some((entry) => entry.term.toLowerCase() === term.toLowerCase())) {
          refuse(place, value ?? at, "terms.remove", `there is no term ${term}.`);
        }
        changes.removed.add(term.toLowerCase());
      }
    } else if (name === "add" && isSeq(value)) {
      for (const item of value.items) changes.added.push(readTerm(place, item));
    } else refuse(place, at, `terms.${name}`, "terms has add and remove, each with a list.");
  }
}

/** AS numbers have 32 bits; 0 is nobody's (RFC 6793, RFC 7607). */
const GREATEST_ASN = 2 ** 32 - 1;

function asnOf(place: Place, node: ParsedNode | null, key: string): number {
  const asn = numberOf(place, node, key);
  if (Number.isInteger(asn) && asn >= 1 && asn <= GREATEST_ASN) return asn;
  return refuse(place, node, key, `an AS number from 1 to ${GREATEST_ASN} is expected here.`);
}

function readNetwork(place: Place, node: ParsedNode | null, list: string): [number, KnownNetwork] {
  let asn: number | undefined;
  let name = "";
  let kind: KnownNetwork["kind"] = "hosting";
  for (const [part, value, at] of pairsOf(place, node, list)) {
    const key = `${list}.${part}`;
    if (part === "asn") asn = asnOf(place, value ?? at, key);
    else if (part === "kind") kind = oneOf(place, value ?? at, key, ["hosting", "vpn", "gateway"]);
    else if (part === "name" && isScalar(value) && typeof value.value === "string") name = value.value;
    else refuse(place, value ?? at, key, "a network has asn, name and kind.");
  }
  return [asn ?? refuse(place, node, list, "an asn is missing."), { name, kind }];
}

function readNetworks(place: Place, node: ParsedNode | null, changes: Changes): void {
  const pairs = pairsOf(place, node, "networks");
  const hasOnly = pairs.some(([name]) => name === "only");
  const given: [number, KnownNetwork][] = [];
  for (const [name, value, at] of pairs) {
    const key = `networks.${name}`;
    if (!["only", "add", "remove"].includes(name) || !isSeq(value)) {
      return refuse(place, at, key, "networks has only, add and remove, each with a list.");
    }
    if (hasOnly && name !== "only") {
      return refuse(place, at, key, "only takes the place of the list that add and remove change: it stands alone.");
    }
    for (const item of value.items) {
      if (name !== "remove") {
        given.push(readNetwork(place, item, key));
        continue;
      }
      const asn = asnOf(place, item, key);
      if (!KNOWN_NETWORKS.has(asn)) refuse(place, item, key, `there is no network ${asn} in the program's own list.`);
      changes.networks.delete(asn);
    }
  }
  if (hasOnly) changes.networks.clear();
  // Behind all else, so that the order of the names in the file does not matter.
  for (const [asn, network] of given) changes.networks.set(asn, network);
}

/**
 * The rules as a file changes them. The file is YAML: `rules` with an entry a rule (`enabled`, or any of its settings),
 * `terms` with `add` (term, theme, language, weight) and `remove`, `networks` with `add` and `remove` or, in place of the own
 * list, `only` (asn, name, kind), `findings` with `least`. It is text in UTF-8, or in UTF-16 with a mark.
 *
 * @throws InputError, one sentence that names the file, the line and the key.
 */
export function parseRuleSet(name: string, bytes: Buffer): RuleSet {
  const { place, pairs } = readYaml(name, writtenText("rules", name, bytes));
  const changes = noChanges();
  for (const [key, value, at] of pairs) {
    if (key === "rules") readRules(place, value ?? at, changes);
    else if (key === "terms") readTerms(place, value ?? at, changes);
    else if (key === "networks") readNetworks(place, value ?? at, changes);
    else if (key === "findings") {
      for (const [part, least, where] of pairsOf(place, value ?? at, key)) {
        if (part !== "least") refuse(place, where, `findings.${part}`, "there is no such setting; findings has least.");
        changes.least = oneOf(place, least ?? where, "findings.least", SEVERITIES);
      }
    } else refuse(place, at, key, "rules, terms, networks or findings is expected here.");
  }
  return setOf(changes, { name, sha256: createHash("sha256").update(bytes).digest("hex") });
}

/** Reads a rule file. @throws InputError where it cannot be read or is not understood. */
export function readRuleSet(path: string): RuleSet {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    throw systemError(`cannot read the rules of ${path}`, error);
  }
  return parseRuleSet(basename(path), bytes);
}
