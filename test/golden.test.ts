import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, test } from "vitest";
import { parseTicks, TICKS_PER_SECOND } from "../src/ingest/timestamp.ts";
import type { Manifest } from "../src/model/manifest.ts";
import type { Bundle, Row } from "./support/run.ts";
import { CASES, parsePaths, temporaryFolder } from "./support/run.ts";
import { PARSE_DEFAULTS } from "../src/pipeline/parse-options.ts";

/*
 * The bundled cases against tables that were checked by hand. UPDATE_GOLDEN=1 writes them anew: read what changed
 * against the case's procedure.md or answer-key.md before it is kept.
 */

const GOLDEN = fileURLToPath(new URL("golden", import.meta.url));
const UPDATE = process.env["UPDATE_GOLDEN"] === "1";
const folder = temporaryFolder();

/** The manifest without what changes with every version, and without hashes of tables that are not kept. */
function steadyManifest(manifest: Manifest, kept: readonly string[]): string {
  const outputs = manifest.outputs.map((output) =>
    kept.includes(output.path) ? output : { path: output.path, rows: output.rows },
  );
  const steady = { ...manifest, tool: { ...manifest.tool, version: "any" }, outputs };
  return `${JSON.stringify(steady, undefined, 2)}\n`;
}

/** Compares files of a bundle with the checked-in ones, or writes these anew. */
function expectGolden(name: string, bundle: Bundle, tables: readonly string[]): void {
  const texts = Object.fromEntries(tables.map((table) => [table, bundle.text(table)]));
  texts["manifest.json"] = steadyManifest(bundle.manifest, tables);
  const place = join(GOLDEN, name);
  if (UPDATE) rmSync(place, { recursive: true, force: true });
  for (const [path, text] of Object.entries(texts)) {
    const golden = join(place, path);
    if (UPDATE) {
      mkdirSync(dirname(golden), { recursive: true });
      writeFileSync(golden, text);
    }
    expect(existsSync(golden), `${name}/${path} is not checked in`).toBe(true);
    expect(text.split("\n"), `${name}/${path}`).toEqual(readFileSync(golden, "utf8").split("\n"));
  }
}

describe("the test procedure of June 2018", () => {
  const name = "june-2018-test-procedure";
  let bundle: Bundle;

  beforeAll(async () => {
    const files = ["second.test@address.example.csv", "test@address.com.csv"].map((file) => join(CASES, name, file));
    bundle = await parsePaths(folder, files);
  });

  test("gives the tables that were checked by hand", () => {
    expectGolden(
      name,
      bundle,
      bundle.manifest.outputs.map(({ path }) => path),
    );
  });

  test("gives the searches of the procedure", () => {
    expect(bundle.rows("searches").map(({ Query, Keystrokes, Mailbox }) => [Query, Keystrokes, Mailbox])).toEqual(
      expect.arrayContaining([["inbox rules", "13", "test@address.com"]]),
    );
    const second = bundle.rows("searches").filter(({ Mailbox }) => Mailbox === "second.test@address.example");
    expect(second.map(({ Query }) => Query)).toEqual(["wire transfer", "banking", "bacs"]);
  });

  test("knows the subject of nothing that was never delivered", () => {
    const sent = bundle.rows("read-activity-by-time").filter(({ Time = "" }) => Time.startsWith("08:02"));
    expect(sent.map(({ Subject }) => Subject)).toEqual(["No Data", "No Data"]);
  });
});

interface KeySearch {
  readonly query: string;
  readonly time: string;
  readonly firstKeystroke: string;
  readonly lastKeystroke: string;
  readonly keystrokes: number;
  readonly address: string;
  readonly webSessionId: string;
}

interface KeyMessage {
  readonly time: string;
  readonly activityItemId: string;
  readonly internetMessageId: string;
  readonly subject: string;
  readonly sender: string;
  readonly address: string;
  readonly deliveryInLog: boolean;
}

interface AnswerKey {
  readonly mailbox: string;
  readonly export: {
    readonly rows: number;
    readonly duplicateRows: number;
    readonly firstTimeStamp: string;
    readonly lastTimeStamp: string;
    readonly gap: { readonly from: string; readonly to: string };
  };
  readonly imapLogon: { readonly time: string; readonly address: string };
  readonly intruderLogons: readonly Readonly<Record<"time" | "address" | "app" | "result", string>>[];
  readonly intruderSearches: readonly KeySearch[];
  readonly messagesOpened: readonly KeyMessage[];
  readonly attachmentsOpened: readonly KeyMessage[];
}

