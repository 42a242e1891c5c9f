import type { GivenAction } from "../activities/other/mailbox-rules/named-values.ts";
import type { ActivityRecord } from "../model/record.ts";

/** Something that speaks against a change. */
export interface Sign {
  /** Signs of one kind count once for what they are about, by the most points. */
  readonly kind: string;
  readonly text: string;
  readonly points: number;
}

/** What speaks against one change. */
export interface SignedChange {
  readonly row: number;
  readonly record: ActivityRecord;
  /** The rule's name, or the destination: what a finding is about. */
  readonly entity: string;
  /** The other mailbox that was changed, as `otherMailboxes` gives it; empty for this one, and for the organisation. */
  readonly mailbox: string;
  readonly signs: readonly Sign[];
  /** Of rules alone: the actions that the record gives, those it empties too. What it does not give stays as it was. */
  readonly given?: readonly GivenAction[];
  /** Of rules alone: why it does nothing from now on, by what can keep it from working. */
  readonly idle?: Idle;
  /** The record does not tell which rule it is about. */
  readonly isUnnamed?: boolean;
  /** The record makes a new one. */
  readonly isMade?: boolean;
  /** How the record ends it, in words. */
  readonly ended?: string;
}

/**
 * Why a rule does nothing, by what can keep it from working: in words, empty where that does not keep it. What the
 * record does not speak of is left out, and stays as it was.
 */
export type Idle = Readonly<Partial<Record<"switch" | "mode", string>>>;

/** Why a rule does nothing, in words; empty where it works, or may. */
export function idleWords({ switch: off, mode }: Idle): string {
  return [off, mode].filter((word) => word !== undefined && word !== "").join(", ");
}
