import { describe, expect, test } from "vitest";
import { auditAt, OWNER, signInAt } from "../src/activities/audit-example.ts";
import type { PlainProperties, PlainRow } from "./support/export.ts";
import { csvExport, csvLine, HEADER } from "./support/export.ts";
import type { Bundle } from "./support/run.ts";
import { parseFiles, readTable, readTsv, temporaryFolder } from "./support/run.ts";

const folder = temporaryFolder();

function row(time: string, app: string, type: string, item = "", properties?: PlainProperties): PlainRow {
  return { time: `2018-06-20T${time}Z`, app, type, item, session: "", properties };
}

const classic = (text: string | Uint8Array, title = "") =>
  parseFiles(folder, { "export.csv": text }, { classic: true, title });
const classicOf = (rows: readonly PlainRow[]) => classic(csvExport(rows));
const table = (bundle: Bundle, name: string) => readTable(bundle.text(`classic/${name}.tsv`));

const logon = (time: string, ClientIP: string, Result = "Success") =>
  row(time, "Web", "ServerLogon", "", { ClientIP, Result, UserName: "anna@contoso.example", UserAgent: "Firefox" });
const delivery = (Subject: string | null, item = "item-1") =>
  row("08:00:00", "Exchange", "MessageDelivered", item, {
    Subject,
    SenderSmtpAddress: "bob@fabrikam.example",
    ReceivedTime: "r",
  });
const reading = (app = "Web", time = "10:00:00") => row(time, app, "ReadingPaneDisplayStart", "item-1");

describe("the five files in Magic Unicorn's layout", () => {
  const rows = [
    delivery("Hello"),
    logon("09:00:00", "192.0.2.1"),
    row("09:00:01", "Web", "Logon", "", { IPAddress: "192.0.2.1", Browser: "Firefox" }),
    reading(),
    row("10:00:01", "Web", "ReadingPaneDisplayEnd", "item-2"),
    row("10:00:02", "Web", "ReadingPaneDisplayEnd", "item-1"),
    row("10:01:00", "Web", "SearchSuggestionsDisplay", "", { SuggestionStimulus: "inv" }),
    row("10:01:01", "Web", "SearchResult", "", { Query: "<Query><RawQuery>invoice</RawQuery></Query>" }),
    row("10:02:00", "Web", "OpenedAnAttachment", "item-1", { AttachmentAction: "Open" }),
  ];

  const sources = "Mailbox\tSource File\tSource Row";
  const source = (at: number) => `anna@contoso.example\texport.csv\t${at}`;

  test("are these, byte for byte", async () => {
    const bundle = await classicOf(rows);
    const text = (name: string) => bundle.text(`classic/${name}.tsv`);
    expect(text("logon-activity")).toBe(
      `Date\tTime\tSource IP\tLogon Type\tApp Type\tUser\tClient\tResult\tException\t${sources}\n` +
        `2018-06-20\t09:00:00Z\t192.0.2.1\tServerLogon\tWeb\tanna@contoso.example\tFirefox\tSuccess\t\t${source(2)}\n` +
        `2018-06-20\t09:00:01Z\t192.0.2.1\tLogon\tWeb\t\tFirefox\t\t\t${source(3)}\n`,
    );
    const header = `Date\tTime\tType\tPlatform\tSubject\tFrom\tReceived Date\tLast Login IP\t${sources}\n`;
    const display = (time: string, type: string, message: string, row: number) =>
      `2018-06-20\t${time}Z\tReadingPaneDisplay${type}\tWeb\t${message}\t192.0.2.1\t${source(row)}\n`;
    const start = display("10:00:00", "Start", "Hello\tbob@fabrikam.example\tr", 4);
    const stranger = display("10:00:01", "End", "No Data\tNo Data\tNo Data", 5);
    const end = display("10:00:02", "End", "Hello\tbob@fabrikam.example\tr", 6);
    expect(text("read-activity-by-time")).toBe(header + start + stranger + end);
    expect(text("read-activity-by-item")).toBe(`item-1\n${header}${start}${end}item-2\n${header}${stranger}`);
    expect(text("search-activity")).toBe(
      `Date\tTime\tPlatform\tQuery\tLast Login ip\t${sources}\n` +
        `2018-06-20\t10:01:00Z\tWeb\tinv\t192.0.2.1\t${source(7)}\n` +
        `2018-06-20\t10:01:01Z\tWeb\tinvoice\t192.0.2.1\t${source(8)}\n`,
    );
    expect(text("attachments-activity")).toBe(
      `Date\tTime\tPlatform\tSubject\tFrom\tReceived Date\tAction\tLast Login IP\tActivity Item ID\t${sources}\n` +
        `2018-06-20\t10:02:00Z\tWeb\tHello\tbob@fabrikam.example\tr\tOpen\t192.0.2.1\titem-1\t${source(9)}\n`,
    );
  });

  test("stand beside the other tables, with the title in front, and in the manifest", async () => {
    const bundle = await classic(csvExport(rows), "case-7");
    expect(bundle.files().filter((path) => path.startsWith("classic/"))).toEqual([
      "classic/case-7-attachments-activity.tsv",
      "classic/case-7-logon-activity.tsv",
      "classic/case-7-read-activity-by-item.tsv",
      "classic/case-7-read-activity-by-time.tsv",
      "classic/case-7-search-activity.tsv",
    ]);
    expect(bundle.files()).toContain("case-7-logon-activity.tsv");
    // By item there are lines that are no rows: ids and repeated headers.
    const counts = bundle.manifest.outputs.map((output) => [output.path, output.rows] as const);
    expect(new Map(counts)).toEqual(
      new Map([
        ...counts,
        ["classic/case-7-read-activity-by-item.tsv", 3],
        ["classic/case-7-read-activity-by-time.tsv", 3],
        ["classic/case-7-logon-activity.tsv", 2],
        ["classic/case-7-search-activity.tsv", 2],
        ["classic/case-7-attachments-activity.tsv", 1],
      ]),
    );
    const listed = new Set(bundle.manifest.outputs.map(({ path }) => path));
    for (const path of bundle.files()) {
      expect(listed.has(path)).toBe(path !== "manifest.json" && path !== "run.json");
    }
  });
});

