import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { ActivityRecord } from "../../src/model/record.ts";
import { closeInputs, openInputs } from "../../src/pipeline/inputs.ts";
import { HEADER } from "../support/export.ts";
import { parseFiles, temporaryFolder } from "../support/run.ts";

const folder = temporaryFolder();
const HUGE = 64 << 20;
const MANY = 1_000_000;
/** A generous bound: each takes seconds; what is quadratic would take hours. */
const TIME = 60_000;

/** Reads a file through and lets `look` see each record; nothing is kept of it. */
async function read(name: string, parts: readonly string[], look: (record: ActivityRecord) => void) {
  const place = join(folder, `read-${name}`);
  mkdirSync(place);
  const path = join(place, name);
  writeFileSync(path, "");
  for (const part of parts) writeFileSync(path, part, { flag: "a" });
  const { inputs, skipped } = await openInputs([path], place, {});
  const rejects: string[] = [];
  try {
    for (const { reader } of inputs) {
      const steps = reader.scan({ record: look, reject: (_start, _length, reason) => rejects.push(reason) });
      while (steps.next().done !== true);
    }
  } finally {
    closeInputs(inputs, skipped);
  }
  return rejects;
}

describe("a value of 64 MiB", () => {
  const value = "0123456789abcdef".repeat(HUGE / 16);

  test(
    "in a cell is one value, and the row behind it another",
    async () => {
      const lengths: (number | undefined)[] = [];
      const parts = [`${HEADER}\n`, `2018-06-20T10:00:00Z,Web,Flag,a,,s,"{'Subject': '`, value, `'}"\n`];
      const rejects = await read("a.csv", [...parts, `2018-06-20T10:00:01Z,Web,Flag,b,,s,{}\n`], ({ properties }) => {
        lengths.push(properties.text("Subject")?.length);
      });
      expect([lengths, rejects]).toEqual([[HUGE, undefined], []]);
    },
    TIME,
  );

  test(
    "in JSON too",
    async () => {
      const lengths: (number | undefined)[] = [];
      const open = `{"TimeStamp":"2018-06-20T10:00:00Z","ActivityIdType":"Flag","CustomProperties":[{"Name":"Subject","Value":"`;
      const parts = [`{"value":[`, open, value, `"}]},`, open, `"}]}]}`];
      const rejects = await read("a.json", parts, ({ properties }) => lengths.push(properties.text("Subject")?.length));
      expect([lengths, rejects]).toEqual([[HUGE, 0], []]);
    },
    TIME,
  );

  test(
    "whose quote nobody closes costs its own row",
    async () => {
      const types: string[] = [];
      const parts = [
        `${HEADER}\n`,
        `t,Web,Flag,a,,s,"{'Subject': '`,
        value,
        `\n2018-06-20T10:00:01Z,Web,Move,b,,s,{}\n`,
      ];
      const rejects = await read("b.csv", parts, ({ activityIdType }) => types.push(activityIdType));
      expect([types, rejects]).toEqual([["Move"], ["not a CSV record: a quoted field is not closed"]]);
    },
    TIME,
  );
});

describe("a million properties", () => {
  test(
    "of a cell are read, and any of them is found",
    async () => {
      const pairs = Array.from({ length: MANY }, (_, at) => `'n${at}': 'v${at}'`).join(", ");
      const found: (string | number | undefined)[] = [];
      await read("many.csv", [`${HEADER}\n`, `2018-06-20T10:00:00Z,Web,Flag,a,,s,"{${pairs}}"\n`], ({ properties }) => {
        found.push(
          properties.text("n0"),
          properties.text("n999999"),
          properties.text("x"),
          properties.entries().length,
        );
      });
      expect(found).toEqual(["v0", "v999999", undefined, MANY]);
    },
    TIME,
  );

  test(
    "of JSON too",
    async () => {
      const pairs = Array.from({ length: MANY }, (_, at) => `{"Name":"n${at}","Value":"v${at}"}`).join(",");
      const found: (string | number | undefined)[] = [];
      const record = `{"TimeStamp":"2018-06-20T10:00:00Z","ActivityIdType":"Flag","CustomProperties":[${pairs}]}`;
      await read("many.json", [`{"value":[${record}]}`], ({ properties }) => {
        found.push(
          properties.text("n0"),
          properties.text("n999999"),
          properties.text("x"),
          properties.entries().length,
        );
      });
      expect(found).toEqual(["v0", "v999999", undefined, MANY]);
    },
    TIME,
  );

  test(
    "stand in the table of what no other table takes",
    async () => {
      const pairs = Array.from({ length: MANY / 10 }, (_, at) => `'n${at}': 'v${at}'`).join(", ");
      const row = `2018-06-20T10:00:00Z,Web,Unheard,a,,s,"{${pairs}}"`;
      const bundle = await parseFiles(folder, { "a.csv": `${HEADER}\n${row}\n` });
      const details = JSON.parse(bundle.rows("other-activity")[0]?.["Details"] ?? "") as Record<string, string>;
      expect(Object.keys(details)).toHaveLength(MANY / 10);
      expect(details["n99999"]).toBe("v99999");
    },
    TIME,
  );
});

test.each([
  ["doubled quotes alone", '""\n'],
  ["doubled quotes in words", 'x ""y""\n'],
  ["JSON over many lines", '  ""key"": ""value"",\n'],
])(
  "a field that nobody closes, before %s, takes time in proportion",
  async (name, line) => {
    const lines = line.repeat(300_000 / line.length);
    const open = 't,Web,Flag,a,,s,"{\n';
    const types: string[] = [];
    const start = performance.now();
    const parts = [`${HEADER}\n`, open, lines, "2018-06-20T10:00:01Z,Web,Move,b,,s,{}\n"];
    const rejects = await read(`${name}.csv`, parts, ({ activityIdType }) => types.push(activityIdType));
    // Seconds at most, each line being refused by itself; split anew at every quote it would be minutes.
    expect(performance.now() - start).toBeLessThan(15_000);
    expect([types, rejects.length]).toEqual([["Move"], 1 + lines.split("\n").length - 1]);
  },
  TIME,
);

test(
  "a line of a million commas is one reject",
  async () => {
    const rejects = await read("commas.csv", [`${HEADER}\n`, ",".repeat(MANY), "\nt,Web,Flag,,,,\n"], () => {});
    expect(rejects).toEqual([`${MANY + 1} fields, more than a row may have`]);
  },
  TIME,
);
