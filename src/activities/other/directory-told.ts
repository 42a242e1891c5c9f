import type { ActivityRecord } from "../../model/record.ts";
import { consentFacts } from "./consent.ts";
import { member, parsedJson, textAt, textsIn } from "./mailbox-rules/named-values.ts";
import { cut, joined, listed, quoted } from "./words.ts";

/** A property of the directory that was changed. Values as the record writes them, lists of one as their element. */
interface Modified {
  readonly name: string;
  readonly before: string;
  readonly after: string;
}

/** What a record of the directory (Entra ID) is about. */
interface DirectoryFacts {
  /** Its account name or display name; empty where the record has none. */
  readonly target: string;
  /** Application id of the target, or of the application that the record speaks of. */
  readonly appId: string;
  readonly modified: readonly Modified[];
}

const GUID = /[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/i;
/** Kinds of identities in Target and Actor (Office 365 Management Activity API schema): 1 a name, 2 ids, 4 of services, 5 a UPN. */
const [NAME, UPN] = [1, 5];

/** `[\r\n  "x"\r\n]` as x; what holds more, or structures, as it is. */
function plainValue(value: unknown): string {
  const text = textsIn(value).join(" ");
  const list = parsedJson(text);
  if (!Array.isArray(list)) return text;
  const texts = list.filter((one: unknown) => typeof one !== "object");
  return texts.length === list.length ? textsIn(texts).join(", ") : text;
}

function modifiedOf(list: unknown): readonly Modified[] {
  return (Array.isArray(list) ? list : []).map((one: unknown) => ({
    name: textAt(one, "Name") || textAt(one, "displayName"),
    before: plainValue(member(one, "OldValue")),
    after: plainValue(member(one, "NewValue")),
  }));
}

function targetOf(list: unknown, kind: number): string {
  const found = (Array.isArray(list) ? list : []).find((one: unknown) => member(one, "Type") === kind);
  return textAt(found, "ID");
}

/** Target and ModifiedProperties of the audit log, or TargetResources of Entra ID's own log. */
function readDirectory({ properties }: ActivityRecord): DirectoryFacts {
  const objectId = properties.text("ObjectId") ?? "";
  const target = parsedJson(properties.text("Target"));
  const resources = parsedJson(properties.text("TargetResources"));
  const resource: unknown = Array.isArray(resources) ? resources[0] : undefined;
  const modified = [
    ...modifiedOf(parsedJson(properties.text("ModifiedProperties"))),
    ...modifiedOf(member(resource, "modifiedProperties")),
  ];
  const valueOf = (name: string) => modified.find((one) => one.name === name)?.after ?? "";
  const named =
    targetOf(target, UPN) ||
    targetOf(target, NAME) ||
    textAt(resource, "userPrincipalName") ||
    textAt(resource, "displayName");
  const ids = [valueOf("TargetId.ServicePrincipalNames"), objectId];
  return {
    target: named || objectId,
    appId: ids.map((text) => GUID.exec(text)?.[0] ?? "").find((id) => id !== "") ?? "",
    modified,
  };
}

function application(name: string, appId: string): string {
  if (name === "" || name === appId) return appId === "" ? "an application" : `application ${cut(appId)}`;
  return `application ${quoted(name)}${appId === "" ? "" : ` (${cut(appId)})`}`;
}

type Told = (facts: DirectoryFacts, value: (...names: readonly string[]) => string, record: ActivityRecord) => string;

const consentTold: Told = (_facts, value, record) => {
  const { appName, appId, permissions, forEverybody } = consentFacts(record);
  return joined(
    [
      `consent to ${application(appName, appId)}`,
      permissions.length > 0 ? `permissions ${listed(permissions)}` : "",
      forEverybody ? "for all users" : "",
      /true/i.test(value("ConsentContext.IsAdminConsent")) ? "by an administrator" : "",
    ],
    ", ",
  );
};

/** Rights on a service, to which the record's target is the service and the application stands among the properties. */
function grantTold(what: string): Told {
  return ({ target }, value, record) => {
    const { appName, appId, servicePrincipal, permissions } = consentFacts(record);
    const rights = permissions.length > 0 ? listed(permissions) : cut(value("AppRole.DisplayName"));
    const all = /AllPrincipals/i.test(value("DelegatedPermissionGrant.ConsentType")) ? ", for all users" : "";
    return `${what} ${rights} of ${quoted(target)} given to ${application(appName, appId || servicePrincipal)}${all}`;
  };
}

/** Operations by their names without the dot at the end. */
const OPERATIONS: ReadonlyMap<string, Told> = new Map<string, Told>([
  ["consent to application", consentTold],
  ["add delegated permission grant", grantTold("delegated permissions")],
  ["add oauth2permissiongrant", grantTold("delegated permissions")],
  ["add app role assignment to service principal", grantTold("application role")],
  [
    "add app role assignment grant to user",
    ({ target, appId }, value) =>
      `role ${cut(value("AppRole.DisplayName", "AppRole.Value"))} of ${application(target, appId)} given to ${cut(value("User.UPN", "User.ObjectID"))}`,
  ],
  ["add member to role", ({ target }, value) => `role ${quoted(value("Role.DisplayName"))} given to ${cut(target)}`],
  [
    "remove member from role",
    ({ target, modified }) => {
      const role = modified.find(({ name }) => name === "Role.DisplayName");
      return `role ${quoted(role === undefined ? "" : role.before || role.after)} taken from ${cut(target)}`;
    },
  ],
  [
    "add owner to application",
    ({ target }, value) =>
      `${cut(target)} made an owner of ${application(value("Application.DisplayName"), value("Application.AppId"))}`,
  ],
  [
    "add service principal",
    ({ target, appId }, value) =>
      `${application(target, appId)} added to the tenant${value("Credential", "KeyDescription") === "" ? "" : ", with a credential"}`,
  ],
]);

/** Names in ModifiedProperties that change nothing. */
const NO_CHANGE = /^(?:Included Updated Properties|TargetId\..*|ActorId\..*|)$/;
/** A value that is told whole; of others only that they changed. */
const SHORT = 60;

function changeTold({ name, before, after }: Modified): string {
  const isPlain = (text: string) => text.length <= SHORT && !/[[{]/.test(text);
  if (before === after || !isPlain(before) || !isPlain(after)) return cut(name);
  return `${cut(name)} ${joined([before, after === "" ? "nothing" : after], " → ")}`;
}

/**
 * One line of what a record of the directory says, beyond its Operation: who or what it is about, and what changed.
 *
 * @returns undefined where the record says no more than its Operation.
 */
export function toldDirectory(record: ActivityRecord): string | undefined {
  const facts = readDirectory(record);
  const name = record.activityIdType.trim().replace(/\.$/, "");
  const told = OPERATIONS.get(name.toLowerCase());
  const value = (...names: readonly string[]) =>
    names.map((wanted) => facts.modified.find((one) => one.name === wanted)?.after ?? "").find((text) => text !== "") ??
    "";
  if (told !== undefined && (facts.modified.length > 0 || facts.target !== "")) return told(facts, value, record);
  const changes = facts.modified.filter((one) => !NO_CHANGE.test(one.name)).map(changeTold);
  if (facts.target === "" && changes.length === 0) return undefined;
  return joined(
    [
      facts.target === "" ? name : `${name}: ${cut(facts.target)}`,
      changes.length === 0 ? "" : `changed ${listed(changes)}`,
    ],
    "; ",
  );
}
