import { resolve, sep } from "node:path";
import { BundleError } from "../bundle-folder.ts";

/** A connection to a DuckDB in this process: as much of @duckdb/node-api as is used here. */
export interface DuckDbConnection {
  /** Runs a statement; of one that writes, `rowsChanged` are the rows written. */
  run(sql: string): Promise<{ readonly rowsChanged: number }>;
  /** Stops what is running, which then fails. */
  interrupt(): void;
  closeSync(): void;
}

interface DuckDbInstance {
  connect(): Promise<DuckDbConnection>;
  closeSync(): void;
}

interface DuckDbModule {
  readonly DuckDBInstance: {
    create(path: string, options: Readonly<Record<string, string>>): Promise<DuckDbInstance>;
  };
}

/** Not a literal in `import()`: it is no dependency, so that its types need not be there either. */
const DUCKDB: string = "@duckdb/node-api";

async function loadDuckDb(): Promise<DuckDbModule> {
  try {
    return (await import(DUCKDB)) as DuckDbModule;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const words =
      code === "ERR_MODULE_NOT_FOUND"
        ? "which is not installed: run `npm install --no-save @duckdb/node-api` in alicorn's folder, or `npm install -g @duckdb/node-api` where alicorn is installed with -g"
        : `which cannot be loaded here (${(error as Error).message.split("\n")[0]})`;
    throw new BundleError(`Parquet is written by DuckDB, ${words}.`, { cause: error });
  }
}

/**
 * Whether Parquet can be written; to be asked before hours of work.
 *
 * @param out the bundle's folder, beside which DuckDB is to read files.
 * @throws BundleError where DuckDB is not there, or cannot read beside that folder.
 */
export async function needDuckDb(out: string): Promise<void> {
  await loadDuckDb();
  const place = resolve(out);
  if (sep === "/" && place.includes("\\") && PATTERN.test(place)) {
    throw new BundleError(
      `DuckDB takes ${out} for a pattern of names: write to a folder whose path has no backslash, or none of *, ? and [.`,
    );
  }
}

/** Signs by which DuckDB knows a pattern of file names; within one, a backslash cannot be told from another name. */
const PATTERN = /[*?[]/;

/** A path as a literal of SQL that stands for this file and is no pattern. */
export function sqlPath(path: string): string {
  return sqlText(path.replaceAll(/[*?[]/g, "[$&]"));
}

/** A text as a literal of SQL. */
export function sqlText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** Where DuckDB may put what it does not keep in memory, and how much it keeps. */
const MEMORY = "1GB";

/**
 * A database that lives in memory and reads and writes files that statements name. It loads nothing from the network.
 *
 * @param spool folder for what does not fit in memory.
 * @throws BundleError where DuckDB is not there.
 */
export async function openDuckDb(
  spool: string,
): Promise<{ readonly connection: DuckDbConnection; readonly close: () => void }> {
  const { DuckDBInstance } = await loadDuckDb();
  const instance = await DuckDBInstance.create(":memory:", {
    autoinstall_known_extensions: "false",
    autoload_known_extensions: "false",
    allow_community_extensions: "false",
    memory_limit: MEMORY,
    temp_directory: spool,
    // One thread writes row groups of the same rows on every machine, and leaves the others to their work.
    threads: "1",
  });
  const connection = await instance.connect();
  return {
    connection,
    close() {
      connection.closeSync();
      instance.closeSync();
    },
  };
}
