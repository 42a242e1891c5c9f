import { parse } from "csv-parse/sync";
import { stringify } from "csv-stringify/sync";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { API_COLUMNS, csvColumns } from "../../../src/ingest/retriever-csv/columns.ts";
import { scanCsv } from "../../../src/ingest/retriever-csv/scan.ts";
import type { ActivityRecord } from "../../../src/model/record.ts";
import { textBytes } from "../../support/bytes.ts";

interface Scanned {
  readonly rows: string[][];
  readonly rejects: { raw: string; start: number; reason: string }[];
}

function fieldsOf(record: ActivityRecord): string[] {
  const { timeStamp, appIdType, activityIdType, activityItemId, activityCreationTime, clientSessionId } = record;
  const { raw } = record.properties;
  return [timeStamp, appIdType, activityIdType, activityItemId, activityCreationTime, clientSessionId, raw];
}

/** Scans data rows (no header) in blocks of a size that makes records cross their borders. */
function scan(content: string, blockSize = 64): Scanned {
  const bytes = Buffer.from(content, "utf8");
  const scanned: Scanned = { rows: [], rejects: [] };
  const sink = {
    record(record: ActivityRecord, start: number, length: number) {
      scanned.rows.push(fieldsOf(record));
      const text = bytes.toString("utf8", start, start + length);
      expect(parse(text, { record_delimiter: ["\r\n", "\n"] })).toHaveLength(1);
    },
    reject(start: number, length: number, reason: string) {
      scanned.rejects.push({ raw: bytes.toString("utf8", start, start + length), start, reason });
    },
  };
  for (const _position of scanCsv(textBytes(content), csvColumns(API_COLUMNS), 0, sink, blockSize));
  return scanned;
}

const ROW = "2018-06-20T07:36:00.0000000Z,Web,Logon,,,s,{}";

