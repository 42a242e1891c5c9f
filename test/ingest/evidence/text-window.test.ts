import fc from "fast-check";
import { expect, test } from "vitest";
import type { SeekableBytes } from "../../../src/ingest/evidence/evidence.ts";
import { gatherText, openTextWindow } from "../../../src/ingest/evidence/text-window.ts";
import { inMemory } from "./support.ts";

test("gives the same bytes as the text, whatever the blocks", () => {
  const stretch = fc.tuple(fc.nat(), fc.nat());
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom("plain", "é", "日本", "😀", "\n"), { maxLength: 60 }),
      fc.integer({ min: 1, max: 40 }),
      fc.integer({ min: 1, max: 4 }),
      fc.array(stretch, { maxLength: 30 }),
      (words, blockSize, blocks, stretches) => {
        const starts = [0];
        for (const word of words) starts.push((starts.at(-1) ?? 0) + Buffer.byteLength(word));
        const all = Buffer.from(words.join(""));
        const window = openTextWindow(inMemory(all), { blockSize, blocks });
        for (const [a, b] of stretches) {
          const from = starts[a % starts.length] ?? 0;
          const to = starts[b % starts.length] ?? 0;
          if (to < from) continue;
          expect(window.text(from, to - from)).toBe(all.toString("utf8", from, to));
          expect(window.bytes(from, to - from).equals(all.subarray(from, to))).toBe(true);
        }
      },
    ),
    { numRuns: 500 },
  );
});

const HUNDRED_BLOCKS = Buffer.alloc(100_000, "abcdefghi\n");

/** A hundred blocks of a thousand bytes, with how many bytes were read. */
function countedBlocks(): { evidence: SeekableBytes; counts: { bytes: number } } {
  const counts = { bytes: 0 };
  const evidence: SeekableBytes = {
    size: HUNDRED_BLOCKS.length,
    read(target, targetOffset, length, position) {
      counts.bytes += length;
      return HUNDRED_BLOCKS.copy(target, targetOffset, position, position + length);
    },
  };
  return { evidence, counts };
}

test("reads each block about once, forward, backward and in merged runs", () => {
  const { evidence, counts } = countedBlocks();
  const { size } = evidence;
  const window = openTextWindow(evidence, { blockSize: 1000, blocks: 4 });
  // A block is loaded at its third look: the two before it are read by themselves.
  const once = size + 100 * 2 * 10;
  for (let at = 0; at < size; at += 10) window.text(at, 10);
  expect(counts.bytes).toBe(once);
  counts.bytes = 0;
  for (let at = size - 10; at >= 0; at -= 10) window.text(at, 10);
  expect(counts.bytes).toBeLessThanOrEqual(once);
  counts.bytes = 0;
  for (let at = 0; at < 25_000; at += 10) for (let run = 0; run < 4; run++) window.text(run * 25_000 + at, 10);
  expect(counts.bytes).toBeLessThanOrEqual(once);
});

test("what is looked up here and there costs no blocks, and does not take those of a run away", () => {
  const { evidence, counts } = countedBlocks();
  const window = openTextWindow(evidence, { blockSize: 1000, blocks: 4 });
  let elsewhere = 0;
  for (let at = 0; at < evidence.size; at += 10) {
    window.text(at, 10);
    // 37 blocks further with each look: all the other blocks in turn, none of them twice within a hundred looks.
    elsewhere = (elsewhere + 37_000) % evidence.size;
    window.text(elsewhere, 10);
  }
  // The run's hundred blocks, ten bytes for each look elsewhere, and those blocks that both come to at once.
  expect(counts.bytes).toBeLessThan(100_000 + 10 * 10_000 + 100 * 1000);
});

test("a block that cannot be read is not taken from another one afterwards", () => {
  const all = Buffer.from(Array.from({ length: 1000 }, (_, one) => `${String(one).padStart(9, "0")}\n`).join(""));
  let fails = false;
  const evidence: SeekableBytes = {
    size: all.length,
    read(target, targetOffset, length, position) {
      // Single records can still be read, blocks cannot.
      if (fails && length > 10) throw new Error("the disk is gone");
      return all.copy(target, targetOffset, position, position + length);
    },
  };
  const window = openTextWindow(evidence, { blockSize: 1000, blocks: 2 });
  const record = (number: number) => window.text(number * 10, 10);
  for (let number = 0; number < 10; number++) record(number);
  fails = true;
  expect([record(500), record(501)]).toEqual(["000000500\n", "000000501\n"]);
  for (let number = 502; number < 510; number++) expect(() => record(number)).toThrow("the disk is gone");
  expect(record(5)).toBe("000000005\n");
});

test("refuses a stretch outside the text", () => {
  const window = openTextWindow(inMemory("abc"));
  expect(() => window.text(1, 3)).toThrow(RangeError);
  expect(() => window.bytes(-1, 1)).toThrow(RangeError);
  expect(window.text(3, 0)).toBe("");
});

test("gathers stretches with all their characters, those beyond ASCII among them", () => {
  const words = fc.constantFrom("plain ".repeat(2000), "x", "é", "日本".repeat(700), "😀");
  fc.assert(
    fc.property(fc.array(words, { minLength: 1, maxLength: 12 }), (texts) => {
      const all = Buffer.from(texts.map((text) => `${text}|`).join(""));
      const gathered: { text: string; from: number; length: number; at: number }[] = [];
      let from = 0;
      let at = 0;
      for (const text of texts) {
        const length = Buffer.byteLength(text);
        gathered.push({ text, from, length, at });
        from += length + 1;
        at += length;
      }
      const stretches = gathered.map((one) => [one.from, one.length] as const);
      const window = gatherText(inMemory(all), stretches, at);
      for (const one of gathered) expect(window.text(one.at, one.length)).toBe(one.text);
      expect(window.text(0, at)).toBe(texts.join(""));
    }),
    { numRuns: 200 },
  );
});
