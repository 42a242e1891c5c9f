import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parsePythonLiteral, PythonLiteralError } from "../../../src/ingest/python/parse-literal.ts";
import { pythonRepr } from "../../../src/model/python-repr.ts";
import type { PythonValue } from "../../../src/model/python.ts";

const bytes = (text: string) => ({ type: "bytes", text });
const number = (text: string) => ({ type: "number", text });

function refusal(text: string): PythonLiteralError {
  try {
    parsePythonLiteral(text);
  } catch (error) {
    if (error instanceof PythonLiteralError) return error;
    throw error;
  }
  throw new Error(`taken for a literal: ${text.slice(0, 80)}`);
}

// Every expectation below was compared with ast.literal_eval of Python 3.11.
describe("parsePythonLiteral", () => {
  it.each<[string, string]>([
    [`'a'`, "a"],
    [`"it's"`, "it's"],
    [`''''a''b'''`, "'a''b"],
    [`"""a\nb"""`, "a\nb"],
    [`'''a\r\nb\rc'''`, "a\nb\nc"],
    [`''`, ""],
    [`""""""`, ""],
    [String.raw`'\\\'\"\a\b\f\n\r\t\v'`, "\\'\"\x07\b\f\n\r\t\v"],
    [String.raw`'\x41\u20ac\U0001f600\101\7\400\1234\0'`, "A€😀A\x07ĀS4\0"],
    [String.raw`'\ud800'`, "\ud800"],
    [String.raw`'\8\q\/'`, String.raw`\8\q\/`],
    ["'a\\\nb\\\r\nc'", "abc"],
    [String.raw`r'\n\'' "\n"`, "\\n\\'\n"],
    [`u'a' U"b"`, "ab"],
    [`('a'\n'b' # c\n)`, "ab"],
    [`'a' \\\n 'b'`, "ab"],
    [` \n'a'\n# end`, "a"],
  ])("reads the string %j", (text, value) => {
    expect(parsePythonLiteral(text)).toBe(value);
  });

  it.each<[string, unknown]>([
    [String.raw`b'a\xff\400\u1234\N'`, bytes("a\xff\x00\\u1234\\N")],
    [String.raw`Rb'\n' BR"\t" b'\n'`, bytes("\\n\\t\n")],
    ["None", null],
    ["True", true],
    [" False ", false],
    ["12345678901234567890", number("12345678901234567890")],
    ["0x_1F", number("0x_1F")],
    ["-0o17", number("-0o17")],
    ["+0B1", number("+0B1")],
    ["- 1_000.5e-1_0", number("-1_000.5e-1_0")],
    ["-(1)", number("-1")],
    [".5", number(".5")],
    ["09.5", number("09.5")],
    ["00", number("00")],
    ["1e400", number("1e400")],
    ["()", { type: "tuple", items: [] }],
    ["(1)", number("1")],
    ["(1,)", { type: "tuple", items: [number("1")] }],
    ["set()", { type: "set", items: [] }],
    ["{'a', 'b',}", { type: "set", items: ["a", "b"] }],
    ["[\n1\t,\f'a'\r\n'b', [],]", { type: "list", items: [number("1"), "ab", { type: "list", items: [] }] }],
    ["{}", { type: "dict", entries: [] }],
    [
      "{'a' : 1 ,'b':{2: None}, (1, 'x'): b'', 'a': True}",
      {
        type: "dict",
        entries: [
          ["a", number("1")],
          ["b", { type: "dict", entries: [[number("2"), null]] }],
          [{ type: "tuple", items: [number("1"), "x"] }, bytes("")],
          ["a", true],
        ],
      },
    ],
  ])("reads %j", (text, value) => {
    expect(parsePythonLiteral(text)).toEqual(value);
  });

  it.each<[string, number]>([
    ["", 0],
    ["  ", 2],
    ["'a", 0],
    ["['a\nb']", 1],
    [String.raw`'\'`, 0],
    ["'''a''", 0],
    ["'a' 'b", 4],
    ["'a'\n'b'", 4],
    ["'a' b'b'", 4],
    ["b'é'", 0],
    ["uR'a'", 0],
    ["f'a'", 0],
    [String.raw`{'a': '\x4'}`, 7],
    [String.raw`'ab\u12'`, 3],
    [String.raw`'\U00110000'`, 1],
    [String.raw`'\N{BULLET}'`, 1],
    ["nan", 0],
    ["true", 0],
    ["set(1)", 0],
    ["1_", 0],
    ["1__0", 0],
    ["0777", 0],
    ["0x", 0],
    ["1e", 0],
    ["1j", 0],
    ["1+1", 1],
    ["--1", 1],
    ["-'a'", 1],
    ["-[1]", 1],
    ["[1 2]", 3],
    ["[1,,2]", 3],
    ["[,]", 1],
    ["[1", 2],
    ["[1}", 2],
    ["{1: 2, 3}", 8],
    ["{1, 2: 3}", 5],
    ["{[]: 1}", 1],
    ["{1, {}}", 4],
    ["{(1, []): 2}", 1],
    ["{'a': 1}['a']", 8],
    ["'a';", 3],
    ["'a'\0", 3],
    ["[\\ \n1]", 1],
    ["\ufeff'a'", 0],
    ["\u00a0'a'", 0],
  ])("refuses %j at %i", (text, position) => {
    expect(refusal(text).position).toBe(position);
  });

  it("says why in a sentence", () => {
    expect(refusal("{'a': 'b'").message).toBe("a comma or } should stand here");
    expect(refusal("['a]").message).toBe("a string is not closed");
  });

  it("reads 100 brackets inside each other and refuses more, however many", () => {
    expect(pythonRepr(parsePythonLiteral("[".repeat(100) + "]".repeat(100)))).toBe("[".repeat(100) + "]".repeat(100));
    for (const open of ["[", "(", "{1:", "-(", "{"]) {
      expect(refusal(open.repeat(300_000)).message).toBe("brackets are nested more than 100 deep");
    }
    expect(refusal("-".repeat(300_000)).position).toBe(1);
  });

  it("takes time in proportion to hostile texts", () => {
    // Read in one pass this takes a second; searched anew from every quote or backslash, minutes.
    const size = 1_000_000;
    const start = performance.now();
    expect(parsePythonLiteral(`'${"\\\\".repeat(size)}'`)).toBe("\\".repeat(size));
    expect(parsePythonLiteral(`'''${"\\'".repeat(size)}'''`)).toBe("'".repeat(size));
    expect(parsePythonLiteral(`'${"\\q".repeat(size)}'`)).toBe("\\q".repeat(size));
    expect(parsePythonLiteral(`[${"'a' 'b', ".repeat(size)}'\\n']`)).toHaveProperty("items.length", size + 1);
    expect(refusal(`'${"\\'".repeat(size)}`).position).toBe(0);
    expect(refusal(`[${"'', ".repeat(size)}`).position).toBe(1 + 4 * size);
    expect(refusal(`${"1_0".repeat(size)}_`).position).toBe(0);
    expect(refusal(`{${"(".repeat(99)}${"1,".repeat(size)}`).position).toBe(100 + 2 * size);
    expect(performance.now() - start).toBeLessThan(15_000);
  });

  it("reads back whatever repr() writes", () => {
    const text = fc.oneof(
      fc.string(),
      fc.string({ unit: "binary" }),
      fc.string({ unit: fc.constantFrom(..."'\"\\\n€\ud800nxu0") }),
    );
    const { value } = fc.letrec<{ value: PythonValue; key: PythonValue }>((tie) => ({
      key: fc.oneof(
        text,
        fc.boolean(),
        fc.constant(null),
        fc.tuple(text).map((items) => ({ type: "tuple" as const, items })),
      ),
      value: fc.oneof(
        { maxDepth: 4 },
        text,
        fc.constantFrom(null, true, false),
        fc
          .constantFrom("0", "-1", "1e5", "0x1F", "12345678901234567890", ".5")
          .map((digits) => ({ type: "number" as const, text: digits })),
        fc.uint8Array().map((array) => ({ type: "bytes" as const, text: String.fromCharCode(...array) })),
        fc
          .tuple(fc.constantFrom("list" as const, "tuple" as const), fc.array(tie("value")))
          .map(([type, items]) => ({ type, items })),
        fc.array(tie("key")).map((items) => ({ type: "set" as const, items })),
        fc.array(fc.tuple(tie("key"), tie("value"))).map((entries) => ({ type: "dict" as const, entries })),
      ),
    }));
    fc.assert(
      fc.property(value, (original) => {
        expect(parsePythonLiteral(pythonRepr(original))).toEqual(original);
      }),
      { numRuns: 500 },
    );
  });
});
