import { parseTicks } from "../timestamp.ts";
import { utcTime } from "./audit-time.ts";
import { type Fields, fieldsOf, namedValue, textOf } from "./json-fields.ts";
import type { AuditSource } from "./source.ts";
import { isBlankId } from "../../model/blank-id.ts";
import { remembering } from "../../model/remembering.ts";

/** White space at both ends off, no-break spaces included: some Operations end in one. */
export function trimmed(value: unknown): string {
  return textOf(value).trim();
}

/**
 * The time as the record has it, which is UTC; of what was wrapped around it where the record has none that can be
 * read, and where neither can, whatever text there is.
 */
export function timeOf({ fields, table, columns }: AuditSource): string {
  const written = textOf(fields["CreationTime"]);
  if (table === undefined && !Number.isNaN(parseTicks(written))) return written;
  return utcTime(written) ?? utcTime(columns.time) ?? (written === "" ? columns.time : written);
}

/** `Client=OWA;Action=ViaProxy`: the first Client of a ClientInfoString. */
const CLIENT = /(?:^|;)\s*Client=([^;]*)/i;
const PROTOCOL = /(?:^|;)\s*Protocol=(POP3|IMAP4)\s*(?:;|$)/i;

/** What a record has of the Activities API's AppIdType: the client's kind, else the service that it used. */
export function appOf(fields: Fields): string {
  const info = textOf(fields["ClientInfoString"]);
  const client = info === "" ? "" : clientIn(info);
  return client === "" ? textOf(fields["Workload"]) : client;
}

/** What few clients call themselves stands in very many records. */
const MOST_CLIENTS = 2000;

const clientIn = remembering((info) => {
  const first = (CLIENT.exec(info)?.[1] ?? "").trim();
  // One service answers both protocols and calls itself by both.
  return first.toUpperCase() === "POP3/IMAP4" ? (PROTOCOL.exec(info)?.[1]?.toUpperCase() ?? first) : first;
}, MOST_CLIENTS);

/**
 * The session that a record belongs to: of the token, of the client, or of the device; empty where it names none. One
 * that is blacked out stands only where there is no other.
 */
export function sessionOf(fields: Fields): string {
  const context = fields["AppAccessContext"];
  const ofToken = context === undefined ? "" : textOf(fieldsOf(context)["AADSessionId"]);
  if (!isBlankId(ofToken)) return ofToken;
  const ofClient = textOf(fields["SessionId"]);
  if (!isBlankId(ofClient)) return ofClient;
  const ofDevice = namedValue(fields["DeviceProperties"], "SessionId");
  return isBlankId(ofDevice) ? ofToken || ofClient || ofDevice : ofDevice;
}
