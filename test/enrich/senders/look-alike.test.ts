import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { differentSender, lookAlike, registrableDomain, skeleton } from "../../../src/enrich/senders/look-alike.ts";
import { editDistance } from "../../../src/model/edit-distance.ts";

describe("registrableDomain", () => {
  test.each([
    ["contoso.com", "contoso.com"],
    ["mail.eu.contoso.com", "contoso.com"],
    ["Bob@Mail.Contoso.CO.UK", "contoso.co.uk"],
    ["Bob <bob@mail.contoso.com>", "contoso.com"],
    ["contoso.com.", "contoso.com"],
    ["contoso.onmicrosoft.com", "onmicrosoft.com"],
    ["corp.local", "corp.local"],
    ["münchen.de", "xn--mnchen-3ya.de"],
    ["xn--mnchen-3ya.de", "xn--mnchen-3ya.de"],
    ["a_b.contoso.com", "contoso.com"],
    ["localhost", undefined],
    ["com", undefined],
    ["192.0.2.1", undefined],
    ["bob@[192.0.2.1]", undefined],
    ["/O=EXCHANGELABS/OU=X/CN=BOB@contoso.com", undefined],
    ["", undefined],
    ["@", undefined],
    ["two words", undefined],
  ])("%j is of %j", (text, domain) => {
    expect(registrableDomain(text)).toBe(domain);
  });
});

describe("skeleton", () => {
  test.each([
    ["rnicrosoft.com", "microsoft.com"],
    ["rnicr0s0ft.com", "microsoft.com"],
    ["VVoodgrove.com", "woodgrove.com"],
    ["paypa1.com", "paypal.com"],
    ["раураӏ.com", "paypal.com"],
    ["xn--cntoso-wqf.com", "contoso.com"],
    ["cöntoso.com", "contoso.com"],
    ["ｃontoso.com", "contoso.com"],
    ["κοmm.de", "komm.de"],
  ])("%s is drawn like %s", (one, other) => {
    expect(skeleton(one)).toBe(skeleton(other));
  });

  test.each([
    ["contoso.com", "contosa.com"],
    ["mail.com", "mall.com"],
  ])("%s is not drawn like %s", (one, other) => {
    expect(skeleton(one)).not.toBe(skeleton(other));
  });
});

/** The same without a limit, as its definition says it. */
function slowDistance(a: string, b: string): number {
  const memory = new Map<string, number>();
  const from = (i: number, j: number): number => {
    const key = `${i} ${j}`;
    const known = memory.get(key);
    if (known !== undefined) return known;
    const ways = [i === 0 && j === 0 ? 0 : Number.POSITIVE_INFINITY];
    if (i > 0) ways.push(from(i - 1, j) + 1);
    if (j > 0) ways.push(from(i, j - 1) + 1);
    if (i > 0 && j > 0) ways.push(from(i - 1, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1));
    if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) ways.push(from(i - 2, j - 2) + 1);
    const least = Math.min(...ways);
    memory.set(key, least);
    return least;
  };
  return from(a.length, b.length);
}

describe("editDistance", () => {
  test.each([
    ["contoso", "contoso", 2, 0],
    ["contoso", "contosso", 2, 1],
    ["contoso", "contos", 2, 1],
    ["contoso", "contaso", 2, 1],
    ["contoso", "contsoo", 2, 1],
    ["contoso", "cotnsoo", 2, 2],
    ["abc", "xyz", 1, 2],
    ["abc", "xyz", 2, 3],
    ["abc", "xyz", 3, 3],
    ["", "ab", 5, 2],
    ["", "ab", 1, 2],
    ["ca", "abc", 5, 3],
  ])("%j and %j within %j: %j", (a, b, limit, distance) => {
    expect(editDistance(a, b, limit)).toBe(distance);
  });

  test("is what the definition says, cut off at the limit", () => {
    const text = fc.string({ unit: fc.constantFrom("a", "b", "c"), maxLength: 9 });
    fc.assert(
      fc.property(text, text, fc.nat({ max: 6 }), (a, b, limit) => {
        expect(editDistance(a, b, limit)).toBe(Math.min(slowDistance(a, b), limit + 1));
      }),
      { numRuns: 3000 },
    );
  });
});

