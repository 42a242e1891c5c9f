import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import fc from "fast-check";
import { expect, test } from "vitest";
import { ownText } from "../../src/model/own-text.ts";
import { remembering } from "../../src/model/remembering.ts";

test("each text is worked out once, until too many are remembered", () => {
  const asked: string[] = [];
  const lengthOf = remembering((text) => asked.push(text) && text.length, 2);
  expect(["a", "bb", "a", "bb"].map(lengthOf)).toEqual([1, 2, 1, 2]);
  expect(asked).toEqual(["a", "bb"]);
  expect(["ccc", "ccc", "a"].map(lengthOf)).toEqual([3, 3, 1]);
  expect(asked).toEqual(["a", "bb", "ccc", "a"]);
});

test("a text of its own is the same text, halves of characters included", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), fc.constantFrom("", "\ud83d", "\ude00"), (text, half) => {
      expect(ownText(`${half}${text}${half}`)).toBe(`${half}${text}${half}`);
    }),
  );
});

test("what is remembered of a long text does not keep it alive", () => {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  const inMemory = () => {
    collect();
    const { heapUsed, external } = process.memoryUsage();
    return heapUsed + external;
  };
  const pieceOf = remembering((text) => text.slice(0, 20), 1000);
  const before = inMemory();
  for (let at = 0; at < 500; at++) {
    const long = Buffer.alloc(100_000, `address ${at} of a record `).toString("latin1");
    pieceOf(long.slice(0, 40));
  }
  // The texts are of 50 MB.
  expect(inMemory() - before).toBeLessThan(20e6);
  expect(pieceOf("address 0 of a record address 0 of a rec")).toBe("address 0 of a recor");
});
