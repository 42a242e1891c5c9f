import { mkdirSync, readdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { crc32, deflateRawSync, gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { InputError, PARSE_DEFAULTS, parseToBundle } from "../../src/index.ts";
import { closeInputs, openInputs } from "../../src/pipeline/inputs.ts";
import { zipOf } from "../ingest/evidence/support.ts";
import { csvExport, makeRows } from "../support/export.ts";
import { filesUnder, openBundle, temporaryFolder, writeFiles } from "../support/run.ts";

const folder = temporaryFolder();
const EXPORT = csvExport(makeRows(1, 12));
let places = 0;

/** A folder with these files, and a place for the bundle and for what is unpacked. */
function place(files: Readonly<Record<string, string | Uint8Array>>) {
  const root = join(folder, `case-${++places}`);
  writeFiles(join(root, "in"), files);
  mkdirSync(join(root, "spool"));
  return { root, input: join(root, "in"), out: join(root, "out"), spool: join(root, "spool") };
}

describe("an archive", () => {
  test("whose entries lead out of it writes nothing but the bundle", async () => {
    const names = [
      "../../../up.csv",
      "/absolute.csv",
      String.raw`C:\drive.csv`,
      String.raw`..\..\back.csv`,
      "a/../../b.csv",
      "./here.csv",
      "nul\0byte.csv",
      "~/home.csv",
      "-rf.csv",
    ];
    // Each says something of its own, or all but one would be duplicates.
    const members = names.map((name, at) => ({ name, data: csvExport(makeRows(50 + at, 3)) }));
    const { root, input, out } = place({ "a.zip": zipOf(members) });
    await parseToBundle({ ...PARSE_DEFAULTS, inputs: [input], out, formats: ["tsv"] });
    const bundle = openBundle(out);
    expect(bundle.manifest.inputs.map(({ path }) => path)).toEqual(
      names.map((name) => `a.zip!/${name.replaceAll("\\", "/").replace("\0", String.raw`\x00`)}`),
    );
    const written = filesUnder(root).filter((path) => !path.startsWith("out/"));
    expect(written).toEqual(["in/a.zip"]);
    expect(readdirSync(folder).filter((name) => !name.startsWith("case-"))).toEqual([]);
    expect(filesUnder(out).filter((path) => path.includes("/"))).toEqual([]);
  });

  test("of thousands of entries that share one stretch of packed bytes is stopped", async () => {
    // Each entry unpacks to a megabyte; together they would be 4 GB of a file of half a megabyte.
    const data = Buffer.alloc(1 << 20, "a");
    const packed = deflateRawSync(data);
    const name = Buffer.from("x");
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(8, 4);
    common.writeUInt32LE(crc32(data), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(data.length, 18);
    common.writeUInt16LE(1, 22);
    const local = Buffer.concat([Buffer.from("PK\x03\x04"), common, name, packed]);
    const entry = Buffer.concat([Buffer.from("PK\x01\x02\x14\x00"), common, Buffer.alloc(14), name]);
    const count = 4000;
    const directory = Buffer.concat(Array.from({ length: count }, () => entry));
    const end = Buffer.alloc(22);
    end.write("PK\x05\x06", "latin1");
    end.writeUInt16LE(count, 8);
    end.writeUInt16LE(count, 10);
    end.writeUInt32LE(directory.length, 12);
    end.writeUInt32LE(local.length, 16);
    const { input, spool } = place({ "bomb.zip": Buffer.concat([local, directory, end]) });
    const opening = openInputs([join(input, "bomb.zip")], spool, { expansionFloor: 32 << 20 });
    await expect(opening).rejects.toThrow(/^bomb\.zip unpacks to more than 200 times .*--max-expansion\.$/);
    expect(readdirSync(spool)).toEqual([]);
  });

  test("in archives in archives counts against one limit", async () => {
    const bomb = gzipSync(Buffer.alloc(8 << 20, "a"));
    const inner = zipOf(["a", "b", "c", "d"].map((name) => ({ name, data: bomb, stored: true })));
    const { input, spool } = place({ "deep.zip": zipOf([{ name: "inner.zip", data: inner }]) });
    for (const [maxExpansion, isStopped] of [
      [200, true],
      [100_000, false],
    ] as const) {
      const opening = openInputs([input], spool, { expansionFloor: 16 << 20, maxExpansion });
      if (isStopped) await expect(opening).rejects.toThrow(/deep\.zip unpacks to more than 200 times/);
      // What comes out is no export, but it was unpacked.
      else await expect(opening).rejects.toThrow(/found only deep\.zip!\/inner\.zip!\/a \(plain text\)/);
      expect(readdirSync(spool)).toEqual([]);
    }
  });

  test("packed in itself many times is left where it is", async () => {
    let packed: Uint8Array = Buffer.from(EXPORT);
    for (let depth = 0; depth < 12; depth++) packed = gzipSync(packed);
    const { input, spool } = place({ "deep.gz": packed });
    await expect(openInputs([input], spool, {})).rejects.toThrow(InputError);
    expect(readdirSync(spool)).toEqual([]);
  });

  test("of thousands of files leaves no file open", async () => {
    const members = Array.from({ length: 2000 }, (_, at) => ({
      name: `n${at}.txt`,
      data: "no export\n",
      stored: true,
    }));
    const { input, spool } = place({ "many.zip": zipOf([...members, { name: "z.csv", data: EXPORT }]) });
    const { inputs, skipped } = await openInputs([input], spool, {});
    expect([inputs.length, skipped.length]).toEqual([1, 2000]);
    closeInputs(inputs, skipped);
    expect(readdirSync(spool)).toEqual([]);
  }, 60_000);
});

describe.skipIf(process.platform === "win32")("a folder of links", () => {
  test("that lead in circles is read once, and reading ends", async () => {
    const { input, out } = place({ "a/export.csv": EXPORT });
    symlinkSync(input, join(input, "a", "up"));
    symlinkSync("self", join(input, "self"));
    symlinkSync("two", join(input, "one"));
    symlinkSync("one", join(input, "two"));
    symlinkSync("a", join(input, "again"));
    // A link to itself leads nowhere: the examiner is told instead of something being left out.
    await expect(parseToBundle({ ...PARSE_DEFAULTS, inputs: [input], out })).rejects.toThrow(InputError);
    expect(filesUnder(join(input, ".."))).not.toContain("out/manifest.json");
  });

  test("that come back to where they began is read once", async () => {
    const { input, out } = place({ "a/export.csv": EXPORT });
    symlinkSync(input, join(input, "a", "up"));
    symlinkSync("a", join(input, "again"));
    symlinkSync(join("a", "export.csv"), join(input, "0.csv"));
    await parseToBundle({ ...PARSE_DEFAULTS, inputs: [input], out, formats: ["tsv"] });
    expect(openBundle(out).manifest.inputs.map(({ path }) => path)).toEqual(["a/export.csv"]);
  });
});
