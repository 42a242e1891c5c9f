import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { systemReason } from "../model/system-error.ts";
import { BundleError } from "../render/bundle-folder.ts";

/** Where the package keeps its cases, seen from src/ and from dist/ alike. */
const CASES = fileURLToPath(new URL("../../samples/cases", import.meta.url));

/**
 * Copies the bundled cases to a folder that does not exist yet.
 *
 * @returns the names of the cases.
 * @throws BundleError, one sentence for the user.
 */
export function writeSamples(folder: string): readonly string[] {
  const place = resolve(folder);
  if (existsSync(place)) throw new BundleError(`The folder ${folder} exists already; give another one.`);
  let work: string | undefined;
  try {
    mkdirSync(dirname(place), { recursive: true });
    work = mkdtempSync(join(dirname(place), `.${basename(place)}.partial-`));
    cpSync(CASES, join(work, "cases"), { recursive: true });
    renameSync(join(work, "cases"), place);
  } catch (error) {
    throw new BundleError(`The samples cannot be written to ${folder}: ${systemReason(error)}.`);
  } finally {
    if (work !== undefined) rmSync(work, { recursive: true, force: true });
  }
  return readdirSync(place).sort();
}
