import type { ApiRecord } from "../../activities/example.ts";
import type { RuleExample } from "../example.ts";
import { boundEach, minuteOf, ownDays } from "../access-volume/examples.ts";
import type { AuditRecordExample } from "../example.ts";
import { boundAt, logonAt, signInAt, syncedAt } from "../example.ts";
import { ranAt as cmdletAt } from "../deed-inbox-rule/examples.ts";
import { ranAt } from "../search-terms/examples.ts";

const HOME = "192.0.2.1";
const INTRUDER = "203.0.113.66";
const SECOND = "198.51.100.7";
const OWNER = "owner@contoso.example";
/** Rows 1 to 3. Two days are too few for any habit: only the watch list scores here. */
const entered = [
  logonAt("2018-03-01T08:00:00Z", HOME),
  logonAt("2018-03-02T20:00:00Z", INTRUDER),
  logonAt("2018-03-02T21:00:00Z", INTRUDER),
];
/** Whatever else scores, the addresses of the list are at 100. */
const fully = "rules:\n  address-watch-list:\n    listed: 100\n";

function done(
  time: string,
  ActivityIdType: string,
  ActivityItemId: string,
  CustomProperties: Readonly<Record<string, string>> = {},
): ApiRecord {
  return { TimeStamp: `2018-03-02T${time}Z`, AppIdType: "Web", ActivityIdType, ActivityItemId, CustomProperties };
}

/** Settings of the mailbox that its user changed from the intruder's address. */
const setAt = (time: string, parameters: Readonly<Record<string, string>>) =>
  cmdletAt(time, "Set-Mailbox", { Identity: OWNER, ...parameters }, { ClientIP: `${INTRUDER}:40000` });

/** Ten days of the owner at home, by Outlook on the web; rows 1 to 10. */
const days = ownDays(10);
const countries = { [HOME]: { country: "US" }, [INTRUDER]: { country: "NG" } };
const syncAt = (minute: number, address: string, folder: string, more: AuditRecordExample = {}) =>
  syncedAt(minuteOf(5, minute), address, folder, more);

