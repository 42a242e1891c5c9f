import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { details } from "../../../src/activities/other/index.ts";
import { firstPlace, placesOf } from "../../../src/ingest/audit-log/places.ts";
import { parseAuditJson } from "../../../src/ingest/audit-log/reader.ts";
import { audited, auditedText, COMMON, factsIn, factsOf, type Fields, sentinelRow } from "./support.ts";

describe("basic fields", () => {
  test.each([
    ["Client=OWA;Action=ViaProxy", "OWA"],
    ["Client=REST;Client=RESTSystem;;", "REST"],
    [
      "Client=WebServices;ExchangeWebServicesProxy/CrossSite/EXCH/15.20/python-requests/2.25.1[AppId=x];",
      "WebServices",
    ],
    ["Client=OutlookService;Outlook-iOS/2.0;", "OutlookService"],
    ["Client=MSExchangeRPC", "MSExchangeRPC"],
    ["Client=POP3/IMAP4;Protocol=POP3", "POP3"],
    ["Client=POP3/IMAP4; Protocol=imap4;", "IMAP4"],
    ["Client=POP3/IMAP4", "POP3/IMAP4"],
    ["Client=Hub Transport", "Hub Transport"],
    ["Client=ActiveSync;UserAgent=Client=x", "ActiveSync"],
    ["Client=;", "Exchange"],
    ["Outlook", "Exchange"],
  ])("%s comes by %s", (ClientInfoString, app) => expect(audited({ ClientInfoString }).appIdType).toBe(app));

  test("without a client the service, and nothing where that is unknown", () => {
    expect(audited({}).appIdType).toBe("Exchange");
    expect(audited({ Workload: undefined }).appIdType).toBe("");
  });

  test("an operation loses the white space at its ends and nothing else", () => {
    const record = audited({ Operation: "Update application – Certificates and secrets management\u00a0 " });
    expect(record.activityIdType).toBe("Update application – Certificates and secrets management");
    expect(record.properties.text("Operation")).toBe("Update application – Certificates and secrets management\u00a0 ");
  });

  test.each([
    [{ AppAccessContext: { AADSessionId: "a" }, SessionId: "b" }, "a"],
    [{ AppAccessContext: { UniqueTokenId: "t" }, SessionId: "b" }, "b"],
    [
      {
        DeviceProperties: [
          { Name: "OS", Value: "Windows10" },
          { Name: "SessionId", Value: "c" },
        ],
      },
      "c",
    ],
    [{}, ""],
  ])("the session of %j", (fields, session) => expect(audited(fields).clientSessionId).toBe(session));

  test.each<[string, Fields, string]>([
    ["the record's own time is verbatim", { CreationTime: "2021-05-18T21:13:33Z" }, "2021-05-18T21:13:33Z"],
    ["a time that is none stays as it is", { CreationTime: "2023-10-10T17:08:65" }, "2023-10-10T17:08:65"],
    ["a time in local style is put in order", { CreationTime: "5/18/2021 9:13:33 PM" }, "2021-05-18T21:13:33"],
    ["no time", { CreationTime: undefined }, ""],
  ])("%s", (_, fields, time) => expect(audited(fields).timeStamp).toBe(time));

  test.each<[string, unknown, unknown, string, string]>([
    [
      "the record's own time wins",
      "2021-05-18T21:13:33",
      "5/18/2021 11:13:33 PM",
      "2021-05-18T21:13:33",
      "5/18/2021 11:13:33 PM",
    ],
    ["the same second is no other time", "2021-05-18T21:13:33", "5/18/2021 9:13:33 PM", "2021-05-18T21:13:33", ""],
    ["the column's where the record has none", undefined, "5/18/2021 9:13:33 PM", "2021-05-18T21:13:33", ""],
    [
      "the column's where the record's cannot be read",
      "2023-10-10T17:08:65",
      "5/18/2021 9:13:33 PM",
      "2021-05-18T21:13:33",
      "",
    ],
    ["neither can be read", undefined, "soon", "soon", ""],
    [
      "PowerShell's date with its hints",
      undefined,
      { value: "/Date(1621372413000)/", DisplayHint: 2 },
      "2021-05-18T21:13:33",
      "",
    ],
  ])("of two times %s", (_, CreationTime, CreationDate, timeStamp, otherTime) => {
    const AuditData = JSON.stringify({ ...COMMON, CreationTime });
    const record = auditedText(JSON.stringify({ CreationDate, AuditData }));
    expect(record.timeStamp).toBe(timeStamp);
    expect(factsIn(record).otherTime).toBe(otherTime);
  });
});

