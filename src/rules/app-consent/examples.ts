import type { AuditRecordExample, RuleExample } from "../example.ts";
import { auditAt, boundAt, dailyLogons, HOME, OWNER, signInAt, STRANGER } from "../example.ts";

const APP = "0badc0de-0000-4000-8000-000000000001";
const PRINCIPAL = "99999999-9999-4999-8999-999999999999";
const PERFECT_DATA = "ff8d92dc-3d82-41d6-bcbd-b9174d163620";
const GRAPH = "00000003-0000-0000-c000-000000000000";

/** A record of the directory's, as Entra ID writes it into the audit log. */
function directoryAt(time: string, Operation: string, more: AuditRecordExample): AuditRecordExample {
  return auditAt(time, Operation, {
    RecordType: 8,
    Workload: "AzureActiveDirectory",
    ResultStatus: "Success",
    ...more,
  });
}

function consentAt(
  time: string,
  scopes: string,
  { id = APP, name = "Mail tool", ...more }: AuditRecordExample & { readonly id?: string; readonly name?: string } = {},
): AuditRecordExample {
  return directoryAt(time, "Consent to application.", {
    ObjectId: id,
    Target: [
      { ID: `ServicePrincipal_${PRINCIPAL}`, Type: 2 },
      { ID: PRINCIPAL, Type: 2 },
      { ID: "ServicePrincipal", Type: 2 },
      { ID: name, Type: 1 },
      { ID: id, Type: 2 },
      { ID: id, Type: 4 },
    ],
    ModifiedProperties: [
      { Name: "ConsentContext.OnBehalfOfAll", NewValue: "False", OldValue: "" },
      {
        Name: "ConsentAction.Permissions",
        NewValue: `[] => [[Id: abc, ClientId: ${PRINCIPAL}, ConsentType: Principal, Scope: ${scopes}, CreatedDateTime: , LastModifiedDateTime ]]; `,
        OldValue: "",
      },
    ],
    ...more,
  });
}

const accessAt = (time: string, ClientAppId = APP) =>
  boundAt(time, STRANGER, ["<1@fabrikam.example>"], { AppId: GRAPH, ClientAppId, ClientInfoString: "Client=REST;;" });

const ENTITY = `${APP} (Mail tool)`;

