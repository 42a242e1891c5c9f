import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parse } from "csv-parse/sync";
import { describe, expect, test } from "vitest";
import { sampleFiles } from "../../samples/generate.ts";
import { generateMailbox } from "../../samples/generator/index.ts";
import { parsePythonLiteral } from "../../src/ingest/python/parse-literal.ts";

const CASES = fileURLToPath(new URL("../../samples/cases", import.meta.url));
const WIRE_FRAUD = "wire-fraud-60-days/dana.keller@northgate.example.csv";

interface Row {
  readonly TimeStamp: string;
  readonly AppIdType: string;
  readonly ActivityIdType: string;
  readonly ActivityItemId: string;
  readonly ActivityCreationTime: string;
  readonly ClientSessionId: string;
  readonly CustomProperties: string;
}

/** What the test reads of answer-key.json. */
interface AnswerKey {
  readonly export: {
    readonly rows: number;
    readonly duplicateRows: number;
    readonly firstTimeStamp: string;
    readonly lastTimeStamp: string;
    readonly gap: { readonly from: string; readonly to: string };
  };
  readonly recordsByActor: Readonly<Record<"owner" | "intruder" | "service", number>>;
  readonly ownerAddresses: readonly { readonly address: string }[];
  readonly intruderAddresses: readonly { readonly address: string }[];
  readonly intruderSessions: readonly {
    readonly webSessionId: string;
    readonly serverSessionId: string;
    readonly rows: number;
    readonly first: string;
    readonly last: string;
  }[];
  readonly intruderLogons: readonly Readonly<Record<"time" | "address" | "app" | "result", string>>[];
  readonly imapLogon: { readonly time: string };
  readonly intruderSearches: readonly (Readonly<
    Record<"time" | "query" | "firstKeystroke" | "lastKeystroke" | "webSessionId", string>
  > & { readonly keystrokes: number })[];
  readonly messagesOpened: readonly MessageEntry[];
  readonly attachmentsOpened: readonly MessageEntry[];
  readonly deletions: readonly MessageEntry[];
  readonly moves: readonly MessageEntry[];
  readonly messagesSent: readonly Readonly<
    Record<"time" | "what" | "originalItemId" | "sentItemId" | "webSessionId", string>
  >[];
}

type MessageEntry = Readonly<
  Record<"time" | "what" | "activityItemId" | "internetMessageId" | "subject" | "webSessionId", string>
> & { readonly deliveryInLog: boolean };

const read = (path: string): string => readFileSync(join(CASES, path), "utf8");
const rowsOf = (path: string): Row[] => parse(read(path), { bom: true, columns: true });

/** The properties of a row; throws where the cell is neither empty nor a dict of strings. */
function properties(row: Row): Map<string, string> {
  if (row.CustomProperties === "") return new Map();
  const value = parsePythonLiteral(row.CustomProperties);
  if (value === null || typeof value !== "object" || value.type !== "dict") throw new Error("not a dict");
  return new Map(
    value.entries.map(([name, text]) => {
      if (typeof name !== "string" || typeof text !== "string") throw new Error("not text");
      return [name, text] as const;
    }),
  );
}

const files = (): string[] =>
  readdirSync(CASES, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(CASES.length + 1)
        .replaceAll("\\", "/"),
    );

/** Exports of the Activities API as retriever.py writes them. */
const exports = files().filter((path) => path.endsWith(".csv") && !path.startsWith("session-theft"));

