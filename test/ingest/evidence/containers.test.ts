import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { InputError } from "../../../src/ingest/evidence/input-error.ts";
import { type ListedInput, listInputs } from "../../../src/ingest/evidence/list-inputs.ts";
import { openEvidence } from "../../../src/ingest/evidence/open-evidence.ts";
import { openBytes, openOne, temporaryFolder, textOf, zipOf } from "./support.ts";

const folder = temporaryFolder();

function noise(length: number): string {
  let seed = 1;
  return Array.from({ length }, () => {
    seed = (seed * 48271) % 2147483647;
    return String.fromCharCode(33 + (seed % 90));
  }).join("");
}

function copies(): string[] {
  return readdirSync(folder).filter((name) => name.startsWith("evidence-"));
}

async function stdin(...chunks: (Buffer | string)[]) {
  const input = (await listInputs(["-"]))[0] as ListedInput;
  async function* stream() {
    for (const chunk of chunks) yield Buffer.from(chunk as string);
  }
  return openEvidence(input, folder, { stdin: stream() });
}

describe("gzip", () => {
  test("of several members, whatever the name", async () => {
    const raw = Buffer.concat([gzipSync("one\n"), gzipSync(""), gzipSync("two é\n"), Buffer.alloc(20)]);
    const evidence = await openOne(folder, "plain.csv", raw);
    expect(textOf(evidence)).toBe("one\ntwo é\n");
    expect(evidence).toMatchObject({ container: "gzip", encoding: "UTF-8", problems: [], label: "plain.csv" });
    const sha256 = createHash("sha256").update(raw).digest("hex");
    expect(await evidence.checked).toEqual({ bytes: raw.length, sha256, utf8: true });
    expect(copies()).toHaveLength(1);
    evidence.close();
    expect(copies()).toEqual([]);
  });

  test("headers with every optional field", async () => {
    const plain = gzipSync("text\n");
    const extras = Buffer.from("\x03\x00abcname\x00comment\x00hc", "latin1");
    const head = Buffer.from(plain.subarray(0, 10));
    head[3] = 2 | 4 | 8 | 16;
    const evidence = await openOne(folder, "h.gz", Buffer.concat([head, extras, plain.subarray(10)]));
    expect([textOf(evidence), evidence.problems]).toEqual(["text\n", []]);
    evidence.close();
  });

  test("truncated anywhere keeps a prefix and says so, or refuses", async () => {
    const text = noise(400);
    const raw = Buffer.concat([gzipSync(text), gzipSync("second member\n")]);
    let longest = 0;
    let refused = 0;
    for (let length = 3; length < raw.length; length += 1) {
      const wholeFirst = length === gzipSync(text).length;
      try {
        const evidence = await openOne(folder, "cut.gz", raw.subarray(0, length));
        const kept = textOf(evidence);
        expect(`${text}second member\n`.startsWith(kept)).toBe(true);
        expect(kept.length).toBeGreaterThanOrEqual(longest);
        longest = kept.length;
        if (wholeFirst) expect(evidence.problems).toEqual([]);
        else expect(evidence.problems.join()).toMatch(/truncated|not gzip/);
        evidence.close();
      } catch (error) {
        expect(error).toBeInstanceOf(InputError);
        refused++;
        expect(longest).toBe(0);
      }
    }
    expect(longest).toBe(text.length + "second member\n".length);
    expect(refused).toBeGreaterThan(0);
  });

  test("damage, a wrong check sum and text behind the data are problems", async () => {
    const text = noise(200_000);
    const middle = gzipSync(text);
    middle.fill(0xff, 120_000, 120_200);
    const damaged = await openOne(folder, "d.gz", middle);
    expect(damaged.size).toBeGreaterThan(80_000);
    expect(text.startsWith(textOf(damaged).slice(0, 80_000))).toBe(true);
    expect(damaged.problems).toHaveLength(1);
    damaged.close();

    const sum = gzipSync("text");
    sum[sum.length - 8] = (sum[sum.length - 8] ?? 0) ^ 1;
    const wrong = await openOne(folder, "s.gz", sum);
    expect([textOf(wrong), wrong.problems.length]).toEqual(["text", 1]);
    wrong.close();

    const trailing = await openOne(folder, "t.gz", Buffer.concat([gzipSync("text"), Buffer.from("more")]));
    expect([textOf(trailing), trailing.problems]).toEqual([
      "text",
      ["4 bytes behind the gzip data are not gzip; they were left out."],
    ]);
    trailing.close();
  });

  test("of another encoding maps offsets to the unpacked stream", async () => {
    const evidence = await openOne(folder, "l.gz", gzipSync(Buffer.from("caf\xe9,x", "latin1")));
    expect(evidence).toMatchObject({ container: "gzip", encoding: "Windows-1252" });
    expect([textOf(evidence), evidence.originalOffset(5)]).toEqual(["café,x", 4]);
    evidence.close();
    expect(copies()).toEqual([]);
  });

  test("a bomb is stopped with the option that lifts the limit", async () => {
    const bomb = gzipSync(Buffer.alloc(3 << 20, "a"));
    await expect(openOne(folder, "b.gz", bomb, { expansionFloor: 1 << 20 })).rejects.toThrow(
      /more than 200 times its size of \d+ bytes.*--max-expansion/,
    );
    const allowed = await openOne(folder, "b.gz", bomb, { expansionFloor: 1 << 20, maxExpansion: 2000 });
    expect(allowed.size).toBe(3 << 20);
    allowed.close();
    expect(copies()).toEqual([]);
  });
});

