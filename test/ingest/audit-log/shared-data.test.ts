import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { temporaryFolder } from "../evidence/support.ts";
import { factsIn, readLog } from "./support.ts";

const folder = temporaryFolder();
const SPLUNK = new URL("../../../../shared/data/splunk-o365-examples/o365-example-logs.ndjson", import.meta.url);
const OFFICE = new URL("../../../../shared/data/otrf-officeactivity/OfficeActivityEvents.json", import.meta.url);
const ENTRA = new URL("../../../../shared/data/otrf-officeactivity/AADAuditEvents.json", import.meta.url);

describe.skipIf(!existsSync(SPLUNK))("real records of the Management Activity API", () => {
  test("all are read", async () => {
    const log = await readLog(folder, readFileSync(SPLUNK));
    expect(log.format).toBe("audit-json");
    expect(log.rejects).toEqual([]);
    expect(log.records).toHaveLength(18);
    const bind = log.records.find((record) => record.activityIdType === "MailItemsAccessed");
    expect(bind).toMatchObject({ timeStamp: "2024-02-01T16:07:34", appIdType: "WebServices" });
    const facts = factsIn(bind!);
    expect(facts).toMatchObject({
      mailAccessType: "Bind",
      operationCount: 4,
      address: "120.1.121.35",
      logonType: "owner",
    });
    expect(facts.rows().map((row) => row.properties.text("SizeInBytes"))).toEqual([
      "44329",
      "44304",
      expect.any(String),
      "245068",
    ]);
    const failed = log.records.find((record) => record.activityIdType === "UserLoginFailed");
    expect(failed?.timeStamp).toBe("2023-10-10T17:08:65");
    expect(failed?.properties.text("ExceptionInfo")).toBe("InvalidUserNameOrPassword (50126)");
    const rule = log.records.find((record) => record.activityIdType === "Set-Mailbox");
    expect(factsIn(rule!)).toMatchObject({
      mailbox: "bpatel@rodsoto.onmicrosoft.com",
      user: "pbareiss@rodsoto.onmicrosoft.com",
      address: "18.192.200.190",
      addressWritten: "18.192.200.190:52816",
    });
    const rights = log.records.find((record) => record.activityIdType === "ModifyFolderPermissions");
    expect(rights).toMatchObject({ activityItemId: "", appIdType: "OWA" });
    const logon = log.records.find((record) => record.activityIdType === "UserLoggedIn");
    expect(logon?.clientSessionId).toBe("15e27956-79a0-45b2-9d02-60f48349f692");
    expect(logon?.properties.text("ExceptionInfo")).toBeUndefined();
  });
});

describe.skipIf(!existsSync(OFFICE))("real records of Sentinel", () => {
  test("OfficeActivity", async () => {
    const log = await readLog(folder, readFileSync(OFFICE));
    expect([log.format, log.records.length, log.rejects.length]).toEqual(["office-activity", 1, 0]);
    const [record] = log.records;
    expect(record).toMatchObject({ timeStamp: "2021-08-02T13:32:07", appIdType: "REST" });
    expect(factsIn(record!)).toMatchObject({
      recordId: "699e0b10-1c53-403e-976f-ce0847a92b44",
      address: "1.2.3.4",
      logonType: "owner",
      external: false,
      throttled: false,
      workload: "Exchange",
    });
    expect(factsIn(record!).rows()).toHaveLength(7);
    expect(record?.properties.text("Folder")).toBe("\\Inbox");
  });

  test("AuditLogs", async () => {
    const log = await readLog(folder, readFileSync(ENTRA));
    expect([log.format, log.records.length, log.rejects.length]).toEqual(["entra-audit", 4, 0]);
    expect(log.records.map((record) => record.activityIdType)).toEqual([
      "Update application – Certificates and secrets management",
      "Update application – Certificates and secrets management",
      "Update application",
      "Add delegated permission grant",
    ]);
    expect(new Set(log.records.map((record) => factsIn(record).user))).toEqual(new Set(["pgustavo@simulandlabs.com"]));
  });
});