describe("addresses", () => {
  test.each([
    ["192.0.2.7", "192.0.2.7", ""],
    ["192.0.2.7:443", "192.0.2.7", "192.0.2.7:443"],
    ["[192.0.2.7]", "192.0.2.7", "[192.0.2.7]"],
    ["[192.0.2.7]:1", "192.0.2.7", "[192.0.2.7]:1"],
    ["2001:db8::1", "2001:db8::1", ""],
    ["2001:DB8:0::1", "2001:db8::1", "2001:DB8:0::1"],
    ["[2001:db8::1]", "2001:db8::1", "[2001:db8::1]"],
    ["[2001:db8::1]:443", "2001:db8::1", "[2001:db8::1]:443"],
    ["::ffff:192.0.2.7", "192.0.2.7", "::ffff:192.0.2.7"],
    ["[::ffff:192.0.2.7]:9", "192.0.2.7", "[::ffff:192.0.2.7]:9"],
    ["::1", "::1", ""],
    ["localhost", "", "localhost"],
    ["localhost:443", "", "localhost:443"],
    ["mail.contoso.example", "", "mail.contoso.example"],
    ["mail.contoso.example:443", "", "mail.contoso.example:443"],
    ["[mail.contoso.example]:443", "", "[mail.contoso.example]:443"],
    ["<null>", "", ""],
    ["", "", ""],
  ])("%j is %j", (ClientIPAddress, address, addressWritten) => {
    expect(factsOf({ ClientIPAddress })).toMatchObject({ address, addressWritten });
    expect(audited({ ClientIPAddress }).properties.text("ClientIP")).toBe(
      address === "" && addressWritten === "" ? undefined : addressWritten || address,
    );
  });

  test("an address that is written as not known is none", () => {
    expect(audited({ ClientIP: "<null>" }).properties.text("ClientIP")).toBe("");
    expect(audited({ ClientIP: "" }).properties.text("ClientIP")).toBe("");
  });

  test("ClientIPAddress before ClientIP before the actor's", () => {
    const fields = { ClientIPAddress: "<null>", ClientIP: "192.0.2.2:80", ActorIpAddress: "192.0.2.3" };
    expect(factsOf({ ...fields, ClientIPAddress: "192.0.2.1" }).address).toBe("192.0.2.1");
    expect(factsOf(fields).address).toBe("192.0.2.2");
    expect(factsOf({ ...fields, ClientIP: "" }).address).toBe("192.0.2.3");
    expect(factsOf({ ...fields, ClientIPAddress: "localhost:80" }).address).toBe("192.0.2.2");
    expect(factsOf({ ClientIPAddress: "localhost:80", ClientIP: "mail.example" })).toMatchObject({
      address: "",
      addressWritten: "localhost:80",
    });
  });
});

