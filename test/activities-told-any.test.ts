import fc from "fast-check";
import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { toldOperation } from "../src/activities/other/told.ts";
import { auditRecordOf, ran, told, updated } from "./support/told.ts";

describe("the directory", () => {
  const directory = (Operation: string, fields: object) =>
    told({ Operation, Workload: "AzureActiveDirectory", ...fields });
  const app = [
    { ID: "ServicePrincipal", Type: 2 },
    { ID: "Mail Helper", Type: 1 },
  ];
  const modified = (values: Readonly<Record<string, string>>) => ({
    ModifiedProperties: Object.entries(values).map(([Name, NewValue]) => ({ Name, NewValue, OldValue: "" })),
  });

  test("consents and grants", () => {
    expect(
      directory("Consent to application.", {
        ObjectId: "33333333-3333-4333-8333-333333333333",
        Target: app,
        ...modified({
          "ConsentContext.IsAdminConsent": "False",
          "ConsentAction.Permissions":
            "[[Id: a, ConsentType: Principal, Scope: User.Read]] => [[Id: a, ConsentType: Principal, Scope: Mail.Read offline_access, CreatedDateTime: ]]; ",
        }),
      }),
    ).toBe(
      "consent to application “Mail Helper” (33333333-3333-4333-8333-333333333333), permissions Mail.Read, offline_access",
    );
    expect(
      directory("Add delegated permission grant.", {
        Target: [{ ID: "Microsoft Graph", Type: 1 }],
        ...modified({
          "DelegatedPermissionGrant.Scope": " Mail.ReadWrite Mail.Send",
          "DelegatedPermissionGrant.ConsentType": "AllPrincipals",
          "ServicePrincipal.ObjectID": "44444444-4444-4444-8444-444444444444",
        }),
      }),
    ).toBe(
      "delegated permissions Mail.ReadWrite, Mail.Send of “Microsoft Graph” given to application 44444444-4444-4444-8444-444444444444, for all users",
    );
  });

  test("everything else: whom it is about, and plain values before and after", () => {
    expect(
      directory("Update user.", {
        ObjectId: "owner@contoso.example",
        ModifiedProperties: [
          { Name: "AccountEnabled", OldValue: "[\r\n  true\r\n]", NewValue: "[\r\n  false\r\n]" },
          {
            Name: "StrongAuthenticationMethod",
            OldValue: "[]",
            NewValue: '[\r\n  {\r\n    "MethodType": 6\r\n  }\r\n]',
          },
          { Name: "TargetId.UserType", OldValue: "", NewValue: "Member" },
        ],
      }),
    ).toBe("Update user: owner@contoso.example; changed AccountEnabled true → false, StrongAuthenticationMethod");
    expect(directory("Update policy.", {})).toBeUndefined();
  });
});

test("whatever a record holds, it is told or not, and never fails", () => {
  const operation = fc.constantFrom(
    "New-InboxRule",
    "UpdateInboxRules",
    "Set-Mailbox",
    "New-TransportRule",
    "ModifyFolderPermissions",
    "Add-MailboxPermission",
    "Consent to application.",
    "Update user.",
    "Move",
    "Update",
    "Set-Anything",
  );
  const name = fc.constantFrom("Name", "ForwardTo", "From", "RuleActions", "RuleCondition", "ServerRule", "__proto__");
  const list = fc.array(fc.record({ Name: fc.oneof(name, fc.string()), Value: fc.jsonValue() }));
  fc.assert(
    fc.property(operation, fc.oneof(list, fc.jsonValue()), fc.jsonValue(), (Operation, values, other) => {
      const line = told({
        Operation,
        Workload: "AzureActiveDirectory",
        Parameters: values,
        OperationProperties: values,
        ModifiedProperties: values,
        Target: other,
        Item: other,
        ObjectId: other,
      });
      if (line !== undefined) expect(line.length).toBeLessThanOrEqual(1017);
    }),
  );
});

test("hostile lengths take no time to speak of", () => {
  const start = performance.now();
  for (const text of [
    "[".repeat(1e6),
    "SenderSearchKey Equal ".repeat(5e4),
    " ".repeat(1e6),
    "a".repeat(1e6),
    "@.".repeat(5e5),
    "IsExternal".repeat(1e5),
  ]) {
    told(updated({ RuleOperation: "AddMailboxRule", RuleCondition: text, RuleName: text, RuleActions: text }));
    ran("Set-Mailbox", { ForwardingSmtpAddress: text });
    ran("New-InboxRule", { ForwardTo: text, Name: text, SubjectContainsWords: text, MoveToFolder: text });
    ran("New-TransportRule", { [`${text}!`]: "x", [text]: "x" });
  }
  const many = 10_000;
  const addresses = Array.from({ length: many }, (_, at) => `a${at}@fabrikam.example`);
  const actions = addresses.map((address) => ({ ActionType: "Forward", Recipients: [address] }));
  told(updated({ RuleActions: JSON.stringify(actions) }));
  told(
    updated({
      ServerRule: { Actions: addresses.map((address) => ({ Recipients: [address] })) },
      Same: addresses.map(() => "ForwardAction"),
      Others: addresses.map((_, at) => `Forward${at}Action`),
    }),
  );
  for (const Name of ["SubjectContainsWords", "From", "ApplyCategory", "Name"]) {
    const Parameters = [...addresses.map(() => ({ Name, Value: "" })), { Name, Value: addresses }];
    for (const Operation of ["New-InboxRule", "New-TransportRule", "Set-Anything"]) told({ Operation, Parameters });
  }
  expect(performance.now() - start).toBeLessThan(20_000);
});

const REAL = new URL("../../shared/data/splunk-o365-examples/o365-example-logs.ndjson", import.meta.url);

test.runIf(existsSync(REAL))("published records of tenants are told, but for sign-ins and accesses", () => {
  const lines = readFileSync(REAL, "utf8").trim().split("\n");
  const said = lines.map((line) => {
    const record = auditRecordOf(line);
    return [record.activityIdType, toldOperation(record)] as const;
  });
  const silent = said.filter(([, line]) => line === undefined).map(([operation]) => operation);
  expect(silent.toSorted()).toEqual(["MailItemsAccessed", "UserLoggedIn"]);
  expect(said).toContainEqual(["UserLoginFailed", "failed attempt: UserLoginFailed"]);
  expect(said).toContainEqual(["Add-MailboxPermission", "FullAccess for jhernan given to Patrick Bareiss"]);
  expect(said).toContainEqual([
    "ModifyFolderPermissions",
    "FreeBusySimple for \\Inbox of user1@contoso.onmicrosoft.com set for Everyone",
  ]);
});
