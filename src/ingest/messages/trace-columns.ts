/** What is read of one row of a message trace; empty where it does not say. */
export interface TraceRow {
  readonly messageId: string;
  readonly subject: string;
  readonly sender: string;
  readonly recipients: readonly string[];
  readonly returnPath: string;
  readonly received: string;
}

/** Where a trace has what is read of it: positions of columns, -1 for none. */
export interface TraceColumns {
  readonly messageId: number;
  readonly subject: number;
  readonly sender: number;
  readonly recipients: number;
  /** Recipients with what became of them: `ann@contoso.example##Receive, Deliver;bob@contoso.example##Receive, Fail`. */
  readonly statuses: number;
  readonly returnPath: number;
  readonly received: number;
  /** What its times are that have no zone. */
  readonly zoneless: "UTC" | "unknown";
}

/**
 * The columns by what they are read for, the best first; names without case, dashes, underscores and blanks. They are
 * known from:
 *
 * - Get-MessageTrace and Get-MessageTraceV2: MessageId, Subject, SenderAddress, RecipientAddress, Received (the schema
 *   of the reporting service's MessageTrace has the same); times are UTC (Microsoft Learn, Get-MessageTraceV2).
 * - exchangeMessageTrace of Microsoft Graph: messageId, subject, senderAddress, recipientAddress, receivedDateTime in
 *   UTC (Microsoft Learn).
 * - The portal's enhanced summary: origin_timestamp, sender_address, Recipient_status, message_subject, message_id, and
 *   its extended report: date_time, recipient_address and others (Microsoft Learn, "Message trace in the new Exchange
 *   admin center"). That the files say origin_timestamp_utc and date_time_utc is from programs that read them; no
 *   documentation of Microsoft was found that does. Without `_utc` the zone is what the person had set.
 * - Message tracking logs of Exchange Server: date-time, message-id, recipient-address, message-subject, sender-address
 *   (the Sender header, else From), return-path (Microsoft Learn, "Message tracking"); of Get-MessageTrackingLog, which
 *   calls them Timestamp, Recipients and Sender, the time is that of the server's own zone.
 */
const NAMES = {
  messageId: ["messageid"],
  subject: ["subject", "messagesubject"],
  sender: ["senderaddress", "sender"],
  recipients: ["recipientaddress", "recipients"],
  statuses: ["recipientstatus"],
  returnPath: ["returnpath"],
  received: [
    "received",
    "receiveddatetime",
    "origintimestamputc",
    "origintimestamp",
    "datetimeutc",
    "datetime",
    "timestamp",
  ],
} as const;

const UTC_NAMES: ReadonlySet<string> = new Set(["received", "receiveddatetime", "origintimestamputc", "datetimeutc"]);

/**
 * Finds the columns of a message trace among names.
 *
 * @param names of the columns, or of a JSON object's properties.
 * @returns undefined where they are not of a message trace: one names messages by their ID and has two of subject,
 * sender, recipients and time at least.
 */
export function traceColumns(names: readonly string[]): TraceColumns | undefined {
  const folded = names.map((name) => name.trim().toLowerCase().replaceAll(/[-_ ]/g, ""));
  const find = (wanted: readonly string[]) =>
    wanted.map((name) => folded.indexOf(name)).find((position) => position >= 0) ?? -1;
  const columns = {
    messageId: find(NAMES.messageId),
    subject: find(NAMES.subject),
    sender: find(NAMES.sender),
    recipients: find(NAMES.recipients),
    statuses: find(NAMES.statuses),
    returnPath: find(NAMES.returnPath),
    received: find(NAMES.received),
  };
  const { subject, sender, recipients, statuses, received } = columns;
  const known = [subject, sender, Math.max(recipients, statuses), received].filter((position) => position >= 0);
  if (columns.messageId < 0 || known.length < 2) return undefined;
  return { ...columns, zoneless: UTC_NAMES.has(folded[received] ?? "") ? "UTC" : "unknown" };
}

/** Reads one row; its cells are texts, or the values of a JSON object. */
export function traceRow(columns: TraceColumns, cells: readonly unknown[]): TraceRow {
  const at = (position: number) => cellText(cells[position]);
  const recipients = splitAddresses(at(columns.recipients));
  return {
    messageId: at(columns.messageId).trim(),
    subject: at(columns.subject),
    sender: bare(at(columns.sender)),
    recipients: recipients.length > 0 ? recipients : recipientsOfStatuses(at(columns.statuses)),
    returnPath: bare(at(columns.returnPath)),
    received: at(columns.received).trim(),
  };
}

function cellText(cell: unknown): string {
  if (typeof cell === "string") return cell;
  // Recipients of Get-MessageTrackingLog in JSON.
  if (Array.isArray(cell)) return cell.filter((one) => typeof one === "string").join(";");
  // A date of Windows PowerShell's ConvertTo-Json that has members added.
  if (typeof cell === "object" && cell !== null && "value" in cell) return cellText(cell.value);
  return "";
}

/** Several are separated by semicolons, here and there by commas. */
function splitAddresses(text: string): string[] {
  return text
    .split(";")
    .flatMap((part) => (part.indexOf("@") === part.lastIndexOf("@") ? [part] : part.split(",")))
    .map(bare)
    .filter((address) => address !== "");
}

/** In tracking logs the column has answers of servers instead, which name nobody. */
function recipientsOfStatuses(text: string): string[] {
  return text
    .split(";")
    .flatMap((part) => (part.includes("##") ? [bare(part.slice(0, part.indexOf("##")))] : []))
    .filter((address) => address !== "");
}

/** An address without blanks and brackets; nothing of what Export-Csv writes for a list: `System.String[]`. */
function bare(text: string): string {
  const trimmed = text.trim();
  const address = /^<.*>$/s.test(trimmed) ? trimmed.slice(1, -1).trim() : trimmed;
  return /^[\w.]+\[\]$/.test(address) ? "" : address;
}
