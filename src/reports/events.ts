import type { LogonFacts } from "../activities/logon/index.ts";
import { logonFacts } from "../activities/logon/index.ts";
import { readersFolder } from "../activities/read/index.ts";
import { searchFacts } from "../activities/search/index.ts";
import { ticksSince1970 } from "../ingest/timestamp.ts";
import type { Attribution, MailboxEvent, MessageFacts } from "../model/event.ts";
import { evidenceOf } from "../joins/mailbox-case.ts";
import type { AuditFacts } from "../model/record.ts";
import type { Report } from "./report.ts";
import { ALL_FAMILIES, inSeconds, listed, sourceOf } from "./report.ts";

/** A row of the timeline and what is looked up for it once. */
interface Told {
  readonly event: MailboxEvent;
  readonly ordinal: number;
  readonly messageItemId: string;
  readonly message: MessageFacts;
  readonly attribution: Attribution;
  readonly logon: LogonFacts | undefined;
  readonly audit: AuditFacts | undefined;
  /** The input's number. */
  readonly source: number;
}

/** How a column is typed: `TEXT?` can be unknown, as opposed to empty; the others are SQL's. */
type ColumnType = "TEXT" | "TEXT?" | "BIGINT" | "INTEGER" | "BOOLEAN" | "DECIMAL(18,7)";

type Column = readonly [name: string, type: ColumnType, cell: (told: Told) => string];

/** What can be unknown stands behind a sign, so that the empty cell is free for it. */
function perhaps(fact: string | undefined): string {
  return fact === undefined ? "" : `=${fact}`;
}

function figure(value: number | undefined): string {
  return value === undefined || value < 0 ? "" : String(value);
}

function flag(value: boolean | undefined): string {
  return value === true ? "yes" : "";
}

function epochTicks({ ticks, record }: MailboxEvent): string {
  return Number.isNaN(ticks) ? "" : String(ticksSince1970(record.timeStamp, ticks));
}

/** Where the reader stood says more than where the message was delivered. */
function folderOf({ event: { record }, message }: Told): string | undefined {
  return readersFolder(record) || message.folder;
}

const COLUMNS: readonly Column[] = [
  ["ordinal", "BIGINT", ({ ordinal }) => String(ordinal)],
  ["ticks", "BIGINT", ({ event }) => epochTicks(event)],
  ["time_stamp", "TEXT", ({ event }) => event.record.timeStamp],
  ["family", "TEXT", ({ event }) => event.type.family],
  ["role", "TEXT", ({ event }) => event.type.role],
  ["type", "TEXT", ({ event }) => event.type.name],
  ["operation", "TEXT", ({ event }) => event.record.activityIdType],
  ["platform", "TEXT", ({ event }) => event.record.appIdType],
  ["ip", "TEXT", ({ attribution }) => attribution.address],
  ["ip_basis", "TEXT", ({ attribution }) => attribution.basis],
  ["confidence", "TEXT", ({ attribution }) => attribution.confidence],
  ["logon_time", "TEXT", ({ attribution }) => attribution.logonTime],
  ["other_ips", "TEXT", ({ attribution }) => listed(attribution.others)],
  ["last_login_ip", "TEXT?", ({ event }) => perhaps(event.lastLogin)],
  ["user_name", "TEXT", ({ audit, logon }) => audit?.user ?? logon?.user ?? ""],
  ["user_agent", "TEXT", ({ audit, logon }) => logon?.userAgent ?? audit?.userAgent ?? ""],
  ["successful", "BOOLEAN", ({ logon }) => flag(logon?.successful)],
  ["item_id", "TEXT", ({ event }) => event.record.activityItemId],
  ["message_item", "BIGINT", ({ event }) => figure(event.messageItem)],
  ["message_item_id", "TEXT", ({ messageItemId }) => messageItemId],
  ["internet_message_id", "TEXT?", ({ message }) => perhaps(message.internetMessageId)],
  ["subject", "TEXT?", ({ message }) => perhaps(message.subject)],
  ["sender", "TEXT?", ({ message }) => perhaps(message.from)],
  ["recipients", "TEXT?", ({ message }) => perhaps(message.recipients)],
  ["received", "TEXT?", ({ message }) => perhaps(message.received)],
  ["folder", "TEXT?", (told) => perhaps(folderOf(told))],
  ["attachments", "TEXT?", ({ message }) => perhaps(message.attachments)],
  ["metadata", "TEXT", ({ message }) => message.metadata],
  ["access", "TEXT", ({ event }) => event.type.access ?? ""],
  ["dwell_seconds", "DECIMAL(18,7)", ({ event }) => inSeconds(event.dwellSeconds)],
  ["closing", "BOOLEAN", ({ event }) => flag(event.loggedStart !== undefined)],
  ["query", "TEXT", ({ event }) => (event.type.family === "search" ? searchFacts(event.record).query : "")],
  ["search", "BIGINT", ({ event }) => figure(event.search)],
  ["session", "TEXT", ({ event }) => event.record.clientSessionId],
  ["client_info", "TEXT", ({ audit }) => audit?.clientInfo ?? ""],
  ["app_id", "TEXT", ({ audit }) => audit?.appId ?? ""],
  ["client_app_id", "TEXT", ({ audit }) => audit?.clientAppId ?? ""],
  ["organization", "TEXT", ({ audit }) => audit?.organization ?? ""],
  ["workload", "TEXT", ({ audit }) => audit?.workload ?? ""],
  ["owner", "TEXT", ({ audit }) => audit?.mailbox ?? ""],
  ["logon_type", "TEXT", ({ audit }) => audit?.logonType ?? ""],
  ["external", "BOOLEAN", ({ audit }) => flag(audit?.external)],
  ["operation_count", "BIGINT", ({ audit }) => figure(audit?.operationCount)],
  ["throttled", "BOOLEAN", ({ audit }) => flag(audit?.throttled)],
  ["source_number", "BIGINT", ({ source }) => String(source)],
];

/**
 * Every row of the timeline with what the tables say of it, for databases: one mailbox behind the other, each in order
 * of time. It is no table of the bundle but what Parquet is made of: its header line says name and type of each column.
 * It holds no scores, which are judgements about all rows of an address or a search and stand in tables of their own.
 */
export const events: Report = {
  table: "events",
  columns: COLUMNS.map(([name, type]) => `${name} ${type}`),
  families: ALL_FAMILIES,
  order: "mailbox",
  passing: true,
  begin(joined, sink) {
    let ordinal = 0;
    return {
      event(event) {
        const { family } = event.type;
        const told: Told = {
          event,
          ordinal: ++ordinal,
          messageItemId: event.messageItem < 0 ? "" : joined.idOf(event.messageItem),
          message: event.message(),
          attribution: event.attribution(),
          logon: family === "logon" ? logonFacts(event.record) : undefined,
          audit: event.record.audit,
          source: evidenceOf(joined.mailboxCase, event.row).number,
        };
        sink.row(
          COLUMNS.map(([, , cell]) => cell(told)),
          sourceOf(event),
        );
      },
    };
  },
};
