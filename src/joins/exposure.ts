import { messageFields } from "../activities/message/index.ts";
import type { Access, ActivityType, Confidence, MailboxEvent } from "../model/event.ts";
import type { NumberList } from "../model/number-list.ts";
import { addNumber, newNumberList, numbersOf } from "../model/number-list.ts";
import { partitionPoint } from "../model/partition-point.ts";
import { applicationOf } from "./applications.ts";
import type { FolderLedger, SessionOf } from "./folder-syncs.ts";
import { newFolderLedger, noteFolder, noteFolderSync, syncedMessages } from "./folder-syncs.ts";
import type { CaseLogon } from "./mailbox-case.ts";
import { timeOf } from "./mailbox-case.ts";
import type { MessageAddresses, WayOfAddress } from "./message-addresses.ts";
import { ACCESSES, addressesOf, newMessageAddresses, noteAddress } from "./message-addresses.ts";
import { namesWithin, occurrencesOf } from "./occurrences.ts";
import { compareMoments, compareRows } from "./order.ts";
import type { MailboxPresence, NamedItem } from "./presence.ts";
import { newMailboxPresence, notePresence, stretchesOf } from "./presence.ts";
import type { JoinedCase } from "./joined-case.ts";

/** The mark beside the ways of access of a message of which a display was measured. */
const MEASURED = 1 << ACCESSES.length;

/** Clients that copy the mailbox when they log on and leave no record of what they read (CrowdStrike, 2018). */
export const SYNCING_CLIENTS: ReadonlySet<string> = new Set(["IMAP4", "IMAP", "POP3"]);

/** The accesses to the messages of one mailbox, gathered event by event; typed columns by message number. */
export interface ExposureLedger {
  readonly joined: JoinedCase;
  /** Successful logons of clients that copy the mailbox, of those that tables print, in time order. */
  readonly syncs: readonly CaseLogon[];
  /** Messages in the order in which they were first met; those of no way were not come to. */
  readonly exposed: NumberList;
  readonly listed: Uint8Array;
  readonly ways: Uint8Array;
  readonly count: Uint32Array;
  /** Rows of the first and last access. */
  readonly firstRow: Int32Array;
  readonly lastRow: Int32Array;
  readonly dwell: Float64Array;
  /** From which addresses they were come to. */
  readonly addresses: MessageAddresses;
  /** The same of the applications that audit records name. */
  readonly applications: MessageAddresses;
  /** From when on messages are known to be in the mailbox, and until when. */
  readonly presence: MailboxPresence;
  /** Whether the rows that a filter keeps out told that already, together with all others. */
  isPresenceKnown: boolean;
  /** In which folders messages are, and who synchronised these; undefined where nobody synchronised any. */
  readonly folders: FolderLedger | undefined;
  /** Of messages that were synchronised in suspects' sessions from other addresses: the suspects' addresses. */
  readonly suspects: Map<number, ReadonlySet<string>>;
}

/** Everything known of one message's exposure. */
export interface ExposedMessage {
  readonly item: number;
  readonly access: readonly Access[];
  /** Row of the first access, or of the logon that copied the mailbox. */
  readonly firstRow: number;
  readonly firstTime: string;
  readonly lastTime: string;
  readonly accesses: number;
  /** Total seconds on display, of those displays whose end is logged; undefined where there are none. */
  readonly dwellSeconds: number | undefined;
  /** In order of the first access from each. */
  readonly addresses: readonly string[];
  /** In which ways each of the addresses came to it, in their order. */
  readonly ways: readonly (readonly WayOfAddress[])[];
  /** How sure the surest access from each of the addresses is, in their order. */
  readonly confidences: readonly Confidence[];
  /** Addresses of suspects in whose sessions its folder was synchronised from other addresses. */
  readonly suspects: readonly string[];
  /** Ids of the applications that audit records say came to it, in order of the first access by each. */
  readonly applications: readonly string[];
}

/** The logons by which clients copied the mailbox; those without a readable time come last. */
export function syncLogons({ mailboxCase: { apps }, logons }: JoinedCase): readonly CaseLogon[] {
  return logons
    .filter(({ successful, app }) => successful && SYNCING_CLIENTS.has(apps[app] as string))
    .sort(compareMoments);
}

/** A ledger that knows what filtered rows say; the events are still to be noted. */
export function newExposureLedger(joined: JoinedCase, sessionOf: SessionOf): ExposureLedger {
  const ledger = emptyLedger(joined, sessionOf);
  if (joined.logged !== joined.order) noteFilteredRows(ledger);
  return ledger;
}

