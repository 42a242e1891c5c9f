import type { AuditRecordExample, RuleExample } from "../example.ts";
import { auditAt, boundAt, HOME, OWNER, STRANGER, syncedAt } from "../example.ts";

const GRAPH = "00000003-0000-0000-c000-000000000000";
const APP = "aaaaaaaa-0000-4000-8000-000000000001";
const EWS = "Client=WebServices;ExchangeWebServices (ExchangeServicesClient/15.00.0913.015);";

/** What one application does in a mailbox through Microsoft Graph. */
const graph = (UserId: string, more: AuditRecordExample): AuditRecordExample => ({
  AppId: GRAPH,
  ClientAppId: APP,
  ClientInfoString: "Client=REST;;",
  UserId,
  MailboxOwnerUPN: UserId,
  ...more,
});

/** One message opened in each of so many mailboxes at one time; the first of them is the owner's. */
const opened = (time: string, count: number, more: AuditRecordExample = {}, from = 1): AuditRecordExample[] =>
  Array.from({ length: count }, (_, at) => {
    const number = from + at;
    const mailbox = number === 1 ? OWNER : `user${number}@contoso.example`;
    return boundAt(time, STRANGER, [`<${number}@contoso.example>`], graph(mailbox, more));
  });

const AT = "2026-03-10T10:04:00Z";

const upTo = (last: number) => Array.from({ length: last }, (_, at) => at + 1);

const consentAt = (time: string) =>
  auditAt(time, "Consent to application.", { RecordType: 8, Workload: "AzureActiveDirectory", ObjectId: APP });

/** The reason without points that says how many windows there are, and every record of them. */
const windows = (tumbling: number, sliding: number, rows: readonly number[]) => ({
  entity: APP,
  points: 0,
  text: `${tumbling} tumbling and ${sliding} sliding windows in mailbox-access.tsv, this one the highest; ${rows.length} records in all`,
  rows,
});

