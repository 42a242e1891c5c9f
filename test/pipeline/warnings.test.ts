import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import type { AuditRecordExample } from "../../src/activities/audit-example.ts";
import { auditAt, boundAt } from "../../src/activities/audit-example.ts";
import { NO_FILTER } from "../../src/joins/mailbox-case.ts";
import { PARSE_DEFAULTS } from "../../src/pipeline/parse-options.ts";
import { zipOf } from "../ingest/evidence/support.ts";
import { csvExport, HEADER } from "../support/export.ts";
import { apiPage, parseFiles, temporaryFolder, writeFiles } from "../support/run.ts";

const folder = temporaryFolder();

async function warningsOf(files: Readonly<Record<string, string | Uint8Array>>): Promise<readonly string[]> {
  const { manifest } = await parseFiles(folder, files, { formats: ["json"] });
  return manifest.warnings;
}

const lines = (...records: readonly AuditRecordExample[]) => records.map((one) => JSON.stringify(one)).join("\n");
/** An export that names its mailbox. */
const named = csvExport([
  {
    time: "2018-06-20T09:00:00Z",
    app: "Web",
    type: "ServerLogon",
    item: "",
    session: "",
    properties: { ClientIP: "192.0.2.1", UserName: "owner@contoso.example", Result: "Success" },
  },
]);

describe("an input in which no record was found", () => {
  test.each([
    ["a header alone", `${HEADER}\n`, "no record was found in it"],
    ["an empty page", `{"@odata.context":"x","value":[]}`, "no record was found in it"],
    ["one row that is none", `${HEADER}\nx\n`, "no record was found in it; its only row was rejected"],
    ["rows that are none", `${HEADER}\nx\ny\n`, "no record was found in it; all 2 rows were rejected"],
    ["an audit log's header alone", "CreationDate,AuditData\n", "no record was found in it"],
  ])("%s is said, alone and beside others", async (_, text, words) => {
    expect(await warningsOf({ "a.csv": text })).toEqual([`a.csv: ${words}`]);
    expect(await warningsOf({ "a.csv": text, "b.csv": named })).toEqual([`a.csv: ${words}`]);
  });
});

describe("damage", () => {
  const damaged = HEADER.replace("ActivityIdType", "Ac\ufffdivityIdType");
  const sum = (text: string) =>
    `The unpacked zip entry does not match its check sum: some of it is damaged (${text.length} of ${text.length} bytes).`;

  test("is said of an archive's entry that is not read, and may be why", async () => {
    const text = damaged.replace("\ufffd", "x");
    const zip = zipOf([
      { name: "a.csv", data: text, stored: true, crc: 1 },
      { name: "b.csv", data: named },
    ]);
    const columns = text.replaceAll(",", ", ");
    expect(await warningsOf({ "a.zip": zip })).toEqual([
      `a.zip!/a.csv: not read, it looks like CSV with the columns ${columns}`,
      `a.zip!/a.csv: ${sum(text)}`,
    ]);
    await expect(warningsOf({ "b.zip": zipOf([{ name: "a.csv", data: text, stored: true, crc: 1 }]) })).rejects.toThrow(
      `but found only b.zip!/a.csv (CSV with the columns ${columns}) and the like. ${sum(text)}`,
    );
  });

  test("is said of a named file that is not read", async () => {
    const cut = gzipSync(`${damaged}\nx`.replace("\ufffd", "x")).subarray(0, -8);
    await expect(warningsOf({ "a.csv.gz": cut })).rejects.toThrow(/looks like CSV .*\. The gzip file is truncated: /);
  });
});

