import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { AuditRecordExample } from "../../src/activities/audit-example.ts";
import { auditAt, boundAt, OWNER, signInAt, syncedAt } from "../../src/activities/audit-example.ts";
import type { ApiRecord } from "../../src/activities/example.ts";
import { DEFAULT_SCORING } from "../../src/pipeline/knowledge.ts";
import { NO_FILTER } from "../../src/joins/mailbox-case.ts";
import type { ParseOptions } from "../../src/pipeline/parse-options.ts";
import { deliveredAt, doneAt, HOME, logonAt, readAt, STRANGER } from "../../src/rules/example.ts";
import type { Bundle } from "../support/run.ts";
import { apiPage, parseFiles, temporaryFolder, writeFiles } from "../support/run.ts";
import { finding, RULES, timelineRow, writeReport } from "./html-bundle.ts";
import { listedMailboxes, sectionOf, words } from "./page-words.ts";

/** Which mailbox and which address of it a figure of report.html belongs to. */

const folder = temporaryFolder();
const [watch] = writeFiles(folder, { "watch.txt": `${STRANGER}\n` });

/** A bundle of evidence in which the stranger's address is looked for. */
function parsed(files: Readonly<Record<string, string>>, options: Partial<ParseOptions> = {}): Promise<Bundle> {
  return parseFiles(folder, files, {
    formats: ["tsv", "json", "html"],
    scoring: { ...DEFAULT_SCORING, watch },
    ...options,
  });
}
const lines = (records: readonly AuditRecordExample[]) => records.map((record) => JSON.stringify(record)).join("\n");
const chaptersOf = (page: string) =>
  [...page.matchAll(/<div class="chapter" id="(m\d+)" data-chapter="[^"]*">\s*<h1>(.*?)<\/h1>/gs)].map(
    ([, id = "", label = ""]) => [id, words(label).trim()] as const,
  );
/** The titles of the bars of an address in the picture of sessions. */
const barsOf = (page: string, address: string) =>
  [...page.matchAll(/<title>([^<]*)<\/title/g)]
    .map(([, title = ""]) => title)
    .filter((title) => title.startsWith(address));

const march = (day: number, time: string) => `2018-03-${String(day).padStart(2, "0")}T${time}Z`;
/** Ten days of a user at home, and a stranger on the fifth of them who reads so many messages; logons name `user`. */
function export_(user: string, item: string, read: number): ApiRecord[] {
  const named = (logon: ApiRecord): ApiRecord => ({
    ...logon,
    CustomProperties: { ...logon.CustomProperties, UserName: user },
  });
  // No two exports have a record in common: they would be one mailbox's.
  const second = "abc".indexOf(item);
  return Array.from({ length: 10 }, (_, at) => at + 1).flatMap((day) => [
    named(logonAt(march(day, `08:00:0${second}`), HOME)),
    ...(day === 5
      ? [
          named(logonAt(march(5, `20:00:0${second}`), STRANGER)),
          ...Array.from({ length: read }, (_, at) => readAt(march(5, `20:0${at + 1}:00`), `${item}${at}`)),
        ]
      : []),
  ]);
}

describe("two exports that name nobody", () => {
  const files = { "a.json": apiPage(export_("", "a", 1)), "b.json": apiPage(export_("", "b", 3)) };

  test("are two mailboxes on the page, each with its own addresses, messages and times", async () => {
    const bundle = await parsed(files);
    const page = bundle.text("report.html");
    expect(bundle.manifest.unnamed).toEqual([["a.json"], ["b.json"]]);
    // More was done in the second one: it comes first.
    expect(chaptersOf(page)).toEqual([
      ["m0", "unnamed mailbox (b.json)"],
      ["m1", "unnamed mailbox (a.json)"],
    ]);
    for (const [id, last, messages] of [
      ["m0", "20:03", "3 messages"],
      ["m1", "20:01", "1 message"],
    ] as const) {
      const answer = sectionOf(page, `${id}-answer`);
      expect(answer).toContain(`last on 5 March 2018, ${last} UTC, from 1 address: ${STRANGER} (`);
      expect(answer).toContain(`accessed ${messages}.`);
      expect(sectionOf(page, `${id}-findings`)).not.toContain("No finding");
    }
    // Ten logons and the stranger's, and what that one read.
    expect(listedMailboxes(page).map((row) => row.split(" ").at(-1))).toEqual(["14", "12"]);
    expect(bundle.rows("ip-scores").every(({ Mailbox }) => Mailbox === "")).toBe(true);
    const json = JSON.parse(bundle.text("findings.json")) as { rules: { id: string; why: string }[] };
    expect(json.rules.find(({ id }) => id === "incident")?.why).toBe(
      "unnamed mailbox (a.json): found, 1 found; unnamed mailbox (b.json): found, 1 found",
    );
  });

  test("beside one that names its user, and an audit log with a record about nobody", async () => {
    const bundle = await parsed({
      ...files,
      "c.json": apiPage(export_("carla@contoso.example", "c", 2)),
      "audit.json": lines([
        ...Array.from({ length: 5 }, (_, at) => signInAt(`2018-03-0${at + 1}T09:00:00Z`, HOME)),
        auditAt("2018-03-05T10:00:00Z", "New-TransportRule", {
          UserId: "",
          Parameters: [
            { Name: "Name", Value: "x" },
            { Name: "BlindCopyTo", Value: "evil@evil.example" },
          ],
        }),
      ]),
    });
    const page = bundle.text("report.html");
    expect(bundle.manifest.unnamed).toHaveLength(3);
    const list = listedMailboxes(page);
    expect(list).toHaveLength(5);
    // A finding of a mailbox without a name and without an address is that mailbox's and about no others.
    expect(list.find((row) => row.startsWith("unnamed mailbox (audit.json)"))).toMatch(/◆ .* 1 0 0 0 0 1$/);
    // The one address of the exports is, which scores high in each of them.
    expect(sectionOf(page, "across")).toContain("Across mailboxes: 1 finding");
    expect(sectionOf(page, "across")).toContain("Suspicious address in other mailboxes too");
    expect(list.find((row) => row.startsWith("carla@contoso.example"))).toMatch(/▲ .* 1 2 0 13$/);
  });
});

