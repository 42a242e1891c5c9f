import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  matchSearch,
  normalisedQuery,
  readSearch,
  searchedNames,
  searchedText,
} from "../../../src/enrich/words/query.ts";
import { TERMS } from "../../../src/enrich/words/terms-data.ts";
import { compileTerms } from "../../../src/enrich/words/terms.ts";

const matcher = compileTerms(TERMS);
const terms = (query: string) => matchSearch(matcher, query).map(({ entry }) => entry.term);

/** A word as `property:text` with marks: `-` negated, quotes for a phrase, `*` for a beginning. */
function words(query: string): readonly string[] {
  return readSearch(query).words.map(({ text, property, phrase, negated, prefix }) => {
    const shown = (phrase ? `"${text}"` : text) + (prefix ? "*" : "");
    return (negated ? "-" : "") + (property === "" ? shown : `${property}:${shown}`);
  });
}

describe("readSearch", () => {
  test.each<readonly [string, readonly string[]]>([
    ["", []],
    ["   ", []],
    ["invoice", ["invoice"]],
    ["wire transfer", ["wire", "transfer"]],
    ['"wire transfer" now', ['"wire transfer"', "now"]],
    ["from:bob", ["from:bob"]],
    ["FROM:bob invoice", ["from:bob", "invoice"]],
    ["from: bob", ["from:bob"]],
    ['subject:"wire transfer"', ['subject:"wire transfer"']],
    ["subject:(a OR b) c", ["subject:a", "subject:b", "c"]],
    ["subject:(a from:b c)", ["subject:a", "from:b", "subject:c"]],
    ["hasattachments:yes kind:email", ["hasattachments:yes", "kind:email"]],
    ["received>=2018-01-01", ["received:2018-01-01"]],
    ["received:>=2018-01-01 size>100", ["received:2018-01-01", "size:100"]],
    ["attachment:name.pdf body:x cc:y", ["attachment:name.pdf", "body:x", "cc:y"]],
    ["von:bob betreff:Rechnung", ["from:bob", "subject:Rechnung"]],
    ["från:bo ämne:faktura", ["from:bo", "subject:faktura"]],
    ["objet:facture à:luc", ["subject:facture", "to:luc"]],
    ["invoice:4711", ["invoice:4711"]],
    ["RE: invoice", ["RE:", "invoice"]],
    ["http://bank.example", ["http://bank.example"]],
    ["10:30", ["10:30"]],
    ["a=b to do: call", ["a=b", "to", "do:", "call"]],
    ["a AND b OR c", ["a", "b", "c"]],
    ["a and b or not c", ["a", "and", "b", "or", "not", "c"]],
    ["NOT a b", ["-a", "b"]],
    ["a NOT (b OR c) d", ["a", "-b", "-c", "d"]],
    ["NOT (a NOT b)", ["-a", "b"]],
    ["NOT from:bob a", ["-from:bob", "a"]],
    ['-a b -"c d" -from:e -(f g)', ["-a", "b", '-"c d"', "-from:e", "-f", "-g"]],
    ["w-2 a - b", ["w-2", "a", "-", "b"]],
    ["a NEAR(3) b NEAR c ONEAR(n=4) d", ["a", "b", "c", "d"]],
    ["WORDS(wire, transfer)", ["wire,", "transfer"]],
    ["NOTE ORDER ANDROID", ["NOTE", "ORDER", "ANDROID"]],
    ['invoic* "wire tran*" "wire tran"*', ["invoic*", '"wire tran"*', '"wire tran"*']],
    ["*", ["*"]],
    ['"a OR from:b', ['"a OR from:b"']],
    ["“wire transfer” „x“", ['"wire transfer"', '"x"']],
    ["((a) b", ["a", "b"]],
    ["a)) b", ["a", "b"]],
    ["(", []],
    ["OR", []],
    ["a NOT", ["a"]],
    ["subject:", []],
    ['"" a', ["a"]],
  ])("%j", (query, expected) => {
    expect(words(query)).toEqual(expected);
  });
});

describe("searchedText", () => {
  test.each([
    ["invoice", "invoice"],
    ['subject:"wire transfer"', "         wire transfer "],
    ["wire OR transfer", "wire|   transfer"],
    ["wire AND transfer", "wire|    transfer"],
    ["wire NEAR(3) transfer", "wire         transfer"],
    ["bank -account x", "bank|         x"],
    ["from:bob invoice", "         invoice"],
    ["received>=2018-01-01", "                    "],
    ['wire "transfer"', "wire  transfer "],
    ["invoic* x", "invoic* x"],
    ['"wire tran"*', " wire tran* "],
  ])("%j is %j", (query, text) => {
    expect(searchedText(query)).toBe(text);
  });

  test("names are kept for themselves", () => {
    const [before, between] = [" ".repeat("invoice from:".length), " ".repeat("-to:ann to:(".length)];
    expect(searchedNames("invoice from:bob -to:ann to:(cfo OR x)")).toBe(`${before}bob|${between}cfo|   x `);
  });
});

