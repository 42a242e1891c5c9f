import { describe, expect, test } from "vitest";
import type { AuditRecordExample } from "../../src/activities/audit-example.ts";
import { auditAt, boundAt, OWNER, signInAt, syncedAt } from "../../src/activities/audit-example.ts";
import type { ApiRecord } from "../../src/activities/example.ts";
import type { Manifest } from "../../src/model/manifest.ts";
import { apiPage, parseFiles, temporaryFolder } from "../support/run.ts";

const folder = temporaryFolder();

/** What an export of the Activities API has of the mailbox, whose user it writes in capitals. */
const EXPORT: readonly ApiRecord[] = [
  {
    TimeStamp: "2018-06-20T08:00:00Z",
    AppIdType: "Web",
    ActivityIdType: "ServerLogon",
    CustomProperties: { Result: "Success", ClientIP: "192.0.2.1", UserName: "Owner@CONTOSO.example" },
  },
  ...["1", "2"].map((number) => ({
    TimeStamp: `2018-06-20T08:30:0${number}Z`,
    AppIdType: "Exchange",
    ActivityIdType: "MessageDelivered",
    ActivityItemId: `item-${number}`,
    CustomProperties: {
      Subject: `Invoice ${number}`,
      SenderSmtpAddress: "bob@fabrikam.example",
      DeliveredFolderType: "Inbox",
      InternetMessageId: `<${number}@Fabrikam.example>`,
    },
  })),
  {
    TimeStamp: "2018-06-20T09:00:00Z",
    AppIdType: "Web",
    ActivityIdType: "ReadingPaneDisplayStart",
    ActivityItemId: "item-1",
  },
  // The export gives a page twice: a row that says the same.
  {
    TimeStamp: "2018-06-20T09:00:00Z",
    AppIdType: "Web",
    ActivityIdType: "ReadingPaneDisplayStart",
    ActivityItemId: "item-1",
  },
  { TimeStamp: "2018-06-20T13:00:00Z", AppIdType: "Web", ActivityIdType: "Flag", ActivityItemId: "item-1" },
];

const bound = boundAt("2018-06-20T10:00:00Z", "203.0.113.9:443", ["<1@fabrikam.example>", "<3@fabrikam.example>"], {
  MailboxOwnerUPN: "OWNER@contoso.example",
});
const LOG: readonly AuditRecordExample[] = [
  syncedAt("2018-06-20T12:00:00Z", "203.0.113.9", "\\Inbox"),
  bound,
  signInAt("2018-06-20T08:15:00Z", "203.0.113.9", { failed: true }),
  // The same record once more.
  bound,
  auditAt("2018-06-20T11:00:00Z", "SearchQueryInitiatedExchange", { QueryText: "wire", ClientIP: "203.0.113.9" }),
];

const TABLES = [
  "logon-activity",
  "read-activity-by-time",
  "read-activity-by-item",
  "search-activity",
  "attachments-activity",
  "message-activity",
  "other-activity",
  "searches",
  "ip-scores",
  "client-scores",
  "exposure",
  "timeline",
  "coverage",
];

const FILES = { "export.json": apiPage(EXPORT), "log.json": JSON.stringify(LOG) };

/** What became of each input's rows. */
function accounts({ inputs }: Manifest): readonly (readonly unknown[])[] {
  return inputs.map(({ path, mailbox, rows, parsed, rejected, duplicates, filtered }) => [
    path,
    mailbox,
    rows,
    parsed,
    rejected,
    duplicates,
    filtered,
  ]);
}

