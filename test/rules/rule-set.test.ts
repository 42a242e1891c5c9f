import { createHash } from "node:crypto";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { KNOWN_NETWORKS } from "../../src/enrich/network/hosting.ts";
import { compileTerms } from "../../src/enrich/words/terms.ts";
import { InputError } from "../../src/ingest/evidence/input-error.ts";
import { rules } from "../../src/rules/index.ts";
import type { RuleSet } from "../../src/rules/rule-set.ts";
import { defaultRuleSet, parseRuleSet, readRuleSet } from "../../src/rules/rule-set.ts";
import { temporaryFolder, writeFiles } from "../support/run.ts";

const folder = temporaryFolder();

/** The rules as a file of this text changes them. */
function parsed(text: string): RuleSet {
  return parseRuleSet("rules.yaml", Buffer.from(text));
}

/** The values that a rule is asked with; undefined where it is not asked. */
function valuesOf(set: RuleSet, id: string): Readonly<Record<string, unknown>> | undefined {
  return set.rules.find(({ rule }) => rule.id === id)?.values;
}

/** The sentence by which a text is refused. */
function refusalOf(text: string): string {
  try {
    parsed(text);
  } catch (error) {
    if (error instanceof InputError) return error.message;
    throw error;
  }
  throw new Error("it was not refused");
}

describe("the rules as they come", () => {
  test("days that are counted are whole numbers, as the document says; days that are a length of time need not be", () => {
    const days = rules.flatMap(({ id, settings }) =>
      Object.entries(settings).flatMap(([name, { is }]) =>
        typeof is === "number" && /days$/i.test(name) ? [[id, name] as const] : [],
      ),
    );
    const isWhole = ([id, name]: readonly [string, string]) => {
      try {
        parsed(`rules:\n  ${id}:\n    ${name}: 1.5\n`);
        return false;
      } catch (error) {
        expect((error as Error).message).toContain("a whole number is expected here.");
        return true;
      }
    };
    const whole = days.filter(isWhole);
    expect(new Set(whole.map(([id, name]) => (name === "days" ? `days of ${id}` : name)))).toEqual(
      new Set(["fewDays", "leastDays", "days of client-rare"]),
    );
    expect(whole.length).toBeLessThan(days.length);
  });

  test("every rule is asked with the settings it states", () => {
    const set = defaultRuleSet();
    expect(set.rules.map(({ rule }) => rule.id)).toEqual(rules.map(({ id }) => id));
    for (const { rule, values } of set.rules) {
      expect(values).toEqual(Object.fromEntries(Object.entries(rule.settings).map(([name, { is }]) => [name, is])));
    }
    const kinds = [...set.scoring, ...set.messages, ...set.findings, ...set.tenant].map(({ rule }) => rule.id);
    expect(kinds.toSorted()).toEqual(rules.map(({ id }) => id).toSorted());
    expect(set).toMatchObject({ least: "medium", networks: KNOWN_NETWORKS, file: undefined });
  });

  test.each([
    ["nothing", ""],
    ["line ends", "\n\n"],
    ["a comment", "# later\n"],
    ["a byte order mark", "\ufeff"],
    ["the beginning of a document", "---\n"],
    ["null", "null\n"],
    ["no entries", "{}\n"],
    ["sections without entries", "rules: {}\nterms: {}\nnetworks: {}\nfindings: {}\n"],
  ])("a file that holds %s changes nothing", (_name, text) => {
    const { file, ...set } = parsed(text);
    const { file: _none, ...own } = defaultRuleSet();
    expect(set).toEqual(own);
    expect(file).toEqual({ name: "rules.yaml", sha256: createHash("sha256").update(text).digest("hex") });
  });
});

