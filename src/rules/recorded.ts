import { clientNumberOf, isAuditRow } from "../joins/rows.ts";
import type { Client } from "../enrich/clients/user-agent.ts";
import { clientOfRecord } from "../enrich/clients/user-agent.ts";
import type { Activities, AddressActivity } from "../joins/address-activity.ts";
import type { JoinedCase } from "../joins/joined-case.ts";
import { clientOfRow } from "../joins/mailbox-case.ts";
import { folderKey } from "../joins/folder-syncs.ts";
import type { ActivityType } from "../model/event.ts";

/** The client that a row's own audit record names; undefined for a row of the Activities API. */
export type RecordedClient = (row: number) => Client | undefined;

/** Reads the clients of a case's audit records; each of them once. */
export function recordedClients({ mailboxCase }: JoinedCase): RecordedClient {
  const memory: Client[] = [];
  return (row) => {
    const context = clientOfRow(mailboxCase, row);
    if (context === undefined) return undefined;
    return (memory[clientNumberOf(mailboxCase.rows, row)] ??= clientOfRecord(context.clientInfo, context.userAgent));
  };
}

/** Whether a row is of an audit record, which carries its own address and client. */
export function isAudit({ mailboxCase }: JoinedCase, row: number): boolean {
  return isAuditRow(mailboxCase.rows, row);
}

/** Whether a row says that a client synchronised a folder: it polls, and nobody need be there. */
export function isSynced({ mailboxCase: { rows, types } }: JoinedCase, row: number): boolean {
  return (types[rows.type[row] as number] as ActivityType).role === "synced";
}

/** So many rows show as well as all of them that an address was there. */
const MOST_ROWS = 1000;

/**
 * The rows by which an address was in the mailbox for certain, in order: its successful logons; where none is logged,
 * the rows of audit records that carry the address themselves, of very many the first.
 */
export function enteredRows(activities: Activities, { logons, rows }: AddressActivity): readonly number[] {
  return logons.length > 0
    ? logons.map(({ row }) => row)
    : Array.from(rows.filter((row) => activities.confidenceOf(row) === "certain").slice(0, MOST_ROWS));
}

/** The names of programs and ways in by which audit records say that an address was used, each with its client. */
export function namedClients(recorded: RecordedClient, rows: Iterable<number>): ReadonlyMap<string, Client> {
  const clients = new Map<string, Client>();
  let last: Client | undefined;
  for (const row of rows) {
    const client = recorded(row);
    if (client === undefined || client === last) continue;
    last = client;
    if (client.name !== "" && client.level !== "server") clients.set(client.name, client);
  }
  return clients;
}

/** Whether nothing but the service's own processes spoke from an address, by audit records: nobody's day of work. */
export function isServersOnly(
  recorded: RecordedClient,
  { logons, failures, partials, rows }: AddressActivity,
): boolean {
  const signIns = logons.length + failures.length + partials.length;
  return signIns === 0 && rows.every((row) => recorded(row)?.level === "server");
}

/** So many Sync records are read for the names of folders. */
const MOST_SYNCS = 1000;

/**
 * The folders that Sync records name, each once, as the first of them writes it.
 *
 * @returns isAll false where there are very many records, of which the first are read, or where one names no folder.
 */
export function syncedFolders(
  joined: JoinedCase,
  rows: readonly number[],
): { readonly names: readonly string[]; readonly isAll: boolean } {
  const folders = new Map<string, string>();
  let isAll = rows.length <= MOST_SYNCS;
  for (const row of rows.slice(0, MOST_SYNCS)) {
    const name = joined.recordOf(row).properties.text("Folder") ?? "";
    const key = folderKey(name);
    if (name === "") isAll = false;
    else if (!folders.has(key)) folders.set(key, name);
  }
  return { names: [...folders.values()], isAll };
}
