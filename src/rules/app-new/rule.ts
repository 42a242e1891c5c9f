import { isAuditRow } from "../../joins/rows.ts";
import { dayOf } from "../../joins/address-activity.ts";
import { ALLOW_LIST, appAllower } from "../allowed-apps.ts";
import { isOutsideAddress } from "../listed-addresses.ts";
import { scoring } from "../rule.ts";

export const appNew = scoring({
  id: "app-new",
  about: "client",
  title: "Application first seen late in the audit log",
  description:
    "An application that is not Microsoft's own came to the mailbox for the first time when a part of the audit log had passed without it. What an intruder consents to, or signs in with, is new to the mailbox.",
  requires: "an audit log of some length whose records name an AppId or ClientAppId",
  falsePositives: [
    "A mail program, telephone or service that the owner or the company began to use: add its id to the allow-list.",
  ],
  blindSpots: [
    "An application that was there before the audit log begins.",
    "Microsoft's own applications: everybody can sign in with their ids.",
    "Operations that are not logged for the mailbox's licence.",
  ],
  references: [
    "https://attack.mitre.org/detectionstrategies/DET0048/",
    "https://attack.mitre.org/techniques/T1528/",
    "https://learn.microsoft.com/en-us/troubleshoot/entra/entra-id/governance/verify-first-party-apps-sign-in",
  ],
  attack: ["T1114.002", "T1528"],
  nextSteps: [
    "Look the id up among the tenant's enterprise applications: who publishes it, who consented, and when.",
    "Ask the owner what they began to use on that day.",
  ],
  settings: {
    third: { is: 25, says: "points for a new application that is not Microsoft's own" },
    tool: { is: 15, says: "points for a new one of Microsoft's that scripts come in by" },
    part: { is: 0.25, says: "part of the audit log that must pass without it" },
    days: { is: 7, says: "days of the audit log that must pass without it", takes: "fraction" },
    OAuthClientIDAllowList: ALLOW_LIST,
  },
  assess(picture, { third, tool, part, days, OAuthClientIDAllowList }) {
    const { joined, knowledge, clients } = picture;
    const { rows, clients: contexts } = joined.mailboxCase;
    if (contexts.length <= 1) return { fired: [], missing: "no audit log" };
    if (!clients.some(({ app }) => app !== undefined)) {
      return { fired: [], missing: "no audit record names an application" };
    }
    const isTimedAudit = (row: number) => isAuditRow(rows, row) && !Number.isNaN(rows.ticks[row]);
    const first = joined.logged.find(isTimedAudit);
    const last = joined.logged.findLast(isTimedAudit);
    const day = (row: number | undefined) => (row === undefined ? Number.NaN : dayOf(rows.ticks[row] as number));
    const firstDay = day(first);
    const length = day(last) - firstDay + 1;
    if (!(length >= days * 2)) {
      const covered = Number.isNaN(length)
        ? "no day that can be read"
        : `only ${length} ${length === 1 ? "day" : "days"}`;
      return { fired: [], missing: `the audit log covers ${covered}` };
    }
    const isAllowed = appAllower(knowledge, OAuthClientIDAllowList);
    const fired = clients.flatMap(({ key, app, firstRow, addresses }) => {
      if (app === undefined || app.known?.kind === "microsoft" || isAllowed(app.id)) return [];
      const outside = [...addresses].some((address) => isOutsideAddress(knowledge, address));
      if (app.backEnd && !outside) return [];
      const passed = day(firstRow) - firstDay;
      if (!(passed >= days && passed / length >= part)) return [];
      const what = app.known?.kind === "tool" ? "one of Microsoft's that scripts come in by" : "not Microsoft's own";
      const text = `${what}, first seen on day ${passed + 1} of ${length}`;
      return [{ entity: key, text, points: app.known?.kind === "tool" ? tool : third, rows: [firstRow] }];
    });
    return { fired };
  },
});
