import { describe, expect, test } from "vitest";
import { readMailboxRule } from "../src/activities/other/mailbox-rules/inbox-rule.ts";
import { toldOperation } from "../src/activities/other/told.ts";
import { pairs, ran, recordOf, told, updated } from "./support/told.ts";

describe("inbox rules", () => {
  test("a new one, with all that it does", () => {
    expect(
      ran("New-InboxRule", {
        Name: ".",
        SubjectOrBodyContainsWords: "invoice;payment",
        MoveToFolder: "RSS Feeds",
        MarkAsRead: "True",
      }),
    ).toBe("inbox rule “.” created: moves to RSS Feeds, marks as read; if subject or body contains invoice, payment");
    expect(
      ran("New-InboxRule", {
        Name: "All",
        ForwardTo: "drop@fabrikam.example",
        RedirectTo: ["a@fabrikam.example", "b@fabrikam.example"],
        CopyToFolder: "Copies",
        DeleteMessage: true,
        SoftDeleteMessage: "$true",
        MarkImportance: "High",
        HasAttachment: false,
        Force: "False",
      }),
    ).toBe(
      "inbox rule “All” created: forwards to drop@fabrikam.example, redirects to a@fabrikam.example, b@fabrikam.example, copies to Copies, deletes, deletes past Deleted Items, MarkImportance; for every message",
    );
  });

  test("a change tells what it sets and no more", () => {
    expect(ran("Set-InboxRule", { Identity: "owner@contoso.example\\North", Name: "South" })).toBe(
      "inbox rule “South” changed: the record does not say what it does",
    );
    expect(ran("Set-InboxRule", { Identity: "owner\\8754395095991580000", MarkAsRead: "True" })).toBe(
      "inbox rule owner\\8754395095991580000 changed: marks as read",
    );
    expect(ran("Disable-InboxRule", { Identity: "owner@contoso.example\\North" })).toBe("inbox rule “North” disabled");
    expect(ran("Remove-InboxRule", { Identity: "owner@contoso.example\\." })).toBe("inbox rule “.” removed");
    expect(told({ Operation: "Enable-InboxRule", ObjectId: "tenant/owner\\North" })).toBe("inbox rule “North” enabled");
  });

  test("in somebody else's mailbox", () => {
    expect(ran("New-InboxRule", { Mailbox: "boss@contoso.example", Name: "North", MarkAsRead: "True" })).toBe(
      "inbox rule “North” created in boss@contoso.example: marks as read; for every message",
    );
  });

  test("an attempt that failed is told as one", () => {
    expect(ran("New-InboxRule", { Name: ".", DeleteMessage: "True" }, { ResultStatus: "False" })).toBe(
      "failed attempt: inbox rule “.” created: deletes; for every message",
    );
  });

  test("a rule of Outlook on a desk", () => {
    expect(
      told(
        updated({
          RuleOperation: "AddMailboxRule",
          RuleId: "0",
          RuleState: "Enabled, ExitAfterExecution",
          RuleCondition: "{([=Drop, DisplayType=0], ((SenderSearchKey Equal SMTP:NEWS@FABRIKAM.EXAMPLE)))}",
          RuleName: "News",
          RuleProvider: "RuleOrganizer",
          RuleActions: '[{"ActionType":"Move","DestinationFolderId":"LgAAAAB0","FolderIsInThisStore":"True"}]',
        }),
      ),
    ).toBe("inbox rule “News” created: moves to LgAAAAB0, stops further rules; if from NEWS@FABRIKAM.EXAMPLE");
    expect(
      told({
        Operation: "UpdateInboxRules",
        OperationProperties: [
          { Name: "RuleOperation", Value: "ModifyMailboxRule" },
          { Name: "RuleId", Value: "-4412630970188955647" },
          { Name: "RuleState" },
          { Name: "RuleCondition", Value: "{}" },
          { Name: "RuleName" },
          { Name: "RuleActions", Value: "[]" },
        ],
      }),
    ).toBe("inbox rule -4412630970188955647 changed: the record does not say what it does");
  });

  test("forwarding of a client's rule: recipients, and flags that make it a redirection or an attachment", () => {
    const actionsOf = (action: object) =>
      readMailboxRule(recordOf(updated({ RuleOperation: "AddMailboxRule", RuleActions: JSON.stringify([action]) })))
        ?.actions;
    const Recipients = ["[EmailAddress=drop@fabrikam.example, =Drop]"];
    expect(actionsOf({ ActionType: "Forward", Recipients })).toMatchObject({ forwardTo: ["drop@fabrikam.example"] });
    expect(
      actionsOf({ ActionType: "Forward", Recipients, ForwardFlags: "PreserveSender, DoNotMungeMessage" }),
    ).toMatchObject({ forwardTo: [], redirectTo: ["drop@fabrikam.example"] });
    expect(actionsOf({ ActionType: "Forward", Recipients, ForwardFlags: "ForwardAsAttachment" })).toMatchObject({
      forwardAsAttachmentTo: ["drop@fabrikam.example"],
    });
    expect(actionsOf({ ActionType: "Delegate", Recipients })).toMatchObject({ redirectTo: ["drop@fabrikam.example"] });
    expect(actionsOf({ ActionType: "Bounce" })).toMatchObject({ others: ["Bounce"] });
  });

  test("another client's rule: actions by name, recipients in the ServerRule", () => {
    const record = recordOf(
      updated({
        Name: "North",
        ServerRule: JSON.stringify({
          Actions: [{ Recipients: [{ Values: [{ Name: "EmailAddress", Value: "drop@fabrikam.example" }] }] }],
        }),
        Actions: "ForwardToRecipientsAction",
      }),
    );
    expect(readMailboxRule(record)).toMatchObject({ name: "North", actions: { forwardTo: ["drop@fabrikam.example"] } });
  });

  test("several actions: every recipient once, and actions without a name get those of all", () => {
    const one = "one@fabrikam.example";
    const two = "two@fabrikam.example";
    const forward = (...Recipients: readonly string[]) => ({ ActionType: "Forward", Recipients });
    const typed = updated({ RuleActions: JSON.stringify([forward(two, one), forward(one), { ActionType: "Delete" }]) });
    expect(readMailboxRule(recordOf(typed))?.actions).toMatchObject({ forwardTo: [two, one], deletes: true });
    const server = updated({
      ServerRule: { Actions: [{ Recipients: [one] }, { Recipients: [two] }] },
      Actions: "ForwardAction;RedirectAction;ForwardAction;TagAction;ForwardToRecipientsAction",
    });
    expect(readMailboxRule(recordOf(server))?.actions).toMatchObject({
      forwardTo: [one, two],
      redirectTo: [one, two],
      others: ["TagAction"],
    });
  });
});

