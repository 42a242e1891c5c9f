import fc from "fast-check";
import { expect, test } from "vitest";
import { newNumberLinks } from "../../src/model/number-links.ts";
import { addNumber, newNumberList, numbersOf } from "../../src/model/number-list.ts";

test("a list keeps every number in order, however far it grows", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 0xffff_ffff }), { maxLength: 2000 }), (numbers) => {
      const list = newNumberList();
      const places = numbers.map((number) => addNumber(list, number));
      expect([...numbersOf(list)]).toEqual(numbers);
      expect(places).toEqual([...numbers.keys()]);
    }),
  );
});

test("links answer as a Map does", () => {
  const number = fc.oneof(fc.integer({ min: 0, max: 0x7fff_ffff }), fc.integer({ min: 0, max: 300 }));
  fc.assert(
    fc.property(fc.array(fc.tuple(number, number), { maxLength: 1000 }), fc.array(number), (pairs, asked) => {
      const links = newNumberLinks();
      for (const [from, to] of pairs) links.set(from, to);
      const map = new Map(pairs);
      expect(links.size).toBe(map.size);
      for (const from of [...map.keys(), ...asked]) expect(links.get(from)).toBe(map.get(from));
    }),
  );
});