function emptyLedger(joined: JoinedCase, sessionOf: SessionOf): ExposureLedger {
  const { items, rows, types } = joined.mailboxCase;
  const { count } = items;
  const syncs = syncLogons(joined).filter(({ ticks, row }) => !Number.isNaN(ticks) && rows.hidden[row] === 0);
  return {
    joined,
    syncs,
    exposed: newNumberList(),
    listed: new Uint8Array(count),
    ways: new Uint8Array(count),
    count: new Uint32Array(count),
    firstRow: new Int32Array(count),
    lastRow: new Int32Array(count),
    dwell: new Float64Array(count),
    addresses: newMessageAddresses(rows, count),
    applications: newMessageAddresses(rows, count),
    presence: newMailboxPresence(count, syncs.at(-1)?.ticks),
    isPresenceKnown: false,
    folders: types.some(({ role }) => role === "synced") ? newFolderLedger(joined, count, sessionOf) : undefined,
    suspects: new Map(),
  };
}

/**
 * Copying a mailbox exposes messages at the time of that logon, which need not come in order with other accesses. A row
 * whose time cannot be read is the last access only where no other can be read either.
 */
function expose(ledger: ExposureLedger, item: number, access: Access, row: number): void {
  const { rows } = ledger.joined.mailboxCase;
  const isNew = ledger.ways[item] === 0;
  ledger.ways[item] = (ledger.ways[item] as number) | (1 << ACCESSES.indexOf(access));
  list(ledger, item);
  if (isNew || compareRows(rows, row, ledger.firstRow[item] as number) < 0) ledger.firstRow[item] = row;
  const last = ledger.lastRow[item] as number;
  const isLater = Number.isNaN(rows.ticks[last]) || compareRows(rows, row, last) > 0;
  if (isNew || (isLater && !Number.isNaN(rows.ticks[row]))) ledger.lastRow[item] = row;
}

function list({ listed, exposed }: ExposureLedger, item: number): void {
  if (listed[item] === 1) return;
  listed[item] = 1;
  addNumber(exposed, item);
}

/** Rows that prove that a message is in the folder that they name, if any: where it was by then, no other row can say. */
function provesFolder({ access, role }: ActivityType): boolean {
  return access !== undefined || role === "delivered";
}

/**
 * A message is in the mailbox from its delivery on, or from the first record of it where that is not logged. Every later
 * copy of the mailbox, or of its folder, that tables print exposes it, whether or not they print the row that says so:
 * here those that a filter keeps out are asked.
 */
function noteFilteredRows(ledger: ExposureLedger): void {
  const { joined, syncs, folders } = ledger;
  const { rows, types } = joined.mailboxCase;
  if (syncs.length === 0 && folders === undefined) return;
  for (const row of joined.logged) {
    const own = rows.item[row] as number;
    if (own < 0) continue;
    const type = types[rows.type[row] as number] as ActivityType;
    const ticks = rows.ticks[row] as number;
    noteOwnPresence(ledger, { own, row, type, ticks, record: () => joined.recordOf(row) });
    if (folders !== undefined && rows.hidden[row] === 1 && provesFolder(type)) {
      noteFolder(folders, own, ticks, () => messageFields(joined.recordOf(row)).folder);
    }
  }
  ledger.isPresenceKnown = true;
}

/** A message takes its place among the others where it is first known to be. */
function noteOwnPresence(ledger: ExposureLedger, named: NamedItem): void {
  const item = ledger.joined.messageOf(named.own);
  if (notePresence(ledger.presence, item, named)) list(ledger, item);
}

/** Takes an event into the ledger. The end of a display is an access of its own only where its start is not logged. */
export function noteAccess(ledger: ExposureLedger, event: MailboxEvent): void {
  const { type, messageItem: item } = event;
  const { folders } = ledger;
  if (folders !== undefined && type.role === "synced") noteFolderSync(folders, event);
  if (item < 0) return;
  if (!ledger.isPresenceKnown) {
    const { row, ticks } = event;
    noteOwnPresence(ledger, { own: event.item, row, type, ticks, record: () => event.record });
  }
  if (folders !== undefined && provesFolder(type)) {
    noteFolder(folders, event.item, event.ticks, () => event.own().folder);
  }
  if (type.access !== undefined) noteOwnAccess(ledger, event, type.access);
}

function noteOwnAccess(ledger: ExposureLedger, event: MailboxEvent, access: Access): void {
  const { row, messageItem: item, loggedStart } = event;
  if (loggedStart !== undefined) {
    // It says until when. Who logged on meanwhile came to nothing by it, and a filtered start exposes nothing.
    if (loggedStart === "printed") expose(ledger, item, access, row);
    return;
  }
  expose(ledger, item, access, row);
  ledger.count[item] = (ledger.count[item] as number) + 1;
  if (event.dwellSeconds !== undefined) {
    ledger.ways[item] = (ledger.ways[item] as number) | MEASURED;
    ledger.dwell[item] = (ledger.dwell[item] as number) + event.dwellSeconds;
  }
  const { address, confidence } = event.attribution();
  noteAddress(ledger.addresses, item, { access, address, confidence, row });
  noteApplication(ledger, item, access, applicationOf(ledger.joined.mailboxCase, row), row);
}

