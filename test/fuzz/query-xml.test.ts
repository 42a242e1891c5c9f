import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseQuery, readQuery } from "../../src/ingest/query-xml.ts";

/** XML 1.0, 2.2: characters that a document may hold; a carriage return only as a reference survives reading (2.11). */
const isAllowed = (character: string) => /^[\t\n\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]$/u.test(character);

const character = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(..."<>&;#'\"]ax 0\n\t\u00fc\u{1f600}!-") },
  { weight: 2, arbitrary: fc.string({ unit: "binary", minLength: 1, maxLength: 1 }).filter(isAllowed) },
);

/** The ways to write a character as content of an element. */
const NAMED: Readonly<Record<string, string>> = {
  "<": "&lt;",
  ">": "&gt;",
  "&": "&amp;",
  '"': "&quot;",
  "'": "&apos;",
};
const spelled = fc.tuple(character, fc.nat(5)).map(([text, way]) => {
  const code = text.codePointAt(0) ?? 0;
  const plain = NAMED[text] ?? text;
  const written = [plain, plain, plain, `&#${code};`, `&#x${code.toString(16)};`, `<![CDATA[${text}]]>`][way] ?? plain;
  return { text, written };
});

describe("a Query", () => {
  test("gives the text that was written into it, by entities, references or CDATA", () => {
    fc.assert(
      fc.property(fc.array(spelled, { minLength: 1, maxLength: 20 }), fc.boolean(), (parts, declared) => {
        const text = parts.map((part) => part.text).join("");
        const written = parts.map((part) => part.written).join("");
        const declaration = declared ? `<?xml version="1.0" encoding="utf-16"?>` : "";
        const document = `${declaration}<Query><RawQuery>${written}</RawQuery><Scope>Mailbox</Scope></Query>`;
        expect(readQuery(document)).toEqual({ query: text, problem: undefined });
      }),
      { numRuns: 1000 },
    );
  });

  test("never throws, and what it cannot read stands for itself", () => {
    const piece = fc.oneof(
      fc.constantFrom("<", ">", "</", "/>", "<Query>", "</Query>", "<RawQuery>", "</RawQuery>", "<![CDATA[", "]]>"),
      fc.constantFrom("&", "&amp;", "&#0;", "&#x110000;", "&#xd800;", "&bogus;", "<!--", "-->", "<?", "?>", " a='b'"),
      fc.constantFrom("__proto__", "constructor", "<__proto__>", "</__proto__>", "<toString/>", "\0", "\ud800"),
      fc.string({ unit: "binary", maxLength: 4 }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 24 }), (pieces) => {
        for (const text of [pieces.join(""), `<Query><RawQuery>${pieces.join("")}</RawQuery></Query>`]) {
          const { query, problem } = readQuery(text);
          expect(problem === undefined || query === text).toBe(true);
          expect(problem).not.toBe("");
          parseQuery(text);
        }
      }),
      { numRuns: 2000 },
    );
  });

  test("with a document type is refused, wherever that stands and however it is written", () => {
    const space = fc.constantFrom("", " ", "\n\t", "<!-- x -->", "<?x y?>");
    const opening = fc.mixedCase(fc.constantFrom("<!DOCTYPE", "<!ENTITY"));
    fc.assert(
      fc.property(space, opening, space, (before, type, behind) => {
        const document = `<Query>${before}${type} q [<!ENTITY a "b">]>${behind}<RawQuery>&a;</RawQuery></Query>`;
        const leading = `${before}${type} q>${behind}<Query><RawQuery>x</RawQuery></Query>`;
        for (const text of [document, leading]) {
          expect(readQuery(text)).toEqual({ query: text, problem: "the Query has a document type definition" });
        }
      }),
    );
  });
});
