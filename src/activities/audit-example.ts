/** A record of the unified audit log as the Management Activity API writes it. */
export type AuditRecordExample = Readonly<Record<string, unknown>>;

/** The mailbox of examples, and the tenant it lies in. */
export const OWNER = "owner@contoso.example";

let audits = 0;

/** An audit record of Exchange about the owner's mailbox; `more` replaces and adds fields. */
export function auditAt(time: string, Operation: string, more: AuditRecordExample = {}): AuditRecordExample {
  return {
    CreationTime: time.replace(/Z$/, ""),
    Id: `00000000-0000-4000-8000-${String(++audits).padStart(12, "0")}`,
    Operation,
    OrganizationId: "11111111-1111-4111-8111-111111111111",
    RecordType: 2,
    ResultStatus: "Succeeded",
    UserType: 0,
    Workload: "Exchange",
    UserId: OWNER,
    ...more,
  };
}

/** A successful sign-in as the directory logs it. */
export function signInAt(
  time: string,
  ClientIP: string,
  more: { readonly user?: string; readonly agent?: string; readonly session?: string; readonly failed?: boolean } = {},
): AuditRecordExample {
  const { user = OWNER, agent = "", session, failed = false } = more;
  return auditAt(time, failed ? "UserLoginFailed" : "UserLoggedIn", {
    RecordType: 15,
    Workload: "AzureActiveDirectory",
    UserId: user,
    ResultStatus: failed ? "Failed" : "Success",
    ClientIP,
    ErrorNumber: failed ? "50126" : "0",
    ...(failed ? { LogonError: "InvalidUserNameOrPassword" } : {}),
    ExtendedProperties: agent === "" ? [] : [{ Name: "UserAgent", Value: agent }],
    DeviceProperties: session === undefined ? [] : [{ Name: "SessionId", Value: session }],
  });
}

/** Messages opened in the owner's mailbox, by their Internet message ids. */
export function boundAt(
  time: string,
  ClientIPAddress: string,
  ids: readonly string[],
  more: AuditRecordExample = {},
): AuditRecordExample {
  return auditAt(time, "MailItemsAccessed", {
    RecordType: 50,
    ClientIPAddress,
    ClientInfoString: "Client=OWA;Action=ViaProxy",
    LogonType: 0,
    ExternalAccess: false,
    MailboxGuid: "22222222-2222-4222-8222-222222222222",
    MailboxOwnerUPN: OWNER,
    OperationProperties: [
      { Name: "MailAccessType", Value: "Bind" },
      { Name: "IsThrottled", Value: "False" },
    ],
    OperationCount: ids.length,
    Folders: [
      { Id: "folder-1", Path: "\\Inbox", FolderItems: ids.map((InternetMessageId) => ({ InternetMessageId })) },
    ],
    ...more,
  });
}

/** A folder of the owner's mailbox synchronised by a desktop client. */
export function syncedAt(
  time: string,
  ClientIPAddress: string,
  path: string,
  more: AuditRecordExample = {},
): AuditRecordExample {
  return boundAt(time, ClientIPAddress, [], {
    RecordType: 2,
    ClientInfoString: "Client=MSExchangeRPC",
    OperationProperties: [
      { Name: "MailAccessType", Value: "Sync" },
      { Name: "IsThrottled", Value: "False" },
    ],
    Item: { Id: "folder-1", ParentFolder: { Id: "folder-1", Name: path.replace(/^\\/, ""), Path: path } },
    Folders: undefined,
    OperationCount: 1,
    ...more,
  });
}
