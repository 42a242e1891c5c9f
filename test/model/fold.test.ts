import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fold, foldSpelledOut } from "../../src/model/fold.ts";

describe("fold", () => {
  test.each([
    ["Invoice", "invoice"],
    ["Überweisung", "uberweisung"],
    ["U\u0308berweisung", "uberweisung"],
    ["STRASSE straße STRAẞE", "strasse strasse strasse"],
    ["Płatność", "platnosc"],
    ["øre æble cœur Þór đ", "ore aeble coeur thor d"],
    ["İstanbul ısı", "istanbul isi"],
    ["ﬁnance Ｗｉｒｅ", "finance wire"],
    ["in\u00advoice in\u200bvoice", "invoice invoice"],
    ["ΛΟΓΟΣ λόγος", "λογοσ λογοσ"],
    ["", ""],
  ])("%j is %j", (text, folded) => {
    expect(fold(text)).toBe(folded);
  });

  test("folding twice changes nothing, and case does not matter", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(fold(fold(text))).toBe(fold(text));
      }),
      { numRuns: 2000 },
    );
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(..."aZäÖüßéÑłØæ -'") }), (text) => {
        expect(fold(text.toUpperCase())).toBe(fold(text.toLowerCase()));
      }),
    );
  });
});

describe("foldSpelledOut", () => {
  test.each([
    ["Überweisung", "ueberweisung"],
    ["U\u0308berweisung", "ueberweisung"],
    ["Lösenord för Åsa", "loesenord foer aasa"],
    ["Køb", "koeb"],
    ["invoice", undefined],
    ["Płatność", undefined],
  ])("%j is %j", (text, spelled) => {
    expect(foldSpelledOut(text)).toBe(spelled);
  });
});
