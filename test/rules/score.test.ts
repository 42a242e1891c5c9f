import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import type { ApiRecord } from "../../src/activities/example.ts";
import { parseTicks } from "../../src/ingest/timestamp.ts";
import type { Reason, Severity } from "../../src/model/finding.ts";
import { NO_SCORE, reaches, scoreOf, severityOf } from "../../src/model/finding.ts";
import { DEFAULT_SCORING } from "../../src/pipeline/knowledge.ts";
import { rules } from "../../src/rules/index.ts";
import { kinds } from "../../src/rules/kinds.ts";
import type { Bundle } from "../support/run.ts";
import { apiPage, CASES, parseFiles, parsePaths, temporaryFolder, writeFiles } from "../support/run.ts";

const folder = temporaryFolder();

/** The contract's bands, as it words them. */
function contractSeverity(points: number): string {
  if (points === 0) return "none";
  if (points <= 21) return "low";
  if (points <= 47) return "medium";
  return points <= 73 ? "high" : "critical";
}

function clamped(points: readonly number[]): number {
  return Math.min(
    100,
    Math.max(
      0,
      points.reduce((sum, one) => sum + one, 0),
    ),
  );
}

function reasonOf(points: number, rule = "one"): Reason {
  return { rule, text: "because", points, rows: [] };
}

describe("severity", () => {
  test.each([
    [0, "none"],
    [1, "low"],
    [21, "low"],
    [22, "medium"],
    [47, "medium"],
    [48, "high"],
    [73, "high"],
    [74, "critical"],
    [100, "critical"],
  ] as const)("%i points are %s", (points, severity) => {
    expect(severityOf(points)).toBe(severity);
    const score = scoreOf([reasonOf(points)]);
    expect(score).toMatchObject({ points, severity });
    const reached = (["low", "medium", "high", "critical"] as const).filter((one) => reaches(score, one));
    const all: readonly Severity[] = ["none", "low", "medium", "high", "critical"];
    expect(reached).toEqual(all.slice(1, all.indexOf(severity) + 1));
  });

  test("follows the contract for every number of points", () => {
    for (let points = 0; points <= 100; points++) expect(severityOf(points)).toBe(contractSeverity(points));
  });
});

describe("a score", () => {
  test("is 0 without reasons", () => {
    expect(scoreOf([])).toEqual(NO_SCORE);
    expect(NO_SCORE).toEqual({ points: 0, severity: "none", reasons: [] });
  });

  test("is capped at 100 and keeps every reason", () => {
    const score = scoreOf([reasonOf(74), reasonOf(45)]);
    expect(score).toMatchObject({ points: 100, severity: "critical" });
    expect(score.reasons).toHaveLength(2);
  });

  test("is never below 0, and what speaks for the owner lowers it before the cap", () => {
    expect(scoreOf([reasonOf(-40)])).toMatchObject({ points: 0, severity: "none" });
    expect(scoreOf([reasonOf(25), reasonOf(-40)])).toMatchObject({ points: 0, severity: "none" });
    expect(scoreOf([reasonOf(74), reasonOf(45), reasonOf(-40)])).toMatchObject({ points: 79 });
  });

  test("names the weightiest reason first, equal ones as they came", () => {
    const given = [reasonOf(5, "a"), reasonOf(-8, "b"), reasonOf(20, "c"), reasonOf(5, "d")];
    expect(scoreOf(given).reasons.map(({ rule }) => rule)).toEqual(["c", "a", "d", "b"]);
    expect(given.map(({ rule }) => rule)).toEqual(["a", "b", "c", "d"]);
  });

  test("is the sum of its reasons, whatever they are", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -60, max: 120 }), { maxLength: 12 }), (points) => {
        const score = scoreOf(points.map((one) => reasonOf(one)));
        expect(score.points).toBe(clamped(points));
        expect(score.severity).toBe(contractSeverity(score.points));
        expect(score.reasons.map((one) => one.points)).toEqual(points.toSorted((a, b) => b - a));
      }),
      { seed: 20180620 },
    );
  });
});

/** A place in the evidence as findings.json writes it. */
interface PlaceInFile {
  readonly file: string;
  readonly row: number;
}

interface FindingInFile {
  readonly mailbox: string;
  readonly ruleId: string;
  readonly title: string;
  readonly severity: string;
  readonly score: number;
  readonly confidence: string;
  readonly entity: { readonly type: string; readonly value: string };
  readonly firstTime: string;
  readonly lastTime: string;
  readonly count: number;
  readonly reasons: readonly {
    readonly rule: string;
    readonly text: string;
    readonly points: number;
    readonly evidence: readonly PlaceInFile[];
  }[];
  readonly attack: readonly string[];
  readonly evidence: readonly PlaceInFile[];
  readonly falsePositives: readonly string[];
  readonly nextSteps: readonly string[];
  readonly references: readonly string[];
}

