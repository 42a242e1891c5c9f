import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type MethodResult, parseAuthenticationResults } from "../../../src/ingest/messages/authentication-results.ts";

const SOUND = { instance: undefined, problems: [] };

/** A result with its properties written as in a header: `header.d=example.com`. */
function result(
  methodAndResult: string,
  properties: Readonly<Record<string, string>> = {},
  rest: Partial<MethodResult> = {},
): MethodResult {
  const [method = "", word = ""] = methodAndResult.split("=");
  return {
    method,
    result: word,
    reason: undefined,
    comments: [],
    properties: Object.entries(properties).map(([key, value]) => {
      const dot = key.indexOf(".");
      return { type: dot < 0 ? "" : key.slice(0, dot), name: key.slice(dot + 1), value };
    }),
    ...rest,
  };
}

describe("the examples of RFC 8601, appendix B", () => {
  test("B.2: nothing done", () => {
    expect(parseAuthenticationResults("example.org 1; none")).toEqual({
      ...SOUND,
      authservId: "example.org",
      results: [],
    });
  });

  test("B.3: one method", () => {
    expect(parseAuthenticationResults("example.com;\r\n          spf=pass smtp.mailfrom=example.net")).toEqual({
      ...SOUND,
      authservId: "example.com",
      results: [result("spf=pass", { "smtp.mailfrom": "example.net" })],
    });
  });

  test("B.4: two methods, with a comment and an address", () => {
    expect(
      parseAuthenticationResults(
        "example.com;\r\n\tauth=pass (cram-md5) smtp.auth=sender@example.net;\r\n\tspf=pass smtp.mailfrom=example.net",
      ),
    ).toEqual({
      ...SOUND,
      authservId: "example.com",
      results: [
        result("auth=pass", { "smtp.auth": "sender@example.net" }, { comments: ["cram-md5"] }),
        result("spf=pass", { "smtp.mailfrom": "example.net" }),
      ],
    });
    expect(parseAuthenticationResults("example.com; iprev=pass policy.iprev=192.0.2.200").results).toEqual([
      result("iprev=pass", { "policy.iprev": "192.0.2.200" }),
    ]);
  });

  test("B.6: one method twice, with reasons, and a domain behind an @", () => {
    expect(
      parseAuthenticationResults(
        'example.com; dkim=pass reason="good signature" header.i=@mail-router.example.net;' +
          ' dkim=fail reason="bad signature" header.i=@newyork.example.com',
      ),
    ).toEqual({
      ...SOUND,
      authservId: "example.com",
      results: [
        result("dkim=pass", { "header.i": "@mail-router.example.net" }, { reason: "good signature" }),
        result("dkim=fail", { "header.i": "@newyork.example.com" }, { reason: "bad signature" }),
      ],
    });
  });

  test("B.7: comments everywhere", () => {
    expect(
      parseAuthenticationResults(
        "foo.example.net (foobar) 1 (baz);\r\n    dkim (Because I like it) / 1 (One yay) = (wait for it) fail\r\n" +
          "      policy (A dot can go here) . (like that) expired\r\n" +
          "      (this surprised me) = (as I wasn't expecting it) 1362471462",
      ),
    ).toEqual({
      ...SOUND,
      authservId: "foo.example.net",
      results: [
        result(
          "dkim=fail",
          { "policy.expired": "1362471462" },
          {
            comments: [
              "Because I like it",
              "One yay",
              "wait for it",
              "A dot can go here",
              "like that",
              "this surprised me",
              "as I wasn't expecting it",
            ],
          },
        ),
      ],
    });
  });
});

