import { messageFields } from "../activities/message/index.ts";
import type { Access, ActivityType, Confidence, MailboxEvent } from "../model/event.ts";
import { CONFIDENCES } from "../model/event.ts";
import type { NumberList } from "../model/number-list.ts";
import { addNumber, newNumberList, numbersOf } from "../model/number-list.ts";
import type { CaseLogon } from "./mailbox-case.ts";
import { timeOf } from "./mailbox-case.ts";
import type { MessageAddresses, WayOfAddress } from "./message-addresses.ts";
import { ACCESSES, addressesOf, newMessageAddresses, noteAddress } from "./message-addresses.ts";
import { compareMoments, compareRows } from "./order.ts";
import { ownText } from "../model/own-text.ts";
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
  /** Addresses of the logons in `syncs` from an index on, each with its first row; worked out when first needed. */
  readonly syncAddresses: Map<number, ReadonlyMap<string, number>>;
  /** Messages in the order in which they were first met. */
  readonly exposed: NumberList;
  readonly ways: Uint8Array;
  readonly count: Uint32Array;
  /** Rows of the first and last access. */
  readonly firstRow: Int32Array;
  readonly lastRow: Int32Array;
  readonly dwell: Float64Array;
  /** From which addresses they were come to. */
  readonly addresses: MessageAddresses;
  /** 1 for messages that are known to be in the mailbox, of which every later copy is noted. */
  readonly present: Uint8Array;
  /** Of an item whose folder is known: that folder's number, and from when on it is known to be there. */
  readonly folder: Int32Array;
  readonly since: Float64Array;
  readonly placed: number[];
  /** Whether folders of the mailbox were synchronised at all: nothing is asked about folders otherwise. */
  readonly withSyncs: boolean;
  /** By folder: the records of clients that synchronised it, in time order. */
  readonly folders: FolderSyncs[];
  readonly folderNumbers: Map<string, number>;
}

/** The Sync records of one folder. */
interface FolderSyncs {
  readonly rows: number[];
  readonly ticks: number[];
  readonly addresses: string[];
  readonly confidences: Confidence[];
  /** Addresses of the records from an index on, worked out when first needed. */
  readonly addressesFrom: Map<number, ReadonlyMap<string, SyncAddress>>;
}

/** What Sync records from one address say. */
interface SyncAddress {
  readonly confidence: Confidence;
  readonly firstRow: number;
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
}

/** The logons by which clients copied the mailbox; those without a readable time come last. */
export function syncLogons({ mailboxCase: { apps }, logons }: JoinedCase): readonly CaseLogon[] {
  return logons
    .filter(({ successful, app }) => successful && SYNCING_CLIENTS.has(apps[app] as string))
    .sort(compareMoments);
}

/** A ledger that knows what filtered rows say; the events are still to be noted. */
export function newExposureLedger(joined: JoinedCase): ExposureLedger {
  const ledger = emptyLedger(joined);
  if (joined.logged !== joined.order) noteFilteredRows(ledger);
  return ledger;
}

function emptyLedger(joined: JoinedCase): ExposureLedger {
  const { items, rows, types } = joined.mailboxCase;
  const { count } = items;
  const withSyncs = types.some(({ role }) => role === "synced");
  return {
    joined,
    syncs: syncLogons(joined).filter(({ ticks, row }) => !Number.isNaN(ticks) && rows.hidden[row] === 0),
    syncAddresses: new Map(),
    exposed: newNumberList(),
    ways: new Uint8Array(count),
    count: new Uint32Array(count),
    firstRow: new Int32Array(count),
    lastRow: new Int32Array(count),
    dwell: new Float64Array(count),
    addresses: newMessageAddresses(rows, count),
    present: new Uint8Array(count),
    // Nothing is asked about folders where none was synchronised.
    folder: new Int32Array(withSyncs ? count : 0).fill(-1),
    since: new Float64Array(withSyncs ? count : 0),
    placed: [],
    withSyncs,
    folders: [],
    folderNumbers: new Map(),
  };
}

/**
 * Copying a mailbox exposes messages at the time of that logon, which need not come in order with other accesses. A row
 * whose time cannot be read is the last access only where no other can be read either.
 */