describe("classic files of more than one export", () => {
  const named = (user: string, item: string) =>
    csvExport([
      row("09:00:00", "Web", "ServerLogon", "", { ClientIP: "192.0.2.1", Result: "Success", UserName: user }),
      row("10:00:00", "Web", "ReadingPaneDisplayStart", item),
    ]);

  test("say whose each row is, and where it stands", async () => {
    const [anna, carla] = ["anna@contoso.example", "carla@contoso.example"];
    const files = { "a.csv": named(anna, "item-1"), "c.csv": named(carla, "") };
    const bundle = await parseFiles(folder, files, { classic: true });
    for (const name of ["logon-activity", "read-activity-by-time"]) {
      expect(table(bundle, name).map((one) => [one["Mailbox"], one["Source File"]])).toEqual([
        [anna, "a.csv"],
        [carla, "c.csv"],
      ]);
    }
    const byItem = readTsv(bundle.text("classic/read-activity-by-item.tsv"));
    // A line with an id, a header and a row each; a row without an item has no blank line in front.
    expect(byItem.map((cells) => [cells.length, cells[0], cells.at(-1)])).toEqual([
      [1, "item-1", "item-1"],
      [11, "Date", "Source Row"],
      [11, "2018-06-20", "2"],
      [1, "No Data", "No Data"],
      [11, "Date", "Source Row"],
      [11, "2018-06-20", "2"],
    ]);
    expect(bundle.manifest.warnings).toEqual([]);
  });

  test("leave out rows of audit logs, whose own address is no Last Login IP, and say so", async () => {
    const bind = (time: string) =>
      auditAt(time, "MailItemsAccessed", {
        MailboxOwnerUPN: OWNER,
        ClientIPAddress: "203.0.113.202",
        OperationProperties: [{ Name: "MailAccessType", Value: "Bind" }],
        Folders: [{ FolderItems: [{ InternetMessageId: "<1@x>" }, { InternetMessageId: "<2@x>" }], Path: "\\Inbox" }],
      });
    const audit = [signInAt("2018-06-20T09:30:00Z", "198.51.100.7"), bind("2018-06-20T11:00:00Z")];
    const files = { "log.json": JSON.stringify(audit), "owner.csv": named(OWNER, "item-1") };
    const bundle = await parseFiles(folder, files, { classic: true });
    // The bind's two messages are at the address that the record carries, in the table that has a column for it.
    expect(bundle.rows("read-activity-by-time").map((one) => [one["Source File"], one["Attributed IP"]])).toEqual([
      ["owner.csv", "192.0.2.1"],
      ["log.json", "203.0.113.202"],
      ["log.json", "203.0.113.202"],
    ]);
    for (const name of ["logon-activity", "read-activity-by-time"]) {
      expect(table(bundle, name).map((one) => one["Source File"])).toEqual(["owner.csv"]);
    }
    expect(readTsv(bundle.text("classic/read-activity-by-item.tsv"))).toHaveLength(3);
    // The latest logon is one that the audit log alone has.
    expect(table(bundle, "read-activity-by-time")).toMatchObject([{ "Last Login IP": "198.51.100.7" }]);
    const leftOut =
      "log.json: classic/ has the layout of exports of the Activities API and leaves out 1 row of logon-activity, 2 rows of read-activity-by-time";
    expect(bundle.manifest.warnings.filter((one) => one.includes("classic/"))).toEqual([leftOut]);
    const without = await parseFiles(folder, files);
    expect(without.manifest.warnings.filter((one) => one.includes("classic/"))).toEqual([]);
  });
});