describe("Exchange Online", () => {
  test("names nobody, has recipient domains between results, and properties without a type", () => {
    expect(
      parseAuthenticationResults(
        "spf=pass (sender IP is 192.0.2.35)\r\n smtp.mailfrom=fabrikam.example; contoso.example; dkim=pass (signature was\r\n" +
          " verified) header.d=fabrikam.onmicrosoft.com;contoso.example;\r\n" +
          " dmarc=bestguesspass action=none header.from=fabrikam.example;",
      ),
    ).toEqual({
      ...SOUND,
      authservId: "",
      results: [
        result("spf=pass", { "smtp.mailfrom": "fabrikam.example" }, { comments: ["sender IP is 192.0.2.35"] }),
        result("dkim=pass", { "header.d": "fabrikam.onmicrosoft.com" }, { comments: ["signature was verified"] }),
        result("dmarc=bestguesspass", { action: "none", "header.from": "fabrikam.example" }),
      ],
    });
  });

  test("compauth has a number for a reason", () => {
    const { results, problems } = parseAuthenticationResults(
      "spf=none (sender IP is ) smtp.mailfrom=; dkim=none (message not signed) header.d=none;" +
        "dmarc=fail action=quarantine header.from=contoso.example;compauth=fail reason=001",
    );
    expect(problems).toEqual([]);
    expect(results).toEqual([
      result("spf=none", { "smtp.mailfrom": "" }, { comments: ["sender IP is "] }),
      result("dkim=none", { "header.d": "none" }, { comments: ["message not signed"] }),
      result("dmarc=fail", { action: "quarantine", "header.from": "contoso.example" }),
      result("compauth=fail", {}, { reason: "001" }),
    ]);
  });

  test("a value left out does not take the next property", () => {
    const { results } = parseAuthenticationResults("spf=none smtp.mailfrom= smtp.helo=mx.example; dmarc=none");
    expect(results).toEqual([
      result("spf=none", { "smtp.mailfrom": "", "smtp.helo": "mx.example" }),
      result("dmarc=none"),
    ]);
  });

  test("ARC-Authentication-Results", () => {
    expect(
      parseAuthenticationResults(
        "i=2; mx.microsoft.com 1; spf=pass (sender ip is\r\n 192.0.2.83) smtp.rcpttodomain=contoso.example" +
          " smtp.mailfrom=fabrikam.example; dkim=none (message not signed);\r\n arc=pass (0 oda=1 ltdi=1\r\n spf=[1,1,smtp.mailfrom=a.example])",
      ),
    ).toEqual({
      authservId: "mx.microsoft.com",
      instance: 2,
      problems: [],
      results: [
        result(
          "spf=pass",
          { "smtp.rcpttodomain": "contoso.example", "smtp.mailfrom": "fabrikam.example" },
          { comments: ["sender ip is 192.0.2.83"] },
        ),
        result("dkim=none", {}, { comments: ["message not signed"] }),
        result("arc=pass", {}, { comments: ["0 oda=1 ltdi=1 spf=[1,1,smtp.mailfrom=a.example]"] }),
      ],
    });
  });
});

describe("values", () => {
  const valueOf = (text: string) => parseAuthenticationResults(`a; spf=pass smtp.mailfrom=${text}`);

  test.each([
    ["a@b.example", "a@b.example"],
    ['"bounce+1.2-a=gmail.com@mg.example"', "bounce+1.2-a=gmail.com@mg.example"],
    [String.raw`"a \"b\" \\ ; c"`, String.raw`a "b" \ ; c`],
    ['"john doe"@example.com', '"john doe"@example.com'],
    ['"a;b"@example.com', '"a;b"@example.com'],
    ["abc/def+g==", "abc/def+g=="],
    ["(why) b.example", "b.example"],
    ["2001:db8::1", "2001:db8::1"],
    ["grå@exämple.example", "grå@exämple.example"],
    ['""', ""],
  ])("%s", (text, value) => {
    expect(valueOf(text)).toEqual({
      ...SOUND,
      authservId: "a",
      results: [result("spf=pass", { "smtp.mailfrom": value }, text.startsWith("(") ? { comments: ["why"] } : {})],
    });
  });

  test("comments nest and have escapes", () => {
    const { results } = parseAuthenticationResults(String.raw`a; spf=fail (x (y; z) \( \\) smtp.mailfrom=b`);
    expect(results).toEqual([
      result("spf=fail", { "smtp.mailfrom": "b" }, { comments: [String.raw`x (y; z) ( \ `.trim()] }),
    ]);
  });

  test("words are lower-case, values are not", () => {
    const { authservId, results } = parseAuthenticationResults("MX.Example; SPF/1=Pass SMTP.MailFrom=A@B.Example");
    expect([authservId, results]).toEqual(["MX.Example", [result("spf=pass", { "smtp.mailfrom": "A@B.Example" })]]);
  });
});