function expose(ledger: ExposureLedger, item: number, access: Access, row: number): void {
  const { ticks } = ledger.joined.mailboxCase.rows;
  const time = ticks[row] as number;
  const isNew = ledger.ways[item] === 0;
  ledger.ways[item] = (ledger.ways[item] as number) | (1 << ACCESSES.indexOf(access));
  if (isNew) addNumber(ledger.exposed, item);
  if (isNew || time < (ticks[ledger.firstRow[item] as number] as number)) ledger.firstRow[item] = row;
  if (isNew || time >= (ticks[ledger.lastRow[item] as number] as number)) ledger.lastRow[item] = row;
}

/** Rows that prove that a message is in the mailbox. */
function provesPresence({ access, role }: ActivityType): boolean {
  return access !== undefined || role === "delivered";
}

/**
 * A message is in the mailbox from its delivery on, or from its first access where that is not logged. Every later copy
 * of the mailbox, or of its folder, that tables print exposes it, whether or not they print the row that says so: here
 * those that a filter keeps out are asked.
 */
function noteFilteredRows(ledger: ExposureLedger): void {
  const { joined, syncs, withSyncs, present } = ledger;
  const { rows, types, items } = joined.mailboxCase;
  if (syncs.length === 0 && !withSyncs) return;
  const met = new Uint8Array(items.count);
  for (const row of joined.logged) {
    const own = rows.item[row] as number;
    const item = joined.messageOf(own);
    if (item < 0 || !provesPresence(types[rows.type[row] as number] as ActivityType)) continue;
    const isFirst = met[item] === 0;
    met[item] = 1;
    if (rows.hidden[row] === 0) continue;
    const ticks = rows.ticks[row] as number;
    if (isFirst) {
      present[item] = 1;
      noteSyncs(ledger, item, ticks);
    }
    if (withSyncs) {
      noteFolder(ledger, own, ticks, () => messageFields(joined.recordOf(row)).folder ?? joined.factsOf(own).folder);
    }
  }
}

/** Takes an event into the ledger. The end of a display is an access of its own only where its start is not logged. */
export function noteAccess(ledger: ExposureLedger, event: MailboxEvent): void {
  const { type, messageItem: item } = event;
  if (type.role === "synced") noteFolderSync(ledger, event);
  if (item < 0 || !provesPresence(type)) return;
  if (ledger.withSyncs) {
    noteFolder(ledger, event.item, event.ticks, () => event.own().folder ?? event.message().folder);
  }
  if (type.access !== undefined) noteOwnAccess(ledger, event, type.access);
  if (ledger.present[item] === 1) return;
  ledger.present[item] = 1;
  noteSyncs(ledger, item, event.ticks);
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
}

/** Default folders whose type, as the Activities API names it, is not their name in a path: that has blanks. */
const TYPED_FOLDERS: ReadonlySet<string> = new Set(["sentitems", "deleteditems", "junkemail", "conversationhistory"]);

/** Folders are named by a path (`\\Junk Email`) or by a type (`JunkEmail`). */
function folderNumber({ folders, folderNumbers }: ExposureLedger, name: string): number {
  const path = name.replace(/^\\+/, "").toLowerCase();
  const type = path.replaceAll(" ", "");
  const key = TYPED_FOLDERS.has(type) ? type : path;
  let number = folderNumbers.get(key);
  if (number === undefined) {
    number = folders.push({ rows: [], ticks: [], addresses: [], confidences: [], addressesFrom: new Map() }) - 1;
    folderNumbers.set(ownText(key), number);
  }
  return number;
}

/** Remembers in which folder a message, or a copy of it, is, the earliest time that anything says so. */
function noteFolder(ledger: ExposureLedger, own: number, ticks: number, nameOf: () => string | undefined): void {
  const item = ledger.joined.deliveryOf(own);
  const isPlaced = (ledger.folder[item] as number) >= 0;
  if (Number.isNaN(ticks) || (isPlaced && ticks >= (ledger.since[item] as number))) return;
  const name = nameOf() ?? "";
  // `None` is the type of every folder that is no default one: a later record may name it.
  if (name === "" || name === "None") return;
  ledger.folder[item] = folderNumber(ledger, name);
  ledger.since[item] = ticks;
  if (!isPlaced) ledger.placed.push(item);
}

function noteFolderSync(ledger: ExposureLedger, event: MailboxEvent): void {
  const name = event.own().folder ?? "";
  if (name === "" || Number.isNaN(event.ticks)) return;
  const syncs = ledger.folders[folderNumber(ledger, name)] as FolderSyncs;
  const { address, confidence } = event.attribution();
  syncs.rows.push(event.row);
  syncs.ticks.push(event.ticks);
  syncs.addresses.push(address);
  syncs.confidences.push(confidence);
}

