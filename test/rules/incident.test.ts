import { expect, test } from "vitest";
import { boundAt, logonAt, readAt, signInAt } from "../../src/rules/example.ts";
import type { RuleExample } from "../../src/rules/example.ts";
import { untold } from "../../src/rules/suspects.ts";
import { assessExample } from "../support/assess.ts";
import { temporaryFolder } from "../support/run.ts";

const folder = temporaryFolder();
const HOME = "192.0.2.1";
const INTRUDER = "203.0.113.66";

/** From when to when the incident goes on. */
async function timesOf(example: Pick<RuleExample, "records" | "audit">): Promise<readonly string[]> {
  const rules = "rules:\n  address-watch-list:\n    listed: 100\n";
  const { assessment } = await assessExample(folder, {
    name: "",
    watch: INTRUDER,
    rules,
    outcome: "found",
    ...example,
  });
  const incident = assessment.findings().find(({ ruleId }) => ruleId === "incident");
  return [incident?.firstTime ?? "", incident?.lastTime ?? ""];
}

test("an incident ends with the last row that is surely the intruder's", async () => {
  const records = [
    logonAt("2018-03-02T08:00:00Z", HOME),
    logonAt("2018-03-02T09:00:00Z", INTRUDER),
    // Two addresses have logged on by such a client: of low confidence.
    readAt("2018-03-02T09:30:00Z", "item-1"),
  ];
  expect(await timesOf({ records })).toEqual(["2018-03-02T09:00:00Z", "2018-03-02T09:00:00Z"]);
  const sure = records.slice(1);
  expect(await timesOf({ records: sure })).toEqual(["2018-03-02T09:00:00Z", "2018-03-02T09:30:00Z"]);
});

test("an incident does not begin with a logon that failed", async () => {
  const audit = [
    signInAt("2026-03-09T02:14:00Z", INTRUDER, { failed: true }),
    boundAt("2026-03-10T21:14:00Z", INTRUDER, ["<1@fabrikam.example>"]),
    boundAt("2026-03-10T22:14:00Z", INTRUDER, ["<2@fabrikam.example>"]),
  ];
  expect(await timesOf({ audit })).toEqual(["2026-03-10T21:14:00", "2026-03-10T22:14:00"]);
});

test("rows of low confidence are counted in words, one or more", () => {
  expect([untold(2, 2), untold(3, 2), untold(4, 2)]).toEqual([
    "",
    "; 1 more of low confidence is not counted",
    "; 2 more of low confidence are not counted",
  ]);
});