/** The answer key's times have milliseconds, the evidence four decimals more. */
function isAt(timeStamp: string | undefined, keyTime: string): boolean {
  return timeStamp?.startsWith(keyTime.replace("Z", "")) === true;
}

const timeOf = (row: Row) => `${row["Date"]}T${row["Time"]}`;

/** A value as a table prints it. */
function printed(value: string): string {
  return value.replaceAll("\t", "\\t").replaceAll("\n", "\\n").replaceAll("\r", "\\r");
}

describe("the wire fraud of 60 days", () => {
  const name = "wire-fraud-60-days";
  const key = JSON.parse(readFileSync(join(CASES, name, "answer-key.json"), "utf8")) as AnswerKey;
  let bundle: Bundle;

  beforeAll(async () => {
    bundle = await parsePaths(folder, [join(CASES, name, "dana.keller@northgate.example.csv")]);
  });

  test("gives the tables that were checked by hand", () => {
    expectGolden(name, bundle, ["searches.tsv", "coverage.tsv", "logon-activity.tsv", "attachments-activity.tsv"]);
  });

  test("counts every row, the repeated ones as duplicates", () => {
    const { rows, duplicateRows, firstTimeStamp, lastTimeStamp } = key.export;
    expect(bundle.manifest.inputs).toMatchObject([
      {
        mailbox: key.mailbox,
        rows,
        parsed: rows - duplicateRows,
        duplicates: duplicateRows,
        rejected: 0,
        firstTime: firstTimeStamp,
        lastTime: lastTimeStamp,
      },
    ]);
    expect(bundle.rows("timeline")).toHaveLength(rows - duplicateRows);
  });

  test("names every search of the intruder, key by key", () => {
    const found = bundle.rows("searches");
    for (const search of key.intruderSearches) {
      const matching = found.filter((row) => isAt(row["First Time"], search.firstKeystroke));
      expect(matching).toMatchObject([
        {
          Query: search.query,
          Keystrokes: String(search.keystrokes),
          "Times Run": "1",
          "Session ID": search.webSessionId,
          "Attributed IP": search.address,
          Attribution: "session",
        },
      ]);
      expect(isAt(matching[0]?.["Last Time"], search.lastKeystroke)).toBe(true);
      // The key has the moment at which the search was sent off; its result comes within seconds.
      const wait = parseTicks(matching[0]?.["First Run"] ?? "") - parseTicks(search.time);
      expect(wait).toBeGreaterThanOrEqual(0);
      expect(wait).toBeLessThan(5 * TICKS_PER_SECOND);
    }
  });

  test("names every logon of the intruder with its outcome", () => {
    const logons = bundle.rows("logon-activity").filter((row) => row["Logon Type"] === "ServerLogon");
    for (const { time, address, app, result } of key.intruderLogons) {
      expect(logons.filter((row) => isAt(timeOf(row), time))).toMatchObject([
        { "Source IP": address, "App Type": app, Result: result },
      ]);
    }
  });

  test("lists every message that the intruder opened as exposed, and from where", () => {
    const exposed = bundle.rows("exposure");
    const reads = bundle.rows("read-activity-by-time");
    const doubtful: string[] = [];
    for (const message of key.messagesOpened) {
      const read = reads.filter((row) => isAt(timeOf(row), message.time));
      expect(read).toMatchObject([{ "Activity Item ID": message.activityItemId, "Attributed IP": message.address }]);
      // An item that was moved stands under its delivery's id, where its records lead there without doubt.
      const own =
        exposed.find((row) => row["Activity Item ID"] === message.activityItemId) ??
        exposed.find((row) => row["Internet Message ID"] === message.internetMessageId);
      expect(own?.["Access"]).toMatch(/^opened/);
      expect(own?.["IPs"]?.split("; ")).toContain(message.address);
      if (!message.deliveryInLog) continue;
      if (own?.["Subject"] === "No Data") doubtful.push(message.subject);
      else expect(own).toMatchObject({ Subject: printed(message.subject), From: message.sender });
    }
    // Moved before they were read, by records that name neither the message nor a conversation of its own.
    expect(doubtful).toEqual(["Invoice 52890: payment date", "Invoice 30175: payment date"]);
  });

  test("lists every attachment that the intruder opened", () => {
    const rows = bundle.rows("attachments-activity");
    for (const { time, activityItemId, address } of key.attachmentsOpened) {
      expect(rows.filter((row) => isAt(timeOf(row), time))).toMatchObject([
        { "Activity Item ID": activityItemId, "Attributed IP": address },
      ]);
    }
  });

  test("takes every message delivered before the IMAP4 logon for copied, and none that came later", () => {
    const { time, address } = key.imapLogon;
    const delivered = bundle.rows("message-activity").filter(({ Type }) => Type === "MessageDelivered");
    const before = delivered.filter((row) => timeOf(row) < time).map((row) => row["Activity Item ID"]);
    const after = delivered
      .filter((row) => timeOf(row) > `${time.slice(0, -1)}9`)
      .map((row) => row["Activity Item ID"]);
    const synced = bundle.rows("exposure").filter((row) => row["Access"]?.includes("mailbox-synced"));
    const items = new Set(synced.map((row) => row["Activity Item ID"]));
    expect(before.length).toBeGreaterThan(100);
    expect(before.filter((item) => !items.has(item))).toEqual([]);
    expect(after.length).toBeGreaterThan(100);
    expect(after.filter((item) => items.has(item))).toEqual([]);
    for (const row of synced) expect(row["IPs"]?.split("; ")).toContain(address);
  });

  test("names the silence", () => {
    const { from, to } = key.export.gap;
    const gaps = bundle.rows("coverage").filter(({ Detail = "" }) => Detail.startsWith("no record of any kind"));
    expect(gaps).toHaveLength(1);
    expect((gaps[0]?.["From"] ?? "") <= from).toBe(true);
    expect((gaps[0]?.["To"] ?? "") >= to).toBe(true);
  });

  test("says the same of the first records as pages of the API", async () => {
    const page = await parsePaths(folder, [join(CASES, "api-json", "same-case.json")]);
    const count = page.manifest.totals.parsed;
    expect(page.manifest.totals).toMatchObject({ rows: 200, rejected: 0 });
    const without = (rows: readonly Row[]) =>
      rows.map(({ Date, Time, Type, Platform, Actor, Summary }) => ({ Date, Time, Type, Platform, Actor, Summary }));
    // What is told of an act by later records (its end, its message) is beyond the page.
    const plain = (rows: readonly Row[]) =>
      without(rows).map((row) => ({ ...row, Summary: row.Summary?.replace(/, on display for .*/, "") }));
    expect(plain(page.rows("timeline"))).toEqual(plain(bundle.rows("timeline").slice(0, count)));
  });
});