interface FindingsFile {
  readonly schemaVersion: number;
  readonly findings: readonly FindingInFile[];
  readonly rules: readonly { readonly id: string; readonly outcome: string; readonly why: string }[];
}

function findingsOf(bundle: Bundle): FindingsFile {
  return JSON.parse(bundle.text("findings.json")) as FindingsFile;
}

/** Where each row of the timeline stands, and when it was. */
function timesOf(bundle: Bundle): ReadonlyMap<string, string> {
  return new Map(
    bundle.rows("timeline").flatMap((row) => {
      const place = `${row["Source File"]}:${row["Source Row"]}`;
      const time = row["Time"] === "" ? `${row["Date"]}` : `${row["Date"]}T${row["Time"]}`;
      // What concerns several mailboxes names none.
      return [
        [`${row["Mailbox"]} ${place}`, time],
        [` ${place}`, time],
      ] as const;
    }),
  );
}

/** The shape of a value: names in code-unit order, types, and of a list the shapes that occur in it. */
function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) {
    const shapes = new Map(value.map((item) => [JSON.stringify(shapeOf(item)), shapeOf(item)]));
    return [...shapes.values()];
  }
  if (typeof value !== "object" || value === null) return typeof value;
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, item]) => [name, shapeOf(item)]),
  );
}

/** The contract's names of a finding. The mailbox comes on top, since a run may be of several. */
const CONTRACT =
  "ruleId, title, severity, score, confidence, entity, firstTime, lastTime, count, reasons, attack, evidence, falsePositives, nextSteps, references";

const ids = rules.map(({ id }) => id);
const findingIds = new Set([...ids, ...Object.values(kinds).map(({ id }) => id)]);

const nameOf = ({ file, row }: PlaceInFile) => `${file}:${row}`;

function expectSound(bundle: Bundle): void {
  const { findings, rules: outcomes } = findingsOf(bundle);
  const times = timesOf(bundle);
  for (const finding of findings) {
    expect(finding.score).toBe(clamped(finding.reasons.map(({ points }) => points)));
    expect(finding.severity).toBe(contractSeverity(finding.score));
    expect(findingIds).toContain(finding.ruleId);
    expect(["high", "medium", "low"]).toContain(finding.confidence);
    expect(["address", "search", "client", "message", "mailbox", "application", "rule"]).toContain(finding.entity.type);
    expect(finding.reasons.length).toBeGreaterThan(0);
    const at = ({ file, row }: PlaceInFile) => times.get(`${finding.mailbox} ${file}:${row}`);
    for (const { rule, text, evidence } of finding.reasons) {
      expect(ids).toContain(rule);
      expect(outcomes.find(({ id }) => id === rule)?.outcome).toBe("found");
      expect(text).not.toBe("");
      expect(evidence.length).toBeGreaterThan(0);
      for (const place of evidence) {
        expect(at(place)).toBeDefined();
      }
      const own = evidence.map(nameOf);
      expect(new Set(own).size).toBe(own.length);
    }
    // What is counted is listed, and is what the reasons stand on: each record once.
    const places = finding.evidence.map(nameOf);
    expect(new Set(places).size).toBe(places.length);
    expect(finding.count).toBe(places.length);
    const behind = finding.reasons.flatMap(({ evidence }) => evidence.map(nameOf));
    expect(new Set(behind)).toEqual(new Set(places));
    const moments = finding.evidence.map((place) => at(place));
    // An incident begins and ends with what is sure, an address with its own rows, and their evidence has more.
    const isOfMailbox = finding.mailbox !== "";
    if (isOfMailbox && (finding.ruleId === "incident" || finding.entity.type === "address")) {
      expect(moments).toEqual(expect.arrayContaining([finding.firstTime, finding.lastTime]));
    } else if (isOfMailbox) {
      expect(moments[0]).toBe(finding.firstTime);
      expect(moments.at(-1)).toBe(finding.lastTime);
    }
    const ticks = moments.map((time = "") => parseTicks(time));
    expect(ticks).toEqual(ticks.toSorted((a, b) => a - b));
    for (const technique of finding.attack) expect(technique).toMatch(/^T\d{4}(\.\d{3})?$/);
  }
}

