import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import type { AuditRecordExample } from "../../src/activities/audit-example.ts";
import { auditAt, boundAt, OWNER, signInAt, syncedAt } from "../../src/activities/audit-example.ts";
import { DEFAULT_SCORING } from "../../src/pipeline/knowledge.ts";
import { ACROSS } from "../../src/render/html/findings.ts";
import { rules } from "../../src/rules/index.ts";
import { parseFiles, temporaryFolder, writeFiles } from "../support/run.ts";
import type { Cells } from "./html-bundle.ts";
import { finding, INTRUDER, RULES, smallCase, timelineRow, writeReport } from "./html-bundle.ts";
import { sectionOf, words } from "./page-words.ts";

/** The report of audit logs: many mailboxes, findings about several of them, and what such records do and do not say. */

const folder = temporaryFolder();
const read = (path: string) => readFileSync(path, "utf8");

const HOME = "192.0.2.10";
const STRANGER = "203.0.113.66";
const APP = "aaaaaaaa-0000-4000-8000-000000000001";
const user = (number: number) => `user${number}@contoso.example`;
const graph = (mailbox: string): AuditRecordExample => ({
  AppId: "00000003-0000-0000-c000-000000000000",
  ClientAppId: APP,
  ClientInfoString: "Client=REST;;",
  UserId: mailbox,
  MailboxOwnerUPN: mailbox,
});

/** An owner's days, an intruder with a rule and a copy of the inbox, and one application in seven mailboxes. */
function tenant(): AuditRecordExample[] {
  const days = Array.from({ length: 10 }, (_, at) => `2026-03-0${at % 10}`).slice(1);
  const own = days.flatMap((day, at) => [
    signInAt(`${day}T08:00:00Z`, HOME),
    boundAt(`${day}T08:05:00Z`, HOME, [`<own${at}@contoso.example>`, "<kept@contoso.example>"]),
  ]);
  const intruder = [
    signInAt("2026-03-10T02:00:00Z", STRANGER),
    boundAt("2026-03-10T02:05:00Z", STRANGER, ["<a@contoso.example>", "<b@contoso.example>"], {
      OperationProperties: [
        { Name: "MailAccessType", Value: "Bind" },
        { Name: "IsThrottled", Value: "True" },
      ],
    }),
    syncedAt("2026-03-10T02:10:00Z", STRANGER, "\\Inbox"),
    auditAt("2026-03-10T02:20:00Z", "New-InboxRule", {
      ClientIP: `${STRANGER}:4411`,
      ObjectId: `${OWNER}\\.`,
      Parameters: [
        { Name: "Name", Value: "." },
        { Name: "SubjectOrBodyContainsWords", Value: "<script>globalThis.pwned=1</script>" },
        { Name: "MoveToFolder", Value: "RSS Feeds" },
        { Name: "MarkAsRead", Value: "True" },
      ],
    }),
  ];
  const burst = Array.from({ length: 7 }, (_, at) =>
    boundAt(`2026-03-11T10:0${at}:00Z`, STRANGER, [`<g${at}@contoso.example>`], graph(user(at + 1))),
  );
  return [...own, ...intruder, ...burst];
}

