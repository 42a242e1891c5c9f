import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fold, foldSpelledOut } from "../../../src/model/fold.ts";
import { TERMS } from "../../../src/enrich/words/terms-data.ts";
import type { TermEntry } from "../../../src/enrich/words/terms.ts";
import { compileTerms, termProblem } from "../../../src/enrich/words/terms.ts";

const matcher = compileTerms(TERMS);

function entry(term: string, weight = 1): TermEntry {
  return { term, theme: "payments", language: "", weight };
}

/** What was found, as `term at text`. */
function found(text: string): readonly string[] {
  return matcher.match(text).map(({ entry, at, text }) => `${entry.term} ${at} ${text}`);
}

describe("match", () => {
  test.each<readonly [string, readonly string[]]>([
    ["Invoice 4711", ["invoice 0 Invoice"]],
    ["RE: WIRE TRANSFER today", ["wire transfer 4 WIRE TRANSFER"]],
    [
      "wire-transfer, wire_transfer and wire  transfer",
      ["wire transfer 0 wire-transfer", "wire transfer 15 wire_transfer", "wire transfer 33 wire  transfer"],
    ],
    ["the wire; transfer it", ["wire 4 wire", "transfer 10 transfer"]],
    ["bank account details", ["bank account details 0 bank account details"]],
    ["bank account", ["bank account 0 bank account"]],
    ["our bank and its account details", ["bank 4 bank", "account details 17 account details"]],
    ["bank.statement.pdf", ["bank statement 0 bank.statement"]],
    ["bank. Statement", ["bank 0 bank"]],
    ["W-2 w2 W 2 W-2s", ["w-2 0 W-2", "w-2 4 w2", "w-2 7 W 2", "w-2s 11 W-2s"]],
    ["pro-forma, pro forma, proforma", ["pro-forma 0 pro-forma", "pro-forma 11 pro forma", "pro-forma 22 proforma"]],
    ["Direct-Deposit or directdeposit", ["direct-deposit 0 Direct-Deposit", "direct-deposit 18 directdeposit"]],
    ["PO# PO#12 PO # 123", ["po# 0 PO#", "po# 4 PO#", "po# 10 PO #"]],
    ["po 123 p#", []],
    ["1099", ["1099 0 1099"]],
    ["l'IBAN d’identité", ["iban 2 IBAN"]],
    ["carte d’identité", ["carte d'identité 0 carte d’identité"]],
    ["don't click", ["don't click 0 don't click"]],
    ["api key, API-Key, apikey", ["api-key 0 api key", "api-key 9 API-Key", "api-key 18 apikey"]],
    ["(iban)", ["iban 1 iban"]],
    ["\u{1f4b0} invoice\u{1f4b0}", ["invoice 3 invoice"]],
    ["in\u00advoice", ["invoice 0 in\u00advoice"]],
    ["Rechnung – Zahlung", ["Rechnung 0 Rechnung", "Zahlung 11 Zahlung"]],
  ])("%j", (text, expected) => {
    expect(found(text)).toEqual(expected);
  });

  test.each(["Überweisung", "ÜBERWEISUNG", "Uberweisung", "ueberweisung", "U\u0308berweisung"])("%s", (text) => {
    expect(matcher.match(text).map(({ entry, text }) => [entry.term, entry.weight, text])).toEqual([
      ["Überweisung", 15, text],
    ]);
  });

  test.each([
    ["contraseña", "credentials"],
    ["CONTRASENA", "credentials"],
    ["platnosc", "payments"],
    ["płatność", "payments"],
    ["mot de passe", "credentials"],
    ["lösenord", "credentials"],
    ["loesenord", "credentials"],
    ["betaling", "payments"],
    ["bonifico", "payments"],
    ["fatura", "payments"],
    ["CFO", "people"],
    ["hacked", "hiding"],
    ["passport", "identity"],
    ["payroll", "payroll"],
  ])("%s is of %s", (text, theme) => {
    expect(matcher.match(text).map(({ entry }) => entry.theme)).toEqual([theme]);
  });

  test.each([
    "attach",
    "attachment",
    "attachments",
    "wireless",
    "embankment",
    "invoiced",
    "reinvoice",
    "invoice2018",
    "cabana",
    "swiftly",
    "w20",
    "w - 25",
    "tokenize",
    "depositary",
    "spamalot",
    "",
    "   ",
    "#",
    "-",
    "Überweisungsschein",
    // Other meanings of short words.
    "Bank Holiday opening hours",
    "Ach so, danke",
    "domain controller",
    "Taylor Swift",
    "barbed wire",
  ])("nothing in %j", (text) => {
    expect(found(text)).toEqual([]);
  });

  test("an entry of 0 points keeps only its own words", () => {
    expect(found("bank holiday, bank")).toEqual(["bank 14 bank"]);
  });
});

