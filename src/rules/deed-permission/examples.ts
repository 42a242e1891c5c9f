import { ADMIN, ranAt } from "../deed-inbox-rule/examples.ts";
import type { AuditRecordExample, RuleExample } from "../example.ts";
import { auditAt, logonAt, OWNER, STRANGER } from "../example.ts";

const DAY = "2024-03-05T";

/** A folder's list of permissions was changed in the mailbox. */
function folderAt(time: string, path: string, member: string, rights: string): AuditRecordExample {
  return auditAt(time, "ModifyFolderPermissions", {
    ClientIPAddress: "192.0.2.1",
    LogonType: 0,
    MailboxOwnerUPN: OWNER,
    Item: {
      Id: "folder-1",
      ParentFolder: { Id: "folder-1", MemberRights: rights, MemberUpn: member, Name: "Folder", Path: path },
    },
  });
}

/** The inbox opened to one account. */
const inboxOpened = ranAt(`${DAY}20:11:00Z`, "Add-MailboxFolderPermission", {
  Identity: `${OWNER}:\\Inbox`,
  User: "helper@contoso.example",
  AccessRights: "Reviewer",
});

const GIVEN_AND_TAKEN = `SendOnBehalf for ${OWNER} given to helper@contoso.example, temp@contoso.example, taken from bob@contoso.example`;

