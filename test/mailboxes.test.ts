import { describe, expect, test } from "vitest";
import type { ApiRecord } from "../src/activities/example.ts";
import type { Bundle } from "./support/run.ts";
import { apiPage, parseFiles, temporaryFolder } from "./support/run.ts";

const folder = temporaryFolder();
const user = "c@contoso.example";

function logon(time: string, UserName: string, ClientIP: string): ApiRecord {
  return {
    TimeStamp: `2018-06-20T${time}Z`,
    AppIdType: "Web",
    ActivityIdType: "ServerLogon",
    CustomProperties: { Result: "Success", ClientIP, UserName },
  };
}

function read(time: string, ActivityItemId = "item-1"): ApiRecord {
  return {
    TimeStamp: `2018-06-20T${time}Z`,
    AppIdType: "Web",
    ActivityIdType: "ReadingPaneDisplayStart",
    ActivityItemId,
  };
}

/** An item id as long as the API's, whose beginning names the mailbox's store. */
function itemOf(store: string, item: string): string {
  return store.repeat(56).slice(0, 56) + item.repeat(64).slice(0, 64);
}

/** Of each row of the timeline, in order: its time, its mailbox, its address and how that is known. */
function told(bundle: Bundle): string[] {
  return bundle.rows("timeline").map((row) => [row["Time"], row["Mailbox"], row["IP"], row["IP Basis"]].join(" "));
}