/** Inputs at which the first version ended without any output. */
const CRASHES: readonly (readonly [string, PlainRow, string, Readonly<Record<string, string>>])[] = [
  [
    "a ServerLogon with an apostrophe in a value",
    row("10:00:00", "Web", "ServerLogon", "", { ClientIP: "192.0.2.1", UserAgent: "Anna's phone", Result: "Success" }),
    "logon-activity",
    { "Source IP": "192.0.2.1", Client: "Anna's phone" },
  ],
  [
    "a ServerLogon without UserAgent",
    row("10:00:00", "Web", "ServerLogon", "", { ClientIP: "192.0.2.1", UserName: "u" }),
    "logon-activity",
    { "Source IP": "192.0.2.1", User: "u", Client: "" },
  ],
  [
    "a ServerLogon with a None value",
    row("10:00:00", "Web", "ServerLogon", "", { ClientIP: "192.0.2.1", UserName: null, UserAgent: null }),
    "logon-activity",
    { "Source IP": "192.0.2.1", User: "", Client: "" },
  ],
  ["a ServerLogon with {}", row("10:00:00", "Web", "ServerLogon", "", {}), "logon-activity", { "Source IP": "" }],
  ["a ServerLogon with a blank cell", row("10:00:00", "Web", "ServerLogon"), "logon-activity", { "Source IP": "" }],
  [
    "a Logon without Browser",
    row("10:00:00", "Web", "Logon", "", { IPAddress: "192.0.2.1" }),
    "logon-activity",
    { "Source IP": "192.0.2.1", Client: "" },
  ],
  [
    "OpenedAnAttachment with an apostrophe",
    row("10:00:00", "Web", "OpenedAnAttachment", "i", { AttachmentAction: "Anna's" }),
    "attachments-activity",
    { Action: "Anna's" },
  ],
  [
    "OpenedAnAttachment with {}",
    row("10:00:00", "Web", "OpenedAnAttachment", "i", {}),
    "attachments-activity",
    { Action: "", "Activity Item ID": "i" },
  ],
  [
    "SearchResult with empty properties",
    row("10:00:00", "Web", "SearchResult", "", {}),
    "search-activity",
    { Query: "", Time: "10:00:00Z" },
  ],
];

describe("where the first version crashed", () => {
  test.each(CRASHES)("%s", async (_name, given, name, cells) => {
    expect(table(await classicOf([given]), name)).toMatchObject([cells]);
  });

  test("a delivered subject of None", async () => {
    expect(table(await classicOf([delivery(null), reading()]), "read-activity-by-time")).toMatchObject([
      { Subject: "", From: "bob@fabrikam.example" },
    ]);
  });

  test("a blank line", async () => {
    const text = [HEADER, csvLine(logon("09:00:00", "192.0.2.1")), "", csvLine(reading()), "", ""].join("\n");
    const bundle = await classic(text);
    expect(table(bundle, "read-activity-by-time")).toMatchObject([{ "Last Login IP": "192.0.2.1" }]);
    expect(bundle.manifest.totals).toMatchObject({ rows: 2, parsed: 2, rejected: 0 });
  });

  test("a quoted line end", async () => {
    const text = `${HEADER}\n2018-06-20T10:00:00Z,Web,ReadingPaneDisplayStart,"item\nof two lines",,,\n${csvLine(reading())}\n`;
    const bundle = await classic(text);
    expect(table(bundle, "read-activity-by-time")).toHaveLength(2);
    expect(readTable(bundle.text("read-activity-by-time.tsv"))[0]?.["Activity Item ID"]).toBe(
      String.raw`item\nof two lines`,
    );
  });

  const text = csvExport([delivery("Übergabe"), reading()]);
  test.each([
    ["Latin-1", Buffer.from(text.slice(1), "latin1")],
    ["UTF-16", Buffer.from(text, "utf16le")],
  ])("%s input", async (_name, bytes) => {
    expect(table(await classic(bytes), "read-activity-by-time")).toMatchObject([{ Subject: "Übergabe" }]);
  });
});

