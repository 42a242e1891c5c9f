import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { messageFacts, messageSources } from "../../../src/ingest/messages/message-record.ts";
import { readMessages } from "../../../src/ingest/messages/read-messages.ts";
import { readTraceCsv } from "../../../src/ingest/messages/read-trace-csv.ts";
import { temporaryFolder } from "../evidence/support.ts";

/** Writes files into a folder of their own and reads it. */
async function read(files: Readonly<Record<string, string | Uint8Array>>) {
  const root = temporaryFolder();
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(join(root, name, ".."), { recursive: true });
    writeFileSync(join(root, name), content);
  }
  const { byId, ...rest } = await readMessages([root], root);
  return { ...rest, byId, messages: [...byId.values()].flat() };
}

type Found = Awaited<ReturnType<typeof read>>["messages"];

/** What a trace is read for: ID, subject, sender, recipients, time, place. */
function facts(messages: Found) {
  return messages.map((message) => {
    const { internetMessageId, subject, from, recipients, received } = messageFacts(message);
    return [internetMessageId, subject, from, recipients, received, message.origin];
  });
}

function quoted(cells: readonly string[]): string {
  return cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(",");
}

const NAMES = [
  "Organization",
  "MessageId",
  "Received",
  "SenderAddress",
  "RecipientAddress",
  "Subject",
  "Status",
  "ToIP",
  "FromIP",
  "Size",
  "MessageTraceId",
];

/** A row of Get-MessageTrace. */
function row(id: string, subject: string, to: string, received = "5/18/2021 9:13:33 PM"): string[] {
  const trace = "6b1f7a3e-0000-4000-8000-000000000001";
  const ips = ["", "192.0.2.7"];
  return ["contoso.example", id, received, "ann@fabrikam.example", to, subject, "Delivered", ...ips, "4711", trace];
}

const FIRST = ["<1@fabrikam.example>", "Invoice", "ann@fabrikam.example", "bob@contoso.example; carla@contoso.example"];