interface AuditDeed {
  readonly time: string;
  readonly mailbox: string;
  readonly address: string;
}

interface TenantKey {
  readonly mailboxes: readonly string[];
  readonly evidence: Readonly<{ records: number; duplicates: number; csv: KeyFile; ndjson: KeyFile }>;
  readonly throttled: { readonly from: string; readonly to: string };
  readonly harmless: { readonly backup: { readonly app: string } };
  readonly searches: readonly (AuditDeed & { readonly query: string })[];
  readonly opened: readonly (AuditDeed & { readonly internetMessageId: string; readonly subject: string })[];
  readonly attachments: readonly (AuditDeed & { readonly subject: string })[];
  readonly synced: readonly (AuditDeed & { readonly folder: string; readonly client: string })[];
  readonly sent: readonly (AuditDeed & { readonly subject: string })[];
  readonly deleted: readonly (AuditDeed & { readonly what: string; readonly subject: string })[];
  readonly changes: readonly (AuditDeed & { readonly operation: string })[];
  readonly failedSignIns: readonly AuditDeed[];
  readonly burst: {
    readonly appId: string;
    readonly address: string;
    readonly first: string;
    readonly last: string;
    readonly mailboxes: readonly string[];
    readonly records: number;
  };
}

interface KeyFile {
  readonly file: string;
  readonly records: number;
}

