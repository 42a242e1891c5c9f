import { mkdirSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { closeIdleFiles } from "../ingest/evidence/byte-source.ts";
import { shareEvidence } from "../ingest/evidence/shared-evidence.ts";
import type { Run } from "../render/merge-lines.ts";
import type { Mailboxes } from "./cases.ts";
import type { OpenInput } from "./inputs.ts";
import type { SharedGroup, WorkAnswer, WorkOrder, WorkStart } from "./mailbox-orders.ts";
import type { MailboxResult } from "./mailbox-work.ts";
import type { Progress } from "./steps.ts";
import { deathOf, revived } from "./thread-failure.ts";

/** What threads have done. */
export interface ThreadsWork {
  /** In the order of the mailboxes' numbers. */
  readonly results: readonly MailboxResult[];
  /** Where the rows of each table wait: one run a mailbox, in the order of their numbers. */
  readonly runs: ReadonlyMap<string, readonly Run[]>;
  readonly warnings: readonly string[];
}

/**
 * Half of what V8 takes for young objects by itself: no slower, and some 20 MiB less a thread. The old ones have no
 * limit of their own.
 */
const YOUNG_MEGABYTES = 24;

/** How many threads a run uses where nothing is said: one a core, as more would only wait for each other. */
export function usualJobs(): number {
  return availableParallelism();
}

/** The inputs of the mailboxes by their numbers. */
function sharedGroups(groups: Mailboxes["groups"]): readonly SharedGroup[] {
  return groups.map((group, number) => ({
    number,
    inputs: group.map(({ number: evidence, routed }) => {
      if (routed === undefined) return { evidence };
      const { name, from, to } = routed;
      return { evidence, routed: { name, from, to } };
    }),
  }));
}

/**
 * Works on mailboxes in several threads at once, each reading, joining and writing whole mailboxes. What comes out does
 * not depend on how many there are: searches are numbered in the order of the mailboxes, and rows wait to be merged.
 *
 * It needs the built program: a thread cannot load TypeScript sources. Every input's encoding must be settled.
 *
 * @param jobs how many threads.
 * @throws what a thread throws; the signal's reason where the run is stopped.
 */
export async function workInThreads(
  { groups, routed }: Mailboxes,
  inputs: readonly OpenInput[],
  jobs: number,
  start: Omit<WorkStart, "evidence" | "records">,
  signal: AbortSignal | undefined,
  report: ((progress: Progress) => void) | undefined,
): Promise<ThreadsWork> {
  const shared = sharedGroups(groups);
  const evidence = inputs.map((input) => shareEvidence(input.evidence));
  // The threads read now; how many files a process may have open is little on some systems.
  closeIdleFiles();
  const records: WorkStart["records"] = new Map(
    inputs.flatMap((input, at) => {
      const log = routed.get(input);
      return log === undefined ? [] : [[at, log.records] as const];
    }),
  );
  const results: (MailboxResult | undefined)[] = groups.map(() => undefined);
  /** By mailbox, how many searches it has; what comes before a mailbox must be known to number its own. */
  const searches: (number | undefined)[] = groups.map(() => undefined);
  const runs = new Map<string, Run[]>();
  const warnings = new Set<string>();
  const workers: Worker[] = [];
  /** Threads that wait for the number of their mailbox's first search. */
  const waiting = new Map<number, Worker>();
  let next = 0;
  let numbered = 0;
  let firstSearch = 1;
  let done = 0;
  const tell = (worker: Worker, order: WorkOrder) => worker.postMessage(order);
  const give = (worker: Worker) => {
    const group = shared[next++];
    tell(worker, group === undefined ? { kind: "end" } : { kind: "mailbox", group });
  };
  const number = () => {
    for (; numbered < searches.length && searches[numbered] !== undefined; numbered++) {
      const worker = waiting.get(numbered);
      if (worker !== undefined) tell(worker, { kind: "search", first: firstSearch });
      waiting.delete(numbered);
      firstSearch += searches[numbered] ?? 0;
    }
  };
  try {
    await new Promise<void>((resolve, reject) => {
      let ended = 0;
      const count = Math.min(jobs, groups.length);
      signal?.addEventListener("abort", () => reject(signal.reason as Error), { once: true });
      signal?.throwIfAborted();
      for (let at = 0; at < count; at++) {
        const spool = join(start.spool, `thread-${at}`);
        mkdirSync(spool);
        const workerData: WorkStart = { ...start, spool, evidence, records };
        const worker = new Worker(new URL("./mailbox-thread.js", import.meta.url), {
          workerData,
          resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MEGABYTES },
        });
        workers.push(worker);
        let isDone = false;
        worker.on("error", (error) => reject(deathOf(error)));
        // What ends a thread without an error must not be waited for.
        worker.on("exit", () => {
          if (!isDone) reject(new Error("A thread ended before its work was done."));
        });
        worker.on("message", (words: WorkAnswer) => {
          switch (words.kind) {
            case "joined":
              searches[words.number] = words.searches;
              waiting.set(words.number, worker);
              number();
              return;
            case "done":
              results[words.result.number] = words.result;
              report?.({ what: "mailboxes", position: ++done, size: groups.length, unit: "mailboxes" });
              give(worker);
              return;
            case "ended":
              isDone = true;
              for (const [table, more] of words.runs) runs.set(table, [...(runs.get(table) ?? []), ...more]);
              for (const warning of words.warnings) warnings.add(warning);
              if (++ended === count) resolve();
              return;
            case "failed":
              reject(revived(words.failure));
          }
        });
        give(worker);
      }
    });
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
  for (const list of runs.values()) list.sort((a, b) => a.number - b.number);
  return { results: results as MailboxResult[], runs, warnings: [...warnings].toSorted() };
}
