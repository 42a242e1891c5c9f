import { describe, expect, test } from "vitest";
import { csvExport, jsonExport, makeRows, OWNER, shuffled } from "./support/export.ts";
import type { PlainRow } from "./support/export.ts";
import type { Bundle, Row } from "./support/run.ts";
import { parseFiles, temporaryFolder } from "./support/run.ts";

/*
 * The classic columns of the five tables by plain, slow rules: two passes for the metadata (MessageDelivered, then
 * MarkAsRead and ReplyAll; the first row that speaks of an item counts), the latest successful logon at or before a
 * row by time and then by place in the file, and a line a row. Nothing of it is shared with the program.
 */

const NO_DATA = "No Data";
type Tables = Readonly<Record<string, readonly (readonly string[])[]>>;

const ESCAPES: Readonly<Record<string, string>> = { "\t": "\\t", "\n": "\\n", "\r": "\\r" };
function printed(value: string): string {
  let text = "";
  for (const character of value) {
    const code = character.codePointAt(0) as number;
    const isControl = code < 32 || code === 127;
    text += isControl ? (ESCAPES[character] ?? `\\x${code.toString(16).toUpperCase().padStart(2, "0")}`) : character;
  }
  return text;
}

function entity(text: string): string {
  return text.replaceAll("&quot;", '"').replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
}

function plainTables(rows: readonly PlainRow[]): Tables {
  const get = (row: PlainRow, name: string, absent: string) => {
    const value = row.properties?.[name];
    return value === undefined ? absent : (value ?? "");
  };
  const known = new Map<string, readonly string[]>();
  for (const types of [["MessageDelivered"], ["MarkAsRead", "ReplyAll"]]) {
    for (const row of rows) {
      if (!types.includes(row.type) || known.has(row.item)) continue;
      const empty = row.properties === undefined || Object.keys(row.properties).length === 0;
      if (row.type === "MessageDelivered") {
        known.set(row.item, [
          get(row, "Subject", NO_DATA),
          get(row, "SenderSmtpAddress", NO_DATA),
          get(row, "ReceivedTime", NO_DATA),
        ]);
      } else if (!empty) {
        known.set(row.item, [NO_DATA, get(row, "SenderAddress", NO_DATA), get(row, "ReceivedTime", NO_DATA)]);
      }
    }
  }
  const first = (list: string) => (list.split(",")[0] as string).trim();
  const ordered = rows.map((row, at) => ({ row, at }));
  ordered.sort((a, b) => (a.row.time < b.row.time ? -1 : a.row.time > b.row.time ? 1 : a.at - b.at));
  const tables: Record<string, string[][]> = { logon: [], read: [], search: [], attachment: [] };
  const add = (table: string, cells: readonly string[]) => tables[table]?.push(cells.map(printed));
  let lastLogin = NO_DATA;
  for (const { row } of ordered) {
    const [date, clock] = row.time.split("T") as [string, string];
    const message = known.get(row.item) ?? [NO_DATA, NO_DATA, NO_DATA];
    if (row.type === "ServerLogon" || row.type === "Logon") {
      const isServer = row.type === "ServerLogon";
      const address = first(get(row, isServer ? "ClientIP" : "IPAddress", ""));
      if (address !== "" && get(row, "Result", "Success") !== "Failure") lastLogin = address;
      const user = isServer ? get(row, "UserName", "") : "";
      const client = get(row, isServer ? "UserAgent" : "Browser", "");
      const ended = [get(row, "Result", ""), get(row, "ExceptionInfo", "")];
      add("logon", [date, clock, address, row.type, row.app, user, client, ...ended]);
    } else if (row.type.startsWith("ReadingPane")) {
      add("read", [date, clock, row.type, row.app, ...message, lastLogin]);
    } else if (row.type === "SearchResult") {
      const query = get(row, "Query", "");
      const raw = /<RawQuery>([^]*?)<\/RawQuery>/.exec(query)?.[1];
      add("search", [date, clock, row.app, raw === undefined ? query : entity(raw), lastLogin]);
    } else if (row.type.startsWith("SearchSuggestion")) {
      add("search", [date, clock, row.app, get(row, "SuggestionStimulus", ""), lastLogin]);
    } else if (row.type === "OpenedAnAttachment") {
      add("attachment", [date, clock, row.app, ...message, get(row, "AttachmentAction", ""), lastLogin, row.item]);
    }
  }
  return tables;
}

