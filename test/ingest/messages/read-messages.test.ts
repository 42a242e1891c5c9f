import { createHash } from "node:crypto";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { InputError } from "../../../src/ingest/evidence/input-error.ts";
import { messageKey } from "../../../src/ingest/messages/message-record.ts";
import { type MessageOptions, readMessages } from "../../../src/ingest/messages/read-messages.ts";
import { temporaryFolder } from "../evidence/support.ts";

const workDir = temporaryFolder();

/** Writes files into a folder of their own and reads it. */
async function read(files: Readonly<Record<string, string | Uint8Array>>, options?: MessageOptions) {
  const root = temporaryFolder();
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(join(root, name, ".."), { recursive: true });
    writeFileSync(join(root, name), content);
  }
  const { byId, ...rest } = await readMessages([root], workDir, options);
  return { ...rest, byId, messages: [...byId.values()].flat() };
}

const EML = [
  "Received: from b.outlook.example by a.outlook.example; Mon, 4 Jun 2018 08:00:05 +0000",
  "Authentication-Results: spf=pass (sender IP is 192.0.2.7)",
  " smtp.mailfrom=fabrikam.example; contoso.example; dkim=none (message not signed)",
  "\theader.d=none;dmarc=fail action=none header.from=contoso.example;",
  "Authentication-Results: dmarc=pass; dkim=pass header.d=contoso.example",
  "Return-Path: <bounce@fabrikam.example>",
  "From: =?UTF-8?Q?J=C3=BCrgen_CFO?= <juergen@contoso.example>",
  "Sender: assistant@fabrikam.example",
  'Reply-To: "CFO" <cfo@evil.example>, second@evil.example',
  "To: Team: Anna <anna@contoso.example>, bob@contoso.example;, carl@contoso.example",
  "Cc: Dora <dora@contoso.example>, BOB@contoso.example",
  "Subject: =?UTF-8?B?w5xiZXJ3ZWlzdW5n?=",
  " =?UTF-8?Q?_dringend?=",
  "Date: Mon, 4 Jun 2018 10:00:00",
  "Message-ID:",
  " <Mail-1@FABRIKAM.example>",
  "MIME-Version: 1.0",
  'Content-Type: multipart/mixed; boundary="b1"',
  "",
  "--b1",
  "Content-Type: text/plain",
  "",
  "Authentication-Results: not a header; dmarc=pass",
  "--b1",
  "Content-Type: application/pdf",
  "Content-Disposition: attachment; filename*=utf-8''Rechnung%20f%C3%BCr%20Juni.pdf",
  "",
  "x",
  "--b1",
  "Content-Type: message/rfc822",
  "",
  "From: inner@evil.example",
  "Message-ID: <inner@evil.example>",
  "",
  "inner",
  "--b1--",
  "",
].join("\r\n");

const guessed = (file: string) =>
  `${file}: Not UTF-8: taken for Windows-1252; of another code page all letters beyond ASCII are wrong.`;

const RESULTS =
  "spf=pass smtp.mailfrom=a.example; dkim=pass header.d=a.example;dmarc=pass action=none header.from=a.example";

function graph(id: string, more: Readonly<Record<string, unknown>> = {}) {
  return {
    "@odata.etag": "W/1",
    id: "AAMk=",
    internetMessageId: id,
    subject: "Invoice",
    from: { emailAddress: { name: "Ann", address: "ann@a.example" } },
    ...more,
  };
}

