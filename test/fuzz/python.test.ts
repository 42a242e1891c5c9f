import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parsePythonLiteral, PythonLiteralError } from "../../src/ingest/python/parse-literal.ts";
import type { PythonValue } from "../../src/model/python.ts";

/** A value and one of the ways to write it in Python. */
interface Spelled {
  readonly value: PythonValue;
  readonly written: string;
}

const hex = (code: number, digits: number) => code.toString(16).padStart(digits, "0");

/** Ways to write one character inside quotes. */
function spellings(character: string): string[] {
  const code = character.codePointAt(0) ?? 0;
  const ways = [`\\U${hex(code, 8)}`];
  if (code < 0x10000) ways.push(`\\u${hex(code, 4)}`);
  if (code < 0x100) ways.push(`\\x${hex(code, 2)}`, `\\${code.toString(8).padStart(3, "0")}`);
  // As itself where no quote, escape or line end could be meant.
  if (!/['"\\\r\n\0]/.test(character)) ways.push(character, character, character);
  if (character === "\n") ways.push("\\n");
  if (character === "\\") ways.push("\\\\");
  if (/['"]/.test(character)) ways.push(`\\${character}`);
  return ways;
}

const character = fc.oneof(
  fc.constantFrom(..."'\"\\\n\r\t\0aé€\u{1f600}\u200b"),
  fc.string({ unit: "binary", minLength: 1, maxLength: 1 }),
);
const stringPart = fc
  .tuple(fc.array(fc.tuple(character, fc.nat(9)), { maxLength: 8 }), fc.nat(3), fc.constantFrom("", "u", "U"))
  .map(([characters, quoting, prefix]): Spelled => {
    const quote = ["'", '"', "'''", '"""'][quoting] ?? "'";
    const body = characters.map(([text, way]) => spellings(text)[way % spellings(text).length]).join("");
    return { value: characters.map(([text]) => text).join(""), written: `${prefix}${quote}${body}${quote}` };
  });
const bytes = fc.tuple(fc.uint8Array({ maxLength: 8 }), fc.constantFrom("b", "B")).map(([array, prefix]): Spelled => {
  const body = Array.from(array, (code) => `\\x${hex(code, 2)}`).join("");
  return { value: { type: "bytes", text: String.fromCharCode(...array) }, written: `${prefix}"${body}"` };
});
const raw = fc
  .stringMatching(/^[ !#-&(-[\]-~é]{0,8}$/)
  .map((text): Spelled => ({ value: text, written: `r'${text}'` }));
const space = fc.constantFrom("", " ", "\n", "\t", " # a comment, 'with' {brackets}\n", "\\\n", "\r\n  ");
/** Strings side by side are one string. */
const text = fc
  .tuple(fc.array(fc.oneof(stringPart, stringPart, raw), { minLength: 1, maxLength: 3 }), space)
  .map(([parts, between]): Spelled => ({
    value: parts.map(({ value }) => value as string).join(""),
    written: parts.map(({ written }) => written).join(` ${between}`),
  }));
const number = fc
  .constantFrom("0", "-1", "+7", "1_000", "0x1F", "0o17", "0b101", "1e-5", ".5", "5.", "1_0.0_1E+1_0", "00")
  .map((written): Spelled => ({ value: { type: "number", text: written }, written }));
const word = fc
  .constantFrom<[PythonValue, string]>([null, "None"], [true, "True"], [false, "False"])
  .map(([value, written]): Spelled => ({ value, written }));

const { spelled } = fc.letrec<{ spelled: Spelled }>((tie) => {
  const items = fc.array(fc.tuple(space, tie("spelled"), space), { maxLength: 4 });
  const listed = (all: readonly (readonly [string, Spelled, string])[]) =>
    all.map(([before, { written }, behind]) => before + written + behind).join(",");
  return {
    spelled: fc.oneof(
      { maxDepth: 3 },
      text,
      bytes,
      number,
      word,
      fc.tuple(items, fc.boolean()).map(([all, comma]): Spelled => {
        const end = comma && all.length > 0 ? "," : "";
        return { value: { type: "list", items: all.map(([, { value }]) => value) }, written: `[${listed(all)}${end}]` };
      }),
      items.map((all): Spelled => {
        const end = all.length === 1 ? "," : "";
        return {
          value: { type: "tuple", items: all.map(([, { value }]) => value) },
          written: `(${listed(all)}${end})`,
        };
      }),
      fc
        .tuple(space, tie("spelled"), space)
        .map(([before, { value, written }, behind]): Spelled => ({ value, written: `(${before}${written}${behind})` })),
      fc.array(fc.tuple(text, space, tie("spelled"), space), { maxLength: 4 }).map((all): Spelled => {
        const entries = all.map(([key, , { value }]) => [key.value, value] as const);
        const pairs = all.map(([key, a, { written }, b]) => `${a}${key.written}${b}:${a}${written}${b}`);
        return { value: { type: "dict", entries }, written: `{${pairs.join(",")}}` };
      }),
    ),
  };
});

describe("a Python literal", () => {
  test("is read, in whatever way it is written", () => {
    fc.assert(
      fc.property(spelled, ({ value, written }) => {
        // Inside of brackets a line end is white space.
        expect(parsePythonLiteral(`[${written}]\n`)).toEqual({ type: "list", items: [value] });
      }),
      { numRuns: 1500 },
    );
  });

  test("of any text is read or refused with a sentence and a place in it", () => {
    const piece = fc.oneof(
      fc.constantFrom(
        "'",
        '"',
        "\\",
        "{",
        "}",
        "[",
        "]",
        "(",
        ")",
        ":",
        ",",
        "b'",
        "'''",
        "#",
        "\n",
        "\\x",
        "\\N{",
        "set(",
      ),
      fc.constantFrom("1", ".", "_", "e", "0x", "-", "None", "x", "\u00a0", "\ud800"),
      fc.string({ unit: "binary", maxLength: 3 }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
        const any = pieces.join("");
        try {
          parsePythonLiteral(any);
        } catch (error) {
          expect(error).toBeInstanceOf(PythonLiteralError);
          const { message, position } = error as PythonLiteralError;
          expect(message).toMatch(/^[a-z][^\n]+$/);
          expect(position).toBeGreaterThanOrEqual(0);
          expect(position).toBeLessThanOrEqual(any.length);
        }
      }),
      { numRuns: 3000 },
    );
  });
});
