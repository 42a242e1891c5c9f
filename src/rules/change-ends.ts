import { cut } from "../activities/other/words.ts";
import { ownAddress } from "../joins/mailbox-case.ts";
import type { Reason } from "../model/finding.ts";
import type { SignedChange } from "./signed-change.ts";
import { idleWords } from "./signed-change.ts";
import type { Picture } from "./picture.ts";
import { rowOrderOf } from "./picture.ts";

/** So many ends of one rule or forwarding are told. */
const MOST_ENDS = 5;
/** So many times are told at which something came to a rule later. */
const MOST_LATER = 3;

/** An address with its score: `192.0.2.1, which scores 12 (low)`. */
export function scoredAddress({ verdict }: Picture, address: string): string {
  const { points, severity } = verdict.address(address);
  return `${address}, which scores ${points} (${severity})`;
}

/** Whether the time of a row can be read: what is not in order of time tells nothing of before and after. */
export function isTimed({ joined }: Picture, row: number): boolean {
  return !Number.isNaN(joined.mailboxCase.rows.ticks[row]);
}

/** What ended something that changes are about, and since when it was in force. */
interface End {
  readonly change: SignedChange;
  readonly how: string;
  /** What was in force until then, in words. */
  readonly what: string;
  /** Places in the group of the record by which it came into force, -1 where none is known, and of the end. */
  readonly since: number;
  readonly at: number;
  /** The records tell which one it was. */
  readonly isSure: boolean;
}

/** One thing that a rule does, or all that is known of it; `since` is -1 while it is not in force. */
interface Part {
  readonly name: string;
  readonly value: string;
  since: number;
}

/** The records of one name so far, and what they leave set. */
interface Course {
  readonly group: readonly SignedChange[];
  readonly ends: End[];
  parts: Part[];
  /** The place of the last record that took something away. */
  takenAt: number;
}

function namesOf(parts: readonly Part[]): string {
  const names = [...new Set(parts.map(({ name }) => name))];
  return names
    .map((name) => {
      const values = parts.filter((part) => part.name === name).map(({ value }) => value);
      return `${name} ${cut(values.join(", "))}`;
    })
    .join(", ");
}

/** Takes away what a record empties or sets otherwise, and tells since when it was in force. */
function takeAway(course: Course, at: number, isSure: boolean): void {
  const change = course.group[at] as SignedChange;
  for (const { name, values } of change.isMade === true ? [] : (change.given ?? [])) {
    const now = new Set(values.map((value) => value.toLowerCase()));
    const before = course.parts.filter((part) => part.name === name);
    const gone = before.filter(({ value }) => !now.has(value.toLowerCase()));
    const given = values.length === 0 ? `an empty ${name}` : `${name} ${cut(values.join(", "))}`;
    const how = `given ${given} in place of ${cut(before.map(({ value }) => value).join(", "))}`;
    for (const since of new Set(gone.map((part) => part.since))) {
      const what = namesOf(gone.filter((part) => part.since === since));
      if (since >= 0) course.ends.push({ change, how, what, since, at, isSure });
    }
    if (gone.length === 0) continue;
    const left = new Set(gone);
    course.parts = course.parts.filter((part) => !left.has(part));
    course.takenAt = at;
  }
}

/** Ends all that is in force. */
function endAll(course: Course, at: number, how: string, isSure: boolean): void {
  const { group, ends, parts, takenAt } = course;
  const change = group[at] as SignedChange;
  const inForce = parts.filter((part) => part.since >= 0);
  const since = inForce.reduce((least, part) => Math.min(least, part.since), inForce[0]?.since ?? -1);
  // Of a rule that was there before, only what the record sets is in force from then on.
  const whole = group[since]?.isMade === true ? "it" : "what was set";
  const what = takenAt > since ? "what was left" : whole;
  const later = inForce.filter((part) => part.since > since);
  const times = [...new Set(later.map((part) => part.since))].map((from, number) => {
    if (number >= MOST_LATER) return number === MOST_LATER ? " (and more, later)" : "";
    const names = namesOf(later.filter((part) => part.since === from));
    return ` (${names} from ${group[from]?.record.timeStamp})`;
  });
  if (since >= 0 || change.ended !== undefined)
    ends.push({ change, how, what: `${what}${times.join("")}`, since, at, isSure });
  if (isSure) for (const part of parts) part.since = -1;
}

/**
 * The ends of what the records of one name are about, from the first that speaks against it on.
 *
 * @param group the records, in order of time, those without a readable time last.
 * @param hasTime whether a record's time can be read.
 */
