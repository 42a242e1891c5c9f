import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { checkBundle } from "./check-bundle.ts";
import type { ReadOutcome } from "./check-reading.ts";
import { checkReading } from "./check-reading.ts";
import type { FuzzInput } from "./make-input.ts";
import { hold } from "./violation.ts";

/** Folders that a job works in. */
export interface Workplace {
  readonly evidence: string;
  readonly spool: string;
  readonly bundle: string;
}

/** Makes the folders of a job below `folder`. */
export function openWorkplace(folder: string): Workplace {
  const place = { evidence: join(folder, "evidence"), spool: join(folder, "spool"), bundle: join(folder, "out") };
  for (const path of Object.values(place)) {
    rmSync(path, { recursive: true, force: true });
    mkdirSync(path, { recursive: true });
  }
  return place;
}

/**
 * Runs one input through the program.
 *
 * @throws whatever must not happen: a Violation, or an error of the program that is no InputError.
 */
export async function tryInput(input: FuzzInput, place: Workplace): Promise<ReadOutcome> {
  const paths = input.files.map(({ name, bytes }) => {
    const path = join(place.evidence, name);
    writeFileSync(path, bytes);
    return path;
  });
  const outcome = await checkReading(input, paths, place.spool);
  if (input.bundle) await checkBundle(input, paths, place.bundle, outcome);
  for (const { name, bytes } of input.files) {
    hold(readFileSync(join(place.evidence, name)).equals(bytes), () => `the evidence ${name} was changed`);
  }
  return outcome;
}
