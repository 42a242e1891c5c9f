import { describe, expect, it } from "vitest";
import { parseActivityJson } from "../../src/ingest/activity-json/parse-record.ts";
import { API_COLUMNS, csvColumns } from "../../src/ingest/retriever-csv/columns.ts";
import { parseCsvRecord } from "../../src/ingest/retriever-csv/parse-record.ts";
import { RETRIEVER_CSV_BOM, retrieverCsvHeader, retrieverCsvLine } from "../../src/render/retriever-csv.ts";
import type { ActivityRecord } from "../../src/model/record.ts";

function recordOf(read: ActivityRecord | { problem: string }): ActivityRecord {
  if ("problem" in read) throw new Error(read.problem);
  return read;
}

const fromJson = (json: string) => recordOf(parseActivityJson(json));
const fromCsv = (line: string) => recordOf(parseCsvRecord(csvColumns(API_COLUMNS), line));

const FIELDS =
  `"TimeStamp":"2018-06-20T12:00:00Z","AppIdType":"Outlook","ActivityIdType":"ServerLogon",` +
  `"ActivityItemId":null,"ActivityCreationTime":"2018-06-20T12:00:01Z","ClientSessionId":"c1"`;
const START = "2018-06-20T12:00:00Z,Outlook,ServerLogon,,2018-06-20T12:00:01Z,c1,";

describe("retrieverCsvLine", () => {
  it("has retriever.py's header and byte order mark", () => {
    expect(retrieverCsvHeader()).toBe(API_COLUMNS.join(","));
    expect(Buffer.from(RETRIEVER_CSV_BOM)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
  });

  // The lines are what csv.DictWriter of Python 3.11 wrote of the same records, set up as in retriever.py.
  it.each<[string, string]>([
    [
      `{${FIELDS},"CustomProperties":[{"Name":"Result","Value":"Success"},{"Name":"ClientIP","Value":"203.0.113.7"}]}`,
      `${START}"{'Result': 'Success', 'ClientIP': '203.0.113.7'}"`,
    ],
    [
      String.raw`{${FIELDS},"CustomProperties":[{"Name":"Subject","Value":"it's"},{"Name":"From","Value":"say \"hi\""},{"Name":"Both","Value":"'\""},{"Name":"Path","Value":"C:\\x"}]}`,
      String.raw`${START}"{'Subject': ""it's"", 'From': 'say ""hi""', 'Both': '\'""', 'Path': 'C:\\x'}"`,
    ],
    [
      String.raw`{${FIELDS},"CustomProperties":[{"Name":"Subject","Value":"a\r\nb\tc\u0000\u007f\u0085\u00a0\u00ad\u200b\u2028\ufeff"},{"Name":"T","Value":"\u00e9\u20ac\ud83d\ude00\udb40\udc01\ud83d"}]}`,
      String.raw`${START}"{'Subject': 'a\r\nb\tc\x00\x7f\x85\xa0\xad\u200b\u2028\ufeff', 'T': 'é€😀\U000e0001\ud83d'}"`,
    ],
    [
      `{${FIELDS},"CustomProperties":[{"Name":"A","Value":"1"},{"Name":"B","Value":"2"},{"Name":"A","Value":"3"}]}`,
      `${START}"{'A': '3', 'B': '2'}"`,
    ],
    [
      `{${FIELDS},"CustomProperties":[{"Name":"None","Value":null},{"Name":"Yes","Value":true},{"Name":"No","Value":false},{"Name":"N","Value":12345678901234567890},{"Name":"L","Value":["a",1]},{"Name":"D","Value":{"k":"v"}},{"Name":"E","Value":""}]}`,
      `${START}"{'None': None, 'Yes': True, 'No': False, 'N': 12345678901234567890, 'L': ['a', 1], 'D': {'k': 'v'}, 'E': ''}"`,
    ],
    [`{${FIELDS},"CustomProperties":[]}`, START],
    [`{${FIELDS},"CustomProperties":null}`, START],
    [
      String.raw`{"TimeStamp":"t,1","AppIdType":" a\"b ","ActivityIdType":"line\nend","ActivityItemId":"it's","ActivityCreationTime":"#","ClientSessionId":"","Other":"left out","CustomProperties":[{"Name":"","Value":""}]}`,
      `"t,1"," a""b ","line\nend",it's,#,,{'': ''}`,
    ],
    [`{"TimeStamp":"2018-06-20T12:00:00Z","ActivityIdType":"Reply"}`, "2018-06-20T12:00:00Z,,Reply,,,,"],
  ])("writes %s as Python does", (json, line) => {
    expect(retrieverCsvLine(fromJson(json))).toBe(line);
  });

  it("quotes a lone CR, as Python does since 3.11.9", () => {
    expect(retrieverCsvLine(fromJson(String.raw`{"TimeStamp":"a\rb"}`))).toBe('"a\rb",,,,,,');
  });

  it("writes a lone surrogate of a plain column as its escape", () => {
    expect(retrieverCsvLine(fromJson(String.raw`{"TimeStamp":"a\ud800\ud83d\ude00\udfff"}`))).toBe(
      String.raw`a\ud800😀\udfff,,,,,,`,
    );
  });

  it.each([`${START}"{'Subject': 'cut off, ""a"`, `${START}['not a dict']`, `${START}{'a': nan}`, `${START}{}`, START])(
    "writes the cell of %s as it stands",
    (line) => {
      expect(retrieverCsvLine(fromCsv(line))).toBe(line);
    },
  );

  it("keeps the JSON of properties that are none", () => {
    expect(retrieverCsvLine(fromJson(`{"TimeStamp":"t","CustomProperties":[{"Name":"a"}, 1]}`))).toBe(
      `t,,,,,,"[{""Name"":""a""}, 1]"`,
    );
  });
});
