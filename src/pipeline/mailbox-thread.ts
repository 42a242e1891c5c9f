import { mkdirSync } from "node:fs";
import { parentPort, workerData } from "node:worker_threads";
import { openShared } from "../ingest/evidence/shared-evidence.ts";
import { joinCase, renumberSearches } from "../joins/joined-case.ts";
import { directWriter } from "../render/file-writer.ts";
import { cellWriter } from "../render/table-file.ts";
import { classicReports } from "../reports/classic/index.ts";
import { events } from "../reports/events.ts";
import { reports } from "../reports/index.ts";
import type { CaseInput } from "./build-case.ts";
import { buildCase } from "./build-case.ts";
import { openOptions } from "./cases.ts";
import type { OpenInput } from "./inputs.ts";
import { openSharedInput } from "./inputs.ts";
import { openKnowledge } from "./knowledge.ts";
import type { SharedGroup, WorkAnswer, WorkOrder, WorkStart } from "./mailbox-orders.ts";
import { workOnMailbox } from "./mailbox-work.ts";
import { newSteps } from "./steps.ts";
import { endWaiting, newTableSet } from "./tables.ts";
import { failureOf } from "./thread-failure.ts";

/** A thread that works on one mailbox after the other: reads, joins, assesses and writes rows that wait for merging. */

const start = workerData as WorkStart;
const port = parentPort;

function answer(words: WorkAnswer): void {
  port?.postMessage(words);
}

/** Orders in the order in which they came. */
function orders(): () => Promise<WorkOrder> {
  const waiting: WorkOrder[] = [];
  let wake: ((order: WorkOrder) => void) | undefined;
  port?.on("message", (order: WorkOrder) => {
    if (wake === undefined) waiting.push(order);
    else wake(order);
    wake = undefined;
  });
  return () => {
    const next = waiting.shift();
    return next === undefined ? new Promise((resolve) => (wake = resolve)) : Promise.resolve(next);
  };
}

async function work(): Promise<void> {
  const next = orders();
  const steps = newSteps(undefined, undefined);
  mkdirSync(start.spool, { recursive: true });
  const opened = new Map<number, OpenInput>();
  const known =
    start.knowledge === undefined
      ? undefined
      : await openKnowledge(start.knowledge, start.spool, openOptions(start.options));
  const set = newTableSet({
    reports: [...reports, ...classicReports, events].filter(({ table }) => start.tables.includes(table)),
    scoresMessages: start.scoresMessages,
    folder: start.spool,
    hidden: undefined,
    spool: start.spool,
    prefix: "",
    cell: cellWriter(start.excelSafe),
    writer: directWriter(),
    waits: "all",
  });

  function inputOf(number: number): OpenInput {
    let input = opened.get(number);
    if (input === undefined) {
      const shared = start.evidence[number];
      if (shared === undefined) throw new Error("The thread does not know this evidence.");
      input = openSharedInput(openShared(shared));
      opened.set(number, input);
    }
    return input;
  }

  function caseInput({ evidence, routed }: SharedGroup["inputs"][number]): CaseInput {
    const records = start.records.get(evidence);
    const input = inputOf(evidence);
    const read = { number: evidence, input };
    return routed === undefined || records === undefined ? read : { ...read, routed: { ...routed, records } };
  }

  for (;;) {
    const order = await next();
    if (order.kind === "end") break;
    if (order.kind !== "mailbox") throw new Error("A mailbox was expected.");
    const { number, inputs } = order.group;
    const { options } = start;
    const { mailboxCase, counts } = await buildCase(inputs.map(caseInput), options.filter, options.user, steps);
    const joined = joinCase(mailboxCase, options.keepDuplicates, 1, known?.knowledge.messages);
    answer({ kind: "joined", number, searches: joined.searches.list.length });
    const numbered = await next();
    if (numbered.kind !== "search") throw new Error("The number of a search was expected.");
    const whole = renumberSearches(joined, numbered.first);
    const assessing = start.scored ? known : undefined;
    answer({ kind: "done", result: await workOnMailbox(set, number, whole, counts, assessing, steps) });
  }
  const runs = endWaiting(set);
  for (const { evidence } of opened.values()) evidence.close();
  answer({ kind: "ended", runs, warnings: known?.warnings() ?? [] });
}

try {
  await work();
} catch (error) {
  answer({ kind: "failed", failure: failureOf(error) });
}
port?.close();