describe("where the first version was wrong and did not say so", () => {
  const lastLogin = async (rows: readonly PlainRow[]) =>
    table(await classicOf(rows), "read-activity-by-time")[0]?.["Last Login IP"];

  test("logons at A, B, A and then a read: A", async () => {
    const logons = [logon("09:00:00", "192.0.2.1"), logon("09:01:00", "198.51.100.2"), logon("09:02:00", "192.0.2.1")];
    expect(await lastLogin([...logons, reading()])).toBe("192.0.2.1");
  });

  test("failed logons set no address", async () => {
    expect(
      await lastLogin([logon("09:00:00", "192.0.2.1"), logon("09:01:00", "203.0.113.9", "Failure"), reading()]),
    ).toBe("192.0.2.1");
  });

  test("the header of the logon file is a line of its own", async () => {
    const bundle = await classicOf([logon("09:00:00", "192.0.2.1")]);
    const lines = readTsv(bundle.text("classic/logon-activity.tsv"));
    expect(lines).toHaveLength(2);
    expect(lines[0]?.at(-1)).toBe("Source Row");
  });

  test.each(["IMAP4", "POP3", "MacMail", "MacOutlook", "Lync", "Other"])("rows of %s are there", async (app) => {
    const bundle = await classicOf([{ ...logon("09:00:00", "192.0.2.1"), app }, reading(app)]);
    expect(table(bundle, "read-activity-by-time")).toMatchObject([{ Platform: app }]);
    expect(table(bundle, "logon-activity")).toMatchObject([{ "App Type": app }]);
  });

  test("a search with an apostrophe is there, and Query is what was typed", async () => {
    const rows = [row("10:00:00", "Web", "SearchResult", "", { Query: "<Query><RawQuery>o'brien</RawQuery></Query>" })];
    expect(table(await classicOf(rows), "search-activity")).toMatchObject([{ Query: "o'brien" }]);
  });

  test.each(["It's, here: now", "Anna's note, Subject: x", `quotes "and" semicolons; both`, `{'Subject': 'y'}`])(
    "the subject %s is whole",
    async (subject) => {
      expect(table(await classicOf([delivery(subject), reading()]), "read-activity-by-time")).toMatchObject([
        { Subject: subject },
      ]);
    },
  );

  test("user agents and queries keep their quotes and semicolons", async () => {
    const bundle = await classicOf([
      row("09:00:00", "Web", "ServerLogon", "", { ClientIP: "192.0.2.1", UserAgent: `a; "b"`, Result: "Success" }),
      row("10:00:00", "Web", "SearchSuggestionsDisplay", "", { SuggestionStimulus: `"x"; y` }),
    ]);
    expect(table(bundle, "logon-activity")).toMatchObject([{ Client: `a; "b"` }]);
    expect(table(bundle, "search-activity")).toMatchObject([{ Query: `"x"; y` }]);
  });

  test("a key that is missing is No Data, and the one before it is whole", async () => {
    const delivered = row("08:00:00", "Exchange", "MessageDelivered", "item-1", { SenderSmtpAddress: "a@x" });
    expect(table(await classicOf([delivered, reading()]), "read-activity-by-time")).toMatchObject([
      { Subject: "No Data", From: "a@x", "Received Date": "No Data" },
    ]);
  });

  test("tabs and line ends in a value break no row", async () => {
    expect(table(await classicOf([delivery("a\tb\r\nc"), reading()]), "read-activity-by-time")).toMatchObject([
      { Subject: String.raw`a\tb\r\nc` },
    ]);
  });

  test("a failed logon does not look like a successful one", async () => {
    const failed = row("09:00:00", "Web", "ServerLogon", "", {
      ClientIP: "192.0.2.1",
      Result: "Failure",
      ExceptionInfo: "User's password wrong",
    });
    expect(table(await classicOf([failed]), "logon-activity")).toMatchObject([
      { "Source IP": "192.0.2.1", Result: "Failure", Exception: "User's password wrong" },
    ]);
  });
});
