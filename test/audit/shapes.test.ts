import { gzipSync } from "node:zlib";
import { stringify } from "csv-stringify/sync";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { AuditRecordExample } from "../../src/activities/audit-example.ts";
import { auditAt, boundAt, OWNER, signInAt, syncedAt } from "../../src/activities/audit-example.ts";
import type { Bundle } from "../support/run.ts";
import { parseFiles, temporaryFolder } from "../support/run.ts";

const folder = temporaryFolder();

/** Records of every family, of two mailboxes, one second apart. */
function records(): readonly AuditRecordExample[] {
  const at = (second: number) => `2026-03-10T10:00:${String(second).padStart(2, "0")}Z`;
  const carla = "carla@contoso.example";
  return [
    signInAt(at(0), "192.0.2.1:50121", { agent: "Mozilla/5.0 (Windows NT 10.0)", session: "s-1" }),
    boundAt(at(1), "192.0.2.1", ["<1@fabrikam.example>", "<2@fabrikam.example>"], { SessionId: "s-1" }),
    syncedAt(at(2), "203.0.113.9", "\\Inbox"),
    auditAt(at(3), "SearchQueryInitiatedExchange", { QueryText: 'from:"cfo", wire', ClientIP: "203.0.113.9" }),
    auditAt(at(4), "Send", {
      MailboxOwnerUPN: OWNER,
      ClientIPAddress: "[2001:db8::9]:443",
      Item: {
        Subject: "=1+1\r\n\tline",
        InternetMessageId: "<1@fabrikam.example>",
        Attachments: "a (1).pdf (8192b)",
      },
    }),
    auditAt(at(5), "New-InboxRule", {
      ClientIP: "203.0.113.9:50121",
      ObjectId: `${OWNER}\\.`,
      Parameters: [
        { Name: "Name", Value: "." },
        { Name: "MoveToFolder", Value: "RSS Feeds" },
      ],
      OriginatingServer: "VI1PR05MB7001 (15.20.8489.012)\r\n",
    }),
    auditAt(at(6), "HardDelete", {
      MailboxOwnerUPN: OWNER,
      AffectedItems: [{ Subject: "Invoice", InternetMessageId: "<2@fabrikam.example>" }, { Subject: "ü “quoted”" }],
    }),
    boundAt(at(7), "198.51.100.7", ["<1@fabrikam.example>"], { MailboxOwnerUPN: carla, UserId: carla }),
    boundAt(at(9), "192.0.2.1", ["<1@fabrikam.example>"], {
      Folders: [{ Path: "\\Archive", FolderItems: [{ InternetMessageId: "<1@fabrikam.example>" }] }],
    }),
    auditAt(at(8), "AttachmentAccess", {
      MailboxOwnerUPN: OWNER,
      Item: { InternetMessageId: "<1@fabrikam.example>", Attachments: "a (1).pdf (8192b)" },
    }),
  ];
}

/** `5/18/2021 9:13:33 PM`, as Search-UnifiedAuditLog's column has a time. */
function creationDate(record: AuditRecordExample): string {
  const [date = "", time = ""] = String(record["CreationTime"]).split("T");
  const [year, month, day] = date.split("-").map(Number);
  const [hour = 0, ...rest] = time.split(":");
  return `${month}/${day}/${year} ${Number(hour) % 12 || 12}:${rest.join(":")} ${Number(hour) < 12 ? "AM" : "PM"}`;
}

function searchCsv(list: readonly AuditRecordExample[]): string {
  const rows = list.map((record) => ({
    PSComputerName: "outlook.office365.com",
    RunspaceId: "33333333-3333-4333-8333-333333333333",
    PSShowComputerName: "False",
    RecordType: "ExchangeItem",
    CreationDate: creationDate(record),
    UserIds: record["UserId"],
    Operations: record["Operation"],
    AuditData: JSON.stringify(record),
    ResultIndex: "1",
    ResultCount: String(list.length),
    Identity: record["Id"],
    IsValid: "True",
    ObjectState: "Unchanged",
  }));
  const text = stringify(rows, { header: true, quoted: true, record_delimiter: "\r\n" });
  return `\uFEFF#TYPE Deserialized.Microsoft.Exchange.Data.ApplicationLogic.UnifiedAuditLogEvent\r\n${text}`;
}

