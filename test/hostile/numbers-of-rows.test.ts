import { expect, test } from "vitest";
import type { ApiRecord } from "../../src/activities/example.ts";
import { apiPage, parseFiles, temporaryFolder } from "../support/run.ts";

const folder = temporaryFolder();
/** Each takes a few seconds; where the cost grew with the square of the rows, it took more than this. */
const TIME = 20_000;

const START = Date.UTC(2018, 2, 5, 8);
const at = (seconds: number) => new Date(START + seconds * 1000).toISOString();
const each = (count: number, make: (at: number) => ApiRecord) => Array.from({ length: count }, (_, one) => make(one));

function record(time: string, type: string, item: string, more: Partial<ApiRecord> = {}): ApiRecord {
  return { TimeStamp: time, AppIdType: "Web", ActivityIdType: type, ActivityItemId: item, ...more };
}

function logon(time: string, address: string, more: Partial<ApiRecord> = {}): ApiRecord {
  const CustomProperties = { Result: "Success", UserName: "owner@contoso.example", ClientIP: address };
  return record(time, "ServerLogon", "", { CustomProperties, ...more });
}

async function parse(records: readonly ApiRecord[], table: string) {
  return parseFiles(folder, { "a.json": apiPage(records) }, { formats: ["tsv"], tables: new Set([table]) });
}

test(
  "rows that differ only in what they say",
  async () => {
    const untimed = each(4000, (one) =>
      record("20.06.2018 07:36", "Flag", "", { CustomProperties: { Subject: `s${one}` } }),
    );
    const { manifest, rows } = await parse([...untimed, ...untimed.slice(-10)], "other-activity");
    expect(manifest.inputs[0]?.duplicates).toBe(10);
    expect(rows("other-activity")).toHaveLength(4000);
  },
  TIME,
);

test(
  "deliveries whose ids end alike",
  async () => {
    const delivered = each(12_000, (one) =>
      record(at(one), "MessageDelivered", `item-${one}`, {
        CustomProperties: { Subject: `s${one}`, InternetMessageId: `<${one}@${"a".repeat(62)}.example>` },
      }),
    );
    expect((await parse(delivered, "message-activity")).rows("message-activity")).toHaveLength(12_000);
  },
  TIME,
);

test(
  "displays of one message that are opened in one session and closed in another",
  async () => {
    const count = 60_000;
    const opened = each(count, (one) => record(at(one), "ReadingPaneDisplayStart", "item", { ClientSessionId: "one" }));
    const closed = each(count, (one) =>
      record(at(count + one), "ReadingPaneDisplayEnd", "item", { ClientSessionId: "other" }),
    );
    const rows = (await parse([...opened, ...closed], "read-activity-by-time")).rows("read-activity-by-time");
    expect(new Set(rows.map((row) => row["Dwell Seconds"]))).toEqual(new Set([""]));
  },
  TIME,
);

test(
  "logons from two addresses in turn, and a read after each",
  async () => {
    const both = each(160_000, (one) =>
      one % 2 === 0
        ? logon(at(one / 8), `192.0.2.${((one / 2) % 2) + 1}`)
        : record(at(one / 8), "ReadingPaneDisplayStart", "item"),
    );
    const rows = (await parse(both, "read-activity-by-time")).rows("read-activity-by-time");
    expect(rows.at(-1)).toMatchObject({ "Attributed IP": "192.0.2.2", "Other IPs": "192.0.2.1" });
  },
  TIME,
);

test(
  "logons of one session from two addresses in turn, and a read after each",
  async () => {
    const one = { ClientSessionId: "one" };
    // Within 6 hours, so that all of the logons compete for each read.
    const both = each(100_000, (row) => {
      const time = at(row / 5);
      const address = `192.0.2.${((row >> 1) & 1) + 1}`;
      return row % 2 === 0 ? logon(time, address, one) : record(time, "ReadingPaneDisplayStart", "item", one);
    });
    const rows = (await parse(both, "read-activity-by-time")).rows("read-activity-by-time");
    expect(rows.at(-1)).toMatchObject({
      "Attributed IP": "192.0.2.2",
      "Other IPs": "192.0.2.1",
      Attribution: "session",
    });
  },
  TIME,
);

test(
  "messages that are copied from many addresses",
  async () => {
    const count = 2400;
    const delivered = each(2000, (one) => record(at(one), "MessageDelivered", `item-${one}`));
    const copied = each(count, (one) =>
      logon(at(count + one), `11.${one >> 8}.${one & 255}.1`, { AppIdType: "IMAP4" }),
    );
    const rows = (await parse([...delivered, ...copied], "exposure")).rows("exposure");
    expect(rows).toHaveLength(2000);
    expect(rows.at(-1)?.["IPs"]?.split("; ")).toHaveLength(count);
  },
  TIME,
);
