import { statSync } from "node:fs";
import type { Stats } from "node:fs";
import { resolve, sep } from "node:path";
import type { Evidence } from "../ingest/evidence/evidence.ts";
import { InputError } from "../ingest/evidence/input-error.ts";
import { listInputs } from "../ingest/evidence/list-inputs.ts";
import type { OpenOptions } from "../ingest/evidence/open-evidence.ts";
import { openEvidence, reopenAs } from "../ingest/evidence/open-evidence.ts";
import type { RecordReader } from "../ingest/format.ts";
import { openReader } from "../ingest/open-reader.ts";

/** An input that is read. `evidence` and `reader` change when its encoding turns out to be another one. */
export interface OpenInput {
  evidence: Evidence;
  reader: RecordReader;
}

/** An input found in a folder or archive that is of no known kind. */
export interface SkippedInput {
  readonly evidence: Evidence;
  readonly found: string;
}

const EXPECTED = "an export of the Outlook Activities API (retriever CSV or JSON) or a unified audit log (CSV or JSON)";

function isWithin(path: string, folder: string): boolean {
  return resolve(path).startsWith(resolve(folder) + sep);
}

/** What a file is now; undefined where that cannot be told, which opening it says better. */
function stateOf(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch {
    return undefined;
  }
}

/** What is appended changes nothing of what was read. */
function isSame(now: Stats | undefined, before: Stats): boolean {
  if (now?.dev !== before.dev || now.ino !== before.ino) return false;
  return now.mtimeMs === before.mtimeMs || now.size > before.size;
}

/**
 * Opens every input of a run. What the user named must be evidence; what lies beside it in a folder or an archive is
 * skipped and reported.
 *
 * @param except a folder whose files are no evidence: an earlier bundle that lies among it.
 * @returns the inputs, and `confirm`, which throws an InputError where a file is not what it was: to be asked when all
 *   is read, as rows are read long after their file was hashed.
 * @throws InputError, one sentence, for an input that cannot be used.
 */
export async function openInputs(
  paths: readonly string[],
  spoolFolder: string,
  options: OpenOptions,
  except?: string,
): Promise<{ inputs: OpenInput[]; skipped: SkippedInput[]; confirm: () => void }> {
  const opened: { readonly path: string; readonly label: string; readonly state: Stats }[] = [];
  const inputs: OpenInput[] = [];
  const skipped: SkippedInput[] = [];
  try {
    for (const listed of await listInputs(paths)) {
      if (except !== undefined && listed.kind === "file" && isWithin(listed.path, except)) {
        if (!listed.named) continue;
        throw new InputError(
          `${listed.label} lies in the folder that the bundle is to be written to; give another one.`,
        );
      }
      options.signal?.throwIfAborted();
      const state = listed.kind === "file" ? stateOf(listed.path) : undefined;
      if (state !== undefined) opened.push({ path: listed.path, label: listed.label, state });
      for (const evidence of await openEvidence(listed, spoolFolder, options)) {
        if (evidence.unreadable !== undefined) {
          skipped.push({ evidence, found: evidence.unreadable });
          continue;
        }
        const reader = openReader(evidence);
        if (!("unreadable" in reader)) {
          inputs.push({ evidence, reader });
          continue;
        }
        skipped.push({ evidence, found: reader.unreadable === "empty" ? "an empty file" : reader.found });
        if (!evidence.named) continue;
        const what = reader.unreadable === "empty" ? "is empty" : `looks like ${reader.found}`;
        throw new InputError([`Expected ${EXPECTED}, but ${evidence.label} ${what}.`, ...evidence.problems].join(" "));
      }
    }
    const [first] = skipped;
    if (inputs.length === 0) {
      const what =
        first === undefined ? "nothing was found" : `found only ${first.evidence.label} (${first.found}) and the like`;
      throw new InputError([`Expected ${EXPECTED}, but ${what}.`, ...(first?.evidence.problems ?? [])].join(" "));
    }
    const confirm = () => {
      for (const { path, label, state } of opened) {
        if (isSame(stateOf(path), state)) continue;
        throw new InputError(`Expected ${label} as it was when the run began, but it was changed meanwhile.`);
      }
    };
    return { inputs, skipped, confirm };
  } catch (error) {
    closeInputs(inputs, skipped);
    throw error;
  }
}

/** An input that another thread opened before. @throws InputError where it is not what it was. */
export function openSharedInput(evidence: Evidence): OpenInput {
  const reader = openReader(evidence);
  if ("unreadable" in reader) throw new InputError(`${evidence.label} was changed while it was read.`);
  return { evidence, reader };
}

/**
 * Waits for the check of an input's bytes; one that turned out not to be UTF-8 far behind its beginning is rewritten
 * and opened anew.
 *
 * @returns whether it was, so that what was read of it before has to be read again.
 */
export async function settleEncoding(input: OpenInput, spoolFolder: string, options: OpenOptions): Promise<boolean> {
  if ((await input.evidence.checked).utf8) return false;
  input.evidence = await reopenAs(input.evidence, spoolFolder, options);
  const reader = openReader(input.evidence);
  if ("unreadable" in reader) throw new InputError(`${input.evidence.label} was changed while it was read.`);
  input.reader = reader;
  return true;
}

/** Closes every evidence and removes its unpacked copy. */
export function closeInputs(inputs: readonly OpenInput[], skipped: readonly SkippedInput[]): void {
  for (const { evidence } of [...inputs, ...skipped]) evidence.close();
}
