import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { temporaryFolder } from "../evidence/support.ts";
import { auditedText, COMMON, factsIn, type Fields, readLog, SHAPES, shown } from "./support.ts";

const folder = temporaryFolder();

const BIND: Fields = {
  ...COMMON,
  ClientIPAddress: "192.0.2.7",
  ClientInfoString: "Client=OWA;Action=ViaProxy",
  ExternalAccess: false,
  LogonType: 0,
  MailboxGuid: "d0c5f8ae-9ed7-4e46-bfdf-ea1460f5a31b",
  MailboxOwnerUPN: "owner@contoso.example",
  OriginatingServer: "SRV1 (15.20.4200.000)\r\n",
  SessionId: "2be46662-a743-4a05-8744-c2f75f886512",
  OperationCount: 3,
  OperationProperties: [
    { Name: "MailAccessType", Value: "Bind" },
    { Name: "IsThrottled", Value: "False" },
  ],
  Folders: [
    {
      Id: "LgAA1",
      Path: "\\Inbox",
      FolderItems: [
        { Id: "RgAA1", InternetMessageId: "<One@contoso.example>", SizeInBytes: 44329 },
        { Id: "RgAA2", InternetMessageId: "<two@contoso.example>", SizeInBytes: 12 },
      ],
    },
    { Id: "LgAA2", Path: '\\Sent, "all"\\Größe', FolderItems: [{ InternetMessageId: "<three@contoso.example>" }] },
  ],
};

const SEND: Fields = {
  ...COMMON,
  Id: "7d9f0f4e-3c1b-4f2a-8d2e-000000000002",
  Operation: "Send",
  RecordType: 2,
  ClientIPAddress: "[2001:db8::1]:443",
  ClientInfoString: "Client=REST;;",
  Item: {
    Id: "RgAA9",
    Subject: "Q3, numbers",
    InternetMessageId: "<s@contoso.example>",
    Attachments: "a (1).pdf (8192b)",
  },
};

describe.each(SHAPES)("$name", ({ format, write }) => {
  test("is known by its content and read as the records that went in", async () => {
    const log = await readLog(folder, write([BIND, SEND]));
    expect(log.rejects).toEqual([]);
    expect(log.format).toBe(format);
    expect(log.records).toHaveLength(2);
    const [bind, send] = log.records.map((record) => factsIn(record).rows());
    expect(bind?.map((row) => row.properties.text("InternetMessageId"))).toEqual([
      "<One@contoso.example>",
      "<two@contoso.example>",
      "<three@contoso.example>",
    ]);
    expect(bind?.map((row) => row.properties.text("Folder"))).toEqual(["\\Inbox", "\\Inbox", '\\Sent, "all"\\Größe']);
    expect(bind?.map((row) => row.activityItemId)).toEqual(["RgAA1", "RgAA2", ""]);
    expect(bind?.map((row) => row.timeStamp)).toEqual(Array(3).fill("2021-05-18T21:13:33"));
    expect(factsIn(bind![0]!)).toMatchObject({ logonType: "owner", mailAccessType: "Bind", operationCount: 3 });
    expect(send).toHaveLength(1);
    expect(send?.[0]?.properties.text("Subject")).toBe("Q3, numbers");
    expect(factsIn(send![0]!)).toMatchObject({ address: "2001:db8::1", otherTime: "" });
  });
});

const LISTS = { Folders: [{ Path: "\\Inbox", FolderItems: [{ InternetMessageId: "<one@contoso.example>" }] }] };
const GRAPH = {
  id: "1",
  createdDateTime: "2021-05-18T21:13:33Z",
  operation: "MailItemsAccessed",
  userId: "100320001",
  userPrincipalName: "owner@contoso.example",
  service: "Exchange",
  clientIp: "192.0.2.7",
};

