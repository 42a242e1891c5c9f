import { stringify } from "csv-stringify/sync";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { tsvLine } from "../src/render/table-file.ts";
import { excelSafeCell, tsvCell } from "../src/render/tsv.ts";
import { readTsv } from "./support/run.ts";

const NAMED: Readonly<Record<string, string>> = { "\t": "\\t", "\n": "\\n", "\r": "\\r" };

/** The contract's escaping, character by character; half a surrogate pair cannot be UTF-8 and is written as \uHHHH. */
function escaped(value: string): string {
  let out = "";
  for (const character of value) {
    const code = character.codePointAt(0) as number;
    if (code < 32 || (code >= 127 && code < 160)) {
      out += NAMED[character] ?? `\\x${code.toString(16).toUpperCase().padStart(2, "0")}`;
    } else if (code >= 0xd800 && code < 0xe000) out += `\\u${code.toString(16).toUpperCase()}`;
    else out += character;
  }
  return out;
}

const cell = fc.oneof(
  fc.string({ unit: fc.constantFrom(...`ab "'\t\n\r\0\x7f\x85;,=+-@\\é\u2028\u{1f600}`, "\ud800", "\udc00") }),
  fc.string({ unit: "binary" }),
);

describe("a line of a table", () => {
  test("is csv-stringify's, once control characters are escaped", () => {
    fc.assert(
      fc.property(fc.array(cell, { minLength: 1, maxLength: 6 }), (cells) => {
        const wanted = stringify([cells.map(escaped)], { delimiter: "\t", eof: false });
        expect(tsvLine(cells, tsvCell)).toBe(wanted);
      }),
      { numRuns: 1000 },
    );
  });

  test("is one physical line of as many cells, and leads back to the values", () => {
    fc.assert(
      fc.property(fc.array(cell, { minLength: 1, maxLength: 6 }), (cells) => {
        const line = tsvLine(cells, tsvCell);
        // oxlint-disable-next-line no-control-regex -- that there is none is what is tested
        expect(line).not.toMatch(/[\x00-\x08\x0a-\x1f\x7f-\x9f]/);
        expect(Buffer.from(line).toString()).toBe(line);
        expect(readTsv(`${line}\n`)).toEqual([cells.map(escaped)]);
      }),
      { numRuns: 500 },
    );
  });

  test.each([
    ["", ""],
    ["plain, text; 'here'", "plain, text; 'here'"],
    ["a\tb\nc\rd", String.raw`a\tb\nc\rd`],
    ["\0\x07\x1f\x7f\x80\x9f", String.raw`\x00\x07\x1F\x7F\x80\x9F`],
    [`say "hi"`, `"say ""hi"""`],
    ["\ud83d", String.raw`\uD83D`],
    ["\u{1f600}", "\u{1f600}"],
    ["=1+1", "=1+1"],
    [String.raw`\t`, String.raw`\t`],
  ])("writes %j as %j", (value, written) => {
    expect(tsvCell(value)).toBe(written);
  });
});

describe("--excel-safe", () => {
  test.each([
    ["=1+1", "'=1+1"],
    ["+49 30", "'+49 30"],
    ["-1", "'-1"],
    ["@SUM(A1)", "'@SUM(A1)"],
    [`="x"`, `"'=""x"""`],
    ["\t=1", String.raw`\t=1`],
    ["a=1", "a=1"],
    ["", ""],
    ["'=1", "''=1"],
    ["''-1", "'''-1"],
    ["'a'", "'a'"],
  ])("writes %j as %j", (value, written) => {
    expect(excelSafeCell(value)).toBe(written);
  });

  test("changes nothing but what a spreadsheet would take for a formula", () => {
    fc.assert(
      fc.property(cell, (value) => {
        const bare = value.replace(/^'+/, "");
        const disarmed = bare !== "" && "=+-@".includes(bare.charAt(0)) ? `'${value}` : value;
        expect(excelSafeCell(value)).toBe(tsvCell(disarmed));
      }),
      { numRuns: 500 },
    );
  });
});
