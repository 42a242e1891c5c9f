import { sliceJson } from "./activity-json/slice.ts";
import { ANY_KEYS, Found, From, scanObject } from "./activity-json/scan-object.ts";
import {
  AUDIT_WORDS,
  auditCsvFormat,
  type AuditFormat,
  auditJsonFormat,
  showsAuditKeys,
} from "./audit-log/recognise.ts";
import type { Evidence } from "./evidence/evidence.ts";
import { escapeControls } from "./evidence/labels.ts";
import { cutTail } from "./evidence/utf8.ts";
import { API_COLUMNS } from "./retriever-csv/columns.ts";

/** What an evidence is, judged by its content alone. */
export interface Detection {
  readonly format: "retriever-csv" | "activity-json" | AuditFormat | "empty" | "unknown";
  /** What it looks like in a few words, to go behind "found": `an HTML page`. */
  readonly found: string;
  /** For CSV: the names of the header line; of the API's columns where a retriever.py export has none. */
  readonly header?: readonly string[];
  /** For retriever-csv: true where rows start without a header line. */
  readonly headerless?: boolean;
  /** For CSV: the position of the first data row. */
  readonly dataStart?: number;
}

/** The first bytes of an evidence. */
interface Head {
  readonly evidence: Evidence;
  readonly bytes: Buffer;
  /** The same as text, without what precedes the text and without a character cut off at the end. */
  readonly text: string;
  /** Whether this is all of it. */
  readonly whole: boolean;
}

/** Says what an evidence is, or nothing where it is something else. */
type Recogniser = (head: Head) => Detection | undefined;

const HEAD = 65536;
/** A first JSON record is looked for in this much. */
const JSON_HEAD = 1 << 20;
/** So many JSON records are looked at until one is known. */
const MOST_TRIED = 100;

/** In the order in which they are asked: the first answer counts. A further format is one more function. */
const RECOGNISERS: readonly Recogniser[] = [empty, knownBinary, binary, json, markup, csv, mail];

/**
 * Recognises the format of an evidence by its content; its name plays no part.
 *
 * @throws InputError where it cannot be read.
 */
export function detectFormat(evidence: Evidence): Detection {
  const length = Math.min(HEAD, evidence.size - evidence.start);
  const bytes = Buffer.allocUnsafe(length);
  evidence.read(bytes, 0, length, evidence.start);
  const whole = evidence.start + length >= evidence.size;
  const text = bytes.toString("utf8", 0, whole ? length : length - cutTail(bytes, length));
  const head: Head = { evidence, bytes, text, whole };
  for (const recognise of RECOGNISERS) {
    const detection = recognise(head);
    if (detection !== undefined) return detection;
  }
  return { format: "unknown", found: "plain text" };
}

function unknown(found: string): Detection {
  return { format: "unknown", found };
}

function empty({ text, whole }: Head): Detection | undefined {
  return whole && text.trim() === "" ? { format: "empty", found: "nothing" } : undefined;
}

