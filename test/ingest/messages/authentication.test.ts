import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Authentication, authenticationOf } from "../../../src/ingest/messages/authentication.ts";

const NOTHING: Authentication = {
  spf: "",
  spfFrom: "",
  dkim: "",
  dkimResults: [],
  dmarc: "",
  compauth: "",
  compauthReason: "",
  arc: "",
  authservId: "",
  problems: [],
  evidence: [],
};

/** Headers from lines of a message that are not folded. */
function headersOf(...lines: readonly string[]) {
  return lines.map((line) => {
    const colon = line.indexOf(":");
    return { name: line.slice(0, colon), value: line.slice(colon + 1).trim() };
  });
}

const of = (...lines: readonly string[]) => authenticationOf(headersOf(...lines));

describe("authenticationOf", () => {
  test("says nothing of a message without such headers", () => {
    expect(of("Received: from a", "From: x@y.example")).toEqual(NOTHING);
    expect(authenticationOf([])).toEqual(NOTHING);
  });

  test("Exchange Online", () => {
    const header =
      "Authentication-Results: spf=fail (sender IP is 192.0.2.9) smtp.mailfrom=contoso.example; dkim=none (message not signed) " +
      "header.d=none;dmarc=fail action=none header.from=contoso.example;compauth=fail reason=001";
    expect(
      of("Received: from outlook", header, "Received-SPF: Pass (x) client-ip=192.0.2.9", "Received: from z"),
    ).toEqual({
      ...NOTHING,
      spf: "fail",
      spfFrom: "Authentication-Results",
      dkim: "none",
      dkimResults: [{ result: "none", domain: "none" }],
      dmarc: "fail",
      compauth: "fail",
      compauthReason: "001",
      evidence: [header],
    });
  });

  test("what the sender wrote below does not win", () => {
    const real = "Authentication-Results: spf=fail smtp.mailfrom=contoso.example;compauth=fail reason=001";
    for (const forged of [
      "Authentication-Results: spf=pass; dkim=pass header.d=contoso.example; dmarc=pass;compauth=pass reason=100",
      "authentication-results: mx.contoso.example; spf=pass; dkim=pass; dmarc=pass; arc=pass",
    ]) {
      expect(of(real, forged)).toMatchObject({
        spf: "fail",
        dkim: "",
        dmarc: "",
        compauth: "fail",
        arc: "",
        evidence: [real],
      });
      expect(of(real, "Received: from x", forged)).toMatchObject({ spf: "fail", dkim: "", dmarc: "" });
    }
  });

  test("nor where the topmost header cannot be read", () => {
    const read = of("Authentication-Results: ???", "Authentication-Results: mx; dmarc=pass");
    expect(read).toMatchObject({ dmarc: "", problems: ["The header has no result."] });
  });

  test("several headers of one server add up, until a Received header or another server", () => {
    const first = "Authentication-Results: MX.contoso.example; spf=softfail smtp.mailfrom=a.example";
    const second =
      "Authentication-Results: mx.contoso.example; dkim=pass header.d=a.example; spf=pass smtp.mailfrom=a.example";
    const third = "Authentication-Results: mx.contoso.example; dmarc=pass";
    const both = of("Received: from top", first, "DKIM-Filter: y", second, "Received: from x", third);
    expect(both).toMatchObject({ authservId: "MX.contoso.example", spf: "softfail", dkim: "pass", dmarc: "" });
    expect([both.evidence, both.problems]).toEqual([[first, second], []]);
    expect(of(first, "Authentication-Results: evil.example; arc=pass", third)).toMatchObject({ dmarc: "", arc: "" });
  });

  test("DKIM passes where one signature does; all are kept", () => {
    const read = of(
      "Authentication-Results: mx; dkim=fail header.d=a.example header.i=@sub.a.example; dkim=pass header.i=x@b.example; dkim=neutral",
    );
    expect(read.dkim).toBe("pass");
    expect(read.dkimResults).toEqual([
      { result: "fail", domain: "a.example" },
      { result: "pass", domain: "b.example" },
      { result: "neutral", domain: "" },
    ]);
    expect(of("Authentication-Results: mx; dkim=fail; dkim=none").dkim).toBe("fail");
  });

  test("the sender's address counts for SPF, not the HELO name", () => {
    const read = of("Authentication-Results: mx; spf=pass smtp.helo=h.example; spf=fail smtp.mailfrom=a.example");
    expect(read).toMatchObject({ spf: "fail", problems: [] });
  });

  test("a result that a sender may have smuggled in does not cover the other one", () => {
    const read = of(
      "Authentication-Results: mx; spf=neutral (domain of x); dmarc=pass (b@evil.example); dmarc=fail (p=none)",
    );
    expect(read.dmarc).toBe("fail");
    expect(read.problems).toEqual(["The receiver says dmarc more than once: pass, fail. What is no pass counts."]);
  });

  test("ARC: as a method, in Google's comment, by Microsoft's reason", () => {
    const dmarc = "dmarc=fail (p=REJECT sp=REJECT dis=NONE arc=pass) header.from=a.example";
    expect(of(`Authentication-Results: mx; ${dmarc}`)).toMatchObject({ dmarc: "fail", arc: "pass" });
    expect(of(`Authentication-Results: mx; arc=fail (i=1); ${dmarc}`)).toMatchObject({ dmarc: "fail", arc: "fail" });
    const microsoft = (reason: string) =>
      of(`Authentication-Results: dmarc=fail action=none header.from=a.example;compauth=pass reason=${reason}`).arc;
    expect([microsoft("130"), microsoft("100")]).toEqual(["pass", ""]);
    expect(of("Authentication-Results: mx; dmarc=fail (xarc=pass)").arc).toBe("");
  });

  test("ARC headers alone are a claim", () => {
    const read = of("ARC-Authentication-Results: i=2; mx.example; spf=pass; dmarc=pass");
    expect(read).toEqual({
      ...NOTHING,
      problems: [
        "Only ARC-Authentication-Results are there (i=2, by mx.example): the claim of a server on the way, which was not used.",
      ],
    });
  });

  test("Received-SPF fills in for SPF alone", () => {
    const pass = "Received-SPF: Pass (mx.example: domain of a.example designates 192.0.2.1) client-ip=192.0.2.1;";
    expect(of("Received: from y", pass, "Received: from x")).toEqual({
      ...NOTHING,
      spf: "pass",
      spfFrom: "Received-SPF",
      evidence: [pass],
    });
    const results = "Authentication-Results: mx; dkim=pass";
    expect(of(results, pass)).toMatchObject({ spf: "pass", spfFrom: "Received-SPF", evidence: [results, pass] });
    expect(of(pass, "Received: from y", results)).toMatchObject({ spf: "pass" });
    expect(of(results, "Received: from x", pass)).toMatchObject({ spf: "", spfFrom: "" });
    expect(of("Authentication-Results: mx; spf=fail", pass)).toMatchObject({ spf: "fail" });
    expect(of("Received-SPF: SoftFail")).toMatchObject({ spf: "softfail" });
    expect(of("Received-SPF: ???")).toMatchObject({ spf: "", spfFrom: "", evidence: [] });
  });

  test("Received-SPF of the HELO name counts only without one of the sender", () => {
    const helo = "Received-SPF: None (x) receiver=mx; identity=helo; client-ip=192.0.2.1 helo=h.example";
    const sender = "Received-SPF: Fail (x) receiver=mx; identity=mailfrom; envelope-from=<a@b.example>";
    expect(of(helo, sender)).toMatchObject({ spf: "fail", evidence: [sender] });
    expect(of(helo, "Received: from x", sender)).toMatchObject({ spf: "none", evidence: [helo] });
    expect(of(helo)).toMatchObject({ spf: "none" });
  });

  test("any headers are taken", () => {
    const header = fc.record({
      name: fc.constantFrom("Authentication-Results", "Received-SPF", "Received", " ARC-Authentication-Results "),
      value: fc.oneof(fc.string({ unit: "binary" }), fc.constantFrom("mx; dmarc=pass", "spf=pass", "i=1; a; spf=pass")),
    });
    fc.assert(
      fc.property(fc.array(header, { maxLength: 6 }), (headers) => {
        const { spf, spfFrom, evidence } = authenticationOf(headers);
        expect(spf === "").toBe(spfFrom === "");
        expect(evidence.length).toBeLessThanOrEqual(headers.length);
      }),
      { numRuns: 500 },
    );
  });

  test("many results of one kind", () => {
    const read = of(`Authentication-Results: mx; ${"dkim=fail; ".repeat(200_000)}dkim=pass`);
    expect([read.dkim, read.dkimResults.length]).toEqual(["pass", 200_001]);
  });
});
