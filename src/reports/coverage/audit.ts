import { partOf } from "../../joins/rows.ts";
import { formatTicks, TICKS_PER_SECOND } from "../../ingest/timestamp.ts";
import { typeOf } from "../../activities/index.ts";
import type { JoinedCase } from "../../joins/joined-case.ts";
import { clientOfRow } from "../../joins/mailbox-case.ts";
import type { ActivityType, MailboxEvent } from "../../model/event.ts";
import type { Part, SayCoverage } from "./say.ts";
import { plural } from "./say.ts";

const DAY = 86_400 * TICKS_PER_SECOND;

/** The records of one workload: how many, of which operations, and the first and the last. */
interface Workload {
  first: number;
  last: number;
  records: number;
  readonly operations: Map<string, number>;
}

/** Folders that one client synchronised from one address. */
interface SyncedFolder {
  readonly first: number;
  last: number;
  records: number;
}

/** Sync records as they come by, in order of time: by folder, client and address. */
export type SyncedFolders = Map<string, SyncedFolder>;

/** Takes an event of the reading family. */
export function noteSynced(synced: SyncedFolders, event: MailboxEvent): void {
  const { type, row, record } = event;
  const { audit } = record;
  if (type.role !== "synced" || audit === undefined) return;
  const folder = record.properties.text("Folder") ?? "";
  const client = audit.clientInfo === "" ? "a client" : audit.clientInfo;
  const { address } = event.attribution();
  const key = `${folder === "" ? "a folder without a name" : folder} by ${client}${address === "" ? "" : ` from ${address}`}`;
  const known = synced.get(key);
  if (known === undefined) synced.set(key, { first: row, last: row, records: 1 });
  else {
    known.last = row;
    known.records++;
  }
}

/** What cannot be known where no record of an operation is there at all; asked of the types that occur. */
const UNKNOWN_WITHOUT: readonly (readonly [is: (type: ActivityType) => boolean, words: string])[] = [
  [
    ({ family }) => family === "logon",
    "no sign-in record (UserLoggedIn, MailboxLogin): who came in and who failed to cannot be told",
  ],
  [
    ({ name }) => name === "MailItemsAccessed",
    "no MailItemsAccessed record: which messages were read cannot be told; it needs the licence and the auditing for it",
  ],
  [
    ({ family }) => family === "search",
    "no SearchQueryInitiated record: search auditing seems off, whether anybody searched cannot be told",
  ],
  [({ role }) => role === "sent", "no Send record: whether messages were sent cannot be told"],
  [
    ({ family }) => family === "attachment",
    "no AttachmentAccess record: whether attachments were opened cannot be told",
  ],
];

function workloadsOf({ mailboxCase }: JoinedCase, rows: Uint32Array): ReadonlyMap<string, Workload> {
  const workloads = new Map<string, Workload>();
  for (const row of rows) {
    if (partOf(mailboxCase.rows, row) !== 0) continue;
    const name = clientOfRow(mailboxCase, row)?.workload ?? "";
    let workload = workloads.get(name);
    if (workload === undefined) {
      workload = { first: row, last: row, records: 0, operations: new Map() };
      workloads.set(name, workload);
    }
    const operation = mailboxCase.types[mailboxCase.rows.type[row] as number]?.name ?? "";
    // Rows without a readable time come last.
    if (!Number.isNaN(mailboxCase.rows.ticks[row]) || workload.records === 0) workload.last = row;
    workload.records++;
    workload.operations.set(operation, (workload.operations.get(operation) ?? 0) + 1);
  }
  return workloads;
}

/** Each record that says so blinds the 24 hours behind it; what overlaps is one stretch. */
function sayThrottled({ mailboxCase }: JoinedCase, rows: Uint32Array, say: SayCoverage): void {
  const { ticks } = mailboxCase.rows;
  let from = -1;
  let until = -Infinity;
  let records = 0;
  const untimed: number[] = [];
  const end = () => {
    if (from < 0) return;
    const detail = `${plural(records, "record")} with IsThrottled: auditing of Bind stops for 24 hours, messages may have been opened without any record`;
    say({ from, to: formatTicks(until), kind: "throttled", detail });
  };
  for (const row of rows) {
    const at = ticks[row] as number;
    if (partOf(mailboxCase.rows, row) !== 0 || clientOfRow(mailboxCase, row)?.throttled !== true) continue;
    if (Number.isNaN(at)) {
      untimed.push(row);
      continue;
    }
    if (at > until) {
      end();
      from = row;
      records = 0;
    }
    until = at + DAY;
    records++;
  }
  end();
  const [first] = untimed;
  if (first === undefined) return;
  const detail = `${plural(untimed.length, "record")} with IsThrottled at a time that cannot be read: auditing of Bind stopped for 24 hours then, messages may have been opened without any record`;
  say({ from: first, to: untimed.at(-1) as number, kind: "throttled", detail });
}

/** Records of which lists cannot be read: what they name is not told of anywhere. */
function sayUnreadable({ mailboxCase }: JoinedCase, rows: Uint32Array, say: SayCoverage): void {
  if (mailboxCase.clients.every(({ unreadable }) => unreadable === "")) return;
  const lists = new Set<string>();
  const damaged = rows.filter((row) => {
    const unreadable = clientOfRow(mailboxCase, row)?.unreadable ?? "";
    if (unreadable === "" || partOf(mailboxCase.rows, row) !== 0) return false;
    lists.add(unreadable);
    return true;
  });
  const [from] = damaged;
  const to = damaged.at(-1);
  if (from === undefined || to === undefined) return;
  const detail = `${plural(damaged.length, "record")} whose ${[...lists].join(", ")} cannot be read: no row of theirs says which messages or folders they name`;
  say({ from, to, kind: "gap", detail });
}

/** From when to when audit logs speak of the mailbox, by workload, and of which operations. */
export function sayAudit(joined: JoinedCase, { rows }: Part, say: SayCoverage): void {
  for (const [name, { first, last, records, operations }] of workloadsOf(joined, rows)) {
    const kinds = [...operations].map(([operation, count]) => `${operation} ${count}`).join(", ");
    const detail = `${name === "" ? "no workload named" : name}: ${plural(records, "record")}: ${kinds}`;
    say({ from: first, to: last, kind: "logged", detail });
  }
}

/** Where audit logs are blind: what is not audited, throttling, synchronised folders. */
export function sayAuditBlind(
  joined: JoinedCase,
  { rows, first, last }: Part,
  synced: SyncedFolders,
  say: SayCoverage,
): void {
  const { mailboxCase } = joined;
  const numbers = new Set<number>();
  for (const row of rows) numbers.add(mailboxCase.rows.type[row] as number);
  // An operation that failed is audited all the same.
  const types = [...numbers].map((number) => typeOf((mailboxCase.types[number] as ActivityType).name));
  for (const [is, words] of UNKNOWN_WITHOUT) {
    if (!types.some(is)) say({ from: first, to: last, kind: "gap", detail: words });
  }
  if (types.some(({ name }) => name === "MailItemsAccessed")) {
    const detail =
      "MailItemsAccessed records are no count of accesses: identical ones are logged once an hour, Bind ones stand for two minutes each; eDiscovery is never in them";
    say({ from: first, to: last, kind: "gap", detail });
  }
  sayUnreadable(joined, rows, say);
  sayThrottled(joined, rows, say);
  for (const [words, { first, last, records }] of synced) {
    const detail = `Sync of ${words} (${plural(records, "record")}): every message in the folder is to be taken as copied, and which were read cannot be told`;
    say({ from: first, to: last, kind: "synced", detail });
  }
}
