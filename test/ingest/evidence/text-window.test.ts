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

test("reads each block about once, forward, backward and in merged runs", () => {
  const all = Buffer.alloc(100_000, "abcdefghi\n");
  let reads = 0;
  const counted: SeekableBytes = {
    size: all.length,
    read(target, targetOffset, length, position) {
      reads++;
      return all.copy(target, targetOffset, position, position + length);
    },
  };
  const window = openTextWindow(counted, { blockSize: 1000, blocks: 4 });
  for (let at = 0; at < all.length; at += 10) window.text(at, 10);
  expect(reads).toBe(100);
  reads = 0;
  for (let at = all.length - 10; at >= 0; at -= 10) window.text(at, 10);
  expect(reads).toBeLessThanOrEqual(100);
  reads = 0;
  // Runs that begin in the middle are not known for runs until their second look.
  for (let at = 0; at < 25_000; at += 10) for (let run = 0; run < 4; run++) window.text(run * 25_000 + at, 10);
  expect(reads).toBeLessThanOrEqual(100 + 3);
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
