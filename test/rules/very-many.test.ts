import { expect, test } from "vitest";
import { logonAt, STRANGER } from "../../src/rules/example.ts";
import { ranAt } from "../../src/rules/search-terms/examples.ts";
import { assessExample } from "../support/assess.ts";
import { temporaryFolder } from "../support/run.ts";

const folder = temporaryFolder();
/** A generous bound: each takes seconds; what is quadratic would take minutes. */
const TIME = 60_000;

const many = <T>(count: number, make: (at: number) => T): T[] => Array.from({ length: count }, (_, at) => make(at));
const time = (at: number) => new Date(Date.UTC(2018, 2, 5, 8) + at * 1000).toISOString();

test(
  "failed logons of one address",
  async () => {
    const records = many(140_000, (at) => logonAt(time(at), STRANGER, { result: "Failure" }));
    const { said } = await assessExample(folder, { name: "failed", records, outcome: "found" });
    expect(said("address-failed-logons").map(({ text, rows }) => [text, rows.length])).toEqual([
      ["140000 failed logons and no successful one", 140_000],
    ]);
  },
  TIME,
);

test(
  "addresses that all score high, two in each session",
  async () => {
    const addresses = many(10_000, (at) => `11.${at >> 8}.${at & 255}.1`);
    const records = addresses.map((address, at) => logonAt(time(at), address, { session: `web-${at >> 1}` }));
    const watch = addresses.join("\n");
    const { said } = await assessExample(folder, { name: "linked", records, watch, outcome: "found" });
    const [first] = said("address-linked");
    expect([first?.text, said("address-linked").length]).toEqual(["shares a session of 11.0.1.1", 10_000]);
  },
  TIME,
);

test(
  "searches one after the other, each cited by a few rows",
  async () => {
    const searches = many(4000, (at) => ranAt(time(at + 1), `${at % 2 === 0 ? "invoice" : "password"} ${at}`));
    const records = [logonAt(time(0), STRANGER), ...searches];
    const { said } = await assessExample(folder, { name: "searches", records, outcome: "found" });
    for (const rule of ["search-cadence", "search-sitting"]) {
      const found = said(rule);
      expect([rule, found.length, new Set(found.map(({ rows }) => rows.length))]).toEqual([
        rule,
        4000,
        new Set([2, 3]),
      ]);
    }
  },
  TIME,
);

test(
  "terms of one query",
  async () => {
    const { said } = await assessExample(folder, {
      name: "terms",
      records: [ranAt(time(0), "invoice ".repeat(200_000))],
      outcome: "found",
    });
    expect(said("search-terms").map(({ text, points }) => [text, points])).toEqual([["terms invoice (payments)", 10]]);
  },
  TIME,
);