describe("files of one mailbox", () => {
  const search = (time: string, query: string, ClientSessionId: string): ApiRecord => ({
    TimeStamp: `2018-06-20T${time}Z`,
    AppIdType: "Web",
    ActivityIdType: "SearchResult",
    ClientSessionId,
    CustomProperties: { Query: `<Query><RawQuery>${query}</RawQuery></Query>` },
  });
  const failed = (time: string): ApiRecord => ({
    ...logon(time, "a@contoso.example", "203.0.113.9"),
    CustomProperties: { Result: "Failure", ClientIP: "203.0.113.9", UserName: "a@contoso.example" },
  });
  const owner = (session: string): ApiRecord => ({
    ...logon("10:00:00", "a@contoso.example", "192.0.2.1"),
    ClientSessionId: session,
  });

  test("are known by their sessions where nothing else tells whose they are: an export given twice is one", async () => {
    const page = apiPage([search("10:01:00", "invoice", "s1"), search("10:02:00", "payroll", "s1")]);
    const bundle = await parseFiles(folder, { "a.json": page, "b.json": page });
    expect(bundle.manifest.totals).toMatchObject({ mailboxes: 1, rows: 4, parsed: 2, duplicates: 2 });
    expect(bundle.rows("searches").map(({ Query }) => Query)).toEqual(["invoice", "payroll"]);
  });

  test("without sessions are known by records that both have", async () => {
    const page = apiPage([search("10:01:00", "invoice", "")]);
    const bundle = await parseFiles(folder, { "a.json": page, "b.json": page });
    expect(bundle.manifest.totals).toMatchObject({ mailboxes: 1, parsed: 1, duplicates: 1 });
  });

  test("are joined with the one that names its mailbox, in whatever order", async () => {
    const whole = apiPage([owner("s1"), search("10:01:00", "invoice", "s1")]);
    const searches = apiPage([search("10:01:00", "invoice", "s1"), search("10:02:00", "payroll", "s1")]);
    for (const files of [
      { "a.json": whole, "b.json": searches },
      { "a.json": searches, "b.json": whole },
    ]) {
      const bundle = await parseFiles(folder, files);
      expect(told(bundle)).toEqual([
        "10:00:00Z a@contoso.example 192.0.2.1 recorded",
        "10:01:00Z a@contoso.example 192.0.2.1 session",
        "10:02:00Z a@contoso.example 192.0.2.1 session",
      ]);
      expect(bundle.manifest.totals).toMatchObject({ mailboxes: 1, duplicates: 1 });
    }
  });

  test("are not guessed where two mailboxes have the session", async () => {
    const bundle = await parseFiles(folder, {
      "a.json": apiPage([owner("s1")]),
      "b.json": apiPage([{ ...logon("10:00:30", "b@contoso.example", "192.0.2.2"), ClientSessionId: "s1" }]),
      "c.json": apiPage([search("10:01:00", "invoice", "s1")]),
    });
    expect(told(bundle).at(-1)).toBe("10:01:00Z   none");
    expect(bundle.manifest.totals.mailboxes).toBe(3);
  });

  test("are known by the user who failed to log on, where nobody got in", async () => {
    const bundle = await parseFiles(folder, {
      "a.json": apiPage([failed("09:00:00"), failed("09:00:01")]),
      "b.json": apiPage([failed("09:00:01"), owner("s1")]),
    });
    expect(bundle.manifest.totals).toMatchObject({ mailboxes: 1, parsed: 3, duplicates: 1 });
    expect(bundle.manifest.warnings).toEqual([]);
    expect(new Set(bundle.rows("timeline").map(({ Mailbox }) => Mailbox))).toEqual(new Set(["a@contoso.example"]));
  });

  test("that nobody got into are one by the user who tried, and --user names it", async () => {
    const files = { "a.json": apiPage([failed("09:00:00")]), "b.json": apiPage([failed("09:00:01")]) };
    expect((await parseFiles(folder, files)).manifest.totals.mailboxes).toBe(1);
    expect(new Set(told(await parseFiles(folder, files, { user })).map((row) => row.split(" ")[1]))).toEqual(
      new Set([user]),
    );
  });

  test("a guess by who failed to log on is told, and --user goes before it", async () => {
    const files = {
      "a.json": apiPage([owner("s1"), search("10:01:00", "invoice", "s1")]),
      "b.json": apiPage([failed("10:02:00"), search("10:03:00", "payroll", "s2")]),
    };
    const guessed = await parseFiles(folder, files);
    expect(told(guessed).at(-1)).toBe("10:03:00Z a@contoso.example 192.0.2.1 client");
    expect(guessed.manifest.warnings).toEqual([
      "b.json: it names no mailbox, and nothing but failed logons of a@contoso.example tells whose it is, which anybody may have tried: it is read as theirs. Name its mailbox with --user where it is another's.",
    ]);
    const named = await parseFiles(folder, files, { user });
    expect(told(named).slice(2)).toEqual([
      "10:02:00Z c@contoso.example 203.0.113.9 recorded",
      "10:03:00Z c@contoso.example  none",
    ]);
    expect(named.manifest.warnings).toEqual([]);
  });

  test("sessions go before --user, and a warning says so", async () => {
    const files = {
      "a.json": apiPage([owner("s1"), read("10:01:00", itemOf("A", "1"))]),
      "b.json": apiPage([search("10:02:00", "payroll", "s1")]),
      "c.json": apiPage([read("10:03:00", itemOf("A", "2"))]),
    };
    const bundle = await parseFiles(folder, files, { user });
    expect(bundle.manifest.totals.mailboxes).toBe(1);
    expect(bundle.manifest.warnings).toEqual([
      "b.json: it names no mailbox, but shares sessions or records with inputs of a@contoso.example and is read as theirs: --user c@contoso.example is not used for it.",
      "c.json: it names no mailbox, but shares the beginning of item ids with inputs of a@contoso.example and is read as theirs: --user c@contoso.example is not used for it.",
    ]);
  });

  test("are not known by who failed to log on where their items or sessions say more", async () => {
    const bob = (session: string): ApiRecord => ({
      ...logon("10:30:00", "b@contoso.example", "192.0.2.2"),
      ClientSessionId: session,
    });
    const bundle = await parseFiles(folder, {
      "a.json": apiPage([owner("s1"), read("10:01:00", itemOf("A", "1"))]),
      "b.json": apiPage([bob("s2"), read("10:31:00", itemOf("B", "1"))]),
      "b-2.json": apiPage([failed("10:32:00"), read("10:33:00", itemOf("B", "2"))]),
      "b-3.json": apiPage([failed("10:34:00"), search("10:35:00", "wire transfer", "s2")]),
    });
    expect(bundle.manifest.inputs.map(({ path, mailbox }) => `${path} ${mailbox}`)).toEqual([
      "a.json a@contoso.example",
      "b.json b@contoso.example",
      "b-2.json b@contoso.example",
      "b-3.json b@contoso.example",
    ]);
  });
});

