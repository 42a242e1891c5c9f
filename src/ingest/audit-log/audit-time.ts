import { formatTicks, isToTheMinute, parseTicks } from "../timestamp.ts";

/** `5/18/2021 9:13:33 PM`, `18.05.2021 21:13`, `2021/05/18 21:13:33`; the blank before PM may be a narrow one. */
const LOCAL =
  /^(\d{1,4})([/.-])(\d{1,2})\2(\d{1,4}),?\s+(\d{1,2}):(\d\d)(?::(\d\d)(\.\d{1,9})?)?(?:\s*([ap])\.?m\.?)?(?:\s*(?:UTC|GMT))?$/i;
/** A length of `2021-05-18T21:13:33`, of which the first is that of the minute. */
const [MINUTE_LENGTH, SECOND_LENGTH] = [16, 19];
/** How Windows PowerShell's ConvertTo-Json writes a DateTime: milliseconds since 1970. */
const TICKED = /^\/Date\((-?\d{1,15})\)\/$/;

/** A time that `parseTicks` reads in UTC, with no more of it than the text has; undefined where it is none. */
function isoText(text: string): string | undefined {
  const ticks = parseTicks(text);
  if (Number.isNaN(ticks)) return undefined;
  const whole = formatTicks(ticks).slice(0, -1);
  return isToTheMinute(text) ? whole.slice(0, MINUTE_LENGTH) : whole.replace(/\.?0+$/, "");
}

/** @param isDayFirst whether the day stands before the month, as outside the United States; where it can only stand
 * so, it does anyway. */
function localTime(text: string, isDayFirst = false): string | undefined {
  const match = LOCAL.exec(text);
  if (match === null) return undefined;
  const [, first = "", separator, second = "", third = "", hours = "", minutes = "", seconds = "00", fraction = ""] =
    match;
  const half = match[9]?.toLowerCase();
  let [year, month, day] = [third, first, second];
  if (first.length === 4) [year, month, day] = [first, second, third];
  // Between points the day stands first everywhere; else the month does, unless it cannot be one.
  else if (isDayFirst || separator === "." || Number(first) > 12) [month, day] = [second, first];
  if (year.length !== 4) return undefined;
  let hour = Number(hours);
  if (half !== undefined && (hour < 1 || hour > 12)) return undefined;
  if (half !== undefined) hour = (hour % 12) + (half === "p" ? 12 : 0);
  const two = (part: string) => part.padStart(2, "0");
  const iso = `${year}-${two(month)}-${two(day)}T${two(String(hour))}:${minutes}:${seconds}${fraction}`;
  return isoText(match[7] === undefined ? iso.slice(0, -":00".length) : iso);
}

/**
 * The time of a column of an audit log's table, which is UTC, as the records themselves write it: ISO 8601 without a
 * zone and without decimals that say nothing. Takes ISO 8601 with or without a zone, .NET's en-US order with AM and
 * PM, the day first where it cannot be the month or stands before a point, and `/Date(1621372413000)/`. Which of day
 * and month comes first cannot be known where both are below 13: en-US is what Search-UnifiedAuditLog writes.
 *
 * @returns undefined where the text is no such time.
 */
export function utcTime(text: string): string | undefined {
  const bare = text.trim();
  const iso = isoText(bare.replace(/ ?UTC$/, "Z"));
  if (iso !== undefined) return iso;
  const milliseconds = Number(TICKED.exec(bare)?.[1] ?? Number.NaN);
  if (Math.abs(milliseconds) < 8.64e15) return utcTime(new Date(milliseconds).toISOString());
  return localTime(bare);
}

/**
 * Whether a column's time lies in another second than the record's own, or in another minute where one of them names no
 * seconds; false where one of them cannot be read, and where the column's is the same with the day first, as other
 * languages than en-US write it.
 */
export function isOtherSecond(own: string, column: string): boolean {
  const [a, b] = [utcTime(own), utcTime(column)];
  if (a === undefined || b === undefined) return false;
  const length = Math.min(SECOND_LENGTH, a.length, b.length);
  const isSame = (other: string | undefined) => other?.slice(0, length) === a.slice(0, length);
  return !isSame(b) && !isSame(localTime(column.trim(), true));
}
