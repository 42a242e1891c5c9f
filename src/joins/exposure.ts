import { messageFields } from "../activities/message/index.ts";
import type { Access, ActivityType, Confidence, MailboxEvent } from "../model/event.ts";
import { CONFIDENCES } from "../model/event.ts";
import type { NumberList } from "../model/number-list.ts";
import { addNumber, newNumberList, numbersOf } from "../model/number-list.ts";
import type { CaseLogon } from "./mailbox-case.ts";
import { timeOf } from "./mailbox-case.ts";
import { compareMoments, compareRows } from "./order.ts";
import { ownText } from "./own-text.ts";
import type { JoinedCase } from "./joined-case.ts";

/** The ways in which content was exposed, the strongest evidence first: the order in which the table lists them. */
const ACCESSES: readonly Access[] = [
  "opened",
  "attachment-opened",
  "marked-read",
  "bound",
  "folder-synced",
  "mailbox-synced",
];

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
  /** Head of a message's address list in `links`; 0 where it is empty. */
  readonly addressHead: Uint32Array;
  readonly addresses: string[];
  readonly addressNumbers: Map<string, number>;
  /** 1 for messages that are known to be in the mailbox, of which every later copy is noted. */
  readonly present: Uint8Array;
  /** Of a message whose folder is known: that folder's number, and from when on it is known to be there. */
  readonly folder: Int32Array;
  readonly since: Float64Array;
  readonly placed: number[];
  /** Whether folders of the mailbox were synchronised at all: nothing is asked about folders otherwise. */
  readonly withSyncs: boolean;
  /** By folder: the records of clients that synchronised it, in time order. */
  readonly folders: FolderSyncs[];
  readonly folderNumbers: Map<string, number>;
  /**
   * Quadruples from index 4 on: number of an address, position of the next quadruple or 0, how sure each of its ways is,
   * the row of its first access.
   */
  readonly links: NumberList;
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

/** A way in which an address came to a message, and how sure its surest access of that kind is attributed. */
export interface WayOfAddress {
  readonly access: Access;
  readonly confidence: Confidence;
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
    addressHead: new Uint32Array(count),
    present: new Uint8Array(count),
    // Nothing is asked about folders where none was synchronised.
    folder: new Int32Array(withSyncs ? count : 0).fill(-1),
    since: new Float64Array(withSyncs ? count : 0),
    placed: [],
    withSyncs,
    folders: [],
    folderNumbers: new Map(),
    addresses: [],
    addressNumbers: new Map(),
    links: noLinks(),
  };
}

/** Bits for how sure a way is: one more than the number of its confidence, 0 where an address did not come so. */
const SURE_BITS = 3;
const SURE_MASK = (1 << SURE_BITS) - 1;

const sureOf = (sureness: number, way: number) => (sureness >> (way * SURE_BITS)) & SURE_MASK;

/** Accesses of one kind from one address: how sure the surest is attributed, and the row of the first. */
interface AddressAccess extends WayOfAddress {
  readonly address: string;
  readonly row: number;
}

function addAddress(ledger: ExposureLedger, item: number, { access, address, confidence, row }: AddressAccess): void {
  if (address === "") return;
  let number = ledger.addressNumbers.get(address);
  if (number === undefined) {
    number = ledger.addresses.push(address) - 1;
    ledger.addressNumbers.set(address, number);
  }
  const { links, addressHead, joined } = ledger;
  const head = addressHead[item] as number;
  const way = ACCESSES.indexOf(access);
  const sure = CONFIDENCES.indexOf(confidence) + 1;
  for (let at = head; at > 0; at = links.values[at + 1] as number) {
    if (links.values[at] !== number) continue;
    const before = links.values[at + 2] as number;
    if (sureOf(before, way) < sure) {
      links.values[at + 2] = (before & ~(SURE_MASK << (way * SURE_BITS))) | (sure << (way * SURE_BITS));
    }
    if (compareRows(joined.mailboxCase.rows, row, links.values[at + 3] as number) < 0) links.values[at + 3] = row;
    return;
  }
  addressHead[item] = addLink(links, number, head, sure << (way * SURE_BITS), row);
}

