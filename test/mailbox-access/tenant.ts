import type { AddressList } from "../../src/enrich/network/address-list.ts";
import { parseAddressList } from "../../src/enrich/network/address-list.ts";
import { parseAuditJson } from "../../src/ingest/audit-log/reader.ts";
import type { AccessWindow } from "../../src/joins/mailbox-access/index.ts";
import { accessWindows } from "../../src/joins/mailbox-access/index.ts";
import type { TenantLog } from "../../src/joins/tenant-log.ts";
import { newTenantLog, noteTenantRecord } from "../../src/joins/tenant-log.ts";
import { UNKNOWN_PLACE } from "../../src/model/place.ts";
import type { AccessValues } from "../../src/rules/mailbox-access-api/settings.ts";
import { accessRuleSettings, accessSettings } from "../../src/rules/mailbox-access-api/settings.ts";

/** A record of the audit log by the fields that matter here; a field that is undefined is missing. */
export interface Plain {
  readonly CreationTime: string;
  readonly Workload?: string | undefined;
  readonly Operation?: string | undefined;
  readonly AppId?: string | undefined;
  readonly ClientAppId?: string | undefined;
  readonly ClientInfoString?: string | undefined;
  readonly OrganizationId?: string | undefined;
  readonly UserId?: string | undefined;
  readonly MailboxOwnerUPN?: string | undefined;
  readonly ClientIPAddress?: string | undefined;
  readonly [more: string]: unknown;
}

export const GRAPH = "00000003-0000-0000-c000-000000000000";
export const APP = "aaaaaaaa-0000-4000-8000-000000000001";
export const OTHER_APP = "aaaaaaaa-0000-4000-8000-000000000002";
export const CONTOSO = "11111111-1111-4111-8111-111111111111";
export const FABRIKAM = "33333333-3333-4333-8333-333333333333";
export const EWS = "Client=WebServices;ExchangeWebServices (ExchangeServicesClient/15.00.0913.015);";

/** One access through Microsoft Graph to the mailbox of the user who is named; `more` replaces fields. */
export function access(CreationTime: string, user: string, more: Partial<Plain> = {}): Plain {
  return {
    CreationTime,
    Workload: "Exchange",
    Operation: "MailItemsAccessed",
    AppId: GRAPH,
    ClientAppId: APP,
    ClientInfoString: "Client=REST;;",
    OrganizationId: CONTOSO,
    UserId: user,
    MailboxOwnerUPN: user,
    ClientIPAddress: "203.0.113.66",
    ...more,
  };
}

/** Accesses by as many users at one time. */
export function byUsers(count: number, time: string, more: Partial<Plain> = {}, from = 1): Plain[] {
  return Array.from({ length: count }, (_, at) => access(time, `user${from + at}@contoso.example`, more));
}

/** The log of one input, read as the program reads audit records. */
export function logOf(records: readonly Plain[]): TenantLog {
  const log = newTenantLog();
  log.inputs.push("audit.json");
  for (const [at, fields] of records.entries()) {
    const record = parseAuditJson(JSON.stringify({ Id: `record-${at + 1}`, RecordType: 50, ...fields }));
    if ("problem" in record) throw new Error(record.problem);
    noteTenantRecord(log, record, 0, at + 1);
  }
  return log;
}

/** The rule's own values, with some of them replaced. */
export function valuesWith(changes: Partial<AccessValues> = {}): AccessValues {
  const own = Object.entries(accessRuleSettings).map(([name, { is }]) => [name, is] as const);
  return { ...Object.fromEntries(own), ...changes } as AccessValues;
}

/** Lists, and no database of places. */
export function knowledgeOf(allow?: AddressList, watch?: AddressList) {
  return { allow, watch, geo: { place: () => UNKNOWN_PLACE, databases: [], warnings: [] } };
}

/** The windows of records in one mode, with the texts of --allow and --watch lists. */
export function windowsOf(
  mode: AccessWindow["mode"],
  records: readonly Plain[],
  changes: Partial<AccessValues> & { readonly allow?: string; readonly watch?: string } = {},
): readonly AccessWindow[] {
  const { allow, watch, ...values } = changes;
  const list = (text: string | undefined) =>
    text === undefined ? undefined : parseAddressList("list.txt", Buffer.from(text));
  const settings = accessSettings(valuesWith(values), knowledgeOf(list(allow), list(watch)));
  return accessWindows(logOf(records), settings).filter((window) => window.mode === mode);
}