export const examples: readonly RuleExample[] = [
  {
    // Country 25, network 12 and client 15 are high without the Sync, which gives 45 more. Two hours, four folders, five records.
    name: "folders synchronised by somebody who scores high: the whole mailbox",
    audit: [
      ...days,
      ...["\\Inbox", "\\Sent Items", "\\Archive\\Contracts", "\\Inbox\\Payroll"].map((folder, at) =>
        syncAt(600 + at, INTRUDER, folder),
      ),
      syncAt(700, INTRUDER, "\\inbox"),
    ],
    places: countries,
    outcome: "found",
    says: [
      { entity: OWNER, points: 97, rows: [11, 15] },
      {
        entity: OWNER,
        points: 10,
        text: "4 folders synchronised, so that the whole mailbox is to be taken for copied; records: 5 (5 of certain confidence)",
        rows: [11, 12, 13, 14, 15],
      },
    ],
  },
  {
    // Network 12 and client 15 are not high; the Sync gives 35 more.
    name: "folders synchronised by somebody who scores high by that alone",
    audit: [...days, syncAt(600, INTRUDER, "\\Inbox"), syncAt(700, INTRUDER, "\\Inbox")],
    outcome: "found",
    says: [
      { entity: OWNER, points: 62, rows: [11, 12] },
      {
        entity: OWNER,
        points: 10,
        text: "1 folder synchronised, of which every message is to be taken for copied; records: 2 (2 of certain confidence)",
        rows: [11, 12],
      },
    ],
  },
  {
    name: "folders synchronised in the session of somebody who scores high",
    audit: [
      ...days,
      ...boundEach(3, INTRUDER, (at) => minuteOf(5, 590 + at), {
        ClientInfoString: "Client=WebServices;eMClient/9.2.2157",
        SessionId: "session-1",
      }),
      // The owner's own network: its records are not those of the incident's span.
      syncedAt(minuteOf(8, 601), HOME, "\\Inbox", { SessionId: "session-1" }),
    ],
    places: countries,
    outcome: "found",
    says: [
      // Country 25, network 12, client 15, and 23 for one session of two programs at two networks.
      { entity: OWNER, points: 75, rows: [11, 13] },
      { entity: OWNER, points: 0, text: "3 messages come to" },
      {
        entity: OWNER,
        points: 0,
        text: `1 folder synchronised from ${HOME}, in a session of an address that scores high, so that the whole mailbox is to be taken for copied; records: 1`,
        rows: [14],
      },
    ],
  },
  {
    name: "an address that scores critical, and did nothing that is logged",
    records: entered,
    watch: INTRUDER,
    outcome: "found",
    says: [
      {
        entity: OWNER,
        points: 74,
        text: "203.0.113.66 scores 74 (critical): 2 successful logon records, first 2018-03-02T20:00:00Z, last 2018-03-02T21:00:00Z",
        rows: [2, 3],
      },
    ],
  },
  {
    name: "everything that was done there",
    records: [
      ...entered,
      ranAt("2018-03-02T21:05:00Z", "holiday photos"),
      done("21:06:00", "ReadingPaneDisplayStart", "item-1"),
      done("21:07:00", "OpenedAnAttachment", "item-1"),
      done("21:10:00", "MessageSent", "item-2"),
      done("21:20:00", "Move", "item-3", { TargetFolder: "RSS Feeds" }),
      done("21:21:00", "Move", "item-4", { TargetFolder: "Project North" }),
    ],
    watch: INTRUDER,
    rules: fully,
    outcome: "found",
    says: [
      { entity: OWNER, points: 100, text: "203.0.113.66 scores 100 (critical)", rows: [2, 3] },
      { entity: OWNER, points: 5, text: "searched for holiday photos: 1 (1 of medium confidence)", rows: [4] },
      { entity: OWNER, points: 0, text: "by accesses: 2 (2 of medium confidence)", rows: [5, 6] },
      {
        entity: OWNER,
        points: 0,
        text: "attachments opened, previewed or downloaded: 1 (1 of medium confidence)",
        rows: [6],
      },
      { entity: OWNER, points: 10, text: "answered, forwarded or sent: 1 (1 of medium confidence)", rows: [7] },
      { entity: OWNER, points: 10, text: "deleted or moved to where nobody looks: 1", rows: [8] },
    ],
  },
  {
    name: "a second address, which copied the mailbox",
    records: [
      ...entered,
      logonAt("2018-03-02T21:30:00Z", SECOND, { app: "IMAP4" }),
      logonAt("2018-03-02T22:30:00Z", HOME, { app: "IMAP4" }),
      logonAt("2018-03-02T23:30:00Z", SECOND, { app: "IMAP4" }),
    ],
    watch: `${INTRUDER}\n${SECOND}\n`,
    rules: fully,
    outcome: "found",
    says: [
      { entity: OWNER, points: 100, text: "203.0.113.66 scores 100", rows: [2, 3] },
      {
        entity: OWNER,
        points: 5,
        text: "198.51.100.7 scores 100 (critical): 2 successful logon records, first 2018-03-02T21:30:00Z, last 2018-03-02T23:30:00Z",
        rows: [4, 6],
      },
      {
        entity: OWNER,
        points: 10,
        text: "2 logons of clients that copy the mailbox, the last at 2018-03-02T23:30:00Z",
        rows: [4, 6],
      },
    ],
  },
  {
    name: "without a successful logon, failed ones are named and are no entry",
    audit: [
      signInAt("2026-03-09T02:14:00Z", INTRUDER, { failed: true }),
      boundAt("2026-03-10T21:14:00Z", INTRUDER, ["<1@fabrikam.example>"]),
      boundAt("2026-03-10T22:14:00Z", INTRUDER, ["<2@fabrikam.example>"]),
    ],
    watch: INTRUDER,
    rules: fully,
    outcome: "found",
    says: [
      {
        entity: OWNER,
        points: 100,
        text: "203.0.113.66 scores 100 (critical): no successful logon record (1 failed); other records first 2026-03-10T21:14:00, last 2026-03-10T22:14:00",
        rows: [1, 2, 3],
      },
      { entity: OWNER, points: 0, text: "2 messages come to, by accesses: 2 (2 of certain confidence)", rows: [2, 3] },
    ],
  },
  {
    name: "high is enough",
    records: entered,
    watch: INTRUDER,
    rules: "rules:\n  address-watch-list:\n    listed: 48\n",
    outcome: "found",
    says: [{ entity: OWNER, points: 48, text: "203.0.113.66 scores 48 (high)" }],
  },
  {
    name: "medium is not",
    records: entered,
    watch: INTRUDER,
    rules: "rules:\n  address-watch-list:\n    listed: 47\n",
    outcome: "clear",
  },
  {
    name: "an address that never came in",
    records: [logonAt("2018-03-01T08:00:00Z", HOME), logonAt("2018-03-02T20:00:00Z", INTRUDER, { result: "Failure" })],
    watch: INTRUDER,
    rules: "rules:\n  address-watch-list:\n    failed: 100\n",
    outcome: "clear",
  },
  { name: "nobody but the owner", records: entered, outcome: "clear" },
  {
    name: "settings of the mailbox that let nobody in and forward nothing",
    audit: [
      signInAt("2026-03-09T20:00:00Z", INTRUDER),
      setAt("2026-03-09T20:05:00Z", { Languages: "en-US", MaxReceiveSize: "35 MB" }),
    ],
    watch: INTRUDER,
    rules: fully,
    outcome: "found",
    says: [{ entity: OWNER, points: 100, rows: [1] }],
  },
  {
    name: "forwarding among other settings",
    audit: [
      signInAt("2026-03-09T20:00:00Z", INTRUDER),
      setAt("2026-03-09T20:05:00Z", { Languages: "en-US", ForwardingSmtpAddress: "smtp:drop@fabrikam.example" }),
    ],
    watch: INTRUDER,
    rules: fully,
    outcome: "found",
    says: [
      { entity: OWNER, points: 100, rows: [1] },
      {
        entity: OWNER,
        points: 10,
        text: "inbox rules, forwarding, permissions or consents changed: 1 (1 of certain confidence)",
        rows: [2],
      },
    ],
  },
];
