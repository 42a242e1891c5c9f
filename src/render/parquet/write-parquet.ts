import { createHash } from "node:crypto";
import { createReadStream, mkdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { readTable } from "../read-table.ts";
import type { WrittenFile } from "../table-file.ts";
import { openDuckDb, sqlPath, sqlText } from "./duckdb.ts";
import { mailboxKey } from "./mailbox-key.ts";
import type { MailboxPart } from "./split-mailboxes.ts";
import { splitMailboxes } from "./split-mailboxes.ts";

/** What is to be written as Parquet. */
export interface ParquetTarget {
  /** The finished events table: its header line has name and type of each column. */
  readonly table: string;
  /** The bundle's folder. */
  readonly files: string;
  /** File name prefix. */
  readonly prefix: string;
  /** A folder for what is in between. */
  readonly spool: string;
  readonly signal: AbortSignal | undefined;
}

/** The folder of the bundle under which every mailbox has its own. */
const EVENTS_FOLDER = "events";

/**
 * Bytes of rows in a file: DuckDB keeps a file's rows in memory until 122,880 of them make a group, and rows may be long.
 */
const MOST_IN_A_FILE = 128 << 20;

/** Room for a line at least; DuckDB asks for it at once, for each mailbox anew. */
const LEAST_LINE = 1 << 18;

interface Column {
  readonly name: string;
  readonly type: string;
}

/** The columns that every table ends with, by position. */
const SOURCE: readonly Column[] = [
  { name: "mailbox", type: "TEXT" },
  { name: "source_file", type: "TEXT" },
  { name: "source_row", type: "BIGINT" },
];

function columnsOf(table: string): readonly Column[] {
  for (const header of readTable(table)) {
    const own = header.slice(0, -SOURCE.length).map((cell) => {
      const [name = "", type = ""] = cell.split(" ");
      return { name, type };
    });
    return [...own, ...SOURCE];
  }
  throw new Error("The events have no header line.");
}

/** How a cell, which is text and never NULL, becomes a value. */
function valueOf({ name, type }: Column): string {
  switch (type) {
    case "TEXT":
      return `"${name}"`;
    case "TEXT?":
      // Known facts stand behind a sign; nothing at all is not known.
      return `CASE WHEN "${name}" = '' THEN NULL ELSE substr("${name}", 2) END AS "${name}"`;
    case "BOOLEAN":
      return `"${name}" = 'yes' AS "${name}"`;
    default:
      return `CAST(nullif("${name}", '') AS ${type}) AS "${name}"`;
  }
}

/** Microseconds since 1970, which is what Parquet's timestamps and both databases have: the seventh decimal is cut off. */
const TIMESTAMP =
  "make_timestamp(CAST((CAST(nullif(\"ticks\", '') AS HUGEINT) - ((CAST(nullif(\"ticks\", '') AS HUGEINT) % 10) + 10) % 10) // 10 AS BIGINT)) AS ts";

function copyStatement(columns: readonly Column[], part: MailboxPart, target: string): string {
  const line = Math.max(LEAST_LINE, part.longest + 2);
  const values = columns.map(valueOf);
  const options = [
    "header = false",
    "auto_detect = false",
    String.raw`delim = '\t'`,
    "quote = '\"'",
    "escape = '\"'",
    String.raw`new_line = '\n'`,
    `columns = {${columns.map(({ name }) => `${sqlText(name)}: 'VARCHAR'`).join(", ")}}`,
    `force_not_null = [${columns.map(({ name }) => sqlText(name)).join(", ")}]`,
    `max_line_size = ${line}`,
    `buffer_size = ${line * 2}`,
  ].join(", ");
  return `COPY (
    SELECT "mailbox", CAST(${part.number} AS BIGINT) AS mailbox_number, ${TIMESTAMP},
      ${values.filter((value) => value !== '"mailbox"').join(", ")}
    FROM read_csv(${sqlPath(part.path)}, ${options})
  ) TO ${sqlText(target)} (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 122880)`;
}

async function digestOf(path: string): Promise<{ bytes: number; sha256: string }> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(path), hash);
  return { bytes: statSync(path).size, sha256: hash.digest("hex") };
}

/**
 * Writes the events of every mailbox as Parquet, each in a folder `events/mailbox_key=…/` whose name is safe everywhere
 * (`mailboxKey`); the mailbox's own name is in the column `mailbox`. Rows are in the order of the table; those of a very
 * large mailbox go on in further files. A bundle
 * without events has one file without rows, so that there is always something to query. DuckDB reads what the tables'
 * writer wrote, a mailbox at a time; text stands as the tables have it, control characters as `\n` or `\xHH`.
 *
 * @returns what was written, by path in the bundle, with `/`. The same evidence gives the same rows in the same order;
 *   the bytes are those of DuckDB's version.
 * @throws BundleError where DuckDB is not there; the signal's reason.
 */
export async function writeParquet(target: ParquetTarget): Promise<ReadonlyMap<string, WrittenFile>> {
  const { table, files, prefix, spool, signal } = target;
  const columns = columnsOf(table);
  const part = join(spool, "events.part");
  const { connection, close } = await openDuckDb(spool);
  const stop = () => connection.interrupt();
  signal?.addEventListener("abort", stop);
  const written = new Map<string, WrittenFile>();
  const taken = new Set<string>();
  let key = "";
  const write = async (mailbox: MailboxPart) => {
    if (mailbox.part === 1) key = mailboxKey(mailbox.mailbox, taken);
    const file = `${prefix}events${mailbox.part === 1 ? "" : `-${mailbox.part}`}.parquet`;
    const name = `${EVENTS_FOLDER}/mailbox_key=${key}/${file}`;
    const path = join(files, name);
    mkdirSync(dirname(path), { recursive: true });
    const { rowsChanged } = await connection.run(copyStatement(columns, mailbox, path));
    // One that came before the statement had begun interrupted nothing.
    signal?.throwIfAborted();
    if (rowsChanged !== mailbox.rows) {
      throw new Error(`${name} has ${rowsChanged} rows of the ${mailbox.rows} that the events have.`);
    }
    written.set(name, { ...(await digestOf(path)), rows: mailbox.rows });
  };
  try {
    for (const mailbox of splitMailboxes(table, part, MOST_IN_A_FILE)) {
      signal?.throwIfAborted();
      await write(mailbox);
    }
    if (written.size === 0) {
      writeFileSync(part, "");
      await write({ mailbox: "", number: 1, part: 1, path: part, rows: 0, bytes: 0, longest: 0 });
    }
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  } finally {
    signal?.removeEventListener("abort", stop);
    close();
    rmSync(part, { force: true });
  }
  return written;
}
