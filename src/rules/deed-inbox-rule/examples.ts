import type { AuditRecordExample, RuleExample } from "../example.ts";
import { auditAt, logonAt, OWNER, signInAt, STRANGER } from "../example.ts";

/** A cmdlet that an account ran, with its parameters. */
export function ranAt(
  time: string,
  operation: string,
  parameters: Readonly<Record<string, unknown>>,
  more: AuditRecordExample = {},
): AuditRecordExample {
  return auditAt(time, operation, {
    RecordType: 1,
    ResultStatus: "True",
    ClientIP: "192.0.2.1:50123",
    OrganizationName: "contoso.example",
    Parameters: Object.entries(parameters).map(([Name, Value]) => ({ Name, Value })),
    ...more,
  });
}

/** A cmdlet that an administrator ran: it may be about anybody's mailbox. */
export const ADMIN: AuditRecordExample = { UserType: 2 };

/** A rule that a client keeps itself, as the store logs it. */
function updatedAt(time: string, properties: Readonly<Record<string, string>>): AuditRecordExample {
  return auditAt(time, "UpdateInboxRules", {
    ClientIPAddress: "192.0.2.1",
    ClientInfoString: "Client=MSExchangeRPC",
    LogonType: 0,
    MailboxOwnerUPN: OWNER,
    OperationProperties: Object.entries(properties).map(([Name, Value]) => ({ Name, Value })),
  });
}

const DAY = "2024-03-05T";
const newsletter = { Name: "Weekly newsletters", From: "news@fabrikam.example", MoveToFolder: "Newsletters" };