function ndjson(list: readonly AuditRecordExample[]): string {
  return list.map((record) => `${JSON.stringify(record)}\n`).join("");
}

const SHAPES: Readonly<
  Record<string, (list: readonly AuditRecordExample[]) => Readonly<Record<string, string | Buffer>>>
> = {
  "Search-UnifiedAuditLog": (list) => ({ "a.csv": searchCsv(list) }),
  lines: (list) => ({ "a.ndjson": ndjson(list) }),
  "a list": (list) => ({ "a.json": JSON.stringify(list, undefined, 2) }),
  "lines in gzip": (list) => ({ "a.ndjson.gz": gzipSync(ndjson(list)) }),
  "a CSV in gzip": (list) => ({ "a.csv.gz": gzipSync(searchCsv(list)) }),
  "lists one behind the other": (list) => ({
    "a.json": `${JSON.stringify(list.slice(0, 4))}${JSON.stringify(list.slice(4))}`,
  }),
  "newest first": (list) => ({ "a.csv": searchCsv(list.toReversed()) }),
  "two files that overlap": (list) => ({
    "a.csv": searchCsv(list.slice(0, 6)),
    "b.ndjson": ndjson(list.slice(3)),
  }),
  "two files that say the same": (list) => ({ "a.ndjson": ndjson(list), "b.csv": searchCsv(list) }),
};

const TABLES = [
  "findings",
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
  "mailbox-access",
  "timeline",
  "coverage",
] as const;

/** What tables say, but for where in the evidence it stands: places name files and rows of one shape. */
function told(bundle: Bundle): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(
    TABLES.map((table) => [
      table,
      bundle
        .rows(table)
        .map(({ "Source File": _file, "Source Row": _row, Evidence: _evidence, Metadata: _metadata, ...cells }) =>
          JSON.stringify(cells),
        )
        .toSorted(),
    ]),
  );
}

describe("the same records in any shape", () => {
  const list = records();
  const rows = 13;

  test.each(Object.entries(SHAPES))("%s", async (_name, write) => {
    const wanted = await parseFiles(folder, { "a.json": JSON.stringify(list) });
    const bundle = await parseFiles(folder, write(list));
    expect(told(bundle)).toEqual(told(wanted));
    // A Bind of two messages and a deletion of two are two rows each.
    expect(bundle.rows("timeline")).toHaveLength(list.length + 2);
    expect(bundle.manifest.totals).toMatchObject({ parsed: list.length, rejected: 0, mailboxes: 2 });
    const { inputs } = bundle.manifest;
    expect(inputs.reduce((sum, input) => sum + input.rows - input.duplicates, 0)).toBe(list.length);
  });

  test("records of two files are counted once, in the file that is read first", async () => {
    const write = SHAPES["two files that overlap"];
    if (write === undefined) throw new Error("no such shape");
    const bundle = await parseFiles(folder, write(list));
    expect(bundle.manifest.inputs.map((input) => [input.path, input.format, input.rows, input.duplicates])).toEqual([
      ["a.csv", "audit-csv", 6, 0],
      ["b.ndjson", "audit-json", 7, 3],
    ]);
    const twice = bundle.rows("timeline").filter((row) => row["Type"] === "HardDelete");
    expect(twice.map((row) => `${row["Source File"]}:${row["Source Row"]}`)).toEqual(["b.ndjson:4", "b.ndjson:4"]);
    const kept = await parseFiles(folder, write(list), { keepDuplicates: true });
    expect(kept.manifest.totals).toMatchObject({ rows, parsed: rows, duplicates: 0 });
  });

  test("two records of one Id that say different things are both kept", async () => {
    const [first] = list;
    const other = { ...first, Operation: "UserLoginFailed" };
    const bundle = await parseFiles(folder, { "a.json": JSON.stringify([first, other, { ...first, Version: 1 }]) });
    expect(bundle.manifest.totals).toMatchObject({ rows: 3, parsed: 2, duplicates: 1 });
    expect(bundle.rows("logon-activity").map((row) => row["Logon Type"])).toEqual(["UserLoggedIn", "UserLoginFailed"]);
  });
});

