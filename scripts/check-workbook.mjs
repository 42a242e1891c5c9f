// Compares what LibreOffice reads in a workbook with the tables it was made of, cell by cell:
//   node scripts/check-workbook.mjs BUNDLE/report.xlsx BUNDLE [PREFIX-]
// Needs soffice 7.2 or later (Debian: apt-get install --no-install-recommends libreoffice-calc).
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { parse } from "csv-parse/sync";

const [workbook, folder, prefix = ""] = process.argv.slice(2);
if (folder === undefined) throw new Error("usage: node scripts/check-workbook.mjs WORKBOOK FOLDER [PREFIX-]");
const work = mkdtempSync(join(tmpdir(), "alicorn-workbook-"));
try {
  // TAB, double quotes, UTF-8, from line 1; texts as they are and not as they are shown; the last -1: every sheet.
  const filter = "csv:Text - txt - csv (StarCalc):9,34,76,1,,0,false,false,false,false,false,-1";
  const profile = `-env:UserInstallation=file://${join(work, "profile")}`;
  const made = spawnSync("soffice", [profile, "--headless", "--convert-to", filter, "--outdir", work, workbook]);
  if (made.status !== 0) throw new Error(`soffice: ${made.error?.message ?? made.stderr.toString()}`);
  const start = `${basename(workbook, ".xlsx")}-`;
  /** The rows that LibreOffice read; of a table that was split, the sheets' rows one after the other. */
  const read = new Map();
  const sheets = readdirSync(work).filter((name) => name.startsWith(start) && name.endsWith(".csv"));
  const numberOf = (name) => Number(/ \((\d+)\)\.csv$/.exec(name)?.[1] ?? 1);
  for (const name of sheets.toSorted((a, b) => numberOf(a) - numberOf(b))) {
    const table = name.slice(start.length, -4).replace(/ \(\d+\)$/, "");
    const rows = parse(readFileSync(join(work, name)), { delimiter: "\t", relax_column_count: true });
    read.set(table, [...(read.get(table) ?? []), ...rows.slice(read.has(table) ? 1 : 0)]);
  }
  let cells = 0;
  let wrong = 0;
  for (const [table, rows] of read) {
    const lines = readFileSync(join(folder, `${prefix}${table}.tsv`), "utf8")
      .split("\n")
      .slice(0, -1);
    const expected = lines.map((line) =>
      line.split("\t").map((cell) => (cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell)),
    );
    if (rows.length !== expected.length)
      console.log(`${table}: ${rows.length} rows instead of ${expected.length}`, wrong++);
    for (const [at, row] of expected.entries()) {
      for (const [column, text] of row.entries()) {
        cells++;
        const found = rows[at]?.[column] ?? "";
        if (found === text || / … \[cut: \d+ characters more; see .*\]$/.test(found)) continue;
        if (++wrong <= 20) console.log(`${table}, row ${at}, column ${column + 1}: ${found} instead of ${text}`);
      }
    }
  }
  console.log(`${cells} cells of ${read.size} tables compared, ${wrong} differ`);
  process.exitCode = wrong === 0 && read.size > 0 ? 0 : 1;
} finally {
  rmSync(work, { recursive: true, force: true });
}
