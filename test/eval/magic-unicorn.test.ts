import { expect, test } from "vitest";
import { magicUnicornAddresses } from "../../eval/magic-unicorn.ts";
import type { MailboxRow } from "../../samples/generator/rows.ts";

function row(appIdType: string, activityIdType: string, properties?: MailboxRow["properties"]): MailboxRow {
  return {
    timeStamp: "2018-03-01T08:00:00.0000000Z",
    appIdType,
    activityIdType,
    activityItemId: "",
    activityCreationTime: "",
    clientSessionId: "",
    properties,
    actor: "owner",
    address: undefined,
    duplicate: false,
  };
}

const logon = (address: string, result = "Success", app = "Web"): MailboxRow =>
  row(app, "ServerLogon", [
    ["Result", result],
    ["ClientIP", address],
  ]);
const read = row("Web", "ReadingPaneDisplayStart");

test("the last address that is new counts, failed logons included and returns not", () => {
  const rows = [
    read,
    logon("192.0.2.1"),
    read,
    logon("192.0.2.2"),
    logon("192.0.2.1"),
    read,
    logon("192.0.2.9", "Failure"),
    read,
    row("Web", "Logon", [["IPAddress", "192.0.2.3"]]),
    read,
  ];
  const said = magicUnicornAddresses(rows).filter((_, at) => rows[at] === read);
  expect(said).toEqual([undefined, "192.0.2.1", "192.0.2.2", "192.0.2.9", "192.0.2.3"]);
});

test("rows of App Types that it does not know are nothing to it", () => {
  const rows = [logon("192.0.2.1"), logon("192.0.2.2", "Success", "IMAP4"), read, row("MacOutlook", "MarkAsRead")];
  expect(magicUnicornAddresses(rows)).toEqual(["192.0.2.1", undefined, "192.0.2.1", undefined]);
});