/** findings.tsv as findings.json would write it. */
function asTable(bundle: Bundle): Readonly<Record<string, string>>[] {
  const { findings } = findingsOf(bundle);
  const times = timesOf(bundle);
  const words = (list: readonly string[]) => list.join("; ");
  return findings.map((finding) => {
    const { reasons, evidence } = finding;
    const signed = reasons
      .toSorted((a, b) => b.points - a.points)
      .map(({ rule, text, points }) => `${points < 0 ? "" : "+"}${points} ${rule}: ${text}`);
    const places = evidence.slice(0, 25).map(({ file, row }) => `${file}:${row}`);
    const isFirst = ({ file, row }: PlaceInFile) =>
      times.get(`${finding.mailbox} ${file}:${row}`) === finding.firstTime;
    const source = evidence.find(isFirst) ?? evidence[0];
    const more = evidence.length > 25 ? [`… and ${evidence.length - 25} more`] : [];
    return {
      Rule: finding.ruleId,
      Title: finding.title,
      Severity: finding.severity,
      Score: String(finding.score),
      Confidence: finding.confidence,
      "Entity Type": finding.entity.type,
      Entity: finding.entity.value,
      "First Time": finding.firstTime,
      "Last Time": finding.lastTime,
      Count: String(finding.count),
      Reasons: words(signed),
      "ATT&CK": words(finding.attack),
      Evidence: words([...places, ...more]),
      "Next Steps": words(finding.nextSteps),
      Mailbox: finding.mailbox,
      "Source File": source?.file ?? "",
      "Source Row": String(source?.row ?? 0),
    };
  });
}

describe("the findings of the bundled cases", () => {
  let bundle: Bundle;
  let again: Bundle;

  beforeAll(async () => {
    bundle = await parsePaths(folder, [CASES]);
    again = await parsePaths(folder, [CASES]);
  }, 120_000);

  test("are there, of several mailboxes and kinds", () => {
    const { findings } = findingsOf(bundle);
    expect(new Set(findings.map(({ mailbox }) => mailbox)).size).toBeGreaterThan(1);
    expect(findings.map(({ ruleId }) => ruleId)).toContain("incident");
    expect(findings.map(({ severity }) => severity)).not.toContain("none");
  });

  test("score the sum of their reasons, and lead back to the evidence", () => {
    expectSound(bundle);
  });

  test("stand in findings.json as the contract says, with the mailbox, and rule and evidence of each reason", () => {
    const place = { file: "string", row: "number" };
    const shape = shapeOf(findingsOf(bundle)) as { readonly findings: readonly Record<string, unknown>[] };
    const empty = ["attack", "falsePositives", "nextSteps", "references"];
    const isAcross = (one: object) => "mailboxes" in one;
    const finding = shape.findings.find((one) => !isAcross(one)) ?? {};
    // What is about several mailboxes names them, and nothing else does.
    const told = findingsOf(bundle).findings;
    expect(told.filter(isAcross)).toEqual(told.filter(({ mailbox }) => mailbox === ""));
    expect(told.filter(isAcross).length).toBeGreaterThan(0);
    expect(shape).toEqual({
      schemaVersion: "number",
      findings: shape.findings,
      rules: [{ id: "string", outcome: "string", why: "string" }],
    });
    expect(findingsOf(bundle).schemaVersion).toBe(1);
    expect(Object.keys(finding).toSorted()).toEqual([...CONTRACT.split(", "), "mailbox"].toSorted());
    for (const one of shape.findings) {
      for (const list of empty) expect([["string"], []]).toContainEqual(one[list]);
      expect({ ...one, ...Object.fromEntries(empty.map((list) => [list, "checked"])) }).toEqual({
        ruleId: "string",
        title: "string",
        severity: "string",
        score: "number",
        confidence: "string",
        entity: { type: "string", value: "string" },
        firstTime: "string",
        lastTime: "string",
        count: "number",
        reasons: [{ text: "string", points: "number", rule: "string", evidence: [place] }],
        attack: "checked",
        evidence: [place],
        ...(isAcross(one) ? { mailboxes: [{ mailbox: "string", ...place }] } : {}),
        falsePositives: "checked",
        nextSteps: "checked",
        references: "checked",
        mailbox: "string",
      });
    }
  });

  test("are the same in findings.tsv, in the same order", () => {
    expect(bundle.rows("findings")).toEqual(asTable(bundle));
    const output = bundle.manifest.outputs.find(({ path }) => path === "findings.json");
    expect(output?.rows).toBe(findingsOf(bundle).findings.length);
  });

  test("come with the highest score first, mailbox by mailbox", () => {
    const { findings } = findingsOf(bundle);
    const mailboxes = [...new Set(findings.map(({ mailbox }) => mailbox))];
    const sorted = mailboxes.flatMap((name) =>
      findings.filter(({ mailbox }) => mailbox === name).toSorted((a, b) => b.score - a.score),
    );
    expect(findings).toEqual(sorted);
  });

  test("name an outcome for every rule, and none failed", () => {
    const { rules: outcomes } = findingsOf(bundle);
    expect(outcomes.map(({ id }) => id)).toEqual(ids);
    for (const { outcome, why } of outcomes) {
      expect(["found", "clear", "notAssessed"]).toContain(outcome);
      expect(why).not.toBe("");
    }
  });

  test("agree with the scores of addresses, clients and searches", () => {
    const rows = bundle.rows("findings");
    const scores = (table: string, key: string, severity: string) =>
      bundle
        .rows(table)
        .filter((row) => Number(row["Score"]) >= 22)
        .map((row) => `${row["Mailbox"]} ${row[key]} ${row["Score"]} ${row[severity]} ${row["Reasons"]}`)
        .toSorted();
    const found = (rule: string, entity: (text: string) => string = (text) => text) =>
      rows
        .filter((row) => row["Rule"] === rule)
        .map(
          (row) =>
            `${row["Mailbox"]} ${entity(row["Entity"] as string)} ${row["Score"]} ${row["Severity"]} ${row["Reasons"]}`,
        )
        .toSorted();
    expect(found("suspicious-address")).toEqual(scores("ip-scores", "IP", "Severity"));
    expect(found("suspicious-client")).toEqual(scores("client-scores", "Client", "Severity"));
    expect(found("suspicious-search", (text) => text.replace(/:.*$/s, ""))).toEqual(
      scores("searches", "Search", "Severity"),
    );
  });

  test("are the same bytes in a second run", () => {
    const scored = [
      "findings.json",
      ...["findings", "ip-scores", "client-scores", "searches"].map((name) => `${name}.tsv`),
    ];
    for (const name of scored) expect(again.text(name)).toBe(bundle.text(name));
  });
});

