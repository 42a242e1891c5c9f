/** Ticks are the API's own resolution: 100 nanoseconds. */
export const TICKS_PER_SECOND = 10_000_000;

const SECONDS_PER_DAY = 86_400;
const TICKS_PER_DAY = SECONDS_PER_DAY * TICKS_PER_SECOND;
/** 2010-01-01 in days since 1970-01-01: counted from there, ticks stay exact integers of a double until 2038. */
const EPOCH_DAY = 14_610;
const MILLISECONDS_PER_DAY = 86_400_000;

/** The value of `count` decimal digits at `at`, or -1 where one of them is no digit. */
function digits(text: string, at: number, count: number): number {
  let value = 0;
  for (let i = at; i < at + count; i++) {
    const digit = text.charCodeAt(i) - 48;
    if (!(digit >= 0 && digit <= 9)) return -1;
    value = value * 10 + digit;
  }
  return value;
}

/** Days since 1970-01-01 of a proleptic Gregorian date (the era method: March-based years of 400-year cycles). */
function dayNumber(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  return (
    era * 146_097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719_468
  );
}

/** The years 1 to 9999 in UTC, in seconds since 2010: beyond them hardly any reader takes a time. */
const FIRST_SECOND = (dayNumber(1, 1, 1) - EPOCH_DAY) * SECONDS_PER_DAY;
const END_SECOND = (dayNumber(10_000, 1, 1) - EPOCH_DAY) * SECONDS_PER_DAY;

function daysInMonth(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** Minutes east of UTC of the zone text from `at` on; NaN where it is not one. No zone means UTC: the API writes UTC. */
function zoneMinutes(text: string, at: number): number {
  const rest = text.length - at;
  if (rest === 0) return 0;
  const sign = text.charCodeAt(at);
  if (rest === 1) return sign === 90 || sign === 122 ? 0 : Number.NaN;
  if (sign !== 43 && sign !== 45) return Number.NaN;
  const colon = text.charCodeAt(at + 3) === 58 ? 1 : 0;
  if (rest !== 5 + colon) return Number.NaN;
  const hours = digits(text, at + 1, 2);
  const minutes = digits(text, at + 3 + colon, 2);
  if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59) return Number.NaN;
  return (sign === 45 ? -1 : 1) * (hours * 60 + minutes);
}

const COLON = 58;
/** Where the seconds' colon stands, or what is behind a time without seconds. */
const BEHIND_MINUTE = 16;

/**
 * Reads an ISO 8601 time as the Activities API writes it (`2018-06-20T07:36:12.1234567Z`; 0 to 9 decimals, `Z`, an
 * offset or nothing, which is UTC), or without seconds (`2018-06-20T07:36Z`), as programs for sheets save it: that is
 * the minute's beginning.
 *
 * @returns 100-nanosecond ticks since 2010-01-01T00:00:00Z, or NaN where the text is not such a time, or one outside of
 * the years 1 to 9999 in UTC. Order is all they are for: tables print the source's own text.
 */
export function parseTicks(text: string): number {
  if (text.charCodeAt(4) !== 45 || text.charCodeAt(7) !== 45) return Number.NaN;
  const separator = text.charCodeAt(10);
  if ((separator !== 84 && separator !== 32) || text.charCodeAt(13) !== COLON) return Number.NaN;
  const hasSeconds = text.charCodeAt(BEHIND_MINUTE) === COLON;
  const year = digits(text, 0, 4);
  const month = digits(text, 5, 2);
  const day = digits(text, 8, 2);
  const hour = digits(text, 11, 2);
  const minute = digits(text, 14, 2);
  const second = hasSeconds ? digits(text, 17, 2) : 0;
  if (year < 1 || month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return Number.NaN;
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 60) return Number.NaN;
  let at = hasSeconds ? 19 : BEHIND_MINUTE;
  let fraction = 0;
  if (hasSeconds && text.charCodeAt(at) === 46) {
    at++;
    let scale = TICKS_PER_SECOND;
    const first = at;
    for (; at < text.length; at++) {
      const digit = text.charCodeAt(at) - 48;
      if (!(digit >= 0 && digit <= 9)) break;
      scale /= 10;
      if (scale >= 1) fraction += digit * scale;
    }
    if (at === first || at - first > 9) return Number.NaN;
  }
  const days = dayNumber(year, month, day) - EPOCH_DAY;
  const seconds = days * SECONDS_PER_DAY + hour * 3600 + (minute - zoneMinutes(text, at)) * 60 + second;
  if (!(seconds >= FIRST_SECOND && seconds < END_SECOND)) return Number.NaN;
  return seconds * TICKS_PER_SECOND + fraction;
}

