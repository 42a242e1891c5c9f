import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { ApiRecord } from "../src/activities/example.ts";
import { rules } from "../src/rules/index.ts";
import { kinds } from "../src/rules/kinds.ts";
import type { Bundle, Ended, Row } from "./support/run.ts";
import { apiPage, openBundle, runCli, temporaryFolder, writeFiles } from "./support/run.ts";

const root = temporaryFolder();
const HOME = "193.99.144.80";
const INTRUDER = "8.8.8.8";
let places = 0;

function logon(time: string, ClientIP: string, UserAgent: string): ApiRecord {
  return {
    TimeStamp: `2018-03-${time}Z`,
    AppIdType: "Web",
    ActivityIdType: "ServerLogon",
    CustomProperties: { Result: "Success", UserName: "owner@contoso.example", ClientIP, UserAgent },
  };
}

const EXPORT = apiPage([
  ...["01", "02", "03", "04", "05"].map((day) => logon(`${day}T08:00:00`, HOME, "Chrome")),
  logon("03T23:00:00", INTRUDER, "python-requests/2.18.4"),
  {
    TimeStamp: "2018-03-04T10:00:00Z",
    AppIdType: "Exchange",
    ActivityIdType: "MessageDelivered",
    ActivityItemId: "item-1",
    CustomProperties: { Subject: "Payment date", InternetMessageId: "<4711@fabrikam.example>" },
  },
]);
const MESSAGE = [
  "Authentication-Results: spf=fail smtp.mailfrom=fabrikam.example; dkim=none; dmarc=fail header.from=fabrikam.example",
  "From: billing@fabrikam.example",
  "To: owner@contoso.example",
  "Subject: Payment date",
  "Message-ID: <4711@fabrikam.example>",
  "Date: Sun, 4 Mar 2018 10:00:00 +0000",
  "",
  "Please see below.",
  "",
].join("\r\n");

/** A folder of its own with the export and these files in it. */
function place(files: Readonly<Record<string, string>> = {}): string {
  const folder = join(root, `place-${++places}`);
  mkdirSync(folder);
  writeFiles(folder, { "export.json": EXPORT, ...files });
  return folder;
}

/** One sentence, no stack, nothing on standard output. */
function expectSentence({ code, stdout, stderr }: Ended, wantedCode: number, words: RegExp): void {
  expect(stderr).toMatch(words);
  expect(stderr).toMatch(/^[^\n]+\.\n$/);
  expect(stdout).toBe("");
  expect(code).toBe(wantedCode);
}

/** Parses the export of a folder with further options. */
async function parse(folder: string, ...options: readonly string[]): Promise<Bundle> {
  const ended = await runCli(["parse", "export.json", "--out", "bundle", "--quiet", ...options], { cwd: folder });
  expect(ended).toEqual({ code: 0, stdout: "", stderr: "" });
  return openBundle(join(folder, "bundle"));
}

function rowOf(bundle: Bundle, table: string, where: Readonly<Record<string, string>>): Row {
  const found = bundle.rows(table).filter((row) => Object.entries(where).every(([name, cell]) => row[name] === cell));
  expect(found).toHaveLength(1);
  return found[0] as Row;
}

function outcomeOf(bundle: Bundle, id: string): unknown {
  const file = JSON.parse(bundle.text("findings.json")) as { readonly rules: readonly { readonly id: string }[] };
  return file.rules.find((rule) => rule.id === id);
}

