import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Manifest, ManifestOutput } from "../../src/model/manifest.ts";
import type { MailboxOutcomes, ReportedRule } from "../../src/render/html/findings.ts";
import { writeHtmlReport } from "../../src/render/html/report-file.ts";
import { cellWriter, tsvLine } from "../../src/render/table-file.ts";

/** Bundles made by hand for the tests of report.html: tables cell by cell, as the pipeline would have written them. */

export type Cells = Readonly<Record<string, string | number>>;

export const OWNER = "192.0.2.10";
export const INTRUDER = "203.0.113.201";
export const MAILBOX = "dana@north.example";
const FILE = "export.csv";

/** What no page may run, turn round or swallow. */
export const HOSTILE = [
  `<script>globalThis.pwned=1</script>`,
  `</script><script>globalThis.pwned=1</script>`,
  `<img src=x onerror="globalThis.pwned=1">`,
  `"><svg/onload=globalThis.pwned=1>`,
  `' onmouseover='globalThis.pwned=1`,
  `javascript:globalThis.pwned=1`,
  `<!--<script>`,
  `]]><style>*{display:none}</style>`,
  `invoice\u202efdp.exe`,
  `\u2066\u2067isolates\u2069`,
  `=HYPERLINK("http://evil.example/","x")`,
  `+1+cmd|' /C calc'!A0`,
  `a\u0000b\u0007c`,
  `x`.repeat(3_000),
  `tab\there "quoted" line\nend`,
  `__proto__`,
  `&lt;b&gt;`,
  `שלום عليكم`,
  `\u2028\u2029`,
  `\ud83e\udd84`,
] as const;

const COLUMNS = {
  "ip-scores":
    "IP,Score,Severity,Reasons,Country,City,ASN,AS Organization,First Seen,Last Seen,Logons,Failed Logons,Reads,Searches,Attachments,App Types,User Agents,Users,Rows",
  coverage: "From,To,Kind,Detail",
  searches:
    "Search,Query,First Time,Last Time,Keystrokes,Times Run,Platform,Attributed IP,Confidence,Score,Severity,Reasons,Attribution,First Run,Last Run,Session ID",
  "search-activity":
    "Date,Time,Platform,Query,Last Login IP,Type,Search,Attributed IP,Attribution,Confidence,Score,Reasons,Query XML,Session ID",
  "logon-activity":
    "Date,Time,Source IP,Logon Type,App Type,User,Client,Result,Exception,Forwarded For,Country,City,ASN,AS Organization,Score,Reasons,Session ID",
  "read-activity-by-time":
    "Date,Time,Type,Platform,Subject,From,Received Date,Last Login IP,Attributed IP,Attribution,Confidence,Dwell Seconds,Activity Item ID,Session ID,Access,Folder,Internet Message ID,Client",
  "attachments-activity":
    "Date,Time,Platform,Subject,From,Received Date,Action,Last Login IP,Activity Item ID,Type,Attributed IP,Attribution,Confidence,Attachments",
  timeline:
    "Date,Time,Kind,Type,Platform,IP,IP Basis,Actor,Subject,Summary,Score,Confidence,Outcome,Workload,Internet Message ID,Activity Item ID",
  exposure:
    "Subject,From,Received Date,Internet Message ID,Activity Item ID,Access,First Access,Last Access,Accesses,Dwell Seconds,IPs,Suspicious,Reasons,Confidence,Ways",
  "mailbox-access":
    "Window Start,Window End,Mode,Client App ID,Client Info String,Organization,Unique Mailboxes,Users,Source IPs,Records,Severity,Score,Reasons,Most At Once,Mailboxes",
} as const;
type Table = keyof typeof COLUMNS;

/** Findings of a page made by hand. */
export interface MadeFindings {
  readonly findings: readonly unknown[];
  readonly rules: readonly ReportedRule[];
  readonly mailboxes: readonly MailboxOutcomes[];
}

/** Rows of a timeline and its kin: row `n` is row `n` of the evidence. */
export interface HandMade {
  readonly tables: Partial<Record<Table, readonly Cells[]>>;
  /** Tables that the run was not asked for; all others are there, without rows where none are given. */
  readonly absent?: readonly Table[];
  readonly findings?: Partial<MadeFindings> | undefined;
  readonly manifest?: Partial<Manifest>;
  readonly prefix?: string;
  /** What the evidence is; an export of the Activities API without it. */
  readonly format?: string;
}

