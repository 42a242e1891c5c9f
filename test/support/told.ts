import { toldOperation } from "../../src/activities/other/told.ts";
import { auditRecord } from "../../src/ingest/audit-log/record.ts";
import { auditSource } from "../../src/ingest/audit-log/source.ts";
import type { ActivityRecord } from "../../src/model/record.ts";

/** The record of a text of the audit log. */
export function auditRecordOf(text: string): ActivityRecord {
  const source = auditSource(text);
  if ("problem" in source) throw new Error(source.problem);
  return auditRecord(source);
}

/** A record of Exchange about its owner, with the fields given. */
export function recordOf(fields: Readonly<Record<string, unknown>>): ActivityRecord {
  const base = { CreationTime: "2024-03-05T20:10:00", Workload: "Exchange", UserId: "owner@contoso.example" };
  return auditRecordOf(JSON.stringify({ ...base, ...fields }));
}

/** What is told of such a record. */
export function told(fields: Readonly<Record<string, unknown>>): string | undefined {
  return toldOperation(recordOf(fields));
}

/** Names and values as cmdlets' parameters are listed. */
export function pairs(values: Readonly<Record<string, unknown>>): readonly unknown[] {
  return Object.entries(values).map(([Name, Value]) => ({ Name, Value }));
}

/** What is told of a cmdlet with its parameters. */
export function ran(
  Operation: string,
  parameters: Readonly<Record<string, unknown>>,
  more: object = {},
): string | undefined {
  return told({ Operation, Parameters: pairs(parameters), ...more });
}

/** A rule that a client keeps itself. */
export function updated(properties: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return { Operation: "UpdateInboxRules", OperationProperties: pairs(properties) };
}