/*
 * Checked by hand against the answer key: mailbox-access.tsv has PerfectData's window 14:40 to 14:50 with seven users by
 * the raster, and the same seven from 14:41:10 on by the sliding one, and neither the backup nor anything else;
 * coverage.tsv has one throttled stretch, in maria.ortiz and as long as the key's, the three folders that eM Client
 * copied, and of gaps only how MailItemsAccessed is counted, once a mailbox, since every operation that is asked about
 * occurs in each; searches.tsv has the intruder's five searches at 203.0.113.201, in the order of the key, and no others
 * from there.
 */
describe("the session theft", () => {
  const name = "session-theft-30-days";
  const place = join(CASES, name);
  const key: TenantKey = JSON.parse(readFileSync(join(place, "answer-key.json"), "utf8"));
  const evidence = [key.evidence.csv, key.evidence.ndjson].map(({ file }) => join(place, file));
  const scoring = {
    ...PARSE_DEFAULTS.scoring,
    allow: join(place, "known-applications.txt"),
    messages: [join(place, "message-trace.csv")],
  };
  let bundle: Bundle;

  beforeAll(async () => {
    bundle = await parsePaths(folder, evidence, { scoring });
  });

  /** Rows of a deed: same second, same address. */
  const rowsOf = (table: string, { time, address, mailbox }: AuditDeed, column = "Attributed IP") =>
    bundle
      .rows(table)
      .filter((row) => timeOf(row) === time && row[column] === address && row["Mailbox"]?.toLowerCase() === mailbox);

  test("gives the tables that were checked by hand", () => {
    expectGolden(name, bundle, ["mailbox-access.tsv", "coverage.tsv", "searches.tsv"]);
  });

  test("counts every record, those of both files as duplicates", () => {
    const { csv, ndjson, records, duplicates } = key.evidence;
    expect(bundle.manifest.inputs).toMatchObject([
      { mailbox: "8 mailboxes", format: "audit-csv", rows: csv.records, parsed: csv.records, duplicates: 0 },
      {
        mailbox: "8 mailboxes",
        format: "audit-json",
        rows: ndjson.records,
        parsed: ndjson.records - duplicates,
        duplicates,
        rejected: 0,
      },
    ]);
    expect(bundle.manifest.totals).toMatchObject({ parsed: records, rejected: 0, filtered: 0, mailboxes: 8 });
    const sources = new Set(bundle.rows("timeline").map((row) => `${row["Source File"]}:${row["Source Row"]}`));
    expect(sources.size).toBe(records);
    const mailboxes = new Set(bundle.rows("timeline").map((row) => row["Mailbox"]?.toLowerCase() ?? ""));
    expect([...mailboxes].toSorted()).toEqual(key.mailboxes.toSorted());
  });

  test("names every deed of the intruder, with the record's own address", () => {
    for (const deed of key.searches) expect(rowsOf("search-activity", deed)).toMatchObject([{ Query: deed.query }]);
    for (const deed of key.attachments) {
      expect(rowsOf("attachments-activity", deed)).toMatchObject([{ Subject: deed.subject }]);
    }
    for (const deed of key.sent) expect(rowsOf("message-activity", deed)).toMatchObject([{ Subject: deed.subject }]);
    for (const deed of key.deleted) {
      expect(rowsOf("other-activity", deed)).toMatchObject([{ Type: deed.what, Subject: deed.subject }]);
    }
    for (const deed of key.changes) expect(rowsOf("other-activity", deed)).toMatchObject([{ Type: deed.operation }]);
    for (const deed of key.failedSignIns) {
      expect(rowsOf("logon-activity", deed, "Source IP")).toMatchObject([{ "Logon Type": "UserLoginFailed" }]);
    }
    for (const deed of key.synced) {
      const rows = rowsOf("read-activity-by-time", deed);
      expect(rows).toMatchObject([{ Folder: deed.folder, Client: deed.client, Access: "folder-synced" }]);
    }
  });

  test("lists every message that the intruder opened, by the trace's subject, as exposed", () => {
    const reads = bundle.rows("read-activity-by-time");
    const exposed = new Map(
      bundle.rows("exposure").map((row) => [`${row["Mailbox"]?.toLowerCase()} ${row["Internet Message ID"]}`, row]),
    );
    expect(key.opened.length).toBeGreaterThan(200);
    for (const { internetMessageId, subject, time, address, mailbox } of key.opened) {
      const read = reads.filter(
        (row) =>
          timeOf(row) === time && row["Internet Message ID"] === internetMessageId && row["Attributed IP"] === address,
      );
      expect(read).toMatchObject([{ Subject: subject, Access: "bound", Confidence: "certain" }]);
      const own = exposed.get(`${mailbox} ${internetMessageId}`);
      expect(own).toMatchObject({ Subject: subject });
      expect(own?.["IPs"]?.split("; ")).toContain(address);
    }
    const named = reads.filter((row) => key.burst.address === row["Attributed IP"]);
    expect(named).toHaveLength(key.opened.filter(({ address }) => address === key.burst.address).length);
  });

  test("takes what was in a copied folder for exposed, and nothing that came later", () => {
    const [inbox] = key.synced;
    if (inbox === undefined) throw new Error("the key has no folder");
    const exposed = bundle.rows("exposure").filter((row) => row["Mailbox"]?.startsWith("maria.") === true);
    const before = exposed.filter((row) => (row["First Access"] ?? "") < inbox.time);
    expect(before.length).toBeGreaterThan(50);
    for (const row of before) {
      expect(row["Access"]).toContain("folder-synced");
      expect(row["IPs"]?.split("; ")).toContain(inbox.address);
    }
    const opened = new Set(key.opened.map(({ internetMessageId }) => internetMessageId));
    const after = exposed.filter(
      (row) => (row["First Access"] ?? "") > inbox.time && !opened.has(row["Internet Message ID"] ?? ""),
    );
    expect(after.length).toBeGreaterThan(20);
    expect(after.filter((row) => row["IPs"]?.split("; ").includes(inbox.address))).toEqual([]);
  });

  test("finds the application that read seven mailboxes, and with no allow list the backup too", async () => {
    const { appId, first, last, mailboxes, records, address } = key.burst;
    const windows = bundle.rows("mailbox-access");
    expect(windows.map((row) => [row["Mode"], row["Client App ID"], row["Unique Mailboxes"], row["Records"]])).toEqual([
      ["tumbling", appId, "7", String(records)],
      ["sliding", appId, "7", String(records)],
    ]);
    expect(isAt(windows[1]?.["Window Start"], `${first}Z`) && isAt(windows[1]?.["Window End"], `${last}Z`)).toBe(true);
    for (const row of windows) {
      expect([row["Mailbox"], row["Source IPs"]]).toEqual(["", address]);
      expect(row["Mailboxes"]?.split("; ").toSorted()).toEqual(mailboxes.toSorted());
    }
    const plain = await parsePaths(folder, evidence, { tables: new Set(["mailbox-access"]) });
    const apps = new Set(plain.rows("mailbox-access").map((row) => row["Client App ID"] ?? ""));
    expect([...apps].toSorted()).toEqual([key.harmless.backup.app, appId].toSorted());
  });

  test("says for which hours nobody can tell what was opened", () => {
    const throttled = bundle.rows("coverage").filter(({ Kind }) => Kind === "throttled");
    expect(throttled).toMatchObject([{ Mailbox: "maria.ortiz@harborline.example", From: key.throttled.from }]);
    expect(isAt(throttled[0]?.["To"], `${key.throttled.to}Z`)).toBe(true);
  });

  test("scores what the key names, and finds each of its deeds", () => {
    const findings = bundle.rows("findings");
    const found = (rule: string, mailbox: string) =>
      findings.filter((row) => row["Rule"] === rule && (row["Mailbox"] ?? "").startsWith(mailbox));
    for (const rule of ["incident", "deed-inbox-rule", "deed-forwarding", "suspicious-address"]) {
      expect(found(rule, "maria.").length, rule).toBeGreaterThan(0);
    }
    expect(found("app-consent", "tom.")).toHaveLength(1);
    expect(found("mailbox-access-api", "")).toMatchObject([
      { Entity: `${key.burst.appId} (PerfectData Software)`, Mailbox: "" },
    ]);
    const incidents = findings.filter(({ Rule }) => Rule === "incident").map((row) => row["Mailbox"]);
    expect(incidents).not.toContain("priya.nair@harborline.example");
  });
});
