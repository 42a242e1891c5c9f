import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { pageSource } from "../../scripts/bake-page.ts";
import { escapeText, html } from "../../src/render/html/markup.ts";
import { PAGE_SCRIPT, PAGE_STYLE } from "../../src/render/html/page-source.ts";
import { cellsOf } from "../../src/render/read-table.ts";
import { clockOf, millisecondsOf, spoken, stampWords } from "../../src/render/html/words.ts";
import { countryName, middleOf, outlineOf } from "../../src/render/html/world-map.ts";
import { tsvCell } from "../../src/render/tsv.ts";
import { temporaryFolder } from "../support/run.ts";
import type { MadeFindings } from "./html-bundle.ts";
import {
  finding,
  HOSTILE,
  INTRUDER,
  MAILBOX,
  OWNER,
  RULES,
  smallCase,
  timelineRow,
  writeReport,
} from "./html-bundle.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const folder = temporaryFolder();
const read = (path: string) => readFileSync(path, "utf8");

interface Unpacked {
  readonly tables: readonly { table: string; columns: string[]; rows: number; total: number; cells: Uint32Array[] }[];
  readonly texts: string[];
}

/** The rows of a page, by the code of the page. */
async function unpacked(page: string): Promise<Unpacked> {
  const url = new URL("../../src/render/html/page/rows.js", import.meta.url).href;
  const { unpack } = (await import(url)) as {
    unpack(heads: unknown, block: (at: number) => string): Promise<Unpacked>;
  };
  const data = JSON.parse(/id="data">([^<]*)</.exec(page)?.[1] ?? "") as { tables: unknown };
  const blocks = [...page.matchAll(/id="block-\d+">([^<]*)</g)].map((found) => found[1] ?? "");
  return unpack(data.tables, (at) => blocks[at] ?? "");
}

/** One column of a table as texts. */
function column({ tables, texts }: Unpacked, table: string, name: string): string[] {
  const found = tables.find((one) => one.table === table);
  const cells = found?.cells[found.columns.indexOf(name)];
  return [...(cells ?? [])].map((number) => texts[number] as string);
}

describe("the page's sources", () => {
  test("are what page-source.ts holds (npx tsx scripts/bake-page.ts)", () => {
    expect(read(join(root, "src/render/html/page-source.ts"))).toBe(pageSource());
  });

  test("pass the compiler, with the types of a browser", async () => {
    const compiler = join(root, "node_modules/typescript/bin/tsc");
    await promisify(execFile)(process.execPath, [compiler, "-p", join(root, "src/render/html/page")]);
  });

  test("never make markup of text", () => {
    expect(PAGE_SCRIPT).not.toMatch(
      /innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function|DOMParser/,
    );
    expect(PAGE_SCRIPT).not.toContain("</script");
  });
});