/** First bytes that name a file type: offset, bytes, words. From the formats' own specifications and file(1). */
const MAGIC: readonly (readonly [offset: number, bytes: string, words: string])[] = [
  [0, "%PDF-", "a PDF"],
  [0, "PK\x03\x04", "a zip archive"],
  [0, "\x1f\x8b\x08", "a gzip archive packed too deep"],
  [0, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document or Outlook message (OLE)"],
  [0, "!BDN", "an Outlook data file (PST or OST)"],
  [0, "SQLite format 3\x00", "an SQLite database"],
  [0, "7z\xbc\xaf\x27\x1c", "a 7-Zip archive"],
  [0, "Rar!\x1a\x07", "a RAR archive"],
  [0, "BZh", "a bzip2 archive"],
  [0, "\xfd7zXZ\x00", "an XZ archive"],
  [0, "\x28\xb5\x2f\xfd", "a Zstandard archive"],
  [257, "ustar", "a tar archive"],
  [0, "\x89PNG\r\n\x1a\n", "a PNG picture"],
  [0, "\xff\xd8\xff", "a JPEG picture"],
  [0, "GIF8", "a GIF picture"],
  [0, "ElfFile\x00", "a Windows event log"],
  [0, "PAR1", "a Parquet file"],
];

function knownBinary({ bytes }: Head): Detection | undefined {
  for (const [offset, magic, words] of MAGIC) {
    if (bytes.toString("latin1", offset, offset + magic.length) !== magic) continue;
    // The workbook's parts are named in its first local headers (ECMA-376, part 2).
    const office = words === "a zip archive" && bytes.includes("[Content_Types].xml");
    return unknown(office ? officeKind(bytes) : words);
  }
  return undefined;
}

function officeKind(bytes: Buffer): string {
  if (bytes.includes("word/")) return "a Word document (zip)";
  if (bytes.includes("ppt/")) return "a PowerPoint presentation (zip)";
  return "an Office workbook (zip)";
}

function binary(head: Head): Detection | undefined {
  const { evidence, bytes } = head;
  if (evidence.encoding !== "binary" && !bytes.includes(0)) return undefined;
  // A zeroed sector of a failing disk, or a NUL in a cell, makes no export less of one.
  const text = evidence.encoding === "binary" ? undefined : (json(head) ?? csv(head));
  return text === undefined || text.format === "unknown" || text.format === "empty" ? unknown("binary data") : text;
}

/** White space and the record separator of RFC 7464, in front of JSON. */
// oxlint-disable-next-line no-control-regex -- the record separator is what is looked for
const BEFORE_JSON = /^[\s\u001e]*/;

function json({ evidence, text }: Head): Detection | undefined {
  const before = BEFORE_JSON.exec(text)?.[0] ?? "";
  const start = evidence.start + Buffer.byteLength(before);
  const value = text.slice(before.length);
  if (!/^[[{]/.test(value)) return undefined;
  const size = Math.min(evidence.size, start + JSON_HEAD);
  let keys: string[] | undefined;
  let known: Detection | undefined;
  let tried = 0;
  let notJson = 0;
  const slices = sliceJson(
    { start, size, read: evidence.read },
    (_start, _length, record) => {
      const these = keysOf(record);
      keys ??= these;
      known = these === undefined ? undefined : jsonKind(record, these);
      // A SIEM's export may begin with something else.
      return known === undefined && ++tried < MOST_TRIED ? undefined : false;
    },
    () => notJson++,
    { keys: ANY_KEYS },
  );
  while (slices.next().done !== true);
  if (known !== undefined) return known;
  if (keys?.length === 0) return unknown("an empty JSON object");
  if (keys !== undefined) return unknown(`JSON without ActivityIdType (keys ${listed(keys)})`);
  // No whole record near the start: one that is cut off or very long still shows its keys.
  if (/"(?:TimeStamp|ActivityIdType)"\s*:/.test(text)) {
    return { format: "activity-json", found: "Activities API JSON, damaged or with very long records" };
  }
  if (showsAuditKeys(text)) {
    return { format: "audit-json", found: "audit log JSON, damaged or with very long records" };
  }
  if (notJson === 0 || size < evidence.size) {
    if (opensPage(evidence, start, size))
      return { format: "activity-json", found: "an Activities API page without records" };
    if (notJson === 0) return { format: "empty", found: "an empty JSON list" };
  }
  // An INI file or a log starts with a bracket as well.
  return /^[[{]\s*["{[\]}]/.test(value) ? unknown("damaged JSON without ActivityIdType") : undefined;
}

function jsonKind(record: string, keys: readonly string[]): Detection | undefined {
  if (keys.some(isActivityKey)) return { format: "activity-json", found: "Activities API JSON" };
  const format = auditJsonFormat(record);
  return format === undefined ? undefined : { format, found: AUDIT_WORDS[format] };
}

function isActivityKey(key: string): boolean {
  return key === "TimeStamp" || key === "ActivityIdType";
}

function keysOf(record: string): string[] | undefined {
  try {
    return Object.keys(JSON.parse(record) as object);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function opensPage(evidence: Evidence, start: number, size: number): boolean {
  const bytes = Buffer.alloc(size - start + 1);
  evidence.read(bytes, 0, size - start, start);
  const brace = bytes.indexOf("{");
  return brace >= 0 && scanObject(bytes, brace, size - start, From.brace) === Found.page;
}

const SPACE = /\s*/y;
const PAGE = /<(?:!doctype html|html|head|body)\b/iy;
const COMMENT = "<!--";

/** Where the text of a page begins behind white space and comments. */
function behindComments(text: string): number {
  let at = 0;
  for (;;) {
    SPACE.lastIndex = at;
    at += SPACE.exec(text)?.[0].length ?? 0;
    const end = text.startsWith(COMMENT, at) ? text.indexOf("-->", at + COMMENT.length) : -1;
    if (end < 0) return at;
    at = end + "-->".length;
  }
}

function markup({ text }: Head): Detection | undefined {
  PAGE.lastIndex = behindComments(text);
  if (PAGE.test(text)) return unknown("an HTML page");
  if (/^\s*<\?xml\b/.test(text)) return unknown("an XML document");
  return undefined;
}

/** AppIdType values of the Exchange 2013 ClientId enum, and of cloud exports. */
const APP_NAMES = new Set(
  "Web Mobile Tablet Desktop Exchange Outlook MacOutlook MacMail POP3 IMAP4 IMAP Other Lync".split(" "),
);

const ISO_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)?$/;

/** Blank lines, the type that Windows PowerShell's Export-Csv writes, and the separator that is said to Excel. */
const BEFORE_HEADER = /^(?:(?:[ \t]*|#TYPE [^\r\n]*|sep=,)[\r\n])*/;

/** A line's end: LF with any CRs before it, or CR alone, as programs for the first Macs wrote it. */
const LINE_END = /\r*\n|\r/;

/** What to look for in rows: quoted text, whose line ends are its own, or a line's end. */
const QUOTED_OR_END = /"[^"]*(?:"|$)|\r/g;

/** Whether rows end with CR alone, which readers do not take for a line's end: all of them would be one row. */
function endWithReturn(text: string): boolean {
  const rows = text.trimEnd();
  return !rows.includes("\n") && [...rows.matchAll(QUOTED_OR_END)].some(([found]) => found === "\r");
}

function csv(head: Head): Detection | undefined {
  const { evidence, whole } = head;
  // The LF behind a CR may be cut off.
  const text = whole ? head.text : head.text.replace(/(?<!\r)\r+$/, "");
  const blank = BEFORE_HEADER.exec(text)?.[0].length ?? 0;
  const end = LINE_END.exec(text.slice(blank));
  if (end === null && !whole) return undefined;
  const line = text.slice(blank, end === null ? text.length : blank + end.index);
  const rest = end === null ? "" : text.slice(blank + end.index + end[0].length);
  const positionOf = (index: number) => evidence.start + Buffer.byteLength(text.slice(0, index));
  const detection = table(line, rest, {
    lineStart: positionOf(blank),
    dataStart: end === null ? evidence.size : positionOf(text.length - rest.length),
  });
  if (detection?.header === undefined) return detection;
  if (!endWithReturn(detection.headerless === true ? text.slice(blank) : rest)) return detection;
  return unknown(`${detection.found} whose lines end with CR alone: give it lines that end with LF or CR LF`);
}

/** What a table is, by its first line and what follows it; `lineStart` and `dataStart` are where these begin. */
function table(
  line: string,
  rest: string,
  { lineStart, dataStart }: { readonly lineStart: number; readonly dataStart: number },
): Detection | undefined {
  const names = splitHeader(line, ",").map((name) => name.trim());
  if (names.includes("TimeStamp") && names.includes("ActivityIdType")) {
    return { format: "retriever-csv", found: "a retriever.py export", header: names, headerless: false, dataStart };
  }
  const audit = auditCsvFormat(names, rest);
  if (audit !== undefined) {
    return { format: audit, found: AUDIT_WORDS[audit], header: names, headerless: false, dataStart };
  }
  const [time = "", app = "", type = ""] = names;
  if (ISO_TIME.test(time) && APP_NAMES.has(app) && /^[A-Za-z]+$/.test(type) && names.length >= API_COLUMNS.length) {
    const found = "a retriever.py export without its header line";
    return { format: "retriever-csv", found, header: API_COLUMNS, headerless: true, dataStart: lineStart };
  }
  for (const [delimiter, words] of OTHER_DELIMITERS) {
    const others = new Set(splitHeader(line, delimiter).map((name) => name.trim()));
    if (others.has("TimeStamp") && others.has("ActivityIdType")) {
      return unknown(`the columns of a retriever.py export, but separated by ${words} instead of commas`);
    }
    if (others.has("AuditData")) {
      return unknown(`the columns of an audit log, but separated by ${words} instead of commas`);
    }
  }
  if (names.length > 1 && names.every(isColumnName)) return unknown(`CSV with the columns ${listed(names)}`);
  return undefined;
}

/** Whether a text between commas may name a column, as opposed to a piece of a sentence. */
function isColumnName(text: string): boolean {
  return text.length <= 64 && text.split(/\s+/).length <= 5 && !/[.!?:;]$/.test(text);
}

const OTHER_DELIMITERS = [
  [";", "semicolons"],
  ["\t", "tabs"],
  ["|", "bars"],
] as const;

/** Splits one line at a delimiter outside double quotes; good enough to name columns, not to read records. */
function splitHeader(line: string, delimiter: string): string[] {
  const fields: string[] = [];
  let field = "";
  let quoted = false;
  for (const character of line) {
    if (character === '"') quoted = !quoted;
    else if (character === delimiter && !quoted) {
      fields.push(field);
      field = "";
    } else field += character;
  }
  fields.push(field);
  return fields;
}

/** A few names for a message: no control characters, no endless line. */
function listed(names: readonly string[]): string {
  const shown = names.slice(0, 8).map((name) => escapeControls(name.slice(0, 64)));
  return shown.join(", ") + (names.length > shown.length ? ", ..." : "");
}

function mail({ text }: Head): Detection | undefined {
  return /^(?:Received|Return-Path|Delivered-To|From|MIME-Version|Date|Message-ID|X-[\w-]+): /i.test(text)
    ? unknown("an e-mail message")
    : undefined;
}
