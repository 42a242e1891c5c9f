import type { AuditRecordExample, RuleExample } from "../example.ts";
import { auditAt, boundAt, dailyLogons, HOME, OWNER, STRANGER } from "../example.ts";

const GRAPH = "00000003-0000-0000-c000-000000000000";
const APP = "0badc0de-0000-4000-8000-000000000001";
const PERFECT_DATA = "ff8d92dc-3d82-41d6-bcbd-b9174d163620";
const SERVICE = "ServicePrincipal_99999999-9999-4999-8999-999999999999";
const SERVERS = "2603:10b6:930:3d::7";

/** The owner's mailbox and so many others, an access to each, one a day. */
function eachOf(mailboxes: number, more: AuditRecordExample, address = STRANGER): AuditRecordExample[] {
  return Array.from({ length: mailboxes }, (_, at) => {
    const time = new Date(Date.UTC(2024, 2, 1 + at, 8)).toISOString().replace(".000", "");
    return boundAt(time, address, [`<${at}@fabrikam.example>`], {
      AppId: GRAPH,
      ClientAppId: APP,
      ClientInfoString: "Client=REST;;",
      UserId: SERVICE,
      MailboxOwnerUPN: at === 0 ? OWNER : `user${at}@contoso.example`,
      ...more,
    });
  });
}

const FOUND = { entity: APP, points: 50, rows: [1, 2, 3, 4, 5, 6] };

export const examples: readonly RuleExample[] = [
  {
    name: "a service principal in six mailboxes, one a day",
    audit: [...eachOf(6, {}), boundAt("2024-03-09T08:00:00Z", STRANGER, [], { UserId: SERVICE, ClientAppId: APP })],
    outcome: "found",
    says: [
      {
        ...FOUND,
        text: `6 mailboxes of others (${OWNER}, user1@contoso.example, user2@contoso.example, user3@contoso.example, user4@contoso.example, user5@contoso.example) in 7 records (the first of each mailbox is named) by ${SERVICE}, from ${STRANGER}`,
      },
    ],
  },
  {
    name: "a delegate's account, in any case of letters",
    audit: eachOf(6, { UserId: "Helper@contoso.example", LogonType: 2, ClientAppId: APP.toUpperCase() }),
    outcome: "found",
    says: [{ ...FOUND, text: "by Helper@contoso.example" }],
  },
  {
    name: "a listed application, with the consent told beside, and not the one that was refused",
    audit: [
      ...eachOf(6, { ClientAppId: PERFECT_DATA }),
      auditAt("2024-02-01T08:00:00Z", "Consent to application.", {
        RecordType: 8,
        Workload: "AzureActiveDirectory",
        UserId: "admin@contoso.example",
        ObjectId: PERFECT_DATA,
        Target: [{ ID: "Mail tool", Type: 1 }],
      }),
      auditAt("2024-02-02T08:00:00Z", "Consent to application.", {
        RecordType: 8,
        Workload: "AzureActiveDirectory",
        UserId: "refused@contoso.example",
        ObjectId: PERFECT_DATA,
        ResultStatus: "Failure",
      }),
    ],
    outcome: "found",
    says: [
      { ...FOUND, entity: `${PERFECT_DATA} (PerfectData Software)` },
      { ...FOUND, entity: `${PERFECT_DATA} (PerfectData Software)`, points: 25, text: "listed as abused" },
      {
        entity: `${PERFECT_DATA} (PerfectData Software)`,
        points: 0,
        text: "Consent to application. at 2024-02-01T08:00:00 by admin@contoso.example",
        rows: [7],
      },
    ],
  },
  {
    name: "a watched application; another name for the limit",
    audit: eachOf(3, {}),
    watch: APP,
    rules: "rules:\n  app-many-mailboxes:\n    mailboxes: 2\n",
    outcome: "found",
    says: [
      { ...FOUND, rows: [1, 2, 3] },
      { ...FOUND, rows: [1, 2, 3], points: 25, text: "on the watch list" },
    ],
  },
  { name: "five mailboxes are not many", audit: eachOf(5, {}), outcome: "clear" },
  {
    name: "the owners themselves, also by another of their names",
    audit: [
      ...eachOf(7, {}).map((record) => ({ ...record, UserId: String(record["MailboxOwnerUPN"]).toUpperCase() })),
      ...eachOf(7, {}).map((record) => ({
        ...record,
        UserId: String(record["MailboxOwnerUPN"]).replace("@contoso", "@fabrikam"),
      })),
    ],
    outcome: "clear",
  },
  {
    name: "a delegate with Outlook",
    audit: eachOf(7, {
      UserId: "helper@contoso.example",
      LogonType: 2,
      ClientAppId: "27922004-5251-4030-b22d-91ecd9a37ea4",
    }),
    outcome: "clear",
  },
  {
    name: "the service's own back end",
    audit: eachOf(7, { ClientInfoString: "Client=REST;Client=RESTSystem;;" }, SERVERS),
    outcome: "clear",
  },
  {
    name: "what calls itself the back end and comes from elsewhere",
    audit: eachOf(6, { ClientInfoString: "Client=REST;Client=RESTSystem;;" }),
    outcome: "found",
    says: [FOUND],
  },
  { name: "an allowed application", audit: eachOf(7, {}), allow: APP, outcome: "clear" },
  { name: "an allowed network", audit: eachOf(7, {}), allow: "203.0.113.0/24", outcome: "clear" },
  {
    name: "a watched address in an allowed network",
    audit: [...eachOf(6, {}), ...eachOf(7, {}, "203.0.113.67")],
    allow: "203.0.113.0/24",
    watch: STRANGER,
    outcome: "found",
    says: [{ ...FOUND, text: `in 6 records by ${SERVICE}, from ${STRANGER}` }],
  },
  {
    name: "a watched address among the back end's",
    audit: eachOf(6, { ClientInfoString: "Client=REST;Client=RESTSystem;;" }, SERVERS),
    watch: SERVERS,
    outcome: "found",
    says: [FOUND],
  },
  { name: "one mailbox alone", audit: eachOf(1, {}), outcome: "notAssessed" },
  {
    name: "an audit log without MailItemsAccessed",
    audit: [auditAt("2024-03-01T08:00:00Z", "Send", { ClientIPAddress: HOME })],
    outcome: "notAssessed",
  },
  { name: "no audit log", records: dailyLogons(3, HOME), outcome: "notAssessed" },
];
