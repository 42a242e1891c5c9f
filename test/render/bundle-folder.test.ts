import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { BundleError, createBundleFolder } from "../../src/render/bundle-folder.ts";

const folder = mkdtempSync(join(tmpdir(), "alicorn-test-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function bundleAt(place: string, text: string, force = false): void {
  const bundle = createBundleFolder(place, force);
  writeFileSync(join(bundle.files, "manifest.json"), manifestOf(text));
  bundle.commit();
}

/** A manifest of ours whose version tells one bundle from the next. */
function manifestOf(version: string): string {
  return JSON.stringify({ tool: { name: "alicorn", version }, outputs: [] });
}

describe("createBundleFolder", () => {
  test("puts a bundle in its place and replaces it only with force", () => {
    const place = join(folder, "case", "bundle");
    bundleAt(place, "one");
    expect(() => createBundleFolder(place, false)).toThrow(BundleError);
    bundleAt(place, "two", true);
    expect(readFileSync(join(place, "manifest.json"), "utf8")).toBe(manifestOf("two"));
    expect(readdirSync(join(folder, "case"))).toEqual(["bundle"]);
  });

  test("never replaces what is no bundle", () => {
    const place = join(folder, "other");
    mkdirSync(place);
    writeFileSync(join(place, "thesis.txt"), "");
    expect(() => createBundleFolder(place, true)).toThrow(/is not a bundle of alicorn's/);
    // Another program's manifest is none of ours.
    writeFileSync(join(place, "manifest.json"), JSON.stringify({ name: "a web app", outputs: [] }));
    expect(() => createBundleFolder(place, true)).toThrow(/is not a bundle of alicorn's/);
  });

  test("never replaces a bundle that somebody keeps other files in", () => {
    const place = join(folder, "shared");
    bundleAt(place, "one");
    writeFileSync(join(place, "evidence.csv"), "");
    expect(() => createBundleFolder(place, true)).toThrow(/or holds other files too/);
    expect(existsSync(join(place, "evidence.csv"))).toBe(true);
  });

  test("leaves nothing behind, not even the parent folders that it made", () => {
    const bundle = createBundleFolder(join(folder, "a", "b", "bundle"), false);
    expect(existsSync(join(folder, "a", "b"))).toBe(true);
    bundle.discard();
    expect(existsSync(join(folder, "a"))).toBe(false);
    bundle.discard();

    const second = createBundleFolder(join(folder, "a", "b", "bundle"), false);
    writeFileSync(join(folder, "a", "notes.txt"), "somebody else's");
    second.discard();
    expect(readdirSync(join(folder, "a"))).toEqual(["notes.txt"]);
  });

  test("keeps the old bundle where the new one cannot take its place", () => {
    const place = join(folder, "kept");
    bundleAt(place, "old");
    const bundle = createBundleFolder(place, true);
    rmSync(bundle.files, { recursive: true });
    expect(() => bundle.commit()).toThrow(/cannot be put in its place at .*: it does not exist \(ENOENT\)\.$/);
    bundle.discard();
    expect(readFileSync(join(place, "manifest.json"), "utf8")).toBe(manifestOf("old"));
  });

  test("says why nothing can be written", () => {
    const file = join(folder, "file");
    writeFileSync(file, "");
    expect(() => createBundleFolder(join(file, "bundle"), false)).toThrow(
      /Nothing can be written to .*\((?:ENOTDIR|EEXIST)\)\.$/,
    );
  });
});