describe("facts", () => {
  test("ids, names and flags in every spelling", () => {
    expect(
      factsOf({
        MailboxGuid: "G",
        MailboxOwnerUPN: "Owner@contoso.example",
        AppId: "a",
        ClientAppId: "c",
        ClientInfoString: "Client=REST;;",
        ExternalAccess: "True",
        LogonType: "2",
        OperationCount: "12",
        OperationProperties: '[{"Name":"MailAccessType","Value":"Sync"},{"Name":"IsThrottled","Value":"True"}]',
      }),
    ).toMatchObject({
      recordId: "9cef02e9-4bfa-4c73-be7d-9dad68b9cea8",
      mailbox: "Owner@contoso.example",
      mailboxOwner: "Owner@contoso.example",
      mailboxGuid: "G",
      organization: "75243ab2-44f8-435c-a7a6-b479385df6d4",
      workload: "Exchange",
      user: "owner@contoso.example",
      userAgent: "",
      clientInfo: "Client=REST;;",
      appId: "a",
      clientAppId: "c",
      logonType: "delegate",
      external: true,
      mailAccessType: "Sync",
      throttled: true,
      operationCount: 12,
      messageKey: "",
      otherTime: "",
    });
  });

  test.each([
    ["nobody else named", {}, "owner@contoso.example"],
    ["the owner", { LogonType: 0 }, "owner@contoso.example"],
    ["a delegate", { LogonType: 2 }, "g"],
    ["an administrator", { LogonType: "Admin" }, "g"],
    ["an application", { LogonType: 0, UserId: "ServicePrincipal_7" }, "g"],
    [
      "a delegate, whose mailbox it is, too",
      { LogonType: 2, MailboxOwnerUPN: "x@contoso.example" },
      "x@contoso.example",
    ],
    ["a delegate and no GUID", { LogonType: 2, MailboxGuid: "" }, "owner@contoso.example"],
  ])("a mailbox by its GUID: %s", (_who, fields, mailbox) =>
    expect(factsOf({ MailboxGuid: "G", ...fields }).mailbox).toBe(mailbox),
  );

  test.each([
    [0, "owner"],
    ["0", "owner"],
    ["Owner", "owner"],
    [1, "admin"],
    ["Admin", "admin"],
    [2, "delegate"],
    ["Delegated", "delegate"],
    [-1, ""],
    [null, ""],
  ])("LogonType %j is %j", (LogonType, logonType) => expect(factsOf({ LogonType }).logonType).toBe(logonType));

  test.each([
    [false, false],
    ["False", false],
    [true, true],
    ["true", true],
    [undefined, false],
  ])("ExternalAccess %j is %j", (ExternalAccess, external) =>
    expect(factsOf({ ExternalAccess }).external).toBe(external),
  );

  test.each([
    [3, 3],
    ["3", 3],
    ["many", undefined],
    [-1, undefined],
    [1.5, undefined],
    [null, undefined],
  ])("OperationCount %j is %j", (OperationCount, count) =>
    expect(factsOf({ OperationCount }).operationCount).toBe(count),
  );

  test("items without a word of how they were accessed were bound", () => {
    expect(factsOf({ Folders: [{ FolderItems: [{ InternetMessageId: "<a@b>" }] }] }).mailAccessType).toBe("Bind");
    expect(factsOf({ Folders: [{ Path: "\\Inbox" }] }).mailAccessType).toBe("");
    expect(factsOf({}).throttled).toBe(false);
  });

  const parameters = (...pairs: [string, unknown][]) => pairs.map(([Name, Value]) => ({ Name, Value }));
  test.each<[string, Fields, string]>([
    ["the owner's", { MailboxOwnerUPN: "Other@contoso.example" }, "Other@contoso.example"],
    ["the account's", { Operation: "UserLoggedIn", ObjectId: "x@contoso.example" }, "owner@contoso.example"],
    [
      "that of the parameters",
      { Operation: "New-InboxRule", Parameters: parameters(["Name", "r@s.t"], ["Mailbox", "m@contoso.example"]) },
      "m@contoso.example",
    ],
    [
      "that of an identity of a folder",
      { Operation: "Add-MailboxFolderPermission", Parameters: parameters(["Identity", "m@contoso.example:\\Inbox"]) },
      "m@contoso.example",
    ],
    [
      "that of an identity below a tenant",
      { Operation: "Set-Mailbox", Parameters: parameters(["Identity", "contoso.example/m@contoso.example"]) },
      "m@contoso.example",
    ],
    [
      "that of an identity of a rule",
      { Operation: "set-inboxrule", Parameters: parameters(["Identity", "m@contoso.example\\173"]) },
      "m@contoso.example",
    ],
    [
      "the object's where the identity is a name",
      { Operation: "Set-Mailbox", Parameters: parameters(["Identity", "somebody"]), ObjectId: "m@contoso.example" },
      "m@contoso.example",
    ],
    [
      "the account's where both are names",
      { Operation: "Add-MailboxPermission", Parameters: parameters(["Identity", "somebody"]), ObjectId: "somebody" },
      "owner@contoso.example",
    ],
    [
      "nobody else's for what is no operation on a mailbox",
      { Operation: "New-TransportRule", Parameters: parameters(["Identity", "m@contoso.example"]) },
      "owner@contoso.example",
    ],
    ["nobody's", { UserId: undefined }, ""],
  ])("the mailbox is %s", (_, fields, mailbox) => expect(factsOf(fields).mailbox).toBe(mailbox));

  test.each([
    "NOT-FOUND",
    "S-1-5-21-1",
    "NT AUTHORITY\\SYSTEM (w3wp)",
    "ServicePrincipal_fc8c8125",
    "Owner@CONTOSO.example",
  ])("the account %s stays as written", (UserId) =>
    expect(factsOf({ UserId })).toMatchObject({ user: UserId, mailbox: UserId }),
  );
});

