import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { ask, ENGINES } from "../engine.mjs";
import { parse, table } from "./support/bundle.mjs";
import { auditLog, dividedLog, exportOf20000, untimedReads } from "./support/evidence.mjs";

const byText = (a, b) => (a < b ? -1 : a > b ? 1 : 0);

const folder = mkdtempSync(join(tmpdir(), "alicorn-sql-"));
after(() => rmSync(folder, { recursive: true, force: true }));

const sqlOf = (name) => readFileSync(new URL(`../${name}.sql`, import.meta.url), "utf8");
/** Only the columns that the search gives: the others are judgements, which Parquet does not hold. */
const only = (columns) => (row) => columns.map((column) => row[column]);

/** Whether a time of this evidence can be read: those that cannot are words. */
const isReadable = (time) => /^\d{4}-/.test(time);

/** The stacks, counted here from the timeline and not by a database. */
function stacks(bundle) {
  const counted = new Map();
  const mailboxes = [];
  for (const row of table(bundle, "timeline")) {
    if (!mailboxes.includes(row.Mailbox)) mailboxes.push(row.Mailbox);
    const time = row.Time === "" ? row.Date : `${row.Date}T${row.Time}`;
    const key = JSON.stringify([row.Mailbox, row.IP, row.Type]);
    const stack = counted.get(key) ?? { ...row, count: 0, first: time };
    const last = stack.last === undefined || isReadable(time) ? time : stack.last;
    counted.set(key, { ...stack, count: stack.count + 1, last });
  }
  return [...counted.values()].map((stack) => ({
    ...stack,
    Rows: String(stack.count),
    "First Time": stack.first,
    "Last Time": stack.last,
  }));
}

const keyOf = (row) => JSON.stringify([row["Activity Item ID"], row["Internet Message ID"], row.Mailbox]);

/** Each search with what alicorn says of the same; `unordered` where the table stands in the order of its scores. */
const SEARCHES = {
  searches: { expected: (bundle) => table(bundle, "searches") },
  "read-activity": { expected: (bundle) => table(bundle, "read-activity-by-time") },
  "address-stacks": { expected: stacks, unordered: true },
  addresses: { expected: (bundle) => table(bundle, "ip-scores"), unordered: true },
  "mailbox-access": {
    expected: (bundle) => table(bundle, "mailbox-access").filter(({ Mode }) => Mode === "tumbling"),
  },
  exposure: {
    // What clients copied is beyond the search: messages that were copied are compared by no column.
    expected: (bundle) => table(bundle, "exposure").filter(({ Access }) => !Access.includes("-synced")),
    compared: (rows, expected) => {
      const copiedNowhere = new Set(expected.map(keyOf));
      return rows.filter((row) => copiedNowhere.has(keyOf(row)));
    },
  },
};

/** Rows that each search must at least have where the evidence is there for it: an empty answer proves nothing. */
const EVIDENCE = {
  "the samples": {
    of: () => fileURLToPath(new URL("../../samples/cases", import.meta.url)),
    least: {
      searches: 50,
      "read-activity": 1000,
      "address-stacks": 50,
      addresses: 5,
      "mailbox-access": 1,
      exposure: 1,
    },
  },
  "an export of 20,000 records": {
    of: () => exportOf20000(join(folder, "export")),
    least: {
      searches: 500,
      "read-activity": 5000,
      "address-stacks": 50,
      addresses: 5,
      "mailbox-access": 0,
      exposure: 1000,
    },
  },
  "times that cannot be read": {
    of: () => untimedReads(join(folder, "untimed")),
    least: { searches: 0, "read-activity": 4, "address-stacks": 1, addresses: 0, "mailbox-access": 0, exposure: 2 },
  },
  "an audit log of 20,000 records": {
    of: () => auditLog(join(folder, "audit")),
    least: {
      searches: 100,
      "read-activity": 5000,
      "address-stacks": 100,
      addresses: 30,
      "mailbox-access": 5,
      exposure: 1000,
    },
  },
};

let bundles = 0;
for (const [evidence, { of, least }] of Object.entries(EVIDENCE)) {
  describe(evidence, () => {
    let bundle = "";
    before(() => {
      bundle = parse(of(), join(folder, `bundle-${++bundles}`));
    });
    for (const [engine, open] of Object.entries(ENGINES)) {
      for (const options of engine === "clickhouse" ? [{}, { table: true }] : [{}]) {
        test(`${engine}${options.table === true ? ", loaded into a table" : ""}: the rows of alicorn's tables`, async () => {
          const database = await open([bundle], options);
          try {
            for (const [name, { expected, unordered, compared = (rows) => rows }] of Object.entries(SEARCHES)) {
              const { columns, rows } = await ask(database, sqlOf(name));
              const named = rows.map((row) => Object.fromEntries(columns.map((column, at) => [column, row[at]])));
              const want = expected(bundle);
              const got = compared(named, want)
                .map(only(columns))
                .map((row) => row.join("\t"));
              const wanted = want.map(only(columns)).map((row) => row.join("\t"));
              if (unordered === true) {
                got.sort(byText);
                wanted.sort(byText);
              }
              const differ = wanted.findIndex((row, at) => row !== got[at]);
              assert.equal(got[differ], wanted[differ], `${name}, row ${differ + 1} of ${wanted.length}`);
              assert.equal(got.length, wanted.length, name);
              assert.ok(got.length >= least[name], `${name}: ${got.length} rows are too few to prove anything`);
            }
          } finally {
            await database.close();
          }
        });
      }
    }
  });
}

