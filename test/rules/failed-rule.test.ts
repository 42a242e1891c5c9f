import { expect, test } from "vitest";
import { InputError } from "../../src/ingest/evidence/input-error.ts";
import { failedOutcome } from "../../src/rules/failed-rule.ts";

test("a defect of a rule is its outcome", () => {
  expect(failedOutcome("a-rule", new TypeError("x is undefined"))).toEqual({
    id: "a-rule",
    outcome: "error",
    why: "x is undefined",
  });
});

test("evidence that cannot be read any more ends the run: scores would stand on half of it", () => {
  const unreadable = new InputError("Cannot read export.csv at byte 7077888: the disk reported a read error.");
  expect(() => failedOutcome("a-rule", unreadable)).toThrow(unreadable);
  const full = Object.assign(new Error("no space"), { code: "ENOSPC", syscall: "write" });
  expect(() => failedOutcome("a-rule", full)).toThrow(full);
});