describe("the report of a tenant's audit log", () => {
  let page = "";
  beforeAll(async () => {
    const text = tenant()
      .map((record) => JSON.stringify(record))
      .join("\n");
    const bundle = await parseFiles(folder, { "audit.json": text }, { formats: ["tsv", "json", "html"] });
    page = bundle.text("report.html");
  });

  test("has the findings of several mailboxes apart from those of each, and makes no mailbox of them", () => {
    const across = sectionOf(page, "across");
    expect(across).toContain("Many mailboxes read through an API in a short time");
    expect(across).toContain("they are in no mailbox’s own list");
    expect(page).not.toContain("unnamed mailbox");
    expect(words(page)).toContain("8 mailboxes");
    expect(page).not.toMatch(/<option value="\d+ mailboxes">/);
  });

  test("tells of each window what was counted, and has a button for its rows", () => {
    const across = sectionOf(page, "across");
    expect(across).toContain(`tumbling ${APP} Client=REST;; 7 7`);
    expect(across).toContain(`sliding ${APP} Client=REST;; 7 7`);
    expect(across).toContain(`${STRANGER} ${user(1)} ${user(2)} ${user(3)} and 4 more`);
    const from = Date.UTC(2026, 2, 11, 10);
    const button = /<button[^>]*data-table="read-activity-by-time"[^>]*>/.exec(page)?.[0] ?? "";
    expect(button).toContain(`data-ips="${STRANGER}"`);
    expect(page).toContain(`data-from="${from}" data-to="${from + 600_000 - 1}"`);
  });

  test("says of the mailbox that was entered what records say, and no more", () => {
    const id = /<div class="chapter" id="(m\d+)" data-chapter="owner@contoso.example">/.exec(page)?.[1] ?? "";
    const answer = sectionOf(page, `${id}-answer`);
    expect(answer).toContain("somebody other than its owner was in this mailbox");
    // Two were opened from there; of the other messages in the inbox the owner's records name some.
    expect(answer).toContain("opened 2 messages by record");
    expect(answer).toContain(
      "Folders were synchronised from there (\\Inbox): everything in them must be taken as copied",
    );
    expect(answer).toContain("No search is in the records: whether they searched cannot be told.");
    expect(answer).toContain("Where a record of an audit log names an address, that is certain");
    expect(answer).not.toContain("no record of this kind of log speaks of them");
    expect(answer).toMatch(
      /Throttled: 1 record with IsThrottled.*\(10 March 2026, 02:05 UTC to 11 March 2026, 02:05 UTC\)/,
    );
    expect(answer).toContain("Rules, forwarding, permissions and applications");
    expect(answer).toMatch(/inbox rule “\.” created: .*<script>globalThis\.pwned=1<\/script>/);
    expect(page).not.toContain("<script>globalThis");
  });

  test("says of a mailbox that an application read among others that it did", () => {
    const id = new RegExp(`id="(m\\d+)" data-chapter="${user(4)}"`).exec(page)?.[1] ?? "";
    const answer = sectionOf(page, `${id}-answer`);
    expect(answer).toContain(`One application (${APP}) read this mailbox and others, 7 mailboxes in all`);
    expect(answer).not.toContain("nothing that could be assessed");
  });

  test("names the rules that were not assessed in this mailbox, and not those of another", () => {
    const json = JSON.parse(/id="data">([^<]*)</.exec(page)?.[1] ?? "") as { several: boolean };
    expect(json.several).toBe(true);
    // The owner's log has sign-ins, those of the others have none: only there this rule has nothing to look at.
    const assessed = (name: string) => {
      const id = new RegExp(`id="(m\\d+)" data-chapter="${name}"`).exec(page)?.[1] ?? "";
      return Number(/(\d+) rules? not assessed/.exec(sectionOf(page, `${id}-answer`))?.[1] ?? 0);
    };
    expect(assessed(OWNER)).toBeGreaterThan(0);
    expect(assessed(user(4))).toBeGreaterThan(assessed(OWNER));
  });

  test("explains how audit records are read", () => {
    const methods = sectionOf(page, "methods");
    for (const word of ["recorded:", "bound:", "folder-synced:", "throttled:", "mailbox-access.tsv:"])
      expect(methods).toContain(word);
  });
});

test("the page knows every rule that is about several mailboxes", () => {
  const about = rules.filter((rule) => rule.about === "tenant").map(({ id }) => id);
  expect(new Set(about)).toEqual(ACROSS);
});

test("an export of the Activities API has no word of audit logs", () => {
  const page = read(writeReport(join(folder, "activities"), smallCase()).path);
  expect(page).not.toContain('id="across"');
  expect(sectionOf(page, "methods")).not.toContain("How audit logs are read");
  expect(sectionOf(page, "m0-answer")).toContain("no record of this kind of log speaks of them");
});

/** Many mailboxes with a row each; of some there are findings. */
function manyMailboxes(count: number, withFindings: number) {
  const name = (at: number) => `box${String(at).padStart(5, "0")}@contoso.example`;
  const timeline = Array.from({ length: count }, (_, at) =>
    timelineRow(at, { Mailbox: name(at), "IP Basis": "recorded" }),
  );
  const findings = Array.from({ length: withFindings }, (_, at) =>
    finding({
      mailbox: name(count - 1 - at),
      entity: { type: "mailbox", value: name(count - 1 - at) },
      score: 99 - at,
    }),
  );
  return { name, timeline, findings };
}