function addLink(links: NumberList, address: number, next: number, sureness: number, row: number): number {
  const at = addNumber(links, address);
  addNumber(links, next);
  addNumber(links, sureness);
  addNumber(links, row);
  return at;
}

/** The ways in which an address came to a message, the strongest evidence first. */
function waysOf(sureness: number): readonly WayOfAddress[] {
  return ACCESSES.flatMap((access, way) => {
    const sure = sureOf(sureness, way);
    return sure === 0 ? [] : [{ access, confidence: CONFIDENCES[sure - 1] as Confidence }];
  });
}

/** The surest of some ways' confidences. */
function surest(ways: readonly WayOfAddress[]): Confidence {
  return CONFIDENCES[Math.max(...ways.map(({ confidence }) => CONFIDENCES.indexOf(confidence)))] as Confidence;
}

/** No links but one that nothing leads to: 0 is no link. */
function noLinks(): NumberList {
  const links = newNumberList();
  addLink(links, 0, 0, 0, 0);
  return links;
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
      noteFolder(ledger, item, ticks, () => messageFields(joined.recordOf(row)).folder ?? joined.factsOf(own).folder);
    }
  }
}

/** Takes an event into the ledger. The end of a display is an access of its own only where its start is not logged. */
export function noteAccess(ledger: ExposureLedger, event: MailboxEvent): void {
  const { type, messageItem: item } = event;
  if (type.role === "synced") noteFolderSync(ledger, event);
  if (item < 0 || !provesPresence(type)) return;
  if (ledger.withSyncs) {
    noteFolder(ledger, item, event.ticks, () => event.own().folder ?? event.message().folder);
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
  addAddress(ledger, item, { access, address, confidence, row });
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

/** Remembers in which folder a message is, the earliest time that anything says so. */
function noteFolder(ledger: ExposureLedger, item: number, ticks: number, nameOf: () => string | undefined): void {
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
  for (const item of ledger.placed.splice(0)) {
    const syncs = ledger.folders[ledger.folder[item] as number] as FolderSyncs;
    const { rows, ticks } = syncs;
    const since = ledger.since[item] as number;
    const first = firstAtOrAfter(ticks.length, (at) => ticks[at] as number, since);
    const last = rows.length - 1;
    if (first > last) continue;
    for (const at of [first, last]) expose(ledger, item, "folder-synced", rows[at] as number);
    ledger.count[item] = (ledger.count[item] as number) + rows.length - first;
    for (const [address, { confidence, firstRow }] of addressesFrom(syncs, first)) {
      addAddress(ledger, item, { access: "folder-synced", address, confidence, row: firstRow });
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
    addAddress(ledger, item, { access: "mailbox-synced", address, confidence: "certain", row });
  }
}

/** The exposed messages in order of their first access. */
export function* exposedMessages(ledger: ExposureLedger): Generator<ExposedMessage, void, void> {
  exposeSyncedFolders(ledger);
  const { mailboxCase } = ledger.joined;
  const { firstRow, links } = ledger;
  const sorted = numbersOf(ledger.exposed).toSorted((a, b) =>
    compareRows(mailboxCase.rows, firstRow[a] as number, firstRow[b] as number),
  );
  for (const item of sorted) {
    const ways = ledger.ways[item] as number;
    const met: number[] = [];
    for (let at = ledger.addressHead[item] as number; at > 0; at = links.values[at + 1] as number) met.push(at);
    if (met.length > 1) {
      const rowOf = (at: number) => links.values[at + 3] as number;
      met.sort((a, b) => compareRows(mailboxCase.rows, rowOf(a), rowOf(b)));
    }
    const own = met.map((at) => waysOf(links.values[at + 2] as number));
    yield {
      item,
      access: ACCESSES.filter((_access, bit) => (ways & (1 << bit)) !== 0),
      firstRow: firstRow[item] as number,
      firstTime: timeOf(mailboxCase, firstRow[item] as number),
      lastTime: timeOf(mailboxCase, ledger.lastRow[item] as number),
      accesses: ledger.count[item] as number,
      dwellSeconds: (ways & MEASURED) === 0 ? undefined : ledger.dwell[item],
      addresses: met.map((at) => ledger.addresses[links.values[at] as number] as string),
      ways: own,
      confidences: own.map(surest),
    };
  }
}