describe("names of the Activities API", () => {
  test("a message that was sent", () => {
    const { properties, activityItemId } = audited({
      Operation: "SendAs",
      SendAsUserSmtp: "shared@contoso.example",
      Item: {
        Id: "RgAA",
        Subject: "",
        InternetMessageId: " <A@contoso.example>",
        Attachments: "name (1).pdf (8192b); b.docx (20480b)",
        SizeInBytes: 70000,
        ParentFolder: { Id: "LgAA", Path: "\\Drafts" },
      },
    });
    expect(activityItemId).toBe("RgAA");
    expect(properties.text("Subject")).toBe("");
    expect(properties.text("InternetMessageId")).toBe(" <A@contoso.example>");
    expect(properties.text("SenderSmtpAddress")).toBe("shared@contoso.example");
    expect(properties.text("AttachmentDetail")).toBe("name (1).pdf (8192b); b.docx (20480b)");
    expect(properties.text("SizeInBytes")).toBe("70000");
    expect(properties.text("Folder")).toBe("\\Drafts");
    expect(properties.text("Recipients")).toBeUndefined();
    expect(properties.text("TargetFolder")).toBeUndefined();
  });

  test("a move and a deletion", () => {
    const lists = { AffectedItems: [{ Id: "i" }], Folder: { Path: "\\Inbox" } };
    const move = audited({ ...lists, Operation: "Move", DestFolder: { Path: "\\RSS Feeds" } }).properties;
    expect(["Folder", "SourceFolder", "TargetFolder", "DeleteType"].map((name) => move.text(name))).toEqual([
      "\\Inbox",
      "\\Inbox",
      "\\RSS Feeds",
      undefined,
    ]);
    const deletion = audited({ ...lists, Operation: "HardDelete" }).properties;
    expect(["Folder", "SourceFolder", "DeleteType"].map((name) => deletion.text(name))).toEqual([
      "\\Inbox",
      undefined,
      "HardDelete",
    ]);
  });

  test("logons", () => {
    const failed = audited({
      Operation: "UserLoginFailed",
      ResultStatus: "Failed",
      ClientIP: "192.0.2.9:1",
      ErrorNumber: "50126",
      LogonError: "InvalidUserNameOrPassword",
      ExtendedProperties: [{ Name: "UserAgent", Value: "Mozilla/5.0" }],
      UserAgent: "other",
    });
    const names = ["ClientIP", "UserName", "UserAgent", "Result", "ExceptionInfo"];
    expect(names.map((name) => failed.properties.text(name))).toEqual([
      "192.0.2.9:1",
      "owner@contoso.example",
      "Mozilla/5.0",
      "Failed",
      "InvalidUserNameOrPassword (50126)",
    ]);
    expect(factsIn(failed).userAgent).toBe("Mozilla/5.0");
    expect(audited({ ErrorNumber: 0, LogonError: "" }).properties.text("ExceptionInfo")).toBeUndefined();
    expect(audited({ ErrorNumber: "0", LogonError: "x" }).properties.text("ExceptionInfo")).toBeUndefined();
    expect(audited({ ErrorNumber: 50053 }).properties.text("ExceptionInfo")).toBe("50053");
    expect(audited({ LogonError: "Blocked" }).properties.text("ExceptionInfo")).toBe("Blocked");
    const login = { Operation: "MailboxLogin", ClientInfoString: "Client=OWA;Mozilla" };
    expect(factsOf(login).userAgent).toBe("Client=OWA;Mozilla");
    expect(factsOf({ ...login, Operation: "Send" }).userAgent).toBe("");
  });

  test("every other name is the record's own member, verbatim", () => {
    const { properties } = auditedText(
      '{"Operation":"X","CreationTime":"2021-01-01T00:00:00","N":1.0,"Big":12345678901234567890,"T":true,"Z":null,' +
        '"L":[ {"a" : 1e2} ],"S":"s","S":"again"}',
    );
    expect(["N", "Big", "T", "Z", "L", "S", "toString", "__proto__"].map((name) => properties.text(name))).toEqual([
      "1.0",
      "12345678901234567890",
      "true",
      "",
      '[{"a":1e2}]',
      "again",
      undefined,
      undefined,
    ]);
    expect(properties.entries().map(([name]) => name)).toEqual("Operation CreationTime N Big T Z L S S".split(" "));
    expect(properties.problem).toBeUndefined();
  });
});