describe("an .eml file", () => {
  test("is read with its headers decoded and its topmost results", async () => {
    const { byId, files, problems, conflicts } = await read({ "m.eml": EML });
    expect([problems, conflicts]).toEqual([[], []]);
    const sha256 = createHash("sha256").update(EML).digest("hex");
    expect(files).toEqual([{ path: "m.eml", bytes: Buffer.byteLength(EML), sha256, messages: 1 }]);
    expect([...byId.keys()]).toEqual(["mail-1@fabrikam.example"]);
    const { authentication, ...message } = byId.get("mail-1@fabrikam.example")![0]!;
    expect(message).toEqual({
      kind: "message",
      internetMessageId: "<Mail-1@FABRIKAM.example>",
      subject: "Überweisung dringend",
      from: { name: "Jürgen CFO", address: "juergen@contoso.example" },
      sender: { name: "", address: "assistant@fabrikam.example" },
      replyTo: [
        { name: "CFO", address: "cfo@evil.example" },
        { name: "", address: "second@evil.example" },
      ],
      to: [
        { name: "Anna", address: "anna@contoso.example" },
        { name: "", address: "bob@contoso.example" },
        { name: "", address: "carl@contoso.example" },
      ],
      recipients: "anna@contoso.example; bob@contoso.example; carl@contoso.example; dora@contoso.example",
      returnPath: "bounce@fabrikam.example",
      date: "Mon, 4 Jun 2018 10:00:00",
      received: "2018-06-04T08:00:05Z",
      attachments: ["Rechnung für Juni.pdf", "(unnamed message/rfc822)"],
      source: { file: "m.eml", entry: 1 },
      origin: "message m.eml",
    });
    expect(authentication).toMatchObject({ spf: "pass", dkim: "none", dmarc: "fail", authservId: "", problems: [] });
    expect(authentication.evidence).toHaveLength(1);
  });

  test("needs no name, and may start with a mark, blank lines or be Windows-1252", async () => {
    const text = "\r\nFrom: a@b.example\r\nMessage-ID: <1@b.example>\r\nSubject: caf\u00e9\r\n\r\nx";
    const { messages, problems } = await read({
      "1": `\uFEFF${text}`,
      "2.txt": Buffer.from(text.replace("<1@", "<2@"), "latin1"),
      "3.eml": "Return-Path: <>\nMessage-ID: <3@b.example>\nReply-To:\n\n",
    });
    expect(problems).toEqual([guessed("2.txt")]);
    expect(messages.map(({ subject }) => subject)).toEqual(["café", "café", ""]);
    expect(messages[2]).toMatchObject({ returnPath: "", from: { name: "", address: "" }, replyTo: [] });
  });

  test("whose text alone is not UTF-8 is nothing to speak of", async () => {
    const text = "From: a@b.example\nMessage-ID: <1@b.example>\nContent-Type: text/plain; charset=koi8-r\n\ncaf\u00e9";
    const { messages, problems } = await read({ "m.eml": Buffer.from(text, "latin1") });
    expect([messages.length, problems]).toEqual([1, []]);
  });

  test.each([
    ["encoded words", "=?us-ascii?Q?=3COne=40ex=2Eexample=3E?=", "<One@ex.example>"],
    ["two encoded words", "=?utf-8?q?=3COne=40ex?=\r\n =?utf-8?q?=2Eexample=3E?=", "<One@ex.example>"],
    ["a fold within", "<One@\r\n ex.example>", "<One@ex.example>"],
    ["a fold with a TAB in front", "\r\n\t<One@ex.example>", "<One@ex.example>"],
  ])("with an ID as %s", async (_name, value, id) => {
    const { byId } = await read({ "m.eml": `From: a@b.example\r\nMessage-ID: ${value}\r\n\r\n` });
    expect([...byId].map(([key, [message]]) => [key, message?.internetMessageId])).toEqual([["one@ex.example", id]]);
  });

  test.each([
    ["folded with a TAB", "Payment of\r\n\tthe invoice", "Payment of the invoice"],
    ["cut within a character, each part padded", "=?utf-8?B?4oI=?=\r\n =?UTF-8?b?rA==?= due", "€ due"],
    ["cut within a character", "=?utf-8?Q?=E2=82?=\r\n =?utf-8?Q?=AC?= due", "€ due"],
    ["of words that stand alone", "=?utf-8?B?w6k=?= =?utf-8?B?4oKs?= =?utf-8?B?/w==?=", "é€\ufffd"],
    [
      "of words that change their set of letters",
      "=?iso-2022-jp?B?GyRCRnwbKEI=?= =?iso-2022-jp?B?GyRCS1wbKEI=?=",
      "日本",
    ],
  ])("with a subject %s", async (_name, value, subject) => {
    const { messages } = await read({ "m.eml": `Message-ID: <1@x>\r\nSubject: ${value}\r\n\r\n` });
    expect(messages.map((message) => message.subject)).toEqual([subject]);
  });

  test("with headers that stand twice: everybody is a recipient, and what differs is named", async () => {
    const { messages, conflicts } = await read({
      "m.eml": [
        "From: Ann <a@x>",
        "From: Bob <b@x>",
        "To: c@x",
        "To: d@x, C@x",
        "Cc: e@x",
        "Cc: f@x",
        "Bcc: g@x",
        "Bcc: h@x",
        "Subject: Caf\u00e9",
        "Subject: =?utf-8?q?Caf=C3=A9?=",
        "Message-ID: <1@x>",
        "Message-ID: <2@x>",
        "",
        "",
      ].join("\n"),
    });
    expect(messages).toMatchObject([{ internetMessageId: "<1@x>", subject: "Café", from: { address: "a@x" } }]);
    expect(messages[0]?.recipients).toBe("c@x; d@x; e@x; f@x; g@x; h@x");
    expect(conflicts).toEqual([
      "<1@x>: m.eml has 2 different From headers; the topmost is used.",
      "<1@x>: m.eml has 2 different Message-ID headers; the topmost is used.",
    ]);
  });

  test("that turns out not to be UTF-8 far behind its beginning", async () => {
    const message = [
      "From: a@b.example",
      "Message-ID: <1@b.example>",
      "Content-Type: multipart/mixed; boundary=b",
      "",
      "x".repeat(5 << 20),
      "--b",
      "Content-Type: text/csv; name=caf\u00e9.csv",
      "",
      "--b--",
    ].join("\n");
    const { messages, problems, files } = await read({ "m.eml": Buffer.from(message, "latin1") });
    expect([messages[0]?.attachments, problems]).toEqual([["café.csv"], [guessed("m.eml")]]);
    expect(files[0]?.bytes).toBe(message.length);
  });

  test("without an ID, without headers, with parts too deep", async () => {
    let deep = "From: a@b.example\nMessage-ID: <1@b.example>\n";
    for (let at = 0; at < 300; at++) deep += `Content-Type: multipart/mixed; boundary="b${at}"\n\n--b${at}\n`;
    const { messages, problems } = await read({
      "1.eml": "From: a@b.example\nSubject: x\n\nbody",
      "2.eml": "Message-ID: <>\n\n",
      "3.txt": "Note: this is no message\n",
      "4.eml": deep,
      "5.eml": EML,
      "6.eml": "Message-ID: <00000000-0000-0000-0000-000000000000>\n\n",
    });
    expect(messages.map(({ source }) => source.file)).toEqual(["5.eml"]);
    expect(problems).toEqual([
      "1.eml has no Message-ID, or one that is blacked out, so that nothing can be joined with it.",
      "2.eml has no Message-ID, or one that is blacked out, so that nothing can be joined with it.",
      "3.txt has none of the headers of a message.",
      "4.eml cannot be read as a message: Maximum MIME nesting depth of 256 levels exceeded.",
      "6.eml has no Message-ID, or one that is blacked out, so that nothing can be joined with it.",
    ]);
  });
});

