import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseActivityJson, readRecord } from "../../../src/ingest/activity-json/parse-record.ts";
import { walkRecord } from "../../../src/ingest/activity-json/walk-record.ts";
import type { PythonValue } from "../../../src/model/python.ts";
import type { ActivityRecord } from "../../../src/model/record.ts";

function parsed(text: string): ActivityRecord {
  const record = parseActivityJson(text);
  if ("problem" in record) throw new Error(record.problem);
  return record;
}

function problem(text: string): string {
  const record = parseActivityJson(text);
  if (!("problem" in record)) throw new Error("taken for a record");
  return record.problem;
}

/** The properties of a record whose CustomProperties is the given JSON text. */
function properties(json: string) {
  return parsed(`{"TimeStamp":"t","CustomProperties":${json}}`).properties;
}

describe("parseActivityJson", () => {
  it("reads a record as the API sends it", () => {
    const list = `[{"Name":"Subject","Value":"it's \\"é\\u20ac\\n\\""},{"Name":"A","Value":"1"},{"Name":"A","Value":""}]`;
    const record = parsed(
      `{"TimeStamp":"2018-06-20T12:00:00.123Z","AppIdType":"Outlook","ActivityIdType":"Reply","ActivityItemId":"AAMk=",` +
        `"ActivityCreationTime":"2018-06-20T12:00:01Z","ClientSessionId":"c1","CustomProperties":${list}}`,
    );
    const { properties: read, ...rest } = record;
    expect(rest).toEqual({
      timeStamp: "2018-06-20T12:00:00.123Z",
      appIdType: "Outlook",
      activityIdType: "Reply",
      activityItemId: "AAMk=",
      activityCreationTime: "2018-06-20T12:00:01Z",
      clientSessionId: "c1",
      extra: [],
      absent: [],
    });
    expect(read.entries()).toEqual([
      ["Subject", `it's "é€\n"`],
      ["A", "1"],
      ["A", ""],
    ]);
    expect(read.text("A")).toBe("");
    expect(read.text("B")).toBeUndefined();
    expect(read.problem).toBeUndefined();
    expect(read.raw).toBe(list);
  });

  it("tells absent and null from empty", () => {
    const record = parsed(`{"ActivityIdType":"Logon","AppIdType":null,"ClientSessionId":"","CustomProperties":null}`);
    expect(record.absent).toEqual([
      "TimeStamp",
      "AppIdType",
      "ActivityItemId",
      "ActivityCreationTime",
      "CustomProperties",
    ]);
    expect(record.clientSessionId).toBe("");
    expect(record.properties.entries()).toEqual([]);
    expect(record.properties.raw).toBe("");
  });

  it("keeps every other key, as text", () => {
    const record = parsed(
      `{ "@odata.id" : "x" , "TimeStamp" : "t" , "n" : 12345678901234567890 , "f" : 1.0 , "null" : null ,
        "o" : { "b" : [ 1e400 , true , "é\\"" ] , "a" : 1 , "a" : 2 } , "__proto__" : "p" , "constructor" : "c" ,
        "x" : "1" , "x" : "2" , "TimeStamp" : "second" , "" : "" }`,
    );
    expect(record.timeStamp).toBe("t");
    expect(record.extra).toEqual([
      ["@odata.id", "x"],
      ["n", "12345678901234567890"],
      ["f", "1.0"],
      ["null", "null"],
      ["o", `{"b":[1e400,true,"é\\""],"a":1,"a":2}`],
      ["__proto__", "p"],
      ["constructor", "c"],
      ["x", "1"],
      ["x", "2"],
      ["TimeStamp", "second"],
      ["", ""],
    ]);
    expect(({} as Record<string, unknown>)["p"]).toBeUndefined();
  });

  it("gives the JSON text of a field that is no string", () => {
    const record = parsed(`{"TimeStamp":12345678901234567890,"AppIdType":true,"ActivityItemId":{"a": [1.50]}}`);
    expect([record.timeStamp, record.appIdType, record.activityItemId]).toEqual([
      "12345678901234567890",
      "true",
      `{"a":[1.50]}`,
    ]);
  });

  it("keeps what values are, and the digits of numbers", () => {
    const read = properties(
      `{"__proto__":"p","s":"x","n":null,"t":true,"f":false,"i":-12345678901234567890,"d":1.10,"l":["a",{"k":1}],"s":"y"}`,
    );
    expect(read.entries()).toEqual([
      ["__proto__", "p"],
      ["s", "x"],
      ["n", null],
      ["t", true],
      ["f", false],
      ["i", { type: "number", text: "-12345678901234567890" }],
      ["d", { type: "number", text: "1.10" }],
      ["l", { type: "list", items: ["a", { type: "dict", entries: [["k", { type: "number", text: "1" }]] }] }],
      ["s", "y"],
    ]);
    expect(["s", "n", "t", "i", "l", "__proto__", "constructor"].map((name) => read.text(name))).toEqual([
      "y",
      "",
      "True",
      "-12345678901234567890",
      "['a', {'k': 1}]",
      "p",
      undefined,
    ]);
  });

  it.each<[string, readonly (readonly [string, PythonValue])[], string]>([
    [`"{'a': 'it\\\\'s'}"`, [["a", "it's"]], `{'a': 'it\\'s'}`],
    [
      `"{\\"a\\": \\"b\\\\/c\\", \\"t\\": true}"`,
      [
        ["a", "b/c"],
        ["t", true],
      ],
      `{"a": "b\\/c", "t": true}`,
    ],
    [`"[{\\"Name\\":\\"a\\",\\"Value\\":\\"b\\"}]"`, [["a", "b"]], `[{"Name":"a","Value":"b"}]`],
    [`""`, [], ""],
    [`" "`, [], " "],
    [`[]`, [], "[]"],
    [`{}`, [], "{}"],
    [
      `[{"Value":1,"Name":"a","@odata.type":"#x"}]`,
      [["a", { type: "number", text: "1" }]],
      `[{"Value":1,"Name":"a","@odata.type":"#x"}]`,
    ],
    [`[{"Name":null,"Value":null}]`, [["None", null]], `[{"Name":null,"Value":null}]`],
    [
      `{"a":{"$python":"(1,)"}}`,
      [["a", { type: "tuple", items: [{ type: "number", text: "1" }] }]],
      `{"a":{"$python":"(1,)"}}`,
    ],
    [`{"a":{"$python":"(1"}}`, [["a", { type: "dict", entries: [["$python", "(1"]] }]], `{"a":{"$python":"(1"}}`],
  ])("reads the CustomProperties %s", (json, entries, raw) => {
    const read = properties(json);
    expect(read.problem).toBeUndefined();
    expect(read.entries()).toEqual(entries);
    expect(read.raw).toBe(raw);
  });

  it.each<[string, string, string]>([
    ["5", "CustomProperties: a number instead of a list of Name and Value", "5"],
    ["true", "CustomProperties: true or false instead of a list of Name and Value", "true"],
    [
      `[{"Name":"a","Value":"b"}, {"Name":"c"}]`,
      "CustomProperties: element 2 is not a Name and a Value",
      `[{"Name":"a","Value":"b"}, {"Name":"c"}]`,
    ],
    [
      `[{"Name":"a","Value":"b","Value":"c"}]`,
      "CustomProperties: element 1 is not a Name and a Value",
      `[{"Name":"a","Value":"b","Value":"c"}]`,
    ],
    [
      `[{"Name":"a","Value":"b","Other":"c"}]`,
      "CustomProperties: element 1 is not a Name and a Value",
      `[{"Name":"a","Value":"b","Other":"c"}]`,
    ],
    [`["a"]`, "CustomProperties: element 1 is not a Name and a Value", `["a"]`],
    [`"{'a': 'b"`, "CustomProperties: not a Python literal, a string is not closed (character 7)", "{'a': 'b"],
    [`{"$unreadable":"raw","$problem":"why"}`, "why", "raw"],
  ])("has a problem with the CustomProperties %s, and keeps them", (json, why, raw) => {
    const read = properties(json);
    expect(read.problem).toBe(why);
    expect(read.entries()).toEqual([]);
    expect(read.text("a")).toBeUndefined();
    expect(read.raw).toBe(raw);
  });

  it.each<[string, string]>([
    ["", "not a JSON object"],
    ["[]", "not a JSON object"],
    [`"x"`, "not a JSON object"],
    ["{}", "no TimeStamp and no ActivityIdType: not a record of the Activities API"],
    [`{"TimeStamp":null,"AppIdType":"Web"}`, "no TimeStamp and no ActivityIdType: not a record of the Activities API"],
    [`{"TimeStamp":"t"`, "not JSON: neither a comma nor } at character 17"],
    [`{"TimeStamp":"t",}`, "not JSON: no key at character 18"],
    [`{"TimeStamp":"t"} x`, "not JSON: more text behind the value at character 19"],
    [`{"TimeStamp":"t}`, "not JSON: a string is not closed at character 14"],
    [`{"TimeStamp":"\\x"}`, "not JSON: a string with an escape unknown to JSON at character 14"],
    [`{"TimeStamp":"a\nb"}`, "not JSON: a string with a plain control character at character 14"],
    [`{"TimeStamp":'t'}`, "not JSON: no value at character 14"],
    [`{"TimeStamp":01}`, "not JSON: neither a comma nor } at character 15"],
    [`{"a":${"[".repeat(300_000)}`, "not JSON: brackets nested more than 100 deep at character 105"],
  ])("says why %s is no record", (text, why) => {
    expect(problem(text)).toBe(why);
  });

  it("takes as JSON what JSON.parse takes, and nothing else", () => {
    const edit = fc.tuple(
      fc.nat(),
      fc.nat({ max: 2 }),
      fc.constantFrom(
        "",
        '"',
        "\\",
        ",",
        ":",
        "{",
        "}",
        "[",
        "]",
        "0",
        "-",
        ".",
        "e",
        "\n",
        " ",
        "\u00a0",
        "\\u00e9",
        "null",
        "nul",
        "\ud800",
      ),
    );
    let refused = 0;
    fc.assert(
      fc.property(fc.json({ stringUnit: "binary" }), fc.array(edit, { maxLength: 3 }), (json, edits) => {
        let text = json;
        for (const [place, dropped, added] of edits) {
          const at = place % (text.length + 1);
          text = text.slice(0, at) + added + text.slice(at + dropped);
        }
        text = `{"TimeStamp":"t","x":${text}}`;
        let value: unknown;
        try {
          value = JSON.parse(text);
        } catch {
          refused++;
        }
        const record = parseActivityJson(text);
        expect("problem" in record).toBe(value === undefined);
        if ("problem" in record) return;
        const last = record.extra.findLast(([name]) => name === "x")?.[1] ?? "";
        const { x } = value as { x: unknown };
        if (typeof x === "string") expect(last).toBe(x);
        else expect(JSON.parse(last)).toEqual(x);
      }),
      { numRuns: 2000 },
    );
    expect(refused).toBeGreaterThan(100);
  });

  /** All that a record says, its properties asked for in every way. */
  function everything(record: ActivityRecord | { problem: string }) {
    if ("problem" in record) return record;
    const { properties: read, ...rest } = record;
    const names = [...read.entries().map(([name]) => name), "Subject", "", "__proto__"];
    return {
      ...rest,
      raw: read.raw,
      problem: read.problem,
      entries: read.entries(),
      texts: names.map((name) => read.text(name)),
    };
  }

  const word = fc.oneof(
    fc.string({ unit: "binary", maxLength: 8 }),
    fc.constantFrom(
      "Subject",
      "ClientIP",
      'a"b',
      "\\",
      "\n\u0000",
      "é€",
      "\ud800",
      "$python",
      "$unreadable",
      "$problem",
      "",
    ),
  );
  const string = word.map((text) => JSON.stringify(text));
  const escaped = word.map(
    (text) => `"${[...text].map((c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`).join("")}"`,
  );
  const bare = fc.constantFrom("null", "true", "false", "0", "-1", "12345678901234567890", "1.50", "1e400");
  const nested = fc.constantFrom("[]", "{}", `{"$python":"(1,)"}`, `["a",{"k":1}]`, "[[", "01", "nul", "\u00a0");
  const value = fc.oneof(
    { weight: 60, arbitrary: string },
    { weight: 10, arbitrary: escaped },
    { weight: 10, arbitrary: bare },
    nested,
  );
  const space = fc.oneof(
    { weight: 200, arbitrary: fc.constantFrom("", "", " ", "\n", "\r\n\t") },
    fc.constant("\u00a0"),
  );
  /** The members of an object, each of one of its forms, with space anywhere. */
  function members(pairs: fc.Arbitrary<readonly (readonly [key: string, value: string])[]>) {
    return fc.tuple(pairs, fc.array(space, { minLength: 5, maxLength: 5 })).map(([list, [a, b, c, d, e]]) => {
      return `{${a}${list.map(([key, item]) => `${key}${b}:${c}${item}`).join(`${d},${e}`)}${a}}`;
    });
  }
  const pair = fc.oneof(
    {
      weight: 40,
      arbitrary: members(
        fc.tuple(string, value).map(
          ([n, v]) =>
            [
              [`"Name"`, n],
              [`"Value"`, v],
            ] as const,
        ),
      ),
    },
    members(fc.array(fc.tuple(fc.constantFrom(`"Name"`, `"Value"`, `"@odata.type"`), value), { maxLength: 3 })),
  );
  const customProperties = fc.oneof(
    {
      weight: 6,
      arbitrary: fc.tuple(fc.array(pair, { maxLength: 6 }), space).map(([list, s]) => `[${s}${list.join(`${s},`)}]`),
    },
    { weight: 3, arbitrary: members(fc.array(fc.tuple(fc.oneof(string, escaped), value), { maxLength: 4 })) },
    fc.constantFrom(`"{'a': 'b'}"`, `"{'a': "`, `"[{\\"Name\\":\\"a\\",\\"Value\\":\\"b\\"}]"`, `" "`),
    value,
  );
  const usual = [
    "TimeStamp",
    "AppIdType",
    "ActivityIdType",
    "ActivityItemId",
    "ActivityCreationTime",
    "ClientSessionId",
  ];
  const ordinary = fc
    .tuple(fc.shuffledSubarray([0, 1, 2, 3, 4, 5]), fc.array(value, { minLength: 6, maxLength: 6 }), fc.boolean())
    .map(([order, values, sorted]) =>
      (sorted ? order.toSorted((a, b) => a - b) : order).map((at) => [`"${usual[at]}"`, values[at] ?? ""] as const),
    );
  const record = members(
    fc
      .tuple(ordinary, customProperties, fc.array(fc.tuple(string, value), { maxLength: 1 }), fc.nat({ max: 5 }))
      .map(([first, custom, others, form]) => {
        const last = [`"CustomProperties"`, custom] as const;
        if (form === 0) return [...others, ...first, last, ...first.slice(0, 1), ...others];
        return form === 1 ? [...others, last, ...first] : [...first, last, ...others];
      }),
  );

  it("reads in one pass exactly what it reads at leisure", () => {
    const cut = fc.tuple(fc.nat(), fc.constantFrom("", '"', "\\", ",", "{", "}", "]", "\n", "x"), fc.nat({ max: 2 }));
    let taken = 0;
    let left = 0;
    fc.assert(
      fc.property(record, fc.option(cut, { freq: 1 }), record, (whole, edit, other) => {
        let text = whole;
        if (edit !== null) {
          const [place, added, dropped] = edit;
          const at = place % (text.length + 1);
          text = text.slice(0, at) + added + text.slice(at + dropped);
        }
        const fast = walkRecord(text);
        const expected = everything(readRecord(text));
        if (fast === undefined) left++;
        else {
          taken++;
          // Asked again after another record has had its turn.
          expect(everything(fast)).toEqual(expected);
          walkRecord(other);
          expect(everything(fast)).toEqual(expected);
        }
        expect(everything(parseActivityJson(text))).toEqual(expected);
      }),
      { numRuns: 5000 },
    );
    expect(Math.min(taken, left)).toBeGreaterThan(1000);
  });

  it.each([
    `{"TimeStamp":"t","CustomProperties":[{"Name":"a","Value":"b"}, { "Name" : "c\\n" , "Value" : null }]}`,
    `{ "AppIdType": null, "TimeStamp": "\\u00e9", "CustomProperties": {"a": "b", "n": -1.5e3}, "x": true }`,
    `{"ActivityIdType":"é","CustomProperties":null}`,
    `{\n  "TimeStamp": "t",\n  "CustomProperties": []\n}\n`,
  ])("reads %s in one pass", (text) => {
    expect(walkRecord(text)).toBeDefined();
  });

  it("takes time in proportion to hostile texts", () => {
    // Read in one pass this takes a second; searched anew from every quote or backslash, minutes.
    const size = 1_000_000;
    const start = performance.now();
    expect(parsed(`{"TimeStamp":"${"\\\\".repeat(size)}"}`).timeStamp).toBe("\\".repeat(size));
    expect(problem(`{"TimeStamp":"${'\\"'.repeat(size)}`)).toContain("not closed");
    expect(parsed(`{"TimeStamp":"t","a":[${'"",'.repeat(size)}"\\n"]}`).extra[0]?.[1]).toHaveLength(3 * size + 6);
    expect(performance.now() - start).toBeLessThan(15_000);
  });
});