describe.concurrent("rules", () => {
  test("lists every rule and every finding that sums up, with and without the word", async () => {
    const [bare, list] = await Promise.all([runCli(["rules"]), runCli(["rules", "list"])]);
    expect(bare).toEqual(list);
    expect(list).toMatchObject({ code: 0, stderr: "" });
    const all = [
      ...rules.map(({ id, about, title }) => [id, about, title]),
      ...Object.values(kinds).map(({ id, entity, title }) => [id, entity, title]),
    ];
    expect(
      list.stdout
        .trimEnd()
        .split("\n")
        .map((line) => line.split(/ {2,}/)),
    ).toEqual(all);
  });

  test("explains a rule: its points, what they mean, and where it is wrong", async () => {
    const { code, stdout, stderr } = await runCli(["rules", "explain", "address-watch-list"]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    const rule = rules.find(({ id }) => id === "address-watch-list");
    if (rule === undefined) throw new Error("the rule is gone");
    const texts = [rule.description, rule.requires, ...rule.falsePositives, ...rule.blindSpots, ...rule.nextSteps];
    for (const text of [...texts, ...rule.references, ...rule.attack]) expect(stdout).toContain(text);
    for (const [name, { is, says }] of Object.entries(rule.settings)) {
      expect(stdout).toContain(`  ${name}: ${String(is)} (${says})\n`);
    }
    expect(stdout.startsWith(`${rule.id}: ${rule.title}\n`)).toBe(true);
  });

  test("explains what a finding is that sums up", async () => {
    const { code, stdout } = await runCli(["rules", "explain", "suspicious-address"]);
    expect(code).toBe(0);
    expect(stdout).toContain(kinds.address.description);
  });

  test("explains that an incident takes no successful logon, as its reasons say", async () => {
    const { stdout } = await runCli(["rules", "explain", "incident"]);
    expect(stdout.replace(/\s+/g, " ")).toContain(
      "an address that scores high, and successful logons or other records of what was done from it",
    );
  });

  test("explains a rule as a file changes it, and leaves out what the file switches off", async () => {
    const folder = place({
      "own.yaml":
        "rules:\n  address-watch-list:\n    listed: 33\n  client-legacy:\n    agents: [One, Two]\n  address-new:\n    enabled: false\n",
    });
    const own = (...args: readonly string[]) => runCli(["rules", ...args, "--rules", "own.yaml"], { cwd: folder });
    const [watch, legacy, list, off] = await Promise.all([
      own("explain", "address-watch-list"),
      own("explain", "client-legacy"),
      own("list"),
      own("explain", "address-new"),
    ]);
    expect(watch?.stdout).toContain("  listed: 33 (");
    expect(legacy?.stdout).toContain("  agents: One, Two (");
    expect(list?.stdout).not.toContain("address-new");
    expect(off?.code).toBe(2);
  });

  const mistakes: readonly (readonly [string, readonly string[], RegExp])[] = [
    [
      "an unknown rule",
      ["explain", "address-cuntry"],
      /^There is no rule address-cuntry; `rules list` prints them all\.$/m,
    ],
    ["no rule to explain", ["explain"], /^`rules explain` needs the id of a rule/],
    ["a rule to list", ["list", "address-new"], /^`rules list` takes no rule/],
    ["a rule that would do something to a terminal", ["explain", "a\u001b[31m"], /^There is no rule a\\u\{1b\}\[31m/],
  ];

  test.each(mistakes)("%s ends with 2", async (_name, args, words) => {
    expectSentence(await runCli(["rules", ...args]), 2, words);
  });

  test("an unknown word ends with 2 and where to look", async () => {
    const { code, stdout, stderr } = await runCli(["rules", "frobnicate"]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain("frobnicate");
    expect(stderr).toMatch(/alicorn --help says how\.\n$/);
  });

  test("a file that is wrong or not there ends with 1", async () => {
    const folder = place({ "own.yaml": "rules:\n  address-new:\n    rear: 3\n" });
    const list = (file: string) => runCli(["rules", "list", "--rules", file], { cwd: folder });
    expectSentence(await list("own.yaml"), 1, /^own\.yaml, line 3, rules\.address-new\.rear: there is no such setting/);
    expectSentence(await list("none.yaml"), 1, /none\.yaml/);
  });
});

describe.concurrent("parse with", () => {
  test("nothing: the embedded database, and both addresses by their own merits", async () => {
    const bundle = await parse(place());
    expect(rowOf(bundle, "ip-scores", { IP: INTRUDER })).toMatchObject({
      Country: "US",
      Reasons: expect.stringContaining("address-user-agent: script or library python-requests/"),
    });
    expect(rowOf(bundle, "ip-scores", { IP: HOME })).toMatchObject({ Country: "DE", Severity: "none" });
    expect(bundle.manifest.databases).toHaveLength(1);
    expect(bundle.manifest.lists).toEqual([]);
  });

  test("--rules: other weights, and the file in the manifest", async () => {
    const text =
      "rules:\n  address-user-agent:\n    script: 1\n  address-new:\n    enabled: false\n  address-country:\n    uncommon: 2\n";
    const bundle = await parse(place({ "in/own.yaml": text }), "--rules", "in/own.yaml");
    const { Reasons = "", Score } = rowOf(bundle, "ip-scores", { IP: INTRUDER });
    expect(Reasons).toContain("+1 address-user-agent");
    expect(Reasons).toContain("+2 address-country");
    expect(Reasons).not.toContain("address-new");
    const points = Reasons.match(/(?<=^|; )[+-]\d+(?= [a-z-]+: )/g)?.map(Number) ?? [];
    expect(Number(Score)).toBe(points.reduce((sum, one) => sum + one, 0));
    expect(bundle.manifest.lists).toMatchObject([{ name: "own.yaml", use: "rules" }]);
    expect(bundle.text("manifest.json")).not.toContain("in/own.yaml");
  });

  test("--watch: whoever is listed", async () => {
    const bundle = await parse(place({ "seen.txt": "# in March\n8.8.8.0/24\n2001:db8::/32\n" }), "--watch", "seen.txt");
    expect(rowOf(bundle, "ip-scores", { IP: INTRUDER })["Reasons"]).toMatch(/address-watch-list: .*8\.8\.8\.0\/24/);
    expect(rowOf(bundle, "ip-scores", { IP: HOME })["Reasons"]).not.toContain("address-watch-list");
    expect(rowOf(bundle, "findings", { Rule: "incident" })).toMatchObject({ Entity: "owner@contoso.example" });
    expect(bundle.manifest.lists).toMatchObject([{ name: "seen.txt", use: "watch", entries: 2 }]);
  });

  test("--allow: nothing speaks against whoever is listed", async () => {
    const bundle = await parse(place({ "fine.txt": INTRUDER }), "--allow", "fine.txt");
    expect(rowOf(bundle, "ip-scores", { IP: INTRUDER })).toMatchObject({ Score: "0", Reasons: "" });
    expect(bundle.rows("findings").map((row) => row["Rule"])).not.toContain("suspicious-address");
    expect(bundle.manifest.lists).toMatchObject([{ name: "fine.txt", use: "allow", entries: 1 }]);
  });

  test("--messages: what their headers say", async () => {
    const folder = place({ "mail/one.eml": MESSAGE, "mail/notes.txt": "no message" });
    const bundle = await parse(folder, "--messages", "mail");
    expect(rowOf(bundle, "message-activity", { "Activity Item ID": "item-1" })).toMatchObject({
      SPF: "fail",
      DKIM: "none",
      DMARC: "fail",
      Reasons: expect.stringContaining("message-authentication: dmarc=fail, spf=fail"),
    });
    expect(outcomeOf(bundle, "message-authentication")).toMatchObject({ outcome: "found" });
    expect(bundle.manifest.lists).toContainEqual(
      expect.objectContaining({ name: "one.eml", use: "messages", entries: 1 }),
    );
    expect(bundle.manifest.warnings.join("\n")).toContain("notes.txt");
  });

  test("--home-country: the owner's countries, in any way to write them", async () => {
    const folder = place();
    const cells = [];
    for (const [at, codes] of [["DE", "US"], ["de,us"], ["DE", "--home-country", "US"], ["DE"], ["FR"]].entries()) {
      const out = join(folder, `bundle-${at}`);
      const ended = await runCli(["parse", "export.json", "--out", out, "--quiet", "--home-country", ...codes], {
        cwd: folder,
      });
      expect(ended.code).toBe(0);
      const bundle = openBundle(out);
      const [home, intruder] = [HOME, INTRUDER].map((IP) =>
        rowOf(bundle, "ip-scores", { IP })["Reasons"]?.includes("address-country"),
      );
      cells.push([home, intruder]);
    }
    expect(cells).toEqual([
      [false, false],
      [false, false],
      [false, false],
      [false, true],
      [true, true],
    ]);
  });

  test("--no-geoip: no country, and no rule that needs one", async () => {
    const bundle = await parse(place(), "--no-geoip");
    for (const row of bundle.rows("ip-scores")) expect(row["Country"]).toBe("");
    expect(bundle.manifest.databases).toEqual([]);
    expect(outcomeOf(bundle, "address-country")).toMatchObject({ outcome: "notAssessed" });
    expect(outcomeOf(bundle, "address-travel")).toMatchObject({ outcome: "notAssessed" });
  });

  test("--formats tsv: no findings.json; --formats json: nothing else", async () => {
    const folder = place();
    const tsv = await parse(folder, "--formats", "tsv");
    expect(tsv.files()).not.toContain("findings.json");
    expect(tsv.files()).toContain("findings.tsv");
    const json = await parse(folder, "--formats", "json", "--force");
    expect(json.files()).toEqual(["findings.json", "manifest.json", "run.json"]);
  });

  test("--tables: findings.json belongs to findings", async () => {
    const folder = place();
    expect((await parse(folder, "--tables", "timeline")).files()).toEqual([
      "manifest.json",
      "run.json",
      "timeline.tsv",
    ]);
    const some = await parse(folder, "--tables", "findings,ip-scores", "--force");
    expect(some.files()).toEqual(["findings.json", "findings.tsv", "ip-scores.tsv", "manifest.json", "run.json"]);
  });

  test("--title: in front of findings.json as well, and in the manifest", async () => {
    const bundle = await parse(place(), "--title", "Fall 7");
    expect(bundle.files()).toContain("Fall 7-findings.json");
    expect(bundle.files()).not.toContain("findings.json");
    expect(bundle.manifest.outputs.map(({ path }) => path)).toContain("Fall 7-findings.json");
  });

  test("--json: how many findings have which severity", async () => {
    const folder = place();
    const { code, stdout } = await runCli(["parse", "export.json", "--out", "bundle", "--json"], { cwd: folder });
    expect(code).toBe(0);
    const counts = new Map<string, number>();
    for (const { Severity = "" } of openBundle(join(folder, "bundle")).rows("findings")) {
      counts.set(Severity, (counts.get(Severity) ?? 0) + 1);
    }
    expect((JSON.parse(stdout) as { readonly findings: unknown }).findings).toEqual(Object.fromEntries(counts));
  });
});

describe.concurrent("parse writes nothing and ends with one sentence", () => {
  const failures: readonly (readonly [string, Readonly<Record<string, string>>, readonly string[], RegExp])[] = [
    ["rules that are not there", {}, ["--rules", "none.yaml"], /none\.yaml/],
    [
      "rules with a mistake",
      { "own.yaml": "rules:\n  incidnet:\n    sent: 1\n" },
      ["--rules", "own.yaml"],
      /^own\.yaml, line 2, rules\.incidnet: there is no such rule/,
    ],
    ["rules without end", { "own.yaml": "{".repeat(1 << 20) }, ["--rules", "own.yaml"], /^own\.yaml, line 1: nested/],
    ["a watch list that is not there", {}, ["--watch", "none.txt"], /none\.txt/],
    [
      "a watch list with a mistake",
      { "l.txt": "192.0.2.1\n192.0.2.999\n" },
      ["--watch", "l.txt"],
      /l\.txt, line 2: "192/,
    ],
    ["a list of what is fine that is not there", {}, ["--allow", "none.txt"], /none\.txt/],
    ["messages that are not there", {}, ["--messages", "none"], /at none: it does not exist/],
    [
      "a folder of databases that is not there",
      {},
      ["--geoip-dir", "none"],
      /^Expected a folder of databases at none: /,
    ],
    ["a folder without databases", { "d/x.txt": "" }, ["--geoip-dir", "d"], /^Expected databases \(\*\.mmdb\) in d/],
    ["a database that is not there", {}, ["--geoip-city", "none.mmdb"], /^Expected a database .*none\.mmdb/],
    ["a database that is none", { "x.mmdb": "x" }, ["--geoip-asn", "x.mmdb"], /^Expected a database .*x\.mmdb/],
  ];

  test.each(failures)("for %s: 1", async (_name, files, options, words) => {
    const folder = place(files);
    const before = readdirSync(folder).sort();
    const ended = await runCli(["parse", "export.json", "--out", "bundle", ...options], { cwd: folder });
    expectSentence(ended, 1, words);
    expect(readdirSync(folder).sort()).toEqual(before);
  });

  test("for a folder of databases that the environment names and that is not there: 1", async () => {
    const folder = place();
    const env = { ALICORN_GEOIP_DIR: join(folder, "none") };
    const args = ["parse", "export.json", "--out", "bundle", "--quiet"];
    expectSentence(await runCli(args, { cwd: folder, env }), 1, /^Expected a folder of databases/);
    expect(readdirSync(folder)).toEqual(["export.json"]);
    // Who wants none is not asked for it.
    expect((await runCli([...args, "--no-geoip"], { cwd: folder, env })).code).toBe(0);
  });

  const mistakes: readonly (readonly [string, readonly string[], RegExp])[] = [
    [
      "a country by its name",
      ["--home-country", "Germany"],
      /^--home-country takes two-letter country codes .* not Germany\.$/m,
    ],
    // In capitals it would be another text than what was typed.
    ["a country of other letters", ["--home-country", "ß1"], /^--home-country .* not ß1\.$/m],
    ["a country of digits", ["--home-country", "DE,49"], /^--home-country .* not 49\.$/m],
    [
      "a country that ISO 3166 calls otherwise",
      ["--home-country", "uk"],
      /^--home-country .* not UK \(GB is meant\)\.$/m,
    ],
    ["letters that are no country", ["--home-country", "DE", "XX"], /^--home-country .* not XX\.$/m],
    ["a database and none", ["--no-geoip", "--geoip-city", "x.mmdb"], /^--no-geoip and a database/],
    ["a format that there is not", ["--formats", "tsv,docx"], /docx/],
  ];

  test.each(mistakes)("for %s: 2", async (_name, options, words) => {
    const folder = place();
    const ended = await runCli(["parse", "export.json", "--out", "bundle", ...options], { cwd: folder });
    expectSentence(ended, 2, words);
    expect(readdirSync(folder)).toEqual(["export.json"]);
  });

  test.each(["--watch", "--allow", "--rules", "--geoip-dir"])("for %s twice: 2", async (option) => {
    const folder = place();
    const ended = await runCli(["parse", "export.json", "--out", "b", option, "x", option, "x"], { cwd: folder });
    expect(ended).toEqual({
      code: 2,
      stdout: "",
      stderr: `${option} can be given once.\nalicorn --help says how.\n`,
    });
    expect(readdirSync(folder)).toEqual(["export.json"]);
  });

  test("and leaves a bundle alone that is there", async () => {
    const folder = place();
    await parse(folder);
    const before = readFileSync(join(folder, "bundle", "findings.json"), "utf8");
    const args = ["parse", "export.json", "--out", "bundle", "--force", "--watch", "none.txt"];
    expectSentence(await runCli(args, { cwd: folder }), 1, /none\.txt/);
    expect(readFileSync(join(folder, "bundle", "findings.json"), "utf8")).toBe(before);
    expect(readdirSync(folder).sort()).toEqual(["bundle", "export.json"]);
  });
});
