import { expect, test } from "vitest";
import { aims } from "../../eval/aims.ts";
import { canonical, truthOf } from "../../eval/labelled.ts";
import type { LabelledMailbox } from "../../eval/labelled.ts";
import { judge, noMeasures, sum } from "../../eval/measure.ts";
import type { Actor, MailboxRow } from "../../samples/generator/rows.ts";

const [OWNER, INTRUDER, SPRAY] = ["192.0.2.1", "198.51.100.7", "203.0.113.9"];

function row(actor: Actor, address: string, type: string, result?: string): MailboxRow {
  return {
    timeStamp: "2018-03-01T08:00:00.0000000Z",
    appIdType: "Web",
    activityIdType: type,
    activityItemId: "",
    activityCreationTime: "",
    clientSessionId: "",
    properties:
      result === undefined
        ? undefined
        : [
            ["Result", result],
            ["ClientIP", address],
          ],
    actor,
    address,
    duplicate: false,
  };
}

const rows: readonly MailboxRow[] = [
  row("owner", OWNER, "ServerLogon", "Success"),
  row("intruder", SPRAY, "ServerLogon", "Failure"),
  row("intruder", INTRUDER, "ServerLogon", "Success"),
  row("owner", OWNER, "SearchResult"),
  row("intruder", INTRUDER, "SearchResult"),
  row("owner", OWNER, "ReadingPaneDisplayStart"),
  row("intruder", INTRUDER, "ReadingPaneDisplayStart"),
];

const mailbox: LabelledMailbox = {
  seed: "by hand",
  set: "report",
  generator: "other",
  scenario: "",
  user: "anna@contoso.example",
  rows,
  truth: truthOf(rows, []),
};

test("the truth of rows", () => {
  expect([...mailbox.truth.entered]).toEqual([INTRUDER]);
  expect([...mailbox.truth.failedOnly]).toEqual([SPRAY]);
  expect([...mailbox.truth.owner]).toEqual([OWNER]);
  expect(mailbox.truth.attacked).toBe(true);
});

test("a bundle is held against the truth", () => {
  const { measures, misses } = judge(mailbox, {
    // The address that failed only is called high, the one that got in is not.
    addresses: [
      { IP: OWNER, Severity: "none", Score: "0" },
      { IP: SPRAY, Severity: "high", Score: "50" },
      { IP: INTRUDER, Severity: "medium", Score: "30" },
    ],
    searches: [
      { "Source Row": "4", Severity: "none" },
      { "Source Row": "5", Severity: "medium" },
    ],
    findings: [
      { ruleId: "incident", score: 80, severity: "critical", entity: { type: "mailbox", value: "x" }, reasons: [] },
    ],
    reads: [
      { "Source Row": "6", "Last Login IP": INTRUDER, "Attributed IP": OWNER, Confidence: "high" },
      { "Source Row": "7", "Last Login IP": INTRUDER, "Attributed IP": OWNER, Confidence: "low" },
    ],
  });
  expect(measures.addresses).toEqual({ tp: 0, fp: 1, fn: 1 });
  expect(misses.map(({ what, wrong, truth }) => [what, wrong, truth])).toEqual([
    [SPRAY, "false positive", "failed only"],
    [INTRUDER, "false negative", "intruder"],
  ]);
  expect(measures.searches).toEqual({ tp: 1, fp: 0, fn: 0 });
  expect([measures.found, measures.quiet]).toEqual([{ right: 1, of: 1 }, undefined]);
  expect(measures.reads).toMatchObject({
    v1: { right: 1, of: 2 },
    last: { right: 1, of: 2 },
    attributed: { right: 1, of: 2 },
    high: { right: 1, of: 1 },
    low: { right: 0, of: 1 },
  });
});

test("an intruder's address that no table lists is missed", () => {
  const { measures } = judge(mailbox, { addresses: [], searches: [], findings: [], reads: [] });
  expect(measures.addresses).toEqual({ tp: 0, fp: 0, fn: 1 });
  expect(measures.found).toEqual({ right: 0, of: 1 });
});

test("what no table says is not measured, and its aims are missed", () => {
  const { measures } = judge(mailbox, {
    addresses: undefined,
    searches: [{ "Source Row": "4", Severity: "" }],
    findings: undefined,
    reads: undefined,
  });
  expect([measures.addresses, measures.searches, measures.found]).toEqual([undefined, undefined, undefined]);
  expect(aims(sum([noMeasures(), measures])).every(({ met }) => !met)).toBe(true);
});

test("one spelling of an address", () => {
  const spellings = ["192.0.2.1", "192.0.2.1:443", "::ffff:192.0.2.1", "192.0.2.1, 10.0.0.7"];
  expect(new Set(spellings.map(canonical))).toEqual(new Set(["192.0.2.1"]));
  expect(canonical("[2001:DB8:0::1]:443")).toBe("2001:db8::1");
});