describe("matchPrefixes", () => {
  const begun = (text: string) => matcher.matchPrefixes(text).map(({ entry, text }) => [entry.term, text]);

  test.each<readonly [string, readonly (readonly string[])[]]>([
    ["invoic*", [["invoice", "invoic"]]],
    ["invoices*", [["invoices", "invoices"]]],
    ["bank*", [["bank", "bank"]]],
    ["bank acco* deta*", [["bank account details", "bank acco* deta"]]],
    ["wire tran*", [["wire transfer", "wire tran"]]],
    ["passwo*", [["password", "passwo"]]],
    // Too short to say what was meant.
    ["inv*", []],
    ["ach*", [["ach", "ach"]]],
    ["invoic", []],
    ["invoicx*", []],
    ["*invoice", [["invoice", "invoice"]]],
  ])("%j", (text, expected) => {
    expect(begun(text)).toEqual(expected);
  });

  test("only here", () => {
    expect(matcher.match("invoic*")).toEqual([]);
  });
});

describe("compileTerms", () => {
  test("later entries replace earlier ones for the same words", () => {
    const own = compileTerms([...TERMS, entry("Invoice", 3), entry("bank", 0), entry("ueberweisung", 4)]);
    expect(own.match("invoice bank").map(({ entry }) => entry.weight)).toEqual([3]);
    expect(own.match("ueberweisung").map(({ entry }) => entry.weight)).toEqual([4]);
  });

  test("a term in plain letters finds the umlaut", () => {
    const own = compileTerms([entry("ueberfall"), entry("ubung")]);
    expect(own.match("Überfall Übung Uebung Uberfall").map(({ text }) => text)).toEqual(["Überfall", "Übung"]);
  });

  test("other alphabets", () => {
    const own = compileTerms([entry("счёт на оплату"), entry("請求書")]);
    expect(own.match("Счет на оплату 5; 請求書").map(({ text }) => text)).toEqual(["Счет на оплату", "請求書"]);
  });

  test.each(["", " ", "--", "!"])("%j is no term", (term) => {
    expect(() => compileTerms([entry(term)])).toThrow(RangeError);
  });

  test("no terms, no matches", () => {
    expect(compileTerms([]).match("invoice")).toEqual([]);
  });
});

describe("the list", () => {
  /** Of facts in public playbooks; each has to score under a theme of its kind. */
  const KNOWN = {
    payments:
      "wire transfer,wire,invoice,invoices,payment,transfer,bank,bank statement,bank details,bank account,account details,account number,routing,aba,swift,iban,ach,remit,remittance,beneficiary,wire instructions,purchase,PO#,deposit,pro-forma,closing,funds,bacs,platnosc,Zahlung,Rechnung,Überweisung,Bankuberweisung,Paiement,virement,virement bancaire,facture",
    payroll: "payroll,paycheck,direct deposit,w-2,w2,1099",
    identity: "ssn,social security,passport",
    credentials: "password,credential,vpn,mfa,authenticator,token,api key",
    people: "cfo,ceo,controller,treasurer",
    hiding:
      "hacked,phishing,helpdesk,payrollhelpdesk,suspicious,malicious,fraud,spam,do not click,do not open,hijacked,security alert,unusual",
  };

  test.each(Object.entries(KNOWN).flatMap(([theme, terms]) => terms.split(",").map((term) => [term, theme])))(
    "%s is one of %s",
    (term, theme) => {
      expect(matcher.match(term).map(({ entry, text }) => [entry.theme, text])).toEqual([[theme, term]]);
    },
  );

  test("every term is found by itself, and none stands twice", () => {
    for (const listed of TERMS) {
      expect(matcher.match(listed.term)).toEqual(
        listed.weight === 0 ? [] : [{ entry: listed, at: 0, text: listed.term }],
      );
    }
  });

  test("every language has words of payment", () => {
    for (const language of ["en", "de", "fr", "es", "it", "pt", "nl", "pl", "sv"]) {
      const own = TERMS.filter(
        ({ theme, language: languages }) => theme === "payments" && languages.split(" ").includes(language),
      );
      expect(own.length, language).toBeGreaterThan(5);
    }
  });
});

