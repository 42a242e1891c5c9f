import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { messageKey } from "../../../src/ingest/messages/message-record.ts";
import { readMessages } from "../../../src/ingest/messages/read-messages.ts";
import { temporaryFolder } from "../evidence/support.ts";

/** Real messages lie beside the project where it is developed, and nowhere else. */
const FIXTURES = fileURLToPath(new URL("../../../../shared/data/mail-auth-fixtures", import.meta.url));

/** Read off the headers by eye: file, SPF, DKIM, DMARC, ARC, who says so. */
const EXPECTED = [
  ["arc-fail.eml", "neutral", "pass", "fail", "pass", "mx.google.com"],
  ["arc-fail3.eml", "neutral", "pass", "", "pass", "mx.google.com"],
  ["authtest.eml", "pass", "pass", "", "", "mx.google.com"],
  ["bimi.eml", "pass", "pass", "pass", "", "mx.google.com"],
  ["message1.eml", "", "", "", "", ""],
  ["message2.eml", "pass", "", "", "", "mx.ethereal.email"],
  ["message3.eml", "pass", "pass", "", "", "mx.google.com"],
  ["message4.eml", "", "pass", "", "", "uvn-67-33.tll01.zonevs.eu"],
  ["zbimi.eml", "pass", "pass", "pass", "", "mx.google.com"],
  ["zproov.eml", "pass", "pass", "", "", "zonemx.eu"],
];

describe.skipIf(!existsSync(FIXTURES))("real messages", () => {
  test("are read as their topmost headers say", async () => {
    const { byId, files, problems, conflicts } = await readMessages([FIXTURES], temporaryFolder());
    const messages = [...byId.values()].flat();
    expect(
      messages.map(({ source, authentication: { spf, dkim, dmarc, arc, authservId } }) => [
        source.file,
        spf,
        dkim,
        dmarc,
        arc,
        authservId,
      ]),
    ).toEqual(EXPECTED);
    // arc-fail2 and arc-pass2 are copies of arc-fail, arc-pass of arc-fail3, each with other signatures.
    expect(files.filter(({ messages }) => messages === 1)).toHaveLength(13);
    expect(conflicts).toEqual([
      "<20200820100827.811c518ff576ecea@mail.projectpending.com>: message2.eml has 2 different Subject headers; the topmost is used.",
      "<test1@srv.dev>: message4.eml has 2 different Subject headers; the topmost is used.",
    ]);
    expect(problems).toEqual(["Expected an .eml file, message JSON or a message trace, but NOTES.txt is plain text."]);
    expect(messages.flatMap(({ authentication }) => authentication.problems)).toEqual([]);

    const bimi = byId.get(messageKey("<781601ea-4983-dcc5-38f4-34ed00e88344@srv.dev>"))?.[0];
    expect(bimi).toMatchObject({
      subject: "Nodemailer is unicode friendly ✔1604667239916",
      from: { name: "Andris Reinman", address: "info@srv.dev" },
      sender: { address: "info=srv.dev@out.srv.dev" },
      returnPath: "bounce+2fa2ae.181d-andris.reinman=gmail.com@out.srv.dev",
    });
    expect(bimi?.authentication.dkimResults).toEqual([
      { result: "pass", domain: "out.srv.dev" },
      { result: "pass", domain: "eu.mailgun.org" },
    ]);
  });
});
