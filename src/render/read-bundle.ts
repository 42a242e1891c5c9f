import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative, sep } from "node:path";
import type { Manifest, ManifestOutput } from "../model/manifest.ts";
import { TOOL_NAME } from "../model/manifest.ts";

/** Files that the manifest cannot list: itself, and the run's own times. */
const UNLISTED: ReadonlySet<string> = new Set(["manifest.json", "run.json"]);

/** Whether an entry of a manifest's outputs is one: a file in the bundle's folder, with its hash. */
function isOutput(entry: Partial<ManifestOutput> | null): boolean {
  if (typeof entry?.path !== "string" || typeof entry.sha256 !== "string") return false;
  return entry.path.split(/[/\\]/).every((part) => part !== "" && part !== "." && part !== "..");
}

/** The manifest of a bundle; undefined where the folder holds none that alicorn could have written. */
export function readManifest(folder: string): Manifest | undefined {
  try {
    const path = join(folder, "manifest.json");
    // To read a pipe is to wait for somebody who writes.
    if (!statSync(path).isFile()) return undefined;
    const manifest = JSON.parse(readFileSync(path, "utf8")) as Partial<Manifest> | null;
    const isOurs = manifest?.tool?.name === TOOL_NAME && Array.isArray(manifest.outputs);
    return isOurs && manifest.outputs.every(isOutput) ? (manifest as Manifest) : undefined;
  } catch {
    return undefined;
  }
}

/** The files in a bundle's folder that its manifest does not list, with `/`. */
export function unlistedFiles(folder: string, { outputs }: Manifest): readonly string[] {
  const listed = new Set(outputs.map(({ path }) => path));
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join("/"))
    .filter((path) => !listed.has(path) && !UNLISTED.has(path));
}