/** The same the slow way: every entry is tried at every word, with nothing but comparisons. */
function slowly(entries: readonly TermEntry[], text: string): readonly (readonly [string, number, string])[] {
  const words: { at: number; end: number; folds: readonly string[] }[] = [];
  let at = 0;
  for (const piece of text.split(/(#|[^\p{L}\p{N}\p{M}\p{Cf}#])/u)) {
    if (/[\p{L}\p{N}#]/u.test(piece)) {
      words.push({ at, end: at + piece.length, folds: [fold(piece), foldSpelledOut(piece) ?? fold(piece)] });
    }
    at += piece.length;
  }
  const sequences = entries.flatMap((entry) => {
    const forms = [fold(entry.term), foldSpelledOut(entry.term) ?? fold(entry.term)];
    const split = (form: string) =>
      form.split(/([#])|[^\p{L}\p{N}]+/u).filter((part) => part !== undefined && part !== "");
    return forms
      .flatMap((form) => [split(form.replaceAll("-", " ")), split(form.replaceAll("-", ""))])
      .map((parts) => ({ entry, parts }));
  });
  const result: (readonly [string, number, string])[] = [];
  for (let index = 0; index < words.length;) {
    let best: (typeof sequences)[number] | undefined;
    for (const candidate of sequences) {
      const fits = candidate.parts.every((part, offset) => {
        const word = words[index + offset];
        if (word === undefined || !word.folds.includes(part)) return false;
        if (offset === 0) return true;
        const gap = text.slice(words[index + offset - 1]!.end, word.at).replace(/[\p{M}\p{Cf}]/gu, "");
        return gap === "." || [...gap].every((letter) => /[\s\p{Pd}_'’+/]/u.test(letter));
      });
      if (fits && candidate.parts.length >= (best?.parts.length ?? 0)) best = candidate;
    }
    if (best === undefined) index += 1;
    else {
      const first = words[index]!;
      result.push([best.entry.term, first.at, text.slice(first.at, words[index + best.parts.length - 1]!.end)]);
      index += best.parts.length;
    }
  }
  return result;
}

describe("the fast way", () => {
  const entries = [
    "wire transfer",
    "wire",
    "transfer",
    "wire transfer form",
    "w-2",
    "po#",
    "Überweisung",
    "ueberfall",
    "straße",
    "bank",
    "łódź",
    "ach",
    "a",
    "#",
  ].map((term) => entry(term));
  const own = compileTerms(entries);
  const piece = fc.constantFrom(
    ..."wire,Transfer,form,W,2,w2,po,PO#,#,Überweisung,ueberweisung,UBERWEISUNG,u\u0308berweisung".split(","),
    ..."Überfall,ueberfall,Straße,STRASSE,Łódź,lodz,ban\u212a,ach,attach,a,ä,ß,x,é".split(","),
    ..."\u00ad,\u200b,\u0301,\u{1f600},½,ŉ,ﬁ".split(","),
    ...".|. |, |-|–|:|_|/|'|’|\n|*|\ud800|€|“| | | ".split("|"),
  );
  const text = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(""));

  test("finds what comparing everything finds", () => {
    fc.assert(
      fc.property(text, fc.subarray(entries), (text, entries) => {
        const matches = compileTerms(entries).match(text);
        expect(matches.map(({ entry, at, text }) => [entry.term, at, text])).toEqual(slowly(entries, text));
      }),
      { numRuns: 3000 },
    );
  });

  test("never throws, and what it finds lies in the text, in order and apart", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: "binary" }), text), (text) => {
        for (const matches of [matcher.match(text), matcher.matchPrefixes(text), own.match(text)]) {
          let end = 0;
          for (const match of matches) {
            expect(match.at).toBeGreaterThanOrEqual(end);
            expect(text.slice(match.at, match.at + match.text.length)).toBe(match.text);
            expect(match.text).not.toBe("");
            end = match.at + match.text.length;
          }
          expect(end).toBeLessThanOrEqual(text.length);
        }
      }),
      { numRuns: 1000 },
    );
  });
});

describe("termProblem", () => {
  test("none of the list's own terms has one", () => {
    expect(TERMS.filter(({ term }) => termProblem(term) !== undefined)).toEqual([]);
  });

  test.each([
    "Northgate Holding",
    "po#",
    "w-2",
    "O’Brien",
    "example.com",
    "Überweisung Nord",
    "ＡＢＣ",
    " wire ",
    "A/B",
  ])("%j matches itself", (term) => {
    expect(termProblem(term)).toBeUndefined();
  });

  test.each([
    "Nor*",
    "/Über.*Nord/",
    "Nord & Co",
    "C++",
    "user@contoso.example",
    '"wire"',
    "-wire",
    "!!",
    "",
    "w".repeat(501),
  ])("%j does not", (term) => {
    expect(termProblem(term)).toMatch(/^a term /);
  });
});
