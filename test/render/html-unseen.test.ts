import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { NO_FILTER } from "../../src/joins/mailbox-case.ts";
import { DEFAULT_SCORING } from "../../src/pipeline/knowledge.ts";
import type { ParseOptions } from "../../src/pipeline/parse-options.ts";
import type { ApiRecord } from "../../src/activities/example.ts";
import {
  dailyLogons,
  deliveredAt,
  doneAt,
  HOME,
  logonAt,
  readAt,
  searchAt,
  STRANGER,
} from "../../src/rules/example.ts";
import { apiPage, parseFiles, temporaryFolder } from "../support/run.ts";
import { finding, RULES, smallCase, timelineRow, writeReport } from "./html-bundle.ts";
import { sectionOf } from "./page-words.ts";

/** What the page says where tables are not in the bundle, or filtered, or findings too low: never that nothing was. */

const folder = temporaryFolder();
const watch = join(folder, "watch.txt");
beforeAll(() => writeFileSync(watch, `${STRANGER}\n`));

/** An owner's ten days, and a night in which everything was done that a mailbox can tell. */
const session = "a night";
const night = (minute: string) => `2018-03-05T23:${minute}:00Z`;
const records: readonly ApiRecord[] = [
  ...dailyLogons(10, HOME),
  deliveredAt("2018-03-05T09:00:00Z", "item-1"),
  logonAt(night("00"), STRANGER, { session }),
  searchAt(night("01"), "invoice", session),
  readAt(night("02"), "item-1", session),
  doneAt(night("03"), "PreviewOfAttachmentStarted", { item: "item-1", session }),
  doneAt(night("04"), "MessageSent", { item: "item-2", session }),
  doneAt(night("05"), "Delete", { item: "item-1", session }),
];

/** The sections of the page of these records, in words. */
async function pageOf(options: Partial<ParseOptions> = {}, evidence = records) {
  const scoring = { ...DEFAULT_SCORING, watch, ...options.scoring };
  const formats = ["tsv", "json", "html"] as const;
  const files = { "export.json": apiPage(evidence) };
  const bundle = await parseFiles(folder, files, { ...options, scoring, formats: [...formats] });
  const page = bundle.text("report.html");
  const words = (markup: string) =>
    markup
      .replace(/<[^>]*>/g, " ")
      .replace(/\s+/g, " ")
      .replace(/ ([.,;:])/g, "$1");
  return {
    section: (name: string) => words(new RegExp(`<section id="m0-${name}".*?</section>`, "s").exec(page)?.[0] ?? ""),
    tiles: [...page.matchAll(/<dt>([^<]*)<\/dt>\s*<dd>([^<]*)<\/dd>/g)].map(([, what, figure]) => `${what}: ${figure}`),
    header: words(/<header.*?<\/header>/s.exec(page)?.[0] ?? ""),
  };
}

const OF_INCIDENT = [
  "Of the whole log the finding says what was done from there:",
  "answered, forwarded or sent: 1 (1 of high confidence)",
  "searched for invoice: 1 (1 of high confidence)",
  "1 message come to, by accesses: 2 (2 of high confidence)",
  "attachments opened, previewed or downloaded: 1 (1 of high confidence)",
];
/** What no section may say of these records, whatever of them the page sees. */
const UNTRUE = [
  "No search is attributed",
  "No search is in",
  "No reading, sending or deleting",
  "No record of access",
  "No row with",
];

describe("with all tables", () => {
  test("the answer tells what was done by the tables and the incident", async () => {
    const { section, tiles, header } = await pageOf();
    expect(section("answer")).toContain(
      "Whoever used this address accessed 1 message, opened, previewed or downloaded attachments (1 row), answered, forwarded or sent messages (1 row) and deleted or hid messages (1 row). 1 search comes from there or scores high: “ invoice ”.",
    );
    expect(tiles.slice(0, 3)).toEqual([
      "suspicious address got in: 1",
      "suspicious searches: 1",
      "messages accessed from there: 1",
    ]);
    expect(header).toContain("1 March 2018 to 10 March 2018, 17 rows of 1 input");
    expect(section("sessions")).not.toContain("filtered");
  });

  test("deeds that a rule file keeps out of the findings are told all the same", async () => {
    const rules = join(folder, "rules.yaml");
    const low = ["deed-sent", "deed-hidden", "deed-attachments"].map((id) => `  ${id}:\n    points: 20\n`);
    writeFileSync(rules, `rules:\n${low.join("")}`);
    const { section } = await pageOf({ scoring: { ...DEFAULT_SCORING, watch, rules } });
    expect(section("findings")).not.toContain("deed-sent");
    expect(section("answer")).toContain(
      "answered, forwarded or sent messages (1 row) and deleted or hid messages (1 row)",
    );
  });
});

