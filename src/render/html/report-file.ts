import { join } from "node:path";
import type { Manifest } from "../../model/manifest.ts";
import type { FileDigest } from "../file-writer.ts";
import { writeTextFile } from "../file-writer.ts";
import { bundleOf } from "./bundle-facts.ts";
import { newCaseFacts, timesOf } from "./case-facts.ts";
import type { EmbeddedTable } from "./chosen-rows.ts";
import { embed, mostOthers, newCandidates } from "./chosen-rows.ts";
import type { Findings, FindingsPieces, Places } from "./findings.ts";
import { findingsOf } from "./findings.ts";
import { newMailboxNames } from "./mailbox-names.ts";
import { newBlockMaker } from "./packed-rows.ts";
import type { PageParts } from "./page.ts";
import { pageOf } from "./page.ts";
import { newTextNumbers } from "./text-numbers.ts";
import type { TableRows } from "../read-table.ts";
import { openTable } from "../read-table.ts";

/** What `writeHtmlReport` needs. */
export interface HtmlReportOptions {
  /** The folder of the bundle that is being written; its tables are closed. */
  readonly folder: string;
  /** What stands before the names of the files; empty for nothing. */
  readonly prefix: string;
  readonly manifest: Manifest;
  /** Undefined where the run made no findings. */
  readonly findings: FindingsPieces | undefined;
  /** The file to write, which must not exist yet. */
  readonly path: string;
}

/** Tables in the order in which they are read: what later ones are measured by comes first. */
const READING = [
  "mailbox-access",
  "ip-scores",
  "client-scores",
  "coverage",
  "findings",
  "searches",
  "logon-activity",
  "search-activity",
  "attachments-activity",
  "timeline",
  "read-activity-by-time",
  "exposure",
  "other-activity",
  "message-activity",
  "rejects",
];

/** Tables in the order in which the page offers them. */
const OFFERED = [
  "timeline",
  "findings",
  "ip-scores",
  "client-scores",
  "logon-activity",
  "searches",
  "search-activity",
  "read-activity-by-time",
  "attachments-activity",
  "message-activity",
  "other-activity",
  "exposure",
  "mailbox-access",
  "coverage",
  "rejects",
];

/** Bytes of deflated rows that a page holds: with base64 and everything else it stays below 5 MB. */
const ROOM = 3_150_000;

/** Tables in which the records of a window of mailbox-access.tsv are looked for. */
const WINDOW_TABLES: ReadonlySet<string> = new Set(["timeline", "read-activity-by-time"]);
const ADDRESS_COLUMNS = ["IP", "Source IP", "Attributed IP"];
/** Points from which something scores high. */
const HIGH = 48;

/** Rows of a file, a bit each. */
interface RowSet {
  add(row: number): void;
  has(row: number): boolean;
}

function newRowSet(): RowSet {
  let bits = new Uint8Array(1 << 10);
  return {
    add(row) {
      if (row >= bits.length * 8) {
        const larger = new Uint8Array(Math.max(bits.length * 2, (row >>> 3) + 1));
        larger.set(bits);
        bits = larger;
      }
      bits[row >>> 3] = (bits[row >>> 3] as number) | (1 << (row & 7));
    },
    has: (row) =>
      Number.isInteger(row) &&
      row >= 0 &&
      row < bits.length * 8 &&
      (((bits[row >>> 3] as number) >> (row & 7)) & 1) === 1,
  };
}

/** Every row that a finding stands on, by file. */
function evidenceOf(findings: Findings | undefined): ReadonlyMap<string, RowSet> {
  const rows = new Map<string, RowSet>();
  const note = (places: Places) => {
    for (const { file, row } of places) {
      let own = rows.get(file);
      if (own === undefined) rows.set(file, (own = newRowSet()));
      own.add(row);
    }
  };
  for (const finding of findings?.findings ?? []) {
    note(finding.evidence);
    for (const reason of finding.reasons) note(reason.evidence);
  }
  return rows;
}

/**
 * Reads what the page is made of. In a function of its own: what is only needed to choose and pack rows is let go before
 * the page is put together.
 */