describe("text", () => {
  test("is escaped wherever it stands", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(escapeText(text)).not.toMatch(/[<>"']/);
      }),
    );
    expect(html`<b title="${`"><i>`}">${["<", html`<br />`]}</b>`.markup).toBe(
      '<b title="&quot;&gt;&lt;i&gt;">&lt;<br /></b>',
    );
  });

  test("comes out of a table's line as it went in, control characters aside", () => {
    fc.assert(
      fc.property(fc.array(fc.string(), { minLength: 1 }), (cells) => {
        const plain = cells.map((cell) => tsvCell(cell.replaceAll('"', "'")));
        expect(cellsOf(cells.map(tsvCell).join("\t")).map((cell) => cell.replaceAll('"', "'"))).toEqual(plain);
      }),
    );
  });
});

test("times are read whatever their fraction and zone", () => {
  expect(millisecondsOf("2018-03-13T02:41:15.5961725Z")).toBe(Date.UTC(2018, 2, 13, 2, 41, 15, 596));
  expect(millisecondsOf("2018-03-13T02:41:15+02:00")).toBe(Date.UTC(2018, 2, 13, 0, 41, 15));
  expect(millisecondsOf("2018-03-13T02:41:15-0230")).toBe(Date.UTC(2018, 2, 13, 5, 11, 15));
  expect(millisecondsOf("2018-03-13T02:41:60Z")).toBe(Date.UTC(2018, 2, 13, 2, 42));
  expect(millisecondsOf("2018-03-13T02:41Z")).toBe(Date.UTC(2018, 2, 13, 2, 41));
  // No more of a time is shown than it names.
  expect(stampWords("2018-03-13T02:41:15Z")).toBe("2018-03-13 02:41:15");
  expect(stampWords("2018-03-13T02:41+01:00")).toBe("2018-03-13 01:41");
  // What the tables call unreadable is that for the page as well.
  for (const stamp of ["yesterday", "2018-03-13", "2018-02-30T04:00:00Z", "2018-03-13T24:00:00Z", "2018-03-13T02"])
    expect(millisecondsOf(stamp), stamp).toBeNaN();
  expect(spoken("0001-01-01T00:00:00Z")).toBe("1 January 0001, 00:00 UTC");
});

test("a time of day that is read quickly is what it is with its date", () => {
  const two = (most: number) => fc.integer({ min: 0, max: most }).map((number) => String(number).padStart(2, "0"));
  const clock = fc
    .tuple(two(24), two(60), two(60), fc.oneof(fc.constantFrom("", ".", "."), fc.stringMatching(/^\.\d{1,16}$/)))
    .chain(([hour, minute, second, fraction]) =>
      fc.constantFrom("Z", "", "+02:00", "z", "ZZ", "-").map((zone) => `${hour}:${minute}:${second}${fraction}${zone}`),
    );
  fc.assert(
    fc.property(fc.oneof(clock, fc.string()), (text) => {
      const bytes = Buffer.from(`x${text}x`);
      const quick = clockOf(bytes, 1, bytes.length - 1);
      if (!Number.isNaN(quick)) expect(millisecondsOf(`2018-03-13T${text}`)).toBe(Date.UTC(2018, 2, 13) + quick);
    }),
    { numRuns: 2000 },
  );
  const usual = Buffer.from("02:41:15.5961725Z");
  expect(clockOf(usual, 0, usual.length)).toBe(9_675_596);
});

test("the map knows large and small countries, and says the code of others", () => {
  for (const code of ["US", "NG", "DE", "SG", "HK", "MT", "XK", "GF"]) expect(middleOf(code), code).toBeDefined();
  expect(outlineOf("NG")).toMatch(/^M/);
  expect(outlineOf("SG")).toBeUndefined();
  expect(countryName("NG")).toBe("Nigeria");
  expect(countryName("ZZ")).toBe("ZZ");
});

describe("a report", () => {
  test("is the same every time, and says nothing of the machine", () => {
    const first = writeReport(join(folder, "first"), smallCase());
    const second = writeReport(join(folder, "second"), smallCase());
    expect(second.sha256).toBe(first.sha256);
    const page = read(first.path);
    expect(createHash("sha256").update(page).digest("hex")).toBe(first.sha256);
    expect(page).not.toContain(folder);
    expect(page.length).toBeLessThan(400_000);
  });

  test("allows its own script and style and nothing else", () => {
    const page = read(writeReport(join(folder, "policy"), smallCase()).path).replaceAll("&#39;", "'");
    const hash = (text: string) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
    expect(page).toContain(
      `default-src 'none'; script-src ${hash(PAGE_SCRIPT)}; style-src ${hash(PAGE_STYLE)}; base-uri 'none'; form-action 'none'`,
    );
    expect(page).not.toMatch(/unsafe-|<link|<iframe|<object|<img|\sstyle="|\son\w+="/);
  });

  test("holds every row of a small case as the tables have it", async () => {
    const rows = await unpacked(read(writeReport(join(folder, "rows"), smallCase()).path));
    const subjects = column(rows, "timeline", "Subject");
    expect(subjects.slice(0, HOSTILE.length)).toEqual(HOSTILE.map((text) => cellsOf(tsvCell(text))[0]));
    expect(column(rows, "timeline", "Source Row").slice(0, 3)).toEqual(["1", "2", "3"]);
    for (const { rows: inside, total } of rows.tables) expect(inside).toBe(total);
  });

  test("shows values without the apostrophe of --excel-safe", async () => {
    const made = smallCase();
    const report = writeReport(join(folder, "safe"), { ...made, manifest: { arguments: { excelSafe: true } } });
    expect(column(await unpacked(read(report.path)), "timeline", "Subject")).toContain(`+1+cmd|' /C calc'!A0`);
  });

  test("finds its tables by their prefix", async () => {
    const report = writeReport(join(folder, "prefix"), { ...smallCase(), prefix: "Case 7-" });
    expect(column(await unpacked(read(report.path)), "timeline", "Subject").length).toBeGreaterThan(0);
    expect(read(report.path)).toContain("Case 7-timeline.tsv");
  });

  test("names the prefixed table of what a picture leaves out", () => {
    const { tables, findings } = smallCase();
    const at = Array.from({ length: 30 }, (_, number) => `198.51.100.${number + 100}`);
    const made = {
      "ip-scores": [...(tables["ip-scores"] ?? []), ...at.map((IP) => ({ IP, Score: 30, Severity: "medium" }))],
      timeline: at.map((IP, minutes) => timelineRow(minutes, { IP })),
    };
    const page = read(writeReport(join(folder, "left out"), { tables: made, findings, prefix: "Case 7-" }).path);
    expect(page).toContain("not drawn: see Case 7-ip-scores.tsv");
    expect(page).toContain(`of medium score or higher: see <span class="mono">Case 7-ip-scores.tsv</span>`);
    expect(page).not.toMatch(/[^-]ip-scores\.tsv/);
  });

  test("gives no seconds to times that name none", () => {
    const { findings } = smallCase();
    const timeline = ["08:05", "08:07", "09:30"].map((Time) => timelineRow(0, { Time }));
    const write = (rows: typeof timeline, place: string) =>
      read(
        writeReport(join(folder, place), { tables: { timeline: rows, "ip-scores": [{ IP: OWNER }] }, findings }).path,
      );
    const page = write(timeline, "minutes");
    expect(page).toContain("2018-03-01 08:05 to 2018-03-01 08:07 UTC");
    expect(page).not.toMatch(/\d\d:\d\d:00 (?:to|UTC)/);
    // Beside them, those that name some keep theirs.
    const both = write([...timeline, timelineRow(0, { Time: "09:30:41" })], "minutes and seconds");
    expect(both).toContain("2018-03-01 09:30 to 2018-03-01 09:30:41 UTC");
  });

  test("shows control characters of a finding as the tables do", () => {
    const page = read(writeReport(join(folder, "control"), smallCase()).path);
    expect(page).toMatch(/id="finding-1".*a\\x00b\\x07c.*tab\\there &quot;quoted&quot; line\\nend/s);
    expect(page).not.toContain("\ufffd");
  });

  test("counts rows of messages, not messages, where one leaves several", () => {
    const types = ["DraftCreated", "NewMessage", "MessageSent"];
    const timeline = types.map((Type, minutes) => timelineRow(minutes, { Kind: "message", Type }));
    const page = read(writeReport(join(folder, "rows of messages"), { tables: { timeline } }).path);
    expect(page).toContain(" UTC: 3 rows of messages written or sent</title");
  });

  test("lists messages of low confidence apart, each list with what it leaves out", () => {
    const { tables, findings } = smallCase();
    const exposed = { Access: "opened", IPs: INTRUDER, Suspicious: "yes" };
    const exposure = [
      ...Array.from({ length: 250 }, (_, at) => ({ ...exposed, Subject: `doubtful ${at}`, Confidence: "low" })),
      { ...exposed, Subject: "the sure one", Confidence: "high" },
    ];
    const page = read(writeReport(join(folder, "low list"), { tables: { ...tables, exposure }, findings }).path);
    const section = /<section id="m0-exposure".*?<\/section>/s.exec(page)?.[0] ?? "";
    const [sure = "", low = ""] = section.split("<h3>").slice(1);
    expect(sure).toContain("the sure one");
    expect(sure).not.toContain("doubtful");
    expect(sure).not.toContain("not shown here");
    expect(low).toContain("doubtful 199");
    expect(low).toContain("50 more messages not shown here");
  });
});

describe("the answer", () => {
  const answerOf = (name: string, findings: Partial<MadeFindings> | undefined, more: object = {}) => {
    const page = read(writeReport(join(folder, name), { ...smallCase(), findings, ...more }).path);
    return (
      /<section id="m0-answer".*?<\/section>/s
        .exec(page)?.[0]
        .replace(/<[^>]*>/g, "")
        .replace(/\s+/g, " ")
        .replace(/&quot;/g, '"') ?? ""
    );
  };

  /** An incident that tells these deeds beside its address. */
  const incidentOf = (...deeds: readonly string[]) => {
    const { reasons } = finding() as { reasons: object[] };
    return finding({ reasons: [...reasons, ...deeds.map((text) => ({ rule: "incident", text, points: 10 }))] });
  };

  test("says who, from where, when, what and how sure", () => {
    const words = answerOf("entered", {
      findings: [incidentOf("answered, forwarded or sent: 3 (2 of high, 1 of medium confidence)")],
      rules: RULES,
    });
    expect(words).toContain("somebody other than its owner was in this mailbox, first on 2 March 2018, 00:00 UTC");
    expect(words).toContain(`from 1 address: ${INTRUDER} (Nigeria`);
    expect(words).toContain(`accessed ${HOSTILE.length} messages and answered, forwarded or sent messages (3 rows)`);
    expect(words).toContain(`${HOSTILE.length} searches come from there`);
    expect(words).toContain("confidence high");
    expect(words).toContain("1 rule not assessed");
    expect(words).toContain("1 rule failed");
    expect(words).toContain("no record of any kind for 96 hours");
  });

  test("tells what may as well be the owner's apart from what is surely an intruder's", () => {
    const exposed = (Confidence: string) => ({
      Access: "opened",
      IPs: INTRUDER,
      Suspicious: "yes",
      Confidence,
    });
    const answerWith = (name: string, exposure: readonly object[], deeds: readonly string[]) => {
      const findings = [incidentOf(...deeds)];
      const tables = { ...smallCase().tables, exposure };
      return answerOf(name, { findings, rules: RULES }, { tables });
    };
    const low = "deleted or moved to where nobody looks: 2 (2 of low confidence)";
    const sent = "answered, forwarded or sent: 2 (2 of certain confidence); 1 more of low confidence is not counted";
    const none = "No reading, sending or deleting is attributed to this address";
    expect(answerWith("no deeds", [], [])).toContain(`${none}. `);
    expect(answerWith("low deeds", [exposed("low")], [low])).toContain(
      `${none} with more than low confidence: whoever used it or the owner accessed 1 message and deleted or hid messages (2 rows).`,
    );
    expect(answerWith("both", [exposed("low"), exposed("medium")], [low, sent])).toContain(
      "Whoever used this address accessed 1 message and answered, forwarded or sent messages (2 rows); they or the owner accessed 1 further message and deleted or hid messages (2 rows).",
    );
  });

  test("says which of the searches are of low confidence", () => {
    const made = smallCase();
    const searches = (made.tables.searches ?? []).map((row, at) => ({ ...row, Confidence: at < 3 ? "low" : "high" }));
    const tables = { ...made.tables, searches };
    expect(answerOf("low searches", { findings: [finding()], rules: RULES }, { tables })).toMatch(
      new RegExp(
        `${HOSTILE.length - 3} searches come from there or score high: .*; with low confidence, they or the owner made 3 further searches: `,
      ),
    );
  });

  test("says plainly that nothing was found, and that this proves nothing", () => {
    const words = answerOf("clear", { findings: [], rules: RULES });
    expect(words).toContain("○ No finding");
    // Of RULES one found something.
    expect(words).toContain("1 rule noted something below that, for or against the owner: see Rules.");
    expect(words).toContain("not a proof that nobody was");
  });

  test("does not make an incident of findings that ask for a look", () => {
    const words = answerOf("unclear", {
      findings: [finding({ ruleId: "suspicious-client", severity: "medium", score: 30 })],
      rules: RULES,
    });
    expect(words).toContain(
      "No finding says that somebody other than the owner was in this mailbox. 1 finding asks for a look",
    );
  });

  test("does not take silence for innocence", () => {
    expect(answerOf("silent", undefined)).toContain("was not assessed");
  });
});

test("several mailboxes have a chapter each and their rows under one roof", async () => {
  const other = "chris@south.example";
  const made = smallCase();
  const tables = {
    ...made.tables,
    timeline: [
      ...(made.tables.timeline ?? []),
      timelineRow(5, { Mailbox: other, Subject: "Lunch", "Source File": "other.csv" }),
    ],
  };
  const page = read(writeReport(join(folder, "several"), { ...made, tables }).path);
  expect([...page.matchAll(/data-chapter="([^"]*)"/g)].map((found) => found[1])).toEqual([MAILBOX, other]);
  expect(new Set(column(await unpacked(page), "timeline", "Mailbox"))).toEqual(new Set([MAILBOX, other]));
});

test("databases are named, and GeoLite2 as its licence asks", () => {
  const database = {
    path: "GeoLite2-Country.mmdb",
    type: "GeoLite2-Country",
    built: "2019-12-24T17:40:14Z",
    sha256: "b".repeat(64),
    gives: ["country"],
    daysBeforeEvidence: -604,
  };
  const words = "This product includes GeoLite2 data created by MaxMind, available from https://www.maxmind.com";
  expect(
    read(writeReport(join(folder, "geo"), { ...smallCase(), manifest: { databases: [database] } }).path),
  ).toContain(words);
  expect(read(writeReport(join(folder, "no-geo"), smallCase()).path)).not.toContain(words);
});

test("what does not fit is left out by a rule, and the page says so", async () => {
  const text = (seed: number) => createHash("sha512").update(String(seed)).digest("base64");
  const rows = Array.from({ length: 70_000 }, (_row, at) =>
    timelineRow(at, { Subject: text(at), IP: at % 1_000 === 500 ? INTRUDER : OWNER }),
  );
  const { tables, findings } = smallCase();
  const report = writeReport(join(folder, "large"), {
    tables: { "ip-scores": tables["ip-scores"] ?? [], timeline: rows },
    findings,
  });
  const page = read(report.path);
  expect(report.bytes).toBeLessThan(5_000_000);
  const inside = await unpacked(page);
  const places = new Set(column(inside, "timeline", "Source Row").map(Number));
  // Suspicious rows and evidence are in, and beside them their neighbours rather than others.
  for (let at = 500; at < rows.length; at += 1_000) expect(places.has(at + 1)).toBe(true);
  for (const row of [3, 5, 500, 502]) expect(places.has(row)).toBe(true);
  const count = inside.tables.find(({ table }) => table === "timeline")?.rows ?? 0;
  expect(count).toBeGreaterThan(20_000);
  expect(count).toBeLessThan(70_000);
  const words = (70_000 - count).toLocaleString("en-US");
  expect(page).toContain(`${words} rows only in the file`);
});

test("a case without rows is a page all the same", () => {
  const page = read(
    writeReport(join(folder, "empty"), { tables: { timeline: [] }, findings: { findings: [], rules: [] } }).path,
  );
  expect(page).toContain("<strong>No finding</strong>");
  expect(page).toContain("No row has an address");
});