describe("an export and an audit log of one mailbox", () => {
  test("are one mailbox in every table", async () => {
    const bundle = await parseFiles(folder, FILES);
    const mailboxes = TABLES.flatMap((table) => bundle.rows(table).map((row) => row["Mailbox"]));
    expect(new Set(mailboxes).size).toBe(1);
    expect(mailboxes[0]?.toLowerCase()).toBe(OWNER);
    expect(bundle.manifest.totals.mailboxes).toBe(1);
  });

  test("are one timeline in order, each row led back to its input", async () => {
    const bundle = await parseFiles(folder, FILES);
    expect(
      bundle
        .rows("timeline")
        .map((row) => [row["Time"], row["Type"], row["IP"], `${row["Source File"]}:${row["Source Row"]}`]),
    ).toEqual([
      ["08:00:00Z", "ServerLogon", "192.0.2.1", "export.json:1"],
      ["08:15:00", "UserLoginFailed", "203.0.113.9", "log.json:3"],
      ["08:30:01Z", "MessageDelivered", "", "export.json:2"],
      ["08:30:02Z", "MessageDelivered", "", "export.json:3"],
      ["09:00:00Z", "ReadingPaneDisplayStart", "192.0.2.1", "export.json:4"],
      ["10:00:00", "MailItemsAccessed", "203.0.113.9", "log.json:2"],
      ["10:00:00", "MailItemsAccessed", "203.0.113.9", "log.json:2"],
      ["11:00:00", "SearchQueryInitiatedExchange", "203.0.113.9", "log.json:5"],
      ["12:00:00", "MailItemsAccessed", "203.0.113.9", "log.json:1"],
      ["13:00:00Z", "Flag", "192.0.2.1", "export.json:6"],
    ]);
  });

  test("are one row of exposure a message, whichever of them tells of it", async () => {
    const bundle = await parseFiles(folder, FILES);
    expect(
      bundle
        .rows("exposure")
        .map((row) => [
          row["Subject"],
          row["Internet Message ID"],
          row["Activity Item ID"],
          row["Access"],
          row["Accesses"],
          row["IPs"],
        ]),
    ).toEqual([
      // Displayed at the owner's address, bound and copied from the other.
      ["Invoice 1", "<1@Fabrikam.example>", "item-1", "opened; bound; folder-synced", "3", "192.0.2.1; 203.0.113.9"],
      // Known to the audit log alone, in the Inbox since it was bound.
      ["No Data", "<3@fabrikam.example>", "", "bound; folder-synced", "2", "203.0.113.9"],
      // Delivered into the Inbox before the Sync, and never opened.
      ["Invoice 2", "<2@Fabrikam.example>", "item-2", "folder-synced", "1", "203.0.113.9"],
    ]);
  });

  test("are accounted for one by one", async () => {
    const bundle = await parseFiles(folder, FILES);
    const [one, other] = accounts(bundle.manifest);
    expect(one?.slice(2)).toEqual([6, 5, 0, 1, 0]);
    expect(other?.slice(2)).toEqual([5, 4, 0, 1, 0]);
    expect(bundle.manifest.totals).toMatchObject({ rows: 11, parsed: 9, duplicates: 2 });
  });

  test("are filtered alike, and still know of each other what is filtered", async () => {
    const types = new Set(["MailItemsAccessed"]);
    const filter = { start: -Infinity, end: Infinity, types, apps: undefined, words: "--types MailItemsAccessed" };
    const bundle = await parseFiles(folder, FILES, { filter });
    const [one, other] = accounts(bundle.manifest);
    // What says again what an earlier row says is a duplicate in both, whatever the filter keeps out.
    expect(one?.slice(2)).toEqual([6, 0, 0, 1, 5]);
    expect(other?.slice(2)).toEqual([5, 2, 0, 1, 2]);
    expect(bundle.rows("read-activity-by-time").map((row) => [row["Subject"], row["Access"]])).toEqual([
      ["Invoice 1", "bound"],
      ["No Data", "bound"],
      ["No Data", "folder-synced"],
    ]);
  });

  test("are the same in either order of the inputs, but for the order of the manifest", async () => {
    const one = await parseFiles(folder, FILES);
    const other = await parseFiles(folder, Object.fromEntries(Object.entries(FILES).toReversed()));
    for (const table of ["exposure", "timeline", "read-activity-by-time"]) {
      const plain = (bundle: typeof one) =>
        bundle.rows(table).map((row) => ({ ...row, Mailbox: row["Mailbox"]?.toLowerCase() }));
      expect(plain(other)).toEqual(plain(one));
    }
  });

  test("stay apart where they are about different mailboxes", async () => {
    const mine = { MailboxOwnerUPN: "carla@contoso.example", UserId: "carla@contoso.example" };
    const bundle = await parseFiles(folder, {
      "export.json": apiPage(EXPORT),
      "log.json": JSON.stringify([boundAt("2018-06-20T10:00:00Z", "203.0.113.9", ["<1@fabrikam.example>"], mine)]),
    });
    expect(
      bundle.rows("exposure").map((row) => [row["Mailbox"]?.toLowerCase(), row["Subject"], row["Access"]]),
    ).toEqual([
      [OWNER, "Invoice 1", "opened"],
      ["carla@contoso.example", "No Data", "bound"],
    ]);
  });
});

