import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { formatTicks } from "../../src/ingest/timestamp.ts";
import type { SplRow } from "./spl.ts";
import { splOf } from "./spl.ts";
import type { Plain } from "./tenant.ts";
import { APP, CONTOSO, EWS, FABRIKAM, GRAPH, OTHER_APP, access, byUsers, logOf, windowsOf } from "./tenant.ts";

/** 2010-01-01 in ticks since 1970. */
const FIRST = BigInt(Date.parse("2010-01-01T00:00:00Z")) * 10_000n;

function sorted(rows: readonly SplRow[]): string[] {
  return rows
    .map((row) => JSON.stringify(row, (_key, value: unknown) => (typeof value === "bigint" ? String(value) : value)))
    .toSorted();
}

/** The tumbling windows of records, as the search would put them out. */
function ours(records: readonly Plain[]): SplRow[] {
  return windowsOf("tumbling", records).map((window) => ({
    time: BigInt(window.start) + FIRST,
    ClientAppId: window.app,
    ClientInfoString: window.clientInfos.first.join("\n"),
    organization: window.organization,
    unique_mailboxes: window.mailboxes,
    user: window.users.first.toSorted(),
    src: window.addresses.first.toSorted(),
    events: window.entries.length,
  }));
}

const AT = "2026-03-10T10:04:00";

/** Records and how many rows the search has for them, by hand. */
const CASES: readonly (readonly [name: string, records: readonly Plain[], rows: number])[] = [
  ["five users", byUsers(5, AT), 0],
  ["six users", byUsers(6, AT), 1],
  ["six records of five users", [...byUsers(5, AT), ...byUsers(1, AT)], 0],
  [
    "the last tick of a window",
    [...byUsers(5, "2026-03-10T09:50:00"), ...byUsers(1, "2026-03-10T09:59:59.9999999", {}, 6)],
    1,
  ],
  [
    "the first tick of the next window",
    [...byUsers(5, "2026-03-10T09:59:59.9999999"), ...byUsers(1, "2026-03-10T10:00:00", {}, 6)],
    0,
  ],
  ["the same minute of the next hour", [...byUsers(3, AT), ...byUsers(3, "2026-03-10T11:04:00", {}, 4)], 0],
  ["before 2010", byUsers(6, "2009-12-31T23:59:59.9999999"), 1],
  ["no organisation", byUsers(6, AT, { OrganizationId: undefined }), 1],
  ["an organisation for some", [...byUsers(4, AT), ...byUsers(4, AT, { OrganizationId: undefined }, 5)], 0],
  ["no ClientInfoString", byUsers(6, AT, { ClientInfoString: undefined }), 1],
  ["an empty ClientInfoString", byUsers(6, AT, { ClientInfoString: "" }), 1],
  ["operation and workload in capitals", byUsers(6, AT, { Operation: "MAILITEMSACCESSED", Workload: "EXCHANGE" }), 1],
  ["another operation", byUsers(6, AT, { Operation: "Send" }), 0],
  ["another workload", byUsers(6, AT, { Workload: "SharePoint" }), 0],
  ["no workload", byUsers(6, AT, { Workload: undefined }), 0],
  ["the id of Graph in capitals", byUsers(6, AT, { AppId: GRAPH.toUpperCase() }), 1],
  ["no AppId", byUsers(6, AT, { AppId: undefined }), 0],
  ["an empty AppId with Exchange Web Services", byUsers(6, AT, { AppId: "", ClientInfoString: EWS }), 0],
  ["no ClientAppId", byUsers(6, AT, { ClientAppId: undefined }), 0],
  ["an empty ClientAppId", byUsers(6, AT, { ClientAppId: "" }), 0],
  ["another AppId with Exchange Web Services", byUsers(6, AT, { AppId: OTHER_APP, ClientInfoString: EWS }), 1],
  [
    "Exchange Web Services in other letters",
    byUsers(6, AT, { AppId: OTHER_APP, ClientInfoString: EWS.toLowerCase() }),
    0,
  ],
  ["Exchange Web Services not at the beginning", byUsers(6, AT, { AppId: OTHER_APP, ClientInfoString: `x${EWS}` }), 0],
  ["another AppId and another client", byUsers(6, AT, { AppId: OTHER_APP }), 0],
  ["Graph by Outlook on the web", byUsers(6, AT, { ClientInfoString: "Client=OWA;Action=ViaProxy" }), 1],
  ["two applications", [...byUsers(4, AT), ...byUsers(4, AT, { ClientAppId: OTHER_APP }, 5)], 0],
  ["an application in two writings", [...byUsers(4, AT), ...byUsers(4, AT, { ClientAppId: APP.toUpperCase() }, 5)], 0],
  ["two ClientInfoStrings", [...byUsers(4, AT), ...byUsers(4, AT, { ClientInfoString: EWS }, 5)], 0],
  [
    "a ClientInfoString in two writings",
    [...byUsers(4, AT), ...byUsers(4, AT, { ClientInfoString: "client=rest;;" }, 5)],
    0,
  ],
  ["two organisations", [...byUsers(6, AT), ...byUsers(6, AT, { OrganizationId: FABRIKAM })], 2],
  ["two organisations with four each", [...byUsers(4, AT), ...byUsers(4, AT, { OrganizationId: FABRIKAM }, 5)], 0],
  ["one user in two writings", [...byUsers(5, AT), access(AT, "User1@contoso.example")], 1],
  ["users of one mailbox", byUsers(6, AT, { MailboxOwnerUPN: "owner@contoso.example" }), 1],
  ["one account in six mailboxes", byUsers(6, AT).map((one) => ({ ...one, UserId: "svc@contoso.example" })), 0],
  [
    "a missing user counts as one",
    [...byUsers(5, AT), access(AT, "", { UserId: undefined, MailboxOwnerUPN: undefined })],
    1,
  ],
  [
    "two missing users count as one",
    [...byUsers(4, AT), ...byUsers(2, AT, { UserId: undefined, MailboxOwnerUPN: undefined })],
    0,
  ],
  ["a time that nobody can read", [...byUsers(5, AT), access("yesterday", "user6@contoso.example")], 0],
  [
    "Microsoft's own back end",
    byUsers(6, AT, { ClientInfoString: "Client=REST;Client=RESTSystem;;", ClientIPAddress: "2603:10b6:930:3d::7" }),
    1,
  ],
  ["no address", byUsers(6, AT, { ClientIPAddress: undefined }), 1],
  ["keys of objects", byUsers(6, AT, { ClientAppId: "__proto__", ClientInfoString: "constructor" }), 1],
];

