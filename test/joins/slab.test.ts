import fc from "fast-check";
import { expect, test } from "vitest";
import type { Part } from "../../src/joins/slab.ts";
import { newSlab, readParts, writeParts } from "../../src/joins/slab.ts";

const part: fc.Arbitrary<Part> = fc.oneof(
  fc.constant(undefined),
  fc.integer({ min: 0, max: 0x7fff_ffff }),
  fc.string({ unit: "binary", maxLength: 200 }),
  // Halves of surrogate pairs, which records can hold and UTF-8 cannot.
  fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 8 }).map((units) => String.fromCharCode(...units)),
);

test("what is kept is read back, whatever it is", () => {
  fc.assert(
    fc.property(fc.array(fc.array(part, { minLength: 3, maxLength: 3 }), { maxLength: 50 }), (records) => {
      const slab = newSlab();
      const addresses = records.map((parts) => writeParts(slab, parts));
      expect(addresses.map((address) => readParts(slab, address, 3))).toEqual(records);
    }),
  );
});

test("a record larger than a page has a page of its own, and others go on behind it", () => {
  const slab = newSlab();
  const records: Part[][] = [
    ["small", 1],
    ["x".repeat(5 << 20), undefined],
    ["\ud83d", 128],
  ];
  const addresses = records.map((parts) => writeParts(slab, parts));
  expect(addresses.map((address) => readParts(slab, address, 2))).toEqual(records);
});
