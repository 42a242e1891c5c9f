import { describe, expect, test } from "vitest";
import type { Plain } from "./tenant.ts";
import { APP, CONTOSO, FABRIKAM, OTHER_APP, access, byUsers, windowsOf } from "./tenant.ts";

const AT = "2026-03-10T10:04:00";

/** Points and rows of each reason of the only sliding window. */
function reasons(records: readonly Plain[], changes: Parameters<typeof windowsOf>[2] = {}) {
  const windows = windowsOf("sliding", records, changes);
  expect(windows).toHaveLength(1);
  return windows[0]?.reasons.map(({ points, text, entries }) => [points, text, entries().map(({ row }) => row)]);
}

/** A consent to an application, as the directory logs it. */
function consent(CreationTime: string, app: string, more: Partial<Plain> = {}): Plain {
  return {
    CreationTime,
    Workload: "AzureActiveDirectory",
    Operation: "Consent to application.",
    UserId: "admin@contoso.example",
    ObjectId: `${app};bbbbbbbb-0000-4000-8000-000000000009`,
    ...more,
  };
}

describe("what a window scores for", () => {
  test("more mailboxes than the limit", () => {
    expect(reasons(byUsers(6, AT))).toEqual([
      [
        40,
        "6 mailboxes read by one application from 2026-03-10T10:04:00.0000000Z to 2026-03-10T10:04:00.0000000Z, all within 10 minutes; more than 5 stand out",
        [1, 2, 3, 4, 5, 6],
      ],
    ]);
  });

  test.each([
    [9, 40],
    [10, 50],
    [19, 50],
    [20, 60],
    [80, 60],
  ])("%i mailboxes: %i points", (count, points) => {
    expect(windowsOf("sliding", byUsers(count, AT))[0]?.score.points).toBe(points);
  });

  test("doublings are of what was there at one time, not of a long burst's sum", () => {
    const records = Array.from({ length: 10 }, (_, at) =>
      byUsers(2, `2026-03-10T10:${String(3 * at).padStart(2, "0")}:00`, {}, 2 * at + 1),
    ).flat();
    const [window] = windowsOf("sliding", records);
    expect(window).toMatchObject({ mailboxes: 20, most: 8, score: { points: 40, severity: "medium" } });
  });

  test("an account that is not the owners', for more mailboxes than the limit", () => {
    const others = byUsers(6, AT).map((one) => ({ ...one, UserId: "svc@contoso.example" }));
    expect(reasons(others)).toContainEqual([
      10,
      "6 mailboxes were read by an account that is not the owner's",
      [1, 2, 3, 4, 5, 6],
    ]);
    expect(reasons([...others.slice(0, 5), ...byUsers(1, AT, {}, 6)])).toHaveLength(1);
    const principal = byUsers(6, AT).map((one) => ({ ...one, UserId: "ServicePrincipal_1" }));
    expect(reasons(principal)).toHaveLength(2);
    const delegates = byUsers(6, AT).map((one, at) => ({ ...one, UserId: `d${at}@contoso.example`, LogonType: 2 }));
    expect(reasons(delegates)).toHaveLength(2);
  });

  test("owners under other names of theirs are no others", () => {
    const aliases = byUsers(6, AT).map((one, at) => ({ ...one, UserId: `u${at}@fabrikam.example`, LogonType: 0 }));
    expect(reasons(aliases)).toHaveLength(1);
  });

  test("folders copied whole", () => {
    const sync = { OperationProperties: [{ Name: "MailAccessType", Value: "Sync" }] };
    expect(reasons([...byUsers(6, AT), access(AT, "user1@contoso.example", sync)])).toContainEqual([
      10,
      "1 Sync record: whole folders may have been copied",
      [7],
    ]);
  });

  test("a consent to the application within seven days before", () => {
    const records = (time: string, app: string) => [consent(time, app), ...byUsers(6, AT)];
    expect(reasons(records("2026-03-03T10:04:00", APP.toUpperCase()))).toContainEqual([
      15,
      "the application was given rights at 2026-03-03T10:04:00 by admin@contoso.example, at most 7 days before",
      [1],
    ]);
    expect(reasons(records("2026-03-03T10:03:59", APP))).toHaveLength(1);
    expect(reasons(records("2026-03-10T10:04:01", APP))).toHaveLength(1);
    expect(reasons(records("2026-03-09T10:04:00", OTHER_APP))).toHaveLength(1);
  });

  test("a consent that was refused, and one in another tenant, give no rights", () => {
    const points = (more: Partial<Plain>) =>
      reasons([consent("2026-03-09T10:04:00", APP, more), ...byUsers(6, AT)])?.map(([points]) => points);
    expect(points({ ResultStatus: "Success", OrganizationId: CONTOSO.toUpperCase() })).toEqual([40, 15]);
    expect(points({ OrganizationName: "contoso.example" })).toEqual([40, 15]);
    expect(points({ ResultStatus: "Failure" })).toEqual([40]);
    expect(points({ OrganizationId: FABRIKAM })).toEqual([40]);
  });

  test("an address on the watch list", () => {
    const records = [...byUsers(6, AT), access(AT, "user1@contoso.example", { ClientIPAddress: "192.0.2.9" })];
    expect(reasons(records, { watch: "192.0.2.0/24" })).toContainEqual([20, "on the watch list: 192.0.2.0/24", [7]]);
    expect(reasons(byUsers(6, AT), { watch: APP })).toContainEqual([
      20,
      `on the watch list: ${APP}`,
      [1, 2, 3, 4, 5, 6],
    ]);
  });

  test("points of the user's own", () => {
    expect(reasons(byUsers(20, AT), { exceeded: 7, doubled: 3, doublings: 1 })?.map(([points]) => points)).toEqual([
      7, 3,
    ]);
  });
});

test("a tumbling window of Microsoft's own back end alone stays in the table and scores nothing", () => {
  const records = byUsers(12, AT, { ClientIPAddress: "2603:10b6:930:3d::7" });
  const score = (all: readonly Plain[]) => windowsOf("tumbling", all).map((window) => window.score);
  expect(score(records)).toMatchObject([{ points: 0, severity: "none" }]);
  expect(score([...records, access(AT, "user1@contoso.example")])).toMatchObject([{ points: 50, severity: "high" }]);
});

test("windows come by start, tumbling before sliding, then application", () => {
  const settings = [
    ...byUsers(6, AT, { ClientAppId: OTHER_APP }),
    ...byUsers(6, AT),
    ...byUsers(6, "2026-03-10T10:00:00"),
  ];
  const all = (["tumbling", "sliding"] as const).flatMap((mode) => windowsOf(mode, settings));
  expect(all.map(({ mode, app }) => [mode, app])).toEqual([
    ["tumbling", APP],
    ["tumbling", OTHER_APP],
    ["sliding", APP],
    ["sliding", OTHER_APP],
  ]);
});
