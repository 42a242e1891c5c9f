import { describe, expect, test } from "vitest";
import { detectFormat } from "../../src/ingest/detect.ts";
import { openOne, temporaryFolder, zipOf } from "./evidence/support.ts";

const folder = temporaryFolder();

async function detect(content: Uint8Array | string) {
  const evidence = await openOne(folder, "input", content);
  try {
    return detectFormat(evidence);
  } finally {
    evidence.close();
  }
}

const HEADER =
  "TimeStamp,AppIdType,ActivityIdType,ActivityItemId,ActivityCreationTime,ClientSessionId,CustomProperties";
const ROW = `2018-01-01T00:00:12.9600000Z,Exchange,MessageDelivered,AAMk,2018-01-01T00:00:12Z,9adc,"{'A': 'b'}"`;
const RECORD = JSON.stringify({ TimeStamp: "2018-01-01T00:00:00Z", ActivityIdType: "Logon", CustomProperties: [] });

describe("detectFormat", () => {
  test.each([
    ["plain", `${HEADER}\n${ROW}\n`, HEADER.length + 1],
    ["with a byte order mark", `\ufeff${HEADER}\r\n${ROW}\r\n`, HEADER.length + 5],
    ["header only, no line end", HEADER, HEADER.length],
    ["blank lines first", `\r\n \n${HEADER}\n${ROW}\n`, HEADER.length + 5],
  ])("a retriever.py export: %s", async (_, text, dataStart) => {
    expect(await detect(text)).toEqual({
      format: "retriever-csv",
      found: "a retriever.py export",
      header: HEADER.split(","),
      headerless: false,
      dataStart,
    });
  });

  test("a header in any order, quoted, with columns of its own", async () => {
    const text = `"ActivityIdType", "TimeStamp","A ""b"", c"\n`;
    expect(await detect(text)).toMatchObject({ format: "retriever-csv", dataStart: text.length });
    expect((await detect(text)).header?.slice(0, 2)).toEqual(["ActivityIdType", "TimeStamp"]);
  });

  test.each([
    ["retriever-csv", `${HEADER}\n${ROW.replace("AAMk", "\0".repeat(40))}\n${ROW}\n`],
    ["activity-json", `${RECORD}\n${"\0".repeat(40)}\n${RECORD}\n`],
    ["unknown", `a,b\n${"\0".repeat(10)}some text that is not an export at all\n`],
    ["unknown", `{"a":1}\n${"\0".repeat(10)}some text that is not an export at all\n`],
  ])("a zeroed stretch leaves it %s", async (format, text) => {
    expect((await detect(text)).format).toBe(format);
  });

  test.each([
    ["a retriever.py export", `${HEADER}\r${ROW}\r${ROW}\r`],
    ["a retriever.py export", `${HEADER}\n${ROW}\r${ROW}\r\n`],
    [
      "a retriever.py export",
      `\r"TimeStamp","ActivityIdType"\r2018-01-01T00:00:00Z,Logon\r2018-01-01T00:00:01Z,Logon\r`,
    ],
    ["a retriever.py export without its header line", `${ROW}\r${ROW}\r`],
    ["a retriever.py export without its header line", `${ROW.replace(/^([^,]{16})[^,]*/, "$1Z")}\r${ROW}\r`],
    ["an audit log as CSV", "#TYPE x\rAuditData,Identity\r{},1\r{},2\r"],
  ])("%s whose lines end with CR alone is none that can be read", async (words, text) => {
    const found = `${words} whose lines end with CR alone: give it lines that end with LF or CR LF`;
    expect(await detect(text)).toEqual({ format: "unknown", found });
  });

  test.each([
    ["in a quoted cell", `${HEADER}\n${ROW.replace("AAMk", '"a\rb"')}`],
    ["in a cell, where lines end with LF", `${HEADER}\n${ROW.replace("AAMk", "a\rb")}\n${ROW}\n`],
    ["before CR LF", `${HEADER}\r\r\n${ROW}\r\r\n`],
    ["cut off from its LF", `${HEADER}\r\n${"x".repeat(65536 - HEADER.length - 3)}\r\n${ROW}\r\n`],
  ])("a CR is no line end %s", async (_, text) => {
    expect(await detect(text)).toMatchObject({ format: "retriever-csv", header: HEADER.split(",") });
  });

  test("a header line may end with CR alone", async () => {
    expect(await detect(`${HEADER}\r${ROW}\n`)).toMatchObject({
      format: "retriever-csv",
      dataStart: HEADER.length + 1,
    });
  });

  test("rows without a header", async () => {
    expect(await detect(`\n${ROW}\n${ROW}\n`)).toEqual({
      format: "retriever-csv",
      found: "a retriever.py export without its header line",
      header: HEADER.split(","),
      headerless: true,
      dataStart: 1,
    });
    expect((await detect(ROW.replace("Exchange", "Printer"))).format).toBe("unknown");
  });

  test.each([
    ["a page", `{"@odata.context":"x","value":[${RECORD}]}`],
    ["a list", ` [\n${RECORD}]`],
    ["lines", `${RECORD}\n${RECORD}\n`],
    ["behind a record separator", `\u001e${RECORD}\n`],
    ["a list of pages", `[{"value":[${RECORD}]}]`],
    ["a page without records", `{"@odata.context":"x","value":[]}`],
    ["a first record that is cut off", `{"value":[${RECORD.slice(0, -1)}`],
    ["a first record that is very long", `[{"TimeStamp":"x","CustomProperties":"${"y".repeat(3 << 20)}"}]`],
  ])("activity JSON: %s", async (_, text) => {
    expect((await detect(text)).format).toBe("activity-json");
  });

  test.each([
    ["", "empty", "nothing"],
    [" \r\n\n", "empty", "nothing"],
    ["[]", "empty", "an empty JSON list"],
    ["<!DOCTYPE html>\n<html></html>", "unknown", "an HTML page"],
    ["  <html lang='en'>", "unknown", "an HTML page"],
    [" <!-- a --> \n<!--\n-->\n<Body>", "unknown", "an HTML page"],
    ["<!-- a --><note/>", "unknown", "plain text"],
    ["<!-- <html>", "unknown", "plain text"],
    ['<?xml version="1.0"?><a/>', "unknown", "an XML document"],
    ["%PDF-1.7\n1 0 obj", "unknown", "a PDF"],
    ["a,b,c\n1,2,3\n", "unknown", "CSV with the columns a, b, c"],
    ["Date (UTC),Sender's mail address\n", "unknown", "CSV with the columns Date (UTC), Sender's mail address"],
    ["**Synthetic data:** a program made every name, message and record.\n\n# Case\n", "unknown", "plain text"],
    ["The first payment, due today.\n", "unknown", "plain text"],
    [
      HEADER.replaceAll(",", ";"),
      "unknown",
      "the columns of a retriever.py export, but separated by semicolons instead of commas",
    ],
    ['{"value":[{"Subject":"x","Id":1}]}', "unknown", "JSON without ActivityIdType (keys Subject, Id)"],
    ['{"error":{"code":"x"}}', "unknown", "JSON without ActivityIdType (keys error)"],
    ['{"a":"b', "unknown", "damaged JSON without ActivityIdType"],
    ["[section]\nkey=value\n", "unknown", "plain text"],
    ["Received: from x\nSubject: y\n", "unknown", "an e-mail message"],
    ["just words\n", "unknown", "plain text"],
    ["nul\u0000bytes", "unknown", "binary data"],
  ])("%j is %s: %s", async (text, format, found) => {
    expect(await detect(text)).toEqual({ format, found });
  });

  test.each([
    ["comments before no page", "<!--a-->\n".repeat(7000)],
    ["comments that nobody closes", "<!--".repeat(16_000)],
    ["line ends of the first Macs", "\r".repeat(64_000)],
    ["such line ends behind text, cut off", `${"x".repeat(100)}${"\r".repeat(64_000)}x${"y".repeat(9000)}`],
  ])("takes no time to speak of: %s", async (_, text) => {
    const start = performance.now();
    expect(await detect(`${text}<note/>`)).toEqual({ format: "unknown", found: "plain text" });
    expect(performance.now() - start).toBeLessThan(1000);
  });

  const AUDIT = JSON.stringify({ CreationTime: "2021-05-18T21:13:33", Operation: "Send", RecordType: 2, UserId: "x" });
  const COLUMNS = "RecordId,CreationDate,RecordType,Operation,UserId,AuditData";

  test.each([
    ["audit-csv", `${COLUMNS}\n`, COLUMNS.length + 1],
    ["audit-csv", `\ufeff#TYPE Selected.X\r\n"AuditData","Identity"\r\n`, 45],
    ["audit-csv", `sep=,\n${COLUMNS}\n`, COLUMNS.length + 7],
    ["audit-siem-csv", `${COLUMNS},_raw\n`, COLUMNS.length + 6],
    ["audit-siem-csv", `_time,_raw\n1,"${AUDIT.replaceAll('"', '""')}"\n`, 11],
    ["office-activity", "TimeGenerated [UTC],Operation,OfficeWorkload\n", 45],
    ["entra-audit", "TimeGenerated,OperationName,InitiatedBy\n", 40],
  ])("%s by the header of %j", async (format, text, dataStart) => {
    expect(await detect(text)).toMatchObject({ format, dataStart });
  });

  test.each([
    ["audit-json", AUDIT],
    ["audit-json", `[${AUDIT}`],
    ["audit-json", `{"took":1}\n{"host":"h"}\n${AUDIT}\n`],
    ["audit-json", `{"x":[${AUDIT},${AUDIT}]}`],
    ["audit-json", AUDIT.slice(0, -3)],
    ["audit-json", JSON.stringify({ AuditData: AUDIT }).slice(0, -3)],
    ["audit-json", JSON.stringify({ ...(JSON.parse(AUDIT) as object), x: "y".repeat(3 << 20) })],
    ["audit-siem-json", JSON.stringify({ result: { _raw: AUDIT } })],
    ["office-activity", '{"TimeGenerated":"t","Operation":"Send"}'],
    ["entra-audit", '{"OperationName":"o","TargetResources":"[]"}'],
    ["activity-json", `${RECORD}\n${AUDIT}\n`],
    ["unknown", '{"Operation":"Send"}'],
    ["unknown", '{"CreationTime":"t","UserKey":"k"}'],
    ["unknown", JSON.stringify({ _raw: "text" })],
    ["unknown", "_time,_raw\n1,text\n"],
    ["unknown", COLUMNS.replaceAll(",", ";")],
  ])("%s by the records of %.80j", async (format, text) => {
    expect((await detect(text)).format).toBe(format);
  });

  test("a table that is separated otherwise is named", async () => {
    expect((await detect(COLUMNS.replaceAll(",", ";"))).found).toBe(
      "the columns of an audit log, but separated by semicolons instead of commas",
    );
  });

  test("binary files by their first bytes", async () => {
    const book = zipOf([
      { name: "[Content_Types].xml", data: "<x/>" },
      { name: "xl/workbook.xml", data: "<x/>" },
    ]);
    expect(await detect(book)).toEqual({ format: "unknown", found: "an Office workbook (zip)" });
    const store = Buffer.concat([Buffer.from("!BDN"), Buffer.alloc(2000, 0x93), Buffer.alloc(2000)]);
    expect((await detect(store)).found).toBe("an Outlook data file (PST or OST)");
    const noise = Buffer.from(Array.from({ length: 5000 }, (_, at) => (at * 7919) % 256));
    expect((await detect(noise)).found).toBe("binary data");
  });

  test("an export in UTF-16 is judged by its text", async () => {
    expect(await detect(Buffer.from(`\ufeff${HEADER}\r\n`, "utf16le"))).toMatchObject({
      format: "retriever-csv",
      dataStart: HEADER.length + 2,
    });
  });
});