/** Exposes every message that was in a folder when a client synchronised it; after the last event. */
function exposeSyncedFolders(ledger: ExposureLedger): void {
  const copies = new Set<string>();
  for (const copy of ledger.placed.splice(0)) {
    const item = ledger.joined.messageOf(copy);
    const folder = ledger.folder[copy] as number;
    if (copy !== item) {
      // Copies that lie in one folder were synchronised together.
      const place = `${item} ${folder}`;
      if (ledger.folder[item] === folder || copies.has(place)) continue;
      copies.add(place);
    }
    const syncs = ledger.folders[folder] as FolderSyncs;
    const { rows, ticks } = syncs;
    const since = ledger.since[copy] as number;
    const first = firstAtOrAfter(ticks.length, (at) => ticks[at] as number, since);
    const last = rows.length - 1;
    if (first > last) continue;
    for (const at of [first, last]) expose(ledger, item, "folder-synced", rows[at] as number);
    ledger.count[item] = (ledger.count[item] as number) + rows.length - first;
    for (const [address, { confidence, firstRow }] of addressesFrom(syncs, first)) {
      noteAddress(ledger.addresses, item, { access: "folder-synced", address, confidence, row: firstRow });
    }
  }
}

/** The addresses of a folder's Sync records from an index on: with the surest confidence of each. */
function addressesFrom(syncs: FolderSyncs, first: number): ReadonlyMap<string, SyncAddress> {
  const { rows, addresses, confidences } = syncs;
  const worked = syncs.addressesFrom.get(first);
  if (worked !== undefined) return worked;
  const found = new Map<string, SyncAddress>();
  for (let at = first; at < addresses.length; at++) {
    const address = addresses[at] as string;
    const confidence = confidences[at] as Confidence;
    const known = found.get(address);
    if (known === undefined || CONFIDENCES.indexOf(confidence) > CONFIDENCES.indexOf(known.confidence)) {
      found.set(address, { confidence, firstRow: known?.firstRow ?? (rows[at] as number) });
    }
  }
  syncs.addressesFrom.set(first, found);
  return found;
}

/** Index of the first of `count` ascending times at or after a time; `count` where all come before it. */
function firstAtOrAfter(count: number, ticksAt: (at: number) => number, since: number): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (ticksAt(middle) < since) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Index of the first logon at or after a time that copied the mailbox. */
function firstSync({ syncs }: ExposureLedger, ticks: number): number {
  return firstAtOrAfter(syncs.length, (at) => (syncs[at] as CaseLogon).ticks, ticks);
}

/** The addresses of the logons from an index on, each with the first row that has it. */
function syncAddresses(ledger: ExposureLedger, from: number): ReadonlyMap<string, number> {
  const known = ledger.syncAddresses.get(from);
  if (known !== undefined) return known;
  const addresses = new Map<string, number>();
  for (const { address, row } of ledger.syncs.slice(from)) if (!addresses.has(address)) addresses.set(address, row);
  ledger.syncAddresses.set(from, addresses);
  return addresses;
}

/** A message that was in the mailbox at a time is exposed by every later copy of the mailbox. */
function noteSyncs(ledger: ExposureLedger, item: number, ticks: number): void {
  const { syncs } = ledger;
  const from = Number.isNaN(ticks) ? syncs.length : firstSync(ledger, ticks);
  const first = syncs[from];
  const last = syncs.at(-1);
  if (first === undefined || last === undefined) return;
  expose(ledger, item, "mailbox-synced", first.row);
  expose(ledger, item, "mailbox-synced", last.row);
  ledger.count[item] = (ledger.count[item] as number) + syncs.length - from;
  for (const [address, row] of syncAddresses(ledger, from)) {
    noteAddress(ledger.addresses, item, { access: "mailbox-synced", address, confidence: "certain", row });
  }
}

/** The exposed messages in order of their first access. */
export function* exposedMessages(ledger: ExposureLedger): Generator<ExposedMessage, void, void> {
  exposeSyncedFolders(ledger);
  const { mailboxCase } = ledger.joined;
  const { firstRow } = ledger;
  const sorted = numbersOf(ledger.exposed).toSorted((a, b) =>
    compareRows(mailboxCase.rows, firstRow[a] as number, firstRow[b] as number),
  );
  for (const item of sorted) {
    const ways = ledger.ways[item] as number;
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
    };
  }
}
