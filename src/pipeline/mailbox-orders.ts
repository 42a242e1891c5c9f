import type { SharedEvidence } from "../ingest/evidence/shared-evidence.ts";
import type { Run } from "../render/merge-lines.ts";
import type { CaseOptions } from "./cases.ts";
import type { ScoringOptions } from "./knowledge.ts";
import type { MailboxResult } from "./mailbox-work.ts";
import type { RoutedMailbox, RoutedRecords } from "./routes.ts";
import type { Failure } from "./thread-failure.ts";

/** What a thread that works on mailboxes is started with. */
export interface WorkStart {
  readonly options: CaseOptions;
  readonly evidence: readonly SharedEvidence[];
  /** By the index of an audit log's evidence. */
  readonly records: ReadonlyMap<number, RoutedRecords>;
  /** Names of the tables to write, Magic Unicorn's among them. */
  readonly tables: readonly string[];
  readonly scoresMessages: boolean;
  readonly excelSafe: boolean;
  /** What rules are to know; undefined where nothing is asked of rules or messages. */
  readonly knowledge: ScoringOptions | undefined;
  readonly scored: boolean;
  /** A folder of the thread's own, for waiting rows and what must be unpacked. */
  readonly spool: string;
}

/** The inputs of one mailbox: indexes in `WorkStart.evidence`. */
export interface SharedGroup {
  readonly number: number;
  readonly inputs: readonly { readonly evidence: number; readonly routed?: RoutedMailbox }[];
}

/** What a thread is told. */
export type WorkOrder =
  | { readonly kind: "mailbox"; readonly group: SharedGroup }
  /** The number of the first search of the mailbox that was announced last. */
  | { readonly kind: "search"; readonly first: number }
  | { readonly kind: "end" };

/** What a thread says. */
export type WorkAnswer =
  | { readonly kind: "joined"; readonly number: number; readonly searches: number }
  | { readonly kind: "done"; readonly result: MailboxResult }
  /** Where the rows of each table wait, and what an examiner has to know of the thread's look-ups. */
  | {
      readonly kind: "ended";
      readonly runs: readonly (readonly [table: string, runs: readonly Run[]])[];
      readonly warnings: readonly string[];
    }
  | { readonly kind: "failed"; readonly failure: Failure };