describe("tables that are not in the bundle", () => {
  test("are told as such, and the incident says what was done", async () => {
    const { section, tiles } = await pageOf({ tables: new Set(["findings", "ip-scores"]) });
    for (const words of OF_INCIDENT) expect(section("answer")).toContain(words);
    expect(section("answer")).toContain("Blind spots: coverage.tsv is not in this bundle");
    expect(tiles).toEqual([
      "suspicious address got in: 1",
      "suspicious searches: not in this bundle: –",
      "messages accessed from there: not in this bundle: –",
      "further messages copied: not in this bundle: –",
      "rows in the timeline: not in this bundle: –",
    ]);
    for (const name of ["sessions", "clients", "searches", "exposure", "coverage"]) {
      expect(section(name)).toContain("Not in this bundle, so not told here: ");
    }
    for (const name of ["answer", "sessions", "clients", "searches", "exposure"])
      for (const words of UNTRUE) expect(section(name)).not.toContain(words);
  });

  test("are no reason to count no address", async () => {
    const { section, tiles } = await pageOf({ tables: new Set(["findings", "timeline", "exposure"]) });
    expect(section("answer")).toContain("UTC, from the addresses that the finding below names.");
    expect(tiles[0]).toBe("suspicious addresses got in: not in this bundle: –");
    expect(tiles[3]).toBe("further messages copied: not in this bundle: –");
    expect(section("places")).toContain("Not in this bundle, so not told here: ip-scores.");
  });
});

test("a filter is said wherever a figure is of what it leaves", async () => {
  const words = "--types ServerLogon";
  const filter = { ...NO_FILTER, types: new Set(["ServerLogon"]), words };
  const { section, tiles, header } = await pageOf({ filter });
  for (const said of OF_INCIDENT) expect(section("answer")).toContain(said);
  expect(tiles).toEqual([
    "suspicious address got in: 1",
    "suspicious searches, in the filtered tables: –",
    "messages accessed from there, in the filtered tables: –",
    "further messages copied, in the filtered tables: –",
    "rows in the timeline, in the filtered tables: 11",
  ]);
  expect(header).toContain(`1 March 2018 to 10 March 2018, 11 of 17 rows of 1 input (filtered: ${words})`);
  for (const name of ["answer", "sessions", "clients", "searches", "exposure"])
    expect(section(name)).toContain(`The tables are filtered (${words}): what they leave out is not counted or listed`);
  expect(section("searches")).toContain("No search is in these tables.");
});

describe("findings under a filter", () => {
  const words = "--types ServerLogon";
  const filtered = {
    arguments: { filter: words },
    totals: { inputs: 1, mailboxes: 1, rows: 2, parsed: 1, rejected: 0, duplicates: 0, filtered: 1 },
  };
  const coverage = [{ Kind: "filtered", Detail: `1 row left out of the tables by ${words}` }];
  const page = (name: string, findings: readonly unknown[]) =>
    readFileSync(
      writeReport(join(folder, name), {
        tables: { coverage, timeline: [timelineRow(1)], exposure: [{ Subject: "the owner's", Access: "opened" }] },
        findings: { findings, rules: RULES },
        manifest: filtered,
      }).path,
      "utf8",
    );
  const unassessed =
    "Messages that are filtered out were not assessed, and searches that are have no finding of their own.";

  test("are said not to be of all messages and searches, be there some or none", () => {
    const none = page("filtered-clear", []);
    expect(sectionOf(none, "m0-answer")).toContain("○ No finding, under a filter");
    const look = page("filtered-unclear", [finding({ ruleId: "address-suspicious" })]);
    for (const own of [none, look]) {
      expect(sectionOf(own, "m0-answer")).toContain(`The tables are filtered (${words}): what they leave out is not`);
      for (const id of ["m0-answer", "m0-findings", "rules"]) expect(sectionOf(own, id)).toContain(unassessed);
    }
  });

  test("what may be filtered out is no 0 in the exposure either", () => {
    const exposure = sectionOf(page("filtered-exposure", []), "m0-exposure");
    expect(exposure).toContain("From suspicious addresses: – accessed, – more that a mail program");
  });

  test("without a filter none of it is said", () => {
    const whole = readFileSync(writeReport(join(folder, "whole"), smallCase()).path, "utf8");
    expect(whole).not.toContain("filtered out were not assessed");
  });
});