describe("zip", () => {
  test("gives one evidence an entry, nested containers included", async () => {
    const inner = zipOf([{ name: "x.csv", data: "inner" }]);
    const raw = zipOf([
      { name: "dir/", data: "", stored: true },
      { name: "dir/a.csv", data: "deflated é" },
      { name: "b.csv", data: "stored", stored: true },
      { name: "c.csv.gz", data: gzipSync("unzipped twice") },
      { name: "inner.zip", data: inner },
      { name: "../up\n.csv", data: "harmless" },
      { name: "b.csv", data: "same name" },
      { name: "none.csv", data: "", stored: true },
    ]);
    const opened = await openBytes(folder, "case.zip", raw);
    expect(opened.map((evidence) => [evidence.label, textOf(evidence)])).toEqual([
      ["case.zip!/dir/a.csv", "deflated é"],
      ["case.zip!/b.csv", "stored"],
      ["case.zip!/c.csv.gz", "unzipped twice"],
      ["case.zip!/inner.zip!/x.csv", "inner"],
      ["case.zip!/../up\\x0A.csv", "harmless"],
      ["case.zip!/b.csv#2", "same name"],
      ["case.zip!/none.csv", ""],
    ]);
    for (const evidence of opened) {
      expect(evidence).toMatchObject({ container: "zip", named: false, problems: [] });
      expect(await evidence.checked).toMatchObject({ bytes: raw.length });
      evidence.close();
    }
    expect(copies()).toEqual([]);
  });

  const good = { name: "good.csv", data: "good" };
  const encrypted = { name: "s.csv", data: "x", flags: 1 };
  const deflate64 = { name: "m.csv", data: "x", method: 9 };
  const damaged = { name: "d.csv", data: "xyz", damage: (packed: Buffer) => void packed.fill(0xff) };
  const innerZip = { name: "i.zip", data: "PK\x03\x04 no archive" };
  const innerGzip = { name: "g.gz", data: Buffer.from("\x1f\x8b\x08 no gzip", "latin1") };

  test.each([
    ["an encrypted entry", encrypted, /case\.zip!\/s\.csv is encrypted/, /^an encrypted zip entry/],
    ["an oddly packed entry", deflate64, /case\.zip!\/m\.csv is packed with Deflate64/, /packed with Deflate64/],
    ["a damaged entry", damaged, /case\.zip!\/d\.csv is damaged/, /^a damaged zip entry \(.+\)$/],
    ["an archive in it without a directory", innerZip, /a zip archive in case\.zip!\/i\.zip/, /^a damaged zip archive/],
    ["a gzip file in it of nothing", innerGzip, /gzip data in case\.zip!\/g\.gz/, /^a damaged gzip file$/],
  ])("lists %s as unreadable and reads the others", async (_, bad, message, found) => {
    const opened = await openBytes(folder, "case.zip", zipOf([bad, good, bad]));
    expect(opened.map(({ label }) => label)).toEqual([
      `case.zip!/${bad.name}`,
      "case.zip!/good.csv",
      `case.zip!/${bad.name}#2`,
    ]);
    expect(opened.map(({ unreadable = "" }) => unreadable)).toEqual([
      expect.stringMatching(found),
      "",
      expect.stringMatching(found),
    ]);
    expect(opened.map(textOf)).toEqual(["", "good", ""]);
    for (const evidence of opened) {
      expect((await evidence.checked).sha256).toHaveLength(64);
      evidence.close();
    }
    const opening = openBytes(folder, "case.zip", zipOf([bad]));
    await expect(opening).rejects.toBeInstanceOf(InputError);
    await expect(opening).rejects.toThrow(message);
    const unnamed: ListedInput = { path: join(folder, "case.zip"), kind: "file", label: "case.zip", named: false };
    const [placeholder] = await openEvidence(unnamed, folder);
    expect(placeholder).toMatchObject({ label: "case.zip", unreadable: expect.stringMatching(found), size: 0 });
    placeholder?.close();
    expect(copies()).toEqual([]);
  });

  test("an archive in an archive of which nothing can be read is listed once", async () => {
    const opened = await openBytes(
      folder,
      "case.zip",
      zipOf([{ name: "i.zip", data: zipOf([encrypted, damaged]) }, good]),
    );
    expect(opened.map(({ label, unreadable }) => [label, unreadable?.slice(0, 12)])).toEqual([
      ["case.zip!/i.zip", "an encrypted"],
      ["case.zip!/good.csv", undefined],
    ]);
    for (const evidence of opened) evidence.close();
    expect(copies()).toEqual([]);
  });

  test.each([
    [zipOf([good]).subarray(0, 60), /Expected a zip archive in case\.zip, but its directory cannot be read: .*[^.]\.$/],
    [zipOf([]), /the zip archive holds no file/],
  ])("refuses an archive without a directory or without files", async (raw, message) => {
    const opening = openBytes(folder, "case.zip", raw);
    await expect(opening).rejects.toBeInstanceOf(InputError);
    await expect(opening).rejects.toThrow(message);
    expect(copies()).toEqual([]);
  });

  test("keeps an entry whose check sum is wrong, and says so", async () => {
    const evidence = await openOne(folder, "case.zip", zipOf([{ name: "a.csv", data: "text", crc: 1 }]));
    expect(textOf(evidence)).toBe("text");
    expect(evidence.problems.join()).toMatch(/does not match its check sum/);
    evidence.close();
  });

  test("an Office workbook is no archive of evidence", async () => {
    const raw = zipOf([
      { name: "[Content_Types].xml", data: "<x/>" },
      { name: "xl/workbook.xml", data: "<x/>" },
    ]);
    const evidence = await openOne(folder, "book.xlsx", raw);
    expect([evidence.container, evidence.label]).toEqual(["none", "book.xlsx"]);
    evidence.close();
  });

  test("counts the unpacked bytes of all entries together", async () => {
    const members = Array.from({ length: 8 }, (_, at) => ({ name: `${at}.csv`, data: Buffer.alloc(1 << 20, "a") }));
    await expect(openBytes(folder, "many.zip", zipOf(members), { expansionFloor: 2 << 20 })).rejects.toThrow(
      /--max-expansion/,
    );
    expect(copies()).toEqual([]);
  });
});

