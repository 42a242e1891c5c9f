import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import * as maxmind from "maxmind";
import type { CountryResponse } from "maxmind";
import { describe, expect, test } from "vitest";
import { canonical, isEntry } from "../../eval/labelled.ts";
import { diceOf } from "../../eval/other-mailboxes/dice.ts";
import { otherMailboxes } from "../../eval/other-mailboxes/index.ts";
import { below, OWNER_COUNTRIES } from "../../eval/other-mailboxes/networks.ts";
import { ownMailboxes } from "../../eval/own-mailboxes.ts";
import { toRetrieverCsv } from "../../samples/generator/index.ts";

const DATABASE = fileURLToPath(new URL("../../node_modules/maxmind-country/GeoLite2-Country.mmdb", import.meta.url));

/** A time as text that sorts like the time: the fraction filled up to seven decimals. */
const sortable = (time: string): string => {
  const [second = "", fraction = ""] = time.slice(0, -1).split(".");
  return `${second}.${fraction.padEnd(7, "0")}`;
};

const planned = otherMailboxes().filter(({ set }) => set === "report");

test("the same seed gives the same bytes", () => {
  for (const one of planned.slice(0, 3)) {
    expect(toRetrieverCsv(one.make().rows)).toBe(toRetrieverCsv(one.make().rows));
  }
});

test("both sets have every scenario, under seeds of their own", () => {
  const all = [...otherMailboxes(), ...ownMailboxes()];
  expect(new Set(all.map(({ seed }) => seed)).size).toBe(all.length);
  expect(otherMailboxes().length).toBeGreaterThanOrEqual(48);
  expect(ownMailboxes().length).toBeGreaterThanOrEqual(40);
  expect(all.filter(({ set }) => set === "tune")).toHaveLength(all.length / 2);
});

describe.each(planned)("$seed", (one) => {
  const { rows, truth, scenario } = one.make();

  test("rows are in the order of time", () => {
    const times = rows.map(({ timeStamp }) => sortable(timeStamp));
    expect(times).toEqual(times.toSorted());
  });

  test("the truth agrees with the rows", () => {
    expect(truth.attacked).toBe(!scenario.startsWith("clean"));
    const entered = new Set<string>();
    for (const { actor, address, ...row } of rows) {
      expect(address === undefined).toBe(actor === "service");
      if (actor === "service") continue;
      const from = canonical(address ?? "");
      expect(truth.owner.has(from)).toBe(actor === "owner");
      if (actor === "owner") continue;
      // Nothing is done from an address before a logon from there got in.
      if (isEntry({ actor, address, ...row })) entered.add(from);
      const failure = row.activityIdType === "ServerLogon" && !entered.has(from);
      expect(entered.has(from) || failure).toBe(true);
      expect(truth.failedOnly.has(from)).toBe(!truth.entered.has(from));
    }
    expect(entered).toEqual(truth.entered);
  });

  test("the intruder's queries are in the log", () => {
    const searched = rows
      .filter(({ actor, activityIdType }) => actor === "intruder" && activityIdType === "SearchResult")
      .map(({ timeStamp }) => Math.floor(Date.parse(timeStamp)));
    expect(truth.queries.map(({ at }) => at).sort((a, b) => a - b)).toEqual(searched);
  });
});

// The database is an optional dependency.
test.skipIf(!existsSync(DATABASE))("owners' networks lie in their countries", async () => {
  const database = await maxmind.open<CountryResponse>(DATABASE);
  const dice = diceOf("networks");
  for (const [code, { home, mobile, company, hosting, home6 }] of Object.entries(OWNER_COUNTRIES)) {
    for (const prefix of [home, mobile, company, hosting, home6].flat()) {
      for (let i = 0; i < 20; i += 1) {
        const address = below(dice, prefix);
        expect([address, database.get(address)?.country?.iso_code]).toEqual([address, code]);
      }
    }
  }
});