/** The record itself names its application, or nothing does. */
function noteApplication(ledger: ExposureLedger, item: number, access: Access, application: string, row: number): void {
  noteAddress(ledger.applications, item, { access, address: application, confidence: "certain", row });
}

/** Exposes every message that was in a folder when a client synchronised it; after the last event. */
function exposeSyncedFolders(ledger: ExposureLedger): void {
  const { folders } = ledger;
  if (folders === undefined) return;
  for (const synced of syncedMessages(folders)) {
    const { item, firstRow: begin, lastRow, count, addresses, applications } = synced;
    if (synced.suspects.size > 0) {
      const known = ledger.suspects.get(item);
      ledger.suspects.set(item, known === undefined ? synced.suspects : new Set([...known, ...synced.suspects]));
    }
    for (const row of [begin, lastRow]) expose(ledger, item, "folder-synced", row);
    ledger.count[item] = (ledger.count[item] as number) + count;
    for (const [address, { confidence, firstRow }] of addresses) {
      noteAddress(ledger.addresses, item, { access: "folder-synced", address, confidence, row: firstRow });
    }
    for (const [application, row] of applications) noteApplication(ledger, item, "folder-synced", application, row);
  }
}

/**
 * Exposes every message that was in the mailbox when a client copied it; after the last event. Rows of one time keep the
 * order of the source: what was deleted behind a logon was copied, what was delivered behind it was not.
 */
function exposeCopied(ledger: ExposureLedger): void {
  const { syncs, presence } = ledger;
  const { rows } = ledger.joined.mailboxCase;
  const access = "mailbox-synced";
  const rowAt = (at: number) => (syncs[at] as CaseLogon).row;
  const firstBehind = (row: number) => partitionPoint(syncs.length, (at) => compareRows(rows, rowAt(at), row) < 0);
  const addresses = occurrencesOf(syncs.length, (at) => (syncs[at] as CaseLogon).address);
  const applications = occurrencesOf(syncs.length, (at) => applicationOf(ledger.joined.mailboxCase, rowAt(at)));
  for (const item of numbersOf(presence.messages)) {
    for (const [since, until] of stretchesOf(presence, item)) {
      const from = firstBehind(since);
      const to = until < 0 ? syncs.length : firstBehind(until);
      if (from >= to) continue;
      for (const at of [from, to - 1]) expose(ledger, item, access, rowAt(at));
      ledger.count[item] = (ledger.count[item] as number) + to - from;
      for (const [address, at] of namesWithin(addresses, from, to)) {
        noteAddress(ledger.addresses, item, { access, address, confidence: "certain", row: rowAt(at) });
      }
      for (const [application, at] of namesWithin(applications, from, to)) {
        noteApplication(ledger, item, access, application, rowAt(at));
      }
    }
  }
}

/** The exposed messages in order of their first access. */
export function* exposedMessages(ledger: ExposureLedger): Generator<ExposedMessage, void, void> {
  exposeCopied(ledger);
  exposeSyncedFolders(ledger);
  const { mailboxCase } = ledger.joined;
  const { firstRow } = ledger;
  const sorted = numbersOf(ledger.exposed).toSorted((a, b) =>
    compareRows(mailboxCase.rows, firstRow[a] as number, firstRow[b] as number),
  );
  for (const item of sorted) {
    const ways = ledger.ways[item] as number;
    if (ways === 0) continue;
    const addresses = addressesOf(ledger.addresses, item);
    yield {
      item,
      access: ACCESSES.filter((_access, bit) => (ways & (1 << bit)) !== 0),
      firstRow: firstRow[item] as number,
      firstTime: timeOf(mailboxCase, firstRow[item] as number),
      lastTime: timeOf(mailboxCase, ledger.lastRow[item] as number),
      accesses: ledger.count[item] as number,
      dwellSeconds: (ways & MEASURED) === 0 ? undefined : ledger.dwell[item],
      addresses: addresses.map(({ address }) => address),
      ways: addresses.map((one) => one.ways),
      confidences: addresses.map(({ confidence }) => confidence),
      suspects: [...(ledger.suspects.get(item) ?? [])],
      applications: addressesOf(ledger.applications, item).map(({ address }) => address),
    };
  }
}
