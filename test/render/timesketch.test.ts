import { boundAt, OWNER } from "../../src/activities/audit-example.ts";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import type { ApiRecord } from "../../src/activities/example.ts";
import { parseTicks } from "../../src/ingest/timestamp.ts";
import { timesketchLines, writeTimesketch } from "../../src/render/timesketch.ts";
import { utcTime } from "../../src/render/utc-time.ts";
import type { Bundle, Row } from "../support/run.ts";
import { apiPage, CASES, parseFiles, parsePaths, temporaryFolder } from "../support/run.ts";

const folder = temporaryFolder();

/** What a generator yields and returns. */
function drained<T, R>(work: Generator<T, R, void>): { yielded: T[]; returned: R } {
  const yielded: T[] = [];
  for (let next = work.next(); ; next = work.next()) {
    if (next.done === true) return { yielded, returned: next.value };
    yielded.push(next.value);
  }
}

function eventsOf(bundle: Bundle, prefix = "") {
  const { yielded, returned } = drained(timesketchLines(join(bundle.folder, `${prefix}timeline.tsv`)));
  return { events: yielded.map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>), counts: returned };
}

const RECORD: ApiRecord = {
  TimeStamp: "2018-06-20T07:36:12.1234567Z",
  AppIdType: "Web",
  ActivityIdType: "MarkAsRead",
  ActivityItemId: "AAMk1",
  ActivityCreationTime: "2018-06-20T07:36:13Z",
  ClientSessionId: "s",
  CustomProperties: { Subject: "\u2028Invoice" },
};

describe("Timesketch JSONL", () => {
  let bundle: Bundle;
  let timeline: readonly Row[];
  beforeAll(async () => {
    bundle = await parsePaths(folder, [join(CASES, "june-2018-test-procedure")]);
    timeline = bundle.rows("timeline");
  });

  it("has one event a row with the fields that Timesketch asks for", () => {
    const { events, counts } = eventsOf(bundle);
    expect(counts).toEqual({ rows: timeline.length, untimed: 0 });
    expect(events).toHaveLength(timeline.length);
    for (const [at, event] of events.entries()) {
      const row = timeline[at] as Row;
      expect(event["message"]).toMatch(/\S/);
      expect(event["datetime"]).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}\+00:00$/);
      expect(Math.floor((event["timestamp"] as number) / 1000)).toBe(Date.parse(event["datetime"] as string));
      expect(event["timestamp_desc"]).toBe("Activity Time");
      expect(event["data_type"]).toBe("alicorn:mailbox:activity");
      expect(event["recorded_time"]).toBe(`${row["Date"]}T${row["Time"]}`);
      const told = [event["mailbox"], event["source_file"], event["source_row"], event["activity_type"]];
      expect(told).toEqual([row["Mailbox"], row["Source File"], Number(row["Source Row"]), row["Type"]]);
      const field = row["Confidence"] === "low" ? "low_confidence_ip" : "source_ip";
      expect([event[field] ?? "", event["source_ip_basis"]]).toEqual([row["IP"], row["IP Basis"]]);
      expect(["source_ip", "low_confidence_ip"].filter((name) => name in event)).toEqual(
        row["IP"] === "" ? [] : [field],
      );
      expect(event["confidence"]).toBe(row["Confidence"]);
      if (row["IP"] !== "") expect(event["message"]).toContain(`, confidence ${row["Confidence"]})`);
      expect(event["platform"]).toBe(row["Platform"]);
      expect(event["score"]).toBe(row["Score"] === "" ? undefined : Number(row["Score"]));
      expect(event["user"]).toBe(row["Kind"] === "logon" && row["Actor"] !== "" ? row["Actor"] : undefined);
      expect(Object.values(event)).not.toContain("");
      expect(Object.values(event)).not.toContain("No Data");
    }
  });

  it("keeps rows whose time cannot be read, marks and counts them", async () => {
    const records = [RECORD, { ...RECORD, TimeStamp: "06/20/2018 07:36" }, { ...RECORD, TimeStamp: "" }];
    const { events, counts } = eventsOf(await parseFiles(folder, { "page.json": apiPage(records) }));
    expect(counts).toEqual({ rows: 3, untimed: 2 });
    const [timed, ...untimed] = events;
    expect(timed).toMatchObject({ datetime: "2018-06-20T07:36:12.123456+00:00", timestamp: 1_529_480_172_123_456 });
    expect(timed).not.toHaveProperty("tag");
    for (const event of untimed) {
      expect(event).toMatchObject({
        datetime: "1970-01-01T00:00:00.000000+00:00",
        timestamp: 0,
        timestamp_desc: "Not a time",
        tag: ["no-readable-time"],
        activity_type: "MarkAsRead",
      });
    }
    expect(new Set(untimed.map((event) => event["recorded_time"]))).toEqual(new Set(["", "06/20/2018 07:36"]));
  });

  it("names who acted by an audit record, and whoever sent a delivered message as no user", async () => {
    const record = boundAt("2026-03-10T02:00:00Z", "203.0.113.9", ["<a@x.example>"]);
    const { events } = eventsOf(await parseFiles(folder, { "audit.json": JSON.stringify(record) }));
    expect(events).toMatchObject([
      {
        activity_type: "MailItemsAccessed",
        user: OWNER,
        source_ip: "203.0.113.9",
        source_ip_basis: "recorded",
        confidence: "certain",
        outcome: "success",
        internet_message_id: "<a@x.example>",
      },
    ]);
  });

  it("says what happened, to which message and from where", async () => {
    const logon: ApiRecord = {
      ...RECORD,
      ActivityIdType: "ServerLogon",
      ActivityItemId: "",
      TimeStamp: "2018-06-20T07:00:00+02:00",
      CustomProperties: { ClientIP: "192.0.2.7", UserName: "d@x.example", UserAgent: "UA", Result: "Success" },
    };
    const page = apiPage([logon, RECORD]);
    const titled = await parseFiles(folder, { "page.json": page }, { title: "T" });
    const { yielded } = drained(timesketchLines(join(titled.folder, "T-timeline.tsv")));
    const [first, second] = yielded.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(first).toMatchObject({
      message: "logged on with UA (192.0.2.7, recorded, confidence certain)",
      datetime: "2018-06-20T05:00:00.000000+00:00",
      user: "d@x.example",
    });
    expect(second).toMatchObject({
      message: "MarkAsRead: \u2028Invoice (192.0.2.7, session, confidence high)",
      source_ip: "192.0.2.7",
      activity_item_id: "AAMk1",
    });
    // Some readers end a line there.
    expect(yielded[1]).not.toMatch(/[\u2028\u2029\n\r]/);

    const path = join(titled.folder, "T-timeline.timesketch.jsonl");
    const { returned } = drained(writeTimesketch({ folder: titled.folder, prefix: "T-", excelSafe: false, path }));
    const content = readFileSync(path);
    expect(content.toString()).toBe(yielded.map((line) => `${line}\n`).join(""));
    expect(returned).toEqual({
      rows: 2,
      untimed: 0,
      bytes: content.length,
      sha256: createHash("sha256").update(content).digest("hex"),
    });
  });
});