export const examples: readonly RuleExample[] = [
  {
    name: "a consent, and 40 minutes later the application reads",
    audit: [
      accessAt("2024-03-01T07:59:59Z", PERFECT_DATA),
      consentAt("2024-03-01T08:00:00Z", "User.Read Mail.Read offline_access"),
      accessAt("2024-03-01T08:40:00Z", APP.toUpperCase()),
      accessAt("2024-03-02T08:00:00Z"),
      accessAt("2024-03-02T08:00:01Z"),
    ],
    outcome: "found",
    says: [
      {
        entity: ENTITY,
        points: 50,
        text: "let in at 2024-03-01T08:00:00; came to the mailbox 40 minutes later, 2 rows of access within 24 hours",
        rows: [2, 3, 4],
      },
      { entity: ENTITY, points: 15, text: "may use Mail.Read, offline_access", rows: [2] },
    ],
  },
  {
    name: "alone it scores less than findings do",
    audit: [consentAt("2024-03-01T08:00:00Z", "User.Read offline_access")],
    outcome: "clear",
  },
  {
    name: "a consent that nothing follows: access was before it and two days later",
    audit: [
      accessAt("2024-03-01T07:00:00Z"),
      consentAt("2024-03-01T08:00:00Z", "User.Read offline_access"),
      accessAt("2024-03-03T08:40:00Z"),
    ],
    rules: "findings:\n  least: low\n",
    outcome: "found",
    says: [
      { entity: ENTITY, points: 10, text: "; no access by it to this mailbox is logged within 24 hours", rows: [2] },
    ],
  },
  {
    name: "access by another application does not follow it; risky rights raise it",
    audit: [consentAt("2024-03-01T08:00:00Z", "EWS.AccessAsUser.All"), accessAt("2024-03-01T09:00:00Z", PERFECT_DATA)],
    outcome: "found",
    says: [
      { entity: ENTITY, points: 10, rows: [1] },
      { entity: ENTITY, points: 15, text: "may use EWS.AccessAsUser.All", rows: [1] },
    ],
  },
  {
    name: "an application of the lists, by its name there",
    audit: [
      consentAt("2024-03-01T08:00:00Z", "User.Read", { id: PERFECT_DATA, name: "Harmless" }),
      accessAt("2024-03-01T08:00:30Z", PERFECT_DATA),
    ],
    outcome: "found",
    says: [
      { entity: `${PERFECT_DATA} (PerfectData Software)`, points: 50, text: "30 seconds later", rows: [1, 2] },
      { entity: `${PERFECT_DATA} (PerfectData Software)`, points: 25, text: "listed as abused", rows: [1] },
    ],
  },
  {
    name: "a watched application",
    audit: [consentAt("2024-03-01T08:00:00Z", "User.Read")],
    watch: APP,
    outcome: "found",
    says: [
      { entity: ENTITY, points: 10, rows: [1] },
      { entity: ENTITY, points: 25, text: "on the watch list", rows: [1] },
    ],
  },
  {
    name: "a grant that names the service principal alone is the same application's",
    audit: [
      directoryAt("2024-03-01T07:59:59Z", "Add delegated permission grant.", {
        ObjectId: `https://graph.microsoft.com;${GRAPH}`,
        Target: [
          { ID: "ServicePrincipal_12121212-1212-4121-8121-121212121212", Type: 2 },
          { ID: "Microsoft Graph", Type: 1 },
        ],
        ModifiedProperties: [
          { Name: "DelegatedPermissionGrant.Scope", NewValue: "Mail.Send  User.Read", OldValue: "" },
          { Name: "DelegatedPermissionGrant.ConsentType", NewValue: "Principal", OldValue: "" },
          { Name: "ServicePrincipal.ObjectID", NewValue: PRINCIPAL, OldValue: "" },
          { Name: "ServicePrincipal.AppId", NewValue: "", OldValue: "" },
        ],
      }),
      consentAt("2024-03-01T08:00:00Z", "User.Read"),
    ],
    outcome: "found",
    says: [
      { entity: ENTITY, points: 10, rows: [1, 2] },
      { entity: ENTITY, points: 15, text: "may use Mail.Send", rows: [1, 2] },
    ],
  },
  {
    name: "a role on Exchange is the application's that gets it, not Exchange's",
    audit: [
      directoryAt("2024-03-01T08:00:00Z", "Add app role assignment to service principal.", {
        ObjectId: "https://outlook.office.com;00000002-0000-0ff1-ce00-000000000000",
        Target: [{ ID: "Office 365 Exchange Online", Type: 1 }],
        ModifiedProperties: [
          { Name: "AppRole.Value", NewValue: "full_access_as_app", OldValue: "" },
          { Name: "ServicePrincipal.DisplayName", NewValue: "Mail tool", OldValue: "" },
          { Name: "ServicePrincipal.AppId", NewValue: APP, OldValue: "" },
        ],
      }),
    ],
    outcome: "found",
    says: [
      {
        entity: ENTITY,
        points: 10,
        text: "for everybody in the tenant; no access by it to this mailbox is logged within 24 hours; access to other mailboxes was not looked at",
        rows: [1],
      },
      { entity: ENTITY, points: 15, text: "may use full_access_as_app", rows: [1] },
    ],
  },
  {
    name: "two service principals without an application id: two findings, and nothing is said of access",
    audit: [
      consentAt("2024-03-01T08:00:00Z", "Mail.Read", { id: "" }),
      consentAt("2024-03-01T08:05:00Z", "Mail.Read", {
        id: "",
        Target: [{ ID: "ServicePrincipal_12121212-1212-4121-8121-121212121212", Type: 2 }],
      }),
      accessAt("2024-03-01T08:10:00Z"),
    ],
    outcome: "found",
    says: [
      {
        entity: `service principal ${PRINCIPAL} (Mail tool)`,
        points: 10,
        text: "let in at 2024-03-01T08:00:00; the record does not tell its application id, and so not whether it came to the mailbox",
        rows: [1],
      },
      { entity: `service principal ${PRINCIPAL} (Mail tool)`, points: 15, rows: [1] },
      { entity: "service principal 12121212-1212-4121-8121-121212121212", points: 10, rows: [2] },
      { entity: "service principal 12121212-1212-4121-8121-121212121212", points: 15, rows: [2] },
    ],
  },
  {
    name: "the same record out of Entra ID's own log",
    audit: [
      {
        TimeGenerated: "2024-03-01T08:00:00Z",
        Id: "Directory_1",
        OperationName: "Consent to application",
        Category: "ApplicationManagement",
        LoggedByService: "Core Directory",
        Result: "success",
        AdditionalDetails: JSON.stringify([{ key: "AppId", value: APP }]),
        InitiatedBy: JSON.stringify({ user: { userPrincipalName: OWNER, ipAddress: STRANGER } }),
        TargetResources: JSON.stringify([
          {
            id: PRINCIPAL,
            displayName: "Mail tool",
            type: "ServicePrincipal",
            modifiedProperties: [
              { displayName: "ConsentContext.OnBehalfOfAll", oldValue: null, newValue: '"True"' },
              {
                displayName: "ConsentAction.Permissions",
                oldValue: null,
                newValue: '"[[Scope: Mail.Read]] => [[Scope: MailboxSettings.ReadWrite]]; "',
              },
            ],
          },
        ]),
      },
    ],
    outcome: "found",
    says: [
      { entity: ENTITY, points: 10, text: "for everybody in the tenant", rows: [1] },
      { entity: ENTITY, points: 15, text: "may use MailboxSettings.ReadWrite", rows: [1] },
    ],
  },
  {
    name: "a consent that was refused",
    audit: [consentAt("2024-03-01T08:00:00Z", "Mail.Read", { ResultStatus: "Failure" })],
    outcome: "clear",
  },
  {
    name: "an application of Microsoft's, and an allowed one",
    audit: [
      consentAt("2024-03-01T08:00:00Z", "Mail.Read", { id: "1fec8e78-bce4-4aaf-ab1b-5451cc387264", name: "Teams" }),
      consentAt("2024-03-01T08:00:00Z", "Mail.Read"),
    ],
    allow: APP,
    outcome: "clear",
  },
  { name: "sign-ins without a consent", audit: [signInAt("2024-03-01T08:00:00Z", HOME)], outcome: "clear" },
  {
    name: "an audit log of Exchange alone",
    audit: [accessAt("2024-03-01T08:00:00Z")],
    outcome: "notAssessed",
  },
  { name: "no audit log", records: dailyLogons(3, HOME), outcome: "notAssessed" },
  {
    name: "a consent at a time that cannot be read, and access by the application",
    audit: [consentAt("some time", "Mail.Read"), accessAt("2024-03-01T08:40:00Z")],
    outcome: "found",
    says: [
      {
        entity: ENTITY,
        points: 10,
        text: "; access by it to this mailbox is logged, but not all its times can be read, and so not what came first",
      },
      { entity: ENTITY, points: 15, text: "may use Mail.Read" },
    ],
  },
  {
    name: "an application that is allowed and watched",
    audit: [consentAt("2024-03-01T08:00:00Z", "Mail.Read")],
    allow: APP,
    watch: APP,
    outcome: "found",
    says: [
      { entity: ENTITY, points: 10, rows: [1] },
      { entity: ENTITY, points: 15, text: "may use Mail.Read" },
      { entity: ENTITY, points: 25, text: `on the watch list as ${APP}` },
    ],
  },
];
