import { pythonRepr } from "../../src/model/python-repr.ts";

export type Actor = "owner" | "intruder" | "service";
export type Property = readonly [name: string, value: string];

/** One record of the Activities API before it is written as CSV or JSON. */
export interface ActivityRow {
  readonly timeStamp: string;
  readonly appIdType: string;
  readonly activityIdType: string;
  readonly activityItemId: string;
  readonly activityCreationTime: string;
  readonly clientSessionId: string;
  /** undefined: the record has no CustomProperties at all; empty: an empty list. */
  readonly properties: readonly Property[] | undefined;
}

/** A record with the truth about it, which no export tells. */
export interface MailboxRow extends ActivityRow {
  readonly actor: Actor;
  /** The address it was really done from; undefined for what the service did by itself. */
  readonly address: string | undefined;
  /** A second print of a record, where two pages overlap. */
  readonly duplicate: boolean;
}

const HEADER =
  "TimeStamp,AppIdType,ActivityIdType,ActivityItemId,ActivityCreationTime,ClientSessionId,CustomProperties";

/** QUOTE_MINIMAL of Python's csv module with the comma, the double quote and line ends as special characters. */
function cell(value: string): string {
  return /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}

/** str() of the dict that retriever.py makes of a record's properties: of equal names the last value counts. */
function propertiesCell(properties: readonly Property[] | undefined): string {
  if (properties === undefined) return "";
  return pythonRepr({ type: "dict", entries: [...new Map(properties)] });
}

/** A whole export as retriever.py writes it: byte order mark, header, LF line ends. */
export function toRetrieverCsv(rows: readonly ActivityRow[]): string {
  const lines = rows.map((row) =>
    [
      row.timeStamp,
      row.appIdType,
      row.activityIdType,
      row.activityItemId,
      row.activityCreationTime,
      row.clientSessionId,
      propertiesCell(row.properties),
    ]
      .map(cell)
      .join(","),
  );
  return `\uFEFF${HEADER}\n${lines.join("\n")}\n`;
}

/** One page of the API's own JSON: what retriever.py was given, before it made CSV of it. */
export function toApiPage(rows: readonly ActivityRow[], mailbox: string): string {
  const page = {
    "@odata.context": `https://outlook.office.com/api/v2.0/$metadata#Users('${encodeURIComponent(mailbox)}')/Activities`,
    value: rows.map((row) => ({
      TimeStamp: row.timeStamp,
      AppIdType: row.appIdType,
      ActivityIdType: row.activityIdType,
      ...(row.activityItemId === "" ? {} : { ActivityItemId: row.activityItemId }),
      ActivityCreationTime: row.activityCreationTime,
      ...(row.clientSessionId === "" ? {} : { ClientSessionId: row.clientSessionId }),
      ...(row.properties === undefined
        ? {}
        : { CustomProperties: row.properties.map(([Name, Value]) => ({ Name, Value })) }),
    })),
  };
  return `${JSON.stringify(page, null, 1)}\n`;
}
