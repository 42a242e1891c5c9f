import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { attachmentNames, riskyAttachment } from "../../../src/enrich/senders/attachment-types.ts";

describe("attachmentNames", () => {
  test.each<readonly [string, readonly string[]]>([
    ["", []],
    ["  ", []],
    ["a.pdf", ["a.pdf"]],
    ["a.pdf:12345", ["a.pdf"]],
    ["a.pdf:12345|b c.docx:999", ["a.pdf", "b c.docx"]],
    ["a.pdf|b.docx", ["a.pdf", "b.docx"]],
    ["README:400", ["README"]],
    [":400", [":400"]],
    ["a.pdf (8192b)", ["a.pdf"]],
    ["a.pdf (8192b); b.docx (20480b)", ["a.pdf", "b.docx"]],
    ["report (final).pdf (8192b); x (1)(2).zip (3b)", ["report (final).pdf", "x (1)(2).zip"]],
    ["a; b.pdf (1b); c|d.pdf (2b)", ["a; b.pdf", "c|d.pdf"]],
    ['["a.pdf","b; c.exe"]', ["a.pdf", "b; c.exe"]],
    ['[{"Name":"a.pdf","ContentType":"application/pdf","Size":3},{"name":"b"}]', ["a.pdf", "b"]],
    ['{"Attachments":[{"FileName":"q.zip","Id":"1"}]}', ["q.zip"]],
    ['{"AttachmentName":"q.zip","Hash":"abc"}', ["q.zip"]],
    ['{"Size":3}', []],
    ["[1,null,true]", []],
    ['"a.pdf"', ["a.pdf"]],
    ["{not json.pdf", ["{not json.pdf"]],
    ["[draft] a.pdf:1|b.exe:2", ["[draft] a.pdf", "b.exe"]],
    ["a.pdf; b.exe", ["a.pdf", "b.exe"]],
    ["a.pdf:1;b.exe:2", ["a.pdf", "b.exe"]],
    ["a.pdf,b.exe", ["a.pdf", "b.exe"]],
    ["Smith, John; letter.pdf", ["Smith, John; letter.pdf"]],
    ["a.pdf\r\nb.exe", ["a.pdf", "b.exe"]],
    ["||", []],
  ])("%j names %j", (text, names) => {
    expect(attachmentNames(text)).toEqual(names);
  });

  const name = fc.stringMatching(/^[A-Za-z][A-Za-z0-9 ()_-]{0,10}[a-z]\.[a-z]{2,4}$/);

  test("what was written in a known form is read back", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(name, fc.nat()), { minLength: 1, maxLength: 5 }), (files) => {
        const names = files.map(([file]) => file);
        expect(attachmentNames(files.map(([file, size]) => `${file}:${size}`).join("|"))).toEqual(names);
        expect(attachmentNames(files.map(([file, size]) => `${file} (${size}b)`).join("; "))).toEqual(names);
        expect(attachmentNames(JSON.stringify(names))).toEqual(names);
        expect(attachmentNames(JSON.stringify(files.map(([Name, Size]) => ({ Size, Name }))))).toEqual(names);
      }),
    );
  });

  test("whatever is written, names are text of it", () => {
    const piece = fc.constantFrom("a", ".pdf", ":12", "|", ";", ",", " ", "(3b)", "(", "[", "{", '"', "\n", "\ud800");
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: "binary" }),
          fc.json(),
          fc.array(piece).map((pieces) => pieces.join("")),
        ),
        (text) => {
          for (const found of attachmentNames(text)) {
            expect(found).not.toBe("");
            expect(found).toBe(found.trim());
            if (!/^[[{"]/.test(text.trim())) expect(text).toContain(found);
            riskyAttachment(found);
          }
        },
      ),
      { numRuns: 1000 },
    );
  });

  test("long texts take no longer than they are", () => {
    const start = performance.now();
    for (const unit of ["(1", "(1b)", " ", "a.b;", ".1:1", "[", "{", "|", ";", "."]) {
      const long = unit.repeat(100_000);
      attachmentNames(`x${long}y`);
      attachmentNames(long);
      riskyAttachment(`x${long}y`);
    }
    expect(performance.now() - start).toBeLessThan(5_000);
  });
});

describe("riskyAttachment", () => {
  test.each(
    "exe scr pif com bat cmd js jse vbs vbe wsf hta lnk iso img vhd jar msi ps1 docm xlsm pptm ace r00".split(" "),
  )("%s is strong", (extension) => {
    expect(riskyAttachment(`invoice.${extension}`)).toMatchObject({ extension, strength: "strong" });
  });

  test.each("html htm shtml svg zip rar 7z".split(" "))("%s is medium", (extension) => {
    expect(riskyAttachment(`invoice.${extension}`)).toMatchObject({ extension, strength: "medium" });
  });

  test.each<readonly [string, string, string]>([
    ["a.pdf", "pdf", "weak"],
    ["A.PDF", "pdf", "weak"],
    ["a.ExE", "exe", "strong"],
    ["a.exe.", "exe", "strong"],
    ["a.exe . .", "exe", "strong"],
    ["a.e\u200bxe", "exe", "strong"],
    ["a. exe", "exe", "strong"],
    ["report.pdf.zip", "zip", "medium"],
    ["report.v2.pdf", "pdf", "weak"],
    ["invoice.doc.pdf", "pdf", "weak"],
    [".exe", "exe", "strong"],
  ])("%j is %s, %s", (name, extension, strength) => {
    expect(riskyAttachment(name)).toMatchObject({ extension, strength });
  });

  test.each([
    ["invoice.pdf.exe", "exe is disguised as pdf"],
    ["invoice.pdf        .exe", "exe is disguised as pdf"],
    ["invoice.pdf.html", "html is disguised as pdf"],
    ["photo.JPG.js", "js is disguised as jpg"],
    ["invoice_\u202excod.exe", "turns the reading direction, which hides its extension"],
    ["invoice_\u202exslx.txt", "turns the reading direction, which hides its extension"],
  ])("%j is strong: %s", (name, why) => {
    expect(riskyAttachment(name)).toMatchObject({ strength: "strong", why });
  });

  test.each([
    "",
    "exe",
    "note.txt",
    "a.docx",
    "a.xlsx",
    "archive.tar.gz",
    "exe.txt",
    "a.exe.txt",
    "a.executable",
    "a.7zz",
    "letter to exe",
    ".",
    "...",
    // Right-to-left marks are ordinary in Hebrew and Arabic names.
    "\u200fחשבון.txt",
  ])("%j is none", (name) => {
    expect(riskyAttachment(name)).toBeUndefined();
  });
});