describe("message JSON", () => {
  test("of Graph", async () => {
    const message = graph("<1@a.example>", {
      sender: { emailAddress: { name: "S", address: "s@a.example" } },
      replyTo: [{ emailAddress: { name: "R", address: "r@evil.example" } }],
      toRecipients: [{ emailAddress: { name: "T", address: "t@a.example" } }, { emailAddress: null }],
      ccRecipients: [
        { emailAddress: { name: "C", address: "c@a.example" } },
        { emailAddress: { name: "T", address: "T@a.example" } },
      ],
      bccRecipients: [{ emailAddress: { name: "Team" } }],
      sentDateTime: "2018-06-04T08:00:00Z",
      receivedDateTime: "2018-06-04T08:00:05Z",
      attachments: [{ name: "a.pdf" }, { contentType: "image/png", name: null }],
      internetMessageHeaders: [
        { name: "Authentication-Results", value: RESULTS },
        { name: "Authentication-Results", value: "dmarc=fail" },
        { name: "Return-Path", value: "bounce@a.example" },
        { name: "X", value: null },
      ],
    });
    const { messages, problems } = await read({ "m.json": JSON.stringify(message, null, 2) });
    expect(problems).toEqual([]);
    const { authentication, ...rest } = messages[0]!;
    expect(rest).toEqual({
      kind: "message",
      internetMessageId: "<1@a.example>",
      subject: "Invoice",
      from: { name: "Ann", address: "ann@a.example" },
      sender: { name: "S", address: "s@a.example" },
      replyTo: [{ name: "R", address: "r@evil.example" }],
      to: [{ name: "T", address: "t@a.example" }],
      recipients: "t@a.example; c@a.example; Team",
      returnPath: "bounce@a.example",
      date: "2018-06-04T08:00:00Z",
      received: "2018-06-04T08:00:05Z",
      attachments: ["a.pdf", "(unnamed image/png)"],
      source: { file: "m.json", entry: 1 },
      origin: "message m.json:1",
    });
    expect(authentication).toMatchObject({ spf: "pass", dkim: "pass", dmarc: "pass" });
  });

  test("of Outlook REST, and with its fields left out", async () => {
    const page = {
      value: [
        {
          InternetMessageId: "<1@a.example>",
          Subject: "S",
          From: { EmailAddress: { Name: "Ann", Address: "ann@a.example" } },
          DateTimeReceived: "2018-06-04T08:00:05Z",
          Attachments: [{ Name: "a.pdf" }],
          InternetMessageHeaders: [{ Name: "authentication-results", Value: RESULTS }],
        },
        {
          InternetMessageHeaders: [
            { Name: "Message-Id", Value: " <2@a.example>" },
            { Name: "Subject", Value: "=?utf-8?q?=C3=A9?=" },
            { Name: "From", Value: "Bob <bob@a.example>" },
            { Name: "Reply-To", Value: "x@evil.example" },
          ],
        },
      ],
    };
    const { messages } = await read({ "m.json": JSON.stringify(page) });
    expect(messages).toMatchObject([
      {
        subject: "S",
        from: { name: "Ann", address: "ann@a.example" },
        received: "2018-06-04T08:00:05Z",
        attachments: ["a.pdf"],
        authentication: { dmarc: "pass" },
      },
      {
        internetMessageId: "<2@a.example>",
        subject: "é",
        from: { name: "Bob", address: "bob@a.example" },
        replyTo: [{ name: "", address: "x@evil.example" }],
        source: { entry: 2 },
      },
    ]);
  });

  test("with headers that stand twice", async () => {
    const internetMessageHeaders = [
      { name: "Subject", value: "One" },
      { name: "Subject", value: "Two" },
      { name: "To", value: "b@x" },
      { name: "To", value: "c@x" },
      { name: "Cc", value: "d@x" },
      { name: "Cc", value: "e@x" },
    ];
    const { messages, conflicts } = await read({
      "m.json": JSON.stringify([graph("<1@x>", { subject: undefined, internetMessageHeaders })]),
    });
    expect(messages).toMatchObject([{ subject: "One", recipients: "b@x; c@x; d@x; e@x" }]);
    expect(conflicts).toEqual([
      "<1@x>: m.json:1 has 2 different Subject headers; what its own field says, else the topmost, is used.",
    ]);
  });

  test("pages, lists, lines, and these in each other", async () => {
    const [a, b, c, d] = ["<a@x>", "<b@x>", "<c@x>", "<d@x>"].map((id) => JSON.stringify(graph(id)));
    for (const text of [
      `{"@odata.context":"c","value":[${a},${b},${c},${d}]}`,
      `[${a},${b},${c},${d}]`,
      `[{"value":[${a},${b}]},{"value":[${c},${d}]}]`,
      `${a}\n${b}\r\n\n${c}\n${d}\n`,
      `{"value":[${a},${b}]}\n{"value":[${c},${d}]}`,
      `\u001e${a}\n\u001e${b}\n\u001e${c}\n\u001e${d}\n`,
      `${a}\n[${b},${c}]\n${d}`,
    ]) {
      const { messages, problems, files } = await read({ "m.json": text });
      expect(messages.map(({ internetMessageId, source }) => [internetMessageId, source.entry])).toEqual([
        ["<a@x>", 1],
        ["<b@x>", 2],
        ["<c@x>", 3],
        ["<d@x>", 4],
      ]);
      expect([problems, files[0]?.messages]).toEqual([[], 4]);
    }
  });

  test("a bad message is named and keeps nobody from the others", async () => {
    const [a, b] = ["<a@x>", "<b@x>"].map((id) => JSON.stringify(graph(id)));
    const lines = await read({ "m.json": `${a}\n{"subject":\n"x"\n{"subject":"no id","x":1}\n${b}\n` });
    expect(lines.messages.map(({ source }) => source.entry)).toEqual([1, 5]);
    expect(lines.problems).toEqual([
      "m.json: line 2 is not JSON.",
      "m.json: entry 3 is no JSON object.",
      "m.json: entry 4 has no internetMessageId, or one that is blacked out (keys subject, x).",
    ]);
    const list = await read({
      "m.json": `{"value":[${a},null,7,{"internetMessageId":5},{"internetMessageId":"<>"},${b}]}`,
    });
    expect(list.messages.map(({ source }) => source.entry)).toEqual([1, 6]);
    expect(list.problems).toHaveLength(4);
  });

  test("a page that is cut off gives its whole messages", async () => {
    const page = JSON.stringify({ value: ["<a@x>", "<b@x>", "<c@x>"].map((id) => graph(id)) }, null, 1);
    const { messages, problems } = await read({ "m.json": page.slice(0, page.indexOf("<c@x>")) });
    expect(messages.map(({ internetMessageId }) => internetMessageId)).toEqual(["<a@x>", "<b@x>"]);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(/^m\.json: not JSON at byte \d+: the file ends inside a record\.$/);
  });

  test("many entries that are no messages end in a count", async () => {
    const { problems } = await read({
      "m.json": JSON.stringify(Array.from({ length: 150_000 }, () => ({ TimeStamp: "t" }))),
    });
    expect(problems).toHaveLength(21);
    expect(problems[20]).toBe("m.json: 149980 further entries could not be read as messages.");
  });

  test("keys of objects' own making do no harm", async () => {
    const text = `[{"__proto__":{"internetMessageId":"<p@x>"}},{"internetMessageId":"<__proto__>","from":{"emailAddress":[]},"replyTo":{}}]`;
    const { messages, problems } = await read({ "m.json": text });
    expect(messages).toMatchObject([
      { internetMessageId: "<__proto__>", from: { name: "", address: "" }, replyTo: [] },
    ]);
    expect(problems).toEqual([
      "m.json: entry 1 has no internetMessageId, or one that is blacked out (keys __proto__).",
    ]);
  });
});

