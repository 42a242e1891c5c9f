import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readPageContext, type SliceOptions, sliceJson } from "../../../src/ingest/activity-json/slice.ts";
import { inMemory } from "../evidence/support.ts";

interface Damage {
  start: number;
  length: number;
  reason: string;
}

function slice(text: Buffer | string, options: SliceOptions = {}) {
  const bytes = Buffer.from(text as string);
  const records: { start: number; length: number; text: string }[] = [];
  const damage: Damage[] = [];
  const reached = [
    ...sliceJson(
      inMemory(bytes),
      (start, length, record) => {
        expect(record).toBe(bytes.toString("utf8", start, start + length));
        records.push({ start, length, text: record });
      },
      (start, length, reason) => damage.push({ start, length, reason }),
      options,
    ),
  ];
  expect(reached).toEqual(reached.toSorted((a, b) => a - b));
  expect(reached.every((position) => position >= 0 && position <= bytes.length)).toBe(true);
  return { records, damage, reached, texts: records.map(({ text: record }) => record) };
}

function activity(id: number, subject = "plain") {
  return {
    TimeStamp: "2018-01-01T00:00:00Z",
    ActivityIdType: "MessageDelivered",
    ActivityItemId: String(id),
    CustomProperties: [
      { Name: "Subject", Value: subject },
      { Name: "Recipients", Value: "a;b" },
    ],
  };
}

const CONTEXT = "https://outlook.office.com/api/v2.0/$metadata#Users('x%40y')/Activities";

