import { createHash } from "node:crypto";
import { createReadStream, lstatSync, realpathSync, statSync } from "node:fs";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { BundleError } from "../render/bundle-folder.ts";
import { readManifest, unlistedFiles } from "../render/read-bundle.ts";

async function sha256(path: string): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(path), hash);
  return hash.digest("hex");
}

/** Whether a path leads to a file in the bundle's folder itself: by no link, and to nothing that could be waited for. */
function isPlainFile(folder: string, path: string): boolean {
  const place = join(realpathSync(folder), path);
  return lstatSync(place).isFile() && realpathSync(place) === place;
}

/**
 * Compares a bundle with its manifest.
 *
 * @returns how many files were compared, and a sentence for each that is missing, changed, no plain file or not listed.
 * @throws BundleError where the folder is no bundle.
 */
export async function verifyBundle(folder: string): Promise<{ files: number; problems: readonly string[] }> {
  const manifest = readManifest(folder);
  if (manifest === undefined) {
    throw new BundleError(`${folder} is not a bundle: it has no manifest.json of alicorn's that can be read.`);
  }
  const problems: string[] = [];
  for (const output of manifest.outputs) {
    try {
      if (!isPlainFile(folder, output.path)) problems.push(`${output.path} is no plain file of the bundle.`);
      else if ((await sha256(join(folder, output.path))) !== output.sha256)
        problems.push(`${output.path} was changed.`);
      else if (statSync(join(folder, output.path)).size !== output.bytes)
        problems.push(`The manifest tells another size of ${output.path} than it has.`);
    } catch {
      problems.push(`${output.path} is missing or cannot be read.`);
    }
  }
  problems.push(...unlistedFiles(folder, manifest).map((path) => `${path} is not listed.`));
  return { files: manifest.outputs.length, problems };
}
