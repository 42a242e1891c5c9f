import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseQuery, readQuery } from "../src/ingest/query-xml.ts";

const wrapped = (text: string) => `<Query><RawQuery>${text}</RawQuery></Query>`;

describe("readQuery", () => {
  test.each([
    [wrapped("invoice"), "invoice"],
    [wrapped("007"), "007"],
    [wrapped("1e3"), "1e3"],
    [wrapped("true"), "true"],
    [wrapped(""), ""],
    [wrapped(" two  words "), " two  words "],
    [wrapped('o\'brien "x"; y, z'), 'o\'brien "x"; y, z'],
    [wrapped("a &amp; b &lt;c&gt; &quot;d&quot; &apos;e&apos;"), "a & b <c> \"d\" 'e'"],
    [wrapped("&amp;lt;"), "&lt;"],
    [wrapped("&#252;&#xFC;"), "üü"],
    [wrapped("<![CDATA[a < b & c]]>"), "a < b & c"],
    [wrapped("emoji \u{1f600}"), "emoji \u{1f600}"],
    [`<?xml version="1.0"?>${wrapped("x")}`, "x"],
    [`<Query v="1"><RawQuery lang="en">x</RawQuery><Scope a="b"/></Query>`, "x"],
    ["<Query><Scope>Mailbox</Scope><RawQuery>x</RawQuery></Query>", "x"],
    [`\n  ${wrapped("x")}\n`, "x"],
    ["<Search><RawQuery>x</RawQuery><Scope>invoice</Scope></Search>", "x"],
    ["<RawQuery>x</RawQuery>", "x"],
    ["<Query><A><RawQuery>x</RawQuery></A></Query>", "x"],
    ["<Query><RawQuery>x</RawQuery><A><RawQuery>y</RawQuery></A></Query>", "x"],
    ["plain text & more", "plain text & more"],
    ["a < b", "a < b"],
    ["", ""],
  ])("%j asks for %j", (text, query) => {
    expect(readQuery(text)).toEqual({ query, problem: undefined });
  });

  test.each([
    ["malformed", "<Query><RawQuery>x"],
    ["mismatched", "<Query><RawQuery>x</Query></RawQuery>"],
    ["without RawQuery", "<Query><KqlQuery>x</KqlQuery></Query>"],
    [
      "with several RawQuery in deeper places",
      "<Query><A><RawQuery>x</RawQuery></A><RawQuery2><RawQuery/></RawQuery2></Query>",
    ],
    [
      "with several RawQuery and something with an attribute",
      `<Query><RawQuery>a</RawQuery><RawQuery x="">b</RawQuery></Query>`,
    ],
    ["with several RawQuery", "<Query><RawQuery>a</RawQuery><RawQuery>b</RawQuery></Query>"],
    ["with several RawQuery apart", "<Query><RawQuery>a</RawQuery><Scope>s</Scope><RawQuery>a</RawQuery></Query>"],
    ["with several empty RawQuery", "<Query><RawQuery></RawQuery><RawQuery></RawQuery><RawQuery></RawQuery></Query>"],
    ["with markup inside", wrapped("a<b>c</b>")],
    ["with a document type", `<!DOCTYPE q [<!ENTITY a "b">]>${wrapped("&a;")}`],
    ["with an entity that grows", `<!DOCTYPE q [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>${wrapped("&b;")}`],
    ["with a document type in small letters", `<!doctype q>${wrapped("x")}`],
  ])("%s stands as it is, with a reason", (_name, text) => {
    const { query, problem } = readQuery(text);
    expect(query).toBe(text);
    expect(problem).toMatch(/^the Query/);
  });

  test("a document type is refused before anything is parsed", () => {
    expect(readQuery(`<!DOCTYPE q []>${wrapped("x")}`).problem).toBe("the Query has a document type definition");
  });
});

/** Elements behind the first RawQuery, now and then another RawQuery. */
const name = fc.oneof(
  { weight: 9, arbitrary: fc.stringMatching(/^[A-Za-z]\w{0,8}$/) },
  { weight: 1, arbitrary: fc.constantFrom("RawQuery", "rawquery", "RawQuery2") },
);
const text = fc.oneof(
  fc.string({ unit: fc.constantFrom(..."ab0 \t\n'\";:,.-_()[]=+?!/\\#%\u00fc\u200b\u{1f600}") }),
  fc.constantFrom("007", "true", "1e5", "0x1f", " ", "null", "Infinity", "-0", "]]", "toString"),
);

describe("the short cut", () => {
  test("says what the parser alone says", () => {
    fc.assert(
      fc.property(text, fc.array(fc.tuple(name, text), { maxLength: 4 }), (query, others) => {
        const rest = others.map(([tag, body]) => `<${tag}>${body}</${tag}>`).join("");
        const document = `<Query><RawQuery>${query}</RawQuery>${rest}</Query>`;
        expect(readQuery(document)).toEqual(parseQuery(document));
        const isRepeated = others.some(([tag]) => tag === "RawQuery");
        expect(readQuery(document)).toEqual(
          isRepeated
            ? { query: document, problem: "the Query's RawQuery is not one piece of text" }
            : { query, problem: undefined },
        );
      }),
      { numRuns: 500 },
    );
  });

  test("and so for whatever looks like such a document", () => {
    const piece = fc.constantFrom(
      "<Query>",
      "</Query>",
      "<RawQuery>",
      "</RawQuery>",
      "<RawQuery>y</RawQuery>",
      "<Scope>",
      "</Scope>",
      "x",
      "&amp;",
      "&",
      " ",
      "<",
      "]]>",
    );
    const document = fc.array(piece, { maxLength: 8 }).map((pieces) => `<Query>${pieces.join("")}</Query>`);
    fc.assert(
      fc.property(document, (candidate) => {
        expect(readQuery(candidate)).toEqual(parseQuery(candidate));
      }),
      { numRuns: 1000 },
    );
  });
});
