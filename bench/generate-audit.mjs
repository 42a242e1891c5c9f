// Makes tenant-size unified audit logs for load: deterministic, synthetic, with the mix and the sizes of real ones.
// usage: node bench/generate-audit.mjs --records N --mailboxes M --shape ndjson|array|csv --out FILE [--seed S]
import { closeSync, openSync, writeSync } from "node:fs";
import { parseArgs } from "node:util";

const { values } = parseArgs({
  options: {
    records: { type: "string", default: "100000" },
    mailboxes: { type: "string", default: "200" },
    shape: { type: "string", default: "ndjson" },
    seed: { type: "string", default: "1" },
    out: { type: "string" },
  },
});
const COUNT = Number(values.records);
const MAILBOXES = Number(values.mailboxes);
const { shape, out } = values;
if (!Number.isSafeInteger(COUNT) || !Number.isSafeInteger(MAILBOXES) || out === undefined) {
  console.error("usage: node bench/generate-audit.mjs --records N --mailboxes M --shape ndjson|array|csv --out FILE");
  process.exit(2);
}

let state = Number(values.seed) >>> 0 || 1;
/** xorshift32: the same numbers everywhere. */
function random() {
  state ^= state << 13;
  state ^= state >>> 17;
  state ^= state << 5;
  return (state >>> 0) / 4294967296;
}
const upTo = (n) => Math.floor(random() * n);
const pick = (list) => list[upTo(list.length)];
const hex = (n) => Array.from({ length: n }, () => upTo(16).toString(16)).join("");
const guid = () => `${hex(8)}-${hex(4)}-4${hex(3)}-a${hex(3)}-${hex(12)}`;

const ORGANIZATION = guid();
const DAYS = 90;
const START = Date.UTC(2026, 0, 5);
const AGENTS = [
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/143.0.0.0 Safari/537.36",
  "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.3 Safari/605.1.15",
];
const CLIENTS = [
  ["Client=OWA;Action=ViaProxy", "00000002-0000-0ff1-ce00-000000000000", "5d661950-3475-41cd-a2c3-d671a3162bc1"],
  [
    "Client=OutlookService;Outlook-iOS/2.0;",
    "00000002-0000-0ff1-ce00-000000000000",
    "27922004-5251-4030-b22d-91ecd9a37ea4",
  ],
  ["Client=REST;Client=RESTSystem;;", "00000003-0000-0000-c000-000000000000", "13937bba-652e-4c46-b222-3003f4d1ff97"],
  ["Client=MSExchangeRPC", "00000002-0000-0ff1-ce00-000000000000", "d3590ed6-52b3-4102-aeff-aad2292ab01c"],
];
const WORDS =
  "invoice payment contract renewal meeting schedule project update report budget review travel agenda".split(" ");
const FOLDERS = ["\\Inbox", "\\Sent Items", "\\Archive", "\\Projects\\North", "\\Deleted Items"];

/** The service's own addresses, and those from which passwords are tried: each is met again and again. */
const BACK_END = Array.from({ length: 300 }, () => `2603:10b6:408:${hex(3)}::${hex(2)}`);
const STRANGERS = Array.from({ length: 2000 }, () => `198.51.${upTo(256)}.${1 + upTo(254)}`);

const mailboxes = Array.from({ length: MAILBOXES }, (_, at) => ({
  upn: `user${at}@contoso.example`,
  guid: guid(),
  sid: `S-1-5-21-${upTo(1e9)}-${upTo(1e9)}-${upTo(1e9)}-${upTo(1e6)}`,
  home: `203.0.${upTo(256)}.${1 + upTo(254)}`,
  session: guid(),
  messages: Array.from({ length: 400 }, () => `<${hex(32)}@mail.contoso.example>`),
}));

const parameters = (pairs) => Object.entries(pairs).map(([Name, Value]) => ({ Name, Value }));

