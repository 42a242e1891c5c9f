import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parsePythonLiteral, PythonLiteralError } from "../../../src/ingest/python/parse-literal.ts";
import { literalProperties } from "../../../src/ingest/retriever-csv/literal-properties.ts";
import { pythonRepr, pythonStr } from "../../../src/model/python-repr.ts";
import type { PythonValue } from "../../../src/model/python.ts";

/** What the properties must be, from the whole parser alone; undefined where they must have a problem. */
function expected(cell: string): (readonly [string, PythonValue])[] | undefined {
  if (cell.trim() === "") return [];
  try {
    const value = parsePythonLiteral(cell);
    if (value === null || typeof value !== "object" || value.type !== "dict") return undefined;
    return value.entries.map(([key, item]) => [pythonStr(key), item] as const);
  } catch (error) {
    if (error instanceof PythonLiteralError) return undefined;
    throw error;
  }
}

function expectSame(cell: string): void {
  const wanted = expected(cell);
  // Asked anew each time, as the first question decides how the cell is read.
  expect(literalProperties(cell).problem === undefined).toBe(wanted !== undefined);
  expect(literalProperties(cell).entries()).toEqual(wanted ?? []);
  const properties = literalProperties(cell);
  for (const [name] of wanted ?? [["Subject"]]) {
    const value = wanted?.findLast((entry) => entry[0] === name)?.[1];
    expect(properties.text(name)).toBe(value === undefined ? undefined : value === null ? "" : pythonStr(value));
  }
  expect(properties.text("no such name")).toBeUndefined();
  expect(properties.raw).toBe(cell);
}

const text = fc.oneof(
  fc.string({ unit: fc.constantFrom(..."abc'\"\\:,{} \n\r\t\0é€\ud83d\ude00x41u0N") }),
  fc.string({ unit: "binary" }),
);
const value: fc.Arbitrary<PythonValue> = fc.oneof(
  { weight: 8, arbitrary: text },
  { weight: 1, arbitrary: fc.constantFrom(null, true, false) },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom("0", "-7", "1.50", "12345678901234567890", "1e5", "0x1F", "-0")
      .map((digits) => ({ type: "number" as const, text: digits })),
  },
  { weight: 1, arbitrary: fc.array(text, { maxLength: 2 }).map((items) => ({ type: "list" as const, items })) },
  { weight: 1, arbitrary: fc.constant({ type: "bytes" as const, text: "\xff'" }) },
);
const cellOf = (key: fc.Arbitrary<PythonValue>) =>
  fc.array(fc.tuple(key, value), { maxLength: 6 }).map((entries) => pythonRepr({ type: "dict", entries }));
const cell = fc.oneof(
  { weight: 5, arbitrary: cellOf(fc.oneof(text, fc.constantFrom("Subject", "ClientIP"))) },
  { weight: 1, arbitrary: cellOf(value.filter((key) => typeof key !== "object" || key === null)) },
);