describe("files", () => {
  test("that are no messages are named with what they are", async () => {
    const { problems, messages, files } = await read({
      "1.pdf": "%PDF-1.4\n",
      "2.eml": "",
      "3.json": "[]",
      "4.csv": "a,b\n1,2\n",
      "5.mbox": "From a@b Mon Jun  4 08:00:00 2018\nFrom: a@b\n\n",
      "6.json": "{oh",
      "7.bin": Buffer.alloc(300, 0),
    });
    expect(messages).toEqual([]);
    expect(files).toHaveLength(7);
    expect(problems).toEqual([
      "Expected an .eml file, message JSON or a message trace, but 1.pdf is a PDF.",
      "Expected an .eml file, message JSON or a message trace, but 2.eml is empty.",
      "3.json holds no message.",
      "Expected an .eml file, message JSON or a message trace, but 4.csv is CSV with the columns a, b.",
      "Expected an .eml file, message JSON or a message trace, but 5.mbox is an mbox file; export its messages one by one.",
      expect.stringMatching(/^6\.json: not JSON at byte 0: /),
      "Expected an .eml file, message JSON or a message trace, but 7.bin is binary data.",
    ]);
  });

  test("too long are not read", async () => {
    const { problems, messages } = await read({ "1.eml": EML, "2.eml": `${EML}more` }, { longestFile: EML.length });
    expect(messages).toHaveLength(1);
    expect(problems).toEqual([
      `2.eml has ${EML.length + 4} bytes, and a file of messages may have ${EML.length} at most; split it.`,
    ]);
  });

  test("in folders come in order, links once; gzip is unpacked", async () => {
    const root = temporaryFolder();
    mkdirSync(join(root, "a"));
    const eml = (id: string) => `Message-ID: <${id}>\nFrom: a@b.example\n\n`;
    writeFileSync(join(root, "b.eml"), eml("3"));
    writeFileSync(join(root, "a", "z.eml.gz"), gzipSync(eml("2")));
    writeFileSync(join(root, "Z.eml"), eml("1"));
    symlinkSync(root, join(root, "a", "loop"));
    const { byId, files, problems } = await readMessages([root], workDir);
    expect([...byId.keys()]).toEqual(["1", "2", "3"]);
    expect(files.map(({ path }) => path)).toEqual(["Z.eml", "a/z.eml.gz", "b.eml"]);
    expect(problems).toEqual([]);
  });

  test("that are damaged become problems; a path that is missing ends the run", async () => {
    const { problems, messages } = await read({ "1.gz": gzipSync("x").subarray(0, 8), "2.eml": EML });
    expect(messages).toHaveLength(1);
    expect(problems).toEqual([
      expect.stringMatching(
        /^Expected an \.eml file, message JSON or a message trace, but 1\.gz is a damaged gzip file\.$/,
      ),
    ]);
    await expect(readMessages([join(workDir, "missing")], workDir)).rejects.toBeInstanceOf(InputError);
  });

  test("a stopped run stops", async () => {
    const signal = AbortSignal.abort(new Error("enough"));
    await expect(read({ "m.eml": EML }, { signal })).rejects.toThrow("enough");
  });
});