describe("an audit log that was divided among two bundles by mailbox", () => {
  let whole = "";
  let halves = [];
  before(() => {
    const { both, paths } = dividedLog(join(folder, "divided"));
    whole = parse(both, join(folder, "whole"));
    halves = paths.map((path, at) => parse(path, join(folder, `half-${at}`)));
  });

  for (const [engine, open] of Object.entries(ENGINES)) {
    test(`${engine}: both asked together say what one run says of all`, async () => {
      const database = await open(halves);
      try {
        const { columns, rows } = await ask(database, sqlOf("mailbox-access"));
        const { expected } = SEARCHES["mailbox-access"];
        assert.deepEqual(rows, expected(whole).map(only(columns)));
        // No half by itself has more than five users in every one of these windows.
        const alone = halves.map((half) => expected(half).length);
        assert.ok(rows.length > Math.max(...alone), `${rows.length} windows, ${alone.join(" and ")} alone`);
        const read = await ask(database, sqlOf("read-activity"));
        const lines = read.rows.map((row) => row.join("\t"));
        const want = table(whole, "read-activity-by-time").map(only(read.columns));
        // Mailboxes of equal times stand in the order of their bundles.
        assert.deepEqual(new Set(lines), new Set(want.map((row) => row.join("\t"))));
        assert.equal(lines.length, want.length);
      } finally {
        await database.close();
      }
    });

    test(`${engine}: the runner prints the same`, () => {
      const runner = fileURLToPath(new URL("../run.mjs", import.meta.url));
      const args = [runner, "--engine", engine, "mailbox-access", ...halves];
      // Where it runs there is a folder of the search's name.
      const cwd = join(folder, `elsewhere-${engine}`);
      mkdirSync(join(cwd, "mailbox-access"), { recursive: true });
      const { stdout, stderr, status } = spawnSync(process.execPath, args, { encoding: "utf8", cwd });
      assert.equal(stderr, "");
      assert.equal(status, 0);
      const [header = "", ...lines] = stdout.split("\n").slice(0, -1);
      const rows = SEARCHES["mailbox-access"].expected(whole).map(only(header.split("\t")));
      assert.deepEqual(
        lines,
        rows.map((row) => row.join("\t")),
      );
    });
  }
});

test("a folder without events is said to be one", async () => {
  for (const open of Object.values(ENGINES)) {
    await assert.rejects(open([folder]), /holds no events as Parquet/);
  }
});

test("letters beyond ASCII are folded alike by both, the dotted capital I too", async () => {
  const bundle = parse(untimedReads(join(folder, "letters")), join(folder, "letters-bundle"));
  for (const open of Object.values(ENGINES)) {
    const database = await open([bundle]);
    try {
      const { rows } = await ask(database, "SELECT folded('İÄΣẞ') AS small");
      assert.deepEqual(rows, [["İÄΣẞ".toLowerCase()]]);
    } finally {
      await database.close();
    }
  }
});

test("NULL, large numbers, decimals and an answer without rows are written alike by both", async () => {
  const bundle = parse(
    fileURLToPath(new URL("../../samples/cases/june-2018-test-procedure", import.meta.url)),
    join(folder, "small"),
  );
  const sql = `SELECT NULL AS nothing, 9007199254740993 AS large, CAST(1.50 AS DECIMAL(18, 7)) AS part, 'x"y' AS quoted, count(*) AS n FROM events`;
  for (const open of Object.values(ENGINES)) {
    const database = await open([bundle]);
    try {
      const { columns, rows } = await ask(database, sql);
      assert.deepEqual(columns, ["nothing", "large", "part", "quoted", "n"]);
      const [[nothing, large, part, quoted, n] = []] = rows;
      assert.deepEqual(
        [nothing, large, Number(part), quoted, n],
        ["", "9007199254740993", 1.5, 'x"y', String(table(bundle, "timeline").length)],
      );
      assert.deepEqual(await ask(database, "SELECT mailbox FROM events WHERE ordinal < 0"), {
        columns: ["mailbox"],
        rows: [],
      });
    } finally {
      await database.close();
    }
  }
});