function endsOf(
  group: readonly SignedChange[],
  hasTime: (change: SignedChange) => boolean,
): { readonly ends: readonly End[]; readonly isInForce: boolean } {
  const course: Course = { group, ends: [], parts: [], takenAt: -1 };
  const state: Record<string, string> = {};
  const isOrdered = group.every((change) => change.signs.length === 0 || hasTime(change));
  // What began at a time that cannot be read may have begun before anything.
  let begun = !isOrdered;
  let isKnown = false;
  let made = 0;
  // Of two that were made under one name a record does not tell which it is about.
  let isDoubled = false;
  for (const [at, change] of group.entries()) {
    const { given = [] } = change;
    Object.assign(state, change.idle ?? {});
    if (change.isMade === true) isDoubled ||= ++made > 1;
    begun ||= change.signs.length > 0;
    if (!begun) continue;
    const isSure = !isDoubled && change.isUnnamed !== true && isOrdered && hasTime(change);
    takeAway(course, at, isSure);
    if (change.signs.length > 0 && !isDoubled) {
      for (const { name, values } of given) {
        const known = new Set(
          course.parts.filter((part) => part.name === name).map(({ value }) => value.toLowerCase()),
        );
        const fresh = values.filter((value) => !known.has(value.toLowerCase()));
        for (const value of fresh) course.parts.push({ name, value, since: -1 });
      }
      isKnown ||= course.parts.length > 0;
      // A record that only empties something puts nothing in force.
      const isBare = change.isMade === true || given.length === 0;
      if (!isKnown && isBare) course.parts.push({ name: "", value: "", since: -1 });
    }
    const how = change.ended ?? idleWords(state);
    if (how === "") {
      for (const part of course.parts) if (part.since < 0) part.since = at;
    } else endAll(course, at, how, isSure);
    if (change.ended === undefined) continue;
    made = 0;
    isKnown = false;
    if (isSure) course.parts = [];
  }
  return { ends: course.ends, isInForce: course.parts.some(({ since }) => since >= 0) };
}

/** What has become of something since: reasons without points, and what to do first. */
interface Became {
  readonly reasons: readonly Reason[];
  /** The records that ended it for certain. */
  readonly rows: readonly number[];
  readonly nextSteps: readonly string[];
}

/** From when to when to look for what something did that is over; none where no stretch is known. */
function stepsOf(group: readonly SignedChange[], stretches: readonly End[], last: End): string[] {
  const timeOf = (at: number) => group[at]?.record.timeStamp ?? "";
  const inOrder = stretches.toSorted((a, b) => a.since - b.since);
  const [first] = inOrder;
  if (first === undefined) return [];
  let until = first.at;
  let hasGaps = false;
  for (const { since, at } of inOrder) {
    hasGaps ||= since > until;
    until = Math.max(until, at);
  }
  const to = until === last.at ? "until then" : `to ${timeOf(until)}`;
  const gaps = hasGaps ? "; it was not in force all the while, see the reasons" : "";
  return [
    `It was ${last.how} at ${timeOf(last.at)}, and what is set now may not show it: look for what it did from ${timeOf(first.since)} ${to}${gaps}.`,
  ];
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
  const compare = rowOrderOf(picture);
  const hasTime = ({ row }: SignedChange) => isTimed(picture, row);
  const { ends: ended, isInForce } = endsOf(group, hasTime);
  const later = others.flatMap((change): End[] => {
    const how = change.ended ?? idleWords(change.idle ?? {});
    return how === "" ? [] : [{ change, how, what: "", since: -1, at: -1, isSure: false }];
  });
  const rowAt = (at: number) => (group[at] as SignedChange).row;
  const isOrdered = [...group, ...later.map(({ change }) => change)].every(hasTime);
  // What may have been ended in between by another record was perhaps not in force all the while.
  const isStretch = ({ change, since, isSure }: End) =>
    isSure &&
    isOrdered &&
    since >= 0 &&
    !later.some(({ change: { row } }) => compare(rowAt(since), row) < 0 && compare(row, change.row) < 0);
  const all = [...ended, ...later];
  const reasons = all.slice(0, MOST_ENDS).map((end): Reason => {
    const { change, how, what, since, isSure } = end;
    const address = ownAddress(picture.joined.mailboxCase, change.row);
    const from = address === "" ? "" : ` from ${scoredAddress(picture, address)}`;
    const time = hasTime(change) ? change.record.timeStamp : "a time that cannot be read";
    const when = `${how} at ${time}${from}`;
    if (!isSure) {
      const text = `one of that name was ${when}; whether it is this one, the records do not say`;
      return { rule, text, points: 0, rows: [change.row] };
    }
    if (!isStretch(end)) return { rule, text: when, points: 0, rows: [change.row] };
    const during = `, so that ${what} was in force from ${group[since]?.record.timeStamp} to ${time}`;
    return { rule, text: `${when}${during}`, points: 0, rows: [rowAt(since), change.row] };
  });
  if (all.length > MOST_ENDS) {
    const rest = all.slice(MOST_ENDS).map(({ change }) => change.row);
    reasons.push({ rule, text: `and ${rest.length} more of its ends`, points: 0, rows: [...new Set(rest)] });
  }
  const last = ended.at(-1);
  const isOver = last !== undefined && last.isSure && !isInForce;
  const nextSteps = isOver ? stepsOf(group, ended.filter(isStretch), last) : [];
  const rows = ended.filter(({ isSure }) => isSure).map(({ change }) => change.row);
  return { reasons, rows, nextSteps };
}