describe("one message in two files", () => {
  const plain = graph("<M@x>");
  const withResults = graph("<m@X>", { internetMessageHeaders: [{ name: "Authentication-Results", value: RESULTS }] });

  test("the first counts", async () => {
    const { byId, conflicts, files } = await read({
      "1.json": JSON.stringify(withResults),
      "2.json": JSON.stringify(plain),
      "3.json": JSON.stringify({ ...withResults, subject: " INVOICE" }),
    });
    expect([...byId.values()]).toMatchObject([[{ source: { file: "1.json" } }]]);
    expect(files.map(({ messages }) => messages)).toEqual([1, 1, 1]);
    expect(conflicts).toEqual([]);
  });

  test("unless only a later one has results", async () => {
    const { byId, conflicts } = await read({ "1.json": JSON.stringify(plain), "2.json": JSON.stringify(withResults) });
    expect(byId.get("m@x")).toMatchObject([{ source: { file: "2.json" }, authentication: { dmarc: "pass" } }]);
    expect(conflicts).toEqual([]);
  });

  test("results that differ are another message's: none of them counts", async () => {
    const failed = [{ name: "Authentication-Results", value: RESULTS.replace("dmarc=pass", "dmarc=fail") }];
    const { byId, conflicts } = await read({
      "1.json": JSON.stringify(withResults),
      "2.json": JSON.stringify(graph("<m@x>", { internetMessageHeaders: failed })),
    });
    expect(byId.get("m@x")).toMatchObject([
      { source: { file: "1.json" }, authentication: { spf: "", dkim: "", dmarc: "" } },
    ]);
    expect(conflicts).toEqual(["<m@X>: 1.json:1 and 2.json:1 differ in DMARC; no result of theirs is used."]);
  });
});

