import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parse } from "csv-parse/sync";
import { describe, expect, test } from "vitest";

const CASE = fileURLToPath(new URL("../../samples/cases/session-theft-30-days", import.meta.url));
const CSV = "evidence/search-unifiedauditlog-01-to-18-march.csv";
const NDJSON = "evidence/management-api-16-to-31-march.ndjson";

interface Properties {
  readonly Name: string;
  readonly Value: string;
}

/** What the test reads of a record. */
interface AuditRecord {
  readonly CreationTime: string;
  readonly Id: string;
  readonly Operation: string;
  readonly UserId: string;
  readonly Workload: string;
  readonly ClientIPAddress?: string;
  readonly ClientIP?: string;
  readonly ActorIpAddress?: string;
  readonly ClientAppId?: string;
  readonly SessionId?: string;
  readonly MailboxOwnerUPN?: string;
  readonly OperationProperties?: readonly Properties[];
  readonly Folders?: readonly { readonly FolderItems: readonly { readonly InternetMessageId: string }[] }[];
  readonly Item?: { readonly ParentFolder?: { readonly Path: string } };
  readonly Parameters?: readonly Properties[];
  readonly QueryText?: string;
}

interface Deed {
  readonly time: string;
  readonly mailbox: string;
  readonly address: string;
  readonly recordId: string;
}

/** What the test reads of answer-key.json. */
interface AnswerKey {
  readonly evidence: {
    readonly records: number;
    readonly csv: { readonly records: number };
    readonly ndjson: { readonly records: number };
    readonly duplicates: number;
  };
  readonly recordsByActor: Readonly<Record<string, number>>;
  readonly intruderAddresses: readonly string[];
  readonly throttled: { readonly from: string; readonly to: string };
  readonly harmless: { readonly backup: { readonly app: string } };
  readonly sessions: readonly {
    readonly mailbox: string;
    readonly sessionId: string;
    readonly ownAddress: string;
    readonly stolenFirst: string;
    readonly addresses: readonly string[];
  }[];
  readonly searches: readonly (Deed & { readonly query: string })[];
  readonly opened: readonly (Deed & { readonly internetMessageId: string; readonly subject: string })[];
  readonly synced: readonly (Deed & { readonly folder: string })[];
  readonly changes: readonly (Deed & { readonly operation: string })[];
  readonly failedSignIns: readonly Deed[];
  readonly burst: {
    readonly appId: string;
    readonly first: string;
    readonly last: string;
    readonly mailboxes: readonly string[];
    readonly records: number;
    readonly messages: number;
  };
}

const text = (path: string): string => readFileSync(join(CASE, path), "utf8");
const key: AnswerKey = JSON.parse(text("answer-key.json"));
const csvRows: readonly Readonly<Record<string, string>>[] = parse(text(CSV).split("\r\n").slice(1).join("\r\n"), {
  columns: true,
});
const csv = csvRows.map((row) => JSON.parse(row["AuditData"] ?? "") as AuditRecord);
const ndjson = text(NDJSON)
  .trimEnd()
  .split("\n")
  .map((line) => JSON.parse(line) as AuditRecord);
const records = new Map([...csv, ...ndjson].map((record) => [record.Id, record]));
const all = [...records.values()].sort((a, b) => (a.CreationTime < b.CreationTime ? -1 : 1));
const addressOf = ({ ClientIPAddress, ClientIP, ActorIpAddress }: AuditRecord): string =>
  (ClientIPAddress ?? ClientIP ?? ActorIpAddress ?? "").replace(/^(\d+\.\d+\.\d+\.\d+):\d+$/, "$1");
const property = (record: AuditRecord, name: string) =>
  record.OperationProperties?.find(({ Name }) => Name === name)?.Value;