describe("two mailboxes in one run", () => {
  function logon(time: string, owner: string, ClientIP: string, AppIdType = "Web"): ApiRecord {
    return {
      TimeStamp: `2018-03-${time}Z`,
      AppIdType,
      ActivityIdType: "ServerLogon",
      CustomProperties: { Result: "Success", UserName: `${owner}@contoso.example`, ClientIP },
    };
  }
  const mornings = (owner: string) =>
    ["01", "02", "03", "04", "05"].map((day) => logon(`${day}T08:00:00`, owner, "192.0.2.1"));
  const files = {
    "a.json": apiPage([...mornings("anna"), logon("03T23:00:00", "anna", "203.0.113.66", "IMAP4")]),
    "b.json": apiPage(mornings("bob")),
  };

  test("each is assessed by itself, and a rule's outcome names both", async () => {
    const bundle = await parseFiles(folder, files);
    expectSound(bundle);
    const { findings, rules: outcomes } = findingsOf(bundle);
    expect(new Set(findings.map(({ mailbox }) => mailbox))).toEqual(new Set(["anna@contoso.example"]));
    for (const { evidence } of findings) for (const { file } of evidence) expect(file).toBe("a.json");
    expect(findings[0]).toMatchObject({
      ruleId: "incident",
      entity: { type: "mailbox", value: "anna@contoso.example" },
    });
    expect(outcomes.map(({ id }) => id)).toEqual(ids);
    const outcomeOf = (wanted: string) => outcomes.find(({ id }) => id === wanted);
    expect(outcomeOf("client-sync")).toEqual({
      id: "client-sync",
      outcome: "found",
      why: "anna@contoso.example: found, 1 found; bob@contoso.example: clear, assessed, nothing found",
    });
    expect(outcomeOf("address-watch-list")).toMatchObject({
      outcome: "notAssessed",
      why: "anna@contoso.example: notAssessed, no --watch list was given; bob@contoso.example: notAssessed, no --watch list was given",
    });
    expect(outcomeOf("client-script")?.outcome).toBe("notAssessed");
  });

  test("findings from another severity on, and a rule that is switched off", async () => {
    const [path] = writeFiles(folder, {
      "own.yaml": "rules:\n  incident:\n    enabled: false\nfindings:\n  least: high\n",
    });
    const bundle = await parseFiles(folder, files, { scoring: { ...DEFAULT_SCORING, rules: path } });
    const { findings, rules: outcomes } = findingsOf(bundle);
    for (const { severity } of findings) expect(["high", "critical"]).toContain(severity);
    expect(findings.map(({ ruleId }) => ruleId)).not.toContain("incident");
    expect(findings.map(({ ruleId }) => ruleId)).toContain("suspicious-address");
    expect(outcomes.filter(({ outcome }) => outcome === "found").map(({ id }) => id)).not.toContain("incident");
  });

  test("nothing at all is no finding, and says so of every rule", async () => {
    const bundle = await parseFiles(folder, {
      "a.json": apiPage([{ TimeStamp: "2018-06-20T10:00:00Z", AppIdType: "Web", ActivityIdType: "Flag" }]),
    });
    const { findings, rules: outcomes } = findingsOf(bundle);
    expect(findings).toEqual([]);
    expect(outcomes.map(({ id }) => id)).toEqual(ids);
    expect(outcomes.filter(({ outcome }) => outcome === "found" || outcome === "error")).toEqual([]);
    expect(bundle.rows("findings")).toEqual([]);
  });
});
