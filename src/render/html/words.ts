import { isToTheMinute, utcTime } from "../utc-time.ts";
import type { Markup } from "./markup.ts";
import { html } from "./markup.ts";

/** Words, numbers and times as the report prints them: the same on every machine, whatever its locale and zone. */

const MONTHS = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
];

/** 12345 as `12,345`. */
export function figure(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ",");
}

/** `1 search`, `12 searches`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${figure(count)} ${count === 1 ? one : many}`;
}

/** `a`, `a and b`, `a, b and c`; of more than `most` how many there are beside. */
export function listed(items: readonly string[], most = Infinity): string {
  const shown = items.length > most ? [...items.slice(0, most), `${items.length - most} more`] : items;
  return shown.length < 2 ? (shown[0] ?? "") : `${shown.slice(0, -1).join(", ")} and ${shown.at(-1) ?? ""}`;
}

/**
 * A TimeStamp as milliseconds UTC, read by the rules that order the tables; NaN where these call it unreadable.
 */
export function millisecondsOf(stamp: string): number {
  const time = utcTime(stamp);
  return time === undefined ? Number.NaN : time.epochSeconds * 1000 + Number(time.fraction.slice(0, 3).padEnd(3, "0"));
}

/** The number that digits among bytes make; NaN where one of them is no digit. */
function digitsOf(bytes: Uint8Array, from: number, to: number): number {
  let value = 0;
  for (let at = from; at < to; at++) {
    const digit = (bytes[at] as number) - 48;
    if (digit < 0 || digit > 9) return Number.NaN;
    value = value * 10 + digit;
  }
  return value;
}

const COLON = 58;
const POINT = 46;
const Z = 90;
/** Of `02:41:15`. */
const CLOCK_LENGTH = 8;
/** More decimals no table takes for a time. */
const MOST_DECIMALS = 9;

/**
 * A time of day in UTC as `millisecondsOf` reads it behind a date, for times that many rows have.
 *
 * @param bytes `02:41:15.5961725Z` from `from` to `to`, with or without fraction and `Z`.
 * @returns milliseconds since midnight; NaN where it is written in any other way, or is no time of day.
 */
export function clockOf(bytes: Uint8Array, from: number, to: number): number {
  const seconds = from + CLOCK_LENGTH;
  if (seconds > to || bytes[from + 2] !== COLON || bytes[from + 5] !== COLON) return Number.NaN;
  const hour = digitsOf(bytes, from, from + 2);
  const minute = digitsOf(bytes, from + 3, from + 5);
  const second = digitsOf(bytes, from + 6, seconds);
  // A 60th second may be the next day's.
  if (!(hour <= 23 && minute <= 59 && second <= 59)) return Number.NaN;
  const whole = ((hour * 60 + minute) * 60 + second) * 1000;
  const end = bytes[to - 1] === Z ? to - 1 : to;
  if (end <= seconds) return whole;
  const decimals = end - seconds - 1;
  if (bytes[seconds] !== POINT || decimals < 1 || decimals > MOST_DECIMALS) return Number.NaN;
  if (Number.isNaN(digitsOf(bytes, seconds + 1, end))) return Number.NaN;
  const kept = Math.min(decimals, 3);
  return whole + digitsOf(bytes, seconds + 1, seconds + 1 + kept) * 10 ** (3 - kept);
}

/** `2018-03-13 02:41:15` of milliseconds UTC. */
function utc(milliseconds: number): string {
  return Number.isNaN(milliseconds) ? "" : new Date(milliseconds).toISOString().slice(0, 19).replace("T", " ");
}

/**
 * The same of a time of which the text is not at hand.
 *
 * @param minutes whether some of such times name no seconds: then none is given to a whole minute.
 */
export function utcAsTold(milliseconds: number, minutes: boolean): string {
  const words = utc(milliseconds);
  return minutes ? words.replace(/:00$/, "") : words;
}

/** A TimeStamp as `2018-03-13 02:41:15` in UTC, without seconds where it names none; empty where unreadable. */
export function stampWords(stamp: string): string {
  const words = utc(millisecondsOf(stamp));
  return isToTheMinute(stamp) ? words.slice(0, -":00".length) : words;
}

/** A TimeStamp for a table: to the second, in UTC; the source's own text on hovering, and instead where unreadable. */
export function when(stamp: string): Markup {
  const short = stampWords(stamp);
  return short === "" ? html`<bdi class="ev">${stamp}</bdi>` : html`<time title="${stamp}">${short}</time>`;
}

/** `13 March 2018, 02:41 UTC`, for a sentence. */
export function spoken(stamp: string): string {
  const milliseconds = millisecondsOf(stamp);
  if (Number.isNaN(milliseconds)) return stamp;
  const at = new Date(milliseconds);
  const clock = at.toISOString().slice(11, 16);
  const year = String(at.getUTCFullYear()).padStart(4, "0");
  return `${at.getUTCDate()} ${MONTHS[at.getUTCMonth()] ?? ""} ${year}, ${clock} UTC`;
}

/** `13 March 2018`. */
export function spokenDay(stamp: string): string {
  return spoken(stamp).replace(/, \d\d:\d\d UTC$/, "");
}

/** `2.4 MB`, in powers of 1000. */
export function sizeWords(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  const [value, unit] = bytes < 1e6 ? [bytes / 1e3, "kB"] : bytes < 1e9 ? [bytes / 1e6, "MB"] : [bytes / 1e9, "GB"];
  return `${value.toFixed(1)} ${unit}`;
}

/** Text order that no locale changes. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