describe("the evidence of the session theft", () => {
  test("is as large as the key says, two files that overlap", () => {
    const { evidence, recordsByActor } = key;
    expect([csv.length, ndjson.length, records.size]).toEqual([
      evidence.csv.records,
      evidence.ndjson.records,
      evidence.records,
    ]);
    expect(csv.length + ndjson.length - records.size).toBe(evidence.duplicates);
    expect(evidence.duplicates).toBeGreaterThan(300);
    expect(Object.values(recordsByActor).reduce((sum, count) => sum + count, 0)).toBe(records.size);
    const bytes = [CSV, NDJSON, "message-trace.csv", "answer-key.json"].map((path) => statSync(join(CASE, path)).size);
    expect(bytes.reduce((sum, size) => sum + size, 0)).toBeLessThan(6_000_000);
    const days = new Set(all.map(({ CreationTime }) => CreationTime.slice(0, 10)));
    expect([days.size, all[0]?.CreationTime.slice(0, 10), all.at(-1)?.CreationTime.slice(0, 10)]).toEqual([
      30,
      "2026-03-02",
      "2026-03-31",
    ]);
  });

  test("says the same of a record in both files", () => {
    const other = new Map(ndjson.map((record) => [record.Id, record]));
    for (const record of csv) {
      const twin = other.get(record.Id);
      if (twin !== undefined) expect(twin).toEqual(record);
    }
  });

  test("is a CSV of 13 columns, newest first, in PowerShell's spelling", () => {
    expect(text(CSV).startsWith("\uFEFF#TYPE ")).toBe(true);
    expect(
      text(CSV)
        .split("\n")
        .slice(0, -1)
        .every((line) => line.endsWith("\r")),
    ).toBe(true);
    for (const [index, row] of csvRows.entries()) {
      expect(Object.keys(row)).toHaveLength(13);
      const { CreationTime, Id, UserId, Operation } = csv[index] as AuditRecord;
      expect([row["Identity"], row["UserIds"], row["Operations"]]).toEqual([Id, UserId, Operation]);
      expect(new Date(`${row["CreationDate"]} UTC`).toISOString().slice(0, 19)).toBe(CreationTime);
      const before = csv[index - 1]?.CreationTime ?? "9";
      expect(CreationTime <= before).toBe(true);
    }
  });

  test("has addresses of documentation and of Microsoft's back end only", () => {
    const odd = all
      .map((record) => addressOf(record).replace(/^\[(.*)\]:\d+$/, "$1"))
      .filter((address) => !/^(?:192\.0\.2\.|198\.51\.100\.|203\.0\.113\.|2001:db8:|2603:10b6:)/.test(address));
    expect(odd).toEqual([]);
  });
});