describe("the CSV scanner", () => {
  it("reads rows that end on a block's border, and the one without a line end", () => {
    for (let blockSize = 40; blockSize < 200; blockSize++) {
      expect(scan(`${ROW}\n${ROW}\n${ROW}`, blockSize).rows).toHaveLength(3);
      expect(scan(`${ROW}\n${ROW}\n${ROW}\n`, blockSize).rows).toHaveLength(3);
    }
  });

  it("takes LF and CRLF, and passes over blank lines", () => {
    const { rows, rejects } = scan(`${ROW}\r\n\r\n${ROW}\n\n\n${ROW}\r\n`);
    expect(rows.map((row) => row[6])).toEqual(["{}", "{}", "{}"]);
    expect(rejects).toEqual([]);
  });

  it("takes line ends inside a quoted field for text", () => {
    const cell = "{'Subject': 'one\ntwo\r\nthree'}";
    const { rows, rejects } = scan(`a,b,c,d,e,f,"${cell}"\n${ROW}\n`);
    expect(rows[0]?.[6]).toBe(cell);
    expect(rows).toHaveLength(2);
    expect(rejects).toEqual([]);
  });

  it("gives up the line with a quote that is never closed, and not those behind it", () => {
    const broken = `t,Web,Delete,,,s,"{'a': 'b`;
    const { rows, rejects } = scan(`${ROW}\n${broken}\n${ROW}\n${ROW}`);
    expect(rows).toHaveLength(3);
    expect(rejects).toEqual([
      { raw: broken, start: ROW.length + 1, reason: "not a CSV record: a quoted field is not closed" },
    ]);
  });

  it("does not let an open quote swallow the next row up to its quote", () => {
    const broken = `t,Web,Delete,,,s,"{'a': 'b'}`;
    const quoted = `t,Web,Move,,,s,"{'a': 'b', 'c': 'd'}"`;
    const { rows, rejects } = scan(`${broken}\n${quoted}\n${ROW}\n`);
    expect(rows.map((row) => row[2])).toEqual(["Move", "Logon"]);
    expect(rejects.map(({ raw }) => raw)).toEqual([broken]);
  });

  it.each([
    ["a,b,c", "3 fields instead of 7"],
    ["one", "1 field instead of 7"],
    [`${ROW},more`, "8 fields instead of 7"],
    [",Web,,,,,{}", "neither a TimeStamp nor an ActivityIdType"],
    [API_COLUMNS.join(","), "a repeated header line, as joining exports leaves it"],
    [`\ufeff${API_COLUMNS.join(", ")}`, "a repeated header line, as joining exports leaves it"],
    ['t,We"b,Logon,,,s,{}', "not a CSV record: a quote inside a plain field"],
    ['t,"Web"x,Logon,,,s,{}', "not a CSV record: text behind a closing quote"],
  ])("rejects %s with its reason", (line, reason) => {
    const { rows, rejects } = scan(`${ROW}\n${line}\n${ROW}\n`);
    expect(rows).toHaveLength(2);
    expect(rejects).toEqual([{ raw: line, start: ROW.length + 1, reason }]);
  });

  it.each([
    ["in another order", API_COLUMNS.toReversed().join(",")],
    [
      "with two of them exchanged",
      `TimeStamp,AppIdType,ActivityIdType,ClientSessionId,ActivityCreationTime,ActivityItemId,CustomProperties`,
    ],
    [
      "of other names",
      `\ufeffActivityIdType,TimeStamp,AppIdType,ActivityItemId,ActivityCreationTime,Mailbox,CustomProperties`,
    ],
  ])("does not read rows behind a header line with columns %s, up to the file's own", (_, header) => {
    const other = `Logon,2018-06-20T07:36:00Z,Web,,,s,{}`;
    const { rows, rejects } = scan(`${ROW}\n${header}\n${other}\n\n${ROW}\n${API_COLUMNS.join(",")}\n${ROW}\n`);
    expect(rows).toHaveLength(2);
    const behind = "behind a header line with other columns: give each export as a file of its own";
    expect(rejects.map(({ raw, reason }) => [raw, reason])).toEqual([
      [header, "a header line with other columns, as joining exports leaves it"],
      [other, behind],
      [ROW, behind],
      [API_COLUMNS.join(","), "a repeated header line, as joining exports leaves it"],
    ]);
  });

  const field = fc.oneof(
    fc.constantFrom("", "Web", "2018-06-20T07:36:00Z", "a,b", 'say "hi"', '"', '""', "\n", "\r\n", "x\ny", "ü", "😀"),
    fc.string({ unit: fc.constantFrom("a", ",", '"', "\n", "\r", "'", "é", "😀", " ", "\t") }),
  );
  const row = fc.tuple(field, field, field, field, field, field, field).filter(([time, , type]) => time + type !== "");

  /** Of several CRs in front of an LF csv-parse takes one for the line's end, and alicorn all. */
  const withoutReturns = (cell: string) => (/[",\n]/.test(cell) ? cell : cell.replace(/\r+$/, ""));

  it("reads what csv-stringify writes as csv-parse does", () => {
    fc.assert(
      fc.property(fc.array(row, { maxLength: 12 }), fc.integer({ min: 16, max: 300 }), (rows, blockSize) => {
        // csv-stringify leaves a lone CR unquoted, which is then no line end to csv-parse either.
        const content = stringify(rows, { record_delimiter: "\n" });
        const parsed: string[][] = parse(content, { record_delimiter: ["\r\n", "\n"], skip_empty_lines: true });
        const expected = parsed.map((cells) => [...cells.slice(0, -1), ...cells.slice(-1).map(withoutReturns)]);
        const { rows: scanned, rejects } = scan(content, blockSize);
        expect(rejects).toEqual([]);
        expect(scanned).toEqual(expected);
      }),
    );
  });

  it("accounts for every line of damaged text: what csv-parse takes whole is read, nothing is invented", () => {
    const piece = fc.constantFrom(ROW, "\n", "\n", '"', ",", "x", `t,Web,Move,,,s,"{'a': 'b'}"\n`, "\r\n");
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), fc.integer({ min: 16, max: 200 }), (pieces, blockSize) => {
        const content = pieces.join("");
        const small = scan(content, blockSize);
        expect(scan(content, 1 << 16)).toEqual(small);
        let strict: string[][] | undefined;
        try {
          strict = parse(content, { record_delimiter: ["\r\n", "\n"], skip_empty_lines: true });
        } catch {
          strict = undefined;
        }
        if (strict !== undefined && strict.every((fields) => fields.length === 7 && fields[0] !== "")) {
          expect(small.rows).toEqual(strict);
          expect(small.rejects).toEqual([]);
        }
      }),
    );
  });
});
