import { readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { parseTicks } from "../src/ingest/timestamp.ts";
import type { RowFilter } from "../src/joins/mailbox-case.ts";
import { NO_FILTER } from "../src/joins/mailbox-case.ts";
import { classicReports } from "../src/reports/classic/index.ts";
import type { ReportExample } from "../src/reports/example.ts";
import { PARSE_DEFAULTS } from "../src/pipeline/parse-options.ts";
import { reports } from "../src/reports/index.ts";
import type { Row } from "./support/run.ts";
import { apiPage, parseFiles, temporaryFolder, writeFiles } from "./support/run.ts";

const folder = temporaryFolder();
/** Every folder of reports that is there, whether or not it is registered. */
const folders = readdirSync(fileURLToPath(new URL("../src/reports", import.meta.url)), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);
const SOURCE = ["Mailbox", "Source File", "Source Row"];

/** The filter that the command line makes of these options. */
function filterOf({ start, end, types, apps }: ReportExample): RowFilter {
  const words = [
    ...(start === undefined ? [] : [`--start ${start}`]),
    ...(end === undefined ? [] : [`--end ${end}`]),
    ...(types === undefined ? [] : [`--types ${types.join(" ")}`]),
    ...(apps === undefined ? [] : [`--apps ${apps.join(" ")}`]),
  ];
  if (words.length === 0) return NO_FILTER;
  return {
    start: start === undefined ? -Infinity : parseTicks(start),
    end: end === undefined ? Infinity : parseTicks(end),
    types: types === undefined ? undefined : new Set(types),
    apps: apps === undefined ? undefined : new Set(apps),
    words: words.join(" "),
  };
}

/** The example's evidence by file name: the export, then the audit log, then further files in the order given. */
function evidenceOf({ records, audit, files = {} }: ReportExample): Record<string, string> {
  const pages = Object.entries({ ...(records === undefined ? {} : { "log.json": records }), ...files });
  const texts = pages.map(([name, page]) => [name, apiPage(page)] as const);
  if (audit !== undefined) texts.splice(records === undefined ? 0 : 1, 0, ["audit.json", JSON.stringify(audit)]);
  return Object.fromEntries(texts);
}

let messageFolders = 0;

async function rowsOf(table: string, example: ReportExample): Promise<Row[]> {
  const { messages, user, where = {} } = example;
  const given = messages === undefined ? [] : writeFiles(join(folder, `messages-${++messageFolders}`), messages);
  const classic = table.startsWith("classic/");
  const bundle = await parseFiles(folder, evidenceOf(example), {
    user,
    scoring: { ...PARSE_DEFAULTS.scoring, messages: given },
    filter: filterOf(example),
    tables: new Set(classic ? [] : [table]),
    classic,
  });
  return bundle.rows(table).filter((row) => Object.entries(where).every(([column, cell]) => row[column] === cell));
}

for (const name of folders) {
  const { examples } = (await import(`../src/reports/${name}/examples.ts`)) as { examples: readonly ReportExample[] };
  describe(name, () => {
    test("has examples", () => {
      expect(examples.length).toBeGreaterThan(0);
    });

    test.each(examples.map((example) => [example.name, example] as const))("%s", async (_name, example) => {
      const rows = await rowsOf(example.table ?? name, example);
      // Only the columns that the example names; a column that the table does not have stays and fails.
      const columns = (at: number) => Object.keys(example.expect[at] ?? { "Source Row": "", Summary: "" });
      expect(rows.map((row, at) => Object.fromEntries(columns(at).map((column) => [column, row[column]])))).toEqual(
        example.expect,
      );
    });
  });
}

test("every table has an example", async () => {
  const tables: string[] = [];
  for (const name of folders) {
    const { examples } = (await import(`../src/reports/${name}/examples.ts`)) as { examples: readonly ReportExample[] };
    tables.push(...examples.map(({ table = name }) => table));
  }
  // The classic file of items is no table: its groups have a test of their own.
  const asked = [...reports, ...classicReports]
    .map(({ table }) => table)
    .filter((name) => name !== "classic/read-activity-by-item");
  expect([...new Set(tables)].toSorted()).toEqual(asked.toSorted());
});

/** The contract's first columns of each table. */
const COLUMNS: Readonly<Record<string, string>> = {
  "logon-activity":
    "Date, Time, Source IP, Logon Type, App Type, User, Client, Result, Exception, Forwarded For, Country, City, ASN, AS Organization, Score, Reasons, Session ID",
  "read-activity-by-time":
    "Date, Time, Type, Platform, Subject, From, Received Date, Last Login IP, Attributed IP, Attribution, Confidence, Logon Time, Other IPs, Access, Dwell Seconds, Recipients, Folder, Internet Message ID, Metadata, Activity Item ID, Session ID",
  "read-activity-by-item":
    "Activity Item ID, Date, Time, Type, Platform, Subject, From, Received Date, Last Login IP, Attributed IP, Attribution, Confidence, Logon Time, Other IPs, Access, Dwell Seconds, Recipients, Folder, Internet Message ID, Metadata, Session ID",
  "search-activity":
    "Date, Time, Platform, Query, Last Login IP, Type, Search, Attributed IP, Attribution, Confidence, Score, Reasons, Query XML, Session ID",
  "attachments-activity":
    "Date, Time, Platform, Subject, From, Received Date, Action, Last Login IP, Activity Item ID, Type, Attributed IP, Attribution, Confidence, Attachments",
  "message-activity":
    "Date, Time, Type, Platform, Subject, From, Recipients, Sent Date, Received Date, Folder, Internet Message ID, Item Class, Attachments, SPF, DKIM, DMARC, Score, Reasons, Activity Item ID",
  "other-activity":
    "Date, Time, Type, Platform, Subject, From, Received Date, Details, Attributed IP, Attribution, Confidence, Activity Item ID, Session ID",
  searches:
    "Search, Query, First Time, Last Time, Keystrokes, Times Run, Platform, Attributed IP, Confidence, Score, Severity, Reasons",
  "ip-scores":
    "IP, Score, Severity, Reasons, Country, City, ASN, AS Organization, First Seen, Last Seen, Logons, Failed Logons, Reads, Searches, Attachments, App Types, User Agents, Users",
  "client-scores": "Client, Score, Severity, Reasons, Kind, First Seen, Last Seen, Events, Share, IPs",
  exposure:
    "Subject, From, Received Date, Internet Message ID, Activity Item ID, Access, First Access, Last Access, Accesses, Dwell Seconds, IPs, Suspicious, Reasons",
  "mailbox-access":
    "Window Start, Window End, Mode, Client App ID, Client Info String, Organization, Unique Mailboxes, Users, Source IPs, Records, Severity",
  findings:
    "Rule, Title, Severity, Score, Confidence, Entity Type, Entity, First Time, Last Time, Count, Reasons, ATT&CK, Evidence, Next Steps",
  timeline:
    "Date, Time, Kind, Type, Platform, IP, IP Basis, Actor, Subject, Summary, Score, Confidence, Outcome, Workload, Internet Message ID, Activity Item ID",
  coverage: "From, To, Kind, Detail",
  rejects: "Source File, Source Row, Byte Offset, Reason, Raw",
};

test("every table begins with the contract's columns and ends with its source", async () => {
  const bundle = await parseFiles(folder, {
    "log.json": apiPage([{ TimeStamp: "2018-06-20T10:00:00Z", AppIdType: "Web", ActivityIdType: "Flag" }]),
  });
  for (const [table, columns] of Object.entries(COLUMNS)) {
    const header = bundle.text(`${table}.tsv`).split("\n", 1)[0]?.split("\t") ?? [];
    const wanted = columns.split(", ");
    expect(header.slice(0, wanted.length)).toEqual(wanted);
    if (table !== "rejects") expect(header.slice(-3)).toEqual(SOURCE);
  }
  // Beside the tables, the findings once more for machines.
  expect(bundle.manifest.outputs.map(({ path }) => path).toSorted()).toEqual(
    ["findings.json", ...Object.keys(COLUMNS).map((table) => `${table}.tsv`)].toSorted(),
  );
});
