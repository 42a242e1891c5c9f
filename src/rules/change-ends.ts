import { ownAddress } from "../joins/mailbox-case.ts";
import type { Reason } from "../model/finding.ts";
import type { SignedChange } from "./signed-change.ts";
import { idleWords } from "./signed-change.ts";
import type { Picture } from "./picture.ts";

/** So many ends of one rule or forwarding are told. */
const MOST_ENDS = 5;

/** An address with its score: `192.0.2.1, which scores 12 (low)`. */
export function scoredAddress({ verdict }: Picture, address: string): string {
  const { points, severity } = verdict.address(address);
  return `${address}, which scores ${points} (${severity})`;
}

/** What ended something that changes are about, and since when it was in force. */
interface End {
  readonly change: SignedChange;
  readonly how: string;
  /** The change by which it came into force; undefined where none is known. */
  readonly since: SignedChange | undefined;
  /** The records tell which one it was. */
  readonly isSure: boolean;
}

/**
 * The ends of what the records of one name are about, from the first that speaks against it on.
 *
 * @param group the records, in order of time.
 */
function endsOf(group: readonly SignedChange[]): readonly End[] {
  const ends: End[] = [];
  const state: Record<string, string> = {};
  let since: SignedChange | undefined;
  let begun = false;
  let made = 0;
  // Of two that were made under one name a record does not tell which it is about.
  let isDoubled = false;
  for (const change of group) {
    Object.assign(state, change.idle ?? {});
    if (change.isMade === true) isDoubled ||= ++made > 1;
    begun ||= change.signs.length > 0;
    if (!begun) continue;
    const how = change.ended ?? idleWords(state);
    if (how === "") since ??= change;
    else {
      const isSure = !isDoubled && change.isUnnamed !== true;
      if (since !== undefined || change.ended !== undefined) ends.push({ change, how, since, isSure });
      if (isSure) since = undefined;
      if (change.ended !== undefined) made = 0;
    }
  }
  return ends;
}

/** What has become of something since: reasons without points, and what to do first. */
interface Became {
  readonly reasons: readonly Reason[];
  /** The records that ended it for certain. */
  readonly rows: readonly number[];
  readonly nextSteps: readonly string[];
}

/**
 * How something was ended later, from where, and how long it was in force.
 *
 * @param group the records of one name, in order of time.
 * @param others in order of time: records of the same name that may be about another one.
 */
export function becameOf(
  picture: Picture,
  rule: string,
  group: readonly SignedChange[],
  others: readonly SignedChange[],
): Became {
  const timeOf = ({ record }: SignedChange) => record.timeStamp;
  const ended = endsOf(group);
  const later = others.flatMap((change): End[] => {
    const how = change.ended ?? idleWords(change.idle ?? {});
    return how === "" ? [] : [{ change, how, since: undefined, isSure: false }];
  });
  const all = [...ended, ...later];
  const reasons = all.slice(0, MOST_ENDS).map(({ change, how, since, isSure }): Reason => {
    const address = ownAddress(picture.joined.mailboxCase, change.row);
    const from = address === "" ? "" : ` from ${scoredAddress(picture, address)}`;
    const when = `${how} at ${timeOf(change)}${from}`;
    // Of a rule that was there before, only what the record sets is in force from then on.
    const what = since?.isMade === true ? "it" : "what was set";
    const during =
      since === undefined ? "" : `, so that ${what} was in force from ${timeOf(since)} to ${timeOf(change)}`;
    const text = isSure
      ? `${when}${during}`
      : `one of that name was ${when}; whether it is this one, the records do not say`;
    return { rule, text, points: 0, rows: since === undefined || !isSure ? [change.row] : [since.row, change.row] };
  });
  const last = ended.at(-1);
  const isOver = last !== undefined && last.isSure && last.since !== undefined && group.at(-1) === last.change;
  const nextSteps = isOver
    ? [
        `It was ${last.how} at ${timeOf(last.change)}, and what is set now may not show it: look for what it did from ${timeOf(last.since)} until then.`,
      ]
    : [];
  const rows = ended.filter(({ isSure }) => isSure).map(({ change }) => change.row);
  return { reasons, rows, nextSteps };
}