describe("the bundled cases", () => {
  test("are exactly what the generator writes", () => {
    const made = sampleFiles();
    expect(files().toSorted()).toEqual(made.map((file) => file.path).toSorted());
    // Compared as a yes or no: a difference of megabytes helps nobody.
    expect(made.filter((file) => !readFileSync(join(CASES, file.path)).equals(Buffer.from(file.text)))).toEqual([]);
  });

  test("say in the first line that they are synthetic", () => {
    const guides = files().filter((path) => path.endsWith("README.md"));
    expect(guides).toHaveLength(4);
    for (const path of guides) expect(read(path).split("\n")[0]).toMatch(/^\*\*Synthetic data:\*\*/);
  });

  test.each(exports)("%s has dicts of texts as properties", (path) => {
    const bytes = readFileSync(join(CASES, path));
    expect(bytes.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
    expect(bytes.includes("\r")).toBe(false);
    expect(bytes.length).toBeLessThan(6_000_000);
    for (const row of rowsOf(path)) expect(() => properties(row)).not.toThrow();
  });

  test.each(exports)("%s is in time order but for a repeated page end", (path) => {
    const rows = rowsOf(path);
    const back = rows.flatMap((row, index) => (row.TimeStamp < (rows[index - 1]?.TimeStamp ?? "") ? [index] : []));
    expect(back).toEqual(path === WIRE_FRAUD ? [3000] : []);
  });

  test("the API's page holds the first records of the wire fraud", () => {
    const page: { value: (Partial<Row> & { CustomProperties?: { Name: string; Value: string }[] })[] } = JSON.parse(
      read("api-json/same-case.json"),
    );
    expect(page.value).toHaveLength(200);
    const rows = rowsOf(WIRE_FRAUD);
    page.value.forEach((record, index) => {
      const row = rows[index] as Row;
      expect(record.TimeStamp).toBe(row.TimeStamp);
      expect(record.ActivityItemId ?? "").toBe(row.ActivityItemId);
      expect(new Map(record.CustomProperties?.map((pair) => [pair.Name, pair.Value]))).toEqual(properties(row));
    });
  });
});

describe("the test procedure", () => {
  test("types the search key by key, a slip among the key strokes", () => {
    const rows = rowsOf("june-2018-test-procedure/test@address.com.csv");
    const typed = rows.filter((row) => row.ActivityIdType === "SearchSuggestionsDisplay");
    const texts = typed.map((row) => properties(row).get("SuggestionStimulus") ?? "");
    expect(texts.at(-1)).toBe("inbox rules");
    expect(texts.filter((text, index) => text.length < (texts[index - 1] ?? "").length)).toEqual(["in"]);
    const [result] = rows.filter((row) => row.ActivityIdType === "SearchResult").map(properties);
    expect(result?.get("Query")).toMatch(/^<Query><RawQuery>inbox rules<\/RawQuery>/);
    expect(rows[0]?.TimeStamp).toMatch(/^2018-06-20T07:36/);
    expect(rows.at(-1)?.TimeStamp).toMatch(/^2018-06-20T08:43/);
  });

  test("has the second account search from 08:44:25", () => {
    const rows = rowsOf("june-2018-test-procedure/second.test@address.example.csv");
    expect(rows[0]?.TimeStamp).toMatch(/^2018-06-20T08:44:25/);
    const results = rows.filter((row) => row.ActivityIdType === "SearchResult").map(properties);
    const queries = results.map((result) => /<RawQuery>(.*)<\/RawQuery>/.exec(result.get("Query") ?? "")?.[1]);
    expect(queries).toEqual(["wire transfer", "banking", "bacs"]);
  });
});

describe("the answer key of the wire fraud", () => {
  const key: AnswerKey = JSON.parse(read("wire-fraud-60-days/answer-key.json"));
  const all = rowsOf(WIRE_FRAUD);
  const rows = [...new Map(all.map((row) => [JSON.stringify(row), row])).values()];
  const at = (row: Row): string => `${row.TimeStamp.slice(0, 23)}Z`;
  const find = (type: string, item: string, time: string): Row[] =>
    rows.filter((row) => row.ActivityIdType === type && row.ActivityItemId === item && at(row) === time);

  test("counts the rows", () => {
    expect(key.export.rows).toBe(all.length);
    expect(key.export.duplicateRows).toBe(all.length - rows.length);
    expect(key.export.firstTimeStamp).toBe(all[0]?.TimeStamp);
    expect(key.export.lastTimeStamp).toBe(all.at(-1)?.TimeStamp);
    const { owner, intruder, service } = key.recordsByActor;
    expect(owner + intruder + service).toBe(rows.length);
    const repeated = all.slice(3000, 3000 + key.export.duplicateRows);
    expect(repeated).toEqual(all.slice(3000 - key.export.duplicateRows, 3000));
    const days = new Set(rows.map((row) => row.TimeStamp.slice(0, 10)));
    expect(days.size).toBe(56);
    expect(rows.filter((row) => row.TimeStamp >= key.export.gap.from && row.TimeStamp < key.export.gap.to)).toEqual([]);
  });

  test("has the logons of the intruder's addresses, the one IMAP4 logon among them", () => {
    const addresses = key.intruderAddresses.map((use) => use.address);
    const logons = rows.filter((row) => row.ActivityIdType === "ServerLogon");
    const own = logons.filter((row) => addresses.includes(properties(row).get("ClientIP") ?? ""));
    expect(
      own.map((row) => ({
        time: at(row),
        address: properties(row).get("ClientIP"),
        app: row.AppIdType,
        result: properties(row).get("Result"),
      })),
    ).toEqual(key.intruderLogons.map(({ time, address, app, result }) => ({ time, address, app, result })));
    const imap = logons.filter((row) => row.AppIdType === "IMAP4" && properties(row).get("Result") === "Success");
    expect(imap.map(at)).toEqual([key.imapLogon.time]);
    for (const { address } of key.ownerAddresses) expect(addresses).not.toContain(address);
  });

  test("has the sessions that began at those addresses", () => {
    const begun = rows.filter(
      (row) =>
        row.ActivityIdType === "Logon" &&
        key.intruderAddresses.some((use) => use.address === properties(row).get("IPAddress")),
    );
    expect(begun.map((row) => row.ClientSessionId)).toEqual(
      key.intruderSessions.map((session) => session.webSessionId),
    );
    for (const session of key.intruderSessions) {
      const ids = new Set([session.webSessionId, session.serverSessionId]);
      const own = rows.filter((row) => ids.has(row.ClientSessionId));
      expect([own.length, own[0]?.TimeStamp, own.at(-1)?.TimeStamp]).toEqual([
        session.rows,
        session.first,
        session.last,
      ]);
    }
  });

  test("has each search from its first key stroke to its last", () => {
    for (const search of key.intruderSearches) {
      const session = rows.filter((row) => row.ClientSessionId === search.webSessionId);
      const typed = session.filter(
        (row) =>
          row.ActivityIdType === "SearchSuggestionsDisplay" &&
          at(row) >= search.firstKeystroke &&
          at(row) <= search.lastKeystroke,
      );
      expect(typed.length).toBe(search.keystrokes);
      expect([typed[0], typed.at(-1)].map((row) => row && at(row))).toEqual([
        search.firstKeystroke,
        search.lastKeystroke,
      ]);
      const texts = typed.map((row) => properties(row).get("SuggestionStimulus"));
      expect([texts[0], texts.at(-1)]).toEqual([search.query.slice(0, 1), search.query]);
      const result = session.find((row) => row.ActivityIdType === "SearchResult" && at(row) > search.time);
      expect(result && properties(result).get("Query")).toContain(`<RawQuery>${search.query}</RawQuery>`);
    }
    const queries = key.intruderSearches.map((search) => search.query);
    expect(queries).toEqual(
      expect.arrayContaining(["invoice", "wire", "payment", "bank account", "w-2", "o'brien payment"]),
    );
    expect(queries).toContain('from:"cfo" AND subject:wire');
    const ids = new Set(key.intruderSessions.map((session) => session.webSessionId));
    const results = rows.filter((row) => row.ActivityIdType === "SearchResult" && ids.has(row.ClientSessionId));
    expect(results).toHaveLength(queries.length);
  });

  test("has the word invoice typed from 10:42:44.548 to 10:43:07.214", () => {
    const typed = rows.filter(
      (row) =>
        row.ActivityIdType === "SearchSuggestionsDisplay" &&
        row.TimeStamp.startsWith("2018-03-14T10:4") &&
        "invoice".startsWith((properties(row).get("SuggestionStimulus") ?? "").slice(0, 3)),
    );
    expect(typed.length).toBe(9);
    expect(typed[0]?.TimeStamp).toMatch(/^2018-03-14T10:42:44\.548/);
    expect(typed.at(-1)?.TimeStamp).toMatch(/^2018-03-14T10:43:07\.214/);
  });

  test("has what was opened, sent, deleted and moved", () => {
    const delivered = rows.filter((row) => row.ActivityIdType === "MessageDelivered").map(properties);
    const subjects = new Map(delivered.map((facts) => [facts.get("InternetMessageId"), facts.get("Subject")]));
    for (const opened of key.messagesOpened) {
      const found = find("ReadingPaneDisplayStart", opened.activityItemId, opened.time);
      expect(found.map((row) => row.ClientSessionId)).toEqual([opened.webSessionId]);
      expect(subjects.get(opened.internetMessageId)).toBe(opened.deliveryInLog ? opened.subject : undefined);
    }
    expect(key.messagesOpened.some((opened) => !opened.deliveryInLog)).toBe(true);
    for (const opened of key.attachmentsOpened) {
      const found = find("OpenedAnAttachment", opened.activityItemId, opened.time);
      expect(found.map((row) => properties(row).get("AttachmentAction"))).toEqual([opened.what]);
    }
    for (const sent of key.messagesSent) {
      expect(find("MessageSent", sent.sentItemId, sent.time)).toHaveLength(1);
      const kind = sent.what === "reply" ? "Reply" : "Forward";
      const answered = rows.filter((row) => row.ActivityIdType === kind && row.ActivityItemId === sent.originalItemId);
      expect(answered.some((row) => row.ClientSessionId === sent.webSessionId)).toBe(true);
    }
    for (const deleted of key.deletions) {
      const found = find("Delete", deleted.activityItemId, deleted.time);
      expect(found.map((row) => properties(row).get("DeleteType"))).toEqual([deleted.what]);
    }
    for (const moved of key.moves) expect(find("Move", moved.activityItemId, moved.time)).toHaveLength(1);
    const { messagesOpened, attachmentsOpened, messagesSent, deletions, moves } = key;
    const figures = [messagesOpened, attachmentsOpened, messagesSent, deletions, moves].map((list) => list.length);
    expect(figures).toEqual([31, 6, 4, 11, 2]);
  });
});

describe("generateMailbox", () => {
  const options = { seed: "any", days: 21, deliveriesPerDay: 12 } as const;

  test("gives the same rows for the same seed, others for another", () => {
    const made = generateMailbox(options);
    expect(generateMailbox(options)).toEqual(made);
    expect(generateMailbox({ ...options, seed: "another" }).rows[0]).not.toEqual(made.rows[0]);
  });

  test.each(["web", "imap", "both", "none"] as const)("an attack of kind %s leaves what it should", (attack) => {
    const { rows, truth } = generateMailbox({ ...options, attack });
    const own = rows.filter((row) => row.actor === "intruder");
    const clients = new Set(own.map((row) => row.appIdType));
    const expected = { web: ["Web"], imap: ["IMAP4"], both: ["IMAP4", "Web"], none: [] }[attack];
    expect([...clients].toSorted()).toEqual(expected);
    expect(truth.rowsByActor.intruder).toBe(own.length);
    const owned = new Set(truth.ownerAddresses.map((use) => use.address));
    for (const row of own) expect(owned.has(row.address ?? "")).toBe(false);
    for (const row of rows) expect(row.address === undefined).toBe(row.actor === "service");
  });
});
