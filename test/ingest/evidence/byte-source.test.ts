import { appendFileSync, rmSync, truncateSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type ByteSource, openFile } from "../../../src/ingest/evidence/byte-source.ts";
import { temporaryFolder } from "./support.ts";

const folder = temporaryFolder();

function write(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

function textOf(source: ByteSource): string {
  const bytes = Buffer.alloc(source.size);
  source.read(bytes, 0, bytes.length, 0);
  return bytes.toString();
}

/** Opens a file and then so many others that it is closed for them. */
function openAndCrowdOut(path: string, name: string): { source: ByteSource; others: ByteSource[] } {
  const source = openFile(path, name);
  const crowd = write("crowd", "x");
  return { source, others: Array.from({ length: 100 }, () => openFile(crowd, "crowd")) };
}

describe("openFile", () => {
  test("of more files than are kept open", () => {
    const sources = Array.from({ length: 300 }, (_, at) => openFile(write(`f${at}`, `text ${at}`), `f${at}`));
    // Forward and back again, so that every file has been closed in between.
    for (const order of [sources, sources.toReversed()]) {
      for (const source of order) expect(textOf(source)).toBe(`text ${sources.indexOf(source)}`);
    }
    for (const source of sources) source.close();
  });

  test.each<[string, (path: string) => void, RegExp | undefined]>([
    ["unchanged", () => {}, undefined],
    ["appended to", (path) => appendFileSync(path, "more"), undefined],
    ["rewritten", (path) => writeFileSync(path, "other"), /Expected a\.csv as it was when the run began/],
    ["truncated", (path) => truncateSync(path, 2), /Expected a\.csv as it was when the run began/],
    ["deleted", (path) => rmSync(path), /Cannot open a\.csv: it does not exist \(ENOENT\)\.$/],
  ])("a file that was %s since it was closed for others", (_, change, message) => {
    const path = write("a.csv", "texts");
    utimesSync(path, 1, 1);
    const { source, others } = openAndCrowdOut(path, "a.csv");
    change(path);
    if (message === undefined) expect(textOf(source)).toBe("texts");
    else expect(() => textOf(source)).toThrow(message);
    for (const each of [source, ...others]) each.close();
  });

  test("a file that was truncated while it is open", () => {
    const source = openFile(write("a.csv", "texts"), "a.csv");
    truncateSync(join(folder, "a.csv"), 2);
    expect(() => textOf(source)).toThrow("Expected 5 bytes in a.csv, but it ends at 2: it was changed during the run.");
    source.close();
  });
});