test("transport rules", () => {
  expect(
    ran("New-TransportRule", {
      Name: "Compliance",
      BlindCopyTo: "drop@fabrikam.example",
      SubjectContainsWords: ["invoice"],
      SetSCL: -1,
    }),
  ).toBe(
    "transport rule “Compliance” created: sends blind copies to drop@fabrikam.example, takes messages past the spam filter; if the subject contains invoice",
  );
  expect(ran("New-TransportRule", { Name: "North", DeleteMessage: "True", ExceptIfFrom: "boss@contoso.example" })).toBe(
    "transport rule “North” created: deletes; but not if from boss@contoso.example",
  );
  expect(ran("Remove-TransportRule", { Identity: "Compliance" })).toBe("transport rule “Compliance” removed");
  expect(
    ran("New-TransportRule", {
      Name: "East",
      SenderIsExternalTo: "x",
      "Is External": "y",
      IsExternal: "z",
      Comments: "c",
    }),
  ).toBe("transport rule “East” created: if SenderIsExternalTo x");
});

test("forwarding", () => {
  expect(
    ran("Set-Mailbox", {
      Identity: "owner",
      ForwardingSmtpAddress: "smtp:drop@fabrikam.example",
      DeliverToMailboxAndForward: "False",
    }),
  ).toBe("everything forwarded to drop@fabrikam.example for owner; the mailbox keeps no copy");
  expect(ran("Set-Mailbox", { Identity: "owner", ForwardingSmtpAddress: "", ForwardingAddress: null })).toBe(
    "forwarding (ForwardingSmtpAddress, ForwardingAddress) switched off for owner",
  );
  expect(ran("Set-Mailbox", { Identity: "owner", AuditEnabled: false })).toBe(
    "Set-Mailbox: Identity owner, AuditEnabled false",
  );
});