describe("rows", () => {
  const folders = [
    { Id: "f1", Path: "\\A", FolderItems: [{ Id: "1", InternetMessageId: "<One@x.example>" }, { Id: "2" }] },
    { Id: "f2", Path: "\\B", FolderItems: [] },
    { Id: "f3", Path: "\\C", FolderItems: [{ InternetMessageId: "<three@x.example>" }] },
  ];

  test("a Bind makes one an item, the record itself first, each with its own part of the lists", () => {
    const record = audited({ Folders: folders, SessionId: "s", ClientIPAddress: "192.0.2.1" });
    const rows = factsIn(record).rows();
    expect(rows[0]).toBe(record);
    expect(rows.map((row) => [row.activityItemId, row.properties.text("Folder"), factsIn(row).messageKey])).toEqual([
      ["1", "\\A", "one@x.example"],
      ["2", "\\A", ""],
      ["", "\\C", "three@x.example"],
    ]);
    expect(rows.map((row) => [row.timeStamp, row.clientSessionId, factsIn(row).address])).toEqual(
      rows.map(() => ["2021-05-18T21:13:33", "s", "192.0.2.1"]),
    );
    expect(rows.map((row) => row.properties.text("Folders"))).toEqual([
      '[{"Id":"f1","Path":"\\\\A","FolderItems":[{"Id":"1","InternetMessageId":"<One@x.example>"}]}]',
      '[{"Id":"f1","Path":"\\\\A","FolderItems":[{"Id":"2"}]}]',
      '[{"Id":"f3","Path":"\\\\C","FolderItems":[{"InternetMessageId":"<three@x.example>"}]}]',
    ]);
    expect(rows.map((row) => row.properties.raw)).toEqual(Array(3).fill(record.properties.raw));
    expect(factsIn(rows[2]!).rows()).toEqual([rows[2]]);
  });

  test("a Bind without items makes one", () => {
    expect(factsIn(audited({ Folders: [folders[1]] })).rows()).toHaveLength(1);
    expect(audited({ Folders: [folders[1]] }).properties.text("Folder")).toBe("\\B");
  });

  test("a Sync makes one a folder, and a folder is no item", () => {
    const sync = { OperationProperties: [{ Name: "MailAccessType", Value: "Sync" }] };
    const rows = factsOf({ ...sync, Folders: folders }).rows();
    expect(rows.map((row) => [row.activityItemId, row.properties.text("Folder"), factsIn(row).messageKey])).toEqual([
      ["", "\\A", ""],
      ["", "\\B", ""],
      ["", "\\C", ""],
    ]);
    const item = { Id: "LgAA", ParentFolder: { Id: "LgBB", Path: "\\Inbox" } };
    const old = factsOf({ ...sync, Item: item }).rows();
    expect(old.map((row) => [row.activityItemId, row.properties.text("Folder")])).toEqual([["", "\\Inbox"]]);
  });

  test("an Item that has its folder's Id is the folder", () => {
    const record = audited({ Item: { Id: "LgAA", ParentFolder: { Id: "LgAA", Path: "\\Inbox" } } });
    expect([record.activityItemId, record.properties.text("Folder")]).toEqual(["", "\\Inbox"]);
  });

  test("affected items make one each", () => {
    const rows = factsOf({
      Operation: "SoftDelete",
      AffectedItems: [
        { Id: "1", Subject: "a", InternetMessageId: "<1@x.example>", ParentFolder: { Path: "\\P" } },
        { Id: "2", Subject: "b" },
      ],
      Folder: { Path: "\\Inbox" },
    }).rows();
    expect(rows.map((row) => ["Subject", "Folder", "DeleteType"].map((name) => row.properties.text(name)))).toEqual([
      ["a", "\\P", "SoftDelete"],
      ["b", "\\Inbox", "SoftDelete"],
    ]);
    expect(rows.map((row) => row.properties.text("AffectedItems"))).toEqual([
      '[{"Id":"1","Subject":"a","InternetMessageId":"<1@x.example>","ParentFolder":{"Path":"\\\\P"}}]',
      '[{"Id":"2","Subject":"b"}]',
    ]);
  });

  test("lists in strings, and elements that are no objects", () => {
    expect(
      factsOf({ Folders: JSON.stringify(folders) })
        .rows()
        .map((row) => row.activityItemId),
    ).toEqual(["1", "2", ""]);
    const written = folders.map((folder) => ({ ...folder, FolderItems: JSON.stringify(folder.FolderItems) }));
    for (const Folders of [written, JSON.stringify(written)]) {
      const rows = factsOf({ Folders }).rows();
      expect(rows.map((row) => row.activityItemId)).toEqual(["1", "2", ""]);
      expect(rows.map(details).map((text) => text.match(/InternetMessageId|"2"/g))).toEqual([
        ["InternetMessageId"],
        ['"2"'],
        ["InternetMessageId"],
      ]);
    }
    expect(factsOf({ Folders: [null, 1, { FolderItems: ["x", null] }, "y"] }).rows()).toHaveLength(2);
    expect(factsOf({ Folders: "[1", AffectedItems: {} }).rows()).toHaveLength(1);
  });

  test("a list of one that stands as its only element", () => {
    const FolderItems = { Id: "1", InternetMessageId: "<1@x.example>" };
    const record = audited({
      Folders: { Path: "\\A", FolderItems },
      OperationProperties: { Name: "MailAccessType", Value: "Bind" },
    });
    expect(record.activityItemId).toBe("1");
    expect(factsIn(record)).toMatchObject({ messageKey: "1@x.example", mailAccessType: "Bind", unreadable: "" });
    expect(record.properties.text("Folders")).toBe(JSON.stringify({ Path: "\\A", FolderItems }));
    expect(factsOf({ AffectedItems: { Subject: "a" } }).rows()).toHaveLength(1);
  });

  test("lists that are none are told", () => {
    const unreadable = (fields: Fields) => factsOf(fields).unreadable;
    expect(unreadable({ Folders: '[{"Path":"A"', AffectedItems: "x", OperationProperties: 7 })).toBe(
      "Folders, AffectedItems, OperationProperties",
    );
    expect(unreadable({ Folders: [{ FolderItems: "x" }] })).toBe("Folders");
    expect(unreadable({ Folders: [{ FolderItems: ["<1@x.example>"] }] })).toBe("Folders");
    expect(unreadable({ Folders: ["A"] })).toBe("Folders");
    for (const nothing of [null, "", " ", [], {}, "[]", [null]]) {
      expect(unreadable({ Folders: nothing, AffectedItems: nothing, OperationProperties: nothing })).toBe("");
    }
  });

  test("copies name the same in whatever order, case and shape", () => {
    const item = (id: string) => ({ InternetMessageId: id });
    const named = (...ids: readonly string[]) => factsOf({ Folders: [{ FolderItems: ids.map(item) }] }).named;
    const all = named("<1@x.example>", "<2@x.example>");
    expect(named("2@X.EXAMPLE", "<1@x.example>")).toBe(all);
    expect(
      factsOf({
        Folders: JSON.stringify([{ FolderItems: [item("<2@x.example>")] }, { FolderItems: item("<1@x.example>") }]),
      }).named,
    ).toBe(all);
    const inText = JSON.stringify([item("<1@x.example>"), item("<2@x.example>")]);
    expect(factsOf({ Folders: [{ FolderItems: inText }] }).named).toBe(all);
    expect(named("<1@x.example>")).not.toBe(all);
    expect(named("<1@x.example>", "<3@x.example>")).not.toBe(all);
    expect(factsOf({ Folders: '[{"FolderItems":' }).named).toBe("");
  });

  test("many items are rows only when asked for, in time that grows as they do", () => {
    const items = Array.from({ length: 200_000 }, (_, at) => ({ InternetMessageId: `<${at}@x.example>` }));
    const began = performance.now();
    for (const FolderItems of [items, JSON.stringify(items)]) {
      const record = audited({ Folders: [{ Path: "\\A", FolderItems }] });
      expect(factsIn(factsIn(record).rows().at(-1)!).messageKey).toBe("199999@x.example");
    }
    expect(performance.now() - began).toBeLessThan(10_000);
  });
});

