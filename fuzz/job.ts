// One process of the fuzzer: tries the inputs whose numbers it is told, one after the other.
import { join } from "node:path";
import { makeInput } from "./make-input.ts";
import { readPools } from "./seeds.ts";
import { openWorkplace, tryInput } from "./try-input.ts";

/** What a job is to do. */
export interface Task {
  readonly seed: number;
  /** Number of the first input, how far it is to the next, and where to stop. */
  readonly first: number;
  readonly step: number;
  readonly end: number;
  /** A folder of the job's own. */
  readonly folder: string;
}

/** What a job says: before an input that it begins with it, and behind one what became of it. */
export type Said =
  | { readonly begins: number }
  | {
      readonly ended: number;
      readonly refused: boolean;
      readonly bundle: boolean;
      readonly rows: number;
      readonly rejected: number;
      /** Where something did not hold: what was done to the input, and the error. */
      readonly failure: { readonly words: string; readonly error: string } | undefined;
    };

function say(said: Said): void {
  process.send?.(said);
}

function errorText(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

async function work({ seed, first, step, end, folder }: Task): Promise<void> {
  const pools = readPools();
  const path = join(folder, `job-${first}`);
  let place = openWorkplace(path);
  // Whatever is unpacked has to be gone behind each input, so it goes where nothing else does.
  for (const name of ["TMPDIR", "TEMP", "TMP"]) process.env[name] = place.spool;
  for (let index = first; index < end; index += step) {
    const input = makeInput(pools, seed, index);
    const { bundle, words } = input;
    say({ begins: index });
    try {
      const { refused, accounts } = await tryInput(input, place);
      const rows = accounts.reduce((sum, account) => sum + account.rows, 0);
      const rejected = accounts.reduce((sum, account) => sum + account.rejected, 0);
      say({ ended: index, refused: refused !== undefined, bundle, rows, rejected, failure: undefined });
    } catch (error) {
      say({ ended: index, refused: false, bundle, rows: 0, rejected: 0, failure: { words, error: errorText(error) } });
      place = openWorkplace(path);
    }
  }
  process.disconnect();
}

process.once("message", (task) => void work(task as Task));
