import { fieldsOf, listOf, namedValue, textOf } from "../../ingest/audit-log/json-fields.ts";
import type { ActivityRecord } from "../../model/record.ts";

/** What a record of the directory says of an application that was let in. */
export interface ConsentFacts {
  /** The application's id in lower case; empty where the record names none. */
  readonly appId: string;
  /** Id of the application's service principal in the tenant, in lower case; empty where the record names none. */
  readonly servicePrincipal: string;
  /** What the application calls itself; its maker chose it freely. */
  readonly appName: string;
  /** What it may do from now on: scopes and roles, verbatim, each once. */
  readonly permissions: readonly string[];
  /** Whether it was let in to everybody's data and not to one account's. */
  readonly forEverybody: boolean;
  /** A consent that was refused is logged too. */
  readonly successful: boolean;
}

const GUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/i;
/**
 * Operations whose object is the service that rights are given on (Microsoft Graph, Exchange). The application that
 * gets them stands under ServicePrincipal.… of the modified properties; of a delegated grant often its ObjectID alone.
 */
const ON_A_RESOURCE =
  /^add (?:delegated permission grant|oauth2permissiongrant|app role assignment to service principal)/i;
const SUCCESS = new Set(["", "success", "succeeded", "true"]);

function guidIn(...texts: readonly string[]): string {
  for (const text of texts) {
    const found = GUID.exec(text)?.[0];
    if (found !== undefined) return found.toLowerCase();
  }
  return "";
}

/** Entra ID's own logs write each value as JSON; of a text that is a JSON string, what it says. */
function unquoted(text: string): string {
  return /^".*"$/s.test(text) ? text.slice(1, -1) : text;
}

/** New values by name: ModifiedProperties of the audit log, modifiedProperties of Entra ID's targets. */
function newValues(modified: string | undefined, targets: readonly unknown[]): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  for (const one of listOf(modified)) {
    const { Name, NewValue } = fieldsOf(one);
    values.set(textOf(Name), textOf(NewValue));
  }
  for (const target of targets) {
    for (const one of listOf(fieldsOf(target)["modifiedProperties"])) {
      const { displayName, newValue } = fieldsOf(one);
      values.set(textOf(displayName), unquoted(textOf(newValue)));
    }
  }
  return values;
}

/**
 * The scopes in `ConsentAction.Permissions`, which has the grants before and after, `[…] => [[…, Scope: Mail.Read
 * offline_access, …]]`; of a text of another form every word in it.
 */
function scopesIn(action: string): string[] {
  const after = action.slice(action.lastIndexOf("=>") + 1);
  const scopes = [...after.matchAll(/\bScope:\s*([^,\]]*)/g)].flatMap(([, words = ""]) => words.split(/\s+/));
  return scopes.length > 0 || action.includes("=>") ? scopes : (action.match(/[\w.-]+/g) ?? []);
}

/**
 * The application that a record of role `consent` is about, and what it was given: Target lists it by ids of its
 * service principal and its name (Type 1); ObjectId has its id among the names of its service principal. Office 365
 * Management Activity API, Azure Active Directory schema; AuditLogs of Entra ID have the same under TargetResources.
 */
export function consentFacts({ properties, activityIdType }: ActivityRecord): ConsentFacts {
  const text = (name: string) => properties.text(name) ?? "";
  const entries = listOf(properties.text("Target")).map(fieldsOf);
  const resources = listOf(properties.text("TargetResources"));
  const values = newValues(properties.text("ModifiedProperties"), resources);
  const value = (name: string) => values.get(name) ?? "";
  const onResource = ON_A_RESOURCE.test(activityIdType);
  const resource = fieldsOf(resources[0]);
  const details = fieldsOf(namedValue(properties.text("ExtendedProperties"), "additionalDetails"));
  const principal = entries.map(({ ID }) => textOf(ID)).find((id) => id.startsWith("ServicePrincipal_")) ?? "";
  const named = entries.find(({ Type }) => textOf(Type) === "1");
  const action = value("ConsentAction.Permissions");
  const permissions = [
    ...scopesIn(action),
    ...value("DelegatedPermissionGrant.Scope").split(/\s+/),
    value("AppRole.Value").trim(),
  ].filter((word) => word !== "");
  return {
    appId: onResource
      ? guidIn(value("ServicePrincipal.AppId"))
      : guidIn(
          text("ObjectId"),
          value("TargetId.ServicePrincipalNames"),
          textOf(details["AppId"]),
          namedValue(properties.text("AdditionalDetails"), "AppId"),
        ),
    servicePrincipal: onResource
      ? guidIn(value("ServicePrincipal.ObjectID"))
      : guidIn(principal, textOf(resource["id"])),
    appName: onResource
      ? value("ServicePrincipal.DisplayName")
      : textOf(named?.["ID"]) || textOf(resource["displayName"]),
    permissions: [...new Set(permissions)],
    forEverybody:
      /^true$/i.test(value("ConsentContext.OnBehalfOfAll")) ||
      /\bConsentType:\s*AllPrincipals\b/.test(action.slice(action.lastIndexOf("=>") + 1)) ||
      value("DelegatedPermissionGrant.ConsentType") === "AllPrincipals" ||
      /^add app role assignment to service principal/i.test(activityIdType),
    successful: SUCCESS.has(text("Result").toLowerCase()),
  };
}
