import type { Random } from "../random.ts";

/** A record of the unified audit log as the Management Activity API has it. */
export type AuditFields = Readonly<Record<string, unknown>>;

/** A record with the truth about it, which no log tells. */
export interface AuditRow {
  /** Milliseconds since 1970, whole seconds. */
  readonly at: number;
  readonly fields: AuditFields;
  readonly actor: "owner" | "intruder" | "application" | "service";
}

/** The tenant: one organisation, and the ids that Microsoft gave to what takes part. */
export const TENANT = {
  organization: "6f0c1a52-3d47-4b0e-8c55-90f1d2a7b311",
  name: "harborline.onmicrosoft.example",
  /** Resource ids and well-known applications, as every tenant has them. */
  graph: "00000003-0000-0000-c000-000000000000",
  outlookWeb: "00000002-0000-0ff1-ce00-000000000000",
} as const;

/** Takes part of every record: who acts for what, how, and from where. */
export interface Client {
  readonly user: string;
  readonly address: string;
  readonly session: string;
  readonly clientInfo: string;
  /** ClientAppId, of an application that is no program of Microsoft's own. */
  readonly app?: string;
  readonly actor: AuditRow["actor"];
}

/** A mailbox that records are about. */
export interface Box {
  readonly upn: string;
  readonly guid: string;
}

export function creationTime(at: number): string {
  return new Date(at).toISOString().slice(0, 19);
}

/** Some records write the account with capitals: comparing to the letter would make two accounts of one. */
function spelled(random: Random, user: string): string {
  if (!random.chance(0.12)) return user;
  return user.replaceAll(/(?:^|[.])[a-z](?=.*@)/g, (letter) => letter.toUpperCase());
}

function record(
  random: Random,
  at: number,
  operation: string,
  recordType: number,
  actor: AuditRow["actor"],
  fields: AuditFields,
): AuditRow {
  const second = Math.floor(at / 1000) * 1000;
  return {
    at: second,
    actor,
    fields: {
      CreationTime: creationTime(second),
      Id: random.guid(),
      Operation: operation,
      OrganizationId: TENANT.organization,
      RecordType: recordType,
      ResultStatus: "Succeeded",
      UserKey: random.hex(16).toUpperCase(),
      UserType: 0,
      Version: 1,
      ...fields,
    },
  };
}

/** What every record of Exchange's mailbox audit log says. */
function mailboxFields(random: Random, box: Box, client: Client): AuditFields {
  const { user, address, session, clientInfo, app, actor } = client;
  return {
    Workload: "Exchange",
    ClientIP: address,
    // What runs by itself writes the account in one way.
    UserId: actor === "owner" ? spelled(random, user) : user,
    AppId: app === undefined ? TENANT.outlookWeb : TENANT.graph,
    ClientAppId: app ?? "",
    ClientIPAddress: address,
    ClientInfoString: clientInfo,
    ExternalAccess: false,
    InternalLogonType: 0,
    LogonType: 0,
    LogonUserSid: "S-1-5-21-1004336348-1177238915-682003330-1104",
    MailboxGuid: box.guid,
    MailboxOwnerUPN: box.upn,
    OrganizationName: TENANT.name,
    // Exchange leaves a line end behind the server's name.
    OriginatingServer: "VI1PR05MB7001 (15.20.8489.012)\r\n",
    ...(session === "" ? {} : { SessionId: session, AppAccessContext: { AADSessionId: session } }),
  };
}

/** An item as a record of messages opened, moved or deleted names it. */
export interface NamedItem {
  readonly internetMessageId: string;
  readonly subject: string;
  readonly folder: string;
}

function operationProperties(type: "Bind" | "Sync", throttled: boolean): AuditFields[] {
  return [
    { Name: "MailAccessType", Value: type },
    { Name: "IsThrottled", Value: throttled ? "True" : "False" },
  ];
}

/** Messages opened within two minutes. */
export function bind(
  random: Random,
  at: number,
  box: Box,
  client: Client,
  items: readonly NamedItem[],
  throttled = false,
): AuditRow {
  const folders = [...new Set(items.map(({ folder }) => folder))];
  return record(random, at, "MailItemsAccessed", 50, client.actor, {
    ...mailboxFields(random, box, client),
    OperationProperties: operationProperties("Bind", throttled),
    OperationCount: items.length,
    Folders: folders.map((folder) => ({
      Id: `LgAAAA${random.token(20)}`,
      Path: folder,
      FolderItems: items
        .filter((item) => item.folder === folder)
        .map(({ internetMessageId }) => ({
          InternetMessageId: internetMessageId,
          SizeInBytes: random.between(9_000, 240_000),
        })),
    })),
  });
}

/** A folder that a client which keeps a copy synchronised. */
export function sync(random: Random, at: number, box: Box, client: Client, folder: string): AuditRow {
  const id = `LgAAAA${random.token(20)}`;
  const name = folder.replace(/^\\/, "");
  return record(random, at, "MailItemsAccessed", 2, client.actor, {
    ...mailboxFields(random, box, client),
    OperationProperties: operationProperties("Sync", false),
    OperationCount: 1,
    Item: { Id: id, ParentFolder: { Id: id, Name: name, Path: folder } },
  });
}

export function send(random: Random, at: number, box: Box, client: Client, item: NamedItem): AuditRow {
  return record(random, at, "Send", 2, client.actor, {
    ...mailboxFields(random, box, client),
    Item: {
      Id: `RgAAAA${random.token(24)}`,
      InternetMessageId: item.internetMessageId,
      ParentFolder: { Id: `LgAAAA${random.token(20)}`, Name: "Drafts", Path: "\\Drafts" },
      SizeInBytes: random.between(6_000, 60_000),
      Subject: item.subject,
    },
  });
}