test.each([
  ["a TAB", "we\tird@contoso.example", "we\\tird@contoso.example", false],
  ["a formula, for a spreadsheet", "=q@contoso.example", "=q@contoso.example", true],
  ["a quote and a line end", 'o"q\n@contoso.example', 'o"q\\n@contoso.example', false],
])("a name with %s is one mailbox, with its findings and its rows", async (_what, user, shown, excelSafe) => {
  const page = (
    await parsed(
      { "a.json": apiPage(export_(user, "a", 2)), "b.json": apiPage(export_("bob@contoso.example", "b", 0)) },
      { excelSafe },
    )
  ).text("report.html");
  const list = listedMailboxes(page);
  expect(list).toHaveLength(2);
  // Entered, with findings, one suspicious address, two messages and 13 rows.
  const own = list.find((row) => !row.startsWith("bob@contoso.example "));
  expect(own).toMatch(/ ▲ .* [1-9] \d 1 2 0 13$/);
  expect(own).toContain(shown);
});

describe("a finding about several mailboxes", () => {
  const user = (number: number) => `user${number}@contoso.example`;
  const opened = (time: string, address: string, mailbox: string, id: string) =>
    boundAt(time, address, [`<${id}@fabrikam.example>`], { MailboxOwnerUPN: mailbox, UserId: mailbox });
  const usual = (mailbox: string) =>
    Array.from({ length: 10 }, (_, at) =>
      opened(`2026-03-${String(at + 1).padStart(2, "0")}T08:00:00Z`, HOME, mailbox, String(at)),
    );

  test("makes nobody innocent whom it names", async () => {
    const tom = "tom@contoso.example";
    const bundle = await parsed(
      {
        "audit.json": lines([
          ...usual(OWNER),
          syncedAt("2026-03-05T23:00:00Z", STRANGER, "\\Inbox", {
            ClientInfoString: "Client=WebServices;ExchangeWebServices (eM Client/9.2.2307);",
          }),
          ...usual(tom),
          // The record spells the mailbox in another way than the first one.
          opened("2026-03-06T01:00:00Z", STRANGER, "Tom@contoso.example", "1"),
          ...usual("ruth@contoso.example"),
        ]),
      },
      { scoring: DEFAULT_SCORING },
    );
    const page = bundle.text("report.html");
    expect(listedMailboxes(page)).toEqual([
      expect.stringMatching(/^owner@contoso.example ▲/),
      expect.stringMatching(/^tom@contoso.example ◆ .* 0 1 0 0 0 11$/),
      expect.stringMatching(/^ruth@contoso.example ○ No finding 0 0 0 0 0 10$/),
    ]);
    const answer = sectionOf(page, "m1-answer");
    expect(answer).toContain(
      "1 finding about several mailboxes names this one: Suspicious address in other mailboxes too",
    );
    expect(answer).not.toContain("nothing that could be assessed");
    const json = JSON.parse(bundle.text("findings.json")) as { findings: { ruleId: string; mailboxes?: unknown }[] };
    expect(json.findings.find(({ ruleId }) => ruleId === "address-elsewhere")?.mailboxes).toEqual([
      { mailbox: OWNER, file: "audit.json", row: 11 },
      { mailbox: tom, file: "audit.json", row: 22 },
    ]);
    expect(json.findings.filter(({ mailboxes }) => mailboxes !== undefined)).toHaveLength(1);
  });

  test("is told to each of more mailboxes than anybody reads, and those it names come first", async () => {
    const mailboxes = Array.from({ length: 230 }, (_, at) => user(at + 100));
    const minute = (at: number) =>
      `2026-03-06T03:${String(Math.floor(at / 10)).padStart(2, "0")}:${String((at % 10) * 5).padStart(2, "0")}Z`;
    const bundle = await parsed(
      {
        "audit.json": lines([
          // A week of owners, so that the stranger's day is not the whole log.
          ...mailboxes.slice(0, 3).flatMap(usual),
          ...mailboxes.map((mailbox, at) => opened(minute(at), STRANGER, mailbox, "x")),
          ...usual("zoe@contoso.example"),
        ]),
      },
      { scoring: DEFAULT_SCORING },
    );
    const json = JSON.parse(bundle.text("findings.json")) as {
      findings: { count: number; evidence: unknown[]; mailboxes?: { mailbox: string }[] }[];
    };
    const [first] = json.findings;
    expect(first?.mailboxes?.map(({ mailbox }) => mailbox)).toEqual(mailboxes);
    // A record of each at least.
    expect([first?.count, first?.evidence.length]).toEqual([230, 230]);
    expect(sectionOf(bundle.text("report.html"), "across")).toContain("230 records of evidence");
    const overview = sectionOf(bundle.text("report.html"), "overview");
    expect(overview).toContain("230 more ask for a look; of 1 there is no finding.");
    expect(overview).toContain("Told in full: 25 of 231, the worst first.");
    expect(overview).toContain("among them are 205 that ask for a look");
    expect(overview).toMatch(/○ zoe@contoso.example 0 0 0 0 10/);
  });

  test("that names a mailbox without a name is told to that one and to no other", () => {
    const row = (file: string) => timelineRow(1, { Mailbox: "", "Source File": file });
    const { path } = writeReport(join(folder, "across-unnamed"), {
      tables: { timeline: [row("a.csv"), row("b.csv")] },
      findings: {
        findings: [
          finding({
            mailbox: "",
            ruleId: "address-elsewhere",
            title: "Elsewhere",
            mailboxes: [{ mailbox: "", file: "b.csv", row: 1 }],
          }),
        ],
        rules: RULES,
      },
      manifest: { unnamed: [["a.csv"], ["b.csv"]] },
    });
    const page = readFileSync(path, "utf8");
    expect(listedMailboxes(page)).toEqual([
      expect.stringMatching(/^unnamed mailbox \(b\.csv\) ◆ .* 0 1 0 0 0 1$/),
      expect.stringMatching(/^unnamed mailbox \(a\.csv\) ○ No finding 0 0 0 0 0 1$/),
    ]);
  });
});

