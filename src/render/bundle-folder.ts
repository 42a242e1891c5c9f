import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";

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

/** Words for what the system says of a path. */
export function systemReason(error: unknown): string {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const words: Readonly<Record<string, string>> = {
    EACCES: "permission denied",
    EPERM: "permission denied",
    EROFS: "the disk is read-only",
    ENOSPC: "the disk is full",
    EDQUOT: "the disk quota is used up",
    ENOENT: "no such folder",
    ENOTDIR: "part of the path is not a folder",
    EEXIST: "it exists already",
    ENAMETOOLONG: "the name is too long",
    EMFILE: "too many open files",
    EIO: "the disk failed",
  };
  return words[code] ?? (error instanceof Error ? error.message : String(error));
}

/** Whether a folder holds a bundle (or nothing), so that replacing it destroys nothing else. */
function isReplaceable(target: string): boolean {
  if (!statSync(target).isDirectory()) return false;
  const names = readdirSync(target);
  return names.length === 0 || names.includes("manifest.json");
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
        `${target} is not a bundle of alicorn's, so --force will not replace it; give another folder.`,
      );
    }
  }
  let work: string;
  try {
    mkdirSync(dirname(place), { recursive: true });
    work = mkdtempSync(join(dirname(place), `.${basename(place)}.partial-`));
  } catch (error) {
    throw new BundleError(`Nothing can be written to ${dirname(target)}: ${systemReason(error)}.`);
  }
  const files = join(work, "bundle");
  const spool = join(work, "spool");
  mkdirSync(files);
  mkdirSync(spool);
  const discard = () => rmSync(work, { recursive: true, force: true });
  return {
    files,
    spool,
    commit() {
      try {
        if (existsSync(place)) {
          if (!force) throw new BundleError(`The folder ${target} has come into being meanwhile; it is left as it is.`);
          renameSync(place, join(work, "replaced"));
        }
        renameSync(files, place);
      } catch (error) {
        if (error instanceof BundleError) throw error;
        throw new BundleError(`The bundle cannot be put in its place at ${target}: ${systemReason(error)}.`);
      }
      discard();
    },
    discard,
  };
}
