import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { formatTicks, parseTicks } from "../../src/ingest/timestamp.ts";
import type { Plain } from "./tenant.ts";
import { APP, EWS, FABRIKAM, GRAPH, OTHER_APP, access, byUsers, windowsOf } from "./tenant.ts";

const AT = "2026-03-10T10:04:00";
const BACK_END = "Client=REST;Client=RESTSystem;;";

/** Start and end within the day, mailboxes and records of each burst. */
function brief(records: readonly Plain[], changes: Parameters<typeof windowsOf>[2] = {}) {
  return windowsOf("sliding", records, changes).map(({ start, end, mailboxes, most, entries }) => [
    formatTicks(start).slice(11),
    formatTicks(end).slice(11),
    mailboxes,
    most,
    entries.length,
  ]);
}

describe("where a burst begins and ends", () => {
  test("three users on either side of a border of the raster", () => {
    const records = [...byUsers(3, "2026-03-10T10:08:00"), ...byUsers(3, "2026-03-10T10:12:00", {}, 4)];
    expect(windowsOf("tumbling", records)).toEqual([]);
    expect(brief(records)).toEqual([["10:08:00.0000000Z", "10:12:00.0000000Z", 6, 6, 6]]);
  });

  test("a tick less than ten minutes, and ten minutes", () => {
    const first = byUsers(3, "2026-03-10T10:08:00");
    expect(brief([...first, ...byUsers(3, "2026-03-10T10:17:59.9999999", {}, 4)])).toHaveLength(1);
    expect(brief([...first, ...byUsers(3, "2026-03-10T10:18:00", {}, 4)])).toEqual([]);
  });

  test("records before and behind that belong to no window that exceeds are left out", () => {
    const records = [
      ...byUsers(1, "2026-03-10T09:00:00"),
      ...byUsers(6, "2026-03-10T10:00:00"),
      ...byUsers(1, "2026-03-10T10:30:00"),
    ];
    expect(brief(records)).toEqual([["10:00:00.0000000Z", "10:00:00.0000000Z", 6, 6, 6]]);
  });

  test("windows that exceed and share records are one, however long it gets", () => {
    // Two new mailboxes every three minutes: eight within any ten minutes (three steps of three minutes between them).
    const records = Array.from({ length: 10 }, (_, at) =>
      byUsers(2, `2026-03-10T10:${String(3 * at).padStart(2, "0")}:00`, {}, 2 * at + 1),
    ).flat();
    expect(brief(records)).toEqual([["10:00:00.0000000Z", "10:27:00.0000000Z", 20, 8, 20]]);
  });

  test("bursts that share no record are two", () => {
    const records = [...byUsers(7, "2026-03-10T10:00:00"), ...byUsers(6, "2026-03-10T10:10:00")];
    expect(brief(records)).toEqual([
      ["10:00:00.0000000Z", "10:00:00.0000000Z", 7, 7, 7],
      ["10:10:00.0000000Z", "10:10:00.0000000Z", 6, 6, 6],
    ]);
  });

  test("records are put in order of time", () => {
    const records = [...byUsers(6, "2026-03-10T10:05:00").toReversed(), ...byUsers(1, "2026-03-10T10:01:00")];
    const [window] = windowsOf("sliding", records);
    expect([...(window?.entries ?? [])]).toEqual([6, 0, 1, 2, 3, 4, 5]);
    expect(window?.owners.first.slice(0, 2)).toEqual(["user1@contoso.example", "user6@contoso.example"]);
  });
});

describe("what counts as one application", () => {
  test("variants of ClientInfoString are held together and listed", () => {
    const records = [...byUsers(3, AT), ...byUsers(3, AT, { ClientInfoString: EWS }, 4)];
    expect(windowsOf("tumbling", records)).toEqual([]);
    const [window] = windowsOf("sliding", records);
    expect(window).toMatchObject({ mailboxes: 6, clientInfos: { count: 2, first: ["Client=REST;;", EWS] } });
  });

  test("its id in any case of letters", () => {
    expect(brief([...byUsers(3, AT), ...byUsers(3, AT, { ClientAppId: APP.toUpperCase() }, 4)])).toHaveLength(1);
  });

  test("AppId, where there is no ClientAppId", () => {
    const [window] = windowsOf("sliding", byUsers(6, AT, { AppId: OTHER_APP, ClientAppId: undefined }));
    expect(window).toMatchObject({ app: OTHER_APP, mailboxes: 6 });
  });

  test("another application or organisation is another group", () => {
    expect(brief([...byUsers(3, AT), ...byUsers(3, AT, { ClientAppId: OTHER_APP }, 4)])).toEqual([]);
    expect(brief([...byUsers(3, AT), ...byUsers(3, AT, { OrganizationId: FABRIKAM }, 4)])).toEqual([]);
  });
});