function exchange(box, time, Operation, RecordType, more) {
  const [ClientInfoString, AppId, ClientAppId] = random() < 0.6 ? CLIENTS[0] : pick(CLIENTS);
  return {
    CreationTime: time,
    Id: guid(),
    Operation,
    OrganizationId: ORGANIZATION,
    RecordType,
    ResultStatus: "Succeeded",
    UserKey: hex(16).toUpperCase(),
    UserType: 0,
    Version: 1,
    Workload: "Exchange",
    UserId: box.upn,
    AppId,
    ClientAppId,
    ClientIPAddress: ClientInfoString.includes("RESTSystem") ? pick(BACK_END) : box.home,
    ClientInfoString,
    ExternalAccess: false,
    InternalLogonType: 0,
    LogonType: 0,
    LogonUserSid: box.sid,
    MailboxGuid: box.guid,
    MailboxOwnerSid: box.sid,
    MailboxOwnerUPN: box.upn,
    OrganizationName: "contoso.onmicrosoft.com",
    OriginatingServer: "AM0PR07MB1234 (15.20.4200.000)\r\n",
    SessionId: box.session,
    ...more,
  };
}

function bind(box, time) {
  const items = Array.from({ length: 1 + upTo(3) }, () => ({
    InternetMessageId: pick(box.messages),
    SizeInBytes: 2000 + upTo(90000),
    Id: `RgAAAA${hex(70)}`,
  }));
  return exchange(box, time, "MailItemsAccessed", 50, {
    OperationProperties: parameters({ MailAccessType: "Bind", IsThrottled: random() < 0.0005 ? "True" : "False" }),
    OperationCount: items.length,
    Folders: [{ FolderItems: items, Id: `LgAAAA${hex(48)}`, Path: pick(FOLDERS) }],
  });
}

function sync(box, time) {
  const path = pick(FOLDERS);
  return exchange(box, time, "MailItemsAccessed", 2, {
    ClientInfoString: "Client=MSExchangeRPC",
    OperationProperties: parameters({ MailAccessType: "Sync", IsThrottled: "False" }),
    OperationCount: 1,
    Item: { Id: `LgAAAA${hex(48)}`, ParentFolder: { Id: `LgAAAA${hex(48)}`, Name: path.slice(1), Path: path } },
  });
}

function signIn(box, time, failed) {
  return {
    CreationTime: time,
    Id: guid(),
    Operation: failed ? "UserLoginFailed" : "UserLoggedIn",
    OrganizationId: ORGANIZATION,
    RecordType: 15,
    ResultStatus: failed ? "Failed" : "Success",
    UserKey: guid(),
    UserType: 0,
    Version: 1,
    Workload: "AzureActiveDirectory",
    ClientIP: failed ? pick(STRANGERS) : box.home,
    ObjectId: "00000002-0000-0ff1-ce00-000000000000",
    UserId: box.upn,
    AzureActiveDirectoryEventType: 1,
    ExtendedProperties: parameters({
      ResultStatusDetail: failed ? "UserError" : "Redirect",
      UserAgent: pick(AGENTS),
      RequestType: "OAuth2:Authorize",
    }),
    ModifiedProperties: [],
    Actor: [
      { ID: guid(), Type: 0 },
      { ID: box.upn, Type: 5 },
    ],
    ActorContextId: ORGANIZATION,
    InterSystemsId: guid(),
    IntraSystemId: guid(),
    SupportTicketId: "",
    Target: [{ ID: "00000002-0000-0ff1-ce00-000000000000", Type: 0 }],
    TargetContextId: ORGANIZATION,
    DeviceProperties: parameters({ OS: "Windows 10", BrowserType: "Chrome", SessionId: box.session }),
    ErrorNumber: failed ? "50126" : "0",
    ...(failed ? { LogonError: "InvalidUserNameOrPassword" } : {}),
  };
}

const subject = () => `${pick(WORDS)} ${pick(WORDS)} ${upTo(9000)}`;

function message(box, time) {
  return exchange(box, time, "Send", 2, {
    Item: {
      Id: `RgAAAA${hex(70)}`,
      InternetMessageId: pick(box.messages),
      ParentFolder: { Id: `LgAAAA${hex(48)}`, Path: "\\Drafts" },
      SizeInBytes: 2000 + upTo(90000),
      Subject: subject(),
    },
  });
}