describe("what is attributed with low confidence", () => {
  // Nobody knows whose the last four are: the owner logged on with the same client since.
  const doubtful = [
    ...dailyLogons(10, HOME),
    logonAt("2018-03-05T20:00:00Z", STRANGER),
    logonAt("2018-03-05T20:01:00Z", HOME),
    logonAt("2018-03-05T20:02:00Z", STRANGER),
    searchAt("2018-03-05T20:10:00Z", "holiday"),
    readAt("2018-03-05T20:12:00Z", "item-1"),
  ];

  test("is in no figure without its name, and in a list of its own", async () => {
    const { section, tiles } = await pageOf({}, doubtful);
    expect(tiles[1]).toBe("suspicious searches (1 more with low confidence): 0");
    expect(tiles[2]).toBe("messages accessed from there (1 more with low confidence): 0");
    expect(section("answer")).toContain(
      "No search is attributed to it with more than low confidence: they or the owner made 1 search: “ holiday ”.",
    );
    const exposure = section("exposure");
    expect(exposure).toContain("0 accessed, 1 more accessed from there or by the owner (with low confidence only)");
    expect(exposure).not.toContain("Messages accessed from suspicious addresses Subject");
    expect(exposure).toMatch(/or by the owner \(low confidence\) .* Addresses, confidence .*▲ 203\.0\.113\.66 low/);
  });
});

describe("the headline is graded by the incident", () => {
  test("high confidence and a critical score are strong signs", async () => {
    const { section } = await pageOf();
    expect(section("answer")).toContain("▲ Strong signs that somebody other than the owner was in this mailbox There");
    expect(section("answer")).toContain("Signs are no proof");
  });

  test("medium confidence does not rule the owner out", async () => {
    // No watch list: a new network (+12), and a sent message deleted at once (+36).
    const own = [
      ...dailyLogons(10, HOME),
      logonAt(night("00"), STRANGER, { session }),
      doneAt(night("04"), "MessageSent", { item: "item-2", session }),
      doneAt(night("05"), "Delete", { item: "item-2", session, properties: { SourceFolder: "SentItems" } }),
    ];
    const { section } = await pageOf({ scoring: { ...DEFAULT_SCORING, watch: undefined } }, own);
    expect(section("answer")).toContain("(high), confidence medium");
    expect(section("answer")).toContain("in this mailbox; the owner is not ruled out There are signs that somebody");
    expect(section("answer")).not.toContain("strong signs");
  });
});

test("searches of low score are searches that score", () => {
  const search = { Search: 1, Query: "invoice", Score: 8, Severity: "low", "Attributed IP": HOME };
  const { path } = writeReport(join(folder, "low-search"), { tables: { searches: [search] } });
  expect(sectionOf(readFileSync(path, "utf8"), "m0-searches")).toContain(
    "1 search, none of which scores medium or higher or is attributed to a suspicious address.",
  );
});

test("addresses that are not drawn are looked for in a table that is there", () => {
  const timeline = Array.from({ length: 14 }, (_, at) => timelineRow(at, { IP: `198.51.100.${at}` }));
  const { path } = writeReport(join(folder, "no-scores"), { tables: { timeline }, absent: ["ip-scores"] });
  expect(sectionOf(readFileSync(path, "utf8"), "m0-sessions")).toContain(
    "2 further addresses with fewer rows or a lower score not drawn: see timeline.tsv.",
  );
});