describe("Get-MessageTrace", () => {
  const rows = [
    row("<1@fabrikam.example>", "Invoice", "bob@contoso.example"),
    row("<2@fabrikam.example>", 'Re: "terms", and\r\nmore', "bob@contoso.example", "5/18/2021 9:14:00 PM"),
    row("<1@FABRIKAM.example>", "Invoice", "carla@contoso.example", "5/18/2021 9:13:31 PM"),
    row("<1@fabrikam.example> ", "Invoice", "Bob@Contoso.example", "5/18/2021 9:13:40 PM"),
  ];
  const expected = [
    [...FIRST, "2021-05-18T21:13:31Z", "message trace.csv:1"],
    [
      "<2@fabrikam.example>",
      'Re: "terms", and\r\nmore',
      "ann@fabrikam.example",
      "bob@contoso.example",
      "2021-05-18T21:14:00Z",
      "message trace.csv:2",
    ],
  ];
  const lines = [NAMES, ...rows].map(quoted);
  const type = "#TYPE Deserialized.Microsoft.Exchange.Management.FfoReporting.MessageTrace";

  test.each([
    ["CRLF", lines.join("\r\n")],
    ["LF and an end of line", `${lines.join("\n")}\n`],
    ["#TYPE", [type, ...lines, ""].join("\r\n")],
    ["a mark", `\uFEFF${[type, ...lines].join("\r\n")}`],
    ["UTF-16", Buffer.from(`\uFEFF${lines.join("\r\n")}`, "utf16le")],
    ["UTF-16, big-endian", Buffer.from(`\uFEFF${lines.join("\r\n")}`, "utf16le").swap16()],
    ["empty lines", `\r\n\r\n${lines.join("\r\n\r\n")}\r\n\r\n`],
    ["two exports in one file", [type, ...lines.slice(0, 3), type, lines[0], ...lines.slice(3)].join("\r\n")],
    [
      "semicolons and a German machine",
      [NAMES, ...rows]
        .map((cells) => cells.map((cell) => cell.replace("5/18/2021 9:1", "18.05.2021 21:1").replace(" PM", "")))
        .map((cells) => cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(";"))
        .join("\r\n"),
    ],
    [
      "columns in another order, only some of them, names in another case",
      [["subject", "MESSAGEID", "RecipientAddress", "Received", "senderaddress"]]
        .concat(rows.map((cells) => [5, 1, 4, 2, 3].map((at) => cells[at]!)))
        .map(quoted)
        .join("\n"),
    ],
  ])("with %s", async (_name, text) => {
    const { messages, problems, conflicts, files } = await read({ "trace.csv": text });
    expect(problems).toEqual([]);
    expect(conflicts).toEqual([]);
    expect(facts(messages)).toEqual(expected);
    expect(files.map((file) => file.messages)).toEqual([2]);
    expect(messages[0]).toMatchObject({
      kind: "trace",
      to: [{ address: "bob@contoso.example" }, { address: "carla@contoso.example" }],
      authentication: { spf: "", dkim: "", dmarc: "", evidence: [] },
      source: { file: "trace.csv", entry: 1 },
    });
  });

  test("with UTF-16 without a mark", async () => {
    const { messages, problems } = await read({ "trace.csv": Buffer.from(lines.join("\r\n"), "utf16le") });
    expect(facts(messages)).toEqual(expected);
    expect(problems).toEqual([expect.stringMatching(/^trace\.csv: No byte order mark: taken for UTF-16LE /)]);
  });

  test("with letters of another code page: said to be guessed", async () => {
    // A subject in Windows-1251: "Перевод".
    const subject = Buffer.from([0xcf, 0xe5, 0xf0, 0xe5, 0xe2, 0xee, 0xe4]).toString("latin1");
    const text = [NAMES, row("<1@a.example>", subject, "bob@contoso.example")].map(quoted).join("\r\n");
    const { messages, problems } = await read({ "trace.csv": Buffer.from(text, "latin1") });
    expect(messages[0]?.subject).toBe("Ïåðåâîä");
    expect(problems).toEqual([
      "trace.csv: Not UTF-8: taken for Windows-1252; of another code page all letters beyond ASCII are wrong.",
    ]);
  });

  test("fields that are not quoted", async () => {
    const text = [NAMES, row("<1@a.example>", 'The "new" terms', "bob@contoso.example")]
      .map((cells) => cells.join(","))
      .join("\n");
    const { messages, problems } = await read({ "trace.csv": text });
    expect(problems).toEqual([]);
    expect(messages[0]?.subject).toBe('The "new" terms');
  });
});