describe("lookAlike", () => {
  test.each([
    ["c0ntoso.com", "contoso.com", "homoglyph"],
    ["rnicrosoft.com", "microsoft.com", "homoglyph"],
    ["rnicrosoft.net", "microsoft.com", "homoglyph"],
    ["mail.c0ntoso.com", "contoso.com", "homoglyph"],
    ["cоntoso.com", "contoso.com", "punycode"],
    ["xn--cntoso-wqf.com", "contoso.com", "punycode"],
    ["cöntoso.com", "contoso.com", "punycode"],
    ["münchen.de", "munchen.de", "punycode"],
    ["acrne.com", "acme.com", "homoglyph"],
    ["contoso.co", "contoso.com", "other-tld"],
    ["contoso.com.au", "contoso.com", "other-tld"],
    ["contoso.biz", "contoso.co.uk", "other-tld"],
    ["acme.co", "acme.com", "other-tld"],
    ["contosso.com", "contoso.com", "edit-distance"],
    ["contsoo.com", "contoso.com", "edit-distance"],
    ["contos.com", "contoso.com", "edit-distance"],
    ["adatumgroup.com", "adatum-group.com", "edit-distance"],
    ["woodgrovbenk.com", "woodgrovebank.com", "edit-distance"],
    ["contoso-billing.com", "contoso.com", "extra-word"],
    ["my-contoso.com", "contoso.com", "extra-word"],
    ["contosoinvoice.com", "contoso.com", "extra-word"],
    ["securecontoso.com", "contoso.com", "extra-word"],
    ["acme-invoices.com", "acme.com", "extra-word"],
    ["contoso.com.example.net", "contoso.com", "extra-word"],
    ["x@mail.contoso.com.example.net", "bob@contoso.com", "extra-word"],
    ["gmai1.com", "gmail.com", "homoglyph"],
  ])("%s for %s: %s", (sender, own, kind) => {
    expect(lookAlike(sender, own)?.kind).toBe(kind);
  });

  test.each([
    ["contoso.com", "contoso.com"],
    ["CONTOSO.com", "contoso.com"],
    ["mail.contoso.com", "contoso.com"],
    ["contoso.com", "mail.contoso.com"],
    ["a@eu.contoso.co.uk", "b@us.contoso.co.uk"],
    ["xn--mnchen-3ya.de", "münchen.de"],
    ["fabrikam.com", "contoso.com"],
    ["contoso.onmicrosoft.com", "contoso.com"],
    ["contoso.zendesk.com", "contoso.com"],
    // Too short for a changed letter, a far ending or any added word.
    ["acne.com", "acme.com"],
    ["acme.de", "acme.com"],
    ["acrne.net", "acme.com"],
    ["acme-bakery.com", "acme.com"],
    ["abc-billing.com", "abc.com"],
    ["acmebilling.com", "acme.com"],
    ["contosso.net", "contoso.com"],
    ["contosofans.com", "contoso.com"],
    // Freemail is never taken for a company, however near.
    ["gmail.com", "gmall.com"],
    ["outlook.com", "outlok.com"],
    ["gmx.net", "gmx.de"],
    ["192.0.2.1", "contoso.com"],
    ["/O=EX/CN=contosso.com", "contoso.com"],
    ["", "contoso.com"],
    ["contosso.com", ""],
  ])("%s for %s: none", (sender, own) => {
    expect(lookAlike(sender, own)).toBeUndefined();
  });

  test("says what was seen", () => {
    expect(lookAlike("c0ntoso.com", "contoso.com")?.text).toBe("c0ntoso.com reads as contoso.com");
    expect(lookAlike("x@contosso.com", "contoso.com")?.text).toBe("contosso.com is 1 letter away from contoso.com");
    expect(lookAlike("contoso-pay.com", "contoso.com")?.text).toBe('contoso-pay.com is contoso.com with "pay" added');
    expect(lookAlike("cоntoso.com", "contoso.com")?.text).toBe(
      "xn--cntoso-wqf.com is shown as cоntoso.com and reads as contoso.com",
    );
  });

  test("never throws, and never for the own domain and what is under it", () => {
    const label = fc.stringMatching(/^[a-z0-9]{1,12}$/);
    fc.assert(
      fc.property(label, label, fc.constantFrom("com", "co.uk", "de", "example"), (sub, own, suffix) => {
        expect(lookAlike(`${sub}.${own}.${suffix}`, `${own}.${suffix}`)).toBeUndefined();
      }),
    );
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.string({ unit: "binary" }), (sender, own) => {
        lookAlike(sender, own);
        lookAlike(sender, "contoso.com");
        lookAlike(`x@${sender}.com`, `x@${own}.com`);
        expect(lookAlike(own, own)).toBeUndefined();
      }),
      { numRuns: 500 },
    );
  });
});

describe("differentSender", () => {
  test.each([
    ["boss@contoso.com", "x@example.net", true],
    ["Boss <boss@contoso.com>", "x@example.net", true],
    ["boss@contoso.com", "Boss <x@example.net>", true],
    ["a@c0ntoso.com", "a@contoso.com", true],
    // An address in the display name is no sender.
    ['"boss@contoso.com" <x@example.net>', "x@example.net", false],
    ['"x@example.net" <boss@contoso.com>', "x@example.net", true],
    ["Bob <bob@contoso.com>", "BOB@Contoso.com", false],
    ["bob@contoso.com", "ann@contoso.com", false],
    ["bob@eu.contoso.com", "bounce@mail.contoso.com", false],
    ["/O=EXCHANGELABS/OU=X/CN=BOB", "x@example.net", false],
    ["boss@contoso.com", "/o=ExchangeLabs/ou=X/cn=Recipients/cn=bob", false],
    ["EX:/O=EXCHANGELABS/CN=BOB", "x@example.net", false],
    ["Bob </O=EXCHANGELABS/CN=BOB>", "x@example.net", false],
    ["IMCEAEX-_O=X@namprd.prod.outlook.com", "x@example.net", false],
    ["Bob Smith", "x@example.net", false],
    ["", "x@example.net", false],
    ["bob@contoso.com", "", false],
    ["bob@host", "bob@host", false],
    ["bob@host", "bob@other", true],
  ])("%j sent by %j: %s", (from, sender, different) => {
    expect(differentSender(from, sender)).toBe(different);
  });

  test("long texts take no longer than they are", () => {
    const start = performance.now();
    for (const unit of ["<", ">", "@", "a@", " ", ". ", "<a@b>", "x"]) {
      const long = unit.repeat(100_000);
      differentSender(long, `${long}q@example.net`);
      registrableDomain(`x${long}y`);
      lookAlike(long, "contoso.com");
    }
    expect(performance.now() - start).toBeLessThan(3_000);
  });
});
