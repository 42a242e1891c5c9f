import { stringify } from "csv-stringify/sync";
import { openReader } from "../../../src/ingest/open-reader.ts";
import { parseAuditJson } from "../../../src/ingest/audit-log/reader.ts";
import type { ActivityRecord, AuditFacts } from "../../../src/model/record.ts";
import { openOne } from "../evidence/support.ts";

/** A record as somebody writes it down in a test. */
export type Fields = Readonly<Record<string, unknown>>;

/** The members that every record of the audit log has. */
export const COMMON: Fields = {
  CreationTime: "2021-05-18T21:13:33",
  Id: "9CEF02E9-4bfa-4c73-be7d-9dad68b9cea8",
  Operation: "MailItemsAccessed",
  OrganizationId: "75243ab2-44f8-435c-a7a6-b479385df6d4",
  RecordType: 50,
  ResultStatus: "Succeeded",
  UserKey: "1003BFFD98415B4E",
  UserType: 0,
  Version: 1,
  Workload: "Exchange",
  UserId: "owner@contoso.example",
};

export function audited(fields: Fields): ActivityRecord {
  return auditedText(JSON.stringify({ ...COMMON, ...fields }));
}

export function auditedText(text: string): ActivityRecord {
  const record = parseAuditJson(text);
  if ("problem" in record) throw new Error(record.problem);
  return record;
}

export function factsOf(fields: Fields): AuditFacts {
  return factsIn(audited(fields));
}

export function factsIn(record: ActivityRecord): AuditFacts {
  if (record.audit === undefined) throw new Error("no audit record");
  return record.audit;
}

const CANONICAL =
  "Subject InternetMessageId SenderSmtpAddress Recipients AttachmentDetail AttachmentName SizeInBytes Folder SourceFolder TargetFolder DeleteType ClientIP UserName UserAgent Result ExceptionInfo QueryText Folders AffectedItems UserKey".split(
    " ",
  );
const FACTS =
  "recordId mailbox mailboxGuid organization workload user address addressWritten userAgent clientInfo appId clientAppId logonType external mailAccessType throttled operationCount messageKey".split(
    " ",
  ) as (keyof AuditFacts)[];

/** Everything that is asked of a row, but for the text that it was read from. */
export function shown(row: ActivityRecord): unknown {
  const { timeStamp, appIdType, activityIdType, activityItemId, activityCreationTime, clientSessionId } = row;
  const facts = factsIn(row);
  return {
    basic: [timeStamp, appIdType, activityIdType, activityItemId, activityCreationTime, clientSessionId],
    rest: [row.extra, row.absent, row.properties.problem],
    facts: FACTS.map((name) => [name, facts[name]]),
    texts: CANONICAL.map((name) => [name, row.properties.text(name)]),
  };
}

export interface ReadLog {
  readonly format: string;
  readonly records: readonly ActivityRecord[];
  /** The text of each record and of each reject, with its place and reason. */
  readonly texts: readonly string[];
  readonly stretches: readonly { start: number; length: number; reason: string | undefined }[];
  readonly rejects: readonly { text: string; reason: string }[];
}

/** Reads a file as a run does: by its content, and each record once more from the text that was reported. */
export async function readLog(folder: string, content: string | Buffer): Promise<ReadLog> {
  const evidence = await openOne(folder, "input", content);
  try {
    const reader = openReader(evidence);
    if ("unreadable" in reader) throw new Error(`not read: ${reader.found}`);
    const textAt = (start: number, length: number) => {
      const bytes = Buffer.alloc(length);
      evidence.read(bytes, 0, length, start);
      return bytes.toString("utf8");
    };
    const records: ActivityRecord[] = [];
    const texts: string[] = [];
    const rejects: { text: string; reason: string }[] = [];
    const stretches: { start: number; length: number; reason: string | undefined }[] = [];
    const scan = reader.scan({
      record(record, start, length) {
        const text = textAt(start, length);
        const again = reader.parse(text);
        if (JSON.stringify(shown(again)) !== JSON.stringify(shown(record))) throw new Error(`read otherwise: ${text}`);
        records.push(record);
        texts.push(text);
        stretches.push({ start, length, reason: undefined });
      },
      reject(start, length, reason) {
        rejects.push({ text: textAt(start, length), reason });
        stretches.push({ start, length, reason });
      },
    });
    while (scan.next().done !== true);
    return { format: reader.format, records, texts, rejects, stretches };
  } finally {
    evidence.close();
  }
}

