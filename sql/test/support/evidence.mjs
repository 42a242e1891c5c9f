import { spawnSync } from "node:child_process";
import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));

/** xorshift32: the same numbers everywhere. */
function random(seed) {
  let state = seed;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}

/** What a subject, a query or a session may hold that databases, tables or formats take for their own. */
const HOSTILE = [
  'He said "hello"',
  '"',
  "a\tb",
  "a\r\nb",
  "\\N",
  "NULL",
  "No Data",
  "=1+1",
  "'; DROP TABLE events; --",
  "%41/../..",
  "__proto__",
  "naïve \u{1F600} Ünïcode",
  "half \ud83d a pair",
  "\u0000nul",
  "x".repeat(5000),
  "",
];

/** A mailbox of so many records, as the API gives them: everything that can happen, in any order, ties included. */
function activities(count, user, seed) {
  const upTo = random(seed);
  const pick = (list) => list[upTo(list.length)];
  const text = () =>
    upTo(12) === 0 ? pick(HOSTILE) : `${pick(["invoice", "wire", "payment", "budget"])} ${upTo(900)}`;
  const records = [];
  const addresses = ["192.0.2.10", "192.0.2.11", "198.51.100.7", "2001:db8::1", "203.0.113.9"];
  const items = Array.from({ length: Math.ceil(count / 8) }, (_, at) => `item-${user}-${at}`);
  let session = 0;
  let typed = "";
  for (let at = 0; at < count; at++) {
    // Several records share a time, down to the tick; one in 500 has none that can be read.
    const moment = new Date(Date.UTC(2018, 2, 1) + Math.floor(at / 3) * 37_000).toISOString().slice(0, 19);
    const TimeStamp = upTo(500) === 0 ? "yesterday" : `${moment}.${String(upTo(4) * 1234567).padStart(7, "0")}Z`;
    const record = (ActivityIdType, AppIdType, CustomProperties, ActivityItemId = null) =>
      records.push({
        TimeStamp,
        AppIdType,
        ActivityIdType,
        ActivityItemId,
        ClientSessionId: upTo(9) === 0 ? "" : `session-${session}`,
        CustomProperties: Object.entries(CustomProperties).map(([Name, Value]) => ({ Name, Value })),
      });
    const item = pick(items);
    switch (upTo(12)) {
      case 0:
        if (upTo(3) === 0) session++;
        record("ServerLogon", pick(["Web", "Outlook", "Mobile"]), {
          Result: upTo(6) === 0 ? "Failure" : "Success",
          ClientIP: pick(addresses),
          UserName: user,
          UserAgent: pick(["Mozilla/5.0", "Outlook/16.0"]),
        });
        break;
      case 1:
        record("Logon", "Web", { IPAddress: pick(addresses), Browser: "Chrome" });
        break;
      case 2:
        record(
          "MessageDelivered",
          "Exchange",
          {
            Subject: text(),
            SenderSmtpAddress: "bob@fabrikam.example",
            ReceivedTime: "03/01/2018 08:00:00 AM",
            InternetMessageId: `<${item}@fabrikam.example>`,
            DeliveredFolderType: "Inbox",
          },
          item,
        );
        break;
      case 3:
        // Moved: another item, the same message.
        record("MarkAsRead", "Outlook", { InternetMessageId: `<${item}@fabrikam.example>` }, `moved-${item}`);
        break;
      case 4:
      case 5:
        typed = upTo(3) === 0 ? text().slice(0, 4) : `${typed}${pick(["a", "b", ""])}`.slice(-12);
        record("SearchSuggestionsDisplay", "Web", { SuggestionStimulus: typed });
        break;
      case 6:
        record("SearchResult", "Web", {
          Query: `<Query><RawQuery>${upTo(2) === 0 ? "wire" : upTo(90)}</RawQuery></Query>`,
        });
        break;
      case 7:
        record("OpenedAnAttachment", "Web", { AttachmentAction: "Preview", AttachmentName: text() }, item);
        break;
      case 8:
        record("ReadingPaneDisplayEnd", "Web", {}, item);
        break;
      case 9:
        record("ReadingPaneDisplayStart", "Web", {}, `moved-${item}`);
        break;
      default:
        record(
          "ReadingPaneDisplayStart",
          pick(["Web", "Outlook"]),
          upTo(5) === 0 ? { SelectedFolderName: text() } : {},
          item,
        );
        if (upTo(2) === 0) record("ReadingPaneDisplayEnd", "Web", {}, item);
    }
  }
  return records.slice(0, count);
}

/** An export of 20,000 records of two mailboxes, of which one is named as no file may be on every system. */
export function exportOf20000(folder) {
  mkdirSync(folder, { recursive: true });
  const page = (name, value) => writeFileSync(join(folder, name), JSON.stringify({ value }));
  page("first.json", activities(15_000, "anna@contoso.example", 1));
  page("second.json", activities(5_000, "../CON:*?\"<ö>'.@contoso.example.", 7));
  return folder;
}

/** Two messages, one of them read at times of which one can be read, the other at two that cannot. */
export function untimedReads(folder) {
  mkdirSync(folder, { recursive: true });
  const read = (TimeStamp, ActivityItemId) => ({
    TimeStamp,
    AppIdType: "Web",
    ActivityIdType: "ReadingPaneDisplayStart",
    ActivityItemId,
    CustomProperties: [],
  });
  const value = [
    read("2018-06-20T08:00:00Z", "item-1"),
    read("yesterday", "item-1"),
    read("today", "item-2"),
    read("tomorrow", "item-2"),
  ];
  writeFileSync(join(folder, "export.json"), JSON.stringify({ value }));
  return folder;
}