/** SoftDelete, HardDelete or MoveToDeletedItems of some messages. */
export function remove(
  random: Random,
  at: number,
  operation: "SoftDelete" | "HardDelete" | "MoveToDeletedItems",
  box: Box,
  client: Client,
  items: readonly NamedItem[],
): AuditRow {
  const folder = { Id: `LgAAAA${random.token(20)}`, Path: items[0]?.folder ?? "\\Inbox" };
  return record(random, at, operation, 3, client.actor, {
    ...mailboxFields(random, box, client),
    AffectedItems: items.map((item) => ({
      Id: `RgAAAA${random.token(24)}`,
      InternetMessageId: item.internetMessageId,
      ParentFolder: folder,
      Subject: item.subject,
    })),
    CrossMailboxOperation: false,
    ...(operation === "MoveToDeletedItems" ? { DestFolder: { Id: "LgAAAAdel", Path: "\\Deleted Items" } } : {}),
    Folder: folder,
  });
}

export function attachment(
  random: Random,
  at: number,
  box: Box,
  client: Client,
  item: NamedItem,
  file: string,
): AuditRow {
  return record(random, at, "AttachmentAccess", 2, client.actor, {
    ...mailboxFields(random, box, client),
    Item: {
      Id: `RgAAAA${random.token(24)}`,
      Attachments: `${file} (${random.between(8_000, 90_000)}b)`,
      InternetMessageId: item.internetMessageId,
      ParentFolder: { Id: `LgAAAA${random.token(20)}`, Path: item.folder },
      Subject: item.subject,
    },
  });
}

export function search(random: Random, at: number, client: Client, query: string): AuditRow {
  return record(random, at, "SearchQueryInitiatedExchange", 101, client.actor, {
    Workload: "Exchange",
    ClientIP: client.address,
    UserId: spelled(random, client.user),
    QuerySource: "OWA",
    QueryText: query,
    ScenarioName: "owa.react",
  });
}

export interface SignIn {
  readonly user: string;
  readonly address: string;
  readonly session: string;
  readonly userAgent: string;
  readonly app: string;
  readonly actor: AuditRow["actor"];
  /** Number and name of the error of a sign-in that failed. */
  readonly error?: readonly [number: string, name: string];
}

export function signIn(random: Random, at: number, options: SignIn): AuditRow {
  const { user, address, session, userAgent, app, error, actor } = options;
  return record(random, at, error === undefined ? "UserLoggedIn" : "UserLoginFailed", 15, actor, {
    // The request succeeds, even where it lets nobody in.
    ResultStatus: "Success",
    Workload: "AzureActiveDirectory",
    ClientIP: address,
    ObjectId: TENANT.outlookWeb,
    UserId: spelled(random, user),
    ApplicationId: app,
    ActorIpAddress: address,
    AzureActiveDirectoryEventType: 1,
    DeviceProperties: session === "" ? [] : [{ Name: "SessionId", Value: session }],
    ErrorNumber: error?.[0] ?? "0",
    ExtendedProperties: [
      { Name: "UserAgent", Value: userAgent },
      { Name: "RequestType", Value: "OAuth2:Authorize" },
    ],
    InterSystemsId: random.guid(),
    ...(error === undefined ? {} : { LogonError: error[1] }),
  });
}

/** A cmdlet of Exchange's admin audit log, whose address has a port. */
export function cmdlet(
  random: Random,
  at: number,
  name: string,
  options: { readonly client: Client; readonly object: string; readonly parameters: Readonly<Record<string, string>> },
): AuditRow {
  const { client, object, parameters } = options;
  const port = random.between(49_200, 65_000);
  const address = client.address.includes(":") ? `[${client.address}]:${port}` : `${client.address}:${port}`;
  return record(random, at, name, 1, client.actor, {
    Workload: "Exchange",
    ClientIP: address,
    ObjectId: object,
    UserId: client.user,
    AppId: "",
    ExternalAccess: false,
    OrganizationName: TENANT.name,
    OriginatingServer: "VI1PR05MB7001 (15.20.8489.012)\r\n",
    Parameters: Object.entries(parameters).map(([Name, Value]) => ({ Name, Value })),
    ...(client.session === "" ? {} : { SessionId: client.session }),
  });
}

/** What the directory says of an application that somebody gave rights to. */
export function directory(
  random: Random,
  at: number,
  operation: string,
  options: {
    readonly client: Client;
    readonly servicePrincipal: string;
    readonly appId: string;
    readonly appName: string;
    readonly changed: Readonly<Record<string, string>>;
  },
): AuditRow {
  const { client, servicePrincipal, appId, appName, changed } = options;
  return record(random, at, operation, 8, client.actor, {
    ResultStatus: "Success",
    Workload: "AzureActiveDirectory",
    ObjectId: appId,
    UserId: client.user,
    AzureActiveDirectoryEventType: 1,
    ActorIpAddress: client.address,
    ExtendedProperties: [],
    ModifiedProperties: Object.entries(changed).map(([Name, NewValue]) => ({ Name, NewValue, OldValue: "" })),
    Target: [
      { ID: `ServicePrincipal_${servicePrincipal}`, Type: 2 },
      { ID: servicePrincipal, Type: 2 },
      { ID: "ServicePrincipal", Type: 2 },
      { ID: appName, Type: 1 },
      { ID: appId, Type: 2 },
    ],
  });
}