describe("what cannot be read", () => {
  test.each([
    ["", "", [], ["The header is empty."]],
    ["  \r\n ", "", [], ["The header is empty."]],
    ["i=1;", "", [], ["The header is empty."]],
    ["mx.example", "mx.example", [], ["The header has no result."]],
    ["mx.example;;", "mx.example", [], ["The header has no result."]],
    ["mx.example; spf", "mx.example", [], ["Not a result: spf", "The header has no result."]],
    ["mx.example; spf=; dkim=pass;", "mx.example", ["dkim=pass"], ["Not a result: spf="]],
    ["mx.example; spf=pass=x; dkim=pass", "mx.example", ["dkim=pass"], ["Not a result: spf=pass=x"]],
    ["mx.example; other.example; dkim=pass", "mx.example", ["dkim=pass"], ["Not a result: other.example"]],
    [
      "mx.example; dkim=pass what ever@; spf=fail",
      "mx.example",
      ["dkim=pass", "spf=fail"],
      ["Stray text: what", "Stray text: ever@"],
    ],
    [
      "mta.example from=a.example; dkim=neutral (no sig); from=a.example; dkim=pass",
      "mta.example",
      ["dkim=neutral", "dkim=pass"],
      [
        "No semicolon behind the authserv-id: from=a.example",
        "Not a result: from=a.example",
        "Not a result: from=a.example",
      ],
    ],
    ["none", "", [], []],
  ] as const)("%j", (text, authservId, words, problems) => {
    const read = parseAuthenticationResults(text);
    expect(read.authservId).toBe(authservId);
    expect(read.results.map((one) => `${one.method}=${one.result}`)).toEqual(words);
    expect(read.problems).toEqual(problems);
  });

  test("stray text takes no property with it", () => {
    for (const stray of ["what", "what. ever", "?", '"what"', "wh?t", "what (x)"]) {
      const { results, problems } = parseAuthenticationResults(`a; dkim=pass ${stray} header.d=x.example`);
      expect(results[0]?.properties).toEqual([{ type: "header", name: "d", value: "x.example" }]);
      expect(problems).toHaveLength(1);
    }
  });

  test("a result without its semicolon is not counted", () => {
    const { results, problems } = parseAuthenticationResults("a; spf=fail smtp.mailfrom=x dmarc=pass");
    expect(results.map(({ method }) => method)).toEqual(["spf"]);
    expect(problems).toEqual(["A result without a semicolon in front, not counted: dmarc=pass"]);
  });

  test("what is not closed hides no later result", () => {
    for (const open of ["(", '"', "(a (b", '("']) {
      const { results, problems } = parseAuthenticationResults(
        `mx.example; spf=fail ${open}evil smtp.mailfrom=x; dmarc=fail (p=reject; sp) header.from=y.example`,
      );
      expect(results.map(({ method, result }) => `${method}=${result}`).slice(0, 2)).toEqual([
        "spf=fail",
        "dmarc=fail",
      ]);
      expect(problems.length).toBeGreaterThan(0);
    }
  });

  test("control characters stay out of problems, and problems do not pile up", () => {
    const { problems } = parseAuthenticationResults(`a; spf\u001b[31m; ${"x; ".repeat(100)}`);
    expect(problems[0]).toBe(String.raw`Not a result: spf\x1B[31m`);
    expect(problems).toHaveLength(22);
    expect(problems.slice(-2)).toEqual(["The header has no result.", "81 further places could not be read."]);
  });
});

describe("hostile headers", () => {
  const MEGABYTE = 1 << 20;
  test.each([
    "(",
    ")",
    '"',
    '\\"',
    '\\";',
    "(\\",
    "(;",
    '";',
    '"\\";',
    "((a);",
    "a=b;",
    "a=b ",
    "a=b c.d=",
    "a.",
    "a ",
    "a/",
    "=",
    ";",
    "i=",
    "1",
    "none;",
    "a.b;",
    "spf=pass (",
    'spf=pass x.y="',
    "\r\n ",
    "-",
  ])("a megabyte of %j takes milliseconds", (piece) => {
    for (const lead of ["", "mx.example; spf=pass ", "(", '"', "a=b c.d= "]) {
      const header = lead + piece.repeat(MEGABYTE / piece.length);
      const start = performance.now();
      const { problems } = parseAuthenticationResults(header);
      // A tenth of a second where nothing else runs; what is quadratic takes minutes.
      expect(performance.now() - start).toBeLessThan(5000);
      expect(problems.length).toBeLessThanOrEqual(23);
    }
  });
});