export interface Shape {
  readonly name: string;
  readonly format: string;
  readonly write: (records: readonly Fields[]) => string;
}

const NAMED_RECORD_TYPES: Readonly<Record<string, string>> = { "50": "ExchangeItemAggregated", "2": "ExchangeItem" };

function recordTypeName(fields: Fields): string {
  return NAMED_RECORD_TYPES[String(fields["RecordType"])] ?? "ExchangeAdmin";
}

function powerShellRow(fields: Fields): Record<string, string> {
  return {
    PSComputerName: "outlook.office365.com",
    RunspaceId: "7f5a3e0a-2d11-4a51-9a5e-5a6c1c5f2b0d",
    RecordType: recordTypeName(fields),
    CreationDate: "5/18/2021 9:13:33 PM",
    UserIds: String(fields["UserId"]),
    Operations: String(fields["Operation"]),
    AuditData: JSON.stringify(fields),
    ResultIndex: "1",
    ResultCount: "2",
    Identity: String(fields["Id"]),
    IsValid: "True",
    ObjectState: "Unchanged",
  };
}

function purviewRow(fields: Fields): Record<string, string> {
  return {
    RecordId: String(fields["Id"]),
    CreationDate: "2021-05-18T21:13:33.0000000Z",
    RecordType: String(fields["RecordType"]),
    Operation: String(fields["Operation"]),
    UserId: String(fields["UserId"]),
    AuditData: JSON.stringify(fields),
    AssociatedAdminUnits: "",
    AssociatedAdminUnitsNames: "",
  };
}

function splunkRow(fields: Fields): Record<string, string> {
  return {
    _time: "2021-05-18T21:13:33.000+0000",
    AuditData: "",
    Operation: String(fields["Operation"]),
    UserId: String(fields["UserId"]),
    _raw: JSON.stringify(fields),
    host: "collector",
  };
}

const SENTINEL_NAMES: Readonly<Record<string, string>> = {
  CreationTime: "TimeGenerated",
  Id: "OfficeId",
  Workload: "OfficeWorkload",
  ObjectId: "OfficeObjectId",
  ClientIPAddress: "Client_IPAddress",
  LogonType: "Logon_Type",
};

/** A record as Sentinel has it: other names, a `Z` behind the time, and every value a string. */
export function sentinelRow(fields: Fields): Record<string, string> {
  const row: Record<string, string> = { TenantId: "t", Type: "OfficeActivity", SourceSystem: "OfficeActivityManager" };
  for (const [name, value] of Object.entries(fields)) {
    const given = SENTINEL_NAMES[name] ?? name;
    row[given] = typeof value === "string" ? value : JSON.stringify(value);
  }
  row["TimeGenerated"] = `${row["TimeGenerated"]}Z`;
  return row;
}

function csvOf(rows: readonly Record<string, string>[], options: Parameters<typeof stringify>[1] = {}): string {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  return stringify(rows as Record<string, string>[], { header: true, columns, ...options });
}

const lines = (values: readonly unknown[]) => values.map((value) => `${JSON.stringify(value)}\n`).join("");

