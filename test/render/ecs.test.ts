import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { isIP } from "node:net";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import type { LinesWritten } from "../../src/render/timeline-lines.ts";
import { ecsLines, writeEcs } from "../../src/render/ecs.ts";
import { auditAt, boundAt, OWNER, signInAt } from "../../src/activities/audit-example.ts";
import type { Bundle, Row } from "../support/run.ts";
import { CASES, parseFiles, parsePaths, temporaryFolder } from "../support/run.ts";

const folder = temporaryFolder();

/** The fields of ECS 8.17 that may be used, with what the schema says of their values. */
const isText = (value: unknown) => typeof value === "string" && value !== "";
const areTexts = (value: unknown) => Array.isArray(value) && value.length > 0 && value.every(isText);
const isDate = (value: unknown) => isText(value) && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{1,9}Z$/.test(value as string);
const isAddress = (value: unknown) => isText(value) && isIP(value as string) !== 0;
const oneOf = (...words: readonly string[]) => {
  return (value: unknown) => words.includes(Array.isArray(value) ? (value[0] as string) : (value as string));
};
const FIELDS: Readonly<Record<string, (value: unknown) => boolean>> = {
  "@timestamp": isDate,
  message: isText,
  tags: areTexts,
  "ecs.version": oneOf("8.17.0"),
  "error.message": isText,
  "event.kind": oneOf("event", "pipeline_error"),
  "event.category": oneOf("authentication", "email", "configuration", "iam"),
  "event.type": oneOf("start", "info", "creation", "change", "deletion"),
  "event.action": isText,
  "event.outcome": oneOf("success", "failure", "unknown"),
  "event.module": isText,
  "event.dataset": (value) => isText(value) && (value as string).startsWith("alicorn."),
  "event.id": isText,
  "event.risk_score": Number.isFinite,
  "event.risk_score_norm": (value) => (value as number) >= 0 && (value as number) <= 100,
  "source.address": isText,
  "source.ip": isAddress,
  "user.name": isText,
  "user.email": (value) => isText(value) && (value as string).includes("@"),
  "email.subject": isText,
  "email.from.address": areTexts,
  "email.message_id": isText,
  "email.local_id": isText,
  "related.ip": (value) => Array.isArray(value) && value.every(isAddress),
  "related.user": areTexts,
};
/** What the base fields and the categorization fields ask of every event. */
const REQUIRED = ["@timestamp", "ecs.version", "event.kind", "message"];

type Event = Readonly<Record<string, unknown>>;

/** An event as fields with dotted names; arrays are values. */
function flat(event: Event, prefix = ""): Map<string, unknown> {
  return new Map(
    Object.entries(event).flatMap(([name, value]) =>
      typeof value === "object" && value !== null && !Array.isArray(value)
        ? [...flat(value as Event, `${prefix}${name}.`)]
        : [[`${prefix}${name}`, value] as const],
    ),
  );
}

function eventsOf(timeline: string): { events: Map<string, unknown>[]; counts: LinesWritten } {
  const lines = ecsLines(timeline);
  const events: Map<string, unknown>[] = [];
  for (let next = lines.next(); ; next = lines.next()) {
    if (next.done === true) return { events, counts: next.value };
    events.push(flat(JSON.parse(next.value) as Event));
  }
}

/** The event of a timeline's only row. */
function eventOf(row: Row): Map<string, unknown> {
  const path = join(folder, "one.tsv");
  writeFileSync(path, `${Object.keys(row).join("\t")}\n${Object.values(row).join("\t")}\n`);
  const { events } = eventsOf(path);
  expect(events).toHaveLength(1);
  return events[0] as Map<string, unknown>;
}

const ROW: Row = {
  Date: "2018-06-20",
  Time: "07:36:12.1234567Z",
  Kind: "read",
  Type: "ReadingPaneDisplayStart",
  Platform: "Web",
  IP: "192.0.2.7",
  "IP Basis": "client",
  Subject: "Invoice",
  Summary: "message opened",
  Score: "",
  Mailbox: "d@x.example",
  "Source File": "a.csv",
  "Source Row": "3",
};

