import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Manifest } from "../../src/model/manifest.ts";
import { verifyBundle } from "../../src/pipeline/verify.ts";
import { apiPage, parseFiles, temporaryFolder } from "../support/run.ts";

const folder = temporaryFolder();

async function newBundle(): Promise<string> {
  const record = { TimeStamp: "2018-06-20T10:00:00Z", AppIdType: "Web", ActivityIdType: "Flag" };
  return (await parseFiles(folder, { "log.json": apiPage([record]) }, { classic: true })).folder;
}

async function problemsOf(bundle: string): Promise<readonly string[]> {
  return (await verifyBundle(bundle)).problems;
}

describe("a manifest that alicorn cannot have written", () => {
  test.each([
    ["an output that is none", (outputs: unknown[]) => [...outputs, null]],
    ["an output without a hash", () => [{ path: "timeline.tsv" }]],
    ["an output without a path", () => [{ sha256: "" }]],
    ["a file outside of the bundle", () => [{ path: "../log.json", sha256: "" }]],
    ["a file outside by a detour", () => [{ path: "classic/../../log.json", sha256: "" }]],
    ["a file of the machine", () => [{ path: "/etc/hostname", sha256: "" }]],
  ])("%s: there is no bundle", async (_name, outputsOf) => {
    const bundle = await newBundle();
    const path = join(bundle, "manifest.json");
    const manifest = JSON.parse(readFileSync(path, "utf8")) as Manifest;
    writeFileSync(path, JSON.stringify({ ...manifest, outputs: outputsOf([...manifest.outputs]) }));
    await expect(verifyBundle(bundle)).rejects.toThrow(/is not a bundle: it has no manifest\.json/);
  });
});

test("a size that is not the file's is told of", async () => {
  const bundle = await newBundle();
  const path = join(bundle, "manifest.json");
  const manifest = JSON.parse(readFileSync(path, "utf8")) as Manifest;
  const outputs = manifest.outputs.map((output) =>
    output.path === "timeline.tsv" ? { ...output, bytes: output.bytes + 1 } : output,
  );
  writeFileSync(path, JSON.stringify({ ...manifest, outputs }));
  expect(await problemsOf(bundle)).toEqual(["The manifest tells another size of timeline.tsv than it has."]);
});

describe.skipIf(process.platform === "win32")("what is no file of the bundle itself", () => {
  test("a link does not stand for a file, nor a linked folder for one with files, whatever they lead to", async () => {
    const bundle = await newBundle();
    const outside = join(folder, "outside");
    mkdirSync(outside);
    renameSync(join(bundle, "timeline.tsv"), join(outside, "timeline.tsv"));
    symlinkSync(join(outside, "timeline.tsv"), join(bundle, "timeline.tsv"));
    expect(await problemsOf(bundle)).toEqual(["timeline.tsv is no plain file of the bundle."]);
    renameSync(join(bundle, "classic"), join(outside, "classic"));
    symlinkSync(join(outside, "classic"), join(bundle, "classic"));
    const problems = await problemsOf(bundle);
    expect(problems).toContain("classic/logon-activity.tsv is no plain file of the bundle.");
    expect(problems).toContain("classic is not listed.");
  });

  test("nobody waits for a pipe", async () => {
    const bundle = await newBundle();
    const replace = (name: string) => {
      rmSync(join(bundle, name));
      expect(spawnSync("mkfifo", [join(bundle, name)]).status).toBe(0);
    };
    replace("timeline.tsv");
    expect(await problemsOf(bundle)).toEqual(["timeline.tsv is no plain file of the bundle."]);
    replace("manifest.json");
    await expect(verifyBundle(bundle)).rejects.toThrow(/is not a bundle/);
  });
});

test("a bundle that is looked at by way of a link is as it was", async () => {
  const bundle = await newBundle();
  const link = join(folder, "link");
  symlinkSync(bundle, link, "junction");
  expect(await problemsOf(link)).toEqual([]);
});