const MESSAGE = ["Subject", "From", "Received Date"];

/** The same tables out of a bundle: what the first version did not print is left out. */
function bundleTables(bundle: Bundle): Tables {
  const cells = (rows: readonly Row[], columns: readonly string[]) =>
    rows.map((row) => columns.map((column) => row[column] as string));
  const typed = (table: string, pattern: RegExp) => bundle.rows(table).filter(({ Type = "" }) => pattern.test(Type));
  return {
    logon: cells(bundle.rows("logon-activity"), [
      "Date",
      "Time",
      "Source IP",
      "Logon Type",
      "App Type",
      "User",
      "Client",
      "Result",
      "Exception",
    ]),
    read: cells(typed("read-activity-by-time", /^ReadingPane/), [
      "Date",
      "Time",
      "Type",
      "Platform",
      ...MESSAGE,
      "Last Login IP",
    ]),
    search: cells(typed("search-activity", /^Search(?:Result|Suggestions?Display)$/), [
      "Date",
      "Time",
      "Platform",
      "Query",
      "Last Login IP",
    ]),
    attachment: cells(typed("attachments-activity", /^OpenedAnAttachment$/), [
      "Date",
      "Time",
      "Platform",
      ...MESSAGE,
      "Action",
      "Last Login IP",
      "Activity Item ID",
    ]),
  };
}

/** The fifth table holds the rows of the second, items in order of first read. */
function byItem(bundle: Bundle): { got: readonly Row[]; wanted: readonly Row[] } {
  const groups = new Map<string, Row[]>();
  for (const row of bundle.rows("read-activity-by-time")) {
    const id = row["Activity Item ID"] as string;
    groups.set(id, [...(groups.get(id) ?? []), row]);
  }
  return { got: bundle.rows("read-activity-by-item"), wanted: [...groups.values()].flat() };
}

const folder = temporaryFolder();
const TABLES = new Set([
  "logon-activity",
  "read-activity-by-time",
  "read-activity-by-item",
  "search-activity",
  "attachments-activity",
]);

/** How the same rows may lie in the evidence; `rows` is the order in which they are read. */
function layouts(
  rows: readonly PlainRow[],
  seed: number,
): readonly [string, readonly PlainRow[], Record<string, string>][] {
  const mixed = shuffled(rows, seed);
  const half = Math.floor(rows.length / 2);
  const parts = [mixed.slice(0, half), mixed.slice(half)] as const;
  return [
    ["in order", rows, { "a.csv": csvExport(rows) }],
    ["shuffled", mixed, { "a.csv": csvExport(mixed) }],
    ["with CRLF", rows, { "a.csv": csvExport(rows).replaceAll("\n", "\r\n") }],
    ["with CRLF converted twice", rows, { "a.csv": csvExport(rows).replaceAll("\n", "\r\r\n") }],
    ["in two files", mixed, { "a.csv": csvExport(parts[0]), "b.csv": csvExport(parts[1]) }],
    ["as pages of the API", mixed, { "a.json": jsonExport(mixed) }],
    ["as a file and pages", mixed, { "a.csv": csvExport(parts[0]), "b.json": jsonExport(parts[1]) }],
  ];
}

describe.each([1, 2, 3, 20180620])("rows made from seed %d", (seed) => {
  const rows = makeRows(seed, 400);
  test.each(layouts(rows, seed))("have the plain rules' classic columns %s", async (_layout, order, files) => {
    const bundle = await parseFiles(folder, files, { tables: TABLES });
    expect(bundle.manifest.totals).toMatchObject({ rows: order.length, parsed: order.length, mailboxes: 1 });
    expect(bundle.rows("logon-activity").every(({ Mailbox }) => Mailbox === OWNER)).toBe(true);
    const wanted = plainTables(order);
    // Each kind has to occur, or equality says little.
    for (const table of Object.values(wanted)) expect(table.length).toBeGreaterThan(15);
    expect(bundleTables(bundle)).toEqual(wanted);
    const { got, wanted: grouped } = byItem(bundle);
    expect(got).toEqual(grouped);
  });
});
