import { escapeControls } from "../evidence/labels.ts";
import { sliceJson } from "../activity-json/slice.ts";
import { authenticationOf } from "./authentication.ts";
import {
  addressesIn,
  doubledHeaders,
  headerValue,
  headerValues,
  type MessageHeader,
  messageIdIn,
  textIn,
} from "./headers.ts";
import { type FoundMessages, newTraceGatherer } from "./gather-trace.ts";
import { joinedAddresses, type MailAddress, messageKey, type MessageRecord, NOBODY } from "./message-record.ts";
import { receivedHeaderTime, utcTime } from "./received-time.ts";
import { traceColumns, traceRow } from "./trace-columns.ts";

/** Lists and pages in each other that are looked into; Graph nests two. */
const DEEPEST = 4;

type Fields = Readonly<Record<string, unknown>>;

/**
 * Reads messages as Microsoft Graph or the Outlook REST API gives them, and rows of a message trace (ConvertTo-Json of
 * Get-MessageTrace and its like, exchangeMessageTrace of Graph): one, a page (`{"value": [...]}`), a list of either, or
 * any of these one a line (NDJSON). Of a text that is cut off or damaged, the whole messages are read: line by line, or
 * where that finds none, up to the damage.
 *
 * @param text without a byte order mark.
 * @param file label of the file.
 * @returns the messages, and of a trace what its rows say together; `source.entry` counts every entry.
 */
export function readMessageJson(text: string, file: string): FoundMessages {
  const whole = tryParse(text);
  if (whole !== undefined) return numbered(entriesOf(whole.value, 0), file);
  const lines = numbered(entriesOfLines(text), file);
  if (lines.messages.length > 0) return lines;
  return numbered(entriesOfDamaged(text), file);
}

/** An entry before it is read: a JSON value, or what is wrong in its place. */
type RawEntry = { readonly value: unknown } | { readonly problem: string };