describe("a rule file", () => {
  test("overrides a number, and nothing beside it", () => {
    const set = parsed("rules:\n  address-watch-list:\n    listed: 12\n");
    const own = valuesOf(defaultRuleSet(), "address-watch-list");
    expect(valuesOf(set, "address-watch-list")).toEqual({ ...own, listed: 12 });
    for (const { rule } of set.rules.filter((one) => one.rule.id !== "address-watch-list")) {
      expect(valuesOf(set, rule.id)).toEqual(valuesOf(defaultRuleSet(), rule.id));
    }
  });

  test("overrides a list", () => {
    const set = parsed('rules:\n  client-legacy:\n    agents: [BAV2ROPC, "Old, Scanner"]\n');
    expect(valuesOf(set, "client-legacy")).toMatchObject({ agents: ["BAV2ROPC", "Old, Scanner"] });
    const none = parsed("rules:\n  client-legacy:\n    agents: []\n");
    expect(valuesOf(none, "client-legacy")).toMatchObject({ agents: [] });
  });

  test("switches rules off, of every kind, and takes `enabled: true` for what it is", () => {
    const off = ["address-new", "client-rare", "search-terms", "message-look-alike", "incident"];
    const entries = off.map((id) => `  ${id}:\n    enabled: false\n`).join("");
    const set = parsed(`rules:\n${entries}  client-late: {enabled: true, late: 1}\n`);
    const left = rules.map(({ id }) => id).filter((id) => !off.includes(id));
    expect(set.rules.map(({ rule }) => rule.id)).toEqual(left);
    const asked = [...set.scoring, ...set.messages, ...set.findings, ...set.tenant].map(({ rule }) => rule.id);
    expect(asked.toSorted()).toEqual(left.toSorted());
    expect(valuesOf(set, "client-late")).toMatchObject({ late: 1 });
  });

  test("adds and removes terms; an added one counts before an own one of the same words", () => {
    const text = [
      "terms:",
      "  add:",
      "    - {term: Northgate, theme: hiding, language: en, weight: 9}",
      "    - term: 4711",
      "    - {term: payment, weight: 0}",
      "    - {term: password, theme: credentials, weight: 3}",
      "  remove: [Invoice, W-2]",
    ].join("\n");
    const { match } = compileTerms(parsed(text).terms);
    const weights = (query: string) => match(query).map(({ entry }) => `${entry.term} ${entry.theme} ${entry.weight}`);
    expect(weights("northgate 4711")).toEqual(["Northgate hiding 9", "4711 payments 10"]);
    expect(weights("payment password")).toEqual(["password credentials 3"]);
    expect(weights("invoice w-2")).toEqual([]);
    expect(weights("invoices")).toEqual(["invoices payments 10"]);
  });

  test("adds and removes networks, or puts others in their place", () => {
    const [[first, kept] = [0, undefined]] = KNOWN_NETWORKS;
    const added = parsed(
      `networks:\n  add:\n    - {asn: 64500, name: Example VPN, kind: vpn}\n    - asn: 64501\n  remove: [${first}]\n`,
    ).networks;
    expect(added.get(64500)).toEqual({ name: "Example VPN", kind: "vpn" });
    expect(added.get(64501)).toEqual({ name: "", kind: "hosting" });
    expect(added.has(first)).toBe(false);
    expect(added.size).toBe(KNOWN_NETWORKS.size + 1);
    expect(KNOWN_NETWORKS.get(first)).toEqual(kept);
    const only = parsed("networks:\n  only:\n    - {asn: 64502, name: X, kind: gateway}\n").networks;
    expect([...only]).toEqual([[64502, { name: "X", kind: "gateway" }]]);
    expect(parsed("networks: {only: []}\n").networks.size).toBe(0);
  });

  test.each(["low", "medium", "high", "critical"] as const)("findings from %s on", (least) => {
    expect(parsed(`findings:\n  least: ${least}\n`).least).toBe(least);
  });

  test("adds and removes in any order", () => {
    const [[first] = [0]] = KNOWN_NETWORKS;
    for (const text of [
      `add: [{asn: ${first}, name: Own}], remove: [${first}]`,
      `remove: [${first}], add: [{asn: ${first}, name: Own}]`,
    ]) {
      expect(parsed(`networks: {${text}}\n`).networks.get(first)).toEqual({ name: "Own", kind: "hosting" });
    }
  });

  test("takes a term of digits as they are written", () => {
    const { match } = compileTerms(parsed("terms: {add: [{term: 0815}]}\n").terms);
    expect(match("case 0815").map(({ entry }) => entry.term)).toEqual(["0815"]);
  });

  test("takes days and factors that are no whole numbers", () => {
    const set = parsed("rules: {address-reads: {oldDays: 0.5, times: 1.5}, deed-mass-read: {minutes: 0.5}}\n");
    expect(valuesOf(set, "address-reads")).toMatchObject({ oldDays: 0.5, times: 1.5 });
    expect(valuesOf(set, "deed-mass-read")).toMatchObject({ minutes: 0.5 });
  });

  test.each([
    ["UTF-16, little end first", Buffer.from("\ufeffterms: {add: [{term: Überweisung Nord}]}\n", "utf16le")],
    ["UTF-16, big end first", Buffer.from("\ufeffterms: {add: [{term: Überweisung Nord}]}\n", "utf16le").swap16()],
    ["UTF-8 with a mark", Buffer.from("\ufeffterms: {add: [{term: Überweisung Nord}]}\n")],
  ])("in %s is read, and its hash is of its bytes", (_name, bytes) => {
    const { terms, file } = parseRuleSet("rules.yaml", bytes);
    expect(terms.at(-1)?.term).toBe("Überweisung Nord");
    expect(file?.sha256).toBe(createHash("sha256").update(bytes).digest("hex"));
  });

  test("in another encoding is refused: what it names would never match", () => {
    const bytes = Buffer.from("terms: {add: [{term: Überweisung Nord}]}\n", "latin1");
    expect(() => parseRuleSet("rules.yaml", bytes)).toThrow(
      new InputError("Expected rules in UTF-8 at rules.yaml, but it is no such text."),
    );
  });

  test("is read from a path, and goes by its name alone", () => {
    const text = "findings: {least: low}\n";
    const [path = ""] = writeFiles(join(folder, "deep"), { "own.yaml": text });
    expect(readRuleSet(path)).toMatchObject({
      least: "low",
      file: { name: "own.yaml", sha256: createHash("sha256").update(text).digest("hex") },
    });
  });

  test("that cannot be read is a sentence with its path", () => {
    mkdirSync(join(folder, "a-folder"));
    expect(() => readRuleSet(join(folder, "none.yaml"))).toThrow(InputError);
    expect(() => readRuleSet(join(folder, "none.yaml"))).toThrow(/cannot read the rules of .*none\.yaml: .*\.$/);
    expect(() => readRuleSet(join(folder, "a-folder"))).toThrow(/cannot read the rules of .*a-folder: .*\.$/);
  });
});