export const examples: readonly RuleExample[] = [
  {
    name: "full access and the right to send for one account, from an address on the watch list",
    audit: [
      ranAt(`${DAY}20:10:00Z`, "Add-MailboxPermission", {
        Identity: OWNER,
        User: "helper@contoso.example",
        AccessRights: "FullAccess",
        InheritanceType: "All",
        AutoMapping: "False",
      }),
      ranAt(
        `${DAY}20:11:00Z`,
        "Add-RecipientPermission",
        { Identity: OWNER, Trustee: "Helper@contoso.example", AccessRights: "SendAs" },
        { ClientIP: `${STRANGER}:40000` },
      ),
    ],
    watch: STRANGER,
    outcome: "found",
    says: [
      { entity: "helper@contoso.example", points: 40, text: `has full access to ${OWNER}`, rows: [1] },
      { entity: "helper@contoso.example", points: 40, text: `may send as ${OWNER}`, rows: [2] },
      { entity: "helper@contoso.example", points: 30, text: `made from ${STRANGER}`, rows: [2] },
      {
        entity: "helper@contoso.example",
        points: 0,
        text: `FullAccess for ${OWNER} given to helper@contoso.example; does not appear in Outlook by itself`,
      },
    ],
  },
  {
    name: "an account of another organisation",
    audit: [
      ranAt(`${DAY}20:10:00Z`, "Add-MailboxPermission", {
        Identity: OWNER,
        User: "helper@fabrikam.example",
        AccessRights: ["FullAccess"],
      }),
    ],
    outcome: "found",
    says: [
      { entity: "helper@fabrikam.example", points: 40 },
      { entity: "helper@fabrikam.example", points: 20, text: "is of another organisation" },
      { entity: "helper@fabrikam.example", points: 0 },
    ],
  },
  {
    name: "a guest of another organisation, and one of the organisation's own in its other domain",
    audit: [
      ranAt(`${DAY}20:10:00Z`, "Add-MailboxPermission", {
        Identity: OWNER,
        User: "helper_fabrikam.example#EXT#@contoso.example",
        AccessRights: "FullAccess",
      }),
      ranAt(`${DAY}20:11:00Z`, "Add-MailboxPermission", {
        Identity: OWNER,
        User: "my_deputy_contoso.example#EXT#@contoso.example",
        AccessRights: "FullAccess",
      }),
    ],
    outcome: "found",
    says: [
      { entity: "helper_fabrikam.example#EXT#@contoso.example", points: 40, rows: [1] },
      { entity: "helper_fabrikam.example#EXT#@contoso.example", points: 20, text: "is of another organisation" },
      { entity: "helper_fabrikam.example#EXT#@contoso.example", points: 0 },
      { entity: "my_deputy_contoso.example#EXT#@contoso.example", points: 40, rows: [2] },
      { entity: "my_deputy_contoso.example#EXT#@contoso.example", points: 0 },
    ],
  },
  {
    name: "the inbox opened to everybody, and to one account",
    audit: [
      folderAt(`${DAY}20:10:00Z`, "\\Inbox", "Default", "ReadAny, Visible, FreeBusySimple, FreeBusyDetailed"),
      inboxOpened,
    ],
    outcome: "found",
    says: [
      { entity: "Default", points: 50, text: "everybody (Default) may read \\Inbox (ReadAny)", rows: [1] },
      { entity: "Default", points: 0, text: `for \\Inbox of ${OWNER} set for Default` },
      { entity: "helper@contoso.example", points: 24, text: "may read \\Inbox (Reviewer)", rows: [2] },
      { entity: "helper@contoso.example", points: 0 },
    ],
  },
  {
    name: "22 points are a finding",
    audit: [inboxOpened],
    rules: "rules:\n  deed-permission:\n    folder: 22\n",
    outcome: "found",
    says: [
      { entity: "helper@contoso.example", points: 22, text: "may read \\Inbox (Reviewer)" },
      { entity: "helper@contoso.example", points: 0 },
    ],
  },
  {
    name: "21 are none",
    audit: [inboxOpened],
    rules: "rules:\n  deed-permission:\n    folder: 21\nfindings:\n  least: low\n",
    outcome: "clear",
  },
  {
    name: "a shared calendar, times only, rights taken away or denied, and the service's own accounts",
    audit: [
      folderAt(`${DAY}09:00:00Z`, "\\Kalender", "Default", "ReadAny, Visible"),
      folderAt(`${DAY}09:01:00Z`, "\\Inbox", "Everyone", "FreeBusySimple"),
      ranAt(`${DAY}09:02:00Z`, "Remove-MailboxPermission", {
        Identity: OWNER,
        User: "helper@contoso.example",
        AccessRights: "FullAccess",
      }),
      ranAt(`${DAY}09:03:00Z`, "Add-MailboxPermission", {
        Identity: OWNER,
        User: "helper@contoso.example",
        AccessRights: "FullAccess",
        Deny: "True",
      }),
      ranAt(`${DAY}09:04:00Z`, "Add-MailboxPermission", {
        Identity: OWNER,
        User: "NT AUTHORITY\\SELF",
        AccessRights: "FullAccess",
      }),
      ranAt(`${DAY}09:05:00Z`, "Add-MailboxPermission", {
        Identity: OWNER,
        User: "Discovery Management",
        AccessRights: "FullAccess",
      }),
      ranAt(
        `${DAY}09:06:00Z`,
        "Add-MailboxPermission",
        { Identity: OWNER, User: "helper@contoso.example", AccessRights: "FullAccess" },
        { ResultStatus: "False" },
      ),
    ],
    outcome: "clear",
  },
  {
    name: "an export of the Activities API has no such records",
    records: [logonAt("2018-03-01T08:00:00Z", "192.0.2.1")],
    outcome: "notAssessed",
  },
  {
    name: "other mailboxes, named by alias and by path: each for itself",
    audit: [
      ranAt(
        `${DAY}20:10:00Z`,
        "Add-MailboxPermission",
        {
          Identity: "mary",
          User: "helper",
          AccessRights: "FullAccess",
        },
        ADMIN,
      ),
      ranAt(
        `${DAY}20:11:00Z`,
        "Add-MailboxPermission",
        {
          Identity: "cfo",
          User: "helper",
          AccessRights: "FullAccess",
        },
        ADMIN,
      ),
      ranAt(
        `${DAY}20:12:00Z`,
        "Add-RecipientPermission",
        {
          Identity: "contoso.example/Users/Mary",
          Trustee: "helper",
          AccessRights: "SendAs",
        },
        ADMIN,
      ),
    ],
    outcome: "found",
    says: [
      { entity: "helper", points: 40, text: "helper has full access to mary", rows: [1] },
      { entity: "helper", points: 40, text: "helper may send as contoso.example/Users/Mary", rows: [3] },
      { entity: "helper", points: 0, text: "FullAccess for mary given to helper", rows: [1] },
      { entity: "helper", points: 40, text: "helper has full access to cfo", rows: [2] },
      { entity: "helper", points: 0, text: "FullAccess for cfo given to helper", rows: [2] },
    ],
  },
  {
    name: "the top of the folders, opened to everybody by the mailbox's name alone",
    audit: [
      ranAt(`${DAY}20:10:00Z`, "Add-MailboxFolderPermission", {
        Identity: OWNER,
        User: "Default",
        AccessRights: "Owner",
      }),
    ],
    outcome: "found",
    says: [
      { entity: "Default", points: 50, text: "everybody (Default) may read \\ (Owner)", rows: [1] },
      { entity: "Default", points: 0, text: `Owner for \\ of ${OWNER} given to Default`, rows: [1] },
    ],
  },
  {
    name: "two accounts that may send on behalf, one of another organisation",
    audit: [
      ranAt(`${DAY}20:10:00Z`, "Set-Mailbox", {
        Identity: OWNER,
        GrantSendOnBehalfTo: "helper@contoso.example;drop@fabrikam.example",
      }),
    ],
    outcome: "found",
    says: [
      { entity: "helper@contoso.example", points: 40, text: `may send on behalf of ${OWNER}`, rows: [1] },
      {
        entity: "helper@contoso.example",
        points: 0,
        text: `SendOnBehalf for ${OWNER} set for helper@contoso.example, drop@fabrikam.example`,
      },
      { entity: "drop@fabrikam.example", points: 40, text: `may send on behalf of ${OWNER}`, rows: [1] },
      { entity: "drop@fabrikam.example", points: 20, text: "is of another organisation", rows: [1] },
      { entity: "drop@fabrikam.example", points: 0, rows: [1] },
    ],
  },
  {
    name: "who comes to those who may send on behalf, and who goes",
    audit: [
      ranAt(`${DAY}20:10:00Z`, "Set-Mailbox", {
        Identity: OWNER,
        GrantSendOnBehalfTo: '@{Remove="bob@contoso.example"; Add="helper@contoso.example","temp@contoso.example"}',
      }),
      ranAt(`${DAY}20:11:00Z`, "Set-Mailbox", {
        Identity: OWNER,
        GrantSendOnBehalfTo: "+aide@contoso.example;-ann@contoso.example",
      }),
    ],
    outcome: "found",
    says: [
      { entity: "helper@contoso.example", points: 40, rows: [1] },
      { entity: "helper@contoso.example", points: 0, text: GIVEN_AND_TAKEN, rows: [1] },
      { entity: "temp@contoso.example", points: 40, rows: [1] },
      { entity: "temp@contoso.example", points: 0, text: GIVEN_AND_TAKEN, rows: [1] },
      { entity: "aide@contoso.example", points: 40, rows: [2] },
      { entity: "aide@contoso.example", points: 0, text: "given to aide@contoso.example, taken from ann@contoso" },
    ],
  },
  {
    name: "somebody may send on behalf no more, and forms of lists that are not known",
    audit: [
      '@{Remove="bob@contoso.example"}',
      "@{remove=@('bob@contoso.example', 'ann@contoso.example')}",
      "-bob@contoso.example",
      '@{Set="bob@contoso.example"}',
      "System.Collections.Hashtable",
      "@{}",
    ].map((GrantSendOnBehalfTo, at) =>
      ranAt(`${DAY}20:1${at}:00Z`, "Set-Mailbox", { Identity: OWNER, GrantSendOnBehalfTo }),
    ),
    outcome: "clear",
  },
  {
    name: "nobody may send on behalf any more, and other settings of a mailbox",
    audit: [
      ranAt(`${DAY}20:10:00Z`, "Set-Mailbox", { Identity: OWNER, GrantSendOnBehalfTo: "" }),
      ranAt(`${DAY}20:11:00Z`, "Set-Mailbox", { Identity: OWNER, Languages: "en-US" }),
    ],
    outcome: "clear",
  },
];
