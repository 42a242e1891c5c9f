import { describe, expect, test } from "vitest";
import type { AuditRecordExample, RuleExample } from "../../src/rules/example.ts";
import { AGENTS, auditAt, boundAt, HOME, HOTEL, OWNER, signInAt, STRANGER, syncedAt } from "../../src/rules/example.ts";
import { reaches } from "../../src/model/finding.ts";
import { assessExample } from "../support/assess.ts";
import { parseFiles, temporaryFolder } from "../support/run.ts";

const folder = temporaryFolder();

const DAYS = 20;
const BACK_END = "2603:10b6:930:3d::7";
const SYSTEM = { ClientInfoString: "Client=REST;Client=RESTSystem;;" };
const places = { [HOME]: { country: "US" }, [HOTEL]: { country: "FR" }, [STRANGER]: { country: "NG" } };

function at(day: number, hour: number, minute = 0): string {
  return new Date(Date.UTC(2026, 2, day, hour, minute)).toISOString().replace(".000", "");
}

/** What the owner does in a day with Outlook and a browser, and what the service does on its own. */
function workingDay(address: string, day: number): AuditRecordExample[] {
  const session = `session of ${day}`;
  const ids = [1, 2, 3, 4].map((number) => `<${day}.${number}@contoso.example>`);
  return [
    signInAt(at(day, 8), address, { agent: AGENTS.chrome, session }),
    syncedAt(at(day, 8, 1), address, "\\Inbox"),
    ...ids.map((id, minute) => boundAt(at(day, 9, minute), address, [id], { SessionId: session })),
    boundAt(at(day, 10), BACK_END, ids, SYSTEM),
    auditAt(at(day, 11), "Send", {
      ClientIPAddress: address,
      ClientInfoString: "Client=MSExchangeRPC",
      LogonType: 0,
      MailboxOwnerUPN: OWNER,
      Item: { InternetMessageId: `<sent.${day}@contoso.example>`, Subject: "Minutes of the meeting" },
    }),
  ];
}

function days(address: string, from: number, count: number): AuditRecordExample[] {
  return Array.from({ length: count }, (_, day) => workingDay(address, from + day)).flat();
}

/** An evening of somebody with a token: a sign-in or none, words of money, forty messages, a copy of the Inbox. */
function evening(signedIn: boolean): AuditRecordExample[] {
  const more = { ClientInfoString: "Client=WebServices;eMClient/9.2.2157", SessionId: "strange" };
  return [
    ...(signedIn ? [signInAt(at(9, 20), STRANGER, { agent: AGENTS.firefox, session: "strange" })] : []),
    auditAt(at(9, 20, 1), "SearchQueryInitiatedExchange", {
      RecordType: 101,
      ClientIP: STRANGER,
      QueryText: "wire transfer",
    }),
    ...Array.from({ length: 40 }, (_, number) =>
      boundAt(at(9, 20, 2 + number), STRANGER, [`<old.${number}@contoso.example>`], more),
    ),
    syncedAt(at(9, 20, 50), STRANGER, "\\Inbox", more),
  ];
}

async function assessed(audit: readonly AuditRecordExample[]) {
  const example: RuleExample = { name: "", outcome: "found", audit, places };
  const { assessment } = await assessExample(folder, example);
  const scoreOf = (address: string) => assessment.address(address);
  const rulesOf = (address: string) => scoreOf(address).reasons.map(({ rule }) => rule);
  return { scoreOf, rulesOf, findings: assessment.findings(), outcomes: assessment.outcomes() };
}

describe("a mailbox whose evidence is an audit log", () => {
  test.each([
    ["with sign-ins", true],
    ["without", false],
  ])("an intruder scores high, %s", async (_name, signedIn) => {
    const { scoreOf, rulesOf } = await assessed([...days(HOME, 1, DAYS), ...evening(signedIn)]);
    expect(reaches(scoreOf(STRANGER), "critical")).toBe(true);
    for (const rule of ["address-country", "address-new", "access-volume", "access-sync", "address-searches"]) {
      expect(rulesOf(STRANGER)).toContain(rule);
    }
    expect(scoreOf(HOME).points).toBe(0);
    expect(scoreOf(BACK_END).points).toBe(0);
  });

  test("nothing of a mailbox that the owner alone uses is a finding", async () => {
    const { findings, outcomes } = await assessed(days(HOME, 1, DAYS));
    expect(findings).toEqual([]);
    expect(outcomes.filter(({ outcome }) => outcome === "error")).toEqual([]);
  });

  test("an owner who takes the computer abroad stays below high", async () => {
    const { scoreOf, rulesOf } = await assessed([...days(HOME, 1, 8), ...days(HOTEL, 9, 3), ...days(HOME, 12, 9)]);
    expect(rulesOf(HOTEL)).toContain("address-country");
    expect(rulesOf(HOTEL)).toContain("address-owner-client");
    expect(reaches(scoreOf(HOTEL), "high")).toBe(false);
  });

  test("days of the back end are nobody's, and speak for nobody", async () => {
    const later = Array.from({ length: 10 }, (_, day) =>
      boundAt(at(DAYS + 1 + day, 3), BACK_END, ["<a@contoso.example>"], SYSTEM),
    );
    const { scoreOf } = await assessed([...days(HOME, 1, DAYS), ...later]);
    expect(scoreOf(HOME).reasons.map(({ text }) => text)).toEqual(["network 192.0.2.1 in use on 20 of 20 active days"]);
    expect(scoreOf(BACK_END).reasons).toEqual([]);
  });
});

test("a record of very many operations counts in a table that has their number in a column, too", async () => {
  const header =
    "TimeGenerated [UTC],OfficeWorkload,RecordType,Operation,UserId,OfficeId,Client_IPAddress,MailboxOwnerUPN";
  const bound = (day: number, address: string, operations: number) =>
    [at(day, 20), "Exchange", 50, "MailItemsAccessed", OWNER, `record-${day}`, address, OWNER].join(",") +
    `,"[{""Path"":""\\Inbox"",""FolderItems"":[{""InternetMessageId"":""<${day}@contoso.example>""}]}]"` +
    `,"[{""Name"":""MailAccessType"",""Value"":""Bind""}]",${operations}`;
  const csv = [
    `${header},Folders,OperationProperties,OperationCount`,
    ...[1, 2, 3].map((day) => bound(day, HOME, 1)),
    bound(4, STRANGER, 150),
  ].join("\n");
  const bundle = await parseFiles(folder, { "sentinel.csv": `${csv}\n` });
  const row = bundle.rows("ip-scores").find(({ IP }) => IP === STRANGER);
  expect(row?.["Reasons"]).toContain("+10 access-volume: 150 operations in one record");
});
