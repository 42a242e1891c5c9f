import { describe, expect, test } from "vitest";
import { accountsOf } from "../../fuzz/accounts.ts";
import type { FuzzInput } from "../../fuzz/make-input.ts";
import { makeInput } from "../../fuzz/make-input.ts";
import type { Scanned } from "../../fuzz/scan-input.ts";
import { readPools } from "../../fuzz/seeds.ts";
import { openWorkplace, tryInput } from "../../fuzz/try-input.ts";
import { holdSentence, Violation } from "../../fuzz/violation.ts";
import { temporaryFolder } from "../support/run.ts";

/** A slice of what `npm run fuzz` tries by the hundred thousand. */
const SEED = 20180620;
const INPUTS = 300;

const pools = readPools();
const folder = temporaryFolder();

test(`${INPUTS} damaged exports are read, or refused with a sentence, and every row is accounted for`, async () => {
  const place = openWorkplace(folder);
  const failures: string[] = [];
  const seen = { refused: 0, rows: 0, rejected: 0, duplicates: 0, filtered: 0 };
  for (let index = 0; index < INPUTS; index++) {
    const input = makeInput(pools, SEED, index);
    try {
      const { refused, accounts } = await tryInput(input, place);
      if (refused !== undefined) seen.refused++;
      for (const account of accounts) {
        seen.rows += account.rows;
        seen.rejected += account.rejected;
        seen.duplicates += account.duplicates;
        seen.filtered += account.filtered;
      }
    } catch (error) {
      failures.push(`npm run fuzz -- --seed ${SEED} --only ${index} (${input.words}): ${String(error)}`);
      openWorkplace(folder);
    }
  }
  expect(failures).toEqual([]);
  // Were most inputs refused, or none damaged, nothing would be tried.
  expect(seen.refused).toBeLessThan(INPUTS / 2);
  for (const count of Object.values(seen)) expect(count).toBeGreaterThan(10);
}, 60_000);

test("an input is the same whenever its number is asked for", () => {
  for (const index of [0, 3, 17, 99, 3]) {
    const { known: _, ...input } = makeInput(pools, SEED, index);
    expect(makeInput(readPools(), SEED, index)).toMatchObject(input);
  }
  expect(makeInput(pools, 1, 0).files).not.toEqual(makeInput(pools, 2, 0).files);
});

test("a small export is cut off at every byte, one behind the other", () => {
  const lengths = Array.from({ length: 40 }, (_, cut) => makeInput(pools, SEED, 4 * cut + 3).files[0]?.bytes.length);
  expect(lengths).toEqual(Array.from({ length: 40 }, (_, cut) => cut));
});

describe("what has to become of rows", () => {
  const record = (number: number, type: string, says: string, auditId?: string) => {
    return { number, start: 0, length: 0, type, says, auditId, times: 1 };
  };
  const scanned: Scanned[] = [
    {
      label: "a",
      records: [record(1, "Flag", "x"), record(3, "Move", "y"), record(4, "Flag", "x")],
      rejects: [{ number: 2, start: 0, length: 1 }],
    },
    { label: "b", records: [record(1, "Move", "y"), record(2, "Flag", "x"), record(3, "Flag", "z")], rejects: [] },
  ];
  const plain = { keepDuplicates: false, onlyType: undefined } as FuzzInput;
  const account = (label: string, rows: number, rejected: number, filtered: number, shown: number[]) => {
    const duplicates = rows - rejected - filtered - shown.length;
    return { label, rows, rejected, filtered, duplicates, shown, shownRows: shown };
  };

  test.each<[string, Partial<FuzzInput>, boolean, unknown]>([
    ["of one mailbox", {}, true, [account("a", 4, 1, 0, [1, 3]), account("b", 3, 0, 0, [3])]],
    ["of two mailboxes", {}, false, [account("a", 4, 1, 0, [1, 3]), account("b", 3, 0, 0, [1, 2, 3])]],
    ["filtered", { onlyType: "Move" }, true, [account("a", 4, 1, 1, [3]), account("b", 3, 0, 1, [])]],
    ["kept", { keepDuplicates: true }, true, [account("a", 4, 1, 0, [1, 3, 4]), account("b", 3, 0, 0, [1, 2, 3])]],
  ])("%s", (_name, options, together, expected) => {
    expect(accountsOf({ ...plain, ...options }, scanned, together)).toEqual(expected);
  });

  test("of audit records: one Id, saying the same, in whatever file and mailbox", () => {
    const records = [record(1, "Send", "x", "a1"), record(2, "Send", "x", ""), record(3, "Send", "x", "")];
    const more = [record(1, "Send", "x", "a1"), record(2, "Send", "y", "a1"), record(3, "Move", "x", "a1")];
    const logs: Scanned[] = [
      { label: "a", records, rejects: [] },
      { label: "b", records: more, rejects: [] },
    ];
    const expected = [account("a", 3, 0, 0, [1, 2, 3]), account("b", 3, 0, 0, [2])];
    expect(accountsOf(plain, logs, false)).toEqual(expected);
    // One that names two messages makes two rows.
    const [log] = accountsOf(
      plain,
      [{ label: "c", records: [{ ...record(1, "Send", "x", "a"), times: 2 }], rejects: [] }],
      true,
    );
    expect(log).toMatchObject({ rows: 1, shown: [1], shownRows: [1, 1] });
    // A record that the filter hides makes a later one a duplicate all the same.
    const moves = [account("a", 3, 0, 3, []), { ...account("b", 3, 0, 1, []), duplicates: 2 }];
    expect(accountsOf({ ...plain, onlyType: "Move" }, logs, false)).toEqual(moves);
  });
});

test.each(["", "no", "two\nlines.", "An escape \u001b[31m.", `${"long ".repeat(400)}.`])(
  "%j is no sentence",
  (text) => {
    expect(() => holdSentence(text)).toThrow(Violation);
    expect(() => holdSentence("Expected evidence, but nothing was found.")).not.toThrow();
  },
);