describe("tumbling windows are those of the search", () => {
  test.each(CASES)("%s", (_name, records, rows) => {
    const wanted = splOf(records);
    expect(wanted).toHaveLength(rows);
    expect(sorted(ours(records))).toEqual(sorted(wanted));
  });

  test("what is missing is written as 0, and what is there as it stands", () => {
    const [window] = windowsOf("tumbling", byUsers(6, AT, { OrganizationId: undefined, ClientInfoString: undefined }));
    expect(window).toMatchObject({ app: APP, organization: "0", clientInfos: { count: 1, first: ["0"] } });
    expect(formatTicks(window?.start ?? NaN)).toBe("2026-03-10T10:00:00.0000000Z");
    expect(formatTicks(window?.end ?? NaN)).toBe("2026-03-10T10:10:00.0000000Z");
    expect(formatTicks(window?.firstTicks ?? NaN)).toBe("2026-03-10T10:04:00.0000000Z");
  });

  /** Mostly the first, so that groups become large enough; now and then one of the others. */
  const mostly = <T>(first: T, ...others: readonly T[]) =>
    fc.oneof({ weight: 20, arbitrary: fc.constant(first) }, { weight: 1, arbitrary: fc.constantFrom(...others) });
  const event: fc.Arbitrary<Plain> = fc
    .record({
      minute: fc.integer({ min: 0, max: 59 }),
      second: fc.constantFrom("00", "00.0000001", "30", "59", "59.9999999"),
      UserId: fc.constantFrom<string | undefined>(undefined, "", ..."abcdefg", ..."ABC"),
      Workload: mostly<string | undefined>("Exchange", "exchange", "SharePoint", undefined),
      Operation: mostly("MailItemsAccessed", "mailitemsaccessed", "Send"),
      AppId: mostly<string | undefined>(GRAPH, GRAPH.toUpperCase(), APP, "", undefined),
      ClientAppId: mostly<string | undefined>(APP, APP.toUpperCase(), "", undefined),
      ClientInfoString: fc.oneof(fc.constant(EWS), mostly<string | undefined>(EWS, EWS.toUpperCase(), "", undefined)),
      OrganizationId: mostly<string | undefined>(CONTOSO, FABRIKAM, undefined),
      ClientIPAddress: fc.constantFrom("192.0.2.1", "203.0.113.66", "", undefined),
    })
    .map(({ minute, second, ...fields }) => ({
      ...fields,
      CreationTime: `2026-03-10T10:${String(minute).padStart(2, "0")}:${second}`,
    }));

  test("of any records", () => {
    let rows = 0;
    fc.assert(
      fc.property(fc.array(event, { minLength: 50, maxLength: 300, size: "max" }), (events) => {
        const wanted = splOf(events);
        rows += wanted.length;
        expect(sorted(ours(events))).toEqual(sorted(wanted));
      }),
      { numRuns: 100 },
    );
    // The records are such that there is something to compare.
    expect(rows).toBeGreaterThan(50);
  });
});

