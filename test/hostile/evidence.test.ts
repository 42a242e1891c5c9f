import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import type { ParseOptions } from "../../src/index.ts";
import { InputError, PARSE_DEFAULTS, parseCase, parseToBundle } from "../../src/index.ts";
import { zipOf } from "../ingest/evidence/support.ts";
import { csvExport, jsonExport, makeRows } from "../support/export.ts";
import { filesUnder, temporaryFolder, writeFiles } from "../support/run.ts";

const folder = temporaryFolder();
const rows = makeRows(1, 40);
let places = 0;

function place(files: Readonly<Record<string, string | Uint8Array>>) {
  const root = join(folder, `case-${++places}`);
  writeFiles(join(root, "in"), files);
  return { root, input: join(root, "in"), out: join(root, "out") };
}

function parse(input: string, out: string, more: Partial<ParseOptions> = {}): Promise<unknown> {
  return parseToBundle({ ...PARSE_DEFAULTS, inputs: [input], out, ...more });
}

/** Everything that can be told of the files below a folder: bytes, times, modes, and the folders' own times. */
function stateOf(root: string): unknown {
  const folders = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isDirectory());
  const all = [
    "",
    ...filesUnder(root),
    ...folders.map((entry) => join(entry.parentPath, entry.name).slice(root.length)),
  ];
  return all.sort().map((path) => {
    const { mtimeMs, ctimeMs, size, mode, ino, nlink } = statSync(join(root, path));
    const bytes = statSync(join(root, path)).isFile() ? readFileSync(join(root, path)).toString("base64") : "";
    return { path, mtimeMs, ctimeMs, size, mode, ino, nlink, bytes };
  });
}

describe("evidence", () => {
  const files = {
    "plain.csv": csvExport(rows),
    "deep/page.json": jsonExport(makeRows(2, 20)),
    "deep/windows.csv": Buffer.from(csvExport(makeRows(3, 20)).replaceAll(/[^\0-\x7f]/gu, "?"), "latin1"),
    "utf16.csv": Buffer.from(csvExport(makeRows(4, 20)), "utf16le"),
    "damaged.csv": Buffer.concat([Buffer.from(csvExport(makeRows(5, 20))), Buffer.from([0xff, 0xfe, 0x80, 10])]),
    "packed.gz": gzipSync(csvExport(makeRows(6, 20))),
    "packed.zip": zipOf([{ name: "a.csv", data: csvExport(makeRows(7, 20)) }]),
    "readme.txt": "no export\n",
  };

  test("is as it was behind a run: bytes, times, modes and folders", async () => {
    const { input, out } = place(files);
    for (const path of filesUnder(input)) {
      chmodSync(join(input, path), 0o444);
      utimesSync(join(input, path), new Date("2018-06-20T10:00:00Z"), new Date("2018-06-20T10:00:00Z"));
    }
    const before = stateOf(input);
    await parse(input, out, { formats: ["tsv", "json", "html", "xlsx", "timesketch", "ecs"], classic: true });
    expect(stateOf(input)).toEqual(before);
    for await (const mailbox of parseCase([input])) for (const event of mailbox.events()) event.message();
    expect(stateOf(input)).toEqual(before);
    for (const path of filesUnder(input)) chmodSync(join(input, path), 0o644);
  });

  test("is as it was behind a run that fails", async () => {
    const { input, out } = place({ "a.csv": csvExport(rows), "b/broken.zip": zipOf([]).subarray(0, 10) });
    const before = stateOf(input);
    await expect(parse(join(input, "b", "broken.zip"), out)).rejects.toThrow(InputError);
    const stopped = new AbortController();
    const running = parse(input, out, { signal: stopped.signal, report: () => stopped.abort(new Error("stopped")) });
    stopped.abort(new Error("stopped"));
    await expect(running).rejects.toThrow("stopped");
    expect(stateOf(input)).toEqual(before);
  });

  test.skipIf(process.platform === "win32")(
    "in a folder of which a file cannot be opened: the run says which one",
    async () => {
      const { root, input, out } = place({ "a.csv": csvExport(rows) });
      symlinkSync("nowhere", join(input, "gone.csv"));
      await expect(parse(input, out)).rejects.toThrow(/^[^\n]*gone\.csv[^\n]*\.$/);
      await expect(parse(input, out)).rejects.toThrow(InputError);
      expect(readdirSync(root)).toEqual(["in"]);
    },
  );

  test.skipIf(process.platform === "win32" || process.getuid?.() === 0)("that nobody may read, likewise", async () => {
    const { root, input, out } = place({ "a.csv": csvExport(rows), "locked.csv": csvExport(rows), "shut/b.csv": "x" });
    chmodSync(join(input, "locked.csv"), 0);
    await expect(parse(input, out)).rejects.toThrow(/locked\.csv[^\n]*\.$/);
    chmodSync(join(input, "locked.csv"), 0o644);
    chmodSync(join(input, "shut"), 0);
    await expect(parse(input, out)).rejects.toThrow(/Cannot list the folder [^\n]*\.$/);
    chmodSync(join(input, "shut"), 0o755);
    expect(readdirSync(root)).toEqual(["in"]);
  });
});

describe("a bundle whose folder", () => {
  /** The folder that a run writes to before it is put in its place. */
  function partial(root: string): string | undefined {
    return readdirSync(root).find((name) => name.includes(".partial-"));
  }

  test.each(["bundle", "spool", ""])(
    "vanishes while it is written (%j of it) is not there, and the run fails",
    async (part) => {
      // Large enough that the run reports while it writes.
      const { root, input, out } = place({ "a.csv": csvExport(makeRows(8, 6000)) });
      let removed = false;
      const report = () => {
        const name = partial(root);
        if (name === undefined || removed) return;
        removed = true;
        rmSync(join(root, name, part), { recursive: true, force: true });
      };
      const error: unknown = await parse(input, out, { report, formats: ["tsv", "json", "html", "xlsx"] }).then(
        () => "a bundle",
        (reason: unknown) => reason,
      );
      expect(removed).toBe(true);
      // A failed system call, or a sentence: what the command line ends with 1 and one line for.
      const isExpected =
        error instanceof Error && ("syscall" in error || /^(?:InputError|BundleError)$/.test(error.name));
      expect([isExpected, error]).toEqual([true, error]);
      expect(readdirSync(root)).toEqual(["in"]);
    },
  );

  test("has come into being meanwhile is left alone", async () => {
    // Large enough that the run tells how far it is.
    const { root, input, out } = place({ "a.csv": csvExport(makeRows(9, 40_000)) });
    let made = false;
    const report = () => {
      if (!made) mkdirSync(out);
      made = true;
    };
    await expect(parse(input, out, { report })).rejects.toThrow(
      /has come into being meanwhile; it is left as it is\.$/,
    );
    expect([readdirSync(out), partial(root)]).toEqual([[], undefined]);
  });
});
