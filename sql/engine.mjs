import { readdirSync, readFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";

/*
 * The two databases, each in this process. What they are told before a search is all in which they differ: the files in
 * prepare/, and the view `events`.
 *
 * An engine is { answer(sql), close() }. `answer` gives the names of the columns first and then some rows at a time, as
 * lists of texts, NULL as an empty text: an answer can be larger than the longest text of this process.
 */

const text = (value) => (value === null ? "" : String(value));

/** A whole answer as { columns, rows }. */
export async function ask(engine, sql) {
  let columns;
  const rows = [];
  for await (const some of engine.answer(sql)) {
    if (columns === undefined) columns = some;
    else for (const row of some) rows.push(row);
  }
  return { columns, rows };
}

/** The statements of a file in prepare/, without remarks. */
function statementsOf(name) {
  return readFileSync(new URL(`prepare/${name}.sql`, import.meta.url), "utf8")
    .replaceAll(/^--.*\n/gm, "")
    .split(/;\s*$/m)
    .map((statement) => statement.trim())
    .filter((statement) => statement !== "");
}

/** The folders that hold a bundle's Parquet, by the name that their rows have in the column `bundle`. */
function eventFolders(bundles) {
  const names = new Set();
  return bundles.map((bundle) => {
    const folder = join(resolve(bundle), "events");
    let found = [];
    try {
      found = readdirSync(folder, { recursive: true }).filter((name) => String(name).endsWith(".parquet"));
    } catch {
      // Said below in one sentence.
    }
    if (found.length === 0) {
      throw new Error(`${bundle} holds no events as Parquet: write it with \`alicorn parse … --formats parquet\`.`);
    }
    const pattern = /[*?[\]{}\\]/.exec(process.platform === "win32" ? folder.replaceAll("\\", "/") : folder);
    if (pattern !== null)
      throw new Error(`Databases take ${pattern[0]} in ${folder} for a pattern; rename the folder.`);
    const own = basename(resolve(bundle));
    let name = own;
    for (let number = 2; names.has(name); number++) name = `${own} ${number}`;
    names.add(name);
    return { name, pattern: `${folder.replaceAll("\\", "/")}/*/*.parquet` };
  });
}

/** A text as a literal of SQL; both databases take '' for a quote, ClickHouse \\ for a backslash. */
const duckText = (text) => `'${text.replaceAll("'", "''")}'`;
const houseText = (text) => `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;

const union = (folders, select) => folders.map(select).join("\nUNION ALL\n");

/** DuckDB. @param options.threads as many as it may use. */
export async function openDuckDb(bundles, options = {}) {
  const { DuckDBInstance } = await import("@duckdb/node-api");
  const settings = { autoinstall_known_extensions: "false", autoload_known_extensions: "false" };
  if (options.threads !== undefined) settings.threads = String(options.threads);
  const instance = await DuckDBInstance.create(":memory:", settings);
  const connection = await instance.connect();
  const select = ({ name, pattern }) =>
    `SELECT ${duckText(name)} AS bundle, * FROM read_parquet(${duckText(pattern)}, hive_partitioning = false)`;
  await connection.run(`CREATE VIEW events AS ${union(eventFolders(bundles), select)}`);
  for (const statement of statementsOf("duckdb")) await connection.run(statement);
  return {
    async *answer(sql) {
      const result = await connection.stream(sql);
      yield result.columnNames();
      for await (const rows of result.yieldRows()) yield rows.map((row) => row.map(text));
    },
    async close() {
      connection.closeSync();
      instance.closeSync();
    },
  };
}

/**
 * ClickHouse, by chdb, of which a process can have one at a time. @param options.threads as many as it may use, @param
 * options.table load the events into a table first instead of asking the files.
 */
export async function openClickHouse(bundles, options = {}) {
  const { Session, drainPending } = await import("chdb");
  const folders = eventFolders(bundles);
  const session = new Session();
  const run = (sql) => session.query(sql, "TSV");
  try {
    for (const statement of statementsOf("clickhouse")) run(statement);
    if (options.threads !== undefined) run(`SET max_threads = ${options.threads}`);
    // Numbers beyond 2^53 and decimals keep every digit on their way here.
    run("SET output_format_json_quote_64bit_integers = 1, output_format_json_quote_decimals = 1");
    run("CREATE DATABASE IF NOT EXISTS alicorn");
    run("USE alicorn");
    const select = ({ name, pattern }) =>
      `SELECT ${houseText(name)} AS bundle, * FROM file(${houseText(pattern)}, 'Parquet')`;
    if (options.table === true) {
      for (const statement of statementsOf("clickhouse-table")) run(statement);
      for (const folder of folders) run(`INSERT INTO events ${select(folder)}`);
    } else {
      run(`CREATE VIEW events AS ${union(folders, select)}`);
    }
  } catch (error) {
    session.close();
    throw error;
  }
  return {
    async *answer(sql) {
      const bare = sql.trim().replace(/;$/, "");
      yield JSON.parse(session.query(`SELECT * FROM (\n${bare}\n) LIMIT 0`, "JSONCompact")).meta.map(
        ({ name }) => name,
      );
      for await (const chunk of session.queryStream(bare, { format: "JSONCompactEachRow" })) {
        const lines = chunk.text().split("\n");
        yield lines.filter((line) => line !== "").map((line) => JSON.parse(line).map(text));
      }
    },
    async close() {
      session.close();
      await drainPending();
    },
  };
}

export const ENGINES = { duckdb: openDuckDb, clickhouse: openClickHouse };
