import fc from "fast-check";
import PostalMime from "postal-mime";
import { expect, test } from "vitest";
import { mimeOutline } from "../../../src/ingest/messages/mime-outline.ts";

const outlineOf = (text: string) => Buffer.from(mimeOutline(Buffer.from(text))).toString();

test("keeps headers and boundaries and drops the rest", () => {
  const lines = (...all: string[]) => all.join("\r\n");
  expect(
    outlineOf(
      lines(
        "Subject: x",
        " folded",
        "",
        "preamble",
        "--b",
        "A: 1",
        "",
        "text",
        "-- ",
        "sig",
        "",
        "y",
        "--b--",
        "z",
        "",
        "epilogue",
      ),
    ),
  ).toBe(lines("Subject: x", " folded", "", "--b", "A: 1", "", "-- ", "sig", "", "--b--", "z", "", ""));
  expect(outlineOf("")).toBe("");
  expect(outlineOf("A: 1")).toBe("A: 1");
  expect(outlineOf("\nbody\n--x")).toBe("\n--x");
});

test("has the headers and attachments of the whole message", async () => {
  const line = fc.constantFrom(
    "",
    "",
    "\r",
    "text",
    " ",
    "--",
    "--b",
    "--b ",
    "--b--",
    "--c",
    "--c--",
    "-- ",
    "Subject: a: b",
    "\tfolded",
    'Content-Type: multipart/mixed; boundary="b"',
    "Content-Type: multipart/digest; boundary=c",
    "Content-Type: application/pdf; name=a.pdf",
    "Content-Type: message/rfc822",
    "Content-Disposition: attachment; filename=b.txt",
    "Content-Transfer-Encoding: base64",
    "Content-Transfer-Encoding: quoted-printable",
    "QUJD",
  );
  const message = fc.tuple(
    fc.constantFrom("Content-Type: multipart/mixed; boundary=b\n", "Content-Type: multipart/digest; boundary=b\n", ""),
    fc.array(line, { maxLength: 30 }),
    fc.constantFrom("\n", "\r\n"),
  );
  const read = async (bytes: Uint8Array) => {
    const { headers, attachments } = await PostalMime.parse(bytes, { forceRfc822Attachments: true });
    return { headers, attachments: attachments.map(({ filename, mimeType }) => [filename, mimeType]) };
  };
  await fc.assert(
    fc.asyncProperty(message, async ([head, lines, lineEnd]) => {
      const bytes = Buffer.from(head + lines.join(lineEnd));
      expect(await read(mimeOutline(bytes))).toEqual(await read(bytes));
    }),
    { numRuns: 1000 },
  );
});