describe("sliceJson", () => {
  const text = fc.oneof(
    fc.string({ unit: "binary", maxLength: 12 }),
    fc.constantFrom('"', "\\", '\\"', "{", "}", "[", "]", '{"TimeStamp":"', '},{"', "\n", "日本", "\ud800", 'value":['),
  );
  const record = fc
    .record({ id: fc.nat(), subject: text, extra: fc.dictionary(text, fc.jsonValue({ maxDepth: 2 }), { maxKeys: 3 }) })
    .map(({ id, subject, extra }) => {
      const { value: _, ...others } = extra;
      return { ...activity(id, subject), Extra: others };
    });
  const space = fc.constantFrom("", " ", "\n", "\r\n\t ");
  const indent = fc.constantFrom(undefined, 1);
  const page = fc
    .record({ value: fc.array(record, { maxLength: 4 }), before: fc.boolean(), next: fc.boolean(), indent })
    .map(({ value, before, next, indent: spaces }) => {
      const object = {
        ...(before ? { "@odata.context": CONTEXT, Value: [1], value } : { value, "@odata.context": CONTEXT }),
        ...(next ? { "@odata.nextLink": 'https://x/?"]}' } : {}),
      };
      return {
        json: JSON.stringify(object, null, spaces),
        records: value.map((r) => JSON.stringify(r, null, spaces)),
        value,
      };
    });
  const bare = fc.array(record, { maxLength: 4 }).map((value) => ({ json: JSON.stringify(value), value }));
  const single = record.map((value) => ({ json: JSON.stringify(value), value: [value] }));
  const pages = fc.array(page, { maxLength: 3 }).map((all) => ({
    json: `[${all.map(({ json }) => json).join(" , ")}]`,
    value: all.flatMap(({ value }) => value),
  }));
  const separator = fc.constantFrom("\n", "\n\n", " ", "", "\u001e", ",", " ,\r\n", "\n\ufeff");

  test("finds what JSON.parse finds, in every shape and at every block size", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.oneof(page, bare, single, pages), separator), { maxLength: 4 }),
        space,
        fc.integer({ min: 1, max: 200 }),
        (parts, lead, blockSize) => {
          const json = lead + parts.map(([part, between]) => part.json + between).join("");
          const sliced = slice(json, { blockSize });
          expect(sliced.damage).toEqual([]);
          const expected = parts.flatMap(([part]) => part.value);
          expect(sliced.texts.map((found) => JSON.parse(found))).toEqual(JSON.parse(JSON.stringify(expected)));
        },
      ),
      { numRuns: 600 },
    );
  });

  const twoPages = [1, 2]
    .map((n) =>
      JSON.stringify({
        "@odata.context": CONTEXT,
        value: [activity(10 * n), activity(10 * n + 1, 'é"]}{[')],
        "@odata.nextLink": "https://x",
      }),
    )
    .join("\n");
  const whole = slice(twoPages);

  test("truncated at every byte: every record before the cut is found, and the damage reported", () => {
    const bytes = Buffer.from(twoPages);
    const firstPage = bytes.indexOf("\n");
    expect(whole.records).toHaveLength(4);
    expect(whole.damage).toEqual([]);
    for (let cut = 0; cut < bytes.length; cut++) {
      const { records, damage } = slice(bytes.subarray(0, cut), { blockSize: 64 });
      expect(records).toEqual(whole.records.filter((r) => r.start + r.length <= cut));
      const complete = cut === 0 || cut === firstPage || cut === firstPage + 1;
      expect(damage).toHaveLength(complete ? 0 : 1);
      for (const { start, length } of damage) expect(start + length).toBe(cut);
    }
  });

  const RECORD_KEY = /"(?:TimeStamp|ActivityIdType|ActivityItemId|CustomProperties)":/;

  /** What stands between the reported stretches is brackets, commas and the rest of pages: no record is in it. */
  function everythingIsReported(bytes: Buffer, { records, damage }: ReturnType<typeof slice>): void {
    const stretches = [...records, ...damage];
    stretches.sort((a, b) => a.start - b.start || a.length - b.length);
    let end = 0;
    for (const { start, length } of stretches) {
      expect(start).toBeGreaterThanOrEqual(end);
      expect(bytes.toString("utf8", end, start)).not.toMatch(RECORD_KEY);
      end = start + length;
    }
    expect(bytes.toString("utf8", end)).not.toMatch(RECORD_KEY);
  }

  const isActivity = (json: string) => /^\{"(?:[^{[]*",")?(?:TimeStamp|ActivityIdType)":/.test(json);

  test("any stretch cut out of the middle costs only the records it touches", () => {
    const bytes = Buffer.from(twoPages);
    fc.assert(
      fc.property(
        fc.nat(bytes.length - 1),
        fc.integer({ min: 1, max: 400 }),
        fc.integer({ min: 1, max: 300 }),
        (from, length, blockSize) => {
          const to = Math.min(bytes.length, from + length);
          const rest = Buffer.concat([bytes.subarray(0, from), bytes.subarray(to)]);
          const sliced = slice(rest, { blockSize });
          const untouched = whole.records.filter((r) => r.start + r.length <= from || r.start >= to).map((r) => r.text);
          expect(sliced.texts.filter((found) => untouched.includes(found))).toEqual(untouched);
          // Halves of two records may join into one that is well-formed; nobody can tell.
          expect(sliced.texts.filter(isActivity).length).toBeLessThanOrEqual(untouched.length + 1);
          everythingIsReported(rest, sliced);
        },
      ),
      { numRuns: 1500 },
    );
  });

  test("overwritten bytes cost only the records they touch", () => {
    const bytes = Buffer.from(twoPages);
    const noise = fc.oneof(
      fc.uint8Array({ minLength: 1, maxLength: 40 }),
      fc
        .array(fc.constantFrom(...Buffer.from('{}[]",:\\\n')), { minLength: 1, maxLength: 4 })
        .map((b) => Uint8Array.from(b)),
    );
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), noise, (from, over) => {
        const damaged = Buffer.from(bytes);
        damaged.set(over.subarray(0, bytes.length - from), from);
        const sliced = slice(damaged, { blockSize: 100 });
        const untouched = whole.records.filter((r) => r.start + r.length <= from || r.start >= from + over.length);
        const starts = new Set(untouched.map(({ start }) => start));
        expect(sliced.records.filter(({ start }) => starts.has(start))).toEqual(untouched);
        everythingIsReported(damaged, sliced);
      }),
      { numRuns: 1500 },
    );
  });

  const one = JSON.stringify(activity(1));
  const two = JSON.stringify(activity(2));
  const three = JSON.stringify(activity(3));

  test.each<[string, string, string[], Damage[]]>([
    [
      "garbage between records of a page",
      `{"value":[${one},###${two}]}`,
      [one, two],
      [{ start: 11 + one.length, length: 3, reason: "text that is neither a record nor a page" }],
    ],
    [
      "a line that breaks off",
      `${one}\n${two.slice(0, 60)}\n${three}\n`,
      [one, three],
      [{ start: one.length + 1, length: 61, reason: "a control character inside a string" }],
    ],
    [
      "closing brackets that are missing",
      `{"value":[${one.slice(0, -2)},${two},${three}]}`,
      [two, three],
      [{ start: 10, length: one.length - 1, reason: "a record that is not closed before the next one begins" }],
    ],
    [
      "a page that breaks off between records",
      `{"value":[${one},{"value":[${two}]}`,
      [one, two],
      [{ start: 11 + one.length, length: 0, reason: "a page that is not closed before the next one begins" }],
    ],
    [
      "a head that is missing",
      `x":"y","value":[${one},${two}],"@odata.nextLink":"z"}\n{"value":[${three}]}`,
      [one, two, three],
      [{ start: 0, length: 16, reason: "text that is neither a record nor a page" }],
    ],
    [
      "a comma that is missing",
      `[${one}${two}]`,
      [one, two],
      [{ start: 1 + one.length, length: 0, reason: "no comma between two records" }],
    ],
    [
      "members that are no objects",
      `{"value":[null,${one}]}`,
      [one],
      [{ start: 10, length: 5, reason: "text that is neither a record nor a page" }],
    ],
    [
      "no JSON at all",
      "hello { world",
      [],
      [{ start: 0, length: 13, reason: "text that is neither a record nor a page" }],
    ],
  ])("%s", (_, json, expected, damage) => {
    for (const blockSize of [1, 7, 1 << 20]) {
      const sliced = slice(json, { blockSize });
      expect(sliced.texts).toEqual(expected);
      expect(sliced.damage).toEqual(damage);
    }
  });

  test("a record longer than the limit is damage, and the next one is found", () => {
    const long = JSON.stringify(activity(9, "x".repeat(5000)));
    const { texts, damage } = slice(`${one}\n${long}\n${two}\n`, { blockSize: 100, longestRecord: 2000 });
    expect(texts).toEqual([one, two]);
    expect(damage).toEqual([
      { start: one.length + 1, length: long.length + 1, reason: "a record longer than 2000 bytes" },
    ]);
  });

  test("stops where the visitor says so", () => {
    let visits = 0;
    const slices = sliceJson(
      inMemory(twoPages),
      () => {
        visits++;
        return false;
      },
      () => {
        throw new Error("no damage expected");
      },
    );
    while (slices.next().done !== true);
    expect(visits).toBe(1);
  });

  test.each([
    ["records", `[${Array.from({ length: 500 }, () => one).join(",")}]`],
    ["damage", "no JSON { at all ".repeat(5000)],
  ])("yields once a block of %s, and nothing is done before it is asked to go on", (_, json) => {
    const blocks = Math.ceil(json.length / 1000);
    const { reached } = slice(json, { blockSize: 1000 });
    expect(reached.length).toBeGreaterThan(blocks * 0.5);
    expect(reached.length).toBeLessThan(blocks * 2);
    let visits = 0;
    const slices = sliceJson(
      inMemory(json),
      () => void visits++,
      () => {},
      { blockSize: 1000 },
    );
    for (let step = 0; step < 3; step++) slices.next();
    expect(visits).toBeLessThan(30);
  });
});

describe("readPageContext", () => {
  test.each([
    [`{"@odata.context":"${CONTEXT}","value":[]}`, "x@y"],
    [
      `{"value":[{"Subject":"\\"@odata.context\\":\\"#Users('no')/Activities"}], "@odata.context" : "${CONTEXT}"}`,
      "x@y",
    ],
    [`{"@odata.context":"https:\\/\\/x\\/$metadata#Users('o''neil%40y')\\/Activities","value":[]}`, "o'neil@y"],
    [`{"@odata.context":"https://x/$metadata#Users('50%')/Activities","value":[]}`, "50%"],
    [`{"@odata.context":"https://x/$metadata#Me/Activities","value":[]}`, undefined],
    [`{"@odata.context":"https://x/$metadata#Users('cut`, undefined],
    ["[]", undefined],
    ["", undefined],
  ])("%s", (json, mailbox) => {
    expect(readPageContext(inMemory(json))).toBe(mailbox);
  });

  test("is found behind a long value", () => {
    const json = `{"value":[${"{} ,".repeat(1_500_000)}{}],"@odata.context":"${CONTEXT}"}`;
    expect(readPageContext(inMemory(json))).toBe("x@y");
  });
});