describe("ECS NDJSON", () => {
  let bundle: Bundle;
  let timeline: readonly Row[];
  beforeAll(async () => {
    bundle = await parsePaths(folder, [join(CASES, "wire-fraud-60-days")]);
    timeline = bundle.rows("timeline");
  });

  it("has one event a row, of fields that ECS knows or that stand below alicorn", () => {
    const { events, counts } = eventsOf(join(bundle.folder, "timeline.tsv"));
    expect(counts).toEqual({ rows: timeline.length, untimed: 0 });
    const wrong = new Set<string>();
    for (const event of events) {
      for (const name of REQUIRED) if (!event.has(name)) wrong.add(`${name} is missing`);
      for (const [name, value] of event) {
        if (name.startsWith("alicorn.")) continue;
        if (FIELDS[name]?.(value) !== true) wrong.add(`${name}: ${JSON.stringify(value)}`);
      }
    }
    expect([...wrong]).toEqual([]);
    expect(new Set(events.map((event) => event.get("event.id"))).size).toBe(timeline.length);
    const places = events.map((event) => [event.get("alicorn.source.file"), event.get("alicorn.source.row")]);
    expect(places).toEqual(timeline.map((row) => [row["Source File"], Number(row["Source Row"])]));
  });

  it("tells how logons went as the logons' own table does", () => {
    const { events } = eventsOf(join(bundle.folder, "timeline.tsv"));
    const logons = events.filter((event) => (event.get("event.category") as string[])[0] === "authentication");
    const went = (outcome: string) => logons.filter((event) => event.get("event.outcome") === outcome).length;
    const results = bundle.rows("logon-activity").map((row) => row["Result"]);
    expect(went("failure")).toBeGreaterThan(0);
    expect(went("failure")).toBe(results.filter((result) => result === "Failure").length);
    expect(went("success")).toBe(results.length - went("failure"));
    // The types that ECS expects of each category.
    for (const event of events) {
      const expected = logons.includes(event) ? [["authentication"], ["start"], true] : [["email"], ["info"], false];
      expect([event.get("event.category"), event.get("event.type"), event.has("event.outcome")]).toEqual(expected);
    }
  });

  it("places what a row has", () => {
    expect(Object.fromEntries(eventOf(ROW))).toEqual({
      "@timestamp": "2018-06-20T07:36:12.1234567Z",
      "ecs.version": "8.17.0",
      "event.kind": "event",
      "event.category": ["email"],
      "event.type": ["info"],
      "event.action": "ReadingPaneDisplayStart",
      "event.module": "alicorn",
      "event.dataset": "alicorn.timeline",
      "event.id": "a.csv:3",
      message: "message opened: Invoice (192.0.2.7, client)",
      "source.address": "192.0.2.7",
      "source.ip": "192.0.2.7",
      "email.subject": "Invoice",
      "related.ip": ["192.0.2.7"],
      "related.user": ["d@x.example"],
      "alicorn.kind": "read",
      "alicorn.platform": "Web",
      "alicorn.summary": "message opened",
      "alicorn.mailbox": "d@x.example",
      "alicorn.attribution.basis": "client",
      "alicorn.source.file": "a.csv",
      "alicorn.source.row": 3,
    });
    const fuller = eventOf({
      ...ROW,
      Confidence: "medium",
      Outcome: "partial",
      Workload: "Exchange",
      "Internet Message ID": "<1@x>",
      "Activity Item ID": "AAMk",
      "Session ID": "s",
      Score: "40",
    });
    expect(fuller.get("alicorn.attribution.confidence")).toBe("medium");
    expect(fuller.get("message")).toBe("message opened: Invoice (192.0.2.7, client, confidence medium)");
    expect([fuller.get("event.outcome"), fuller.get("alicorn.outcome")]).toEqual(["unknown", "partial"]);
    expect(fuller.get("alicorn.workload")).toBe("Exchange");
    expect(fuller.get("source.ip")).toBe("192.0.2.7");
    expect([fuller.get("email.message_id"), fuller.get("email.local_id")]).toEqual(["<1@x>", "AAMk"]);
    expect([fuller.get("event.risk_score"), fuller.get("alicorn.score")]).toEqual([40, 40]);
    expect(fuller.get("alicorn.session_id")).toBe("s");
  });

  it("names a sender, a user and an address only where they are one", () => {
    const delivery = eventOf({ ...ROW, Kind: "message", Type: "MessageDelivered", Actor: "s@y.example", IP: "" });
    expect(delivery.get("email.from.address")).toEqual(["s@y.example"]);
    for (const name of ["user.name", "source.address", "related.ip"]) expect(delivery.has(name)).toBe(false);
    const logon = eventOf({ ...ROW, Kind: "logon", Type: "ServerLogon", Actor: "NT\\svc", IP: "mail.example" });
    expect([logon.get("user.name"), logon.has("user.email")]).toEqual(["NT\\svc", false]);
    expect([logon.get("source.address"), logon.has("source.ip")]).toEqual(["mail.example", false]);
    expect(logon.has("event.outcome")).toBe(false);
    const lead = eventOf({ ...ROW, Confidence: "low" });
    for (const name of ["source.address", "source.ip", "related.ip"]) expect(lead.has(name)).toBe(false);
    expect(lead.get("alicorn.attribution.low_confidence_ip")).toBe("192.0.2.7");
    expect(eventOf({ ...ROW, IP: "fe80::1%eth0" }).has("source.ip")).toBe(false);
    expect(eventOf({ ...ROW, IP: "2001:db8::1" }).get("source.ip")).toBe("2001:db8::1");
    expect(eventOf({ ...ROW, Subject: "No Data" }).has("email.subject")).toBe(false);
  });

  it("says of audit records who acted and what was changed, and gives each row an id of its own", async () => {
    const more = { ClientIP: "203.0.113.9:4411", Parameters: [{ Name: "Name", Value: "." }] };
    const records = [
      signInAt("2026-03-10T01:00:00Z", "203.0.113.9", { failed: true }),
      boundAt("2026-03-10T02:00:00Z", "203.0.113.9", ["<a@x.example>", "<b@x.example>"]),
      auditAt("2026-03-10T03:00:00Z", "New-InboxRule", more),
      auditAt("2026-03-10T03:01:00Z", "Remove-InboxRule", more),
      auditAt("2026-03-10T03:02:00Z", "Set-Mailbox", more),
      auditAt("2026-03-10T03:03:00Z", "Add-MailboxPermission", { ...more, UserId: "NT AUTHORITY\\SYSTEM (w3wp)" }),
      auditAt("2026-03-10T03:04:00Z", "Consent to application.", { Workload: "AzureActiveDirectory", RecordType: 8 }),
    ];
    const text = records.map((record) => JSON.stringify(record)).join("\n");
    const { folder: out } = await parseFiles(folder, { "audit.json": text }, { user: OWNER });
    const { events } = eventsOf(join(out, "timeline.tsv"));
    for (const event of events) {
      for (const [name, value] of event)
        if (!name.startsWith("alicorn.")) expect([name, FIELDS[name]?.(value)]).toEqual([name, true]);
    }
    const told = new Map(
      events.map((event) => [
        event.get("event.id"),
        ["event.action", "event.category", "event.type", "user.name", "source.ip"].map((name) => event.get(name)),
      ]),
    );
    expect(told).toEqual(
      new Map([
        ["audit.json:1", ["UserLoginFailed", ["authentication"], ["start"], OWNER, "203.0.113.9"]],
        ["audit.json:2", ["MailItemsAccessed", ["email"], ["info"], OWNER, "203.0.113.9"]],
        ["audit.json:2#2", ["MailItemsAccessed", ["email"], ["info"], OWNER, "203.0.113.9"]],
        ["audit.json:3", ["New-InboxRule", ["configuration"], ["creation"], OWNER, "203.0.113.9"]],
        ["audit.json:4", ["Remove-InboxRule", ["configuration"], ["deletion"], OWNER, "203.0.113.9"]],
        ["audit.json:5", ["Set-Mailbox", ["configuration"], ["change"], OWNER, "203.0.113.9"]],
        [
          "audit.json:6",
          ["Add-MailboxPermission", ["iam"], ["creation"], "NT AUTHORITY\\SYSTEM (w3wp)", "203.0.113.9"],
        ],
        ["audit.json:7", ["Consent to application.", ["iam"], ["change"], OWNER, undefined]],
      ]),
    );
  });

  it("says what came of an operation, and of a failed one no more than that it failed", async () => {
    const records = ["Failed", "False", "PartiallySucceeded", "True", undefined].map((ResultStatus, at) =>
      auditAt(`2026-03-10T03:0${at}:00Z`, "New-InboxRule", { ResultStatus, ClientIP: "203.0.113.9" }),
    );
    const text = records.map((record) => JSON.stringify(record)).join("\n");
    const { folder: out } = await parseFiles(folder, { "audit.json": text }, { user: OWNER });
    const { events } = eventsOf(join(out, "timeline.tsv"));
    expect(events.map((event) => event.get("event.outcome"))).toEqual([
      "failure",
      "failure",
      "unknown",
      "success",
      "unknown",
    ]);
  });

  it("calls nothing mail, configuration or identity that is not", async () => {
    const operations = [
      ["OneDrive", "FileDownloaded", undefined],
      ["MicrosoftTeams", "MessageSent", undefined],
      ["SharePoint", "SearchQueryPerformed", undefined],
      ["SecurityComplianceCenter", "New-ComplianceSearch", undefined],
      ["Exchange", "SearchQueryInitiatedExchange", ["email", "info"]],
      ["Exchange", "Set-AdminAuditLogConfig", ["configuration", "change"]],
      ["Exchange", "Search-Mailbox", ["configuration", "info"]],
      ["Exchange", "UpdateInboxRules", ["configuration", "change"]],
      ["Exchange", "New-ManagementRoleAssignment", ["iam", "creation"]],
      ["Exchange", "Remove-RoleGroupMember", ["iam", "deletion"]],
      ["Exchange", "ModifyFolderPermissions", ["iam", "change"]],
      ["Exchange", "HardDelete", ["email", "info"]],
    ] as const;
    const text = operations
      .map(([Workload, Operation], at) =>
        JSON.stringify(auditAt(`2026-03-10T03:${10 + at}:00Z`, Operation, { Workload })),
      )
      .join("\n");
    const { folder: out } = await parseFiles(folder, { "audit.json": text }, { user: OWNER });
    const { events } = eventsOf(join(out, "timeline.tsv"));
    expect(
      events.map((event) => [
        event.get("alicorn.workload"),
        event.get("event.action"),
        (event.get("event.category") as string[] | undefined)?.concat(event.get("event.type") as string[]),
      ]),
    ).toEqual(operations);
  });

  it("has values as they were, whatever --excel-safe puts before them in the tables", async () => {
    const record = auditAt("2026-03-10T08:00:00Z", "Send", { UserId: "=o@x.example", MailboxOwnerUPN: "=o@x.example" });
    const formats = ["tsv", "json", "ecs", "timesketch"] as const;
    const bundle = await parseFiles(
      folder,
      { "=audit.json": JSON.stringify(record) },
      { formats: [...formats], excelSafe: true },
    );
    expect(bundle.text("timeline.tsv")).toContain("'=o@x.example\t'=audit.json\t1");
    const event = flat(JSON.parse(bundle.text("timeline.ecs.ndjson")) as Event);
    expect([event.get("event.id"), event.get("user.name")]).toEqual(["=audit.json:1", "=o@x.example"]);
    const line = JSON.parse(bundle.text("timeline.timesketch.jsonl")) as Event;
    expect([line["source_file"], line["mailbox"]]).toEqual(["=audit.json", "=o@x.example"]);
  });

  it("keeps rows whose time cannot be read, marks and counts them", () => {
    const path = join(folder, "timeline.tsv");
    writeFileSync(path, "Date\tTime\tKind\tType\nyesterday\t\tother\tMin\n2018-06-20\t07:36:12Z\tother\tMin\n");
    const out = join(folder, "timeline.ecs.ndjson");
    const work = writeEcs({ folder, prefix: "", excelSafe: false, path: out });
    const { value } = work.next();
    const content = readFileSync(out);
    const sha256 = createHash("sha256").update(content).digest("hex");
    expect(value).toEqual({ rows: 2, untimed: 1, bytes: content.length, sha256 });
    const [untimed, timed] = eventsOf(path).events as [Map<string, unknown>, Map<string, unknown>];
    expect(untimed.get("@timestamp")).toBe("1970-01-01T00:00:00.000Z");
    expect([untimed.get("event.kind"), untimed.get("tags")]).toEqual(["pipeline_error", ["no-readable-time"]]);
    expect(untimed.get("error.message")).toBe("The TimeStamp cannot be read: yesterday");
    expect(timed.get("@timestamp")).toBe("2018-06-20T07:36:12.000Z");
  });
});