describe("other message traces", () => {
  test("the portal's enhanced summary, UTF-16", async () => {
    const text = [
      "origin_timestamp_utc,sender_address,recipient_status,message_subject,total_bytes,message_id,network_message_id",
      '2021-05-18T21:13:33.1234567Z,ann@fabrikam.example,"bob@contoso.example##Receive, Deliver;<carla@contoso.example>##Receive, Fail",Invoice,4711,<1@fabrikam.example>,6b1f',
      '2021-05-18T21:20:00Z,<>,"malformed",Undeliverable,1,<2@fabrikam.example>,6b20',
      "",
    ].join("\r\n");
    const { messages, problems } = await read({ "summary.csv": Buffer.from(`\uFEFF${text}`, "utf16le") });
    expect(problems).toEqual([]);
    expect(facts(messages)).toEqual([
      [...FIRST, "2021-05-18T21:13:33.1234567Z", "message summary.csv:1"],
      ["<2@fabrikam.example>", "Undeliverable", undefined, undefined, "2021-05-18T21:20:00Z", "message summary.csv:2"],
    ]);
  });

  test("the portal's extended report: a row an event, the earliest time counts", async () => {
    const names =
      "date_time_utc,client_ip,source,event_id,message_id,recipient_address,recipient_status,message_subject,sender_address,return_path,custom_data";
    const text = [
      names,
      '2021-05-18T21:13:35.5Z,,STOREDRIVER,DELIVER,<1@fabrikam.example>,carla@contoso.example,,,ann@fabrikam.example,bounce@fabrikam.example,"S:A=1, ""x"""',
      "2021-05-18T21:13:33.25Z,192.0.2.7,SMTP,RECEIVE,<1@fabrikam.example>,bob@contoso.example;carla@contoso.example,250 2.1.5,Invoice,ann@fabrikam.example,<bounce@fabrikam.example>,",
      "",
    ].join("\r\n");
    const { messages, problems } = await read({ "details.csv": text });
    expect(problems).toEqual([]);
    expect(facts(messages)).toEqual([
      [
        "<1@fabrikam.example>",
        "Invoice",
        "ann@fabrikam.example",
        "bob@contoso.example; carla@contoso.example",
        "2021-05-18T21:13:33.25Z",
        "message details.csv:1",
      ],
    ]);
    expect(messages[0]?.returnPath).toBe("bounce@fabrikam.example");
  });

  test("a tracking log of Exchange Server, and two of them in one file", async () => {
    const log = [
      "#Software: Microsoft Exchange Server",
      "#Version: 15.00.1104.000",
      "#Log-type: Message Tracking Log",
      "#Date: 2021-05-18T00:00:00.000Z",
      "#Fields: date-time,client-ip,source,event-id,message-id,recipient-address,recipient-status,message-subject,sender-address,return-path",
      "2021-05-18T21:13:30.000Z,,STOREDRIVER,NOTIFYMAPI,,,,,,",
      '2021-05-18T21:13:33.052Z,192.0.2.7,SMTP,RECEIVE,<1@fabrikam.example>,bob@contoso.example;carla@contoso.example,,"Invoice",ann@fabrikam.example,ann@fabrikam.example',
    ];
    const shorter = [
      "#Software: Microsoft Exchange Server",
      "#Fields: date-time,message-id,recipient-address,message-subject,sender-address",
      "2021-05-18T21:15:00.000Z,<2@fabrikam.example>,bob@contoso.example,#1 offer,ann@fabrikam.example",
    ];
    const { messages, problems } = await read({ "MSGTRK.LOG": [...log, ...shorter, ""].join("\r\n") });
    expect(problems).toEqual([
      "MSGTRK.LOG: row 1 has no message ID, or one that is blacked out, so that nothing can be joined with it.",
    ]);
    expect(facts(messages)).toEqual([
      [...FIRST, "2021-05-18T21:13:33.052Z", "message MSGTRK.LOG:2"],
      [
        "<2@fabrikam.example>",
        "#1 offer",
        "ann@fabrikam.example",
        "bob@contoso.example",
        "2021-05-18T21:15:00.000Z",
        "message MSGTRK.LOG:3",
      ],
    ]);
  });

  test("a tracking log with a log of another kind behind it", async () => {
    const log = [
      "#Fields: date-time,message-id,message-subject",
      "2021-05-18T21:13:33.052Z,<1@a.example>,Invoice",
      "#Fields: date-time,session-id,data",
      "2021-05-18T21:13:34.052Z,08DF,220 ready",
    ];
    const { messages, problems } = await read({ "both.log": log.join("\r\n") });
    expect(messages.map(({ internetMessageId }) => internetMessageId)).toEqual(["<1@a.example>"]);
    expect(problems).toEqual(["both.log: another kind of log follows row 1, which was not read."]);
  });

  test("Get-MessageTrackingLog, whose times have no zone and whose lists Export-Csv does not write", async () => {
    const text = [
      '"Timestamp","MessageId","Recipients","MessageSubject","Sender"',
      '"5/18/2021 11:13:33 PM","<1@fabrikam.example>","System.String[]","Invoice","ann@fabrikam.example"',
      '"5/18/2021 11:13:34 PM","<1@fabrikam.example>","bob@contoso.example, carla@contoso.example","Invoice","ann@fabrikam.example"',
    ].join("\r\n");
    const { messages, problems } = await read({ "log.csv": text });
    expect(problems).toEqual([
      'log.csv: 2 rows, the first of them row 1, have a time that cannot be read or whose time zone is not known ("5/18/2021 11:13:33 PM").',
    ]);
    expect(facts(messages)).toEqual([[...FIRST, undefined, "message log.csv:1"]]);
  });

  const objects = ["bob@contoso.example", "carla@contoso.example"].map((to, at) => ({
    MessageId: "<1@fabrikam.example>",
    Received: `2021-05-18T21:13:3${4 - at}.5`,
    SenderAddress: "ann@fabrikam.example",
    RecipientAddress: to,
    Subject: "Invoice",
    Size: 4711,
    ToIP: null,
  }));
  const [one, two] = objects.map((object) => JSON.stringify(object));

  test.each([
    ["a list", JSON.stringify(objects, null, 2)],
    ["a page", JSON.stringify({ "@odata.context": "x", value: objects })],
    ["lines", `${one}\r\n${two}\r\n`],
    ["UTF-16", Buffer.from(`\uFEFF${JSON.stringify(objects)}`, "utf16le")],
  ])("JSON: %s", async (_name, text) => {
    const { messages, problems } = await read({ "trace.json": text });
    expect(problems).toEqual([]);
    expect(facts(messages)).toEqual([[...FIRST, "2021-05-18T21:13:33.5Z", "message trace.json:1"]]);
  });

  test("JSON of Graph, of Windows PowerShell, of tracking logs, beside messages and rows that cannot be read", async () => {
    const [graph, shell, log] = [1, 2, 3].map((id) => `<${id}@fabrikam.example>`);
    const entries = [
      { id: "x", messageId: graph, receivedDateTime: "2021-05-18T21:13:33Z", recipientAddress: "b@x", subject: "S" },
      { MessageId: shell, Received: "/Date(1621372413000)/", SenderAddress: "a@x", Subject: "S" },
      { MessageId: shell, Received: { value: "/Date(1621372412000)/", DateTime: "x" }, SenderAddress: "a@x" },
      { MessageId: log, Timestamp: "2021-05-18T21:13:33", Recipients: ["b@x", "c@x"], MessageSubject: "S" },
      { internetMessageId: "<4@x>", subject: "message", messageId: "<5@x>", sender: {}, from: {} },
      { MessageId: 7, Subject: "S", SenderAddress: "a@x" },
      { MessageId: "<6@x>" },
      null,
    ];
    const { messages, problems } = await read({ "m.json": JSON.stringify(entries) });
    expect(facts(messages)).toEqual([
      ["<4@x>", "message", undefined, undefined, undefined, "message m.json:5"],
      [graph, "S", undefined, "b@x", "2021-05-18T21:13:33Z", "message m.json:1"],
      [shell, "S", "a@x", undefined, "2021-05-18T21:13:32.000Z", "message m.json:2"],
      [log, "S", undefined, "b@x; c@x", undefined, "message m.json:4"],
    ]);
    expect(problems).toEqual([
      "m.json: row 6 has no message ID, or one that is blacked out, so that nothing can be joined with it.",
      'm.json: row 4 has a time that cannot be read or whose time zone is not known ("2021-05-18T21:13:33").',
      "m.json: entry 7 has no internetMessageId, or one that is blacked out (keys MessageId).",
      "m.json: entry 8 is no JSON object.",
    ]);
  });
});

