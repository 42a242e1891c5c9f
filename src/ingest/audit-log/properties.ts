import type { PythonValue } from "../../model/python.ts";
import { clientAddress } from "../address.ts";
import { jsonText } from "../activity-json/strict-json.ts";
import { type Fields, fieldsOf, listOf, namedValue, textOf } from "./json-fields.ts";

/** What a row's properties are read from. */
export interface RowFields {
  readonly fields: Fields;
  readonly item: Fields;
  readonly folder: Fields;
  readonly operation: string;
  /** As `userAgentOf` has it. */
  readonly userAgent: string;
}

const DELETIONS = new Set(["SoftDelete", "HardDelete", "MoveToDeletedItems"]);

/** The first of some values that is there; empty texts are. */
function written(...values: readonly unknown[]): string | undefined {
  for (const value of values) {
    if (value === undefined || value === null) continue;
    return typeof value === "object" ? JSON.stringify(value) : textOf(value);
  }
  return undefined;
}

/** The first of some values that says something. */
function saying(...values: readonly unknown[]): string | undefined {
  return values.map(textOf).find((text) => text !== "");
}

/** Names of a list of recipients, be they texts or objects that name an address. */
function recipients(value: unknown): string | undefined {
  if (typeof value === "string") return value;
  const list = listOf(value);
  if (list.length === 0) return undefined;
  return list
    .map((entry) => {
      const { SmtpAddress, EmailAddress, Address, Name } = fieldsOf(entry);
      return saying(entry, SmtpAddress, EmailAddress, Address, Name) ?? "";
    })
    .filter((name) => name !== "")
    .join(";");
}

function isMove(fields: Fields): boolean {
  return fields["DestFolder"] !== undefined;
}

/** What the record says of the client's program; empty where it does not say it. */
export function userAgentOf(fields: Fields, operation: string): string {
  const ofLogin = operation === "MailboxLogin" ? fields["ClientInfoString"] : undefined;
  return saying(namedValue(fields["ExtendedProperties"], "UserAgent"), fields["UserAgent"], ofLogin) ?? "";
}

/** Some records write what they do not know as `<null>`. */
function isAddressText(text: string): boolean {
  return text.trim() !== "" && text !== "<null>";
}

/**
 * The client's address as written: ClientIPAddress of mailbox operations, ClientIP of others, the actor's of Entra ID.
 * The first that is an address; where none is, the first that says anything, such as a host name.
 */
export function addressText(fields: Fields): string {
  let named = "";
  for (const name of ["ClientIPAddress", "ClientIP", "ActorIpAddress"]) {
    const written = textOf(fields[name]);
    if (!isAddressText(written)) continue;
    const text = written.trim();
    if (clientAddress(text).ip !== "") return text;
    named ||= text;
  }
  return named;
}

/** A failed logon's error: its name and its number together. */
function exceptionInfo(fields: Fields): string | undefined {
  const number = textOf(fields["ErrorNumber"]);
  const name = textOf(fields["LogonError"]);
  if (number === "0") return undefined;
  if (number === "") return name === "" ? undefined : name;
  return name === "" ? number : `${name} (${number})`;
}

/** The names that the Activities API has for what an audit record says elsewhere. Undefined where it does not say it. */
const CANONICAL: ReadonlyMap<string, (row: RowFields) => string | undefined> = new Map<
  string,
  (row: RowFields) => string | undefined
>([
  ["Subject", ({ item }) => written(item["Subject"])],
  ["InternetMessageId", ({ item }) => written(item["InternetMessageId"])],
  [
    "SenderSmtpAddress",
    ({ item, fields }) =>
      written(item["SenderSmtpAddress"]) ?? saying(fields["SendAsUserSmtp"], fields["SendOnBehalfOfUserSmtp"]),
  ],
  ["Recipients", ({ item, fields }) => recipients(item["Recipients"]) ?? recipients(fields["Recipients"])],
  ["AttachmentDetail", ({ item }) => written(item["Attachments"])],
  ["AttachmentName", ({ item }) => written(item["AttachmentName"])],
  ["SizeInBytes", ({ item }) => written(item["SizeInBytes"])],
  ["Folder", ({ folder }) => written(folder["Path"])],
  ["SourceFolder", ({ fields, folder }) => (isMove(fields) ? written(folder["Path"]) : undefined)],
  ["TargetFolder", ({ fields }) => written(fieldsOf(fields["DestFolder"])["Path"])],
  ["DeleteType", ({ operation }) => (DELETIONS.has(operation) ? operation : undefined)],
  ["ClientIP", ({ fields }) => saying(addressText(fields)) ?? (fields["ClientIP"] === undefined ? undefined : "")],
  ["UserName", ({ fields }) => written(fields["UserId"])],
  ["UserAgent", ({ userAgent }) => saying(userAgent)],
  ["Result", ({ fields }) => written(fields["ResultStatus"])],
  ["ExceptionInfo", ({ fields }) => exceptionInfo(fields)],
]);

/** The text of one of the Activities API's names; undefined where the record does not say it or the name is not one. */
export function canonicalText(name: string, row: RowFields): string | undefined {
  return CANONICAL.get(name)?.(row);
}

/** A member's value as a text: strings as they are, null empty, everything else as its JSON. */
export function memberValueText(value: PythonValue): string {
  if (value === null) return "";
  return typeof value === "string" ? value : jsonText(value);
}
