import { expect, test } from "vitest";
import type { AuditRecordExample } from "../../src/activities/audit-example.ts";
import { auditAt, boundAt } from "../../src/activities/audit-example.ts";
import { parseFiles, temporaryFolder } from "../support/run.ts";

const folder = temporaryFolder();
const COUNT = 400;
const ids = Array.from({ length: COUNT }, (_, at) => `<${at}@fabrikam.example>`);
const subjectOf = (at: number) => `Subject ${at} äöü`;
const at = (minute: number) => `2026-03-10T10:${String(minute).padStart(2, "0")}:00Z`;
/** More than the memory for long records holds: it is emptied between the other records. */
const PADDING = "x".repeat(9 << 20);

const LOG: readonly AuditRecordExample[] = [
  boundAt(at(1), "192.0.2.1", ids),
  boundAt(at(2), "192.0.2.2", ids.toReversed(), { Comment: PADDING }),
  boundAt(at(3), "192.0.2.3", ids),
  auditAt(at(4), "HardDelete", {
    ClientIPAddress: "192.0.2.4",
    AffectedItems: ids.map((InternetMessageId, number) => ({
      Id: `deleted-${number}`,
      InternetMessageId,
      Subject: subjectOf(number),
    })),
  }),
];

test("long records that name the same messages make each row of their own item", async () => {
  const bundle = await parseFiles(folder, { "a.ndjson": LOG.map((one) => JSON.stringify(one)).join("\n") });
  const reads = bundle.rows("read-activity-by-time");
  const expected = [ids, ids.toReversed(), ids].flatMap((list, record) =>
    list.map((id) => [`192.0.2.${record + 1}`, id, subjectOf(ids.indexOf(id)), String(record + 1)]),
  );
  expect(
    reads.map((row) => [row["Attributed IP"], row["Internet Message ID"], row["Subject"], row["Source Row"]]),
  ).toEqual(expected);
  const deleted = bundle.rows("other-activity");
  expect(deleted.map((row) => row["Subject"])).toEqual(ids.map((_id, number) => subjectOf(number)));
});
