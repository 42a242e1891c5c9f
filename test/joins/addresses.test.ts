import fc from "fast-check";
import { expect, test } from "vitest";
import { addLogon, newLiveLogons, otherAddresses } from "../../src/joins/live-logons.ts";
import type { CaseLogon } from "../../src/joins/mailbox-case.ts";
import { namesWithin, occurrencesOf } from "../../src/joins/occurrences.ts";

const address = fc.constantFrom("a", "b", "c", "d");

test("the addresses of live logons beside the latest one's stand in order of the oldest of each", () => {
  // Enough logons of so many ticks that ended ones are given back meanwhile.
  const logon = fc.record({ after: fc.integer({ min: 0, max: 3 }), named: address, asked: fc.boolean() });
  fc.assert(
    fc.property(fc.array(logon, { maxLength: 60 }), fc.integer({ min: 1, max: 50 }), (some, times) => {
      const live = newLiveLogons(40);
      const all: { ticks: number; named: string }[] = [];
      let ticks = 0;
      for (const { after, asked, ...one } of Array.from({ length: times }, () => some).flat()) {
        ticks += after;
        all.push({ ...one, ticks });
        addLogon(live, { ...one, ticks } as CaseLogon);
        if (!asked) continue;
        const going = all.filter((other) => other.ticks >= ticks - 40).map((other) => other.named);
        expect(otherAddresses(live, ticks)).toEqual([...new Set(going)].filter((other) => other !== one.named));
      }
    }),
    { numRuns: 200 },
  );
});

test("names within a stretch stand in order of their first place there", () => {
  const name = fc.constantFrom("", "a", "b", "c");
  fc.assert(
    fc.property(fc.array(name, { maxLength: 30 }), fc.nat(30), fc.nat(30), (all, from, to) => {
      const within = all
        .map((one, at) => [one, at] as const)
        .filter(([one, at]) => one !== "" && at >= from && at < to);
      const firsts = within.filter(([one], at) => within.findIndex(([other]) => other === one) === at);
      const places = occurrencesOf(all.length, (at) => all[at] as string);
      expect(namesWithin(places, from, to)).toEqual(firsts);
    }),
  );
});
