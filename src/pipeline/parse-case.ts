import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ExposedMessage } from "../joins/exposure.ts";
import { exposedMessages, newExposureLedger, noteAccess } from "../joins/exposure.ts";
import { NO_FILTER } from "../joins/mailbox-case.ts";
import type { Search } from "../joins/searches.ts";
import { walk } from "../joins/walk.ts";
import type { FamilyName, MailboxEvent, MessageFacts } from "../model/event.ts";
import { ALL_FAMILIES } from "../reports/report.ts";
import type { CaseOptions } from "./cases.ts";
import { inputsByMailbox, joinedCases, openOptions } from "./cases.ts";
import { closeInputs, openInputs } from "./inputs.ts";
import { newSteps } from "./steps.ts";

/** A mailbox as a script reads it. It can be read from until the next one is asked for. */
export interface ParsedMailbox {
  /** As the tables name it; empty where nothing does. */
  readonly mailbox: string;
  /** Keystrokes and results joined to searches. */
  readonly searches: readonly Search[];
  /** Every row in order, by time and then by source; of the families asked for, or all. */
  events(families?: readonly FamilyName[]): Iterable<MailboxEvent>;
  /** The messages whose content somebody came to, in order of their first access. */
  exposure(): Iterable<ExposedMessage & { readonly message: MessageFacts }>;
}

/**
 * Reads evidence and joins it, for scripts that write their own reports. Nothing is written but unpacked evidence, to
 * the system's temporary files, and that is removed at the end.
 *
 * @param inputs files and folders; `-` is standard input.
 * @throws InputError, one sentence, for an input that cannot be used.
 */
export async function* parseCase(
  inputs: readonly string[],
  options: Partial<CaseOptions> = {},
): AsyncGenerator<ParsedMailbox, void, void> {
  const whole: CaseOptions = {
    user: undefined,
    filter: NO_FILTER,
    keepDuplicates: false,
    maxExpansion: undefined,
    ...options,
  };
  const spool = mkdtempSync(join(tmpdir(), "alicorn-"));
  try {
    const opened = await openInputs(inputs, spool, openOptions(whole));
    const steps = newSteps(undefined, undefined);
    try {
      const groups = await inputsByMailbox(opened.inputs, whole.user, steps);
      for await (const { joined } of joinedCases(groups, whole, spool, steps)) {
        yield {
          mailbox: joined.mailboxCase.mailbox,
          searches: joined.searches.list,
          events: (families) => walk(joined, families === undefined ? ALL_FAMILIES : new Set(families)),
          *exposure() {
            const ledger = newExposureLedger(joined);
            for (const event of walk(joined, ALL_FAMILIES)) noteAccess(ledger, event);
            for (const exposed of exposedMessages(ledger)) yield { ...exposed, message: joined.factsOf(exposed.item) };
          },
        };
      }
    } finally {
      closeInputs(opened.inputs, opened.skipped);
    }
  } finally {
    rmSync(spool, { recursive: true, force: true });
  }
}
