import type { Confidence, MailboxEvent } from "../model/event.ts";
import { CONFIDENCES } from "../model/event.ts";
import { applicationOf } from "./applications.ts";
import type { JoinedCase } from "./joined-case.ts";
import { firstAtOrAfter } from "./order.ts";
import { ownText } from "../model/own-text.ts";

/** The address of a suspect in whose session a row of a Sync is; empty where it is in none. */
export type SessionOf = (row: number) => string;

/** In which folders the messages of a mailbox are, and who synchronised these. */
export interface FolderLedger {
  readonly joined: JoinedCase;
  readonly sessionOf: SessionOf;
  /** Of an item whose folder is known: that folder's number, and from when on it is known to be there. */
  readonly folder: Int32Array;
  readonly since: Float64Array;
  readonly placed: number[];
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
  /** What the records from an index on say, worked out when first needed. */
  readonly stretches: Map<number, SyncStretch>;
}

/** Sync records from one on: the first and the last, how many, their addresses, their applications with the first row of each. */
interface SyncStretch {
  /** The addresses of suspects in whose sessions some of them are, from other addresses. */
  readonly suspects: ReadonlySet<string>;
  readonly firstRow: number;
  readonly lastRow: number;
  readonly count: number;
  readonly addresses: ReadonlyMap<string, SyncAddress>;
  readonly applications: ReadonlyMap<string, number>;
}

/** What Sync records from one address say. */
interface SyncAddress {
  readonly confidence: Confidence;
  readonly firstRow: number;
}

/** A message that was in a folder when clients synchronised it. */
interface SyncedMessage extends SyncStretch {
  readonly item: number;
}

/** @param count how many items there can be. */
export function newFolderLedger(joined: JoinedCase, count: number, sessionOf: SessionOf): FolderLedger {
  return {
    joined,
    sessionOf,
    folder: new Int32Array(count).fill(-1),
    since: new Float64Array(count),
    placed: [],
    folders: [],
    folderNumbers: new Map(),
  };
}

/** Default folders whose type, as the Activities API names it, is not their name in a path: that has blanks. */
const TYPED_FOLDERS: ReadonlySet<string> = new Set(["sentitems", "deleteditems", "junkemail", "conversationhistory"]);

/** The same for every spelling of one folder: it is named by a path (`\\Junk Email`) or by a type (`JunkEmail`). */
export function folderKey(name: string): string {
  const path = name.replace(/^\\+/, "").toLowerCase();
  const type = path.replaceAll(" ", "");
  return TYPED_FOLDERS.has(type) ? type : path;
}

function folderNumber({ folders, folderNumbers }: FolderLedger, name: string): number {
  const key = folderKey(name);
  let number = folderNumbers.get(key);
  if (number === undefined) {
    number = folders.push({ rows: [], ticks: [], addresses: [], confidences: [], stretches: new Map() }) - 1;
    folderNumbers.set(ownText(key), number);
  }
  return number;
}

/**
 * Remembers in which folder a message, or a copy of it, is, the earliest time that anything says so.
 *
 * @param own number of the item that the row names.
 * @param nameOf the folder that the row itself names.
 */
export function noteFolder(ledger: FolderLedger, own: number, ticks: number, nameOf: () => string | undefined): void {
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

/** Remembers the record of a client that synchronised a folder; those without a readable time are passed over. */
export function noteFolderSync(ledger: FolderLedger, event: MailboxEvent): void {
  const name = event.own().folder ?? "";
  if (name === "" || Number.isNaN(event.ticks)) return;
  const syncs = ledger.folders[folderNumber(ledger, name)] as FolderSyncs;
  const { address, confidence } = event.attribution();
  syncs.rows.push(event.row);
  syncs.ticks.push(event.ticks);
  syncs.addresses.push(address);
  syncs.confidences.push(confidence);
}

/** Every message that was in a folder when a client synchronised it, with those records; once, after the last event. */
export function* syncedMessages(ledger: FolderLedger): Generator<SyncedMessage, void, void> {
  const { joined, folder: folders, since: sinces } = ledger;
  const placed = ledger.placed.splice(0);
  // Copies that lie in one folder were synchronised together, from the time on when the first of them lay there.
  const earliest = new Map<string, number>();
  for (const copy of placed) {
    const item = joined.messageOf(copy);
    if (copy === item) continue;
    const place = `${item} ${folders[copy]}`;
    earliest.set(place, Math.min(earliest.get(place) ?? Infinity, sinces[copy] as number));
  }
  for (const copy of placed) {
    const item = joined.messageOf(copy);
    const folder = folders[copy] as number;
    const place = earliest.size === 0 ? "" : `${item} ${folder}`;
    const ofCopies = earliest.get(place) ?? Infinity;
    if (copy !== item && (folders[item] === folder || !earliest.delete(place))) continue;
    const since = copy === item ? Math.min(sinces[item] as number, ofCopies) : ofCopies;
    const syncs = ledger.folders[folder] as FolderSyncs;
    const first = firstAtOrAfter(syncs.ticks.length, (at) => syncs.ticks[at] as number, since);
    if (first < syncs.rows.length) yield { item, ...stretchOf(ledger, syncs, first) };
  }
}

/** What rows name, each with the first of them that does. */
function firstRows(rows: readonly number[], nameOf: (row: number) => string): ReadonlyMap<string, number> {
  const named = new Map<string, number>();
  for (const row of rows) {
    const name = nameOf(row);
    if (!named.has(name)) named.set(name, row);
  }
  return named;
}

/** The records of a folder from an index on: with the surest confidence of each address. */
function stretchOf({ joined, sessionOf }: FolderLedger, syncs: FolderSyncs, first: number): SyncStretch {
  const worked = syncs.stretches.get(first);
  if (worked !== undefined) return worked;
  const found = new Map<string, SyncAddress>();
  for (let at = first; at < syncs.rows.length; at++) {
    const address = syncs.addresses[at] as string;
    const confidence = syncs.confidences[at] as Confidence;
    const known = found.get(address);
    if (known === undefined || CONFIDENCES.indexOf(confidence) > CONFIDENCES.indexOf(known.confidence)) {
      found.set(address, { confidence, firstRow: known?.firstRow ?? (syncs.rows[at] as number) });
    }
  }
  const rows = syncs.rows.slice(first);
  const applications = firstRows(rows, (row) => applicationOf(joined.mailboxCase, row));
  const [firstRow = -1, lastRow = firstRow] = [rows[0], rows.at(-1)];
  const suspects = new Set(rows.map(sessionOf).filter((address) => address !== ""));
  const stretch = { firstRow, lastRow, count: rows.length, addresses: found, applications, suspects };
  syncs.stretches.set(first, stretch);
  return stretch;
}
