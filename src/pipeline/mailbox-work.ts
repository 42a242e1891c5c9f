import type { PackedPresences } from "../joins/address-presence.ts";
import { addressPresences, packPresences } from "../joins/address-presence.ts";
import type { JoinedCase } from "../joins/joined-case.ts";
import { NOT_ASSESSED } from "../model/assessment.ts";
import { leftOutOfClassic } from "../reports/classic/index.ts";
import { assessCase } from "../rules/assess.ts";
import type { InputCounts } from "./build-case.ts";
import type { MailboxFindings } from "./findings-file.ts";
import { mailboxFindings } from "./findings-file.ts";
import type { OpenKnowledge } from "./knowledge.ts";
import type { MailboxAccount } from "./manifest.ts";
import { mailboxAccounts } from "./manifest.ts";
import type { Steps } from "./steps.ts";
import type { MailboxNotes } from "./summary.ts";
import { mailboxNotes } from "./summary.ts";
import type { TableSet } from "./tables.ts";
import { writeMailbox } from "./tables.ts";

/** What became of one mailbox, its tables aside: nothing but data, so that it can come from another thread. */
export interface MailboxResult {
  /** 0-based, in the order in which mailboxes are read. */
  readonly number: number;
  /** One an input of the mailbox. */
  readonly accounts: readonly MailboxAccount[];
  /** Of each of these inputs the rows that the classic files leave out, by table; empty where none are written. */
  readonly leftOut: readonly Readonly<Record<string, number>>[];
  readonly notes: MailboxNotes;
  /** What its addresses did; empty where nothing was scored. */
  readonly addresses: PackedPresences;
  /** Of the messages that were given beside the log: those that are its own, and why others are not. */
  readonly given: Pick<JoinedCase, "givenNamed" | "givenWarnings">;
  /** Undefined where nothing was scored. */
  readonly findings: MailboxFindings | undefined;
}

/**
 * Assesses a joined mailbox and writes its rows to every table.
 *
 * @param known what rules know; undefined where nothing is scored.
 */
export async function workOnMailbox(
  set: TableSet,
  number: number,
  joined: JoinedCase,
  counts: readonly InputCounts[],
  known: OpenKnowledge | undefined,
  steps: Steps,
): Promise<MailboxResult> {
  const assessment =
    known === undefined ? NOT_ASSESSED : assessCase(joined, known.knowledge, known.ruleSet, set.scoresMessages);
  await writeMailbox(set, joined, assessment, number, steps);
  return {
    number,
    accounts: mailboxAccounts(counts, joined),
    leftOut: set.reports.some(({ bare }) => bare === true) ? leftOutOfClassic(joined) : [],
    notes: mailboxNotes(joined),
    addresses: packPresences(addressPresences(joined, assessment.addresses)),
    given: { givenNamed: joined.givenNamed, givenWarnings: joined.givenWarnings },
    findings: set.scoresMessages ? mailboxFindings(joined, assessment) : undefined,
  };
}
