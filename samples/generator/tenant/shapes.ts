import type { Random } from "../random.ts";
import type { AuditRow } from "./records.ts";

const COLUMNS = [
  "PSComputerName",
  "RunspaceId",
  "PSShowComputerName",
  "RecordType",
  "CreationDate",
  "UserIds",
  "Operations",
  "AuditData",
  "ResultIndex",
  "ResultCount",
  "Identity",
  "IsValid",
  "ObjectState",
] as const;

/** RecordType as the column names it; AuditData has the number. */
const RECORD_TYPES: Readonly<Record<string, string>> = {
  "1": "ExchangeAdmin",
  "2": "ExchangeItem",
  "3": "ExchangeItemGroup",
  "8": "AzureActiveDirectory",
  "15": "AzureActiveDirectoryStsLogon",
  "50": "ExchangeItemAggregated",
  "101": "ExchangeSearch",
};

/** A page of Search-UnifiedAuditLog; ResultIndex begins anew with each. */
const PAGE = 5000;

const two = (value: number): string => String(value).padStart(2, "0");

/** CreationDate as PowerShell of an American Windows prints it; it is UTC. */
function creationDate(ms: number): string {
  const at = new Date(ms);
  const hour = at.getUTCHours();
  const time = `${hour % 12 || 12}:${two(at.getUTCMinutes())}:${two(at.getUTCSeconds())} ${hour < 12 ? "AM" : "PM"}`;
  return `${at.getUTCMonth() + 1}/${at.getUTCDate()}/${at.getUTCFullYear()} ${time}`;
}

function quoted(cells: readonly string[]): string {
  return cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(",");
}

/** Records as Search-UnifiedAuditLog and Export-Csv write them: every cell quoted, newest first, CRLF, a #TYPE line. */
export function toSearchCsv(random: Random, rows: readonly AuditRow[]): string {
  const runspace = random.guid();
  const newest = rows.toSorted((a, b) => b.at - a.at);
  const lines = newest.map(({ at, fields }, index) =>
    quoted([
      "outlook.office365.com",
      runspace,
      "False",
      RECORD_TYPES[String(fields["RecordType"])] ?? String(fields["RecordType"]),
      creationDate(at),
      String(fields["UserId"]),
      String(fields["Operation"]),
      JSON.stringify(fields),
      String((index % PAGE) + 1),
      String(rows.length),
      String(fields["Id"]),
      "True",
      "Unchanged",
    ]),
  );
  const type = "#TYPE Deserialized.Microsoft.Exchange.Data.ApplicationLogic.UnifiedAuditLogEvent";
  return `\uFEFF${[type, quoted(COLUMNS), ...lines].join("\r\n")}\r\n`;
}

/** Records as the Management Activity API hands them out, one a line: blob by blob, each of them nearly in order. */
export function toNdjson(random: Random, rows: readonly AuditRow[]): string {
  const late = rows.map((row) => ({ row, at: row.at + random.int(40 * 60) * 1000 }));
  return late
    .sort((a, b) => a.at - b.at)
    .map(({ row }) => `${JSON.stringify(row.fields)}\n`)
    .join("");
}
