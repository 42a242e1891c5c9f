import { boundAt, signInAt, syncedAt } from "../../src/activities/audit-example.ts";
import { csvExport, makeRows } from "../support/export.ts";

/** An audit log of a few mailboxes, their records one behind the other in turn. */
export function auditLog(records: number, owners = ["anna", "bert", "carla"]): string {
  const lines = Array.from({ length: records }, (_, at) => {
    const owner = `${owners[at % owners.length] as string}@contoso.example`;
    const time = `2026-03-${String(1 + (at % 28)).padStart(2, "0")}T10:${String(at % 60).padStart(2, "0")}:00Z`;
    const of = { MailboxOwnerUPN: owner, UserId: owner };
    if (at % 7 === 0) return signInAt(time, "192.0.2.9", { user: owner });
    if (at % 11 === 0) return syncedAt(time, "192.0.2.9", "\\Inbox", of);
    return boundAt(time, "192.0.2.9", [`<${at}@fabrikam.example>`, `<${at + 1}@fabrikam.example>`], of);
  });
  return `${lines.map((line) => JSON.stringify(line)).join("\n")}\n`;
}

/** An export of one mailbox. */
export function exportOf(seed: number, rows: number): string {
  return csvExport(makeRows(seed, rows));
}

/** An export of more than 16 MiB, so that a thread of its own writes the tables: few rows of long subjects. */
export function largeExport(): string {
  const Subject = "long ".repeat(4000);
  const rows = Array.from({ length: 900 }, (_, at) => ({
    time: `2018-06-20T10:${String(Math.floor(at / 60)).padStart(2, "0")}:${String(at % 60).padStart(2, "0")}Z`,
    app: "Exchange",
    type: "MessageDelivered",
    item: `item-${at}`,
    session: "",
    properties: { Subject },
  }));
  return csvExport([...makeRows(1, 60), ...rows]);
}