describe("literalProperties", () => {
  it("answers for the names asked, the last of equal ones first", () => {
    const properties = literalProperties(
      String.raw`{'Subject': "it's", "don't": 'a\nb\x41', 'A': '1', 'None': None, 'N': -1.50, 'T': True, 'A': '2'}`,
    );
    expect(properties.text("Subject")).toBe("it's");
    expect(properties.text("don't")).toBe("a\nbA");
    expect(properties.text("A")).toBe("2");
    expect(properties.text("None")).toBe("");
    expect(properties.text("N")).toBe("-1.50");
    expect(properties.text("T")).toBe("True");
    expect(properties.text("subject")).toBeUndefined();
    expect(properties.entries()).toEqual([
      ["Subject", "it's"],
      ["don't", "a\nbA"],
      ["A", "1"],
      ["None", null],
      ["N", { type: "number", text: "-1.50" }],
      ["T", true],
      ["A", "2"],
    ]);
    expect(properties.problem).toBeUndefined();
  });

  it("gives the str() of what is no string, keys included", () => {
    const properties = literalProperties("{1: ['a', 2], None: b'x', 'S': {'k'}}");
    expect(properties.text("1")).toBe("['a', 2]");
    expect(properties.text("None")).toBe("b'x'");
    expect(properties.text("S")).toBe("{'k'}");
  });

  it.each(["", " ", "\t \n", "{}", "{ }"])("has nothing and no problem in %j", (blank) => {
    const properties = literalProperties(blank);
    expect(properties.problem).toBeUndefined();
    expect(properties.entries()).toEqual([]);
    expect(properties.text("Subject")).toBeUndefined();
    expect(properties.raw).toBe(blank);
  });

  it.each<[string, string]>([
    ["['a']", "CustomProperties: a list instead of a dict"],
    ["'a'", "CustomProperties: a string instead of a dict"],
    ["None", "CustomProperties: None instead of a dict"],
    ["True", "CustomProperties: True or False instead of a dict"],
    ["{'a': 'b'", "CustomProperties: not a Python literal, a comma or } should stand here (character 10)"],
    ["{'Subject': 'x', 'a': 'b", "CustomProperties: not a Python literal, a string is not closed (character 23)"],
  ])("has a problem and nothing else in %j", (bad, problem) => {
    const properties = literalProperties(bad);
    expect(properties.text("Subject")).toBeUndefined();
    expect(properties.entries()).toEqual([]);
    expect(properties.problem).toBe(problem);
    expect(properties.raw).toBe(bad);
  });

  it.each([
    `{'a': 'b', }`,
    `{'a':'b'}`,
    `{'a': 'b','c': 'd'}`,
    `{'a': 'b',\n'c': 'd'}`,
    `{'a': 'b\n', 'c': 'd'}`,
    `{'a': 'b' 'c'}`,
    `{'a' 'b': 'c'}`,
    `{'a': '''b'''}`,
    `{'a': r'\\n', 'b': 'c'}`,
    `{'a': 'b'}}`,
    `{'a': 'b'} `,
    `{'a': 'b'},{'c': 'd'}`,
    `{'a': 'b', 'c'}`,
    `{'a': 'b', 'c': }`,
    `{'a': 01}`,
    `{'a': 1.}`,
    `{'a': None1}`,
    `{'a': 'b', 'c': '}`,
    `{'a': '\\'}`,
    `{'a\\'b': 'c\\\\', 'd\\x41': '\\x4'}`,
    `{'a\\'b': 'c\\\\', 'd\\x41': '\\x4g'}`,
    `{'a': '\\N{BULLET}'}`,
    `{'a': '\\U00110000'}`,
    `{'a': '\\q\\101'}`,
    `{'a': 'b', 'a\\x62': 'c', 'ab': 'd', 'a\\x62': 'e'}`,
    `{'a': "b}', 'c': 'd"}`,
    `{'': ''}`,
    `{`,
    `}`,
    `{'`,
    `{'}`,
  ])("reads or refuses %j as the whole parser does", (odd) => {
    expectSame(odd);
  });

  it("keeps apart the cells that are asked in turns", () => {
    const first = literalProperties("{'a': '1', 'b': '2'}");
    const second = literalProperties("{'longer': 'x', 'b': '3', 'c': '4'}");
    const third = literalProperties("{'a': [1]}");
    for (let turn = 0; turn < 2; turn++) {
      expect([first.text("b"), second.text("b"), third.text("b"), first.text("a")]).toEqual(["2", "3", undefined, "1"]);
      expect([second.text("a"), third.text("a"), second.problem, first.problem]).toEqual([
        undefined,
        "[1]",
        undefined,
        undefined,
      ]);
    }
  });

  it("reads more pairs than any export has", () => {
    const names = Array.from({ length: 2000 }, (_, index) => `k${index}`);
    const properties = literalProperties(`{${names.map((name) => `'${name}': '${name}v'`).join(", ")}}`);
    expect(properties.entries()).toHaveLength(2000);
    expect(properties.text("k1999")).toBe("k1999v");
  });

  it("takes time in proportion to hostile cells", () => {
    // Read in one pass this takes a second; searched anew from every quote or backslash, minutes.
    const size = 2_000_000;
    const start = performance.now();
    expect(literalProperties(`{'a': '${"\\\\".repeat(size)}'}`).text("a")).toBe("\\".repeat(size));
    expect(literalProperties(`{'a': '${"\\'".repeat(size)}'}`).text("a")).toBe("'".repeat(size));
    expect(literalProperties(`{'a': '${"\\'".repeat(size)}}`).problem).toContain("not closed");
    expect(performance.now() - start).toBeLessThan(15_000);
  });

  it("equals the whole parser on every dict that repr() writes", () => {
    fc.assert(
      fc.property(cell, (written) => {
        expect(literalProperties(written).problem).toBeUndefined();
        expectSame(written);
      }),
      { numRuns: 1000 },
    );
  });

  it("equals the whole parser on damaged cells", () => {
    const edit = fc.tuple(
      fc.nat(),
      fc.nat({ max: 2 }),
      fc.constantFrom(
        "",
        "'",
        '"',
        "\\",
        ", ",
        ": ",
        "{",
        "}",
        "None",
        "1",
        "\n",
        "\\x",
        "\\u00e9",
        "'a': 'b', ",
        "#",
        "r'",
      ),
    );
    fc.assert(
      fc.property(cell, fc.array(edit, { minLength: 1, maxLength: 3 }), (written, edits) => {
        let damaged = written;
        for (const [place, dropped, added] of edits) {
          const at = place % (damaged.length + 1);
          damaged = damaged.slice(0, at) + added + damaged.slice(at + dropped);
        }
        expectSame(damaged);
      }),
      { numRuns: 3000 },
    );
  });
});
