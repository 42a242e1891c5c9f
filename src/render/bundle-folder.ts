import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmdirSync, rmSync, statSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { readManifest, unlistedFiles } from "./read-bundle.ts";
import { systemReason } from "../model/system-error.ts";

/** A bundle on its way: nothing stands at its place until it is whole. */
export interface BundleFolder {
  /** Where the files are written; beside the target, so that renaming needs no copying. */
  readonly files: string;
  /** Where unpacked evidence and waiting lines go; removed with or without success. */
  readonly spool: string;
  /** Puts the bundle in its place. */
  commit(): void;
  /** Removes everything written. */
  discard(): void;
}

/** Raised where the target folder cannot be used; the message is one sentence for the user. */
export class BundleError extends Error {
  override readonly name = "BundleError";
}

/** Whether a folder holds a bundle and nothing beside it, or nothing at all, so that replacing it destroys no more. */
function isReplaceable(target: string): boolean {
  if (!statSync(target).isDirectory()) return false;
  if (readdirSync(target).length === 0) return true;
  const manifest = readManifest(target);
  return manifest !== undefined && unlistedFiles(target, manifest).length === 0;
}

/** Removes the folders from `folder` up to `highest` as far as they are empty. */
function removeEmpty(folder: string, highest: string): void {
  try {
    for (let at = folder; at.startsWith(highest); at = dirname(at)) rmdirSync(at);
  } catch {
    // Somebody else keeps something there.
  }
}

/**
 * Makes room for a bundle beside its target.
 *
 * @param target the bundle's folder; its parent folders are made.
 * @param force replace an existing bundle, once the new one is whole. Anything that is no bundle is never replaced.
 * @throws BundleError where the target exists or nothing can be written there.
 */
export function createBundleFolder(target: string, force: boolean): BundleFolder {
  const place = resolve(target);
  if (existsSync(place)) {
    if (!force)
      throw new BundleError(`The folder ${target} exists already; give another one, or --force to replace it.`);
    if (!isReplaceable(place)) {
      throw new BundleError(
        `${target} is not a bundle of alicorn's, or holds other files too, so --force will not replace it; give another folder.`,
      );
    }
  }
  let made: string | undefined;
  let work: string | undefined;
  const discard = () => {
    if (work !== undefined) rmSync(work, { recursive: true, force: true });
    if (made !== undefined) removeEmpty(dirname(place), made);
  };
  let files: string;
  let spool: string;
  try {
    made = mkdirSync(dirname(place), { recursive: true });
    work = mkdtempSync(join(dirname(place), `.${basename(place)}.partial-`));
    files = join(work, "bundle");
    spool = join(work, "spool");
    mkdirSync(files);
    mkdirSync(spool);
  } catch (error) {
    discard();
    throw new BundleError(`Nothing can be written to ${dirname(target)}: ${systemReason(error)}.`);
  }
  const replaced = join(work, "replaced");
  return {
    files,
    spool,
    commit() {
      try {
        if (existsSync(place)) {
          if (!force) throw new BundleError(`The folder ${target} has come into being meanwhile; it is left as it is.`);
          renameSync(place, replaced);
        }
        try {
          renameSync(files, place);
        } catch (error) {
          if (existsSync(replaced)) renameSync(replaced, place);
          throw error;
        }
      } catch (error) {
        if (error instanceof BundleError) throw error;
        throw new BundleError(`The bundle cannot be put in its place at ${target}: ${systemReason(error)}.`);
      }
      discard();
    },
    discard,
  };
}