describe("properties", () => {
  const word = fc.stringMatching(/^[a-z][a-z0-9-]{0,8}$/);
  const text = fc.string({ maxLength: 12, unit: "binary" }).map((raw) => raw.replaceAll(/[\r\n]/g, ""));
  const domain = fc.tuple(word, word).map((labels) => labels.join("."));
  /** A value, and ways to write it. */
  const value = fc.oneof(
    text.map((content) => ({ value: content, written: quote(content) })),
    domain.map((name) => ({ value: name, written: name })),
    fc.tuple(word, domain).map(([local, name]) => ({ value: `${local}@${name}`, written: `${local}@${name}` })),
    domain.map((name) => ({ value: `@${name}`, written: `@${name}` })),
    fc.tuple(text, domain).map(([local, name]) => {
      const address = `${quote(local)}@${name}`;
      return { value: address, written: address };
    }),
  );
  const property = fc.record({ type: word, name: word, value });
  const oneResult = fc.record({
    method: word,
    version: fc.boolean(),
    result: word,
    reason: fc.option(value, { nil: undefined }),
    comments: fc.array(text, { maxLength: 2 }),
    properties: fc.array(property, { maxLength: 3 }),
  });
  const space = fc.constantFrom(" ", "\t", "\r\n ", "  ", "\n\t");

  function quote(content: string): string {
    return `"${content.replaceAll(/["\\]/g, String.raw`\$&`)}"`;
  }

  test("what is written is read back", () => {
    fc.assert(
      fc.property(
        fc.option(domain, { nil: "" }),
        fc.option(fc.integer({ min: 1, max: 50 }), { nil: undefined }),
        fc.array(oneResult, { minLength: 1, maxLength: 4 }),
        space,
        fc.constantFrom("", ";", "; ;"),
        (authservId, instance, written, gap, end) => {
          const sections = written.map(({ method, version, result, reason, comments, properties }) =>
            [
              `${method}${version ? "/1" : ""}=${result}`,
              ...comments.map((content) => `(${content.replaceAll(/[()\\]/g, String.raw`\$&`)})`),
              ...(reason === undefined ? [] : [`reason=${reason.written}`]),
              ...properties.map(({ type, name, value }) => `${type}.${name}=${value.written}`),
            ].join(gap),
          );
          const parts = [
            ...(instance === undefined ? [] : [`i=${instance}`]),
            ...(authservId === "" ? [] : [authservId]),
          ];
          const header = [...parts, ...sections].join(`;${gap}`) + end;
          expect(parseAuthenticationResults(header)).toEqual({
            authservId,
            instance,
            problems: [],
            results: written.map(({ method, result, reason, comments, properties }) => ({
              method,
              result,
              reason: reason?.value,
              comments,
              properties: properties.map(({ type, name, value }) => ({ type, name, value: value.value })),
            })),
          });
        },
      ),
      { numRuns: 400 },
    );
  });

  test("no text makes it throw, and sound results in front of a broken one stay", () => {
    const noise = fc.array(
      fc.oneof(
        fc.constantFrom(
          "(",
          ")",
          '"',
          "\\",
          ";",
          "=",
          ".",
          "/",
          "@",
          " ",
          "\r\n ",
          "spf",
          "dkim=pass",
          "header.d",
          "none",
          "i=1;",
        ),
        fc.string({ unit: "binary", maxLength: 3 }),
      ),
      { maxLength: 40 },
    );
    fc.assert(
      fc.property(noise, (pieces) => {
        const broken = pieces.join("");
        const { problems } = parseAuthenticationResults(broken);
        expect(Array.isArray(problems)).toBe(true);
        const [first] = parseAuthenticationResults(
          `mx.example; spf=softfail smtp.mailfrom=a.example; ${broken}`,
        ).results;
        expect(first).toEqual(result("spf=softfail", { "smtp.mailfrom": "a.example" }));
      }),
      { numRuns: 1000 },
    );
  });
});
