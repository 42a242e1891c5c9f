import type { ChildProcess } from "node:child_process";
import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Said } from "./job.ts";

/** A whole run. */
export interface Run {
  readonly seed: number;
  readonly first: number;
  readonly inputs: number;
  readonly jobs: number;
  /** Seconds that an input may take. */
  readonly limit: number;
  /** A folder for the evidence of the jobs. */
  readonly folder: string;
}

type Ended = Extract<Said, { readonly ended: number }>;

const JOB = fileURLToPath(new URL("job.ts", import.meta.url));
const WATCH_MILLISECONDS = 500;
/** What a process may take to start, which is no input's fault. */
const START_SECONDS = 120;

/** What stands for an input that took its process with it. */
function lost(index: number, error: string): Ended {
  return { ended: index, refused: false, bundle: false, rows: 0, rejected: 0, failure: { words: "", error } };
}

/**
 * Tries the inputs of one job in a process of its own. An input that ends the process, or takes longer than it may, has
 * failed; a new process goes on behind it.
 *
 * @param ended told of every input; false ends the job.
 */
function runJob(run: Run, job: number, ended: (said: Ended) => boolean): Promise<void> {
  const { seed, jobs, limit, folder } = run;
  const end = run.first + run.inputs;
  return new Promise((resolve) => {
    const start = (first: number) => {
      if (first >= end) {
        resolve();
        return;
      }
      // tsx passes itself on by the options of this process.
      const child: ChildProcess = fork(JOB, { execArgv: process.execArgv });
      let at = first;
      let isBusy = true;
      let since = performance.now();
      let allowed = START_SECONDS;
      let isWanted = true;
      let why = "";
      const watch = setInterval(() => {
        if (performance.now() - since < allowed * 1000) return;
        why = `It took longer than ${allowed} seconds.`;
        child.kill("SIGKILL");
      }, WATCH_MILLISECONDS);
      child.on("message", (message) => {
        const said = message as Said;
        since = performance.now();
        allowed = limit;
        if ("begins" in said) {
          at = said.begins;
          isBusy = true;
          return;
        }
        at = said.ended + jobs;
        isBusy = false;
        isWanted &&= ended(said);
        if (!isWanted) child.kill("SIGKILL");
      });
      child.on("exit", (code, signal) => {
        clearInterval(watch);
        if (!isWanted || (code === 0 && !isBusy)) {
          resolve();
          return;
        }
        const more = ended(lost(at, why === "" ? `The process ended with ${signal ?? `code ${code}`}.` : why));
        if (more) start(at + jobs);
        else resolve();
      });
      child.send({ seed, first, step: jobs, end, folder });
    };
    start(run.first + job);
  });
}

/**
 * Tries all inputs, every job its share of them.
 *
 * @param ended told of every input that was tried; false ends the run.
 */
export async function startJobs(run: Run, ended: (said: Ended) => boolean): Promise<void> {
  let isWanted = true;
  const told = (said: Ended) => (isWanted &&= ended(said));
  await Promise.all(Array.from({ length: run.jobs }, (_, job) => runJob(run, job, told)));
}