describe("the list of mailboxes", () => {
  test("has messages of low confidence beside those that are surer", () => {
    const exposed = { Access: "opened", IPs: STRANGER, Suspicious: "yes", Confidence: "low" };
    const { path } = writeReport(join(folder, "listed-low"), {
      tables: {
        "ip-scores": [{ IP: STRANGER, Score: 80, Severity: "critical" }],
        exposure: [exposed, exposed],
        timeline: [timelineRow(1), timelineRow(2, { Mailbox: "other@contoso.example" })],
      },
      findings: { findings: [], rules: RULES },
    });
    const listed = listedMailboxes(readFileSync(path, "utf8"));
    expect(listed[0]).toMatch(/ 0 \(2 more with low confidence\) 0 1$/);
    expect(listed[1]).toMatch(/ 0 0 1$/);
  });

  test("of exports says how the rows of one without a name are found, and nothing of audit logs", () => {
    const page = (name: string, mailboxes: readonly string[], unnamed: readonly string[]) => {
      const timeline = mailboxes.map((mailbox, at) =>
        timelineRow(at, { Mailbox: mailbox, "Source File": `${at}.csv`, "Source Row": 1 }),
      );
      const findings = { findings: [], rules: RULES };
      const manifest = {
        unnamed: unnamed.map((file) => [file]),
        totals: { inputs: 30, mailboxes: 30, rows: 30, parsed: 30, rejected: 0, duplicates: 0, filtered: 0 },
      };
      const written = writeReport(join(folder, name), { tables: { timeline }, findings, manifest });
      return sectionOf(readFileSync(written.path, "utf8"), "overview");
    };
    const names = Array.from({ length: 30 }, (_, at) => `box${at}@contoso.example`);
    const named = page("thirty", names, []);
    expect(named).toContain("shows the rows of one in the tables below.");
    expect(named).toContain("not a proof that nobody was there: an export has only what was logged");
    expect(named).not.toContain("audit log");
    expect(page("thirty-unnamed", ["", "", ...names.slice(2)], ["0.csv", "1.csv"])).toContain(
      "of one without a name, sourcefile=name those of an input that it was read from.",
    );
  });
});

