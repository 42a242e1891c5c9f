import { expect, test } from "vitest";
import { accessWindows } from "../../src/joins/mailbox-access/index.ts";
import { mailboxAccess } from "../../src/reports/mailbox-access/index.ts";
import { accessSettings } from "../../src/rules/mailbox-access-api/settings.ts";
import type { Plain } from "./tenant.ts";
import { APP, CONTOSO, EWS, access, byUsers, knowledgeOf, logOf, valuesWith } from "./tenant.ts";

type Cells = Readonly<Record<string, string>>;

function rowsOf(records: readonly Plain[]): { readonly cells: Cells; readonly source: string }[] {
  const log = logOf(records);
  const windows = accessWindows(log, accessSettings(valuesWith(), knowledgeOf()));
  const rows: { cells: Cells; source: string }[] = [];
  const row = (cells: readonly string[], source: { readonly file: string; readonly row: number }) => {
    expect(cells).toHaveLength(mailboxAccess.columns.length);
    rows.push({
      cells: Object.fromEntries(mailboxAccess.columns.map((column, at) => [column, cells[at] ?? ""])),
      source: `${source.file}:${source.row}`,
    });
  };
  mailboxAccess.tenant?.({ log, findings: [], outcomes: [], windows }, { row });
  return rows;
}

test("a tumbling and a sliding window of the same records", () => {
  const users = [1, 2, 3, 4, 5, 6].map((at) => `user${at}@contoso.example`);
  const records = [
    access("2026-03-10T09:00:00", "user9@contoso.example"),
    ...byUsers(5, "2026-03-10T10:04:00.5", { OrganizationId: undefined, ClientInfoString: undefined }),
    access("2026-03-10T10:05:00", "user6@contoso.example", {
      OrganizationId: undefined,
      ClientInfoString: undefined,
      ClientIPAddress: "192.0.2.9",
    }),
  ];
  expect(rowsOf(records)).toEqual([
    {
      source: "audit.json:2",
      cells: {
        "Window Start": "2026-03-10T10:00:00.0000000Z",
        "Window End": "2026-03-10T10:10:00.0000000Z",
        Mode: "tumbling",
        "Client App ID": APP,
        "Client Info String": "0",
        Organization: "0",
        "Unique Mailboxes": "6",
        Users: users.join("; "),
        "Source IPs": "203.0.113.66; 192.0.2.9",
        Records: "6",
        Severity: "medium",
        Score: "40",
        Reasons:
          "+40 mailbox-access-api: 6 users of one application in the 10 minutes from 2026-03-10T10:00:00.0000000Z; more than 5 stand out",
        "Most At Once": "6",
        Mailboxes: users.join("; "),
      },
    },
    {
      source: "audit.json:2",
      cells: {
        "Window Start": "2026-03-10T10:04:00.5000000Z",
        "Window End": "2026-03-10T10:05:00.0000000Z",
        Mode: "sliding",
        "Client App ID": APP,
        "Client Info String": "",
        Organization: "",
        "Unique Mailboxes": "6",
        Users: users.join("; "),
        "Source IPs": "203.0.113.66; 192.0.2.9",
        Records: "6",
        Severity: "medium",
        Score: "40",
        Reasons:
          "+40 mailbox-access-api: 6 mailboxes read by one application from 2026-03-10T10:04:00.5000000Z to 2026-03-10T10:05:00.0000000Z, all within 10 minutes; more than 5 stand out",
        "Most At Once": "6",
        Mailboxes: users.join("; "),
      },
    },
  ]);
});

test("a sliding window lists its ClientInfoStrings; of more than 200 names the rest is counted", () => {
  const records = Array.from({ length: 203 }, (_, at) =>
    access("2026-03-10T10:04:00", `user${at}@contoso.example`, at === 3 ? { ClientInfoString: EWS } : {}),
  );
  const sliding = rowsOf(records).find(({ cells }) => cells["Mode"] === "sliding")?.cells ?? {};
  expect(sliding).toMatchObject({
    "Client Info String": `Client=REST;;; ${EWS}`,
    Organization: CONTOSO,
    "Unique Mailboxes": "203",
    Records: "203",
  });
  const users = sliding["Users"]?.split("; ") ?? [];
  expect(users).toHaveLength(201);
  expect(users.slice(-2)).toEqual(["user199@contoso.example", "… and 3 more"]);
});