describe("an audit log of a tenant", () => {
  const records = ["a", "b", "c"].flatMap((name, at) => [
    boundAt(`2026-03-10T10:0${at}:00Z`, `192.0.2.${at + 1}`, ["<1@fabrikam.example>"], {
      MailboxOwnerUPN: `${name}@contoso.example`,
      UserId: `${name}@contoso.example`,
    }),
    signInAt(`2026-03-10T09:0${at}:00Z`, `192.0.2.${at + 1}`, { user: `${name.toUpperCase()}@contoso.example` }),
  ]);

  test("is one line of the manifest, whose mailboxes are counted", async () => {
    const bundle = await parseFiles(folder, { "tenant.json": JSON.stringify(records) });
    expect(accounts(bundle.manifest)).toEqual([["tenant.json", "3 mailboxes", 6, 6, 0, 0, 0]]);
    expect(bundle.manifest.inputs).toMatchObject([
      { firstTime: "2026-03-10T09:00:00", lastTime: "2026-03-10T10:02:00", format: "audit-json" },
    ]);
    expect(bundle.manifest.totals.mailboxes).toBe(3);
  });

  test("gives each mailbox what is about it, and no address of another's", async () => {
    const bundle = await parseFiles(folder, { "tenant.json": JSON.stringify(records) });
    expect(bundle.rows("ip-scores").map((row) => [row["Mailbox"], row["IP"], row["Logons"], row["Reads"]])).toEqual(
      ["a", "b", "c"].map((name, at) => [`${name}@contoso.example`, `192.0.2.${at + 1}`, "1", "1"]),
    );
    // The same message in three mailboxes is three exposures.
    expect(bundle.rows("exposure").map((row) => [row["Mailbox"], row["IPs"]])).toEqual(
      ["a", "b", "c"].map((name, at) => [`${name}@contoso.example`, `192.0.2.${at + 1}`]),
    );
  });

  test("goes together with an export of one of its mailboxes", async () => {
    const logon = EXPORT[0] as ApiRecord;
    const bundle = await parseFiles(folder, {
      "b.json": apiPage([
        { ...logon, CustomProperties: { Result: "Success", ClientIP: "192.0.2.7", UserName: "B@Contoso.example" } },
      ]),
      "tenant.json": JSON.stringify(records),
    });
    expect(bundle.manifest.totals.mailboxes).toBe(3);
    const own = bundle.rows("timeline").filter((row) => row["Mailbox"]?.toLowerCase() === "b@contoso.example");
    expect(own.map((row) => row["Source File"])).toEqual(["b.json", "tenant.json", "tenant.json"]);
    expect(accounts(bundle.manifest).map(([path, , rows, parsed]) => [path, rows, parsed])).toEqual(
      expect.arrayContaining([
        ["b.json", 1, 1],
        ["tenant.json", 6, 6],
      ]),
    );
  });
});