/** Every shape in which audit logs are handed over. */
export const SHAPES: readonly Shape[] = [
  { name: "lines", format: "audit-json", write: lines },
  { name: "a list", format: "audit-json", write: (records) => JSON.stringify(records) },
  { name: "an indented list", format: "audit-json", write: (records) => JSON.stringify(records, null, 2) },
  {
    name: "lists one behind the other",
    format: "audit-json",
    write: (records) => records.map((record) => JSON.stringify([record])).join(""),
  },
  {
    name: "blobs one behind the other",
    format: "audit-json",
    write: (records) => records.map((record) => JSON.stringify(record)).join(""),
  },
  {
    name: "pages",
    format: "audit-json",
    write: (records) => records.map((record) => JSON.stringify({ value: [record] })).join("\r\n"),
  },
  {
    name: "pages of Azure Monitor",
    format: "audit-json",
    write: (records) => records.map((record) => JSON.stringify({ records: [record] })).join("\n"),
  },
  {
    name: "Search-UnifiedAuditLog, every field quoted, with its type",
    format: "audit-csv",
    write: (records) =>
      `\ufeff#TYPE Deserialized.Microsoft.Exchange.Data.ApplicationLogic.UnifiedAuditLogEvent\r\n${csvOf(
        records.map(powerShellRow),
        { quoted: true, record_delimiter: "\r\n" },
      )}`,
  },
  {
    name: "Search-UnifiedAuditLog, few quotes",
    format: "audit-csv",
    write: (records) => csvOf(records.map(powerShellRow)),
  },
  { name: "the Purview portal", format: "audit-csv", write: (records) => csvOf(records.map(purviewRow)) },
  {
    name: "the Purview portal with CRLF",
    format: "audit-csv",
    write: (records) => csvOf(records.map(purviewRow), { record_delimiter: "\r\n", quoted_match: /\n/ }),
  },
  {
    name: "ConvertTo-Json of PowerShell",
    format: "audit-json",
    write: (records) =>
      JSON.stringify(
        records.map((record) => ({ ...powerShellRow(record), CreationDate: "/Date(1621372413000)/" })),
        null,
        4,
      ),
  },
  {
    name: "Microsoft Graph",
    format: "audit-json",
    write: (records) =>
      JSON.stringify({
        "@odata.context": "https://graph.microsoft.com/beta/$metadata#security/auditLog/queries('1')/records",
        value: records.map((record) => ({
          id: record["Id"],
          createdDateTime: "2021-05-18T21:13:33Z",
          auditData: record,
        })),
      }),
  },
  { name: "a SIEM's CSV", format: "audit-siem-csv", write: (records) => csvOf(records.map(splunkRow)) },
  {
    name: "a SIEM's CSV without AuditData",
    format: "audit-siem-csv",
    write: (records) => csvOf(records.map(({ ...fields }) => ({ source: "o365", _raw: JSON.stringify(fields) }))),
  },
  {
    name: "a SIEM's lines with _raw",
    format: "audit-siem-json",
    write: (records) => lines(records.map((record) => ({ _time: "x", _raw: JSON.stringify(record) }))),
  },
  {
    name: "a SIEM's lines with result and _raw",
    format: "audit-siem-json",
    write: (records) =>
      lines(records.map((record) => ({ preview: false, result: { host: "h", _raw: JSON.stringify(record) } }))),
  },
  {
    name: "a SIEM's lines with result",
    format: "audit-siem-json",
    write: (records) => lines(records.map((record, offset) => ({ preview: false, offset, result: record }))),
  },
  {
    name: "a SIEM's lines with _source",
    format: "audit-siem-json",
    write: (records) => lines(records.map((record, at) => ({ _index: "o365", _id: String(at), _source: record }))),
  },
  {
    name: "Sentinel's lines",
    format: "office-activity",
    write: (records) => lines(records.map(sentinelRow)),
  },
  {
    name: "Sentinel's CSV",
    format: "office-activity",
    write: (records) => csvOf(records.map(sentinelRow)).replace("TimeGenerated", "TimeGenerated [UTC]"),
  },
];