function readTables({ folder, prefix, manifest, findings: pieces }: HtmlReportOptions): PageParts {
  const names = newMailboxNames(manifest);
  const findings = pieces === undefined ? undefined : findingsOf(pieces, names);
  const fileOf = (table: string) => `${prefix}${table}.tsv`;
  const written = new Map(manifest.outputs.map((output) => [output.path, output]));
  const logs = manifest.inputs.filter(({ format }) => format.startsWith("audit-"));
  const audit = new Set(logs.map(({ path }) => names.cell(path)));
  const { mailboxes, takers, windows, across, finish } = newCaseFacts({
    names,
    total: manifest.totals.mailboxes,
    findings,
    bundle: bundleOf(manifest, prefix, names),
    isAudit: (file) => audit.has(file),
  });
  for (const { mailbox, files } of pieces?.mailboxes ?? []) {
    const logged = mailboxes.get(names.of(mailbox, files[0] ?? ""))?.logs;
    for (const file of files) logged?.add(audit.has(names.cell(file)) ? "audit" : "activities");
  }
  const evidence = evidenceOf(findings);
  /** What says of the rows of a table whether they have to be in the page. */
  const mustsOf = (table: string, rows: TableRows): (() => boolean) => {
    const ownerOf = names.ofRows(rows);
    const file = rows.column("Source File");
    const line = rows.column("Source Row");
    const addresses = ADDRESS_COLUMNS.map(rows.column).filter((column) => column >= 0);
    const flag = rows.column("Suspicious");
    const score = rows.column("Score");
    const time = WINDOW_TABLES.has(table) && windows.total > 0 ? timesOf(rows) : undefined;
    const [ip, attributed] = [rows.column("IP"), rows.column("Attributed IP")];
    return () => {
      const suspicious = mailboxes.get(ownerOf())?.suspicious;
      return (
        evidence.get(rows.text(file))?.has(rows.number(line)) === true ||
        (suspicious !== undefined &&
          suspicious.size > 0 &&
          addresses.some((column) => suspicious.has(rows.text(column)))) ||
        rows.text(flag) === "yes" ||
        rows.number(score) >= HIGH ||
        (time !== undefined && windows.covers(rows.text(ip) || rows.text(attributed), time()))
      );
    };
  };
  const texts = newTextNumbers();
  const maker = newBlockMaker(texts);
  const unsafe = manifest.arguments["excelSafe"] === true;
  const embedded: EmbeddedTable[] = [];
  let room = ROOM;
  for (const table of READING) {
    const file = fileOf(table);
    const output = written.get(file);
    if (output === undefined) continue;
    const most = mostOthers(room, output);
    const rows = openTable(join(folder, file), unsafe);
    if (rows.header.length === 0) {
      rows.close();
      continue;
    }
    const candidates = newCandidates(rows, texts, most);
    try {
      const take = takers[table]?.(rows);
      const isMust = mustsOf(table, rows);
      while (rows.next()) {
        take?.();
        candidates.add(isMust());
      }
    } finally {
      rows.close();
    }
    const packed = embed({ table, file, candidates, room }, maker);
    room -= packed.block.length;
    embedded.push(packed);
  }
  finish();
  return {
    prefix,
    manifest,
    findings,
    names,
    mailboxes,
    windows,
    across,
    hasAudit: audit.size > 0,
    embedded,
    offered: OFFERED,
    files: { of: fileOf },
  };
}

/**
 * Writes report.html: one file for people, which needs no other file and no network.
 *
 * The tables are read from the bundle's folder, each once and a block of bytes at a time. Remembered of them is what
 * the page holds, which is bounded, and figures a mailbox. The same bundle gives the same bytes, by the same Node.
 *
 * @returns size and SHA-256 of the file.
 * @throws the system's error where a table cannot be read or the file not be written; SyntaxError where a piece
 *   of the findings is no JSON.
 */
export function writeHtmlReport(options: HtmlReportOptions): FileDigest {
  return writeTextFile(options.path, pageOf(readTables(options)));
}