describe("what counts as a mailbox", () => {
  test("the owner's, where one service account reads them all", () => {
    const records = byUsers(6, AT).map((one) => ({ ...one, UserId: "svc@contoso.example" }));
    expect(windowsOf("tumbling", records)).toEqual([]);
    const [window] = windowsOf("sliding", records);
    expect(window).toMatchObject({ mailboxes: 6, users: { count: 1, first: ["svc@contoso.example"] } });
    expect(window?.owners.first[5]).toBe("user6@contoso.example");
  });

  test("the user, where no owner is named", () => {
    expect(brief(byUsers(6, AT, { MailboxOwnerUPN: undefined }))).toHaveLength(1);
  });

  test("one in any case of letters", () => {
    expect(brief([...byUsers(5, AT), access(AT, "USER1@contoso.example")])).toEqual([]);
  });

  test("none, where nobody is named", () => {
    expect(brief([...byUsers(5, AT), access(AT, "", { UserId: undefined, MailboxOwnerUPN: undefined })])).toEqual([]);
  });
});

describe("which records count", () => {
  test.each<readonly [name: string, more: Partial<Plain>, counts: boolean]>([
    ["REST without Graph", { AppId: OTHER_APP }, true],
    ["Exchange Web Services", { AppId: OTHER_APP, ClientInfoString: EWS }, true],
    ["no ClientInfoString", { ClientInfoString: undefined }, true],
    ["workload in other letters", { Workload: "EXCHANGE" }, true],
    ["another workload", { Workload: "SharePoint" }, false],
    ["no application", { AppId: undefined, ClientAppId: "" }, false],
    [
      "Microsoft's back end by ClientInfoString, without an address",
      { ClientInfoString: BACK_END, ClientIPAddress: "" },
      false,
    ],
    [
      "Microsoft's back end by ClientInfoString, from Microsoft",
      { ClientInfoString: BACK_END, ClientIPAddress: "40.97.1.1" },
      false,
    ],
    ["somebody outside under the name of the back end", { ClientInfoString: BACK_END }, true],
    ["an address of Microsoft under another name", { ClientIPAddress: "40.97.1.1" }, true],
    ["Microsoft's back end by address", { ClientIPAddress: "2603:10b6:930:3d::7" }, false],
    ["a neighbour of Microsoft's back end", { ClientIPAddress: "2603:10b7::7" }, true],
    ["Outlook", { AppId: OTHER_APP, ClientInfoString: "Client=MSExchangeRPC" }, false],
    ["Outlook on the web", { AppId: OTHER_APP, ClientInfoString: "Client=OWA;Action=ViaProxy" }, false],
    ["Outlook on a telephone", { AppId: OTHER_APP, ClientInfoString: "client=outlookservice;Outlook-iOS/2.0;" }, false],
    ["a name that only begins so", { AppId: OTHER_APP, ClientInfoString: "Client=OWAReader" }, true],
    [
      "Graph under the name of Outlook on the web",
      { AppId: GRAPH, ClientInfoString: "Client=OWA;Action=ViaProxy" },
      true,
    ],
  ])("%s", (_name, more, counts) => {
    expect(brief(byUsers(6, AT, more))).toHaveLength(counts ? 1 : 0);
  });

  test("what is the back end and what people sit at can be changed", () => {
    expect(
      brief(byUsers(6, AT, { ClientInfoString: BACK_END, ClientIPAddress: "" }), { backEndClients: [] }),
    ).toHaveLength(1);
    expect(brief(byUsers(6, AT, { ClientIPAddress: "2603:10b6::1" }), { backEndNetworks: [] })).toHaveLength(1);
    const owa = { AppId: OTHER_APP, ClientInfoString: "Client=OWA" };
    expect(brief(byUsers(6, AT, owa), { personalClients: [] })).toHaveLength(1);
  });

  test("allowed applications and addresses are taken out before counting", () => {
    const records = [...byUsers(5, AT), ...byUsers(1, AT, { ClientIPAddress: "198.51.100.7" }, 6)];
    expect(brief(records)).toHaveLength(1);
    expect(brief(records, { allowedApps: [` ${APP.toUpperCase()}`] })).toEqual([]);
    expect(brief(records, { allowedAddresses: ["198.51.100.7"] })).toEqual([]);
    expect(brief(records, { allow: `${APP}\n` })).toEqual([]);
    expect(brief(records, { allow: "198.51.100.0/24" })).toEqual([]);
  });

  test("an entry that is no address is refused", () => {
    expect(() => brief(byUsers(6, AT), { allowedAddresses: ["192.0.2.1", "10.0.0.1/8"] })).toThrow(
      /allowedAddresses, line 2/,
    );
  });
});

