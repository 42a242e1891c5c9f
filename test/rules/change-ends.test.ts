import { expect, test } from "vitest";
import { ranAt } from "../../src/rules/deed-inbox-rule/examples.ts";
import type { AuditRecordExample } from "../../src/rules/example.ts";
import { OWNER } from "../../src/rules/example.ts";
import { assessExample } from "../support/assess.ts";
import { temporaryFolder } from "../support/run.ts";

const folder = temporaryFolder();

const DAY = "2024-03-05T";
const copies = { Name: "Copies", ForwardTo: "drop@fabrikam.example", From: "cfo" };

function named(time: string, operation: string): AuditRecordExample {
  return ranAt(`${DAY}${time}Z`, operation, { Identity: "Copies" });
}

function forwarded(time: string, address: string): AuditRecordExample {
  return ranAt(`${DAY}${time}Z`, "Set-Mailbox", { Identity: OWNER, ForwardingSmtpAddress: address });
}

async function findingOf(audit: readonly AuditRecordExample[]) {
  const { assessment } = await assessExample(folder, { name: "", outcome: "found", audit });
  const found = assessment
    .findings()
    .find(({ ruleId }) => ruleId === "deed-inbox-rule" || ruleId === "deed-forwarding");
  if (found === undefined) throw new Error("nothing was found");
  return found;
}

async function stepOf(audit: readonly AuditRecordExample[]): Promise<string> {
  return (await findingOf(audit)).nextSteps.find((step) => step.startsWith("It was")) ?? "";
}

test("a rule that is switched off and removed did something until it was switched off", async () => {
  const audit = [
    ranAt(`${DAY}11:00:00Z`, "New-InboxRule", copies),
    named("12:00:00", "Disable-InboxRule"),
    named("13:00:00", "Remove-InboxRule"),
  ];
  expect(await stepOf(audit)).toBe(
    "It was removed at 2024-03-05T13:00:00, and what is set now may not show it: look for what it did from 2024-03-05T11:00:00 to 2024-03-05T12:00:00.",
  );
});

test("forwarding that was set twice was not in force in between", async () => {
  const audit = [
    forwarded("10:00:00", "drop@fabrikam.example"),
    forwarded("11:00:00", "sink@fabrikam.example"),
    forwarded("12:00:00", "drop@fabrikam.example"),
    forwarded("13:00:00", ""),
  ];
  expect(await stepOf(audit)).toBe(
    "It was switched off at 2024-03-05T13:00:00, and what is set now may not show it: look for what it did from 2024-03-05T10:00:00 until then; it was not in force all the while, see the reasons.",
  );
});

test("what is still in force, and what ended at a time that cannot be read, has no such step", async () => {
  const made = ranAt(`${DAY}11:00:00Z`, "New-InboxRule", copies);
  const [off, on] = [named("12:00:00", "Disable-InboxRule"), named("13:00:00", "Enable-InboxRule")];
  expect(await stepOf([made, off, on])).toBe("");
  expect(await stepOf([made, ranAt("45356.4166", "Remove-InboxRule", { Identity: "Copies" })])).toBe("");
});

test("Last Time is not that of an end that may be another's", async () => {
  const audit = [
    ranAt(`${DAY}11:00:00Z`, "New-InboxRule", copies),
    ranAt(`${DAY}11:30:00Z`, "New-InboxRule", copies),
    named("13:00:00", "Remove-InboxRule"),
  ];
  const { lastTime, count } = await findingOf(audit);
  expect({ lastTime, count }).toEqual({ lastTime: "2024-03-05T11:30:00", count: 3 });
});

test("of very many ends some are told one by one, and the rest together", async () => {
  const audit = [ranAt(`${DAY}10:00:00Z`, "New-InboxRule", copies)];
  for (let hour = 11; hour < 18; hour++) {
    audit.push(named(`${hour}:00:00`, "Disable-InboxRule"), named(`${hour}:30:00`, "Enable-InboxRule"));
  }
  const { lastTime, reasons, rows } = await findingOf(audit);
  expect(reasons.at(-1)).toMatchObject({ text: "and 2 more of its ends" });
  expect({ lastTime, last: rows.length }).toEqual({ lastTime: "2024-03-05T17:00:00", last: 12 });
});
