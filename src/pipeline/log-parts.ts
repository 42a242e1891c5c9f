import type { PartReader } from "../ingest/format.ts";
import { numberOf } from "../joins/mailbox-case.ts";
import type { TenantLog } from "../joins/tenant-log.ts";
import { addTenantEntry, newTenantLog } from "../joins/tenant-log.ts";
import type { NotedIds, RecordIds } from "./record-ids.ts";
import { isNotedRepeated, newNotedIds, noteId } from "./record-ids.ts";
import { addSample, noteRow, widened } from "./row-counts.ts";
import type { GrowingLog } from "./routes.ts";
import { addRecord, newGrowingLog, noteOwner, routeInto } from "./routes.ts";

/**
 * What the later part of an audit log says, read without a look at the earlier one: every record is in it, as none can
 * be known for a duplicate yet, and records and mailboxes are numbered from the part's beginning.
 */
export interface LogPart {
  readonly log: GrowingLog;
  /** One a record of `log`; undefined where duplicates are kept. */
  readonly ids: NotedIds | undefined;
  readonly tenant: TenantLog;
}

/**
 * Reads an audit log on from a place to its end. Yields the position reached.
 *
 * @param from a place that `reader.near` gave.
 * @param expected room for so many records is made at once.
 */
export function* readPart(
  reader: PartReader,
  from: number,
  keepDuplicates: boolean,
  expected: number,
): Generator<number, LogPart, void> {
  const log = newGrowingLog(expected);
  const tenant = newTenantLog(expected);
  const ids = keepDuplicates ? undefined : newNotedIds(expected);
  const note =
    ids &&
    ((id: string, said: number) => {
      noteId(ids, id, said);
      return "new" as const;
    });
  // Which spelling of a mailbox is printed is settled when it is known which records are kept.
  const spellings = new Map<string, number>();
  const spelled = (mailbox: string) => numberOf(spellings, log.names, mailbox, (own) => own);
  yield* reader.scan(routeInto(log, spelled, note, tenant, 0), from, undefined);
  return { log, ids, tenant };
}

/** The memory of a part that another thread can take over. */
export function buffersOf({ log, ids, tenant }: LogPart): ArrayBuffer[] {
  const { start, length, number, mailbox } = log;
  const { ticks, context, address, input, row, sync } = tenant;
  const ofIds = ids === undefined ? [] : [ids.kind, ids.words, ids.said];
  const columns = [start, length, number, mailbox, ticks, context, address, input, row, sync, ...ofIds];
  return columns.map(({ buffer }) => buffer as ArrayBuffer);
}

/**
 * Adds the part of a log that stands behind what has been read of it: the log, the ids and the tenant's log are then as
 * if one thread had read all of it.
 *
 * @param ids the records known so far; undefined where duplicates are kept.
 * @param input the log's number in the tenant's.
 */
export function joinPart(
  log: GrowingLog,
  mailboxNumber: (mailbox: string) => number,
  ids: RecordIds | undefined,
  tenant: TenantLog,
  input: number,
  part: LogPart,
): void {
  const before = log.rows;
  const { log: later, ids: noted } = part;
  const takeTenant = tenantTaker(tenant, part.tenant, input, before);
  for (let at = 0; at < later.count; at++) {
    const row = later.number[at] as number;
    const repeated = ids === undefined || noted === undefined ? "new" : isNotedRepeated(ids, noted, at);
    takeTenant(row, repeated !== "same");
    if (repeated === "same") {
      log.duplicates++;
      continue;
    }
    if (repeated === "other") noteRow(log.sharedIds, before + row);
    const mailbox = mailboxNumber(later.names[later.mailbox[at] as number] as string);
    addRecord(log, later.start[at] as number, later.length[at] as number, before + row, mailbox);
  }
  for (const [guid, owner] of later.owners) noteOwner(log.owners, guid, owner);
  for (const reject of later.rejects) log.rejects.push({ ...reject, number: before + reject.number });
  addSample(log.otherTimes, later.otherTimes, before);
  addSample(log.unreadableLists, later.unreadableLists, before);
  Object.assign(log.extent, widened(log.extent, later.extent));
  log.rows += later.rows;
}

/** Takes over what a part's records say of the tenant: to be called for each of them in order. */
function tenantTaker(
  tenant: TenantLog,
  later: TenantLog,
  input: number,
  before: number,
): (row: number, isKept: boolean) => void {
  // Numbers are given in the order in which records that are kept ask for them.
  const contexts = new Int32Array(later.contexts.length).fill(-1);
  const contextKeys = [...later.contextNumbers.keys()];
  const addresses = new Int32Array(later.addresses.length).fill(-1);
  let entry = 0;
  let consent = 0;

  function contextOf(number: number): number {
    const context = later.contexts[number];
    if (context === undefined) throw new Error("A part of a log has no such context.");
    if (contexts[number] === -1) {
      const key = contextKeys[number] as string;
      contexts[number] = numberOf(tenant.contextNumbers, tenant.contexts, key, () => context);
    }
    return contexts[number] as number;
  }

  function addressOf(number: number): number {
    if (addresses[number] === -1) {
      const address = later.addresses[number] as string;
      addresses[number] = numberOf(tenant.addressNumbers, tenant.addresses, address, (own) => own);
    }
    return addresses[number] as number;
  }

  function takeEntry(from: number): void {
    const at = addTenantEntry(tenant);
    tenant.ticks[at] = later.ticks[from] as number;
    tenant.context[at] = contextOf(later.context[from] as number);
    tenant.address[at] = addressOf(later.address[from] as number);
    tenant.input[at] = input;
    tenant.row[at] = before + (later.row[from] as number);
    tenant.sync[at] = later.sync[from] as number;
  }

  return (row, isKept) => {
    if (isKept) tenant.records++;
    if (entry < later.count && later.row[entry] === row) {
      if (isKept) takeEntry(entry);
      entry++;
    }
    const told = later.consents[consent];
    if (told?.entry.row === row) {
      if (isKept) tenant.consents.push({ ...told, entry: { input, row: before + row } });
      consent++;
    }
  };
}
