import { expect, test } from "vitest";
import type { FuzzInput } from "../../fuzz/make-input.ts";
import type { Scanned } from "../../fuzz/scan-input.ts";
import { scanInput } from "../../fuzz/scan-input.ts";
import type { Seed } from "../../fuzz/seeds.ts";
import { holdSurvivors } from "../../fuzz/survivors.ts";
import { closeInputs, openInputs } from "../../src/pipeline/inputs.ts";
import { HEADER } from "../support/export.ts";
import { temporaryFolder, writeFiles } from "../support/run.ts";

const folder = temporaryFolder();
const ROWS = ["t1,Web,Flag,,,,", "t2,Web,Move,,,,", "t3,Web,Flag,,,,"];
const TEXT = [HEADER, ...ROWS, ""].join("\n");
const dataStart = HEADER.length + 1;
const records = ROWS.map((row) => [TEXT.indexOf(row), TEXT.indexOf(row) + row.length] as const);
const seed: Seed = { bytes: Buffer.from(TEXT), kind: "csv", encoding: "utf8", dataStart, oneLineRows: true, records };

/** Replaces the second row by another text and lets the checks look at what the reader made of it. */
async function check(put: string, change: (scanned: Scanned) => Scanned = (scanned) => scanned): Promise<void> {
  const [from, to] = records[1] as readonly [number, number];
  const known = { seed, damage: { from, to, inserted: put.length } };
  const [path = ""] = writeFiles(folder, { damaged: TEXT.slice(0, from) + put + TEXT.slice(to) });
  const { inputs, skipped } = await openInputs([path], folder, {});
  try {
    const [input] = inputs;
    if (input === undefined) throw new Error("nothing was opened");
    holdSurvivors({ known } as FuzzInput, input, change(scanInput(input)));
  } finally {
    closeInputs(inputs, skipped);
  }
}

test("rows around the damage have to be there", async () => {
  for (const put of ["", "x", "a longer row than before", '"', "\n\n", ROWS[1] as string]) await check(put);
});

test("a row behind the damage that is not handed over is noticed", async () => {
  const without = (lost: number) => (scanned: Scanned) => ({
    ...scanned,
    records: scanned.records.filter((_record, at) => at !== lost),
  });
  await expect(check("x", without(0))).rejects.toThrow(`the record at ${dataStart} is lost: t1,Web,Flag,,,,`);
  await expect(check("x", without(1))).rejects.toThrow(/is lost: t3,Web,Flag,,,,/);
});

test("a row that is handed over as another is noticed", async () => {
  const shorter = ({ records: read, ...scanned }: Scanned) => ({
    ...scanned,
    records: read.map((record) => ({ ...record, length: record.length - 1 })),
  });
  await expect(check("x", shorter)).rejects.toThrow(`the record at ${dataStart} is another`);
});