describe("Sentinel", () => {
  test("OfficeActivity is read under the Management API's names", () => {
    const row = {
      ...sentinelRow({ ...COMMON, LogonType: "Admin", ObjectId: "o" }),
      OfficeId: "",
      SourceRecordId: "ABC",
    };
    const record = auditedText(JSON.stringify({ ...row, Start_Time: "2021-05-18T21:20:00Z" }));
    expect(record.timeStamp).toBe("2021-05-18T21:13:33");
    expect(factsIn(record)).toMatchObject({
      recordId: "abc",
      workload: "Exchange",
      logonType: "admin",
      otherTime: "2021-05-18T21:20:00Z",
    });
    expect(record.properties.text("ObjectId")).toBe("o");
    const names = record.properties.entries().map(([name]) => name);
    expect(names).toContain("CreationTime");
    expect(names).not.toContain("TimeGenerated");
  });

  test("AuditLogs of Entra ID", () => {
    const record = auditedText(
      JSON.stringify({
        TimeGenerated: "2021-08-02T13:29:26Z",
        ActivityDateTime: "2021-08-02T13:29:25.983Z",
        OperationName: "Add owner to application ",
        Id: "Directory_1",
        Result: "success",
        LoggedByService: "Core Directory",
        AADTenantId: "tenant",
        InitiatedBy: '{"user":{"userPrincipalName":"admin@contoso.example","ipAddress":"192.0.2.4"}}',
        TargetResources: '[{"id":"1","displayName":"App"}]',
        AdditionalDetails: '[{"key":"User-Agent","value":"PowerShell"}]',
      }),
    );
    expect(record).toMatchObject({
      timeStamp: "2021-08-02T13:29:25.983",
      appIdType: "Core Directory",
      activityIdType: "Add owner to application",
    });
    expect(factsIn(record)).toMatchObject({
      recordId: "directory_1",
      user: "admin@contoso.example",
      address: "192.0.2.4",
      userAgent: "PowerShell",
      organization: "tenant",
    });
    expect(record.properties.text("ObjectId")).toBe("App");
    expect(record.properties.text("Result")).toBe("success");
  });
});