describe("an address", () => {
  const usual = Array.from({ length: 8 }, (_, at) => [
    signInAt(`2026-03-0${at + 1}T08:00:00Z`, HOME),
    boundAt(`2026-03-0${at + 1}T08:05:00Z`, HOME, [`<${at}@fabrikam.example>`]),
  ]).flat();
  const TRIED = "198.51.100.9";

  test("that sent a message was in, whether or not a logon of it is known; failed sign-ins are none", async () => {
    const bundle = await parsed({
      "audit.json": lines([
        ...usual,
        signInAt("2026-03-05T02:00:00Z", TRIED, { failed: true }),
        // The directory says of the request that it succeeded.
        { ...signInAt("2026-03-05T02:01:00Z", TRIED, { failed: true }), ResultStatus: "Success" },
        signInAt("2026-03-06T02:59:00Z", STRANGER, { failed: true }),
        auditAt("2026-03-06T03:00:00Z", "Send", { ClientIPAddress: STRANGER, MailboxOwnerUPN: OWNER }),
      ]),
    });
    const page = bundle.text("report.html");
    const answer = sectionOf(page, "m0-answer");
    expect(answer).toContain(`from 1 address: ${STRANGER}`);
    expect(answer).not.toContain("only tried");
    expect(answer).toContain("suspicious address got in 1");
    expect(barsOf(page, TRIED)).toEqual([expect.stringMatching(/: 2 failed logons$/)]);
    expect(barsOf(page, STRANGER)).toEqual([
      expect.stringMatching(/: 1 failed logon, 1 row of messages written or sent$/),
    ]);
    // The same without the tables of logons: the timeline knows how they went.
    const fewer = await parsed(
      { "audit.json": lines([...usual, signInAt("2026-03-05T02:00:00Z", TRIED, { failed: true })]) },
      { tables: new Set(["timeline", "ip-scores"]) },
    );
    expect(barsOf(fewer.text("report.html"), TRIED)).toEqual([expect.stringMatching(/: 1 failed logon$/)]);
  });

  test("that answered a message came to it, whatever it copied besides", async () => {
    const mornings = Array.from({ length: 9 }, (_, at) => logonAt(march(at + 1, "08:00:00"), HOME));
    const answered = (app: string) => [
      ...mornings,
      deliveredAt(march(4, "09:00:00"), "item-1", "Wire transfer"),
      deliveredAt(march(4, "09:01:00"), "item-2"),
      logonAt(march(5, "03:00:00"), STRANGER, { app }),
      logonAt(march(5, "03:01:00"), STRANGER),
      doneAt(march(5, "03:02:00"), "Reply", { item: "item-1" }),
    ];
    const page = (await parsed({ "export.json": apiPage(answered("IMAP4")) })).text("report.html");
    const answer = sectionOf(page, "m0-answer");
    expect(answer).toContain("Whoever used this address accessed 1 message and answered");
    expect(answer).toContain("1 further message must be taken as copied");
    expect(sectionOf(page, "m0-exposure")).toContain("Wire transfer");
  });
});

describe("an export beside an audit log of others", () => {
  const dana = "dana@contoso.example";
  const files = {
    "dana.json": apiPage(export_(dana, "a", 1)),
    "audit.json": lines(
      [OWNER, "kim@contoso.example"].map((owner) =>
        boundAt("2026-03-02T08:00:00Z", HOME, [`<1@${owner}>`], { UserId: owner, MailboxOwnerUPN: owner }),
      ),
    ),
  };
  const filter = { ...NO_FILTER, types: new Set(["ServerLogon"]), words: "--types ServerLogon" };

  test.each([
    ["with all of it", {}],
    ["under a filter", { filter }],
    ["without the timeline", { tables: new Set(["findings", "ip-scores", "coverage"]) }],
    ["with neither timeline nor coverage", { filter, tables: new Set(["findings", "ip-scores"]) }],
  ] as const)("is no audit log: %s", async (_name, options) => {
    const page = (await parsed(files, options)).text("report.html");
    const [id = ""] = chaptersOf(page).find(([, label]) => label === dana) ?? [];
    const answer = sectionOf(page, `${id}-answer`);
    expect(answer).toContain("no record of this kind of log speaks of them");
    expect(answer).not.toContain("only those that were audited");
    expect(answer).not.toContain("Where a record of an audit log");
  });
});
