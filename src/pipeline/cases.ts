import { Worker } from "node:worker_threads";
import type { OpenOptions } from "../ingest/evidence/open-evidence.ts";
import { shareEvidence } from "../ingest/evidence/shared-evidence.ts";
import type { MessagesById } from "../joins/given-messages.ts";
import type { JoinedCase } from "../joins/joined-case.ts";
import { joinCase } from "../joins/joined-case.ts";
import type { RowFilter } from "../joins/mailbox-case.ts";
import { NO_FILTER } from "../joins/mailbox-case.ts";
import type { MailboxHint, PlacedHints } from "../joins/mailbox-name.ts";
import { groupByMailbox, isLost, mailboxHint, marksOf, placeLost } from "../joins/mailbox-name.ts";
import type { TenantLog } from "../joins/tenant-log.ts";
import { nameOwners, newTenantLog } from "../joins/tenant-log.ts";
import type { BuiltCase, CaseInput, InputCounts } from "./build-case.ts";
import { buildCase } from "./build-case.ts";
import type { OpenInput } from "./inputs.ts";
import { settleEncoding } from "./inputs.ts";
import { newRecordIds } from "./record-ids.ts";
import type { MailboxOwners, RoutedLog } from "./routes.ts";
import { noteOwner, ownerOf, routeLog } from "./routes.ts";
import type { RoutingAnswer, RoutingStart } from "./routing-orders.ts";
import type { Steps } from "./steps.ts";
import { deathOf, revived } from "./thread-failure.ts";
import { UsageError, wrongFigure } from "./usage-error.ts";

/** How evidence is read and joined. */
export interface CaseOptions {
  /** The mailbox of evidence that does not name it; evidence that does keeps its own. */
  readonly user: string | undefined;
  readonly filter: RowFilter;
  /** Keep rows that say exactly what an earlier one says. */
  readonly keepDuplicates: boolean;
  /** How many times its own size an input may unpack to; undefined for the default. */
  readonly maxExpansion: number | undefined;
}

/** How evidence is read where nothing else is asked for. */
export const CASE_DEFAULTS: CaseOptions = {
  user: undefined,
  filter: NO_FILTER,
  keepDuplicates: false,
  maxExpansion: undefined,
};

/** One mailbox, read and joined. */
export interface CaseOfMailbox {
  /** 0-based, in the order in which mailboxes are read. */
  readonly number: number;
  readonly group: readonly CaseInput[];
  /** What became of the rows, input by input. */
  readonly counts: readonly InputCounts[];
  readonly joined: JoinedCase;
}

/** How inputs are opened. @throws UsageError where nothing could be unpacked to so little. */
export function openOptions({
  maxExpansion,
  signal,
}: {
  readonly maxExpansion?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}): OpenOptions {
  const mistake = wrongFigure({ maxExpansion });
  if (mistake !== undefined) throw new UsageError(mistake);
  return maxExpansion === undefined ? { signal } : { maxExpansion, signal };
}

/** The evidence of a run by mailbox. */
export interface Mailboxes {
  /** The inputs of each mailbox. */
  readonly groups: readonly (readonly CaseInput[])[];
  /** Every audit log, read through once. */
  readonly routed: ReadonlyMap<OpenInput, RoutedLog>;
  /** What the audit logs say together. */
  readonly tenant: TenantLog;
  /** Whose rows an examiner has to look at again: inputs that were placed by a guess, or not as `--user` says. */
  readonly warnings: readonly string[];
}

/**
 * The inputs of each mailbox. An export of the Activities API is one mailbox's; where there is other evidence beside it,
 * it is read through first to see whose it is. An audit log is read through to see whose mailbox each record is about.
 *
 * @param threads how many threads may read an audit log; 0 for none but this one, as only the built program has others.
 */