describe("names that a filter asks for", () => {
  const flag = { TimeStamp: "2018-06-20T09:00:00Z", AppIdType: "Web", ActivityIdType: "Flag" };
  const asking = async (types: readonly string[], apps: readonly string[]) => {
    const filter = { ...NO_FILTER, types: new Set(types), apps: new Set(apps) };
    const files = { "a.json": apiPage([flag]), "b.csv": named };
    const bundle = await parseFiles(folder, files, { formats: ["json"], user: "owner@contoso.example", filter });
    return bundle.manifest.warnings;
  };

  test("and that occur, in whatever input, are passed over", async () => {
    expect(await asking(["Flag", "ServerLogon"], ["Web"])).toEqual([]);
  });

  test("and that occur nowhere are said, with the one that differs by case alone", async () => {
    expect(await asking(["Flag", "serverlogon"], ["Outlook"])).toEqual([
      "--types: serverlogon occurs in no record, but ServerLogon does: names are compared letter by letter",
      "--apps: Outlook occurs in no record",
    ]);
  });
});

describe("pages of the API", () => {
  const page = (time: string, rest: object) =>
    JSON.stringify({
      "@odata.context": "https://outlook.office.com/api/v2.0/$metadata#Users('owner%40contoso.example')/Activities",
      value: [{ TimeStamp: time, AppIdType: "Web", ActivityIdType: "Flag" }],
      ...rest,
    });
  const next = { "@odata.nextLink": "https://outlook.office.com/api/v2.0/me/Activities?%24skip=1" };
  const [one, two, last] = [
    page("2018-06-20T09:00:00Z", next),
    page("2018-06-20T09:01:00Z", next),
    page("2018-06-20T09:02:00Z", {}),
  ];
  const words = "ends with @odata.nextLink, which names a further page; the last one was not found";

  test("of which the last names a further one are said to be incomplete", async () => {
    expect(await warningsOf({ "a.json": one })).toEqual([`a.json: ${words}`]);
    expect(await warningsOf({ "a.json": `[${one},${two}]\n` })).toEqual([`a.json: ${words}`]);
    expect(await warningsOf({ "a.json": one, "b.json": two })).toEqual([`a.json and 1 more: each ${words}`]);
  });

  test("of which one names no other are not, in one file or in several", async () => {
    expect(await warningsOf({ "a.json": one, "b.json": last, "c.json": two })).toEqual([]);
    expect(await warningsOf({ "a.json": `${one}\n${two}\n${last}\n` })).toEqual([]);
  });
});

describe("records that name no mailbox", () => {
  test("of an audit log are counted", async () => {
    const nameless = { UserId: null, MailboxOwnerUPN: null, MailboxGuid: null };
    const log = lines(
      boundAt("2024-05-01T10:00:00Z", "192.0.2.1", ["<a@x>"]),
      boundAt("2024-05-01T10:10:00Z", "192.0.2.1", ["<b@x>"], nameless),
    );
    expect(await warningsOf({ "log.json": log })).toEqual([
      "log.json: 1 row without the name of a mailbox; parse --user gives one (row 2)",
    ]);
  });

  test("of an export are all of them", async () => {
    expect(await warningsOf({ "a.csv": `${HEADER}\n2018-06-20T09:00:00Z,Web,Flag,,,,\n` })).toEqual([
      "a.csv: no successful logon names the mailbox; parse --user does",
    ]);
  });
});

