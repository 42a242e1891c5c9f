import { createHash } from "node:crypto";
import { createReadStream, readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { pipeline } from "node:stream/promises";
import type { Manifest } from "../model/manifest.ts";
import { BundleError } from "../render/bundle-folder.ts";

/** Files that the manifest cannot list: itself, and the run's own times. */
const UNLISTED = new Set(["manifest.json", "run.json"]);

async function sha256(path: string): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(path), hash);
  return hash.digest("hex");
}

function readManifest(folder: string): Manifest {
  let text: string;
  try {
    text = readFileSync(join(folder, "manifest.json"), "utf8");
  } catch {
    throw new BundleError(`${folder} is not a bundle: it has no manifest.json that can be read.`);
  }
  try {
    const manifest = JSON.parse(text) as Manifest;
    if (Array.isArray(manifest.outputs)) return manifest;
  } catch {
    // Said below, in the same words as for JSON of another shape.
  }
  throw new BundleError(`${join(folder, "manifest.json")} is not a manifest of alicorn's.`);
}

/**
 * Compares a bundle with its manifest.
 *
 * @returns how many files were compared, and a sentence for each that is missing, changed or not listed.
 * @throws BundleError where the folder is no bundle.
 */
export async function verifyBundle(folder: string): Promise<{ files: number; problems: readonly string[] }> {
  const { outputs } = readManifest(folder);
  const problems: string[] = [];
  for (const output of outputs) {
    try {
      if ((await sha256(join(folder, output.path))) !== output.sha256) problems.push(`${output.path} was changed.`);
    } catch {
      problems.push(`${output.path} is missing or cannot be read.`);
    }
  }
  const listed = new Set(outputs.map(({ path }) => path));
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const path = relative(folder, join(entry.parentPath, entry.name)).split(sep).join("/");
    if (!entry.isDirectory() && !listed.has(path) && !UNLISTED.has(path)) problems.push(`${path} is not listed.`);
  }
  return { files: outputs.length, problems };
}