export async function inputsByMailbox(
  inputs: readonly OpenInput[],
  options: CaseOptions,
  spool: string,
  steps: Steps,
  threads = 0,
): Promise<Mailboxes> {
  const { routed, tenant } = await routeLogs(inputs, options, spool, threads, steps);
  const owners = ownersOf(routed.values());
  nameOwners(tenant, (mailbox) => ownerOf(owners, mailbox));
  const [only] = inputs;
  if (inputs.length === 1 && only !== undefined && routed.size === 0) {
    return { groups: [[{ number: 0, input: only }]], routed, tenant, warnings: [] };
  }
  const hints: MailboxHint[] = [];
  const members: CaseInput[] = [];
  for (const [number, input] of inputs.entries()) {
    const log = routed.get(input);
    if (log !== undefined) {
      for (const mailbox of log.mailboxes) {
        const name = ownerOf(owners, mailbox.name);
        hints.push({ name: name.toLowerCase(), store: "", tried: "" });
        members.push({ number, input, routed: { ...mailbox, name, records: log.records } });
      }
      continue;
    }
    const { evidence, reader } = input;
    const { size } = evidence;
    hints.push(await steps.run(mailboxHint(reader), { what: `looking whose ${evidence.label} is`, size }));
    members.push({ number, input });
  }
  const { user } = options;
  const placed = await withLost(hints, members, user === undefined, steps);
  const groups = groupByMailbox(withUser(placed.hints, user));
  const labelOf = (at: number) => (members[at] as CaseInput).input.evidence.label;
  const warnings = [
    ...[...placed.byTried].map(([at, tried]) => triedWarning(labelOf(at), tried)),
    ...(user === undefined ? [] : notUsersWarnings(hints, groups, user, labelOf)),
  ];
  return { groups: groups.map((group) => group.map((at) => members[at] as CaseInput)), routed, tenant, warnings };
}

function triedWarning(label: string, tried: string): string {
  return `${label}: it names no mailbox, and nothing but failed logons of ${tried} tells whose it is, which anybody may have tried: it is read as theirs. Name its mailbox with --user where it is another's.`;
}

/** Of inputs that name no mailbox but go to another one than the user's, by what they share with it. */
function notUsersWarnings(
  hints: readonly MailboxHint[],
  groups: readonly (readonly number[])[],
  user: string,
  labelOf: (at: number) => string,
): string[] {
  return groups.flatMap((group) => {
    const names = group.flatMap((at) => hints[at]?.name || []);
    const [name] = names;
    if (name === undefined || names.includes(user.toLowerCase())) return [];
    return group.flatMap((at) => {
      const hint = hints[at] as MailboxHint;
      if (hint.name !== "") return [];
      const shared = hint.store === "" ? "sessions or records" : "the beginning of item ids";
      return [
        `${labelOf(at)}: it names no mailbox, but shares ${shared} with inputs of ${name} and is read as theirs: --user ${user} is not used for it.`,
      ];
    });
  });
}

/** The hints with what the sessions say of inputs that tell nothing else; those are read twice more, and all others once. */
async function withLost(
  hints: readonly MailboxHint[],
  members: readonly CaseInput[],
  guesses: boolean,
  steps: Steps,
): Promise<PlacedHints> {
  const exports = [...members.keys()].filter((at) => members[at]?.routed === undefined);
  const lost = exports.filter((at) => isLost(hints[at] as MailboxHint));
  if (lost.length === 0 || exports.length === 1) return { hints, byTried: new Map() };
  const marks = new Map<number, ReadonlySet<number>>();
  const look = async (at: number, wanted?: ReadonlySet<number>) => {
    const { evidence, reader } = (members[at] as CaseInput).input;
    const what = `looking for sessions in ${evidence.label}`;
    marks.set(at, await steps.run(marksOf(reader, wanted), { what, size: evidence.size }));
  };
  for (const at of lost) await look(at);
  const wanted = new Set([...marks.values()].flatMap((own) => [...own]));
  for (const at of exports) if (!marks.has(at)) await look(at, wanted);
  return placeLost(hints, marks, guesses);
}

/** Whose mailboxes the GUIDs are that any of the logs names. */
function ownersOf(logs: Iterable<RoutedLog>): MailboxOwners {
  const owners = new Map<string, string>();
  for (const log of logs) for (const [guid, owner] of log.owners) noteOwner(owners, guid, owner);
  return owners;
}

type Routed = Pick<Mailboxes, "routed" | "tenant">;

/**
 * Reads every audit log through. One that turns out not to be UTF-8 far behind its beginning is rewritten, and all are
 * read anew.
 */
async function routeLogs(
  inputs: readonly OpenInput[],
  options: CaseOptions,
  spool: string,
  threads: number,
  steps: Steps,
): Promise<Routed> {
  for (;;) {
    const isNeeded = inputs.some(({ reader }) => reader.isAudit === true);
    const done =
      threads > 0 && isNeeded
        ? await routeInThread(inputs, options, steps, threads > 1)
        : await routeHere(inputs, options, steps);
    let reopened = false;
    for (const input of done.routed.keys()) {
      if (await steps.wait(settleEncoding(input, spool, openOptions(options)))) reopened = true;
    }
    if (!reopened) return done;
  }
}