describe("times", () => {
  const csv = (...rows: readonly (readonly [column: string, own: string])[]) =>
    [
      "CreationDate,AuditData",
      ...rows.map(([column, own]) => `${column},"${lines(auditAt(own, "Send")).replaceAll('"', '""')}"`),
    ].join("\n");
  const differ = "with two times that differ; CreationTime counts, or TimeGenerated where that stands for it";

  test("of a table with the day first are the records' own", async () => {
    const table = csv(["01/05/2024 10:00:00", "2024-05-01T10:00:00Z"], ["20/05/2024 10:00:00", "2024-05-20T10:00:00Z"]);
    expect(await warningsOf({ "a.csv": table })).toEqual([]);
  });

  test("that differ in either order are said", async () => {
    const table = csv(["01/05/2024 10:00:00", "2024-05-01T10:00:00Z"], ["01/05/2024 10:00:00", "2024-05-01T11:00:00Z"]);
    expect(await warningsOf({ "a.csv": table })).toEqual([`a.csv: 1 row ${differ} (row 2)`]);
  });

  test("of Sentinel's table are told apart without AuditData", async () => {
    const row = {
      TimeGenerated: "2024-05-01T10:05:00Z",
      Start_Time: "2024-05-01T10:00:00Z",
      Operation: "Send",
      OfficeWorkload: "Exchange",
      UserId: "owner@contoso.example",
    };
    expect(await warningsOf({ "a.json": lines(row) })).toEqual([`a.json: 1 row ${differ} (row 1)`]);
  });

  test("without seconds are read, printed as they are, and said once an input", async () => {
    const log = lines(
      boundAt("2024-05-01T10:00Z", "192.0.2.1", ["<a@x>"]),
      boundAt("2024-05-01T10:00Z", "192.0.2.1", ["<b@x>"]),
      boundAt("2024-05-01T09:59:59Z", "192.0.2.1", ["<c@x>"]),
    );
    const bundle = await parseFiles(folder, { "log.json": log });
    expect(bundle.manifest.warnings).toEqual([
      "log.json: 2 rows whose TimeStamp has no seconds; read as the beginning of the minute: within it rows stand as in the source, those of an export that say the same are duplicates, and lengths of time may be off by nearly a minute (row 1, 2)",
    ]);
    expect(bundle.rows("read-activity-by-time").map((row) => [row["Time"], row["Internet Message ID"]])).toEqual([
      ["09:59:59", "<c@x>"],
      ["10:00", "<a@x>"],
      ["10:00", "<b@x>"],
    ]);
    expect(bundle.rows("ip-scores")).toMatchObject([{ IP: "192.0.2.1", Reads: "3" }]);
  });

  test("that cannot be read leave a record the address that it names itself, which ip-scores does not count", async () => {
    const log = lines(boundAt("2024-05-01T10:00:00Z", "192.0.2.1", ["<a@x>"]), boundAt("", "192.0.2.1", ["<b@x>"]));
    const bundle = await parseFiles(folder, { "log.json": log });
    const words = "listed last, with no address but one that the record itself names, and not counted in ip-scores";
    expect(bundle.manifest.warnings).toEqual([`log.json: 1 row whose TimeStamp cannot be read; ${words} (row 2)`]);
    expect(bundle.rows("coverage").map(({ Detail }) => Detail)).toContain(`1 row without a readable time: ${words}`);
    expect(bundle.rows("read-activity-by-time").map((row) => row["Attributed IP"])).toEqual(["192.0.2.1", "192.0.2.1"]);
    expect(bundle.rows("ip-scores")).toMatchObject([{ IP: "192.0.2.1", Reads: "1" }]);
  });
});

describe("copies of one record", () => {
  const Id = "00000000-0000-4000-8000-00000000abcd";
  const bound = (Folders: unknown) => boundAt("2024-05-01T10:00:00Z", "192.0.2.1", [], { Id, Folders });
  const item = (id: string) => ({ InternetMessageId: id });
  const whole = bound([{ Path: "\\Inbox", FolderItems: [item("<1@x>"), item("<2@x>")] }]);
  const cut = bound('[{"Path":"\\\\Inbox","FolderItems":[{"InternetMessageId":"<1@x>"},{"Inter');
  const unreadable =
    "1 row whose Folders, AffectedItems or OperationProperties cannot be read; their rows do not say what they name (row 1)";
  const other = "1 row with the Id of another record that says other things; kept (row 1)";

  test.each([
    ["before", { "a.json": cut, "b.json": whole, "c.json": whole }, [`a.json: ${unreadable}`, `b.json: ${other}`]],
    ["behind", { "a.json": whole, "b.json": whole, "c.json": cut }, [`c.json: ${unreadable}`, `c.json: ${other}`]],
  ])("one that is cut off does not stand for whole ones, be it %s them", async (_, files, warnings) => {
    const texts = Object.entries(files).map(([name, record]) => [name, lines(record)] as const);
    const bundle = await parseFiles(folder, Object.fromEntries(texts));
    expect(bundle.manifest.warnings).toEqual(warnings);
    expect(bundle.manifest.totals).toMatchObject({ parsed: 2, duplicates: 1 });
    expect(bundle.rows("exposure").map((row) => row["Internet Message ID"])).toEqual(["<1@x>", "<2@x>"]);
  });

  test("one whose FolderItems stand in a string is a copy", async () => {
    const inText = bound([{ Path: "\\Inbox", FolderItems: JSON.stringify([item("<1@x>"), item("<2@x>")]) }]);
    const bundle = await parseFiles(folder, { "a.json": lines(inText), "b.json": lines(whole) });
    expect(bundle.manifest).toMatchObject({ warnings: [], totals: { parsed: 1, duplicates: 1 } });
    expect(bundle.rows("exposure").map((row) => row["Internet Message ID"])).toEqual(["<1@x>", "<2@x>"]);
  });
});

