import type { Confidence } from "../model/event.ts";
import { CONFIDENCES } from "../model/event.ts";
import { reaches } from "../model/finding.ts";
import type { AddressView, Picture } from "./picture.ts";
import { rowOrderOf } from "./picture.ts";
import type { FoundByRule } from "./rule.ts";

/** The addresses that score high and have successful logons or records of what was done; failed logons are no entry. */
export function suspectsOf(picture: Picture): AddressView[] {
  return [...picture.addresses.values()].filter(
    ({ address, activity }) =>
      (activity.logons.length > 0 || activity.rows.length > 0) && reaches(picture.verdict.address(address), "high"),
  );
}

/**
 * Rows that can be told as an address's: those of low confidence may as well be somebody else's, and are only told
 * where there are no others.
 */
export function tellable({ activities }: Picture, rows: readonly number[]): readonly number[] {
  const sure = rows.filter((row) => activities.confidenceOf(row) !== "low");
  return sure.length > 0 ? sure : rows;
}

/** What is said of the rows that are not told, to go behind the others' words. */
export function untold(all: number, told: number): string {
  const more = all - told;
  return more === 0 ? "" : `; ${more} more of low confidence ${more === 1 ? "is" : "are"} not counted`;
}

/** Rows counted by how sure it is that the address did them: `12 (9 of high, 3 of low confidence)`. */
export function countedBySureness({ activities }: Picture, rows: readonly number[]): string {
  const counts = new Map<Confidence, number>();
  for (const row of rows) {
    const confidence = activities.confidenceOf(row);
    counts.set(confidence, (counts.get(confidence) ?? 0) + 1);
  }
  const words = (["certain", "high", "medium", "low"] as const)
    .filter((confidence) => counts.has(confidence))
    .map((confidence) => `${counts.get(confidence) ?? 0} of ${confidence}`);
  return `${rows.length} (${words.join(", ")} confidence)`;
}

/** How sure a deed is that stands on attributed rows: as sure as half of them are at least. */
function halfSure({ activities }: Picture, rows: readonly number[]): "high" | "medium" | "low" {
  const ranks = rows.map((row) => CONFIDENCES.indexOf(activities.confidenceOf(row))).sort((a, b) => b - a);
  const middle = CONFIDENCES[ranks[Math.ceil(ranks.length / 2) - 1] ?? 0];
  return middle === "certain" || middle === "high" ? "high" : middle === "medium" ? "medium" : "low";
}

/** What was done from an address. */
interface Deeds {
  readonly rows: readonly number[];
  /** Nothing but all rows together show it: those of low confidence are told with the others, and it is unsure. */
  readonly isTogether?: boolean;
  /** What some of the rows show, in words. */
  words(rows: readonly number[]): string;
  /** What to do first, before the rule's own steps. */
  nextSteps?(rows: readonly number[]): readonly string[];
}

/**
 * A finding for each suspicious address from which something was done.
 *
 * @param rule the rule's id.
 * @param points for it, and `unsure` where every row is attributed with low confidence or those that are show it.
 * @param deedOf the rows that show it and what they were, in words; undefined where there are none.
 */
export function deedsBySuspects(
  picture: Picture,
  rule: string,
  { points, unsure }: { readonly points: number; readonly unsure: number },
  deedOf: (view: AddressView) => Deeds | undefined,
): { readonly found: readonly FoundByRule[]; readonly missing?: string } {
  const found = suspectsOf(picture).flatMap((view): FoundByRule[] => {
    const deed = deedOf(view);
    if (deed === undefined || deed.rows.length === 0) return [];
    const isTogether = deed.isTogether === true;
    const rows = (isTogether ? deed.rows : tellable(picture, deed.rows)).toSorted(rowOrderOf(picture));
    const confidence = isTogether ? "low" : halfSure(picture, rows);
    const text = `${countedBySureness(picture, rows)} ${deed.words(rows)}${untold(deed.rows.length, rows.length)}`;
    const isUnsure = isTogether || rows.every((row) => picture.activities.confidenceOf(row) === "low");
    const reasons = [{ rule, text, points: isUnsure ? unsure : points, rows }];
    return [
      {
        entity: { type: "address", value: view.address },
        confidence,
        reasons,
        nextSteps: deed.nextSteps?.(rows) ?? [],
      },
    ];
  });
  const missing = nobodyAttributed(picture);
  return missing === undefined ? { found } : { found, missing };
}

/** Why rules about what addresses did have nothing to look at, if so. */
export function nobodyAttributed({ addresses, joined }: Picture): string | undefined {
  if (addresses.size > 0) return undefined;
  // Beside the one of every other row, there are clients of audit records only.
  const what = joined.mailboxCase.clients.length > 1 ? "logon and no audit record" : "logon";
  return `no ${what} names an address, so that nothing is attributed`;
}