async function routeHere(inputs: readonly OpenInput[], { keepDuplicates }: CaseOptions, steps: Steps): Promise<Routed> {
  const tenant = newTenantLog();
  const ids = keepDuplicates ? undefined : newRecordIds();
  const routed = new Map<OpenInput, RoutedLog>();
  for (const input of inputs) {
    const { evidence, reader } = input;
    const { label, size } = evidence;
    const number = tenant.inputs.push(label) - 1;
    if (reader.isAudit !== true) continue;
    routed.set(input, await steps.run(routeLog(reader, ids, tenant, number), { what: `reading ${label}`, size }));
  }
  return { routed, tenant };
}

/**
 * The same by a thread of its own, with which most of what routing remembers is gone.
 *
 * @param halves whether another thread may help it.
 */
async function routeInThread(
  inputs: readonly OpenInput[],
  { keepDuplicates }: CaseOptions,
  steps: Steps,
  halves: boolean,
): Promise<Routed> {
  const audits = [...inputs.entries()].filter(([, { reader }]) => reader.isAudit === true);
  const workerData: RoutingStart = {
    labels: inputs.map(({ evidence }) => evidence.label),
    logs: audits.map(([number, { evidence }]) => [number, shareEvidence(evidence)]),
    keepDuplicates,
    halves,
  };
  const worker = new Worker(new URL("./routing-thread.js", import.meta.url), { workerData });
  try {
    return await steps.wait(
      new Promise<Routed>((resolve, reject) => {
        worker.on("error", (error) => reject(deathOf(error)));
        // What ends the thread without an error must not be waited for.
        worker.on("exit", () => reject(new Error("A thread ended before its work was done.")));
        worker.on("message", (words: RoutingAnswer) => {
          if (words.kind === "failed") reject(revived(words.failure));
          else if (words.kind === "reading") {
            const { label, position, size } = words;
            steps.tell({ what: `reading ${label}`, position, size, unit: "bytes" });
          } else {
            const { logs, tenant } = words;
            const routed = new Map(audits.map(([, input], at) => [input, logs[at] as RoutedLog]));
            resolve({ routed, tenant });
          }
        });
      }),
    );
  } finally {
    await worker.terminate();
  }
}

/**
 * The hints with the user's name where the evidence has none: an input that names nobody but has the items of one that
 * does is that one's. Where neither says whose they are, each input stands alone.
 */
function withUser(hints: readonly MailboxHint[], user: string | undefined): readonly MailboxHint[] {
  if (user === undefined) return hints;
  const nameless = new Set(
    groupByMailbox(hints)
      .filter((group) => group.every((at) => hints[at]?.name === ""))
      .flat(),
  );
  const name = user.toLowerCase();
  return hints.map((hint, at) => (nameless.has(at) ? { ...hint, name } : hint));
}

/**
 * Builds a mailbox's case. The hash and the check of the encoding run meanwhile; an input that turns out not to be
 * UTF-8 far behind its beginning is rewritten, and the case is built anew.
 */
async function buildChecked(
  inputs: readonly CaseInput[],
  options: CaseOptions,
  spool: string,
  steps: Steps,
): Promise<BuiltCase> {
  for (;;) {
    const built = await buildCase(inputs, options.filter, options.user, steps);
    let reopened = false;
    for (const { input, routed } of inputs) {
      if (routed === undefined && (await steps.wait(settleEncoding(input, spool, openOptions(options)))))
        reopened = true;
    }
    if (!reopened) return built;
  }
}

/**
 * Reads and joins one mailbox after the other. A mailbox can be read from until the next one is asked for.
 *
 * @param groups the inputs of each mailbox.
 * @param messages messages that the user gave.
 */
export async function* joinedCases(
  groups: Mailboxes["groups"],
  options: CaseOptions,
  spool: string,
  steps: Steps,
  messages?: MessagesById,
): AsyncGenerator<CaseOfMailbox, void, void> {
  let firstSearch = 1;
  for (const [number, group] of groups.entries()) {
    const { mailboxCase, counts } = await buildChecked(group, options, spool, steps);
    const joined = joinCase(mailboxCase, options.keepDuplicates, firstSearch, messages);
    firstSearch += joined.searches.list.length;
    yield { number, group, counts, joined };
  }
}
