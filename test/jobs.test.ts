import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { boundAt, signInAt, syncedAt } from "../src/activities/audit-example.ts";
import type { ApiRecord } from "../src/activities/example.ts";
import { apiPage, CASES, filesUnder, runCli, temporaryFolder, writeFiles } from "./support/run.ts";

const folder = temporaryFolder();

/** A mailbox with a few searches: their numbers go on from one mailbox to the next. */
function mailbox(name: string, searches: number): string {
  const logon: ApiRecord = {
    TimeStamp: "2018-06-20T07:00:00Z",
    AppIdType: "Web",
    ActivityIdType: "ServerLogon",
    CustomProperties: { Result: "Success", ClientIP: "192.0.2.1", UserName: `${name}@contoso.example` },
  };
  const found = Array.from({ length: searches }, (_, at): ApiRecord => ({
    TimeStamp: `2018-06-20T08:${String(at).padStart(2, "0")}:00Z`,
    AppIdType: "Web",
    ActivityIdType: "SearchResult",
    CustomProperties: { Query: `<Query><RawQuery>${name} ${at}</RawQuery></Query>` },
  }));
  return apiPage([logon, ...found]);
}

/** An audit log of several mailboxes, one record after the other of each in turn. */
function tenant(): string {
  const owners = ["anna", "bert", "carla", "dora", "emil"].map((name) => `${name}@contoso.example`);
  const lines = Array.from({ length: 200 }, (_, at) => {
    const owner = owners[at % owners.length] as string;
    // Several mailboxes have records of one time.
    const time = `2026-03-0${1 + (at % 9)}T10:0${at % 4}:00Z`;
    const of = { MailboxOwnerUPN: owner, UserId: owner };
    if (at % 7 === 0) return signInAt(time, "192.0.2.9", { user: owner });
    if (at % 11 === 0) return syncedAt(time, "192.0.2.9", "\\Inbox", of);
    return boundAt(time, "192.0.2.9", [`<${at}@fabrikam.example>`, `<${at + 1}@fabrikam.example>`], of);
  });
  return lines.map((line) => JSON.stringify(line)).join("\n");
}

const EVIDENCE = writeFiles(join(folder, "evidence"), {
  "anna.json": mailbox("anna", 3),
  "bert.json": mailbox("bert", 0),
  "carla.json": mailbox("carla", 12),
  "damaged.json": mailbox("dora", 2).replace('"SearchResult"', '"SearchResult'),
  "tenant.ndjson": tenant(),
});

async function bundle(name: string, options: readonly string[], inputs: readonly string[] = EVIDENCE): Promise<string> {
  const out = join(folder, name);
  const ended = await runCli(["parse", ...inputs, "--out", out, "--quiet", ...options]);
  expect(ended).toEqual({ code: 0, stdout: "", stderr: "" });
  return out;
}

/** Every file but the one that says when the run was. */
function contents(out: string): Readonly<Record<string, string>> {
  const names = filesUnder(out).filter((name) => name !== "run.json");
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(out, name), "base64")]));
}

describe("--jobs", () => {
  test("gives the same bytes, however many threads there are", async () => {
    const formats = ["--formats", "tsv,json,html,timesketch", "--classic"];
    const one = contents(await bundle("one", ["--jobs", "1", ...formats]));
    expect(Object.keys(one)).toContain("searches.tsv");
    expect(contents(await bundle("two", ["--jobs", "2", ...formats]))).toEqual(one);
    expect(contents(await bundle("many", ["--jobs", "9", ...formats]))).toEqual(one);
  });

  test("gives the same bytes of a log so large that two threads read it", async () => {
    // What fills the records is passed over: the log is large, and its records are few.
    const padding = "x".repeat(40_000);
    const lines = tenant()
      .split("\n")
      .flatMap((line) => {
        const record = JSON.parse(line) as object;
        return Array.from({ length: 5 }, (_, at) => {
          const Id = at === 4 ? undefined : `11111111-0000-4000-8000-00000000${String(1000 + at)}`;
          return JSON.stringify({ ...record, ...(Id === undefined ? {} : { Id }), Padding: padding });
        });
      });
    lines.splice(900, 0, lines[14] as string, '{"CreationTime":"2026-03-01T10:00:00","Operation":"cut');
    const [log] = writeFiles(join(folder, "large"), { "large.ndjson": lines.join("\n") });
    const one = await bundle("large-one", ["--jobs", "1"], [log as string]);
    const two = await bundle("large-two", ["--jobs", "2"], [log as string]);
    expect(contents(two)).toEqual(contents(one));
    const { totals } = JSON.parse(readFileSync(join(two, "manifest.json"), "utf8")) as {
      totals: { duplicates: number; rejected: number };
    };
    expect(totals.duplicates).toBeGreaterThan(0);
    expect(totals.rejected).toBe(1);
  });

  test("says the same warnings and rejects as one thread", async () => {
    const manifest = (out: string) =>
      JSON.parse(readFileSync(join(out, "manifest.json"), "utf8")) as { warnings: string[]; totals: object };
    const inputs = [CASES];
    const one = manifest(await bundle("cases-one", ["--jobs", "1"], inputs));
    expect(manifest(await bundle("cases-two", ["--jobs", "2"], inputs))).toEqual(one);
  });

  test.each(["0", "-1", "1.5", "x"])("refuses %s", async (jobs) => {
    const ended = await runCli(["parse", ...EVIDENCE, "--out", join(folder, "none"), "--jobs", jobs]);
    expect(ended.code).toBe(2);
    expect(ended.stderr).toContain("--jobs takes a whole number greater than 0.");
    expect(existsSync(join(folder, "none"))).toBe(false);
  });

  test("a rule file that is not understood is one sentence, and nothing stays behind", async () => {
    const place = join(folder, "broken");
    mkdirSync(place);
    const [list] = writeFiles(place, { "rules.yaml": "rules:\n  no-such-rule: {}\n" });
    const out = join(place, "bundle");
    const ended = await runCli(["parse", ...EVIDENCE, "--out", out, "--jobs", "2", "--rules", list as string]);
    expect(ended.code).toBe(1);
    expect(ended.stderr).toMatch(/^[^\n]*no-such-rule[^\n]*\n$/);
    expect(readdirSync(place)).toEqual(["rules.yaml"]);
  });

  test("stops when it is interrupted, and leaves nothing behind", async () => {
    const place = join(folder, "stopped");
    mkdirSync(place);
    const started = () =>
      readdirSync(place).some((name) => filesUnder(join(place, name)).some((file) => file.includes("thread-")));
    const out = join(place, "bundle");
    const ended = await runCli(["parse", ...EVIDENCE, CASES, "--out", out, "--jobs", "2"], { interruptWhen: started });
    expect(ended.code).toBe(1);
    expect(ended.stderr).toContain("nothing was written");
    expect(readdirSync(place)).toEqual([]);
  });
});
