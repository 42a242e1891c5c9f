import { performance } from "node:perf_hooks";
import fc from "fast-check";
import { expect, test } from "vitest";
import { isRepeated, newRecordIds } from "../../src/pipeline/record-ids.ts";

const guid = (n: number) => `${n.toString(16).padStart(8, "0")}-0000-4000-8000-000000000001`;

test("a record is new, a copy of one before it, or another one of its id", () => {
  const id = fc.oneof(fc.integer({ min: 1, max: 3 }).map(guid), fc.constantFrom("no-guid", "no-guid-2"));
  const record = fc.tuple(id, fc.integer({ min: -3, max: 3 }));
  fc.assert(
    fc.property(fc.array(record, { maxLength: 60 }), (records) => {
      const ids = newRecordIds(1);
      const sayings = new Map<string, Set<number>>();
      for (const [id, said] of records) {
        const known = sayings.get(id);
        const expected = known === undefined ? "new" : known.has(said) ? "same" : "other";
        expect(isRepeated(ids, id, said)).toBe(expected);
        sayings.set(id, (known ?? new Set()).add(said));
      }
    }),
  );
});

test("many records of one id, and all of them again, in time that grows as they do", () => {
  const ids = newRecordIds();
  const counts = { new: 0, same: 0, other: 0 };
  const began = performance.now();
  for (let at = 0; at < 400_000; at++) counts[isRepeated(ids, guid(1), at % 200_000)]++;
  expect(counts).toEqual({ new: 1, same: 200_000, other: 199_999 });
  expect(performance.now() - began).toBeLessThan(5000);
});