/** Records of applications that read many mailboxes: bursts beside the load of a whole tenant. */
function bursts() {
  const records = [];
  const add = (app, time, number, more = {}) =>
    records.push({
      CreationTime: time,
      Id: `00000000-0000-4000-8000-${String(records.length).padStart(12, "0")}`,
      Operation: "MailItemsAccessed",
      OrganizationId: "11111111-1111-4111-8111-111111111111",
      RecordType: 50,
      Workload: "Exchange",
      UserId: `user${number}@contoso.example`,
      AppId: "00000003-0000-0000-c000-000000000000",
      ClientAppId: app,
      ClientIPAddress: `203.0.113.${1 + (number % 3)}`,
      ClientInfoString: "Client=REST;;",
      MailboxOwnerUPN: `User${number}@contoso.example`,
      OperationProperties: [
        { Name: "MailAccessType", Value: "Bind" },
        { Name: "IsThrottled", Value: "False" },
      ],
      OperationCount: 1,
      Folders: [
        {
          Path: "\\Inbox",
          FolderItems: [{ Id: `i${records.length}`, InternetMessageId: `<${records.length}@x.example>` }],
        },
      ],
      ...more,
    });
  const ids = [1, 2, 3, 4].map((at) => `aaaaaaaa-0000-4000-8000-00000000000${at}`);
  // Seven users, in no order of their names; the last moment of a window and the first of the next.
  for (const number of [7, 3, 5, 1, 9, 2, 4]) add(ids[0], "2026-03-10T10:09:59.9999999", number);
  for (const number of [7, 3, 5]) add(ids[0], "2026-03-10T10:10:00", number);
  // Six users of whom one is missing, with fields that are missing, in every case of letters.
  for (const number of [1, 2, 3, 4, 5]) {
    add(ids[1], `2026-03-11T23:5${number}:00`, number, {
      Operation: "mailitemsaccessed",
      Workload: "EXCHANGE",
      OrganizationId: undefined,
      AppId: "00000003-0000-0000-C000-000000000000",
      ClientInfoString: undefined,
    });
  }
  add(ids[1], "2026-03-11T23:55:30", 6, {
    UserId: undefined,
    OrganizationId: undefined,
    ClientInfoString: undefined,
    ClientIPAddress: undefined,
  });
  // Exchange Web Services under another application; in another case of letters it is something else.
  const EWS = "Client=WebServices;ExchangeWebServices (ExchangeServicesClient/15.00.0913.015);";
  for (let number = 0; number < 8; number++) {
    add(ids[2], "2026-03-12T00:00:00", number, { AppId: ids[2], ClientInfoString: EWS });
    add(ids[2], "2026-03-12T01:00:00", number, { AppId: ids[2], ClientInfoString: EWS.toLowerCase() });
  }
  // More names than a cell lists, some of one owner in two spellings; five users stand out nowhere.
  for (let number = 0; number < 230; number++) add(ids[3], "2026-03-13T02:00:01", number);
  for (let number = 0; number < 5; number++) add(ids[3], "2026-03-14T02:00:01", number);
  for (const owner of ["ÄNNE@contoso.example", "änne@contoso.example"]) {
    for (let number = 0; number < 3; number++) {
      add(ids[3], "2026-03-15T02:00:01", number + (owner.startsWith("Ä") ? 0 : 10), { MailboxOwnerUPN: owner });
    }
  }
  return records;
}

/** An audit log of 20,000 records and of bursts that the rule about mailbox access is for, one record a line. */
export function auditLog(folder) {
  const out = join(folder, "audit.ndjson");
  mkdirSync(dirname(out), { recursive: true });
  const generator = join(ROOT, "bench", "generate-audit.mjs");
  const made = spawnSync(
    process.execPath,
    [generator, "--records", "20000", "--mailboxes", "40", "--shape", "ndjson", "--out", out],
    { stdio: ["ignore", "ignore", "inherit"] },
  );
  if (made.status !== 0) throw new Error("The audit log could not be made.");
  appendFileSync(
    out,
    bursts()
      .map((record) => `${JSON.stringify(record)}\n`)
      .join(""),
  );
  return folder;
}

/** The same records in two logs, each mailbox in one of them, as two laptops would share them. */
export function dividedLog(folder) {
  const lines = readFileSync(join(auditLog(folder), "audit.ndjson"), "utf8")
    .split("\n")
    .slice(0, -1);
  const half = (line) => {
    const { MailboxOwnerUPN, UserId = "" } = JSON.parse(line);
    return (
      Array.from((MailboxOwnerUPN ?? UserId).toLowerCase()).reduce((sum, sign) => sum + sign.codePointAt(0), 0) % 2
    );
  };
  const both = join(folder, "both");
  mkdirSync(both);
  const paths = [join(both, "a.ndjson"), join(both, "b.ndjson")];
  for (const [at, path] of paths.entries()) {
    writeFileSync(
      path,
      lines
        .filter((line) => half(line) === at)
        .map((line) => `${line}\n`)
        .join(""),
    );
  }
  return { both, paths };
}
