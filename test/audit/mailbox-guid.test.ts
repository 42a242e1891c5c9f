import { expect, test } from "vitest";
import type { AuditRecordExample } from "../../src/activities/audit-example.ts";
import { boundAt, OWNER } from "../../src/activities/audit-example.ts";
import { parseFiles, temporaryFolder } from "../support/run.ts";

const folder = temporaryFolder();
const HELPER = "helper@contoso.example";
const ndjson = (records: readonly AuditRecordExample[]) => records.map((one) => JSON.stringify(one)).join("\n");
const at = (minute: number) => `2026-03-10T10:${String(minute).padStart(2, "0")}:00Z`;
const message = (number: number) => [`<${number}@fabrikam.example>`];
/** A delegate's record that names the mailbox by its GUID and nothing else. */
const delegated = (minute: number, MailboxGuid: string) =>
  boundAt(at(minute), "192.0.2.7", message(minute), {
    MailboxOwnerUPN: "",
    MailboxGuid,
    LogonType: 2,
    UserId: HELPER,
  });
const own = (minute: number, MailboxGuid: string, owner = OWNER) =>
  boundAt(at(minute), "192.0.2.1", message(minute), { MailboxGuid, MailboxOwnerUPN: owner, UserId: owner });

test("a delegate's records are about the mailbox whose GUID they name, in whatever file its owner is named", async () => {
  const bundle = await parseFiles(folder, {
    "a.ndjson": ndjson([delegated(1, "G-1"), own(2, "g-1"), delegated(3, "g-1"), delegated(4, "g-2")]),
    "b.ndjson": ndjson([own(5, "g-2", "carla@contoso.example"), delegated(6, "g-9")]),
  });
  const rows = bundle.rows("read-activity-by-time");
  expect(Object.fromEntries(rows.map((row) => [row["Internet Message ID"], row["Mailbox"]]))).toEqual({
    "<1@fabrikam.example>": OWNER,
    "<2@fabrikam.example>": OWNER,
    "<3@fabrikam.example>": OWNER,
    "<4@fabrikam.example>": "carla@contoso.example",
    "<5@fabrikam.example>": "carla@contoso.example",
    "<6@fabrikam.example>": "g-9",
  });
  expect(rows).toHaveLength(6);
  expect(bundle.manifest.totals).toMatchObject({ rows: 6, parsed: 6, mailboxes: 3 });
});

test("a GUID that records give to two owners tells nothing of either", async () => {
  const bundle = await parseFiles(folder, {
    "a.ndjson": ndjson([own(1, "g-1"), own(2, "g-1", "carla@contoso.example"), delegated(3, "g-1")]),
  });
  const rows = bundle.rows("exposure");
  expect(new Set(rows.map((row) => row["Mailbox"]))).toEqual(new Set(["carla@contoso.example", "g-1", OWNER]));
  expect(rows).toHaveLength(3);
});

test("mailboxes that an application read are counted by their GUIDs", async () => {
  const records = Array.from({ length: 6 }, (_, minute) =>
    boundAt(at(minute), "198.51.100.7", message(minute), {
      MailboxOwnerUPN: "",
      MailboxGuid: `g-${minute}`,
      LogonType: 1,
      UserId: "ServicePrincipal_1",
      ClientInfoString: "Client=REST;;",
      AppId: "00000003-0000-0000-c000-000000000000",
      ClientAppId: "app",
    }),
  );
  const bundle = await parseFiles(folder, { "a.ndjson": ndjson(records) });
  const windows = bundle.rows("mailbox-access").filter((row) => row["Mode"] === "sliding");
  expect(windows.map((row) => row["Unique Mailboxes"])).toEqual(["6"]);
});