test("permissions", () => {
  expect(
    ran("Add-MailboxPermission", { Identity: "owner", User: "helper@contoso.example", AccessRights: "FullAccess" }),
  ).toBe("FullAccess for owner given to helper@contoso.example");
  expect(ran("Remove-RecipientPermission", { Identity: "owner", Trustee: "helper", AccessRights: "SendAs" })).toBe(
    "SendAs for owner taken from helper",
  );
  expect(
    ran("Set-MailboxFolderPermission", {
      Identity: "owner@contoso.example:\\Inbox",
      User: "Anonymous",
      AccessRights: "Reviewer",
    }),
  ).toBe("Reviewer for \\Inbox of owner@contoso.example set for Anonymous");
});

test("items of the mailbox", () => {
  const item = (Operation: string, from: string, to?: string) =>
    told({
      Operation,
      AffectedItems: [{ Id: "item-1", Subject: "Lunch", ParentFolder: { Path: from } }],
      Folder: { Path: from },
      ...(to === undefined ? {} : { DestFolder: { Path: to } }),
    });
  expect(item("Move", "\\Inbox", "\\RSS Feeds")).toBe("moved from \\Inbox to \\RSS Feeds");
  expect(item("HardDelete", "\\Sent Items")).toBe("deleted for good from \\Sent Items");
  expect(item("SoftDelete", "\\Sent Items")).toBe("deleted past Deleted Items from \\Sent Items");
  expect(item("MoveToDeletedItems", "\\Inbox", "\\Deleted Items")).toBe("moved to Deleted Items from \\Inbox");
  expect(
    told({
      Operation: "Update",
      Item: { Id: "item-1", ParentFolder: { Path: "\\Drafts" } },
      ModifiedProperties: ["RecipientsInternal", "Subject"],
    }),
  ).toBe("changed in \\Drafts (RecipientsInternal, Subject)");
  expect(told({ Operation: "Create", Item: { Id: "item-1", ParentFolder: { Path: "\\Drafts" } } })).toBe(
    "created in \\Drafts",
  );
  expect(told({ Operation: "Create" })).toBeUndefined();
});

test("other cmdlets: their parameters; long values are cut, and no character in two", () => {
  expect(ran("Set-CASMailbox", { Identity: "owner", ImapEnabled: "True", DomainController: "dc1" })).toBe(
    "Set-CASMailbox: Identity owner, ImapEnabled True",
  );
  expect(
    told({
      Operation: "Set-CASMailbox",
      Parameters: [...pairs({ Identity: "a", Pop: 1 }), ...pairs({ IDENTITY: "b" })],
    }),
  ).toBe("Set-CASMailbox: IDENTITY b, Pop 1");
  expect(told({ Operation: "Remove-Mailbox", ObjectId: "owner" })).toBe("Remove-Mailbox: owner");
  expect(told({ Operation: "Remove-Mailbox" })).toBeUndefined();
  expect(told({ Operation: "New-InboxRule", Parameters: pairs({ Name: `${"x".repeat(199)}😀` }) })).toBe(
    `inbox rule “${"x".repeat(199)}…” created: the record does not say what it does`,
  );
});

test("nothing is told of logons, accesses, and records of the Activities API", () => {
  expect(told({ Operation: "UserLoggedIn", Workload: "AzureActiveDirectory", ObjectId: "x" })).toBeUndefined();
  expect(told({ Operation: "MailItemsAccessed" })).toBeUndefined();
  const { audit: _, ...activity } = recordOf({ Operation: "Move" });
  expect(toldOperation(activity)).toBeUndefined();
});

test.each([
  ["helper@x.example", "set for helper@x.example"],
  ["$null", "taken from everybody"],
  ['@{Add="helper@x.example"}', "given to helper@x.example"],
  [
    '@{Add="a@x.example"; Remove="b@x.example", "Doe, John"}',
    "given to a@x.example, taken from b@x.example, Doe, John",
  ],
  ["@{Remove='b@x.example'}", "taken from b@x.example"],
  ["-b@x.example", "taken from b@x.example"],
  ["System.Collections.Hashtable", "set to System.Collections.Hashtable"],
  ['@{Set="b@x.example"}', 'set to @{Set="b@x.example"}'],
])("who may send on behalf: %s", (GrantSendOnBehalfTo, words) => {
  expect(ran("Set-Mailbox", { Identity: "owner@contoso.example", GrantSendOnBehalfTo })).toBe(
    `SendOnBehalf for owner@contoso.example ${words}`,
  );
});
