import type { OpenOptions } from "../ingest/evidence/open-evidence.ts";
import type { JoinedCase } from "../joins/joined-case.ts";
import { joinCase } from "../joins/joined-case.ts";
import type { RowFilter } from "../joins/mailbox-case.ts";
import { NO_FILTER } from "../joins/mailbox-case.ts";
import type { MailboxHint } from "../joins/mailbox-name.ts";
import { groupByMailbox, mailboxHint } from "../joins/mailbox-name.ts";
import type { BuiltCase, InputCounts } from "./build-case.ts";
import { buildCase } from "./build-case.ts";
import type { OpenInput } from "./inputs.ts";
import { settleEncoding } from "./inputs.ts";
import type { Steps } from "./steps.ts";

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
  readonly group: readonly OpenInput[];
  /** What became of the rows, input by input. */
  readonly counts: readonly InputCounts[];
  readonly joined: JoinedCase;
}

export function openOptions({ maxExpansion }: { readonly maxExpansion?: number | undefined }): OpenOptions {
  return maxExpansion === undefined ? {} : { maxExpansion };
}

/** The inputs of each mailbox. One input is one mailbox; of several, each is read through first to see whose it is. */
export async function inputsByMailbox(
  inputs: readonly OpenInput[],
  user: string | undefined,
  steps: Steps,
): Promise<readonly (readonly OpenInput[])[]> {
  if (inputs.length === 1) return [inputs];
  const hints: MailboxHint[] = [];
  for (const { evidence, reader } of inputs) {
    const { size } = evidence;
    hints.push(await steps.run(mailboxHint(reader), { what: `looking whose ${evidence.label} is`, size }));
  }
  return groupByMailbox(withUser(hints, user)).map((group) => group.map((at) => inputs[at] as OpenInput));
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
  inputs: readonly OpenInput[],
  options: CaseOptions,
  spool: string,
  steps: Steps,
): Promise<BuiltCase> {
  for (;;) {
    const built = await buildCase(inputs, options.filter, options.user, steps);
    let reopened = false;
    for (const input of inputs) {
      if (await steps.wait(settleEncoding(input, spool, openOptions(options)))) reopened = true;
    }
    if (!reopened) return built;
  }
}

/**
 * Reads and joins one mailbox after the other. A mailbox can be read from until the next one is asked for.
 *
 * @param groups the inputs of each mailbox.
 */
export async function* joinedCases(
  groups: readonly (readonly OpenInput[])[],
  options: CaseOptions,
  spool: string,
  steps: Steps,
): AsyncGenerator<CaseOfMailbox, void, void> {
  let firstSearch = 1;
  for (const [number, group] of groups.entries()) {
    const { mailboxCase, counts } = await buildChecked(group, options, spool, steps);
    const joined = joinCase(mailboxCase, options.keepDuplicates, firstSearch);
    firstSearch += joined.searches.list.length;
    yield { number, group, counts, joined };
  }
}