export const examples: readonly RuleExample[] = [
  {
    name: "a dot that moves invoices to RSS Feeds and marks them as read",
    audit: [
      ranAt(`${DAY}09:00:00Z`, "New-InboxRule", newsletter),
      ranAt(`${DAY}20:10:00Z`, "New-InboxRule", {
        Name: ".",
        SubjectOrBodyContainsWords: "invoice;payment",
        MoveToFolder: "RSS Feeds",
        MarkAsRead: "True",
        StopProcessingRules: "True",
      }),
    ],
    outcome: "found",
    says: [
      { entity: ".", points: 45, text: "moves to RSS Feeds, a folder that hardly anybody opens", rows: [2] },
      { entity: ".", points: 30, text: "invoice (payments), payment (payments)", rows: [2] },
      { entity: ".", points: 25, text: "the name has no letter: “.”" },
      { entity: ".", points: 6, text: "marks them as read" },
      {
        entity: ".",
        points: 0,
        text: "inbox rule “.” created: moves to RSS Feeds, marks as read, stops further rules; if subject or body contains invoice, payment",
      },
    ],
  },
  {
    name: "everything forwarded out of the organisation",
    audit: [
      ranAt(`${DAY}20:10:00Z`, "New-InboxRule", {
        Name: "Copies of my mail",
        ForwardTo: '"Drop" [SMTP:drop@fabrikam.example]',
        AlwaysDeleteOutlookRulesBlob: "False",
        HasAttachment: "False",
        Force: "False",
      }),
    ],
    outcome: "found",
    says: [
      { entity: "Copies of my mail", points: 40, text: "forwards out of the organisation, to drop@fabrikam.example" },
      { entity: "Copies of my mail", points: 38, text: "no conditions" },
      { entity: "Copies of my mail", points: 0, text: "for every message" },
    ],
  },
  {
    name: "redirection outweighs forwarding; an exception is no condition; a list may be an array",
    audit: [
      ranAt(`${DAY}20:10:00Z`, "New-InboxRule", {
        name: "Figures of the North",
        forwardasattachmentto: ["smtp:drop@fabrikam.example", "boss@contoso.example"],
        RedirectTo: "drop@mail.fabrikam.example",
        ExceptIfFrom: "boss@contoso.example",
      }),
    ],
    outcome: "found",
    says: [
      { entity: "Figures of the North", points: 45, text: "redirects out of the organisation" },
      { entity: "Figures of the North", points: 8, text: "forwards to boss@contoso.example" },
      { entity: "Figures of the North", points: 38 },
      { entity: "Figures of the North", points: 0, text: "but not if from boss@contoso.example" },
    ],
  },
  {
    name: "warnings deleted, by a rule of two letters",
    audit: [
      ranAt(`${DAY}20:10:00Z`, "New-InboxRule", {
        Name: "ok",
        SubjectContainsWords: "Phishing; hacked; lunch",
        DeleteMessage: true,
      }),
    ],
    outcome: "found",
    says: [
      { entity: "ok", points: 24, text: "deletes messages" },
      { entity: "ok", points: 30, text: "Phishing (hiding), hacked (hiding)" },
      { entity: "ok", points: 10, text: "very short: “ok”" },
      { entity: "ok", points: 0 },
    ],
  },
  {
    name: "invoices sent on to somebody whose address the record does not tell",
    audit: [
      ranAt(`${DAY}20:10:00Z`, "New-InboxRule", {
        Name: "Figures of the North",
        SubjectContainsWords: "invoice",
        ForwardTo: "Drop Contact",
      }),
    ],
    outcome: "found",
    says: [
      { entity: "Figures of the North", points: 15, text: "forwards to Drop Contact, whose address is not told" },
      { entity: "Figures of the North", points: 10, text: "invoice (payments)" },
      { entity: "Figures of the North", points: 0, text: "if the subject contains invoice" },
    ],
  },
  {
    name: "a name of five letters is very short, one of six is not",
    audit: ["Clean", "Sorted"].map((Name, at) =>
      ranAt(`${DAY}20:1${at}:00Z`, "New-InboxRule", { Name, SubjectContainsWords: "lunch", DeleteMessage: "True" }),
    ),
    outcome: "found",
    says: [
      { entity: "Clean", points: 24, text: "deletes messages", rows: [1] },
      { entity: "Clean", points: 10, text: "very short: “Clean”", rows: [1] },
      { entity: "Clean", points: 0 },
      { entity: "Sorted", points: 24, text: "deletes messages", rows: [2] },
      { entity: "Sorted", points: 0 },
    ],
  },
  {
    name: "a term of weight 6 counts, one of weight 5 does not",
    audit: ["cheque", "overdue"].map((SubjectContainsWords, at) =>
      ranAt(`${DAY}20:1${at}:00Z`, "New-InboxRule", {
        Name: `Clean up ${SubjectContainsWords}`,
        SubjectContainsWords,
        DeleteMessage: "True",
      }),
    ),
    outcome: "found",
    says: [
      { entity: "Clean up cheque", points: 24, text: "deletes messages", rows: [1] },
      { entity: "Clean up cheque", points: 30, text: "cheque (payments)", rows: [1] },
      { entity: "Clean up cheque", points: 0 },
      { entity: "Clean up overdue", points: 24, text: "deletes messages", rows: [2] },
      { entity: "Clean up overdue", points: 0 },
    ],
  },
  {
    name: "conditions that every message meets",
    audit: [
      ranAt(`${DAY}20:10:00Z`, "New-InboxRule", {
        Name: "Cleaning up",
        FromAddressContainsWords: "@",
        SubjectContainsWords: "\u0000",
        DeleteMessage: "True",
      }),
    ],
    outcome: "found",
    says: [
      { entity: "Cleaning up", points: 16, text: "deletes messages of certain senders" },
      { entity: "Cleaning up", points: 38, text: "its conditions hold no letter or digit" },
      { entity: "Cleaning up", points: 0, text: "if the sender's address contains @ and the subject contains \u0000" },
    ],
  },
  {
    name: "folders in other languages, with their mailbox before them and folders below; names that show nothing",
    audit: [
      ranAt(`${DAY}20:10:00Z`, "New-InboxRule", {
        Name: "…",
        From: "boss@contoso.example",
        MoveToFolder: "owner@contoso.example:\\RSS-Abonnements",
      }),
      ranAt(`${DAY}20:11:00Z`, "New-InboxRule", {
        Name: "　",
        From: "boss@contoso.example",
        MoveToFolder: ":\\Historique des conversations\\2024",
      }),
      ranAt(`${DAY}20:12:00Z`, "New-InboxRule", {
        Name: "👩‍👩‍👧",
        From: "boss@contoso.example",
        MoveToFolder: "POSTA ELIMINATA",
      }),
    ],
    outcome: "found",
    says: [
      { entity: "…", points: 45, rows: [1] },
      { entity: "…", points: 25 },
      { entity: "…", points: 0 },
      { entity: "　", points: 45, rows: [2] },
      { entity: "　", points: 25 },
      { entity: "　", points: 0 },
      { entity: "👩‍👩‍👧", points: 20, text: "moves to POSTA ELIMINATA (Posta eliminata)", rows: [3] },
      { entity: "👩‍👩‍👧", points: 25 },
      { entity: "👩‍👩‍👧", points: 0 },
    ],
  },
  {
    name: "an ordinary rule, made from an address on the watch list",
    audit: [
      ranAt(`${DAY}09:00:00Z`, "New-InboxRule", newsletter),
      ranAt(
        `${DAY}20:10:00Z`,
        "New-InboxRule",
        { ...newsletter, Name: "Monthly newsletters" },
        { ClientIP: `${STRANGER}:40000` },
      ),
    ],
    watch: STRANGER,
    outcome: "found",
    says: [
      { entity: "Monthly newsletters", points: 30, text: `made from ${STRANGER}, which scores`, rows: [2] },
      { entity: "Monthly newsletters", points: 0 },
    ],
  },
  {
    name: "records of one rule count together, and a change only by what it sets",
    audit: [
      ranAt(`${DAY}09:00:00Z`, "New-InboxRule", newsletter),
      ranAt(`${DAY}20:10:00Z`, "Set-InboxRule", {
        Identity: "owner@contoso.example\\Weekly newsletters",
        ForwardTo: "drop@fabrikam.example",
      }),
      ranAt(`${DAY}20:20:00Z`, "Set-InboxRule", {
        Identity: "owner@contoso.example\\Weekly newsletters",
        RedirectTo: "drop@fabrikam.example",
        DeleteMessage: "True",
      }),
    ],
    outcome: "found",
    says: [
      { entity: "Weekly newsletters", points: 45, text: "redirects out", rows: [2, 3] },
      { entity: "Weekly newsletters", points: 24, rows: [3] },
      { entity: "Weekly newsletters", points: 0, text: "“Weekly newsletters” changed: forwards to", rows: [2] },
    ],
  },
  {
    name: "a rule of a client on a desk, without a condition",
    audit: [
      updatedAt(`${DAY}20:10:00Z`, {
        RuleOperation: "AddMailboxRule",
        RuleId: "0",
        RuleState: "Enabled",
        RuleCondition: "{}",
        RuleName: "Copies of my mail",
        RuleProvider: "RuleOrganizer",
        RuleActions: '[{"ActionType":"Forward","Recipients":["drop@fabrikam.example"]},{"ActionType":"Delete"}]',
      }),
    ],
    outcome: "found",
    says: [
      { entity: "Copies of my mail", points: 40 },
      { entity: "Copies of my mail", points: 24 },
      { entity: "Copies of my mail", points: 38 },
      { entity: "Copies of my mail", points: 0 },
    ],
  },
  {
    name: "a client's rule of no name that looks for money",
    audit: [
      updatedAt(`${DAY}20:10:00Z`, {
        RuleOperation: "AddMailboxRule",
        RuleId: "0",
        RuleState: "Enabled, ExitAfterExecution",
        RuleCondition: "((SubjectProperty SubString wire transfer))",
        RuleName: "",
        RuleActions: '[{"ActionType":"Delete"}]',
      }),
    ],
    outcome: "found",
    says: [
      { entity: "a rule without a name", points: 24 },
      { entity: "a rule without a name", points: 30, text: "wire transfer (payments)" },
      { entity: "a rule without a name", points: 25, text: "it has no name" },
      { entity: "a rule without a name", points: 0 },
    ],
  },
  {
    name: "rules of everyday life",
    audit: [
      ranAt(`${DAY}09:00:00Z`, "New-InboxRule", newsletter),
      ranAt(`${DAY}09:01:00Z`, "New-InboxRule", {
        Name: "No more of these",
        From: "sales@fabrikam.example",
        DeleteMessage: "True",
      }),
      ranAt(`${DAY}09:01:30Z`, "New-InboxRule", {
        Name: "Invoices of Fabrikam",
        SubjectContainsWords: "invoice",
        FromAddressContainsWords: "fabrikam.example",
        MarkAsRead: "True",
        MoveToFolder: "Fabrikam\\Invoices",
      }),
      // Neither `ach` nor `wire`.
      ranAt(`${DAY}09:02:00Z`, "New-InboxRule", {
        Name: "Network cabinet",
        SubjectContainsWords: "attach;wireless",
        MoveToFolder: "Projects\\Archive",
      }),
      ranAt(`${DAY}09:03:00Z`, "New-InboxRule", {
        Name: "My deputy gets this",
        SubjectContainsWords: "North",
        ForwardTo: "deputy@contoso.example",
      }),
      // The sender's name is no word of a message.
      updatedAt(`${DAY}09:04:00Z`, {
        RuleOperation: "AddMailboxRule",
        RuleId: "0",
        RuleState: "Enabled",
        RuleCondition: "{([=Invoice Team, DisplayType=0], ((SenderSearchKey Equal SMTP:INVOICE@FABRIKAM.EXAMPLE)))}",
        RuleName: "Invoice Team",
        RuleActions: '[{"ActionType":"Move","DestinationFolderId":"LgAAAAB0","FolderIsInThisStore":"True"}]',
      }),
    ],
    outcome: "clear",
  },
  {
    name: "switched off, removed, refused, and touched without a word of how",
    audit: [
      ranAt(`${DAY}09:00:00Z`, "Disable-InboxRule", { Identity: "owner@contoso.example\\." }),
      ranAt(`${DAY}09:01:00Z`, "Remove-InboxRule", { Identity: "owner@contoso.example\\." }),
      ranAt(
        `${DAY}09:02:00Z`,
        "New-InboxRule",
        { Name: ".", ForwardTo: "drop@fabrikam.example" },
        { ResultStatus: "False" },
      ),
      updatedAt(`${DAY}09:03:00Z`, {
        RuleOperation: "ModifyMailboxRule",
        RuleId: "-4412630970188955647",
        RuleCondition: "{}",
        RuleActions: "[]",
      }),
    ],
    watch: "192.0.2.1",
    outcome: "clear",
  },
  {
    name: "another domain of the organisation, and points of the user's own",
    audit: [
      ranAt(`${DAY}20:10:00Z`, "New-InboxRule", { Name: "Copies of my mail", ForwardTo: "owner@fabrikam.example" }),
    ],
    rules: "rules:\n  deed-inbox-rule:\n    domains: [Fabrikam.example]\n    least: 9\n",
    outcome: "clear",
  },
  {
    name: "an audit log of sign-ins only",
    audit: [signInAt(`${DAY}09:00:00Z`, "192.0.2.1")],
    outcome: "notAssessed",
  },
  {
    name: "switched off from the first: 78 points, of which 0.4 are left",
    audit: [
      updatedAt(`${DAY}20:10:00Z`, {
        RuleOperation: "AddMailboxRule",
        RuleId: "5",
        RuleState: "Disabled",
        RuleCondition: "{}",
        RuleName: "Copies of my mail",
        RuleActions: JSON.stringify([{ ActionType: "Forward", Recipients: ["drop@fabrikam.example"] }]),
      }),
    ],
    outcome: "found",
    says: [
      { entity: "Copies of my mail", points: 40, text: "forwards out of the organisation" },
      { entity: "Copies of my mail", points: 38, text: "no conditions" },
      { entity: "Copies of my mail", points: 0, text: "created, switched off: forwards to" },
      {
        entity: "Copies of my mail",
        points: -47,
        text: "switched off from the first: as far as the log tells, it never worked",
        rows: [1],
      },
    ],
  },
  {
    name: "of a rule that stays switched off, least is left: 40 points, of which 0.4 were too few",
    audit: [
      ranAt(`${DAY}20:10:00Z`, "Disable-InboxRule", { Identity: "owner@contoso.example\\Copies of my mail" }),
      ranAt(`${DAY}20:11:00Z`, "Set-InboxRule", {
        Identity: "owner@contoso.example\\Copies of my mail",
        ForwardTo: "drop@fabrikam.example",
      }),
    ],
    outcome: "found",
    says: [
      { entity: "Copies of my mail", points: 40, rows: [2] },
      { entity: "Copies of my mail", points: 0 },
      { entity: "Copies of my mail", points: -18, text: "switched off", rows: [2] },
    ],
  },
  {
    name: "a rule that worked before it was switched off, and one that was switched on by a number",
    audit: [
      ranAt(`${DAY}20:10:00Z`, "New-InboxRule", { Name: "First copies", ForwardTo: "drop@fabrikam.example" }),
      ranAt(`${DAY}20:11:00Z`, "Disable-InboxRule", { Identity: "owner@contoso.example\\First copies" }),
      ranAt(`${DAY}20:12:00Z`, "Set-InboxRule", {
        Identity: "owner@contoso.example\\Other copies",
        ForwardTo: "drop@fabrikam.example",
        Enabled: "False",
      }),
      ranAt(`${DAY}20:13:00Z`, "Enable-InboxRule", { Identity: "owner@contoso.example\\8754395095991580000" }),
    ],
    outcome: "found",
    says: [
      { entity: "First copies", points: 40, rows: [1] },
      { entity: "First copies", points: 38 },
      { entity: "First copies", points: 0, text: "; made from 192.0.2.1, which scores 0 (none)", rows: [1] },
      {
        entity: "First copies",
        points: 0,
        text: "switched off at 2024-03-05T20:11:00 from 192.0.2.1, which scores 0 (none), so that it was in force from 2024-03-05T20:10:00 to 2024-03-05T20:11:00",
        rows: [1, 2],
      },
      { entity: "Other copies", points: 40, rows: [3] },
      { entity: "Other copies", points: 0, text: "changed, switched off: forwards to" },
    ],
  },
  {
    name: "a rule that was removed, and made anew from elsewhere",
    audit: [
      signInAt(`${DAY}20:00:00Z`, STRANGER),
      ranAt(`${DAY}20:10:00Z`, "New-InboxRule", { Name: "Copies", ForwardTo: "drop@fabrikam.example", From: "cfo" }),
      ranAt(
        `${DAY}21:10:00Z`,
        "Remove-InboxRule",
        { Identity: "Copies", Force: "True" },
        { ClientIP: `${STRANGER}:40000` },
      ),
      ranAt(
        `${DAY}22:10:00Z`,
        "New-InboxRule",
        { Name: "copies", ForwardTo: "drop@fabrikam.example", From: "cfo" },
        { ClientIP: "192.0.2.7:40000" },
      ),
    ],
    watch: STRANGER,
    outcome: "found",
    says: [
      { entity: "Copies", points: 40, rows: [2, 4] },
      {
        entity: "Copies",
        points: 0,
        text: "; made or changed from 192.0.2.1, which scores 0 (none); 192.0.2.7, which scores 0 (none)",
        rows: [2],
      },
      {
        entity: "Copies",
        points: 0,
        text: `removed at 2024-03-05T21:10:00 from ${STRANGER}, which scores 74 (critical), so that it was in force from 2024-03-05T20:10:00 to 2024-03-05T21:10:00`,
        rows: [2, 3],
      },
    ],
  },
  {
    name: "of two rules of one name, and of one in a mailbox that is not named, the records do not say which was removed",
    audit: [
      ranAt(`${DAY}20:10:00Z`, "New-InboxRule", { Name: "Copies", ForwardTo: "drop@fabrikam.example", From: "cfo" }),
      ranAt(`${DAY}20:20:00Z`, "New-InboxRule", { Name: "Copies", DeleteMessage: "True", From: "cfo" }),
      ranAt(`${DAY}21:10:00Z`, "Remove-InboxRule", { Identity: "Copies" }),
      ranAt(`${DAY}21:20:00Z`, "Remove-InboxRule", { Identity: "cfo\\Copies" }, ADMIN),
    ],
    outcome: "found",
    says: [
      { entity: "Copies", points: 40, rows: [1] },
      { entity: "Copies", points: 16, rows: [2] },
      { entity: "Copies", points: 0, rows: [1] },
      {
        entity: "Copies",
        points: 0,
        text: "one of that name was removed at 2024-03-05T21:10:00 from 192.0.2.1, which scores 0 (none); whether it is this one, the records do not say",
        rows: [3],
      },
      { entity: "Copies", points: 0, text: "one of that name was removed at 2024-03-05T21:20:00", rows: [4] },
    ],
  },
  {
    name: "what is emptied or replaced was in force until then; what is removed after that was not any more",
    audit: [
      ranAt(`${DAY}11:00:00Z`, "New-InboxRule", {
        Name: "Copies",
        ForwardTo: "drop@fabrikam.example",
        RedirectTo: "sink@fabrikam.example",
        From: "cfo",
      }),
      ranAt(`${DAY}11:10:00Z`, "Set-InboxRule", { Identity: "Copies", ForwardTo: "Drop@fabrikam.example" }),
      ranAt(`${DAY}11:20:00Z`, "Set-InboxRule", { Identity: "Copies", ForwardTo: "boss@contoso.example" }),
      ranAt(`${DAY}11:30:00Z`, "Set-InboxRule", { Identity: "Copies", ForwardTo: "" }),
      ranAt(`${DAY}11:40:00Z`, "Set-InboxRule", { Identity: "Copies", RedirectTo: null }),
      ranAt(`${DAY}11:50:00Z`, "Remove-InboxRule", { Identity: "Copies" }),
    ],
    outcome: "found",
    says: [
      { entity: "Copies", points: 45, rows: [1, 2] },
      { entity: "Copies", points: 8, text: "forwards to boss@contoso.example", rows: [3] },
      { entity: "Copies", points: 0, text: "inbox rule “Copies” created", rows: [1] },
      {
        entity: "Copies",
        points: 0,
        text: "given ForwardTo boss@contoso.example in place of drop@fabrikam.example at 2024-03-05T11:20:00 from 192.0.2.1, which scores 0 (none), so that ForwardTo drop@fabrikam.example was in force from 2024-03-05T11:00:00 to 2024-03-05T11:20:00",
        rows: [1, 3],
      },
      {
        entity: "Copies",
        points: 0,
        text: "given an empty ForwardTo in place of boss@contoso.example at 2024-03-05T11:30:00 from 192.0.2.1, which scores 0 (none), so that ForwardTo boss@contoso.example was in force from 2024-03-05T11:20:00 to 2024-03-05T11:30:00",
        rows: [3, 4],
      },
      {
        entity: "Copies",
        points: 0,
        text: "so that RedirectTo sink@fabrikam.example was in force from 2024-03-05T11:00:00 to 2024-03-05T11:40:00",
        rows: [1, 5],
      },
      { entity: "Copies", points: 0, text: "removed at 2024-03-05T11:50:00", rows: [6] },
    ],
  },
  {
    name: "what is left of a rule, and what came to it later",
    audit: [
      ranAt(`${DAY}11:00:00Z`, "New-InboxRule", {
        Name: "Copies",
        ForwardTo: "drop@fabrikam.example",
        DeleteMessage: "True",
        From: "cfo",
      }),
      ranAt(`${DAY}11:10:00Z`, "Set-InboxRule", { Identity: "Copies", RedirectTo: "sink@fabrikam.example" }),
      ranAt(`${DAY}11:20:00Z`, "Set-InboxRule", { Identity: "Copies", DeleteMessage: "False" }),
      ranAt(`${DAY}11:30:00Z`, "Disable-InboxRule", { Identity: "Copies" }),
    ],
    outcome: "found",
    says: [
      { entity: "Copies", points: 45, rows: [1, 2] },
      { entity: "Copies", points: 16, rows: [1] },
      { entity: "Copies", points: 0, text: "inbox rule “Copies” created", rows: [1] },
      {
        entity: "Copies",
        points: 0,
        text: "given an empty DeleteMessage in place of True at 2024-03-05T11:20:00 from 192.0.2.1, which scores 0 (none), so that DeleteMessage True was in force from 2024-03-05T11:00:00 to 2024-03-05T11:20:00",
        rows: [1, 3],
      },
      {
        entity: "Copies",
        points: 0,
        text: "so that what was left (RedirectTo sink@fabrikam.example from 2024-03-05T11:10:00) was in force from 2024-03-05T11:00:00 to 2024-03-05T11:30:00",
        rows: [1, 4],
      },
    ],
  },
  {
    name: "an end at a time that cannot be read is told, and no stretch",
    audit: [
      ranAt(`${DAY}11:00:00Z`, "New-InboxRule", { Name: "Copies", ForwardTo: "drop@fabrikam.example", From: "cfo" }),
      ranAt(`${DAY}11:10:00Z`, "Disable-InboxRule", { Identity: "Copies" }),
      ranAt("45356.4166", "Remove-InboxRule", { Identity: "Copies" }),
    ],
    outcome: "found",
    says: [
      { entity: "Copies", points: 40, rows: [1] },
      { entity: "Copies", points: 0, text: "inbox rule “Copies” created", rows: [1] },
      { entity: "Copies", points: 0, text: "switched off at 2024-03-05T11:10:00", rows: [2] },
      {
        entity: "Copies",
        points: 0,
        text: "one of that name was removed at a time that cannot be read from 192.0.2.1, which scores 0 (none); whether it is this one, the records do not say",
        rows: [3],
      },
    ],
  },
  {
    name: "an export of the Activities API has no rules",
    records: [logonAt("2018-03-01T08:00:00Z", "192.0.2.1")],
    outcome: "notAssessed",
  },
  {
    name: "rules of one name in two other mailboxes are two",
    audit: [
      ranAt(
        `${DAY}20:10:00Z`,
        "New-InboxRule",
        {
          Mailbox: "mary",
          Name: "Northern",
          SubjectContainsWords: "lunch",
          ForwardTo: "drop@fabrikam.example",
        },
        ADMIN,
      ),
      ranAt(
        `${DAY}20:11:00Z`,
        "New-InboxRule",
        {
          Mailbox: "cfo",
          Name: "Northern",
          SubjectContainsWords: "lunch",
          DeleteMessage: "True",
        },
        ADMIN,
      ),
      ranAt(`${DAY}20:12:00Z`, "Set-InboxRule", { Identity: "Mary\\Northern", DeleteMessage: "True" }, ADMIN),
    ],
    outcome: "found",
    says: [
      { entity: "Northern", points: 40, text: "forwards out of the organisation", rows: [1] },
      { entity: "Northern", points: 24, text: "deletes messages", rows: [3] },
      { entity: "Northern", points: 0, text: "inbox rule “Northern” created in mary", rows: [1] },
      { entity: "Northern", points: 24, text: "deletes messages", rows: [2] },
      { entity: "Northern", points: 0, text: "inbox rule “Northern” created in cfo", rows: [2] },
    ],
  },
  {
    name: "a rule of one's own mailbox is one, whatever the mailbox is called",
    audit: [
      ranAt(`${DAY}20:10:00Z`, "New-InboxRule", {
        Name: "Northern",
        SubjectContainsWords: "lunch",
        DeleteMessage: "True",
      }),
      ranAt(`${DAY}20:11:00Z`, "Set-InboxRule", {
        Identity: "contoso.example/Users/O. Wner\\Northern",
        ForwardTo: "drop@fabrikam.example",
      }),
    ],
    outcome: "found",
    says: [
      { entity: "Northern", points: 24, text: "deletes messages", rows: [1] },
      { entity: "Northern", points: 40, text: "forwards out of the organisation", rows: [2] },
      { entity: "Northern", points: 0, text: "inbox rule “Northern” created", rows: [1] },
    ],
  },
  {
    name: "an administrator's own mailbox is known by the name under which it got a rule; any other stays another's",
    audit: [
      ranAt(
        `${DAY}20:10:00Z`,
        "New-InboxRule",
        { Name: "Northern", SubjectContainsWords: "lunch", DeleteMessage: "True" },
        { ...ADMIN, ObjectId: "contoso.example/Users/own-1\\Northern" },
      ),
      ranAt(
        `${DAY}20:11:00Z`,
        "Set-InboxRule",
        { Identity: "contoso.example/Users/Own-1\\Northern", ForwardTo: "drop@fabrikam.example" },
        ADMIN,
      ),
      ranAt(`${DAY}20:12:00Z`, "Set-InboxRule", { Identity: "own-2\\Northern", DeleteMessage: "True" }, ADMIN),
    ],
    outcome: "found",
    says: [
      { entity: "Northern", points: 24, text: "deletes messages", rows: [1] },
      { entity: "Northern", points: 40, text: "forwards out of the organisation", rows: [2] },
      { entity: "Northern", points: 0, text: "inbox rule “Northern” created", rows: [1] },
      { entity: "Northern", points: 24, text: "deletes messages", rows: [3] },
      { entity: "Northern", points: 0, text: "inbox rule “Northern” changed", rows: [3] },
    ],
  },
  {
    name: "a rule that is switched on by another name of the mailbox may have worked",
    audit: [
      ranAt(`${DAY}20:10:00Z`, "New-InboxRule", {
        Name: "Northern",
        SubjectContainsWords: "lunch",
        ForwardTo: "drop@fabrikam.example",
        Enabled: "False",
      }),
      ranAt(`${DAY}20:12:00Z`, "Enable-InboxRule", { Identity: "o.wner\\Northern" }, ADMIN),
    ],
    outcome: "found",
    says: [
      { entity: "Northern", points: 40, text: "forwards out of the organisation", rows: [1] },
      { entity: "Northern", points: 0, text: "inbox rule “Northern” created, switched off", rows: [1] },
    ],
  },
  {
    name: "no conditions, but an exception",
    audit: [
      ranAt(`${DAY}20:10:00Z`, "New-InboxRule", {
        Name: "Clean up",
        DeleteMessage: "True",
        ExceptIfFrom: "boss@contoso.example",
      }),
    ],
    outcome: "found",
    says: [
      { entity: "Clean up", points: 24, text: "deletes messages" },
      {
        entity: "Clean up",
        points: 38,
        text: "has no conditions: it takes every message but what its exceptions name",
      },
      { entity: "Clean up", points: 0, text: "but not if from boss@contoso.example" },
    ],
  },
  {
    name: "a folder of the owner's own that is called like the calendar, and the calendar",
    audit: [
      ranAt(`${DAY}09:00:00Z`, "New-InboxRule", {
        Name: "Meeting responses",
        MessageTypeMatches: "CalendaringResponse",
        MoveToFolder: `${OWNER}:\\Inbox\\Calendar`,
      }),
      ranAt(`${DAY}09:10:00Z`, "New-InboxRule", {
        Name: "Answers of the bank",
        From: "bank@fabrikam.example",
        MoveToFolder: `${OWNER}:\\Calendar`,
      }),
    ],
    outcome: "found",
    says: [
      { entity: "Answers of the bank", points: 45, text: "a folder that hardly anybody opens (Calendar)", rows: [2] },
      { entity: "Answers of the bank", points: 0, rows: [2] },
    ],
  },
];