test.each([
  [
    "Purview's columns",
    `RecordId,CreationDate,RecordType,Operation,UserId,AuditData
1,2021-05-18T21:13:33.0000000Z,50,MailItemsAccessed,owner@contoso.example,"${JSON.stringify({ ...LISTS, ClientIP: "192.0.2.7", Workload: "Exchange" }).replaceAll('"', '""')}"
`,
  ],
  ["Graph's members", JSON.stringify({ value: [{ ...GRAPH, auditData: { ...LISTS, UserId: "" } }] })],
  [
    "Graph's members, which the record's own overrule",
    JSON.stringify({
      value: [
        {
          ...GRAPH,
          operation: "Send",
          userPrincipalName: "other@contoso.example",
          clientIp: "203.0.113.9",
          service: "x",
          auditData: {
            ...LISTS,
            CreationTime: "2021-05-18T21:13:33",
            Operation: "MailItemsAccessed",
            UserId: "owner@contoso.example",
            Workload: "Exchange",
            ClientIPAddress: "192.0.2.7",
          },
        },
      ],
    }),
  ],
])("what a record does not say, the export says beside it: %s", async (_name, written) => {
  const log = await readLog(folder, written);
  expect(log.rejects).toEqual([]);
  expect(log.records.map(({ timeStamp, activityIdType, appIdType }) => [timeStamp, activityIdType, appIdType])).toEqual(
    [["2021-05-18T21:13:33", "MailItemsAccessed", "Exchange"]],
  );
  const { user, mailbox, address, workload } = factsIn(log.records[0]!);
  expect({ user, mailbox, address, workload }).toEqual({
    user: "owner@contoso.example",
    mailbox: "owner@contoso.example",
    address: "192.0.2.7",
    workload: "Exchange",
  });
});

test("a SIEM's own fields say nothing of the record that it wraps", () => {
  const inner = JSON.stringify({ CreationTime: "2021-05-18T21:13:33", Operation: "Send" });
  expect(factsIn(auditedText(JSON.stringify({ userId: "siem", clientIp: "192.0.2.7", _raw: inner })))).toMatchObject({
    user: "",
    address: "",
  });
});

const text = fc.oneof(
  fc.constantFrom("", "a,b", '"', "\\", "x\ny", "<null>", "Größe 日本", "😀", "[1]", "{}", "NOT-FOUND", "__proto__"),
  fc.string({ maxLength: 8 }),
);
/** Texts that say something: an empty column of Sentinel's is one that the record does not have. */
const word = text.filter((value) => value !== "" && !/^\s*[[{]/.test(value));
const optional = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
const item = fc.record(
  { Id: text, InternetMessageId: text, Subject: text, SizeInBytes: fc.nat() },
  { requiredKeys: [] },
);
const record = fc.record({
  ...Object.fromEntries(Object.entries(COMMON).map(([name, value]) => [name, fc.constant(value)])),
  Operation: fc.constantFrom("MailItemsAccessed", "Send", "SoftDelete", "New-InboxRule", "UserLoggedIn", "Move "),
  UserId: word,
  ClientIPAddress: optional(fc.constantFrom("192.0.2.1", "[192.0.2.1]:80", "localhost", "host.example:1", "<null>")),
  ClientInfoString: optional(fc.constantFrom("Client=OWA;", "Client=POP3/IMAP4;Protocol=IMAP4", "x", "Client=;")),
  MailboxOwnerUPN: optional(word),
  ObjectId: optional(word),
  LogonType: optional(fc.constantFrom(0, "0", 1, "Delegated", 9)),
  ExternalAccess: optional(fc.constantFrom(true, false, "True", "False")),
  OperationProperties: optional(
    fc.array(
      fc.record({
        Name: fc.constantFrom("MailAccessType", "IsThrottled"),
        Value: fc.constantFrom("Sync", "Bind", "True"),
      }),
    ),
  ),
  Folders: optional(
    fc.array(fc.record({ Path: text, FolderItems: fc.array(item, { maxLength: 3 }) }), { maxLength: 3 }),
  ),
  AffectedItems: optional(fc.array(item, { maxLength: 3 })),
  Item: optional(item),
  Parameters: optional(fc.array(fc.record({ Name: fc.constantFrom("Identity", "Mailbox"), Value: text }))),
});

test("a record says the same in whatever shape it is written", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...SHAPES),
      fc.array(record, { minLength: 1, maxLength: 3 }),
      async (shape, made) => {
        const records = made.map((fields) => JSON.parse(JSON.stringify(fields)) as Fields);
        const log = await readLog(folder, shape.write(records));
        expect(log.rejects).toEqual([]);
        expect(log.format).toBe(shape.format);
        const rows = (read: readonly ReturnType<typeof auditedText>[]) =>
          read.map((one) => factsIn(one).rows().map(shown));
        const expected = rows(records.map((fields) => auditedText(JSON.stringify(fields))));
        expect(rows(log.records)).toEqual(expected);
      },
    ),
    { numRuns: 400 },
  );
});