/** Whether a text is a time that `parseTicks` reads, and names no seconds: it may be any moment of that minute. */
export function isToTheMinute(text: string): boolean {
  return text.charCodeAt(BEHIND_MINUTE) !== COLON && !Number.isNaN(parseTicks(text));
}

/** Ticks of 1970-01-01 to 2010-01-01. */
const TICKS_FROM_1970 = BigInt(EPOCH_DAY) * BigInt(TICKS_PER_DAY);
const FRACTION = /\.(\d+)/;

/**
 * The ticks since 1970 of a time, as databases count: exactly, however far from 2010 it is.
 *
 * @param ticks what `parseTicks` makes of the text, and not NaN.
 */
export function ticksSince1970(text: string, ticks: number): bigint {
  if (Number.isSafeInteger(ticks)) return BigInt(ticks) + TICKS_FROM_1970;
  // Beyond what a double holds exactly the ticks are off by some hundreds, which is far less than a second.
  const fraction = Number((FRACTION.exec(text)?.[1] ?? "").slice(0, 7).padEnd(7, "0"));
  const seconds = Math.round((ticks - fraction) / TICKS_PER_SECOND);
  return BigInt(seconds) * BigInt(TICKS_PER_SECOND) + BigInt(fraction) + TICKS_FROM_1970;
}

/** How a time is written, where ticks are enough to write it again; 0 where only its own text will do. */
export type TimeForm = 0 | 1 | 2 | 3;

/** What stands behind the whole seconds: the Activities API's seven decimals, or nothing, as audit logs have it, or `Z`. */
const SEVEN_DECIMALS = 1;
const WHOLE_SECONDS = 2;
const WHOLE_SECONDS_UTC = 3;

/**
 * How a time is written, so that `formatTime` gives back the very text.
 *
 * @param ticks what `parseTicks` makes of it.
 */
export function timeForm(text: string, ticks: number): TimeForm {
  // A leap second is counted as the next minute's first; beyond 2^53 ticks are not exact.
  if (!Number.isSafeInteger(ticks) || text.charCodeAt(10) !== 84 || text.charCodeAt(17) === 54) return 0;
  const { length } = text;
  if (length === 19) return WHOLE_SECONDS;
  if (text.charCodeAt(length - 1) !== 90) return 0;
  if (length === 20) return WHOLE_SECONDS_UTC;
  return length === 28 && text.charCodeAt(19) === 46 ? SEVEN_DECIMALS : 0;
}

/** The day that was written last, in ticks, and its date: times come in order as a rule. */
let writtenDay = Number.NaN;
let writtenDate = "";
/** `00` to `59`. */
const TWO_DIGITS = Array.from({ length: 60 }, (_none, value) => String(value).padStart(2, "0"));

/** A time from ticks that `parseTicks` gave, in a form that `timeForm` gave for it. */
export function formatTime(ticks: number, form: Exclude<TimeForm, 0>): string {
  const day = Math.floor(ticks / TICKS_PER_DAY);
  if (day !== writtenDay) {
    writtenDate = new Date((day + EPOCH_DAY) * MILLISECONDS_PER_DAY).toISOString().slice(0, 11);
    writtenDay = day;
  }
  const ofDay = ticks - day * TICKS_PER_DAY;
  const seconds = Math.floor(ofDay / TICKS_PER_SECOND);
  const minutes = Math.floor(seconds / 60);
  const [hour, minute, second] = [Math.floor(minutes / 60), minutes % 60, seconds % 60];
  const whole = `${writtenDate}${TWO_DIGITS[hour]}:${TWO_DIGITS[minute]}:${TWO_DIGITS[second]}`;
  if (form === WHOLE_SECONDS) return whole;
  if (form === WHOLE_SECONDS_UTC) return `${whole}Z`;
  return `${whole}.${String(ofDay - seconds * TICKS_PER_SECOND).padStart(7, "0")}Z`;
}

/** A time as the API writes it, from ticks that `parseTicks` gave: `2018-06-20T07:36:12.1234567Z`. */
export function formatTicks(ticks: number): string {
  return formatTime(ticks, SEVEN_DECIMALS);
}

/** The milliseconds since 1970 of a tick count, for callers that need a Date. */
export function ticksToMilliseconds(ticks: number): number {
  return ticks / 10_000 + EPOCH_DAY * MILLISECONDS_PER_DAY;
}
