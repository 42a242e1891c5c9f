import { readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import type { Manifest } from "../model/manifest.ts";
import { TOOL_NAME } from "../model/manifest.ts";

/** Files that the manifest cannot list: itself, and the run's own times. */
const UNLISTED: ReadonlySet<string> = new Set(["manifest.json", "run.json"]);

/** The manifest of a bundle; undefined where the folder holds none of alicorn's. */
export function readManifest(folder: string): Manifest | undefined {
  try {
    const manifest = JSON.parse(readFileSync(join(folder, "manifest.json"), "utf8")) as Partial<Manifest> | null;
    const isOurs = manifest?.tool?.name === TOOL_NAME && Array.isArray(manifest.outputs);
    return isOurs ? (manifest as Manifest) : undefined;
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