describe("a report of more mailboxes than anybody reads", () => {
  test("tells the worst 25 in full and has a line of each of the others", () => {
    const { name, timeline, findings } = manyMailboxes(2_000, 30);
    const written = writeReport(join(folder, "many"), {
      tables: { timeline },
      findings: { findings, rules: RULES },
      format: "audit-json",
    });
    const page = read(written.path);
    const chapters = [...page.matchAll(/data-chapter="([^"]*)"/g)].map((found) => found[1]);
    expect(chapters).toEqual(Array.from({ length: 25 }, (_, at) => name(1_999 - at)));
    const overview = sectionOf(page, "overview");
    expect(overview).toContain("Told in full: 25 of 2,000, the worst first.");
    expect(overview).toContain("All other mailboxes (1,975)");
    expect(overview).toContain("among them are 5 with signs that somebody other than the owner was in");
    for (let at = 0; at < 2_000; at++) expect(overview, name(at)).toContain(name(at));
    expect(written.bytes).toBeLessThan(1_500_000);
  });

  test("lists no more than a page can hold, and says how many more there are", () => {
    const { timeline } = manyMailboxes(6_000, 0);
    const written = writeReport(join(folder, "most"), {
      tables: { timeline },
      findings: { findings: [], rules: RULES },
      format: "audit-json",
    });
    const overview = sectionOf(read(written.path), "overview");
    expect(overview).toContain("Told in full: 0 of 6,000, as there is no finding of any.");
    expect(overview).toContain("1,000 further mailboxes not listed here");
    expect(written.bytes).toBeLessThan(2_500_000);
  });
});

test("folders synchronised by somebody who scores high: the whole mailbox, wherever the page tells of it", async () => {
  const records = [
    // A message in a folder that was synchronised, and one in a folder that was not.
    boundAt("2026-03-01T08:05:00Z", HOME, ["<kept@contoso.example>"]),
    boundAt("2026-03-02T08:05:00Z", HOME, ["<board@contoso.example>"], {
      Folders: [{ Path: "\\Board", FolderItems: [{ InternetMessageId: "<board@contoso.example>" }] }],
    }),
    syncedAt("2026-03-10T02:10:00Z", STRANGER, "\\Inbox"),
    syncedAt("2026-03-10T02:11:00Z", STRANGER, "\\Sent Items"),
    syncedAt("2026-03-11T02:11:00Z", STRANGER, "\\Inbox"),
  ];
  const [watch = ""] = writeFiles(folder, { "watched.txt": STRANGER });
  const text = records.map((record) => JSON.stringify(record)).join("\n");
  const bundle = await parseFiles(
    folder,
    { "whole.json": text },
    {
      scoring: { ...DEFAULT_SCORING, watch },
      formats: ["tsv", "json", "html"],
    },
  );
  const page = bundle.text("report.html");
  const answer = sectionOf(page, "m0-answer");
  expect(answer).toContain(
    "Folders were synchronised from there (\\Inbox and \\Sent Items): the whole mailbox must be taken as copied, and no record tells which of the copies were read; in these folders, other records name 1 further message.",
  );
  expect(answer).toContain(
    "further messages copied, of those that records name: the whole mailbox must be taken as copied 1",
  );
  expect(sectionOf(page, "m0-exposure")).toContain("The whole mailbox is to be taken as copied");
  const incident = bundle.rows("findings").find((row) => row["Rule"] === "incident");
  expect(incident?.["Reasons"]).toContain(
    "2 folders synchronised, so that the whole mailbox is to be taken for copied; records: 3",
  );
  expect(incident?.["Next Steps"]).toContain(
    "Take everything that the mailbox held until the last of these Syncs, at 2026-03-11T02:11:00, for copied",
  );
});