describe("utcTime", () => {
  it.each([
    ["2018-06-20T07:36:12.1234567Z", "2018-06-20T07:36:12", "1234567"],
    ["2018-06-20T07:36:12", "2018-06-20T07:36:12", ""],
    ["2018-06-20 07:36:12z", "2018-06-20T07:36:12", ""],
    ["2018-06-20T07:36Z", "2018-06-20T07:36:00", ""],
    ["2018-06-20T07:36-0430", "2018-06-20T12:06:00", ""],
    ["2018-06-20T00:30:00.5+01:00", "2018-06-19T23:30:00", "5"],
    ["2018-12-31T20:00:00-0430", "2019-01-01T00:30:00", ""],
    ["2016-12-31T23:59:60Z", "2017-01-01T00:00:00", ""],
    ["0099-03-01T00:00:00Z", "0099-03-01T00:00:00", ""],
  ])("%s", (text, second, fraction) => {
    expect(utcTime(text)).toMatchObject({ second, fraction, epochSeconds: Date.parse(`${second}Z`) / 1000 });
  });

  it.each(["9999-12-31T23:59:59-05:00", "9999-12-31T23:59:60Z", "0001-01-01T00:00:00+00:01"])(
    "%s is beyond the years that it and the tables take",
    (text) => {
      expect([utcTime(text), parseTicks(text)]).toEqual([undefined, Number.NaN]);
    },
  );

  it("takes what the tables are ordered by, and nothing else", () => {
    const digits = (most: number, length = 2) =>
      fc.integer({ min: 0, max: most }).map((n) => `${n}`.padStart(length, "0"));
    const time = fc
      .tuple(
        fc
          .oneof(fc.integer({ min: 0, max: 9999 }), fc.constantFrom(0, 1, 9999))
          .map((year) => `${year}`.padStart(4, "0")),
        ...([digits(13), digits(32), digits(25), digits(61)] as const),
        fc.oneof({ weight: 3, arbitrary: digits(61).map((second) => `:${second}`) }, fc.constant("")),
        fc.constantFrom("T", " ", "t", ""),
        fc.constantFrom("", ".", ".1", ".1234567", ".123456789", ".1234567890"),
        fc.constantFrom("", "Z", "z", "+01:00", "-0530", "+24:00", "+01", "x"),
      )
      .map(([year, month, day, hour, minute, second, between, fraction, zone]) => {
        return `${year}-${month}-${day}${between}${hour}:${minute}${second}${fraction}${zone}`;
      });
    fc.assert(
      fc.property(fc.oneof({ weight: 9, arbitrary: time }, fc.string()), (text) => {
        const read = utcTime(text);
        const ticks = parseTicks(text);
        expect(read === undefined).toBe(Number.isNaN(ticks));
        if (read === undefined) return;
        expect(parseTicks(`${read.second}${read.fraction === "" ? "" : `.${read.fraction}`}Z`)).toBe(ticks);
      }),
      { numRuns: 3000 },
    );
  });
});