function moved(box, time) {
  return exchange(box, time, pick(["SoftDelete", "HardDelete", "MoveToDeletedItems", "Move"]), 3, {
    AffectedItems: Array.from({ length: 1 + upTo(3) }, () => ({
      Id: `RgAAAA${hex(70)}`,
      InternetMessageId: pick(box.messages),
      ParentFolder: { Id: `LgAAAA${hex(48)}`, Path: "\\Inbox" },
      Subject: subject(),
    })),
    Folder: { Id: `LgAAAA${hex(48)}`, Path: "\\Inbox" },
    DestFolder: { Id: `LgAAAA${hex(48)}`, Path: "\\Deleted Items" },
  });
}

function search(box, time) {
  return exchange(box, time, "SearchQueryInitiatedExchange", 101, {
    QueryText: `${pick(WORDS)} ${pick(WORDS)}`,
    QuerySource: "Mailbox",
    ScenarioName: "owa.react",
  });
}

function rule(box, time) {
  return exchange(box, time, "New-InboxRule", 1, {
    ClientIP: `${box.home}:${1024 + upTo(60000)}`,
    ObjectId: `contoso.onmicrosoft.com/${box.upn}\\rule`,
    Parameters: parameters({ Name: `${pick(WORDS)} mail`, From: "news@fabrikam.example", MoveToFolder: "Projects" }),
  });
}

function recordAt(at) {
  const box = mailboxes[Math.floor(MAILBOXES * random() ** 2)];
  const time = new Date(START + Math.floor((at / COUNT) * DAYS * 86_400_000)).toISOString().slice(0, 19);
  const kind = random();
  if (kind < 0.5) return bind(box, time);
  if (kind < 0.6) return sync(box, time);
  if (kind < 0.76) return signIn(box, time, false);
  if (kind < 0.79) return signIn(box, time, true);
  if (kind < 0.87) return message(box, time);
  if (kind < 0.96) return moved(box, time);
  if (kind < 0.99) return search(box, time);
  if (kind < 0.992) return rule(box, time);
  return exchange(box, time, pick(["Create", "Update"]), 2, { Item: { Id: `RgAAAA${hex(70)}`, Subject: subject() } });
}

const file = openSync(out, "wx");
let piece = "";
function put(text) {
  piece += text;
  if (piece.length > 1 << 20) {
    writeSync(file, piece);
    piece = "";
  }
}
const quoted = (text) => `"${text.replaceAll('"', '""')}"`;
const COLUMNS = [
  "PSComputerName",
  "RunspaceId",
  "PSShowComputerName",
  "RecordType",
  "CreationDate",
  "UserIds",
  "Operations",
];
const REST = ["AuditData", "ResultIndex", "ResultCount", "Identity", "IsValid", "ObjectState"];
const RUNSPACE = guid();

if (shape === "array") put("[");
if (shape === "csv") put(`${[...COLUMNS, ...REST].map(quoted).join(",")}\r\n`);
for (let at = 0; at < COUNT; at++) {
  const record = recordAt(at);
  const json = JSON.stringify(record);
  if (shape === "ndjson") put(`${json}\n`);
  else if (shape === "array") put(`${at === 0 ? "" : ","}${json}`);
  else {
    const date = new Date(`${record.CreationTime}Z`);
    const hours = date.getUTCHours();
    const two = (n) => String(n).padStart(2, "0");
    const day = `${date.getUTCMonth() + 1}/${date.getUTCDate()}/${date.getUTCFullYear()}`;
    const clock = `${hours % 12 || 12}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())} ${hours < 12 ? "AM" : "PM"}`;
    const cells = [
      "outlook.office365.com",
      RUNSPACE,
      "False",
      "ExchangeItemAggregated",
      `${day} ${clock}`,
      record.UserId,
    ];
    const rest = [record.Operation, json, String(at + 1), String(COUNT), record.Id, "True", "Unchanged"];
    put(`${[...cells, ...rest].map(quoted).join(",")}\r\n`);
  }
}
if (shape === "array") put("]");
writeSync(file, piece);
closeSync(file);