test("a Sync from the owner's address in the session of somebody who scores high: what it copied is suspicious", async () => {
  const stolen = { SessionId: "session-1" };
  const records = [
    boundAt("2026-03-01T08:05:00Z", HOME, ["<kept@contoso.example>"]),
    // The owner's own, which copies nothing for anybody else.
    syncedAt("2026-03-05T08:05:00Z", HOME, "\\Inbox", { SessionId: "session-2" }),
    boundAt("2026-03-10T02:00:00Z", STRANGER, ["<opened@contoso.example>"], stolen),
    syncedAt("2026-03-10T02:10:00Z", HOME, "\\Inbox", stolen),
    boundAt("2026-03-11T08:05:00Z", HOME, ["<later@contoso.example>"]),
    syncedAt("2026-03-12T08:05:00Z", HOME, "\\Inbox", { SessionId: "session-2" }),
  ];
  const [watch = ""] = writeFiles(folder, { "watched.txt": STRANGER });
  const text = records.map((record) => JSON.stringify(record)).join("\n");
  const scoring = { ...DEFAULT_SCORING, watch };
  const bundle = await parseFiles(folder, { "session.json": text }, { scoring, formats: ["tsv", "json", "html"] });
  const exposed = bundle.rows("exposure");
  expect(exposed.map((row) => [row["Internet Message ID"], row["Suspicious"]])).toEqual([
    ["<kept@contoso.example>", "yes"],
    ["<opened@contoso.example>", "yes"],
    ["<later@contoso.example>", "no"],
  ]);
  expect(exposed[0]?.["IPs"]).toBe(HOME);
  expect(exposed[0]?.["Reasons"]).toMatch(/^203\.\S+ scores \d+ \(\w+\), its session synchronised the folder/);
  const page = bundle.text("report.html");
  expect(sectionOf(page, "m0-answer")).toContain(
    "further messages copied, of those that records name: the whole mailbox must be taken as copied 1",
  );
  expect(sectionOf(page, "m0-exposure")).toContain(
    "1 more in folders that were synchronised from there or in a session",
  );
  const incident = bundle.rows("findings").find((row) => row["Rule"] === "incident");
  expect(incident?.["Next Steps"]).toContain("until the last of these Syncs, at 2026-03-10T02:10:00, for copied");
});

test("findings of a mailbox without a name are not taken for findings about several", () => {
  const { tables } = smallCase();
  const unnamed = (rows: readonly Cells[] = []) => rows.map((row) => ({ ...row, Mailbox: "" }));
  const page = read(
    writeReport(join(folder, "unnamed"), {
      tables: { "ip-scores": unnamed(tables["ip-scores"]), timeline: unnamed(tables.timeline) },
      findings: {
        findings: [
          finding({
            mailbox: "",
            ruleId: "mailbox-access-api",
            title: "Many read",
            entity: { type: "application", value: APP },
          }),
          finding({ mailbox: "", entity: { type: "mailbox", value: "" } }),
        ],
        rules: RULES,
      },
    }).path,
  );
  expect(sectionOf(page, "m0-answer")).toContain("somebody other than its owner was in this mailbox");
  expect(sectionOf(page, "across")).toContain("Many read");
  expect(sectionOf(page, "m0-findings")).not.toContain("Many read");
});

test("a message that only the owner opened, in a folder that was copied, is not called opened from there", () => {
  const { tables } = smallCase();
  const row = (more: Cells): Cells => ({ Date: "2018-03-02", Time: "00:00:00Z", ...more });
  const exposed = (id: string, more: Cells = {}): Cells => ({
    Subject: "No Data",
    "Internet Message ID": id,
    Access: "bound; folder-synced",
    IPs: `192.0.2.10; ${INTRUDER}`,
    Confidence: "certain; certain",
    Suspicious: "yes",
    ...more,
  });
  const page = read(
    writeReport(join(folder, "folder"), {
      tables: {
        "ip-scores": tables["ip-scores"] ?? [],
        "read-activity-by-time": [row({ "Attributed IP": INTRUDER, Access: "folder-synced", Folder: "\\Inbox" })],
        timeline: [timelineRow(0), timelineRow(1)],
        exposure: [
          exposed("<1@x.example>", { Ways: "bound certain; folder-synced certain" }),
          exposed("<2@x.example>", { Ways: "folder-synced certain; bound certain, folder-synced certain" }),
          exposed("<3@x.example>", {
            Access: "bound",
            IPs: "192.0.2.10",
            Confidence: "certain",
            Ways: "bound certain",
          }),
        ],
      },
      findings: { findings: [finding()], rules: RULES },
      format: "audit-csv",
    }).path,
  );
  const answer = sectionOf(page, "m0-answer");
  expect(answer).toContain("opened 1 message by record");
  expect(answer).toContain("of these, other records name 1 further message.");
  const exposure = sectionOf(page, "m0-exposure");
  expect(exposure).toContain("1 more in folders that were synchronised from there");
  // Suspicious, though none of its addresses is.
  expect(exposure).toMatch(/an application that scores high, from other addresses, came to\s+1\s+more/);
  expect(exposure).toContain("No Data <2@x.example>");
  expect(exposure).not.toContain("No Data <1@x.example>");
});