describe("a mistake in a rule file is a sentence with file, line and key", () => {
  const expected: readonly (readonly [name: string, text: string, sentence: string])[] = [
    [
      "an unknown section",
      "rules: {}\nrule: {}\n",
      "line 2, rule: rules, terms, networks or findings is expected here.",
    ],
    ["a list in place of sections", "- rules\n", "line 1: names with values are expected here."],
    ["a word in place of sections", "rules\n", "line 1: names with values are expected here."],
    ["a section without entries", "rules:\n", "line 1, rules: names with values are expected here."],
    [
      "an unknown rule",
      "rules:\n  address-cuntry:\n    foreign: 1\n",
      "line 2, rules.address-cuntry: there is no such rule; `alicorn rules` lists them.",
    ],
    [
      "an unknown setting",
      "rules:\n  address-watch-list:\n    failed: 1\n    lsited: 1\n",
      "line 4, rules.address-watch-list.lsited: there is no such setting; address-watch-list has enabled, listed, failed.",
    ],
    [
      "a rule without settings",
      "rules:\n  address-watch-list:\n",
      "line 2, rules.address-watch-list: names with values are expected here.",
    ],
    [
      "a word in place of a number",
      "rules:\n  address-watch-list:\n    listed: many\n",
      "line 3, rules.address-watch-list.listed: a number is expected here.",
    ],
    [
      "a number in quotes",
      'rules: {address-watch-list: {listed: "5"}}\n',
      "line 1, rules.address-watch-list.listed: a number is expected here.",
    ],
    [
      "a number that is none",
      "rules: {address-watch-list: {listed: .nan}}\n",
      "line 1, rules.address-watch-list.listed: a number is expected here.",
    ],
    [
      "a number without end",
      "rules: {address-watch-list: {listed: .inf}}\n",
      "line 1, rules.address-watch-list.listed: a number is expected here.",
    ],
    [
      "no value",
      "rules:\n  address-watch-list:\n    listed:\n",
      "line 3, rules.address-watch-list.listed: a number is expected here.",
    ],
    [
      "a word in place of a list",
      "rules:\n  client-legacy:\n    agents: BAV2ROPC\n",
      "line 3, rules.client-legacy.agents: a list is expected here.",
    ],
    [
      "a number in a list of texts",
      "rules:\n  client-legacy:\n    agents:\n      - BAV2ROPC\n      - 7\n",
      "line 5, rules.client-legacy.agents: a text is expected here.",
    ],
    [
      "a window without a length",
      "rules:\n  mailbox-access-api:\n    minutes: 0\n",
      "line 3, rules.mailbox-access-api.minutes: more than 0 and at most 1000000 is expected here.",
    ],
    [
      "a window of less than nothing",
      "rules: {mailbox-access-api: {minutes: -5}}\n",
      "line 1, rules.mailbox-access-api.minutes: more than 0 and at most 1000000 is expected here.",
    ],
    [
      "a length beyond all arithmetic",
      "rules: {deed-mass-read: {minutes: 1e300}}\n",
      "line 1, rules.deed-mass-read.minutes: more than 0 and at most 1000000 is expected here.",
    ],
    [
      "a limit below zero",
      "rules: {mailbox-access-api: {mailboxes: -1}}\n",
      "line 1, rules.mailbox-access-api.mailboxes: 0 or more is expected here.",
    ],
    [
      "points for the owner in place of points against",
      "rules: {address-country: {foreign: -5}}\n",
      "line 1, rules.address-country.foreign: 0 or more is expected here.",
    ],
    [
      "points against the owner in place of points for",
      "rules: {address-familiar: {familiar: 5}}\n",
      "line 1, rules.address-familiar.familiar: 0 or less is expected here.",
    ],
    [
      "percent in place of a share",
      "rules: {address-country: {hardly: 15}}\n",
      "line 1, rules.address-country.hardly: a share from 0 to 1 is expected here.",
    ],
    [
      "a network that is none",
      "rules:\n  mailbox-access-api:\n    backEndNetworks:\n      - 2603:10b6::/32\n      - nonsense\n",
      'line 5, rules.mailbox-access-api.backEndNetworks: "nonsense": expected an address, a network (CIDR) or a domain.',
    ],
    [
      "an application in place of an address",
      "rules: {mailbox-access-api: {allowedAddresses: [0badc0de-0000-4000-8000-000000000001]}}\n",
      'line 1, rules.mailbox-access-api.allowedAddresses: "0badc0de-0000-4000-8000-000000000001": an AppId is no address.',
    ],
    [
      "an application by its name",
      "rules: {app-consent: {OAuthClientIDAllowList: [Mail tool]}}\n",
      'line 1, rules.app-consent.OAuthClientIDAllowList: "Mail tool": an AppId (GUID) is expected here.',
    ],
    [
      "an unknown theme of a rule",
      "rules: {address-searches: {themes: [money]}}\n",
      'line 1, rules.address-searches.themes: "money": one of payments, payroll, credentials, identity, people, hiding is expected here.',
    ],
    [
      "an unknown rule in a rule's list",
      "rules: {address-owner-client: {suspicious: [address-snyc]}}\n",
      'line 1, rules.address-owner-client.suspicious: "address-snyc": there is no such rule; `alicorn rules` lists them.',
    ],
    [
      "an empty text, which every text begins with",
      'rules: {deed-permission: {service: [" "]}}\n',
      'line 1, rules.deed-permission.service: " ": a text that is not empty is expected here.',
    ],
    [
      "a term that takes points away",
      "terms: {add: [{term: wire, weight: -3}]}\n",
      "line 1, terms.add.weight: 0 or more is expected here.",
    ],
    [
      "points that are no whole number",
      "rules: {address-new: {rare: 0.1}}\n",
      "line 1, rules.address-new.rare: a whole number is expected here.",
    ],
    [
      "points for the owner that are no whole number",
      "rules: {address-familiar: {familiar: -7.5}}\n",
      "line 1, rules.address-familiar.familiar: a whole number is expected here.",
    ],
    [
      "a weight that is no whole number",
      "terms: {add: [{term: wire, weight: 3.3}]}\n",
      "line 1, terms.add.weight: a whole number is expected here.",
    ],
    [
      "enabled with neither true nor false",
      "rules:\n  address-new:\n    enabled: yes\n",
      "line 3, rules.address-new.enabled: true or false is expected here.",
    ],
    [
      "an unknown part of terms",
      "terms:\n  delete: [x]\n",
      "line 2, terms.delete: terms has add and remove, each with a list.",
    ],
    [
      "a term in place of a list",
      "terms:\n  add: x\n",
      "line 2, terms.add: terms has add and remove, each with a list.",
    ],
    [
      "a bare word as a term",
      "terms:\n  add:\n    - wire\n",
      "line 3, terms.add: names with values are expected here.",
    ],
    ["an entry without its term", "terms:\n  add:\n    - {weight: 3}\n", "line 3, terms.add: a term is missing."],
    [
      "a term without a letter",
      'terms:\n  add:\n    - term: "!!"\n',
      'line 3, terms.add.term: "!!": a term has a letter or digit.',
    ],
    [
      "a term with a sign for any letters",
      "terms: {add: [{term: Nor*}]}\n",
      'line 1, terms.add.term: "Nor*": a term is whole words with spaces or hyphens between; other signs are not matched.',
    ],
    [
      "a regular expression as a term",
      "terms: {add: [{term: /Über.*Nord/}]}\n",
      'line 1, terms.add.term: "/Über.*Nord/": a term is whole words with spaces or hyphens between; other signs are not matched.',
    ],
    [
      "a term that goes on over a sign that joins no words",
      "terms: {add: [{term: Nord & Co}]}\n",
      'line 1, terms.add.term: "Nord & Co": a term is whole words with spaces or hyphens between; other signs are not matched.',
    ],
    [
      "a language by its name",
      "terms: {add: [{term: wire, language: English}]}\n",
      "line 1, terms.add.language: ISO 639 codes in small letters, with spaces between, are expected here.",
    ],
    [
      "an unknown theme",
      "terms:\n  add:\n    - term: wire\n      theme: money\n",
      "line 4, terms.add.theme: one of payments, payroll, credentials, identity, people, hiding is expected here.",
    ],
    [
      "an unknown part of a term",
      "terms:\n  add:\n    - term: wire\n      points: 3\n",
      "line 4, terms.add.points: there is no such part of a term; it has term, theme, language, weight.",
    ],
    [
      "a weight that is no number",
      "terms:\n  add:\n    - {term: wire, weight: high}\n",
      "line 3, terms.add.weight: a number is expected here.",
    ],
    [
      "an unknown part of networks",
      "networks:\n  drop: [1]\n",
      "line 2, networks.drop: networks has only, add and remove, each with a list.",
    ],
    ["a network without asn", "networks:\n  add:\n    - {name: X}\n", "line 3, networks.add: an asn is missing."],
    [
      "a network of an unknown kind",
      "networks:\n  add:\n    - {asn: 64500, kind: tor}\n",
      "line 3, networks.add.kind: one of hosting, vpn, gateway is expected here.",
    ],
    [
      "a network by its name",
      "networks:\n  remove: [AS64500]\n",
      "line 2, networks.remove: a number is expected here.",
    ],
    [
      "a network of no AS number",
      "networks: {add: [{asn: -5, kind: vpn}]}\n",
      "line 1, networks.add.asn: an AS number from 1 to 4294967295 is expected here.",
    ],
    [
      "a network beyond all AS numbers",
      "networks: {only: [{asn: 99999999999}]}\n",
      "line 1, networks.only.asn: an AS number from 1 to 4294967295 is expected here.",
    ],
    [
      "a network to leave out that is no whole number",
      "networks: {remove: [1.5]}\n",
      "line 1, networks.remove: an AS number from 1 to 4294967295 is expected here.",
    ],
    [
      "a network to leave out that is not there",
      "networks: {remove: [99]}\n",
      "line 1, networks.remove: there is no network 99 in the program's own list.",
    ],
    [
      "a list in place of the own one, and changes to that",
      "networks:\n  add: [{asn: 64500}]\n  only: [{asn: 64501}]\n",
      "line 2, networks.add: only takes the place of the list that add and remove change: it stands alone.",
    ],
    [
      "the same the other way round",
      "networks:\n  only: [{asn: 64501}]\n  remove: [15169]\n",
      "line 3, networks.remove: only takes the place of the list that add and remove change: it stands alone.",
    ],
    [
      "a severity that there is not",
      "findings:\n  least: none\n",
      "line 2, findings.least: one of low, medium, high, critical is expected here.",
    ],
    [
      "an unknown part of findings",
      "findings:\n  most: 3\n",
      "line 2, findings.most: there is no such setting; findings has least.",
    ],
    ["a section twice", "rules: {}\nterms: {}\nrules: {}\n", "line 3, rules: it stands here for the second time."],
    [
      "a setting twice",
      "rules:\n  address-watch-list:\n    listed: 1\n    listed: 2\n",
      "line 4, rules.address-watch-list.listed: it stands here for the second time.",
    ],
    ["tabs", "rules:\n\taddress-new: {}\n", "line 2: not YAML (Tabs are not allowed as indentation)."],
    ["a list that is never closed", "rules:\n  client-legacy:\n    agents: [a\n", "line 4: not YAML ("],
    ["a quote that is never closed", 'rules: "\n', "line 2: not YAML ("],
    ["two documents", "rules: {}\n---\nrules: {}\n", "line 2: not YAML (several documents, where one is expected)."],
    ["an alias of nothing", "rules: *own\n", "line 1, rules: names with values are expected here."],
    ["a number as a name", "rules:\n  7: {}\n", "line 2, rules: a name is expected here."],
    ["a list as a name", "rules:\n  ? [a]\n  : {}\n", "line 2, rules: a name is expected here."],
  ];

  test.each(expected)("%s", (_name, text, sentence) => {
    const said = refusalOf(text);
    expect(said.startsWith(`rules.yaml, ${sentence}`)).toBe(true);
    if (sentence.endsWith(".")) expect(said).toBe(`rules.yaml, ${sentence}`);
    expect(said).toMatch(/^[^\n]+\.$/);
  });

  test("line ends of Windows count as one", () => {
    expect(refusalOf("rules:\r\n  address-new:\r\n    fewDays: x\r\n")).toMatch(/^rules\.yaml, line 3, /);
  });
});

