import { spawnSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { diceFor } from "../../fuzz/dice.ts";
import { readPools } from "../../fuzz/seeds.ts";
import { parsePythonLiteral } from "../../src/ingest/python/parse-literal.ts";
import type { PythonValue } from "../../src/model/python.ts";

/** A value without what need not be the same: how numbers are written, and the order of a set. */
function shape(value: PythonValue): unknown {
  if (value === null || typeof value === "boolean") return value;
  if (typeof value === "string") return ["str", value];
  if (value.type === "number") return ["number"];
  if (value.type === "bytes") return ["bytes", value.text];
  if (value.type === "set") return ["set"];
  if (value.type !== "dict") return [value.type, ...value.items.map(shape)];
  // The last of equal keys counts, at the place of the first.
  const last = new Map(value.entries.map(([key, item]) => [JSON.stringify(shape(key)), shape(item)]));
  return ["dict", ...last];
}

/** Python's own reader, and the same shape of what it reads. */
const JUDGE = `
import ast, json, sys, warnings
warnings.simplefilter("ignore")
def shape(value):
    if value is None or isinstance(value, bool): return value
    if isinstance(value, str): return ["str", value]
    if isinstance(value, (int, float, complex)): return ["number"]
    if isinstance(value, bytes): return ["bytes", value.decode("latin1")]
    if isinstance(value, (list, tuple)): return [type(value).__name__] + [shape(item) for item in value]
    if isinstance(value, set): return ["set"]
    return ["dict"] + [[json.dumps(shape(key), separators=(",", ":"), ensure_ascii=False), shape(item)] for key, item in value.items()]
def judge(text):
    try: return [shape(ast.literal_eval(text))]
    except Exception: return None
json.dump([judge(text) for text in json.load(sys.stdin)], sys.stdout)
`;

/** Cells of the bundled cases, and awkward made-up ones, each with one to three places changed. */
function damagedCells(count: number): string[] {
  const { csv } = readPools();
  const cells = csv.flatMap(({ rows }) =>
    rows.slice(0, 200).flatMap((row) => /,"?(\{.*\})"?$/.exec(row)?.[1]?.replaceAll('""', '"').slice(0, 500) ?? []),
  );
  const pieces = [
    "'",
    '"',
    "\\",
    ",",
    ":",
    "{",
    "}",
    "[1]",
    "(",
    ")",
    "b'x'",
    "r'",
    "'''",
    "#",
    " ",
    "1",
    "0x1f",
    "00",
  ];
  pieces.push(
    "None",
    "\\x41",
    "\\u00e9",
    "\\101",
    "\\q",
    "\\N{DASH}",
    "é",
    "'a' 'b'",
    "{1}",
    "{}",
    "()",
    "-",
    ".5",
    "_",
  );
  return Array.from({ length: count }, (_, index) => {
    const dice = diceFor(20180620, index);
    let cell = cells[dice.number(cells.length)] ?? "";
    for (let edits = 1 + dice.number(3); edits > 0; edits--) {
      const at = dice.number(cell.length + 1);
      cell = cell.slice(0, at) + (pieces[dice.number(pieces.length)] ?? "") + cell.slice(at + dice.number(3));
    }
    return cell;
  });
}

const isThere = spawnSync("python3", ["-c", "import sys; sys.exit(sys.version_info < (3, 9))"]).status === 0;

describe.skipIf(!isThere)("Python itself", () => {
  test("takes the damaged cells that are taken, refuses those that are refused, and reads the same", () => {
    // It cannot be told of a half of a pair, which a cell of a file never holds.
    const cells = damagedCells(4000).filter((cell) => !/\p{Surrogate}/u.test(cell));
    const { stdout } = spawnSync("python3", ["-c", JUDGE], {
      input: JSON.stringify(cells),
      maxBuffer: 1 << 28,
      env: { ...process.env, PYTHONIOENCODING: "utf-8:surrogatepass" },
    });
    const verdicts = JSON.parse(stdout.toString()) as ([unknown] | null)[];
    const differences: unknown[] = [];
    let taken = 0;
    for (const [at, cell] of cells.entries()) {
      // A tuple without its brackets, which is left out on purpose.
      if (/,\s*(?:#.*)?$/.test(cell) || cell.includes("\\N{")) continue;
      let own: [unknown] | null;
      try {
        own = [shape(parsePythonLiteral(cell))];
        taken++;
      } catch {
        own = null;
      }
      if (JSON.stringify(own) !== JSON.stringify(verdicts[at])) differences.push([cell, own, verdicts[at]]);
    }
    expect(differences).toEqual([]);
    expect(taken).toBeGreaterThan(500);
    expect(cells.length - taken).toBeGreaterThan(500);
  });
});