describe("different messages of one id", () => {
  const one = graph("<m@x>");
  const forged = { ...one, from: { emailAddress: { address: "ann@evil.example" } } };
  const { from: _from, ...senderless } = one;
  const { subject: _subject, ...bare } = senderless;

  test("stay apart, and what tells less goes to the one that it fits", async () => {
    const other = { ...senderless, subject: "Other" };
    const { byId, conflicts } = await read({
      // In whatever order: this is the second message's.
      "1.json": JSON.stringify(other),
      "2.json": JSON.stringify(one),
      "3.json": JSON.stringify({ ...forged, subject: "Other" }),
    });
    expect(byId.get("m@x")).toMatchObject([
      { source: { file: "2.json" }, subject: "Invoice" },
      { source: { file: "1.json" }, subject: "Other", from: { address: "ann@evil.example" } },
    ]);
    expect(conflicts).toEqual([
      "<m@x>: 2.json:1 and 3.json:1 differ in subject, From; they are taken for different messages.",
    ]);
  });

  test("what fits several is none of them", async () => {
    const files = { "1.json": JSON.stringify(one), "2.json": JSON.stringify(forged), "3.json": JSON.stringify(bare) };
    const { byId, conflicts } = await read(files);
    expect(byId.get("m@x")).toMatchObject([{ source: { file: "1.json" } }, { source: { file: "2.json" } }]);
    expect(conflicts).toEqual([
      "<m@x>: 1.json:1 and 2.json:1 differ in From; they are taken for different messages.",
      "<m@x>: which of its messages 3.json:1 is cannot be told; it is not used.",
    ]);
  });
});

test("messageKey", () => {
  for (const id of [
    "<A@b.Example>",
    " a@B.example ",
    "< a@b.example >\r\n",
    "<a@\t b.example>",
    "=?utf-8?q?=3Ca=40b=2Eexample=3E?=",
  ]) {
    expect(messageKey(id)).toBe("a@b.example");
  }
  expect(messageKey("<a@b")).toBe("<a@b");
  expect(messageKey("<>")).toBe("");
});
