import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { authenticationOf } from "../../src/ingest/messages/authentication.ts";
import { parseAuthenticationResults } from "../../src/ingest/messages/authentication-results.ts";

const piece = fc.oneof(
  fc.constantFrom("spf", "dkim", "dmarc", "arc", "compauth", "iprev", "x-none"),
  fc.constantFrom("=pass", "=Fail", "=softfail", "= none", "=bestguesspass", "=temperror", "/1 = PASS", "="),
  fc.constantFrom(
    " reason=001",
    " smtp.mailfrom=a.example",
    " header.d=b.example",
    ' header.i="@c.example"',
    " action=none",
  ),
  fc.constantFrom(";", "; ", "\r\n ", " ", "\t", "(", ")", '"', "\\", "(a (b) c)", "mx.example", "i=1;", ".", "@", "/"),
  fc.string({ unit: "binary", maxLength: 3 }),
);
const value = fc.array(piece, { maxLength: 24 }).map((pieces) => pieces.join(""));

/** What a result word may be, RFC 8601: a keyword. */
const KEYWORD = /^[a-z0-9_-]+$/;

describe("Authentication-Results", () => {
  test("never throws, and every method and result is a word of the header", () => {
    fc.assert(
      fc.property(value, (header) => {
        const said = header.toLowerCase();
        const { results, problems } = parseAuthenticationResults(header);
        for (const { method, result, properties } of results) {
          expect(method).toMatch(KEYWORD);
          expect(result).toMatch(KEYWORD);
          expect(said).toContain(method);
          expect(said).toContain(result);
          for (const property of properties) expect(said).toContain(property.name);
        }
        // oxlint-disable-next-line no-control-regex -- they are what is looked for
        for (const problem of problems) expect(problem).not.toMatch(/[\x00-\x1f\x7f-\x9f]/);
      }),
      { numRuns: 2000 },
    );
  });

  test("of a message say only what its headers say, and name those they are from", () => {
    const header = fc.record({
      name: fc.constantFrom("Authentication-Results", "authentication-results ", "Received-SPF", "Received", "Subject"),
      value: fc.oneof(
        value,
        value.map((text) => `Pass (${text}) client-ip=192.0.2.1`),
      ),
    });
    fc.assert(
      fc.property(fc.array(header, { maxLength: 5 }), (headers) => {
        const { spf, dkim, dmarc, compauth, compauthReason, arc, dkimResults, evidence } = authenticationOf(headers);
        const given = headers.map((one) => `${one.name}: ${one.value}`);
        for (const line of evidence) expect(given).toContain(line);
        const said = evidence.join("\n").toLowerCase();
        for (const word of [spf, dkim, dmarc, compauth, arc, ...dkimResults.map(({ result }) => result)]) {
          if (word !== "") expect(word).toMatch(KEYWORD);
          expect(said).toContain(word);
        }
        expect(said).toContain(compauthReason.toLowerCase());
        // A result of the subject or of a Received header is none.
        const names = evidence.map((line) => line.slice(0, line.indexOf(":")).trim().toLowerCase());
        for (const name of names) expect(["authentication-results", "received-spf"]).toContain(name);
      }),
      { numRuns: 2000 },
    );
  });
});
