import type { Access, MailboxEvent } from "../model/event.ts";
import type { CaseLogon } from "./mailbox-case.ts";
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

/** Clients that copy the mailbox when they log on and leave no record of what they read (CrowdStrike, 2018). */
const SYNCING_CLIENTS: ReadonlySet<string> = new Set(["IMAP4", "IMAP", "POP3"]);

/** The accesses to the messages of one mailbox, gathered event by event; typed columns by message number. */
export interface ExposureLedger {
  readonly joined: JoinedCase;
  /** Successful logons of clients that copy the mailbox, in time order. */
  readonly syncs: readonly CaseLogon[];
  /** Messages in the order in which they were first met. */
  readonly exposed: number[];
  readonly ways: Uint8Array;
  readonly count: Uint32Array;
  readonly firstRow: Int32Array;
  /** TimeStamps of the first and last access, verbatim. */
  readonly firstTime: string[];
  readonly lastTime: string[];
  readonly dwell: Float64Array;
  /** Head of a message's address list in `links`; -1 where it is empty. */
  readonly addressHead: Int32Array;
  readonly addresses: string[];
  readonly addressNumbers: Map<string, number>;
  /** Pairs: number of an address, position of the next pair or -1. */
  readonly links: number[];
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
  readonly addresses: readonly string[];
}

/** The logons by which clients copied the mailbox. */
export function syncLogons(joined: JoinedCase): readonly CaseLogon[] {
  const { logons, apps } = joined.mailboxCase;
  return logons
    .filter((logon) => logon.successful && SYNCING_CLIENTS.has(apps[logon.app] as string) && !Number.isNaN(logon.ticks))
    .sort((a, b) => a.ticks - b.ticks || a.row - b.row);
}

export function newExposureLedger(joined: JoinedCase): ExposureLedger {
  const { count } = joined.mailboxCase.items;
  return {
    joined,
    syncs: syncLogons(joined),
    exposed: [],
    ways: new Uint8Array(count),
    count: new Uint32Array(count),
    firstRow: new Int32Array(count),
    firstTime: [],
    lastTime: [],
    dwell: new Float64Array(count).fill(-1),
    addressHead: new Int32Array(count).fill(-1),
    addresses: [],
    addressNumbers: new Map(),
    links: [],
  };
}

function addAddress(ledger: ExposureLedger, item: number, address: string): void {
  if (address === "") return;
  let number = ledger.addressNumbers.get(address);
  if (number === undefined) {
    number = ledger.addresses.push(address) - 1;
    ledger.addressNumbers.set(address, number);
  }
  const { links, addressHead } = ledger;
  const head = addressHead[item] as number;
  for (let at = head; at >= 0; at = links[at + 1] as number) if (links[at] === number) return;
  addressHead[item] = links.push(number, head) - 2;
}

function expose(ledger: ExposureLedger, item: number, access: Access, row: number, time: string): void {
  if (ledger.ways[item] === 0) {
    ledger.exposed.push(item);
    ledger.firstRow[item] = row;
    ledger.firstTime[item] = time;
  }
  ledger.ways[item] = (ledger.ways[item] as number) | (1 << ACCESSES.indexOf(access));
  ledger.lastTime[item] = time;
}

/**
 * Takes an event into the ledger. The end of a display counts as an access of its own only where its start is not
 * logged. A message delivered before a client copied the mailbox is exposed by that.
 */
export function noteAccess(ledger: ExposureLedger, event: MailboxEvent): void {
  const { type, messageItem: item } = event;
  if (item < 0) return;
  if (type.access !== undefined) {
    const known = ((ledger.ways[item] as number) & (1 << ACCESSES.indexOf(type.access))) !== 0;
    // A text of its own: a slice would keep the whole record alive.
    expose(ledger, item, type.access, event.row, ownText(event.record.timeStamp));
    if (type.role !== "end" || !known) ledger.count[item] = (ledger.count[item] as number) + 1;
    if (event.dwellSeconds !== undefined) {
      ledger.dwell[item] = Math.max(0, ledger.dwell[item] as number) + event.dwellSeconds;
    }
    addAddress(ledger, item, event.attribution().address);
  }
  if (type.role !== "delivered" || ledger.syncs.length === 0) return;
  for (const sync of ledger.syncs) {
    if (!(sync.ticks >= event.ticks)) continue;
    expose(ledger, item, "mailbox-synced", sync.row, sync.timeStamp);
    ledger.count[item] = (ledger.count[item] as number) + 1;
    addAddress(ledger, item, sync.address);
  }
}

/** The exposed messages in order of their first access. */
export function* exposedMessages(ledger: ExposureLedger): Generator<ExposedMessage, void, void> {
  const { ticks } = ledger.joined.mailboxCase.rows;
  const time = (item: number) => ticks[ledger.firstRow[item] as number] as number;
  const sorted = ledger.exposed.toSorted((a, b) => time(a) - time(b) || 0);
  for (const item of sorted) {
    const ways = ledger.ways[item] as number;
    const addresses: string[] = [];
    for (let at = ledger.addressHead[item] as number; at >= 0; at = ledger.links[at + 1] as number) {
      addresses.unshift(ledger.addresses[ledger.links[at] as number] as string);
    }
    const dwell = ledger.dwell[item] as number;
    yield {
      item,
      access: ACCESSES.filter((_access, bit) => (ways & (1 << bit)) !== 0),
      firstRow: ledger.firstRow[item] as number,
      firstTime: ledger.firstTime[item] as string,
      lastTime: ledger.lastTime[item] as string,
      accesses: ledger.count[item] as number,
      dwellSeconds: dwell < 0 ? undefined : dwell,
      addresses,
    };
  }
}