describe("--user", () => {
  test("joins no mailboxes that the evidence tells apart, so that no logon attributes another's reads", async () => {
    const files = {
      "a.json": apiPage([logon("10:00:00", "a@contoso.example", "192.0.2.1")]),
      "b.json": apiPage([logon("10:30:00", "b@contoso.example", ""), read("11:00:00")]),
    };
    const bundle = await parseFiles(folder, files, { user });
    expect(told(bundle)).toEqual([
      "10:00:00Z a@contoso.example 192.0.2.1 recorded",
      "10:30:00Z b@contoso.example  none",
      "11:00:00Z b@contoso.example  none",
    ]);
    expect(bundle.manifest.totals.mailboxes).toBe(2);
    expect(bundle.manifest.inputs.map(({ path, mailbox }) => `${path} ${mailbox}`)).toEqual([
      "a.json a@contoso.example",
      "b.json b@contoso.example",
    ]);
  });

  test("does not rename the mailbox that a single file names", async () => {
    const bundle = await parseFiles(
      folder,
      { "a.json": apiPage([logon("10:00:00", "a@contoso.example", "192.0.2.1")]) },
      { user },
    );
    expect(told(bundle)).toEqual(["10:00:00Z a@contoso.example 192.0.2.1 recorded"]);
  });

  test("makes one mailbox of the files that name nobody", async () => {
    const files = {
      "a.json": apiPage([logon("10:00:00", "", "192.0.2.1")]),
      "b.json": apiPage([read("11:00:00")]),
    };
    const bundle = await parseFiles(folder, files, { user });
    expect(told(bundle)).toEqual([
      "10:00:00Z c@contoso.example 192.0.2.1 recorded",
      "11:00:00Z c@contoso.example 192.0.2.1 client",
    ]);
    expect(bundle.manifest.totals.mailboxes).toBe(1);
    expect(bundle.manifest.warnings).toEqual([]);
  });

  test("without it, files that name nobody stay apart", async () => {
    const files = {
      "a.json": apiPage([logon("10:00:00", "", "192.0.2.1")]),
      "b.json": apiPage([read("11:00:00")]),
    };
    const bundle = await parseFiles(folder, files);
    expect(told(bundle)).toEqual(["10:00:00Z  192.0.2.1 recorded", "11:00:00Z   none"]);
    expect(bundle.manifest.totals.mailboxes).toBe(2);
  });

  test("gives what names nobody to the mailbox of that name, whatever the case of its letters", async () => {
    const files = {
      "a.json": apiPage([logon("09:00:00", "a@contoso.example", "192.0.2.1")]),
      "b.json": apiPage([read("11:00:00")]),
      "c.json": apiPage([logon("10:00:00", "C@Contoso.example", "192.0.2.3")]),
    };
    const bundle = await parseFiles(folder, files, { user });
    expect(told(bundle)).toEqual([
      "09:00:00Z a@contoso.example 192.0.2.1 recorded",
      "10:00:00Z C@Contoso.example 192.0.2.3 recorded",
      "11:00:00Z C@Contoso.example 192.0.2.3 client",
    ]);
    expect(bundle.manifest.totals.mailboxes).toBe(2);
  });

  test("leaves a file that names nobody to the mailbox whose items it names", async () => {
    const files = {
      "a.json": apiPage([logon("10:00:00", "a@contoso.example", "192.0.2.1"), read("10:01:00", itemOf("A", "1"))]),
      "a-2.json": apiPage([read("10:02:00", itemOf("A", "2"))]),
      "b.json": apiPage([logon("10:30:00", "b@contoso.example", ""), read("10:31:00", itemOf("B", "1"))]),
      "b-2.json": apiPage([read("10:32:00", itemOf("B", "2"))]),
    };
    const bundle = await parseFiles(folder, files, { user });
    expect(told(bundle)).toEqual([
      "10:00:00Z a@contoso.example 192.0.2.1 recorded",
      "10:01:00Z a@contoso.example 192.0.2.1 client",
      "10:02:00Z a@contoso.example 192.0.2.1 client",
      "10:30:00Z b@contoso.example  none",
      "10:31:00Z b@contoso.example  none",
      "10:32:00Z b@contoso.example  none",
    ]);
    expect(bundle.manifest.totals.mailboxes).toBe(2);
  });
});