describe("the answer key of the session theft", () => {
  test("names records that do what it says, from where it says", () => {
    const { searches, opened, synced, changes, failedSignIns } = key;
    for (const deed of [...searches, ...opened, ...synced, ...changes, ...failedSignIns]) {
      const record = records.get(deed.recordId) as AuditRecord;
      expect([record.CreationTime, addressOf(record)]).toEqual([deed.time, deed.address]);
      expect(key.intruderAddresses).toContain(deed.address);
    }
    for (const { recordId, query } of searches) expect(records.get(recordId)?.QueryText).toBe(query);
    for (const { recordId, folder } of synced) {
      const record = records.get(recordId) as AuditRecord;
      expect([property(record, "MailAccessType"), record.Item?.ParentFolder?.Path]).toEqual(["Sync", folder]);
    }
    for (const { recordId, internetMessageId } of opened) {
      const ids = records.get(recordId)?.Folders?.flatMap(({ FolderItems }) => FolderItems) ?? [];
      expect(ids.map(({ InternetMessageId }) => InternetMessageId)).toContain(internetMessageId);
    }
    for (const { recordId, operation } of changes) expect(records.get(recordId)?.Operation).toBe(operation);
  });

  test("leaves out nothing that came from the intruder's addresses", () => {
    const named = new Set(
      Object.values(key)
        .filter(
          (value): value is Deed[] => Array.isArray(value) && typeof value[0] === "object" && "recordId" in value[0],
        )
        .flatMap((deeds) => deeds.map(({ recordId }) => recordId)),
    );
    const own = all.filter((record) => key.intruderAddresses.includes(addressOf(record)));
    expect(own).toHaveLength(key.recordsByActor["intruder"] ?? 0);
    expect(own.filter(({ Id }) => !named.has(Id))).toEqual([]);
    expect(named.size).toBe(own.length);
  });

  test("has both sessions begun by their owners and used from other networks later", () => {
    for (const { mailbox, sessionId, ownAddress, stolenFirst, addresses } of key.sessions) {
      const own = all.filter(({ SessionId }) => SessionId === sessionId);
      // A search names no session, so that the session's own first record from there may come a little later.
      const first = all.find(
        (record) =>
          record.UserId.toLowerCase() === mailbox &&
          addresses.includes(addressOf(record)) &&
          record.Operation !== "UserLoginFailed",
      );
      expect(first?.CreationTime).toBe(stolenFirst);
      expect(own[0]?.CreationTime && own[0].CreationTime < stolenFirst).toBe(true);
      expect([...new Set(own.map(addressOf))].toSorted()).toEqual([ownAddress, ...addresses].toSorted());
      const signIns = all.filter(
        (record) => record.Operation === "UserLoggedIn" && JSON.stringify(record).includes(sessionId),
      );
      expect(signIns.map((record) => [record.UserId.toLowerCase(), addressOf(record)])).toEqual([
        [mailbox, ownAddress],
      ]);
    }
  });

  test("has seven mailboxes read through Graph within one window of ten minutes", () => {
    const { appId, first, last, mailboxes, records: count, messages } = key.burst;
    const burst = all.filter(({ ClientAppId }) => ClientAppId === appId);
    expect([burst.length, burst[0]?.CreationTime, burst.at(-1)?.CreationTime]).toEqual([count, first, last]);
    expect([...new Set(burst.map(({ MailboxOwnerUPN = "" }) => MailboxOwnerUPN))].toSorted()).toEqual(
      mailboxes.toSorted(),
    );
    expect(mailboxes).toHaveLength(7);
    expect(first >= "2026-03-16T14:40:00" && last < "2026-03-16T14:50:00").toBe(true);
    const items = burst.flatMap(({ Folders = [] }) => Folders.flatMap(({ FolderItems }) => FolderItems));
    expect(items).toHaveLength(messages);
    const app = key.harmless.backup.app;
    expect(
      new Set(all.filter(({ ClientAppId }) => ClientAppId === app).map((record) => record.MailboxOwnerUPN)).size,
    ).toBe(8);
  });

  test("has no Bind in the throttled mailbox for 24 hours", () => {
    const { from, to } = key.throttled;
    const binds = all.filter(
      (record) =>
        record.MailboxOwnerUPN?.startsWith("maria.") === true && property(record, "MailAccessType") === "Bind",
    );
    expect(binds.filter((record) => property(record, "IsThrottled") === "True").map((r) => r.CreationTime)).toEqual([
      from,
    ]);
    expect(binds.filter(({ CreationTime }) => CreationTime > from && CreationTime < to)).toEqual([]);
    expect(binds.some(({ CreationTime }) => CreationTime > to)).toBe(true);
    expect(Date.parse(`${to}Z`) - Date.parse(`${from}Z`)).toBe(86_400_000);
  });

  test("knows the subject of every opened message from the trace", () => {
    const trace: readonly Readonly<Record<string, string>>[] = parse(text("message-trace.csv"), {
      bom: true,
      columns: true,
    });
    const subjects = new Map(trace.map((row) => [row["MessageId"], row["Subject"]]));
    for (const { internetMessageId, subject } of key.opened) expect(subjects.get(internetMessageId)).toBe(subject);
  });
});
