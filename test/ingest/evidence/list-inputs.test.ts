import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { InputError } from "../../../src/ingest/evidence/input-error.ts";
import { listInputs } from "../../../src/ingest/evidence/list-inputs.ts";
import { temporaryFolder } from "./support.ts";

function tree(files: readonly string[]): string {
  const root = temporaryFolder();
  for (const file of files) {
    mkdirSync(join(root, file, ".."), { recursive: true });
    writeFileSync(join(root, file), file);
  }
  return root;
}

async function labels(inputs: readonly string[]): Promise<string[]> {
  return (await listInputs(inputs)).map(({ label }) => label);
}

describe("listInputs", () => {
  test("lists folders in code-unit order of the relative path", async () => {
    const root = tree(["b.csv", "a/z.csv", "a.csv", "a!/q.csv", "Z.csv", "é.csv"]);
    expect(await labels([root])).toEqual(["Z.csv", "a!/q.csv", "a.csv", "a/z.csv", "b.csv", "é.csv"]);
  });

  test("says what the user named", async () => {
    const root = tree(["in/a.csv", "b.csv"]);
    const listed = await listInputs([join(root, "b.csv"), join(root, "in"), "-"]);
    expect(listed.map(({ label, named, kind }) => [label, named, kind])).toEqual([
      ["b.csv", true, "file"],
      ["a.csv", false, "file"],
      ["-", true, "stdin"],
    ]);
  });

  test("tells equal names apart by as few folders as it takes", async () => {
    const root = tree(["x/1/e.csv", "y/1/e.csv", "y/2/e.csv", "f.csv"]);
    const paths = ["x/1/e.csv", "y/1/e.csv", "y/2/e.csv", "f.csv"].map((path) => join(root, path));
    expect(await labels(paths)).toEqual(["x/1/e.csv", "y/1/e.csv", "2/e.csv", "f.csv"]);
    expect(await labels([join(root, "x"), join(root, "y")])).toEqual(["x/1/e.csv", "y/1/e.csv", "2/e.csv"]);
  });

  test("shows no folder that was not typed", async () => {
    const root = tree(["a/e.csv", "x/a/e.csv"]);
    const inside = process.cwd();
    process.chdir(root);
    try {
      expect(await labels(["a/e.csv", "./x/a/e.csv"])).toEqual(["a/e.csv", "x/a/e.csv"]);
      expect(await labels([".", "x/a"])).toEqual(["a/e.csv", "x/a/e.csv", "e.csv"]);
    } finally {
      process.chdir(inside);
    }
  });

  test("numbers a file that is given twice", async () => {
    const root = tree(["e.csv", "e.csv#2"]);
    const path = join(root, "e.csv");
    expect(await labels([path, path, path])).toEqual(["e.csv", "e.csv#2", "e.csv#3"]);
    expect(await labels([path, path, `${path}#2`])).toEqual(["e.csv", "e.csv#3", "e.csv#2"]);
  });

  test.skipIf(process.platform === "win32")("escapes control characters", async () => {
    const root = tree(["a\nb\u009b.csv"]);
    expect(await labels([root])).toEqual(["a\\x0Ab\\x9B.csv"]);
  });

  test.skipIf(process.platform === "win32")("follows links once and survives circles", async () => {
    const root = tree(["real/a.csv", "real/b.csv"]);
    const outside = tree(["o/c.csv"]);
    symlinkSync("../real", join(root, "real", "again"));
    symlinkSync("real/a.csv", join(root, "0-link.csv"));
    symlinkSync(join(outside, "o"), join(root, "elsewhere"));
    symlinkSync("nowhere", join(root, "broken.csv"));
    expect(await labels([root])).toEqual(["broken.csv", "elsewhere/c.csv", "real/a.csv", "real/b.csv"]);
  });

  test("refuses what cannot be read, in a sentence", async () => {
    const root = tree(["a.csv"]);
    mkdirSync(join(root, "void", "deeper"), { recursive: true });
    await expect(listInputs([join(root, "no.csv")])).rejects.toThrow(/no\.csv: it does not exist \(ENOENT\)\.$/);
    await expect(listInputs([join(root, "void")])).rejects.toThrow(/the folder holds no file\.$/);
    await expect(listInputs(["-", "-"])).rejects.toThrow(InputError);
    await expect(listInputs([join(root, "no.csv")])).rejects.toBeInstanceOf(InputError);
  });

  test.skipIf(process.platform === "win32")("refuses a device", async () => {
    await expect(listInputs(["/dev/null"])).rejects.toThrow(
      /Expected a file or a folder, but \/dev\/null is neither\./,
    );
  });
});