describe("given messages", () => {
  const delivery = (item: string, Subject: string, more: Readonly<Record<string, string>> = {}) => ({
    TimeStamp: "2018-06-20T09:00:00Z",
    AppIdType: "Exchange",
    ActivityIdType: "MessageDelivered",
    ActivityItemId: item,
    CustomProperties: { Subject, InternetMessageId: "<1@x.example>", ...more },
  });
  const eml = (subject: string, id = "<1@x.example>") =>
    `Message-ID: ${id}\nFrom: a@x.example\nSubject: ${subject}\n\n`;
  let place = 0;

  async function given(records: readonly ReturnType<typeof delivery>[], messages: Readonly<Record<string, string>>) {
    const paths = writeFiles(join(folder, `messages-${++place}`), messages);
    const scoring = { ...PARSE_DEFAULTS.scoring, messages: paths };
    const bundle = await parseFiles(folder, { "a.json": apiPage(records) }, { scoring, user: "o@x.example" });
    return bundle.manifest.warnings;
  }

  test("that are some record's are passed over", async () => {
    expect(await given([delivery("1", "S")], { "m.eml": eml("s") })).toEqual([]);
  });

  test("that no record is of are counted, those of a trace where it has no other", async () => {
    const trace = (...ids: readonly string[]) =>
      ["MessageId,Subject,SenderAddress", ...ids.map((id) => `<${id}@x.example>,S,a@x.example`), ""].join("\n");
    const exported = { "b.eml": eml("S", "<2@x.example>"), "c.eml": eml("S"), "d.eml": eml("S", "<9@x.example>") };
    const records = [delivery("1", "S"), delivery("2", "S", { InternetMessageId: "<3@x.example>" })];
    const two = `--messages: 2 of 3 exported messages have ids that no record of the log has; the first of them is b.eml:1.`;
    expect(await given(records, { "a.csv": trace("3", "4"), ...exported })).toEqual([two]);
    expect(await given(records, { "a.csv": trace("4"), ...exported })).toEqual([
      two,
      `--messages: 1 of 1 traced message has an id that no record of the log has: a.csv:1.`,
    ]);
  });

  test("that are another message of the id are said, whatever has their own", async () => {
    expect(await given([delivery("1", "S"), delivery("2", "T"), delivery("3", "U")], { "m.eml": eml("S") })).toEqual([
      "<1@x.example>: m.eml:1 not joined with a.json:2, whose subject differs; nor with 1 more of the log.",
    ]);
  });

  test("that differ from the log's in both say so", async () => {
    expect(await given([delivery("1", "S", { SenderSmtpAddress: "b@x.example" })], { "m.eml": eml("T") })).toEqual([
      "<1@x.example>: m.eml:1 not joined with a.json:1, whose subject and From differ.",
    ]);
  });

  test("that may be several are said, once for the id", async () => {
    const records = [delivery("1", "S", { MessageGuid: "g-1" }), delivery("2", "S", { MessageGuid: "g-2" })];
    expect(await given(records, { "m.eml": eml("S") })).toEqual([
      "<1@x.example>: m.eml:1 not joined with a.json:1, as which message of this id it is cannot be told; nor with 1 more of the log.",
    ]);
  });
});
