import fc from "fast-check";
import { expect, test } from "vitest";
import { addLogon, newLiveLogons, otherAddresses } from "../../src/joins/live-logons.ts";
import { addCopy, copyingAddresses, firstCopy, newMailboxCopies } from "../../src/joins/mailbox-copies.ts";
import type { CaseLogon } from "../../src/joins/mailbox-case.ts";
import type { Confidence } from "../../src/model/event.ts";
import { CONFIDENCES } from "../../src/model/event.ts";

const address = fc.constantFrom("a", "b", "c", "d");

test("the addresses of live logons beside the latest one's stand in order of the oldest of each", () => {
  // Enough logons of so many ticks that ended ones are given back meanwhile.
  const logon = fc.record({ after: fc.integer({ min: 0, max: 3 }), address, asked: fc.boolean() });
  fc.assert(
    fc.property(fc.array(logon, { maxLength: 60 }), fc.integer({ min: 1, max: 50 }), (some, times) => {
      const live = newLiveLogons(40);
      const all: { ticks: number; address: string }[] = [];
      let ticks = 0;
      for (const { after, asked, ...one } of Array.from({ length: times }, () => some).flat()) {
        ticks += after;
        all.push({ ...one, ticks });
        addLogon(live, { ...one, ticks } as CaseLogon);
        if (!asked) continue;
        const going = all.filter((other) => other.ticks >= ticks - 40).map((other) => other.address);
        expect(otherAddresses(live, ticks)).toEqual([...new Set(going)].filter((other) => other !== one.address));
      }
    }),
    { numRuns: 200 },
  );
});

test("the addresses of the copies from one on stand in order of the first, each with its surest confidence", () => {
  const copy = fc.record({
    address: fc.constantFrom("", "a", "b", "c"),
    sure: fc.constantFrom<Confidence>("low", "medium", "high", "certain"),
  });
  fc.assert(
    fc.property(fc.array(copy, { minLength: 1, maxLength: 40 }), fc.nat(39), (all, since) => {
      const copies = newMailboxCopies("folder-synced");
      for (const [at, one] of all.entries()) addCopy(copies, at + 100, at, one.address, one.sure);
      const from = firstCopy(copies, since);
      expect(from).toBe(Math.min(since, all.length));
      const later = all.slice(from);
      const met = new Set(later.map((one) => one.address).filter((one) => one !== ""));
      expect(copyingAddresses(copies, from)).toEqual(
        [...met].map((one) => {
          const ranks = later.filter((other) => other.address === one).map(({ sure }) => CONFIDENCES.indexOf(sure));
          const row = from + later.findIndex((other) => other.address === one) + 100;
          return { address: one, row, confidence: CONFIDENCES[Math.max(...ranks)] };
        }),
      );
    }),
  );
});
