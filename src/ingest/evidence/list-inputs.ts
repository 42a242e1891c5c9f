import { constants } from "node:fs";
import { access, readdir, realpath, stat } from "node:fs/promises";
import { join, normalize, sep } from "node:path";
import { escapeControls, tellApart } from "./labels.ts";
import { InputError, systemError } from "./input-error.ts";

/** One input to read: a file, or standard input. */
export interface ListedInput {
  /** How to open it; `-` where `kind` is "stdin". */
  readonly path: string;
  readonly kind: "file" | "stdin";
  /** The name that tables print as Source File: with `/`, control characters written as \xHH, unique in the list. */
  readonly label: string;
  /** True where the user named it; false where it was found in a folder, so that an unknown kind may be skipped. */
  readonly named: boolean;
}

interface Found {
  readonly path: string;
  /** Relative to the folder given, with `/`. */
  readonly relative: string;
}

/**
 * Lists the inputs of a command line. Folders are searched to any depth; what is in them is listed in code-unit order
 * of the relative path, whatever the platform. Symbolic links are followed; a file or folder that the same folder
 * holds twice by way of a link is listed once, under its real place.
 *
 * @param inputs paths of files and folders; `-` is standard input.
 * @returns the inputs in the order given; an empty list for none.
 * @throws InputError for a missing file, a folder without files, anything that is neither file nor folder, or where
 *   permission is denied.
 */
export async function listInputs(inputs: readonly string[]): Promise<ListedInput[]> {
  const listed: { path: string; kind: "file" | "stdin"; named: boolean; parts: string[]; shown: number }[] = [];
  for (const input of inputs) {
    if (input === "-") {
      if (listed.some((other) => other.kind === "stdin")) {
        throw new InputError("Standard input (-) can be read once only, but it was named twice.");
      }
      listed.push({ path: "-", kind: "stdin", named: true, parts: ["-"], shown: 1 });
      continue;
    }
    const root = partsOf(normalize(input));
    const isFolder = await kindOf(input);
    if (!isFolder) {
      listed.push({ path: input, kind: "file", named: true, parts: root, shown: 1 });
      continue;
    }
    const files = await filesIn(input);
    if (files.length === 0) {
      throw new InputError(`Expected evidence files in ${escapeControls(input)}, but the folder holds no file.`);
    }
    for (const { path, relative } of files) {
      const below = relative.split("/").map(escapeControls);
      listed.push({ path, kind: "file", named: false, parts: [...root, ...below], shown: below.length });
    }
  }
  const labels = tellApart(listed);
  return listed.map(({ path, kind, named }, at) => ({ path, kind, named, label: labels[at] ?? path }));
}

/** The parts of a path as it was given: what lies above it is the machine's. */
function partsOf(given: string): string[] {
  return given
    .split(sep)
    .filter((part) => part !== "" && part !== ".")
    .map(escapeControls);
}

/** True for a folder, false for a readable file. */
async function kindOf(input: string): Promise<boolean> {
  const name = escapeControls(input);
  try {
    const found = await stat(input);
    if (found.isDirectory()) return true;
    if (!found.isFile()) {
      const what = found.isFIFO() ? "a pipe (pass its content on standard input as -)" : "neither";
      throw new InputError(`Expected a file or a folder, but ${name} is ${what}.`);
    }
    await access(input, constants.R_OK);
    return false;
  } catch (error) {
    throw systemError(`Expected a readable file or folder at ${name}`, error);
  }
}

async function filesIn(root: string): Promise<Found[]> {
  const files: Found[] = [];
  const links: Found[] = [];
  const seen = new Set<string>();

  async function walk(folder: string, real: string, relative: string): Promise<void> {
    if (seen.has(real)) return;
    seen.add(real);
    for (const entry of await readdir(folder, { withFileTypes: true })) {
      const found: Found = {
        path: join(folder, entry.name),
        relative: relative === "" ? entry.name : `${relative}/${entry.name}`,
      };
      if (entry.isSymbolicLink()) links.push(found);
      else if (entry.isDirectory()) await walk(found.path, join(real, entry.name), found.relative);
      else if (entry.isFile()) {
        seen.add(join(real, entry.name));
        files.push(found);
      }
    }
  }

  // Links wait until everything real is known, so that a file keeps its own name wherever a link to it stands.
  async function follow(link: Found): Promise<void> {
    let real: string;
    try {
      real = await realpath(link.path);
    } catch {
      // A link to nowhere stays listed: opening it says what is wrong, and nothing is left out in silence.
      files.push(link);
      return;
    }
    const target = await stat(real);
    if (target.isDirectory()) await walk(link.path, real, link.relative);
    else if (target.isFile() && !seen.has(real)) {
      seen.add(real);
      files.push(link);
    }
  }

  try {
    await walk(root, await realpath(root), "");
    while (links.length > 0) {
      const batch = links.splice(0).sort(byRelativePath);
      for (const link of batch) await follow(link);
    }
  } catch (error) {
    throw systemError(`Cannot list the folder ${escapeControls(root)}`, error);
  }
  return files.sort(byRelativePath);
}

/** Code-unit order, which no locale changes. */
function byRelativePath(a: Found, b: Found): number {
  return a.relative < b.relative ? -1 : a.relative > b.relative ? 1 : 0;
}