test("windows are aligned to 1970, whatever their length", () => {
  // 2010-01-01 is 1,262,304,000 s after 1970: 7 minutes are 420 s, and 1,262,304,000 = 3,005,485 * 420 + 300.
  const records = byUsers(6, "2010-01-01T00:01:59.9999999");
  const [window] = windowsOf("tumbling", records, { minutes: 7 });
  expect(formatTicks(window?.start ?? NaN)).toBe("2009-12-31T23:55:00.0000000Z");
  expect(formatTicks(window?.end ?? NaN)).toBe("2010-01-01T00:02:00.0000000Z");
});

test("a record on every tick around a border of the year 2037 falls into its own window", () => {
  const before = byUsers(6, "2037-12-31T23:49:59.9999999");
  const after = byUsers(6, "2037-12-31T23:50:00");
  const starts = windowsOf("tumbling", [...after, ...before]).map(({ start }) => formatTicks(start));
  expect(starts).toEqual(["2037-12-31T23:40:00.0000000Z", "2037-12-31T23:50:00.0000000Z"]);
});

test("allowed applications and addresses are taken out before counting", () => {
  const records = [...byUsers(5, AT), ...byUsers(1, AT, { ClientIPAddress: "198.51.100.7" }, 6)];
  expect(windowsOf("tumbling", records)).toHaveLength(1);
  expect(windowsOf("tumbling", records, { allowedApps: [APP.toUpperCase()] })).toEqual([]);
  expect(windowsOf("tumbling", records, { allowedAddresses: ["198.51.100.0/24"] })).toEqual([]);
  expect(windowsOf("tumbling", records, { allow: APP })).toEqual([]);
  expect(windowsOf("tumbling", records, { allow: "198.51.100.7" })).toEqual([]);
  expect(windowsOf("tumbling", records, { allowedApps: [OTHER_APP], allow: "192.0.2.1" })).toHaveLength(1);
});

test("a limit of the user's own", () => {
  expect(windowsOf("tumbling", byUsers(6, AT), { mailboxes: 6 })).toEqual([]);
  expect(windowsOf("tumbling", byUsers(2, AT), { mailboxes: 1 })).toHaveLength(1);
});

test("more records than the log has room for at first", () => {
  const many = Array.from({ length: 3000 }, (_, at) => access(AT, `user${at}@contoso.example`));
  expect(logOf(many).count).toBe(3000);
  const [window] = windowsOf("tumbling", many);
  expect(window?.mailboxes).toBe(3000);
  expect(window?.users.first).toHaveLength(200);
  expect(window?.users.first[199]).toBe("user199@contoso.example");
});