describe("matchSearch", () => {
  test.each<readonly [string, readonly string[]]>([
    ["wire transfer", ["wire transfer"]],
    ['"wire transfer"', ["wire transfer"]],
    ["WIRE  Transfer", ["wire transfer"]],
    ["wire OR transfer", ["wire", "transfer"]],
    ["wire AND transfer", ["wire", "transfer"]],
    ["wire NEAR(3) transfer", ["wire transfer"]],
    ["(wire) (transfer)", ["wire", "transfer"]],
    ["subject:wire body:transfer", ["wire", "transfer"]],
    ["subject:(invoice OR payment)", ["invoice", "payment"]],
    ["NOT invoice payment", ["payment"]],
    ["-invoice", []],
    ["NOT (invoice OR payment) iban", ["iban"]],
    ["attachment:", []],
    ["attachment:w-2.pdf", ["w-2"]],
    ["attachment:report.pdf hasattachments:yes", []],
    ["from:bank", []],
    ["from:bank@example.com invoice", ["invoice"]],
    ["from:ceo", ["ceo"]],
    ["from:(cfo OR treasurer) invoice", ["cfo", "treasurer", "invoice"]],
    ["invoice to:cfo payment", ["invoice", "cfo", "payment"]],
    ["NOT from:ceo", []],
    ["ceo", ["ceo"]],
    ["von:bank Rechnung", ["Rechnung"]],
    ["invoice:4711", ["invoice"]],
    ["RE: invoice", ["invoice"]],
    ["invoic*", ["invoice"]],
    ["subject:invoic*", ["invoice"]],
    ['"wire tran*"', ["wire transfer"]],
    ["inv*", []],
    ["attach wireless", []],
    ["kind:payment", []],
    ['"wire transfer', ["wire transfer"]],
    ["Banküberweisung OR bankueberweisung", ["Banküberweisung", "Banküberweisung"]],
  ])("%j", (query, expected) => {
    expect(terms(query)).toEqual(expected);
  });

  test("places and texts are the query's own", () => {
    expect(matchSearch(matcher, 'from:CFO subject:"Wire Transfer" invoic*')).toMatchObject([
      { at: 5, text: "CFO" },
      { at: 18, text: "Wire Transfer" },
      { at: 33, text: "invoic" },
    ]);
    expect(matchSearch(matcher, "wire NEAR(2) transfer")).toMatchObject([{ at: 0, text: "wire NEAR(2) transfer" }]);
  });
});

describe("normalisedQuery", () => {
  test.each([
    ["Wire  Transfer", ' "wire transfer"'],
    ["Überweisung", "uberweisung"],
    ["FROM:Bob", 'from: "bob"'],
    ["von:bob", "from:bob"],
    ["“wire transfer”", '"wire transfer"'],
    ["a OR b", "a  OR  B"],
  ])("%j is %j", (one, other) => {
    expect(normalisedQuery(one)).toBe(normalisedQuery(other));
  });

  test.each([
    ["wire OR transfer", "wire transfer"],
    ["wire OR transfer", "wire or transfer"],
    ["NOT wire", "wire"],
    ["invoic*", "invoic"],
    ["received>2018-01-01", "received<2018-01-01"],
    ["from:bob", "to:bob"],
    ["(a b) OR c", "a (b OR c)"],
  ])("%j is not %j", (one, other) => {
    expect(normalisedQuery(one)).not.toBe(normalisedQuery(other));
  });
});

describe("whatever is typed", () => {
  const piece = fc.constantFrom(
    ...'wire transfer,invoice,bank,from:,subject:,NOT ,OR, AND ,NEAR(2),(,),",“,*,-,:,received>=,x, ,  ,é,\u{1f600},\ud800,WORDS(,XRANK(cb=1)'.split(
      ",",
    ),
  );
  const query = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.array(piece, { maxLength: 14 }).map((pieces) => pieces.join("")),
  );

  test("is read, every word stands in the query, and nothing is invented", () => {
    fc.assert(
      fc.property(query, (query) => {
        let end = 0;
        for (const { text, at } of readSearch(query).words) {
          expect(at).toBeGreaterThanOrEqual(end);
          expect(query.slice(at, at + text.length)).toBe(text);
          expect(text).not.toBe("");
          end = at + text.length;
        }
        for (const blanked of [searchedText(query), searchedNames(query)]) {
          expect(blanked.length).toBe(query.length);
          for (let index = 0; index < query.length; index += 1) {
            const unit = blanked.charAt(index);
            expect([query.charAt(index), " ", "|", "*"]).toContain(unit);
          }
        }
        for (const { at, text } of matchSearch(matcher, query)) expect(query.slice(at, at + text.length)).toBe(text);
        normalisedQuery(query);
      }),
      { numRuns: 2000 },
    );
  });

  test("in time that grows with its length", () => {
    for (const unit of [
      '"',
      "(",
      ")",
      "-",
      "a:",
      "from:",
      "NOT ",
      "a ",
      "*",
      " ",
      "NEAR(",
      "xx*",
      "invo* ",
      "\u201c",
      "wire tran* ",
    ]) {
      const long = unit.repeat(20_000);
      const start = performance.now();
      matchSearch(matcher, long);
      normalisedQuery(long);
      expect(performance.now() - start, unit).toBeLessThan(2_000);
    }
  });
});