/** Lines that are no record, whatever stands around them. */
const DAMAGED = [
  "no record at all",
  '{"CreationTime":"2026-03-10T10:00:00","Operation":"Send"',
  '{"Foo":"bar"}',
  '"2026-03-10"',
  "][",
  "ü \u{1f600} halb",
];

describe("accounting of damaged audit logs", () => {
  const part = fc.tuple(
    fc.constantFrom("record" as const, "record" as const, "damaged" as const),
    fc.nat(),
    fc.constantFrom(...DAMAGED),
  );

  test("every whole record is there once, whatever stands between, and every row is accounted for", async () => {
    const list = records();
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(part, { minLength: 1, maxLength: 20 }), { minLength: 1, maxLength: 2 }),
        async (inputs) => {
          const times = new Set<unknown>();
          const files: Record<string, string> = {};
          let written = 0;
          for (const [file, parts] of inputs.entries()) {
            // What a file is, its first record says.
            const first = signInAt(`2026-03-09T10:00:0${file}Z`, "192.0.2.1");
            times.add(first["CreationTime"]);
            const lines = [JSON.stringify(first)];
            written++;
            for (const [kind, pick, damaged] of parts) {
              const record = list[pick % list.length];
              if (record === undefined) throw new Error("no record to write");
              if (kind === "record") {
                times.add(record["CreationTime"]);
                written++;
              }
              lines.push(kind === "record" ? JSON.stringify(record) : damaged);
            }
            files[`${String.fromCharCode(97 + file)}.ndjson`] = `${lines.join("\n")}\n`;
          }
          const bundle = await parseFiles(folder, files, { tables: new Set(["timeline", "rejects"]) });
          const { inputs: accounts, totals } = bundle.manifest;
          for (const { rows, parsed, rejected, duplicates, filtered } of accounts) {
            expect(parsed + rejected + duplicates + filtered).toBe(rows);
          }
          // Each record has a time of its own.
          expect(totals).toMatchObject({ parsed: times.size, duplicates: written - times.size });
          const timeline = bundle.rows("timeline");
          expect(new Set(timeline.map((row) => `${row["Date"]}T${row["Time"]}`))).toEqual(times);
          const places = new Set(timeline.map((row) => `${row["Source File"]}:${row["Source Row"]}`));
          expect(places.size).toBe(totals.parsed);
          expect(bundle.rows("rejects")).toHaveLength(totals.rejected);
          for (const row of bundle.rows("rejects")) {
            const raw = Buffer.from(row["Raw"] ?? "");
            const text = Buffer.from(files[row["Source File"] ?? ""] ?? "");
            const offset = Number(row["Byte Offset"]);
            expect(places.has(`${row["Source File"]}:${row["Source Row"]}`)).toBe(false);
            if (!row["Raw"]?.includes("\\n")) expect(text.subarray(offset, offset + raw.length).equals(raw)).toBe(true);
          }
        },
      ),
      { numRuns: 40, seed: 20260310 },
    );
  });

  test("bytes lost anywhere in a file are lost for their records alone, and the sum still holds", async () => {
    const list = records();
    const texts = { "a.csv": searchCsv(list), "a.ndjson": ndjson(list) };
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom("a.csv" as const, "a.ndjson" as const),
        fc.nat(),
        fc.integer({ min: 1, max: 60 }),
        async (name, at, length) => {
          const text = texts[name];
          // The first lines stay whole: they say what the file is.
          const first = text.indexOf("\n", text.indexOf("\n", text.indexOf("\n") + 1) + 1) + 1;
          const from = first + (at % (text.length - first));
          const bundle = await parseFiles(folder, { [name]: text.slice(0, from) + text.slice(from + length) });
          const [input] = bundle.manifest.inputs;
          if (input === undefined) throw new Error("no input");
          const { rows, parsed, rejected, duplicates, filtered } = input;
          expect(parsed + rejected + duplicates + filtered).toBe(rows);
          expect(parsed).toBeGreaterThan(0);
          const printed = new Set(bundle.rows("timeline").map((row) => row["Source Row"]));
          expect(printed.size).toBe(parsed);
        },
      ),
      { numRuns: 40, seed: 20260311 },
    );
  });
});
