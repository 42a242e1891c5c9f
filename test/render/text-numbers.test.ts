import fc from "fast-check";
import { expect, test } from "vitest";
import { newTextNumbers } from "../../src/render/html/text-numbers.ts";

test("texts have a number each, and those that are kept have the next ones", () => {
  const text = fc.oneof(fc.string({ maxLength: 2 }), fc.string({ unit: "binary" }), fc.nat(3_000).map(String));
  /** What is numbered, and of the new texts every which one is kept. */
  const round = fc.record({
    texts: fc.array(text, { maxLength: 300, size: "max" }),
    every: fc.integer({ min: 1, max: 5 }),
  });
  fc.assert(
    fc.property(fc.array(round, { maxLength: 6 }), (rounds) => {
      const numbers = newTextNumbers();
      let wanted: string[] = [];
      for (const { texts, every } of rounds) {
        const kept = wanted.length;
        for (const [at, one] of texts.entries()) {
          const bytes = Buffer.from(`..${one}..`);
          if (!wanted.includes(one)) wanted.push(one);
          expect(numbers.numberOf(bytes, 2, bytes.length - 2, at)).toBe(wanted.indexOf(one));
        }
        expect(numbers.count).toBe(wanted.length);
        const left = [...wanted.keys()].slice(kept).filter((number) => number % every === 0);
        left.reverse();
        numbers.keep(kept, Uint32Array.from(left));
        wanted = [...wanted.slice(0, kept), ...left.map((number) => wanted[number] as string)];
        expect(numbers.count).toBe(wanted.length);
        for (const [number, one] of wanted.entries()) {
          const copy = Buffer.alloc(numbers.sizeOf(number));
          numbers.copy(number, copy, 0);
          expect(copy.toString()).toBe(Buffer.from(one).toString());
        }
      }
    }),
    { numRuns: 50 },
  );
});

test("texts may fill many pages", () => {
  const numbers = newTextNumbers();
  const texts = Array.from({ length: 200 }, (_, at) => Buffer.from(`${at} ${"z".repeat((at * 641) % 32_000)}`));
  for (const [at, text] of texts.entries()) expect(numbers.numberOf(text, 0, text.length, 0)).toBe(at);
  numbers.keep(
    0,
    Uint32Array.from({ length: 100 }, (_, at) => 199 - 2 * at),
  );
  for (let at = 0; at < 100; at++) {
    const text = texts[199 - 2 * at] as Buffer;
    const copy = Buffer.alloc(numbers.sizeOf(at));
    numbers.copy(at, copy, 0);
    expect(copy.equals(text)).toBe(true);
    expect(numbers.numberOf(text, 0, text.length, 0)).toBe(at);
  }
});