describe("standard input", () => {
  test("is kept and hashed as it comes", async () => {
    const [evidence] = await stdin("Time", "Stamp é\n");
    expect(evidence && textOf(evidence)).toBe("TimeStamp é\n");
    const sha256 = createHash("sha256").update("TimeStamp é\n").digest("hex");
    expect(await evidence?.checked).toEqual({ bytes: 13, sha256, utf8: true });
    expect(evidence).toMatchObject({ label: "-", container: "none", named: true });
    evidence?.close();
    expect(copies()).toEqual([]);
  });

  test("may be packed or in another encoding", async () => {
    const packed = gzipSync(Buffer.from("\ufeffcaf\u00e9", "utf16le"));
    const [evidence] = await stdin(packed.subarray(0, 5), packed.subarray(5));
    expect(evidence).toMatchObject({ container: "gzip", encoding: "UTF-16LE" });
    expect(evidence && textOf(evidence)).toBe("café");
    expect(await evidence?.checked).toMatchObject({ bytes: packed.length });
    evidence?.close();
    expect(copies()).toEqual([]);
  });

  test("of a real process", () => {
    const built = new URL("../../../dist/ingest/evidence/", import.meta.url).href;
    const program = `
      import { openEvidence } from "${built}open-evidence.js";
      import { listInputs } from "${built}list-inputs.js";
      const [evidence] = await openEvidence((await listInputs(["-"]))[0], ${JSON.stringify(folder)});
      const bytes = Buffer.alloc(evidence.size);
      evidence.read(bytes, 0, bytes.length, 0);
      evidence.close();
      process.stdout.write(bytes);
    `;
    const input = noise(300_000);
    const run = spawnSync(process.execPath, ["--input-type=module", "-e", program], { input });
    expect(run.stderr.toString()).toBe("");
    expect(run.stdout.toString()).toBe(input);
  });
});

test("a work folder that cannot be written is an InputError", async () => {
  const input: ListedInput = { path: "-", kind: "stdin", label: "-", named: true };
  async function* stream() {
    yield Buffer.from("x");
  }
  await expect(openEvidence(input, join(folder, "missing"), { stdin: stream() })).rejects.toThrow(
    /Cannot write a copy of - to the work folder .*: it does not exist \(ENOENT\)\.$/,
  );
});