/** The value in an object, as JSON may be `null`; undefined where the text is no JSON. */
function tryParse(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function entriesOf(value: unknown, depth: number): RawEntry[] {
  if (depth < DEEPEST) {
    if (Array.isArray(value)) return value.flatMap((element: unknown) => entriesOf(element, depth + 1));
    if (isFields(value) && Array.isArray(value["value"])) return entriesOf(value["value"], depth + 1);
  }
  return [{ value }];
}

function entriesOfLines(text: string): RawEntry[] {
  return text.split("\n").flatMap((line, at): RawEntry[] => {
    // The record separator of RFC 7464, and the comma of a list that was written one message a line.
    // oxlint-disable-next-line no-control-regex -- the record separator is what is looked for
    const content = line.replace(/^[\s\u001e]+/, "").trimEnd();
    if (content === "") return [];
    const parsed = tryParse(content.endsWith(",") ? content.slice(0, -1) : content);
    return parsed === undefined ? [{ problem: `line ${at + 1} is not JSON` }] : entriesOf(parsed.value, 0);
  });
}

function entriesOfDamaged(text: string): RawEntry[] {
  const bytes = Buffer.from(text, "utf8");
  const entries: RawEntry[] = [];
  const source = {
    start: 0,
    size: bytes.length,
    read: (target: Buffer, targetOffset: number, length: number, position: number) =>
      bytes.copy(target, targetOffset, position, position + length),
  };
  const slices = sliceJson(
    source,
    (start, _length, object) => {
      const parsed = tryParse(object);
      if (parsed === undefined) entries.push({ problem: `not JSON at byte ${start}` });
      // One by one: a page has more messages than a call has room for arguments.
      else for (const entry of entriesOf(parsed.value, 0)) entries.push(entry);
    },
    (start, _length, reason) => {
      entries.push({ problem: `not JSON at byte ${start}: ${reason}` });
    },
  );
  while (slices.next().done !== true);
  return entries;
}

function numbered(entries: readonly RawEntry[], file: string): FoundMessages {
  const messages: MessageRecord[] = [];
  const conflicts: string[] = [];
  const trace = newTraceGatherer(file);
  for (const [at, entry] of entries.entries()) {
    if ("problem" in entry) {
      trace.reject(entry.problem);
      continue;
    }
    const { value } = entry;
    // A message has an internetMessageId, a row of a trace a messageId.
    const columns = isFields(value) ? traceColumns(Object.keys(value)) : undefined;
    if (columns !== undefined && isFields(value) && field(value, "internetMessageId") === undefined) {
      trace.add(at + 1, traceRow(columns, Object.values(value)), columns.zoneless);
      continue;
    }
    const read = readMessage(value, file, at + 1);
    if (typeof read === "string") trace.reject(`entry ${at + 1} ${read}`);
    else {
      messages.push(read.message);
      for (const conflict of read.conflicts) conflicts.push(conflict);
    }
  }
  const { messages: traced, problems } = trace.found();
  return { messages: [...messages, ...traced], problems, conflicts };
}

/** A field by its name in Graph (`internetMessageId`) or in the Outlook REST API (`InternetMessageId`). */
function field(fields: Fields, name: string): unknown {
  return fields[name] ?? fields[name.charAt(0).toUpperCase() + name.slice(1)];
}

function textField(fields: Fields, ...names: readonly string[]): string {
  for (const name of names) {
    const value = field(fields, name);
    if (typeof value === "string") return value;
  }
  return "";
}

function listField(fields: Fields, name: string): readonly Fields[] {
  const value = field(fields, name);
  return Array.isArray(value) ? value.filter(isFields) : [];
}

/** The message with what its headers contradict, or what is wrong with it. */
function readMessage(
  value: unknown,
  file: string,
  entry: number,
): { readonly message: MessageRecord; readonly conflicts: readonly string[] } | string {
  if (!isFields(value)) return "is no JSON object";
  const headers: MessageHeader[] = listField(value, "internetMessageHeaders").map((header) => ({
    name: textField(header, "name"),
    value: textField(header, "value"),
  }));
  // Where only the headers were exported, they say the same as the fields.
  const header = (name: string) => headerValue(headers, name);
  const person = (name: string) => recipient(field(value, name)) ?? addressesIn(header(name))[0] ?? NOBODY;
  const people = (name: string, headerName: string) => {
    const list = listField(value, name).flatMap((entry) => recipient(entry) ?? []);
    return list.length > 0 ? list : headerValues(headers, headerName).flatMap(addressesIn);
  };
  const internetMessageId = textField(value, "internetMessageId").trim() || messageIdIn(header("message-id"));
  if (messageKey(internetMessageId) === "") {
    const keys = Object.keys(value);
    const shown = keys.slice(0, 5).map((key) => escapeControls(key.slice(0, 40)));
    return `has no internetMessageId, or one that is blacked out (keys ${shown.join(", ")}${keys.length > shown.length ? ", ..." : ""})`;
  }
  const to = people("toRecipients", "to");
  const copied = [...people("ccRecipients", "cc"), ...people("bccRecipients", "bcc")];
  const message: MessageRecord = {
    kind: "message",
    internetMessageId,
    subject: textField(value, "subject") || textIn(header("subject")),
    from: person("from"),
    sender: person("sender"),
    replyTo: people("replyTo", "reply-to"),
    to,
    recipients: joinedAddresses([...to, ...copied]),
    returnPath: addressesIn(header("return-path"))[0]?.address ?? "",
    date: textField(value, "sentDateTime", "dateTimeSent") || header("date"),
    // Both APIs give UTC.
    received:
      utcTime(textField(value, "receivedDateTime", "dateTimeReceived"), "UTC") ||
      receivedHeaderTime(header("received")),
    authentication: authenticationOf(headers),
    attachments: listField(value, "attachments").map(
      (attachment) =>
        textField(attachment, "name") || `(unnamed ${textField(attachment, "contentType") || "attachment"})`,
    ),
    source: { file, entry },
    origin: `message ${file}:${entry}`,
  };
  const used = "what its own field says, else the topmost,";
  return { message, conflicts: doubledHeaders(headers, internetMessageId, `${file}:${entry}`, used) };
}

function recipient(value: unknown): MailAddress | undefined {
  const inner = isFields(value) ? field(value, "emailAddress") : undefined;
  return isFields(inner) ? { name: textField(inner, "name"), address: textField(inner, "address") } : undefined;
}
