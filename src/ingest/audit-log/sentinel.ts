import { decoded, type Entry, entriesOf, type Fields, fieldsOf, listOf, namedValue, textOf } from "./json-fields.ts";
import { tryJson } from "../activity-json/strict-json.ts";

/** A table of Microsoft Sentinel that holds audit records under names of its own. */
export interface SentinelTable {
  /** Its names for what the Management Activity API names otherwise; of two for one the first that says something counts. */
  readonly names: ReadonlyMap<string, string>;
  /** Columns that hold JSON in a string. */
  readonly json: ReadonlySet<string>;
  /** What else the record says in the API's vocabulary. */
  readonly derived: (fields: Fields) => Fields;
}

function words(text: string): string[] {
  return text.split(/\s+/).filter((word) => word !== "");
}

/** OfficeActivity, by the reference of Azure Monitor's tables (learn.microsoft.com, tables/officeactivity). */
export const OFFICE_ACTIVITY: SentinelTable = {
  names: new Map([
    ["TimeGenerated", "CreationTime"],
    ["OfficeId", "Id"],
    ["SourceRecordId", "Id"],
    ["OfficeWorkload", "Workload"],
    ["OfficeObjectId", "ObjectId"],
    ["Client_IPAddress", "ClientIPAddress"],
    ["Logon_Type", "LogonType"],
    ["AzureActiveDirectory_EventType", "AzureActiveDirectoryEventType"],
    ["AADTarget", "Target"],
    ["CrossMailboxOperations", "CrossMailboxOperation"],
    ["SendonBehalfOfUserMailboxGuid", "SendOnBehalfOfUserMailboxGuid"],
    ["Event_Data", "EventData"],
    ["Site_", "Site"],
    ["Site_Url", "SiteUrl"],
    ["Source_Name", "SourceName"],
  ]),
  json: new Set(
    words(`Folders OperationProperties Parameters AffectedItems Item Folder DestFolder ExtendedProperties
      ModifiedProperties Actor AADTarget AppAccessContext Members ExtraProperties DeviceProperties`),
  ),
  derived: () => ({}),
};

/** AuditLogs of Entra ID (tables/auditlogs). Its Workload is the service that logged. */
export const ENTRA_AUDIT: SentinelTable = {
  names: new Map([
    ["ActivityDateTime", "CreationTime"],
    ["OperationName", "Operation"],
    ["Result", "ResultStatus"],
    ["LoggedByService", "Workload"],
    ["AADTenantId", "OrganizationId"],
  ]),
  json: new Set(words("InitiatedBy TargetResources AdditionalDetails")),
  derived: entraFields,
};

function firstText(...values: readonly unknown[]): string {
  for (const value of values) {
    const text = textOf(value);
    if (text !== "") return text;
  }
  return "";
}

function entraFields(fields: Fields): Fields {
  const { user: byUser, app: byApp } = fieldsOf(fields["InitiatedBy"]);
  const [user, app] = [fieldsOf(byUser), fieldsOf(byApp)];
  const [target] = listOf(fields["TargetResources"]);
  const { userPrincipalName, displayName, id } = fieldsOf(target);
  const derived: Record<string, string> = {
    CreationTime: firstText(fields["CreationTime"], fields["TimeGenerated"]),
    Id: firstText(fields["Id"], fields["CorrelationId"]),
    UserId: firstText(
      user["userPrincipalName"],
      user["id"],
      app["displayName"],
      app["servicePrincipalId"],
      app["appId"],
    ),
    ClientIP: firstText(user["ipAddress"], app["ipAddress"]),
    ObjectId: firstText(userPrincipalName, displayName, id),
    UserAgent: firstText(fields["UserAgent"], namedValue(fields["AdditionalDetails"], "User-Agent")),
  };
  return Object.fromEntries(Object.entries(derived).filter(([name, text]) => text !== "" && !hasText(fields, name)));
}

function hasText(fields: Fields, name: string): boolean {
  return textOf(fields[name]) !== "";
}

/** Whether a column of these wide tables is there for other kinds of records only. */
function saysNothing(value: unknown): boolean {
  return value === null || value === undefined || value === "";
}

const OFFICE_MARKS = words("TimeGenerated OfficeWorkload OfficeId OfficeObjectId Client_IPAddress");
const ENTRA_MARKS = words("InitiatedBy TargetResources LoggedByService ActivityDateTime");

/** Which table an object is a row of, by the names that only it has. */
export function sentinelTable(fields: Fields): SentinelTable | undefined {
  const has = (name: string) => Object.hasOwn(fields, name);
  if (has("Operation")) return OFFICE_MARKS.some(has) ? OFFICE_ACTIVITY : undefined;
  return has("OperationName") && ENTRA_MARKS.some(has) ? ENTRA_AUDIT : undefined;
}

/** The fields under the Management Activity API's names, JSON in strings read, columns without a value left out. */
export function renamedFields(fields: Fields, table: SentinelTable): Fields {
  const renamed = Object.create(null) as Record<string, unknown>;
  for (const [name, value] of Object.entries(fields)) {
    if (saysNothing(value)) continue;
    const given = table.names.get(name) ?? name;
    renamed[given in renamed ? name : given] = table.json.has(name) ? decoded(value) : value;
  }
  for (const [name, value] of Object.entries(table.derived(renamed))) renamed[name] = value;
  return renamed;
}

/** The same of a record's text: in source order, with every digit. */
export function renamedEntries(text: string, table: SentinelTable): readonly Entry[] {
  const taken = new Set<string>();
  const entries: Entry[] = [];
  for (const [name, value] of entriesOf(text)) {
    if (saysNothing(value)) continue;
    const given = table.names.get(name) ?? name;
    const shown = taken.has(given) ? name : given;
    taken.add(shown);
    const json = table.json.has(name) && typeof value === "string" ? tryJson(value) : undefined;
    entries.push([shown, isStructure(json) ? json : value]);
  }
  return entries;
}

function isStructure(value: Entry[1] | undefined): value is Entry[1] {
  return typeof value === "object" && value !== null;
}

/** Header names of a table's CSV export: the portal writes the zone behind those of times, as in `TimeGenerated [UTC]`. */
export function columnName(header: string): string {
  return header.trim().replace(/ \[UTC\]$/, "");
}

/** Which table the header of a CSV export names. */
export function headerTable(names: readonly string[]): SentinelTable | undefined {
  return sentinelTable(Object.fromEntries(names.map((name) => [columnName(name), ""])));
}