describe("what is hostile or no record", () => {
  test("names that JavaScript knows are data", () => {
    const record = auditedText(
      '{"__proto__":{"UserId":"evil","Operation":"evil"},"constructor":"c","Operation":"Send","hasOwnProperty":1,' +
        '"CreationTime":"2021-01-01T00:00:00","OperationProperties":{"__proto__":{"MailAccessType":"Sync"}}}',
    );
    expect(record.activityIdType).toBe("Send");
    expect(factsIn(record)).toMatchObject({ user: "", mailAccessType: "" });
    expect(record.properties.text("constructor")).toBe("c");
    expect(record.properties.text("__proto__")).toBe('{"UserId":"evil","Operation":"evil"}');
    expect(
      auditedText('{"__proto__":{"Id":"x"},"Operation":"S","TimeGenerated":"t"}').properties.text("Id"),
    ).toBeUndefined();
  });

  test("no value of whatever type throws", () => {
    const odd = [null, true, 1e300, -0, "", [], {}, [[]], [{}], { Name: "x" }, [null], "[", '{"a":', "[[1]]"];
    const names =
      "CreationTime Id UserId RecordType LogonType ExternalAccess Folders AffectedItems Item Folder DestFolder Parameters OperationProperties ExtendedProperties DeviceProperties AppAccessContext ClientIPAddress ClientInfoString OperationCount MailboxOwnerUPN ObjectId Workload".split(
        " ",
      );
    for (const value of odd) {
      for (const name of names) {
        for (const base of [COMMON, sentinelRow(COMMON)]) {
          const record = auditedText(JSON.stringify({ ...base, Operation: "New-InboxRule", [name]: value }));
          for (const row of factsIn(record).rows()) {
            expect(typeof factsIn(row).messageKey + typeof row.activityItemId + typeof row.timeStamp).toBe(
              "stringstringstring",
            );
            expect(row.properties.entries().length).toBeGreaterThan(5);
            for (const asked of [name, "Subject", "Folder", "Recipients"]) row.properties.text(asked);
            for (const fact of ["mailbox", "address", "userAgent", "throttled", "otherTime"] as const)
              void factsIn(row)[fact];
          }
        }
      }
    }
  });

  test("brackets without end", () => {
    const deep = "[".repeat(100_000) + "]".repeat(100_000);
    expect(parseAuditJson(JSON.stringify({ AuditData: `{"Operation":"x","L":${deep}}` }))).toEqual({
      problem: "AuditData is not JSON: brackets nested too deep",
    });
    expect(audited({ Folders: deep, OperationProperties: deep }).properties.text("Folders")).toBe(deep);
    const steep = `{"Operation":"x","L":${"[".repeat(150)}${"]".repeat(150)},"S":"s"}`;
    expect(
      auditedText(steep)
        .properties.entries()
        .map(([name]) => name),
    ).toEqual(["Operation", "L", "S"]);
  });

  test.each([
    ['{"a":1}', "no Operation and no CreationTime: not a record of the audit log"],
    ["[]", "not JSON: not an object"],
    ['{"AuditData":"{\\"Operation\\":\\"Se"}', "AuditData is not JSON: a string is not closed at character 14"],
    ['{"AuditData":"","_raw":"<13>text"}', "_raw is not JSON: not an object"],
    ['{"AuditData":7}', "AuditData is not JSON: not an object"],
    ['{"result":{"host":"h"}}', "no Operation and no CreationTime: not a record of the audit log"],
  ])("%s: %s", (text, problem) => expect(parseAuditJson(text)).toEqual({ problem }));

  test("a wrapper's own fields count where what it wraps cannot be read", () => {
    const text = JSON.stringify({ ...COMMON, _raw: "{cut" });
    expect(auditedText(text).activityIdType).toBe("MailItemsAccessed");
  });
});