describe("what cannot be read", () => {
  const bob = "bob@contoso.example";
  const good = (id: number) => quoted(row(`<${id}@a.example>`, `s${id}`, bob));

  test("is a problem each and takes nothing else along", async () => {
    const text = [
      quoted(NAMES),
      good(1),
      `"contoso.example","<2@a.example>","not closed`,
      good(3),
      quoted(row("<4@a.example>", "s", bob).slice(0, 9)),
      good(5),
      `${good(6)},"more"`,
      `"a"b,${good(7)}`,
      good(8),
      quoted(row("<9@a.example>", "two\nlines", bob).slice(0, 9)),
      good(10),
      good(11).slice(0, 60),
    ].join("\r\n");
    const { messages, problems } = await read({ "trace.csv": text });
    expect(messages.map(({ source, subject }) => [source.entry, subject])).toEqual([
      [1, "s1"],
      [3, "s3"],
      [5, "s5"],
      [8, "s8"],
      // The two lines of the ninth row count as two.
      [11, "s10"],
    ]);
    expect(problems).toEqual([
      "trace.csv: row 2 is not CSV: a quoted field is not closed.",
      "trace.csv: row 4 has 9 fields instead of 11.",
      "trace.csv: row 6 has 12 fields instead of 11.",
      "trace.csv: row 7 is not CSV: text behind a closing quote.",
      "trace.csv: row 9 is not CSV: a quoted field is not closed.",
      "trace.csv: row 10 is not CSV: a quote inside a plain field.",
      "trace.csv: row 12 is not CSV: a quoted field is not closed.",
    ]);
  });

  test("a date that may be two", async () => {
    const rows = [
      row("<1@a.example>", "s", bob, "5/1/2021 9:13:33 PM"),
      row("<2@a.example>", "s", bob, "5/5/2021 9:13:33 PM"),
      row("<3@a.example>", "s", bob, "5/2/2021 9:13:33 PM"),
    ];
    const { messages, problems } = await read({ "trace.csv": [NAMES, ...rows.slice(0, 2)].map(quoted).join("\n") });
    expect(messages.map(({ received }) => received)).toEqual(["", "2021-05-05T21:13:33Z"]);
    expect(problems).toEqual([
      'trace.csv: row 1 has a time in which day and month may be either ("5/1/2021 9:13:33 PM").',
    ]);
    const decided = [NAMES, ...rows, row("<4@a.example>", "s", bob, "5/13/2021 1:00:00 AM")].map(quoted).join("\n");
    const second = await read({ "trace.csv": decided });
    expect(second.messages.map(({ received }) => received.slice(0, 10))).toEqual([
      "2021-05-01",
      "2021-05-05",
      "2021-05-02",
      "2021-05-13",
    ]);
    expect(second.problems).toEqual([]);
  });

  test("dates that lie near to each other in one order only prove nothing", async () => {
    // January 4 and April 6, as two exports that were put into one file may have.
    const dates = ["1/4/2021 10:00:00 AM", "4/6/2021 10:00:00 AM"];
    const [first = [], last = []] = dates.map((date, at) => row(`<${at}@a.example>`, "s", bob, date));
    for (const lines of [
      [NAMES, first, last],
      [NAMES, first, NAMES, last],
    ]) {
      const { messages, problems } = await read({ "trace.csv": lines.map(quoted).join("\n") });
      expect(messages.map(({ received }) => received)).toEqual(["", ""]);
      expect(problems).toEqual([
        'trace.csv: 2 rows, the first of them row 1, have a time in which day and month may be either ("1/4/2021 10:00:00 AM").',
      ]);
    }
  });

  test("the dates of one export do not tell the order of another in the same file", async () => {
    const lines = [
      NAMES,
      row("<1@a.example>", "s", bob, "5/18/2021 9:00:00 PM"),
      row("<2@a.example>", "s", bob, "5/1/2021 9:00:00 PM"),
      row("<3@a.example>", "s", bob, "5/2/2021 9:00:00 PM"),
      NAMES,
      row("<4@a.example>", "s", bob, "2/5/2021 21:00:00"),
      // Sure: May 1 is earlier than both June 5 and May 6.
      row("<2@a.example>", "s", bob, "5/6/2021 21:00:00"),
      // Not sure: February 5 would be earlier than May 2.
      row("<3@a.example>", "s", bob, "2/5/2021 21:00:00"),
      NAMES,
      row("<5@a.example>", "s", bob, "19/05/2021 21:00:00"),
      row("<6@a.example>", "s", bob, "6/5/2021 21:00:00"),
    ];
    const { messages, problems } = await read({ "trace.csv": lines.map(quoted).join("\n") });
    expect(messages.map(({ internetMessageId, received }) => [internetMessageId, received])).toEqual([
      ["<1@a.example>", "2021-05-18T21:00:00Z"],
      ["<2@a.example>", "2021-05-01T21:00:00Z"],
      ["<3@a.example>", ""],
      ["<4@a.example>", ""],
      ["<5@a.example>", "2021-05-19T21:00:00Z"],
      ["<6@a.example>", "2021-05-06T21:00:00Z"],
    ]);
    expect(problems).toEqual([
      'trace.csv: 3 rows, the first of them row 4, have a time in which day and month may be either ("2/5/2021 21:00:00").',
    ]);
  });

  test("of two ways to write dates in one export, what can be read in one way only is known", async () => {
    const lines = [
      NAMES,
      row("<1@a.example>", "s", bob, "5/18/2021 9:00:00 PM"),
      row("<2@a.example>", "s", bob, "19/05/2021 21:00:00"),
      row("<3@a.example>", "s", bob, "5/6/2021 21:00:00"),
    ];
    const { messages, problems } = await read({ "trace.csv": lines.map(quoted).join("\n") });
    expect(messages.map(({ received }) => received)).toEqual(["2021-05-18T21:00:00Z", "2021-05-19T21:00:00Z", ""]);
    expect(problems).toEqual([
      'trace.csv: row 3 has a time in which day and month may be either ("5/6/2021 21:00:00").',
    ]);
  });

  test("files that are no trace are refused with what they are", async () => {
    const { problems } = await read({
      "1.csv": "MessageTraceId,RecipientAddress,Event\n1,2,3\n",
      "2.csv": "MessageId,Size,Subject\n<1@x>,1,s\n",
      "3.log": "#Fields: date time cs-method\n2021-05-18 21:13:33 GET\n",
      "4.csv": "MessageId,Subject,SenderAddress\n",
    });
    expect(problems).toEqual([
      "Expected an .eml file, message JSON or a message trace, but 1.csv is CSV with the columns MessageTraceId, RecipientAddress, Event.",
      "Expected an .eml file, message JSON or a message trace, but 2.csv is CSV with the columns MessageId, Size, Subject.",
      "3.log has none of the headers of a message.",
      "4.csv holds no message.",
    ]);
  });
});

