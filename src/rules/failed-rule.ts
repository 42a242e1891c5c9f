import { InputError } from "../ingest/evidence/input-error.ts";
import type { RuleOutcome } from "../model/finding.ts";
import { isSystemError } from "../model/system-error.ts";

/**
 * What is told of a rule that failed: that is a defect of its own and no reason to lose what the others found.
 *
 * @throws the error itself where the evidence cannot be read any more: that is no rule's defect, and scores would stand
 *   on half of it.
 */
export function failedOutcome(id: string, error: unknown): RuleOutcome {
  if (error instanceof InputError || isSystemError(error)) throw error;
  return { id, outcome: "error", why: error instanceof Error ? error.message : String(error) };
}