describe("short cuts", () => {
  test("what rows share is looked for once in lists of names and values, and not again for every row", () => {
    const many = 4000;
    const pairs = (first: object) => [
      first,
      ...Array.from({ length: many }, (_, at) => ({ Name: `p${at}`, Value: at })),
    ];
    const FolderItems = Array.from({ length: many }, (_, at) => ({ InternetMessageId: `<${at}@x.example>` }));
    const record = audited({
      OperationProperties: JSON.stringify(pairs({ Name: "MailAccessType", Value: "Bind" })),
      ExtendedProperties: JSON.stringify(pairs({ Name: "ResultStatusDetail", Value: "Success" })),
      Folders: [{ FolderItems }],
    });
    const start = performance.now();
    const rows = factsIn(record).rows();
    expect(rows).toHaveLength(many);
    for (const row of rows) {
      const { mailAccessType, throttled, userAgent } = factsIn(row);
      expect([mailAccessType, throttled, userAgent]).toEqual(["Bind", false, ""]);
      expect(row.properties.text("UserAgent")).toBeUndefined();
    }
    expect(performance.now() - start).toBeLessThan(2000);
  });

  test("a record that is taken as it is written has the details that one has that is read member by member", () => {
    let taken = 0;
    fc.assert(
      fc.property(
        fc.dictionary(fc.string(), fc.jsonValue()),
        fc.jsonValue(),
        fc.constantFrom(1, "\t"),
        (more, Item, space) => {
          // Between members of an object white space says nothing, but keeps the record from being taken as it is.
          const fields = { ...COMMON, ...more, Item };
          const written = auditedText(JSON.stringify(fields));
          if (factsIn(written).json !== undefined) taken++;
          const spread = auditedText(JSON.stringify(fields, undefined, space));
          expect(factsIn(spread).json).toBeUndefined();
          expect(details(written)).toBe(details(spread));
        },
      ),
      { numRuns: 300 },
    );
    expect(taken).toBeGreaterThan(50);
  });

  test.each([
    ["a number of many digits", '"A":12345678901234567890'],
    ["a name that comes twice", '"A":1,"A":1'],
    ["an escape that need not be", '"A":"\\/"'],
    ["names in another order than numbers have", '"2":1,"1":1'],
  ])("%s is not taken as it is written", (_, member) => {
    const text = JSON.stringify(COMMON).replace("{", `{${member},`);
    const record = auditedText(text);
    expect(factsIn(record).json).toBeUndefined();
    expect(details(record)).toBe(text.replace("\\/", "/"));
  });

  const list = fc.oneof(
    fc.constantFrom(undefined, null, "", "[]", "no list", {}),
    fc.array(
      fc.oneof(
        fc.constantFrom({}, { FolderItems: [] }, { FolderItems: [{ Id: "a" }, {}] }, { FolderItems: "x" }, null, 1),
        fc.constantFrom({ FolderItems: '[{"Id":"a"},{}]' }, { FolderItems: { Id: "b" } }, { FolderItems: "{}" }),
      ),
    ),
  );
  const written = (value: unknown) => fc.constantFrom(value, JSON.stringify(value));

  test("every row of a record that is taken as it is written has its own part of it", () => {
    let taken = 0;
    fc.assert(
      fc.property(list, list, fc.constantFrom("Sync", "Bind"), (Folders, AffectedItems, Value) => {
        const fields = { ...COMMON, Folders, AffectedItems, OperationProperties: [{ Name: "MailAccessType", Value }] };
        const rows = factsIn(auditedText(JSON.stringify(fields))).rows();
        const spread = factsIn(auditedText(JSON.stringify(fields, undefined, 1))).rows();
        if (rows.length > 1 && rows.every((row) => factsIn(row).json !== undefined)) taken++;
        expect(rows.map(details)).toEqual(spread.map(details));
      }),
      { numRuns: 500 },
    );
    expect(taken).toBeGreaterThan(50);
  });

  test("the first row is the first of all rows", () => {
    fc.assert(
      fc.property(
        list.chain(written),
        list.chain(written),
        fc.constantFrom("Sync", "Bind", "other"),
        (Folders, AffectedItems, Value) => {
          const fields: Fields = {
            OperationProperties: [{ Name: "MailAccessType", Value }],
            ...(Folders === undefined ? {} : { Folders }),
            ...(AffectedItems === undefined ? {} : { AffectedItems }),
          };
          expect(firstPlace(fields)).toEqual([...placesOf(fields)][0]);
        },
      ),
    );
  });
});
