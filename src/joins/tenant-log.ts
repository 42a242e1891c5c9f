import { consentFacts } from "../activities/other/consent.ts";
import { parseTicks } from "../ingest/timestamp.ts";
import type { ActivityRecord, SourceRef } from "../model/record.ts";
import { numberOf } from "./mailbox-case.ts";
import { ownText } from "../model/own-text.ts";
import { growColumns } from "../model/columns.ts";

/** Who accessed whose mailbox by what: the same for very many records. Texts are verbatim. */
export interface AccessContext {
  readonly mailbox: string;
  readonly user: string;
  readonly organization: string;
  readonly workload: string;
  readonly appId: string;
  readonly clientAppId: string;
  readonly clientInfo: string;
  readonly logonType: "owner" | "admin" | "delegate" | "";
  /** The records say that nothing came of it. */
  readonly failed: boolean;
}

/** A consent to an application, or a role that one was given; what was refused gave no rights and is left out. */
export interface Consent {
  readonly ticks: number;
  readonly timeStamp: string;
  /** Id of the application or of its service principal; empty where the record names none. */
  readonly appId: string;
  readonly appName: string;
  /** In whose tenant: an id, else a name; empty where the record does not say. */
  readonly organization: string;
  readonly user: string;
  readonly operation: string;
  readonly entry: TenantEntry;
}

/** Where a record of the tenant's log stands: number of the input in `TenantLog.inputs`, 1-based record. */
export interface TenantEntry {
  readonly input: number;
  readonly row: number;
}

/** Whose mailbox was accessed, in any case of letters; the account where no mailbox is named. */
export function mailboxKey({ mailbox, user }: AccessContext): string {
  return (mailbox === "" ? user : mailbox).toLowerCase();
}

/**
 * What all audit logs of a run say together: every MailItemsAccessed record that is no duplicate, whatever mailbox it
 * is about, one typed column a fact, in the order in which they were read. 25 bytes a record.
 */
export interface TenantLog {
  count: number;
  /** 100-nanosecond ticks as `parseTicks` gives them; NaN where the time cannot be read. */
  ticks: Float64Array;
  /** Index in `contexts`. */
  context: Uint32Array;
  /** Index in `addresses`, which begins with the empty text for records without one. */
  address: Uint32Array;
  /** Index in `inputs`, and 1-based number of the record in it. */
  input: Uint32Array;
  row: Uint32Array;
  /** 1: a Sync record. */
  sync: Uint8Array;
  readonly contexts: AccessContext[];
  readonly addresses: string[];
  /** Labels as Source File prints them. */
  readonly inputs: string[];
  readonly consents: Consent[];
  /** Audit records of any operation, duplicates left out: with none, nothing can be assessed. */
  records: number;
  readonly contextNumbers: Map<string, number>;
  readonly addressNumbers: Map<string, number>;
}

/** The columns that have a value for each, and grow together. */
const COLUMNS = ["ticks", "context", "address", "input", "row", "sync"] as const;

const FIRST_CAPACITY = 1024;

/** @param expected room for so many records is made at once. */
export function newTenantLog(expected = FIRST_CAPACITY): TenantLog {
  return {
    count: 0,
    ticks: new Float64Array(expected),
    context: new Uint32Array(expected),
    address: new Uint32Array(expected),
    input: new Uint32Array(expected),
    row: new Uint32Array(expected),
    sync: new Uint8Array(expected),
    contexts: [],
    addresses: [""],
    inputs: [],
    consents: [],
    records: 0,
    contextNumbers: new Map(),
    addressNumbers: new Map([["", 0]]),
  };
}

/**
 * Gives mailboxes that records name by their GUIDs the names of their owners, once all logs are read.
 *
 * @param nameOf a mailbox's name, by what a record calls it.
 */
export function nameOwners({ contexts }: TenantLog, nameOf: (mailbox: string) => string): void {
  for (const [at, context] of contexts.entries()) contexts[at] = { ...context, mailbox: nameOf(context.mailbox) };
}