/** All bursts the slow way: every record with what lies within ten minutes before it, joined where they share records. */
function slowly(records: readonly { readonly ticks: number; readonly owner: string }[], span: number) {
  const inTime = records.toSorted((a, b) => a.ticks - b.ticks);
  const bursts: { first: number; last: number }[] = [];
  for (const [right, { ticks }] of inTime.entries()) {
    const left = inTime.findIndex((one) => one.ticks > ticks - span);
    if (new Set(inTime.slice(left, right + 1).map(({ owner }) => owner)).size <= 5) continue;
    const previous = bursts.at(-1);
    if (previous !== undefined && left <= previous.last) previous.last = right;
    else bursts.push({ first: left, last: right });
  }
  return bursts.map(({ first, last }) => {
    const all = inTime.slice(first, last + 1);
    return [all[0]?.ticks, all.at(-1)?.ticks, new Set(all.map(({ owner }) => owner)).size, all.length];
  });
}

test("the fast way and the slow way find the same bursts", () => {
  const record = fc.record({
    minute: fc.integer({ min: 0, max: 59 }),
    second: fc.integer({ min: 0, max: 5 }),
    owner: fc.constantFrom(..."abcdefgh"),
  });
  let bursts = 0;
  fc.assert(
    fc.property(fc.array(record, { minLength: 10, maxLength: 90, size: "max" }), (made) => {
      const records = made.map(({ minute, second, owner }) =>
        access(`2026-03-10T10:${String(minute).padStart(2, "0")}:${String(10 * second).padStart(2, "0")}`, owner),
      );
      const found = windowsOf("sliding", records);
      bursts += found.length;
      const plain = records.map(({ CreationTime, UserId = "" }) => ({
        ticks: parseTicks(CreationTime),
        owner: UserId,
      }));
      expect(found.map(({ start, end, mailboxes, entries }) => [start, end, mailboxes, entries.length])).toEqual(
        slowly(plain, 6_000_000_000),
      );
    }),
    { numRuns: 200 },
  );
  // The records are such that there is something to compare.
  expect(bursts).toBeGreaterThan(50);
});

describe("what does not count", () => {
  const NO_ID = "00000000-0000-0000-0000-000000000000";

  test("an application whose id is blacked out, but in tumbling windows, which do as Splunk does", () => {
    expect(brief(byUsers(6, AT, { AppId: NO_ID, ClientAppId: NO_ID, ClientInfoString: EWS }))).toEqual([]);
    const records = byUsers(6, AT, { ClientAppId: NO_ID });
    expect(windowsOf("sliding", records)).toMatchObject([{ app: GRAPH }]);
    expect(windowsOf("tumbling", records)).toMatchObject([{ app: NO_ID }]);
  });

  test("access that failed, but in tumbling windows", () => {
    const records = byUsers(6, AT, { ResultStatus: "Failed" });
    expect(brief(records)).toEqual([]);
    expect(windowsOf("tumbling", records)).toHaveLength(1);
  });
});