export interface WrittenReport {
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** Where a test does not say which address came to a message in which way, each came in all ways. */
function waysOf(row: Cells): Cells {
  const list = (column: string) => String(row[column] ?? "").split("; ");
  const confidences = list("Confidence");
  const ways = list("IPs").map((_address, at) => list("Access").map((way) => `${way} ${confidences[at] || "certain"}`));
  return { Ways: ways.map((own) => own.join(", ")).join("; "), ...row };
}

/** Writes the tables and the report beside them. */
export function writeReport(
  folder: string,
  { tables, absent = [], findings, manifest = {}, prefix = "", format = "retriever-csv" }: HandMade,
): WrittenReport {
  mkdirSync(folder, { recursive: true });
  const cell = cellWriter(manifest.arguments?.["excelSafe"] === true);
  const asked = (Object.keys(COLUMNS) as Table[]).filter((table) => !absent.includes(table));
  const outputs = asked.map((table): ManifestOutput => {
    const rows = tables[table] ?? [];
    const columns = [...COLUMNS[table].split(","), "Mailbox", "Source File", "Source Row"];
    const line = (row: Cells) =>
      tsvLine(
        columns.map((column) => String(row[column] ?? "")),
        cell,
      );
    const whole = rows.map((row, at) => ({
      Mailbox: MAILBOX,
      "Source File": FILE,
      "Source Row": at + 1,
      ...(table === "exposure" ? waysOf(row) : row),
    }));
    const text = [tsvLine(columns, cell), ...whole.map(line)].join("\n");
    writeFileSync(join(folder, `${prefix}${table}.tsv`), `${text}\n`);
    return { path: `${prefix}${table}.tsv`, bytes: text.length + 1, sha256: "0".repeat(64), rows: rows.length };
  });
  const mailboxes = [
    ...new Set(Object.values(tables).flatMap((rows) => rows.map((row) => String(row["Mailbox"] ?? MAILBOX)))),
  ];
  const input = {
    bytes: 1,
    sha256: "a".repeat(64),
    format,
    encoding: "UTF-8",
    container: "none",
    rows: 1,
    parsed: 1,
    rejected: 0,
    duplicates: 0,
    filtered: 0,
    firstTime: "2018-03-01T00:00:00Z",
    lastTime: "2018-04-01T00:00:00Z",
  };
  const path = join(folder, "report.html");
  const written = writeHtmlReport({
    folder,
    prefix,
    manifest: {
      schemaVersion: 1,
      tool: { name: "alicorn", version: "0.0.0" },
      arguments: {},
      // An audit log is one input about many mailboxes.
      inputs:
        format.startsWith("audit-") && mailboxes.length > 1
          ? [{ ...input, path: FILE, mailbox: `${mailboxes.length} mailboxes` }]
          : mailboxes.map((mailbox) => ({ ...input, path: FILE, mailbox })),
      unnamed: [],
      outputs,
      databases: [],
      lists: [],
      totals: { inputs: 1, mailboxes: mailboxes.length, rows: 1, parsed: 1, rejected: 0, duplicates: 0, filtered: 0 },
      warnings: [],
      ...manifest,
    },
    findings:
      findings === undefined
        ? undefined
        : {
            findings: (findings.findings ?? []).map((finding) => Buffer.from(JSON.stringify(finding))),
            rules: findings.rules ?? [],
            mailboxes: findings.mailboxes ?? [],
          },
    path,
  });
  return { path, ...written };
}

/** A row of the timeline, so many minutes after the first of March. */
export function timelineRow(minutes: number, more: Cells = {}): Cells {
  const [date = "", time = ""] = new Date(Date.UTC(2018, 2, 1) + minutes * 60_000).toISOString().split("T");
  return {
    Date: date,
    Time: time,
    Kind: "read",
    Type: "ReadingPaneDisplayStart",
    Platform: "Web",
    IP: OWNER,
    "IP Basis": "session",
    Summary: "message opened",
    ...more,
  };
}

/** A finding as findings.json has it. */
export function finding(more: Readonly<Record<string, unknown>> = {}): Readonly<Record<string, unknown>> {
  return {
    mailbox: MAILBOX,
    ruleId: "incident",
    title: "Signs that somebody other than its owner was in the mailbox",
    severity: "critical",
    score: 100,
    confidence: "high",
    entity: { type: "mailbox", value: MAILBOX },
    firstTime: "2018-03-02T00:00:00.0000000Z",
    lastTime: "2018-03-03T00:00:00.0000000Z",
    count: 2,
    reasons: [
      { rule: "incident", text: `${INTRUDER} scores 100 (critical)`, points: 100, evidence: [{ file: FILE, row: 3 }] },
    ],
    attack: ["T1078.004"],
    evidence: [3, 5].map((row) => ({ file: FILE, row })),
    falsePositives: ["A hotel."],
    nextSteps: ["Ask the owner."],
    references: ["https://attack.mitre.org/techniques/T1078/004/"],
    ...more,
  };
}

export const RULES = [
  { id: "incident", outcome: "found", why: "1 found" },
  { id: "address-travel", outcome: "notAssessed", why: "no database knows a place" },
  { id: "client-script", outcome: "clear", why: "assessed, nothing found" },
  { id: "search-terms", outcome: "error", why: "a defect" },
];

const address = (IP: string, Score: number, Severity: string, more: Cells = {}): Cells => ({
  IP,
  Score,
  Severity,
  Logons: 4,
  "Failed Logons": 1,
  Reads: 2,
  Searches: 1,
  Attachments: 0,
  "App Types": "Web",
  "First Seen": "2018-03-01T00:00:00Z",
  "Last Seen": "2018-03-05T00:00:00Z",
  ...more,
});

/** A small case with everything that a page shows; subjects are hostile. */
export function smallCase(): HandMade {
  const subjects = [...HOSTILE, ...Array.from({ length: 60 }, (_row, at) => `Message ${at + 1}`)];
  const rows = subjects.map((Subject, at) =>
    timelineRow(at * 600, {
      Subject,
      IP: at % 7 === 2 ? INTRUDER : OWNER,
      Score: at % 7 === 2 ? 100 : 0,
      Actor: Subject,
      ...(at < HOSTILE.length ? { Platform: Subject } : {}),
    }),
  );
  const hostile = HOSTILE.join(" ");
  return {
    tables: {
      "ip-scores": [
        address(OWNER, 0, "none", { Country: "DE", Logons: 40 }),
        address("198.51.100.7", 30, "medium", {
          Country: HOSTILE[0],
          City: HOSTILE[2],
          "App Types": HOSTILE.join("; "),
        }),
        address(INTRUDER, 100, "critical", { Country: "NG", Reasons: hostile, "AS Organization": HOSTILE[2] }),
      ],
      coverage: [
        { From: "2018-03-01T00:00:00Z", To: "2018-04-01T00:00:00Z", Kind: "logged", Detail: "80 rows" },
        {
          From: "2018-03-06T00:00:00Z",
          To: "2018-03-10T00:00:00Z",
          Kind: "gap",
          Detail: "no record of any kind for 96 hours",
        },
      ],
      searches: HOSTILE.map((Query, at) => ({
        Search: at + 1,
        Query,
        "First Time": `2018-03-02T00:${String(at + 10)}:00Z`,
        Keystrokes: 2,
        "Times Run": 1,
        Platform: "Web",
        "Attributed IP": INTRUDER,
        Confidence: "high",
        Score: 50,
        Severity: "high",
        Reasons: "terms wire",
      })),
      "search-activity": HOSTILE.flatMap((Query, at) =>
        ["w", Query].map((typed) => ({
          Date: "2018-03-02",
          Time: `00:${String(at + 10)}:00Z`,
          Query: typed,
          Type: "SearchSuggestionsDisplay",
          Search: at + 1,
          "Attributed IP": INTRUDER,
          "Source Row": 1_000 + at,
        })),
      ),
      "logon-activity": rows.slice(0, 8).map((row, at) => ({
        Date: row["Date"] ?? "",
        Time: row["Time"] ?? "",
        "Source IP": row["IP"] ?? "",
        Result: at === 2 ? "Failure" : "Success",
        Client: HOSTILE[at] ?? "",
        "Source Row": 500 + at,
      })),
      "read-activity-by-time": rows.map(({ Date: date = "", Time = "", Subject = "", IP = "" }, at) => ({
        Date: date,
        Time,
        Type: "ReadingPaneDisplayStart",
        Subject,
        "Attributed IP": IP,
        "Activity Item ID": `item ${at}`,
        "Received Date": at % 2 === 0 ? "03/02/2018 02:28:21 PM" : "12/31/2017 02:28:21 AM",
      })),
      timeline: rows,
      exposure: HOSTILE.map((Subject) => ({
        Subject,
        From: Subject,
        Access: "opened",
        "First Access": "2018-03-02T00:00:00Z",
        Accesses: 1,
        IPs: INTRUDER,
        Suspicious: "yes",
        Reasons: Subject,
      })),
    },
    findings: {
      findings: [
        finding(),
        finding({
          ruleId: "suspicious-address",
          title: hostile,
          entity: { type: "address", value: INTRUDER },
          evidence: [3, 5, 9_000].map((row) => ({ file: FILE, row })),
        }),
      ],
      rules: RULES,
    },
  };
}