function contextNumber(log: TenantLog, record: ActivityRecord): number {
  const { audit } = record;
  if (audit === undefined) throw new Error("A record of the Activities API is no audit record.");
  const { mailbox, user, organization, workload, appId, clientAppId, clientInfo, logonType } = audit;
  const failed = audit.outcome === "failed";
  const way = failed ? `${logonType} failed` : logonType;
  const key = [mailbox, user, organization, workload, appId, clientAppId, clientInfo, way].join("\u0000");
  return numberOf(log.contextNumbers, log.contexts, key, () => ({
    mailbox: ownText(mailbox),
    user: ownText(user),
    organization: ownText(organization),
    workload: ownText(workload),
    appId: ownText(appId),
    clientAppId: ownText(clientAppId),
    clientInfo: ownText(clientInfo),
    logonType,
    failed,
  }));
}

/** Operations by which an application comes to rights (Entra audit names, which may end with a blank or a dot). */
const CONSENT =
  /^(?:consent to application|add app role assignment|add delegated permission grant|add oauth2permissiongrant)/i;

/** Makes room for one more record and returns its index; the caller fills in the columns. */
export function addTenantEntry(log: TenantLog): number {
  const entry = log.count++;
  if (entry === log.ticks.length) {
    const capacity = Math.ceil((entry + 1) * 1.5);
    growColumns(log, COLUMNS, capacity);
  }
  return entry;
}

/**
 * Takes an audit record into the tenant's log.
 *
 * @param input index in `log.inputs`; `row` is the record's 1-based number in that input.
 */
export function noteTenantRecord(log: TenantLog, record: ActivityRecord, input: number, row: number): void {
  const { audit, activityIdType } = record;
  if (audit === undefined) return;
  log.records++;
  // Splunk compares field values without regard to case, and so does the rule.
  if (activityIdType.toLowerCase() !== "mailitemsaccessed") {
    const consent = CONSENT.test(activityIdType) ? consentOf(record, { input, row }) : undefined;
    if (consent !== undefined) log.consents.push(consent);
    return;
  }
  const entry = addTenantEntry(log);
  log.ticks[entry] = parseTicks(record.timeStamp);
  log.context[entry] = contextNumber(log, record);
  log.address[entry] = numberOf(log.addressNumbers, log.addresses, audit.address, (address) => address);
  log.input[entry] = input;
  log.row[entry] = row;
  log.sync[entry] = audit.mailAccessType === "Sync" ? 1 : 0;
}

function consentOf(record: ActivityRecord, entry: TenantEntry): Consent | undefined {
  const { audit, timeStamp, activityIdType } = record;
  const { appId, servicePrincipal, appName, successful } = consentFacts(record);
  if (!successful) return undefined;
  return {
    ticks: parseTicks(timeStamp),
    timeStamp: ownText(timeStamp),
    appId: ownText(appId === "" ? servicePrincipal : appId),
    appName: ownText(appName),
    organization: ownText(audit?.organization ?? ""),
    user: ownText(audit?.user ?? ""),
    operation: ownText(activityIdType),
    entry,
  };
}

const GUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * Whether a consent gave rights in an organisation. Records name it by its id or by its name; where one has the id and
 * the other the name, or nothing, they may be the same.
 */
export function isConsentIn({ organization }: Consent, other: string): boolean {
  if (organization === "" || other === "" || GUID.test(organization) !== GUID.test(other)) return true;
  return organization.toLowerCase() === other.toLowerCase();
}

/** Where an entry of the log stands, and when it was, in ticks. */
export type TimedEntry = TenantEntry & { readonly ticks: number };

export function entryAt({ input, row, ticks }: TenantLog, at: number): TimedEntry {
  return { input: input[at] as number, row: row[at] as number, ticks: ticks[at] as number };
}

/** Where an entry of the log stands in the evidence. */
export function sourceOfEntry({ inputs }: TenantLog, { input, row }: TenantEntry): SourceRef {
  return { file: inputs[input] ?? "", row };
}