describe("a hostile rule file ends soon with one sentence", () => {
  const MEGABYTE = 1 << 20;
  const letters = [..."abcdefghi"];
  const bomb = letters.map((name, at) => {
    const inner = at === 0 ? "x" : `*${letters[at - 1] as string}`;
    return `${name}: &${name} [${Array.from({ length: 9 }, () => inner).join(", ")}]`;
  });
  const nested = Array.from({ length: 1000 }, (_, depth) => `${" ".repeat(depth)}a:`).join("\n");
  const many = Array.from({ length: 50_000 }, (_, at) => `  k${at}: 1`).join("\n");
  const texts: readonly (readonly [name: string, text: string])[] = [
    ["a million opening brackets", "[".repeat(MEGABYTE)],
    ["a million opening braces", "{".repeat(MEGABYTE)],
    ["lists in lists in one line", "- ".repeat(MEGABYTE / 2)],
    ["names in names", nested],
    ["an alias bomb", bomb.join("\n")],
    ["an alias bomb in place of a setting", `rules:\n  client-legacy:\n    agents: &a [x, *a]\n`],
    ["one setting of 50,000 names", `rules:\n${many}`],
    ["a tag of a megabyte", "!".repeat(MEGABYTE)],
    ["a name of a megabyte", `rules:\n  ? ${"k".repeat(MEGABYTE)}\n  : 1\n`],
    ["a term of a megabyte", `terms:\n  add:\n    - term: "${"a ".repeat(MEGABYTE / 2)}"\n`],
    ["a term of a megabyte without a letter", `terms:\n  add:\n    - term: "${"!".repeat(MEGABYTE)}"\n`],
    ["zeros", "\0".repeat(MEGABYTE)],
    ["UTF-16 that was read as UTF-8", Buffer.from("\ufeffrules: {}\n", "utf16le").toString("utf8")],
    ["__proto__ as a section", "__proto__: {rules: {}}\n"],
    ["__proto__ as a rule", "rules:\n  __proto__:\n    points: 1\n"],
    ["__proto__ as a setting", "rules:\n  address-watch-list:\n    __proto__: [x]\n"],
    ["a method of every object as a setting", "rules:\n  address-watch-list:\n    toString: [x]\n"],
    ["a merge key", "rules:\n  <<: {address-new: {fewDays: 1}}\n"],
    ["a tag of a language", "rules: !!js/function 'function () {}'\n"],
  ];

  test.each(texts)("%s", (_name, text) => {
    const started = performance.now();
    const said = refusalOf(text);
    expect(performance.now() - started).toBeLessThan(10_000);
    expect(said).toMatch(/^rules\.yaml, line \d+[^\n]*\.$/u);
    expect(said.length).toBeLessThan(500);
  });

  test("nothing of it stays behind", () => {
    refusalOf("rules:\n  __proto__:\n    polluted: 1\n");
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
    expect(valuesOf(defaultRuleSet(), "address-watch-list")).toHaveProperty("listed");
  });

  test("a long list of terms is none: 5,000 are read", () => {
    const entries = Array.from({ length: 5000 }, (_, at) => `    - {term: word${at}, weight: 5}`).join("\n");
    const { terms } = parsed(`terms:\n  add:\n${entries}\n`);
    expect(terms).toHaveLength(defaultRuleSet().terms.length + 5000);
  });
});
