import { expect, test } from "vitest";
import type { Finding } from "../../src/model/finding.ts";
import { auditAt, boundAt, logonAt, readAt, signInAt } from "../../src/rules/example.ts";
import type { RuleExample } from "../../src/rules/example.ts";
import { untold } from "../../src/rules/suspects.ts";
import { assessExample } from "../support/assess.ts";
import { temporaryFolder } from "../support/run.ts";

const folder = temporaryFolder();
const HOME = "192.0.2.1";
const INTRUDER = "203.0.113.66";

type Records = Pick<RuleExample, "records" | "audit">;

/** What a rule finds where the intruder is on the watch list. */
async function findingOf(rule: string, example: Records): Promise<Finding | undefined> {
  const rules = "rules:\n  address-watch-list:\n    listed: 100\n";
  const { assessment } = await assessExample(folder, {
    name: "",
    watch: INTRUDER,
    rules,
    outcome: "found",
    ...example,
  });
  return assessment.findings().find(({ ruleId }) => ruleId === rule);
}

/** From when to when the incident goes on. */
async function timesOf(example: Records): Promise<readonly string[]> {
  const incident = await findingOf("incident", example);
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

test("nor with one that succeeded in part, which is no failure", async () => {
  const audit = [
    { ...signInAt("2026-03-09T02:14:00Z", INTRUDER), ResultStatus: "PartiallySucceeded" },
    boundAt("2026-03-10T21:14:00Z", INTRUDER, ["<1@fabrikam.example>"]),
  ];
  expect(await timesOf({ audit })).toEqual(["2026-03-10T21:14:00", "2026-03-10T21:14:00"]);
  const incident = await findingOf("incident", { audit });
  expect(incident?.reasons[0]?.text).toContain("no successful logon record (1 succeeded in part); other records first");
});

test("the id of a message that was sent is looked for only where records name it", async () => {
  const step = expect.stringContaining("Internet Message ID of each Send record") as string;
  const sent = (Item: Readonly<Record<string, string>>) => [
    signInAt("2026-03-10T20:00:00Z", INTRUDER),
    auditAt("2026-03-10T20:10:00Z", "Send", { ClientIPAddress: INTRUDER, Item }),
  ];
  const named = await findingOf("deed-sent", { audit: sent({ InternetMessageId: "<1@contoso.example>" }) });
  expect(named?.nextSteps).toContainEqual(step);
  const unnamed = await findingOf("deed-sent", { audit: sent({ Subject: "Invoice" }) });
  expect(unnamed?.nextSteps).not.toContainEqual(step);
  const answered = await findingOf("deed-sent", {
    records: [
      logonAt("2018-03-02T09:00:00Z", INTRUDER),
      {
        TimeStamp: "2018-03-02T09:10:00Z",
        AppIdType: "Web",
        ActivityIdType: "Reply",
        ActivityItemId: "item-1",
        // Of the message that was answered.
        CustomProperties: { InternetMessageId: "<1@fabrikam.example>" },
      },
    ],
  });
  expect(answered?.nextSteps).toHaveLength(1);
});

test("rows of low confidence are counted in words, one or more", () => {
  expect([untold(2, 2), untold(3, 2), untold(4, 2)]).toEqual([
    "",
    "; 1 more of low confidence is not counted",
    "; 2 more of low confidence are not counted",
  ]);
});
