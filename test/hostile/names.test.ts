import { describe, expect, test } from "vitest";
import { parseCase } from "../../src/index.ts";
import { HEADER } from "../support/export.ts";
import { openBundle, parseFiles, temporaryFolder, writeFiles } from "../support/run.ts";

const folder = temporaryFolder();

/** Keys that every object has, and those that make another object of it. */
const NAMES = [
  "__proto__",
  "constructor",
  "hasOwnProperty",
  "toString",
  "valueOf",
  "__defineGetter__",
  "prototype",
  "then",
];

/** The prototype of all objects, before anything is read. */
const before = Object.getOwnPropertyNames(Object.prototype).sort();

function expectUntouchedPrototypes(): void {
  expect(Object.getOwnPropertyNames(Object.prototype).sort()).toEqual(before);
  expect(Object.keys(Array.prototype)).toEqual([]);
  expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
}

/** JSON by hand: an object literal would make a prototype of `__proto__`. */
const members = NAMES.map((name) => `"${name}":{"polluted":"yes"}`).join(",");
const pairs = NAMES.map((name, at) => `{"Name":"${name}","Value":"value ${at}"}`).join(",");
const dict = `{${NAMES.map((name, at) => `'${name}': 'value ${at}'`).join(", ")}}`;

/** What the table has to say of the properties: every one, in its order. */
const DETAILS = `{${NAMES.map((name, at) => `"${name}":"value ${at}"`).join(",")}}`;

describe("names of objects' own making", () => {
  test("as properties in a cell and in JSON are properties", async () => {
    const csv = `${HEADER}\n2018-06-20T10:00:00Z,Web,Unheard,__proto__,,constructor,"${dict}"\n`;
    const record = `{"TimeStamp":"2018-06-20T10:00:01Z","AppIdType":"Web","ActivityIdType":"Unheard","CustomProperties":[${pairs}]}`;
    const bundle = await parseFiles(folder, { "a.csv": csv, "b.json": `{"value":[${record}]}` });
    expect(bundle.manifest.totals).toMatchObject({ rows: 2, parsed: 2, rejected: 0 });
    expect(bundle.rows("other-activity").map((row) => row["Details"])).toEqual([DETAILS, DETAILS]);
    expectUntouchedPrototypes();
  });

  test("as columns are extra columns", async () => {
    const header = [...NAMES, HEADER].join(",");
    const values = NAMES.map((_name, at) => `value ${at}`).join(",");
    const csv = `${header}\n${values},2018-06-20T10:00:00Z,Web,Unheard,,,,{}\n`;
    const [path = ""] = writeFiles(folder, { "columns.csv": csv });
    const extras: unknown[] = [];
    for await (const mailbox of parseCase([path])) for (const { record } of mailbox.events()) extras.push(record.extra);
    expect(extras).toEqual([NAMES.map((name, at) => [name, `value ${at}`])]);
    expectUntouchedPrototypes();
  });

  test("as keys of a record are extra keys", async () => {
    const record = `{${members},"TimeStamp":"2018-06-20T10:00:00Z","ActivityIdType":"Unheard","CustomProperties":{${members}}}`;
    const [path = ""] = writeFiles(folder, { "keys.json": `{${members},"value":[${record}]}` });
    const read: unknown[] = [];
    for await (const mailbox of parseCase([path])) {
      for (const { record } of mailbox.events()) {
        read.push(
          record.extra,
          record.properties.entries().map(([name]) => name),
        );
      }
    }
    expect(read).toEqual([NAMES.map((name) => [name, '{"polluted":"yes"}']), NAMES]);
    expectUntouchedPrototypes();
  });

  test("as types, applications, items, sessions, addresses, agents and people are what they are", async () => {
    const rows = NAMES.flatMap((name, at) => {
      const logon = `{'ClientIP': '${name}', 'UserName': '${name}', 'UserAgent': '${name}', 'Result': 'Success'}`;
      const message = `{'Subject': '${name}', 'SenderSmtpAddress': '${name}', 'InternetMessageId': '${name}'}`;
      const search = `{'Query': '<Query><RawQuery>${name}</RawQuery></Query>'}`;
      const time = `2018-06-20T10:0${at}`;
      return [
        `${time}:00Z,${name},ServerLogon,,,${name},"${logon}"`,
        `${time}:01Z,${name},MessageDelivered,${name},,${name},"${message}"`,
        `${time}:02Z,${name},ReadingPaneDisplayStart,${name},,${name},`,
        `${time}:03Z,${name},SearchResult,,,${name},"${search}"`,
        `${time}:04Z,${name},${name},${name},,${name},{}`,
      ];
    });
    const [path = ""] = writeFiles(folder, { "people.csv": `${[HEADER, ...rows].join("\n")}\n` });
    const { folder: out } = await parseFiles(
      folder,
      { "people.csv": `${[HEADER, ...rows].join("\n")}\n` },
      {
        formats: ["tsv", "json", "html", "xlsx", "timesketch", "ecs"],
        classic: true,
      },
    );
    const bundle = openBundle(out);
    expect(path).not.toBe("");
    expect(bundle.manifest.totals).toMatchObject({ rows: 5 * NAMES.length, parsed: 5 * NAMES.length, rejected: 0 });
    const cells = (table: string, column: string) => bundle.rows(table).map((row) => row[column]);
    expect(cells("logon-activity", "Source IP")).toEqual(NAMES);
    expect(cells("logon-activity", "Client")).toEqual(NAMES);
    expect(cells("message-activity", "Subject")).toEqual(NAMES);
    expect(cells("search-activity", "Query")).toEqual(NAMES);
    expect(cells("other-activity", "Type")).toEqual(NAMES);
    // The reading is joined with its delivery and its logon.
    expect(cells("read-activity-by-time", "Subject")).toEqual(NAMES);
    expect(cells("read-activity-by-time", "Last Login IP")).toEqual(NAMES);
    // None of them is an address.
    expect(cells("read-activity-by-time", "Attributed IP")).toEqual(NAMES.map(() => "No Data"));
    expect(new Set(cells("ip-scores", "IP"))).toEqual(new Set(NAMES));
    expect(cells("client-scores", "Client")).toEqual(expect.arrayContaining(NAMES));
    expectUntouchedPrototypes();
  });
});
