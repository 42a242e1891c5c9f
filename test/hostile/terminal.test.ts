import { describe, expect, test } from "vitest";
import type { ApiRecord } from "../../src/activities/example.ts";
import { zipOf } from "../ingest/evidence/support.ts";
import { csvExport, makeRows } from "../support/export.ts";
import type { Ended } from "../support/run.ts";
import { apiPage, runCli, temporaryFolder, writeFiles } from "../support/run.ts";

const folder = temporaryFolder();

/** Title, clearing, colour, cursor, a link, a device report, 8-bit introducers, and what turns the writing direction. */
const ORDERS = [
  "\u001b]0;owned\u0007",
  "\u001b[2J\u001b[H",
  "\u001b[31mred",
  "\u001b]8;;http://evil.example\u001b\\link",
  "\u001b[6n",
  "\u009b31m\u009d0;owned\u009c",
  "\u007f\b\b\b",
  "\r\u0000overwritten",
  "\u202Efdp.exe\u2066",
];
const EVIL = ORDERS.join("");

/** Whatever a terminal would obey; line ends and the blanks that make columns are the program's own. */
// oxlint-disable-next-line no-control-regex -- they are what is looked for
const OBEYED = /[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/;

const records: ApiRecord[] = ORDERS.flatMap((order, at) => {
  const row = (second: number, ActivityIdType: string, CustomProperties: Record<string, string>) => ({
    TimeStamp: `2018-06-2${at}T10:00:0${second}Z`,
    AppIdType: order,
    ActivityIdType,
    ActivityItemId: `item-${at}`,
    ClientSessionId: order,
    CustomProperties,
  });
  return [
    row(0, "ServerLogon", { ClientIP: `192.0.2.${at}`, UserName: `anna${EVIL}`, UserAgent: order, Result: "Success" }),
    row(1, "MessageDelivered", { Subject: `Invoice ${order}`, SenderSmtpAddress: order, Recipients: order }),
    row(2, "ReadingPaneDisplayStart", {}),
    row(3, "SearchResult", { Query: `invoice ${order}` }),
    row(4, order, { [order]: order }),
  ];
});

const files = {
  "evil.json": apiPage(records),
  [`name${EVIL.replaceAll(/[\0/]/g, "")}.csv`]: `${csvExport(makeRows(2, 10))}damaged ${EVIL}\n`,
  "evil.zip": zipOf([{ name: `inner${EVIL.replaceAll("/", "")}.csv`, data: csvExport(makeRows(3, 10)) }]),
  "rules.yaml": `rules:\n  "${String.raw`a\e[31m`}":\n    enabled: false\n`,
  "watch.txt": `192.0.2.1\n${EVIL}\n`,
};
const place = `${folder}/case`;
// Bundles are written beside the evidence, where no other run takes them for it.
writeFiles(`${place}/in`, files);
const NAMED = `in/${Object.keys(files)[1] ?? ""}`;

function expectHarmless({ stdout, stderr }: Ended): void {
  for (const line of [...stderr.split("\n"), ...stdout.split("\n")]) expect(line).not.toMatch(OBEYED);
}

describe.concurrent("the command line prints nothing that a terminal obeys", () => {
  test.each<[string, readonly string[], readonly number[]]>([
    ["of subjects, searches, agents, types and people", ["parse", "in/evil.json", "--out", "a"], [0]],
    ["in its summary", ["parse", "in/evil.json", "--out", "b", "--json"], [0]],
    ["of names of files, of entries and of rejected rows", ["parse", "in", "--out", "c", "--json"], [0]],
    ["with --strict", ["parse", NAMED, "--out", "d", "--strict"], [3]],
    ["of a user", ["parse", NAMED, "--out", "e", "--user", EVIL.replaceAll("\0", ""), "--json"], [0]],
    ["of types that are asked for", ["parse", "in/evil.json", "--out", "f", "--types", "\u001b[31m", "--json"], [0]],
    ["of a title", ["parse", "in/evil.json", "--out", "g", "--title", "\u001b[31m"], [2]],
    ["of tables and formats", ["parse", "in/evil.json", "--out", "h", "--tables", "\u001b[31m"], [2]],
    ["of an unknown format", ["parse", "in/evil.json", "--out", "h", "--formats", "\u009b31m"], [2]],
    ["of an unknown option", ["parse", "in/evil.json", "--out", "h", "--\u001b[31m"], [2]],
    ["of a rule file", ["parse", "in/evil.json", "--out", "i", "--rules", "in/rules.yaml"], [0, 1]],
    ["of a list", ["parse", "in/evil.json", "--out", "j", "--watch", "in/watch.txt"], [0, 1]],
    ["of a rule that is not there", ["rules", "explain", "\u001b[31m"], [2]],
    ["of a place", ["parse", "in/evil.json", "--out", `in/evil.json/${ORDERS[0] ?? ""}`], [1]],
    ["of what is to be verified", ["verify", "in/evil.json\u001b[31m"], [1]],
    ["of what is converted", ["convert", NAMED, "--to", "jsonl", "--out", "k.jsonl"], [0]],
  ])("%s", async (_name, args, codes) => {
    const ended = await runCli(args, { cwd: place });
    expect(codes).toContain(ended.code);
    expectHarmless(ended);
  });
});