export const examples: readonly RuleExample[] = [
  {
    name: "six mailboxes in ten minutes",
    audit: opened(AT, 6),
    outcome: "found",
    says: [
      { entity: APP, points: 40, text: "6 mailboxes", rows: [1, 2, 3, 4, 5, 6] },
      windows(1, 1, [1, 2, 3, 4, 5, 6]),
    ],
  },
  { name: "five mailboxes", audit: [...opened(AT, 5), ...opened(AT, 5)], outcome: "clear" },
  {
    name: "a burst that a border cuts apart",
    audit: [...opened("2026-03-10T10:08:00Z", 3), ...opened("2026-03-10T10:12:00Z", 3, {}, 4)],
    outcome: "found",
    says: [
      { entity: APP, points: 40, text: "all within 10 minutes", rows: [1, 2, 3, 4, 5, 6] },
      windows(0, 1, [1, 2, 3, 4, 5, 6]),
    ],
  },
  {
    name: "one service account in six mailboxes, by Exchange Web Services under changing names",
    audit: [
      ...opened(AT, 3, { UserId: "svc@contoso.example", AppId: APP, ClientInfoString: EWS }),
      ...opened(AT, 3, { UserId: "svc@contoso.example", AppId: APP, ClientInfoString: `${EWS}2;` }, 4),
    ],
    outcome: "found",
    says: [
      { entity: APP, points: 40, text: "6 mailboxes", rows: [1, 2, 3, 4, 5, 6] },
      { entity: APP, points: 10, text: "not the owner's", rows: [1, 2, 3, 4, 5, 6] },
      windows(0, 1, [1, 2, 3, 4, 5, 6]),
    ],
  },
  {
    name: "ten mailboxes, one of them synchronised, the day after a consent",
    audit: [
      consentAt("2026-03-09T09:00:00Z"),
      ...opened(AT, 9),
      syncedAt(AT, STRANGER, "\\Inbox", graph("user10@contoso.example", {})),
    ],
    outcome: "found",
    says: [
      { entity: APP, points: 40, text: "10 mailboxes", rows: [2, 3, 4, 5, 6, 7, 8, 9, 10, 11] },
      { entity: APP, points: 10, text: "at least 2 times 5", rows: [2, 3, 4, 5, 6, 7, 8, 9, 10, 11] },
      { entity: APP, points: 10, text: "1 Sync record", rows: [11] },
      { entity: APP, points: 15, text: "given rights at 2026-03-09T09:00:00", rows: [1] },
      windows(1, 1, [2, 3, 4, 5, 6, 7, 8, 9, 10, 11]),
    ],
  },
  {
    // 5 doubled three times, of which two count.
    name: "forty mailboxes",
    audit: opened(AT, 40),
    outcome: "found",
    says: [
      { entity: APP, points: 40, text: "40 mailboxes", rows: upTo(40) },
      { entity: APP, points: 20, text: "40 are at least 4 times 5", rows: upTo(40) },
      windows(1, 1, upTo(40)),
    ],
  },
  {
    name: "201 mailboxes, two records in each, of which every mailbox has one that is named",
    audit: [...opened(AT, 201), ...opened("2026-03-10T10:05:00Z", 201)],
    outcome: "found",
    says: [
      { entity: APP, points: 40, text: "201 mailboxes", rows: upTo(201) },
      { entity: APP, points: 20, text: "201 are at least 4 times 5", rows: upTo(201) },
      {
        entity: APP,
        points: 0,
        text: "402 records in all, of which 200 and the first of each mailbox are named",
        rows: upTo(201),
      },
    ],
  },
  {
    name: "two Sync records in each of 6 mailboxes",
    audit: [1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6].map((number) =>
      syncedAt(AT, STRANGER, "\\Inbox", graph(number === 1 ? OWNER : `user${number}@contoso.example`, {})),
    ),
    outcome: "found",
    says: [
      { entity: APP, points: 40, text: "6 mailboxes", rows: [1, 3, 5, 7, 9, 11] },
      {
        entity: APP,
        points: 10,
        text: "12 Sync records: whole folders may have been copied; the first of each mailbox is named",
        rows: [1, 3, 5, 7, 9, 11],
      },
      windows(1, 1, upTo(12)),
    ],
  },
  {
    name: "a name that a consent gives the application",
    audit: [{ ...consentAt("2026-03-01T09:00:00Z"), Target: [{ ID: "Mail tool", Type: 1 }] }, ...opened(AT, 6)],
    outcome: "found",
    says: [
      { entity: `${APP} (Mail tool)`, points: 40, text: "6 mailboxes" },
      { ...windows(1, 1, [2, 3, 4, 5, 6, 7]), entity: `${APP} (Mail tool)` },
    ],
  },
  {
    name: "seven days after a consent",
    audit: [consentAt("2026-03-03T10:04:00Z"), ...opened(AT, 6)],
    outcome: "found",
    says: [
      { entity: APP, points: 40, text: "6 mailboxes" },
      { entity: APP, points: 15, text: "given rights at 2026-03-03T10:04:00", rows: [1] },
      windows(1, 1, [2, 3, 4, 5, 6, 7]),
    ],
  },
  {
    name: "a second more",
    audit: [consentAt("2026-03-03T10:03:59Z"), ...opened(AT, 6)],
    outcome: "found",
    says: [{ entity: APP, points: 40, text: "6 mailboxes" }, windows(1, 1, [2, 3, 4, 5, 6, 7])],
  },
  {
    name: "a watched address",
    audit: opened(AT, 6),
    watch: STRANGER,
    outcome: "found",
    says: [
      { entity: APP, points: 40 },
      { entity: APP, points: 20, text: STRANGER, rows: [1] },
      windows(1, 1, [1, 2, 3, 4, 5, 6]),
    ],
  },
  { name: "an allowed address", audit: opened(AT, 6), allow: STRANGER, outcome: "clear" },
  {
    name: "a watched address in an allowed network",
    audit: opened(AT, 6),
    allow: "203.0.113.0/24",
    watch: STRANGER,
    rules: "rules:\n  mailbox-access-api:\n    allowedAddresses: [203.0.113.64/26]\n",
    outcome: "found",
    says: [
      { entity: APP, points: 40 },
      { entity: APP, points: 20, text: STRANGER, rows: [1] },
      windows(1, 1, [1, 2, 3, 4, 5, 6]),
    ],
  },
  {
    name: "a watched address among the back end's",
    audit: opened(AT, 6, {
      ClientIPAddress: "2603:10b6:930:3d::7",
      ClientInfoString: "Client=REST;Client=RESTSystem;;",
    }),
    watch: "2603:10b6:930:3d::7",
    outcome: "found",
    says: [
      { entity: APP, points: 40 },
      { entity: APP, points: 20, text: "2603:10b6:930:3d::7", rows: [1] },
      windows(1, 1, [1, 2, 3, 4, 5, 6]),
    ],
  },
  { name: "an allowed application", audit: opened(AT, 6), allow: APP, outcome: "clear" },
  {
    name: "an application that the rule file allows",
    audit: opened(AT, 6),
    rules: `rules:\n  mailbox-access-api:\n    allowedApps: ["${APP}"]\n`,
    outcome: "clear",
  },
  {
    name: "a limit and a weight of the user's own",
    audit: opened(AT, 3),
    rules: "rules:\n  mailbox-access-api:\n    mailboxes: 2\n    exceeded: 50\n",
    outcome: "found",
    says: [{ entity: APP, points: 50, text: "more than 2 stand out", rows: [1, 2, 3] }, windows(1, 1, [1, 2, 3])],
  },
  {
    name: "people with Outlook on the web",
    audit: opened(AT, 8, { AppId: APP, ClientInfoString: "Client=OWA;Action=ViaProxy" }),
    outcome: "clear",
  },
  {
    name: "Microsoft's own back end",
    audit: opened(AT, 8, {
      ClientIPAddress: "2603:10b6:930:3d::7",
      ClientInfoString: "Client=REST;Client=RESTSystem;;",
    }),
    outcome: "clear",
  },
  {
    name: "no application is named",
    audit: [boundAt(AT, HOME, ["<1@contoso.example>"], { AppId: "", ClientAppId: "" })],
    outcome: "notAssessed",
  },
  {
    name: "no access to mail is logged",
    audit: [auditAt(AT, "Send", { ClientIPAddress: HOME })],
    outcome: "notAssessed",
  },
];