describe("one message in several places", () => {
  const trace = (...rows: readonly (readonly string[])[]) => [NAMES, ...rows].map(quoted).join("\r\n");
  const inFiles = (rows: readonly (readonly string[])[]) =>
    Object.fromEntries(rows.map((one, at) => [`${at}.csv`, trace(one)]));

  test("rows of a trace that contradict each other are different messages", async () => {
    const other = row("<1@a.example>", "Other", "eve@contoso.example");
    other[3] = "eve@evil.example";
    const rows = [row("<1@a.example>", "", "bob@contoso.example"), row("<1@a.example>", "One", "x@y"), other, other];
    const { byId, messages, conflicts } = await read({ "trace.csv": trace(...rows) });
    expect(byId.size).toBe(1);
    const received = "2021-05-18T21:13:33Z";
    expect(facts(messages)).toEqual([
      ["<1@a.example>", "One", "ann@fabrikam.example", "x@y; bob@contoso.example", received, "message trace.csv:1"],
      ["<1@a.example>", "Other", "eve@evil.example", "eve@contoso.example", received, "message trace.csv:3"],
    ]);
    expect(conflicts).toEqual([
      "<1@a.example>: trace.csv:1 and trace.csv:3 differ in subject, From; they are taken for different messages.",
    ]);
  });

  test.each([
    [0, 1, 2],
    [1, 0, 2],
    [1, 2, 0],
  ])(
    "a row without subject and sender is none's that is to be told apart, in whatever order: %i %i %i",
    async (...at) => {
      const rows = ["", "One", "Two"].map((subject, number) =>
        row("<1@a.example>", subject, `r${number}@contoso.example`).map((cell) =>
          subject === "" && cell === "ann@fabrikam.example" ? "" : cell,
        ),
      );
      const ordered = at.map((number) => rows[number] as string[]);
      const [one, ...files] = [await read({ "trace.csv": trace(...ordered) }), await read(inFiles(ordered))];
      expect(one.messages.map(({ recipients }) => recipients).toSorted()).toEqual([
        "r1@contoso.example",
        "r2@contoso.example",
      ]);
      expect(one.problems).toHaveLength(1);
      for (const { messages } of files) {
        expect(messages.map(({ recipients }) => recipients).toSorted()).toEqual([
          "r1@contoso.example",
          "r2@contoso.example",
        ]);
      }
    },
  );

  test("rows that differ in the envelope's sender alone stay apart, and that is not said", async () => {
    const rows = ["a", "b"].map((name) => {
      const [...cells] = row("<1@a.example>", "Minutes", `${name}@contoso.example`);
      cells[3] = `bounces+${name}=contoso.example@lists.example`;
      return cells;
    });
    const { messages, conflicts } = await read({ "trace.csv": trace(...rows) });
    expect(messages.map(({ subject, recipients }) => [subject, recipients])).toEqual([
      ["Minutes", "a@contoso.example"],
      ["Minutes", "b@contoso.example"],
    ]);
    expect(conflicts).toEqual([]);
  });

  test("a row that fits several of them is none's", async () => {
    const rows = ["One", "Two", "", "one "].map((subject, at) =>
      row("<1@a.example>", subject, `r${at}@contoso.example`),
    );
    const { messages, problems } = await read({ "trace.csv": trace(...rows) });
    expect(messages.map(({ recipients }) => recipients)).toEqual([
      "r0@contoso.example; r3@contoso.example",
      "r1@contoso.example",
    ]);
    expect(problems).toEqual([
      'trace.csv: row 3 has the ID of several different messages, and which of them cannot be told; not used ("<1@a.example>").',
    ]);
  });

  test("a message to many, each of them twice", async () => {
    const many = Array.from({ length: 3000 }, (_, at) => `r${at}@contoso.example`);
    const rows = [...many, ...many].map((to, at) => row("<1@a.example>", "s", at % 2 === 0 ? to : to.toUpperCase()));
    const { messages } = await read({ "trace.csv": trace(...rows) });
    expect(messages[0]?.recipients).toBe(many.map((to, at) => (at % 2 === 0 ? to : to.toUpperCase())).join("; "));
  });

  test("two traces have their recipients together, and both tell them", async () => {
    const { messages, conflicts } = await read({
      "1.csv": trace(row("<1@a.example>", "One", "bob@contoso.example")),
      "2.csv": trace(row("<1@A.example>", "One", "BOB@contoso.example"), row("<1@a.example>", "One", "x@y")),
    });
    expect(facts(messages)).toEqual([
      [
        "<1@a.example>",
        "One",
        "ann@fabrikam.example",
        "bob@contoso.example; x@y",
        "2021-05-18T21:13:33Z",
        "message 1.csv:1",
      ],
    ]);
    expect(messages.map(messageSources)).toEqual([
      [
        { origin: "message 1.csv:1", tells: ["subject", "from", "received", "recipients", "internetMessageId"] },
        { origin: "message 2.csv:1", tells: ["recipients"] },
      ],
    ]);
    expect(conflicts).toEqual([]);
  });

  test("the message itself counts before a trace, which adds what it does not say", async () => {
    const long = "x".repeat(300);
    const eml = `Message-ID: <1@a.example>\nFrom: Ann <ann@a.example>\nSubject: ${long}\n\nbody`;
    const { messages, conflicts } = await read({
      "1.csv": trace(row("<1@a.example>", long.slice(0, 256), "bob@contoso.example")),
      "2.eml": eml,
    });
    expect(facts(messages)).toEqual([
      ["<1@a.example>", long, "ann@a.example", "bob@contoso.example", "2021-05-18T21:13:33Z", "message 2.eml"],
    ]);
    expect(messages.map(messageSources)).toEqual([
      [
        { origin: "message 2.eml", tells: ["subject", "from", "internetMessageId"] },
        { origin: "message 1.csv:1", tells: ["received", "recipients"] },
      ],
    ]);
    expect(messages[0]?.kind).toBe("message");
    // The sender of a trace may be another one than that of the From header.
    expect(conflicts).toEqual([]);
  });
});

