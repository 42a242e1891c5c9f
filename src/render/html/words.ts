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

const STAMP = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(\.\d+)?)?)?\s*(Z|[+-]\d\d:?\d\d)?$/;

/** A TimeStamp as milliseconds UTC; one without a zone is taken for UTC; NaN where it cannot be read. */
export function millisecondsOf(stamp: string): number {
  const found = STAMP.exec(stamp);
  if (found === null) return Number.NaN;
  const [, year, month, day, hour = "0", minute = "0", second = "0", fraction = "0", zone = "Z"] = found;
  const local = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second));
  const offset = zone === "Z" ? 0 : (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2))) * 60_000;
  return local + Math.floor(Number(fraction) * 1000) - (zone.startsWith("-") ? -offset : offset);
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
/** 10 to the power of as many digits as make a whole number that nothing is lost of. */
const POWERS = Array.from({ length: 16 }, (_, digits) => 10 ** digits);

/**
 * A time of day in UTC as `millisecondsOf` reads it behind a date, for times that many rows have.
 *
 * @param bytes `02:41:15.5961725Z` from `from` to `to`, with or without fraction and `Z`.
 * @returns milliseconds since midnight; NaN where it is written in any other way.
 */
export function clockOf(bytes: Uint8Array, from: number, to: number): number {
  const seconds = from + CLOCK_LENGTH;
  if (seconds > to || bytes[from + 2] !== COLON || bytes[from + 5] !== COLON) return Number.NaN;
  const hour = digitsOf(bytes, from, from + 2);
  const minute = digitsOf(bytes, from + 3, from + 5);
  const second = digitsOf(bytes, from + 6, seconds);
  const whole = ((hour * 60 + minute) * 60 + second) * 1000;
  const end = bytes[to - 1] === Z ? to - 1 : to;
  if (end <= seconds) return whole;
  const power = POWERS[end - seconds - 1];
  if (bytes[seconds] !== POINT || power === undefined || power === 1) return Number.NaN;
  return whole + Math.floor((digitsOf(bytes, seconds + 1, end) / power) * 1000);
}

/** `2018-03-13 02:41:15` of milliseconds UTC. */
export function utc(milliseconds: number): string {
  return Number.isNaN(milliseconds) ? "" : new Date(milliseconds).toISOString().slice(0, 19).replace("T", " ");
}

/** A TimeStamp for a table: to the second, in UTC; the source's own text on hovering, and instead where unreadable. */
export function when(stamp: string): Markup {
  const short = utc(millisecondsOf(stamp));
  return short === "" ? html`<bdi class="ev">${stamp}</bdi>` : html`<time title="${stamp}">${short}</time>`;
}

/** `13 March 2018, 02:41 UTC`, for a sentence. */
export function spoken(stamp: string): string {
  const milliseconds = millisecondsOf(stamp);
  if (Number.isNaN(milliseconds)) return stamp;
  const at = new Date(milliseconds);
  const clock = at.toISOString().slice(11, 16);
  return `${at.getUTCDate()} ${MONTHS[at.getUTCMonth()] ?? ""} ${at.getUTCFullYear()}, ${clock} UTC`;
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

/** A piece of a text for keeping: a copy, because the piece would keep the whole text in memory. */
export function kept(text: string): string {
  return text.length < 13 ? text : Buffer.from(text).toString("utf8");
}
