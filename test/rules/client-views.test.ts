import { describe, expect, test } from "vitest";
import type { RuleExample } from "../../src/rules/example.ts";
import { AGENTS, auditAt, boundAt, HOME, logonAt, signInAt, STRANGER } from "../../src/rules/example.ts";
import { assessExample } from "../support/assess.ts";
import { temporaryFolder } from "../support/run.ts";

const folder = temporaryFolder();
const EXCHANGE = "00000002-0000-0ff1-ce00-000000000000";
const OUTLOOK = "5d661950-3475-41cd-a2c3-d671a3162bc1";
const NOBODYS = "0BADC0DE-0000-4000-8000-000000000001";

/** Kind, label, events, share in percent and addresses of every client, in the order of client-scores. */
async function clientsOf(example: Pick<RuleExample, "audit" | "records">) {
  const { assessment } = await assessExample(folder, { name: "", outcome: "clear", ...example });
  return assessment.clients.map(({ kind, label, events, share, addresses }) => [
    kind,
    label,
    events,
    Math.round(share * 100),
    addresses.join(" "),
  ]);
}

const audit = [
  boundAt("2024-03-01T08:00:00Z", HOME, ["<1@fabrikam.example>", "<2@fabrikam.example>"], {
    AppId: EXCHANGE,
    ClientAppId: OUTLOOK,
  }),
  signInAt("2024-03-01T09:00:00Z", STRANGER, { agent: AGENTS.chrome }),
  boundAt("2024-03-02T08:00:00Z", STRANGER, ["<3@fabrikam.example>"], {
    AppId: EXCHANGE,
    ClientAppId: ` {${NOBODYS}}`,
  }),
  auditAt("2024-03-02T09:00:00Z", "Send", {
    ClientIPAddress: HOME,
    ClientInfoString: "Client=REST;;",
    AppId: NOBODYS.toLowerCase(),
  }),
];

describe("clients of audit records", () => {
  test("application ids stack in any spelling, ClientAppId before AppId; a client string stands for a user agent", async () => {
    const clients = await clientsOf({ audit });
    expect(clients.filter(([kind]) => kind === "app id")).toEqual([
      ["app id", `${OUTLOOK} (Microsoft Outlook)`, 2, 40, HOME],
      ["app id", `{${NOBODYS}}`, 2, 40, `${STRANGER} ${HOME}`],
    ]);
    expect(clients.filter(([kind]) => kind === "user agent")).toEqual([
      ["user agent", "Client=OWA;Action=ViaProxy", 3, 60, `${HOME} ${STRANGER}`],
      ["user agent", "Client=REST;;", 1, 20, HOME],
      ["user agent", AGENTS.chrome, 1, 20, STRANGER],
    ]);
  });

  test("one user agent of an export and of an audit log is one client, from its first event to its last", async () => {
    const records = [
      logonAt("2024-02-01T08:00:00Z", HOME, { agent: AGENTS.chrome }),
      logonAt("2024-04-01T08:00:00Z", HOME, { agent: AGENTS.chrome }),
      { TimeStamp: "2024-04-01T09:00:00Z", AppIdType: "Web", ActivityIdType: "Flag" },
    ];
    const sent = auditAt("2024-05-01T08:00:00Z", "Send", { ClientIPAddress: STRANGER, UserAgent: AGENTS.chrome });
    const { assessment } = await assessExample(folder, {
      name: "",
      outcome: "clear",
      records,
      audit: [...audit, sent],
    });
    const chrome = assessment.clients.find(({ label }) => label === AGENTS.chrome);
    // Two logons, one sign-in and one message of the eight events that name an agent; the Flag of the export names none.
    expect(chrome).toMatchObject({ events: 4, share: 4 / 8 });
    expect(chrome?.addresses.toSorted()).toEqual([HOME, STRANGER].toSorted());
    expect(chrome?.lastRow).toBeGreaterThan(chrome?.firstRow ?? Infinity);
    const outlook = assessment.clients.find(({ label }) => label.startsWith(OUTLOOK));
    // Of the audit rows alone.
    expect(outlook?.share).toBeCloseTo(2 / 6);
  });

  test("an export alone has no application ids", async () => {
    const clients = await clientsOf({ records: [logonAt("2024-02-01T08:00:00Z", HOME, { agent: AGENTS.chrome })] });
    expect(clients).toEqual([
      ["application type", "Web", 1, 100, HOME],
      ["user agent", AGENTS.chrome, 1, 100, HOME],
    ]);
  });

  test("ids that are no ids are what they are", async () => {
    const clients = await clientsOf({
      audit: ["__proto__", "constructor", "=1+1"].map((ClientAppId) =>
        boundAt("2024-03-01T08:00:00Z", HOME, ["<1@fabrikam.example>"], { ClientAppId }),
      ),
    });
    expect(clients.filter(([kind]) => kind === "app id").map(([, label]) => label)).toEqual([
      "__proto__",
      "constructor",
      "=1+1",
    ]);
  });
});
