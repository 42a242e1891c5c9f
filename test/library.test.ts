import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import type { TableRow } from "../src/index.ts";
import { parseCase, TABLES } from "../src/index.ts";
import { CASES, parsePaths, temporaryFolder } from "./support/run.ts";

const folder = temporaryFolder();
const CASE = join(CASES, "wire-fraud-60-days", "dana.keller@northgate.example.csv");

/** What the tables' escapes stand for: the library gives texts as they are. */
function escaped(text: string): string {
  // oxlint-disable-next-line no-control-regex
  return text.replace(/[\x00-\x1f\x7f-\x9f]/g, (character) => {
    const short = { "\t": "\\t", "\n": "\\n", "\r": "\\r" }[character];
    return short ?? `\\x${character.charCodeAt(0).toString(16).padStart(2, "0").toUpperCase()}`;
  });
}

test("a script gets the rows that the bundle prints, and the findings with their evidence", async () => {
  const bundle = await parsePaths(folder, [CASE]);
  let mailboxes = 0;
  for await (const mailbox of parseCase([CASE])) {
    mailboxes++;
    for (const table of TABLES.filter((name) => name !== "rejects")) {
      const printed = bundle.rows(table);
      const rows = [...mailbox.rows(table)].map((row) =>
        Object.fromEntries(Object.entries(row).map(([name, cell]) => [name, escaped(cell)])),
      );
      expect(rows, table).toEqual(printed);
    }
    const findings = mailbox.findings();
    expect(findings.map(({ ruleId, score }) => `${ruleId} ${score}`)).toEqual(
      bundle.rows("findings").map((row) => `${row["Rule"]} ${row["Score"]}`),
    );
    const [row] = findings[0]?.rows ?? [];
    expect(row === undefined ? undefined : mailbox.sourceOf(row).file).toBe("dana.keller@northgate.example.csv");
    expect(() => mailbox.rows("rejects")).toThrow(RangeError);
  }
  expect(mailboxes).toBe(1);
});

test("the example scripts run, and say what the bundle says", async () => {
  const script = fileURLToPath(new URL("../samples/scripts/suspicious-messages.ts", import.meta.url));
  const out = execFileSync(process.execPath, ["--import", "tsx", script, CASE], { encoding: "utf8", stdio: "pipe" });
  const lines = out.trimEnd().split("\n").slice(1);
  const bundle = await parsePaths(folder, [CASE], { tables: new Set(["exposure"]) });
  const suspicious = bundle.rows("exposure").filter((row: TableRow) => row["Suspicious"] === "yes");
  expect(suspicious.length).toBeGreaterThan(0);
  expect(lines.map((line) => line.split("\t").at(-1))).toEqual(suspicious.map((row) => row["Source Row"]));
  const reads = fileURLToPath(new URL("../samples/scripts/reads-per-address.ts", import.meta.url));
  const counts = execFileSync(process.execPath, ["--import", "tsx", reads, CASE], { encoding: "utf8" });
  const total = counts
    .split("\n")
    .map((line) => Number(/^(\d+)\t/.exec(line)?.[1] ?? 0))
    .reduce((sum, count) => sum + count, 0);
  const starts = (await parsePaths(folder, [CASE], { tables: new Set(["read-activity-by-time"]) }))
    .rows("read-activity-by-time")
    .filter((row) => row["Type"]?.endsWith("Start") === true);
  expect(total).toBe(starts.length);
});