test("messageFacts", async () => {
  const eml = [
    "Message-ID:  <A@b.example> ",
    "From: Only a name <>",
    "Content-Type: application/pdf; name=a.pdf",
    "Content-Disposition: attachment",
    "",
    "x",
  ].join("\n");
  const { messages } = await read({ "m.eml": eml });
  expect(messages.map(messageFacts)).toEqual([
    {
      subject: undefined,
      from: "Only a name",
      received: undefined,
      recipients: undefined,
      folder: undefined,
      internetMessageId: "<A@b.example>",
      attachments: "a.pdf",
    },
  ]);
});

describe("properties", () => {
  const HOSTILE = [
    "__proto__",
    "constructor",
    "=cmd|'/c calc'!A0",
    "#TYPE x",
    "#Fields: a",
    "\u001b[2J",
    "\u2028",
    '"',
  ];
  const subjects = fc.oneof(
    fc.constantFrom(...HOSTILE),
    fc.string({
      unit: fc.constantFrom("a", ",", ";", '"', "\n", "\r\n", "#", "\t", "\u00e9", "\u{1f600}"),
      minLength: 1,
    }),
  );

  test("no message of 10,000 rows is lost, whatever its subject", () => {
    fc.assert(
      fc.property(
        fc.array(subjects, { minLength: 50, maxLength: 200 }),
        fc.boolean(),
        fc.constantFrom("\n", "\r\n"),
        fc.integer({ min: 1, max: 9 }),
        (texts, all, lineEnd, each) => {
          const cell = (text: string) => (all || /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
          const lines = ["Subject,MessageId,RecipientAddress"];
          const expected = new Map<string, { subject: string; recipients: string[] }>();
          for (let at = 0; at < 10_000; at++) {
            // Rows of one message lie apart.
            const number = at % Math.ceil(10_000 / each);
            const subject = texts[number % texts.length]!;
            // Export-Csv quotes everything; unquoted, a line that starts with #TYPE would be none of the rows.
            const shown = subject.startsWith("#TYPE ") ? `x${subject}` : subject;
            const known = expected.get(`<${number}@a>`) ?? { subject: shown, recipients: [] };
            known.recipients.push(`r${at}@b`);
            expected.set(`<${number}@a>`, known);
            lines.push([shown, `<${number}@a>`, `r${at}@b`].map(cell).join(","));
          }
          const { messages, problems } = readTraceCsv(Buffer.from(lines.join(lineEnd)), "t");
          expect(problems).toEqual([]);
          expect(
            messages.map(({ internetMessageId, subject, recipients }) => [internetMessageId, subject, recipients]),
          ).toEqual([...expected].map(([id, { subject, recipients }]) => [id, subject, recipients.join("; ")]));
        },
      ),
      { numRuns: 8 },
    );
  });

  test("damaged lines among the rows are counted and cost no other row", () => {
    // None of them, whatever is chosen, makes a record of three fields with another.
    const damage = fc.constantFrom('"', '"x', 'x"y', "a,b", '"a","b,c', "a,b,c,d", '"a"b,c');
    fc.assert(
      fc.property(fc.array(fc.option(damage), { minLength: 1, maxLength: 60 }), (plan) => {
        const lines = plan.map((bad, at) => bad ?? quoted([`s "${at}"`, `<${at}@a>`, `r${at}@b`]));
        const text = ["Subject,MessageId,RecipientAddress", ...lines].join("\n");
        const { messages, problems } = readTraceCsv(Buffer.from(text), "t");
        const kept = plan.flatMap((bad, at) => (bad === null ? [`<${at}@a>`] : []));
        const found = messages.map(({ internetMessageId }) => internetMessageId);
        expect(found.filter((id) => id.endsWith("@a>"))).toEqual(kept);
        expect(problems.length + found.length).toBe(plan.length);
      }),
    );
  });

  test("rows read together and rows read one by one are the same", () => {
    const text = fc.string({
      unit: fc.constantFrom("a", "<b@c>", ",", ",", '"', '""', "\n", "\r\n", "#"),
      maxLength: 60,
    });
    fc.assert(
      fc.property(text, (rows) => {
        const bytes = Buffer.from(`Subject,MessageId,Sender\n${rows}`);
        expect(readTraceCsv(bytes, "t")).toEqual(readTraceCsv(bytes, "t", 1));
      }),
      { numRuns: 2000 },
    );
  });
});
